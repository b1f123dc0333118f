//! What administrators do: assign, update, extend, renew, remove.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::own::accepted;
use super::time::MEMORY;
use super::{
    Action, Actor, AssignmentType, Expiration, Refusal, Request, Rule, Schedule, Side, State, Status, Submission,
    rules, schedule_id,
};
use crate::scenario::{Policy, Scenario, Scope};

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
        if scenario.user(submission.principal).is_none() && scenario.group(submission.principal).is_none() {
            return Err(Refusal::SubjectNotFound);
        }
        if let Scope::AdministrativeUnit(unit) = submission.scope
            && scenario.administrative_unit(unit).is_none()
        {
            return Err(Refusal::Invalid);
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
        let (expiration, end) = checked_end(scenario, policy, submission, start)?;
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
        self.answer_waiting(submission, now);
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
        let (expiration, end) = checked_end(scenario, policy, submission, start)?;
        let given = &mut self.side_mut(submission.side)[found];
        let later = given.end.is_some_and(|before| end.is_none_or(|end| end > before));
        if submission.action == Action::AdminExtend && !later {
            return Err(Refusal::Invalid);
        }
        given.end = end;
        given.expiration = expiration;
        given.modified = Some(now);
        let target = given.id.clone();
        self.answer_waiting(submission, now);
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

    /// An administrator has done what somebody asked for.
    fn answer_waiting(&mut self, submission: &Submission, now: DateTime<Utc>) {
        for request in &mut self.requests {
            if request.status == Status::PendingAdminDecision
                && request.side == submission.side
                && request.is_for(submission.principal, submission.role, submission.scope)
            {
                request.status = Status::AdminApproved;
                request.completed = Some(now);
            }
        }
    }
}

/// The end asked for, if the rules for administrators (`*_Admin_Eligibility`, `*_Admin_Assignment`) allow it.
fn checked_end(
    scenario: &Scenario,
    policy: &Policy,
    submission: &Submission,
    start: DateTime<Utc>,
) -> Result<(Expiration, Option<DateTime<Utc>>), Refusal> {
    let Some(schedule) = &submission.schedule else { return Err(Refusal::Invalid) };
    let end = schedule.expiration.end(start);
    if end.is_some_and(|end| end - start <= TimeDelta::zero()) {
        return Err(Refusal::Invalid);
    }
    let maximum = match submission.side {
        Side::Eligibility => &policy.eligibility_maximum,
        Side::Assignment => &policy.assignment_maximum,
    };
    let mut failed = Vec::new();
    match (end, maximum) {
        (None, Some(_)) => failed.push(Rule::Permanent),
        (Some(end), Some(maximum)) if end - start > maximum.length() => failed.push(Rule::Duration),
        _ => {}
    }
    // `Enablement_Admin_Assignment` asks for a reason; `Enablement_Admin_Eligibility` asks for nothing.
    if submission.side == Side::Assignment && !rules::given(submission.justification.as_ref()) {
        failed.push(Rule::Justification);
    }
    if failed.is_empty() {
        Ok((schedule.expiration.clone(), end))
    } else {
        Err(Refusal::Policy(failed, scenario.switches.policy_messages))
    }
}
