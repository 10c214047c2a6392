//! Groups with their members as JSON, written while it is read.
//!
//! A group of 100,000 members is a body of some 17 MB. What D1 gave back is held once, and let go of as it is
//! rendered; the body itself is never held: the runtime asks for the next piece when the client has taken the
//! last. Members that one read of D1 has no room for are read when it is their turn.

use crate::directory::group::Group;
use crate::directory::id::{CompanyId, GroupId, RequestId};
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::group::{GroupMeta, GroupProjection, GroupResource, GroupWriter};
use crate::store::groups::whole::{self, GroupPart, MemberPosition};
use crate::store::shard;
use crate::store::statement::Outcome;
use futures_util::stream;
use std::collections::VecDeque;
use std::ops::Range;
use worker::{Env, console_error};

/// Bytes of what was read below which the body is made at once: a stream costs more than it spares.
const SMALL: usize = 256 * 1024;

/// Bytes of a piece of the body, at least.
const PIECE: usize = 64 * 1024;

pub(super) struct Text {
    writer: GroupWriter,
    /// What is written and not yet given out.
    piece: Vec<u8>,
    /// The steps that were read and not yet written.
    rows: VecDeque<String>,
    /// All groups of the body, and where the next step begins.
    ids: Vec<GroupId>,
    next: MemberPosition,
    /// The place of the group that has been begun and not ended.
    open: Option<usize>,
    is_first: bool,
    /// What follows the last group.
    tail: &'static str,
    is_over: bool,
    env: Env,
    company: CompanyId,
    request_id: RequestId,
}

impl Text {
    /// One group. Its members were read, but not the group with them.
    pub(super) fn of_group(
        call: &Call,
        company: &CompanyId,
        projection: GroupProjection,
        group: &Group,
        members: Outcome,
    ) -> Self {
        let ids = vec![group.id.clone()];
        let mut text = Self::new(call, company, projection, ids, members);
        text.begin(0, group);
        text
    }

    /// A list of groups: of those that were read, the ones in a range, between `head` and `tail`.
    pub(super) fn of_list(
        call: &Call,
        company: &CompanyId,
        projection: GroupProjection,
        (mut ids, range): (Vec<GroupId>, Range<usize>),
        groups: Outcome,
        (head, tail): (String, &'static str),
    ) -> Self {
        ids.truncate(range.end);
        let mut text = Self::new(call, company, projection, ids, groups);
        text.next.place = range.start;
        text.piece = head.into_bytes();
        text.tail = tail;
        text
    }

    fn new(
        call: &Call,
        company: &CompanyId,
        projection: GroupProjection,
        ids: Vec<GroupId>,
        outcome: Outcome,
    ) -> Self {
        Self {
            writer: GroupWriter::new(projection, call.base().to_owned()),
            piece: Vec::new(),
            rows: outcome.rows.into(),
            ids,
            next: MemberPosition::default(),
            open: None,
            is_first: true,
            tail: "",
            is_over: false,
            env: call.context.env().clone(),
            company: company.clone(),
            request_id: call.context.request_id.clone(),
        }
    }

    pub(super) async fn into_reply(mut self, status: u16) -> Result<Reply, Failure> {
        let held: usize = self.rows.iter().map(String::len).sum();
        if held > SMALL {
            return Ok(Reply::streamed(status, stream::try_unfold(self, step)));
        }
        let mut body = Vec::new();
        while let Some(piece) = self.piece().await? {
            body.extend(piece);
        }
        Ok(Reply::text(status, body))
    }

    /// The next piece of the body; nothing behind the last.
    async fn piece(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        while !self.is_over && self.piece.len() < PIECE {
            match self.rows.pop_front() {
                Some(row) => self.write(&whole::part(&row)?),
                None => self.read_on().await?,
            }
        }
        let piece = std::mem::take(&mut self.piece);
        Ok((!piece.is_empty()).then_some(piece))
    }

    fn write(&mut self, part: &GroupPart) {
        if let Some(group) = &part.group {
            self.begin(part.place, group);
        }
        // A group that was erased since the page was read has no beginning.
        if self.open == Some(part.place) {
            for member in &part.members {
                let display = member.1.as_deref();
                self.writer.member(&mut self.piece, &member.0, display);
            }
        }
        self.next = part.next();
    }

    fn begin(&mut self, place: usize, group: &Group) {
        self.end();
        if !std::mem::take(&mut self.is_first) {
            self.piece.push(b',');
        }
        self.open = Some(place);
        let base = self.writer.base().to_owned();
        let (writer, piece) = (&mut self.writer, &mut self.piece);
        resource(group, &base, |group| writer.begin(piece, group));
    }

    fn end(&mut self) {
        if self.open.take().is_some() {
            self.writer.end(&mut self.piece);
        }
    }

    async fn read_on(&mut self) -> Result<(), Failure> {
        if self.next.place < self.ids.len() {
            let database = shard::of_company(&self.env, &self.company)?;
            let read = whole::from(&self.company, &self.ids, &self.next);
            self.rows = database.run(read).await?.rows.into();
        }
        if self.rows.is_empty() {
            self.end();
            self.piece.extend_from_slice(self.tail.as_bytes());
            self.is_over = true;
        }
        Ok(())
    }
}

/// The group as SCIM shows it, without members.
pub(super) fn resource<T>(
    group: &Group,
    base: &str,
    then: impl FnOnce(GroupResource<'_>) -> T,
) -> T {
    let (created, last_modified) = (group.created_at.to_string(), group.updated_at.to_string());
    then(GroupResource {
        display_name: &group.display_name,
        external_id: group.external_id.as_deref(),
        description: group.description.as_deref(),
        extensions: &group.attributes,
        members: None,
        meta: GroupMeta {
            id: group.id.as_str(),
            created: &created,
            last_modified: &last_modified,
            base,
            version: group.entity_tag(),
        },
    })
}

/// The answer has begun when this fails: all that is left is to break it off, so that the client does not take
/// a part for the whole.
async fn step(mut text: Text) -> worker::Result<Option<(Vec<u8>, Text)>> {
    match text.piece().await {
        Ok(piece) => Ok(piece.map(|piece| (piece, text))),
        Err(failure) => {
            console_error!("{} broke off: {failure}", text.request_id);
            Err(worker::Error::from(failure.to_string()))
        }
    }
}
