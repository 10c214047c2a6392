use super::{Choice, MemberTest, MembersAttribute};
use crate::scim::filter::Filter;
use crate::scim::schema::GROUP;
use proptest::prelude::*;
use serde_json::{Value, json};

const USERS: &str = "https://host/v2/Users/";
const PEOPLE: [(&str, Option<&str>); 6] = [
    ("tea_1", Some("Ada")),
    ("tea_2", Some("ada lovelace")),
    ("tea_12", Some("")),
    ("TEA_1", None),
    ("s/1", Some("Straße")),
    ("2", Some("Bob")),
];

fn members() -> MembersAttribute<'static> {
    MembersAttribute {
        attribute: GROUP.attribute("members").expect("declared"),
        users: USERS,
    }
}

/// A member as SCIM shows it.
fn element((id, display): (&str, Option<&str>)) -> Value {
    let mut element = json!({"value": id, "$ref": format!("{USERS}{id}"), "type": "User"});
    if let Some(display) = display {
        element["display"] = display.into();
    }
    element
}

/// Whether a choice admits a member.
fn admits(choice: &Choice, (id, display): (&str, Option<&str>)) -> bool {
    match choice {
        Choice::Only(ids) => ids.contains(id),
        Choice::AllBut(ids) => !ids.contains(id),
        Choice::Where(selection) => selection.holds(&|test| match test {
            MemberTest::Among(ids) => ids.contains(id),
            MemberTest::Id(test) => test.admits(&id.into()),
            MemberTest::Display(test) => test.admits_any(display.map(Value::from).as_ref()),
        }),
    }
}

fn parsed(text: &str) -> Filter {
    let text = format!("{text}]");
    let (filter, rest) = Filter::parse_value_filter(&text).expect(&text);
    assert_eq!(rest, "");
    filter
}

fn filter() -> impl Strategy<Value = String> {
    let name = proptest::sample::select(&["value", "$ref", "type", "display"][..]);
    let operator =
        proptest::sample::select(&["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"][..]);
    let literal = prop_oneof![
        8 => proptest::sample::select(&[
            "tea_1", "tea_12", "TEA_1", "tea", "1", "_1", "", "User", "user", "ser", "Group", "Ada", "ada", "STRASSE",
            "https://host/v2/Users/tea_1", "https://host/v2/Users/", "https://host/v2/Users", "https://host/v2/Zsers/",
            "https://host/v2/Users/t", "/tea_1", "Users/tea_1", "Users/2", "/", "s/", "s/s/1", "v2", "host/v2/Users/TEA_1",
            "a", "z", "\u{e9}/",
        ][..]).prop_map(|text| json!(text).to_string()),
        1 => proptest::sample::select(&["null", "true", "7"][..]).prop_map(str::to_owned),
    ];
    // The URI of a member is known under any of our addresses: `eq` is another test's.
    let leaf = prop_oneof![
        8 => (name.clone(), operator, literal)
            .prop_map(|(name, operator, literal)| match (name, operator) {
                ("$ref", "eq" | "ne") if literal.starts_with('"') => format!("value {operator} {literal}"),
                _ => format!("{name} {operator} {literal}"),
            }),
        1 => name.prop_map(|name| format!("{name} pr")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" and "))),
            proptest::collection::vec(inner.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" or "))),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_choice_is_what_the_filter_means(text in filter()) {
        let filter = parsed(&text);
        // What can't be compared is refused before anybody chooses by it.
        let Ok(meant) = filter.of_values(members().attribute) else {
            return Ok(());
        };
        let choice = Choice::of(&filter, members());
        for person in PEOPLE {
            prop_assert_eq!(
                admits(&choice, person),
                meant.admits(&element(person)),
                "{} of {:?}: {:?}", text, person, choice
            );
        }
    }
}

#[test]
fn what_asks_for_ids_type_or_uri_is_a_set() {
    let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    for (text, expected) in [
        ("value eq \"a\"", Choice::Only(set(&["a"]))),
        (
            "value eq \"a\" or value eq \"b\"",
            Choice::Only(set(&["a", "b"])),
        ),
        (
            "value eq \"a\" and type eq \"user\"",
            Choice::Only(set(&["a"])),
        ),
        ("value eq \"a\" and type eq \"Group\"", Choice::nobody()),
        (
            "value eq \"a\" and display eq \"A\" and type eq \"Group\"",
            Choice::nobody(),
        ),
        ("type eq \"User\"", Choice::everybody()),
        ("type eq \"User\" or display eq \"A\"", Choice::everybody()),
        ("value pr", Choice::everybody()),
        ("not (value eq \"a\")", Choice::AllBut(set(&["a"]))),
        (
            "not (value ne \"a\" and value ne \"b\")",
            Choice::Only(set(&["a", "b"])),
        ),
        (
            "$ref eq \"https://host/v2/Users/a\"",
            Choice::Only(set(&["a"])),
        ),
        (
            "$ref eq \"https://host/scim/con_1/v2/users/a/\"",
            Choice::Only(set(&["a"])),
        ),
        ("$ref eq \"../Users/a\"", Choice::Only(set(&["a"]))),
        ("$ref eq \"/v2/Groups/a\"", Choice::nobody()),
        ("$ref ne \"../Users/a\"", Choice::AllBut(set(&["a"]))),
        ("$ref sw \"https://host/v2/\"", Choice::everybody()),
    ] {
        assert_eq!(Choice::of(&parsed(text), members()), expected, "{text}");
    }
}
