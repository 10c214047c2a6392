//! The groups that are read with a teammate.

mod listed;

use super::{Columns, MOST_GROUPS, TeammateKey, get, one, write};
use crate::directory::company::plan::Plan;
use crate::directory::company::{Company, Settings};
use crate::directory::id::{CompanyId, TeammateId};
use crate::directory::teammate::change::{Change, Decision};
use crate::directory::teammate::{Listed, State, Teammate};
use crate::directory::time::Timestamp;
use crate::scim::user::GroupOfUser;
use crate::store::tests::sqlite::Sqlite;

/// A teammate, `tea_1`, in a company of its own.
fn directory() -> Sqlite {
    let sqlite = Sqlite::new();
    sqlite.execute(
        "INSERT INTO companies (id, name, plan, entitlements, group_sync_enabled, unknown_template, \
         user_name_must_be_primary_email, allowed_domains, idp_may_block_last_admin, created_at, updated_at) \
         VALUES ('cmp_acme', 'Acme', 'scale', '[]', 1, 'refuse', 0, '[]', 1, 0, 0); \
         INSERT INTO teammates (company_id, id, user_name, user_name_folded, state, role, origin, attributes, \
         emails, version, created_at, updated_at, state_changed_at) \
         VALUES ('cmp_acme', 'tea_1', 'u', 'u', 'active', 'teammate', 'scim', '{}', '[]', 1, 0, 0, 0);",
    );
    sqlite
}

/// Adds `count` groups of that name and a number, with the teammate in them.
fn add_groups(sqlite: &Sqlite, count: u32, name: &str, standing: &str, state: &str) {
    sqlite.execute(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count}) \
         INSERT INTO groups (company_id, id, display_name, display_name_folded, is_linked, state, member_count, \
         unconfirmed_members, version, definition, created_at, updated_at, state_changed_at) \
         SELECT 'cmp_acme', printf('grp_{standing}_{state}_%04d', i), '{name}' || i, '{standing}{state}' || i, 0, \
         '{state}', 1, 0, 1, 1, 0, 0, 0 FROM n; \
         INSERT OR IGNORE INTO memberships (company_id, group_id, teammate_id, standing) \
         SELECT company_id, id, 'tea_1', '{standing}' FROM groups \
         WHERE id LIKE 'grp\\_{standing}\\_{state}\\_%' ESCAPE '\\';"
    ));
}

fn read(sqlite: &Sqlite, columns: Columns) -> Listed {
    let key = TeammateKey::Id(TeammateId::named("tea_1"));
    let outcome = sqlite.run(&get(&CompanyId::named("cmp_acme"), &key, columns));
    one(&outcome).expect("a row").expect("a teammate")
}

/// What an update gives back.
fn read_with_update(sqlite: &Sqlite) -> Vec<GroupOfUser> {
    let before = read(sqlite, Columns::Own).teammate;
    let after = Teammate {
        state: State::Blocked,
        ..before.clone()
    };
    let Ok(Decision::Change(change)) = Change::step(&before, after, Timestamp(1)) else {
        panic!("a change");
    };
    let company = Company {
        active_teammates: 1,
        listed_teammates: 1,
        ..Company::new(
            CompanyId::named("cmp_acme"),
            Settings::new("Acme".into(), Plan::Scale),
            Timestamp(0),
        )
    };
    let outcome = sqlite.run(&write::apply(&company, &change, Columns::WithGroups));
    assert_eq!(outcome.rows.len(), 1);
    write::groups(&outcome).expect("groups")
}

#[test]
fn active_groups_are_read_in_the_order_of_their_ids() {
    let sqlite = directory();
    assert_eq!(read(&sqlite, Columns::WithGroups).groups, []);
    add_groups(&sqlite, 2, "Support ", "idp", "active");
    add_groups(&sqlite, 1, "Left ", "gone", "active");
    add_groups(&sqlite, 1, "Deleted ", "app", "deleted");
    let expected = [0, 1].map(|number| GroupOfUser {
        id: format!("grp_idp_active_000{number}"),
        display_name: Some(format!("Support {number}")),
    });
    assert_eq!(read(&sqlite, Columns::WithGroups).groups, expected);
    assert_eq!(read(&sqlite, Columns::Own).groups, []);
    assert_eq!(read_with_update(&sqlite), expected);
}

#[test]
fn a_teammate_in_very_many_groups_shows_the_first() {
    let sqlite = directory();
    add_groups(&sqlite, 3_000, "G", "app", "active");
    let groups = read(&sqlite, Columns::WithGroups).groups;
    assert_eq!(groups.len(), MOST_GROUPS as usize);
    assert_eq!(groups[499].id, "grp_app_active_0499");
    assert_eq!(groups[499].display_name.as_deref(), Some("G499"));
    assert_eq!(read_with_update(&sqlite), groups);
}

#[test]
fn names_that_come_to_too_much_are_left_out() {
    let sqlite = directory();
    add_groups(&sqlite, 41, &"n".repeat(1_000), "app", "active");
    let groups = read(&sqlite, Columns::WithGroups).groups;
    assert_eq!(groups.len(), 41);
    assert!(groups.iter().all(|group| group.display_name.is_none()));
}

#[test]
fn groups_are_reached_by_the_index_of_the_teammates_memberships() {
    let sqlite = directory();
    let key = TeammateKey::Id(TeammateId::named("tea_1"));
    let plan = sqlite.plan(&get(
        &CompanyId::named("cmp_acme"),
        &key,
        Columns::WithGroups,
    ));
    let reached: Vec<&String> = plan
        .iter()
        .filter(|step| step.starts_with("SEARCH"))
        .collect();
    assert_eq!(
        reached,
        [
            "SEARCH t USING PRIMARY KEY (company_id=? AND id=?)",
            "SEARCH m USING INDEX memberships_of_teammate (company_id=? AND teammate_id=?)",
            "SEARCH g USING PRIMARY KEY (company_id=? AND id=?)",
        ],
        "{plan:#?}"
    );
    assert!(
        !plan.iter().any(|step| step.contains("TEMP B-TREE")),
        "{plan:#?}"
    );
}
