//! What a create says of templates: the texts in which identity providers name them.
//!
//! Invariant: how much is looked up for one create is bounded, however long the texts are.

use crate::directory::id::TemplateId;
use crate::scim::fold::{self, normal};
use crate::scim::user::TemplateValues;

/// Texts, and ids in them, that one create may name. An admin assigns one template, or a few by groups.
pub(super) const MOST: usize = 100;

/// Characters of a template's name, as the management API bounds it.
const LONGEST_NAME: usize = 200;

/// Characters that one character has in the decomposed form, at most (Unicode Standard Annex 15).
const MOST_PARTS: usize = 4;

/// Characters of a text that messages show.
const MOST_SHOWN: usize = 500;

/// The texts in the order of precedence: those of the `frontapp:teammate` extension, then those of `roles` entries
/// of type "template".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requested {
    pub(super) extension: Vec<Naming>,
    pub(super) roles: Vec<Naming>,
    pub(super) is_too_much: bool,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Naming {
    pub(super) sent: String,
    pub(super) ids: Vec<TemplateId>,
    /// The text as a template's name, in Unicode's composed form; none where it is too long. It may be one although
    /// something like an id stands in it.
    pub(super) name: Option<String>,
}

impl Requested {
    pub fn of(values: &TemplateValues<'_>) -> Self {
        let mut left = MOST;
        let extension = namings(&values.extension, &mut left);
        // Where the extension names a template by its id, nothing else is asked.
        let has_ids = extension
            .iter()
            .flatten()
            .any(|naming| !naming.ids.is_empty());
        let roles = if has_ids {
            Some(Vec::new())
        } else {
            namings(&values.roles, &mut left)
        };
        Self {
            is_too_much: extension.is_none() || roles.is_none(),
            extension: extension.unwrap_or_default(),
            roles: roles.unwrap_or_default(),
        }
    }

    /// What the operator's app asks for: ids, and no texts that would have to be read.
    pub fn of_id(id: Option<&TemplateId>) -> Self {
        let naming = |id: &TemplateId| Naming {
            sent: shown(id.as_str()),
            ids: vec![id.clone()],
            name: None,
        };
        Self {
            extension: id.map(naming).into_iter().collect(),
            ..Self::default()
        }
    }

    pub fn is_empty(&self) -> bool {
        self.namings().next().is_none()
    }

    /// The ids in the texts, each once.
    pub fn ids(&self) -> Vec<&TemplateId> {
        let mut ids: Vec<_> = self.namings().flat_map(|naming| &naming.ids).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The names that the texts may be. SQLite compares bytes, and systems differ in the form that they write
    /// accents in: so each in both.
    pub fn names(&self) -> Vec<String> {
        let names = self.namings().filter_map(|naming| naming.name.as_ref());
        let mut forms: Vec<String> = names
            .flat_map(|name| [name.clone(), normal::decomposed(name.chars()).collect()])
            .collect();
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    fn namings(&self) -> impl Iterator<Item = &Naming> {
        self.extension.iter().chain(&self.roles)
    }
}

/// Whether the text is of the form in which ids are made.
fn is_an_id(text: &str) -> bool {
    text.strip_prefix(TemplateId::PREFIX).is_some_and(|rest| {
        rest.len() == TemplateId::LENGTH - TemplateId::PREFIX.len()
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// None where there are too many.
fn namings(texts: &[&str], left: &mut usize) -> Option<Vec<Naming>> {
    let mut namings = Vec::new();
    for text in texts {
        // Blanks alone are nothing.
        if text.trim().is_empty() {
            continue;
        }
        let ids = ids_in(text, *left);
        *left = left.checked_sub(ids.len().max(1))?;
        // What is longer than this is too long in the composed form as well.
        let most = MOST_PARTS * LONGEST_NAME + 1;
        let name = normal::composed(text.trim().chars().take(most));
        // What is an id of ours and nothing else is no name: the usual create is spared the look-up.
        let may_be_a_name = name.chars().count() <= LONGEST_NAME && !is_an_id(text.trim());
        namings.push(Naming {
            sent: shown(text),
            ids,
            name: may_be_a_name.then_some(name),
        });
    }
    Some(namings)
}

/// The template ids that stand in a text, with whatever around them: Entra's `SingleAppRoleAssignment` sends the app
/// role's display name, which Front's guide has admins spell `Support squad: tea_6nvk`. At most one more than
/// `most`.
fn ids_in(text: &str, most: usize) -> Vec<TemplateId> {
    // Ids are Crockford's base 32, which is read in either case.
    let folded = fold::text(text);
    let words =
        folded.split(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    let mut ids: Vec<TemplateId> = Vec::new();
    for word in words.filter(|word| word.contains('_')) {
        // A label may be joined to the id with a low line.
        let mut parts = word.split('_').peekable();
        while let Some(part) = parts.next() {
            let Some(body) = parts
                .peek()
                .filter(|body| part == PREFIX && !body.is_empty())
            else {
                continue;
            };
            let id = TemplateId::named(format!("{}{body}", TemplateId::PREFIX));
            if !ids.contains(&id) {
                ids.push(id);
            }
            if ids.len() > most {
                return ids;
            }
        }
    }
    ids
}

/// [`TemplateId::PREFIX`] without its low line.
const PREFIX: &str = "tea";

/// The text as messages show it: as it was sent, as far as anybody would read it.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(MOST_SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests;
