//! Random groups.

use super::{Directory, Made};
use crate::scim::filter::Filter;
use crate::scim::schema::{GROUP, GROUP_URN, TEAMMATE_GROUP_URN};
use crate::store::filter::tests::random::{self, Subject, text};
use proptest::prelude::*;
use serde_json::json;

static GROUPS: Subject = Subject {
    resource_type: &GROUP,
    indexed: &[
        "id",
        "displayName",
        "externalId",
        "members.value",
        "members",
    ],
    peculiar: &[
        "grp_0001",
        "grp_0003",
        "grp_",
        "tea_000001",
        "tea_000003",
        " a ",
        "\u{a0}É",
        "W/\"2\"",
        "Group",
        "user",
        GROUP_URN,
    ],
};

pub(super) fn filter() -> BoxedStrategy<Filter> {
    random::filter(&GROUPS)
}

const PEOPLE: usize = 6;

const EXTENSIONS: [Option<&str>; 3] = [None, Some("urn:x:Y"), Some(TEAMMATE_GROUP_URN)];

fn made() -> BoxedStrategy<Made> {
    let standing = proptest::sample::select(&["app", "both", "idp", "idp", "gone"][..]);
    // Each person at most once.
    let members = proptest::collection::btree_map(0..PEOPLE, standing, 0..PEOPLE);
    let spaces = proptest::sample::select(&["", "", " ", "\u{a0}"][..]);
    (
        (text(), text(), spaces.clone(), spaces),
        proptest::option::of(text()),
        proptest::option::of(text()),
        proptest::sample::select(&EXTENSIONS[..]),
        proptest::bool::weighted(0.8),
        1_i64..4,
        (0_i64..5, 0_i64..5),
        members,
    )
        .prop_map(
            |(
                (one, two, before, after),
                external_id,
                description,
                extension,
                is_active,
                version,
                moments,
                members,
            )| Made {
                display_name: format!("{before}{one}{two}{after}"),
                external_id,
                description,
                attributes: extension
                    .map(|urn| (urn.to_owned(), json!({ "tag": "t" })))
                    .into_iter()
                    .collect(),
                is_active,
                version,
                moments,
                members: members.into_iter().collect(),
            },
        )
        .boxed()
}

pub(super) fn directory() -> BoxedStrategy<Directory> {
    let person = (
        proptest::option::weighted(0.8, text()),
        proptest::bool::weighted(0.8),
    );
    (
        proptest::collection::vec(person, PEOPLE),
        proptest::collection::vec(made(), 1..9),
    )
        .prop_map(|(people, groups)| {
            let mut directory = Directory::new(people);
            for made in groups {
                directory.add(made);
            }
            directory
        })
        .boxed()
}
