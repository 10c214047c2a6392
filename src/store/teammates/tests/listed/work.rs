//! What a query may cost is known before it runs, and is nothing for somebody who may not ask.

use super::{ALL, Directory, condition, sorted_by, user};
use crate::directory::company::{Company, Rows};
use crate::directory::teammate::State;
use crate::store::filter::{Condition, Left, Order, Work};
use crate::store::list::{Course, Entry as _, Listing, Window, count, course, page};
use crate::store::slice;
use crate::store::statement::Outcome;
use crate::store::teammates::Columns;
use serde_json::json;

/// A company whose counts say that it has so many rows.
fn of_rows(rows: u64) -> (Directory, Company) {
    let mut directory = Directory::new();
    for number in 0..20 {
        let body = json!({
            "userName": format!("{number}@x"), "title": "Lead", "displayName": "Ada",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": format!("E{number}")},
        });
        directory.add(&user(&body), State::Active, (number, number));
    }
    directory.sqlite.execute(&format!(
        "UPDATE companies SET teammate_rows = {rows} WHERE id = 'cmp_acme'"
    ));
    let company = Company {
        rows: Rows {
            teammates: rows,
            groups: 0,
        },
        ..Directory::company()
    };
    (directory, company)
}

fn comparisons(count: usize) -> String {
    let parts: Vec<String> = (0..count)
        .map(|number| format!("title co \"{number}\""))
        .collect();
    parts.join(" or ")
}

#[test]
fn what_is_compared_with_which_rows_is_known() {
    for (filter, left, comparisons) in [
        ("userName eq \"a\"", Left::Few, 0),
        ("userName eq \"a\" and title pr", Left::Few, 0),
        ("active eq true", Left::Few, 0),
        ("externalId eq \"a\"", Left::Alike, 0),
        ("emails[type eq \"work\"].value eq \"a\"", Left::Alike, 0),
        ("employeeNumber eq \"a\"", Left::Alike, 0),
        ("displayName eq \"a\" and title pr", Left::Narrowed, 1),
        ("userName sw \"a\"", Left::Narrowed, 0),
        ("active eq true and title pr", Left::Narrowed, 1),
        ("title eq \"a\"", Left::All, 1),
        ("not (title eq \"a\")", Left::All, 1),
        ("userName eq \"a\" or title eq \"a\"", Left::All, 2),
        ("emails[type eq \"work\" and primary eq true]", Left::All, 2),
    ] {
        let work = condition(filter).work(&Order::default());
        assert_eq!(work, Work { left, comparisons }, "{filter}");
    }
    let all = Condition::all(crate::directory::teammate::Listed::TABLE);
    for (attribute, left) in [("userName", Left::Few), ("title", Left::All)] {
        let work = all.work(&sorted_by(attribute, "ascending"));
        assert_eq!(work.left, left, "{attribute}");
    }
}

#[test]
fn a_statement_reads_nothing_where_that_is_too_much() {
    for (rows, filter, expected) in [
        (12_500, comparisons(1), Course::AtOnce { total: 0 }),
        (12_501, comparisons(1), Course::InSlices),
        (1_250, comparisons(10), Course::AtOnce { total: 0 }),
        (1_251, comparisons(10), Course::InSlices),
        (100_000, comparisons(10), Course::InSlices),
        (100_001, comparisons(10), Course::Refused { rows: 100_001 }),
        (1_000_000_000, comparisons(1), Course::InSlices),
        // What an index finds is counted: these are twenty rows and no more.
        (
            1_000_000_000,
            format!("displayName eq \"ada\" and ({})", comparisons(20)),
            Course::AtOnce { total: 0 },
        ),
        (
            1_000_000_000,
            "displayName sw \"ada\"".to_owned(),
            Course::AtOnce { total: 20 },
        ),
        (
            1_000_000_000,
            "displayName eq \"ada\"".to_owned(),
            Course::AtOnce { total: 20 },
        ),
        (
            1_000_000_000,
            "employeeNumber eq \"e7\"".to_owned(),
            Course::AtOnce { total: 1 },
        ),
        (
            1_000_000_000,
            "userName eq \"7@x\"".to_owned(),
            Course::AtOnce { total: 1 },
        ),
    ] {
        let (directory, company) = of_rows(rows);
        let (condition, order) = (condition(&filter), Order::default());
        let listing = Listing::new(&condition, &order);
        let counted = directory
            .sqlite
            .run(&count(&directory.admission(), &listing));
        let found = course(&listing, &company, Some(&counted));
        assert_eq!(found, Ok(expected), "{rows} rows, {filter}");
        let page = directory.page(&condition, &order, ALL);
        if let Course::AtOnce { total } = expected {
            assert_eq!(page.rows.len() as u64, total, "{rows} rows, {filter}");
        } else {
            assert_eq!(page, Outcome::default(), "{rows} rows, {filter}");
        }
    }
}

#[test]
fn nobody_else_costs_more_than_being_looked_up() {
    let filters = [
        comparisons(10),
        format!("displayName eq \"ada\" and ({})", comparisons(10)),
        "displayName sw \"a\" and title pr".to_owned(),
        "userName sw \"1\"".to_owned(),
    ];
    for filter in filters {
        let mut steps = Vec::new();
        for people in [0, 400] {
            let (mut directory, _) = of_rows(100);
            for number in 0..people {
                let body = json!({"userName": format!("1{number}@y"), "displayName": "Ada"});
                directory.add(&user(&body), State::Active, (number, number));
            }
            for refused in ["UPDATE tokens SET revoked_at = 1", "DELETE FROM tokens"] {
                directory.sqlite.execute(refused);
                let (condition, order) = (condition(&filter), sorted_by("title", "ascending"));
                let listing = Listing::new(&condition, &order);
                let window = Window::First { limit: 10 };
                let admission = &directory.admission();
                let company = &directory.caller.token.company_id;
                let rows = slice::rows(&listing);
                let read = slice::read(company, &listing, "", rows);
                let statements = [
                    page(admission, &listing, window, &Columns::Own.row()),
                    count(admission, &listing),
                    admission.look(&[], &[read]),
                ];
                steps.push(statements.map(|statement| directory.sqlite.steps(&statement)));
            }
        }
        let [revoked, gone, revoked_of_many, gone_of_many] = steps.as_slice() else {
            panic!("{steps:?}");
        };
        assert_eq!(revoked, revoked_of_many, "{filter}");
        assert_eq!(gone, gone_of_many, "{filter}");
    }
}
