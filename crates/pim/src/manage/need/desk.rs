//! Reading what roles allow, as seldom as possible.

use super::{Cached, save};
use crate::{
    cloud::ROLE_DEFINITIONS,
    manage::Office,
    model::{Kind, RoleKey},
    paths::Paths,
    problem::Problem,
};

/// Reads what roles allow and keeps it for the next question. What was `kept` stays where that cannot be read now, or not all
/// of it. `own` are the roles that the account may activate: where it may read no others, those are read.
///
/// # Errors
/// Where nothing can be read and nothing was kept.
pub async fn read(office: &Office, paths: &Paths, own: &[RoleKey], kept: Option<Cached>) -> Result<Cached, Problem> {
    let azure = office.asks_for(Kind::AzureResource);
    let explained = |problem: &Problem| office.explained(ROLE_DEFINITIONS, problem.clone());
    match (office.sources().definitions(azure, own).await, kept) {
        (Ok(read), kept) => {
            let missing: Vec<_> = read.missing.iter().map(|(kind, why)| (*kind, explained(why.problem()))).collect();
            let whole = |kept: &Cached| !missing.is_empty() && kept.missing.is_empty() && kept.azure == azure;
            if let Some(kept) = kept.filter(whole) {
                return Ok(kept);
            }
            let account = office.identity().id();
            let read = Cached { account, as_of: office.now(), azure, definitions: read.found, missing };
            if let Err(error) = save(paths, &read) {
                // Without it the next question takes as long as this one.
                tracing::warn!(%error, account = read.account, "what roles allow could not be kept");
            }
            Ok(read)
        }
        (Err(_), Some(kept)) => Ok(kept),
        (Err(failure), None) => Err(explained(failure.problem())),
    }
}
