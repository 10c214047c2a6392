//! The Durable Object of a company, as the runtime knows it: messages come in, answers go out.

use super::envelope::{Envelope, Message};
use super::turns::{Asked, Given, Turn, Turns};
use super::writer::Writer;
use crate::ambient;
use crate::directory::id::CompanyId;
use crate::store::shard;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use worker::{Delay, DurableObject, Env, Error, Request, Response, Result, State, durable_object};

#[durable_object(fetch)]
pub struct CompanyObject {
    state: Rc<State>,
    env: Env,
    /// Made when the first message tells whose object this is.
    writer: OnceCell<Rc<Writer>>,
    turns: RefCell<Turns>,
}

impl DurableObject for CompanyObject {
    fn new(state: State, env: Env) -> Self {
        Self {
            state: Rc::new(state),
            env,
            writer: OnceCell::new(),
            turns: RefCell::default(),
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
                let wait_until = move |work| state.wait_until(work);
                serde_json::to_string(&writer.execute(*command, size, wait_until).await)
            }
            Message::Turn(turn) => serde_json::to_string(&self.turn(&turn).await),
        };
        Response::ok(answer?)
    }
}

/// How often somebody who waits for a turn looks whether it has come, and how often at most: some five seconds.
const LOOK: Duration = Duration::from_millis(50);
const MOST_LOOKS: usize = 100;

impl CompanyObject {
    /// Others' messages are answered while somebody waits here.
    async fn turn(&self, turn: &Turn) -> Given {
        let mut given = self.turns.borrow_mut().answer(turn, ambient::now());
        for _ in 0..MOST_LOOKS {
            if turn.asked == Asked::End || given != Given::Busy {
                break;
            }
            Delay::from(LOOK).await;
            given = self.turns.borrow_mut().answer(turn, ambient::now());
        }
        given
    }

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
