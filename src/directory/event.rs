//! Events: what the operator's app is told of a change, one for each change.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventType {
    CompanyCreated,
    CompanyUpdated,
    ConnectionCreated,
    ConnectionUpdated,
    ConnectionDeleted,
    TokenCreated,
    TokenRevoked,
    TemplateCreated,
    TemplateUpdated,
    TemplateDeleted,
    TeammateCreated,
    TeammateUpdated,
    TeammateBlocked,
    TeammateUnblocked,
    TeammateRemoved,
    TeammateDeleted,
    GroupCreated,
    GroupAdopted,
    GroupAdoptionUndone,
    GroupRenamed,
    GroupUpdated,
    GroupMembersAdded,
    GroupMembersRemoved,
    GroupMembersConfirmed,
    GroupDeleted,
    GroupRestored,
    GroupReleased,
}

impl EventType {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CompanyCreated => "company.created",
            Self::CompanyUpdated => "company.updated",
            Self::ConnectionCreated => "connection.created",
            Self::ConnectionUpdated => "connection.updated",
            Self::ConnectionDeleted => "connection.deleted",
            Self::TokenCreated => "token.created",
            Self::TokenRevoked => "token.revoked",
            Self::TemplateCreated => "template.created",
            Self::TemplateUpdated => "template.updated",
            Self::TemplateDeleted => "template.deleted",
            Self::TeammateCreated => "teammate.created",
            Self::TeammateUpdated => "teammate.updated",
            Self::TeammateBlocked => "teammate.blocked",
            Self::TeammateUnblocked => "teammate.unblocked",
            Self::TeammateRemoved => "teammate.removed",
            Self::TeammateDeleted => "teammate.deleted",
            Self::GroupCreated => "group.created",
            Self::GroupAdopted => "group.adopted",
            Self::GroupAdoptionUndone => "group.adoption_undone",
            Self::GroupRenamed => "group.renamed",
            Self::GroupUpdated => "group.updated",
            Self::GroupMembersAdded => "group.members_added",
            Self::GroupMembersRemoved => "group.members_removed",
            Self::GroupMembersConfirmed => "group.members_confirmed",
            Self::GroupDeleted => "group.deleted",
            Self::GroupRestored => "group.restored",
            Self::GroupReleased => "group.released",
        }
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
