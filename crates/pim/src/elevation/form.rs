//! What is entered is held against the policy before anything is sent.

use chrono::{DateTime, Duration, Utc};

use super::words;
use crate::{
    model::{Activation, Eligibility, Requirements, Ticket},
    problem::Problem,
};

/// The service refuses shorter ones.
pub(super) const SHORTEST: Duration = Duration::minutes(5);
/// No policy allows more.
const LONGEST: Duration = Duration::hours(24);
/// Nobody plans further ahead; a mistyped year is caught.
const FARTHEST: Duration = Duration::days(366);

/// What the user entered.
#[derive(Clone, Debug)]
pub(super) struct Entered {
    pub minutes: u32,
    pub reason: String,
    pub ticket: Option<Ticket>,
    /// `None`, or a time that is past: now.
    pub start: Option<DateTime<Utc>>,
}

impl Entered {
    /// The activation to send, or what the policy allows instead.
    pub fn check(self, role: &Eligibility, policy: &Requirements, now: DateTime<Utc>) -> Result<Activation, Problem> {
        let duration = Duration::minutes(self.minutes.into());
        // A policy that could not be read is the service's to judge.
        let max = if policy.known { policy.max_duration } else { LONGEST };
        if duration < SHORTEST {
            return Err(words::too_short(SHORTEST));
        }
        if duration > max {
            return Err(words::too_long(max));
        }
        let justification = self.reason.trim().to_owned();
        if policy.known && policy.justification && justification.is_empty() {
            return Err(words::reason_missing());
        }
        let ticket = self.ticket.and_then(|Ticket { number, system }| {
            let (number, system) = (number.trim().to_owned(), system.trim().to_owned());
            (!number.is_empty()).then_some(Ticket { number, system })
        });
        if policy.known && policy.ticket && ticket.is_none() {
            return Err(words::ticket_missing());
        }
        let start = self.start.filter(|start| *start > now);
        if start.is_some_and(|start| start > now + FARTHEST) {
            return Err(words::too_far_ahead());
        }
        Ok(Activation { start, ..role.activation(duration, justification, ticket) })
    }
}

/// Why an activation of this role cannot be sent by itself, as the message that says so; `None`: it can.
pub(super) fn must_be_typed(policy: &Requirements, reason: Option<&str>) -> Option<&'static str> {
    if policy.approval {
        Some(message!("not-renewable-approval"))
    } else if policy.ticket {
        Some(message!("not-renewable-ticket"))
    } else if policy.justification && reason.is_none_or(|reason| reason.trim().is_empty()) {
        Some(message!("not-renewable-reason"))
    } else {
        None
    }
}
