//! What holds for every text that the two grammars are given. The fuzz targets try it on what libFuzzer thinks up,
//! `replay.rs` on the committed corpus.

use rollcall::grammars::{
    Filter, MAX_FILTER_LENGTH, MAX_PATH_LENGTH, Path, RESOURCE_TYPES, ResourceType,
};

/// No filter panics, and what an accepted one prints is the same filter and prints the same.
pub(crate) fn filter(text: &str) {
    let Ok(filter) = Filter::parse(text) else {
        return;
    };
    let printed = filter.to_string();
    if printed.len() > MAX_FILTER_LENGTH {
        // Escapes make a text longer.
        return;
    }
    let again = Filter::parse(&printed);
    assert_eq!(again, Ok(filter), "{text:?} prints {printed:?}");
    assert_eq!(again.map(|filter| filter.to_string()), Ok(printed));
}

/// The same for the path of a PATCH operation, on every type of resource.
pub(crate) fn path(text: &str) {
    for resource_type in RESOURCE_TYPES {
        path_of(text, resource_type);
    }
}

fn path_of(text: &str, resource_type: &'static ResourceType) {
    let Ok(path) = Path::parse(text, resource_type) else {
        return;
    };
    let Some(printed) = print(&path) else {
        return;
    };
    if printed.len() > MAX_PATH_LENGTH {
        return;
    }
    let again = Path::parse(&printed, resource_type);
    assert_eq!(again, Ok(path), "{text:?} prints {printed:?}");
    assert_eq!(again.map(|path| print(&path)), Ok(Some(printed)));
}

/// A path as a client would send it: Rollcall itself only ever reads them. Nothing for an attribute that there is not:
/// that one is refused, whatever its text looks like.
fn print(path: &Path) -> Option<String> {
    Some(match path {
        Path::Declared(target) => {
            let urn = target.extension.map(|urn| format!("{urn}:"));
            let filter = target.filter.as_ref().map(|filter| format!("[{filter}]"));
            let sub = target.sub.as_ref().map(|sub| format!(".{}", sub.name));
            [urn, Some(target.attribute.name.to_owned()), filter, sub]
                .into_iter()
                .flatten()
                .collect()
        }
        Path::Core(schema) | Path::Extension(schema) => schema.id.to_owned(),
        Path::Open { schema, name } => format!("{}:{name}", schema.id),
        Path::Undeclared { urn, name } => format!("{urn}:{name}"),
        Path::Unknown(_) => return None,
    })
}
