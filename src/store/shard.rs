//! Which database holds a company: the one seam for spreading companies over several.
//!
//! One D1 is one thread with at most 10 GB. The company's id is in the token, so that the shard is known
//! before anything is read. Today there is one shard.

use super::database::Database;
use super::error::StoreError;
use crate::directory::id::CompanyId;
use wasm_bindgen::{JsCast as _, JsValue};
use worker::Env;

const BINDING: &str = "DB";

pub fn of_company(env: &Env, _company: &CompanyId) -> Result<Database, StoreError> {
    open(env)
}

/// Where the operator's list of companies is read.
pub fn of_companies(env: &Env) -> Result<Database, StoreError> {
    open(env)
}

/// All that there are.
pub fn all(env: &Env) -> Result<Vec<Database>, StoreError> {
    Ok(vec![open(env)?])
}

fn open(env: &Env) -> Result<Database, StoreError> {
    env.d1(BINDING)
        .map(|binding| Database::new(JsValue::from(binding).unchecked_into()))
        .map_err(|_| StoreError::Binding(BINDING.to_owned()))
}
