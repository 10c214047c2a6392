//! Which index answers what: SQLite's own word for it.

use super::{Directory, created, ids, patch};
use crate::directory::group::Adopted;
use crate::directory::group::GroupState;
use crate::directory::group::name_key;
use crate::scim::Object;
use crate::store::groups::administration::{self, Confirmed};
use crate::store::groups::{GroupKey, get};
use crate::store::statement::Statement;

/// What is gone through row by row; all else is reached by a key.
fn scans(directory: &Directory, statement: &Statement) -> Vec<String> {
    let plan = directory.sqlite.plan(statement).into_iter();
    plan.filter(|step| step.starts_with("SCAN")).collect()
}

/// Common tables with a row for each command, and the lists that were sent.
const SMALL: [&str; 18] = [
    "come",
    "go",
    "come_few",
    "go_few",
    "come_many",
    "go_many",
    "f",
    "m",
    "j",
    "s",
    "a",
    "l",
    "found",
    "counted",
    "noted",
    "json_each",
    "(subquery",
    "CONSTANT",
];

/// That nothing is gone through but what was sent, and all else is found by its whole key.
fn is_bounded(directory: &Directory, statement: &Statement) {
    let scans = scans(directory, statement);
    let is_small = |step: &String| {
        let table = step.split(' ').nth(1).unwrap_or_default();
        SMALL
            .iter()
            .any(|known| table == *known || (known.starts_with('(') && table.starts_with(known)))
    };
    assert!(scans.iter().all(is_small), "{scans:#?}\n{}", statement.sql);
    for (table, key) in [
        ("m", "company_id=? AND group_id=? AND teammate_id=?"),
        ("g", "company_id=? AND id=?"),
        ("t", "company_id=? AND"),
        ("r", "company_id=? AND id=?"),
        ("e", "company_id=? AND seq=?"),
    ] {
        let start = format!("SEARCH {table} ");
        let plan = directory.sqlite.plan(statement);
        let mut steps = plan.iter().filter(|step| step.starts_with(&start));
        assert!(
            steps.all(|step| step.contains(key)),
            "{plan:#?}\n{}",
            statement.sql
        );
    }
}

#[test]
fn a_change_of_members_goes_through_nothing_but_what_it_names() {
    let mut directory = Directory::new(3);
    let found = created(&mut directory, 1, ids([0]));
    let decision = patch(&found, ids([1]), ids([0]));
    let sent = directory.command(decision).expect("a change");
    for statement in directory.statements(&sent) {
        is_bounded(&directory, &statement);
    }
}

#[test]
fn nor_do_many_together() {
    let mut directory = Directory::new(5);
    let mut found = created(&mut directory, 1, ids([0, 1]));
    let group = found.group.as_mut().expect("a group");
    group.before_adoption = Some(Adopted {
        display_name: group.display_name.clone(),
        external_id: None,
        description: None,
        attributes: Object::new(),
    });
    let sent = [(2, 0), (3, 1)].map(|(add, remove)| {
        let decision = patch(&found, ids([add]), ids([remove]));
        directory.command(decision).expect("a change")
    });
    let statements = directory.statements_of_all(&sent);
    // The journal, those who are kept for an undo, those who go, those who come, the groups.
    assert_eq!(statements.len(), 5);
    for statement in &statements {
        is_bounded(&directory, statement);
    }
}

#[test]
fn groups_and_members_are_read_by_their_keys() {
    let directory = Directory::new(3);
    let company = &directory.company;
    let id = super::group_id(1);
    for (statement, expected) in [
        (
            get(company, &GroupKey::Id(id.clone())),
            vec!["SEARCH g USING PRIMARY KEY (company_id=? AND id=?)"],
        ),
        (
            get(company, &GroupKey::Name(name_key("a"))),
            vec!["SEARCH g USING INDEX groups_name (company_id=? AND display_name_folded=?)"],
        ),
        (
            get(company, &GroupKey::DeletedName(name_key("a"))),
            vec![
                "SEARCH g USING INDEX groups_deleted_name (company_id=? AND display_name_folded=?)",
            ],
        ),
    ] {
        let plan = directory.sqlite.plan(&statement).into_iter();
        let reached: Vec<String> = plan
            .filter(|step| step.starts_with("SEARCH") || step.starts_with("SCAN j"))
            .collect();
        assert_eq!(reached, expected, "{}", statement.sql);
    }
}

#[test]
fn the_apps_lists_are_walked_in_their_order() {
    let directory = Directory::new(3);
    let company = &directory.company;
    let id = super::group_id(1);
    let app_members = vec![
        "SEARCH g USING PRIMARY KEY (company_id=? AND id=?)",
        "SEARCH m USING PRIMARY KEY (company_id=? AND group_id=? AND teammate_id>?)",
        "SEARCH t USING PRIMARY KEY (company_id=? AND id=?)",
    ];
    for (statement, expected) in [
        (
            administration::page(company, GroupState::Active, None, 10),
            vec!["SEARCH g USING INDEX groups_listed (company_id=? AND id>?)"],
        ),
        (
            administration::page(company, GroupState::Deleted, None, 10),
            vec!["SEARCH g USING INDEX groups_deleted (company_id=? AND id>?)"],
        ),
        (
            administration::search_page(company, "a", None, 10),
            vec![
                "SEARCH g USING INDEX groups_name (company_id=? AND display_name_folded>? AND display_name_folded<?)",
            ],
        ),
        (
            administration::search_deleted_page(company, "a", None, 10),
            vec!["SEARCH g USING INDEX groups_deleted (company_id=? AND id>?)"],
        ),
        (
            administration::members_page(company, &id, Confirmed::All, None, 10),
            app_members.clone(),
        ),
        (
            administration::members_page(company, &id, Confirmed::Only(false), None, 10),
            app_members,
        ),
    ] {
        let plan = directory.sqlite.plan(&statement);
        assert_eq!(plan, expected, "{}", statement.sql);
    }
}
