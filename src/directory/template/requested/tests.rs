use super::{MOST, Requested, ids_in};
use crate::directory::id::TemplateId;
use crate::directory::refusal::Refusal;
use crate::directory::teammate::Role;
use crate::directory::template::TemplateChoice;
use crate::directory::template::choice::Chosen;
use crate::scim::user::TemplateValues;
use proptest::prelude::*;

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

fn requested(extension: &[&str], roles: &[&str]) -> Requested {
    Requested::of(&TemplateValues {
        extension: extension.to_vec(),
        roles: roles.to_vec(),
    })
}

/// The name of the template that is applied, and the texts that were unknown and meaningless.
fn chosen<'a>(
    requested: &'a Requested,
    known: &'a [TemplateChoice],
) -> (Option<&'a str>, Vec<&'a str>, Vec<&'a str>) {
    let Chosen {
        template,
        unknown,
        meaningless,
    } = requested.among(known).expect("few enough");
    let name = template.map(|template| template.name.as_str());
    (name, unknown, meaningless)
}

#[test]
fn an_id_is_found_with_anything_around_it() {
    for text in [
        "tea_6nvk",
        "Support squad: tea_6nvk",
        "Support squad:tea_6nvk",
        "EU: Support:tea_6nvk",
        " tea_6nvk\t",
        "\u{a0}tea_6nvk\u{a0}",
        "Support squad:\u{a0}tea_6nvk\u{2003}",
        "\u{feff}tea_6nvk\u{200b}",
        "\"tea_6nvk\"",
        "'Support squad: tea_6nvk'",
        "“Support squad: tea_6nvk”",
        "«tea_6nvk»",
        "Support squad (tea_6nvk)",
        "Support squad [tea_6nvk]",
        "{tea_6nvk}",
        "<tea_6nvk>",
        "（tea_6nvk）",
        "tea_6nvk: Support squad",
        "tea_6nvk - Support squad",
        "tea_6nvk-support",
        "support-tea_6nvk",
        "tea_6nvk_support",
        "Support_squad_tea_6nvk",
        "Support squad：tea_6nvk",
        "サポートtea_6nvkチーム",
        "Support = tea_6nvk;",
        "Support|tea_6nvk",
        "Support squad: TEA_6NVK",
        "Support squad (tea_6nvk), EU (tea_6nvk)",
        "https://app.example.com/templates/tea_6nvk?tab=overview",
        r#"{"id":"1","value":"tea_6nvk","displayName":"Support squad: tea_6nvk"}"#,
        "Support\nsquad:\r\ntea_6nvk\n",
    ] {
        assert_eq!(ids_in(text, MOST), ids(&["tea_6nvk"]), "{text}");
    }
    assert_eq!(
        ids_in("tea_a, tea_b;tea_c", MOST),
        ids(&["tea_a", "tea_b", "tea_c"])
    );
}

#[test]
fn no_id_is_seen_where_none_stands() {
    for text in [
        "",
        "User",
        "Default Access",
        "msiam_access",
        "tea",
        "tea_",
        "tea_: Support",
        "tea-6nvk",
        "tea 6nvk",
        "steak_house",
        "chutea_6nvk",
        "grp_6nvk",
    ] {
        assert_eq!(ids_in(text, MOST), ids(&[]), "{text}");
    }
}

#[test]
fn the_extension_comes_before_roles() {
    let known = [named("tea_a", "A"), named("tea_b", "B")];
    let both = requested(&["tea_b"], &["tea_a"]);
    assert_eq!(both.ids(), [&TemplateId::named("tea_b")]);
    assert_eq!(chosen(&both, &known), (Some("B"), vec![], vec![]));
    let roles = requested(&[], &["tea_b", "tea_a"]);
    assert_eq!(chosen(&roles, &known), (Some("A"), vec![], vec![]));
    // A default role in the extension names none.
    let default = requested(&["User"], &["x: tea_a"]);
    assert_eq!(chosen(&default, &known), (Some("A"), vec![], vec!["User"]));
    let unknown = requested(&["tea_x"], &["tea_a"]);
    assert_eq!(chosen(&unknown, &known), (None, vec!["tea_x"], vec![]));
    let by_name = requested(&["B"], &["tea_a"]);
    assert_eq!(chosen(&by_name, &known), (Some("B"), vec![], vec![]));
    assert!(requested(&["  ", "\u{a0}"], &[""]).is_empty());
}

#[test]
fn of_several_the_first_by_name_is_chosen() {
    let known = [
        named("tea_1", "recruiting"),
        named("tea_2", "HR"),
        named("tea_3", "Sales"),
        named("tea_4", "Écoute"),
        named("tea_5", "Fundraising"),
    ];
    for (texts, first) in [
        (vec!["tea_1", "tea_2", "tea_3"], "HR"),
        (vec!["tea_3", "tea_1"], "recruiting"),
        (vec!["tea_2", "tea_4", "tea_5"], "Écoute"),
        (vec!["tea_3, tea_2"], "HR"),
        (vec!["Sales", "HR: tea_2"], "HR"),
    ] {
        let requested = requested(&texts, &[]);
        assert_eq!(
            chosen(&requested, &known),
            (Some(first), vec![], vec![]),
            "{texts:?}"
        );
    }
    let twins = [named("tea_b", "HR"), named("tea_a", "HR")];
    let twin = requested(&["HR"], &[]);
    let among = twin.among(&twins).expect("few enough");
    assert_eq!(
        among.template.map(|template| template.id.as_str()),
        Some("tea_a")
    );
}

#[test]
fn a_name_is_taken_exactly() {
    let known = [named("tea_1", "Équipe: A"), named("tea_2", "User")];
    for (text, template) in [
        ("Équipe: A", Some("Équipe: A")),
        ("\u{a0} E\u{301}quipe: A\n", Some("Équipe: A")),
        ("User", Some("User")),
        ("user", None),
        ("Équipe", None),
        ("Équipe: A ?", None),
    ] {
        let requested = requested(&[text], &[]);
        assert_eq!(chosen(&requested, &known).0, template, "{text}");
    }
}

#[test]
fn a_name_that_looks_like_an_id_comes_first() {
    let known = [named("tea_1", "Tea_party"), named("tea_party", "A")];
    for (text, template) in [
        ("Tea_party", "Tea_party"),
        ("tea_party", "A"),
        ("X: tea_party", "A"),
    ] {
        let requested = requested(&[text], &[]);
        assert!(requested.names().contains(&text.to_owned()));
        assert_eq!(
            chosen(&requested, &known),
            (Some(template), vec![], vec![]),
            "{text}"
        );
    }
}

#[test]
fn what_is_not_known_is_told_as_it_was_sent() {
    let known = [named("tea_1", "Sales")];
    let beside = requested(&["tea_1", "\u{a0}X: tea_9 ", "Default Access"], &[]);
    assert_eq!(
        chosen(&beside, &known),
        (
            Some("Sales"),
            vec!["\u{a0}X: tea_9 "],
            vec!["Default Access"]
        )
    );
    // In one text what only looks like an id is a label.
    let label = requested(&["Tea_lovers: tea_1"], &[]);
    assert_eq!(chosen(&label, &known), (Some("Sales"), vec![], vec![]));
    let long = requested(&[&format!("{} tea_9", "x".repeat(1000))], &[]);
    let (_, unknown, _) = chosen(&long, &known);
    assert_eq!(unknown.first().map(|text| text.chars().count()), Some(501));
}

#[test]
fn what_is_looked_up_is_bounded() {
    let texts: Vec<String> = (0..=MOST).map(|place| format!("tea_{place}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let joined = texts.join(" ");
    let words = vec!["User"; MOST + 1];
    for too_much in [
        requested(&texts, &[]),
        requested(&[], &texts),
        requested(&[&joined], &[]),
        requested(&words, &[]),
    ] {
        assert!(matches!(too_much.among(&[]), Err(Refusal::Scim(_))));
        assert!(too_much.ids().len() + too_much.names().len() <= 2 * MOST);
    }
    assert!(requested(&texts[..MOST], &[]).among(&[]).is_ok());
}

proptest! {
    #[test]
    fn any_label_will_do(
        before in "|(\\PC{0,20}[ :(\"'«：_\u{a0}\u{200b}-])",
        id in "tea_[0-9a-z]{1,26}",
        after in "|([ :)\"'»）_\u{a0}\u{200b}-]\\PC{0,20})",
    ) {
        let text = format!("{before}{id}{after}");
        prop_assert!(ids_in(&text, MOST).contains(&TemplateId::named(&id)), "{}", text);
    }

    #[test]
    fn any_text_is_read(text in "(tea_?|[a-z]|\\PC|[_ :]){0,40}") {
        let wish = requested(&[&text], &[]);
        let found: Vec<TemplateChoice> =
            wish.ids().into_iter().map(|id| named(id.as_str(), "T")).collect();
        let (template, unknown, _) = chosen(&wish, &found);
        prop_assert_eq!(template.is_some(), !found.is_empty());
        prop_assert!(unknown.is_empty());
    }
}
