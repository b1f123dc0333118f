//! What became of a request: looking it up after a lost answer, polling it while the service is at it, its end.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::{
    Again, Call, Effect, Elevation, STALE,
    attempt::failed,
    stage::{Attempt, Doubt, Stage, Waited},
    words,
};
use crate::{
    failure::Failure,
    journal::{Fact, Origin, Outcome},
    model::{Action, ActivationRequest, Approval, ApprovalStage, Kind, RequestStatus, Requirements, RoleKey},
    problem::Problem,
};

/// Milliseconds between look-ups after a lost answer.
const LOOK_UPS: [i64; 7] = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/// Milliseconds between polls while something is provisioned, which mostly takes seconds; of groups eight to ten.
const PROVISIONING: [i64; 15] =
    [500, 750, 1_000, 1_000, 1_000, 1_000, 1_500, 1_500, 2_000, 3_000, 8_000, 15_000, 15_000, 30_000, 60_000];
/// Milliseconds between polls while people decide.
const APPROVAL: [i64; 11] = [5_000, 10_000, 15_000, 15_000, 15_000, 15_000, 30_000, 30_000, 30_000, 30_000, 60_000];
/// Days that anybody is waited for, whatever a policy says.
const LONGEST_APPROVAL: u32 = 365;
/// After this long nothing more is expected of a request that is in flight, or cannot be asked about.
const PATIENCE: Duration = Duration::hours(1);

impl Elevation {
    /// Asks about everything whose time has come.
    pub(super) fn inquire(&mut self, now: DateTime<Utc>) {
        let (mut look_up, mut read, mut polls) = (self.endings_unclear(now), BTreeSet::new(), Vec::new());
        for (id, attempt) in &self.attempts {
            let due = |again: &Again| self.politely(attempt.kind(), again.at) <= now;
            match &attempt.stage {
                Stage::Checking { again, doubt: Doubt::Exists(_) | Doubt::Provisioned { .. }, .. } => {
                    read.extend(due(again).then_some(attempt.kind()));
                }
                Stage::Checking { again, .. } => look_up.extend(due(again).then_some(attempt.kind())),
                Stage::Pending { again, request, .. } if due(again) && !self.asking(id) => {
                    polls.push((id.clone(), attempt.kind(), request.clone()));
                }
                _ => {}
            }
        }
        for (id, kind, request) in polls {
            if let Some(attempt) = self.attempts.get_mut(&id) {
                attempt.asked = now;
            }
            let call = self.call(Call::Poll(kind, id));
            self.effects.push(Effect::Poll(call, kind, request));
        }
        for kind in read {
            self.read_active(kind, now);
        }
        for kind in look_up {
            if !self.looking_up(kind) {
                let call = self.call(Call::LookUp { kind, started: now });
                self.effects.push(Effect::LookUp(call, kind));
            }
        }
    }

    pub(super) fn asking(&self, id: &str) -> bool {
        self.calling(|call| matches!(call, Call::Poll(_, asked) | Call::Cancel(_, asked) if asked == id))
    }

    fn cancelling(&self, id: &str) -> bool {
        self.calling(|call| matches!(call, Call::Cancel(_, asked) if asked == id))
    }

    pub(super) fn looking_up(&self, kind: Kind) -> bool {
        self.calling(|call| matches!(call, Call::LookUp { kind: asked, .. } if *asked == kind))
    }

    /// Everything that waits, or what waits of one kind, is asked about at the next opportunity.
    pub(super) fn inquire_soon(&mut self, only: Option<Kind>, now: DateTime<Utc>) {
        for attempt in self.attempts.values_mut().filter(|attempt| only.is_none_or(|kind| kind == attempt.kind())) {
            if let Stage::Checking { again, .. } | Stage::Pending { again, .. } = &mut attempt.stage {
                again.at = again.at.min(now);
            }
        }
    }

    pub(super) fn looked_up(
        &mut self,
        kind: Kind,
        started: DateTime<Utc>,
        result: Result<Vec<ActivationRequest>, Failure>,
        now: DateTime<Utc>,
    ) {
        let mut unclear = Vec::new();
        for (id, attempt) in self.attempts.iter_mut().filter(|(_, attempt)| attempt.kind() == kind) {
            let Stage::Checking { since, again, doubt } = &mut attempt.stage else { continue };
            if matches!(doubt, Doubt::Exists(_) | Doubt::Provisioned { .. }) || started < *since {
                continue;
            }
            *again = again.after(&LOOK_UPS, now).no_later_than(*since + STALE, now);
            unclear.push((id.clone(), *since, doubt.clone()));
        }
        let Ok(requests) = result else {
            for (id, since, _) in unclear {
                if now >= since + PATIENCE {
                    self.give_up(&id, now);
                }
            }
            return self.ending_look_up_failed(kind, now);
        };
        for (id, since, doubt) in unclear {
            match self.found(&id, &doubt, &requests).cloned() {
                Some(request) => {
                    if let Some(attempt) = self.attempts.get_mut(&id) {
                        attempt.asked = started;
                    }
                    self.accept(&id, &request, now);
                }
                None if started >= since + STALE => self.not_found(&id, doubt, now),
                None => {}
            }
        }
        self.ending_looked_up(kind, started, &requests, now);
    }

    /// Our own request among those listed.
    fn found<'a>(&self, id: &str, doubt: &Doubt, requests: &'a [ActivationRequest]) -> Option<&'a ActivationRequest> {
        let attempt = self.attempts.get(id)?;
        let ours = requests.iter().filter(|request| {
            let recent = request.created.is_some_and(|created| created >= attempt.no_older_than());
            request.action == Action::SelfActivate
                && request.key == attempt.activation.key
                && !self.settled.contains(&request.id)
                && attempt.may_be(request)
                && match doubt {
                    // What stands in the way may be older, or be this very one: sent before under the same name, or carried
                    // over twice.
                    Doubt::Blocked(_) => waiting(&request.status) || recent,
                    _ => recent,
                }
        });
        ours.max_by_key(|request| request.created)
    }

    /// Three minutes have passed: the service does not know it.
    fn not_found(&mut self, id: &str, doubt: Doubt, now: DateTime<Utc>) {
        let ahead = self.attempts.get(id).is_some_and(|attempt| attempt.origin == Origin::Ahead);
        match doubt {
            Doubt::Blocked(problem) if ahead => self.ahead_blocked(id, &problem, now),
            Doubt::Blocked(problem) => {
                let outcome = failed(&problem);
                self.fail(id, problem, outcome, now);
            }
            _ => match self.attempts.get_mut(id) {
                Some(attempt) if attempt.may_try_again(now) => attempt.try_again(now),
                _ => self.fail(id, words::not_sent(), Outcome::NotSent, now),
            },
        }
    }

    /// The list of what is active was read from a moment on: did it show what is there for certain? It has said so about the
    /// roles of which it is `certain`.
    pub(super) fn check_existing(
        &mut self,
        kind: Kind,
        started: DateTime<Utc>,
        certain: impl Fn(&RoleKey) -> bool,
        now: DateTime<Utc>,
    ) {
        let mut over = Vec::new();
        for (id, attempt) in self.attempts.iter_mut().filter(|(_, attempt)| attempt.kind() == kind) {
            let Stage::Checking { since, again, doubt } = &mut attempt.stage else { continue };
            let problem = match doubt {
                Doubt::Exists(problem) => Some(problem.clone()),
                Doubt::Provisioned { .. } => None,
                Doubt::Lost | Doubt::Blocked(_) => continue,
            };
            *again = again.after(&LOOK_UPS, now).no_later_than(*since + STALE, now);
            if now >= *since + PATIENCE {
                over.push((id.clone(), problem));
            } else if started >= *since + STALE && certain(&attempt.activation.key) {
                match problem {
                    // It may have been this very one, carried over twice, and have ended meanwhile: its request says so.
                    Some(problem) => (*again, *doubt) = (Again::at(now), Doubt::Blocked(problem)),
                    None => over.push((id.clone(), problem)),
                }
            }
        }
        for (id, problem) in over {
            match problem {
                Some(problem) => {
                    let outcome = failed(&problem);
                    self.fail(&id, problem, outcome, now);
                }
                // It was active, and is over.
                None => self.settle(&id, Outcome::Granted, now),
            }
        }
    }

    fn give_up(&mut self, id: &str, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get(id) else { return };
        let problem = words::unknown(attempt.at);
        let outcome = failed(&problem);
        self.fail(id, problem, outcome, now);
    }

    /// The service told about our request, in its answer, or later.
    pub(super) fn accept(&mut self, id: &str, request: &ActivationRequest, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        let known = match &attempt.stage {
            Stage::Pending { request: known, since, again, status, .. } if *known == request.id => {
                Some((*since, *again, waiting_for_people(status)))
            }
            _ => None,
        };
        let beforehand = attempt.activation.start.is_some_and(|start| start > now);
        if !beforehand {
            // What is planned is not always held against the policy at once.
            self.note_proof(id);
        }
        let window = self.approval_window(id);
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        if let (None, Some(intent)) = (known, attempt.intent) {
            self.note(vec![Fact::Accepted { intent, request: request.id.clone() }]);
        }
        match &request.status {
            RequestStatus::Provisioned => self.provisioned(id, request, now),
            RequestStatus::Granted
            | RequestStatus::InFlight(_)
            | RequestStatus::PendingApproval
            | RequestStatus::Other(_) => {
                let created = request.created.map(|created| created.min(now));
                let waits = waiting_for_people(&request.status);
                let (since, again) = match known {
                    // A new status starts the politeness anew.
                    Some((since, again, waited)) if waited == waits => (since, again),
                    // Somebody has decided: what follows takes its own time.
                    Some((_, _, true)) => (now, Again::at(now)),
                    Some((since, ..)) => (since, Again::at(now)),
                    None => (created.unwrap_or(now), Again::at(now)),
                };
                // People have a day from the request on, whenever this run has begun to ask.
                let since = created.filter(|_| waits).unwrap_or(since);
                let again = next_poll(request, again, now);
                if let Some(problem) = overdue(request, window, since, now) {
                    let outcome = failed(&problem);
                    return self.conclude(id, request, problem, outcome, now);
                }
                if let (Some(attempt), RequestStatus::Granted, Some(start)) =
                    (self.attempts.get(id), &request.status, request.start.filter(|start| *start > now))
                    && attempt.decided()
                {
                    self.announce_approval(id, start, now);
                }
                if let Some(attempt) = self.attempts.get_mut(id) {
                    let waited = match &attempt.stage {
                        _ if waiting_for_people(&request.status) => Some(Waited { last: attempt.asked, over: None }),
                        Stage::Pending { waited, .. } => waited.map(|waited| waited.over_by(now)),
                        _ => None,
                    };
                    let (request, status) = (request.id.clone(), request.status.clone());
                    attempt.stage = Stage::Pending { request, status, since, waited, again };
                }
                self.accepted_ahead(id, now);
            }
            RequestStatus::Denied => self.explain(id, request, now),
            RequestStatus::Canceled => self.conclude_with(id, request, words::cancelled(), now),
            RequestStatus::TimedOut => self.conclude_with(id, request, words::lapsed(), now),
            RequestStatus::Revoked => self.conclude_with(id, request, words::revoked(), now),
            RequestStatus::Failed(status) => self.conclude_with(id, request, words::failed(status), now),
        }
    }

    /// Denied: the approver's reason is worth a question, where there is somewhere to ask.
    fn explain(&mut self, id: &str, request: &ActivationRequest, now: DateTime<Utc>) {
        let (Some(attempt), Some(approval)) = (self.attempts.get_mut(id), request.approval_id.clone()) else {
            return self.denied(id, request, None, now);
        };
        let kind = attempt.kind();
        attempt.stage = Stage::Explaining { request: Box::new(request.clone()) };
        let call = self.call(Call::Approval(kind, id.to_owned()));
        self.effects.push(Effect::ReadApproval(call, kind, approval));
    }

    /// What the approval says, or that it cannot be read.
    pub(super) fn explained(&mut self, id: &str, approval: Option<&Approval>, now: DateTime<Utc>) {
        let Some(Attempt { stage: Stage::Explaining { request }, .. }) = self.attempts.get(id) else { return };
        let request = request.clone();
        self.denied(id, &request, approval.and_then(Approval::decided), now);
    }

    fn denied(&mut self, id: &str, request: &ActivationRequest, stage: Option<&ApprovalStage>, now: DateTime<Utc>) {
        let reason = stage.and_then(|stage| stage.justification.clone()).filter(|reason| !reason.trim().is_empty());
        self.conclude(id, request, words::denied(stage), Outcome::Denied { reason }, now);
    }

    fn conclude_with(&mut self, id: &str, request: &ActivationRequest, problem: Problem, now: DateTime<Utc>) {
        let outcome = failed(&problem);
        self.conclude(id, request, problem, outcome, now);
    }

    fn conclude(
        &mut self,
        id: &str,
        request: &ActivationRequest,
        problem: Problem,
        outcome: Outcome,
        now: DateTime<Utc>,
    ) {
        self.settled.insert(request.id.clone());
        self.fail(id, problem, outcome, now);
    }

    fn approval_window(&self, id: &str) -> Duration {
        let key = self.attempts.get(id).map(|attempt| &attempt.activation.key);
        approval_window(&key.map(|key| self.lists.requirements(key)).unwrap_or_default())
    }

    pub(super) fn polled(&mut self, id: &str, result: Result<ActivationRequest, Failure>, now: DateTime<Utc>) {
        if let Ok(request) = result {
            return self.accept(id, &request, now);
        }
        let window = self.approval_window(id);
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        let Stage::Pending { since, again, status, .. } = &mut attempt.stage else { return };
        let patience = if waiting_for_people(status) { window + PATIENCE } else { PATIENCE };
        *again = again.after(&PROVISIONING, now);
        if now >= *since + patience {
            self.give_up(id, now);
        }
    }

    /// Takes an attempt back: at once while nothing was sent, through the service when it is waiting there.
    pub(super) fn cancel(&mut self, id: &str, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get(id) else { return self.cancel_elsewhere(id) };
        match &attempt.stage {
            _ if attempt.origin == Origin::Ahead && !attempt.unwanted => self.disarm(id, now),
            // A poll under way does no harm: its answer finds nothing to change.
            Stage::Pending { request, .. } if !self.cancelling(id) => {
                let (kind, request) = (attempt.kind(), request.clone());
                let call = self.call(Call::Cancel(kind, id.to_owned()));
                self.effects.push(Effect::Cancel(call, kind, request));
            }
            _ if attempt.unsent() => {
                if self.memory.renewals.contains_key(id) {
                    let key = attempt.activation.key.clone();
                    self.note(vec![Fact::Disarmed { key }]);
                }
                self.attempts.remove(id);
            }
            // Refused with a challenge, or certainly not processed: nothing is there to be withdrawn.
            Stage::SteppingUp { .. } | Stage::Retrying if !attempt.repeated => self.withdrawn(id, now),
            _ => {}
        }
    }

    pub(super) fn cancelled(&mut self, id: &str, result: Result<(), Failure>, now: DateTime<Utc>) {
        let Some(Attempt { stage: Stage::Pending { request, again, .. }, unwanted, .. }) = self.attempts.get_mut(id)
        else {
            return;
        };
        match result {
            Ok(()) => {
                let request = request.clone();
                self.settled.insert(request);
                self.announce_cancellation(id, now);
                self.withdrawn(id, now);
            }
            Err(failure) => {
                // It may have been decided meanwhile, or the cancellation went through after all: ask.
                *again = if *unwanted { again.after(&PROVISIONING, now) } else { Again { at: now, ..*again } };
                self.refuse(id, failure.problem().clone());
            }
        }
    }

    pub(super) fn withdrawn(&mut self, id: &str, now: DateTime<Utc>) {
        self.settle(id, Outcome::Cancelled, now);
        self.failures.remove(id);
        // "End and activate again" waited for it.
        self.follow_up(id, now);
    }

    pub(super) fn settle(&mut self, id: &str, outcome: Outcome, now: DateTime<Utc>) {
        if let Some(intent) = self.attempts.remove(id).and_then(|attempt| attempt.intent) {
            self.note(vec![Fact::Settled { intent, outcome, at: now }]);
        }
    }
}

fn waiting(status: &RequestStatus) -> bool {
    matches!(
        status,
        RequestStatus::PendingApproval | RequestStatus::Granted | RequestStatus::InFlight(_) | RequestStatus::Other(_)
    )
}

fn waiting_for_people(status: &RequestStatus) -> bool {
    matches!(status, RequestStatus::PendingApproval)
}

/// So long a request waits for an approver before it lapses: as many days as its policy says, or one.
pub(super) fn approval_window(asks: &Requirements) -> Duration {
    Duration::days(asks.approval_days.map_or(1, |days| i64::from(days.clamp(1, LONGEST_APPROVAL))))
}

fn next_poll(request: &ActivationRequest, again: Again, now: DateTime<Utc>) -> Again {
    match &request.status {
        RequestStatus::PendingApproval => again.after(&APPROVAL, now),
        // Scheduled: nothing happens before its start.
        RequestStatus::Granted => again.after(&PROVISIONING, now).not_before(request.start, now),
        _ => again.after(&PROVISIONING, now),
    }
}

/// Every wait has an end, also with a service that never says so.
fn overdue(request: &ActivationRequest, window: Duration, since: DateTime<Utc>, now: DateTime<Utc>) -> Option<Problem> {
    let begins = request.start.map_or(since, |start| start.max(since));
    match &request.status {
        RequestStatus::PendingApproval => (now >= since + window + PATIENCE).then(words::lapsed),
        RequestStatus::Granted => (now >= begins + PATIENCE).then(|| words::stuck("Granted")),
        RequestStatus::InFlight(status) | RequestStatus::Other(status) => {
            (now >= since + PATIENCE).then(|| words::stuck(status))
        }
        _ => None,
    }
}
