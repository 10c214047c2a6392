//! The envelope: whose object a message is for, and what kind of message it is.
//!
//! While a deployment is under way, Workers of two versions talk to objects of two versions. So the envelope's fields
//! stand beside those of the message, on one level. An object that knows no envelope finds a command where it always
//! was, and passes over what was added; a message that does not name its kind is a command, which is all that a Worker
//! without envelopes sends. A kind that an object does not know is refused, never taken for another: the Worker sends
//! it again, for a while, and the object may be of the new version by then.

use super::command::Command;
use crate::directory::id::CompanyId;
use crate::typed::{self, Mistake};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) company: CompanyId,
    pub(crate) message: Message,
}

#[derive(Debug)]
pub(crate) enum Message {
    /// A write to one group.
    Command(Box<Command>),
}

/// The envelope's own fields.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    company: CompanyId,
    #[serde(default)]
    message: MessageKind,
}

/// No message has fields of these names.
const HEAD: [&str; 2] = ["company", "message"];

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MessageKind {
    #[default]
    Command,
}

impl Envelope {
    pub(crate) fn read(text: String) -> Result<Self, Mistake> {
        let mut sent = typed::parsed(text)?;
        let head: Map<String, Value> = HEAD
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), sent.get_mut(name)?.take())))
            .collect();
        let Head { company, message } = typed::ours(head.into())?;
        let message = match message {
            MessageKind::Command => Message::Command(Box::new(typed::ours(sent)?)),
        };
        Ok(Self { company, message })
    }
}

/// The JSON of an envelope with a command, which may be long: it is not copied into one.
pub(crate) fn of_command(company: &CompanyId, command: &Command) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct SentEnvelope<'a> {
        #[serde(flatten)]
        head: Head,
        #[serde(flatten)]
        message: &'a Command,
    }
    serde_json::to_string(&SentEnvelope {
        head: Head {
            company: company.clone(),
            message: MessageKind::Command,
        },
        message: command,
    })
}

#[cfg(test)]
mod tests;
