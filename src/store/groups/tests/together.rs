//! Commands that are written together, beside the same commands written one by one, and the plain model.

use super::events::check_events;
use super::random::{Dice, Model, TEAMMATES, check, decide};
use super::{Directory, NOW, Sent, created, group_id, ids, patch};
use crate::directory::access::Actor;
use crate::directory::group::change::{Aside, Decision};
use crate::directory::group::found::Found;
use crate::directory::group::{Group, GroupState};
use crate::directory::id::{ConnectionId, TokenId};
use crate::directory::time::Timestamp;
use crate::scim::dialect::Dialect;
use crate::scim::normalise::notes::Notes;
use crate::store::groups::write::Visible;
use crate::store::statement::{Binding, Statement};
use std::collections::BTreeSet;

const BATCHES: usize = 300;
const MOST_IN_BATCH: usize = 24;

/// All that is kept, row by row.
fn everything(directory: &Directory) -> Vec<String> {
    [
        "groups",
        "memberships",
        "events",
        "requests",
        "companies",
        "company_writers",
    ]
    .iter()
    .flat_map(|table| {
        let columns: Vec<String> = directory.read(&format!(
            "SELECT json_group_array(name) AS row FROM pragma_table_info('{table}')"
        ));
        let sql = format!(
            "SELECT json_array('{table}', {columns}) AS row FROM {table} ORDER BY {columns}",
            columns = columns.join(", ")
        );
        directory.sqlite.run(&Statement::new(sql)).rows
    })
    .collect()
}

/// A change of a few members of a group as it was at some time, not all of whom need to be there.
fn some_delta(dice: &mut Dice, model: &Model, stale: &[Group]) -> Option<(Decision, Visible)> {
    let groups: Vec<&Group> = if dice.roll(8) == 0 && !stale.is_empty() {
        stale.iter().collect()
    } else {
        let rows = model.groups.values().map(|group| &group.row);
        rows.filter(|group| group.state == GroupState::Active)
            .collect()
    };
    if groups.is_empty() {
        return None;
    }
    let group = groups[dice.roll(groups.len())].clone();
    if group.state == GroupState::Deleted {
        return None;
    }
    let found = Found {
        group: Some(group),
        ..Found::default()
    };
    let mut some = |most: usize| {
        let count = dice.roll(most);
        // One in 60 is nobody.
        let number = |_| (dice.roll(60) > 0).then(|| dice.roll(TEAMMATES));
        ids((0..count).map(number).map(|number| number.unwrap_or(77)))
    };
    let (add, remove) = (some(3), some(3));
    let add = add.difference(&remove).cloned().collect();
    Some((patch(&found, add, remove), Visible::Listed))
}

/// An identity provider's request with all that the log can keep of one.
fn log(sent: &mut Sent, number: usize, now: Timestamp) {
    let mut notes = Notes::new();
    notes.push(format!("Sentence \"{number}\" \\ ü"));
    if !number.is_multiple_of(3) {
        notes.spoken_by(Dialect::Okta);
        notes.came_as(format!("{{\"sent\":\"{number} \\u0000\"}} cut of"));
    }
    sent.line.user_agent =
        (!number.is_multiple_of(2)).then(|| format!("client/{number} \u{1f980}"));
    sent.line.occurred_at = now;
    sent.ending.noted = (&notes).into();
    sent.ending.stored = (!number.is_multiple_of(5)).then(|| format!("{{\"n\":{number}}}"));
}

fn draw(
    dice: &mut Dice,
    directory: &mut Directory,
    model: &Model,
    stale: &[Group],
    earlier: &mut Vec<Sent>,
) -> Option<Sent> {
    if dice.roll(15) == 0 && !earlier.is_empty() {
        // A replay, or what waited so long that it may hold no more.
        return Some(earlier[dice.roll(earlier.len())].clone());
    }
    let (decision, visible) = if dice.roll(12) == 0 {
        decide(dice, directory, model, stale)
    } else {
        some_delta(dice, model, stale)
    }?;
    let mut aside = Aside::default();
    if dice.roll(8) == 0 {
        aside.passing_members = dice.some(model, Visible::Living);
    }
    if dice.roll(2) == 0 {
        aside.to_end = u32::try_from(dice.roll(3)).expect("a few");
    }
    let mut sent = directory.command(decision.with(aside))?;
    log(
        &mut sent,
        directory.requests,
        Timestamp(NOW.0 + model.events),
    );
    sent.visible = visible;
    sent.is_conditional = dice.roll(20) == 0;
    if dice.roll(20) == 0 {
        sent.epoch -= 1;
    }
    if dice.roll(3) == 0 {
        earlier.push(sent.clone());
    }
    Some(sent)
}

#[test]
fn many_at_once_leave_what_they_leave_one_by_one() {
    let mut dice = Dice(7);
    let [mut one, mut many] = [Directory::new(TEAMMATES), Directory::new(TEAMMATES)];
    for directory in [&mut one, &mut many] {
        directory.actor = Actor::IdentityProvider {
            token_id: TokenId::named("tok_1"),
            connection_id: Some(ConnectionId::named("con_1")),
        };
    }
    let mut model = Model {
        states: vec!["active"; TEAMMATES],
        ..Model::default()
    };
    let mut stale: Vec<Group> = Vec::new();
    let mut earlier: Vec<Sent> = Vec::new();
    let (mut commands, mut statements, mut done, mut repeated) = (0, 0, 0, 0);
    for turn in 0..BATCHES {
        if dice.roll(4) == 0 {
            let number = dice.roll(TEAMMATES);
            let standing = ["active", "active", "blocked", "removed", "deleted"][dice.roll(5)];
            model.states[number] = standing;
            for directory in [&one, &many] {
                directory.sqlite.execute(&format!(
                    "UPDATE teammates SET state = '{standing}' WHERE id = 'tea_{number:04}'"
                ));
            }
        }
        if dice.roll(10) == 0 {
            stale = model
                .groups
                .values()
                .map(|group| group.row.clone())
                .collect();
        }
        if dice.roll(50) == 0 {
            one.epoch = one.new_epoch();
            assert_eq!(many.new_epoch(), one.epoch);
        }
        let mut batch: Vec<Sent> = Vec::new();
        for _ in 0..dice.roll(MOST_IN_BATCH) {
            batch.extend(draw(&mut dice, &mut one, &model, &stale, &mut earlier));
        }
        let mut seen = BTreeSet::new();
        for sent in &batch {
            let was_there = one.aftermath(sent).is_committed;
            let aftermath = one.send(sent);
            repeated += usize::from(was_there);
            if aftermath.is_committed && !was_there {
                assert!(seen.insert(sent.line.request_id.to_string()));
                done += 1;
                let group = aftermath.group.expect("its group");
                model.apply(&sent.change, group);
            }
        }
        let together = many.statements_of_all(&batch);
        commands += batch.len();
        statements += together.len();
        for statement in &together {
            many.sqlite.run(statement);
        }
        let [kept, wanted] = [&many, &one].map(everything);
        let only = |rows: &[String], others: &[String]| -> Vec<String> {
            let rows = rows.iter().filter(|row| !others.contains(row));
            rows.cloned().collect()
        };
        let differences = [only(&kept, &wanted), only(&wanted, &kept)];
        assert_eq!(
            differences,
            [const { Vec::<String>::new() }; 2],
            "batch {turn}"
        );
        check(&many, &model);
        if dice.roll(12) == 0 {
            check_events(&many);
            // Begin anew: what is compared stays small.
            for directory in [&one, &many] {
                directory.sqlite.execute(
                    "DELETE FROM requests; DELETE FROM events; UPDATE companies SET last_seq = 0",
                );
            }
            earlier.clear();
            model.events = 0;
        }
    }
    assert!(
        done > BATCHES * 3 && repeated > BATCHES / 20 && statements < commands * 2,
        "{commands} commands, {done} done, {repeated} repeated, {statements} statements"
    );
}

/// Commands that add one teammate each, and the statements of all.
fn additions(
    directory: &mut Directory,
    groups: &[Found],
    numbers: std::ops::Range<usize>,
) -> Vec<Sent> {
    numbers
        .map(|number| {
            let found = &groups[number % groups.len()];
            let decision = patch(found, ids([number]), BTreeSet::new());
            directory.command(decision).expect("a change")
        })
        .collect()
}

#[test]
fn the_text_is_the_same_for_two_and_for_a_hundred() {
    let mut directory = Directory::new(200);
    let groups = [
        created(&mut directory, 1, BTreeSet::new()),
        created(&mut directory, 2, ids([150])),
    ];
    let texts = |statements: Vec<Statement>| -> Vec<String> {
        statements
            .into_iter()
            .map(|it| it.sql.into_owned())
            .collect()
    };
    let two = additions(&mut directory, &groups[..1], 101..103);
    let hundred = additions(&mut directory, &groups, 1..101);
    let texts_of_two = texts(directory.statements_of_all(&two));
    assert_eq!(texts_of_two.len(), 3);
    let [one, alone] = [
        directory.statements_of_all(&two[..1]),
        directory.statements(&two[0]),
    ];
    assert_eq!(one, alone);
    let statements = directory.statements_of_all(&hundred);
    for statement in &statements {
        directory.sqlite.run(statement);
    }
    assert_eq!(texts(statements), texts_of_two);
    let counts: (u32, u32, u32) = directory.read(
        "SELECT json_array(member_count, version, (SELECT last_seq FROM companies)) AS row \
         FROM groups WHERE id = 'grp_0002'",
    );
    assert_eq!(counts, (51, 51, 102));
    // In their order: the events of both groups alternate.
    let order: Vec<String> = directory.read(
        "SELECT json_group_array(json_array(id, data ->> '$.after.id', data ->> '$.before.version', \
         data ->> '$.after.member_count') || '') AS row FROM (SELECT * FROM events WHERE seq > 98 ORDER BY seq)",
    );
    assert_eq!(
        order,
        [
            r#"["evt_101","grp_0002",49,50]"#,
            r#"["evt_102","grp_0001",49,49]"#,
            r#"["evt_103","grp_0002",50,51]"#,
            r#"["evt_104","grp_0001",50,50]"#,
        ]
        .map(str::to_owned)
    );
    assert_eq!(directory.memberships(&group_id(1)).len(), 50);
}

#[test]
fn no_list_of_commands_is_longer_than_d1_takes() {
    let mut directory = Directory::new(60);
    let groups = [created(&mut directory, 1, BTreeSet::new())];
    let mut sent = additions(&mut directory, &groups, 0..60);
    for sent in &mut sent {
        let mut notes = Notes::new();
        notes.spoken_by(Dialect::Okta);
        notes.came_as("\"".repeat(50_000));
        sent.ending.noted = (&notes).into();
    }
    let statements = directory.statements_of_all(&sent);
    let longest = statements.iter().flat_map(|statement| &statement.bindings);
    let longest = longest.map(|binding| match binding {
        Binding::Text(text) => text.len(),
        _ => 0,
    });
    let longest = longest.max();
    assert!(
        longest > Some(1_000_000) && longest < Some(2_000_000),
        "{longest:?}"
    );
    for statement in &statements {
        directory.sqlite.run(statement);
    }
    assert_eq!(directory.memberships(&group_id(1)).len(), 60);
}
