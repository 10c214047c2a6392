//! The canonical text of a filter: lower-case operators, single spaces, no needless parentheses.

use super::{Filter, Literal};
use std::fmt;

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Present(attribute) => write!(formatter, "{attribute} pr"),
            Self::Compare {
                attribute,
                operator,
                value,
            } => write!(formatter, "{attribute} {} {value}", operator.as_str()),
            Self::ValuePath { attribute, filter } => write!(formatter, "{attribute}[{filter}]"),
            Self::Not(inner) => write!(formatter, "not ({inner})"),
            Self::And(parts) => joined(formatter, parts, " and ", |part| {
                matches!(part, Self::And(_) | Self::Or(_))
            }),
            Self::Or(parts) => joined(formatter, parts, " or ", |part| matches!(part, Self::Or(_))),
        }
    }
}

fn joined(
    formatter: &mut fmt::Formatter<'_>,
    parts: &[Filter],
    word: &str,
    needs_parentheses: fn(&Filter) -> bool,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            formatter.write_str(word)?;
        }
        if needs_parentheses(part) {
            write!(formatter, "({part})")?;
        } else {
            write!(formatter, "{part}")?;
        }
    }
    Ok(())
}

impl fmt::Display for Literal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // JSON's quoting is the grammar's (RFC 7644 section 3.4.2.2, compValue).
            Self::String(text) => write!(formatter, "{}", serde_json::Value::from(text.as_str())),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Boolean(boolean) => write!(formatter, "{boolean}"),
            Self::Null => formatter.write_str("null"),
        }
    }
}
