//! Events of groups, which SQL puts together, beside the types that declare them.

use super::Directory;
use crate::directory::event::{Event, EventType};
use crate::store::statement::Statement;
use serde_json::Value;
use std::collections::BTreeSet;

/// Reads every event back as its type and writes that again, which comes to the same: an event says all that its type
/// declares, and nothing more. Gives back the types that there are.
pub(super) fn check_events(directory: &Directory) -> BTreeSet<&'static str> {
    let sql = "SELECT json_array(type, data) AS row FROM events ORDER BY seq";
    let rows = directory.sqlite.run(&Statement::new(sql));
    let events: Vec<(String, String)> = rows.decode().expect("types and texts");
    let mut types = BTreeSet::new();
    for (event_type, data) in events {
        let event = Event::read(&event_type, &data).unwrap_or_else(|error| {
            panic!("{event_type} can't be read ({error}): {data}");
        });
        let written: Value = serde_json::from_str(&data).expect("JSON");
        let declared = serde_json::to_value(&event).expect("JSON");
        assert_eq!(written, declared, "{event_type}");
        types.insert(event.event_type().as_str());
    }
    types
}

pub(super) fn types_of_groups() -> BTreeSet<&'static str> {
    let types = EventType::ALL.iter().map(|event_type| event_type.as_str());
    types.filter(|name| name.starts_with("group.")).collect()
}
