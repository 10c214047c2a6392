//! What operations on values that no schema declares mean, written down by form of value, without paths.
//!
//! Everything is a list of elements here; one that was alone becomes bare again at the end.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The attributes of the extension; `list` is the one that is worked on.
pub(super) type State = BTreeMap<String, Value>;

type Refused = &'static str;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Add,
    Replace,
    Remove,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    ValueIsA,
    TypeIsT,
    ValueIsBOfTypeT,
    ValueHasA,
    ValueIsNotA,
    HasValue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sub {
    Value,
    Display,
}

#[derive(Debug, Clone)]
pub(super) struct Meaning {
    pub(super) op: Op,
    pub(super) filter: Option<Filter>,
    pub(super) sub: Option<Sub>,
    pub(super) value: Option<Value>,
}

impl Op {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Replace => "replace",
            Self::Remove => "remove",
        }
    }
}

impl Sub {
    fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Display => "display",
        }
    }
}

impl Filter {
    pub(super) const ALL: [Self; 6] = [
        Self::ValueIsA,
        Self::TypeIsT,
        Self::ValueIsBOfTypeT,
        Self::ValueHasA,
        Self::ValueIsNotA,
        Self::HasValue,
    ];

    fn text(self) -> &'static str {
        match self {
            Self::ValueIsA => "value eq \"A\"",
            Self::TypeIsT => "type eq \"t\"",
            Self::ValueIsBOfTypeT => "value eq \"B\" and type eq \"t\"",
            Self::ValueHasA => "value co \"A\"",
            Self::ValueIsNotA => "not (value eq \"A\")",
            Self::HasValue => "value pr",
        }
    }

    fn chooses(self, element: &Value) -> bool {
        let value = text_of(value_of(element).as_ref());
        let kind = text_of(element.get("type"));
        match self {
            Self::ValueIsA | Self::ValueHasA => value == "a",
            Self::TypeIsT => kind == "t",
            Self::ValueIsBOfTypeT => value == "b" && kind == "t",
            Self::ValueIsNotA => value != "a",
            Self::HasValue => value_of(element).is_some_and(|value| !value.is_null()),
        }
    }

    /// The element that is made of it.
    fn described(self) -> Option<Map<String, Value>> {
        let parts: &[(&str, &str)] = match self {
            Self::ValueIsA => &[("value", "A")],
            Self::TypeIsT => &[("type", "t")],
            Self::ValueIsBOfTypeT => &[("value", "B"), ("type", "t")],
            Self::ValueHasA | Self::ValueIsNotA | Self::HasValue => return None,
        };
        Some(
            parts
                .iter()
                .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
                .collect(),
        )
    }
}

impl Meaning {
    pub(super) fn path(&self) -> String {
        let filter = self
            .filter
            .map_or_else(String::new, |filter| format!("[{}]", filter.text()));
        let sub = self
            .sub
            .map_or_else(String::new, |sub| format!(".{}", sub.name()));
        format!("list{filter}{sub}")
    }
}

fn text_of(value: Option<&Value>) -> String {
    let text = value.and_then(Value::as_str).unwrap_or_default();
    text.to_lowercase()
}

/// A bare value is its own `value`.
fn value_of(element: &Value) -> Option<Value> {
    match element {
        Value::Object(parts) => parts.get("value").cloned(),
        bare => Some(bare.clone()),
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// The extension after the operation, or why it has no meaning.
pub(super) fn apply(state: &State, meaning: &Meaning) -> Result<State, Refused> {
    let says_what_to_add =
        meaning.op == Op::Add && meaning.filter.is_some() && meaning.sub.is_none();
    if meaning.op != Op::Remove && meaning.value.is_none() && !says_what_to_add {
        return Err("invalidValue");
    }
    let mut state = state.clone();
    let (name, sub) = match (meaning.filter, meaning.sub, state.get("list")) {
        // What can have no parts is no parent: the name is one with a dot.
        (None, Some(sub), None | Some(Value::String(_) | Value::Number(_))) => {
            (format!("list.{}", sub.name()), None)
        }
        // What has the very name wins.
        (None, Some(sub), _) if state.contains_key(&format!("list.{}", sub.name())) => {
            (format!("list.{}", sub.name()), None)
        }
        (_, sub, _) => ("list".to_owned(), sub),
    };
    let current = state.remove(&name);
    let after = match (meaning.filter, sub) {
        (None, None) => whole(current, meaning),
        (Some(filter), sub) => chosen(current, filter, sub, meaning)?,
        (None, Some(sub)) => parts(current, sub, meaning),
    };
    state.extend(after.map(|after| (name, after)));
    Ok(state)
}

fn whole(current: Option<Value>, meaning: &Meaning) -> Option<Value> {
    let sent = meaning.value.clone().unwrap_or_default();
    match (meaning.op, current, sent) {
        (Op::Remove, Some(Value::Array(list)), sent) if !sent.is_null() => {
            as_list(without(list, &sent))
        }
        (Op::Remove, Some(Value::Object(parts)), sent) if !says_nothing(&sent) => {
            without_parts(parts, &sent)
        }
        (Op::Remove, ..) => None,
        (Op::Add, Some(Value::Array(list)), sent) => as_list(with(list, sent)),
        (_, _, sent) if is_nothing(&sent) => None,
        (_, current, Value::Object(sent)) => {
            let parts = match current {
                Some(Value::Object(parts)) => parts,
                _ => Map::new(),
            };
            let parts = laid_over(parts, &sent);
            (!parts.is_empty() || sent.is_empty()).then_some(Value::Object(parts))
        }
        (_, _, sent) => Some(sent),
    }
}

fn says_nothing(sent: &Value) -> bool {
    is_nothing(sent) || sent.as_str() == Some("") || sent.as_object().is_some_and(Map::is_empty)
}

/// An object with a value is that value, as in a list; of others those parts go that are named with what they are.
fn without_parts(mut parts: Map<String, Value>, sent: &Value) -> Option<Value> {
    for named in as_elements(sent.clone()) {
        match &named {
            Value::Object(named)
                if !(named.contains_key("value") && parts.contains_key("value")) =>
            {
                for (name, part) in named.iter().filter(|(_, part)| !part.is_null()) {
                    let left = match (parts.get(name).cloned(), part) {
                        (None, _) => continue,
                        (Some(Value::Array(list)), part) => as_list(without(list, part)),
                        (Some(Value::Object(inner)), part @ Value::Object(_)) => {
                            without_parts(inner, part)
                        }
                        (Some(text @ Value::String(_)), part @ Value::String(_)) => {
                            (text_of(Some(&text)) != text_of(Some(part))).then_some(text)
                        }
                        (Some(other), part) => (other != *part).then_some(other),
                    };
                    match left {
                        Some(left) => parts.insert(name.clone(), left),
                        None => parts.shift_remove(name),
                    };
                }
            }
            named => {
                if without(vec![Value::Object(parts.clone())], named).is_empty() {
                    parts.clear();
                }
            }
        }
    }
    (!parts.is_empty()).then_some(Value::Object(parts))
}

fn chosen(
    current: Option<Value>,
    filter: Filter,
    sub: Option<Sub>,
    meaning: &Meaning,
) -> Result<Option<Value>, Refused> {
    let is_alone = current.as_ref().is_some_and(|value| !value.is_array());
    let mut list = match current {
        None => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(alone) => vec![alone],
    };
    let sent = meaning.value.clone().unwrap_or_else(|| match meaning.op {
        Op::Remove => Value::Null,
        Op::Add | Op::Replace => Value::Object(Map::new()),
    });
    // An add takes nothing away: of nothing, the filter says what to add.
    let sent = if meaning.op == Op::Add && sub.is_none() && is_nothing(&sent) {
        Value::Object(Map::new())
    } else {
        sent
    };
    let takes = meaning.op == Op::Remove || is_nothing(&sent);
    if takes {
        let named: Vec<Value> = match (sub, &sent) {
            (None, named) if meaning.op == Op::Remove && !named.is_null() => {
                let left = without(list.clone(), named);
                let mut left = left.into_iter().peekable();
                list.iter()
                    .filter(|element| left.next_if(|left| left == *element).is_none())
                    .cloned()
                    .collect()
            }
            _ => list.clone(),
        };
        for element in list.iter_mut().filter(|element| filter.chooses(element)) {
            match sub {
                None if named.contains(element) => *element = Value::Null,
                None => {}
                Some(sub) => {
                    *element = part(element.clone(), sub, meaning).unwrap_or(Value::Null);
                }
            }
        }
        list.retain(|element| !element.is_null());
    } else if list.iter().any(|element| filter.chooses(element)) {
        for element in list.iter_mut().filter(|element| filter.chooses(element)) {
            *element = match sub {
                Some(sub) => part(element.clone(), sub, meaning).unwrap_or(Value::Null),
                None => put_over(element.clone(), filter, meaning.op, the_only(sent.clone())?),
            };
        }
        let is_gone =
            |element: &Value| element.is_null() || element.as_object().is_some_and(Map::is_empty);
        list.retain(|element| !is_gone(element));
    } else {
        let mut made = filter.described().ok_or("noTarget")?;
        match sub {
            Some(sub) => match part(Value::Object(made), sub, meaning) {
                Some(Value::Object(parts)) => made = parts,
                _ => made = Map::new(),
            },
            None => match the_only(sent)? {
                Value::Object(sent) => made = laid_over(made, &sent),
                bare => {
                    made.insert("value".to_owned(), bare);
                }
            },
        }
        let is_of_bare = !list.is_empty() && list.iter().all(|element| !element.is_object());
        if !made.is_empty() {
            list.push(match made.get("value") {
                Some(value) if is_of_bare && made.len() == 1 => value.clone(),
                _ => Value::Object(made),
            });
        }
    }
    Ok(match list.as_slice() {
        [alone] if is_alone => Some(alone.clone()),
        _ => as_list(list),
    })
}

/// What becomes of a chosen element. Replaced, it keeps what the filter says of it.
fn put_over(element: Value, filter: Filter, op: Op, sent: Value) -> Value {
    let said = filter.described().unwrap_or_default();
    let as_value = |bare| Map::from_iter([("value".to_owned(), bare)]);
    match (op, element, sent) {
        (_, element, Value::Object(sent)) if sent.is_empty() && !element.is_object() => element,
        (_, bare, sent) if !bare.is_object() && !sent.is_object() => sent,
        (op, element, sent) => {
            let present = match (op, element) {
                (Op::Add, Value::Object(parts)) => parts,
                (Op::Add, bare) => as_value(bare),
                _ => said,
            };
            let sent = match sent {
                Value::Object(sent) => sent,
                bare => as_value(bare),
            };
            Value::Object(laid_over(present, &sent))
        }
    }
}

/// The part of every element, or of the one object.
fn parts(current: Option<Value>, sub: Sub, meaning: &Meaning) -> Option<Value> {
    match current {
        Some(Value::Array(list)) => as_list(
            list.into_iter()
                .filter_map(|element| part(element, sub, meaning))
                .collect(),
        ),
        Some(object) => part(object, sub, meaning),
        None => None,
    }
}

/// The element with its part changed; nothing where nothing is left of it.
fn part(element: Value, sub: Sub, meaning: &Meaning) -> Option<Value> {
    let one = Meaning {
        filter: None,
        sub: None,
        ..meaning.clone()
    };
    let takes = meaning.op == Op::Remove || meaning.value.as_ref().is_none_or(is_nothing);
    let mut parts = match element {
        Value::Object(parts) => parts,
        bare if sub == Sub::Value => return whole(Some(bare), &one),
        bare if takes => return Some(bare),
        bare => Map::from_iter([("value".to_owned(), bare)]),
    };
    let name = sub.name();
    let after = whole(parts.get(name).cloned(), &one);
    match after {
        Some(after) => {
            parts.insert(name.to_owned(), after);
        }
        None => {
            parts.shift_remove(name);
        }
    }
    (!parts.is_empty()).then_some(Value::Object(parts))
}

fn laid_over(mut parts: Map<String, Value>, sent: &Map<String, Value>) -> Map<String, Value> {
    for (name, part) in sent {
        if part.is_null() {
            parts.shift_remove(name);
        } else {
            parts.insert(name.clone(), part.clone());
        }
    }
    parts
}

fn the_only(sent: Value) -> Result<Value, Refused> {
    match sent {
        Value::Array(mut list) if list.len() == 1 => Ok(list.remove(0)),
        Value::Array(_) => Err("invalidValue"),
        one => Ok(one),
    }
}

fn as_list(list: Vec<Value>) -> Option<Value> {
    (!list.is_empty()).then_some(Value::Array(list))
}

fn as_elements(sent: Value) -> Vec<Value> {
    match sent {
        Value::Array(list) => list,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// What is there is not added again; of the same value and type, there is one.
fn with(mut list: Vec<Value>, sent: Value) -> Vec<Value> {
    for element in as_elements(sent) {
        let says_it = |present: &Value| match (present, &element) {
            (Value::Object(parts), Value::Object(sent)) => sent
                .iter()
                .all(|(name, part)| part.is_null() || parts.get(name) == Some(part)),
            (Value::Object(_), bare) => value_of(present).as_ref() == Some(bare),
            (bare, Value::Object(sent)) => sent.len() == 1 && sent.get("value") == Some(bare),
            (bare, sent) => bare == sent,
        };
        if list.iter().any(says_it) {
            continue;
        }
        let is_twin = |present: &Value| {
            let value = element.get("value");
            value.is_some()
                && value_of(present).as_ref() == value
                && present.get("type") == element.get("type")
        };
        match (list.iter().position(is_twin), &element) {
            (Some(place), Value::Object(sent)) => {
                list[place] = match list[place].clone() {
                    Value::Object(parts) => Value::Object(laid_over(parts, sent)),
                    _ => element,
                };
            }
            _ => list.push(element),
        }
    }
    list
}

/// Each named value takes those that are spelled like it, or if there are none, those that are but for case.
fn without(list: Vec<Value>, named: &Value) -> Vec<Value> {
    let mut gone = Vec::new();
    for named in as_elements(named.clone()) {
        let is_named = |element: &Value, loosely: bool| {
            let same = |one: &Value, other: &Value| match (one.as_str(), other.as_str()) {
                (Some(one), Some(other)) if loosely => one.to_lowercase() == other.to_lowercase(),
                _ => one == other,
            };
            let Value::Object(parts) = &named else {
                return value_of(element).is_some_and(|value| same(&value, &named));
            };
            let parts: Vec<_> = parts.iter().filter(|(_, part)| !part.is_null()).collect();
            let of = |name: &str| {
                parts
                    .iter()
                    .find(|(key, _)| *key == name)
                    .map(|found| found.1)
            };
            match of("value") {
                Some(value) => {
                    let kinds = element.get("type").zip(of("type"));
                    value_of(element).is_some_and(|present| same(&present, value))
                        && kinds.is_none_or(|(one, other)| same(one, other))
                }
                None => {
                    !parts.is_empty()
                        && parts.iter().all(|(name, part)| {
                            element.get(name).is_some_and(|present| same(present, part))
                        })
                }
            }
        };
        let exact: Vec<&Value> = list.iter().filter(|one| is_named(one, false)).collect();
        if exact.is_empty() {
            gone.extend(list.iter().filter(|one| is_named(one, true)).cloned());
        } else {
            gone.extend(exact.into_iter().cloned());
        }
    }
    list.into_iter()
        .filter(|element| !gone.contains(element))
        .collect()
}
