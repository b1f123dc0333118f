//! `pim run`: activates, waits until the access has arrived, runs a command, and tidies up.

use std::{ffi::OsString, process::ExitStatus, time::Duration};

use pim::view::{Command, Effectiveness, RowState, View};

use super::{
    activate::{carry_out, told},
    deactivate,
    plan::{Role, plan},
};
use crate::{
    args::Run,
    failed::{Exit, Failed},
    session::Session,
};

/// The command's exit code, once it was run. Nothing is printed on standard output but what the command prints.
pub async fn run(session: &mut Session, options: Run) -> Result<u8, Failed> {
    let plan = plan(session, &options.wanted, None).await?;
    let (_, outcomes) = carry_out(session, &plan, false).await?;
    told(&plan.roles, outcomes).end(false)?;
    let patience = Duration::from_secs(u64::from(options.wait) * 60);
    arrived(session, &plan.roles, patience).await?;
    let code = execute(&options.command).await?;
    if options.deactivate_after {
        for role in plan.roles.iter().filter(|role| !role.engaged) {
            if let Err(failure) = end(session, role).await {
                failure.tell(false);
            }
        }
    }
    Ok(code)
}

/// Waits until the access of all of them has arrived, as far as that can be told; no longer than `patience`.
async fn arrived(session: &mut Session, roles: &[Role], patience: Duration) -> Result<(), Failed> {
    for role in roles {
        session.send(Command::CheckEffect { id: role.id.clone() });
    }
    let effect = |view: &View, role: &Role| view.active.iter().find(|row| row.id == role.id).and_then(|row| row.effect);
    let settled = |view: &View| {
        let open =
            |role: &&Role| !matches!(effect(view, role), Some(Effectiveness::Effective | Effectiveness::Unknown));
        let open: Vec<&str> = roles.iter().filter(open).map(|role| role.title.as_str()).collect();
        open.is_empty().then(|| view.clone())
    };
    let late = tokio::select! {
        view = session.until(settled) => {
            let view = view?;
            let untold = |role: &&Role| effect(&view, role) == Some(Effectiveness::Unknown);
            for role in roles.iter().filter(untold) {
                eprintln!("{} is active; whether the access has arrived cannot be told.", role.title);
            }
            return Ok(());
        }
        () = tokio::time::sleep(patience) => "the access has not arrived everywhere yet; running the command all the same.",
        _ = tokio::signal::ctrl_c() => return Err(interrupted()),
    };
    eprintln!("pim: {late}");
    Ok(())
}

/// Runs the command on this terminal. An interruption goes to the command, which decides what it means.
async fn execute(command: &[OsString]) -> Result<u8, Failed> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(Failed::new(Exit::Usage, "command", "There is no command to run."));
    };
    let mut child = tokio::process::Command::new(program).args(arguments).spawn().map_err(|error| {
        let said = format!("{} could not be run: {error}. The roles stay active.", program.display());
        Failed::new(Exit::Usage, "command", said)
    })?;
    loop {
        tokio::select! {
            ended = child.wait() => return Ok(code(ended?)),
            // The terminal has told the command, too.
            _ = tokio::signal::ctrl_c() => {}
        }
    }
}

/// As a shell tells it.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    // What is more than a byte cannot be passed on.
    status.code().map_or(u8::MAX, |code| u8::try_from(code).unwrap_or(u8::MAX))
}

/// Ends an activation as soon as the service takes it; an interruption leaves it to its own end.
async fn end(session: &mut Session, role: &Role) -> Result<(), Failed> {
    let row = session.view().active.iter().find(|row| row.id == role.id && row.state == RowState::Active).cloned();
    let Some(row) = row else { return Ok(()) };
    if let Some(from) = row.deactivatable_from.filter(|from| *from > session.now()) {
        let left = (from - session.now()).num_seconds();
        eprintln!(
            "{} can be ended in {} min {:02} s; waiting (Ctrl-C leaves it active).",
            role.title,
            left / 60,
            left % 60
        );
        tokio::select! {
            () = session.sleep_until(from) => {}
            _ = tokio::signal::ctrl_c() => return Err(interrupted()),
        }
    }
    deactivate::end(session, &row).await.map(|_| ())
}

fn interrupted() -> Failed {
    Failed::new(Exit::Refused, "interrupted", "Interrupted; what is active stays active until its end.")
}
