//! Who activated what in the last days.

use chrono::TimeDelta;

use super::Counter;
use crate::{
    cloud::AUDIT_LOG,
    codes,
    manage::Office,
    view::{ActivationRow, Told},
    watch::activations::{Activation, is_watched},
};

/// So far back.
const SPAN: TimeDelta = TimeDelta::days(7);

/// Pages that one look reads at most, a thousand records each: where so much happens, the newest of it counts.
const MOST_PAGES: usize = 5;

impl Counter {
    /// `watched` are the roles that are watched, by name or id; none: the most privileged ones.
    pub(super) async fn activations(&self, office: &Office, watched: &[String], allow: bool) -> Told {
        if allow {
            // Whoever says no is told what is missing.
            let _ = office.permit(AUDIT_LOG).await;
        }
        let mut log = office.sources().audit(Some(office.now() - SPAN), None, None);
        let (mut rows, mut refused) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            match log.next(|_| {}).await {
                Ok(Some(page)) => {
                    let found = page.records.iter().filter_map(|record| Some((Activation::of(record)?, record)));
                    rows.extend(found.map(|(found, record)| ActivationRow::of(found, is_watched(record, watched))));
                }
                Ok(None) => break,
                // What was read before is told.
                Err(failure) => {
                    refused = Some(office.explained(AUDIT_LOG, failure.problem().clone()));
                    break;
                }
            }
        }
        let since = if log.is_unfinished() { rows.last().map(|row| row.at) } else { Some(office.now() - SPAN) };
        let allowable = refused.as_ref().is_some_and(|problem| codes::lacks_consent(&problem.code));
        Told::Activations { rows, since, refused, allowable }
    }
}

impl ActivationRow {
    fn of(activation: Activation, watched: bool) -> Self {
        let Activation { id, at, person, person_id: _, username, role, scope, end, reason, ticket } = activation;
        Self { id, at, end, person, username, name: role, scope, reason, ticket, watched }
    }
}
