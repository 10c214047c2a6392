//! What documents can say of each route: the schemas of its bodies, and an example of each. The schemas are made from the
//! types themselves, whose comments describe the fields.
//!
//! It exists for host tests alone, one of which writes the files that are made from the contract: the crate that makes
//! schemas is no part of the Worker.

use super::body::{NoBody, RequestBody, ResponseBody};
use super::routes::Exchange;
use crate::typed::{self, Mistake};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

pub(super) struct Documented {
    pub(super) operation: &'static str,
    pub(super) status: u16,
    pub(super) request: Option<Request>,
    pub(super) response: Option<Response>,
}

pub(super) struct Request {
    pub(super) schema: MakeSchema,
    pub(super) example: Value,
    /// By the parser of bodies.
    pub(super) read: fn(Value) -> Result<(), Mistake>,
}

pub(super) struct Response {
    pub(super) schema: MakeSchema,
    pub(super) example: Value,
}

/// Refers to a schema, and leaves it with the generator.
pub(super) type MakeSchema = fn(&mut SchemaGenerator) -> Schema;

pub(super) trait RequestExample: RequestBody + JsonSchema {
    /// With every field.
    fn example() -> Value;
}

pub(super) trait ResponseExample: ResponseBody + JsonSchema {
    /// With something in whatever can be `null` or empty, where the two can come together.
    fn example() -> Value;
}

pub(super) trait DescribedRequest {
    fn described() -> Option<Request>;
}

pub(super) trait DescribedResponse {
    fn described() -> Option<Response>;
}

impl<T: RequestExample> DescribedRequest for T {
    fn described() -> Option<Request> {
        Some(Request {
            schema: SchemaGenerator::subschema_for::<T>,
            example: T::example(),
            read: |body| typed::body::<T>(body).map(drop),
        })
    }
}

impl<T: ResponseExample> DescribedResponse for T {
    fn described() -> Option<Response> {
        Some(Response {
            schema: SchemaGenerator::subschema_for::<T>,
            example: T::example(),
        })
    }
}

impl DescribedRequest for NoBody {
    fn described() -> Option<Request> {
        None
    }
}

impl DescribedResponse for NoBody {
    fn described() -> Option<Response> {
        None
    }
}

impl Documented {
    pub(super) fn of<E: Exchange>(operation: &'static str) -> Self
    where
        E::Request: DescribedRequest,
        E::Response: DescribedResponse,
    {
        Self {
            operation,
            status: E::STATUS,
            request: E::Request::described(),
            response: E::Response::described(),
        }
    }
}

mod tests;
