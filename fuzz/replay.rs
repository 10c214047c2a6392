//! The committed corpus of the fuzz targets as an ordinary test, so that it is run with every change and can't rot.

mod checks;

use std::fs;
use std::path::Path;

/// Each file of the target's corpus, checked; the number of files.
fn replay(target: &str, check: fn(&str)) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let texts: Vec<String> = fs::read_dir(&folder)
        .and_then(|entries| {
            entries
                .map(|entry| fs::read_to_string(entry?.path()))
                .collect()
        })
        .unwrap_or_default();
    for text in &texts {
        check(text);
    }
    texts.len()
}

#[test]
fn the_corpus_of_filters_holds() {
    assert!(
        replay("filter", checks::filter) >= 30,
        "the corpus is there"
    );
}

#[test]
fn the_corpus_of_paths_holds() {
    assert!(replay("path", checks::path) >= 30, "the corpus is there");
}
