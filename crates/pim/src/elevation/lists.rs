//! The lists of all kinds side by side: when they are read, and what happens to what they say. One kind's trouble is not
//! another one's.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{Call, Effect, Elevation, Listed, STALE, source::Source};
use crate::{
    codes,
    failure::Failure,
    journal::Fact,
    model::{Assignment, Eligibility, Kind, Requirements, RoleKey},
    problem::Problem,
    view::{ListState, SourceState},
};

/// While something is active it may be ended elsewhere: one look now and then.
const SLOW: Duration = Duration::minutes(15);
/// After an end, the service needs a moment until its lists know.
const AFTER_END: Duration = Duration::seconds(2);

/// What was read, kept for the next start so that the window paints at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Known {
    /// Server time of the oldest list.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub as_of: Option<DateTime<Utc>>,
    /// Eligibilities.
    pub eligible: Vec<Eligibility>,
    /// Assignments.
    pub active: Vec<Assignment>,
    /// Requirements by [`RoleKey::policy_id`].
    pub policies: HashMap<String, Requirements>,
    /// Eligibilities that ended a while ago.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Eligibility>,
    /// Server time of the older of the two lists of each kind. Earlier versions had one kind only.
    #[serde(default)]
    #[serde(deserialize_with = "crate::model::moment::table")]
    pub sources: BTreeMap<Kind, DateTime<Utc>>,
}

#[derive(Debug)]
pub(super) struct Lists {
    pub sources: [Source; 3],
    policies: HashMap<String, Requirements>,
}

impl Lists {
    pub fn new(known: Option<Known>) -> Self {
        let Known { as_of, eligible, active, policies, lapsed, sources } = known.unwrap_or_default();
        let source = |kind: Kind| {
            let eligible = eligible.iter().filter(|role| role.key.kind == kind).cloned().collect();
            let active = active.iter().filter(|row| row.key.kind == kind).cloned().collect();
            let alone = as_of.filter(|_| sources.is_empty() && kind == Kind::DirectoryRole);
            let lapsed = lapsed.iter().filter(|role| role.key.kind == kind).cloned().collect();
            let mut source = Source::new(kind, eligible, active, sources.get(&kind).copied().or(alone));
            source.lapsed = lapsed;
            source
        };
        Self { sources: Kind::ALL.map(source), policies }
    }

    /// Roles that the user named.
    pub fn set_entered(&mut self, entered: &BTreeMap<String, Eligibility>) {
        for source in &mut self.sources {
            let kind = source.kind;
            source.set_entered(entered.values().filter(|role| role.key.kind == kind).cloned().collect());
        }
    }

    pub fn source(&self, kind: Kind) -> &Source {
        &self.sources[place(kind)]
    }

    pub fn source_mut(&mut self, kind: Kind) -> &mut Source {
        &mut self.sources[place(kind)]
    }

    pub fn eligible(&self) -> impl Iterator<Item = &Eligibility> {
        self.sources.iter().flat_map(|source| &source.eligible)
    }

    pub fn active(&self) -> impl Iterator<Item = &Assignment> {
        self.sources.iter().flat_map(|source| &source.active)
    }

    /// What has ended and can be renewed.
    pub fn lapsed(&self) -> impl Iterator<Item = &Eligibility> {
        self.sources.iter().flat_map(|source| &source.lapsed)
    }

    pub fn eligibility(&self, id: &str) -> Option<&Eligibility> {
        self.sources.iter().find_map(|source| source.eligibility(id))
    }

    pub fn requirements(&self, key: &RoleKey) -> Requirements {
        self.policies.get(&key.policy_id()).cloned().unwrap_or_default()
    }

    /// Those that somebody may want to see again.
    fn known_policies(&self) -> HashMap<String, Requirements> {
        let keys =
            self.sources.iter().flat_map(|source| source.eligible.iter().map(|role| &role.key).chain(&source.narrowed));
        let wanted: HashSet<String> = keys.map(RoleKey::policy_id).collect();
        let policies = self.policies.iter().filter(|(id, _)| !id.contains('|') || wanted.contains(*id));
        policies.map(|(id, asks)| (id.clone(), asks.clone())).collect()
    }

    pub fn as_of(&self) -> Option<DateTime<Utc>> {
        self.told().filter_map(Source::as_of).min()
    }

    pub fn problem(&self) -> Option<&Problem> {
        self.told().find_map(Source::problem)
    }

    /// Those that the list as a whole speaks for. A kind that nobody here uses says nothing, unless there is no other.
    fn told(&self) -> impl Iterator<Item = &Source> {
        let nothing = self.sources.iter().all(Source::unused);
        self.sources.iter().filter(move |source| nothing || !source.unused())
    }

    /// The clock was put right.
    pub fn shift(&mut self, by: Duration) {
        for source in &mut self.sources {
            source.shift(by);
        }
    }

    /// A look at what is active, soon.
    pub fn look_soon(&mut self, kind: Kind, now: DateTime<Utc>) {
        self.source_mut(kind).look_by(now + AFTER_END);
    }
}

fn place(kind: Kind) -> usize {
    match kind {
        Kind::DirectoryRole => 0,
        Kind::Group => 1,
        Kind::AzureResource => 2,
    }
}

impl Elevation {
    /// What was read, for the next start.
    pub fn known(&self) -> Known {
        let age = |source: &Source| source.as_of().map(|at| (source.kind, at));
        Known {
            as_of: self.lists.as_of(),
            eligible: self.lists.eligible().cloned().collect(),
            active: self.lists.active().cloned().collect(),
            policies: self.lists.known_policies(),
            lapsed: self.lists.lapsed().cloned().collect(),
            sources: self.lists.sources.iter().filter_map(age).collect(),
        }
    }

    /// The state of the lists: in sum, and each kind's.
    pub fn list(&self) -> ListState {
        let state = |source: &Source| SourceState {
            kind: source.kind,
            as_of: source.as_of(),
            loading: self.reading(source.kind),
            problem: source.problem().cloned(),
            partial: source.partial().cloned(),
            paused_until: self.paused_until(source.kind, self.last),
            consent: None,
        };
        ListState {
            as_of: self.lists.as_of(),
            loading: Kind::ALL.into_iter().any(|kind| self.reading(kind)),
            problem: self.lists.problem().cloned(),
            paused_until: self.lists.told().filter_map(|source| self.paused_until(source.kind, self.last)).max(),
            sources: self.lists.sources.iter().map(state).collect(),
        }
    }

    /// Reads the lists, and asks about everything that waits.
    pub(super) fn refresh(&mut self, now: DateTime<Utc>) {
        for kind in Kind::ALL {
            self.read_lists(kind, now);
        }
        self.inquire_soon(None, now);
    }

    /// The same for one kind.
    pub(super) fn refresh_source(&mut self, kind: Kind, now: DateTime<Utc>) {
        self.read_lists(kind, now);
        self.inquire_soon(Some(kind), now);
    }

    /// Reads what is not being read already, side by side.
    pub(super) fn read_lists(&mut self, kind: Kind, now: DateTime<Utc>) {
        self.refresh_extensions(kind);
        self.read_eligible(kind, now);
        self.read_active(kind, now);
        // Those of directory roles come all at once; of others for what was there before, and then for what is new.
        self.ask_for_policies_again(kind);
        self.read_policies(kind, now);
    }

    fn read_eligible(&mut self, kind: Kind, now: DateTime<Utc>) {
        let pause = self.paused_until(kind, now);
        let list = &mut self.lists.source_mut(kind).eligible_list;
        if let Some(until) = pause {
            return list.wait(until);
        }
        list.retry = None;
        if !self.reading_eligible(kind) {
            let source = self.lists.source(kind);
            let expected = expected(kind, source.eligible.iter().map(|role| &role.key));
            let call = self.call(Call::Eligible(kind));
            self.effects.push(Effect::ReadEligible(call, kind, expected));
        }
    }

    pub(super) fn read_active(&mut self, kind: Kind, now: DateTime<Utc>) {
        if let Some(until) = self.paused_until(kind, now) {
            return self.lists.source_mut(kind).look_by(until);
        }
        self.lists.source_mut(kind).active_list.retry = None;
        if !self.reading_active(kind) {
            let granted = self.memory.grants.values().map(|grant| &grant.key);
            let asked = self.attempts.values().map(|attempt| &attempt.activation.key);
            let expected = expected(kind, granted.chain(asked).filter(|key| key.kind == kind));
            let call = self.call(Call::Active { kind, started: now, late: false });
            self.effects.push(Effect::ReadActive(call, kind, expected));
        }
    }

    pub(super) fn read_policies(&mut self, kind: Kind, now: DateTime<Utc>) {
        self.lists.source_mut(kind).policies_list.retry = None;
        let reading = self.reading_policies(kind);
        let source = self.lists.source_mut(kind);
        let (keys, wanted) = match kind {
            Kind::DirectoryRole => (Vec::new(), !reading && source.policies_stale(now)),
            Kind::Group | Kind::AzureResource => {
                let keys = source.policies_to_ask_for(now);
                let some = !keys.is_empty();
                (keys, some)
            }
        };
        if let Some(until) = self.paused_until(kind, now) {
            return self.lists.source_mut(kind).policies_list.wait(until);
        }
        if wanted {
            let call = self.call(Call::Policies(kind, keys.clone()));
            self.effects.push(Effect::ReadPolicies(call, kind, keys));
        }
    }

    /// What was asked for in vain may be asked for once more; what is under way may not.
    fn ask_for_policies_again(&mut self, kind: Kind) {
        let under_way = self.calls.values().filter_map(|call| match call {
            Call::Policies(reading, keys) if *reading == kind => Some(keys),
            _ => None,
        });
        let under_way = under_way.flatten().map(RoleKey::policy_id).collect();
        self.lists.source_mut(kind).policies_asked = under_way;
    }

    /// Whatever was asked for has come to something, and it is known what there is to ask for.
    fn settle_policies(&mut self, kind: Kind, now: DateTime<Utc>) {
        let more = kind != Kind::DirectoryRole && self.reading_eligible(kind);
        if !more && !self.reading_policies(kind) {
            self.lists.source_mut(kind).settle_policies(now);
        }
    }

    fn reading_eligible(&self, kind: Kind) -> bool {
        self.calling(|call| matches!(call, Call::Eligible(reading) if *reading == kind))
    }

    /// Is it being found out what this role asks for?
    pub(super) fn reading_policy(&self, key: &RoleKey) -> bool {
        self.calling(|call| matches!(call, Call::Policies(_, keys) if keys.contains(key)))
    }

    fn reading_policies(&self, kind: Kind) -> bool {
        self.calling(|call| matches!(call, Call::Policies(reading, _) if *reading == kind))
    }

    pub(super) fn reading_active(&self, kind: Kind) -> bool {
        // What is late is no reason to wait with another look.
        self.calling(|call| matches!(call, Call::Active { kind: reading, late: false, .. } if *reading == kind))
    }

    fn reading(&self, kind: Kind) -> bool {
        self.calling(|call| match call {
            Call::Eligible(reading) | Call::Active { kind: reading, .. } | Call::Policies(reading, _) => {
                *reading == kind
            }
            _ => false,
        })
    }

    pub(super) fn eligible_read(
        &mut self,
        kind: Kind,
        result: Result<Listed<Vec<Eligibility>>, Failure>,
        now: DateTime<Utc>,
    ) {
        let read = result.is_ok();
        let partial = result.as_ref().ok().and_then(|listed| listed.partial.clone());
        self.lists.source_mut(kind).eligible_read(result, now);
        if read {
            self.tell_eligible_news(kind, partial, now);
        }
        if kind != Kind::DirectoryRole {
            if read {
                self.read_policies(kind, now);
            }
            self.settle_policies(kind, now);
        }
    }

    /// Something is late: what is known without it.
    pub(super) fn eligible_so_far(&mut self, kind: Kind, listed: Listed<Vec<Eligibility>>, now: DateTime<Utc>) {
        self.lists.source_mut(kind).eligible_so_far(listed, now);
        if kind != Kind::DirectoryRole {
            self.read_policies(kind, now);
        }
    }

    /// The same of what is active.
    pub(super) fn active_so_far(
        &mut self,
        kind: Kind,
        listed: Listed<Vec<Assignment>>,
        started: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        self.merge(kind, &listed, started, now);
        let partial = listed.partial.clone();
        self.lists.source_mut(kind).active_so_far(listed, now);
        let certain = |key: &RoleKey| partial.as_ref().is_some_and(|partial| !partial.leaves_open(key));
        self.check_existing(kind, started, certain, now);
        self.still_unlisted(kind, now);
    }

    /// The list will name these: what they ask for need not wait for its last page.
    pub(super) fn coming(&mut self, kind: Kind, keys: Vec<RoleKey>, now: DateTime<Utc>) {
        if kind != Kind::DirectoryRole {
            self.lists.source_mut(kind).coming.extend(keys);
            self.read_policies(kind, now);
        }
    }

    pub(super) fn active_read(
        &mut self,
        kind: Kind,
        result: Result<Listed<Vec<Assignment>>, Failure>,
        started: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        // Did the list say for certain what is there of a role?
        let partial = result.as_ref().ok().map(|listed| listed.partial.clone());
        let certain = |key: &RoleKey| match &partial {
            Some(partial) => partial.as_ref().is_none_or(|partial| !partial.leaves_open(key)),
            None => false,
        };
        if let Ok(listed) = &result {
            self.merge(kind, listed, started, now);
            let holding = self.memory.grants.values().any(|grant| grant.key.kind == kind);
            let source = self.lists.source_mut(kind);
            // What an earlier run did last may not have reached the list that is read at the start. Counted from the
            // first answer: until then the clock may be wrong.
            let settled = *source.settled.get_or_insert(now + STALE);
            let look = if now < settled { settled } else { now + SLOW };
            source.look = holding.then_some(look);
        }
        let read = result.is_ok();
        self.lists.source_mut(kind).active_read(result, now);
        if read {
            self.tell_standing_news(kind, now);
        }
        self.check_existing(kind, started, certain, now);
        self.still_unlisted(kind, now);
    }

    /// A role was named that cannot be listed.
    pub(super) fn entered(&mut self, role: Eligibility, now: DateTime<Utc>) {
        let kind = role.key.kind;
        self.note(vec![Fact::Entered { role: Box::new(role) }]);
        self.lists.set_entered(&self.memory.entered);
        if kind != Kind::DirectoryRole {
            self.read_policies(kind, now);
        }
    }

    /// It is not wanted on the list any more.
    pub(super) fn forget_role(&mut self, id: &str) {
        if let Some(key) = self.memory.entered.get(id).map(|role| role.key.clone()) {
            self.note(vec![Fact::Forgotten { key }]);
            self.lists.set_entered(&self.memory.entered);
        }
    }

    pub(super) fn policies_read(
        &mut self,
        kind: Kind,
        asked: &[RoleKey],
        result: Result<Listed<HashMap<String, Requirements>>, Failure>,
        now: DateTime<Utc>,
    ) {
        self.lists.source_mut(kind).policies_read(asked, &result, now);
        self.settle_policies(kind, now);
        if let Ok(listed) = result {
            if kind == Kind::DirectoryRole {
                // All of them were read; those of other kinds are kept under their role's whole id.
                self.lists.policies.retain(|id, _| id.contains('|'));
            }
            self.lists.policies.extend(listed.found);
        }
        self.arm_those_that_waited(now);
    }

    pub(super) fn lists_due(&mut self, now: DateTime<Utc>) {
        for kind in Kind::ALL {
            let source = self.lists.source_mut(kind);
            let (eligible, policies) = (source.eligible_list.due(now), source.policies_list.due(now));
            let active = source.active_list.due(now) || source.look.is_some_and(|look| look <= now);
            if eligible {
                self.read_eligible(kind, now);
            }
            if active && !self.reading_active(kind) {
                let source = self.lists.source_mut(kind);
                (source.active_list.retry, source.look) = (None, None);
                self.read_active(kind, now);
            }
            if policies {
                self.ask_for_policies_again(kind);
                self.read_policies(kind, now);
            }
        }
    }

    pub(super) fn lists_deadline(&self) -> Option<DateTime<Utc>> {
        let deadlines = self.lists.sources.iter().flat_map(|source| {
            // While it is being read, the answer decides.
            let active = source.active_list.retry.into_iter().chain(source.look);
            let active = active.min().filter(|_| !self.reading_active(source.kind));
            [source.eligible_list.retry, active, source.policies_list.retry]
        });
        deadlines.flatten().min()
    }

    /// What an answer about a kind says of the network on the way to its service, and of when to come again.
    pub(super) fn heard<T>(&mut self, kind: Kind, result: &Result<T, Failure>, now: DateTime<Utc>) {
        let code = result.as_ref().err().map(|failure| failure.problem().code.as_str());
        if code == Some(codes::NOT_CONSENTED) {
            // Nobody was asked.
            return;
        }
        self.away.insert(kind.resource(), code == Some(codes::NETWORK));
        if let Err(failure) = result {
            self.note_pause(kind, failure, now);
        }
    }
}

/// Azure answers scope by scope where it is asked to: it has to be told which.
fn expected<'a>(kind: Kind, keys: impl Iterator<Item = &'a RoleKey>) -> Vec<RoleKey> {
    if kind == Kind::AzureResource { keys.cloned().collect() } else { Vec::new() }
}
