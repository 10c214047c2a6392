//! The one place that talks to D1, and counts what that costs.

use super::error::StoreError;
use super::statement::{Binding, Outcome, Statement, taken_apart, together};
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::ops::{AddAssign, Sub};
use worker::wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result};

/// What the calls of one request have cost so far, from D1's own figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Round trips.
    pub calls: u32,
    pub rows_read: u64,
    pub rows_written: u64,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, more: Self) {
        self.calls += more.calls;
        self.rows_read += more.rows_read;
        self.rows_written += more.rows_written;
    }
}

impl Sub for Cost {
    type Output = Self;

    /// What was added since `earlier`.
    fn sub(self, earlier: Self) -> Self {
        Self {
            calls: self.calls - earlier.calls,
            rows_read: self.rows_read - earlier.rows_read,
            rows_written: self.rows_written - earlier.rows_written,
        }
    }
}

pub struct Database {
    d1: D1Database,
    cost: Cell<Cost>,
}

#[derive(Deserialize)]
struct Row {
    row: String,
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
            .collect::<Result<Vec<_>, _>>()?;
        self.count_call();
        let results = self.d1.batch(prepared).await.map_err(failed)?;
        results.iter().map(|result| self.outcome(result)).collect()
    }

    /// Reads that find one row or none each, as one statement in one round trip.
    pub async fn read(&self, reads: &[Statement]) -> Result<Vec<Outcome>, StoreError> {
        taken_apart(&self.run(together(reads)).await?)
    }

    /// One statement, one round trip.
    pub async fn run(&self, statement: Statement) -> Result<Outcome, StoreError> {
        let prepared = self.prepare(&statement)?;
        self.count_call();
        let result = prepared.all().await.map_err(failed)?;
        self.outcome(&result)
    }

    fn count_call(&self) {
        let mut cost = self.cost.get();
        cost.calls += 1;
        self.cost.set(cost);
    }

    fn prepare(&self, statement: &Statement) -> Result<D1PreparedStatement, StoreError> {
        let bindings: Vec<JsValue> = statement.bindings.iter().map(to_js).collect();
        self.d1
            .prepare(statement.prepared_sql())
            .bind(&bindings)
            .map_err(failed)
    }

    fn outcome(&self, result: &D1Result) -> Result<Outcome, StoreError> {
        let meta = result.meta().map_err(failed)?;
        let changes = meta
            .as_ref()
            .and_then(|meta| meta.changes)
            .unwrap_or_default();
        if let Some(meta) = meta {
            let mut cost = self.cost.get();
            cost.rows_read += meta.rows_read.unwrap_or_default() as u64;
            cost.rows_written += meta.rows_written.unwrap_or_default() as u64;
            self.cost.set(cost);
        }
        let rows = result.results::<Row>().map_err(failed)?;
        Ok(Outcome {
            rows: rows.into_iter().map(|row| row.row).collect(),
            changes: changes as u64,
        })
    }
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

/// D1 tells what happened in the message; `D1Error`'s own `Display` throws on some causes, so it is not
/// used here.
fn failed(error: worker::Error) -> StoreError {
    let text = match error {
        worker::Error::D1(error) => error.cause(),
        other => other.to_string(),
    };
    StoreError::Call(text)
}
