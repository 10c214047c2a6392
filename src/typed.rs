//! From parsed JSON to a type: bodies of the management API, and what travels between the Worker and a company's
//! object.
//!
//! Invariants: an error names the field that it is about. A struct is read from an object alone, and a body has no
//! field that its struct has not.
//!
//! serde derives two ways to read a struct: by the names of its fields, in whatever order they come, or by their
//! places. The code of the first is several times as large, once for each struct and each variant with fields: a
//! tenth of the Worker. So the fields of an object are looked up here, by the names that serde hands over, and
//! given out in their places. Hence a rule for what is read here: a field that may be absent has
//! `#[serde(default)]`, an `Option` too.

mod mistake;
#[cfg(test)]
mod tests;

pub use mistake::{Mistake, Told};

use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected,
    IntoDeserializer as _, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};
use std::slice;

/// What a client sent: a field that no struct has is a mistake.
pub fn body<T: DeserializeOwned>(value: Value) -> Result<T, Mistake> {
    T::deserialize(Typed {
        value,
        unknown: Unknown::Refused,
    })
}

/// What we wrote ourselves, perhaps in a later version: a field that no struct has is passed over. The text may be
/// long, and is gone before the type is made of what it says.
pub fn read<T: DeserializeOwned>(text: String) -> Result<T, Mistake> {
    ours(parsed(text)?)
}

/// The first half of [`read`], for what says by one of its fields which type it is.
pub fn parsed(text: String) -> Result<Value, Mistake> {
    let value = serde_json::from_str(&text).map_err(Mistake::custom);
    drop(text);
    value
}

/// The second half of [`read`].
pub fn ours<T: DeserializeOwned>(value: Value) -> Result<T, Mistake> {
    T::deserialize(Typed {
        value,
        unknown: Unknown::PassedOver,
    })
}

/// What becomes of fields that are not known.
#[derive(Clone, Copy, PartialEq)]
enum Unknown {
    Refused,
    PassedOver,
}

struct Typed {
    value: Value,
    unknown: Unknown,
}

impl Typed {
    /// Kept out of the code for each type.
    #[cold]
    #[inline(never)]
    fn mistaken(&self, expected: &dyn Expected) -> Mistake {
        let unexpected = match &self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(flag) => Unexpected::Bool(*flag),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => Unexpected::Unsigned(number),
                (None, Some(number)) => Unexpected::Signed(number),
                (None, None) => Unexpected::Float(number.as_f64().unwrap_or_default()),
            },
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Mistake::invalid_type(unexpected, expected)
    }

    /// The fields of a struct; `expected` says what it is.
    #[inline(never)]
    fn fields(
        self,
        names: &'static [&'static str],
        expected: &dyn Expected,
    ) -> Result<Box<Fields>, Mistake> {
        let Value::Object(fields) = self.value else {
            return Err(self.mistaken(expected));
        };
        if self.unknown == Unknown::Refused
            && let Some(other) = fields.keys().find(|name| !names.contains(&name.as_str()))
        {
            return Err(Mistake::unknown_field(other, names).within(other));
        }
        Ok(Box::new(Fields {
            names: names.iter(),
            values: fields,
            absent: None,
            unknown: self.unknown,
        }))
    }
}

impl<'de> Deserializer<'de> for Typed {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(flag),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::Bool(flag) => visitor.visit_bool(flag),
            _ => Err(self.mistaken(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let Value::Number(number) = &self.value else {
            return Err(self.mistaken(&visitor));
        };
        match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => visitor.visit_u64(number),
            (None, Some(number)) => visitor.visit_i64(number),
            (None, None) => visitor.visit_f64(number.as_f64().unwrap_or_default()),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::String(text) => visitor.visit_string(text),
            _ => Err(self.mistaken(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::Array(elements) => visitor.visit_seq(Elements {
                place: 0,
                rest: elements.into_iter(),
                unknown: self.unknown,
            }),
            _ => Err(self.mistaken(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::Object(entries) => visitor.visit_map(Entries {
                value: None,
                rest: entries.into_iter(),
                unknown: self.unknown,
            }),
            _ => Err(self.mistaken(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        let mut fields = self.fields(names, &visitor)?;
        match visitor.visit_seq(&mut *fields) {
            Ok(read) => Ok(read),
            Err(mistake) => Err(fields.explained(mistake)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match Variant::of(self) {
            Ok(variant) => visitor.visit_enum(variant),
            Err(other) => Err(other.mistaken(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 u8 f32 f64 char str bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// Of an object that is a struct, in the order of the struct.
struct Fields {
    names: slice::Iter<'static, &'static str>,
    values: Map<String, Value>,
    /// Whether the last one that was asked for is not there. What has to be there asks for nothing more then.
    absent: Option<&'static str>,
    unknown: Unknown,
}

impl Fields {
    #[inline(never)]
    fn next(&mut self) -> Option<(&'static str, Typed)> {
        let name = self.names.next()?;
        let value = self.values.get_mut(*name).map(Value::take);
        self.absent = value.is_none().then_some(*name);
        let unknown = self.unknown;
        value.map(|value| (*name, Typed { value, unknown }))
    }

    #[cold]
    #[inline(never)]
    fn explained(&self, mistake: Mistake) -> Mistake {
        self.absent.map_or(mistake, Mistake::missing_field)
    }
}

impl<'de> SeqAccess<'de> for &mut Fields {
    type Error = Mistake;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mistake> {
        let Some((name, value)) = self.next() else {
            return Ok(None);
        };
        match seed.deserialize(value) {
            Ok(field) => Ok(Some(field)),
            Err(mistake) => Err(mistake.within(name)),
        }
    }
}

/// Of a list.
struct Elements {
    place: usize,
    rest: std::vec::IntoIter<Value>,
    unknown: Unknown,
}

impl<'de> SeqAccess<'de> for Elements {
    type Error = Mistake;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mistake> {
        let Some(value) = self.rest.next() else {
            return Ok(None);
        };
        let (place, unknown) = (self.place, self.unknown);
        self.place += 1;
        match seed.deserialize(Typed { value, unknown }) {
            Ok(element) => Ok(Some(element)),
            Err(mistake) => Err(mistake.at(place)),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// Of an object that can have any names.
struct Entries {
    /// Of the entry whose name was given out last.
    value: Option<(String, Value)>,
    rest: serde_json::map::IntoIter,
    unknown: Unknown,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Mistake;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mistake> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        let key: StringDeserializer<Mistake> = name.clone().into_deserializer();
        self.value = Some((name, value));
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Mistake> {
        let (name, value) = self.value.take().unwrap_or_default();
        let unknown = self.unknown;
        seed.deserialize(Typed { value, unknown })
            .map_err(|mistake| mistake.within(&name))
    }
}

/// Of an enum: its name, or its name with what it holds.
struct Variant {
    name: String,
    held: Typed,
}

impl Variant {
    fn of(typed: Typed) -> Result<Self, Typed> {
        let unknown = typed.unknown;
        let (name, value) = match typed.value {
            Value::String(name) => (name, Value::Null),
            Value::Object(fields) if fields.len() == 1 => {
                fields.into_iter().next().unwrap_or_default()
            }
            value => return Err(Typed { value, unknown }),
        };
        let held = Typed { value, unknown };
        Ok(Self { name, held })
    }
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Mistake;
    type Variant = Typed;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Typed), Mistake> {
        let name: StringDeserializer<Mistake> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.held))
    }
}

impl<'de> VariantAccess<'de> for Typed {
    type Error = Mistake;

    fn unit_variant(self) -> Result<(), Mistake> {
        match self.value {
            Value::Null => Ok(()),
            _ => Err(self.mistaken(&"a name alone")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Mistake> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_struct("", names, visitor)
    }
}
