//! The one place that talks to D1, and counts what that costs.

use super::cost::Cost;
use super::d1::{D1Database, D1PreparedStatement, D1Result};
use super::error::StoreError;
use super::statement::{Binding, Outcome, Statement};
use std::cell::Cell;
use wasm_bindgen::{JsCast as _, JsValue};
use worker::js_sys::{Array, Error as JsError, Promise};
use worker::wasm_bindgen_futures::JsFuture;

pub struct Database {
    d1: D1Database,
    cost: Cell<Cost>,
}

impl Database {
    pub(super) fn new(d1: D1Database) -> Self {
        Self {
            d1,
            cost: Cell::default(),
        }
    }

    pub fn cost(&self) -> Cost {
        self.cost.get()
    }

    /// Runs the statements as one transaction, in one round trip. An error may come after the commit.
    pub async fn batch(&self, statements: &[Statement]) -> Result<Vec<Outcome>, StoreError> {
        let prepared = statements
            .iter()
            .map(|statement| self.prepare(statement))
            .collect::<Result<Array, _>>()?;
        let answers = self.answer(self.d1.batch(prepared)).await?;
        let answers = answers.unchecked_into::<Array<D1Result>>();
        answers.iter().map(|answer| self.outcome(&answer)).collect()
    }

    /// One statement, one round trip.
    pub async fn run(&self, statement: Statement) -> Result<Outcome, StoreError> {
        let answer = self.answer(self.prepare(&statement)?.all()).await?;
        self.outcome(&answer.unchecked_into())
    }

    async fn answer(&self, call: Result<Promise, JsValue>) -> Result<JsValue, StoreError> {
        let mut cost = self.cost.get();
        cost.calls += 1;
        self.cost.set(cost);
        let call = call.map_err(failed)?;
        JsFuture::from(call).await.map_err(failed)
    }

    fn prepare(&self, statement: &Statement) -> Result<D1PreparedStatement, StoreError> {
        let bindings = statement.bindings.iter().map(to_js).collect::<Array>();
        self.d1
            .prepare(&statement.prepared_sql())
            .and_then(|prepared| prepared.bind(bindings))
            .map_err(failed)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "counts of rows, as JavaScript has them"
    )]
    fn outcome(&self, answer: &D1Result) -> Result<Outcome, StoreError> {
        let mut changes = 0;
        if let Some(meta) = answer.meta() {
            let mut cost = self.cost.get();
            cost.rows_read += meta.rows_read().unwrap_or_default() as u64;
            cost.rows_written += meta.rows_written().unwrap_or_default() as u64;
            self.cost.set(cost);
            changes = meta.changes().unwrap_or_default() as u64;
        }
        let rows = answer.results().into_iter().flatten();
        let rows = rows
            .map(|row| row.row().ok_or_else(no_text))
            .collect::<Result<_, _>>()?;
        Ok(Outcome { rows, changes })
    }
}

fn no_text() -> StoreError {
    StoreError::Row("it holds no text".to_owned())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "D1 takes no BigInt; times, versions and counts stay far below 2^53"
)]
fn to_js(binding: &Binding) -> JsValue {
    match binding {
        Binding::Text(text) => JsValue::from_str(text),
        Binding::Integer(number) => JsValue::from_f64(*number as f64),
        Binding::Real(number) => JsValue::from_f64(*number),
        Binding::Null => JsValue::NULL,
    }
}

/// D1 tells what happened in the message of the error's cause.
fn failed(thrown: JsValue) -> StoreError {
    let Ok(error) = thrown.dyn_into::<JsError>() else {
        return StoreError::Call("what was thrown is no error".to_owned());
    };
    let cause = error.cause().dyn_into::<JsError>().unwrap_or(error);
    StoreError::Call(cause.message().into())
}
