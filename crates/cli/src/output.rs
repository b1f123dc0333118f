//! What the command line prints: text for people, one JSON object for programs. The JSON is documented in docs/CLI.md.

use std::io::{self, Write};

use chrono::{DateTime, Local, Utc};
use pim::{
    model::Kind,
    problem::Problem,
    view::{Account, ActiveRow, Effectiveness, EligibleRow, Hint, RequirementsView, RowState, Session, View},
};
use serde::Serialize;

use crate::{matching::Named, minutes::spoken};

impl Named for EligibleRow {
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }
}

impl Named for ActiveRow {
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }
}

/// The account of a view, where somebody is signed in.
pub fn account(view: &View) -> Option<&Account> {
    match &view.session {
        Session::SignedIn { account } => Some(account),
        _ => None,
    }
}

/// `pim list`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List<'a> {
    account: Option<&'a Account>,
    as_of: Option<DateTime<Utc>>,
    eligible: Vec<Eligible<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the documented JSON")]
struct Eligible<'a> {
    id: &'a str,
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    narrowable: bool,
    requirements: &'a RequirementsView,
    active: bool,
    favourite: bool,
    through_group: bool,
    eligible_until: Option<DateTime<Utc>>,
}

impl<'a> List<'a> {
    /// Those rows of the view that `keep` wants.
    pub fn of(view: &'a View, keep: impl Fn(&EligibleRow) -> bool) -> Self {
        let eligible = view
            .eligible
            .iter()
            .filter(|row| keep(row))
            .map(|row| Eligible {
                id: &row.id,
                kind: row.kind,
                name: &row.name,
                scope: row.scope.as_deref(),
                narrowable: row.narrowable,
                requirements: &row.requirements,
                active: row.engaged,
                favourite: row.favourite,
                through_group: row.through_group,
                eligible_until: row.eligible_until,
            })
            .collect();
        Self { account: account(view), as_of: view.list.as_of, eligible }
    }
}

/// `pim status`, and what `activate` and `deactivate` answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    active: Vec<Active<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Active<'a> {
    id: &'a str,
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    state: &'a RowState,
    activated: bool,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    seconds_left: Option<i64>,
    reason: Option<&'a str>,
    effect: Option<Effectiveness>,
    hints: &'a [Hint],
}

impl<'a> Status<'a> {
    /// Those rows of the view that `keep` wants.
    pub fn of(view: &'a View, keep: impl Fn(&ActiveRow) -> bool) -> Self {
        let active = view
            .active
            .iter()
            .filter(|row| keep(row))
            .map(|row| Active {
                id: &row.id,
                kind: row.kind,
                name: &row.name,
                scope: row.scope.as_deref(),
                state: &row.state,
                activated: row.activated,
                start: row.start,
                end: row.end,
                seconds_left: row.end.map(|end| (end - view.now).num_seconds().max(0)),
                reason: row.reason.as_deref(),
                effect: row.effect,
                hints: &row.hints,
            })
            .collect();
        Self { account: account(view), now: view.now, active }
    }
}

/// `pim activate`
#[derive(Serialize)]
pub struct Activated<'a> {
    #[serde(flatten)]
    status: Status<'a>,
    failed: Vec<FailedRole<'a>>,
}

#[derive(Serialize)]
struct FailedRole<'a> {
    id: &'a str,
    problem: &'a Problem,
}

impl<'a> Activated<'a> {
    /// Where the roles `ids` stand in the view, and what went wrong with some of them.
    pub fn of(view: &'a View, ids: &[String], failed: Vec<(&'a str, &'a Problem)>) -> Self {
        let status = Status::of(view, |row| ids.contains(&row.id));
        Self { status, failed: failed.into_iter().map(|(id, problem)| FailedRole { id, problem }).collect() }
    }
}

/// Prints one JSON object on a line of its own.
pub fn json(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")
}

/// Prints the list for people; `kind` is the only one that was asked for.
pub fn list(view: &View, kind: Option<Kind>, keep: impl Fn(&EligibleRow) -> bool) -> io::Result<()> {
    let rows: Vec<[String; 3]> = view
        .eligible
        .iter()
        .filter(|row| keep(row))
        .map(|row| {
            let mark = if row.engaged { "●" } else { " " };
            [
                format!("{mark} {}", clean(&row.name)),
                row.scope.as_deref().map_or_else(String::new, clean),
                asks_for(&row.requirements),
            ]
        })
        .collect();
    match rows.as_slice() {
        [] if view.eligible.is_empty() => writeln!(io::stdout(), "There is nothing you could activate.")?,
        [] => writeln!(io::stdout(), "No role matches.")?,
        rows => table(["  Role", "Scope", "Asks for"], rows)?,
    }
    if let Some(problem) = &view.list.problem {
        writeln!(io::stdout(), "\nThis list is older: {}", problem.message)?;
    }
    let asked_for = view.list.sources.iter().filter(|source| Some(source.kind) == kind);
    for problem in asked_for.filter_map(|source| source.problem.as_ref().or(source.partial.as_ref())) {
        writeln!(io::stdout(), "\nThis list may be incomplete: {}", problem.message)?;
    }
    Ok(())
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
        return writeln!(io::stdout(), "Nothing is active.");
    }
    table(["Role", "Scope", "State"], &rows)
}

/// Where a role stands, in words.
pub fn standing(row: &ActiveRow, now: DateTime<Utc>) -> String {
    match &row.state {
        RowState::Requesting => "requesting …".into(),
        RowState::SteppingUp => "waiting for the stronger sign-in in the browser".into(),
        RowState::Checking => "the answer was lost; looking the request up".into(),
        RowState::WaitingForApproval { approvers, .. } if approvers.is_empty() => "waiting for approval".into(),
        RowState::WaitingForApproval { approvers, .. } => {
            format!("waiting for approval by {}", clean(&approvers.join(", ")))
        }
        RowState::Provisioning => "being provisioned …".into(),
        RowState::Scheduled => {
            row.start.map_or("scheduled".into(), |start| format!("scheduled for {}", clock_time(start)))
        }
        RowState::Deactivating => "being deactivated …".into(),
        RowState::Failed { problem } => problem.message.clone(),
        RowState::Active => match row.end {
            Some(end) => format!("{} left, until {}", spoken((end - now).num_minutes()), clock_time(end)),
            None => "always active".into(),
        },
    }
}

/// What a role asks for, in the words of the window.
fn asks_for(requirements: &RequirementsView) -> String {
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
    words.join(" · ")
}

pub fn clock_time(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&Local).format("%H:%M").to_string()
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
    let mut out = io::stdout().lock();
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
            ..RequirementsView::default()
        };
        assert_eq!(asks_for(&requirements), "reason · MFA · c1 · ticket · approval · max 1 h");
        assert_eq!(asks_for(&RequirementsView { max_minutes: 480, ..RequirementsView::default() }), "max 8 h");
    }
}
