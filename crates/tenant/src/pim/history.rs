//! A long audit history that nobody has to keep: its records are made when they are asked for, the same every time.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Ticket;
use super::audit::{About, Outcome, RETENTION, Record, Source};
use crate::scenario::{Scenario, Scope, derived};

/// What an activation leaves behind, step by step; a step that the service takes has nobody who did it.
const STEPS: [(&str, bool); 3] = [
    ("Add member to role requested (PIM activation)", true),
    ("Add member to role completed (PIM activation)", true),
    ("Remove member from role (PIM activation expired)", false),
];
/// One activation in so many fails.
const FAILS: usize = 37;
const REASONS: [&str; 5] =
    ["Scanners are offline", "Month end", "New colleague", "Certificate renewal", "Ticket from the warehouse"];

/// The history before a tenant's start.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    scenario: &'a Scenario,
    started: DateTime<Utc>,
}

impl<'a> History<'a> {
    /// As much of it as the scenario says.
    pub fn new(scenario: &'a Scenario, started: DateTime<Utc>) -> Self {
        Self { scenario, started }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        let somebody = !self.scenario.users.is_empty() && !self.scenario.roles.is_empty();
        if somebody { self.scenario.switches.audit_history } else { 0 }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// When a record was written: evenly over the time for which records are kept.
    pub fn at(&self, index: usize) -> DateTime<Utc> {
        let left = i32::try_from(self.len() - index).unwrap_or(i32::MAX);
        let all = i32::try_from(self.len()).unwrap_or(i32::MAX).max(1);
        // A little less than all of it, so that none is lost at the start.
        self.started - (RETENTION - chrono::TimeDelta::days(1)) / all * left
    }

    /// The record with this index, from the oldest on.
    pub fn record(&self, index: usize) -> Record {
        let (activation, step) = (index / STEPS.len(), index % STEPS.len());
        let Scenario { users, roles, .. } = self.scenario;
        let user = users[activation * 7 % users.len()].id;
        let role = roles[activation * 13 % roles.len()].id;
        let (activity, own) = STEPS[step];
        let start = self.at(activation * STEPS.len());
        let failed = step == 1 && activation % FAILS == FAILS - 1;
        Record {
            at: self.at(index),
            activity: activity.to_owned(),
            source: Source::Pim,
            outcome: if failed { Outcome::Failure } else { Outcome::Success },
            by: own.then_some(user),
            about: About::Role(role, Scope::Directory),
            subject: Some(user),
            correlation: Some(correlation(activation)),
            start: Some(start),
            end: Some(start + chrono::TimeDelta::hours(1)),
            justification: own.then(|| REASONS[activation % REASONS.len()].to_owned()),
            ticket: Ticket {
                number: (activation % 4 == 0).then(|| format!("INC{:06}", activation % 1_000_000)),
                system: (activation % 4 == 0).then(|| "ServiceNow".to_owned()),
            },
            details: Vec::new(),
        }
    }
}

fn correlation(activation: usize) -> Uuid {
    derived(&["audit history", &activation.to_string()])
}
