//! The row of the group.

use super::GroupWrite;
use super::parameters::GroupParameters;
use crate::directory::group::{Group, name_key};
use crate::scim::fold;
use crate::store::filter::Bindings;
use crate::store::groups::folding;
use crate::store::statement::{Binding, Statement, to_json};

/// The columns of the definition, with their values.
fn definition(group: &Group) -> [(&'static str, Binding); 12] {
    let description = group.description.as_deref();
    // SQLite folds ASCII itself.
    let folded = description.and_then(|text| {
        let folded = fold::text(text);
        (folded != text.to_ascii_lowercase()).then_some(folded)
    });
    [
        ("display_name", group.display_name.as_str().into()),
        (
            "display_name_folded",
            name_key(&group.display_name).folded().into(),
        ),
        ("external_id", group.external_id.as_deref().into()),
        ("description", description.into()),
        ("description_folded", folded.into()),
        (
            "attributes",
            (!group.attributes.is_empty())
                .then(|| to_json(&group.attributes))
                .into(),
        ),
        ("is_linked", group.is_linked.into()),
        ("state", group.state.as_str().into()),
        (
            "before_adoption",
            group.before_adoption.as_ref().map(to_json).into(),
        ),
        ("definition", group.definition.into()),
        ("names_definition", group.definition.into()),
        ("state_changed_at", group.state_changed_at.0.into()),
    ]
}

pub(super) fn insert(command: &GroupWrite) -> Statement {
    let mut bindings = Bindings::default();
    let keys = command.keys(&mut bindings);
    let after = command.change.after();
    let (columns, values): (Vec<&str>, Vec<String>) = definition(after)
        .into_iter()
        .map(|(column, value)| (column, bindings.name(value)))
        .unzip();
    let created_at = bindings.name(after.created_at.0);
    let updated_at = bindings.name(after.updated_at.0);
    let GroupParameters {
        company,
        request,
        group,
    } = &keys;
    bindings.into_statement(format!(
        "INSERT INTO groups (company_id, id, version, member_count, unconfirmed_members, created_at, \
         updated_at, {}) SELECT {company}, {group}, 1, e.data ->> '$.after.member_count', 0, {created_at}, \
         {updated_at}, {} FROM requests r CROSS JOIN events e ON e.company_id = {company} \
         AND e.seq = r.event_seq WHERE r.company_id = {company} AND r.id = {request} AND NOT EXISTS \
         (SELECT 1 FROM groups g WHERE g.company_id = {company} AND g.id = {group})",
        columns.join(", "),
        values.join(", "),
    ))
}

/// Names only the columns that change: SQLite rewrites the entry of every index that it is told of. The counts
/// are those that the event tells.
pub(super) fn update(command: &GroupWrite, before: &Group) -> Statement {
    let mut bindings = Bindings::default();
    let keys = command.keys(&mut bindings);
    let after = command.change.after();
    let mut assignments: Vec<String> = definition(before)
        .into_iter()
        .zip(definition(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|(_, (column, value))| format!("{column} = {}, ", bindings.name(value)))
        .collect();
    let name = name_key(&after.display_name);
    let is_same = name == name_key(&before.display_name);
    // What the name was stored as is another form, if it is not folded anew yet.
    if is_same && name.former().is_some() && after.definition != before.definition {
        let folded = bindings.name(name.folded());
        let anew = folding::display_name(&keys.company, &keys.group, &folded);
        assignments.extend(anew.map(|assignment| format!("{assignment}, ")));
    } else if !is_same {
        assignments.push("twin_key = NULL, ".to_owned());
    }
    let updated_at = bindings.name(after.updated_at.0);
    let GroupParameters {
        company,
        request,
        group,
    } = &keys;
    bindings.into_statement(format!(
        "UPDATE groups AS g SET {}version = g.version + 1, updated_at = max(g.updated_at, {updated_at}), \
         member_count = e.data ->> '$.after.member_count', \
         unconfirmed_members = e.data ->> '$.after.unconfirmed_members' \
         FROM requests r CROSS JOIN events e ON e.company_id = {company} AND e.seq = r.event_seq \
         WHERE r.company_id = {company} AND r.id = {request} AND g.company_id = {company} AND g.id = {group} \
         AND g.version = e.data ->> '$.before.version'",
        assignments.concat()
    ))
}
