//! Whether a request meets its role's policy.

use chrono::{DateTime, Utc};

use super::{Actor, Expiration, Refusal, Rule, Submission};
use crate::scenario::{Policy, Switches};

/// The rules of an activation (`*_EndUser_Assignment`). `eligible` and the window's `start` were found out before.
pub(super) fn activation(
    switches: &Switches,
    policy: &Policy,
    actor: &Actor,
    submission: &Submission,
    eligible: bool,
    start: DateTime<Utc>,
) -> Result<(), Refusal> {
    let mut failed = Vec::new();
    let mut require = |met: bool, rule| {
        if !met {
            failed.push(rule);
        }
    };
    require(eligible, Rule::Eligibility);
    let expiration = submission.schedule.as_ref().map_or(&Expiration::NotSpecified, |schedule| &schedule.expiration);
    match expiration.end(start) {
        None => require(false, Rule::Permanent),
        Some(end) => require(end - start <= policy.maximum.length(), Rule::Duration),
    }
    require(!policy.justification || given(submission.justification.as_ref()), Rule::Justification);
    require(!policy.ticket || given(submission.ticket.number.as_ref()), Rule::Ticketing);
    // An authentication context replaces plain multifactor authentication.
    require(!policy.mfa || policy.authentication_context.is_some() || actor.mfa, Rule::Mfa);
    if !failed.is_empty() {
        return Err(Refusal::Policy(failed, switches.policy_messages));
    }
    match &policy.authentication_context {
        Some(context) if !satisfies(switches, actor, context) => Err(Refusal::Context(context.clone())),
        _ => Ok(()),
    }
}

/// A token from a client that did not declare `cp1` does not count, whatever contexts it carries.
fn satisfies(switches: &Switches, actor: &Actor, context: &str) -> bool {
    (actor.cp1 || !switches.acrs_requires_cp1) && actor.contexts.iter().any(|held| held.eq_ignore_ascii_case(context))
}

/// Present and not blank.
pub(super) fn given(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}
