//! The floor: a bare Worker that makes one D1 read by a unique index, or one D1 insert, and answers JSON.

use serde_json::Value;
use worker::{Context, Env, Method, Request, Response, Result, event};

const READ: &str =
    "SELECT id, user_name, document FROM people WHERE company_id = ?1 AND user_name_folded = ?2";
const INSERT: &str = "INSERT INTO people (company_id, id, user_name, user_name_folded, document) \
     VALUES (?1, ?2, ?3, ?4, ?5)";

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, _context: Context) -> Result<Response> {
    let database = env.d1("DB")?;
    if request.method() == Method::Get {
        let path = request.path();
        let user_name = path.rsplit('/').next().unwrap_or_default();
        let statement = database.prepare(READ).bind(&["floor".into(), user_name.into()])?;
        let row: Option<Value> = statement.first(None).await?;
        let status = if row.is_some() { 200 } else { 404 };
        return Ok(Response::from_json(&row)?.with_status(status));
    }
    let mut person: Value = serde_json::from_slice(&request.bytes().await?)?;
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| error.to_string())?;
    // In the order of time, as Rollcall's: a new row lands at the end of its table.
    let id = format!("{}-{:032x}", worker::Date::now().as_millis(), u128::from_be_bytes(random));
    let user_name = person["userName"].as_str().unwrap_or_default().to_owned();
    let folded = user_name.to_lowercase();
    let document = person.to_string();
    let values = ["floor", &id, &user_name, &folded, &document].map(Into::into);
    database.prepare(INSERT).bind(&values)?.run().await?;
    person["id"] = id.into();
    Ok(Response::from_json(&person)?.with_status(201))
}
