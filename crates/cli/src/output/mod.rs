//! What the command line prints: text for people, one JSON object for programs.

#[macro_use]
mod stdout;

mod answers;
mod chart;
mod json;
mod terminal;

use std::{
    fmt::Display,
    io::{self, BufWriter, Write},
};

use chrono::{DateTime, Local, TimeZone, Utc};
use pim::{
    model::Kind,
    problem::Problem,
    view::{Account, ActiveRow, EligibleRow, RequirementsView, RowState, Session, SourceState, View},
};
use serde::Serialize;

pub use self::answers::{Answer, Source, kind_words, nothing_answered, unlisted};
pub use self::chart::{Picture, draw};
pub use self::json::{Activated, Eligible, List, Standing, Status, Timeline};
pub use self::stdout::{out, say};
pub use self::terminal::Look;
use crate::{matching::named, minutes::spoken};

named!(EligibleRow, ActiveRow);

/// As much as a pipe takes at once, bytes.
const WHOLE: usize = 64 * 1024;

/// The account of a view, where somebody is signed in.
pub fn account(view: &View) -> Option<&Account> {
    match &view.session {
        Session::SignedIn { account } => Some(account),
        _ => None,
    }
}

/// Prints one JSON object on a line of its own.
pub fn json(value: &impl Serialize) -> io::Result<()> {
    // What the standard output buffers by itself are lines, which this is none of: it would be handed on in kilobytes.
    let mut out = BufWriter::with_capacity(WHOLE, out());
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Prints the list for people; `kind` is the only one that was asked for.
pub fn list(view: &View, kind: Option<Kind>, keep: impl Fn(&EligibleRow) -> bool) -> io::Result<()> {
    let rows: Vec<[String; 4]> = view
        .eligible
        .iter()
        .filter(|row| keep(row))
        .map(|row| {
            let mark = if row.engaged { "●" } else { " " };
            [
                format!("{mark} {}", clean(&row.name)),
                row.scope.as_deref().map_or_else(String::new, clean),
                asks_for(&row.requirements),
                row.eligible_until.map_or_else(String::new, |end| eligible_until(end, view.now)),
            ]
        })
        .collect();
    match rows.as_slice() {
        [] if view.eligible.is_empty() => writeln!(out(), "There is nothing you could activate.")?,
        [] => writeln!(out(), "No role matches.")?,
        rows => table(["  Role", "Scope", "Asks for", "Eligible"], rows)?,
    }
    sources(view, kind)
}

/// Says which kinds the list does not know all of, and why.
fn sources(view: &View, kind: Option<Kind>) -> io::Result<()> {
    let asked_for = view.list.sources.iter().filter(|source| kind.is_none_or(|kind| source.kind == kind));
    let said: Vec<String> = asked_for.filter_map(|source| shortfall(source, kind.is_some(), view.now)).collect();
    if !said.is_empty() {
        writeln!(out())?;
    }
    said.iter().try_for_each(|line| writeln!(out(), "{line}"))
}

/// Why a kind is not listed, or not all of it. What was never asked for is said where it alone is looked at.
fn shortfall(source: &SourceState, alone: bool, now: DateTime<Utc>) -> Option<String> {
    let (what, login) = kind_words(source.kind);
    let because = |problem: &Problem| {
        let id = problem.correlation_id.as_ref().map(|id| format!(", correlation id {}", clean(id)));
        format!("{} ({}{})", clean(&problem.message), clean(&problem.code), id.unwrap_or_default())
    };
    let problem = source.problem.as_ref();
    match Standing::of(source) {
        Standing::Answered => None,
        Standing::NotAsked if !alone => None,
        Standing::NotAsked => Some(format!("{what} are not listed: `pim login --also {login}` asks for permission.")),
        Standing::Partial => source.partial.as_ref().map(|why| format!("{what} may be incomplete: {}", because(why))),
        Standing::Refused | Standing::Unreachable => problem.map(|why| match source.as_of {
            Some(at) => format!("{what} are as of {}: {}", moment(at, now), because(why)),
            None => format!("{what} are not listed: {}", because(why)),
        }),
    }
}

/// Prints what is active, for people.
pub fn status(view: &View, keep: impl Fn(&ActiveRow) -> bool) -> io::Result<()> {
    let rows: Vec<[String; 3]> = view
        .active
        .iter()
        .filter(|row| keep(row))
        .map(|row| [clean(&row.name), row.scope.as_deref().map_or_else(String::new, clean), standing(row, view.now)])
        .collect();
    if rows.is_empty() {
        return writeln!(out(), "Nothing is active.");
    }
    table(["Role", "Scope", "State"], &rows)
}

/// Where a role stands, in words.
pub fn standing(row: &ActiveRow, now: DateTime<Utc>) -> String {
    match &row.state {
        RowState::Requesting => "requesting …".into(),
        RowState::SteppingUp => "waiting for the stronger sign-in in the browser".into(),
        RowState::Checking => "the answer was lost; looking the request up".into(),
        RowState::WaitingForApproval { approvers, lapses_at } => {
            let by = if approvers.is_empty() { String::new() } else { format!(" by {}", clean(&approvers.join(", "))) };
            let until = lapses_at.map(|at| format!(", lapses {}", moment(at, now))).unwrap_or_default();
            format!("waiting for approval{by}{until}")
        }
        RowState::Provisioning => "being provisioned …".into(),
        RowState::Scheduled => {
            row.start.map_or("scheduled".into(), |start| format!("scheduled for {}", moment(start, now)))
        }
        RowState::Deactivating => "being deactivated …".into(),
        RowState::Failed { problem } => problem.message.clone(),
        RowState::Active => match row.end {
            Some(end) => {
                let then = if row.renewal_armed {
                    ", then renewed"
                } else if row.through_group {
                    ", through a group"
                } else {
                    ""
                };
                format!("{} left, until {}{then}", spoken((end - now).num_minutes()), moment(end, now))
            }
            None if row.through_group => "active through a group".into(),
            None => "always active".into(),
        },
    }
}

/// Until when a role can be activated.
fn eligible_until(end: DateTime<Utc>, now: DateTime<Utc>) -> String {
    format!("{} {}", if end > now { "until" } else { "ended" }, moment(end, now))
}

/// What a role asks for, in the words of the window.
pub fn asks_for(requirements: &RequirementsView) -> String {
    if !requirements.known {
        return "policy not readable: the service judges".into();
    }
    let mut words = Vec::new();
    if requirements.justification {
        words.push("reason".to_owned());
    }
    if requirements.mfa {
        words.push("MFA".into());
    }
    if let Some(context) = &requirements.authentication_context {
        words.push(clean(context));
    }
    if requirements.ticket {
        words.push("ticket".into());
    }
    if requirements.approval {
        words.push("approval".into());
    }
    words.push(format!("max {}", spoken(i64::from(requirements.max_minutes))));
    if !requirements.unknown_rules.is_empty() {
        words.push(format!("and rules unknown here: {}", clean(&requirements.unknown_rules.join(", "))));
    }
    words.join(" · ")
}

/// A time of today, or a day and a time.
pub fn moment(instant: DateTime<Utc>, now: DateTime<Utc>) -> String {
    moment_in(&Local, instant, now)
}

fn moment_in<Z: TimeZone<Offset: Display>>(zone: &Z, instant: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (then, now) = (instant.with_timezone(zone), now.with_timezone(zone));
    let form = if then.date_naive() == now.date_naive() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    then.format(form).to_string()
}

/// Says why the service's own requests are missing from what was just printed, where they are.
pub fn left_out(problem: Option<&Problem>) {
    if let Some(problem) = problem {
        say!("\nWithout the service's own requests: {}", clean(&problem.message));
    }
}

/// Text of the service, made harmless for a terminal: no control and no bidirectional characters.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .collect()
}

/// Prints rows below their heads; a column without any text is left out.
pub fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> io::Result<()> {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        if rows.iter().all(|row| row[column].is_empty()) {
            0
        } else {
            cells.max().unwrap_or(0).max(head[column].chars().count())
        }
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let mut out = out();
    let mut line = |cells: [&str; N]| {
        let shown = cells.iter().zip(widths).filter(|(_, width)| *width > 0);
        let text: Vec<String> = shown.map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(out, "{}", text.join("  ").trim_end())
    };
    line(head)?;
    for row in rows {
        line(std::array::from_fn(|column| row[column].as_str()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_taken_out() {
        assert_eq!(clean("Evil\u{1b}[31m\r\n\u{202e}Role\u{2066}"), "Evil[31mRole");
    }

    #[test]
    fn requirements_in_words() {
        let requirements = RequirementsView {
            max_minutes: 60,
            justification: true,
            mfa: true,
            ticket: true,
            approval: true,
            authentication_context: Some("c1".into()),
            known: true,
            ..RequirementsView::default()
        };
        assert_eq!(asks_for(&requirements), "reason · MFA · c1 · ticket · approval · max 1 h");
        let plain = RequirementsView { max_minutes: 480, known: true, ..RequirementsView::default() };
        assert_eq!(asks_for(&plain), "max 8 h");
        let odd = RequirementsView { unknown_rules: vec!["Moon_EndUser".into()], ..plain.clone() };
        assert_eq!(asks_for(&odd), "max 8 h · and rules unknown here: Moon_EndUser");
        assert!(asks_for(&RequirementsView { known: false, ..plain }).contains("not readable"));
    }

    #[test]
    fn times_of_other_days_say_which() {
        let zone = chrono::FixedOffset::east_opt(2 * 3600).expect("an offset");
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let now = at("2026-11-23T16:30:00Z");
        assert_eq!(moment_in(&zone, at("2026-11-23T17:00:00Z"), now), "19:00");
        assert_eq!(moment_in(&zone, at("2026-11-23T22:00:00Z"), now), "2026-11-24 00:00");
        assert_eq!(moment_in(&zone, at("2026-11-22T21:59:00Z"), now), "2026-11-22 23:59");
    }

    #[test]
    fn what_is_not_listed_is_said_with_its_reason() {
        let now = "2026-11-23T16:30:00Z".parse().expect("an instant");
        let problem = |code: &str| Problem {
            code: code.into(),
            message: "Not now.".into(),
            remedy: pim::problem::Remedy::None,
            correlation_id: Some("c0ffee".into()),
            detail: None,
        };
        let state = |problem: Option<Problem>, partial: Option<Problem>| SourceState {
            kind: Kind::AzureResource,
            as_of: None,
            loading: false,
            problem,
            partial,
            paused_until: None,
            consent: None,
        };
        for (source, standing, words) in [
            (state(None, None), Standing::Answered, None),
            (
                state(None, Some(problem("no-answer"))),
                Standing::Partial,
                Some("Azure roles may be incomplete: Not now."),
            ),
            (
                state(Some(problem("network")), None),
                Standing::Unreachable,
                Some("Azure roles are not listed: Not now."),
            ),
            (state(Some(problem("AuthorizationFailed")), None), Standing::Refused, Some("(AuthorizationFailed, ")),
            (state(Some(problem("not-consented")), None), Standing::NotAsked, Some("pim login --also azure")),
        ] {
            assert_eq!(Standing::of(&source), standing);
            let said = shortfall(&source, true, now);
            match words {
                Some(words) => assert!(said.as_ref().is_some_and(|said| said.contains(words)), "{said:?}"),
                None => assert_eq!(said, None),
            }
        }
        assert_eq!(shortfall(&state(Some(problem("not-consented")), None), false, now), None);
    }
}
