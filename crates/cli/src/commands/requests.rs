//! `pim requests`, `pim cancel` and `pim extend`.

use std::time::Duration;

use chrono::{DateTime, Utc};
use pim::{
    model::{Kind, Ticket},
    view::{
        Account, ActiveRow, Command, ExtensionState, ExtensionView, HistoryAction, HistoryOutcome, HistoryRow,
        RowState, View,
    },
};
use serde::Serialize;

use super::history;
use crate::{
    args::{Extend, Named as Wanted},
    failed::{Exit, Failed},
    matching::{find, named, title},
    output::{self, clean, moment, table},
    session::Session,
};

/// How long a withdrawal may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is asked for within that.
const TRIES: u32 = 12;

/// `pim requests`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Requests<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    #[serde(rename = "requests")]
    pending: Vec<Request>,
}

/// One that waits.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    id: String,
    kind: Kind,
    name: String,
    scope: Option<String>,
    action: HistoryAction,
    /// Where it stands; of one that was made elsewhere no more is known than that it waits.
    state: Option<RowState>,
    at: Option<DateTime<Utc>>,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    reason: Option<String>,
    ticket: Option<Ticket>,
    here: bool,
}

named!(Request);

/// Shows what waits: for an approver, for its start, for the service.
pub async fn requests(session: &mut Session, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let past = history::read(session, "").await?;
    let requests = waiting(&view, &past.rows);
    if json {
        return Ok(output::json(&Requests { account: output::account(&view), now: view.now, pending: requests })?);
    }
    if requests.is_empty() {
        say!("None of your requests waits.");
        return Ok(());
    }
    let rows: Vec<[String; 4]> = requests
        .iter()
        .map(|request| {
            let scope = request.scope.as_deref().map_or_else(String::new, clean);
            let start = request.start.filter(|start| *start > view.now);
            let start = start.map(|start| format!("from {}", moment(start, view.now)));
            let row = view.active.iter().find(|row| row.id == request.id);
            let state = row.map(|row| output::standing(row, view.now)).or(start);
            let reason = request.reason.as_deref().map_or_else(String::new, clean);
            [clean(&request.name), scope, state.unwrap_or_else(|| "waiting".into()), reason]
        })
        .collect();
    Ok(table(["Role", "Scope", "State", "Reason"], &rows)?)
}

fn waiting(view: &View, past: &[HistoryRow]) -> Vec<Request> {
    let on_the_way = |row: &&ActiveRow| waits(&row.state);
    let here = view.active.iter().filter(on_the_way).map(|row| Request {
        id: row.id.clone(),
        kind: row.kind,
        name: row.name.clone(),
        scope: row.scope.clone(),
        action: HistoryAction::Activate,
        state: Some(row.state.clone()),
        at: past
            .iter()
            .find(|known| known.role == row.id && known.outcome == HistoryOutcome::Waiting)
            .map(|known| known.at),
        start: row.start,
        end: row.end,
        reason: row.reason.clone(),
        ticket: row.ticket.clone(),
        here: true,
    });
    let mut all: Vec<Request> = here.collect();
    for row in past.iter().filter(|row| row.outcome == HistoryOutcome::Waiting) {
        if !all.iter().any(|known| known.id == row.role && known.action == row.action) {
            all.push(Request {
                id: row.role.clone(),
                kind: row.kind,
                name: row.name.clone(),
                scope: row.scope.clone(),
                action: row.action,
                state: None,
                at: Some(row.at),
                start: row.start,
                end: row.end,
                reason: row.reason.clone(),
                ticket: row.ticket.clone(),
                here: row.here,
            });
        }
    }
    all
}

fn waits(state: &RowState) -> bool {
    matches!(
        state,
        RowState::WaitingForApproval { .. } | RowState::Scheduled | RowState::Provisioning | RowState::Checking
    )
}

/// Withdraws a request that waits.
pub async fn cancel(session: &mut Session, options: Wanted, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let past = history::read(session, "").await?;
    let requests = waiting(&view, &past.rows);
    if requests.is_empty() {
        return Err(Failed::new(Exit::NoSuchRole, "no-request", "None of your requests waits."));
    }
    let request = find(&requests, &options.role, options.scope.as_deref())?.clone();
    if request.state.is_none() {
        return cancel_elsewhere(session, &request, json).await;
    }
    let gone = |view: &View| {
        let row = view.active.iter().find(|row| row.id == request.id);
        match row {
            None => Some(Ok(view.clone())),
            Some(row) if !waits(&row.state) => match &row.state {
                RowState::Failed { problem } => Some(Err(problem.clone())),
                _ => Some(Ok(view.clone())),
            },
            Some(row) => row.problem.clone().map(Err),
        }
    };
    for _ in 0..TRIES {
        // While the service is being asked how it stands, nothing is withdrawn.
        session.send(Command::CancelRequest { id: request.id.clone() });
        if let Ok(ended) = tokio::time::timeout(PATIENCE / TRIES, session.until(gone)).await {
            let view = ended?.map_err(|problem| Failed::from(problem).about(&title(&request)))?;
            return withdrawn(&view, &request, json);
        }
    }
    let said = "The service has not withdrawn it yet.";
    Err(Failed::new(Exit::Unreachable, "no-answer", said).about(&title(&request)))
}

fn withdrawn(view: &View, request: &Request, json: bool) -> Result<(), Failed> {
    if json {
        output::json(&output::Status::of(view, |_| true))?;
    } else {
        say!("The request for {} was withdrawn.", title(request));
    }
    Ok(())
}

/// The same for one that was made elsewhere: what is known of it is the service's own list.
async fn cancel_elsewhere(session: &mut Session, request: &Request, json: bool) -> Result<(), Failed> {
    if request.action != HistoryAction::Activate {
        let said = "only an administrator can withdraw what is not an activation. Nothing was sent.";
        return Err(Failed::new(Exit::NotSent, "not-cancellable", said).about(&title(request)));
    }
    session.send(Command::CancelRequest { id: request.id.clone() });
    let gone = session.until(|view| {
        let past = view.history.as_ref().filter(|past| !past.loading)?;
        let waits = |row: &HistoryRow| row.role == request.id && row.outcome == HistoryOutcome::Waiting;
        match &past.problem {
            Some(problem) => Some(Err(problem.clone())),
            None => (!past.rows.iter().any(waits)).then(|| Ok(view.clone())),
        }
    });
    let gone = tokio::time::timeout(PATIENCE, gone).await;
    let gone = gone.map_err(|_| Failed::new(Exit::Unreachable, "no-answer", "The service has not withdrawn it yet."));
    let view = gone.map_err(|failed| failed.about(&title(request)))??;
    let view = view.map_err(|problem| Failed::from(problem).about(&title(request)))?;
    withdrawn(&view, request, json)
}

/// What was asked for, and where it stands.
#[derive(Serialize)]
struct Extended<'a> {
    account: Option<&'a Account>,
    id: &'a str,
    extension: &'a ExtensionView,
}

/// Asks for a later end, which an administrator decides.
pub async fn extend(session: &mut Session, options: Extend, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let eligibility = !options.assignment;
    let scope = options.scope.as_deref();
    let (id, named, extension) = if eligibility {
        let row = find(&view.eligible, &options.role, scope)?;
        (row.id.clone(), title(row), row.extension.clone())
    } else {
        let standing: Vec<ActiveRow> = view.active.iter().filter(|row| !row.activated).cloned().collect();
        let row = find(&standing, &options.role, scope)?;
        (row.id.clone(), title(row), row.extension.clone())
    };
    if extension.is_none() {
        let said = "its end is too far away, or it has none: extensions can be asked for during the last two weeks. Nothing was sent.";
        return Err(Failed::new(Exit::NotSent, "not-extendable", said).about(&named));
    }
    session.send(Command::RequestExtension { id: id.clone(), eligibility, reason: options.reason });
    let of = |view: &View| {
        let eligible = || view.eligible.iter().find(|row| row.id == id).and_then(|row| row.extension.clone());
        let standing = || view.active.iter().find(|row| row.id == id).and_then(|row| row.extension.clone());
        if eligibility { eligible() } else { standing() }
    };
    let mut begun = false;
    let (view, extension) = session
        .until(|view| {
            let extension = of(view)?;
            begun |= matches!(extension.state, ExtensionState::Requesting | ExtensionState::SigningIn);
            let settled = match extension.state {
                ExtensionState::Requested => true,
                ExtensionState::Failed { .. } => begun,
                ExtensionState::Possible | ExtensionState::Requesting | ExtensionState::SigningIn => false,
            };
            settled.then(|| (view.clone(), extension))
        })
        .await?;
    if let ExtensionState::Failed { problem } = extension.state {
        return Err(Failed::from(problem).about(&named));
    }
    if json {
        output::json(&Extended { account: output::account(&view), id: &id, extension: &extension })?;
    } else {
        say!("A later end of {named} was asked for; an administrator decides.");
    }
    Ok(())
}
