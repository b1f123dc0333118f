//! The machine's own problems, in words.

use chrono::{DateTime, Duration, Utc};

use crate::{
    model::ApprovalStage,
    problem::{Problem, Remedy},
};

fn problem(code: &str, message: impl Into<String>, remedy: Remedy) -> Problem {
    Problem { code: code.into(), message: message.into(), remedy, correlation_id: None, detail: None }
}

/// What the reader of a notification can do.
pub(super) fn next_step(remedy: &Remedy, clock_time: fn(DateTime<Utc>) -> String) -> Option<String> {
    Some(match remedy {
        Remedy::None => return None,
        Remedy::SignIn => "Sign in again in Pimento.".into(),
        Remedy::EditForm => "Open its form to ask again.".into(),
        Remedy::Retry { at: None } => "Try again.".into(),
        Remedy::Retry { at: Some(at) } => format!("Try again from {} on.", clock_time(*at)),
        Remedy::Refresh => "Refresh the list in Pimento.".into(),
        Remedy::AskAdmin { .. } => "Ask an administrator: Pimento has a text to send.".into(),
    })
}

/// What the service calls a problem; our own words for one say nothing to anybody else.
pub(super) fn trace(problem: &Problem) -> Option<String> {
    let code = Some(&problem.code).filter(|code| code.contains(char::is_uppercase)).map(|code| format!("Code: {code}"));
    let id = problem.correlation_id.as_ref().map(|id| format!("correlation id: {id}"));
    let trace: Vec<_> = code.into_iter().chain(id).collect();
    (!trace.is_empty()).then(|| trace.join(", "))
}

/// A length of time the way people say it: "45 min", "2 h", "1 h 30 min".
pub(super) fn length(duration: Duration) -> String {
    let minutes = duration.num_minutes();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

pub(super) fn too_long(max: Duration) -> Problem {
    if max < super::form::SHORTEST {
        return problem(
            "duration-impossible",
            "This role's policy allows no activation that is long enough for the service. Nothing was sent.",
            Remedy::AskAdmin {
                text:
                    "The PIM policy of a role allows activations of less than five minutes, which the service refuses. \
                       Please look at its maximum duration."
                        .into(),
            },
        );
    }
    let message = format!("This role can be active for {} at most.", length(max));
    problem("duration-too-long", message, Remedy::EditForm)
}

pub(super) fn too_short(min: Duration) -> Problem {
    let message = format!("An activation lasts {} at least.", length(min));
    problem("duration-too-short", message, Remedy::EditForm)
}

pub(super) fn too_far_ahead() -> Problem {
    problem("start-too-late", "An activation can be planned for a year ahead at most.", Remedy::EditForm)
}

pub(super) fn not_below(scope: &str, eligible: Option<&str>) -> Problem {
    let eligible = eligible.unwrap_or("the scope you are eligible at");
    let message = format!("{scope} does not lie below {eligible}, as far as Pimento knows; nothing was sent.");
    problem("not-below", message, Remedy::EditForm)
}

pub(super) fn reason_missing() -> Problem {
    problem("reason-missing", "This role wants a reason.", Remedy::EditForm)
}

pub(super) fn ticket_missing() -> Problem {
    problem("ticket-missing", "This role wants a ticket number.", Remedy::EditForm)
}

pub(super) fn engaged() -> Problem {
    problem("already-engaged", "This role is active or on its way already; nothing was sent.", Remedy::None)
}

pub(super) fn eligibility_over() -> Problem {
    problem("eligibility-over", "You are not eligible for this role any more; nothing was sent.", Remedy::Refresh)
}

pub(super) fn not_extendable() -> Problem {
    problem(
        "not-extendable",
        "An extension can be asked for in the last 14 days, a renewal in the 30 days after the end, and only of what is \
         given to you yourself. Nothing was sent.",
        Remedy::None,
    )
}

pub(super) fn not_active() -> Problem {
    problem("not-active", "This role is not active; nothing was sent.", Remedy::Refresh)
}

pub(super) fn locked_until(time: &str) -> Problem {
    let message =
        format!("An activation can be ended five minutes after its start, here from {time}. Nothing was sent.");
    problem("locked", message, Remedy::None)
}

pub(super) fn approval_first() -> Problem {
    problem(
        "approval-first",
        "Somebody has to approve this role again: once it has ended you are without it until they do. Nothing was ended; \
         confirm in the form that you want it all the same.",
        Remedy::EditForm,
    )
}

pub(super) fn not_renewable(why: &str) -> Problem {
    let message = format!("This role cannot be renewed by itself: {why}. Nothing was armed.");
    problem("not-renewable", message, Remedy::None)
}

pub(super) fn not_while_active(original: &Problem) -> Problem {
    Problem {
        message: "The service takes no request for a role that is active. Ask again when it has ended.".into(),
        remedy: Remedy::None,
        ..original.clone()
    }
}

pub(super) fn known_not_while_active() -> Problem {
    problem(
        "not-while-active",
        "The service takes no request for a role that is active, as it said before; nothing was sent. Ask again when it \
         has ended.",
        Remedy::None,
    )
}

pub(super) fn not_sent() -> Problem {
    problem(
        "not-sent",
        "The connection broke while the request was sent. Pimento looked for three minutes: the service never got it.",
        Remedy::Retry { at: None },
    )
}

pub(super) fn unknown(at: DateTime<Utc>) -> Problem {
    Problem {
        detail: Some(format!("Sent at {}.", at.format("%Y-%m-%dT%H:%M:%SZ"))),
        ..problem(
            "unknown",
            "The answer to the request was lost, and for an hour the service could not be asked about it.",
            Remedy::Refresh,
        )
    }
}

pub(super) fn extension_unknown(original: &Problem) -> Problem {
    Problem {
        message:
            "The answer to the request was lost, and Pimento may not list such requests: it may have arrived. Asking \
                  again does no harm."
                .into(),
        remedy: Remedy::None,
        ..original.clone()
    }
}

pub(super) fn same_challenge(original: &Problem) -> Problem {
    Problem {
        message:
            "You signed in again, but the service still asks for a stronger sign-in. Ask an administrator whether a \
                  Conditional Access policy stands behind this role's authentication context."
                .into(),
        remedy: Remedy::AskAdmin { text: original.to_string() },
        ..original.clone()
    }
}

pub(super) fn renewal_needs_you(original: &Problem) -> Problem {
    Problem {
        message: "The renewal needs you to sign in again, which Pimento never starts by itself.".into(),
        remedy: Remedy::EditForm,
        ..original.clone()
    }
}

pub(super) fn renewal_lapsed() -> Problem {
    problem(
        "renewal-lapsed",
        "The renewal was not sent: Pimento or the network was away when the activation ended.",
        Remedy::EditForm,
    )
}

pub(super) fn removed() -> Problem {
    problem(
        "removed",
        "This activation was ended before its time, not from here. The armed renewal was dropped.",
        Remedy::None,
    )
}

pub(super) fn denied(decision: Option<&ApprovalStage>) -> Problem {
    let who = decision
        .and_then(|stage| stage.reviewer.as_ref())
        .and_then(|reviewer| reviewer.name.as_deref().or(reviewer.username.as_deref()).filter(|name| !name.is_empty()));
    let why = decision.and_then(|stage| stage.justification.as_deref()).map(str::trim).filter(|why| !why.is_empty());
    let what = who.map_or_else(|| "The request was denied".to_owned(), |who| format!("{who} denied the request"));
    let message = why.map_or_else(|| format!("{what}."), |why| format!("{what}: \u{201c}{why}\u{201d}"));
    problem("Denied", message, Remedy::EditForm)
}

pub(super) fn managed_bundle(name: &str) -> Problem {
    let message =
        format!("The bundle \"{name}\" is your organisation's: it can be run, not changed. Nothing was kept.");
    problem("managed-bundle", message, Remedy::EditForm)
}

pub(super) fn bad_bundle(why: &str) -> Problem {
    problem("bad-bundle", format!("Nothing was kept: {why}."), Remedy::EditForm)
}

pub(super) fn left_out_of_bundle(names: &[String]) -> Problem {
    let message = format!("The bundle was kept without {}: you are not eligible for that.", names.join(", "));
    problem("left-out", message, Remedy::EditForm)
}

pub(super) fn nothing_for_bundle(names: &[String]) -> Problem {
    let message = format!("Nothing was kept: you are not eligible for {}.", names.join(", "));
    problem("bad-bundle", message, Remedy::EditForm)
}

pub(super) fn cancelled() -> Problem {
    problem("Canceled", "The request was cancelled, not from here.", Remedy::EditForm)
}

pub(super) fn lapsed() -> Problem {
    problem("TimedOut", "Nobody decided on the request within 24 hours.", Remedy::EditForm)
}

pub(super) fn revoked() -> Problem {
    problem("Revoked", "The service ended this activation.", Remedy::EditForm)
}

pub(super) fn failed(status: &str) -> Problem {
    let message = format!("The service could not carry the activation out (status {status}).");
    problem("Failed", message, Remedy::Retry { at: None })
}

pub(super) fn stuck(status: &str) -> Problem {
    let message = format!("The service has been working on this request for an hour (status {status}).");
    problem("still-in-flight", message, Remedy::Refresh)
}

pub(super) fn deactivation_unknown() -> Problem {
    problem(
        "deactivation-not-sent",
        "The connection broke while the deactivation was sent. The service never got it; the role is still active.",
        Remedy::Retry { at: None },
    )
}

/// A call that never came back.
pub(super) fn no_answer() -> Problem {
    problem("no-answer", "The service did not answer in time.", Remedy::Retry { at: None })
}
