//! Groups with their members as JSON, written while it is read.
//!
//! A group of 100,000 members is a body of some 17 MB. What D1 gave back is held once, and let go of as it is
//! rendered; the body itself is never held: the runtime asks for the next piece when the client has taken the
//! last. Members that one read of D1 has no room for are read when it is their turn.

use crate::app::groups::steps::{GroupPart, Steps};
use crate::directory::group::Group;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::group::{GroupMeta, GroupProjection, GroupResource, GroupWriter};
use futures_util::stream;
use worker::console_error;

/// Bytes of what was read below which the body is made at once: a stream costs more than it spares.
const SMALL: usize = 256 * 1024;

/// Bytes of a piece of the body, at least.
const PIECE: usize = 64 * 1024;

pub(super) struct Text {
    writer: GroupWriter,
    /// What is written and not yet given out.
    piece: Vec<u8>,
    steps: Steps,
    /// The place of the group that has been begun and not ended.
    open: Option<usize>,
    is_first: bool,
    /// What follows the last group.
    tail: &'static str,
    is_over: bool,
}

impl Text {
    /// One group. Its members were read, but not the group with them.
    pub(super) fn of_group(
        call: &Call,
        projection: GroupProjection,
        group: &Group,
        members: Steps,
    ) -> Self {
        let mut text = Self::new(call, projection, members);
        text.begin(0, group);
        text
    }

    /// A list of groups, between `head` and `tail`.
    pub(super) fn of_list(
        call: &Call,
        projection: GroupProjection,
        groups: Steps,
        (head, tail): (String, &'static str),
    ) -> Self {
        let mut text = Self::new(call, projection, groups);
        text.piece = head.into_bytes();
        text.tail = tail;
        text
    }

    fn new(call: &Call, projection: GroupProjection, steps: Steps) -> Self {
        Self {
            writer: GroupWriter::new(projection, call.base().to_owned()),
            piece: Vec::new(),
            steps,
            open: None,
            is_first: true,
            tail: "",
            is_over: false,
        }
    }

    pub(super) async fn into_reply(mut self, status: u16) -> Result<Reply, Failure> {
        if self.steps.held() > SMALL {
            return Ok(Reply::streamed(status, stream::try_unfold(self, give_out)));
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
            match self.steps.next().await? {
                Some(step) => self.write(&step),
                None => self.finish(),
            }
        }
        let piece = std::mem::take(&mut self.piece);
        Ok((!piece.is_empty()).then_some(piece))
    }

    fn write(&mut self, step: &GroupPart) {
        // One that is shown alone was begun with what the answer's tag is of.
        if let Some(group) = &step.group
            && self.open != Some(step.place)
        {
            self.begin(step.place, group);
        }
        // A group that was erased since the page was read has no beginning.
        if self.open == Some(step.place) {
            for member in &step.members {
                let display = member.1.as_deref();
                self.writer.member(&mut self.piece, &member.0, display);
            }
        }
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

    fn finish(&mut self) {
        self.end();
        self.piece.extend_from_slice(self.tail.as_bytes());
        self.is_over = true;
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
async fn give_out(mut text: Text) -> worker::Result<Option<(Vec<u8>, Text)>> {
    match text.piece().await {
        Ok(piece) => Ok(piece.map(|piece| (piece, text))),
        Err(failure) => {
            console_error!("{} broke off: {failure}", text.steps.request_id);
            Err(worker::Error::from(failure.to_string()))
        }
    }
}
