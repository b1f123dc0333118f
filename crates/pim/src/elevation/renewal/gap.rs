//! How long somebody is without a role between one activation and the next.

use chrono::Duration;

use super::{
    super::{Elevation, attempt::EDGE},
    AFTER,
};
use crate::{
    journal::{Grant, Outcome, Past},
    model::Kind,
};

/// How many of the latest activations tell how long provisioning takes.
const MEASURED: usize = 5;
/// What took longer waited for a person, or for the network.
const LONGEST: Duration = Duration::minutes(2);

impl Elevation {
    /// Seconds between the end and what begins after it by itself: none that anybody would notice, or up to a minute.
    pub(super) fn pause_between(&self, id: &str, grant: &Grant) -> u32 {
        let planned = self.attempts.get(id).and_then(|attempt| attempt.activation.start);
        let start = planned.unwrap_or_else(|| self.next_start(grant.key.kind, grant.end));
        u32::try_from((start - grant.end - AFTER).num_seconds()).unwrap_or(0)
    }

    /// Seconds between ending it now and the next activation.
    pub(super) fn restart_gap(&self, kind: Kind) -> u32 {
        self.gap(kind).max(lingering(kind).saturating_add(u32::try_from(typical(kind)).unwrap_or(0)))
    }

    /// Seconds between an end and the next activation, as provisioning took lately, or as it mostly does.
    pub(super) fn gap(&self, kind: Kind) -> u32 {
        let took = |past: &Past| {
            let asked = &past.intent.activation;
            let plain = asked.key.kind == kind && asked.start.is_none() && past.outcome == Outcome::Granted;
            plain.then(|| past.at - past.intent.at).filter(|took| (Duration::zero()..LONGEST).contains(took))
        };
        let mut took: Vec<_> = self.memory.history.iter().rev().filter_map(took).take(MEASURED).collect();
        took.sort_unstable();
        let provisioning = took.get(took.len() / 2).map_or(typical(kind), |took| took.num_seconds() + 1);
        u32::try_from((EDGE.num_seconds() + provisioning).max(1)).unwrap_or(u32::MAX)
    }
}

/// Seconds after a deactivation in which a service still says that the role is active, as recorded.
fn lingering(kind: Kind) -> u32 {
    match kind {
        Kind::DirectoryRole | Kind::Group => 0,
        Kind::AzureResource => 120,
    }
}

/// Seconds that provisioning mostly takes, as recorded.
fn typical(kind: Kind) -> i64 {
    match kind {
        Kind::DirectoryRole => 1,
        Kind::Group => 10,
        Kind::AzureResource => 2,
    }
}
