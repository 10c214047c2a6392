//! Files that are made from the contract and committed, so that whoever reads or tests it needs no Rust.
//!
//! A host test compares each with what it would be made of now; `npm run contract` writes them anew.

mod errors;

use super::routes::{API, OPEN, Route, SCIM};
use serde_json::{Value, json};
use std::fmt::Debug;
use std::path::Path;

/// The environment variable that has the test write the files.
const WRITE: &str = "ROLLCALL_WRITE_CONTRACT";

fn files() -> Vec<(&'static str, String)> {
    vec![
        ("test/support/routes.json", routes()),
        ("docs/ERRORS.md", errors::for_readers()),
        ("public/errors.html", errors::for_browsers()),
    ]
}

/// `[{"base", "method", "path", "operation"}]`, in the order of the tables.
fn routes() -> String {
    let all = [
        listed("", OPEN),
        listed("/v2", SCIM),
        listed("/api/v1", API),
    ];
    let lines: Vec<String> = all.iter().flatten().map(Value::to_string).collect();
    format!("[\n  {}\n]\n", lines.join(",\n  "))
}

fn listed<Operation: Debug>(base: &str, table: &[Route<Operation>]) -> Vec<Value> {
    let of_route = |route: &Route<Operation>| -> Vec<Value> {
        let one = |method| {
            json!({
                "base": base,
                "method": method,
                "path": format!("/{}", route.path),
                "operation": format!("{:?}", route.operation),
            })
        };
        route.methods.iter().map(one).collect()
    };
    table.iter().flat_map(of_route).collect()
}

#[test]
fn the_committed_files_are_what_the_contract_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, made) in files() {
        let path = root.join(name);
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(&path, &made).expect("the file can be written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == made,
            "{name} is out of date: run `npm run contract`"
        );
    }
}
