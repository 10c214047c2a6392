//! What makes one instance of a company's Durable Object its only writer, and tells what became of a batch.

use super::{COLUMNS, GroupRow};
use crate::directory::company::check_room;
use crate::directory::group::Group;
use crate::directory::id::{CompanyId, GroupId, RequestId};
use crate::directory::refusal::Refusal;
use crate::store::access::{Admission, Gate};
use crate::store::error::StoreError;
use crate::store::filter::Bindings;
use crate::store::statement::{Outcome, Statement, to_json};
use std::collections::HashMap;

/// The statement by which an instance becomes the writer, for somebody who may write: whoever ran it last is it. A
/// company that is not there has no writer.
pub fn take_over(company: &CompanyId, admission: Option<&Admission>) -> Statement {
    let mut bindings = Bindings::default();
    let gate = admission.map(|admission| admission.gate(&mut bindings));
    let gate = gate.unwrap_or_else(|| Gate {
        from: "companies known".to_owned(),
        condition: format!(
            "known.id = {} AND known.erased_at IS NULL",
            bindings.name(company.as_str())
        ),
    });
    bindings.into_statement(format!(
        "INSERT INTO company_writers (company_id, epoch) SELECT known.id, 1 FROM {} WHERE {} \
         ON CONFLICT DO UPDATE SET epoch = epoch + 1 RETURNING json_array(epoch) AS row",
        gate.from, gate.condition
    ))
}

/// What [`take_over`] tells; nothing where it was for nobody who may.
pub fn epoch(outcome: &Outcome) -> Result<Option<i64>, StoreError> {
    Ok(outcome.decode_first::<(i64,)>()?.map(|(epoch,)| epoch))
}

/// What a batch left behind, asked at its end for all of its commands.
#[derive(Debug, Clone, PartialEq)]
pub struct Aftermath {
    pub rules_version: i64,
    pub epoch: Option<i64>,
    /// Whether the command's log line is there: then it is done, now or by an earlier attempt.
    pub is_committed: bool,
    /// What is kept of the company, and what may be.
    pub kept_bytes: u64,
    pub quota_bytes: u64,
    /// The group that it is about, as it is now.
    pub group: Option<Group>,
    /// The group's version as the command left it: others, of the same batch too, may have changed it since.
    pub version: Option<i64>,
}

impl Aftermath {
    /// Why nothing more is kept of the company, where that is so.
    pub fn room(&self) -> Result<(), Refusal> {
        check_room(self.kept_bytes, self.quota_bytes)
    }

    /// The group, with the version as the command left it: a client that goes on from a later one would overwrite
    /// what it has not seen.
    pub fn left(&self) -> Option<Group> {
        let group = self.group.clone()?;
        Some(Group {
            version: self.version.unwrap_or(group.version),
            ..group
        })
    }
}

/// Asks, one row for each command, in their order: from the log line which group a committed command was
/// about, since an attempt before this one may have made another than this one would have.
pub fn aftermath(company: &CompanyId, commands: &[(&RequestId, &GroupId)]) -> Statement {
    Statement::new(format!(
        "SELECT json_array(c.rules_version, w.epoch, r.id IS NOT NULL, e.data ->> '$.after.version', \
         iif(g.id IS NULL, NULL, {COLUMNS}), c.kept_bytes, c.quota_bytes) AS row \
         FROM companies c LEFT JOIN company_writers w ON w.company_id = ?1 CROSS JOIN json_each(?2) j \
         LEFT JOIN requests r ON r.company_id = ?1 AND r.id = j.value ->> 0 \
         LEFT JOIN events e ON e.company_id = ?1 AND e.seq = r.event_seq \
         LEFT JOIN groups g ON g.company_id = ?1 AND g.id = coalesce(r.resource_id, j.value ->> 1) \
         WHERE c.id = ?1 ORDER BY j.key"
    ))
    .bind(company.as_str())
    .bind(to_json(&commands))
}

/// None at all where there is no such company.
pub fn aftermaths(outcome: &Outcome) -> Result<Vec<Aftermath>, StoreError> {
    type Row = (
        i64,
        Option<i64>,
        u8,
        Option<i64>,
        Option<GroupRow>,
        u64,
        u64,
    );
    let mut aftermaths: Vec<Aftermath> = outcome
        .decode::<Row>()?
        .into_iter()
        .map(
            |(rules_version, epoch, is_committed, version, group, kept_bytes, quota_bytes)| {
                Aftermath {
                    rules_version,
                    epoch,
                    is_committed: is_committed == 1,
                    kept_bytes,
                    quota_bytes,
                    version,
                    group: group.map(Group::from),
                }
            },
        )
        .collect();
    fill_in_versions(&mut aftermaths);
    Ok(aftermaths)
}

/// The event of a command tells the version that it made. One that changed nothing left the version that the next
/// change of the batch met, or the one that is there now.
fn fill_in_versions(aftermaths: &mut [Aftermath]) {
    let mut met: HashMap<GroupId, i64> = HashMap::new();
    for aftermath in aftermaths.iter_mut().rev() {
        let Some(group) = &aftermath.group else {
            continue;
        };
        match aftermath.version {
            Some(made) => {
                met.insert(group.id.clone(), made.saturating_sub(1));
            }
            None => aftermath.version = Some(*met.get(&group.id).unwrap_or(&group.version)),
        }
    }
}
