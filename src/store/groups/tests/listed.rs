//! Lists of groups by filters, in orders and in pages, and their members.

mod agreement;
mod generated;
mod parts;
mod plans;

use crate::directory::access::Purpose;
use crate::directory::company::plan::Plan;
use crate::directory::company::{Company, Rows, Settings};
use crate::directory::group::{Group, name_key};
use crate::directory::id::CompanyId;
use crate::directory::time::Timestamp;
use crate::directory::token::PresentedToken;
use crate::scim::Object;
use crate::scim::etag::EntityTag;
use crate::scim::filter::Filter;
use crate::scim::fold;
use crate::scim::group::{GroupMeta, GroupResource, Member};
use crate::scim::schema::GROUP;
use crate::scim::sort::Sort;
use crate::store::access::Admission;
use crate::store::caller::IdentityProvider;
use crate::store::filter::tests::random::START;
use crate::store::filter::{Condition, Order, compile};
use crate::store::groups::COLUMNS;
use crate::store::groups::whole::{self, MemberRow};
use crate::store::list::{
    Course, Entry as _, Listing, ShownRows, Window, count, course, find, many, page,
};
use crate::store::slice::{self, Found};
use crate::store::statement::{Binding, Statement, to_json};
use crate::store::tests::sqlite::Sqlite;
use serde_json::Value;

/// A teammate as its groups show it.
#[derive(Debug, Clone)]
struct Person {
    id: String,
    display: Option<String>,
    is_listed: bool,
}

/// What a test says of a group.
#[derive(Debug, Clone)]
struct Made {
    display_name: String,
    external_id: Option<String>,
    description: Option<String>,
    /// By the URNs of extensions.
    attributes: Object,
    is_active: bool,
    version: i64,
    moments: (i64, i64),
    /// Who is or was in it, by their numbers.
    members: Vec<(usize, &'static str)>,
}

/// A company in a database of its own.
struct Directory {
    sqlite: Sqlite,
    caller: IdentityProvider,
    people: Vec<Person>,
    /// With their ids.
    groups: Vec<(String, Made)>,
}

/// Without any rows.
fn company() -> Company {
    Company::new(
        CompanyId::named("cmp_acme"),
        Settings::new("Acme".into(), Plan::Scale),
        Timestamp(0),
    )
}

const START_OF_CALL: Timestamp = Timestamp(START);

const ALL: Window = Window::First { limit: 1000 };

impl Directory {
    fn new(people: Vec<(Option<String>, bool)>) -> Self {
        let sqlite = Sqlite::new();
        sqlite.execute(
            "INSERT INTO companies (id, name, plan, entitlements, group_sync_enabled, unknown_template, \
             user_name_must_be_primary_email, allowed_domains, idp_may_block_last_admin, created_at, \
             updated_at) VALUES ('cmp_acme', 'Acme', 'scale', '[]', 0, 'refuse', 0, '[]', 1, 0, 0); \
             INSERT INTO tokens (company_id, hash, id, name, scopes, created_at) \
             VALUES ('cmp_acme', 'known', 'tok_1', 'Okta', '[\"provisioning\"]', 0);",
        );
        let people: Vec<Person> = people
            .into_iter()
            .enumerate()
            .map(|(number, (display, is_listed))| Person {
                id: format!("tea_{number:06}"),
                display,
                is_listed,
            })
            .collect();
        let rows: Vec<_> = people
            .iter()
            .map(|person| {
                let folded = person.display.as_deref().map(fold::text);
                (&person.id, &person.display, folded, person.is_listed)
            })
            .collect();
        sqlite.run(
            &Statement::new(
                "INSERT INTO teammates (company_id, id, user_name, user_name_folded, state, role, origin, attributes, \
                 display_name_folded, folded_version, emails, version, created_at, updated_at, state_changed_at) \
                 SELECT 'cmp_acme', value ->> 0, value ->> 0, value ->> 0, \
                 iif(value ->> 3, 'blocked', 'removed'), 'teammate', 'scim', \
                 iif(value ->> 1 IS NULL, '{}', json_object('displayName', value ->> 1)), \
                 value ->> 2, 1, '[]', 1, 0, 0, 0 FROM json_each(?1)",
            )
            .bind(to_json(&rows)),
        );
        Self {
            sqlite,
            caller: IdentityProvider::new(
                PresentedToken {
                    company_id: CompanyId::named("cmp_acme"),
                    hash: "known".to_owned(),
                },
                None,
            ),
            people,
            groups: Vec::new(),
        }
    }

    /// Adds a group, unless an active one has its name.
    fn add(&mut self, made: Made) {
        let is_taken = self.groups.iter().any(|(_, other)| {
            other.is_active && name_key(&other.display_name) == name_key(&made.display_name)
        });
        if made.is_active && is_taken {
            return;
        }
        let id = format!("grp_{:04}", self.groups.len());
        let folded = made.description.as_deref().and_then(|text| {
            let folded = fold::text(text);
            (folded != text.to_ascii_lowercase()).then_some(folded)
        });
        let insert = "INSERT INTO groups (company_id, id, display_name, display_name_folded, external_id, description, \
            description_folded, is_linked, state, member_count, unconfirmed_members, version, definition, \
            created_at, updated_at, state_changed_at, attributes) VALUES ('cmp_acme', ?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, 0, 0, \
            ?8, 1, ?9, ?10, 0, ?11)";
        let attributes = (!made.attributes.is_empty()).then(|| to_json(&made.attributes));
        let values: [Binding; 11] = [
            id.as_str().into(),
            made.display_name.as_str().into(),
            name_key(&made.display_name).folded().into(),
            made.external_id.as_deref().into(),
            made.description.as_deref().into(),
            folded.into(),
            if made.is_active { "active" } else { "deleted" }.into(),
            made.version.into(),
            (START + made.moments.0).into(),
            (START + made.moments.1).into(),
            attributes.into(),
        ];
        let statement = values
            .into_iter()
            .fold(Statement::new(insert), Statement::bind);
        self.sqlite.run(&statement);
        let members: Vec<_> = made
            .members
            .iter()
            .map(|(number, standing)| (&self.people[*number].id, standing))
            .collect();
        self.sqlite.run(
            &Statement::new(
                "INSERT INTO memberships (company_id, group_id, teammate_id, standing) \
                 SELECT 'cmp_acme', ?1, value ->> 0, value ->> 1 FROM json_each(?2)",
            )
            .bind(id.as_str())
            .bind(to_json(&members)),
        );
        self.groups.push((id, made));
    }

    fn listed(&self) -> impl Iterator<Item = &(String, Made)> {
        self.groups.iter().filter(|(_, made)| made.is_active)
    }

    /// Those whom SCIM shows as members, in the order of their ids.
    fn members(&self, made: &Made) -> Vec<&Person> {
        let mut numbers: Vec<usize> = made
            .members
            .iter()
            .filter(|(number, standing)| *standing != "gone" && self.people[*number].is_listed)
            .map(|(number, _)| *number)
            .collect();
        numbers.sort_unstable();
        numbers
            .into_iter()
            .map(|number| &self.people[number])
            .collect()
    }

    /// The resource as it is given out.
    fn resource(&self, (id, made): &(String, Made)) -> Value {
        let members: Vec<Member> = self
            .members(made)
            .into_iter()
            .map(|person| Member {
                value: &person.id,
                display: person.display.as_deref(),
                base: "https://host/v2",
            })
            .collect();
        serde_json::to_value(GroupResource {
            display_name: &made.display_name,
            external_id: made.external_id.as_deref(),
            description: made.description.as_deref(),
            extensions: &made.attributes,
            members: Some(&members),
            meta: GroupMeta {
                id,
                created: &Timestamp(START + made.moments.0).to_string(),
                last_modified: &Timestamp(START + made.moments.1).to_string(),
                base: "https://host/v2",
                version: EntityTag(made.version),
            },
        })
        .expect("JSON")
    }

    fn ids(&self, condition: &Condition, order: &Order, window: Window) -> Vec<String> {
        let listing = Listing::new(condition, order);
        let outcome = self
            .sqlite
            .run(&page(&self.admission(), &listing, window, COLUMNS));
        let groups: Vec<Group> = many(&outcome).expect("groups");
        groups
            .into_iter()
            .map(|group| group.id.to_string())
            .collect()
    }

    /// The ids of a page, and its groups with their members, as they come in parts.
    fn whole(
        &self,
        listing: &Listing,
        window: Window,
        shown: ShownRows,
    ) -> (Vec<String>, Vec<(String, Vec<MemberRow>)>) {
        let outcome = self
            .sqlite
            .run(&whole::page(&self.admission(), listing, window, shown));
        let mut rows = outcome.rows.iter();
        let ids = rows
            .next()
            .map_or_else(Vec::new, |row| whole::ids(row).expect("ids"));
        let mut groups: Vec<(String, Vec<MemberRow>)> = Vec::new();
        for row in rows {
            let part = whole::part(row).expect("a part");
            if let Some(group) = part.group {
                assert_eq!(ids[part.place], group.id);
                groups.push((group.id.to_string(), Vec::new()));
            }
            groups
                .last_mut()
                .expect("a beginning")
                .1
                .extend(part.members);
        }
        let ids = ids.iter().map(ToString::to_string).collect();
        (ids, groups)
    }

    fn admission(&self) -> Admission<'_> {
        self.caller.admission(Purpose::ReadGroups, START_OF_CALL)
    }

    /// The ids of all, by slices of a few rows.
    fn sliced(&self, condition: &Condition, order: &Order) -> Vec<String> {
        let listing = Listing::new(condition, order);
        let mut found = Found::new(&listing, ALL);
        let mut after = Some(String::new());
        while let Some(id) = after {
            let read = slice::read(&self.caller.token.company_id, &listing, &id, 3);
            let mut slice = slice::of(&listing, &self.sqlite.run(&read), 3).expect("a slice");
            after = slice.next.take();
            found.add(slice).expect("few");
        }
        found.into_page()
    }

    fn count(&self, condition: &Condition) -> u64 {
        let order = Order::default();
        let listing = Listing::new(condition, &order);
        let counted = self.sqlite.run(&count(&self.admission(), &listing));
        match course(&listing, &company(), Some(&counted)) {
            Ok(Course::AtOnce { total }) => total,
            other => panic!("{other:?}"),
        }
    }
}

fn condition(filter: &str) -> Condition {
    compile(&Filter::parse(filter).expect(filter), Group::TABLE).expect(filter)
}

fn sorted_by(attribute: &str, order: &str) -> Order {
    Order::by(Sort::from_parameters(Some(attribute), Some(order), &GROUP).expect(attribute))
}
