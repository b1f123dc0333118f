//! `pim enter` and `pim forget`: roles by name, where nobody may list them.

use std::time::Duration;

use pim::view::{Account, Command, EligibleRow};
use serde::Serialize;

use crate::{
    args::{Kind, Named},
    failed::{Exit, Failed},
    matching::{find, title},
    output::{self, Eligible, clean},
    session::Session,
};

/// The notice of a role that was not found.
const NOT_FOUND: &str = "enter-role";
/// How long the service may look for it.
const PATIENCE: Duration = Duration::from_secs(60);

/// `pim enter`
#[derive(Serialize)]
struct Entered<'a> {
    account: Option<&'a Account>,
    role: Eligible<'a>,
}

/// Puts a role on the list. Whether it can be activated is for the service to judge.
pub async fn enter(
    session: &mut Session,
    role: String,
    kind: Kind,
    scope: Option<String>,
    json: bool,
) -> Result<(), Failed> {
    session.signed_in().await?;
    session.send(Command::DismissNotice { id: NOT_FOUND.into() });
    session.send(Command::EnterRole { source: kind.into(), role, scope });
    let found = session.until(|view| {
        if let Some(notice) = view.notices.iter().find(|notice| notice.id == NOT_FOUND) {
            return Some(Err(notice.clone()));
        }
        let id = view.entered.as_ref()?;
        view.eligible.iter().any(|row| row.id == *id).then(|| Ok((view.clone(), id.clone())))
    });
    let found = tokio::time::timeout(PATIENCE, found).await;
    let found =
        found.map_err(|_| Failed::new(Exit::Unreachable, "no-answer", "The service did not answer in time."))?;
    let (view, id) = found?.map_err(|notice| {
        let mut failed = Failed::new(Exit::NoSuchRole, "unknown-role", notice.message);
        failed.problem.detail = notice.detail;
        failed
    })?;
    let Some(row) = view.eligible.iter().find(|row| row.id == id) else { return Ok(()) };
    if json {
        return Ok(output::json(&Entered { account: output::account(&view), role: Eligible::of(row) })?);
    }
    say!("{} is on the list.", clean(&title(row)));
    Ok(())
}

/// Takes a role off the list that was put there by name.
pub async fn forget(session: &mut Session, named: &Named, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let entered: Vec<EligibleRow> = view.eligible.iter().filter(|row| row.entered).cloned().collect();
    if entered.is_empty() {
        return Err(Failed::new(Exit::NoSuchRole, "unknown-role", "No role was put on the list by name."));
    }
    let row = find(&entered, &named.role, named.scope.as_deref())?;
    session.send(Command::ForgetRole { id: row.id.clone() });
    let gone = |row: &EligibleRow, other: &EligibleRow| other.id == row.id && other.entered;
    let view =
        session.until(|view| (!view.eligible.iter().any(|other| gone(row, other))).then(|| view.clone())).await?;
    if json {
        return Ok(output::json(&output::List::of(&view, None, |_| true))?);
    }
    say!("{} is off the list.", clean(&title(row)));
    Ok(())
}
