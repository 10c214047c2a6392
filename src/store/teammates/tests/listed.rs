//! Lists of teammates by filters, in orders and in pages.

mod agreement;
mod awaited;
mod folding;
mod generated;
mod names;
mod plans;
mod windows;
mod work;

use crate::directory::access::Purpose;
use crate::directory::company::plan::Plan;
use crate::directory::company::{Company, Settings};
use crate::directory::group::name_key;
use crate::directory::id::{CompanyId, TeammateId};
use crate::directory::teammate::change::{Change, Decision};
use crate::directory::teammate::{Listed, Origin, Role, State, Teammate};
use crate::directory::time::Timestamp;
use crate::directory::token::PresentedToken;
use crate::scim::filter::Filter;
use crate::scim::schema::USER;
use crate::scim::sort::Sort;
use crate::scim::user::{GroupOfUser, User, UserMeta, UserResource};
use crate::store::access::Admission;
use crate::store::caller::IdentityProvider;
use crate::store::filter::tests::random::START;
use crate::store::filter::{Condition, Order, compile};
use crate::store::list::{Course, Entry, Listing, Window, count, course, find, many, page};
use crate::store::slice::{self, Found};
use crate::store::statement::Outcome;
use crate::store::teammates::stored::{self, StoredTeammate};
use crate::store::teammates::{Columns, write};
use crate::store::tests::sqlite::Sqlite;
use serde_json::Value;
use std::collections::BTreeSet;

/// A company in a database of its own.
struct Directory {
    sqlite: Sqlite,
    caller: IdentityProvider,
    teammates: Vec<Teammate>,
    /// The groups that each of them shows.
    groups: Vec<BTreeSet<usize>>,
}

/// The groups of the company: id, name and state.
const GROUPS: [(&str, &str, &str); 5] = [
    ("grp_0", "Support", "active"),
    ("grp_1", " \u{c9}a\t", "active"),
    ("grp_2", "ab", "deleted"),
    ("grp_3", "ss", "active"),
    ("GRP_3", "Straße", "active"),
];

impl Directory {
    fn new() -> Self {
        let sqlite = Sqlite::new();
        sqlite.execute(
            "INSERT INTO companies (id, name, plan, entitlements, group_sync_enabled, unknown_template, \
             user_name_must_be_primary_email, allowed_domains, idp_may_block_last_admin, created_at, \
             updated_at) VALUES ('cmp_acme', 'Acme', 'scale', '[]', 0, 'refuse', 0, '[]', 1, 0, 0); \
             INSERT INTO tokens (company_id, hash, id, name, scopes, created_at) \
             VALUES ('cmp_acme', 'known', 'tok_1', 'Okta', '[\"provisioning\"]', 0);",
        );
        for (id, name, state) in GROUPS {
            let folded = name_key(name);
            let folded = folded.folded();
            sqlite.execute(&format!(
                "INSERT INTO groups (company_id, id, display_name, display_name_folded, is_linked, state, \
                 member_count, unconfirmed_members, version, definition, created_at, updated_at, \
                 state_changed_at) VALUES ('cmp_acme', '{id}', '{name}', '{folded}', 1, '{state}', 0, 0, 1, 1, 0, 0, 0)"
            ));
        }
        Self {
            sqlite,
            groups: Vec::new(),
            caller: IdentityProvider::new(
                PresentedToken {
                    company_id: CompanyId::named("cmp_acme"),
                    hash: "known".to_owned(),
                },
                None,
            ),
            teammates: Vec::new(),
        }
    }

    fn company() -> Company {
        Company::new(
            CompanyId::named("cmp_acme"),
            Settings::new("Acme".into(), Plan::Scale),
            Timestamp(0),
        )
    }

    /// Adds a user as the store's own statement does, unless the userName is taken.
    fn add(&mut self, user: &User, state: State, moments: (i64, i64)) {
        let number = self.teammates.len();
        let teammate = Teammate {
            id: TeammateId::named(format!("tea_{number:04}")),
            user_name: user.user_name.clone(),
            external_id: user.external_id.clone(),
            state,
            role: Role::Teammate,
            template_id: None,
            origin: Origin::Scim,
            is_linked: true,
            attributes: user.attributes.clone().into(),
            active_is_unassigned: false,
            blocked_by: None,
            renamed_from: None,
            sessions_invalid_before: None,
            version: 1 + moments.0 % 3,
            created_at: Timestamp(START + moments.0),
            updated_at: Timestamp(START + moments.1),
            state_changed_at: Timestamp(START),
        };
        let Ok(Decision::Change(change)) = Change::creation(teammate.clone()) else {
            panic!("a creation");
        };
        if self
            .sqlite
            .run(&write::apply(&Self::company(), &change, Columns::Own))
            .changes
            == 1
        {
            self.teammates.push(teammate);
            self.groups.push(BTreeSet::new());
        }
    }

    /// Puts the newest teammate into a group, or takes it out of one that the app had put it in.
    fn join(&mut self, group: usize, standing: &str) {
        let (Some(teammate), Some(groups)) = (self.teammates.last(), self.groups.last_mut()) else {
            return;
        };
        let (group_id, _, state) = GROUPS[group];
        self.sqlite.execute(&format!(
            "INSERT INTO memberships (company_id, group_id, teammate_id, standing) \
             VALUES ('cmp_acme', '{group_id}', '{}', '{standing}') ON CONFLICT DO UPDATE SET standing = '{standing}'",
            teammate.id
        ));
        if state == "active" && standing != "gone" {
            groups.insert(group);
        } else {
            groups.remove(&group);
        }
    }

    /// The resource as it is given out.
    fn resource(&self, teammate: &Teammate) -> Value {
        let place = self.teammates.iter().position(|one| one.id == teammate.id);
        let mut groups: Vec<GroupOfUser> = place
            .into_iter()
            .flat_map(|place| &self.groups[place])
            .map(|group| GroupOfUser {
                id: GROUPS[*group].0.to_owned(),
                display_name: Some(GROUPS[*group].1.to_owned()),
            })
            .collect();
        groups.sort_by(|one, other| one.id.cmp(&other.id));
        resource(teammate, &groups)
    }

    fn replace(&mut self, index: usize, user: &User) {
        let before = self.teammates[index].clone();
        let after = Teammate {
            user_name: user.user_name.clone(),
            external_id: user.external_id.clone(),
            attributes: user.attributes.clone().into(),
            ..before.clone()
        };
        let Ok(Decision::Change(change)) =
            Change::step(&before, after, Timestamp(before.updated_at.0 + 1))
        else {
            return;
        };
        assert_eq!(
            self.sqlite
                .run(&write::apply(&Self::company(), &change, Columns::Own))
                .changes,
            1
        );
        self.teammates[index] = change.into_after();
    }

    fn listed(&self) -> impl Iterator<Item = &Teammate> {
        self.teammates
            .iter()
            .filter(|teammate| teammate.state.is_listed_in_scim())
    }

    fn page(&self, condition: &Condition, order: &Order, window: Window) -> Outcome {
        let listing = Listing::new(condition, order);
        let row = stored::row(Columns::WithGroups);
        self.sqlite
            .run(&page(&self.admission(), &listing, window, &row))
    }

    fn ids(&self, condition: &Condition, order: &Order, window: Window) -> Vec<String> {
        let page = self.page(condition, order, window);
        let stored = page
            .rows
            .iter()
            .map(|row| StoredTeammate::read(row).expect(row));
        stored.map(|stored| stored.id.into_owned()).collect()
    }

    fn admission(&self) -> Admission<'_> {
        self.caller.admission(Purpose::Users, START_OF_CALL)
    }

    fn count(&self, condition: &Condition) -> u64 {
        let order = Order::default();
        let listing = Listing::new(condition, &order);
        let counted = self.sqlite.run(&count(&self.admission(), &listing));
        match course(&listing, &Self::company(), Some(&counted)) {
            Ok(Course::AtOnce { total }) => total,
            other => panic!("{other:?}"),
        }
    }

    /// Whom a listing finds, by slices of a few rows.
    fn sliced(&self, condition: &Condition, order: &Order, window: Window) -> (Vec<String>, u64) {
        let listing = Listing::new(condition, order);
        let mut found = Found::new(&listing, window);
        let mut after = Some(String::new());
        while let Some(id) = after {
            let read = slice::read(&self.caller.token.company_id, &listing, &id, 3);
            let mut slice = slice::of(&listing, &self.sqlite.run(&read), 3).expect("a slice");
            after = slice.next.take();
            found.add(slice).expect("few");
        }
        let total = found.total() as u64;
        let ids = found.into_page();
        let row = stored::row(Columns::Own);
        let rows = slice::rows_of(&self.admission(), Listed::TABLE, &ids, &row);
        let rows = self.sqlite.run(&rows).rows;
        let read: Vec<String> = rows
            .iter()
            .map(|row| StoredTeammate::read(row).expect(row).id.into_owned())
            .collect();
        assert_eq!(read, ids);
        (ids, total)
    }

    fn found(&self, filter: &str) -> Vec<String> {
        self.ids(&condition(filter), &Order::default(), ALL)
    }
}

const START_OF_CALL: Timestamp = Timestamp(START);

const ALL: Window = Window::First { limit: 1000 };

fn condition(filter: &str) -> Condition {
    compile(&Filter::parse(filter).expect(filter), Listed::TABLE).expect(filter)
}

fn sorted_by(attribute: &str, order: &str) -> Order {
    Order::by(Sort::from_parameters(Some(attribute), Some(order), &USER).expect(attribute))
}

fn user(body: &Value) -> User {
    User::from_request(body.as_object().expect("an object"))
        .expect("a user")
        .value
}

fn resource(teammate: &Teammate, groups: &[GroupOfUser]) -> Value {
    serde_json::to_value(UserResource {
        user_name: &teammate.user_name,
        external_id: teammate.external_id.as_deref(),
        active: teammate.shown_active(),
        attributes: &teammate.attributes,
        groups,
        meta: UserMeta {
            id: teammate.id.as_str(),
            created: &teammate.created_at.to_string(),
            last_modified: &teammate.updated_at.to_string(),
            base: "https://host/v2",
            version: teammate.entity_tag(),
        },
    })
    .expect("JSON")
}

/// The statements of one listing, to look at.
fn statements(admission: &Admission, filter: &str) -> [crate::store::statement::Statement; 2] {
    let condition = condition(filter);
    let order = Order::default();
    let company = Directory::company();
    let listing = Listing::new(&condition, &order).in_company(Some(&company));
    let first = if condition.is_unique() {
        find(
            &admission.caller().token.company_id,
            &condition,
            &Columns::Own.row(),
        )
    } else {
        page(
            admission,
            &listing,
            Window::First { limit: 100 },
            &Columns::Own.row(),
        )
    };
    [first, count(admission, &listing)]
}
