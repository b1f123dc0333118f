//! `pim deactivate`.

use pim::view::{ActiveRow, Command, RowState, View};

use crate::{
    args::Named as Wanted,
    failed::{Exit, Failed},
    matching::{find, title},
    output,
    session::Session,
};

/// Said before anything is sent.
const NOT_SENT: [&str; 2] = ["locked", "not-active"];

/// Ends an activation and waits until the service has done so.
pub async fn deactivate(session: &mut Session, options: Wanted, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let activated: Vec<ActiveRow> = view.active.iter().filter(|row| row.activated).cloned().collect();
    let row = find(&activated, &options.role, options.scope.as_deref())?;
    if let Some(from) = row.deactivatable_from.filter(|from| *from > view.now) {
        let left = from - view.now;
        let said = format!(
            "the service ends an activation five minutes after its start at the earliest, in {} min {:02} s. Nothing was sent.",
            left.num_minutes(),
            left.num_seconds() % 60
        );
        return Err(Failed::new(Exit::NotSent, "active-duration-too-short", said).about(&title(row)));
    }
    let view = end(session, row).await?;
    if json {
        output::json(&output::Status::of(&view, |_| true))?;
    } else {
        say!("{} is no longer active.", title(row));
    }
    Ok(())
}

/// Ends one and waits for it.
pub async fn end(session: &mut Session, row: &ActiveRow) -> Result<View, Failed> {
    session.send(Command::Deactivate { id: row.id.clone() });
    let mut begun = false;
    let (view, problem) = session
        .until(|view| {
            let ended = |problem| Some((view.clone(), problem));
            let Some(now) = view.active.iter().find(|other| other.id == row.id) else { return ended(None) };
            match &now.state {
                RowState::Deactivating => {
                    begun = true;
                    None
                }
                RowState::Failed { problem } => ended(Some(problem.clone())),
                // Active again, or still, although its end was asked for: the row says why. It may have been refused before
                // anything was sent, or faster than views come.
                _ if begun || now.problem != row.problem => ended(Some(now.problem.clone()?)),
                _ => None,
            }
        })
        .await?;
    match problem {
        Some(problem) if NOT_SENT.contains(&problem.code.as_str()) => Err(Failed::not_sent(problem).about(&title(row))),
        Some(problem) => Err(Failed::from(problem).about(&title(row))),
        None => Ok(view),
    }
}
