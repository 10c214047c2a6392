//! Data goes down and comes back: no room names one that is above it (`docs/ARCHITECTURE.md`, "Rooms").

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the others that it may use.
const ROOMS: [(&str, &[&str]); 8] = [
    ("scim", &[]),
    ("directory", &["scim", "typed"]),
    ("store", &["directory", "scim"]),
    ("contract", &["directory", "scim", "typed"]),
    (
        "company",
        &["store", "directory", "scim", "typed", "ambient"],
    ),
    (
        "app",
        &["company", "store", "directory", "scim", "typed", "ambient"],
    ),
    (
        "http",
        &["app", "contract", "directory", "scim", "typed", "ambient"],
    ),
    ("upkeep", &["store", "directory", "ambient"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The rooms that a source names.
fn named(source: &str) -> BTreeSet<&str> {
    source
        .split("crate::")
        .skip(1)
        .filter_map(|path| {
            path.split(|end: char| !(end.is_alphanumeric() || end == '_'))
                .next()
        })
        .collect()
}

#[test]
fn no_room_names_one_above_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for path in sources(&folder) {
        let place = path.strip_prefix(&folder).expect("a source");
        let first = place.iter().next().expect("a name").to_str().expect("text");
        let room = first.trim_end_matches(".rs");
        let Some((_, others)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            continue;
        };
        seen += 1;
        let source = fs::read_to_string(&path).expect("a text");
        for name in named(&source) {
            assert!(
                name == room || others.contains(&name),
                "{} names crate::{name}",
                place.display()
            );
        }
    }
    assert!(seen > 200, "the sources are there");
}
