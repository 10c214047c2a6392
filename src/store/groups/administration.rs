//! Groups and their members as the operator's app lists them.

use super::{COLUMNS, GroupRow};
use crate::directory::group::member::AppMember;
use crate::directory::group::{Group, GroupState};
use crate::directory::id::{CompanyId, GroupId, TeammateId};
use crate::directory::teammate::State;
use crate::store::error::StoreError;
use crate::store::groups::write::Visible;
use crate::store::statement::{Outcome, Statement, beside, flag};
use serde::Deserialize;

/// A page in the order of creation.
pub fn page(company: &CompanyId, state: GroupState, after: Option<&str>, limit: i64) -> Statement {
    // SQLite would take the primary key, and walk over the groups of the other state.
    let index = match state {
        GroupState::Active => "groups_listed",
        GroupState::Deleted => "groups_deleted",
    };
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM groups g INDEXED BY {index} \
         WHERE g.company_id = ?1 AND g.id > ?2 AND g.state = '{}' ORDER BY g.id LIMIT ?3",
        state.as_str()
    ))
    .bind(company.as_str())
    .bind(after.unwrap_or_default())
    .bind(limit)
}

/// The active groups whose folded name begins with `prefix`, in the order of names: rows of [`searched`].
pub fn search_page(
    company: &CompanyId,
    prefix: &str,
    after: Option<&str>,
    limit: i64,
) -> Statement {
    // A range instead of LIKE: D1 refuses patterns of more than 50 bytes, and LIKE folds ASCII alone.
    Statement::new(format!(
        "SELECT {} FROM groups g WHERE g.company_id = ?1 \
         AND g.display_name_folded >= ?2 AND g.display_name_folded < ?2 || char(1114111) \
         AND g.display_name_folded > ?3 AND g.state = 'active' ORDER BY g.display_name_folded LIMIT ?4",
        beside(COLUMNS, "g.display_name_folded")
    ))
    .bind(company.as_str())
    .bind(prefix)
    .bind(after.unwrap_or_default())
    .bind(limit)
}

/// Each with its place in the order. It may have another form than the name has now: of a row that is not folded anew
/// yet, and of a twin.
pub fn searched(outcome: &Outcome) -> Result<Vec<(String, Group)>, StoreError> {
    let rows = outcome.decode_beside::<GroupRow>()?.into_iter();
    Ok(rows.map(|(place, row)| (place, row.into())).collect())
}

/// Deleted groups whose folded name begins with `prefix`, in the order of creation: they hold no name, so that several
/// may share one.
pub fn search_deleted_page(
    company: &CompanyId,
    prefix: &str,
    after: Option<&str>,
    limit: i64,
) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM groups g INDEXED BY groups_deleted \
         WHERE g.company_id = ?1 AND g.id > ?3 AND g.state = 'deleted' \
         AND substr(g.display_name_folded, 1, length(?2)) = ?2 \
         ORDER BY g.id LIMIT ?4"
    ))
    .bind(company.as_str())
    .bind(prefix)
    .bind(after.unwrap_or_default())
    .bind(limit)
}

/// Which members are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    All,
    Only(bool),
}

/// A page of a group's members, in the order of their ids, whatever the group's state.
pub fn members_page(
    company: &CompanyId,
    group: &GroupId,
    confirmed: Confirmed,
    after: Option<&str>,
    limit: i64,
) -> Statement {
    let unconfirmed = "g.is_linked AND m.standing = 'app'";
    let condition = match confirmed {
        Confirmed::All => String::new(),
        Confirmed::Only(true) => format!("AND NOT ({unconfirmed}) "),
        Confirmed::Only(false) => format!("AND {unconfirmed} "),
    };
    let visible = Visible::Living.condition();
    Statement::new(format!(
        "SELECT json_array(t.id, t.user_name, t.attributes ->> '$.displayName', t.state, NOT ({unconfirmed})) \
         AS row FROM groups g CROSS JOIN memberships m ON m.company_id = ?1 AND m.group_id = ?2 \
         AND m.teammate_id > ?3 AND m.standing <> 'gone' \
         CROSS JOIN teammates t ON t.company_id = ?1 AND t.id = m.teammate_id AND {visible} \
         WHERE g.company_id = ?1 AND g.id = ?2 {condition}ORDER BY m.teammate_id LIMIT ?4"
    ))
    .bind(company.as_str())
    .bind(group.as_str())
    .bind(after.unwrap_or_default())
    .bind(limit)
}

pub fn members(outcome: &Outcome) -> Result<Vec<AppMember>, StoreError> {
    #[derive(Deserialize)]
    struct Row(
        TeammateId,
        String,
        Option<String>,
        State,
        #[serde(with = "flag")] bool,
    );
    let rows = outcome.decode::<Row>()?.into_iter();
    Ok(rows
        .map(
            |Row(id, user_name, display_name, state, confirmed)| AppMember {
                id,
                user_name,
                display_name,
                state,
                confirmed,
            },
        )
        .collect())
}
