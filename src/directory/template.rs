//! Teammate templates: defaults that a teammate gets at creation, and never again.

use super::id::TemplateId;
use super::refusal::Refusal;
use super::teammate::Role;
use super::time::Timestamp;
use crate::scim::user::TemplateValues;
use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Template {
    pub id: TemplateId,
    pub name: String,
    /// The only default that Rollcall applies itself; the rest is the app's.
    pub role: Role,
    pub workspaces: Value,
    pub inboxes: Value,
    pub custom_fields: Value,
    pub preferences: Value,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What decides about a template at creation: the rest of it does not travel with every create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateChoice {
    pub id: TemplateId,
    pub name: String,
    pub role: Role,
}

/// The template ids that a create asks for, in the order of precedence: those of the `frontapp:teammate`
/// extension, or else those of `roles` entries of type "template".
pub fn requested(values: &TemplateValues<'_>) -> Vec<TemplateId> {
    let texts = if values.extension.is_empty() {
        &values.roles
    } else {
        &values.extension
    };
    texts.iter().filter_map(|text| template_id(text)).collect()
}

/// A template id, or a label, a colon and the id: Entra's `SingleAppRoleAssignment` sends the app role's
/// display name, which Front's guide has admins spell `Support squad: tea_6nvk`.
fn template_id(text: &str) -> Option<TemplateId> {
    let id = text.rsplit_once(':').map_or(text, |(_, id)| id).trim();
    (!id.is_empty()).then(|| TemplateId::named(id))
}

/// The one to apply: of several, the first by name in alphabetical order.
/// The error names the first that does not exist.
pub fn choose<'a>(
    requested: &[TemplateId],
    known: &'a [TemplateChoice],
) -> Result<Option<&'a TemplateChoice>, Refusal> {
    let mut chosen: Vec<&TemplateChoice> = Vec::new();
    for id in requested {
        let template = known
            .iter()
            .find(|template| template.id == *id)
            .ok_or_else(|| Refusal::UnknownTemplate { id: id.clone() })?;
        chosen.push(template);
    }
    Ok(chosen
        .into_iter()
        .min_by_key(|template| (template.name.to_lowercase(), template.id.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str, name: &str) -> TemplateChoice {
        TemplateChoice {
            id: TemplateId::named(id),
            name: name.into(),
            role: Role::Teammate,
        }
    }

    fn ids(texts: &[&str]) -> Vec<TemplateId> {
        texts.iter().map(|text| TemplateId::named(*text)).collect()
    }

    #[test]
    fn the_extension_comes_before_roles() {
        let values = |extension: Vec<&'static str>, roles: Vec<&'static str>| {
            requested(&TemplateValues { extension, roles })
        };
        assert_eq!(values(vec!["tea_a"], vec!["tea_b"]), ids(&["tea_a"]));
        assert_eq!(
            values(vec![], vec!["tea_b", "tea_c"]),
            ids(&["tea_b", "tea_c"])
        );
        assert_eq!(values(vec!["  "], vec![]), ids(&[]));
    }

    #[test]
    fn a_label_before_a_colon_is_skipped() {
        for text in [
            "tea_6nvk",
            "Support squad: tea_6nvk",
            "EU: Support:tea_6nvk",
            " tea_6nvk ",
        ] {
            assert_eq!(
                template_id(text),
                Some(TemplateId::named("tea_6nvk")),
                "{text}"
            );
        }
    }

    #[test]
    fn of_several_the_first_by_name_is_chosen() {
        let known = [
            named("tea_1", "Recruiting"),
            named("tea_2", "HR"),
            named("tea_3", "Sales"),
        ];
        let chosen = choose(&ids(&["tea_1", "tea_2"]), &known).unwrap().unwrap();
        assert_eq!(chosen.name, "HR");
        assert_eq!(choose(&[], &known).unwrap(), None);
        assert!(matches!(
            choose(&ids(&["tea_1", "tea_9"]), &known),
            Err(Refusal::UnknownTemplate { id }) if id.as_str() == "tea_9"
        ));
    }
}
