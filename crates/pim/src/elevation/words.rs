//! The machine's own problems, in words.

use chrono::{DateTime, Duration, Utc};

use crate::{
    model::ApprovalStage,
    problem::{Problem, Remedy},
    words,
};

fn problem(code: &str, message: String, remedy: Remedy) -> Problem {
    Problem { code: code.into(), message, remedy, correlation_id: None, detail: None }
}

/// The code of a request that somebody said no to.
const DENIED: &str = "Denied";

/// What the reader of a notification can do.
pub(super) fn next_step(remedy: &Remedy, clock_time: fn(DateTime<Utc>) -> String) -> Option<String> {
    Some(match remedy {
        Remedy::None => return None,
        Remedy::SignIn => say!("next-sign-in"),
        Remedy::EditForm => say!("next-edit-form"),
        Remedy::Retry { at: None } => say!("next-retry"),
        Remedy::Retry { at: Some(at) } => say!("next-retry-from", time = clock_time(*at)),
        Remedy::Refresh => say!("next-refresh"),
        Remedy::AskAdmin { .. } => say!("next-ask-admin"),
    })
}

/// What the service calls a problem; our own words for one say nothing to anybody else.
pub(super) fn trace(problem: &Problem) -> Option<String> {
    let code = Some(problem.code.as_str()).filter(|code| code.contains(char::is_uppercase));
    Some(match (code, problem.correlation_id.as_deref()) {
        (None, None) => return None,
        (Some(code), None) => say!("trace-code", code = code),
        (None, Some(id)) => say!("trace-id", id = id),
        (Some(code), Some(id)) => say!("trace-code-and-id", code = code, id = id),
    })
}

pub(super) fn too_long(max: Duration) -> Problem {
    if max < super::form::SHORTEST {
        let remedy = Remedy::AskAdmin { text: say!("admin-duration") };
        return problem("duration-impossible", say!("duration-impossible"), remedy);
    }
    let message = say!("duration-too-long", length = words::length(max));
    problem("duration-too-long", message, Remedy::EditForm)
}

pub(super) fn too_short(min: Duration) -> Problem {
    let message = say!("duration-too-short", length = words::length(min));
    problem("duration-too-short", message, Remedy::EditForm)
}

pub(super) fn too_far_ahead() -> Problem {
    problem("start-too-late", say!("start-too-late"), Remedy::EditForm)
}

pub(super) fn not_below(scope: &str, eligible: Option<&str>) -> Problem {
    let message = match eligible {
        Some(eligible) => say!("not-below", scope = scope, eligible = eligible),
        None => say!("not-below-eligible", scope = scope),
    };
    problem("not-below", message, Remedy::EditForm)
}

pub(super) fn reason_missing() -> Problem {
    problem("reason-missing", say!("reason-missing"), Remedy::EditForm)
}

pub(super) fn ticket_missing() -> Problem {
    problem("ticket-missing", say!("ticket-missing"), Remedy::EditForm)
}

pub(super) fn engaged() -> Problem {
    problem("already-engaged", say!("already-engaged"), Remedy::None)
}

pub(super) fn eligibility_over() -> Problem {
    problem("eligibility-over", say!("eligibility-over"), Remedy::Refresh)
}

pub(super) fn not_extendable() -> Problem {
    problem("not-extendable", say!("not-extendable"), Remedy::None)
}

pub(super) fn not_active() -> Problem {
    problem("not-active", say!("not-active"), Remedy::Refresh)
}

pub(super) fn locked_until(time: &str) -> Problem {
    problem("locked", say!("locked-until", time = time), Remedy::None)
}

pub(super) fn approval_first() -> Problem {
    problem("approval-first", say!("approval-first"), Remedy::EditForm)
}

/// `why`: the message that says so.
pub(super) fn not_renewable(why: &str) -> Problem {
    problem("not-renewable", say!(why), Remedy::None)
}

pub(super) fn not_while_active(original: &Problem) -> Problem {
    Problem { message: say!("not-while-active"), remedy: Remedy::None, ..original.clone() }
}

pub(super) fn known_not_while_active() -> Problem {
    problem("not-while-active", say!("not-while-active-known"), Remedy::None)
}

pub(super) fn not_sent() -> Problem {
    problem("not-sent", say!("request-not-sent"), Remedy::Retry { at: None })
}

pub(super) fn unknown(at: DateTime<Utc>) -> Problem {
    Problem {
        detail: Some(format!("Sent at {}.", at.format("%Y-%m-%dT%H:%M:%SZ"))),
        ..problem("unknown", say!("request-uncertain"), Remedy::Refresh)
    }
}

pub(super) fn extension_unknown(original: &Problem) -> Problem {
    Problem { message: say!("extension-uncertain"), remedy: Remedy::None, ..original.clone() }
}

pub(super) fn same_challenge(original: &Problem) -> Problem {
    Problem {
        message: say!("same-challenge"),
        remedy: Remedy::AskAdmin { text: original.to_string() },
        ..original.clone()
    }
}

pub(super) fn renewal_needs_you(original: &Problem) -> Problem {
    Problem { message: say!("renewal-needs-you"), remedy: Remedy::EditForm, ..original.clone() }
}

pub(super) fn renewal_lapsed() -> Problem {
    problem("renewal-lapsed", say!("renewal-lapsed"), Remedy::EditForm)
}

pub(super) fn removed() -> Problem {
    problem("removed", say!("ended-elsewhere"), Remedy::None)
}

pub(super) fn denied(decision: Option<&ApprovalStage>) -> Problem {
    let person = decision
        .and_then(|stage| stage.reviewer.as_ref())
        .and_then(|reviewer| reviewer.name.as_deref().or(reviewer.username.as_deref()).filter(|name| !name.is_empty()));
    let reason = decision.and_then(|stage| stage.justification.as_deref()).map(str::trim).filter(|why| !why.is_empty());
    let message = match (person, reason) {
        (None, None) => say!("request-denied"),
        (None, Some(reason)) => say!("request-denied-because", reason = reason),
        (Some(person), None) => say!("request-denied-by", person = person),
        (Some(person), Some(reason)) => say!("request-denied-by-because", person = person, reason = reason),
    };
    problem(DENIED, message, Remedy::EditForm)
}

/// The same without what a person has written: a notification may be read over somebody's shoulder.
pub(super) fn discreet(problem: &Problem) -> Problem {
    if problem.code == DENIED { denied(None) } else { problem.clone() }
}

pub(super) fn managed_bundle(name: &str) -> Problem {
    problem("managed-bundle", say!("managed-bundle", name = name), Remedy::EditForm)
}

pub(super) fn bad_bundle(why: &str) -> Problem {
    problem("bad-bundle", say!("bundle-not-kept", why = why), Remedy::EditForm)
}

pub(super) fn left_out_of_bundle(names: &[String]) -> Problem {
    let names = words::row(names.iter().map(String::as_str));
    problem("left-out", say!("bundle-kept-without", names = names), Remedy::EditForm)
}

pub(super) fn nothing_for_bundle(names: &[String]) -> Problem {
    let names = words::row(names.iter().map(String::as_str));
    problem("bad-bundle", say!("bundle-nothing-left", names = names), Remedy::EditForm)
}

pub(super) fn cancelled() -> Problem {
    problem("Canceled", say!("cancelled-elsewhere"), Remedy::EditForm)
}

pub(super) fn lapsed() -> Problem {
    problem("TimedOut", say!("nobody-decided"), Remedy::EditForm)
}

pub(super) fn revoked() -> Problem {
    problem("Revoked", say!("service-ended-it"), Remedy::EditForm)
}

pub(super) fn failed(status: &str) -> Problem {
    problem("Failed", say!("activation-failed", status = status), Remedy::Retry { at: None })
}

pub(super) fn stuck(status: &str) -> Problem {
    problem("still-in-flight", say!("still-in-flight", status = status), Remedy::Refresh)
}

pub(super) fn deactivation_unknown() -> Problem {
    problem("deactivation-not-sent", say!("deactivation-not-sent"), Remedy::Retry { at: None })
}

/// A call that never came back.
pub(super) fn no_answer() -> Problem {
    problem("no-answer", say!("no-answer"), Remedy::Retry { at: None })
}
