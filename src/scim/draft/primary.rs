//! RFC 7643 section 2.4: `primary` is true for at most one element.

use serde_json::Value;

/// Leaves one primary element at most; the first of those `changed` wins over the others.
///
/// Tells whether two of the changed ones claimed to be primary.
pub(super) fn one_primary(list: &mut [Value], changed: &[usize]) -> bool {
    let primaries: Vec<usize> = list
        .iter()
        .enumerate()
        .filter(|(_, element)| is_primary(element))
        .map(|(index, _)| index)
        .collect();
    if primaries.len() < 2 {
        return false;
    }
    let mut claims = primaries.iter().filter(|index| changed.contains(index));
    let winner = claims.next().or(primaries.first()).copied();
    let contested = claims.next().is_some();
    for (index, element) in list.iter_mut().enumerate() {
        if Some(index) != winner
            && is_primary(element)
            && let Some(members) = element.as_object_mut()
        {
            members.insert("primary".to_owned(), Value::Bool(false));
        }
    }
    contested
}

fn is_primary(element: &Value) -> bool {
    element.get("primary") == Some(&Value::Bool(true))
}
