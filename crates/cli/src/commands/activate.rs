//! `pim activate`.

use std::collections::HashSet;

use pim::{
    model::Ticket,
    view::{Command, EligibleRow, RowState, View},
};

use crate::{
    args::Activate,
    failed::{Exit, Failed},
    matching::{find, title},
    minutes::spoken,
    output,
    session::Session,
};

/// The shortest activation the service accepts, minutes.
const SHORTEST: u32 = 5;

/// How one role's activation ended.
enum Outcome {
    Active,
    Waiting,
    Failed(Failed),
}

/// Activates roles and waits until each is active, refused, or waiting for an approver. One failure stops no other.
pub async fn activate(session: &mut Session, options: Activate, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let mut rows: Vec<EligibleRow> = Vec::new();
    for name in &options.roles {
        let row = find(&view.eligible, name, options.scope.as_deref())?;
        if !rows.iter().any(|other| other.id == row.id) {
            rows.push(row.clone());
        }
    }
    // All of them are checked before any is sent.
    let commands = rows.iter().map(|row| command(row, &options)).collect::<Result<Vec<_>, _>>()?;
    for command in commands {
        session.send(command);
    }
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut told = HashSet::new();
    let (view, outcomes) = session
        .until(|view| {
            for row in view.active.iter().filter(|row| ids.contains(&row.id) && row.state == RowState::SteppingUp) {
                if told.insert(row.id.clone()) {
                    eprintln!("{} asks for a stronger sign-in: go on in the browser.", title(row));
                }
            }
            let outcomes = ids.iter().map(|id| outcome(view, id, options.no_wait)).collect::<Option<Vec<_>>>()?;
            Some((view.clone(), outcomes))
        })
        .await?;
    let mut waiting = None;
    let mut failed = Vec::new();
    for (row, outcome) in rows.iter().zip(outcomes) {
        match outcome {
            Outcome::Active => {}
            Outcome::Waiting => waiting = Some(row),
            Outcome::Failed(failure) => failed.push((row, failure.about(&title(row)))),
        }
    }
    if json {
        let problems = failed.iter().map(|(row, failure)| (row.id.as_str(), &failure.problem)).collect();
        output::json(&output::Activated::of(&view, &ids, problems))?;
    } else {
        output::status(&view, |row| ids.contains(&row.id))?;
    }
    let waits = |row: &EligibleRow| {
        let said = format!("{} was requested and waits for an approver.", title(row));
        Failed::new(Exit::WaitingForApproval, "waiting-for-approval", said)
    };
    let last = failed.pop().map(|(_, failure)| failure).or_else(|| waiting.map(waits));
    match last {
        // The object that was printed tells all of it.
        Some(last) if json => Err(last.told()),
        Some(last) => {
            for (_, failure) in &failed {
                failure.tell(false);
            }
            Err(last)
        }
        None => Ok(()),
    }
}

/// The activation as the options and what is remembered want it, or why it would be refused.
fn command(row: &EligibleRow, options: &Activate) -> Result<Command, Failed> {
    let asks = &row.requirements;
    let refuse = |code: &str, message: String| {
        Err(Failed::new(Exit::NotSent, code, format!("{message} Nothing was sent.")).about(&title(row)))
    };
    let minutes = options.minutes.or(row.last_minutes).unwrap_or(asks.default_minutes);
    if minutes > asks.max_minutes {
        let most = spoken(i64::from(asks.max_minutes));
        return refuse("duration", format!("its policy allows {most} at most."));
    }
    if minutes < SHORTEST {
        return refuse("duration", format!("the service accepts {SHORTEST} min at least."));
    }
    let reason = options.reason.clone().or_else(|| row.last_reason.clone()).unwrap_or_default();
    if asks.justification && reason.trim().is_empty() {
        return refuse("reason", "its policy asks for a reason: add --reason.".into());
    }
    let ticket = options
        .ticket
        .clone()
        .filter(|number| !number.trim().is_empty())
        .map(|number| Ticket { number, system: options.ticket_system.clone().unwrap_or_default() });
    if asks.ticket && ticket.is_none() {
        return refuse("ticket", "its policy asks for a ticket: add --ticket.".into());
    }
    Ok(Command::Activate { id: row.id.clone(), minutes, reason, ticket, undoable: false, start: None, scope: None })
}

/// Where the role stands, once that is an answer.
fn outcome(view: &View, id: &str, accepted_is_enough: bool) -> Option<Outcome> {
    if let Some(row) = view.active.iter().find(|row| row.id == id) {
        return match &row.state {
            RowState::Active => Some(Outcome::Active),
            RowState::WaitingForApproval { .. } => Some(Outcome::Waiting),
            RowState::Failed { problem } => Some(Outcome::Failed(problem.clone().into())),
            RowState::Provisioning | RowState::Scheduled if accepted_is_enough => Some(Outcome::Active),
            _ => None,
        };
    }
    let row = view.eligible.iter().find(|row| row.id == id)?;
    row.problem.clone().map(|problem| Outcome::Failed(problem.into()))
}
