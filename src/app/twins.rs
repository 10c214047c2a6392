//! Who has one name and is two: rows that were written before names were folded as they are now.

use super::{Context, Error, PageBounds, companies};
use crate::directory::id::CompanyId;
use crate::directory::twins::Twins;
use crate::store::twins;

/// Each with its place in the list, which is where the next page goes on.
pub(crate) async fn list(
    context: &Context,
    company: &CompanyId,
    rows: PageBounds<'_>,
) -> Result<Vec<(String, Twins)>, Error> {
    let statement = twins::page(company, rows.after, rows.limit);
    let (_, [outcome]) = companies::read_of(context, company, [statement]).await?;
    Ok(twins::many(&outcome)?)
}
