//! What administrators do: assign, update, extend, renew, remove.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::own::accepted;
use super::time::MEMORY;
use super::{
    Action, Actor, AssignmentType, Expiration, Refusal, Request, Rule, Schedule, Side, State, Status, Submission,
    Ticket, assignment_id, rules, schedule_id,
};
use crate::scenario::{Kind, Policy, Scenario, Scope};

/// Roles that can be assigned for a single application: Application Administrator, Cloud Application Administrator.
const OBJECT_ROLES: [Uuid; 2] = [
    Uuid::from_u128(0x9b89_5d92_2cd3_44c7_9d02_a6ac_2d5e_a5c3),
    Uuid::from_u128(0x158c_047a_c907_4556_b7ef_4465_51a6_b5f7),
];

impl State {
    pub(super) fn administer(
        &mut self,
        scenario: &Scenario,
        policy: &Policy,
        actor: &Actor,
        submission: &Submission,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Request, Refusal> {
        if !self.administers(scenario, actor.id, submission.scope, now) {
            return Err(Refusal::Forbidden);
        }
        // What is taken away may be anything that is there.
        if submission.action != Action::AdminRemove {
            may_have(scenario, submission.side, submission.principal, submission.role, submission.scope)?;
        } else if scenario.name_of(submission.principal).is_none() {
            return Err(Refusal::SubjectNotFound);
        }
        let present = self.given(submission, |given| !given.over(now));
        match submission.action {
            Action::AdminRemove => self.remove(scenario, actor, submission, id, now),
            Action::AdminAssign if present.is_some() => Err(Refusal::Exists),
            Action::AdminAssign => self.assign(scenario, policy, actor, submission, id, now),
            Action::AdminRenew => {
                let ended = self.given(submission, |given| {
                    given.removed.is_none() && given.end.is_some_and(|end| end <= now && now < end + MEMORY)
                });
                match (present, ended) {
                    (Some(_), _) => Err(Refusal::Exists),
                    (None, None) => Err(Refusal::DoesNotExist),
                    (None, Some(_)) => self.assign(scenario, policy, actor, submission, id, now),
                }
            }
            _ => self.change(scenario, policy, actor, submission, id, now),
        }
    }

    /// Where the submission's target is among the schedules given by administrators.
    fn given(&self, submission: &Submission, also: impl Fn(&Schedule) -> bool) -> Option<usize> {
        self.side(submission.side).iter().position(|given| {
            given.is_for(submission.principal, submission.role, submission.scope)
                && given.assignment_type == AssignmentType::Assigned
                && also(given)
        })
    }

    fn assign(
        &mut self,
        scenario: &Scenario,
        policy: &Policy,
        actor: &Actor,
        submission: &Submission,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Request, Refusal> {
        // A start in the past begins now, as in the documentation's example.
        let asked = submission.schedule.as_ref().and_then(|schedule| schedule.start);
        let start = asked.map_or(now, |asked| asked.max(now));
        let (expiration, end) = checked_end(scenario, policy, actor, submission, start)?;
        self.side_mut(submission.side).push(Schedule {
            id: schedule_id(submission.scope, submission.role, id),
            principal: submission.principal,
            role: submission.role,
            scope: submission.scope,
            created_using: Some(id),
            created: Some(now),
            modified: None,
            assignment_type: AssignmentType::Assigned,
            start,
            effective: start,
            end,
            expiration,
            activated_using: None,
            removed: None,
            closed: false,
            condition: submission.condition.clone(),
        });
        self.answer_waiting(actor, submission, now);
        let mut request = accepted(submission, actor, id, now);
        request.target_schedule = Some(schedule_id(submission.scope, submission.role, id));
        if let Some(schedule) = &mut request.schedule {
            schedule.start = Some(start);
        }
        request.completed = Some(start);
        if start <= now {
            request.status = Status::Provisioned;
        }
        Ok(request)
    }

    /// Move the end of what is given.
    fn change(
        &mut self,
        scenario: &Scenario,
        policy: &Policy,
        actor: &Actor,
        submission: &Submission,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Request, Refusal> {
        let Some(found) = self.given(submission, |given| !given.over(now)) else { return Err(Refusal::DoesNotExist) };
        let start = self.side(submission.side)[found].start.max(now);
        let (expiration, end) = checked_end(scenario, policy, actor, submission, start)?;
        let given = &mut self.side_mut(submission.side)[found];
        let later = given.end.is_some_and(|before| end.is_none_or(|end| end > before));
        if submission.action == Action::AdminExtend && !later {
            return Err(Refusal::Invalid);
        }
        given.end = end;
        given.expiration = expiration;
        given.modified = Some(now);
        let target = given.id.clone();
        self.answer_waiting(actor, submission, now);
        let mut request = accepted(submission, actor, id, now);
        request.status = Status::Provisioned;
        request.completed = Some(now);
        request.target_schedule = Some(target);
        Ok(request)
    }

    /// Take away what is given, or somebody's activation.
    fn remove(
        &mut self,
        scenario: &Scenario,
        actor: &Actor,
        submission: &Submission,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Request, Refusal> {
        let found = self.side(submission.side).iter().position(|given| {
            given.is_for(submission.principal, submission.role, submission.scope) && !given.over(now)
        });
        let Some(found) = found else { return Err(Refusal::DoesNotExist) };
        if submission.side == Side::Assignment {
            self.not_the_last(scenario, &self.assignments[found], now)?;
        }
        let removed = &mut self.side_mut(submission.side)[found];
        removed.removed = Some(now);
        // What was scheduled for later will not come.
        let target = removed.id.clone();
        for request in &mut self.requests {
            if request.is_pending() && request.target_schedule.as_ref() == Some(&target) {
                request.status = Status::Revoked;
                request.completed = Some(now);
            }
        }
        let mut request = accepted(submission, actor, id, now);
        request.status = Status::Revoked;
        request.schedule = None;
        Ok(request)
    }

    /// Give a directory role without PIM, for ever.
    pub fn assign_outside(
        &mut self,
        scenario: &Scenario,
        actor: Uuid,
        (principal, role, scope): (Uuid, Uuid, Scope),
        now: DateTime<Utc>,
    ) -> Result<Schedule, Refusal> {
        if !self.administers(scenario, actor, scope, now) {
            return Err(Refusal::Forbidden);
        }
        scenario.directory_role(role).ok_or(Refusal::RoleNotFound)?;
        may_have(scenario, Side::Assignment, principal, role, scope)?;
        if self.assignments.iter().any(|held| held.is_for(principal, role, scope) && !held.over(now)) {
            return Err(Refusal::Exists);
        }
        let schedule = Schedule {
            id: assignment_id(role, principal, scope),
            principal,
            role,
            scope,
            created_using: None,
            created: Some(now),
            modified: None,
            assignment_type: AssignmentType::Assigned,
            start: now,
            effective: now,
            end: None,
            expiration: Expiration::NoExpiration,
            activated_using: None,
            removed: None,
            closed: false,
            condition: None,
        };
        self.assignments.push(schedule.clone());
        self.note_outside(principal, role, scope, actor, now);
        Ok(schedule)
    }

    /// Take a directory role away without PIM.
    pub fn unassign_outside(
        &mut self,
        scenario: &Scenario,
        actor: &Actor,
        id: Uuid,
        held: &Schedule,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let submission = Submission {
            side: Side::Assignment,
            action: Action::AdminRemove,
            principal: held.principal,
            role: held.role,
            scope: held.scope,
            justification: None,
            schedule: None,
            ticket: Ticket::default(),
            validation_only: false,
            eligibility: None,
            condition: None,
        };
        self.submit(scenario, actor, &submission, id, now).map(|_| ())
    }

    /// An administrator has done what somebody asked for.
    fn answer_waiting(&mut self, actor: &Actor, submission: &Submission, now: DateTime<Utc>) {
        let waiting = self.requests.iter_mut().filter(|request| {
            request.status == Status::PendingAdminDecision
                && request.side == submission.side
                && request.is_for(submission.principal, submission.role, submission.scope)
        });
        let mut answered = Vec::new();
        for request in waiting {
            request.status = Status::AdminApproved;
            request.completed = Some(now);
            answered.push(request.clone());
        }
        for request in answered {
            self.note_given(now, actor.id, &request);
        }
    }
}

/// Whether the principal can have the role at the scope at all.
fn may_have(scenario: &Scenario, side: Side, principal: Uuid, role: Uuid, scope: Scope) -> Result<(), Refusal> {
    let group = scenario.group(principal);
    let application = scenario.service_principal(principal).is_some();
    if scenario.user(principal).is_none() && group.is_none() && !application {
        return Err(Refusal::SubjectNotFound);
    }
    // An application cannot activate anything, so it is never eligible.
    if application && side == Side::Eligibility {
        return Err(Refusal::WrongPrincipal);
    }
    match scope {
        Scope::AdministrativeUnit(unit) => {
            scenario.administrative_unit(unit).ok_or(Refusal::Invalid)?;
            let known = scenario.directory_role(role).ok_or(Refusal::RoleNotFound)?;
            if !known.units {
                return Err(Refusal::NotScopable);
            }
        }
        Scope::Object(object) => {
            scenario.service_principal(object).ok_or(Refusal::Invalid)?;
            if !OBJECT_ROLES.contains(&role) {
                return Err(Refusal::NotScopable);
            }
        }
        Scope::Application(id) => {
            scenario.application_scopes.iter().find(|scope| scope.id == id).ok_or(Refusal::Invalid)?;
        }
        Scope::Group(into) if into == principal => return Err(Refusal::Invalid),
        Scope::Directory | Scope::Group(_) | Scope::Azure(_) => {}
    }
    // Directory roles are for groups that were made for it.
    let unfit = group.is_some_and(|group| !group.role_assignable);
    if scope.kind() == Kind::Directory && unfit { Err(Refusal::WrongPrincipal) } else { Ok(()) }
}

/// The end asked for, if the rules for administrators (`*_Admin_Eligibility`, `*_Admin_Assignment`) allow it.
fn checked_end(
    scenario: &Scenario,
    policy: &Policy,
    actor: &Actor,
    submission: &Submission,
    start: DateTime<Utc>,
) -> Result<(Expiration, Option<DateTime<Utc>>), Refusal> {
    let Some(schedule) = &submission.schedule else { return Err(Refusal::Invalid) };
    let end = schedule.expiration.end(start);
    if end.is_some_and(|end| end - start <= TimeDelta::zero()) {
        return Err(Refusal::Invalid);
    }
    let (maximum, enabled) = match submission.side {
        Side::Eligibility => (&policy.eligibility_maximum, policy.eligibility_enablement),
        Side::Assignment => (&policy.assignment_maximum, policy.assignment_enablement),
    };
    let mut failed = Vec::new();
    match (end, maximum) {
        (None, Some(_)) => failed.push(Rule::Permanent),
        (Some(end), Some(maximum)) if end - start > maximum.length() => failed.push(Rule::Duration),
        _ => {}
    }
    let mut require = |met: bool, rule| {
        if !met {
            failed.push(rule);
        }
    };
    require(!enabled.justification || rules::given(submission.justification.as_ref()), Rule::Justification);
    require(!enabled.ticket || rules::given(submission.ticket.number.as_ref()), Rule::Ticketing);
    require(!enabled.mfa || actor.mfa, Rule::Mfa);
    if failed.is_empty() {
        Ok((schedule.expiration.clone(), end))
    } else {
        Err(Refusal::Policy(failed, scenario.switches.policy_messages))
    }
}
