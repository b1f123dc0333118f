//! One kind's lists (eligible, active, policies), each with its own age, its own trouble and its own politeness.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};

use super::{Again, Listed, Partial, extension::RENEW, news::Snapshot};
use crate::{
    api::ENTERED,
    codes,
    failure::Failure,
    model::{Assignment, Eligibility, Kind, MemberType, Requirements, RoleKey},
    problem::Problem,
};

/// Policies change rarely.
const POLICIES_FRESH: Duration = Duration::minutes(10);
/// Milliseconds between attempts to read a list with the network away: for ten minutes it is there again within ten
/// seconds of the network (a second of them for the attempt that just failed), then within a minute.
const RETRY: [i64; 69] = {
    let mut steps = [9_000; 69];
    (steps[0], steps[1], steps[68]) = (2_000, 5_000, 60_000);
    steps
};

/// The same where part of a list is missing: half a minute later, then less and less often.
const PARTIAL: [i64; 5] = [30_000, 60_000, 120_000, 300_000, 900_000];

/// It may do better later.
fn is_passing(failure: &Failure) -> bool {
    matches!(failure, Failure::NotSent { .. } | Failure::Lost { .. })
}

/// How the reading of one list goes.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// When it answered last.
    pub at: Option<DateTime<Utc>>,
    /// Why the last reading failed.
    pub problem: Option<Problem>,
    /// It was refused: nothing is gained by asking again unasked.
    pub refused: bool,
    /// Part of it did not answer.
    pub partial: Option<Problem>,
    /// After a failure that may pass.
    again: Option<Again>,
    /// The next attempt.
    pub retry: Option<DateTime<Utc>>,
}

/// Why something did not answer.
fn problem<T>(listed: &Listed<T>) -> Option<Problem> {
    listed.partial.as_ref().map(|partial| partial.problem.clone())
}

impl Reading {
    fn answered<T>(&mut self, listed: &Listed<T>, now: DateTime<Utc>) {
        let later = listed.partial.as_ref().and_then(|partial| partial.later);
        let again = later
            .map(|later| self.again.unwrap_or(Again::at(now)).after(&PARTIAL, now).not_before(later.not_before, now));
        let (partial, retry) = (problem(listed), again.map(|again| again.at));
        *self = Self { at: Some(now), partial, again, retry, ..Self::default() };
    }

    /// Something is late: how often it was asked for is not forgotten.
    fn answered_so_far<T>(&mut self, listed: &Listed<T>, now: DateTime<Utc>) {
        *self = Self { at: Some(now), partial: problem(listed), again: self.again, ..Self::default() };
    }

    fn failed(&mut self, failure: &Failure, now: DateTime<Utc>) {
        self.problem = Some(failure.problem().clone());
        let passing = is_passing(failure);
        self.refused = matches!(failure, Failure::Refused(_) | Failure::StepUp { .. });
        self.again = passing
            .then(|| self.again.unwrap_or(Again::at(now)).after(&RETRY, now).not_before(failure.retry_at(), now));
        self.retry = self.again.map(|again| again.at);
    }

    pub fn due(&self, now: DateTime<Utc>) -> bool {
        self.retry.is_some_and(|at| at <= now)
    }

    /// It is to be read, and not before then.
    pub fn wait(&mut self, until: DateTime<Utc>) {
        self.retry = Some(until);
    }

    fn shift(&mut self, by: Duration) {
        self.retry = self.retry.map(|at| at + by);
    }
}

/// What several answers about policies have come to.
#[derive(Debug, Default)]
struct Said {
    anything: bool,
    failure: Option<Failure>,
    partial: Option<Partial>,
}

/// One kind's lists.
#[derive(Debug)]
pub(super) struct Source {
    pub kind: Kind,
    pub eligible: Vec<Eligibility>,
    /// Those that the user named, whether listed or not.
    entered: Vec<Eligibility>,
    /// As listed; what is shown as active is decided elsewhere.
    pub active: Vec<Assignment>,
    /// Eligibilities of the caller's own that ended a while ago: they can be renewed.
    pub lapsed: Vec<Eligibility>,
    pub saved_at: Option<DateTime<Utc>>,
    pub eligible_list: Reading,
    pub active_list: Reading,
    pub policies_list: Reading,
    /// When the policy was read, or certainly could not be; not for directory roles, which are read all at once.
    policies_at: HashMap<String, DateTime<Utc>>,
    /// Policies that were asked for since the lists were wanted last.
    pub policies_asked: HashSet<String>,
    /// What came of that so far.
    policies_said: Said,
    /// Roles on the first pages of a list that is being read.
    pub coming: Vec<RoleKey>,
    /// Roles at narrower scopes than the eligible one, whose policies are wanted.
    pub narrowed: Vec<RoleKey>,
    /// The next look at what is active, where there is a reason for one.
    pub look: Option<DateTime<Utc>>,
    /// From then on the list knows what an earlier run did last.
    pub settled: Option<DateTime<Utc>>,
    by_id: HashMap<String, usize>,
    /// Since when what was not activated is listed.
    standing: HashMap<String, DateTime<Utc>>,
    /// What there was at the last reading, to tell what is new.
    pub eligible_before: Snapshot,
    /// The same of what is held without having been activated.
    pub standing_before: Snapshot,
}

impl Source {
    pub fn new(
        kind: Kind,
        eligible: Vec<Eligibility>,
        active: Vec<Assignment>,
        saved_at: Option<DateTime<Utc>>,
    ) -> Self {
        let mut source = Self {
            kind,
            eligible: Vec::new(),
            entered: Vec::new(),
            active,
            lapsed: Vec::new(),
            saved_at,
            eligible_list: Reading::default(),
            active_list: Reading::default(),
            policies_list: Reading::default(),
            policies_at: HashMap::new(),
            policies_asked: HashSet::new(),
            policies_said: Said::default(),
            coming: Vec::new(),
            narrowed: Vec::new(),
            look: None,
            settled: None,
            by_id: HashMap::new(),
            standing: HashMap::new(),
            eligible_before: Snapshot::default(),
            standing_before: Snapshot::default(),
        };
        source.set_eligible(eligible);
        if let Some(at) = saved_at {
            source.note_standing(at);
            source.eligible_before = Snapshot::of_eligible(&source.eligible, saved_at);
        }
        source
    }

    fn set_eligible(&mut self, eligible: Vec<Eligibility>) {
        // Direct and through a group: one role all the same, since a request cannot tell them apart.
        let listed: Vec<_> = eligible.into_iter().filter(|role| role.instance_id != ENTERED).collect();
        self.eligible = Vec::with_capacity(listed.len() + self.entered.len());
        self.by_id.clear();
        // What is listed is known better than what was entered.
        for role in listed.into_iter().chain(self.entered.iter().cloned()) {
            let place = self.eligible.len();
            if let std::collections::hash_map::Entry::Vacant(entry) = self.by_id.entry(role.key.id()) {
                entry.insert(place);
                self.eligible.push(role);
            }
        }
    }

    /// These were named by the user.
    pub fn set_entered(&mut self, entered: Vec<Eligibility>) {
        self.entered = entered;
        let listed = std::mem::take(&mut self.eligible);
        self.set_eligible(listed);
    }

    pub fn eligibility(&self, id: &str) -> Option<&Eligibility> {
        self.by_id.get(id).and_then(|place| self.eligible.get(*place))
    }

    pub fn as_of(&self) -> Option<DateTime<Utc>> {
        let read = self.eligible_list.at.zip(self.active_list.at).map(|(eligible, active)| eligible.min(active));
        read.or(self.saved_at)
    }

    pub fn problem(&self) -> Option<&Problem> {
        [&self.eligible_list, &self.active_list, &self.policies_list].into_iter().find_map(|list| list.problem.as_ref())
    }

    pub fn partial(&self) -> Option<&Problem> {
        self.eligible_list.partial.as_ref().or(self.active_list.partial.as_ref())
    }

    /// The service has said no.
    pub fn refused(&self) -> bool {
        self.eligible_list.refused || self.active_list.refused
    }

    /// Nobody here uses it: there is nothing in it, or nobody has consented to it.
    pub fn unused(&self) -> bool {
        self.eligible.is_empty() && self.active.is_empty() && (self.refused() || self.as_of().is_some())
    }

    /// Roles whose policy has to be read and was not asked for yet. Not for directory roles.
    pub fn policies_to_ask_for(&mut self, now: DateTime<Utc>) -> Vec<RoleKey> {
        let stale: Vec<_> = self.stale_policies(now).map(|(id, key)| (id, key.clone())).collect();
        let wanted = stale.into_iter().filter(|(id, _)| self.policies_asked.insert(id.clone()));
        wanted.map(|(_, key)| key).collect()
    }

    fn stale_policies(&self, now: DateTime<Utc>) -> impl Iterator<Item = (String, &RoleKey)> {
        let fresh = move |at: &DateTime<Utc>| (*at..*at + POLICIES_FRESH).contains(&now);
        let keys = self.eligible.iter().map(|role| &role.key).chain(&self.coming).chain(&self.narrowed);
        keys.map(|key| (key.policy_id(), key)).filter(move |(id, _)| !self.policies_at.get(id).is_some_and(fresh))
    }

    /// Are all policies of the kind to be read again?
    pub fn policies_stale(&self, now: DateTime<Utc>) -> bool {
        !self.policies_list.at.is_some_and(|at| (at..at + POLICIES_FRESH).contains(&now))
    }

    pub fn eligible_read(&mut self, result: Result<Listed<Vec<Eligibility>>, Failure>, now: DateTime<Utc>) {
        self.coming.clear();
        match result {
            Ok(listed) => {
                self.eligible_list.answered(&listed, now);
                self.take_eligible(listed, now);
            }
            Err(failure) => self.eligible_list.failed(&failure, now),
        }
    }

    pub fn eligible_so_far(&mut self, listed: Listed<Vec<Eligibility>>, now: DateTime<Utc>) {
        self.eligible_list.answered_so_far(&listed, now);
        self.take_eligible(listed, now);
    }

    fn take_eligible(&mut self, listed: Listed<Vec<Eligibility>>, now: DateTime<Utc>) {
        let mut eligible = listed.found;
        let before = std::mem::take(&mut self.eligible);
        if let Some(partial) = &listed.partial {
            // What did not answer is not gone. Where something is listed twice the first one counts.
            eligible.extend(before.iter().filter(|role| partial.leaves_open(&role.key)).cloned());
        }
        self.set_eligible(eligible);
        self.lapsed.extend(before);
        self.keep_lapsed(now);
    }

    /// Of what was there: what has ended, is not listed again, and can still be renewed.
    fn keep_lapsed(&mut self, now: DateTime<Utc>) {
        let (mut seen, by_id) = (HashSet::new(), &self.by_id);
        self.lapsed.retain(|role| {
            let renewable = role.end.is_some_and(|end| end <= now && now < end + RENEW);
            let id = role.key.id();
            renewable && role.member_type == MemberType::Direct && !by_id.contains_key(&id) && seen.insert(id)
        });
    }

    pub fn active_read(&mut self, result: Result<Listed<Vec<Assignment>>, Failure>, now: DateTime<Utc>) {
        match result {
            Ok(listed) => {
                self.active_list.answered(&listed, now);
                self.take_active(listed, now);
            }
            Err(failure) => self.active_list.failed(&failure, now),
        }
    }

    pub fn active_so_far(&mut self, listed: Listed<Vec<Assignment>>, now: DateTime<Utc>) {
        self.active_list.answered_so_far(&listed, now);
        self.take_active(listed, now);
    }

    fn take_active(&mut self, listed: Listed<Vec<Assignment>>, now: DateTime<Utc>) {
        let before = std::mem::replace(&mut self.active, listed.found);
        if let Some(partial) = &listed.partial {
            let listed: HashSet<_> = self.active.iter().map(|row| row.key.id()).collect();
            let stands = |row: &Assignment| !row.activated && row.end.is_none_or(|end| end > now);
            let open = |row: &Assignment| partial.leaves_open(&row.key) && !listed.contains(&row.key.id());
            self.active.extend(before.into_iter().filter(|row| stands(row) && open(row)));
        }
        self.note_standing(now);
    }

    fn note_standing(&mut self, now: DateTime<Utc>) {
        let standing = self.active.iter().filter(|row| !row.activated).map(|row| row.key.id());
        self.standing = standing.map(|id| (id.clone(), self.standing.get(&id).copied().unwrap_or(now))).collect();
    }

    /// Since when something that was not activated is listed, as far as is known.
    pub fn standing_since(&self, id: &str) -> Option<DateTime<Utc>> {
        self.standing.get(id).copied()
    }

    /// `asked` are the roles that were asked for: what a complete answer does not name cannot be read.
    pub fn policies_read(
        &mut self,
        asked: &[RoleKey],
        result: &Result<Listed<HashMap<String, Requirements>>, Failure>,
        now: DateTime<Utc>,
    ) {
        self.policies_said.anything = true;
        match result {
            Ok(listed) => {
                self.policies_at.extend(listed.found.keys().map(|id| (id.clone(), now)));
                match &listed.partial {
                    Some(partial) => {
                        let before = self.policies_said.partial.take();
                        let later = partial.later.or(before.and_then(|before| before.later));
                        self.policies_said.partial = Some(Partial { later, ..partial.clone() });
                    }
                    None => self.policies_at.extend(asked.iter().map(|key| (key.policy_id(), now))),
                }
            }
            // Whether somebody who is merely eligible may read them is not documented: the service judges.
            Err(Failure::Refused(problem))
                if self.kind == Kind::AzureResource && !codes::lacks_consent(&problem.code) =>
            {
                self.policies_at.extend(asked.iter().map(|key| (key.policy_id(), now)));
            }
            // What may pass decides: it is tried again.
            Err(failure) => {
                let known = self.policies_said.failure.take().filter(is_passing);
                self.policies_said.failure = known.or_else(|| Some(failure.clone()));
            }
        }
    }

    /// All that was asked for has come to something.
    pub fn settle_policies(&mut self, now: DateTime<Utc>) {
        let Said { anything, failure, partial } = std::mem::take(&mut self.policies_said);
        if !anything {
            return;
        }
        // What is no longer listed may well have been refused.
        let wanting = self.kind == Kind::DirectoryRole || self.stale_policies(now).next().is_some();
        match failure.filter(|_| wanting) {
            Some(failure) => self.policies_list.failed(&failure, now),
            None => self.policies_list.answered(&Listed { found: (), partial }, now),
        }
    }

    /// A look at what is active, no later than then.
    pub fn look_by(&mut self, at: DateTime<Utc>) {
        self.look = Some(self.look.map_or(at, |look| look.min(at)));
    }

    /// The clock was put right.
    pub fn shift(&mut self, by: Duration) {
        for reading in [&mut self.eligible_list, &mut self.active_list, &mut self.policies_list] {
            reading.shift(by);
        }
        self.look = self.look.map(|at| at + by);
        self.settled = self.settled.map(|at| at + by);
    }
}
