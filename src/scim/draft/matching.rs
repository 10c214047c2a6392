//! Operations on chosen elements: by a value filter, or on a part of all of them.

use super::Draft;
use super::elements::{has_part, is_hollow, merge, same_part, set_part};
use super::immutable::{has_immutable_parts, may_be_removed, same_immutable_parts};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal};
use crate::scim::normalise::describe::cut;
use crate::scim::normalise::operation::Assignment;
use crate::scim::normalise::value;
use crate::scim::path::{AttributeTarget, SubAttribute};
use serde_json::Value;

impl Draft {
    /// `add` and `replace` on `attribute[filter]`: null removes what matches.
    ///
    /// Where nothing matches, here and in [`Self::assign_part_of_matching`], the element is made
    /// ([`Quirk::MadeByFilter`]).
    pub(super) fn assign_matching(
        &mut self,
        how: Assignment,
        target: &AttributeTarget,
        filter: &Filter,
        value: &Value,
    ) -> Result<(), ScimError> {
        let mut list = self.take_list(target);
        let chosen = self.matching(&list, filter, target)?;
        if value.is_null() {
            return self.set_list(target, except(list, &chosen), &[]);
        }
        if chosen.is_empty() {
            let mut created = Value::Object(self.made_by(target, filter)?);
            merge(&mut created, value.clone());
            let index = list.len();
            list.push(created);
            return self.set_list(target, list, &[index]);
        }
        self.budget
            .copy(value, chosen.len(), target.attribute.name)?;
        // A filter that names no values has none to keep.
        let kept = match how {
            Assignment::Replace => self.described_by(target, filter).unwrap_or_default(),
            Assignment::Add => Object::new(),
        };
        for index in &chosen {
            if let Some(present) = list.get_mut(*index) {
                let before = has_immutable_parts(target.attribute).then(|| present.clone());
                if how == Assignment::Replace {
                    *present = Value::Object(kept.clone());
                }
                merge(present, value.clone());
                if let Some(before) = before {
                    same_immutable_parts(target.attribute, &before, present)?;
                }
            }
        }
        self.set_list(target, list, &chosen)
    }

    /// `add` and `replace` on `attribute[filter].sub`.
    pub(super) fn assign_part_of_matching(
        &mut self,
        target: &AttributeTarget,
        filter: &Filter,
        sub: &SubAttribute,
        part: Option<&Value>,
    ) -> Result<(), ScimError> {
        let mut list = self.take_list(target);
        let chosen = self.matching(&list, filter, target)?;
        if !chosen.is_empty() || part.is_none() {
            return self.set_part_of(target, list, &chosen, sub, part);
        }
        let mut element = self.made_by(target, filter)?;
        set_part(&mut element, sub, part.cloned());
        let created = list.len();
        list.push(Value::Object(element));
        self.set_list(target, list, &[created])
    }

    /// `emails.value` without a filter: the part of every element, or of a first one.
    pub(super) fn assign_part_of_all(
        &mut self,
        target: &AttributeTarget,
        sub: &SubAttribute,
        part: Option<&Value>,
    ) -> Result<(), ScimError> {
        let mut list = self.take_list(target);
        if list.is_empty() && part.is_some() {
            list.push(Value::Object(Object::new()));
        }
        let all: Vec<usize> = (0..list.len()).collect();
        self.set_part_of(target, list, &all, sub, part)
    }

    /// `remove` on `emails.display`, in every element or (with a value) where it has that value. Tells whether there
    /// was any.
    pub(super) fn remove_part_of_all(
        &mut self,
        target: &AttributeTarget,
        sub: &SubAttribute,
        value: Option<&Value>,
    ) -> Result<bool, ScimError> {
        let mut list = self.take_list(target);
        if list.iter().any(|element| element.get(&sub.name).is_some()) {
            may_be_removed(target, sub)?;
        }
        let mut removed = false;
        list.retain_mut(|element| {
            if !has_named_part(target, element, sub, value) {
                return true;
            }
            removed = true;
            if let Value::Object(members) = element {
                set_part(members, sub, None);
            }
            !is_hollow(element)
        });
        self.set_list(target, list, &[])?;
        Ok(removed)
    }

    /// `remove` on `attribute[filter]` or `attribute[filter].sub`; with values, of those that match too. Tells whether
    /// there was any.
    pub(super) fn remove_matching(
        &mut self,
        target: &AttributeTarget,
        filter: &Filter,
        values: Option<&Value>,
    ) -> Result<bool, ScimError> {
        let list = self.take_list(target);
        let mut chosen = self.matching(&list, filter, target)?;
        match (&target.sub, values) {
            (_, None) => {}
            (None, Some(values)) => {
                let named = self.named(target, &list, values)?;
                chosen.retain(|index| named.get(*index) == Some(&true));
            }
            (Some(sub), Some(_)) => chosen.retain(|index| {
                list.get(*index)
                    .is_some_and(|element| has_named_part(target, element, sub, values))
            }),
        }
        let Some(sub) = &target.sub else {
            self.set_list(target, except(list, &chosen), &[])?;
            return Ok(!chosen.is_empty());
        };
        let removed = chosen
            .iter()
            .filter_map(|index| list.get(*index))
            .any(|element| has_part(element, &sub.name) || is_hollow(element));
        self.set_part_of(target, list, &chosen, sub, None)?;
        Ok(removed)
    }

    /// Sets a part of the chosen elements, and drops those that become hollow by losing it.
    fn set_part_of(
        &mut self,
        target: &AttributeTarget,
        mut list: Vec<Value>,
        chosen: &[usize],
        sub: &SubAttribute,
        part: Option<&Value>,
    ) -> Result<(), ScimError> {
        if let Some(part) = part {
            self.budget
                .copy(part, chosen.len(), target.attribute.name)?;
        }
        for index in chosen {
            if let Some(element) = list.get_mut(*index) {
                let before = has_immutable_parts(target.attribute).then(|| element.clone());
                if let Value::Object(members) = element {
                    set_part(members, sub, part.cloned());
                }
                if let Some(before) = before {
                    same_immutable_parts(target.attribute, &before, element)?;
                }
            }
        }
        if part.is_none() {
            let hollow: Vec<usize> = chosen
                .iter()
                .copied()
                .filter(|index| list.get(*index).is_some_and(is_hollow))
                .collect();
            return self.set_list(target, except(list, &hollow), &[]);
        }
        self.set_list(target, list, chosen)
    }

    fn take_list(&mut self, target: &AttributeTarget) -> Vec<Value> {
        match self.take(target) {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        }
    }

    /// The element that is made because the filter matches none.
    pub(super) fn made_by(
        &mut self,
        target: &AttributeTarget,
        filter: &Filter,
    ) -> Result<Object, ScimError> {
        let made = Value::Object(self.described_by(target, filter)?);
        // One that the filter does not find would be made again with every request.
        let found = self.matching(std::slice::from_ref(&made), filter, target)?;
        match made {
            Value::Object(made) if !found.is_empty() => {
                self.notes.quirk(Quirk::MadeByFilter, &target.to_string());
                Ok(made)
            }
            _ => Err(no_target(
                target,
                filter,
                "No element can be as the filter says.",
            )),
        }
    }

    /// The element that a filter describes.
    fn described_by(
        &mut self,
        target: &AttributeTarget,
        filter: &Filter,
    ) -> Result<Object, ScimError> {
        let equalities = filter.equalities().ok_or_else(|| {
            no_target(
                target,
                filter,
                "An element can be made only from a filter of the form attribute eq value.",
            )
        })?;
        let mut element = Object::new();
        for (name, literal) in equalities {
            let sub = SubAttribute::named(target.attribute, name).ok_or_else(|| {
                no_target(target, filter, "The filter names no part of the attribute.")
            })?;
            let wanted = match literal {
                Literal::String(text) => Value::String(text.clone()),
                Literal::Number(number) => Value::Number(number.clone()),
                Literal::Boolean(boolean) => Value::Bool(*boolean),
                Literal::Null => Value::Null,
            };
            let part = match sub.definition {
                // A literal of another type than the attribute's describes no element.
                Some(definition) => value::value(
                    definition,
                    &wanted,
                    &format!("{}.{}", target.attribute.name, sub.name),
                    &mut self.notes,
                )?,
                None => Some(wanted),
            };
            set_part(&mut element, &sub, part);
        }
        Ok(element)
    }

    /// The places of the elements that satisfy a filter.
    pub(super) fn matching(
        &mut self,
        list: &[Value],
        filter: &Filter,
        target: &AttributeTarget,
    ) -> Result<Vec<usize>, ScimError> {
        self.budget.choose(list, filter, target.attribute.name)?;
        let asked = filter.of_values(target.attribute)?;
        Ok(list
            .iter()
            .enumerate()
            .filter(|(_, element)| asked.admits(element))
            .map(|(index, _)| index)
            .collect())
    }
}

/// Whether an element has the part, and (with a value) that value of it.
fn has_named_part(
    target: &AttributeTarget,
    element: &Value,
    sub: &SubAttribute,
    value: Option<&Value>,
) -> bool {
    element.get(&sub.name).is_some_and(|part| {
        value.is_none_or(|value| same_part(target.attribute, &sub.name, part, value))
    })
}

/// The elements at other places than the chosen ones, which are in ascending order.
fn except(list: Vec<Value>, chosen: &[usize]) -> Vec<Value> {
    list.into_iter()
        .enumerate()
        .filter(|(index, _)| chosen.binary_search(index).is_err())
        .map(|(_, element)| element)
        .collect()
}

fn no_target(target: &AttributeTarget, filter: &Filter, consequence: &str) -> ScimError {
    ScimError::no_target(format!(
        "No element of {} matches [{}]. {consequence}",
        target.attribute.name,
        cut(&filter.to_string())
    ))
}
