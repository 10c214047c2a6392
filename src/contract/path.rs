//! The variable segments of a path, and the types in which handlers take them.
//!
//! Invariant: a handler gets every id that its route has, or is not called. There is no empty id.

use crate::directory::id::{CompanyId, ConnectionId, GroupId, TeammateId, TemplateId, TokenId};
use crate::scim::query::decode_segment;

/// The segments that stand for the `{}` of a route's path, decoded, in their order.
pub type Segments = Vec<String>;

/// How many variable segments a route's path has.
pub(super) const fn parameters(path: &str) -> usize {
    let mut count = 0;
    let mut rest = path.as_bytes();
    while let [first, behind @ ..] = rest {
        if *first == b'{' {
            count += 1;
        }
        rest = behind;
    }
    count
}

/// The variable segments of `segments`, if they are a path of that form. None that begins with a dot: no id does,
/// and `.search` (RFC 7644 section 3.4.3) is no resource.
pub(super) fn matched(path: &str, segments: &[String]) -> Option<Segments> {
    let expected: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if expected.len() != segments.len() {
        return None;
    }
    let mut variable = Segments::new();
    for (expected, segment) in expected.into_iter().zip(segments) {
        if expected.starts_with('{') {
            let segment = decode_segment(segment);
            if segment.starts_with('.') {
                return None;
            }
            variable.push(segment);
        } else if expected != segment {
            return None;
        }
    }
    Some(variable)
}

/// What stands for one `{}`.
pub trait Parameter: Sized {
    fn named(segment: String) -> Self;
}

macro_rules! ids {
    ($($id:ident)*) => {$(
        impl Parameter for $id {
            fn named(segment: String) -> Self {
                Self::named(segment)
            }
        }
    )*};
}

ids! { CompanyId ConnectionId GroupId TeammateId TemplateId TokenId }

impl Parameter for String {
    fn named(segment: String) -> Self {
        segment
    }
}

/// All that stands for the `{}` of a path: as many as the type has parts.
pub trait Parameters: Sized {
    const COUNT: usize;

    /// Nothing where there are more or fewer.
    fn of(segments: Segments) -> Option<Self>;
}

impl Parameters for () {
    const COUNT: usize = 0;

    fn of(segments: Segments) -> Option<Self> {
        segments.is_empty().then_some(())
    }
}

impl<A: Parameter> Parameters for (A,) {
    const COUNT: usize = 1;

    fn of(segments: Segments) -> Option<Self> {
        let [a] = <[String; 1]>::try_from(segments).ok()?;
        Some((A::named(a),))
    }
}

impl<A: Parameter, B: Parameter> Parameters for (A, B) {
    const COUNT: usize = 2;

    fn of(segments: Segments) -> Option<Self> {
        let [a, b] = <[String; 2]>::try_from(segments).ok()?;
        Some((A::named(a), B::named(b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> Vec<String> {
        path.split('/').map(str::to_owned).collect()
    }

    #[test]
    fn variable_segments_are_decoded_and_typed() {
        let found = matched("a/{x}/b/{y}", &of("a/1%202/b/3")).expect("it is of that form");
        assert_eq!(
            Parameters::of(found),
            Some((CompanyId::named("1 2"), "3".to_owned()))
        );
    }

    #[test]
    fn other_forms_are_no_match() {
        for other in [
            "a",
            "a/1/b",
            "a/1/c/2",
            "a/1/b/.2",
            "a/1/b/%2e2",
            "a/1/b/2/3",
        ] {
            assert_eq!(matched("a/{x}/b/{y}", &of(other)), None, "{other}");
        }
    }

    #[test]
    fn there_is_no_handler_for_more_or_fewer_than_it_takes() {
        let two = || of("x/y");
        assert_eq!(<()>::of(two()), None);
        assert_eq!(<(String,)>::of(two()), None);
        assert_eq!(<(String, String)>::of(of("x")), None);
    }
}
