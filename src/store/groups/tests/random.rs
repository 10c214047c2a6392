//! Thousands of random commands, some sent twice, some decided on what is no longer so, beside a plain model.

use super::events::{check_events, types_of_groups};
use super::{Directory, NOW, body, group_id, ids, target};
use crate::directory::group::change::{Change, Decision, Members};
use crate::directory::group::found::Found;
use crate::directory::group::{Group, GroupState, administration, name_key, provisioning};
use crate::directory::id::GroupId;
use crate::directory::time::Timestamp;
use crate::scim::group::{GroupChange, MemberChange};
use crate::store::groups::write::Visible;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const TEAMMATES: usize = 12;
const NAMES: usize = 6;
const COMMANDS: usize = 12_000;
/// Everything is compared after each so many commands.
const CHECKED: usize = 10;

#[derive(Default)]
pub(super) struct Model {
    pub(super) groups: BTreeMap<GroupId, ModelGroup>,
    pub(super) states: Vec<&'static str>,
    pub(super) events: i64,
}

pub(super) struct ModelGroup {
    pub(super) row: Group,
    members: BTreeSet<String>,
    unconfirmed: BTreeSet<String>,
    kept: BTreeSet<String>,
}

impl Model {
    fn is_visible(&self, id: &str, visible: Visible) -> bool {
        let number: usize = id.trim_start_matches("tea_").parse().expect("a number");
        match (self.states.get(number), visible) {
            (None, _) => false,
            (Some(state), Visible::Listed) => ["active", "blocked"].contains(state),
            (Some(state), Visible::Living) => *state != "deleted",
        }
    }

    fn listed(&self, ids: &BTreeSet<String>) -> u64 {
        ids.iter()
            .filter(|id| self.is_visible(id, Visible::Listed))
            .count() as u64
    }

    /// Applies a change that left the group's row as it is here.
    pub(super) fn apply(&mut self, change: &Change, row: Group) {
        let after = change.after();
        let group = self
            .groups
            .entry(after.id.clone())
            .or_insert_with(|| ModelGroup {
                row: after.clone(),
                members: BTreeSet::new(),
                unconfirmed: BTreeSet::new(),
                kept: BTreeSet::new(),
            });
        let before = (group.members.clone(), group.unconfirmed.clone());
        if let Members::Adopt(_) = change.members() {
            group.kept = group.members.clone();
            group.unconfirmed = group.members.clone();
        }
        match change.members() {
            Members::Keep
            | Members::Change(MemberChange::None)
            | Members::Adopt(MemberChange::None) => {}
            Members::Change(MemberChange::Delta { add, remove })
            | Members::Adopt(MemberChange::Delta { add, remove }) => {
                group.members.retain(|id| !remove.contains(id));
                group.members.extend(add.iter().cloned());
                group.unconfirmed.retain(|id| !add.contains(id));
            }
            Members::Change(MemberChange::All(all)) | Members::Adopt(MemberChange::All(all)) => {
                group.members.clone_from(all);
                group.unconfirmed.retain(|id| !all.contains(id));
            }
            Members::Undo => {
                group.members = std::mem::take(&mut group.kept);
                group.unconfirmed.clear();
            }
            Members::DropUnconfirmed(named) => {
                let unconfirmed = group.unconfirmed.clone();
                group.members.retain(|id| {
                    let is_named = named.as_ref().is_none_or(|named| named.contains(id));
                    !(is_named && unconfirmed.contains(id))
                });
            }
        }
        if !after.is_linked {
            group.unconfirmed.clear();
        }
        let members = group.members.clone();
        group.unconfirmed.retain(|id| members.contains(id));
        group.row = row;
        if change.event_type().is_some() || before != (members, group.unconfirmed.clone()) {
            self.events += 1;
        }
    }
}

/// Numbers that only look random: a failure is there again the next time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    /// Shown or away: whoever goes need not be there.
    pub(super) fn anybody(&mut self) -> BTreeSet<String> {
        let count = self.roll(5);
        ids((0..count).map(|_| self.roll(TEAMMATES)).collect::<Vec<_>>())
    }

    pub(super) fn some(&mut self, model: &Model, visible: Visible) -> BTreeSet<String> {
        let count = self.roll(5);
        let numbers: Vec<usize> = (0..count).map(|_| self.roll(TEAMMATES)).collect();
        ids(numbers)
            .into_iter()
            .filter(|id| model.is_visible(id, visible))
            .collect()
    }
}

/// What a request for a group, or for a name, is decided on; it may be out of date.
fn some_found(dice: &mut Dice, model: &Model, stale: &[Group], name: &str) -> Found {
    let all: Vec<&Group> = model.groups.values().map(|group| &group.row).collect();
    let active: Vec<&Group> = all
        .iter()
        .copied()
        .filter(|group| group.state == GroupState::Active || dice.roll(40) == 0)
        .collect();
    let holder = all
        .iter()
        .find(|group| group.held_name() == Some(name_key(name)));
    let known: Vec<&Group> = if dice.roll(4) == 0 && !stale.is_empty() {
        stale.iter().collect()
    } else {
        active.clone()
    };
    let group = (!known.is_empty()).then(|| known[dice.roll(known.len())].clone());
    let deleted = all.iter().filter(|group| {
        group.state == GroupState::Deleted
            && group.is_linked
            && name_key(&group.display_name) == name_key(name)
    });
    // Now and then it is not known of: then the write does not happen.
    let deleted = deleted
        .max_by_key(|group| group.state_changed_at)
        .filter(|_| dice.roll(4) > 0);
    Found {
        holder: holder.map(|group| (*group).clone()),
        group,
        deleted: deleted.map(|group| (*group).clone()),
        ..Found::default()
    }
}

pub(super) fn decide(
    dice: &mut Dice,
    directory: &Directory,
    model: &Model,
    stale: &[Group],
) -> Option<(Decision, Visible)> {
    let name = format!("Group {}", dice.roll(NAMES));
    let found = some_found(dice, model, stale, &name);
    let group = found.group.clone();
    let new_id = group_id(model.groups.len());
    let now = Timestamp(NOW.0 + model.events);
    let scim = dice.some(model, Visible::Listed);
    let app = dice.some(model, Visible::Living);
    let decision = match (dice.roll(14), &group) {
        (0 | 1, _) => {
            let members = (dice.roll(2) == 0).then_some(scim);
            (
                provisioning::create(&found, &body(&name, members), &new_id, now),
                Visible::Listed,
            )
        }
        (2, _) => {
            let new = administration::NewGroup {
                display_name: name,
                description: None,
                members: app,
            };
            (
                administration::create(&found, &new, &new_id, now),
                Visible::Living,
            )
        }
        (_, None) => return None,
        (3 | 4, Some(group)) => (
            provisioning::replace(&found, target(&group.id), &body(&name, Some(scim)), now),
            Visible::Listed,
        ),
        (5 | 6, Some(group)) => {
            let remove = dice.anybody();
            let change = GroupChange {
                members: MemberChange::Delta {
                    add: scim.difference(&remove).cloned().collect(),
                    remove,
                },
                ..GroupChange::default()
            };
            (
                provisioning::update(&found, target(&group.id), &change, now),
                Visible::Listed,
            )
        }
        (7, Some(group)) => (
            provisioning::remove(&found, target(&group.id), now),
            Visible::Listed,
        ),
        (8 | 9, Some(group)) => {
            let remove = dice.anybody();
            let change = MemberChange::Delta {
                add: app.difference(&remove).cloned().collect(),
                remove,
            };
            let settings = &directory.settings;
            (
                administration::change_members(settings, &found, &group.id, &change, now),
                Visible::Living,
            )
        }
        (10, Some(group)) => {
            let named = (dice.roll(2) == 0).then_some(&app);
            (
                administration::drop_unconfirmed(&found, &group.id, named, now),
                Visible::Living,
            )
        }
        (11, Some(group)) => (
            administration::restore(&found, &group.id, now),
            Visible::Living,
        ),
        (12, Some(group)) => {
            let edit = administration::GroupEdit {
                display_name: (dice.roll(3) == 0).then_some(name),
                ..administration::GroupEdit::default()
            };
            (
                administration::release(&found, &group.id, &edit, now),
                Visible::Living,
            )
        }
        (_, Some(group)) => (
            administration::undo_adoption(&found, &group.id, now),
            Visible::Living,
        ),
    };
    Some((decision.0.ok()?, decision.1))
}

#[test]
fn rows_counters_and_events_are_what_a_plain_model_says() {
    let mut dice = Dice(42);
    let mut directory = Directory::new(TEAMMATES);
    let mut model = Model {
        states: vec!["active"; TEAMMATES],
        ..Model::default()
    };
    let mut stale: Vec<Group> = Vec::new();
    let (mut done, mut refused) = (0, 0);
    for turn in 0..COMMANDS {
        if dice.roll(8) == 0 {
            let number = dice.roll(TEAMMATES);
            let standing = [
                "active", "active", "blocked", "blocked", "removed", "deleted",
            ][dice.roll(6)];
            model.states[number] = standing;
            directory.sqlite.execute(&format!(
                "UPDATE teammates SET state = '{standing}' WHERE id = 'tea_{number:04}'"
            ));
        }
        if dice.roll(10) == 0 {
            stale = model
                .groups
                .values()
                .map(|group| group.row.clone())
                .collect();
        }
        let Some((decision, visible)) = decide(&mut dice, &directory, &model, &stale) else {
            continue;
        };
        let Some(mut sent) = directory.command(decision) else {
            continue;
        };
        sent.visible = visible;
        if dice.roll(20) == 0 {
            sent.epoch -= 1;
        }
        let aftermath = directory.send(&sent);
        if aftermath.is_committed {
            done += 1;
            model.apply(&sent.change, aftermath.group.expect("its group"));
        } else {
            refused += 1;
        }
        if dice.roll(3) == 0 {
            directory.send(&sent);
        }
        if turn % CHECKED == 0 {
            check(&directory, &model);
        }
    }
    assert!(
        done > COMMANDS / 6 && refused > COMMANDS / 40,
        "{done} {refused}"
    );
    assert_eq!(check_events(&directory), types_of_groups());
}

pub(super) fn check(directory: &Directory, model: &Model) {
    let rows = directory
        .sqlite
        .run(&crate::store::statement::Statement::new(format!(
            "SELECT {} AS row FROM groups g ORDER BY g.id",
            crate::store::groups::COLUMNS
        )));
    let rows = crate::store::groups::many(&rows).expect("groups");
    assert_eq!(rows.len(), model.groups.len());
    for row in rows {
        let group = &model.groups[&row.id];
        let members: BTreeSet<String> = directory
            .memberships(&row.id)
            .into_iter()
            .filter(|(_, standing)| standing != "gone")
            .map(|(id, _)| id)
            .collect();
        assert_eq!(members, group.members, "{row:?}");
        assert_eq!(row.member_count, model.listed(&group.members), "{row:?}");
        assert_eq!(
            row.unconfirmed_members,
            model.listed(&group.unconfirmed),
            "{row:?}"
        );
        assert_eq!(
            (
                &row.display_name,
                row.state,
                row.is_linked,
                row.definition,
                &row.before_adoption
            ),
            (
                &group.row.display_name,
                group.row.state,
                group.row.is_linked,
                group.row.definition,
                &group.row.before_adoption
            )
        );
        let listed: (u64,) = directory.read(&format!(
            "SELECT json_array(count(*)) AS row FROM memberships m JOIN teammates t \
             ON t.company_id = m.company_id AND t.id = m.teammate_id \
             WHERE m.group_id = '{}' AND m.standing <> 'gone' AND t.state IN ('active', 'blocked')",
            row.id
        ));
        assert_eq!(listed.0, row.member_count);
    }
    let (events, last): (i64, i64) = directory.read(
        "SELECT json_array((SELECT count(*) FROM events), (SELECT last_seq FROM companies)) AS row",
    );
    assert_eq!((events, last), (model.events, model.events));
}
