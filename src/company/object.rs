//! The Durable Object of a company, as the runtime knows it: commands come in, answers go out.

use super::command::Command;
use super::writer::Writer;
use crate::store::shard;
use crate::typed;
use std::cell::OnceCell;
use std::rc::Rc;
use worker::{DurableObject, Env, Error, Request, Response, Result, State, durable_object};

#[durable_object(fetch)]
pub struct CompanyObject {
    state: Rc<State>,
    env: Env,
    /// Made when the first command tells whose object this is.
    writer: OnceCell<Rc<Writer>>,
}

impl DurableObject for CompanyObject {
    fn new(state: State, env: Env) -> Self {
        Self {
            state: Rc::new(state),
            env,
            writer: OnceCell::new(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let text = request.text().await?;
        let size = text.len();
        let command: Command =
            typed::read(text).map_err(|mistake| Error::RustError(mistake.to_string()))?;
        let writer = self.writer(&command)?;
        let state = Rc::clone(&self.state);
        let answer = writer
            .execute(command, size, move |work| state.wait_until(work))
            .await;
        Response::ok(serde_json::to_string(&answer)?)
    }
}

impl CompanyObject {
    fn writer(&self, command: &Command) -> Result<Rc<Writer>> {
        if self.writer.get().is_none() {
            let database = shard::of_company(&self.env, &command.company)
                .map_err(|error| Error::RustError(error.to_string()))?;
            // Nothing was awaited in between: nobody else has made one.
            let _ = self
                .writer
                .set(Rc::new(Writer::new(command.company.clone(), database)));
        }
        let writer = self
            .writer
            .get()
            .filter(|writer| writer.is_of(&command.company));
        writer
            .map(Rc::clone)
            .ok_or_else(|| Error::RustError("the command is another company's".to_owned()))
    }
}
