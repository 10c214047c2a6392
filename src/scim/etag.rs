//! Versions of a resource and the conditions that clients set on them (RFC 7644 section 3.14, RFC 9110
//! section 13).
//!
//! Invariant: a tag is weak, because a resource's JSON differs by base and projection while the version
//! is the same. All comparisons are weak, those of If-Match too: RFC 7644 section 3.14 sends a weak tag
//! in If-Match, where RFC 9110 section 13.1.1 would let none match. Text that is no tag matches nothing: a
//! write with a condition that can't be read is not done as if it had none.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of a resource, as `meta.version` and the header ETag show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityTag(pub i64);

impl fmt::Display for EntityTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "W/\"{}\"", self.0)
    }
}

/// What a client says of the version that it has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preconditions {
    if_match: Option<Tags>,
    if_none_match: Option<Tags>,
}

/// The header whose condition does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "the names of the headers")]
pub enum Unmet {
    IfMatch,
    /// There is an If-Match, but no tag in it: a version without its quotes, or the empty `version` of a bulk
    /// operation. (Of an If-Match header without a value nothing reaches a Worker: workerd drops it.)
    IfMatchWithoutTag,
    IfNoneMatch,
}

impl Preconditions {
    /// Reads the two headers. `version` of a bulk operation is an If-Match (RFC 7644 section 3.7).
    pub fn parse(if_match: Option<&str>, if_none_match: Option<&str>) -> Self {
        Self {
            if_match: if_match.map(Tags::parse),
            if_none_match: if_none_match.map(Tags::parse),
        }
    }

    /// Whether nothing is asked of the version.
    pub fn are_none(&self) -> bool {
        self.if_match.is_none() && self.if_none_match.is_none()
    }

    /// The condition that a resource of this version does not meet, in the order of RFC 9110
    /// section 13.2.2.
    pub fn unmet(&self, current: EntityTag) -> Option<Unmet> {
        let names = |tags: &Tags| tags.name(current);
        if self.if_match.as_ref().is_some_and(Tags::are_none) {
            Some(Unmet::IfMatchWithoutTag)
        } else if self.if_match.as_ref().is_some_and(|tags| !names(tags)) {
            Some(Unmet::IfMatch)
        } else if self.if_none_match.as_ref().is_some_and(names) {
            Some(Unmet::IfNoneMatch)
        } else {
            None
        }
    }
}

impl Preconditions {
    /// The versions that the client has already: of a resource of one of them it wants no body. (Where it says so
    /// by `*`, only reading the resource tells.)
    pub fn known_versions(&self) -> Vec<i64> {
        match &self.if_none_match {
            Some(Tags::These(tags)) => tags.iter().filter_map(|tag| tag.parse().ok()).collect(),
            Some(Tags::Any) | None => Vec::new(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Tags {
    /// `*`: whatever the version.
    Any,
    /// The texts between the quotes.
    These(Vec<String>),
}

impl Tags {
    fn parse(header: &str) -> Self {
        if header.trim() == "*" {
            return Self::Any;
        }
        let mut tags = Vec::new();
        let mut rest = header;
        loop {
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if rest.is_empty() {
                return Self::These(tags);
            }
            if let Some((tag, behind)) = first_tag(rest) {
                tags.push(tag.to_owned());
                rest = behind;
            } else {
                // Not a tag: what stands before the next comma is passed over.
                rest = rest.split_once(',').map_or("", |(_, behind)| behind);
            }
        }
    }

    fn are_none(&self) -> bool {
        matches!(self, Self::These(tags) if tags.is_empty())
    }

    fn name(&self, tag: EntityTag) -> bool {
        match self {
            Self::Any => true,
            Self::These(tags) => tags.contains(&tag.0.to_string()),
        }
    }
}

/// The text of the tag that a list begins with, and what follows it. A tag may hold commas (RFC 9110
/// section 8.8.3), and ends at a comma or with the list.
fn first_tag(list: &str) -> Option<(&str, &str)> {
    let quoted = list.strip_prefix("W/").unwrap_or(list).strip_prefix('"')?;
    let (tag, behind) = quoted.split_once('"')?;
    let behind = behind.trim_start_matches([' ', '\t']);
    (behind.is_empty() || behind.starts_with(',')).then_some((tag, behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn if_match(header: &str) -> Option<Unmet> {
        Preconditions::parse(Some(header), None).unmet(EntityTag(7))
    }

    #[test]
    fn a_tag_is_weak_and_quoted() {
        assert_eq!(EntityTag(7).to_string(), "W/\"7\"");
    }

    #[test]
    fn if_match_holds_for_any_and_for_a_list_that_names_the_version() {
        for header in [
            "*",
            " * ",
            "W/\"7\"",
            "\"7\"",
            "W/\"6\", W/\"7\"",
            "W/\"6\",\"7\"",
            " ,, \"7\" ,",
            "\"a,b\" , W/\"7\"\t",
            "7, W/\"7\"",
            "\"6\"x, \"7\"",
        ] {
            assert_eq!(if_match(header), None, "{header}");
        }
    }

    #[test]
    fn a_tag_of_another_version_never_matches() {
        for header in [
            "\"07\"",
            "\"7 \"",
            "\"6,7\"",
            "W/\"6\"",
            "*, W/\"6\"",
            "7, W/\"6\"",
            "\"*\"",
        ] {
            assert_eq!(if_match(header), Some(Unmet::IfMatch), "{header}");
        }
    }

    #[test]
    fn what_is_no_tag_is_told_from_another_version() {
        for header in [
            "",
            " ",
            ",",
            "7",
            "W/7",
            "w/\"7\"",
            "W/ \"7\"",
            "\"7",
            "7\"",
            "\"7\"x",
            "'7'",
            "\\\"7\\\"",
            "W/\"W/\"7\"\"",
            "\u{201c}7\u{201d}",
        ] {
            assert_eq!(if_match(header), Some(Unmet::IfMatchWithoutTag), "{header}");
        }
    }

    #[test]
    fn if_none_match_is_unmet_by_what_it_names() {
        for (header, unmet) in [
            ("*", Some(Unmet::IfNoneMatch)),
            ("W/\"7\"", Some(Unmet::IfNoneMatch)),
            ("\"7\"", Some(Unmet::IfNoneMatch)),
            ("W/\"1\", W/\"7\"", Some(Unmet::IfNoneMatch)),
            ("W/\"6\"", None),
            ("7", None),
            ("", None),
        ] {
            let preconditions = Preconditions::parse(None, Some(header));
            assert_eq!(preconditions.unmet(EntityTag(7)), unmet, "{header}");
        }
    }

    #[test]
    fn if_match_is_asked_first_and_silence_is_met() {
        let both = Preconditions::parse(Some("\"6\""), Some("*"));
        assert_eq!(both.unmet(EntityTag(7)), Some(Unmet::IfMatch));
        assert_eq!(both.unmet(EntityTag(6)), Some(Unmet::IfNoneMatch));
        assert_eq!(Preconditions::default().unmet(EntityTag(7)), None);
    }

    proptest! {
        #[test]
        fn a_tag_names_its_own_version_alone(version in 1..1_000_i64, other in 1..1_000_i64) {
            let header = EntityTag(other).to_string();
            let unmet = Preconditions::parse(Some(&header), None).unmet(EntityTag(version));
            prop_assert_eq!(unmet.is_none(), version == other);
        }

        #[test]
        fn any_text_is_read(header in "[W/\"*, 7\\\\a-]{0,24}") {
            let preconditions = Preconditions::parse(Some(&header), Some(&header));
            // One and the same list either names the version or does not.
            prop_assert!(preconditions.unmet(EntityTag(7)).is_some());
        }
    }
}
