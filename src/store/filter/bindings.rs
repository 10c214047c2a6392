//! The parameters of a statement while its SQL is written.

use crate::store::statement::{Binding, Statement};

/// Parameters that are numbered in the order in which they are first named.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bindings(Vec<Binding>);

impl Bindings {
    /// The parameter with this value. One value is one parameter: a condition that is both looked up and
    /// checked is bound once, and D1 takes 100.
    pub fn name(&mut self, value: impl Into<Binding>) -> String {
        let value = value.into();
        let known = self.0.iter().position(|known| *known == value);
        let place = known.unwrap_or_else(|| {
            self.0.push(value);
            self.0.len() - 1
        });
        format!("?{}", place + 1)
    }

    /// These values, for the right side of an `IN`.
    pub fn list<T: Into<Binding>>(&mut self, values: impl IntoIterator<Item = T>) -> String {
        let names: Vec<String> = values.into_iter().map(|value| self.name(value)).collect();
        names.join(", ")
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn into_statement(self, sql: String) -> Statement {
        Statement {
            sql: sql.into(),
            bindings: self.0,
        }
    }
}
