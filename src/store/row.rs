//! Reading a row: a JSON array of columns, some of which are rows themselves.
//!
//! Invariant: a struct is read from an array alone. serde_json's own deserializer takes an object with names as
//! well; no row is one, and the code for it, once for each struct, was a twentieth of the Worker.

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use std::fmt;

pub(super) fn read<'de, T: Deserialize<'de>>(json: &'de str) -> serde_json::Result<T> {
    let mut text = serde_json::Deserializer::from_str(json);
    let row = T::deserialize(InRow(&mut text))?;
    text.end()?;
    Ok(row)
}

/// A row, for a deserializer that goes on behind it.
pub(super) struct AsRow<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for AsRow<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(InRow(deserializer)).map(Self)
    }
}

/// Around each part of serde that can lead to a struct.
struct InRow<P>(P);

macro_rules! forward {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            self.0.$method(visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for InRow<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_seq(InRow(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_seq(InRow(visitor))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.0.deserialize_seq(InRow(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.0.deserialize_option(InRow(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward! {
        deserialize_any deserialize_bool deserialize_i64 deserialize_u8 deserialize_u32 deserialize_u64
        deserialize_str deserialize_string deserialize_map deserialize_ignored_any
    }

    forward_to_deserialize_any! {
        i8 i16 i32 u16 f32 f64 char bytes byte_buf unit unit_struct tuple_struct identifier
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for InRow<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, columns: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(InRow(columns))
    }

    fn visit_some<D: Deserializer<'de>>(self, column: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(InRow(column))
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for InRow<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Self::Error> {
        self.0.next_element_seed(InRow(seed))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for InRow<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, column: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(InRow(column))
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde::Deserialize;
    use serde_json::{Map, Value, json};

    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        id: String,
        inner: Option<Inner>,
        attributes: Map<String, Value>,
        #[serde(default)]
        others: Vec<Inner>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        count: u64,
        kind: Kind,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Small,
    }

    const SMALL: Inner = Inner {
        count: 1,
        kind: Kind::Small,
    };

    #[test]
    fn rows_are_arrays_in_arrays() {
        let row = r#"[3, ["a", [1, "small"], {"b": [null]}, [[1, "small"]]]]"#;
        let outer = Outer {
            id: "a".to_owned(),
            inner: Some(SMALL),
            attributes: Map::from_iter([("b".to_owned(), json!([null]))]),
            others: vec![SMALL],
        };
        assert_eq!(read::<(u32, Outer)>(row).expect("a row"), (3, outer));
    }

    #[test]
    fn a_column_can_be_null_and_the_last_ones_left_out() {
        let outer: Outer = read(r#"["a", null, {}]"#).expect("a row");
        assert_eq!((outer.inner, outer.others), (None, Vec::new()));
    }

    #[test]
    fn what_is_no_such_row_is_an_error() {
        for row in [
            r#"{"count": 1, "kind": "small"}"#,
            "[1]",
            r#"[1, "large"]"#,
            r#"["1", "small"]"#,
            r#"[1, "small"] []"#,
            r#"[1, "small", 2]"#,
        ] {
            assert!(read::<Inner>(row).is_err(), "{row}");
        }
    }
}
