//! The schemas of fields that may be absent: that they may is what their `#[serde(default)]` says.

use super::{Field, Given};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;

macro_rules! as_another {
    ($($field:ident<T> is $other:ty;)*) => {$(
        impl<T: JsonSchema> JsonSchema for $field<T> {
            fn inline_schema() -> bool {
                <$other>::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                <$other>::schema_name()
            }

            fn schema_id() -> Cow<'static, str> {
                <$other>::schema_id()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$other>::json_schema(generator)
            }
        }
    )*};
}

as_another! {
    Field<T> is Option<T>;
    Given<T> is T;
}
