//! `pim history`.

use std::time::Duration;

use chrono::Local;
use pim::view::{Account, Command, HistoryAction, HistoryOutcome, HistoryRow, HistoryView};
use serde::Serialize;

use crate::{
    failed::{Exit, Failed},
    output::{self, clean, table},
    session::Session,
};

/// The service's own requests are waited for so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// `pim history`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct History<'a> {
    account: Option<&'a Account>,
    requests: &'a [HistoryRow],
    more: bool,
    problem: Option<&'a pim::problem::Problem>,
}

/// Shows what was asked for, newest first.
pub async fn history(session: &mut Session, words: &[String], limit: usize, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let past = read(session, &words.join(" ")).await?;
    let rows = &past.rows[..past.rows.len().min(limit)];
    let more = past.more || rows.len() < past.rows.len();
    if json {
        let account = output::account(&view);
        return Ok(output::json(&History { account, requests: rows, more, problem: past.problem.as_ref() })?);
    }
    if rows.is_empty() {
        say!("There is nothing in the history{}.", if words.is_empty() { "" } else { " with these words" });
    } else {
        let lines: Vec<[String; 5]> = rows.iter().map(line).collect();
        table(["When", "Role", "Scope", "What", "Reason"], &lines)?;
    }
    output::left_out(past.problem.as_ref());
    if more {
        say!("\nThere are older ones: --limit, or words that they have.");
    }
    Ok(())
}

/// The history with these words, the service's own requests merged in. It stays open.
pub async fn read(session: &mut Session, text: &str) -> Result<HistoryView, Failed> {
    session.send(Command::ShowHistory { text: text.to_owned() });
    let read = session.until(|view| view.history.clone().filter(|past| past.text == text && !past.loading));
    tokio::time::timeout(PATIENCE, read).await.map_err(|_| {
        Failed::new(Exit::Unreachable, "no-answer", "The service did not tell its requests in time. Try again.")
    })?
}

fn line(row: &HistoryRow) -> [String; 5] {
    let scope = row.scope.as_deref().map_or_else(String::new, clean);
    let reason = row.reason.as_deref().map_or_else(String::new, clean);
    let at = row.at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string();
    [at, clean(&row.name), scope, what(row), reason]
}

fn what(row: &HistoryRow) -> String {
    let action = match row.action {
        HistoryAction::Activate => "activation",
        HistoryAction::Deactivate => "end",
        HistoryAction::Extend => "extension",
        HistoryAction::Renew => "renewal",
        HistoryAction::Other => "assignment",
    };
    let outcome = match &row.outcome {
        HistoryOutcome::Granted => return action.to_owned(),
        HistoryOutcome::Waiting => "waiting".to_owned(),
        HistoryOutcome::Denied { reason: Some(reason) } => format!("denied: {}", clean(reason)),
        HistoryOutcome::Denied { reason: None } => "denied".to_owned(),
        HistoryOutcome::Cancelled => "withdrawn".to_owned(),
        HistoryOutcome::Failed { code: Some(code) } => format!("failed: {}", clean(code)),
        HistoryOutcome::Failed { code: None } => "failed".to_owned(),
        HistoryOutcome::NotSent => "not sent".to_owned(),
    };
    format!("{action}, {outcome}")
}
