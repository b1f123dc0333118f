//! The three lists (eligible, active, policies): when they are read, and what happens to what they say.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{Again, Call, Effect, Elevation, STALE, inquiry::retry_at};
use crate::{
    codes,
    failure::Failure,
    model::{Assignment, Eligibility, Requirements, RoleKey},
    problem::Problem,
};

/// Policies change rarely.
const POLICIES_FRESH: Duration = Duration::minutes(10);
/// While something is active it may be ended elsewhere: one look now and then.
const SLOW: Duration = Duration::minutes(15);
/// After an end, the service needs a moment until its lists know.
const AFTER_END: Duration = Duration::seconds(2);
/// Milliseconds between attempts to read a list with the network away: for ten minutes it is there again within ten
/// seconds of the network, then within a minute.
const RETRY: [i64; 62] = {
    let mut steps = [10_000; 62];
    (steps[0], steps[1], steps[61]) = (2_000, 5_000, 60_000);
    steps
};

/// What was read, kept for the next start so that the window paints at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Known {
    /// Server time of the older of the two lists.
    pub as_of: Option<DateTime<Utc>>,
    /// Eligibilities.
    pub eligible: Vec<Eligibility>,
    /// Assignments.
    pub active: Vec<Assignment>,
    /// Requirements by `roleDefinitionId`, lower case.
    pub policies: HashMap<String, Requirements>,
}

#[derive(Debug, Default)]
pub(super) struct Lists {
    pub eligible: Vec<Eligibility>,
    /// As listed; what is shown as active is decided elsewhere.
    pub active: Vec<Assignment>,
    pub policies: HashMap<String, Requirements>,
    pub saved_at: Option<DateTime<Utc>>,
    pub eligible_at: Option<DateTime<Utc>>,
    pub active_at: Option<DateTime<Utc>>,
    policies_at: Option<DateTime<Utc>>,
    eligible_problem: Option<Problem>,
    active_problem: Option<Problem>,
    policies_problem: Option<Problem>,
    /// After a failure that may pass.
    retry: Option<DateTime<Utc>>,
    /// Readings that failed one after the other.
    failures: usize,
    /// The next look at what is active, where there is a reason for one.
    look: Option<DateTime<Utc>>,
    /// From then on the list knows what an earlier run did last.
    settled: Option<DateTime<Utc>>,
    by_id: HashMap<String, usize>,
}

impl Lists {
    pub fn new(known: Option<Known>) -> Self {
        let Known { as_of, eligible, active, policies } = known.unwrap_or_default();
        let mut lists = Self { active, policies, saved_at: as_of, ..Self::default() };
        lists.set_eligible(eligible);
        lists
    }

    fn set_eligible(&mut self, eligible: Vec<Eligibility>) {
        // Direct and through a group: one role all the same, since a request cannot tell them apart.
        self.eligible = Vec::with_capacity(eligible.len());
        self.by_id.clear();
        for role in eligible {
            let place = self.eligible.len();
            if let std::collections::hash_map::Entry::Vacant(entry) = self.by_id.entry(role.key.id()) {
                entry.insert(place);
                self.eligible.push(role);
            }
        }
    }

    pub fn eligibility(&self, id: &str) -> Option<&Eligibility> {
        self.by_id.get(id).and_then(|place| self.eligible.get(*place))
    }

    pub fn requirements(&self, key: &RoleKey) -> Requirements {
        self.policies.get(&key.policy_id()).cloned().unwrap_or_default()
    }

    pub fn as_of(&self) -> Option<DateTime<Utc>> {
        self.eligible_at.zip(self.active_at).map(|(eligible, active)| eligible.min(active)).or(self.saved_at)
    }

    pub fn problem(&self) -> Option<&Problem> {
        self.eligible_problem.as_ref().or(self.active_problem.as_ref()).or(self.policies_problem.as_ref())
    }

    /// The clock was put right.
    pub fn shift(&mut self, by: Duration) {
        self.retry = self.retry.map(|at| at + by);
        self.look = self.look.map(|at| at + by);
        self.settled = self.settled.map(|at| at + by);
    }

    /// A look at what is active, soon.
    pub fn look_soon(&mut self, now: DateTime<Utc>) {
        let soon = now + AFTER_END;
        self.look = Some(self.look.map_or(soon, |look| look.min(soon)));
    }
}

impl Elevation {
    /// What was read, for the next start.
    pub fn known(&self) -> Known {
        Known {
            as_of: self.lists.as_of(),
            eligible: self.lists.eligible.clone(),
            active: self.lists.active.clone(),
            policies: self.lists.policies.clone(),
        }
    }

    /// Reads the lists, and asks about everything that waits.
    pub(super) fn refresh(&mut self, now: DateTime<Utc>) {
        self.read_lists(now);
        self.inquire_soon(now);
    }

    /// Reads what is not being read already, side by side.
    fn read_lists(&mut self, now: DateTime<Utc>) {
        self.lists.retry = None;
        if !self.calling(|call| matches!(call, Call::Eligible)) {
            let call = self.call(Call::Eligible);
            self.effects.push(Effect::ReadEligible(call));
        }
        self.read_active(now);
        let fresh = self.lists.policies_at.is_some_and(|at| (at..at + POLICIES_FRESH).contains(&now));
        if !fresh && !self.calling(|call| matches!(call, Call::Policies)) {
            let call = self.call(Call::Policies);
            self.effects.push(Effect::ReadPolicies(call));
        }
    }

    pub(super) fn read_active(&mut self, now: DateTime<Utc>) {
        if !self.calling(|call| matches!(call, Call::Active { .. })) {
            let call = self.call(Call::Active { started: now });
            self.effects.push(Effect::ReadActive(call));
        }
    }

    pub(super) fn reading(&self) -> bool {
        self.calling(|call| matches!(call, Call::Eligible | Call::Active { .. } | Call::Policies))
    }

    pub(super) fn eligible_read(&mut self, result: Result<Vec<Eligibility>, Failure>, now: DateTime<Utc>) {
        match result {
            Ok(eligible) => {
                self.lists.set_eligible(eligible);
                self.lists.eligible_at = Some(now);
                self.lists.eligible_problem = None;
            }
            Err(failure) => {
                self.lists.eligible_problem = Some(failure.problem().clone());
                self.read_again(&failure, now);
            }
        }
    }

    pub(super) fn active_read(
        &mut self,
        result: Result<Vec<Assignment>, Failure>,
        started: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        let read = result.is_ok();
        match result {
            Ok(active) => {
                self.merge(&active, started, now);
                self.lists.active = active;
                self.lists.active_at = Some(now);
                self.lists.active_problem = None;
                // What an earlier run did last may not have reached the list that is read at the start. Counted from the
                // first answer: until then the clock may be wrong.
                let settled = *self.lists.settled.get_or_insert(now + STALE);
                let look = if now < settled { settled } else { now + SLOW };
                self.lists.look = (!self.memory.grants.is_empty()).then_some(look);
                self.lists.failures = 0;
            }
            Err(failure) => {
                self.lists.active_problem = Some(failure.problem().clone());
                self.read_again(&failure, now);
            }
        }
        self.check_existing(started, read, now);
        self.still_unlisted(now);
    }

    pub(super) fn policies_read(&mut self, result: Result<HashMap<String, Requirements>, Failure>, now: DateTime<Utc>) {
        match result {
            Ok(policies) => {
                self.lists.policies = policies;
                self.lists.policies_at = Some(now);
                self.lists.policies_problem = None;
            }
            Err(failure) => {
                self.lists.policies_problem = Some(failure.problem().clone());
                self.read_again(&failure, now);
            }
        }
    }

    fn read_again(&mut self, failure: &Failure, now: DateTime<Utc>) {
        if matches!(failure, Failure::NotSent { .. } | Failure::Lost(_)) {
            // Three lists failing together are one failure.
            let at = self.lists.retry.filter(|at| *at > now).unwrap_or_else(|| {
                let step = RETRY[self.lists.failures.min(RETRY.len() - 1)];
                self.lists.failures += 1;
                now + Duration::milliseconds(step)
            });
            self.lists.retry = Some(Again::at(at).not_before(retry_at(failure), now).at);
        }
    }

    pub(super) fn lists_due(&mut self, now: DateTime<Utc>) {
        if self.lists.retry.is_some_and(|at| at <= now) && !self.reading() {
            self.read_lists(now);
        }
        if self.lists.look.is_some_and(|look| look <= now) && !self.reading() {
            self.lists.look = None;
            self.read_active(now);
        }
    }

    pub(super) fn lists_deadline(&self) -> Option<DateTime<Utc>> {
        self.lists.retry.into_iter().chain(self.lists.look).min().filter(|_| !self.reading())
    }

    /// What an answer says about the network.
    pub(super) fn heard<T>(&mut self, result: &Result<T, Failure>) {
        self.offline = result.as_ref().is_err_and(|failure| failure.problem().code == codes::NETWORK);
    }
}
