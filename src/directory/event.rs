//! Events: what the operator's app is told of a change, one for each change. The table of their types is here, and
//! what an event of each type says is here alone.
//!
//! Invariants. An event says nothing but what was changed ([`part`]): no URL is in it, so that it is the same by whatever
//! host somebody called. What was written by an earlier version is read by a later one: a field that came later has a
//! default, and one that is gone is passed over; earlier versions told the whole of what they had changed, before and after.
//!
//! Events of groups are put together in SQL, which alone knows who of the members really came and went
//! (`store::groups::write`); its tests read them back as what is declared here.

pub mod kept;
pub mod part;
mod step;
#[cfg(test)]
mod tests;

pub use kept::Kept;
pub use part::{Part, Told};
pub use step::{Changed, Created, Deleted, GroupStep, Step};

use super::company::Company;
use super::connection::AppConnection;
use super::group::AppGroup;
use super::teammate::AppTeammate;
use super::template::Template;
use super::token::Token;
use serde::Serialize;
#[cfg(test)]
use serde::de::Error as _;
use std::borrow::Cow;
use std::fmt;

macro_rules! events {
    ($($name:ident $text:literal $data:ty;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum EventType {
            $($name,)*
        }

        impl EventType {
            #[cfg(test)]
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }

        /// A type with what an event of it says. Serialized, it is the event's `data`.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        #[cfg_attr(not(test), expect(dead_code, reason = "those of groups are put together in SQL"))]
        pub enum Event<'a> {
            $($name($data),)*
        }

        impl Event<'_> {
            pub fn event_type(&self) -> EventType {
                match self {
                    $(Self::$name(_) => EventType::$name,)*
                }
            }

            /// Reads an event as it is kept: its type, and its data as JSON.
            #[cfg(test)]
            pub fn read(event_type: &str, data: &str) -> Result<Event<'static>, serde_json::Error> {
                match event_type {
                    $($text => serde_json::from_str(data).map(Event::$name),)*
                    other => Err(serde_json::Error::custom(format!("no event has the type {other}"))),
                }
            }
        }
    };
}

events! {
    CompanyCreated "company.created" Created<Cow<'a, Company>>;
    CompanyUpdated "company.updated" Changed;
    CompanyQuotaNearlyUsed "company.quota_nearly_used" Changed;
    ConnectionCreated "connection.created" Created<AppConnection<'a>>;
    ConnectionUpdated "connection.updated" Changed;
    ConnectionDeleted "connection.deleted" Deleted<AppConnection<'a>>;
    TokenCreated "token.created" Created<Cow<'a, Token>>;
    TokenRevoked "token.revoked" Changed;
    TemplateCreated "template.created" Created<Cow<'a, Template>>;
    TemplateUpdated "template.updated" Changed;
    TemplateDeleted "template.deleted" Deleted<Cow<'a, Template>>;
    TeammateCreated "teammate.created" Created<AppTeammate<'a>>;
    TeammateUpdated "teammate.updated" Changed;
    TeammateBlocked "teammate.blocked" Changed;
    TeammateUnblocked "teammate.unblocked" Changed;
    TeammateRemoved "teammate.removed" Changed;
    TeammateDeleted "teammate.deleted" Changed;
    GroupCreated "group.created" GroupStep<(), AppGroup<'a>>;
    GroupAdopted "group.adopted" GroupStep<Part, Part>;
    GroupAdoptionUndone "group.adoption_undone" GroupStep<Part, Part>;
    GroupRenamed "group.renamed" GroupStep<Part, Part>;
    GroupUpdated "group.updated" GroupStep<Part, Part>;
    GroupMembersAdded "group.members_added" GroupStep<Part, Part>;
    GroupMembersRemoved "group.members_removed" GroupStep<Part, Part>;
    GroupMembersConfirmed "group.members_confirmed" GroupStep<Part, Part>;
    GroupDeleted "group.deleted" GroupStep<Part, Part>;
    GroupRestored "group.restored" GroupStep<Part, Part>;
    GroupReleased "group.released" GroupStep<Part, Part>;
}

impl fmt::Display for EventType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
