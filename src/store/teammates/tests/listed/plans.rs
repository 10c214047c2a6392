//! Which index answers what: SQLite's own word for it.

use super::{Directory, Listing, Window, condition, page, sorted_by, statements};
use crate::directory::teammate::Listed;
use crate::store::filter::{Condition, Order};
use crate::store::list::Entry;
use crate::store::statement::Statement;
use crate::store::teammates::Columns;

/// How teammates are reached: the index and how much of it, of the statement that finds the keys.
fn access(directory: &Directory, statement: &Statement) -> Vec<String> {
    let plan = directory.sqlite.plan(statement);
    assert!(
        !plan
            .iter()
            .any(|step| step.starts_with("SCAN t") || step.starts_with("SCAN o")),
        "{plan:#?}"
    );
    plan.into_iter()
        .filter(|step| step.starts_with("SEARCH t ") || step.starts_with("SEARCH o "))
        .collect()
}

const BY_ID: &str = "SEARCH t USING PRIMARY KEY (company_id=? AND id=?)";

/// Filters, and how the teammates that they could match are reached.
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn expected() -> Vec<(&'static str, Vec<&'static str>)> {
    let by_id = BY_ID;
    vec![
        ("id eq \"a\"", vec![by_id]),
        // Microsoft documents it: whether somebody's manager is up to date.
        ("id eq \"a\" and manager eq \"m\"", vec![by_id]),
        (
            "userName eq \"a\"",
            vec!["SEARCH t USING INDEX teammates_user_name (company_id=? AND user_name_folded=?)"],
        ),
        (
            "title eq \"b\" and (userName sw \"a\" and active eq true)",
            vec![
                "SEARCH t USING INDEX teammates_user_name (company_id=? AND user_name_folded>? AND user_name_folded<?)",
            ],
        ),
        (
            "userName gt \"a\" and userName le \"b\"",
            vec![
                "SEARCH t USING INDEX teammates_user_name (company_id=? AND user_name_folded>? AND user_name_folded<?)",
            ],
        ),
        (
            "externalId eq \"a\" and userName sw \"a\"",
            vec!["SEARCH t USING INDEX teammates_external_id (company_id=? AND external_id=?)"],
        ),
        (
            "externalId sw \"a\"",
            vec![
                "SEARCH t USING INDEX teammates_external_id (company_id=? AND external_id>? AND external_id<?)",
            ],
        ),
        (
            "emails eq \"a\"",
            vec![
                "SEARCH o USING PRIMARY KEY (company_id=? AND email_folded=?)",
                by_id,
            ],
        ),
        (
            "emails[type eq \"work\"].value eq \"a\"",
            vec![
                "SEARCH o USING PRIMARY KEY (company_id=? AND email_folded=?)",
                by_id,
            ],
        ),
        (
            "emails.value sw \"a\"",
            vec![
                by_id,
                "SEARCH o USING PRIMARY KEY (company_id=? AND email_folded>? AND email_folded<?)",
            ],
        ),
        (
            "email eq \"a\"",
            vec![
                by_id,
                "SEARCH o USING COVERING INDEX teammates_user_name (company_id=? AND user_name_folded=?)",
                "SEARCH o USING PRIMARY KEY (company_id=? AND email_folded=?)",
            ],
        ),
        (
            "email sw \"a\"",
            vec![
                by_id,
                "SEARCH o USING PRIMARY KEY (company_id=? AND email_folded>? AND email_folded<?)",
                "SEARCH o USING COVERING INDEX teammates_user_name (company_id=? AND user_name_folded>? AND user_name_folded<?)",
            ],
        ),
        (
            "userName sw \"e\u{301}\"",
            vec![
                by_id,
                "SEARCH o USING COVERING INDEX teammates_user_name (company_id=? AND user_name_folded>? AND user_name_folded<?)",
                "SEARCH o USING COVERING INDEX teammates_user_name (company_id=? AND user_name_folded>? AND user_name_folded<?)",
            ],
        ),
        (
            "groups.value eq \"a\"",
            vec![
                "SEARCH o USING PRIMARY KEY (company_id=? AND group_id=?)",
                by_id,
            ],
        ),
        (
            "groups[value eq \"a\" and display sw \"b\"] and title pr",
            vec![
                "SEARCH o USING PRIMARY KEY (company_id=? AND group_id=?)",
                by_id,
            ],
        ),
        (
            "active eq false",
            vec!["SEARCH t USING COVERING INDEX teammates_state (company_id=? AND state=?)"],
        ),
        (
            "active eq true and title pr",
            vec!["SEARCH t USING INDEX teammates_state (company_id=? AND state=?)"],
        ),
        (
            "displayName eq \"a\"",
            vec![
                "SEARCH t USING INDEX teammates_display_name (company_id=? AND display_name_folded=?)",
            ],
        ),
        (
            "displayName sw \"a\"",
            vec![
                "SEARCH t USING INDEX teammates_display_name (company_id=? AND display_name_folded>? AND display_name_folded<?)",
            ],
        ),
        (
            "meta.lastModified eq \"2026-01-01T00:00:00Z\"",
            vec!["SEARCH t USING INDEX teammates_updated (company_id=? AND updated_at=?)"],
        ),
        (
            "meta.lastModified ge \"2026-01-01T00:00:00Z\" and meta.lastModified lt \"2026-01-02T00:00:00Z\" and active eq true",
            vec![
                "SEARCH t USING INDEX teammates_updated (company_id=? AND updated_at>? AND updated_at<?)",
            ],
        ),
        (
            "userName eq \"a\" or emails eq \"a\" or externalId eq \"c\" or displayName eq \"d\" or id eq \"e\" or externalId eq \"f\"",
            vec![
                by_id,
                "SEARCH o USING PRIMARY KEY (company_id=? AND id=?)",
                "SEARCH o USING COVERING INDEX teammates_user_name (company_id=? AND user_name_folded=?)",
                "SEARCH o USING COVERING INDEX teammates_external_id (company_id=? AND external_id=?)",
                "SEARCH o USING PRIMARY KEY (company_id=? AND email_folded=?)",
                "SEARCH o USING COVERING INDEX teammates_display_name (company_id=? AND display_name_folded=?)",
            ],
        ),
        (
            "title eq \"a\"",
            vec!["SEARCH t USING PRIMARY KEY (company_id=?)"],
        ),
    ]
}

#[test]
fn each_indexed_attribute_is_answered_by_its_index() {
    let directory = Directory::new();
    for (filter, expected) in expected() {
        let [first, count] = statements(&directory.admission(), filter);
        let read = access(&directory, &first);
        if condition(filter).is_unique() {
            assert_eq!(read, expected, "{filter}");
        } else {
            // A page reads its rows by their keys in the end. A running sum, where there are large rows, reaches them
            // in the same way.
            assert_eq!(read[..expected.len()], expected, "{filter}");
            assert_eq!(read.last().map(String::as_str), Some(BY_ID), "{filter}");
            let once = [&expected[..], &[BY_ID]].concat();
            assert!(
                read.iter().all(|step| once.contains(&step.as_str())),
                "{filter}: {read:#?}"
            );
        }
        assert_eq!(access(&directory, &count), expected, "count of {filter}");
    }
}

#[test]
fn who_is_found_by_an_address_is_found_by_an_index() {
    let directory = Directory::new();
    let by_name = "SEARCH t USING INDEX teammates_user_name (company_id=? AND user_name_folded=?)";
    let by_email =
        "SEARCH t USING INDEX teammates_found_by_email (company_id=? AND found_by_email=?)";
    for (filter, ways) in [
        ("userName eq \"a@b\"", vec![by_name, by_email]),
        ("userName eq \"e\u{301}\"", vec![by_name, by_name]),
        ("userName eq \" a@b\"", vec![by_name, by_name, by_email]),
    ] {
        let [find, _] = statements(&directory.admission(), filter);
        assert_eq!(access(&directory, &find), ways, "{filter}");
    }
}

#[test]
fn an_order_with_an_index_is_walked_and_not_sorted() {
    let directory = Directory::new();
    let all = Condition::all(Listed::TABLE);
    let keys = |order: &Order, window| {
        let listing = Listing {
            condition: &all,
            order,
        };
        let plan = directory.sqlite.plan(&page(
            &directory.admission(),
            &listing,
            window,
            &Columns::Own.row(),
        ));
        let keys = plan
            .iter()
            .position(|step| step.starts_with("SCALAR SUBQUERY"))
            .expect("what looks for large rows");
        plan.into_iter()
            .take(keys)
            .filter(|step| step.starts_with("SEARCH t") || step.starts_with("USE"))
            .collect::<Vec<_>>()
    };
    let first = Window::First { limit: 10 };
    for (attribute, walk) in [
        ("id", "SEARCH t USING INDEX teammates_listed (company_id=?)"),
        (
            "userName",
            "SEARCH t USING INDEX teammates_user_name (company_id=?)",
        ),
        (
            "displayName",
            "SEARCH t USING INDEX teammates_display_name (company_id=?)",
        ),
        (
            "meta.lastModified",
            "SEARCH t USING INDEX teammates_updated (company_id=?)",
        ),
    ] {
        for direction in ["ascending", "descending"] {
            assert_eq!(
                keys(&sorted_by(attribute, direction), first),
                [walk],
                "{attribute} {direction}"
            );
        }
    }
    let by_id = Order::default();
    let after = Window::After { id: "a", limit: 10 };
    let before = Window::Before { id: "a", limit: 10 };
    for (window, walk) in [
        (
            after,
            "SEARCH t USING INDEX teammates_listed (company_id=? AND id>?)",
        ),
        (
            before,
            "SEARCH t USING INDEX teammates_listed (company_id=? AND id<?)",
        ),
    ] {
        assert_eq!(keys(&by_id, window), [walk]);
    }
    assert_eq!(
        keys(&sorted_by("title", "ascending"), first),
        [
            "SEARCH t USING PRIMARY KEY (company_id=?)",
            "USE TEMP B-TREE FOR ORDER BY"
        ]
    );
}
