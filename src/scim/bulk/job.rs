//! The course of a bulk request: what is performed next, and what became of each operation.

use super::operation::{BulkOperation, Task};
use super::order::{is_in_a_circle, order};
use super::request::BulkRequest;
use super::response::{BulkResponse, OperationResult, Performed};
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::cut;
use std::collections::HashMap;

/// A bulk request that is being performed: tasks come out one by one, and what became of each goes in.
#[derive(Debug)]
pub struct Job {
    /// The URL that locations continue.
    base: String,
    steps: Vec<JobStep>,
    /// The places of the steps that are still to come, the next one last.
    to_come: Vec<usize>,
    /// The id that stands for each bulkId of a create, once it succeeded.
    created: HashMap<String, Option<String>>,
    /// How many more errors end it.
    errors_left: Option<u64>,
}

#[derive(Debug)]
struct JobStep {
    method: String,
    bulk_id: Option<String>,
    /// Taken when its turn comes.
    task: Option<Result<Task, ScimError>>,
    result: Option<OperationResult>,
}

/// Where the result of a task belongs. [`Job::next_task`] gives it out, and the result uses it up.
#[derive(Debug)]
pub struct ResultPlace {
    step: usize,
    location: Option<String>,
}

impl Job {
    /// `base` is the URL that the request came in on.
    pub fn new(request: BulkRequest, base: &str) -> Self {
        let operations = request.operations;
        let made: HashMap<&str, usize> = operations
            .iter()
            .enumerate()
            .filter_map(|(place, operation)| Some((operation.made()?, place)))
            .collect();
        let needs: Vec<Vec<usize>> = operations
            .iter()
            .map(|operation| needed_by(operation, &made))
            .collect();
        let mut to_come = order(&needs);
        to_come.reverse();
        let created = made.keys().map(|id| ((*id).to_owned(), None)).collect();
        let steps = operations
            .into_iter()
            .enumerate()
            .map(|(place, operation)| JobStep {
                task: Some(if is_in_a_circle(place, &needs) {
                    Err(circular())
                } else {
                    operation.task
                }),
                method: operation.method,
                bulk_id: operation.bulk_id,
                result: None,
            })
            .collect();
        Self {
            base: base.to_owned(),
            steps,
            to_come,
            created,
            errors_left: request.fail_on_errors.map(u64::from),
        }
    }

    /// The next operation that can be performed, its references resolved. One that can't be gets its
    /// result on the way.
    pub fn next_task(&mut self) -> Option<(ResultPlace, Task)> {
        while let Some(step) = self.to_come.pop() {
            let task = self.steps.get_mut(step)?.task.take()?;
            let (location, task) = match task {
                Ok(task) => self.resolved(task),
                Err(error) => (None, Err(error)),
            };
            let place = ResultPlace { step, location };
            match task {
                Ok(task) => return Some((place, task)),
                Err(error) => self.failed(place, &error),
            }
        }
        None
    }

    /// The task with ids in the place of references, if all of them are known; and the URL of the resource
    /// that it names.
    fn resolved(&self, mut task: Task) -> (Option<String>, Result<Task, ScimError>) {
        task.resolve(&|bulk_id| self.created.get(bulk_id).cloned().flatten());
        let location = task
            .names_a_resource()
            .then(|| format!("{}{}", self.base, task.path()));
        let task = match task.references().first() {
            None => Ok(task),
            Some(bulk_id) if self.created.contains_key(bulk_id) => Err(of_a_failure(bulk_id)),
            Some(bulk_id) => Err(unknown(bulk_id)),
        };
        (location, task)
    }

    /// The operation was performed.
    pub fn done(&mut self, place: ResultPlace, done: Performed) {
        let created = done.created.as_deref().and_then(last_segment);
        if let (Some(id), Some(step)) = (created, self.steps.get(place.step))
            && let Some(bulk_id) = &step.bulk_id
        {
            self.created.insert(bulk_id.clone(), Some(id.to_owned()));
        }
        self.keep(
            place.step,
            OperationResult {
                location: place.location.or(done.created),
                version: done.version,
                status: done.status.to_string(),
                ..OperationResult::default()
            },
        );
    }

    /// The operation was refused or failed.
    pub fn failed(&mut self, place: ResultPlace, error: &ScimError) {
        self.keep(
            place.step,
            OperationResult {
                // RFC 7644 section 3.7: every answer but that of a failed POST has one.
                location: place.location,
                status: error.status.to_string(),
                response: Some(error.to_json()),
                ..OperationResult::default()
            },
        );
        if let Some(left) = &mut self.errors_left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.to_come.clear();
            }
        }
    }

    fn keep(&mut self, step: usize, result: OperationResult) {
        if let Some(step) = self.steps.get_mut(step) {
            step.result = Some(OperationResult {
                method: step.method.clone(),
                bulk_id: step.bulk_id.clone(),
                ..result
            });
        }
    }

    /// The results in the order of the request; what was not performed is left out.
    pub fn into_response(self) -> BulkResponse {
        let results = self.steps.into_iter().filter_map(|step| step.result);
        BulkResponse::new(results.collect())
    }
}

/// The places of the creates that an operation refers to.
fn needed_by(operation: &BulkOperation, made: &HashMap<&str, usize>) -> Vec<usize> {
    let references = operation.task.as_ref().map(Task::references);
    references
        .unwrap_or_default()
        .iter()
        .filter_map(|bulk_id| made.get(bulk_id.as_str()).copied())
        .collect()
}

/// The id in the URL of a resource (RFC 7644 section 3.3).
fn last_segment(location: &str) -> Option<&str> {
    location.rsplit('/').next().filter(|id| !id.is_empty())
}

/// RFC 7644 section 3.7.1 has this status for circular references that are not resolved: none of them could
/// be created first.
fn circular() -> ScimError {
    ScimError::new(
        409,
        "This operation refers to itself by bulkId, directly or by way of others. Create the resources \
         without one of the references, and add it with a PATCH afterwards.",
    )
}

/// In the same state as a circle: what it refers to does not exist, and may when the request is repeated.
fn of_a_failure(bulk_id: &str) -> ScimError {
    ScimError::new(
        409,
        format!(
            "The operation with the bulkId \"{}\", to which this one refers, failed, so this one was not \
             tried. Mend that one and send both again.",
            cut(bulk_id)
        ),
    )
}

/// Wrong whatever the state (RFC 7644 section 3.7.2).
fn unknown(bulk_id: &str) -> ScimError {
    ScimError::invalid_value(format!(
        "\"bulkId:{}\" refers to no operation of this request that creates a resource. Add the POST with \
         that bulkId, or send the resource's id.",
        cut(bulk_id)
    ))
}
