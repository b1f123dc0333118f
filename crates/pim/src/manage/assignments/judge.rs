//! What a role's policy allows administrators (`*_Admin_Eligibility`, `*_Admin_Assignment`), and what can be told before it is
//! sent.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Change, End};
use crate::{
    api::duration,
    model::{AdminAction, Holding, RolePolicy, Side},
    problem::{Problem, Remedy},
};

/// What a policy says about what administrators give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct AdminRules {
    /// About eligibilities.
    pub eligible: SideRules,
    /// About assignments.
    pub active: SideRules,
}

/// The same about one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SideRules {
    /// How long at most; `None`: as long as one likes, also for ever.
    pub maximum: Option<TimeDelta>,
    /// A reason must be given.
    pub justification: bool,
    /// A ticket must be given.
    pub ticket: bool,
    /// Multifactor authentication must be proven.
    pub mfa: bool,
}

impl AdminRules {
    /// Out of a policy. What it does not say is allowed here, and judged by the service.
    pub fn of(policy: &RolePolicy) -> Self {
        Self { eligible: SideRules::of(policy, "Eligibility"), active: SideRules::of(policy, "Assignment") }
    }

    /// About one side.
    pub fn side(&self, side: Side) -> &SideRules {
        match side {
            Side::Eligible => &self.eligible,
            Side::Active => &self.active,
        }
    }
}

impl SideRules {
    fn of(policy: &RolePolicy, level: &str) -> Self {
        let expiration = policy.rule(&format!("Expiration_Admin_{level}"));
        let required = expiration.is_some_and(|rule| rule["isExpirationRequired"] == true);
        let maximum = expiration.and_then(|rule| duration::parse(rule["maximumDuration"].as_str()?));
        let enablement = policy.rule(&format!("Enablement_Admin_{level}"));
        let enabled = |word: &str| {
            let rules = enablement.and_then(|rule| rule["enabledRules"].as_array());
            rules.is_some_and(|all| {
                all.iter().any(|rule| rule.as_str().is_some_and(|rule| rule.eq_ignore_ascii_case(word)))
            })
        };
        Self {
            maximum: maximum.filter(|_| required),
            justification: enabled("Justification"),
            ticket: enabled("Ticketing"),
            mfa: enabled("MultiFactorAuthentication"),
        }
    }
}

/// Why the service would refuse a change, as far as that can be told. `rules` are those of the role, where they could be read;
/// `held` is what is known of who holds what.
pub fn forbidden(change: &Change, rules: Option<&AdminRules>, held: &[Holding], now: DateTime<Utc>) -> Option<Problem> {
    let no = |code: &str, message: String| Some(refusal(code, message));
    if change.action == AdminAction::Remove {
        return None;
    }
    let there = held
        .iter()
        .find(|held| held.is(&change.principal.id, &change.key, change.side) && !held.over(now) && !held.activated);
    if change.action.gives() {
        if change.side == Side::Eligible && change.to_application() {
            return no("application-eligible", say!("application-not-eligible"));
        }
        if let Some(there) = there {
            let message = match (change.side, there.end.map(|end| end.format("%Y-%m-%d").to_string())) {
                (Side::Eligible, None) => say!("eligible-already-for-ever"),
                (Side::Active, None) => say!("assigned-already-for-ever"),
                (Side::Eligible, Some(day)) => say!("eligible-already-until", day = day),
                (Side::Active, Some(day)) => say!("assigned-already-until", day = day),
            };
            return no("assignment-exists", message);
        }
    } else if change.before.as_ref().is_some_and(|held| held.activated) {
        return no("activation-end", say!("end-of-activation"));
    } else if change.before.as_ref().is_some_and(|held| held.end == change.end.at()) {
        return no("same-end", say!("same-end"));
    }
    let start = change.start.or_else(|| change.before.as_ref()?.start).map_or(now, |start| start.max(now));
    if let End::At(end) = change.end
        && end <= start
    {
        return no("end-before-start", say!("end-before-start"));
    }
    let rules = rules?.side(change.side);
    if let Some(maximum) = rules.maximum {
        let most = days(maximum);
        match change.end {
            End::Permanent => {
                let message = match change.side {
                    Side::Eligible => say!("no-permanent-eligibilities", length = most),
                    Side::Active => say!("no-permanent-assignments", length = most),
                };
                return no("policy-permanent", message);
            }
            End::At(end) if end - start > maximum => {
                let message = match change.side {
                    Side::Eligible => say!("eligibilities-at-most", length = most),
                    Side::Active => say!("assignments-at-most", length = most),
                };
                return no("policy-duration", message);
            }
            End::At(_) => {}
        }
    }
    if rules.justification && change.reason.trim().is_empty() {
        return no("no-reason", say!("policy-wants-reason"));
    }
    let ticket = change.ticket.as_ref().is_some_and(|ticket| !ticket.number.trim().is_empty());
    if rules.ticket && !ticket {
        return no("no-ticket", say!("policy-wants-ticket"));
    }
    None
}

pub(super) fn refusal(code: &str, message: String) -> Problem {
    Problem { code: code.to_owned(), message, remedy: Remedy::EditForm, correlation_id: None, detail: None }
}

/// A length as policies are set: days, or hours and minutes.
pub(in crate::manage) fn days(length: TimeDelta) -> String {
    let minutes = |count: i64| say!("length-minutes", count = count);
    let hours = |count: i64| say!("length-hours", count = count);
    match (length.num_hours(), length.num_minutes() % 60) {
        (0, rest) => minutes(rest),
        (whole, 0) if whole % 24 == 0 => say!("length-days", count = length.num_days()),
        (whole, 0) => hours(whole),
        (whole, rest) => say!("length-both", hours = hours(whole), minutes = minutes(rest)),
    }
}
