//! SQLite on the host, with our migrations and the limits that D1 sets: the store's own statements run on it.

use crate::store::statement::{Binding, Outcome, Statement};
use rusqlite::limits::Limit;
use rusqlite::types::Value;
use rusqlite::{Connection, StatementStatus};

pub(in crate::store) struct Sqlite(Connection);

impl Sqlite {
    /// An empty database.
    pub(in crate::store) fn new() -> Self {
        let connection = Connection::open_in_memory().expect("a database in memory");
        for migration in migrations() {
            connection.execute_batch(&migration).expect("a migration");
        }
        // As workerd sets them (its src/workerd/util/sqlite.c++).
        for (limit, value) in [
            (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
            (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
            (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5),
            (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
            (Limit::SQLITE_LIMIT_FUNCTION_ARG, 32),
            (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
            (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
        ] {
            connection.set_limit(limit, value).expect("a limit");
        }
        Self(connection)
    }

    pub(in crate::store) fn run(&self, statement: &Statement) -> Outcome {
        let mut prepared = self
            .0
            .prepare(&statement.prepared_sql())
            .unwrap_or_else(|error| panic!("{error}: {}", statement.sql));
        bind(&mut prepared, statement);
        let is_read = prepared.column_count() > 0;
        let mut rows = prepared.raw_query();
        let mut outcome = Outcome::default();
        while let Some(row) = rows
            .next()
            .unwrap_or_else(|error| panic!("{error}: {}", statement.sql))
        {
            outcome.rows.push(row.get(0).expect("one column of text"));
        }
        drop(rows);
        let plans = prepared.get_status(StatementStatus::RePrepare);
        assert_eq!(plans, 0, "planned by what is bound: {}", statement.sql);
        if !is_read {
            outcome.changes = self.0.changes();
        }
        outcome
    }

    /// What EXPLAIN QUERY PLAN says.
    pub(in crate::store) fn plan(&self, statement: &Statement) -> Vec<String> {
        let sql = format!("EXPLAIN QUERY PLAN {}", statement.prepared_sql());
        let mut prepared = self.0.prepare(&sql).expect("a statement");
        bind(&mut prepared, statement);
        let mut rows = prepared.raw_query();
        let mut plan = Vec::new();
        while let Some(row) = rows.next().expect("a plan") {
            plan.push(row.get("detail").expect("a detail"));
        }
        plan
    }

    pub(in crate::store) fn execute(&self, sql: &str) {
        self.0.execute_batch(sql).expect(sql);
    }
}

/// What stands in `migrations/`, in order; its README is none.
fn migrations() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of migrations")
        .map(|entry| entry.expect("a migration").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a migration"))
        .collect()
}

/// As D1 does: every number is a float. Parameters that the statement does not name are left out.
fn bind(prepared: &mut rusqlite::Statement, statement: &Statement) {
    #[expect(clippy::cast_precision_loss, reason = "as D1 does")]
    let values = statement.bindings.iter().map(|binding| match binding {
        Binding::Text(text) => Value::Text(text.clone()),
        Binding::Integer(number) => Value::Real(*number as f64),
        Binding::Real(number) => Value::Real(*number),
        Binding::Null => Value::Null,
    });
    assert_eq!(prepared.parameter_count(), statement.bindings.len());
    for (place, value) in values.enumerate() {
        prepared
            .raw_bind_parameter(place + 1, value)
            .expect("a parameter");
    }
}
