//! For random users and random filters, the SQL finds and sorts as the reference does.

use super::generated::{directory, filter};
use super::{ALL, Directory, Window, find, many};
use crate::directory::teammate::Listed;
use crate::scim::etag::EntityTag;
use crate::scim::filter::Filter;
use crate::scim::filter::operand::Operand;
use crate::scim::schema::USER;
use crate::scim::sort::Sort;
use crate::scim::user::{StoredUser, UserMeta};
use crate::store::filter::tests::random::{by_key, cases, key_of, path_of, places};
use crate::store::filter::{Condition, Order, compile};
use crate::store::list::Entry;
use crate::store::teammates::Columns;
use crate::store::teammates::stored::StoredTeammate;
use proptest::prelude::*;
use serde_json::Value;
use std::fmt;

impl fmt::Debug for Directory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let people = self.teammates.iter();
        formatter
            .debug_list()
            .entries(people.map(|teammate| (teammate.state, self.resource(teammate).to_string())))
            .finish()
    }
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn sql_finds_whom_the_filter_matches(
        directory in directory(),
        filters in proptest::collection::vec(filter(), 70),
    ) {
        for filter in filters {
            let text = filter.to_string();
            prop_assert_eq!(Filter::parse(&text), Ok(filter.clone()), "{}", text);
            let Ok(condition) = compile(&filter, Listed::TABLE) else { continue };
            let resolved = filter.resolve(&USER).expect("compiled, so resolved");
            let expected: Vec<String> = directory
                .listed()
                .filter(|teammate| resolved.matches(&directory.resource(teammate)))
                .map(|teammate| teammate.id.to_string())
                .collect();
            let found = directory.ids(&condition, &Order::default(), ALL);
            prop_assert_eq!(&found, &expected, "{}", text);
            prop_assert_eq!(directory.count(&condition), expected.len() as u64, "{}", text);
            if condition.is_unique() {
                let one = find(&directory.caller.token.company_id, &condition, &Columns::Own.row());
                let one = many::<Listed>(&directory.sqlite.run(&one)).expect("one or none");
                prop_assert_eq!(one.len(), expected.len(), "{}", text);
            }
        }
    }

    #[test]
    fn a_page_shows_what_the_directory_holds(directory in directory()) {
        let everybody = Condition::all(Listed::TABLE);
        let page = directory.page(&everybody, &Order::default(), ALL);
        let mut shown = Vec::new();
        for row in &page.rows {
            let stored = StoredTeammate::read(row).expect("a teammate");
            let mut text = Vec::new();
            let user = StoredUser {
                user_name: &stored.user_name,
                external_id: stored.external_id.as_deref(),
                active: stored.shown_active(),
                attributes: stored.attributes,
                groups: &stored.groups,
                meta: UserMeta {
                    id: &stored.id,
                    created: &stored.created_at.to_string(),
                    last_modified: &stored.updated_at.to_string(),
                    base: "https://host/v2",
                    version: EntityTag(stored.version),
                },
            };
            prop_assert_eq!(user.write(&mut text), Ok(()));
            shown.push(String::from_utf8(text).expect("text"));
        }
        let held = directory.listed().map(|one| directory.resource(one).to_string());
        prop_assert_eq!(shown, held.collect::<Vec<_>>());
    }

    #[test]
    fn sql_sorts_as_the_reference_does(
        directory in directory(),
        places in proptest::collection::vec(proptest::sample::select(places(&USER)), 40),
        descending: bool,
        filter in proptest::option::of(filter()),
    ) {
        let filter = filter.filter(|filter| compile(filter, Listed::TABLE).is_ok());
        let condition = filter.as_ref().map(|filter| compile(filter, Listed::TABLE)).transpose().expect("it was tried").unwrap_or_else(|| Condition::all(Listed::TABLE));
        let resolved = filter.map(|filter| filter.resolve(&USER).expect("compiled, so resolved"));
        for place in places {
            let name = path_of(place).to_string();
            let direction = if descending { "Descending" } else { "ascending" };
            let sort = Sort::from_parameters(Some(&name), Some(direction), &USER);
            let Ok(Some(sort)) = sort else { continue };
            let Operand::Declared(by) = sort.operand.clone() else { continue };
            let mut expected: Vec<(Option<Value>, String)> = directory
                .listed()
                .map(|teammate| (directory.resource(teammate), teammate.id.to_string()))
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
            prop_assert_eq!(directory.ids(&condition, &order, window), part, "{}", name);
        }
    }
}
