//! Operations on chosen elements: by a value filter, or on a part of all of them.

use super::attribute::missing_value;
use super::elements::{is_hollow, merge, set_part};
use super::{Draft, Kind};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal};
use crate::scim::normalise::describe::cut;
use crate::scim::normalise::{self, is_unassigned};
use crate::scim::path::{SubAttribute, Target};
use serde_json::Value;

impl Draft {
    /// `add` and `replace` on `attribute[filter]` or `attribute[filter].sub`.
    ///
    /// Where nothing matches, the element is made, with the values the filter asks for: Entra
    /// counts on it (seen in its conformance tests by better-auth and ory/polis), against RFC 7644
    /// section 3.5.2.3.
    pub(super) fn assign_matching(
        &mut self,
        kind: Kind,
        target: &Target,
        filter: &Filter,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        match (&target.sub, value) {
            (Some(_), None) => Err(missing_value(target)),
            (Some(sub), Some(value)) => {
                let part = self.part(target, sub, value)?;
                self.assign_part_of_matching(target, filter, sub, part)
            }
            (None, None) if kind == Kind::Replace => Err(missing_value(target)),
            (None, Some(value)) if is_unassigned(value) => {
                let list = self.take_list(target);
                let chosen = self.matching(&list, filter, target)?;
                self.set_list(target, except(list, &chosen), &[])
            }
            (None, value) => {
                let element = self.only_element(target, value)?;
                self.assign_whole_matching(kind, target, filter, &element)
            }
        }
    }

    fn assign_part_of_matching(
        &mut self,
        target: &Target,
        filter: &Filter,
        sub: &SubAttribute,
        part: Option<Value>,
    ) -> Result<(), ScimError> {
        let mut list = self.take_list(target);
        let chosen = self.matching(&list, filter, target)?;
        if !chosen.is_empty() || part.is_none() {
            return self.set_part_of(target, list, &chosen, sub, part.as_ref());
        }
        let mut element = self.described_by(target, filter)?;
        set_part(&mut element, sub, part);
        let created = list.len();
        list.push(Value::Object(element));
        self.set_list(target, list, &[created])
    }

    fn assign_whole_matching(
        &mut self,
        kind: Kind,
        target: &Target,
        filter: &Filter,
        element: &Object,
    ) -> Result<(), ScimError> {
        let mut list = self.take_list(target);
        let chosen = self.matching(&list, filter, target)?;
        let sent = Value::Object(element.clone());
        if chosen.is_empty() {
            let mut created = Value::Object(self.described_by(target, filter)?);
            merge(&mut created, sent);
            let index = list.len();
            list.push(created);
            return self.set_list(target, list, &[index]);
        }
        self.budget
            .copy(&sent, chosen.len(), target.attribute.name)?;
        // A filter that names no values has none to keep.
        let kept = match kind {
            Kind::Replace => self.described_by(target, filter).unwrap_or_default(),
            Kind::Add | Kind::Remove => Object::new(),
        };
        for index in &chosen {
            if let Some(present) = list.get_mut(*index) {
                if kind == Kind::Replace {
                    *present = Value::Object(kept.clone());
                }
                merge(present, sent.clone());
            }
        }
        self.set_list(target, list, &chosen)
    }

    /// `emails.value` without a filter: the part of every element, or of a first one.
    pub(super) fn assign_part_of_all(
        &mut self,
        target: &Target,
        sub: &SubAttribute,
        value: &Value,
    ) -> Result<(), ScimError> {
        let part = self.part(target, sub, value)?;
        let mut list = self.take_list(target);
        if list.is_empty() && part.is_some() {
            list.push(Value::Object(Object::new()));
        }
        let all: Vec<usize> = (0..list.len()).collect();
        self.set_part_of(target, list, &all, sub, part.as_ref())
    }

    /// `remove` on `emails.display`, in every element or (with a value) where it has that value.
    pub(super) fn remove_part_of_all(
        &mut self,
        target: &Target,
        sub: &SubAttribute,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        let mut list = self.take_list(target);
        list.retain_mut(|element| {
            let Some(members) = element.as_object_mut() else {
                return true;
            };
            let named = value.is_none_or(|value| members.get(&sub.name) == Some(value));
            if !named || !members.contains_key(&sub.name) {
                return true;
            }
            set_part(members, sub, None);
            !is_hollow(element)
        });
        self.set_list(target, list, &[])
    }

    /// `remove` on `attribute[filter]` or `attribute[filter].sub`.
    pub(super) fn remove_matching(
        &mut self,
        target: &Target,
        filter: &Filter,
    ) -> Result<(), ScimError> {
        let list = self.take_list(target);
        let chosen = self.matching(&list, filter, target)?;
        if chosen.is_empty() {
            return Err(no_target(target, filter, "Nothing was removed."));
        }
        if let Some(sub) = &target.sub {
            return self.set_part_of(target, list, &chosen, sub, None);
        }
        self.set_list(target, except(list, &chosen), &[])
    }

    /// Sets a part of the chosen elements, and drops those that become hollow by losing it.
    fn set_part_of(
        &mut self,
        target: &Target,
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
            if let Some(Value::Object(members)) = list.get_mut(*index) {
                set_part(members, sub, part.cloned());
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

    fn take_list(&mut self, target: &Target) -> Vec<Value> {
        match self.take(target) {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        }
    }

    /// The one element that was sent; nothing at all stands for one without parts.
    fn only_element(
        &mut self,
        target: &Target,
        value: Option<&Value>,
    ) -> Result<Object, ScimError> {
        let name = target.display_name();
        let value = match value {
            None => return Ok(Object::new()),
            Some(Value::Array(list)) if let [only] = list.as_slice() => only,
            Some(value) => value,
        };
        let element = normalise::element_value(target.attribute, value, &name, &mut self.notes)?;
        Ok(match element {
            Some(Value::Object(members)) => members,
            _ => Object::new(),
        })
    }

    /// The element that a filter describes.
    fn described_by(&mut self, target: &Target, filter: &Filter) -> Result<Object, ScimError> {
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
            let value = match literal {
                Literal::String(text) => Value::String(text.clone()),
                Literal::Number(number) => Value::Number(number.clone()),
                Literal::Boolean(boolean) => Value::Bool(*boolean),
                Literal::Null => Value::Null,
            };
            let part = match sub.definition {
                Some(definition) => normalise::value(
                    definition,
                    &value,
                    &format!("{}.{}", target.attribute.name, sub.name),
                    &mut self.notes,
                )?,
                None => Some(value),
            };
            set_part(&mut element, &sub, part);
        }
        Ok(element)
    }

    /// The places of the elements that satisfy a filter.
    fn matching(
        &mut self,
        list: &[Value],
        filter: &Filter,
        target: &Target,
    ) -> Result<Vec<usize>, ScimError> {
        self.budget.choose(list, filter, target.attribute.name)?;
        Ok(list
            .iter()
            .enumerate()
            .filter(|(_, element)| filter.matches(element, target.attribute))
            .map(|(index, _)| index)
            .collect())
    }
}

/// The elements at other places than the chosen ones, which are in ascending order.
fn except(list: Vec<Value>, chosen: &[usize]) -> Vec<Value> {
    list.into_iter()
        .enumerate()
        .filter(|(index, _)| chosen.binary_search(index).is_err())
        .map(|(_, element)| element)
        .collect()
}

fn no_target(target: &Target, filter: &Filter, consequence: &str) -> ScimError {
    ScimError::no_target(format!(
        "No element of {} matches [{}]. {consequence}",
        target.attribute.name,
        cut(&filter.to_string())
    ))
}
