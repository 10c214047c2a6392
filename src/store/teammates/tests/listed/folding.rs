//! The folded form of attributes, and rows that were written without one.

use super::{Directory, user};
use crate::directory::teammate::State;
use serde_json::json;

fn with_title(title: &str) -> Directory {
    let mut directory = Directory::new();
    let body = json!({"userName": "a", "title": title, "displayName": title});
    directory.add(&user(&body), State::Active, (0, 0));
    directory
}

#[test]
fn letters_beyond_ascii_are_folded() {
    let directory = with_title("ÉLODIE Straße");
    for filter in [
        "title eq \"élodie STRASSE\"",
        "title co \"LODIE S\"",
        "title sw \"éLo\"",
        "title ew \"AẞE\"",
        "displayName eq \"Élodie strasse\"",
        "displayName sw \"ÉL\"",
    ] {
        assert_eq!(directory.found(filter), ["tea_0000"], "{filter}");
    }
}

#[test]
fn a_change_of_case_alone_keeps_the_folded_form() {
    let mut directory = with_title("Élodie");
    let body = json!({"userName": "a", "title": "éLODIE", "displayName": "éLODIE"});
    directory.replace(0, &user(&body));
    assert_eq!(directory.found("title eq \"ÉLODIE\""), ["tea_0000"]);
    assert_eq!(directory.found("displayName eq \"ÉLODIE\""), ["tea_0000"]);
}

/// During a deployment the Worker before this one still writes: it knows nothing of the folded columns.
#[test]
fn what_an_older_worker_writes_is_found_as_it_is_now() {
    let mut directory = with_title("Élodie");
    directory.sqlite.execute(
        "UPDATE teammates SET version = version + 1, \
         attributes = '{\"title\":\"RITA é\",\"displayName\":\"Rita\"}'",
    );
    for (filter, found) in [
        ("title eq \"élodie\"", false),
        ("displayName eq \"élodie\"", false),
        ("title sw \"rita\"", true),
        // As ASCII alone is folded, letters beyond it have to be lower case already.
        ("title eq \"Rita É\"", true),
        ("displayName eq \"RITA\"", true),
    ] {
        assert_eq!(!directory.found(filter).is_empty(), found, "{filter}");
    }
    // Its next write here makes it whole.
    directory.teammates[0].version += 1;
    let body = json!({"userName": "a", "title": "Rita É!", "displayName": "Rita"});
    directory.replace(0, &user(&body));
    assert_eq!(directory.found("title eq \"rita é!\""), ["tea_0000"]);

    directory.sqlite.execute(
        "INSERT INTO teammates (company_id, id, user_name, user_name_folded, state, role, origin, attributes, \
         emails, version, created_at, updated_at, state_changed_at) VALUES ('cmp_acme', 'tea_new', 'b', 'b', \
         'active', 'teammate', 'scim', '{\"displayName\":\"Bob Marley\"}', '[]', 1, 0, 0, 0)",
    );
    assert_eq!(
        directory.found("displayName eq \"bob marley\""),
        ["tea_new"]
    );
}
