//! The Durable Object of a company, as the runtime knows it: messages come in, answers go out.

use super::envelope::{Envelope, Message};
use super::writer::Writer;
use crate::directory::id::CompanyId;
use crate::store::shard;
use std::cell::OnceCell;
use std::rc::Rc;
use worker::{DurableObject, Env, Error, Request, Response, Result, State, durable_object};

#[durable_object(fetch)]
pub struct CompanyObject {
    state: Rc<State>,
    env: Env,
    /// Made when the first message tells whose object this is.
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
        let Envelope { company, message } =
            Envelope::read(text).map_err(|mistake| Error::RustError(mistake.to_string()))?;
        let writer = self.writer(&company)?;
        let state = Rc::clone(&self.state);
        let answer = match message {
            Message::Command(command) => {
                writer
                    .execute(*command, size, move |work| state.wait_until(work))
                    .await
            }
        };
        Response::ok(serde_json::to_string(&answer)?)
    }
}

impl CompanyObject {
    fn writer(&self, company: &CompanyId) -> Result<Rc<Writer>> {
        if self.writer.get().is_none() {
            let database = shard::of_company(&self.env, company)
                .map_err(|error| Error::RustError(error.to_string()))?;
            // Nothing was awaited in between: nobody else has made one.
            let _ = self
                .writer
                .set(Rc::new(Writer::new(company.clone(), database)));
        }
        let writer = self.writer.get().filter(|writer| writer.is_of(company));
        writer
            .map(Rc::clone)
            .ok_or_else(|| Error::RustError("the message is another company's".to_owned()))
    }
}
