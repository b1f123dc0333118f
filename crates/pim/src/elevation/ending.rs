//! Ending an activation before its time, and ending it to activate it again.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::{
    Again, Call, CallId, Effect, Elevation, STALE,
    form::{Entered, SHORTEST},
    shift::{dated, past},
    stage::MISDATED,
    words,
};
use crate::{
    cloud::Resource,
    failure::{Claims, Failure},
    journal::{EndIntent, Fact, Grant, Origin, Renewal},
    model::{Action, ActivationRequest, Deactivation, Kind, RequestStatus, RoleKey},
    problem::Problem,
};

/// The service accepts a deactivation this long after the start.
pub(super) const LOCK: Duration = SHORTEST;
/// When the service still says "too short": it is asked again so much later, as often as fits into the lock and a minute.
const TOO_SHORT: Duration = Duration::seconds(15);
/// So long after its start Azure may not know an activation yet (recorded: 44 seconds, and not 92).
const UNKNOWN: Duration = Duration::minutes(2);
/// A request of ours is at most this much older than we think.
const SKEW: Duration = Duration::seconds(5);
/// Milliseconds between look-ups after a lost answer.
const LOOK_UPS: [i64; 6] = [0, 1_000, 2_000, 5_000, 15_000, 30_000];

/// A deactivation on its way.
#[derive(Debug)]
pub(super) struct Ending {
    key: RoleKey,
    principal_id: String,
    asked: DateTime<Utc>,
    /// When it was asked for, as an earlier run knows: whether it was sent at all has to be found out.
    dated: Option<DateTime<Utc>>,
    stepped_up: bool,
    /// Somebody has clicked for it: a browser may be opened, and they can click again.
    clicked: bool,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Being written to the journal.
    Recording,
    Waiting {
        until: DateTime<Utc>,
    },
    Sending,
    SteppingUp {
        claims: Claims,
    },
    Checking {
        since: DateTime<Utc>,
        again: Again,
    },
}

impl Elevation {
    pub(super) fn deactivate(&mut self, id: &str, now: DateTime<Utc>) {
        match self.may_end(id, now) {
            Ok((key, principal_id)) => {
                // Who ends it does not want it back in the same breath.
                self.disarm(id, now);
                self.end(id, key, principal_id, true, now);
            }
            Err(problem) => self.refuse(id, problem),
        }
    }

    /// Ends the activation and sends a new one as soon as that is done: as a renewal that is due at once, so that a crash
    /// in between loses nothing. Where somebody has to approve the new one, only who has been told so does that: until then
    /// there is nothing.
    pub(super) fn restart(&mut self, id: &str, entered: Entered, confirmed: bool, now: DateTime<Utc>) {
        let Some(role) = self.key(id).and_then(|key| self.role(&key)) else { return };
        let policy = self.lists.requirements(&role.key);
        let checked = if self.asked_early(id) {
            Err(words::engaged())
        } else if policy.approval && !confirmed {
            Err(words::approval_first())
        } else {
            entered.check(&role, &policy, now)
        };
        match checked.and_then(|activation| Ok((activation, self.may_end(id, now)?))) {
            Ok((activation, (key, principal_id))) => {
                let armed = self.memory.renewals.get(id).filter(|renewal| renewal.origin == Origin::Renewal);
                let instead_of = armed.map(|renewal| Box::new(renewal.activation.clone()));
                // What was sent beforehand would stand in the way.
                self.disarm(id, now);
                let renewal = Renewal { activation, origin: Origin::User, due: None, instead_of };
                self.note(vec![Fact::Armed { renewal }]);
                self.end(id, key, principal_id, true, now);
            }
            Err(problem) => self.refuse(id, problem),
        }
    }

    pub(super) fn may_end(&self, id: &str, now: DateTime<Utc>) -> Result<(RoleKey, String), Problem> {
        let Some(grant) = self.memory.grants.get(id).filter(|grant| grant.end > now) else {
            return Err(words::not_active());
        };
        if self.endings.contains_key(id) {
            return Err(words::engaged());
        }
        let unlocked = grant.start + LOCK;
        if now < unlocked {
            return Err(words::locked_until(&(self.options.clock_time)(unlocked)));
        }
        Ok((grant.key.clone(), self.principal(grant).ok_or_else(words::not_active)?))
    }

    /// The caller's object id: all eligibilities of the account carry it.
    fn principal(&self, grant: &Grant) -> Option<String> {
        let asked = grant.activation.as_ref().map(|activation| activation.principal_id.clone());
        asked.or_else(|| self.lists.eligible().next().map(|role| role.principal_id.clone()))
    }

    pub(super) fn end(&mut self, id: &str, key: RoleKey, principal_id: String, clicked: bool, now: DateTime<Utc>) {
        self.failures.remove(id);
        let fact = Fact::Ending { ending: EndIntent { key: key.clone(), principal_id: principal_id.clone(), at: now } };
        self.memory.apply(&fact);
        let call = self.call(Call::RecordEnding(id.to_owned()));
        self.effects.push(Effect::Record(call, vec![fact]));
        let (dated, stepped_up, stage) = (None, false, Stage::Recording);
        self.endings.insert(id.to_owned(), Ending { key, principal_id, asked: now, dated, stepped_up, clicked, stage });
    }

    pub(super) fn ending_recorded(&mut self, id: &str, result: Result<(), Problem>, now: DateTime<Utc>) {
        if !self.endings.get(id).is_some_and(|ending| matches!(ending.stage, Stage::Recording)) {
            return;
        }
        match result {
            Ok(()) => self.send_ending(id, None),
            Err(problem) => self.ending_failed(id, problem, now),
        }
    }

    /// After a start: what was being ended. Was it sent?
    pub(super) fn resume_endings(&mut self, now: DateTime<Utc>) {
        for (id, EndIntent { key, principal_id, at }) in self.memory.endings.clone() {
            let stage = Stage::Checking { since: now, again: Again::at(now) };
            let (asked, dated) = (at.min(now), Some(at));
            let (stepped_up, clicked) = (false, true);
            self.endings.insert(id, Ending { key, principal_id, asked, dated, stepped_up, clicked, stage });
        }
        // "End and activate again" may have been interrupted before that was written down.
        for (id, grant) in &self.memory.grants {
            if self.endings.contains_key(id) {
                continue;
            }
            let interrupted = |renewal: &&Renewal| renewal.origin == Origin::User && renewal.due.is_none();
            let Some(renewal) = self.memory.renewals.get(id).filter(interrupted) else { continue };
            let (key, principal_id) = (grant.key.clone(), renewal.activation.principal_id.clone());
            let stage = Stage::Checking { since: now, again: Again::at(now) };
            // Nothing can have ended this one earlier.
            let asked = grant.start + LOCK;
            let (stepped_up, clicked) = (false, true);
            let ending = Ending { key, principal_id, asked, dated: Some(asked), stepped_up, clicked, stage };
            self.endings.insert(id.clone(), ending);
        }
    }

    /// Being ended, to be activated again: whether it is over is not for the list to say.
    pub(super) fn restarting(&self, id: &str) -> bool {
        self.ending(id) && self.memory.renewals.get(id).is_some_and(|renewal| renewal.origin == Origin::User)
    }

    pub(super) fn endings_due(&mut self, now: DateTime<Utc>) {
        let due = |ending: &Ending| match ending.stage {
            Stage::Waiting { until } => self.politely(ending.key.kind, until) <= now,
            _ => false,
        };
        let ids: Vec<_> = self.endings.iter().filter(|(_, ending)| due(ending)).map(|(id, _)| id.clone()).collect();
        for id in ids {
            self.send_ending(&id, None);
        }
    }

    fn send_ending(&mut self, id: &str, token: Option<CallId>) {
        let Some(ending) = self.endings.get_mut(id) else { return };
        ending.stage = Stage::Sending;
        let kind = ending.key.kind;
        let deactivation = Deactivation::new(ending.key.clone(), ending.principal_id.clone());
        let call = self.call(Call::Deactivate(kind, id.to_owned()));
        self.effects.push(Effect::Deactivate(call, deactivation, token));
    }

    pub(super) fn endings_deadline(&self) -> Option<DateTime<Utc>> {
        let deadline = |ending: &Ending| match ending.stage {
            Stage::Waiting { until } => Some(self.politely(ending.key.kind, until)),
            Stage::Checking { again, .. } => {
                (!self.looking_up(ending.key.kind)).then(|| self.politely(ending.key.kind, again.at))
            }
            Stage::Recording | Stage::Sending | Stage::SteppingUp { .. } => None,
        };
        self.endings.values().filter_map(deadline).min()
    }

    pub(super) fn deactivated(&mut self, id: &str, result: Result<ActivationRequest, Failure>, now: DateTime<Utc>) {
        let fresh = self.too_fresh(id, now);
        let Some(ending) = self.endings.get_mut(id) else { return };
        match result {
            Ok(ActivationRequest { status: RequestStatus::Failed(status), .. }) => {
                self.ending_failed(id, words::failed(&status), now);
            }
            Err(Failure::DoesNotExist(_)) if fresh => ending.stage = Stage::Waiting { until: now + TOO_SHORT },
            Ok(_) | Err(Failure::DoesNotExist(_)) => self.ended(id, now, now),
            Err(Failure::TooShort(_)) if now < ending.asked + LOCK + Duration::minutes(1) => {
                ending.stage = Stage::Waiting { until: now + TOO_SHORT };
            }
            Err(Failure::StepUp { claims, problem }) => {
                if ending.stepped_up {
                    self.ending_failed(id, words::same_challenge(&problem), now);
                } else if !ending.clicked {
                    self.ending_failed(id, problem, now);
                } else {
                    ending.stage = Stage::SteppingUp { claims };
                }
            }
            Err(Failure::Lost { .. }) => ending.stage = Stage::Checking { since: now, again: Again::at(now) },
            Err(failure) => match Self::ends_again(&failure, ending.asked, now).filter(|_| !ending.clicked) {
                Some(until) => ending.stage = Stage::Waiting { until },
                None => self.ending_failed(id, failure.problem().clone(), now),
            },
        }
    }

    /// Azure knows nothing of an activation in its first minute or so: that it does not exist says nothing yet.
    fn too_fresh(&self, id: &str, now: DateTime<Utc>) -> bool {
        self.memory.grants.get(id).is_some_and(|grant| {
            grant.key.kind == Kind::AzureResource && now < grant.known_at.max(grant.start) + UNKNOWN
        })
    }

    /// It is over since `at`; what was to follow follows.
    fn ended(&mut self, id: &str, at: DateTime<Utc>, now: DateTime<Utc>) {
        if let Some(ending) = self.endings.remove(id) {
            let kind = ending.key.kind;
            self.over(id, ending.key, at);
            self.follow_up(id, now);
            self.read_active(kind, now);
        }
    }

    fn ending_failed(&mut self, id: &str, problem: Problem, now: DateTime<Utc>) {
        if let Some(ending) = self.endings.remove(id)
            && self.memory.endings.contains_key(id)
        {
            self.note(vec![Fact::NotEnded { key: ending.key }]);
        }
        // An activation that was to follow the deactivation has lost its reason; what was armed before has not.
        if let Some(renewal) = self.memory.renewals.get(id).filter(|renewal| renewal.origin == Origin::User).cloned() {
            self.disarm(id, now);
            let runs = self.memory.grants.get(id).is_some_and(|grant| grant.end > now);
            if let Some(activation) = renewal.instead_of.filter(|_| runs) {
                self.note(vec![Fact::Armed { renewal: Renewal::armed(*activation) }]);
            }
        }
        self.refuse(id, problem);
    }

    /// The clock was put right.
    pub(super) fn shift_endings(&mut self, by: Duration, now: DateTime<Utc>) {
        for ending in self.endings.values_mut() {
            ending.asked = dated(ending.asked, ending.dated, by, now);
            match &mut ending.stage {
                Stage::Waiting { until } => *until += by,
                Stage::Checking { since, again } => {
                    *since = past(*since, by, now);
                    again.shift(by);
                }
                Stage::Recording | Stage::Sending | Stage::SteppingUp { .. } => {}
            }
        }
    }

    /// The activation is gone, whatever becomes of our request.
    pub(super) fn drop_ending(&mut self, id: &str) {
        self.endings.remove(id);
    }

    pub(super) fn ending(&self, id: &str) -> bool {
        self.endings.contains_key(id)
    }

    /// Of which kinds deactivations have to be looked up.
    pub(super) fn endings_unclear(&self, now: DateTime<Utc>) -> BTreeSet<Kind> {
        let unclear = |ending: &&Ending| match ending.stage {
            Stage::Checking { again, .. } => self.politely(ending.key.kind, again.at) <= now,
            _ => false,
        };
        self.endings.values().filter(unclear).map(|ending| ending.key.kind).collect()
    }

    pub(super) fn ending_looked_up(
        &mut self,
        kind: Kind,
        started: DateTime<Utc>,
        requests: &[ActivationRequest],
        now: DateTime<Utc>,
    ) {
        let (mut done, mut lost) = (Vec::new(), Vec::new());
        for (id, ending) in self.endings.iter_mut().filter(|(_, ending)| ending.key.kind == kind) {
            let Stage::Checking { since, again } = &mut ending.stage else { continue };
            if started < *since {
                continue;
            }
            *again = again.after(&LOOK_UPS, now).no_later_than(*since + STALE, now);
            let asked = if ending.dated.is_some_and(|dated| dated > ending.asked) {
                // A clock that was fast had dated it. Nothing can have ended this one before the lock opened.
                let locked = self.memory.grants.get(id).map(|grant| grant.start + LOCK - SKEW);
                locked.into_iter().fold(ending.asked - MISDATED, DateTime::max)
            } else {
                ending.asked - SKEW
            };
            let ours = requests.iter().filter(|request| {
                request.action == Action::SelfDeactivate
                    && request.key == ending.key
                    && !matches!(request.status, RequestStatus::Failed(_))
            });
            if let Some(created) = ours.filter_map(|request| request.created).find(|created| *created >= asked) {
                // What follows does so within a moment of the end, not at whatever time Pimento is started again.
                done.push((id.clone(), if ending.dated.is_some() { created.min(now) } else { now }));
            } else if started >= *since + STALE {
                lost.push(id.clone());
            }
        }
        for (id, at) in done {
            self.ended(&id, at, now);
        }
        for id in lost {
            match self.endings.get_mut(&id).filter(|ending| !ending.clicked) {
                // Nobody is there to click again, and to end something twice does no harm.
                Some(ending) => ending.stage = Stage::Waiting { until: now },
                None => self.ending_failed(&id, words::deactivation_unknown(), now),
            }
            // Or is it over for another reason?
            self.read_active(kind, now);
        }
    }

    pub(super) fn ending_look_up_failed(&mut self, kind: Kind, now: DateTime<Utc>) {
        for ending in self.endings.values_mut().filter(|ending| ending.key.kind == kind) {
            if let Stage::Checking { since, again } = &mut ending.stage {
                *again = again.after(&LOOK_UPS, now).no_later_than(*since + STALE, now);
            }
        }
    }

    pub(super) fn ending_claims(&self) -> Option<(Resource, Claims)> {
        self.endings.values().find_map(|ending| match &ending.stage {
            Stage::SteppingUp { claims } => Some((ending.key.kind.resource(), claims.clone())),
            _ => None,
        })
    }

    pub(super) fn ending_stepped_up(
        &mut self,
        call: CallId,
        resource: Resource,
        wanted: &Claims,
        result: &Result<(), Problem>,
        now: DateTime<Utc>,
    ) {
        let waits = |ending: &Ending| matches!(&ending.stage, Stage::SteppingUp { claims } if claims == wanted);
        let ids: Vec<_> = self.endings.iter().filter(|(_, ending)| waits(ending)).map(|(id, _)| id.clone()).collect();
        for id in ids {
            match result {
                Ok(()) => {
                    if let Some(ending) = self.endings.get_mut(&id) {
                        ending.stepped_up |= ending.key.kind.resource() == resource;
                    }
                    self.send_ending(&id, Some(call));
                }
                Err(problem) => self.ending_failed(&id, problem.clone(), now),
            }
        }
    }
}
