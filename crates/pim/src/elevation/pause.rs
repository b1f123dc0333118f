//! Times before which a service wants to hear nothing: what it said in answer to one question about a kind (`Retry-After`)
//! holds for every further one about that kind, whoever wants to know. What somebody clicks is sent all the same: it is they
//! who ask, and the answer says when to come again.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::Elevation;
use crate::{failure::Failure, model::Kind};

/// More than this is a mistake.
const LONGEST: Duration = Duration::days(1);

/// In the service's time, which was known when it said so: a clock that is put right does not change them.
#[derive(Debug, Default)]
pub(super) struct Pauses(BTreeMap<Kind, DateTime<Utc>>);

impl Elevation {
    /// Takes note of the time that a failure names. An earlier one that is later still holds.
    pub(super) fn note_pause(&mut self, kind: Kind, failure: &Failure, now: DateTime<Utc>) {
        if let Some(until) = failure.retry_at() {
            let until = until.min(now + LONGEST);
            let known = self.pauses.0.entry(kind).or_insert(until);
            *known = until.max(*known);
        }
    }

    /// Until when nothing is asked about a kind.
    pub(super) fn paused_until(&self, kind: Kind, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.pauses.0.get(&kind).copied().filter(|until| *until > now)
    }

    /// That moment, or when the pause is over.
    pub(super) fn politely(&self, kind: Kind, at: DateTime<Utc>) -> DateTime<Utc> {
        self.pauses.0.get(&kind).map_or(at, |until| at.max(*until))
    }

    /// What waits for the end of a pause is seen to then.
    pub(super) fn pauses_deadline(&self) -> Option<DateTime<Utc>> {
        self.pauses.0.values().copied().filter(|until| *until > self.last).min()
    }
}
