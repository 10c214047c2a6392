//! Which part of a list comes back.

use super::{ALL, Directory, Window, condition, count, page, sorted_by, user};
use crate::directory::teammate::{Listed, State};
use crate::store::filter::{Condition, Order};
use crate::store::list::{Entry, Listing, MAX_PAGE_BYTES};
use crate::store::statement::taken_apart;
use crate::store::teammates::Columns;
use serde_json::json;

fn of(size: usize, badge: &str) -> Directory {
    let mut directory = Directory::new();
    for number in 0..size {
        let name = format!("person {number}");
        let body = json!({"userName": name, "title": "x", "urn:own:2.0:User": {"badge": badge}});
        let state = if number % 3 == 1 {
            State::Removed
        } else {
            State::Active
        };
        directory.add(&user(&body), state, (0, 0));
    }
    directory
}

fn numbers(directory: &Directory, window: Window) -> Vec<u32> {
    directory
        .ids(&Condition::all(Listed::TABLE), &Order::default(), window)
        .iter()
        .map(|id| id.trim_start_matches("tea_").parse().expect("a number"))
        .collect()
}

#[test]
fn windows_show_their_part_in_ascending_order() {
    let directory = of(9, "x");
    let all = [0, 2, 3, 5, 6, 8];
    assert_eq!(numbers(&directory, ALL), all);
    let offset = |offset, limit| Window::Offset { offset, limit };
    assert_eq!(numbers(&directory, offset(2, 2)), [3, 5]);
    assert_eq!(numbers(&directory, offset(5, 9)), [8]);
    assert_eq!(numbers(&directory, offset(6, 9)), [0; 0]);
    assert_eq!(numbers(&directory, Window::First { limit: 0 }), [0; 0]);
    let after = |id, limit| Window::After { id, limit };
    assert_eq!(numbers(&directory, after("tea_0003", 2)), [5, 6]);
    assert_eq!(numbers(&directory, after("tea_0004", 2)), [5, 6]);
    assert_eq!(numbers(&directory, after("tea_0008", 2)), [0; 0]);
    let before = |id, limit| Window::Before { id, limit };
    assert_eq!(numbers(&directory, before("tea_0006", 2)), [3, 5]);
    assert_eq!(numbers(&directory, before("tea_0002", 9)), [0]);
}

#[test]
fn a_page_is_bounded_in_bytes_and_never_empty() {
    let bytes = MAX_PAGE_BYTES / 20;
    // As large as an earlier version took them.
    let directory = of(50, "x");
    let halves = bytes / 2;
    directory.sqlite.execute(&format!(
        "UPDATE teammates SET attributes = json_object('title', hex(zeroblob({halves})))"
    ));
    let limit = 100;
    let whole: Vec<u32> = (0..50).filter(|number| number % 3 != 1).collect();
    assert_eq!(numbers(&directory, Window::First { limit }), whole[..20]);
    let window = Window::After {
        id: "tea_0011",
        limit,
    };
    assert_eq!(numbers(&directory, window), whole[8..28]);
    let window = Window::Before {
        id: "tea_0048",
        limit,
    };
    assert_eq!(numbers(&directory, window), whole[12..32]);
    let by_name = sorted_by("userName", "descending");
    assert_eq!(
        directory
            .ids(&Condition::all(Listed::TABLE), &by_name, ALL)
            .len(),
        20
    );
    directory
        .sqlite
        .execute("UPDATE teammates SET attributes = json_object('title', hex(zeroblob(5000000)))");
    assert_eq!(numbers(&directory, Window::First { limit }), [0]);
}

#[test]
fn nothing_is_found_or_counted_for_a_token_that_is_not_there() {
    let mut directory = of(3, "x");
    for (token, expected) in [("known", 2), ("unknown", 0)] {
        directory.caller.token.hash = token.to_owned();
        for filter in [
            "title pr",
            "userName sw \"p\"",
            "userName eq \"person 0\" or userName eq \"person 2\"",
        ] {
            let condition = condition(filter);
            assert_eq!(directory.count(&condition), expected, "{filter}");
            assert_eq!(
                directory.ids(&condition, &Order::default(), ALL).len() as u64,
                expected,
                "{filter}"
            );
        }
    }
}

/// The largest filters that are taken, in the statements as D1 gets them: its limits are set here too.
#[test]
fn the_largest_filters_stay_within_the_limits_of_d1() {
    let directory = of(3, "x");
    let wide = |part: &dyn Fn(usize) -> String, count: usize| {
        (0..count).map(part).collect::<Vec<_>>().join(" or ")
    };
    let fields = "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields";
    let manager = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";
    let mut deep = "title eq \"x\"".to_owned();
    for level in 0..31 {
        let (word, other) = if level % 2 == 0 {
            ("and", "or")
        } else {
            ("or", "and")
        };
        deep = format!("not ({deep} {other} nickName eq \"{level}\") {word} locale ne \"y\"");
    }
    let filters = [
        wide(&|number| format!("title eq \"{number}\""), 80),
        wide(&|number| format!("not (title eq \"{number}\")"), 80),
        wide(&|number| format!("emails.type ne \"{number}\""), 20),
        format!(
            "userName eq \"a\" and ({})",
            wide(&|number| format!("emails.type ne \"{number}\""), 79)
        ),
        wide(
            &|number| format!("{manager}.displayName ne \"{number}\""),
            75,
        ),
        wide(&|number| format!("{fields}:f ne {number}"), 79),
        wide(&|number| format!("{fields}:f{number} ne {number}"), 40),
        wide(&|number| format!("userName eq \"{number}\""), 80),
        wide(
            &|number| format!("externalId eq \"{number}\" or emails eq \"{number}\""),
            40,
        ),
        format!(
            "emails[{}]",
            wide(&|number| format!("type ne \"{number}\""), 20)
        ),
        deep,
    ];
    for filter in filters {
        let condition = condition(&filter);
        for order in [Order::default(), sorted_by("emails", "descending")] {
            let listing = Listing::new(&condition, &order);
            let window = Window::Offset {
                offset: 0,
                limit: 9,
            };
            directory.sqlite.run(&page(
                &directory.admission(),
                &listing,
                window,
                &Columns::Own.row(),
            ));
        }
        let admission = directory.admission();
        let unsorted = Order::default();
        let count = count(&admission, &Listing::new(&condition, &unsorted));
        let outcome = directory.sqlite.run(&admission.look(&[], &[count]));
        let outcomes = taken_apart(&outcome);
        assert!(
            outcomes[1]
                .decode_first::<(Option<u64>, Option<u64>)>()
                .is_ok()
        );
    }
}
