//! What is done without a caller, by the Worker's cron (wrangler.toml): in steps of some rows, so that the companies'
//! own calls get in between, and no more than some steps at a time. What is left is for the next time.

use crate::ambient;
use crate::directory::id::Randomness;
use crate::store::database::Database;
use crate::store::error::StoreError;
use crate::store::{groups, retention, shard, teammates};
use worker::Env;

/// Each is two calls of D1; a Worker on the free plan may make 50 (Cloudflare's docs, "Limits").
const MOST_STEPS: usize = 10;

pub(crate) async fn run(env: &Env) -> Result<(), StoreError> {
    for database in shard::all(env)? {
        fold_names(&database).await?;
        tend(&database).await?;
    }
    Ok(())
}

/// Names that are stored under a former folding are folded anew.
async fn fold_names(database: &Database) -> Result<(), StoreError> {
    for _ in 0..MOST_STEPS {
        let stale = [teammates::folding::stale(), groups::folding::stale()];
        let found = database.batch(&stale).await?;
        let [people, crews] = found.as_slice() else {
            return Ok(());
        };
        let mut writes = teammates::folding::anew(people)?;
        writes.extend(groups::folding::anew(crews)?);
        if writes.is_empty() {
            return Ok(());
        }
        database.batch(&writes).await?;
    }
    Ok(())
}

/// What is too old goes, and what is kept is counted.
async fn tend(database: &Database) -> Result<(), StoreError> {
    for _ in 0..MOST_STEPS {
        let now = ambient::now();
        let due = retention::many(&database.run(retention::due(now)).await?)?;
        let mut writes = Vec::new();
        for company in &due {
            writes.extend(retention::tend(
                company,
                now,
                [randomness()?, randomness()?],
            ));
        }
        if writes.is_empty() {
            return Ok(());
        }
        database.batch(&writes).await?;
    }
    Ok(())
}

fn randomness() -> Result<Randomness, StoreError> {
    ambient::id_randomness().map_err(|error| StoreError::Call(error.to_string()))
}
