//! What people ask for themselves: activate, deactivate, extend, renew, withdraw.

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use uuid::Uuid;

use super::time::MEMORY;
use super::{
    AZURE_ADMINISTRATORS, Action, Actor, AssignmentType, Expiration, GLOBAL_ADMINISTRATOR,
    PRIVILEGED_ROLE_ADMINISTRATOR, Refusal, Request, Schedule, Side, State, Status, Submission, rules, schedule_id,
};
use crate::scenario::{Access, FutureStart, Kind, Policy, Scenario, Scope};

/// An activation can be ended this long after it became effective, and be no shorter.
const SHORTEST: TimeDelta = TimeDelta::minutes(5);
/// A start this far in the past still means "now": clocks differ and networks are slow. Earlier ones are refused.
const PAST: TimeDelta = TimeDelta::minutes(5);
/// A start this far in the future still means "now".
const FUTURE: TimeDelta = TimeDelta::seconds(10);
/// An extension can be asked for this long before the end.
const EXTENSION: TimeDelta = TimeDelta::days(14);

impl State {
    /// Submit a request, which becomes `id` when it is accepted. Refused ones leave nothing behind.
    pub fn submit(
        &mut self,
        scenario: &Scenario,
        actor: &Actor,
        submission: &Submission,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Request, Refusal> {
        if !scenario.switches.license {
            return Err(Refusal::License);
        }
        let Some(policy) = self.policy(scenario, submission.role, submission.scope).cloned() else {
            // An unknown group is an invalid request (recorded); so is one that PIM does not manage.
            let group = submission.scope.kind() == Kind::Group;
            return Err(if group { Refusal::Invalid } else { Refusal::RoleNotFound });
        };
        let before = submission.validation_only.then(|| self.clone());
        let outcome = match submission.action {
            Action::SelfActivate => self.self_activate(scenario, &policy, actor, submission, id, now),
            Action::SelfDeactivate => self.self_deactivate(scenario, actor, submission, id, now),
            Action::SelfExtend | Action::SelfRenew => self.self_prolong(actor, submission, id, now),
            _ => self.administer(scenario, &policy, actor, submission, id, now),
        };
        if let Some(before) = before {
            // A rehearsal: everything was judged, nothing stays.
            *self = before;
            return outcome.map(|request| Request { status: Status::Granted, target_schedule: None, ..request });
        }
        let request = outcome?;
        self.requests.push(request.clone());
        self.commit(scenario, now, submission.action.name(), actor.id, &request);
        Ok(request)
    }

    fn self_activate(
        &mut self,
        scenario: &Scenario,
        policy: &Policy,
        actor: &Actor,
        submission: &Submission,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Request, Refusal> {
        // Only assignments are activated, and only for oneself, also when the eligibility came through a group.
        if submission.principal != actor.id || submission.side != Side::Assignment {
            return Err(Refusal::Invalid);
        }
        let switches = &scenario.switches;
        let asked = submission.schedule.as_ref().and_then(|schedule| schedule.start);
        if asked.is_some_and(|start| start < now - PAST) {
            return Err(Refusal::Invalid);
        }
        let later = asked.filter(|start| *start > now + FUTURE);
        let start = later.unwrap_or(now);
        let length = asked_length(submission, start);
        if length.is_some_and(|length| length <= TimeDelta::zero()) {
            return Err(Refusal::Invalid);
        }
        if self.lingers(scenario, submission, now) {
            return Err(Refusal::Exists);
        }
        let running = self
            .assignments
            .iter()
            .find(|held| held.is_for(submission.principal, submission.role, submission.scope) && held.in_effect(now));
        let future = later.map(|_| switches.future_start(submission.scope.kind()));
        match (running, future) {
            (Some(_), None | Some(FutureStart::Refused)) => return Err(Refusal::Exists),
            (Some(running), Some(FutureStart::Queued)) if running.end.is_none_or(|end| start <= end) => {
                return Err(Refusal::Overlaps);
            }
            (Some(running), Some(FutureStart::QueuedByMinute))
                if touch((start, None), (running.start, running.end)) =>
            {
                return Err(Refusal::Overlaps);
            }
            _ => {}
        }
        self.no_other_pending(scenario, submission, later, length)?;
        let eligibility = self.eligibility_for(scenario, submission, start, now);
        let eligibility_end = eligibility.and_then(|eligibility| eligibility.end);
        let activated_using = eligibility.map(|eligibility| eligibility.id.clone());
        let condition = eligibility.and_then(|eligibility| eligibility.condition.clone());
        rules::activation(switches, policy, actor, submission, eligibility.is_some(), start)?;
        if switches.five_minute_rule && length.is_some_and(|length| length < SHORTEST) {
            return Err(Refusal::TooShort);
        }

        let mut request = accepted(submission, actor, id, now);
        request.target_schedule = Some(schedule_id(submission.scope, submission.role, id));
        // The eligibility's condition holds for the activation, whatever the caller says.
        request.condition = condition;
        if policy.approval {
            request.status = Status::PendingApproval;
            request.approval_deadline = Some(now + switches.approval_expiry.length());
            return Ok(request);
        }
        let delay = switches.delay(submission.scope.kind());
        let schedule = activation(&request, start, delay, now, eligibility_end, activated_using);
        (request.status, request.completed) = progress(&schedule, Status::PendingProvisioning, now);
        self.assignments.push(schedule);
        Ok(request)
    }

    /// Whether Azure still takes a role for active that was ended a short while ago.
    fn lingers(&self, scenario: &Scenario, submission: &Submission, now: DateTime<Utc>) -> bool {
        let window = scenario.switches.azure_lingering.length();
        submission.scope.kind() == Kind::Azure
            && self.assignments.iter().any(|held| {
                held.is_for(submission.principal, submission.role, submission.scope)
                    && held.removed.is_some_and(|removed| now < removed + window)
            })
    }

    /// Refuse what collides with requests that may still come to something.
    fn no_other_pending(
        &self,
        scenario: &Scenario,
        submission: &Submission,
        later: Option<DateTime<Utc>>,
        length: Option<TimeDelta>,
    ) -> Result<(), Refusal> {
        let pending = self.requests(Side::Assignment).filter(|request| {
            request.is_pending()
                && request.action == Action::SelfActivate
                && request.is_for(submission.principal, submission.role, submission.scope)
        });
        for request in pending {
            let scheduled = request.target_schedule.as_ref().and_then(|id| self.schedule(Side::Assignment, id));
            let (Some(start), Some(scheduled)) = (later, scheduled) else { return Err(Refusal::Pending) };
            let end = length.map(|length| start + length);
            if scenario.switches.overlap_rule && touch((start, end), (scheduled.start, scheduled.end)) {
                return Err(Refusal::Overlaps);
            }
        }
        Ok(())
    }

    /// The eligibility that lets the submission's principal activate at `start`: an own one before one through a group.
    fn eligibility_for(
        &self,
        scenario: &Scenario,
        submission: &Submission,
        start: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<&Schedule> {
        let matching = |eligibility: &&Schedule| {
            eligibility.role == submission.role
                && scenario.contains(eligibility.scope, submission.scope)
                && eligibility.in_effect(start)
                && submission.eligibility.as_ref().is_none_or(|named| named.eq_ignore_ascii_case(&eligibility.id))
        };
        let mut candidates = self.eligibilities.iter().filter(matching);
        let own = candidates.clone().find(|eligibility| eligibility.principal == submission.principal);
        own.or_else(|| {
            candidates.find(|eligibility| self.covers(scenario, eligibility.principal, submission.principal, now))
        })
    }

    /// The eligibility that a request was made for, now that it is approved.
    pub(super) fn eligibility_of(
        &self,
        scenario: &Scenario,
        request: &Request,
        at: DateTime<Utc>,
    ) -> Option<&Schedule> {
        self.eligibilities.iter().find(|eligibility| {
            eligibility.role == request.role
                && scenario.contains(eligibility.scope, request.scope)
                && eligibility.in_effect(at)
                && self.covers(scenario, eligibility.principal, request.principal, at)
        })
    }

    fn self_deactivate(
        &mut self,
        scenario: &Scenario,
        actor: &Actor,
        submission: &Submission,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Request, Refusal> {
        if submission.principal != actor.id || submission.side != Side::Assignment {
            return Err(Refusal::Invalid);
        }
        let held = self.assignments.iter().position(|held| {
            held.is_for(submission.principal, submission.role, submission.scope)
                && held.in_effect(now)
                && held.assignment_type == AssignmentType::Activated
        });
        let Some(held) = held else { return Err(Refusal::DoesNotExist) };
        let settling = scenario.switches.azure_settling.length();
        if submission.scope.kind() == Kind::Azure && now < self.assignments[held].effective + settling {
            return Err(Refusal::DoesNotExist);
        }
        if scenario.switches.five_minute_rule && now < self.assignments[held].effective + SHORTEST {
            return Err(Refusal::TooShort);
        }
        self.not_the_last(scenario, &self.assignments[held], now)?;
        self.assignments[held].removed = Some(now);
        let mut request = accepted(submission, actor, id, now);
        request.status = Status::Revoked;
        request.schedule = None;
        Ok(request)
    }

    /// Refuse to leave the directory without somebody who administers roles, and a group without an owner.
    pub(super) fn not_the_last(&self, scenario: &Scenario, held: &Schedule, now: DateTime<Utc>) -> Result<(), Refusal> {
        let guarded = match held.scope {
            Scope::Directory => [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR].contains(&held.role),
            Scope::Group(_) => held.role == Access::Owner.role(),
            // Nobody would be left who gives access to what is at the top of Azure.
            Scope::Azure(id) => {
                let root = scenario.azure.scope(id).is_some_and(|scope| scope.parent.is_none());
                root && AZURE_ADMINISTRATORS.contains(&held.role)
            }
            Scope::AdministrativeUnit(_) | Scope::Object(_) | Scope::Application(_) => false,
        };
        if !scenario.switches.last_administrator_rule || !guarded {
            return Ok(());
        }
        let same = |other: &Schedule| match held.scope {
            Scope::Azure(_) => AZURE_ADMINISTRATORS.contains(&other.role),
            _ => other.role == held.role,
        };
        // An application administers nobody, and owns a group for nobody.
        let counts = |other: &Schedule| scenario.service_principal(other.principal).is_none();
        let another = self.assignments.iter().any(|other| {
            same(other) && counts(other) && other.scope == held.scope && other.id != held.id && other.in_effect(now)
        });
        if another { Ok(()) } else { Err(Refusal::LastAdministrator) }
    }

    /// Extend or renew: about the end of something given, never of an activation. An administrator decides, in the portal.
    fn self_prolong(
        &mut self,
        actor: &Actor,
        submission: &Submission,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Request, Refusal> {
        if submission.principal != actor.id {
            return Err(Refusal::Invalid);
        }
        let given = self.side(submission.side).iter().rev().find(|given| {
            given.is_for(submission.principal, submission.role, submission.scope)
                && given.assignment_type == AssignmentType::Assigned
                && given.removed.is_none()
        });
        // Through a group one has nothing to extend oneself, and what has no end needs no extension.
        let end = given.and_then(|given| given.end).ok_or(Refusal::DoesNotExist)?;
        let in_time = match submission.action {
            Action::SelfExtend => now < end && now >= end - EXTENSION,
            _ => end <= now && now < end + MEMORY,
        };
        if !in_time {
            return Err(Refusal::Invalid);
        }
        let waiting = self.requests(submission.side).any(|request| {
            request.status == Status::PendingAdminDecision
                && request.is_for(submission.principal, submission.role, submission.scope)
        });
        if waiting {
            return Err(Refusal::Pending);
        }
        let mut request = accepted(submission, actor, id, now);
        request.status = Status::PendingAdminDecision;
        Ok(request)
    }

    /// Withdraw a request that has not come to anything yet.
    pub fn cancel(
        &mut self,
        scenario: &Scenario,
        actor: Uuid,
        side: Side,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let found = self.requests.iter().position(|request| request.id == id && request.side == side);
        let Some(found) = found else { return Err(Refusal::NotFound(id.to_string())) };
        let request = &self.requests[found];
        if request.principal != actor
            && request.created_by != actor
            && !self.administers(scenario, actor, request.scope, now)
        {
            return Err(Refusal::Forbidden);
        }
        if !matches!(request.status, Status::Granted | Status::PendingApproval | Status::PendingAdminDecision) {
            return Err(Refusal::Invalid);
        }
        let request = &mut self.requests[found];
        request.status = Status::Canceled;
        request.completed = Some(now);
        let request = request.clone();
        if let Some(target) = &request.target_schedule {
            self.side_mut(side).retain(|schedule| schedule.id != *target);
        }
        self.commit(scenario, now, "canceled", actor, &request);
        Ok(())
    }
}

/// The request as it is stored, before its fate is known.
pub(super) fn accepted(submission: &Submission, actor: &Actor, id: Uuid, now: DateTime<Utc>) -> Request {
    Request {
        id,
        side: submission.side,
        status: Status::Granted,
        created: now,
        completed: None,
        action: submission.action,
        principal: submission.principal,
        role: submission.role,
        scope: submission.scope,
        validation_only: submission.validation_only,
        target_schedule: None,
        justification: submission.justification.clone(),
        created_by: actor.id,
        schedule: submission.schedule.clone(),
        ticket: submission.ticket.clone(),
        approval_deadline: None,
        decision: None,
        condition: submission.condition.clone(),
    }
}

/// How long the submission wants, if it ends at all.
fn asked_length(submission: &Submission, start: DateTime<Utc>) -> Option<TimeDelta> {
    let schedule = submission.schedule.as_ref()?;
    schedule.expiration.end(start).map(|end| end - start)
}

/// The schedule of an activation; it never outlives its eligibility.
pub(super) fn activation(
    request: &Request,
    start: DateTime<Utc>,
    delay: TimeDelta,
    now: DateTime<Utc>,
    eligibility_end: Option<DateTime<Utc>>,
    activated_using: Option<String>,
) -> Schedule {
    let expiration = request.schedule.as_ref().map_or(Expiration::NotSpecified, |schedule| schedule.expiration.clone());
    Schedule {
        id: schedule_id(request.scope, request.role, request.id),
        principal: request.principal,
        role: request.role,
        scope: request.scope,
        created_using: Some(request.id),
        created: Some(now),
        modified: None,
        assignment_type: AssignmentType::Activated,
        start,
        effective: start + delay,
        end: [expiration.end(start), eligibility_end].into_iter().flatten().min(),
        expiration,
        activated_using,
        removed: None,
        closed: false,
        condition: request.condition.clone(),
    }
}

/// The status and completion of a request whose schedule has just been made.
pub(super) fn progress(
    schedule: &Schedule,
    provisioning: Status,
    now: DateTime<Utc>,
) -> (Status, Option<DateTime<Utc>>) {
    if schedule.start > now {
        // As documented, a scheduled activation says when it will be complete.
        (Status::Granted, Some(schedule.start))
    } else if schedule.effective > now {
        (provisioning, None)
    } else {
        (Status::Provisioned, Some(now))
    }
}

/// Whether two windows touch, compared by the minute with inclusive bounds.
fn touch(
    (a_start, a_end): (DateTime<Utc>, Option<DateTime<Utc>>),
    (b_start, b_end): (DateTime<Utc>, Option<DateTime<Utc>>),
) -> bool {
    let minute = |at: DateTime<Utc>| at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at);
    let before = |start: DateTime<Utc>, end: Option<DateTime<Utc>>| end.is_none_or(|end| minute(start) <= minute(end));
    before(a_start, b_end) && before(b_start, a_end)
}
