//! `pim renew`: an activation that goes on when it ends.

use pim::{
    problem::Problem,
    view::{ActiveRow, Command, RenewalView, RowState, View},
};

use crate::{
    args::Renew,
    failed::{Exit, Failed},
    matching::{find, title},
    output::{self, clean, moment},
    session::Session,
};

/// Said before anything is sent.
const NOT_SENT: [&str; 3] = ["not-renewable", "not-active", "already-engaged"];

/// How far the arming has come.
enum Armed {
    /// The service has the next activation already.
    Beforehand,
    /// It is sent when this one ends.
    AtExpiry,
}

/// Arms or disarms the renewal of an activation. Where the service does not take it beforehand, waits until it was sent.
pub async fn renew(session: &mut Session, options: Renew, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let running = |row: &&ActiveRow| row.activated && row.renewal.is_some();
    let running: Vec<ActiveRow> = view.active.iter().filter(running).cloned().collect();
    let row = find(&running, &options.named.role, options.named.scope.as_deref())?;
    let name = clean(&title(row));
    let view =
        if options.off { disarm(session, row).await? } else { arm(session, row, &name, options.no_wait).await? };
    if json {
        return Ok(output::json(&output::Status::of(&view, |other| other.id == row.id))?);
    }
    if options.off {
        say!("{name} ends by itself{}.", row.end.map(|end| format!(" {}", at(&view, end))).unwrap_or_default());
    }
    Ok(())
}

async fn disarm(session: &mut Session, row: &ActiveRow) -> Result<View, Failed> {
    session.send(Command::ArmRenewal { id: row.id.clone(), armed: false });
    session
        .until(|view| {
            let renewal = view.active.iter().find(|other| other.id == row.id).and_then(|row| row.renewal.as_ref());
            renewal.is_none_or(|renewal| !renewal.armed && renewal.pending.is_none()).then(|| view.clone())
        })
        .await
}

async fn arm(session: &mut Session, row: &ActiveRow, name: &str, no_wait: bool) -> Result<View, Failed> {
    session.send(Command::DismissProblem { id: row.id.clone() });
    session.send(Command::ArmRenewal { id: row.id.clone(), armed: true });
    let mut told = false;
    let (view, armed) = session
        .until(|view| {
            let Some(now) = view.active.iter().find(|other| other.id == row.id) else {
                return Some(Err(ended(name)));
            };
            if let Some(problem) = now.problem.clone().filter(|_| !now.renewal_armed) {
                return Some(Err(refused(problem, name)));
            }
            let renewal = now.renewal.as_ref()?;
            if renewal.pending == Some(RowState::SteppingUp) && !std::mem::replace(&mut told, true) {
                eprintln!("{name} asks for a stronger sign-in: go on in the browser.");
            }
            Some(Ok((view.clone(), standing(renewal)?)))
        })
        .await??;
    let Some(end) = row.end else { return Ok(view) };
    match armed {
        Armed::Beforehand => {
            eprintln!("{name} goes on {}: the service has the request already.", at(&view, end));
            Ok(view)
        }
        Armed::AtExpiry if no_wait => {
            eprintln!(
                "{name} is renewed by the first `pim` command within half an hour of its end {}: the service does not take the request before.",
                at(&view, end)
            );
            Ok(view)
        }
        Armed::AtExpiry => {
            eprintln!(
                "{name} is renewed {}, by this command: the service does not take the request before.",
                at(&view, end)
            );
            renewed(session, row, name).await
        }
    }
}

fn standing(renewal: &RenewalView) -> Option<Armed> {
    match &renewal.pending {
        _ if !renewal.armed => None,
        Some(RowState::Scheduled | RowState::WaitingForApproval { .. }) => Some(Armed::Beforehand),
        Some(_) => None,
        None => Some(Armed::AtExpiry),
    }
}

/// Waits until the next activation runs.
async fn renewed(session: &mut Session, row: &ActiveRow, name: &str) -> Result<View, Failed> {
    session
        .until(|view| {
            let Some(now) = view.active.iter().find(|other| other.id == row.id) else { return Some(Err(ended(name))) };
            match &now.state {
                RowState::Active if now.end > row.end => Some(Ok(view.clone())),
                RowState::Active if !now.renewal_armed => {
                    Some(Err(now.problem.clone().map_or_else(|| ended(name), |problem| refused(problem, name))))
                }
                RowState::Failed { problem } => Some(Err(Failed::from(problem.clone()).about(name))),
                _ => None,
            }
        })
        .await?
}

fn refused(problem: Problem, name: &str) -> Failed {
    let unsent = NOT_SENT.contains(&problem.code.as_str());
    let failed = if unsent { Failed::not_sent(problem) } else { Failed::from(problem) };
    failed.about(name)
}

fn ended(name: &str) -> Failed {
    Failed::new(Exit::Refused, "removed", "it was ended, or its renewal was taken back, elsewhere.").about(name)
}

fn at(view: &View, end: chrono::DateTime<chrono::Utc>) -> String {
    format!("at {}", moment(end, view.now))
}
