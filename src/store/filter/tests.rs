pub(in crate::store) mod random;

use super::{Bindings, Condition, MAX_PARAMETERS, Order, compile, compile_among};
use crate::directory::company::plan::Plan;
use crate::directory::company::{Company, Settings};
use crate::directory::id::CompanyId;
use crate::directory::teammate::Listed;
use crate::directory::time::Timestamp;
use crate::scim::filter::Filter;
use crate::scim::schema::GROUP;
use crate::store::list::Entry;

const WALKED: usize = 20;

fn condition(text: &str) -> Condition {
    compile(&Filter::parse(text).expect(text), Listed::TABLE).expect(text)
}

#[test]
fn what_can_have_one_match_is_known() {
    for (filter, expected) in [
        ("id eq \"tea_1\"", true),
        ("userName eq \"a\"", true),
        ("title pr and userName eq \"a\"", true),
        ("userName eq \"a\" or userName eq \"b\"", false),
        ("not (userName eq \"a\")", false),
        ("not (not (userName eq \"a\"))", false),
        ("externalId eq \"a\"", false),
        ("userName sw \"a\"", false),
    ] {
        assert_eq!(condition(filter).is_unique(), expected, "{filter}");
    }
    assert!(!Condition::all(Listed::TABLE).is_unique());
}

#[test]
fn totals_come_from_the_companys_counts_where_these_say_it() {
    let company = Company {
        active_teammates: 7,
        listed_teammates: 10,
        ..Company::new(
            CompanyId::named("cmp_acme"),
            Settings::new("Acme".into(), Plan::Scale),
            Timestamp(0),
        )
    };
    for (filter, total) in [
        ("active eq true", Some(7)),
        ("active eq \"False\"", Some(3)),
        ("active ne true", Some(3)),
        ("active eq true and title pr", None),
        ("emails.primary eq true", None),
    ] {
        let condition = condition(filter);
        assert_eq!(condition.known_total(&company), total, "{filter}");
        assert_eq!(condition.is_counted(), total.is_some(), "{filter}");
    }
    assert_eq!(
        Condition::all(Listed::TABLE).known_total(&company),
        Some(10)
    );
}

#[test]
fn comparisons_with_every_element_are_bounded() {
    let of = |count: usize| {
        let parts: Vec<String> = (0..count)
            .map(|number| format!("value co \"{number}\""))
            .collect();
        format!("emails[{}]", parts.join(" or "))
    };
    let compiled = |text: &str| compile(&Filter::parse(text).expect("valid"), Listed::TABLE);
    assert!(compiled(&of(WALKED)).is_ok());
    let error = compiled(&of(WALKED + 1)).expect_err("too many");
    assert_eq!(
        error.detail,
        "The filter makes 21 comparisons with lists of every user; at most 20 are taken. Narrow it by userName, id, externalId, emails.value or groups.value, joined with \"and\", or ask in several requests."
    );
    let narrowed = format!("externalId eq \"x\" and {}", of(70));
    assert!(compiled(&narrowed).is_ok());
}

#[test]
fn parameters_are_bounded() {
    let urn = "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields";
    let with = |count: usize| {
        let parts: Vec<String> = (0..count)
            .map(|number| format!("{urn}:f{number} eq {number}"))
            .collect();
        // The name and the value of each.
        compile(
            &Filter::parse(&parts.join(" or ")).expect("valid"),
            Listed::TABLE,
        )
    };
    assert!(with(MAX_PARAMETERS / 2).is_ok());
    let error = with(MAX_PARAMETERS / 2 + 1).expect_err("too many");
    assert_eq!(
        error.detail,
        "The filter compares with 82 different values; at most 80 are taken. Ask in several requests."
    );
}

#[test]
fn what_holds_of_all_or_of_none_is_compiled_as_such() {
    let found = |text: &str| {
        let filter = Filter::parse(text).expect("valid");
        let condition = compile_among(&filter, Listed::TABLE, &[&GROUP]).expect("compiled");
        let rows = condition.rows(&Order::default(), &mut Bindings::default());
        (rows.from, rows.condition)
    };
    let of_all = "teammates t";
    let listed = "+t.state IN ('active', 'blocked')";
    assert_eq!(
        found("members.value ne \"a\""),
        (of_all.to_owned(), format!("{listed} AND TRUE"))
    );
    assert_eq!(
        found("members pr"),
        (
            of_all.to_owned(),
            format!("{listed} AND t.id IN () AND FALSE")
        )
    );
    assert_eq!(
        found("not (members pr)"),
        (of_all.to_owned(), format!("{listed} AND TRUE"))
    );
    assert_eq!(
        found("members pr and title pr").1,
        format!("{listed} AND t.id IN () AND (FALSE AND {TITLE_IS_THERE})")
    );
}

const TITLE_IS_THERE: &str = "CASE json_type(t.attributes, '$.\"title\"') WHEN 'null' THEN FALSE \
    WHEN 'text' THEN json_extract(t.attributes, '$.\"title\"') <> '' \
    WHEN 'array' THEN json_extract(t.attributes, '$.\"title\"') <> '[]' \
    WHEN 'object' THEN json_extract(t.attributes, '$.\"title\"') <> '{}' \
    ELSE json_type(t.attributes, '$.\"title\"') IS NOT NULL END";
