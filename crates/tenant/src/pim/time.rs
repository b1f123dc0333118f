//! What time does: approvals run out, scheduled activations begin, provisioning completes, assignments end.

use chrono::{DateTime, TimeDelta, Utc};

use super::{AssignmentType, Side, State, Status};
use crate::scenario::Scenario;

/// How long what is over is remembered: withdrawn requests are deleted then, and an ended eligibility can be renewed so long.
pub(super) const MEMORY: TimeDelta = TimeDelta::days(30);

impl State {
    /// Bring everything up to `now`.
    pub fn advance(&mut self, scenario: &Scenario, now: DateTime<Utc>) {
        self.advance_requests(scenario, now);
        for side in [Side::Assignment, Side::Eligibility] {
            self.close_ended(scenario, side, now);
        }
        self.advance_reviews(scenario, now);
        self.advance_alerts(scenario, now);
        self.requests.retain(|request| {
            request.status != Status::Canceled || request.completed.is_none_or(|completed| now < completed + MEMORY)
        });
    }

    fn advance_requests(&mut self, scenario: &Scenario, now: DateTime<Utc>) {
        for index in 0..self.requests.len() {
            let request = &self.requests[index];
            let event = match request.status {
                Status::PendingApproval => {
                    request.approval_deadline.filter(|deadline| *deadline <= now).map(|at| (at, Status::TimedOut))
                }
                Status::Granted | Status::PendingProvisioning | Status::PendingApprovalProvisioning => {
                    self.provisioning(index, now)
                }
                _ => None,
            };
            let Some((at, status)) = event else { continue };
            let request = &mut self.requests[index];
            request.status = status;
            if status == Status::PendingProvisioning {
                continue;
            }
            request.completed = Some(at);
            let request = request.clone();
            let event = if status == Status::TimedOut { "timedOut" } else { "provisioned" };
            self.commit(scenario, at, event, request.principal, &request);
        }
    }

    /// How far the schedule of a request under way has come.
    fn provisioning(&self, index: usize, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Status)> {
        let request = &self.requests[index];
        let schedule = self.schedule(request.side, request.target_schedule.as_deref()?)?;
        if schedule.effective <= now {
            Some((schedule.effective, Status::Provisioned))
        } else if schedule.start <= now && request.status == Status::Granted {
            Some((schedule.start, Status::PendingProvisioning))
        } else {
            None
        }
    }

    fn close_ended(&mut self, scenario: &Scenario, side: Side, now: DateTime<Utc>) {
        let mut ended = Vec::new();
        for schedule in self.side_mut(side) {
            let Some(end) = schedule.end.filter(|end| *end <= now) else { continue };
            if !schedule.closed && schedule.removed.is_none() {
                schedule.closed = true;
                ended.push((end, schedule.clone()));
            }
        }
        for (end, schedule) in ended {
            let event = match (side, schedule.assignment_type) {
                (Side::Eligibility, _) => "eligibilityExpired",
                (Side::Assignment, AssignmentType::Activated) => "expired",
                (Side::Assignment, AssignmentType::Assigned) => "assignmentExpired",
            };
            self.commit_end(scenario, end, event, &schedule);
        }
        self.side_mut(side).retain(|schedule| {
            let over = schedule.removed.or(schedule.end.filter(|_| schedule.closed));
            over.is_none_or(|over| now < over + MEMORY)
        });
    }
}
