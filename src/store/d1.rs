//! D1's binding as JavaScript has it, and of its answers what is needed here: three figures, and one text for
//! each row.
//!
//! The crate's own wrapper takes every property of every answer through serde, each a few crossings between wasm
//! and JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;
use worker::js_sys::Array;

pub(super) use worker::worker_sys::{D1Database, D1PreparedStatement};

#[wasm_bindgen]
extern "C" {
    /// The answer to one statement.
    pub(super) type Answer;

    #[wasm_bindgen(method, getter)]
    pub(super) fn results(this: &Answer) -> Option<Array<Row>>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn meta(this: &Answer) -> Option<Meta>;

    pub(super) type Meta;

    #[wasm_bindgen(method, getter)]
    pub(super) fn changes(this: &Meta) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn rows_read(this: &Meta) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn rows_written(this: &Meta) -> Option<f64>;

    /// Of the one column that each statement here reads.
    pub(super) type Row;

    #[wasm_bindgen(method, getter)]
    pub(super) fn row(this: &Row) -> Option<String>;
}
