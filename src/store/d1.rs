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
    pub(super) type D1Result;

    #[wasm_bindgen(method, getter)]
    pub(super) fn results(this: &D1Result) -> Option<Array<D1Row>>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn meta(this: &D1Result) -> Option<D1Meta>;

    pub(super) type D1Meta;

    #[wasm_bindgen(method, getter)]
    pub(super) fn changes(this: &D1Meta) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn rows_read(this: &D1Meta) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn rows_written(this: &D1Meta) -> Option<f64>;

    /// Of the one column that each statement here reads.
    pub(super) type D1Row;

    #[wasm_bindgen(method, getter)]
    pub(super) fn row(this: &D1Row) -> Option<String>;
}
