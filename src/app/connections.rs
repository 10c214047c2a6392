//! A company's connections to identity providers.

use super::edit::{AtVersion, Editable, edit_row, find_one};
use super::journaled::JournaledChange;
use super::{Context, Error, PageBounds, companies};
use crate::ambient;
use crate::directory::connection::{Connection, Creation, Edit};
use crate::directory::event::{Event, Step};
use crate::directory::id::{CompanyId, ConnectionId};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::store::journal::Noted;
use crate::store::statement::Statement;
use crate::store::{connections, tokens};

impl Editable for Connection {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn set_updated_at(&mut self, now: Timestamp) {
        self.updated_at = now;
    }

    fn edited<'a>(&'a self, after: &'a Self) -> Event<'a> {
        Event::ConnectionUpdated(Step::changed(&self.for_app(), &after.for_app()))
    }

    fn update(&self, company: &CompanyId, rules_version: i64) -> Statement {
        connections::update(company, self, rules_version)
    }
}

fn unknown(id: &ConnectionId) -> Refusal {
    Refusal::not_found("connection", id.as_str())
}

async fn find(
    context: &Context,
    company: &CompanyId,
    id: &ConnectionId,
) -> Result<AtVersion<Connection>, Error> {
    let read = connections::get(company, id);
    find_one(context, company, read, connections::many, unknown(id)).await
}

pub(crate) async fn list(
    context: &Context,
    company: &CompanyId,
    rows: PageBounds<'_>,
) -> Result<Vec<Connection>, Error> {
    let statement = connections::page(company, rows.after, rows.limit);
    let (_, [outcome]) = companies::read_of(context, company, [statement]).await?;
    Ok(connections::many(&outcome)?)
}

pub(crate) async fn get(
    context: &Context,
    company: &CompanyId,
    id: &ConnectionId,
) -> Result<Connection, Error> {
    Ok(find(context, company, id).await?.value)
}

pub(crate) async fn create(
    context: &Context,
    company: &CompanyId,
    creation: Creation,
) -> Result<Connection, Error> {
    let id = ConnectionId::new(context.now, ambient::id_randomness()?);
    let connection = creation.create(id, context.now)?;
    JournaledChange {
        company,
        change: connections::insert(company, &connection),
        then: Vec::new(),
        event: Event::ConnectionCreated(Step::created(connection.for_app())),
        resource_id: connection.id.to_string(),
        status: 201,
        noted: Noted::default(),
    }
    .commit_or(companies::unknown(company), context)
    .await?;
    Ok(connection)
}

pub(crate) async fn edit(
    context: &Context,
    company: &CompanyId,
    id: &ConnectionId,
    edit: &Edit,
) -> Result<Connection, Error> {
    let find = async || find(context, company, id).await;
    edit_row(context, company, Noted::default(), find, |connection| {
        edit.apply(connection)
    })
    .await
}

/// Takes the connection away; its tokens end with it.
pub(crate) async fn delete(
    context: &Context,
    company: &CompanyId,
    id: &ConnectionId,
) -> Result<(), Error> {
    let before = get(context, company, id).await?;
    JournaledChange {
        company,
        change: connections::delete(company, id),
        then: vec![tokens::revoke_of_connection(company, id, context.now)],
        event: Event::ConnectionDeleted(Step::deleted(before.for_app())),
        resource_id: id.to_string(),
        status: 204,
        noted: Noted::default(),
    }
    .commit_or(unknown(id), context)
    .await
}
