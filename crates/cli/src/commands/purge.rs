//! `pim purge`: leaves nothing of Pimento but the programs themselves.

use auto_launch::{AutoLaunchBuilder, WindowsEnableMode};
use pim::{paths::Paths, view::Command};
use serde::Serialize;

use super::login::wiped;
use crate::{
    args::Change,
    confirm::confirm,
    failed::{Exit, Failed},
    output::{self, clean},
    session::Session,
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Purged {
    /// User names that were signed out.
    signed_out: Vec<String>,
    /// Files and folders that were deleted, or would be.
    deleted: Vec<String>,
    /// The entry that starts Pimento with the system was there.
    autostart: bool,
}

/// Signs everybody out, and deletes every file of ours and the entry that starts us with the system. Nothing is deleted
/// while the application runs: it would write its files anew.
pub async fn purge(demo: bool, change: Change, json: bool) -> Result<(), Failed> {
    if demo {
        let said = "The demo tenant keeps nothing that could be deleted. Without --demo, everything of Pimento is.";
        return Err(Failed::new(Exit::Usage, "purge-demo", said));
    }
    let paths = Paths::locate().ok_or_else(|| {
        Failed::new(Exit::Usage, "no-home", "This system names no home folder, so there is nothing to delete.")
    })?;
    if paths.kept().is_empty() && !starts()? {
        return tell(&Purged { signed_out: Vec::new(), deleted: Vec::new(), autostart: false }, false, json);
    }
    let mut session = Session::open(false, None)?;
    let view = session.known().await?;
    let accounts: Vec<_> = view.accounts.iter().map(|row| row.account.clone()).collect();
    let people: Vec<String> = accounts.iter().map(|account| account.username.clone()).collect();
    if paths.is_in_use() {
        session.close().await;
        let said = "Pimento is running and would write its files anew: quit it first, from its icon's menu.";
        return Err(Failed::new(Exit::Refused, "running", said));
    }
    let asked = confirm(change, &sentences(&people, &paths));
    if change.dry_run || asked.is_err() {
        session.close().await;
        asked?;
        return tell(&Purged { signed_out: people, deleted: named(&paths), autostart: starts()? }, true, json);
    }
    for account in &accounts {
        session.send(Command::For { account: account.id.clone(), command: Box::new(Command::SignOut) });
    }
    session.until(|view| view.accounts.is_empty().then_some(())).await?;
    wiped(session).await?;
    let autostart = starts()?;
    if autostart {
        entry().and_then(|entry| entry.disable()).map_err(|error| undone(ENTRY, &error))?;
        // Windows' list of the machine is not for everybody to change, and says nothing of that.
        if starts()? {
            return Err(undone(ENTRY, &"an administrator has to"));
        }
    }
    #[cfg(target_os = "windows")]
    pim::identity::remove(pim::identity::APP_ID).map_err(|error| undone("what Windows knows Pimento by", &error))?;
    let deleted = named(&paths);
    paths.remove().map_err(|error| undone("a file", &error))?;
    tell(&Purged { signed_out: people, deleted, autostart }, false, json)
}

fn sentences(people: &[String], paths: &Paths) -> Vec<String> {
    let out = people.iter().map(|person| format!("{} will be signed out", clean(person)));
    let gone = named(paths).into_iter().map(|folder| format!("{} will be deleted", clean(&folder)));
    out.chain(gone).chain(["Pimento will not start with the system any more".to_owned()]).collect()
}

fn named(paths: &Paths) -> Vec<String> {
    paths.kept().iter().map(|path| path.display().to_string()).collect()
}

fn tell(purged: &Purged, only_said: bool, json: bool) -> Result<(), Failed> {
    if json {
        return Ok(output::json(purged)?);
    }
    if purged.deleted.is_empty() && purged.signed_out.is_empty() && !purged.autostart {
        say!("Nothing of Pimento was here.");
        return Ok(());
    }
    let verb = if only_said { "Would delete" } else { "Deleted" };
    for path in &purged.deleted {
        say!("{verb} {}", clean(path));
    }
    if !only_said {
        say!("No file, secret or autostart entry of Pimento is left. What you exported stays where you put it.");
    }
    Ok(())
}

fn undone(what: &str, error: &dyn std::fmt::Display) -> Failed {
    Failed::new(Exit::Refused, "not-deleted", format!("{what} could not be deleted: {error}. Try again."))
}

fn starts() -> Result<bool, Failed> {
    entry().and_then(|entry| entry.is_enabled()).map_err(|error| undone(ENTRY, &error))
}

const ENTRY: &str = "the entry that starts Pimento";

/// The entry that the application makes. Which program it starts does not matter for taking it away.
fn entry() -> auto_launch::Result<auto_launch::AutoLaunch> {
    let program = std::env::current_exe()?;
    let mut entry = AutoLaunchBuilder::new();
    entry.set_app_name("Pimento").set_app_path(&program.to_string_lossy());
    entry.set_windows_enable_mode(WindowsEnableMode::CurrentUser).build()
}
