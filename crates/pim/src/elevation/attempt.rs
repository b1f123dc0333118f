//! From the click to the request: undo time, intent in the journal, one batch, step-up, and what the service answers.

use chrono::{DateTime, Duration, Utc};

use super::{
    Again, Call, CallId, Effect, Elevation, STALE,
    form::Entered,
    rows::Failed,
    stage::{Attempt, Doubt, RENEWAL_GRACE, Stage, Waited},
    words,
};
use crate::{
    cloud::Resource,
    failure::Failure,
    journal::{Fact, Intent, Origin, Outcome},
    model::{ActivationRequest, Eligibility, Kind, RequestStatus},
    problem::Problem,
};

/// A one-click activation can be taken back this long.
const UNDO: Duration = Duration::seconds(5);
/// Roles chosen together arrive one by one and leave as one batch: when none has followed for so long.
const GATHER: Duration = Duration::milliseconds(5);
/// Our idea of the moment at which something ended is at most this wrong.
pub(super) const EDGE: Duration = Duration::seconds(1);
/// Later than this, nobody expects the second half of "end and activate again" any more.
const RESTART_GRACE: Duration = Duration::minutes(2);
/// Right after an end the service may still say "exists" for a while.
const EXISTS_GRACE: Duration = Duration::minutes(5);

impl Elevation {
    pub(super) fn activate(&mut self, id: &str, entered: Entered, undoable: bool, now: DateTime<Utc>) {
        if let Some(role) = self.key(id).and_then(|key| self.role(&key)) {
            self.activate_role(role, entered, undoable, now);
        } else if self.lists.lapsed().any(|role| role.key.id() == id) {
            self.refuse(id, words::eligibility_over());
        }
    }

    pub(super) fn activate_role(&mut self, role: Eligibility, entered: Entered, undoable: bool, now: DateTime<Utc>) {
        let id = &role.key.id();
        self.failures.remove(id);
        let policy = self.lists.requirements(&role.key);
        let (entered, running) = match self.after_running(id, entered, now) {
            Ok(free) => free,
            Err(problem) => return self.refuse(id, problem),
        };
        match entered.check(&role, &policy, now) {
            Ok(activation) => {
                let stage = if undoable { Stage::Undo { until: now + UNDO } } else { self.gathering(now) };
                let ended = self.memory.ended.get(id).map(|ended| ended.at).filter(|at| now < *at + EXISTS_GRACE);
                let follows = running.or(ended);
                let scope = role.scope_name;
                let attempt = Attempt { scope, ..Attempt::new(activation, role.role_name, follows, stage, now) };
                self.attempts.insert(id.to_owned(), attempt);
            }
            Err(problem) => self.refuse(id, problem),
        }
    }

    /// One more comes together with those that wait: they all wait for the next one.
    fn gathering(&mut self, now: DateTime<Utc>) -> Stage {
        for attempt in self.attempts.values_mut() {
            if let Stage::Gathering { until } = &mut attempt.stage {
                *until = now + GATHER;
            }
        }
        Stage::Gathering { until: now + GATHER }
    }

    pub(super) fn undo(&mut self, id: &str) {
        if self.attempts.get(id).is_some_and(|attempt| matches!(attempt.stage, Stage::Undo { .. })) {
            self.attempts.remove(id);
        }
    }

    /// The activation that follows one which has just ended.
    pub(super) fn follow_up(&mut self, id: &str, now: DateTime<Utc>) {
        if self.lapsed(id, now) {
            return;
        }
        let Some(renewal) = self.memory.renewals.get(id).cloned() else { return };
        let (Some(due), false) = (renewal.due, self.attempts.contains_key(id)) else { return };
        let name = self.name(&renewal.activation.key);
        let look = match renewal.origin {
            Origin::User => now,
            Origin::Renewal | Origin::Ahead => now.max(due + EDGE),
        };
        let attempt = Attempt {
            scope: self.scope(id, &renewal.activation.key),
            origin: renewal.origin,
            background: renewal.origin != Origin::User,
            ..Attempt::new(renewal.activation, name, Some(due), Stage::Due { look }, now)
        };
        self.attempts.insert(id.to_owned(), attempt);
    }

    /// After a start: what the journal says is unfinished.
    pub(super) fn resume(&mut self, now: DateTime<Utc>) {
        for intent in self.memory.intents.values() {
            let Intent { activation, origin, at: dated, request, .. } = intent.clone();
            // One of the two clocks was wrong, then or now. That it is over is certain.
            let at = dated.min(now);
            let mut repeated = false;
            let stage = match request {
                Some(request) => {
                    let scheduled = activation.start.is_some_and(|start| start > now);
                    let status =
                        if scheduled { RequestStatus::Granted } else { RequestStatus::InFlight(String::new()) };
                    let policy = self.lists.requirements(&activation.key);
                    let waited = (!policy.known || policy.approval).then_some(Waited { last: at, over: None });
                    Stage::Pending { request, status, since: now, waited, again: Again::at(now) }
                }
                // Under the same name it is carried out once, and it was wanted a moment ago.
                None if activation.request_id.is_some() && dated == at && now < at + STALE => {
                    repeated = true;
                    Stage::Retrying
                }
                None => Stage::Checking { since: now, again: Again::at(now), doubt: Doubt::Lost },
            };
            let name = self.name(&activation.key);
            let id = activation.key.id();
            let follows = match origin {
                Origin::User => None,
                Origin::Renewal => Some(at),
                Origin::Ahead => activation.start,
            };
            let armed = self.memory.renewals.get(&id).is_some_and(|renewal| renewal.origin == Origin::Renewal);
            let attempt = Attempt {
                origin,
                intent: Some(intent.id),
                dated: Some(dated),
                background: origin != Origin::User,
                unwanted: origin == Origin::Ahead && !armed,
                repeated,
                retry: Again::at(now),
                ..Attempt::new(activation, name, follows, stage, at)
            };
            self.attempts.insert(id, attempt);
        }
        let due: Vec<_> = self.memory.renewals.keys().cloned().collect();
        for id in &due {
            self.follow_up(id, now);
        }
        let ends = self
            .memory
            .ended
            .iter()
            .filter(|(id, ended)| ended.at >= ended.grant.end && !self.memory.renewals.contains_key(*id));
        let ends: Vec<_> = ends.map(|(_, ended)| ended.grant.clone()).collect();
        for grant in &ends {
            self.announce_end(grant, now);
        }
        let unlisted = self.memory.grants.values().filter(|grant| grant.instance.is_none());
        self.unlisted = unlisted.map(|grant| (grant.key.clone(), Again::at(now))).collect();
    }

    pub(super) fn attempts_due(&mut self, now: DateTime<Utc>) {
        let ids: Vec<_> = self.attempts.keys().cloned().collect();
        for id in &ids {
            self.renewal_due(id, now);
        }
        self.gather(now);
        let due = |attempt: &Attempt| {
            matches!(attempt.stage, Stage::Retrying) && self.politely(attempt.kind(), attempt.retry.at) <= now
        };
        let due = self.still_ahead(self.those(due), now);
        let due = self.still_allowed(due, now);
        let due = self.still_repeatable(due, now);
        self.submit(&due, None, now);
        self.inquire(now);
    }

    pub(super) fn attempts_deadline(&self) -> Option<DateTime<Utc>> {
        let deadline = |(id, attempt): (&String, &Attempt)| match &attempt.stage {
            Stage::Undo { until } | Stage::Gathering { until } => Some(*until),
            Stage::Due { look } => Some(*look),
            Stage::Retrying => Some(self.politely(attempt.kind(), attempt.retry.at)),
            Stage::Checking { again, doubt: Doubt::Exists(_) | Doubt::Provisioned { .. }, .. } => {
                (!self.reading_active(attempt.kind())).then(|| self.politely(attempt.kind(), again.at))
            }
            Stage::Checking { again, .. } => {
                (!self.looking_up(attempt.kind())).then(|| self.politely(attempt.kind(), again.at))
            }
            Stage::Pending { again, .. } => (!self.asking(id)).then(|| self.politely(attempt.kind(), again.at)),
            Stage::Recording | Stage::Submitting | Stage::SteppingUp { .. } | Stage::Explaining { .. } => None,
        };
        self.attempts.iter().filter_map(deadline).min()
    }

    /// Of those about to be sent again under their names: what is not too old for that. The others are looked for.
    fn still_repeatable(&mut self, mut ids: Vec<String>, now: DateTime<Utc>) -> Vec<String> {
        ids.retain(|id| {
            let Some(attempt) = self.attempts.get_mut(id) else { return false };
            let too_old = attempt.repeated && now >= attempt.at + STALE;
            if too_old {
                attempt.stage = Stage::Checking { since: now, again: Again::at(now), doubt: Doubt::Lost };
            }
            !too_old
        });
        ids
    }

    /// Sends a renewal whose moment has come, unless it came too late or there is something active after all.
    fn renewal_due(&mut self, id: &str, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        let Stage::Due { look } = attempt.stage else { return };
        if look > now || self.lapsed(id, now) {
            return;
        }
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        let grace = if attempt.origin == Origin::Renewal { RENEWAL_GRACE } else { RESTART_GRACE };
        if attempt.follows.is_some_and(|due| now > due + grace) {
            self.note(vec![Fact::Disarmed { key: self.attempts[id].activation.key.clone() }]);
            self.fail(id, words::renewal_lapsed(), Outcome::NotSent, now);
        } else if attempt.origin == Origin::Renewal && self.lists.source(attempt.kind()).active_list.at.is_none() {
            // After a start: somebody may have renewed it elsewhere. The list is being read.
            attempt.stage = Stage::Due { look: now + Duration::seconds(1) };
        } else {
            attempt.stage = Stage::Gathering { until: now };
        }
    }

    /// Has everything that waits written to the journal, as soon as one of them is due.
    fn gather(&mut self, now: DateTime<Utc>) {
        for attempt in self.attempts.values_mut() {
            if matches!(attempt.stage, Stage::Undo { until } if until <= now) {
                attempt.stage = Stage::Gathering { until: now };
            }
        }
        let waiting = |attempt: &Attempt| matches!(attempt.stage, Stage::Gathering { .. });
        if !self.attempts.values().any(|attempt| matches!(attempt.stage, Stage::Gathering { until } if until <= now)) {
            return;
        }
        let (mut ids, mut facts) = (Vec::new(), Vec::new());
        let mut last = self.memory.last_intent;
        for (id, attempt) in self.attempts.iter_mut().filter(|(_, attempt)| waiting(attempt)) {
            last += 1;
            // Azure lets us name the request: under that name it may be sent again.
            attempt.activation.request_id = (attempt.kind() == Kind::AzureResource).then(self.options.request_id);
            let Attempt { activation, origin, .. } = &*attempt;
            let (name, scope) = (attempt.name.clone(), attempt.scope.clone());
            let intent = Intent {
                id: last,
                activation: activation.clone(),
                origin: *origin,
                at: now,
                request: None,
                name,
                scope,
            };
            facts.push(Fact::Intended { intent });
            attempt.intent = Some(last);
            attempt.at = now;
            attempt.stage = Stage::Recording;
            ids.push(id.clone());
        }
        for fact in &facts {
            self.memory.apply(fact);
        }
        let call = self.call(Call::Record(ids));
        self.effects.push(Effect::Record(call, facts));
    }

    pub(super) fn recorded(&mut self, ids: &[String], result: Result<(), Problem>, now: DateTime<Utc>) {
        match result {
            Ok(()) => {
                let mut ids = ids.to_vec();
                ids.retain(|id| self.attempts.get(id).is_some_and(|attempt| matches!(attempt.stage, Stage::Recording)));
                let ids = self.still_ahead(ids, now);
                self.submit(&ids, None, now);
            }
            Err(problem) => {
                for id in ids {
                    self.fail(id, problem.clone(), Outcome::NotSent, now);
                }
            }
        }
    }

    /// Sends these: those of Graph as one batch, those of Azure each by itself, none waiting for another.
    pub(super) fn submit(&mut self, ids: &[String], token: Option<CallId>, now: DateTime<Utc>) {
        let (mut batch, mut batched) = (Vec::new(), Vec::new());
        let mut singles = Vec::new();
        for id in ids {
            let Some(attempt) = self.attempts.get_mut(id) else { continue };
            attempt.stage = Stage::Submitting;
            attempt.asked = now;
            let activation = attempt.activation.clone();
            match attempt.resource() {
                Resource::Graph => {
                    batch.push(id.clone());
                    batched.push(activation);
                }
                Resource::Arm => singles.push((id.clone(), activation)),
            }
        }
        let singles = singles.into_iter().map(|(id, activation)| (vec![id], vec![activation]));
        for (ids, activations) in std::iter::once((batch, batched)).chain(singles) {
            if !ids.is_empty() {
                let call = self.call(Call::Submit(ids));
                self.effects.push(Effect::Submit(call, activations, token));
            }
        }
    }

    pub(super) fn those(&self, which: impl Fn(&Attempt) -> bool) -> Vec<String> {
        self.attempts.iter().filter(|(_, attempt)| which(attempt)).map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn submitted(
        &mut self,
        ids: &[String],
        results: Vec<Result<ActivationRequest, Failure>>,
        now: DateTime<Utc>,
    ) {
        // Should there be fewer outcomes than activations, the rest are lost.
        let results = results.into_iter().chain(std::iter::repeat_with(|| Err(Failure::lost(words::no_answer()))));
        for (id, result) in ids.iter().zip(results) {
            if let Some(kind) = self.attempts.get(id).map(Attempt::kind) {
                self.heard(kind, &result, now);
            }
            match result {
                Ok(request) => self.accept(id, &request, now),
                Err(failure) => self.rejected(id, failure, now),
            }
        }
    }

    fn rejected(&mut self, id: &str, failure: Failure, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        if !matches!(attempt.stage, Stage::Submitting) {
            return;
        }
        let again = Again::at(now);
        let renewal = attempt.origin == Origin::Renewal;
        let follows = attempt.follows;
        let within = |grace: Duration| follows.is_some_and(|end| now < end + grace);
        match failure {
            Failure::StepUp { problem, .. } if renewal => {
                self.fail(id, words::renewal_needs_you(&problem), failed(&problem), now);
            }
            // At the end it may be different, and if it is not, that will be said.
            Failure::StepUp { problem, .. } if attempt.background => self.ahead_over(id, failed(&problem), now),
            // Nobody has clicked in this run: a browser that opens by itself would not be understood.
            Failure::StepUp { problem, .. } if attempt.dated.is_some() => {
                let outcome = failed(&problem);
                self.fail(id, problem, outcome, now);
            }
            Failure::StepUp { problem, .. } if attempt.stepped_up => {
                self.fail(id, words::same_challenge(&problem), failed(&problem), now);
            }
            Failure::StepUp { claims, .. } => {
                attempt.stage = Stage::SteppingUp { claims };
                self.join_step_up(id, now);
            }
            Failure::Lost { .. } | Failure::NotSent { .. } if attempt.may_repeat(&failure, now) => {
                attempt.repeated = true;
                attempt.try_again(now);
            }
            Failure::Lost { .. } => {
                attempt.stage = Stage::Checking { since: now, again, doubt: Doubt::Lost };
            }
            // An earlier one of the same name may have been carried out: that is what stands in the way, or was heard of.
            Failure::NotSent { .. } if attempt.repeated => {
                attempt.stage = Stage::Checking { since: now, again, doubt: Doubt::Lost };
            }
            Failure::Exists(problem) | Failure::Pending(problem) | Failure::Refused(problem) if attempt.repeated => {
                attempt.stage = Stage::Checking { since: now, again, doubt: Doubt::Blocked(problem) };
                let kind = attempt.kind();
                self.read_active(kind, now);
            }
            failure if attempt.origin == Origin::Ahead => self.ahead_rejected(id, failure, now),
            Failure::Exists(problem) if attempt.early() => {
                self.learn_ahead(id, false);
                self.fail(id, words::not_while_active(&problem), failed(&problem), now);
            }
            Failure::NotSent { .. } if attempt.may_try_again(now) => {
                attempt.try_again(now);
            }
            Failure::NotSent { problem, .. } => self.fail(id, problem, Outcome::NotSent, now),
            Failure::Exists(_) if within(EXISTS_GRACE) => {
                attempt.try_again(now);
                let kind = attempt.kind();
                self.read_active(kind, now);
            }
            Failure::Exists(problem) => {
                attempt.stage = Stage::Checking { since: now, again, doubt: Doubt::Exists(problem) };
            }
            Failure::Pending(problem) if self.set_apart(id, &problem, now) => {}
            Failure::Pending(problem) => {
                if let Some(attempt) = self.attempts.get_mut(id) {
                    attempt.stage = Stage::Checking { since: now, again, doubt: Doubt::Blocked(problem) };
                }
            }
            Failure::DoesNotExist(problem)
            | Failure::TooShort(problem)
            | Failure::SignedOut(problem)
            | Failure::Refused(problem) => {
                let outcome = failed(&problem);
                self.fail(id, problem, outcome, now);
            }
        }
    }

    /// The attempt is over and came to nothing.
    pub(super) fn fail(&mut self, id: &str, problem: Problem, outcome: Outcome, now: DateTime<Utc>) {
        if self.attempts.get(id).is_some_and(|attempt| attempt.origin == Origin::Ahead) {
            return self.ahead_failed(id, problem, outcome, now);
        }
        let Some(attempt) = self.attempts.remove(id) else { return };
        if let Some(intent) = attempt.intent {
            self.note(vec![Fact::Settled { intent, outcome, at: now }]);
        }
        self.announce_failure(&attempt, &problem, now);
        self.failures.insert(id.to_owned(), Failed::sent(&attempt, problem));
    }

    /// Nothing was sent; the words go on the row.
    pub(super) fn refuse(&mut self, id: &str, problem: Problem) {
        self.failures.insert(id.to_owned(), Failed::unsent(problem));
    }

    /// Active, or on its way: another activation would be refused.
    pub(super) fn engaged(&self, id: &str, now: DateTime<Utc>) -> bool {
        self.attempts.contains_key(id) || self.memory.grants.get(id).is_some_and(|grant| grant.end > now)
    }
}

/// The journal's word for a failure.
pub(super) fn failed(problem: &Problem) -> Outcome {
    Outcome::Failed { code: problem.code.clone() }
}
