//! The engine in virtual time.

mod kinds;
mod others;
mod own;
mod properties;

use chrono::TimeDelta;

use super::*;
use crate::scenario::{FutureStart, IsoDuration, PolicyMessages, Scenario};

/// A tenant whose time is moved by hand.
struct Bench {
    scenario: Scenario,
    state: State,
    now: DateTime<Utc>,
    ids: Ids,
    ledger: Vec<Entry>,
}

impl Bench {
    fn new(scenario: Scenario) -> Self {
        let now = "2026-11-20T10:00:20Z".parse().unwrap();
        Self { state: State::new(&scenario, now), scenario, now, ids: Ids::new(1, 0), ledger: Vec::new() }
    }

    fn contoso() -> Self {
        Self::new(Scenario::contoso())
    }

    fn pass(&mut self, minutes: i64) {
        self.now += TimeDelta::minutes(minutes);
        self.state.advance(&self.scenario, self.now);
        self.ledger.extend(self.state.take_committed());
    }

    fn user(&self, name: &str) -> Uuid {
        self.scenario.user_named(name).unwrap().id
    }

    fn role(&self, name: &str) -> Uuid {
        self.scenario.role_named(name).unwrap().id
    }

    /// Somebody whose sign-in proved everything.
    fn actor(&self, name: &str) -> Actor {
        Actor { id: self.user(name), mfa: true, contexts: vec!["c1".to_owned()], cp1: true }
    }

    /// A flawless activation for one hour by Maya.
    fn activation(&self, role: &str) -> Submission {
        Submission {
            side: Side::Assignment,
            action: Action::SelfActivate,
            principal: self.user("maya"),
            role: self.role(role),
            scope: Scope::Directory,
            justification: Some("Ticket from the warehouse".to_owned()),
            schedule: Some(ScheduleInfo { start: None, expiration: hours(1) }),
            ticket: Ticket { number: Some("INC1".to_owned()), system: None },
            validation_only: false,
            eligibility: None,
            condition: None,
        }
    }

    fn submit(&mut self, actor: &Actor, submission: &Submission) -> Result<Request, Refusal> {
        let id = self.ids.guid();
        self.state.advance(&self.scenario, self.now);
        let result = self.state.submit(&self.scenario, actor, submission, id, self.now);
        self.ledger.extend(self.state.take_committed());
        result
    }

    fn activate(&mut self, role: &str) -> Result<Request, Refusal> {
        let submission = self.activation(role);
        self.submit(&self.actor("maya"), &submission)
    }

    fn deactivate(&mut self, role: &str) -> Result<Request, Refusal> {
        let submission = Submission { action: Action::SelfDeactivate, schedule: None, ..self.activation(role) };
        self.submit(&self.actor("maya"), &submission)
    }

    fn decide(&mut self, approver: &str, request: &Request, approved: bool) -> Result<(), Refusal> {
        let approver = self.user(approver);
        let result = self.state.decide(&self.scenario, approver, request.id, approved, "fine", self.now);
        self.ledger.extend(self.state.take_committed());
        result
    }

    fn status(&self, request: &Request) -> Status {
        self.state.request(request.id).unwrap().status
    }

    fn active(&self, role: &str) -> Option<&Schedule> {
        let (maya, role) = (self.user("maya"), self.role(role));
        self.state
            .instances(&self.scenario, Side::Assignment, self.now)
            .find(|held| held.is_for(maya, role, Scope::Directory))
    }

    fn events(&self) -> Vec<&str> {
        self.ledger.iter().map(|entry| entry.event.as_str()).collect()
    }
}

fn hours(hours: u32) -> Expiration {
    Expiration::AfterDuration(IsoDuration::hours(hours))
}
