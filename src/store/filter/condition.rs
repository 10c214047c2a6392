//! A resolved filter as the condition of a `WHERE`.
//!
//! Invariants: the condition is true exactly where the filter matches; elsewhere it is false or NULL, and
//! `not` makes no difference between the two. No expression is deeper than D1 takes (100): `and` and `or`
//! are written as balanced trees, and `not` only at the leaves.

use super::bindings::Bindings;
use super::table::Table;
use super::value::{SqlValue, SqlValues};
use super::values;
use crate::scim::filter::comparison::{Relation, Test, TextComparison, TextTest};
use crate::scim::filter::resolved::{ElementTest, Logic, ResolvedFilter, ResourceTest};
use crate::store::statement::Binding;

pub(super) fn condition(table: &Table, filter: &ResolvedFilter, bindings: &mut Bindings) -> String {
    logic(filter, false, &mut |condition, negated| {
        let holds = match condition {
            ResourceTest::Value { operand, test } => {
                let values = values(table, operand, bindings);
                any(table, &values, test, bindings)
            }
            ResourceTest::Element { list, filter } => {
                let holds = logic(filter, false, &mut |ElementTest { sub, test }, negated| {
                    let holds = one(table, &(table.part)(*list, sub), test, bindings);
                    if negated { not(&holds) } else { holds }
                });
                (table.elements)(*list).exists(&holds)
            }
        };
        if negated { not(&holds) } else { holds }
    })
}

/// The SQL of tests on something else than attributes of a table: `test` writes each.
pub(in crate::store) fn of_tests<T>(
    filter: &Logic<T>,
    mut test: impl FnMut(&T) -> String,
) -> String {
    logic(filter, false, &mut |one, negated| {
        let holds = test(one);
        if negated { not(&holds) } else { holds }
    })
}

/// A test of a column.
pub(in crate::store) fn of_column(
    table: &Table,
    column: &'static str,
    test: &Test,
    bindings: &mut Bindings,
) -> String {
    one(table, &SqlValue::Column(column), test, bindings)
}

/// Of three truth values, `not` has to make two.
fn not(holds: &str) -> String {
    format!("({holds}) IS NOT TRUE")
}

fn logic<T>(filter: &Logic<T>, negated: bool, leaf: &mut impl FnMut(&T, bool) -> String) -> String {
    // Negated, an `and` is an `or` of negations.
    let is_and = match filter {
        Logic::Test(test) => return leaf(test, negated),
        Logic::Not(inner) => return logic(inner, !negated, leaf),
        Logic::And(_) => !negated,
        Logic::Or(_) => negated,
    };
    let mut parts = Vec::new();
    gather(filter, negated, is_and, &mut parts);
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(part, negated)| logic(part, negated, leaf))
        .collect();
    if parts.is_empty() {
        return if is_and { "TRUE" } else { "FALSE" }.to_owned();
    }
    balanced(&parts, if is_and { " AND " } else { " OR " })
}

/// The parts of nested lists of one kind, as one list.
fn gather<'a, T>(
    filter: &'a Logic<T>,
    negated: bool,
    is_and: bool,
    parts: &mut Vec<(&'a Logic<T>, bool)>,
) {
    match filter {
        Logic::Not(inner) => gather(inner, !negated, is_and, parts),
        Logic::And(list) if is_and != negated => {
            for part in list {
                gather(part, negated, is_and, parts);
            }
        }
        Logic::Or(list) if is_and == negated => {
            for part in list {
                gather(part, negated, is_and, parts);
            }
        }
        other => parts.push((other, negated)),
    }
}

/// A list of n parts is log2(n) deep instead of n.
fn balanced(parts: &[String], word: &str) -> String {
    match parts {
        [] => "TRUE".to_owned(),
        [only] => only.clone(),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            format!("({}{word}{})", balanced(left, word), balanced(right, word))
        }
    }
}

/// Any of the values is enough; where there is none, null is the one.
fn any(table: &Table, values: &SqlValues, test: &Test, bindings: &mut Bindings) -> String {
    let (elements, value) = match values {
        SqlValues::One(value) => return one(table, value, test, bindings),
        SqlValues::Many(elements, value) => (elements, value),
    };
    let mut exists = |test: &Test| elements.exists(&one(table, value, test, bindings));
    if *test == Test::Null {
        return format!("NOT {}", exists(&Test::NotNull));
    }
    if !test.holds_of_nothing() {
        return exists(test);
    }
    let from_any = exists(&Test::NotNull);
    let holds = one(table, value, test, bindings);
    let some = one(table, value, &Test::NotNull, bindings);
    let found = elements.exists(&format!("{some} AND {holds}"));
    format!("({found} OR NOT {from_any})")
}

fn one(table: &Table, value: &SqlValue, test: &Test, bindings: &mut Bindings) -> String {
    match (value, test) {
        // What is listed is either.
        (SqlValue::Flag(flag), Test::Boolean { equal, value }) => {
            flag.holds(equal == value).to_owned()
        }
        (SqlValue::Flag(_), Test::Present | Test::NotNull) => "TRUE".to_owned(),
        // Tests of other types match nothing.
        (SqlValue::Flag(_), _) | (SqlValue::Column(_), Test::Boolean { .. }) => "FALSE".to_owned(),
        (SqlValue::Column(column), Test::Present) => format!("{column} <> ''"),
        (SqlValue::Column(column), Test::Null) => format!("{column} IS NULL"),
        (SqlValue::Column(column), Test::NotNull) => format!("{column} IS NOT NULL"),
        (SqlValue::Column(column), Test::Text(test)) => {
            let by_range = *column == table.id() || table.index_of(column).is_some();
            text(column, test, by_range, bindings)
        }
        (
            SqlValue::Column(column),
            Test::Number { order, value }
            | Test::Instant {
                order,
                milliseconds: value,
            },
        ) => ordered(column, *order, Binding::Real(*value), bindings),
        (
            SqlValue::Json {
                kind,
                exact,
                folded,
            },
            test,
        ) => json(kind, exact, folded, test, bindings),
    }
}

fn json(kind: &str, exact: &str, folded: &str, test: &Test, bindings: &mut Bindings) -> String {
    match test {
        Test::Null => format!("coalesce({kind}, 'null') = 'null'"),
        Test::NotNull => format!("{kind} <> 'null'"),
        Test::Present => format!(
            "CASE {kind} WHEN 'null' THEN FALSE WHEN 'text' THEN {exact} <> '' WHEN 'array' THEN {exact} <> '[]' \
             WHEN 'object' THEN {exact} <> '{{}}' ELSE {kind} IS NOT NULL END"
        ),
        Test::Text(test) => {
            let found = if test.case_exact { exact } else { folded };
            // Of what a client may send as any type, texts are compared as texts.
            let found = format!("CASE {kind} WHEN 'text' THEN {found} END");
            text(&found, test, false, bindings)
        }
        Test::Boolean { equal, value } => {
            let is = if *equal { "IS" } else { "IS NOT" };
            format!("{kind} {is} '{value}'")
        }
        Test::Number { order, value } => ordered(
            &format!("CASE WHEN {kind} IN ('integer', 'real') THEN CAST({exact} AS REAL) END"),
            *order,
            Binding::Real(*value),
            bindings,
        ),
        // No dateTime but those of meta is declared, and these have columns.
        Test::Instant { .. } => "FALSE".to_owned(),
    }
}

fn text(found: &str, test: &TextTest, by_range: bool, bindings: &mut Bindings) -> String {
    let mut holds = |part: &str| text_is(found, test.comparison, part, by_range, bindings);
    let present = holds(&test.text);
    let Some(former) = &test.former else {
        return present;
    };
    // Rows may have the name as it was folded before. What is greater or less goes by the present form alone.
    match test.comparison {
        TextComparison::Order(Relation::NotEqual) => format!("({present} AND {})", holds(former)),
        TextComparison::Order(Relation::Equal) => {
            let names = [&test.text, former].map(|form| bindings.name(form.as_str()));
            format!("{found} IN ({})", names.join(", "))
        }
        TextComparison::Order(_) => present,
        _ => format!("({present} OR {})", holds(former)),
    }
}

fn text_is(
    found: &str,
    comparison: TextComparison,
    part: &str,
    by_range: bool,
    bindings: &mut Bindings,
) -> String {
    match comparison {
        TextComparison::Order(order) => ordered(found, order, part.into(), bindings),
        // Every text holds the empty one.
        _ if part.is_empty() => format!("{found} IS NOT NULL"),
        TextComparison::Contains => format!("instr({found}, {}) > 0", bindings.name(part)),
        TextComparison::StartsWith if by_range => range(found, part, bindings),
        TextComparison::StartsWith => {
            let part_name = bindings.name(part);
            format!("substr({found}, 1, {}) = {part_name}", part.chars().count())
        }
        TextComparison::EndsWith => {
            let part_name = bindings.name(part);
            format!("substr({found}, -{}) = {part_name}", part.chars().count())
        }
    }
}

/// `sw` as a range, which an index can walk. LIKE can't do it: D1 refuses patterns of more than 50 bytes, and
/// LIKE folds ASCII alone.
pub(super) fn range(column: &str, prefix: &str, bindings: &mut Bindings) -> String {
    let from = format!("{column} >= {}", bindings.name(prefix));
    match successor(prefix) {
        Some(end) => format!("({from} AND {column} < {})", bindings.name(end)),
        None => from,
    }
}

/// The first text, in the order of code points, that is behind all that begin with the prefix.
fn successor(prefix: &str) -> Option<String> {
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        let next = match last {
            // Code points that are no characters lie between these two.
            '\u{d7ff}' => Some('\u{e000}'),
            other => char::from_u32(u32::from(other) + 1),
        };
        if let Some(next) = next {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

fn ordered(found: &str, order: Relation, value: Binding, bindings: &mut Bindings) -> String {
    let sign = match order {
        Relation::Equal => "=",
        // True of no value, too.
        Relation::NotEqual => "IS NOT",
        Relation::GreaterThan => ">",
        Relation::GreaterOrEqual => ">=",
        Relation::LessThan => "<",
        Relation::LessOrEqual => "<=",
    };
    format!("{found} {sign} {}", bindings.name(value))
}
