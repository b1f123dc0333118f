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
            return no(
                "application-eligible",
                "An application cannot activate anything, so it cannot be eligible: assign the role to it as active."
                    .into(),
            );
        }
        if let Some(there) = there {
            let until =
                there.end.map_or_else(|| "for ever".to_owned(), |end| format!("until {}", end.format("%Y-%m-%d")));
            let word = if change.side == Side::Eligible { "eligible for it" } else { "assigned to it" };
            let message = format!("They are {word} already, {until}. What can be moved is its end.");
            return no("assignment-exists", message);
        }
    } else if change.before.as_ref().is_some_and(|held| held.activated) {
        let message = "This is an activation: its end is the business of whoever activated it. It can be taken away.";
        return no("activation-end", message.into());
    } else if change.before.as_ref().is_some_and(|held| held.end == change.end.at()) {
        return no("same-end", "It ends then already. Nothing was changed.".into());
    }
    let start = change.start.or_else(|| change.before.as_ref()?.start).map_or(now, |start| start.max(now));
    if let End::At(end) = change.end
        && end <= start
    {
        return no("end-before-start", "The end lies before the start, or in the past.".into());
    }
    let rules = rules?.side(change.side);
    let side = if change.side == Side::Eligible { "eligibilities" } else { "active assignments" };
    if let Some(maximum) = rules.maximum {
        let most = days(maximum);
        match change.end {
            End::Permanent => {
                let message = format!("The role's policy allows no permanent {side}: {most} at most.");
                return no("policy-permanent", message);
            }
            End::At(end) if end - start > maximum => {
                let message = format!("The role's policy allows {side} of {most} at most.");
                return no("policy-duration", message);
            }
            End::At(_) => {}
        }
    }
    if rules.justification && change.reason.trim().is_empty() {
        return no("no-reason", "The role's policy wants a reason.".into());
    }
    let ticket = change.ticket.as_ref().is_some_and(|ticket| !ticket.number.trim().is_empty());
    if rules.ticket && !ticket {
        return no("no-ticket", "The role's policy wants a ticket number.".into());
    }
    None
}

pub(super) fn refusal(code: &str, message: String) -> Problem {
    Problem { code: code.to_owned(), message, remedy: Remedy::EditForm, correlation_id: None, detail: None }
}

/// A length as policies are set: days, or hours and minutes.
pub(in crate::manage) fn days(length: TimeDelta) -> String {
    let counted = |number: i64, one: &str| if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") };
    let (hours, minutes) = (length.num_hours(), length.num_minutes() % 60);
    match (hours, minutes) {
        (0, minutes) => counted(minutes, "minute"),
        (hours, 0) if hours % 24 == 0 => counted(length.num_days(), "day"),
        (hours, 0) => counted(hours, "hour"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}
