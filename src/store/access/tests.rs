//! The SQL of an admission is held against `Access::authorize`, and the schema against what an access rests on.

use super::Admission;
use crate::directory::access::{Access, Purpose};
use crate::directory::id::{CompanyId, ConnectionId};
use crate::directory::time::Timestamp;
use crate::directory::token::PresentedToken;
use crate::store::caller::IdentityProvider;
use crate::store::statement::{Outcome, Statement, taken_apart};
use crate::store::tests::sqlite::Sqlite;
use proptest::prelude::*;
use proptest::sample::select;

const NOW: i64 = 1_763_717_400_000;
const PURPOSES: [Purpose; 3] = [Purpose::Users, Purpose::ReadGroups, Purpose::WriteGroups];

/// What decides, as it stands in the tables.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
struct Tables {
    plan: &'static str,
    entitlements: &'static str,
    group_sync_enabled: bool,
    is_being_erased: bool,
    scopes: &'static str,
    tokens_connection: Option<&'static str>,
    expires_at: Option<i64>,
    is_revoked: bool,
    is_paused: bool,
}

prop_compose! {
    fn tables()(
        plan in select(vec!["starter", "growth", "scale", "enterprise"]),
        entitlements in select(vec!["[]", "[\"scim\"]", "[\"group_sync\"]", "[\"templates\",\"scim\",\"group_sync\"]"]),
        scopes in select(vec!["[]", "[\"auto_provisioning\"]", "[\"provisioning\"]", "[\"auto_provisioning\",\"provisioning\"]"]),
        tokens_connection in select(vec![None, Some("con_a"), Some("con_b"), Some("con_gone")]),
        expires_at in select(vec![None, Some(NOW - 1), Some(NOW), Some(NOW + 1)]),
        group_sync_enabled in any::<bool>(),
        // Most of what there is lets somebody in.
        is_being_erased in prop::bool::weighted(0.1),
        is_revoked in prop::bool::weighted(0.2),
        is_paused in prop::bool::weighted(0.3),
    ) -> Tables {
        Tables {
            plan, entitlements, group_sync_enabled, is_being_erased, scopes, tokens_connection, expires_at,
            is_revoked, is_paused,
        }
    }
}

impl Tables {
    fn database(&self) -> Sqlite {
        let sqlite = Sqlite::new();
        sqlite.execute(
            "INSERT INTO companies (id, name, plan, entitlements, group_sync_enabled, unknown_template, \
             user_name_must_be_primary_email, allowed_domains, idp_may_block_last_admin, created_at, updated_at) \
             VALUES ('cmp_acme', 'Acme', 'scale', '[]', 1, 'refuse', 0, '[]', 0, 0, 0); \
             INSERT INTO connections (company_id, id, provider, name, created_at, updated_at) \
             VALUES ('cmp_acme', 'con_a', 'okta', 'A', 0, 0), ('cmp_acme', 'con_b', 'okta', 'B', 0, 0), \
             ('cmp_other', 'con_other', 'okta', 'C', 0, 0); \
             INSERT INTO tokens (company_id, hash, id, name, scopes, created_at) \
             VALUES ('cmp_acme', 'hash', 'tok_1', 'Okta', '[]', 0);",
        );
        self.write(&sqlite);
        sqlite
    }

    fn write(&self, sqlite: &Sqlite) {
        sqlite.run(
            &Statement::new(
                "UPDATE companies SET plan = ?1, entitlements = ?2, group_sync_enabled = ?3, erased_at = ?4",
            )
            .bind(self.plan)
            .bind(self.entitlements)
            .bind(self.group_sync_enabled)
            .bind(self.is_being_erased.then_some(1_i64)),
        );
        sqlite.run(
            &Statement::new(
                "UPDATE tokens SET scopes = ?1, connection_id = ?2, expires_at = ?3, revoked_at = ?4",
            )
            .bind(self.scopes)
            .bind(self.tokens_connection)
            .bind(self.expires_at)
            .bind(self.is_revoked.then_some(1_i64)),
        );
        sqlite.run(
            &Statement::new("UPDATE connections SET paused = ?1 WHERE id = 'con_a'")
                .bind(self.is_paused),
        );
    }
}

fn caller(hash: &str, endpoint: Option<&str>, remembered: Option<Access>) -> IdentityProvider {
    IdentityProvider {
        token: PresentedToken {
            company_id: CompanyId::named("cmp_acme"),
            hash: hash.to_owned(),
        },
        endpoint: endpoint.map(ConnectionId::named),
        remembered,
    }
}

fn something() -> Statement {
    Statement::new("SELECT json_array(1) AS row")
}

/// Whether the look has read for the caller, and the list found something.
fn is_let_in(sqlite: &Sqlite, admission: &Admission) -> (Outcome, bool, bool) {
    let outcomes = taken_apart(&sqlite.run(&admission.look(&[something()], &[something()])));
    let read = outcomes.get(2).is_some_and(|read| !read.rows.is_empty());
    let mut bindings = crate::store::filter::Bindings::default();
    let gate = admission.gate(&mut bindings);
    let behind = bindings.into_statement(format!(
        "SELECT json_array(1) AS row FROM {} WHERE {}",
        gate.from, gate.condition
    ));
    let listed = !sqlite.run(&behind).rows.is_empty();
    (
        outcomes.into_iter().next().unwrap_or_default(),
        read,
        listed,
    )
}

proptest! {
    #[test]
    fn the_sql_lets_in_whom_the_rule_lets_in(
        before in tables(),
        after in tables(),
        is_changed in any::<bool>(),
        endpoint in select(vec![None, Some("con_a"), Some("con_b"), Some("con_gone"), Some("con_other")]),
        hash in select(vec!["hash", "hash", "hash", "another"]),
    ) {
        let sqlite = before.database();
        for purpose in PURPOSES {
            before.write(&sqlite);
            let mut known = None;
            // Nothing is remembered, then what was found; then something of it may have changed.
            for round in 0..3 {
                if round == 2 && is_changed {
                    after.write(&sqlite);
                }
                let caller = caller(hash, endpoint, known.clone());
                let admission = caller.admission(purpose, Timestamp(NOW));
                let (outcome, read, listed) = is_let_in(&sqlite, &admission);
                let access = admission.found(&outcome).expect("an access");
                let may = access.as_ref().is_some_and(|access| {
                    access.authorize(caller.endpoint.as_ref(), purpose, Timestamp(NOW)).is_ok()
                });
                prop_assert_eq!((read, listed), (may, may), "{:?}, round {}: {:?}", purpose, round, access);
                known = access.or(known);
            }
        }
    }
}

#[test]
fn what_is_read_in_any_case_is_read_for_everybody_of_a_company() {
    let tables = Tables {
        plan: "scale",
        entitlements: "[]",
        group_sync_enabled: true,
        is_being_erased: false,
        scopes: "[\"provisioning\"]",
        tokens_connection: None,
        expires_at: None,
        is_revoked: true,
        is_paused: false,
    };
    let sqlite = tables.database();
    let caller = caller("hash", None, None);
    let admission = caller.admission(Purpose::Users, Timestamp(NOW));
    let outcomes = taken_apart(&sqlite.run(&admission.look(&[something()], &[something()])));
    let found: Vec<bool> = outcomes
        .iter()
        .map(|outcome| !outcome.rows.is_empty())
        .collect();
    assert_eq!(found, [true, true, false]);
}

/// Columns of what an access rests on that decide nothing: what they say is never remembered, or of no consequence.
const UNDECIDING: [(&str, &[&str]); 3] = [
    (
        "companies",
        &[
            "rules_version",
            "active_teammates",
            "listed_teammates",
            "active_admins",
            "listed_groups",
            "teammate_rows",
            "group_rows",
            "last_seq",
            "oldest_seq",
            "kept_bytes",
            "quota_is_told",
            "uncounted_seq",
            "counted_through",
            "tended_at",
            "updated_at",
        ],
    ),
    ("connections", &["first_seen_at", "last_seen_at"]),
    ("tokens", &["last_used_at"]),
];

/// The tables that the look reads for the access.
fn tables_behind_access() -> Vec<String> {
    let caller = caller("hash", Some("con_a"), None);
    let sql = caller
        .admission(Purpose::WriteGroups, Timestamp(NOW))
        .look(&[], &[])
        .sql;
    let words: Vec<&str> = sql.split([' ', '(', ')']).collect();
    let mut tables: Vec<String> = words
        .windows(2)
        .filter(|pair| ["FROM", "JOIN"].contains(&pair[0]) && !pair[1].is_empty())
        .map(|pair| pair[1].to_owned())
        .collect();
    tables.sort();
    tables.dedup();
    tables
}

fn columns(sqlite: &Sqlite, table: &str) -> Vec<String> {
    let sql = format!("SELECT json_array(name) AS row FROM pragma_table_info('{table}')");
    let rows = sqlite.run(&Statement::new(sql)).decode::<(String,)>();
    rows.expect("names")
        .into_iter()
        .map(|(name,)| name)
        .collect()
}

fn rules_version(sqlite: &Sqlite) -> Option<i64> {
    let read = "SELECT json_array(max(rules_version)) AS row FROM companies WHERE name <> 'Other'";
    let row = sqlite
        .run(&Statement::new(read))
        .decode_first::<(Option<i64>,)>();
    row.expect("a number").and_then(|(version,)| version)
}

fn anybody() -> Tables {
    Tables {
        plan: "scale",
        entitlements: "[]",
        group_sync_enabled: true,
        is_being_erased: false,
        scopes: "[\"provisioning\"]",
        tokens_connection: Some("con_a"),
        expires_at: Some(NOW),
        is_revoked: false,
        is_paused: false,
    }
}

#[test]
fn every_change_of_what_an_access_rests_on_raises_the_version_of_the_rules() {
    let known: Vec<&str> = UNDECIDING.iter().map(|(table, _)| *table).collect();
    assert_eq!(tables_behind_access(), known);
    for (table, undeciding) in UNDECIDING {
        let all = columns(&anybody().database(), table);
        for column in undeciding {
            assert!(all.iter().any(|name| name == column), "{table}.{column}");
        }
        for column in all {
            if column == "rules_version" {
                continue;
            }
            let sqlite = anybody().database();
            let before = rules_version(&sqlite).expect("a company");
            let row = if table == "connections" {
                "WHERE id = 'con_a'"
            } else {
                ""
            };
            let is_number = ["INTEGER"].contains(&kind(&sqlite, table, &column).as_str());
            let value = if is_number { "7" } else { "'7'" };
            sqlite.execute(&format!("UPDATE {table} SET {column} = {value} {row}"));
            let is_raised = rules_version(&sqlite).expect("a company") > before;
            let decides = !undeciding.contains(&column.as_str());
            assert_eq!(
                is_raised, decides,
                "{table}.{column}: say here if it decides nothing"
            );
        }
    }
}

fn kind(sqlite: &Sqlite, table: &str, column: &str) -> String {
    let sql = format!(
        "SELECT json_array(type) AS row FROM pragma_table_info('{table}') WHERE name = '{column}'"
    );
    let row = sqlite.run(&Statement::new(sql)).decode_first::<(String,)>();
    row.expect("a type").expect("a column").0
}

#[test]
fn whatever_of_it_goes_raises_it_too() {
    for table in tables_behind_access() {
        let sqlite = anybody().database();
        // One that has not been over for long: clocks differ.
        sqlite.execute("UPDATE tokens SET expires_at = (unixepoch() - 60) * 1000");
        let before = rules_version(&sqlite);
        sqlite.execute(&format!("DELETE FROM {table}"));
        assert_ne!(rules_version(&sqlite), before, "{table}");
    }
}

#[test]
fn a_new_token_and_the_sweep_of_those_that_are_over_change_no_rules() {
    let sqlite = anybody().database();
    let before = rules_version(&sqlite);
    sqlite.execute(
        "INSERT INTO tokens (company_id, hash, id, name, scopes, created_at, expires_at) \
         VALUES ('cmp_acme', 'new', 'tok_2', 'New', '[]', 0, (unixepoch() - 3700) * 1000); \
         DELETE FROM tokens WHERE id = 'tok_2';",
    );
    assert_eq!(rules_version(&sqlite), before);
}
