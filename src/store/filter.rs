//! From a SCIM filter to a condition that an index answers.
//!
//! This version compiles `eq` on the attributes that identity providers look people up by; any other
//! filter is refused with 400 `invalidFilter`, never answered with an empty list.

use crate::directory::fold::fold;
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::schema::USER_URN;

/// What a list is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    All,
    Id(String),
    /// Case-folded: userName is not caseExact (RFC 7643, section 4.1.1).
    UserName(String),
    /// As sent: externalId is caseExact (RFC 7643, section 3.1).
    ExternalId(String),
    /// Case-folded.
    Email(String),
}

impl Condition {
    /// Whether at most one teammate of a company can meet it.
    pub fn is_unique(&self) -> bool {
        matches!(self, Self::Id(_) | Self::UserName(_))
    }
}

pub fn compile(filter: &Filter) -> Result<Condition, ScimError> {
    let Filter::Compare {
        attribute,
        operator: Operator::Equal,
        value: Literal::String(value),
    } = filter
    else {
        return Err(unsupported());
    };
    let is_core = attribute
        .schema
        .as_ref()
        .is_none_or(|schema| schema.eq_ignore_ascii_case(USER_URN));
    if !is_core {
        return Err(unsupported());
    }
    let name = attribute.name.to_ascii_lowercase();
    let sub = attribute.sub.as_ref().map(|sub| sub.to_ascii_lowercase());
    match (name.as_str(), sub.as_deref()) {
        ("id", None) => Ok(Condition::Id(value.clone())),
        ("username", None) => Ok(Condition::UserName(fold(value))),
        ("externalid", None) => Ok(Condition::ExternalId(value.clone())),
        // A multi-valued complex attribute without a sub-attribute means its `value` (RFC 7644, section
        // 3.4.2.2); PingFederate sends it so.
        ("emails", Some("value") | None) => Ok(Condition::Email(fold(value))),
        _ => Err(unsupported()),
    }
}

fn unsupported() -> ScimError {
    ScimError::invalid_filter(
        "This filter is not supported yet. Filters of the form attribute eq \"value\" are, on userName, \
         externalId, id and emails.value.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(text: &str) -> Result<Condition, ScimError> {
        compile(&Filter::parse(text).expect("a filter"))
    }

    #[test]
    fn equality_on_a_key_becomes_a_condition() {
        for (text, condition) in [
            (
                "userName eq \"Rita@ACME.com\"",
                Condition::UserName("rita@acme.com".into()),
            ),
            ("USERNAME EQ \"É\"", Condition::UserName("é".into())),
            (
                "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"a\"",
                Condition::UserName("a".into()),
            ),
            ("externalId eq \"AbC\"", Condition::ExternalId("AbC".into())),
            ("id eq \"tea_1\"", Condition::Id("tea_1".into())),
            (
                "emails.value eq \"A@b.c\"",
                Condition::Email("a@b.c".into()),
            ),
            ("emails eq \"A@b.c\"", Condition::Email("a@b.c".into())),
        ] {
            assert_eq!(compiled(text), Ok(condition), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "userName sw \"a\"",
            "userName eq \"a\" and active eq true",
            "not (userName eq \"a\")",
            "displayName eq \"a\"",
            "userName eq true",
            "emails[type eq \"work\"].value eq \"a\"",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:userName eq \"a\"",
            "userName pr",
        ] {
            assert_eq!(compiled(text), Err(unsupported()), "{text}");
        }
    }
}
