//! Which of the templates that a create asks for is applied.

use super::order::CollationKey;
use super::requested::{MOST, Naming};
use super::{Requested, TemplateChoice};
use crate::directory::refusal::Refusal;
use crate::scim::error::ScimError;
use crate::scim::fold::normal;

/// What became of the texts of a create.
#[derive(Debug, PartialEq, Eq)]
pub struct Chosen<'sent, 'known> {
    /// Of several, the first by name.
    pub template: Option<&'known TemplateChoice>,
    /// Texts with an id, of which no template exists.
    pub unknown: Vec<&'sent str>,
    /// Texts that have no id in them and are no template's name, such as Entra's default roles: they mean none.
    pub meaningless: Vec<&'sent str>,
}

impl Requested {
    /// `known` are those that were found by the ids and names here. The extension decides; where it names no
    /// template, roles do.
    pub fn among<'sent, 'known>(
        &'sent self,
        known: &'known [TemplateChoice],
    ) -> Result<Chosen<'sent, 'known>, Refusal> {
        if self.is_too_much {
            return Err(ScimError::invalid_value(format!(
                "The user names more than {MOST} teammate templates, and one is applied. Correct the mapping in \
                 your identity provider; nothing was created."
            ))
            .into());
        }
        let mut chosen = choose(&self.extension, known);
        if chosen.template.is_none() && chosen.unknown.is_empty() {
            let by_roles = choose(&self.roles, known);
            chosen.meaningless.extend(by_roles.meaningless);
            chosen.template = by_roles.template;
            chosen.unknown = by_roles.unknown;
        }
        Ok(chosen)
    }
}

fn choose<'sent, 'known>(
    namings: &'sent [Naming],
    known: &'known [TemplateChoice],
) -> Chosen<'sent, 'known> {
    let mut templates = Vec::new();
    let mut unknown = Vec::new();
    let mut meaningless = Vec::new();
    for naming in namings {
        let named = named_by(naming, known);
        match (named.is_empty(), naming.ids.is_empty()) {
            (false, _) => templates.extend(named),
            (true, false) => unknown.push(naming.sent.as_str()),
            (true, true) => meaningless.push(naming.sent.as_str()),
        }
    }
    Chosen {
        template: templates
            .into_iter()
            .min_by_key(|template| (CollationKey::of(&template.name), template.id.clone())),
        unknown,
        meaningless,
    }
}

/// By the text as a name, or else by an id in it: a name may hold what only looks like an id (`tea_party`). What looks
/// like one beside an id belongs to the label.
fn named_by<'a>(naming: &Naming, known: &'a [TemplateChoice]) -> Vec<&'a TemplateChoice> {
    let is_named = |template: &&TemplateChoice| {
        let name = naming.name.as_ref();
        name.is_some_and(|name| normal::composed(template.name.chars()) == *name)
    };
    let by_name: Vec<_> = known.iter().filter(is_named).collect();
    if !by_name.is_empty() {
        return by_name;
    }
    known
        .iter()
        .filter(|template| naming.ids.contains(&template.id))
        .collect()
}
