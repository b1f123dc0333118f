//! Renewals: what follows a running activation by itself. They are armed by a click, and everything that a person has to
//! prove is proven then, never in the background.
//!
//! There are two ways. A service may take, while a role is active, a request that starts when the running activation ends:
//! there is no gap then. Another refuses it (`RoleAssignmentExists`), and the request is sent at the moment of expiry. Which
//! it is nobody documents and reports differ, so it is tried once for each kind, and the answer goes to the journal.

mod gap;

use chrono::{DateTime, Duration, DurationRound as _, Utc};

use super::{
    Again, Elevation,
    attempt::failed,
    form::{self, Entered},
    rows::Failed,
    stage::{Attempt, Doubt, Stage},
    words,
};
use crate::{
    auth::claims,
    cloud::Resource,
    codes,
    failure::{Claims, Failure},
    journal::{Fact, Grant, Origin, Outcome, Renewal},
    model::{Activation, ActivationRequest, Kind, RequestStatus, RoleKey},
    problem::Problem,
    view::{RenewalRefused, RenewalView, RenewalWay, RowState},
};

/// A start in the future must lie so far ahead that no clock takes it for now.
const AHEAD: Duration = Duration::minutes(2);
/// Closer to its start than this it is not sent any more.
const MARGIN: Duration = Duration::seconds(30);
/// Windows must not touch. Some services compare them by the second, others by the minute, inclusively: the smaller gap is tried
/// first.
const AFTER: Duration = Duration::seconds(1);
/// How a service refuses what touches another request's window.
const OVERLAPS: &str = "OverlapsPendingRoleAssignmentRequests";
/// Two starts this close are the same one.
const SAME: Duration = Duration::seconds(60);
/// A renewal that is armed as soon as it is proven that the user may.
#[derive(Debug)]
pub(super) struct Arming {
    activation: Activation,
    claims: Claims,
}

impl Elevation {
    /// Arms the renewal; where its policy wants a stronger sign-in than the present one, after that.
    pub(super) fn arm(&mut self, id: &str, now: DateTime<Utc>) {
        if self.is_armed(id) || self.arming.contains_key(id) {
            return;
        }
        if self.memory.grants.get(id).is_some_and(|grant| self.reading_policy(&grant.key)) {
            // Nobody knows yet what it asks for.
            self.arming_later.insert(id.to_owned());
            return;
        }
        match self.renewal_of(id, now) {
            Ok(activation) => {
                self.failures.remove(id);
                match self.need(&activation.key) {
                    Some(claims) => {
                        self.arming.insert(id.to_owned(), Arming { activation, claims });
                    }
                    None => self.armed(id, activation, false, now),
                }
            }
            Err(problem) => self.refuse(id, problem),
        }
    }

    /// What is to be armed and waited for its policy.
    pub(super) fn arm_those_that_waited(&mut self, now: DateTime<Utc>) {
        for id in std::mem::take(&mut self.arming_later) {
            self.arm(&id, now);
        }
    }

    /// Disarms it, and takes back what was sent beforehand.
    pub(super) fn disarm(&mut self, id: &str, now: DateTime<Utc>) {
        self.arming.remove(id);
        self.arming_later.remove(id);
        self.tried_ahead.remove(id);
        if let Some(renewal) = self.memory.renewals.get(id) {
            let key = renewal.activation.key.clone();
            self.note(vec![Fact::Disarmed { key }]);
            let due = |attempt: &Attempt| attempt.unsent() && attempt.follows.is_some() && !attempt.early();
            if self.attempts.get(id).is_some_and(due) {
                self.attempts.remove(id);
            }
        }
        let Some(attempt) = self.attempts.get_mut(id).filter(|attempt| attempt.origin == Origin::Ahead) else { return };
        attempt.unwanted = true;
        match &attempt.stage {
            Stage::SteppingUp { .. } | Stage::Retrying if !attempt.repeated => self.withdrawn(id, now),
            // It may have been carried out: it is not sent again, but looked for.
            Stage::Retrying => {
                attempt.stage = Stage::Checking { since: now, again: Again::at(now), doubt: Doubt::Lost };
            }
            Stage::Pending { .. } => self.cancel(id, now),
            // The answer decides.
            _ => {}
        }
    }

    /// It is to be armed, once that is proven or known which it waits for.
    pub(super) fn arms(&self, id: &str) -> bool {
        self.arming.contains_key(id) || self.arming_later.contains(id)
    }

    pub(super) fn is_armed(&self, id: &str) -> bool {
        self.memory.renewals.get(id).is_some_and(|renewal| renewal.origin == Origin::Renewal)
    }

    /// What would be sent: duration, reason and ticket of the running activation.
    pub(super) fn renewal_of(&self, id: &str, now: DateTime<Utc>) -> Result<Activation, Problem> {
        let grant = self.memory.grants.get(id).filter(|grant| grant.end > now).ok_or_else(words::not_active)?;
        if self.asked_early(id) {
            return Err(words::engaged());
        }
        let role = self.role(&grant.key);
        let role = role.ok_or_else(|| words::not_renewable(message!("not-renewable-eligibility")))?;
        let policy = self.lists.requirements(&role.key);
        let reason = self.reason(id, grant).unwrap_or_default();
        if let Some(why) = form::must_be_typed(&policy, Some(&reason)) {
            return Err(words::not_renewable(why));
        }
        let asked = grant.activation.as_ref();
        let duration = asked.map_or(grant.end - grant.start, |asked| asked.duration).min(policy.max_duration);
        let minutes = u32::try_from(duration.num_minutes()).unwrap_or(0);
        let ticket = asked.and_then(|asked| asked.ticket.clone());
        Entered { minutes, reason, ticket, start: None }.check(&role, &policy, now)
    }

    fn reason(&self, id: &str, grant: &Grant) -> Option<String> {
        let asked = grant.activation.as_ref().map(|asked| asked.justification.clone());
        asked.or_else(|| self.memory.habit(id).reason)
    }

    /// What the policy wants a token to prove.
    fn need(&self, key: &RoleKey) -> Option<Claims> {
        let policy = self.lists.requirements(key);
        // A context takes the place of plain multifactor authentication.
        let context = policy.authentication_context.as_deref().map(claims::authentication_context);
        context.or_else(|| policy.mfa.then(claims::multifactor))
    }

    /// Nothing has to be proven, or it was.
    pub(super) fn is_proven(&self, key: &RoleKey) -> bool {
        self.need(key).is_none_or(|claims| self.proven.contains(&(key.kind.resource(), claims)))
    }

    /// An activation was accepted: the token in use proves what its policy wants.
    pub(super) fn note_proof(&mut self, id: &str) {
        let Some(attempt) = self.attempts.get(id) else { return };
        if let Some(claims) = self.need(&attempt.activation.key) {
            self.proven.insert((attempt.resource(), claims));
        }
    }

    /// Whose claims are to be proven next, so that a renewal can be armed.
    pub(super) fn arming_claims(&self) -> Option<(Resource, Claims)> {
        let arming = self.arming.values().next()?;
        Some((arming.activation.key.kind.resource(), arming.claims.clone()))
    }

    pub(super) fn arms_with(&self, wanted: &Claims) -> bool {
        self.arming.values().any(|arming| arming.claims == *wanted)
    }

    /// The token in use has these claims now, or the user would not.
    pub(super) fn proved(
        &mut self,
        resource: Resource,
        claims: &Claims,
        result: &Result<(), Problem>,
        now: DateTime<Utc>,
    ) {
        let served = |arming: &Arming| arming.claims == *claims && arming.activation.key.kind.resource() == resource;
        let ids: Vec<_> = self.arming.iter().filter(|(_, arming)| served(arming)).map(|(id, _)| id.clone()).collect();
        if result.is_ok() {
            self.proven.insert((resource, claims.clone()));
        }
        for id in ids {
            let Some(arming) = self.arming.remove(&id) else { continue };
            match result {
                Ok(()) => self.armed(&id, arming.activation, false, now),
                Err(problem) => self.refuse(&id, problem.clone()),
            }
        }
    }

    /// `background`: nobody has clicked for it.
    pub(super) fn armed(&mut self, id: &str, activation: Activation, background: bool, now: DateTime<Utc>) {
        if self.memory.grants.get(id).is_none_or(|grant| grant.end <= now) {
            // It ended while the browser was open.
            return self.refuse(id, words::not_active());
        }
        self.note(vec![Fact::Armed { renewal: Renewal::armed(activation) }]);
        self.tried_ahead.remove(id);
        self.go_ahead(id, background, now);
    }

    /// Sends beforehand what can be.
    pub(super) fn renewals_due(&mut self, now: DateTime<Utc>) {
        let ids: Vec<_> = self.memory.renewals.keys().cloned().collect();
        for id in ids {
            self.go_ahead(&id, true, now);
        }
    }

    fn go_ahead(&mut self, id: &str, background: bool, now: DateTime<Utc>) {
        let Some(renewal) = self.memory.renewals.get(id).filter(|renewal| renewal.origin == Origin::Renewal) else {
            return;
        };
        let free = !self.attempts.contains_key(id) && !self.ending(id) && !self.tried_ahead.contains(id);
        // Until the list shows it, its end is an estimate.
        let listed = |grant: &&Grant| grant.instance.is_some() && grant.end - now >= AHEAD;
        let Some(grant) = self.memory.grants.get(id).filter(listed).filter(|_| free) else { return };
        let next = self.next_start(grant.key.kind, grant.end);
        if self.takes_ahead(grant.key.kind) == Some(false) || self.too_late(grant.start, next).is_some() {
            return;
        }
        let start = Some(next);
        let activation = Activation { start, ..renewal.activation.clone() };
        let attempt = Attempt {
            scope: self.scope(id, &grant.key),
            origin: Origin::Ahead,
            background,
            ..Attempt::new(activation, grant.name.clone(), Some(grant.end), Stage::Gathering { until: now }, now)
        };
        self.tried_ahead.insert(id.to_owned());
        self.attempts.insert(id.to_owned(), attempt);
    }

    /// When what follows an activation can begin.
    fn next_start(&self, kind: Kind, end: DateTime<Utc>) -> DateTime<Utc> {
        if self.apart.contains(&kind) { minute(end) + Duration::minutes(1) } else { end + AFTER }
    }

    /// It was refused for overlapping the activation that it follows. `true`: it began in the minute in which that one ends,
    /// and is to be sent once more with a minute of its own. Known for this run; the next one finds out again.
    fn learn_apart(&mut self, id: &str, problem: &Problem) -> bool {
        let Some(attempt) = self.attempts.get(id) else { return false };
        let (kind, start) = (attempt.kind(), attempt.activation.start);
        let same = attempt.follows.zip(start).is_some_and(|(end, start)| minute(end) == minute(start));
        problem.code.eq_ignore_ascii_case(OVERLAPS) && same && self.apart.insert(kind)
    }

    /// What the user has asked for early begins in a minute of its own.
    pub(super) fn set_apart(&mut self, id: &str, problem: &Problem, now: DateTime<Utc>) -> bool {
        if !self.attempts.get(id).is_some_and(Attempt::early) || !self.learn_apart(id, problem) {
            return false;
        }
        let Some(Attempt { activation, intent, follows, .. }) = self.attempts.get(id) else { return false };
        let (start, intent) = (follows.map(|end| self.next_start(activation.key.kind, end)), *intent);
        if let Some(intent) = intent {
            self.note(vec![Fact::Settled { intent, outcome: failed(problem), at: now }]);
        }
        if let Some(attempt) = self.attempts.get_mut(id) {
            attempt.intent = None;
            attempt.activation.start = start;
            attempt.stage = Stage::Gathering { until: now };
        }
        true
    }

    /// Does the service take a start in the future while a role of the kind is active, as far as is known?
    fn takes_ahead(&self, kind: Kind) -> Option<bool> {
        self.memory.ahead.get(&kind).copied()
    }

    pub(super) fn learn_ahead(&mut self, id: &str, ahead: bool) {
        let Some(kind) = self.attempts.get(id).map(Attempt::kind) else { return };
        if self.takes_ahead(kind) != Some(ahead) {
            self.note(vec![Fact::Learned { kind, ahead }]);
        }
    }

    /// Whether what is entered may be asked for: with nothing active or on its way, or for after the end of what is. That
    /// end, where there is one.
    pub(super) fn after_running(
        &self,
        id: &str,
        entered: Entered,
        now: DateTime<Utc>,
    ) -> Result<(Entered, Option<DateTime<Utc>>), Problem> {
        if !self.engaged(id, now) {
            return Ok((entered, None));
        }
        let running =
            self.memory.grants.get(id).filter(|grant| grant.end > now).filter(|_| {
                !self.attempts.contains_key(id) && !self.memory.renewals.contains_key(id) && !self.ending(id)
            });
        let end = running.map(|grant| grant.end).ok_or_else(words::engaged)?;
        let start = entered.start.filter(|start| *start >= end - SAME).ok_or_else(words::engaged)?;
        if running.is_some_and(|grant| self.takes_ahead(grant.key.kind) == Some(false)) {
            return Err(words::known_not_while_active());
        }
        let first = running.map_or(start, |grant| self.next_start(grant.key.kind, end));
        Ok((Entered { start: Some(start.max(first)), ..entered }, Some(end)))
    }

    /// The next activation was asked for by the user while this one runs.
    pub(super) fn asked_early(&self, id: &str) -> bool {
        self.attempts.get(id).is_some_and(|attempt| attempt.origin == Origin::User)
            && self.memory.grants.contains_key(id)
    }

    /// The service has taken it, and it waits: for its start, or for somebody who decides.
    pub(super) fn accepted_ahead(&mut self, id: &str, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get(id) else { return };
        let beforehand = attempt.origin == Origin::Ahead || attempt.early();
        if beforehand && self.memory.grants.get(id).is_some_and(|grant| grant.end > now) {
            self.learn_ahead(id, true);
        }
        if self.attempts.get(id).is_some_and(|attempt| attempt.unwanted) {
            self.cancel(id, now);
        }
    }

    /// Of those about to be sent: what is still wanted, and still ahead of its start. A machine may have slept meanwhile.
    pub(super) fn still_ahead(&mut self, mut ids: Vec<String>, now: DateTime<Utc>) -> Vec<String> {
        ids.retain(|id| {
            let Some(attempt) = self.attempts.get_mut(id) else { return false };
            let late = attempt.activation.start.is_some_and(|start| now + MARGIN > start);
            if attempt.origin != Origin::Ahead || !(attempt.unwanted || late) {
                return true;
            }
            if attempt.repeated {
                // It may have been carried out.
                attempt.stage = Stage::Checking { since: now, again: Again::at(now), doubt: Doubt::Lost };
            } else if attempt.unwanted {
                self.withdrawn(id, now);
            } else {
                self.ahead_over(id, Outcome::NotSent, now);
            }
            false
        });
        ids
    }

    /// A request sent beforehand did not come about.
    pub(super) fn ahead_rejected(&mut self, id: &str, failure: Failure, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        let soon = attempt.follows.is_none_or(|end| now + AHEAD > end);
        match failure {
            Failure::NotSent { .. } if attempt.unwanted => self.withdrawn(id, now),
            Failure::NotSent { .. } if !soon => attempt.try_again(now),
            Failure::NotSent { .. } => self.ahead_over(id, Outcome::NotSent, now),
            Failure::Exists(problem) => {
                self.learn_ahead(id, false);
                self.ahead_over(id, failed(&problem), now);
            }
            Failure::Pending(problem) if self.learn_apart(id, &problem) => {
                // Sent once more, as soon as the journal says that this one is over with.
                self.tried_ahead.remove(id);
                self.ahead_over(id, failed(&problem), now);
            }
            // Something of the sort is there already: perhaps this very one, carried over twice.
            Failure::Pending(problem) => {
                if let Some(attempt) = self.attempts.get_mut(id) {
                    let again = Again::at(now);
                    attempt.stage = Stage::Checking { since: now, again, doubt: Doubt::Blocked(problem) };
                }
            }
            Failure::SignedOut(problem) => self.ahead_over(id, failed(&problem), now),
            // A service that does not understand the start calls the request invalid.
            Failure::Refused(problem) if problem.code.starts_with("InvalidRoleAssignmentRequest") => {
                self.ahead_over(id, failed(&problem), now);
            }
            failure => {
                let problem = failure.problem().clone();
                let outcome = failed(&problem);
                self.fail(id, problem, outcome, now);
            }
        }
    }

    /// Something stood in the way that is not ours.
    pub(super) fn ahead_blocked(&mut self, id: &str, problem: &Problem, now: DateTime<Utc>) {
        if codes::outcome(&problem.code) == codes::Outcome::Exists {
            self.learn_ahead(id, false);
        }
        self.ahead_over(id, failed(problem), now);
    }

    /// Nothing came of sending it beforehand: it is sent at the end, or now, should that be over.
    pub(super) fn ahead_over(&mut self, id: &str, outcome: Outcome, now: DateTime<Utc>) {
        self.settle(id, outcome, now);
        self.follow_up(id, now);
    }

    /// Nothing will come of the renewal: somebody decided so, or nobody knows what became of it.
    pub(super) fn ahead_failed(&mut self, id: &str, problem: Problem, outcome: Outcome, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get(id) else { return };
        if attempt.unwanted || outcome == Outcome::NotSent {
            return self.ahead_over(id, outcome, now);
        }
        let Some(attempt) = self.attempts.remove(id) else { return };
        let mut facts: Vec<_> =
            attempt.intent.map(|intent| Fact::Settled { intent, outcome, at: now }).into_iter().collect();
        if self.is_armed(id) {
            facts.push(Fact::Disarmed { key: attempt.activation.key.clone() });
        }
        self.note(facts);
        if self.memory.grants.get(id).is_some_and(|grant| grant.end > now) {
            self.announce_unrenewed(&attempt, &problem, now);
            self.refuse(id, problem);
        } else {
            self.announce_failure(&attempt, &problem, now);
            self.failures.insert(id.to_owned(), Failed::sent(&attempt, problem));
        }
    }

    /// What was armed has come about.
    pub(super) fn renewed(&mut self, id: &str, origin: Origin) -> Option<Fact> {
        let renewal = self.memory.renewals.get(id).filter(|_| origin == Origin::Ahead)?;
        self.tried_ahead.remove(id);
        Some(Fact::Disarmed { key: renewal.activation.key.clone() })
    }

    pub(super) fn renewal_view(&self, id: &str, grant: &Grant, now: DateTime<Utc>) -> RenewalView {
        let attempt = self.attempts.get(id).filter(|attempt| !attempt.unwanted);
        let sent = attempt.filter(|attempt| attempt.origin == Origin::Ahead);
        let state = attempt.and_then(|attempt| attempt.state(self.lists.requirements(&grant.key)));
        let (armed, kind) = (self.is_armed(id), grant.key.kind);
        let ahead = self.takes_ahead(kind);
        let in_time = !armed && ahead == Some(true) && grant.end - now >= AHEAD;
        let way = if in_time || sent.is_some_and(|attempt| matches!(attempt.stage, Stage::Pending { .. })) {
            RenewalWay::Ahead
        } else {
            RenewalWay::AtExpiry
        };
        RenewalView {
            armed,
            way,
            gap_seconds: if way == RenewalWay::Ahead { self.pause_between(id, grant) } else { self.gap(kind) },
            restart_gap_seconds: self.restart_gap(kind),
            step_up: !self.is_proven(&grant.key),
            ahead,
            pending: if self.arming.contains_key(id) { Some(RowState::SteppingUp) } else { state },
            not_after: self.not_after(grant),
            refused: self.renewal_refused(id, grant),
        }
    }

    fn renewal_refused(&self, id: &str, grant: &Grant) -> Option<RenewalRefused> {
        let Some(role) = self.role(&grant.key) else { return Some(RenewalRefused::NotEligible) };
        let policy = self.lists.requirements(&role.key);
        if policy.approval {
            return Some(RenewalRefused::Approval);
        }
        form::must_be_typed(&policy, self.reason(id, grant).as_deref()).map(|_| RenewalRefused::Form)
    }
}

/// The minute that a moment lies in.
fn minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(Duration::minutes(1)).unwrap_or(at)
}

impl Attempt {
    /// What starts at a moment of ours is no request for another one.
    pub(super) fn may_be(&self, request: &ActivationRequest) -> bool {
        let planned = self.activation.start.filter(|_| self.origin == Origin::Ahead);
        planned.zip(request.start).is_none_or(|(ours, theirs)| (ours - theirs).abs() <= SAME)
            && (planned.is_none() || request.status != RequestStatus::Revoked)
    }
}
