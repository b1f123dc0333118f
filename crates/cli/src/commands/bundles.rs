//! `pim bundles`.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

use pim::{
    bundles::{self, Bundle, BundleRole},
    model::RoleKey,
    view::{Account, BundleEntry, BundleRow, BundleView, Command, View},
};
use serde::Serialize;

use super::plan::find_bundle;
use crate::{
    args::Bundles,
    failed::{Exit, Failed},
    matching::find,
    minutes::spoken,
    output::{self, clean, out, table},
    session::Session,
};

/// No file of bundles is longer.
const LONGEST: u64 = 1 << 20;

/// `pim bundles list`, and what saving, deleting and importing answer.
#[derive(Serialize)]
struct List<'a> {
    account: Option<&'a Account>,
    bundles: &'a [BundleView],
}

/// What is done with bundles.
pub async fn bundles(session: &mut Session, command: Bundles, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    // Bundles that could not be read, and a file that could not be used, in which they might have been named.
    for notice in view
        .notices
        .iter()
        .filter(|notice| ["managed", "managed-policy", "managed-settings"].contains(&notice.id.as_str()))
    {
        eprintln!("pim: {}", notice.message);
    }
    match command {
        Bundles::List => show(&view, json),
        Bundles::Save { name, roles, reason, minutes } => {
            let mut entries: Vec<BundleEntry> = Vec::new();
            let mut wanted =
                Bundle { name: name.trim().to_owned(), reason: reason.trim().to_owned(), roles: Vec::new() };
            for role in &roles {
                let row = find(&view.eligible, role, None)?;
                entries.push(BundleEntry { id: row.id.clone(), minutes });
                let key = RoleKey::from_id(&row.id).filter(|key| !wanted.roles.iter().any(|known| known.key() == *key));
                wanted.roles.extend(key.map(|key| BundleRole::new(&key, &row.name, minutes)));
            }
            let command = Command::SaveBundle { name, reason, roles: entries };
            show(&change(session, command, |view| shows(view, &wanted)).await?, json)
        }
        Bundles::Delete { name } => {
            let bundle = find_bundle(&view, &name)?;
            if bundle.managed {
                let said = format!("The bundle \"{}\" is your organisation's: it cannot be deleted here.", bundle.name);
                return Err(Failed::new(Exit::Refused, "managed-bundle", said));
            }
            let name = bundle.name.clone();
            let gone = |view: &View| !view.bundles.iter().any(|bundle| bundle.name == name);
            show(&change(session, Command::DeleteBundle { name: name.clone() }, gone).await?, json)
        }
        Bundles::Export { names, output } => {
            let chosen = names.iter().map(|name| find_bundle(&view, name)).collect::<Result<Vec<_>, _>>()?;
            let chosen = if names.is_empty() { view.bundles.iter().collect() } else { chosen };
            let package: Vec<Bundle> = chosen.into_iter().map(Bundle::from).collect();
            write(&bundles::export(&package), output.as_deref())
        }
        Bundles::Import { file } => {
            let text = read(&file)?;
            // Refused here, with the reason, before the agent would refuse it.
            let new = bundles::import(&text)
                .map_err(|reason| Failed::new(Exit::Refused, "bundle", format!("The file is refused: {reason}.")))?;
            let all = |view: &View| new.iter().all(|bundle| shows(view, bundle));
            show(&change(session, Command::ImportBundles { text }, all).await?, json)
        }
    }
}

/// The view after a change; or why there was none.
async fn change(session: &mut Session, command: Command, done: impl Fn(&View) -> bool) -> Result<View, Failed> {
    session.send(command);
    let view = session.until(|view| (view.bundle_problem.is_some() || done(view)).then(|| view.clone())).await?;
    match &view.bundle_problem {
        Some(problem) => Err(problem.clone().into()),
        None => Ok(view),
    }
}

/// Is the bundle there as it is wanted?
fn shows(view: &View, wanted: &Bundle) -> bool {
    let Some(shown) = view.bundles.iter().find(|bundle| bundle.name == wanted.name) else { return false };
    let longest = |id: &str| {
        let row = view.eligible.iter().find(|row| row.id == id);
        row.map_or(u32::MAX, |row| row.requirements.max_minutes)
    };
    let same = |(role, row): (&BundleRole, &BundleRow)| {
        let minutes = role.minutes.map(|minutes| minutes.min(longest(&row.id)));
        // What is not eligible has a policy that nobody knows here.
        role.key().id() == row.id && (!row.eligible || minutes.is_none_or(|minutes| minutes == row.minutes))
    };
    shown.template == wanted.reason
        && shown.roles.len() == wanted.roles.len()
        && wanted.roles.iter().zip(&shown.roles).all(same)
}

fn show(view: &View, json: bool) -> Result<(), Failed> {
    if json {
        return Ok(output::json(&List { account: output::account(view), bundles: &view.bundles })?);
    }
    if view.bundles.is_empty() {
        say!("There are no bundles. `pim bundles save NAME ROLE…` keeps one.");
        return Ok(());
    }
    let rows: Vec<[String; 4]> = view
        .bundles
        .iter()
        .map(|bundle| {
            let role = |role: &pim::view::BundleRow| {
                let left_out = if role.eligible { "" } else { ", not eligible" };
                format!("{} ({}{left_out})", clean(&role.name), spoken(i64::from(role.minutes)))
            };
            let roles: Vec<String> = bundle.roles.iter().map(role).collect();
            let managed = if bundle.managed { "your organisation's" } else { "" };
            [clean(&bundle.name), roles.join(", "), clean(&bundle.reason), managed.to_owned()]
        })
        .collect();
    Ok(table(["Bundle", "Roles", "Reason", ""], &rows)?)
}

fn write(text: &str, file: Option<&Path>) -> Result<(), Failed> {
    let Some(file) = file else {
        out().write_all(text.as_bytes())?;
        return Ok(());
    };
    let refuse = |error: io::Error| {
        let why =
            if error.kind() == io::ErrorKind::AlreadyExists { "it is there already".into() } else { error.to_string() };
        Failed::new(Exit::Refused, "output", format!("{} was not written: {why}.", file.display()))
    };
    let mut new = OpenOptions::new().write(true).create_new(true).open(file).map_err(refuse)?;
    new.write_all(text.as_bytes()).map_err(refuse)
}

fn read(file: &Path) -> Result<String, Failed> {
    let refuse = |error: io::Error| {
        Failed::new(Exit::Refused, "input", format!("{} could not be read: {error}.", file.display()))
    };
    let mut text = String::new();
    if file.as_os_str() == "-" {
        io::stdin().lock().take(LONGEST + 1).read_to_string(&mut text).map_err(refuse)?;
    } else {
        fs::File::open(file).and_then(|file| file.take(LONGEST + 1).read_to_string(&mut text)).map_err(refuse)?;
    }
    Ok(text)
}
