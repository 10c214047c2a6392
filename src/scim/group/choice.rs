//! Whom the value filter of a path `members[...]` chooses.
//!
//! An element of `members` is the id of a teammate, and what follows from it: its type is User, its URI ends with the
//! id, its name is the teammate's. So what asks for the type, the URI or for certain ids comes to a set of ids, or to
//! all but a set, and nobody has to be looked at. What is left is for whoever keeps the members and knows their names.
//!
//! Invariant: a [`Choice`] admits a member exactly where the filter itself admits the element that shows it.

use crate::scim::filter::comparison::{Relation, Test, TextComparison};
use crate::scim::filter::operand::Place;
use crate::scim::filter::resolved::Logic;
use crate::scim::filter::{Filter, Literal, Operator, typed};
use crate::scim::path::AttributePath;
use crate::scim::schema::{Attribute, USER};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Choice {
    Only(BTreeSet<String>),
    AllBut(BTreeSet<String>),
    /// It depends on more than certain ids.
    Where(Selection),
}

pub type Selection = Logic<MemberTest>;

/// What is asked of one member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MemberTest {
    /// That its id is one of these.
    Among(BTreeSet<String>),
    Id(Test),
    Display(Test),
}

/// The ids that it names, in a filter or beside one.
pub fn ids_in(selection: &Selection) -> Vec<&BTreeSet<String>> {
    let named = selection.tests().into_iter();
    named
        .filter_map(|test| match test {
            MemberTest::Among(ids) => Some(ids),
            MemberTest::Id(_) | MemberTest::Display(_) => None,
        })
        .collect()
}

/// What a filter on members is read by.
#[derive(Clone, Copy)]
pub(super) struct MembersAttribute<'a> {
    /// The declared attribute.
    pub(super) attribute: &'static Attribute,
    /// What stands before the id in the URI of a member.
    pub(super) users: &'a str,
}

impl Choice {
    pub(super) fn of(filter: &Filter, members: MembersAttribute) -> Self {
        match filter {
            Filter::Present(name) => members.test(name, &Test::Present),
            Filter::Compare {
                attribute: name,
                operator,
                value,
            } => members.compare(name, *operator, value),
            // The grammar has no value path inside a value path.
            Filter::ValuePath { .. } => Self::nobody(),
            Filter::And(parts) => Self::all(parts.iter().map(|part| Self::of(part, members))),
            Filter::Or(parts) => Self::any(parts.iter().map(|part| Self::of(part, members))),
            Filter::Not(inner) => Self::of(inner, members).negated(),
        }
    }

    pub(super) const fn nobody() -> Self {
        Self::Only(BTreeSet::new())
    }

    pub(super) const fn everybody() -> Self {
        Self::AllBut(BTreeSet::new())
    }

    fn constant(holds: bool) -> Self {
        if holds {
            Self::everybody()
        } else {
            Self::nobody()
        }
    }

    /// Those of them who have one of these ids.
    pub(super) fn among(self, ids: BTreeSet<String>) -> Self {
        Self::all([self, Self::Only(ids)].into_iter())
    }

    fn one(id: &str) -> Self {
        Self::Only(BTreeSet::from([id.to_owned()]))
    }

    fn negated(self) -> Self {
        match self {
            Self::Only(ids) => Self::AllBut(ids),
            Self::AllBut(ids) => Self::Only(ids),
            Self::Where(selection) => Self::Where(Logic::Not(Box::new(selection))),
        }
    }

    fn all(parts: impl Iterator<Item = Self>) -> Self {
        let (mut set, mut tests) = (Self::everybody(), Vec::new());
        for part in parts {
            match part {
                Self::Where(test) => tests.push(test),
                other => set = set.intersection(other),
            }
        }
        if tests.is_empty() || set == Self::nobody() {
            return set;
        }
        if set != Self::everybody() {
            tests.push(set.into_selection());
        }
        Self::Where(Logic::And(tests))
    }

    fn any(parts: impl Iterator<Item = Self>) -> Self {
        let (mut set, mut tests) = (Self::nobody(), Vec::new());
        for part in parts {
            match part {
                Self::Where(test) => tests.push(test),
                other => set = set.negated().intersection(other.negated()).negated(),
            }
        }
        if tests.is_empty() || set == Self::everybody() {
            return set;
        }
        if set != Self::nobody() {
            tests.push(set.into_selection());
        }
        Self::Where(Logic::Or(tests))
    }

    /// Of two sets.
    fn intersection(self, other: Self) -> Self {
        match (self, other) {
            (Self::Only(one), Self::Only(other)) => Self::Only(&one & &other),
            (Self::Only(only), Self::AllBut(but)) | (Self::AllBut(but), Self::Only(only)) => {
                Self::Only(&only - &but)
            }
            (Self::AllBut(one), Self::AllBut(other)) => Self::AllBut(&one | &other),
            (one, other) => Self::Where(Logic::And(vec![
                one.into_selection(),
                other.into_selection(),
            ])),
        }
    }

    pub(super) fn into_selection(self) -> Selection {
        match self {
            Self::Only(ids) => Logic::Test(MemberTest::Among(ids)),
            Self::AllBut(ids) => Logic::Not(Box::new(Logic::Test(MemberTest::Among(ids)))),
            Self::Where(selection) => selection,
        }
    }
}

impl MembersAttribute<'_> {
    fn compare(self, name: &AttributePath, operator: Operator, literal: &Literal) -> Choice {
        let place = Place {
            extension: None,
            attribute: self.attribute,
            sub: self.attribute.sub_attribute(&name.name),
        };
        // What can't be compared was refused with the path.
        match typed(place, operator, literal) {
            Ok(test) => self.test(name, &test),
            Err(_) => Choice::nobody(),
        }
    }

    fn test(self, name: &AttributePath, test: &Test) -> Choice {
        let sub = self.attribute.sub_attribute(&name.name);
        match sub.map(|sub| sub.name) {
            Some("value") => of_id(test),
            Some("$ref") => self.of_uri(test),
            Some("type") => Choice::constant(test.admits(&USER.id.into())),
            Some("display") => Choice::Where(Logic::Test(MemberTest::Display(test.clone()))),
            _ => Choice::constant(test.holds_of_nothing()),
        }
    }

    /// A URI is a beginning that is always the same, and the id: what is asked of it is asked of the id.
    fn of_uri(self, test: &Test) -> Choice {
        let Test::Text(asked) = test else {
            return of_id(test);
        };
        let (users, part) = (self.users, asked.text.as_str());
        let of_rest = |comparison, rest: &str| of_id(&Test::Text(asked.of_part(comparison, rest)));
        // The ends of what stands before the id with which the text begins, and what of it the id has to have then.
        let across = || {
            let places = part.char_indices().map(|(place, _)| place).skip(1);
            places
                .chain([part.len()])
                .filter_map(|place| part.split_at_checked(place))
                .filter(|(start, _)| !start.is_empty() && users.ends_with(start))
                .map(|(_, rest)| rest)
        };
        match asked.comparison {
            TextComparison::Order(Relation::Equal) => {
                named_by(part).map_or(Choice::nobody(), Choice::one)
            }
            TextComparison::Order(Relation::NotEqual) => named_by(part)
                .map_or(Choice::nobody(), Choice::one)
                .negated(),
            TextComparison::Order(_) | TextComparison::StartsWith => {
                match part.strip_prefix(users) {
                    Some(rest) => of_rest(asked.comparison, rest),
                    None => Choice::constant(test.admits(&users.into())),
                }
            }
            TextComparison::EndsWith => {
                Choice::any(std::iter::once(of_rest(asked.comparison, part)).chain(
                    across().map(|rest| of_rest(TextComparison::Order(Relation::Equal), rest)),
                ))
            }
            TextComparison::Contains if users.contains(part) => Choice::everybody(),
            TextComparison::Contains => Choice::any(
                std::iter::once(of_rest(asked.comparison, part))
                    .chain(across().map(|rest| of_rest(TextComparison::StartsWith, rest))),
            ),
        }
    }
}

/// Every member has an id, and it is not empty.
fn of_id(test: &Test) -> Choice {
    match test {
        Test::Text(asked) => match asked.comparison {
            TextComparison::Order(Relation::Equal) => Choice::one(&asked.text),
            TextComparison::Order(Relation::NotEqual) => Choice::one(&asked.text).negated(),
            _ if asked.text.is_empty() => Choice::constant(test.admits(&"id".into())),
            _ => Choice::Where(Logic::Test(MemberTest::Id(test.clone()))),
        },
        other => Choice::constant(other.admits(&"id".into())),
    }
}

/// The id of the user whom a URI names, such as `https://host/v2/Users/1` or `../Users/1`: whoever sends the URI of a
/// member knows it under any of our addresses, which all lead to the same.
pub(super) fn named_by(uri: &str) -> Option<&str> {
    let path = uri.split(['?', '#']).next().unwrap_or(uri).trim();
    let (rest, id) = path.trim_end_matches('/').rsplit_once('/')?;
    let collection = rest.rsplit('/').next()?;
    let is_users = collection.eq_ignore_ascii_case(USER.endpoint.trim_start_matches('/'));
    (is_users && !id.is_empty()).then_some(id)
}

#[cfg(test)]
mod tests;
