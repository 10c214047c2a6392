//! Names under the former folding: how they are found, and how they are folded anew.

use super::{Directory, condition, user};
use crate::directory::id::CompanyId;
use crate::directory::teammate::{Listed, State};
use crate::scim::fold::NameKey;
use crate::store::list::{find, many};
use crate::store::statement::Outcome;
use crate::store::teammates::{Columns, TeammateKey, folding, get, one};
use crate::store::twins;
use serde_json::{Value, json};

const NFC: &str = "jos\u{e9}@acme.com";
const NFD: &str = "jose\u{301}@acme.com";

impl Directory {
    /// A row as the Worker before this one writes it: case-folded, and nothing more.
    fn add_as_before(&self, id: &str, user_name: &str) {
        let folded = crate::scim::fold::text(user_name);
        let attributes = json!({"emails": [{"value": user_name}]});
        let attributes_folded = json!({"emails": [{"value": folded}]});
        let emails = json!([folded]);
        self.sqlite.execute(&format!(
            "INSERT INTO teammates (company_id, id, user_name, user_name_folded, state, role, origin, attributes, \
             attributes_folded, folded_version, emails, version, created_at, updated_at, state_changed_at) \
             VALUES ('cmp_acme', '{id}', '{user_name}', '{folded}', 'active', 'teammate', 'scim', '{attributes}', \
             '{attributes_folded}', 1, '{emails}', 1, 0, 0, 0)"
        ));
    }

    /// Whom the look-up by a userName finds.
    fn looked_up(&self, user_name: &str) -> Vec<String> {
        let filter = condition(&format!("userName eq \"{user_name}\""));
        assert!(filter.is_unique());
        let found = self.sqlite.run(&find(
            &self.caller.token.company_id,
            &filter,
            &Columns::Own.row(),
        ));
        let found = many::<Listed>(&found).expect("teammates");
        let company = CompanyId::named("cmp_acme");
        let key = TeammateKey::UserName(NameKey::of(user_name));
        let held = one(&self.sqlite.run(&get(&company, &key, Columns::Own))).expect("a teammate");
        let ids = |listed: Vec<Listed>| -> Vec<String> {
            let ids = listed.iter().map(|listed| listed.teammate.id.to_string());
            ids.collect()
        };
        let found = ids(found);
        assert_eq!(ids(held.into_iter().collect()), found, "{user_name:?}");
        found
    }

    /// One step of the cron; how many rows it folded.
    fn fold_anew(&self) -> usize {
        let stale: Outcome = self.sqlite.run(&folding::stale());
        let writes = folding::anew(&stale).expect("rows");
        for write in &writes {
            assert_eq!(self.sqlite.run(write).changes, 1);
        }
        writes.len()
    }

    fn twins(&self) -> Value {
        let page = twins::page(&self.caller.token.company_id, None, 100);
        let twins = twins::many(&self.sqlite.run(&page)).expect("twins");
        twins.into_iter().map(|(_, twins)| json!(twins)).collect()
    }

    fn column(&self, id: &str, column: &str) -> String {
        let read = format!("SELECT json_array({column}) AS row FROM teammates WHERE id = '{id}'");
        self.sqlite
            .run(&crate::store::statement::Statement::new(read))
            .rows
            .concat()
    }
}

#[test]
fn what_is_stored_under_the_former_folding_is_found_by_its_own_spelling() {
    let directory = Directory::new();
    directory.add_as_before("tea_1", NFD);
    directory.add_as_before("tea_2", " Rita@acme.com");
    for (user_name, found) in [
        (NFD, vec!["tea_1"]),
        ("JOSE\u{301}@acme.com", vec!["tea_1"]),
        (" RITA@acme.com", vec!["tea_2"]),
        ("rita@acme.com", vec![]),
    ] {
        assert_eq!(directory.looked_up(user_name), found, "{user_name:?}");
    }
    for (filter, found) in [
        (format!("userName eq \"{NFD}\" and active eq true"), 1),
        (format!("userName ne \"{NFD}\""), 1),
        ("userName sw \"jose\u{301}\"".to_owned(), 1),
        ("userName co \"e\u{301}@\"".to_owned(), 1),
        ("userName ew \"E\u{301}@acme.com\"".to_owned(), 1),
        (format!("emails.value eq \"{NFD}\""), 1),
        (format!("emails.value ne \"{NFD}\""), 1),
        ("emails.value sw \"jose\u{301}\"".to_owned(), 1),
        (format!("emails[value eq \"{NFD}\"]"), 1),
        (
            format!("email eq \"{NFD}\" or email eq \" rita@acme.com\""),
            2,
        ),
    ] {
        assert_eq!(directory.found(&filter).len(), found, "{filter}");
    }
}

#[test]
fn a_step_of_the_cron_folds_anew_what_needs_it_and_nothing_twice() {
    let directory = Directory::new();
    directory.add_as_before("tea_1", NFD);
    directory.add_as_before("tea_2", "Rita@acme.com\u{200b}");
    // Plain, as most are: nothing is to be done.
    directory.add_as_before("tea_3", "Bob@acme.com");
    assert_eq!(directory.fold_anew(), 2);
    assert_eq!(directory.fold_anew(), 0);
    for (user_name, id) in [
        (NFC, "tea_1"),
        (NFD, "tea_1"),
        ("rita@acme.com", "tea_2"),
        ("\u{ff32}ITA@acme.com ", "tea_2"),
        ("bob@acme.com", "tea_3"),
    ] {
        assert_eq!(directory.looked_up(user_name), [id], "{user_name:?}");
        for attribute in ["emails.value", "email"] {
            let filter = format!("{attribute} eq \"{user_name}\"");
            assert_eq!(directory.found(&filter), [id], "{filter}");
        }
        let filter = format!("emails[value eq \"{user_name}\"]");
        assert_eq!(directory.found(&filter), [id], "{filter}");
    }
    // It is shown as it was sent, in the version that it had.
    assert_eq!(
        directory.column("tea_1", "user_name, version"),
        format!("[\"{NFD}\",1]")
    );
    assert_eq!(directory.twins(), json!([]));
}

#[test]
fn the_step_reads_nothing_but_what_is_to_be_folded() {
    let directory = Directory::new();
    let plan = directory.sqlite.plan(&folding::stale());
    assert_eq!(plan, ["SCAN t USING INDEX teammates_to_fold"]);
}

#[test]
fn the_next_write_of_a_row_folds_it_anew() {
    let mut directory = Directory::new();
    directory.add(&user(&json!({"userName": NFD})), State::Active, (0, 0));
    // As the Worker before this one would have left it.
    directory.sqlite.execute(&format!(
        "UPDATE teammates SET user_name_folded = '{NFD}', names_version = NULL"
    ));
    assert_eq!(directory.looked_up(NFC), Vec::<String>::new());
    directory.replace(0, &user(&json!({"userName": NFD, "title": "Lead"})));
    assert_eq!(directory.looked_up(NFC), ["tea_0000"]);
    assert_eq!(directory.fold_anew(), 0);
}

/// During a deployment the Worker before this one still renames people.
#[test]
fn what_an_older_worker_writes_is_folded_anew() {
    let mut directory = Directory::new();
    directory.add(&user(&json!({"userName": NFC})), State::Active, (0, 0));
    directory.sqlite.execute(&format!(
        "UPDATE teammates SET user_name = ' {NFD}', user_name_folded = ' {NFD}', version = version + 1"
    ));
    assert_eq!(directory.fold_anew(), 1);
    assert_eq!(directory.looked_up(NFC), ["tea_0000"]);
}

#[test]
fn twins_stay_two_and_each_is_found() {
    let directory = Directory::new();
    directory.add_as_before("tea_1", NFC);
    directory.add_as_before("tea_2", NFD);
    directory.add_as_before("tea_3", " Jos\u{e9}@acme.com");
    // Before and after.
    for folded in [3, 0] {
        for (user_name, id) in [
            (NFC, "tea_1"),
            (NFD, "tea_2"),
            (" jos\u{e9}@acme.com", "tea_3"),
        ] {
            assert_eq!(directory.looked_up(user_name), [id], "{user_name:?}");
        }
        assert_eq!(directory.fold_anew(), folded);
    }
    assert_eq!(directory.looked_up("JOS\u{c9}\u{200b}@ACME.com"), ["tea_1"]);
    let twin = |id: &str, name: &str| json!({"id": id, "name": name, "state": "active"});
    assert_eq!(
        directory.twins(),
        json!([
            {"type": "teammate", "compared_as": NFC, "twins": [twin("tea_1", NFC), twin("tea_2", NFD)]},
            {"type": "teammate", "compared_as": NFC, "twins": [twin("tea_1", NFC), twin("tea_3", " Jos\u{e9}@acme.com")]},
        ])
    );
}

#[test]
fn a_twin_takes_the_name_that_is_given_up() {
    let mut directory = Directory::new();
    directory.add(&user(&json!({"userName": NFC})), State::Active, (0, 0));
    directory.add_as_before("tea_2", NFD);
    directory.add_as_before("tea_3", " Jos\u{e9}@acme.com");
    assert_eq!(directory.fold_anew(), 2);
    directory.replace(0, &user(&json!({"userName": "joe@acme.com"})));
    assert_eq!(directory.looked_up(NFC).len(), 1);
    // Of the two others, one has the name now, and the other is its twin.
    let twins = directory.twins();
    let list = twins.as_array().expect("a list");
    assert_eq!(list.len(), 1, "{twins}");
    let meant = &list[0]["twins"][0]["id"];
    assert_eq!(directory.looked_up(NFC), [meant.as_str().expect("an id")]);
}

/// A write of a twin, which names no new userName, neither fails nor takes the name away.
#[test]
fn a_twin_can_be_written() {
    let mut directory = Directory::new();
    directory.add(&user(&json!({"userName": NFD})), State::Active, (0, 0));
    directory.sqlite.execute(&format!(
        "UPDATE teammates SET user_name_folded = '{NFD}', names_version = NULL"
    ));
    directory.add_as_before("tea_2", NFC);
    directory.replace(0, &user(&json!({"userName": NFD, "title": "Lead"})));
    assert_eq!(directory.looked_up(NFC), ["tea_2"]);
    assert_eq!(directory.looked_up(NFD), ["tea_0000"]);
    assert_eq!(directory.twins().as_array().map(Vec::len), Some(1));
    // Renamed, it is a twin no more.
    directory.replace(0, &user(&json!({"userName": "joe@acme.com"})));
    assert_eq!(directory.twins(), json!([]));
}

#[test]
fn no_second_teammate_is_made_under_another_spelling() {
    let mut directory = Directory::new();
    for spelling in [
        NFC,
        NFD,
        " jos\u{e9}@acme.com",
        "\u{feff}JOS\u{c9}@acme.com\u{3000}",
    ] {
        directory.add(&user(&json!({"userName": spelling})), State::Active, (0, 0));
    }
    assert_eq!(directory.teammates.len(), 1);
    assert_eq!(directory.teammates[0].user_name, NFC);
    // Nor beside one that is stored as before.
    directory.add_as_before("tea_9", " rita@acme.com");
    directory.add(
        &user(&json!({"userName": " Rita@acme.com"})),
        State::Active,
        (0, 0),
    );
    assert_eq!(directory.teammates.len(), 1);
}
