//! The elements of a list that no schema declares: bare values, objects, or both.
//!
//! A bare value is its own `value` (RFC 7643 section 2.4), and a value that is alone is a list of one for a filter.

use super::{OpenChange, Work, change_path, changed, merged};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal, same_text};
use crate::scim::member::member;
use crate::scim::normalise::describe::{cut, kind_and_value};
use crate::scim::normalise::operation::Assignment;
use crate::scim::normalise::value::{MAX_ELEMENTS, at_most, boolean_word};
use crate::scim::path::open_path::FilteredName;
use serde_json::Value;

/// Adds elements. RFC 7644 section 3.5.2.1: what is there already is not added again; one with the same `value`
/// and `type` is completed, since RFC 7643 section 2.4 asks that this pair does not repeat.
pub(super) fn added(list: &[Value], sent: &[Value], work: &mut Work) -> Result<Value, ScimError> {
    at_most(MAX_ELEMENTS, sent.len(), &work.name)?;
    work.budget
        .compare(sent, list.len().saturating_add(sent.len()), &work.name)?;
    let mut list = list.to_vec();
    for element in sent.iter().filter(|element| !element.is_null()) {
        if list.iter().any(|present| says(present, element)) {
            continue;
        }
        match (
            list.iter_mut().find(|present| is_twin(present, element)),
            element,
        ) {
            (Some(Value::Object(present)), Value::Object(sent)) => {
                *present = merged(std::mem::take(present), sent, work)?;
            }
            (Some(bare), element) => *bare = element.clone(),
            (None, element) => list.push(element.clone()),
        }
    }
    at_most(MAX_ELEMENTS, list.len(), &work.name)?;
    Ok(Value::Array(list))
}

/// Takes away the elements that are named, and no others.
pub(super) fn without(
    list: &[Value],
    named: &Value,
    work: &mut Work,
) -> Result<Option<Value>, ScimError> {
    let gone = named_in(list, named, work)?;
    work.removed(gone.contains(&true));
    Ok(kept(list, &gone))
}

/// Changes a part of every element; those that have nothing left are gone.
pub(super) fn changed_in_each(
    list: &mut Vec<Value>,
    sub: &str,
    step: OpenChange,
    work: &mut Work,
) -> Result<(), ScimError> {
    work.budget.walk(list, sub, &work.name)?;
    if let OpenChange::Assign(_, value) = step {
        work.budget.copy(value, list.len(), &work.name)?;
    }
    for element in list.iter_mut() {
        change_part(element, sub, step, work)?;
    }
    list.retain(|element| !is_hollow(element));
    Ok(())
}

/// What becomes of a value when those of its elements are changed that a filter chooses. Where it chooses none,
/// `add` and `replace` make one, of what the filter says.
pub(super) fn changed_in_chosen(
    current: Option<&Value>,
    chosen: &FilteredName,
    step: OpenChange,
    work: &mut Work,
) -> Result<Option<Value>, ScimError> {
    let (mut list, is_list) = match current {
        None => (Vec::new(), true),
        Some(Value::Array(list)) => (list.clone(), true),
        Some(alone) => (vec![alone.clone()], false),
    };
    let filter = chosen.filter.of_values_as_sent()?;
    work.budget.choose(&list, &chosen.filter, &work.name)?;
    let mut matching: Vec<bool> = list.iter().map(|element| filter.admits(element)).collect();
    if let (OpenChange::Remove(Some(named)), None) = (step, chosen.sub) {
        let named = named_in(&list, named, work)?;
        for (matches, named) in matching.iter_mut().zip(named) {
            *matches &= named;
        }
    }
    let count = matching.iter().filter(|matches| **matches).count();
    if count == 0 {
        match step {
            OpenChange::Remove(_) => work.removed(false),
            OpenChange::Assign(_, Value::Null) => {}
            OpenChange::Assign(_, value) => {
                let made = made(&list, chosen, value, step, work)?;
                if !is_hollow(&made) {
                    work.notes.quirk(Quirk::MadeByFilter, work.at);
                    list.push(made);
                    at_most(MAX_ELEMENTS, list.len(), &work.name)?;
                }
            }
        }
        return Ok(as_it_was(list, is_list));
    }
    if let OpenChange::Assign(_, value) = step {
        work.budget.copy(value, count, &work.name)?;
    }
    if let Some(sub) = chosen.sub {
        work.budget.walk(&list, sub, &work.name)?;
    }
    let described = described(&chosen.filter, &list).unwrap_or_default();
    for (element, _) in list
        .iter_mut()
        .zip(&matching)
        .filter(|(_, matches)| **matches)
    {
        match (chosen.sub, step) {
            (Some(sub), step) => change_part(element, sub, step, work)?,
            (None, OpenChange::Remove(_) | OpenChange::Assign(_, Value::Null)) => {
                work.removed(true);
                *element = Value::Null;
            }
            (None, OpenChange::Assign(how, value)) => {
                let value = the_only(value, work)?;
                *element = match how {
                    Assignment::Add => laid_over(element, value, work)?,
                    Assignment::Replace if element.is_object() => {
                        laid_over(&Value::Object(described.clone()), value, work)?
                    }
                    Assignment::Replace => replaced_bare(element, value, &described, work)?,
                };
            }
        }
    }
    let mut places = matching.iter();
    list.retain(|element| !(places.next() == Some(&true) && is_hollow(element)));
    Ok(as_it_was(list, is_list))
}

/// The element that a filter and a value describe.
fn made(
    list: &[Value],
    chosen: &FilteredName,
    value: &Value,
    step: OpenChange,
    work: &mut Work,
) -> Result<Value, ScimError> {
    let described = described(&chosen.filter, list).ok_or_else(|| {
        ScimError::no_target(format!(
            "No element of {} matches [{}]. An element can be made only from a filter of the form attribute eq value.",
            cut(chosen.name),
            cut(&chosen.filter.to_string())
        ))
    })?;
    let mut made = Value::Object(described);
    match chosen.sub {
        Some(sub) => change_part(&mut made, sub, step, work)?,
        None => made = laid_over(&made, the_only(value, work)?, work)?,
    }
    // In a list of bare values, one that has nothing but its value is bare, too.
    let is_bare = |element: &Value| !element.is_object();
    let value = match &made {
        Value::Object(members) if members.len() == 1 => members.get("value"),
        _ => None,
    };
    match value {
        Some(value) if !list.is_empty() && list.iter().all(is_bare) => Ok(value.clone()),
        _ => Ok(made),
    }
}

/// What a filter says of an element: nothing where it is no conjunction of `eq`. A quoted boolean stays as it was sent,
/// unless elements have booleans there.
fn described(filter: &Filter, list: &[Value]) -> Option<Object> {
    let equalities = filter.equalities()?;
    let value = |name: &str, literal: &Literal| match literal {
        Literal::String(text) => match boolean_word(text) {
            Some(boolean) if list.iter().any(|element| is_boolean(element, name)) => {
                Value::Bool(boolean)
            }
            _ => Value::String(text.clone()),
        },
        Literal::Number(number) => Value::Number(number.clone()),
        Literal::Boolean(boolean) => Value::Bool(*boolean),
        Literal::Null => Value::Null,
    };
    Some(
        equalities
            .into_iter()
            .map(|(name, literal)| (name.to_owned(), value(name, literal)))
            .collect(),
    )
}

fn is_boolean(element: &Value, name: &str) -> bool {
    let part = element.as_object().and_then(|parts| member(parts, name));
    part.is_some_and(Value::is_boolean)
}

/// The value for one element, which some clients put into a list.
fn the_only<'a>(value: &'a Value, work: &Work) -> Result<&'a Value, ScimError> {
    match value {
        Value::Array(list) => match list.as_slice() {
            [only] => Ok(only),
            _ => Err(ScimError::invalid_value(format!(
                "{} has to be one element, because a filter chooses it, but is {}. Send one operation for each element.",
                work.name,
                kind_and_value(value)
            ))),
        },
        value => Ok(value),
    }
}

/// One element laid over another, in the form of the one that has more to it.
fn laid_over(element: &Value, value: &Value, work: &mut Work) -> Result<Value, ScimError> {
    Ok(match (element, value) {
        (Value::Object(parts), Value::Object(sent)) => {
            Value::Object(merged(parts.clone(), sent, work)?)
        }
        (Value::Object(parts), bare) => {
            let mut parts = parts.clone();
            super::put(&mut parts, "value", super::super::assigned(bare));
            Value::Object(parts)
        }
        (bare, Value::Object(sent)) if sent.is_empty() => bare.clone(),
        (bare, Value::Object(sent)) => Value::Object(merged(of_bare(bare), sent, work)?),
        (_, bare) => bare.clone(),
    })
}

/// A bare element replaced: by a bare one, or by an object with what the filter says.
fn replaced_bare(
    element: &Value,
    value: &Value,
    described: &Object,
    work: &mut Work,
) -> Result<Value, ScimError> {
    Ok(match value {
        Value::Object(sent) if sent.is_empty() => element.clone(),
        Value::Object(sent) => Value::Object(merged(described.clone(), sent, work)?),
        bare => bare.clone(),
    })
}

/// Changes a part of an element. Where nothing is left of it, it is hollow.
fn change_part(
    element: &mut Value,
    sub: &str,
    step: OpenChange,
    work: &mut Work,
) -> Result<(), ScimError> {
    match element {
        Value::Object(parts) => change_path(parts, sub, step, work),
        bare if sub == "value" => {
            *bare = changed(Some(bare), step, work)?.unwrap_or_default();
            Ok(())
        }
        _ if step.only_takes() => {
            work.removed(false);
            Ok(())
        }
        bare => {
            let mut parts = of_bare(bare);
            change_path(&mut parts, sub, step, work)?;
            *bare = Value::Object(parts);
            Ok(())
        }
    }
}

fn of_bare(bare: &Value) -> Object {
    Object::from_iter([("value".to_owned(), bare.clone())])
}

/// Which of the elements are those that a `remove` names, by `value`, and by `type` where both have one; what
/// has no `value` by all that was sent.
///
/// Values are compared without regard to letter case, as filters compare them. But where one is spelled just
/// as it was sent, it is the one: `Sales` must not take `SALES` along, which replaced it a moment ago.
fn named_in(list: &[Value], named: &Value, work: &mut Work) -> Result<Vec<bool>, ScimError> {
    let named = match named {
        Value::Array(named) => named.as_slice(),
        one => std::slice::from_ref(one),
    };
    at_most(MAX_ELEMENTS, named.len(), &work.name)?;
    work.budget
        .compare(named, list.len().saturating_mul(2), &work.name)?;
    work.notes.quirk(Quirk::RemoveByValue, work.at);
    let mut chosen = vec![false; list.len()];
    for named in named {
        let exactly = |element: &Value| is_named(element, named, |one, other| one == other);
        let loosely = |element: &Value| is_named(element, named, same_but_for_case);
        let is_there = list.iter().any(exactly);
        for (chosen, element) in chosen.iter_mut().zip(list) {
            *chosen |= if is_there {
                exactly(element)
            } else {
                loosely(element)
            };
        }
    }
    Ok(chosen)
}

pub(super) fn is_named(element: &Value, named: &Value, same: fn(&Value, &Value) -> bool) -> bool {
    let parts = match named {
        Value::Null => return false,
        Value::Object(parts) => parts,
        bare => return value_of(element).is_some_and(|value| same(value, bare)),
    };
    if let Some(value) = assigned_part(parts, "value") {
        return value_of(element).is_some_and(|present| same(present, value))
            && match (type_of(element), assigned_part(parts, "type")) {
                (Some(present), Some(named)) => same(present, named),
                _ => true,
            };
    }
    let mut parts = parts.iter().filter(|(_, part)| !part.is_null()).peekable();
    parts.peek().is_some()
        && parts.all(|(name, part)| element.get(name).is_some_and(|present| same(present, part)))
}

/// Whether an element says all of another already.
fn says(present: &Value, sent: &Value) -> bool {
    match (present, sent) {
        (Value::Object(present), Value::Object(sent)) => sent
            .iter()
            .filter(|(_, part)| !part.is_null())
            .all(|(name, part)| present.get(name) == Some(part)),
        (Value::Object(present), bare) => present.get("value") == Some(bare),
        (bare, Value::Object(sent)) => sent.len() == 1 && sent.get("value") == Some(bare),
        (present, sent) => present == sent,
    }
}

fn is_twin(present: &Value, sent: &Value) -> bool {
    sent.get("value")
        .is_some_and(|value| value_of(present) == Some(value))
        && type_of(present) == type_of(sent)
}

fn value_of(element: &Value) -> Option<&Value> {
    match element {
        Value::Object(parts) => assigned_part(parts, "value"),
        bare => Some(bare),
    }
}

fn type_of(element: &Value) -> Option<&Value> {
    assigned_part(element.as_object()?, "type")
}

fn assigned_part<'a>(parts: &'a Object, name: &str) -> Option<&'a Value> {
    member(parts, name).filter(|value| !value.is_null())
}

pub(super) fn same_but_for_case(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => same_text(one, other, None),
        (one, other) => one == other,
    }
}

fn is_hollow(element: &Value) -> bool {
    match element {
        Value::Null => true,
        Value::Object(parts) => parts.is_empty(),
        _ => false,
    }
}

fn kept(list: &[Value], gone: &[bool]) -> Option<Value> {
    let kept: Vec<Value> = list
        .iter()
        .zip(gone)
        .filter(|(_, gone)| !**gone)
        .map(|(element, _)| element.clone())
        .collect();
    (!kept.is_empty()).then_some(Value::Array(kept))
}

/// What was no list is none while it has one element.
fn as_it_was(mut list: Vec<Value>, was_list: bool) -> Option<Value> {
    match list.len() {
        0 => None,
        1 if !was_list => list.pop(),
        _ => Some(Value::Array(list)),
    }
}
