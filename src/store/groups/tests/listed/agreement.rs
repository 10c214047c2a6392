//! For random groups and random filters, the SQL finds and sorts as the reference does.

use super::generated::{directory, filter};
use super::{ALL, COLUMNS, Directory, Listing, MemberRow, ShownRows, Window, count, find, many};
use crate::directory::group::Group;
use crate::scim::filter::Filter;
use crate::scim::filter::operand::Operand;
use crate::scim::schema::GROUP;
use crate::scim::sort::Sort;
use crate::store::filter::tests::random::{by_key, cases, key_of, path_of, places};
use crate::store::filter::{Condition, Order, compile};
use crate::store::list::Entry;
use proptest::prelude::*;
use serde_json::Value;
use std::fmt;

impl fmt::Debug for Directory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = self.groups.iter();
        let shown = groups.map(|group| (group.1.is_active, self.resource(group).to_string()));
        formatter
            .debug_struct("Directory")
            .field("people", &self.people)
            .field("groups", &shown.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn sql_finds_what_the_filter_matches(
        directory in directory(),
        filters in proptest::collection::vec(filter(), 70),
    ) {
        for filter in filters {
            let text = filter.to_string();
            prop_assert_eq!(Filter::parse(&text), Ok(filter.clone()), "{}", text);
            let Ok(condition) = compile(&filter, Group::TABLE) else { continue };
            let resolved = filter.resolve(&GROUP).expect("compiled, so resolved");
            let expected: Vec<String> = directory
                .listed()
                .filter(|group| resolved.matches(&directory.resource(group)))
                .map(|(id, _)| id.clone())
                .collect();
            let found = directory.ids(&condition, &Order::default(), ALL);
            prop_assert_eq!(&found, &expected, "{}", text);
            prop_assert_eq!(directory.count(&condition), expected.len() as u64, "{}", text);
            let order = Order::default();
            let listing = Listing { condition: &condition, order: &order };
            let (ids, groups) = directory.whole(&listing, ALL, ShownRows::First(1000));
            prop_assert_eq!(&ids, &expected, "{}", text);
            let groups: Vec<String> = groups.into_iter().map(|(id, _)| id).collect();
            prop_assert_eq!(&groups, &expected, "{}", text);
            if condition.is_unique() {
                let one = find(&directory.caller.token.company_id, &condition, COLUMNS);
                let one: Vec<Group> = many(&directory.sqlite.run(&one)).expect("one or none");
                prop_assert_eq!(one.len(), expected.len(), "{}", text);
            }
        }
    }

    #[test]
    fn sql_sorts_as_the_reference_does(
        directory in directory(),
        descending: bool,
        filter in proptest::option::of(filter()),
    ) {
        let filter = filter.filter(|filter| compile(filter, Group::TABLE).is_ok());
        let condition = filter.as_ref().map_or_else(
            || Condition::all(Group::TABLE),
            |filter| compile(filter, Group::TABLE).expect("it was tried"),
        );
        let resolved = filter.map(|filter| filter.resolve(&GROUP).expect("compiled, so resolved"));
        for place in places(&GROUP) {
            let name = path_of(place).to_string();
            let direction = if descending { "Descending" } else { "ascending" };
            let sort = Sort::from_parameters(Some(&name), Some(direction), &GROUP);
            let Ok(Some(sort)) = sort else { continue };
            let Operand::Declared(by) = sort.operand.clone() else { continue };
            let mut expected: Vec<(Option<Value>, String)> = directory
                .listed()
                .map(|group| (directory.resource(group), group.0.clone()))
                .filter(|(resource, _)| resolved.as_ref().is_none_or(|filter| filter.matches(resource)))
                .map(|(resource, id)| (key_of(&resource, by), id))
                .collect();
            expected.sort_by(|(one, one_id), (other, other_id)| {
                by_key(one.as_ref(), other.as_ref()).then_with(|| one_id.cmp(other_id))
            });
            if descending {
                expected.reverse();
            }
            let expected: Vec<String> = expected.into_iter().map(|(_, id)| id).collect();
            let order = Order::by(Some(sort));
            prop_assert_eq!(&directory.ids(&condition, &order, ALL), &expected, "{}", name);
            let window = Window::Offset { offset: 1, limit: 2 };
            let part: Vec<String> = expected.iter().skip(1).take(2).cloned().collect();
            prop_assert_eq!(&directory.ids(&condition, &order, window), &part, "{}", name);
            let listing = Listing { condition: &condition, order: &order };
            prop_assert_eq!(directory.whole(&listing, window, ShownRows::First(9)).0, part, "{}", name);
        }
    }

    #[test]
    fn groups_come_with_the_members_whom_scim_shows(directory in directory()) {
        let (condition, order) = (Condition::all(Group::TABLE), Order::default());
        prop_assert_eq!(directory.count(&condition), directory.listed().count() as u64);
        let listing = Listing { condition: &condition, order: &order };
        let (_, groups) = directory.whole(&listing, ALL, ShownRows::First(1000));
        let expected: Vec<(String, Vec<MemberRow>)> = directory
            .listed()
            .map(|(id, made)| {
                let members = directory.members(made).into_iter();
                let members = members.map(|person| MemberRow(person.id.clone(), person.display.clone()));
                (id.clone(), members.collect())
            })
            .collect();
        prop_assert_eq!(groups, expected);
    }
}

#[test]
fn nothing_is_counted_for_a_list_of_all() {
    let directory = Directory::new(Vec::new());
    let statement = count(&directory.admission(), &Condition::all(Group::TABLE));
    let counts = "SELECT json_array(known.listed_groups) AS row FROM tokens known_token ";
    assert!(statement.sql.starts_with(counts), "{}", statement.sql);
    assert!(!statement.sql.contains("groups g"), "{}", statement.sql);
    assert_eq!(directory.count(&Condition::all(Group::TABLE)), 0);
}
