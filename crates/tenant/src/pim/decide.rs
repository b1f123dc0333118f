//! Approvals.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::own::{activation, progress};
use super::{Decision, Refusal, Request, Schedule, State, Status};
use crate::scenario::{Approver, Scenario};

impl State {
    /// Approve or deny a request. The first decision counts.
    pub fn decide(
        &mut self,
        scenario: &Scenario,
        approver: Uuid,
        id: Uuid,
        approved: bool,
        justification: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let found = self.requests.iter().position(|request| request.id == id && request.approval_deadline.is_some());
        let Some(found) = found else { return Err(Refusal::NotFound(id.to_string())) };
        let request = &self.requests[found];
        if !self.approves(scenario, request, approver, now) {
            return Err(Refusal::Forbidden);
        }
        match request.status {
            Status::PendingApproval => {}
            // Nobody decided in time, or it was withdrawn: there is nothing to decide on any more.
            Status::TimedOut | Status::Canceled | Status::Revoked => return Err(Refusal::NotFound(id.to_string())),
            _ => return Err(Refusal::Decided),
        }
        let policy = self.policy(scenario, request.role, request.scope);
        if policy.is_none_or(|policy| policy.approver_justification) && justification.trim().is_empty() {
            return Err(Refusal::Invalid);
        }
        let mut request = request.clone();
        request.decision = Some(Decision { approved, by: approver, at: now, justification: justification.to_owned() });
        if approved {
            self.begin_approved(scenario, &mut request, now)?;
        } else {
            request.status = Status::Denied;
            request.completed = Some(now);
        }
        self.requests[found] = request.clone();
        self.commit(scenario, now, if approved { "approved" } else { "denied" }, approver, &request);
        Ok(())
    }

    fn begin_approved(
        &mut self,
        scenario: &Scenario,
        request: &mut Request,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let asked = request.schedule.as_ref().and_then(|schedule| schedule.start);
        let start = asked.filter(|start| *start > now).unwrap_or(now);
        // What begins after the end of the one that runs does not collide with it.
        let held = |held: &Schedule| {
            held.is_for(request.principal, request.role, request.scope)
                && held.in_effect(now)
                && held.end.is_none_or(|end| start <= end)
        };
        if self.assignments.iter().any(held) {
            return Err(Refusal::Exists);
        }
        let eligibility = self.eligibility_of(scenario, request, start);
        let (end, using) = eligibility.map(|eligibility| (eligibility.end, eligibility.id.clone())).unzip();
        let delay = scenario.switches.delay(request.scope.kind());
        let schedule = activation(request, start, delay, now, end.flatten(), using);
        // Lost the eligibility meanwhile, or the end that was asked for has passed.
        if schedule.activated_using.is_none() || schedule.end.is_none_or(|end| end <= start) {
            return Err(Refusal::Invalid);
        }
        (request.status, request.completed) = progress(&schedule, Status::PendingApprovalProvisioning, now);
        self.assignments.push(schedule);
        Ok(())
    }

    /// Somebody who may decide on the request: the first that its policy names, or the first administrator.
    pub fn an_approver(&self, scenario: &Scenario, id: Uuid, now: DateTime<Utc>) -> Option<Uuid> {
        let request = self.request(id)?;
        let approvers = self.policy(scenario, request.role, request.scope).map_or(&[][..], |policy| &policy.approvers);
        let named = approvers.iter().flat_map(|approver| match approver {
            Approver::User(user) => vec![*user],
            Approver::Group(group) => {
                scenario.group(*group).into_iter().flat_map(|group| group.members.iter().copied()).collect()
            }
        });
        let anybody = scenario.users.iter().map(|user| user.id);
        named.chain(anybody).find(|user| self.approves(scenario, request, *user, now))
    }
}
