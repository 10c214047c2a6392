//! Whom SQL finds for the selections of a request, beside what their filters mean.

use super::random::Dice;
use super::{Directory, created, group_id, ids};
use crate::directory::group::found::Selections;
use crate::scim::filter::Filter;
use crate::scim::group::{GroupChange, Selected};
use crate::scim::schema::GROUP;
use crate::store::groups::selected;
use crate::store::statement::Binding;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const BASE: &str = "https://host/v2";
const NAMES: [&str; 5] = ["Ada", "ada lovelace", "Straße", "", "Bob"];

/// Teammates of whom every second has a name; some are away.
fn directory(teammates: usize) -> Directory {
    let directory = Directory::new(teammates);
    for number in (0..teammates).step_by(2) {
        let name = NAMES[number / 2 % NAMES.len()];
        let folded = crate::scim::fold::text(name);
        directory.sqlite.execute(&format!(
            "UPDATE teammates SET display_name_folded = '{folded}' WHERE id = 'tea_{number:04}'"
        ));
    }
    directory
}

fn element(number: usize) -> Value {
    let id = format!("tea_{number:04}");
    let mut element = json!({"value": id, "$ref": format!("{BASE}/Users/{id}"), "type": "User"});
    if number.is_multiple_of(2) {
        element["display"] = NAMES[number / 2 % NAMES.len()].into();
    }
    element
}

fn some_filter(dice: &mut Dice, depth: usize) -> String {
    let of = |dice: &mut Dice, among: &[&str]| among[dice.roll(among.len())].to_owned();
    let inner = |dice: &mut Dice| some_filter(dice, depth - 1);
    match dice.roll(if depth > 0 { 8 } else { 5 }) {
        0 | 1 => {
            let operator = of(
                dice,
                &["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
            );
            let name = of(dice, &["Ada", "ADA", "a", "strasse", "", "Bob"]);
            format!("display {operator} \"{name}\"")
        }
        2 => of(
            dice,
            &[
                "display pr",
                "display eq null",
                "display ne null",
                "type eq \"user\"",
            ],
        ),
        3 => {
            let operator = of(
                dice,
                &["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
            );
            let id = of(dice, &["tea_0001", "tea_0004", "tea_00", "4", "tea"]);
            format!("value {operator} \"{id}\"")
        }
        4 => {
            let operator = of(dice, &["co", "sw", "ew", "gt", "le"]);
            let uri = of(
                dice,
                &[
                    "/Users/tea_0004",
                    "https://host/v2/Users/tea_000",
                    "s/tea",
                    "6",
                ],
            );
            format!("$ref {operator} \"{uri}\"")
        }
        5 => format!("not ({})", inner(dice)),
        6 => format!("({} and {})", inner(dice), inner(dice)),
        _ => format!("({} or {})", inner(dice), inner(dice)),
    }
}

fn change(filters: &[String]) -> GroupChange {
    let operations: Value = filters
        .iter()
        .map(|filter| json!({"op": "remove", "path": format!("members[{filter}]")}))
        .collect();
    let body = json!({"Operations": operations});
    GroupChange::from_request(body.as_object().expect("an object"), BASE)
        .expect("a PATCH")
        .value
}

#[test]
fn sql_finds_whom_the_filters_mean() {
    let mut dice = Dice(11);
    let mut directory = directory(20);
    let (members, named) = (ids(0..12), ids(8..16));
    created(&mut directory, 1, members.clone());
    directory
        .sqlite
        .execute("UPDATE teammates SET state = 'removed' WHERE id IN ('tea_0002', 'tea_0003')");
    let mut looked = 0;
    for _ in 0..1_500 {
        let filters: Vec<String> = (0..=dice.roll(3))
            .map(|_| some_filter(&mut dice, 2))
            .collect();
        let change = change(&filters);
        let selections: Vec<_> = change.selections().collect();
        // Those that come to certain ids are looked up by nobody.
        let waiting: Vec<&String> = filters
            .iter()
            .filter(|filter| {
                self::change(&[(*filter).clone()])
                    .selections()
                    .next()
                    .is_some()
            })
            .collect();
        assert_eq!(waiting.len(), selections.len(), "{filters:?}");
        if selections.is_empty() {
            continue;
        }
        looked += 1;
        let statement = selected::selected(&directory.company, &group_id(1), &selections, &named);
        let outcome = directory.sqlite.run(&statement);
        let found = selected::found(&outcome, selections.len()).expect("rows");
        let wanted = waiting
            .iter()
            .map(|filter| {
                let text = format!("{filter}]");
                let (filter, _) = Filter::parse_value_filter(&text).expect("a filter");
                let attribute = GROUP.attribute("members").expect("declared");
                let filter = filter.of_values(attribute).expect("it has a meaning");
                let chosen = (0..16).filter(|number| filter.admits(&element(*number)));
                let (members, others) = ids(chosen.collect::<Vec<_>>())
                    .into_iter()
                    .partition(|id| members.contains(id));
                Selected { members, others }
            })
            .collect();
        assert_eq!(found, Selections::Found(wanted), "{filters:?}");
    }
    assert!(looked > 1_000, "{looked}");
}

#[test]
fn certain_ids_are_found_by_key_and_all_else_in_one_walk() {
    let directory = directory(3);
    let plan = |filters: &[&str]| {
        let filters: Vec<String> = filters.iter().map(|filter| (*filter).to_owned()).collect();
        let change = change(&filters);
        let selections: Vec<_> = change.selections().collect();
        let statement = selected::selected(
            &directory.company,
            &group_id(1),
            &selections,
            &BTreeSet::new(),
        );
        let plan = directory.sqlite.plan(&statement).into_iter();
        plan.filter(|step| step.contains(" m ") || step.contains(" u "))
            .collect::<Vec<_>>()
    };
    let teammates = "SEARCH u USING PRIMARY KEY (company_id=? AND id=?)";
    assert_eq!(
        plan(&[
            r#"value eq "tea_0001" and display co "a""#,
            r#"display eq "a" and value eq "b""#
        ]),
        [
            "SEARCH m USING PRIMARY KEY (company_id=? AND group_id=? AND teammate_id=?)",
            teammates
        ]
    );
    assert_eq!(
        plan(&[r#"display co "a""#, r#"value ne "b""#]),
        [
            "SEARCH m USING PRIMARY KEY (company_id=? AND group_id=?)",
            teammates
        ]
    );
}

#[test]
fn the_most_that_a_request_may_ask_fits_into_a_statement_with_room_for_others() {
    let directory = directory(5);
    let one = |number: usize| format!("display co \"{number}\"");
    let each: Vec<String> = (0..20)
        .map(|number| format!("{} or not ({})", one(number), one(number + 20)))
        .collect();
    let together = vec![(0..40).map(one).collect::<Vec<_>>().join(" or ")];
    for filters in [each, together] {
        let change = change(&filters);
        let selections: Vec<_> = change.selections().collect();
        let statement =
            selected::selected(&directory.company, &group_id(1), &selections, &ids([1]));
        directory.sqlite.run(&statement);
        assert!(
            statement.bindings.len() < 60,
            "{}",
            statement.bindings.len()
        );
    }
}

#[test]
fn more_than_are_taken_are_too_many() {
    let mut directory = Directory::new(20_001);
    let filter = change(&[r#"value sw "tea""#.to_owned()]);
    let selections: Vec<_> = filter.selections().collect();
    let read = |directory: &Directory| {
        let statement = selected::selected(
            &directory.company,
            &group_id(1),
            &selections,
            &BTreeSet::new(),
        );
        let outcome = directory.sqlite.run(&statement);
        assert!(
            outcome.rows[0].len() < 1_500_000,
            "{}",
            outcome.rows[0].len()
        );
        assert!(
            statement
                .bindings
                .iter()
                .all(|binding| !matches!(binding, Binding::Real(_)))
        );
        selected::found(&outcome, 1).expect("rows")
    };
    created(&mut directory, 1, ids(0..20_000));
    assert!(
        matches!(read(&directory), Selections::Found(found) if found[0].members.len() == 20_000)
    );
    directory.sqlite.execute(
        "INSERT INTO memberships (company_id, group_id, teammate_id, standing) \
         VALUES ('cmp_acme', 'grp_0001', 'tea_20000', 'idp')",
    );
    assert_eq!(read(&directory), Selections::TooMany);
}

#[test]
fn comparisons_with_each_member_are_bounded_but_for_one() {
    let mut directory = directory(10);
    created(&mut directory, 1, ids(0..10));
    let found = |directory: &Directory, filter: &str| {
        let filter = change(&[filter.to_owned()]);
        let selections: Vec<_> = filter.selections().collect();
        let company = &directory.company;
        let read = selected::selected(company, &group_id(1), &selections, &BTreeSet::new());
        selected::found(&directory.sqlite.run(&read), selections.len()).expect("a row")
    };
    let two = r#"display co "a" or display co "b""#;
    for (members, is_taken) in [(10, true), (100_000, true), (100_001, false)] {
        directory
            .sqlite
            .execute(&format!("UPDATE groups SET member_count = {members}"));
        assert_eq!(
            found(&directory, two) != Selections::TooMany,
            is_taken,
            "{members}"
        );
        // Ids are found by key, however much is asked of them besides.
        for filter in [
            r#"display co "a""#,
            r#"value eq "tea_0001" and (display co "a" or display co "b")"#,
        ] {
            assert_ne!(
                found(&directory, filter),
                Selections::TooMany,
                "{members}: {filter}"
            );
        }
    }
}
