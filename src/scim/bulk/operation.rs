//! One operation of a bulk request: from JSON to what it asks for.
//!
//! What is wrong with one operation is its own error and leaves the others alone (RFC 7644 section 3.7:
//! as many changes as possible). The exception is what others or the answer depend on, a `method` or a
//! `bulkId` that is no text: then the whole request is refused.

use super::references::{all_in, referred, resolve};
use crate::scim::Object;
use crate::scim::body;
use crate::scim::error::ScimError;
use crate::scim::member::assigned;
use crate::scim::normalise::describe::{cut, kind_and_value};
use crate::scim::normalise::record;
use crate::scim::patch::PATCH_OP_URN;
use crate::scim::query::decode_segment;
use crate::scim::schema::{RESOURCE_TYPES, ResourceType};
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The method, in any letter case.
    fn named(word: &str) -> Option<Self> {
        [Self::Post, Self::Put, Self::Patch, Self::Delete]
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(word))
    }
}

/// What the operation comes to as a call of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub method: Method,
    /// Without slash: "Users".
    pub endpoint: &'static str,
    /// The segment of the path that names the resource, as it was sent; none for a POST.
    pub id: Option<String>,
    /// An If-Match (RFC 7644 section 3.7).
    pub version: Option<String>,
    /// The body that it has as a call of its own; empty for a DELETE.
    pub data: Object,
    /// `data` as it came, as the log keeps it: references not resolved, and nothing built around it. None
    /// for a DELETE.
    pub sent: Option<String>,
}

impl Task {
    /// The bulkIds that it refers to, each once.
    pub(super) fn references(&self) -> Vec<String> {
        let mut references = all_in(&self.data);
        references.extend(self.reference_in_path());
        references.sort();
        references.dedup();
        references
    }

    /// Puts the ids that are known in the place of references.
    pub(super) fn resolve(&mut self, id_of: &dyn Fn(&str) -> Option<String>) {
        if let Some(id) = self.reference_in_path().as_deref().and_then(id_of) {
            self.id = Some(id);
        }
        resolve(&mut self.data, id_of);
    }

    /// Whether its path leads to a resource, and not to what a reference stands for.
    pub(super) fn names_a_resource(&self) -> bool {
        self.id.is_some() && self.reference_in_path().is_none()
    }

    fn reference_in_path(&self) -> Option<String> {
        let segment = decode_segment(self.id.as_deref()?);
        referred(&segment).map(str::to_owned)
    }

    /// The path behind the base: `/Users/tea_1`.
    pub fn path(&self) -> String {
        match &self.id {
            Some(id) => format!("/{}/{id}", self.endpoint),
            None => format!("/{}", self.endpoint),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct BulkOperation {
    /// In capitals, as the answer repeats it.
    pub(super) method: String,
    pub(super) bulk_id: Option<String>,
    /// What to perform, or why nothing can be.
    pub(super) task: Result<Task, ScimError>,
}

impl BulkOperation {
    /// `base` is the URL that paths continue. An error here is one of the whole request.
    pub(super) fn parse(sent: &Value, base: &str) -> Result<Self, ScimError> {
        let Value::Object(members) = sent else {
            return Err(ScimError::invalid_syntax(format!(
                "Each operation has to be an object, but one is {}.",
                kind_and_value(sent)
            )));
        };
        let method = match assigned(members, "method") {
            Some(Value::String(method)) => method.trim().to_ascii_uppercase(),
            other => return Err(must_be_text("method", other)),
        };
        let bulk_id = match assigned(members, "bulkId") {
            None => None,
            Some(Value::String(id)) => Some(id.clone()).filter(|id| !id.trim().is_empty()),
            other => return Err(must_be_text("bulkId", other)),
        };
        Ok(Self {
            task: task(&method, bulk_id.as_deref(), members, base),
            method: cut(&method),
            bulk_id,
        })
    }

    /// The bulkId that others can refer to: it stands for a resource that is made here.
    pub(super) fn made(&self) -> Option<&str> {
        match &self.task {
            Ok(task) if task.method != Method::Post => None,
            _ if self.method != Method::Post.as_str() => None,
            _ => self.bulk_id.as_deref(),
        }
    }
}

fn task(
    method: &str,
    bulk_id: Option<&str>,
    members: &Object,
    base: &str,
) -> Result<Task, ScimError> {
    body::usable_beside(members, &["data"], "Operations.", 3)?;
    let method = Method::named(method).ok_or_else(|| {
        ScimError::new(
            405,
            format!(
                "A bulk operation is POST, PUT, PATCH or DELETE, but this one is \"{}\". Send reads as calls \
                 of their own.",
                cut(method)
            ),
        )
    })?;
    let (resource_type, id) = match assigned(members, "path") {
        Some(Value::String(path)) => target(method, path, base)?,
        other => return Err(must_be_text("path", other)),
    };
    if method == Method::Post && bulk_id.is_none() {
        return Err(ScimError::invalid_syntax(
            "A POST in a bulk request needs a \"bulkId\", by which the answer and other operations name what \
             it creates.",
        ));
    }
    let version = match assigned(members, "version") {
        None => None,
        Some(Value::String(version)) => Some(version.clone()),
        other => return Err(must_be_text("version", other)),
    };
    let sent = assigned(members, "data");
    Ok(Task {
        method,
        endpoint: resource_type.endpoint.trim_start_matches('/'),
        id,
        version,
        data: data(method, sent)?,
        sent: sent
            .filter(|_| method != Method::Delete)
            .map(record::of_data),
    })
}

/// The resource type that a path leads to, and the segment that names one of its resources.
///
/// A path is relative to the base (RFC 7644 section 3.7). Clients also send it without the slash, as a whole
/// URL of this base, or with a query, which means nothing here.
fn target(
    method: Method,
    sent: &str,
    base: &str,
) -> Result<(&'static ResourceType, Option<String>), ScimError> {
    let path = sent.trim().split(['?', '#']).next().unwrap_or_default();
    let path = without_base(path, base);
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let resource_type = segments.next().and_then(|name| {
        RESOURCE_TYPES
            .iter()
            .find(|known| known.endpoint.trim_start_matches('/') == name)
    });
    let nothing = || {
        ScimError::new(
            404,
            format!(
                "Nothing that a bulk operation can write is at \"{}\". Its path can be {}.",
                cut(sent),
                known_paths()
            ),
        )
    };
    let (Some(resource_type), id, None) = (resource_type, segments.next(), segments.next()) else {
        return Err(nothing());
    };
    // No id begins with a dot: `.search` is no resource, and a search is no write.
    if id.is_some_and(|id| decode_segment(id).starts_with('.')) {
        return Err(nothing());
    }
    match (method, id) {
        (Method::Post, Some(_)) => Err(ScimError::new(
            405,
            format!(
                "\"{}\" does not take POST, but PUT, PATCH, DELETE. Create at {}.",
                cut(sent),
                resource_type.endpoint
            ),
        )),
        (Method::Put | Method::Patch | Method::Delete, None) => Err(ScimError::new(
            405,
            format!(
                "\"{}\" does not take {}, but POST. Name the resource: {}/{{id}}.",
                cut(sent),
                method.as_str(),
                resource_type.endpoint
            ),
        )),
        _ => Ok((resource_type, id.map(str::to_owned))),
    }
}

fn without_base<'a>(path: &'a str, base: &str) -> &'a str {
    let origin = base.find("://").map_or(0, |scheme| scheme + 3);
    let base_path = base
        .get(origin..)
        .and_then(|rest| rest.find('/'))
        .and_then(|slash| base.get(origin + slash..));
    [Some(base), base_path]
        .into_iter()
        .flatten()
        .filter(|prefix| !prefix.is_empty())
        .filter_map(|prefix| path.strip_prefix(prefix))
        .find(|rest| rest.is_empty() || rest.starts_with('/'))
        .unwrap_or(path)
}

fn known_paths() -> String {
    RESOURCE_TYPES
        .map(|known| format!("{0} or {0}/{{id}}", known.endpoint))
        .join(", or ")
}

/// RFC 7644 section 3.7 shows the data of a PATCH as the bare list of its operations.
fn data(method: Method, sent: Option<&Value>) -> Result<Object, ScimError> {
    match (method, sent) {
        (Method::Delete, _) => Ok(Object::new()),
        (Method::Patch, Some(Value::Object(members))) if is_an_operation(members) => {
            Ok(patch_of(Value::Array(vec![Value::Object(members.clone())])))
        }
        (_, Some(Value::Object(members))) => Ok(members.clone()),
        (Method::Patch, Some(Value::Array(operations))) => {
            Ok(patch_of(Value::Array(operations.clone())))
        }
        (_, other) => Err(ScimError::invalid_syntax(format!(
            "A {} in a bulk request needs \"data\", the body that it would have as a call of its own, but it \
             is {}.",
            method.as_str(),
            missing_or(other)
        ))),
    }
}

fn is_an_operation(members: &Object) -> bool {
    assigned(members, "op").is_some() && assigned(members, "Operations").is_none()
}

/// Whole, with its `schemas`: that the client sent none is no sign of who it is.
fn patch_of(operations: Value) -> Object {
    Object::from_iter([
        ("schemas".to_owned(), Value::from(vec![PATCH_OP_URN])),
        ("Operations".to_owned(), operations),
    ])
}

fn must_be_text(name: &str, sent: Option<&Value>) -> ScimError {
    ScimError::invalid_syntax(format!(
        "\"{name}\" of an operation has to be a string, but is {}.",
        missing_or(sent)
    ))
}

fn missing_or(sent: Option<&Value>) -> String {
    sent.map_or_else(|| "missing".to_owned(), kind_and_value)
}
