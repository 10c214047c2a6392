//! Whom the app made under a name that is no address, and whom no identity provider has written yet: found by the
//! address.

use super::{Directory, condition, user};
use crate::directory::id::TeammateId;
use crate::directory::teammate::change::{Change, Decision};
use crate::directory::teammate::{Listed, Origin, State, Teammate};
use crate::directory::time::Timestamp;
use crate::scim::fold::NameKey;
use crate::store::list::{find, many};
use crate::store::teammates::{Columns, TeammateKey, folding, get, one, write};
use serde_json::json;

impl Directory {
    /// Makes a teammate in the app.
    fn add_in_app(&mut self, user_name: &str, email: &str) -> Teammate {
        let made =
            user(&json!({"userName": user_name, "emails": [{"value": email, "primary": true}]}));
        let teammate = Teammate {
            id: TeammateId::named(format!("tea_{user_name}")),
            user_name: user_name.to_owned(),
            external_id: None,
            origin: Origin::App,
            is_linked: false,
            attributes: made.attributes.into(),
            ..self.teammates[0].clone()
        };
        let Ok(Decision::Change(change)) = Change::creation(teammate.clone()) else {
            panic!("a creation");
        };
        let write = write::apply(&Self::company(), &change, Columns::Own);
        assert_eq!(self.sqlite.run(&write).changes, 1);
        teammate
    }

    fn change(&self, before: &Teammate, after: Teammate) -> Teammate {
        let Ok(Decision::Change(change)) = Change::step(before, after, Timestamp(1)) else {
            panic!("a change");
        };
        let write = write::apply(&Self::company(), &change, Columns::Own);
        assert_eq!(self.sqlite.run(&write).changes, 1);
        change.into_after()
    }

    fn meant(&self, user_name: &str) -> Option<String> {
        let filter = condition(&format!("userName eq \"{user_name}\""));
        let found = self.sqlite.run(&find(
            &self.caller.token.company_id,
            &filter,
            &Columns::Own.row(),
        ));
        let found = many::<Listed>(&found).expect("teammates").pop();
        let key = TeammateKey::Meant(NameKey::of(user_name));
        let meant = self
            .sqlite
            .run(&get(&self.caller.token.company_id, &key, Columns::Own));
        let meant = one(&meant).expect("a teammate");
        assert_eq!(found, meant, "{user_name}");
        meant.map(|listed| listed.teammate.id.to_string())
    }
}

fn directory() -> Directory {
    let mut directory = Directory::new();
    directory.add(
        &user(&json!({"userName": "bob@acme.com"})),
        State::Active,
        (0, 0),
    );
    directory
}

#[test]
fn it_is_found_by_its_address_until_it_is_written() {
    let mut directory = directory();
    let rita = directory.add_in_app("rita", "Rita@Acme.com");
    assert_eq!(
        directory.meant("RITA@acme.com ").as_deref(),
        Some("tea_rita")
    );
    assert_eq!(directory.meant("rita").as_deref(), Some("tea_rita"));
    assert_eq!(directory.meant("rita@acme.org"), None);
    // The app goes on editing it.
    let attributes = json!({"emails": [{"value": "r@acme.com", "primary": true}]});
    let edited = Teammate {
        attributes: attributes.as_object().expect("an object").clone().into(),
        ..rita.clone()
    };
    let rita = directory.change(&rita, edited);
    assert_eq!(directory.meant("rita@acme.com"), None);
    assert_eq!(directory.meant("r@acme.com").as_deref(), Some("tea_rita"));
    let linked = Teammate {
        is_linked: true,
        external_id: Some("00u1".into()),
        ..rita.clone()
    };
    directory.change(&rita, linked);
    assert_eq!(directory.meant("r@acme.com"), None);
    assert_eq!(directory.meant("rita").as_deref(), Some("tea_rita"));
}

#[test]
fn it_is_not_made_a_second_time() {
    let mut directory = directory();
    directory.add_in_app("rita", "Rita@Acme.com");
    directory.add(
        &user(&json!({"userName": "rita@acme.com"})),
        State::Active,
        (0, 0),
    );
    assert_eq!(directory.teammates.len(), 1);
    // The app may well give that name to somebody else, who then has it.
    directory.add_in_app("rita@acme.com", "other@acme.com");
    assert_eq!(
        directory.meant("rita@acme.com").as_deref(),
        Some("tea_rita@acme.com")
    );
}

/// What is there already is made good by cron, and so is what the Worker before this one makes.
#[test]
fn one_that_was_made_before_is_found_once_its_row_is_folded_anew() {
    let mut directory = directory();
    for (user_name, email) in [("rita", "rita@acme.com"), ("ann", "ann@acme.com")] {
        directory.add_in_app(user_name, email);
    }
    directory
        .sqlite
        .execute("UPDATE teammates SET found_by_email = NULL, names_version = NULL");
    directory
        .sqlite
        .execute("UPDATE teammates SET is_linked = 1 WHERE id = 'tea_ann'");
    let stale = directory.sqlite.run(&folding::stale());
    let writes = folding::anew(&stale).expect("rows");
    assert_eq!(writes.len(), 1);
    directory.sqlite.run(&writes[0]);
    assert_eq!(
        directory.meant("rita@acme.com").as_deref(),
        Some("tea_rita")
    );
    assert_eq!(directory.meant("ann@acme.com"), None);
}
