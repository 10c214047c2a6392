//! What stands behind the URN of an extension where no schema declares it: `list[value eq "A"].display`.
//!
//! Names there are anybody's, and may hold dots and brackets. So this only tells where a name could end; whether
//! it does, the resource decides.

use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::normalise::describe::cut;

/// Places where a name could end. One with more of them, no client means as a path.
const MOST_ENDS: usize = 32;

/// A name with a value filter behind it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FilteredName<'a> {
    pub(crate) name: &'a str,
    pub(crate) filter: Filter,
    /// What follows the filter and a dot.
    pub(crate) sub: Option<&'a str>,
}

/// Nothing where the path has no bracket.
pub(crate) fn chosen(path: &str) -> Result<Option<FilteredName<'_>>, ScimError> {
    let Some((name, inside)) = path.split_once('[') else {
        return Ok(None);
    };
    let invalid = |why: String| {
        ScimError::invalid_path(format!("The path \"{}\" is not valid: {why}", cut(path)))
    };
    if name.is_empty() {
        return Err(invalid("no name stands before \"[\".".to_owned()));
    }
    let (filter, rest) = Filter::parse_value_filter(inside).map_err(invalid)?;
    let sub = match rest.strip_prefix('.') {
        Some(sub) if !sub.is_empty() => Some(sub),
        None if rest.is_empty() => None,
        _ => {
            return Err(invalid(format!(
                "nothing but a sub-attribute, such as \".value\", can follow \"]\", but \"{}\" does.",
                cut(rest)
            )));
        }
    };
    Ok(Some(FilteredName { name, filter, sub }))
}

/// Each way to read the path as a name and something behind it, the longest name first.
pub(crate) fn ends(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let bracket = path.find('[').unwrap_or(path.len());
    let mut places: Vec<usize> = path
        .match_indices('.')
        .map(|(place, _)| place)
        .take_while(|place| *place < bracket)
        .take(MOST_ENDS + 1)
        .chain((bracket < path.len()).then_some(bracket))
        .collect();
    if places.len() > MOST_ENDS {
        places.clear();
    }
    places
        .into_iter()
        .rev()
        .filter_map(|place| path.split_at_checked(place))
        .filter(|(name, _)| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{chosen, ends};

    #[test]
    fn a_name_could_end_at_each_dot_and_at_the_first_bracket() {
        let all: Vec<_> = ends("a.b[c eq \"d.e\"].f").collect();
        assert_eq!(
            all,
            [("a.b", "[c eq \"d.e\"].f"), ("a", ".b[c eq \"d.e\"].f")]
        );
        assert_eq!(ends("a").count(), 0);
        assert_eq!(ends(".a").count(), 0);
        assert_eq!(ends(&"a.".repeat(32)).count(), 32);
        assert_eq!(ends(&"a.".repeat(33)).count(), 0);
    }

    #[test]
    fn a_filter_is_read_or_explained() {
        assert_eq!(chosen("a.b"), Ok(None));
        let read = chosen("a.b[type eq \"x\"].c.d")
            .expect("read")
            .expect("one");
        assert_eq!((read.name, read.sub), ("a.b", Some("c.d")));
        assert_eq!(read.filter.to_string(), "type eq \"x\"");
        for (path, why) in [
            ("[a eq 1]", "no name stands before"),
            ("a[b eq", "a value was expected"),
            ("a[b eq 1]c", "can follow \"]\""),
            ("a[b eq 1].", "can follow \"]\""),
        ] {
            let error = chosen(path).expect_err(path);
            assert!(error.detail.contains(why), "{path}: {}", error.detail);
        }
    }
}
