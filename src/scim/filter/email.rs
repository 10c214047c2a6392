//! `email`, an attribute that no schema has: Frontegg's Okta guide sets Okta's "Unique identifier field for users" to
//! it, and Okta sends `filter=email eq "..."`.
//!
//! It means the e-mail addresses, and the userName of a teammate without any, since that is its address. There is no
//! comparison of its own for it: it is written as the two that it stands for, which have their indexes.

use super::comparison::Test;
use super::operand::Operand;
use super::resolved::{Logic, ResolvedFilter, ResourceTest};
use super::{Filter, resolve};
use crate::scim::error::ScimError;
use crate::scim::path::AttributePath;
use crate::scim::schema::ResourceType;

/// The addresses, and what stands for them where there are none.
pub(crate) struct Email {
    pub(crate) addresses: AttributePath,
    pub(crate) user_name: AttributePath,
}

impl Email {
    /// Where the path names it, and no attribute.
    pub(crate) fn named(
        path: &AttributePath,
        resource_type: &'static ResourceType,
    ) -> Option<Self> {
        let core = resource_type.schema.id;
        let is_core = path
            .schema
            .as_ref()
            .is_none_or(|urn| urn.eq_ignore_ascii_case(core));
        let is_named = is_core && path.sub.is_none() && path.name.eq_ignore_ascii_case("email");
        let has_addresses = resource_type.attribute("emails").is_some();
        let path = |name: &str, sub: Option<&str>| AttributePath {
            schema: None,
            name: name.to_owned(),
            sub: sub.map(str::to_owned),
        };
        (is_named && has_addresses).then(|| Self {
            addresses: path("emails", Some("value")),
            user_name: path("userName", None),
        })
    }
}

/// How many attributes a name stands for.
pub(super) fn attributes(path: &AttributePath) -> usize {
    if path.name.eq_ignore_ascii_case("email") {
        3
    } else {
        1
    }
}

/// A test of `email`, if the filter is one.
pub(super) fn resolved(
    filter: &Filter,
    resource_type: &'static ResourceType,
) -> Option<Result<ResolvedFilter, ScimError>> {
    let path = match filter {
        Filter::Present(path) => path,
        Filter::Compare { attribute, .. } => attribute,
        _ => return None,
    };
    let email = Email::named(path, resource_type)?;
    Some(either(filter, &email, resource_type))
}

fn either(
    filter: &Filter,
    email: &Email,
    resource_type: &'static ResourceType,
) -> Result<ResolvedFilter, ScimError> {
    let of = |path: &AttributePath| {
        let of_path = match filter {
            Filter::Compare {
                operator, value, ..
            } => Filter::Compare {
                attribute: path.clone(),
                operator: *operator,
                value: value.clone(),
            },
            _ => Filter::Present(path.clone()),
        };
        resolve::resolve_leaf(&of_path, resource_type)
    };
    let addresses = Operand::find(&email.addresses, resource_type, ScimError::invalid_filter)?;
    let are = |test| {
        Logic::Test(ResourceTest::Value {
            operand: addresses.clone(),
            test,
        })
    };
    let mut of_addresses = of(&email.addresses)?;
    if let Logic::Test(ResourceTest::Value { test, .. }) = &of_addresses
        && test.holds_of_nothing()
    {
        of_addresses = Logic::And(vec![are(Test::NotNull), of_addresses]);
    }
    Ok(Logic::Or(vec![
        of_addresses,
        Logic::And(vec![are(Test::Null), of(&email.user_name)?]),
    ]))
}
