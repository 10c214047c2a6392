use super::*;
use crate::store::tests::sqlite::Sqlite;

const NOW: Timestamp = Timestamp(1_763_717_400_000);

/// A company of which nothing is kept yet.
fn database() -> Sqlite {
    let sqlite = Sqlite::new();
    sqlite.execute(
        "INSERT INTO companies (id, name, plan, entitlements, group_sync_enabled, unknown_template, \
         user_name_must_be_primary_email, allowed_domains, idp_may_block_last_admin, retention_days, quota_bytes, \
         created_at, updated_at) VALUES ('cmp_acme', 'Acme', 'scale', '[]', 1, 'refuse', 0, '[]', 1, 30, 10000000, 0, 0)",
    );
    sqlite
}

fn days_ago(days: i64, number: u8) -> (Timestamp, String) {
    let moment = Timestamp(NOW.0 - days * DAY + i64::from(number));
    let id = RequestId::new(moment, [number; 10]);
    (moment, id.to_string())
}

/// A change, as any Worker journals it.
fn change(sqlite: &Sqlite, days: i64, number: u8) {
    let (moment, id) = days_ago(days, number);
    let insert = Statement::new(
        "INSERT INTO journal (company_id, request_id, occurred_at, method, path, status, resource_id, notes, sent, \
         event_id, type, data) SELECT 'cmp_acme', ?1, ?2, 'PATCH', '/v2/Users', 200, 'tea_1', '[]', '{}', ?1, \
         'teammate.updated', '{\"before\":{},\"after\":{}}'",
    );
    sqlite.run(&insert.bind(id).bind(moment.0));
}

/// The line of a request that changed nothing.
fn nothing(sqlite: &Sqlite, days: i64, number: u8) {
    let (moment, id) = days_ago(days, number);
    let insert = Statement::new(
        "INSERT INTO requests (company_id, id, occurred_at, method, path, status, resource_id, notes) \
         SELECT 'cmp_acme', ?1, ?2, 'PUT', '/v2/Users', 200, 'tea_1', '[]'",
    );
    sqlite.run(&insert.bind(id).bind(moment.0));
}

fn value(sqlite: &Sqlite, hash: &str, last_seq: i64) {
    let insert = Statement::new(
        "INSERT INTO event_values (company_id, hash, value, last_seq) VALUES ('cmp_acme', ?1, '\"large\"', ?2)",
    );
    sqlite.run(&insert.bind(hash).bind(last_seq));
}

fn tend_once(sqlite: &Sqlite) {
    let due = many(&sqlite.run(&due(NOW))).expect("companies");
    for due in &due {
        for statement in tend(due, NOW, [[1; 10], [2; 10]]) {
            sqlite.run(&statement);
        }
    }
}

fn ask<T: serde::de::DeserializeOwned>(sqlite: &Sqlite, sql: &'static str) -> T {
    let outcome = sqlite.run(&Statement::new(sql));
    outcome.decode_first().expect("a row").expect("one")
}

/// Oldest number, newest number, events, lines, values.
fn there(sqlite: &Sqlite) -> (i64, i64, i64, i64, i64) {
    ask(
        sqlite,
        "SELECT json_array(oldest_seq, last_seq, (SELECT count(*) FROM events), (SELECT count(*) FROM requests), \
         (SELECT count(*) FROM event_values)) AS row FROM companies",
    )
}

/// What the company's row says, and what a recount gives.
fn counted(sqlite: &Sqlite) -> (i64, i64) {
    ask(
        sqlite,
        "SELECT json_array(kept_bytes, (SELECT coalesce(sum(bytes), 0) FROM events WHERE seq > uncounted_seq) \
         + (SELECT coalesce(sum(bytes), 0) FROM requests \
         WHERE iif(event_seq IS NULL, id <= counted_through, event_seq > uncounted_seq)) \
         + (SELECT coalesce(sum(bytes), 0) FROM event_values)) AS row FROM companies",
    )
}

#[test]
fn what_is_older_goes_in_steps_and_the_oldest_number_is_known() {
    let sqlite = database();
    for number in 0..200 {
        for step in 0..4 {
            change(&sqlite, 40 - step, number);
        }
    }
    change(&sqlite, 29, 0);
    change(&sqlite, 1, 0);
    nothing(&sqlite, 31, 250);
    nothing(&sqlite, 2, 0);
    value(&sqlite, "old", 700);
    value(&sqlite, "new", 801);
    let (kept, recounted) = counted(&sqlite);
    assert_eq!(kept, recounted);
    tend_once(&sqlite);
    assert_eq!(there(&sqlite), (501, 802, 302, 304, 2));
    tend_once(&sqlite);
    assert_eq!(there(&sqlite), (801, 802, 2, 3, 1));
    let (kept, recounted) = counted(&sqlite);
    assert_eq!(kept, recounted);
    // Nothing more to do, it is left alone.
    assert!(many(&sqlite.run(&due(NOW))).expect("companies").is_empty());
    let later = Timestamp(NOW.0 + 5 * 60 * 1_000);
    assert_eq!(many(&sqlite.run(&due(later))).expect("companies").len(), 1);
}

#[test]
fn where_nothing_is_young_enough_the_next_number_is_the_oldest() {
    let sqlite = database();
    change(&sqlite, 60, 0);
    change(&sqlite, 59, 0);
    tend_once(&sqlite);
    assert_eq!(there(&sqlite), (3, 2, 0, 0, 0));
    assert_eq!(counted(&sqlite), (0, 0));
    change(&sqlite, 1, 0);
    tend_once(&sqlite);
    assert_eq!(there(&sqlite), (3, 3, 1, 1, 0));
}

#[test]
fn lines_of_nothing_are_counted_when_they_have_settled() {
    let sqlite = database();
    nothing(&sqlite, 1, 0);
    nothing(&sqlite, 1, 1);
    nothing(&sqlite, 0, 0);
    assert_eq!(counted(&sqlite).0, 0);
    tend_once(&sqlite);
    assert_eq!(counted(&sqlite), (2 * 211, 2 * 211));
}

#[test]
fn what_was_there_before_anything_was_counted_is_not_taken_off() {
    let sqlite = database();
    change(&sqlite, 60, 0);
    change(&sqlite, 1, 0);
    sqlite.execute("UPDATE companies SET uncounted_seq = 2, kept_bytes = 0");
    change(&sqlite, 0, 0);
    let (kept, recounted) = counted(&sqlite);
    assert_eq!(kept, recounted);
    tend_once(&sqlite);
    assert_eq!(there(&sqlite), (2, 3, 2, 2, 0));
    assert_eq!(counted(&sqlite), (kept, recounted));
}

#[test]
fn four_fifths_of_the_quota_are_told_once_until_there_is_room_again() {
    let sqlite = database();
    let told = |sqlite: &Sqlite| {
        ask::<(i64, i64)>(
            sqlite,
            "SELECT json_array((SELECT count(*) FROM events WHERE type = 'company.quota_nearly_used'), last_seq) AS row \
             FROM companies",
        )
    };
    let again = |sqlite: &Sqlite, kept: &str| {
        sqlite.execute(&format!(
            "UPDATE companies SET tended_at = 0, kept_bytes = {kept}"
        ));
        tend_once(sqlite);
    };
    again(&sqlite, "7999999");
    assert_eq!(told(&sqlite), (0, 0));
    again(&sqlite, "8000000");
    assert_eq!(told(&sqlite), (1, 1));
    let data: (serde_json::Value,) = ask(
        &sqlite,
        "SELECT json_array(json(data)) AS row FROM events WHERE seq = 1",
    );
    assert_eq!(
        data.0,
        json!({
            "before": { "id": "cmp_acme" },
            "after": { "id": "cmp_acme", "kept_bytes": 8_000_000, "quota_bytes": 10_000_000 },
        })
    );
    again(&sqlite, "9000000");
    assert_eq!(told(&sqlite), (1, 1));
    again(&sqlite, "100");
    again(&sqlite, "8000000");
    assert_eq!(told(&sqlite), (2, 2));
}

#[test]
fn a_company_that_is_tended_reads_no_more_than_its_own() {
    let sqlite = database();
    let company = Due {
        id: CompanyId::named("cmp_acme"),
        retention_days: 30,
        kept_bytes: 9_000_000,
        quota_bytes: 10_000_000,
        quota_is_told: false,
    };
    let mut statements = tend(&company, NOW, [[1; 10], [2; 10]]);
    statements.push(due(NOW));
    for statement in statements {
        for step in sqlite.plan(&statement) {
            // These are the rows of a step.
            let is_walk =
                step.starts_with("SCAN ") && !["SCAN r", "SCAN n"].contains(&step.as_str());
            assert!(!is_walk, "{step}: {}", statement.sql);
        }
    }
}
