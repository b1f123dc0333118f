//! From what was typed to what is sent: roles by name, bundles, narrower scopes, held against the policies first.

use chrono::{DateTime, Local, Utc};
use pim::{
    model::Ticket,
    reason::{self, About, Flaw},
    view::{BundleView, Command, EligibleRow, RequirementsView, View},
};

use super::scopes;
use crate::{
    args::Wanted,
    failed::{Exit, Failed},
    matching::{find, fold, title},
    minutes::spoken,
    session::Session,
    start::Start,
};

/// The shortest activation the service accepts, minutes.
const SHORTEST: u32 = 5;

/// A role to be activated.
pub struct Role {
    /// What it is called, with its scope.
    pub title: String,
    /// The key of what is eligible: what is refused before it is sent stands there.
    pub eligible: String,
    /// The key of what becomes active; another one, where the scope was narrowed.
    pub id: String,
    /// It was active, or on its way, before.
    pub engaged: bool,
}

/// What is to be sent, and for which roles.
pub struct Plan {
    /// All roles, those that are active already included.
    pub roles: Vec<Role>,
    /// What is sent: everything at once, so that it goes as one batch.
    pub commands: Vec<Command>,
    /// It is to begin later.
    pub later: bool,
}

/// A role with what the bundle says about it.
struct Picked {
    row: EligibleRow,
    minutes: Option<u32>,
    reason: Option<String>,
    /// Id and name of a narrower scope.
    below: Option<(String, String)>,
    /// What it asks for there.
    asks: RequirementsView,
}

/// Finds everything that was named, and checks all of it before any is sent.
pub async fn plan(session: &mut Session, wanted: &Wanted, start: Option<Start>) -> Result<Plan, Failed> {
    let mut view = session.listed_so_far().await?;
    if !is_certain(&view, wanted) {
        view = session.listed().await?;
    }
    let start = start.map(|start| instant(start, view.now)).transpose()?;
    let mut picked = Vec::new();
    if let Some(name) = &wanted.bundle {
        picked.extend(of_bundle(&view, find_bundle(&view, name)?));
    }
    for name in &wanted.roles {
        picked.push(by_name(session, &view, name, wanted.scope.as_deref()).await?);
    }
    let mut plan = Plan { roles: Vec::new(), commands: Vec::new(), later: start.is_some() };
    let names: Vec<String> = picked.iter().map(|picked| picked.row.name.clone()).collect();
    for picked in picked {
        let id = match &picked.below {
            Some((scope, _)) => scopes::key_at(&picked.row.id, scope),
            None => picked.row.id.clone(),
        };
        if plan.roles.iter().any(|known| known.id == id) {
            continue;
        }
        let title = match &picked.below {
            Some((_, scope)) => format!("{} ({scope})", picked.row.name),
            None => title(&picked.row),
        };
        let engaged =
            view.active.iter().any(|row| row.id == id && row.activated) || id == picked.row.id && picked.row.engaged;
        if engaged && start.is_some() {
            let said = "it is active or on its way already. Nothing was sent.";
            return Err(Failed::new(Exit::NotSent, "already-engaged", said).about(&title));
        }
        if !engaged {
            plan.commands.push(command(&picked, &title, wanted, start)?);
        }
        plan.roles.push(Role { title, eligible: picked.row.id.clone(), id, engaged });
    }
    if !plan.commands.is_empty() {
        warn_of_reason(wanted, &names, view.settings.reason_length);
    }
    Ok(plan)
}

/// Says what an auditor would send back. It is sent all the same.
fn warn_of_reason(wanted: &Wanted, names: &[String], least: u32) {
    let roles: Vec<&str> = names.iter().map(String::as_str).collect();
    let about = About { roles: &roles, ticket: wanted.ticket.as_deref().unwrap_or_default(), least };
    if let Some(flaw) = wanted.reason.as_deref().and_then(|reason| reason::judge(reason, about)) {
        eprintln!("About the reason: {}", flaw_words(&flaw));
    }
}

/// What is wrong with a reason and what would be better, as the window says it.
fn flaw_words(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Placeholder { name } => format!("{name} has yet to be filled in."),
        Flaw::Ticket => "a ticket's number alone does not say what you will do: add a few words.".into(),
        Flaw::Role => "this is the role's name: say what you need it for.".into(),
        Flaw::Mashed => "nobody could check this later: say what you will do.".into(),
        Flaw::Empty => {
            "this could be said of anything: name what you work on, such as a system, a user or a ticket.".into()
        }
        Flaw::Short { least } => format!("say a little more, {least} characters or so."),
    }
}

/// Does what is known already tell what is meant? What is late might be called the same, or be part of the bundle.
fn is_certain(view: &View, wanted: &Wanted) -> bool {
    let late: Vec<_> = view.list.sources.iter().filter(|source| source.loading).map(|source| source.kind).collect();
    let known = |id: &str| view.eligible.iter().any(|row| row.id == id);
    let named = |name: &String| {
        let called = |row: &&EligibleRow| row.id.eq_ignore_ascii_case(name.trim()) || fold(&row.name) == fold(name);
        let mut rows = view.eligible.iter().filter(called);
        rows.next().is_some_and(|row| !late.contains(&row.kind)) && rows.next().is_none()
    };
    let bundle = wanted.bundle.as_ref().map(|name| find_bundle(view, name));
    let bundle = bundle.is_none_or(|found| found.is_ok_and(|bundle| bundle.roles.iter().all(|role| known(&role.id))));
    late.is_empty() || bundle && wanted.scope.is_none() && wanted.roles.iter().all(named)
}

/// The bundle of that name.
pub fn find_bundle<'a>(view: &'a View, name: &str) -> Result<&'a BundleView, Failed> {
    let called = |bundle: &&BundleView| fold(&bundle.name) == fold(name);
    let exact = view.bundles.iter().find(|bundle| bundle.name == name);
    exact.or_else(|| view.bundles.iter().find(called)).ok_or_else(|| {
        let said = format!("No bundle is called \"{name}\". `pim bundles list` shows those there are.");
        Failed::new(Exit::NoSuchRole, "unknown-bundle", said)
    })
}

fn instant(start: Start, now: DateTime<Utc>) -> Result<DateTime<Utc>, Failed> {
    let refuse = |said: &str| Failed::new(Exit::Usage, "start", said);
    let at = start.instant(now, &Local).ok_or_else(|| refuse("There is no such time."))?;
    if at > now { Ok(at) } else { Err(refuse("The start lies in the past.")) }
}

/// What of a bundle can be activated; the rest is said and left out.
fn of_bundle(view: &View, bundle: &BundleView) -> Vec<Picked> {
    let reason = Some(bundle.reason.clone()).filter(|reason| !reason.is_empty());
    let picked = bundle.roles.iter().filter_map(|role| {
        let row = view.eligible.iter().find(|row| row.id == role.id);
        if row.is_none() {
            eprintln!("{} is left out: you are not eligible for it.", crate::output::clean(&role.name));
        }
        let row = row?.clone();
        let asks = row.requirements.clone();
        Some(Picked { row, minutes: Some(role.minutes), reason: reason.clone(), below: None, asks })
    });
    picked.collect()
}

async fn by_name(session: &mut Session, view: &View, name: &str, scope: Option<&str>) -> Result<Picked, Failed> {
    let whole = |row: &EligibleRow| {
        let asks = row.requirements.clone();
        Picked { row: row.clone(), minutes: None, reason: None, below: None, asks }
    };
    let mismatch = match find(&view.eligible, name, scope) {
        Ok(row) => return Ok(whole(row)),
        Err(mismatch) => mismatch,
    };
    let Some(scope) = scope else { return Err(mismatch.into()) };
    // Not a scope that it is eligible at: perhaps one below.
    let above: Vec<&EligibleRow> = view
        .eligible
        .iter()
        .filter(|row| row.narrowable && find(std::slice::from_ref(*row), name, None).is_ok())
        .collect();
    let mut found = Vec::new();
    for row in above {
        found.extend(scopes::below(session, row, scope).await?.into_iter().map(|scope| (row, scope)));
    }
    match found.as_slice() {
        [] => Err(mismatch.into()),
        [(row, scope)] => {
            let asks = scopes::requirements(session, row, &scope.0).await?;
            Ok(Picked { below: Some(scope.clone()), asks, ..whole(row) })
        }
        several => {
            let named: Vec<_> = several.iter().map(|(row, (id, _))| format!("{id} (from {})", title(*row))).collect();
            let said = format!("\"{scope}\" could mean {}. Write its id.", named.join(", "));
            Err(Failed::new(Exit::NoSuchRole, "ambiguous-scope", said))
        }
    }
}

/// The activation as the options and what is remembered want it, or why it would be refused.
fn command(picked: &Picked, title: &str, wanted: &Wanted, start: Option<DateTime<Utc>>) -> Result<Command, Failed> {
    let row = &picked.row;
    let asks = &picked.asks;
    let refuse = |code: &str, message: String| {
        Err(Failed::new(Exit::NotSent, code, format!("{message} Nothing was sent.")).about(title))
    };
    let minutes = wanted.minutes.or(picked.minutes).or(row.last_minutes.map(|last| last.min(asks.max_minutes)));
    let minutes = minutes.unwrap_or(asks.default_minutes);
    // What cannot be read the service judges.
    let known = asks.known || picked.below.is_none();
    if known && minutes > asks.max_minutes {
        let most = spoken(i64::from(asks.max_minutes));
        return refuse("duration", format!("its policy allows {most} at most."));
    }
    if minutes < SHORTEST {
        return refuse("duration", format!("the service accepts {SHORTEST} min at least."));
    }
    let reason = wanted.reason.clone().or_else(|| picked.reason.clone()).or_else(|| row.last_reason.clone());
    let reason = reason.unwrap_or_default();
    if known && asks.justification && reason.trim().is_empty() {
        return refuse("reason", "its policy asks for a reason: add --reason.".into());
    }
    let number = wanted.ticket.clone().filter(|number| !number.trim().is_empty());
    let ticket = number.map(|number| Ticket { number, system: wanted.ticket_system.clone().unwrap_or_default() });
    if known && asks.ticket && ticket.is_none() {
        return refuse("ticket", "its policy asks for a ticket: add --ticket.".into());
    }
    let scope = picked.below.as_ref().map(|(scope, _)| scope.clone());
    Ok(Command::Activate { id: row.id.clone(), minutes, reason, ticket, undoable: false, start, scope })
}
