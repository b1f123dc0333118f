//! `pim alerts`: PIM's security alerts.

mod change;
mod shapes;

use chrono::{DateTime, Utc};
use pim::{
    cloud::{ALERTS, Resource},
    manage::{Office, alerts::Watched},
    model::{Alert, Kind},
    problem::Problem,
};

use self::shapes::{List, Row, Shown, Source};
use crate::{
    args::{AlertKind, Alerts, AlertsCommand, Place},
    failed::{Exit, Failed},
    matching::{Choice, Mismatch, find, fold},
    output::{self, Standing, clean, moment, table, unlisted},
    session::Session,
};

/// More findings than these are counted, unless as JSON.
const MOST_SHOWN: usize = 50;

/// Lists alerts, shows one, dismisses some, or has the service look again.
pub async fn alerts(session: &mut Session, options: Alerts, json: bool) -> Result<(), Failed> {
    match options.command {
        None => list(session, &options.place, options.all, &[], json).await,
        Some(AlertsCommand::List { place, all, filter }) => list(session, &place, all, &filter, json).await,
        Some(AlertsCommand::Show { alert, place }) => show(session, &alert, &place, json).await,
        Some(AlertsCommand::Refresh { alerts, place, no_wait }) => {
            change::refresh(session, &alerts, &place, !no_wait, json).await
        }
        Some(AlertsCommand::Dismiss { alerts, place, change }) => {
            change::dismiss(session, &alerts, &place, change, json).await
        }
    }
}

/// Groups have none. Whoever names a scope means Azure's.
fn kinds(place: &Place) -> Vec<Kind> {
    match (place.kind, &place.scope) {
        (Some(AlertKind::Directory), _) => vec![Kind::DirectoryRole],
        (Some(AlertKind::Azure), _) | (None, Some(_)) => vec![Kind::AzureResource],
        (None, None) => vec![Kind::DirectoryRole, Kind::AzureResource],
    }
}

/// Reads alerts, and asks for the permission first where Microsoft Graph tells of them.
async fn read(office: &Office, place: &Place, permission: &'static str) -> Result<Vec<Watched>, Failed> {
    let kinds = kinds(place);
    if kinds.contains(&Kind::DirectoryRole) {
        let permitted = office.permit(permission).await;
        // What else is asked for may be had without; the reading itself says what is missing.
        if let Err(problem) = permitted
            && kinds.len() == 1
        {
            return Err(problem.into());
        }
    }
    let scopes = place.scope.as_ref().map(|scope| vec![scope.trim().to_owned()]);
    let watched = office.alerts(&kinds, scopes, permission).await;
    if watched.iter().any(|watched| watched.found.is_ok()) {
        return Ok(watched);
    }
    // What was never asked for says less than what failed.
    let mut problems: Vec<&Problem> = watched.iter().filter_map(|watched| watched.found.as_ref().err()).collect();
    problems.sort_by_key(|problem| Standing::after(Some(problem)) == Standing::NotAsked);
    match problems.first() {
        Some(problem) => Err((*problem).clone().into()),
        None => Ok(watched),
    }
}

/// All of them, the worst first.
fn all(watched: &[Watched]) -> Vec<Alert> {
    let mut alerts: Vec<Alert> =
        watched.iter().filter_map(|watched| watched.found.as_ref().ok()).flatten().cloned().collect();
    pim::manage::alerts::sort(&mut alerts);
    alerts
}

async fn list(session: &mut Session, place: &Place, quiet: bool, filter: &[String], json: bool) -> Result<(), Failed> {
    let (office, view) = session.office(&kinds(place)).await?;
    let watched = read(&office, place, ALERTS).await?;
    let words: Vec<String> = filter.iter().map(|word| fold(word)).collect();
    let now = office.now();
    let found = all(&watched);
    let rows: Vec<&Alert> = found
        .iter()
        .filter(|alert| quiet || alert.active)
        .filter(|alert| {
            let text = fold(&alert.title());
            words.iter().all(|word| text.contains(word))
        })
        .collect();
    if json {
        let alerts = rows.into_iter().map(Row::of).collect();
        let sources = watched.iter().map(Source::of).collect();
        return Ok(output::json(&List { account: output::account(&view), now, sources, alerts })?);
    }
    if rows.is_empty() {
        say!("There is no alert{}.", if words.is_empty() { "" } else { " that matches" });
    } else {
        let lines: Vec<[String; 6]> = rows.into_iter().map(|alert| line(alert, now)).collect();
        table(["Severity", "Alert", "Scope", "Found", "", "Looked for"], &lines)?;
    }
    for line in watched.iter().flat_map(|watched| shortfalls(watched, place.kind.is_some() || place.scope.is_some())) {
        say!("{line}");
    }
    Ok(())
}

fn line(alert: &Alert, now: DateTime<Utc>) -> [String; 6] {
    let state = match (alert.enabled, alert.active, alert.count) {
        (Some(false), ..) => "not looked for",
        (_, true, _) => "",
        (_, false, 0) => "nothing found",
        (_, false, _) => "dismissed",
    };
    [
        clean(alert.severity.word()),
        clean(&alert.name),
        alert.scope.as_deref().map_or_else(String::new, clean),
        alert.count.to_string(),
        state.into(),
        alert.scanned.map_or_else(String::new, |at| moment(at, now)),
    ]
}

/// What is not listed, and why. What was never asked for is said where it alone is looked at.
fn shortfalls(watched: &Watched, alone: bool) -> Vec<String> {
    let what = match watched.service {
        Resource::Graph => "The directory's alerts",
        Resource::Arm => "Azure's alerts",
    };
    let missing = watched.missing.iter().map(|(scope, problem)| {
        let (scope, message, code) = (clean(scope), clean(&problem.message), clean(&problem.code));
        format!("{what} at {scope} are not listed: {message} ({code})")
    });
    let all = watched.found.as_ref().err().and_then(|problem| unlisted(what, "azure", problem, alone));
    missing.chain(all).collect()
}

async fn show(session: &mut Session, name: &str, place: &Place, json: bool) -> Result<(), Failed> {
    let (office, view) = session.office(&kinds(place)).await?;
    let watched = read(&office, place, ALERTS).await?;
    let found = all(&watched);
    let alert = choose(&watched, &found, name)?;
    let now = office.now();
    if json {
        let (account, incidents) = (output::account(&view), alert.incidents.as_slice());
        return Ok(output::json(&Shown { account, now, alert: Row::of(alert), incidents })?);
    }
    say!("{} · {}", clean(&alert.title()), clean(alert.severity.word()));
    let texts = [
        ("", &alert.description),
        ("Why it matters: ", &alert.impact),
        ("What to do: ", &alert.mitigation),
        ("How to prevent it: ", &alert.prevention),
    ];
    for (before, text) in texts {
        if let Some(text) = text {
            say!("{before}{}", clean(text));
        }
    }
    if let Some(at) = alert.scanned {
        say!("Looked for {}.", moment(at, now));
    }
    if !alert.active && alert.count > 0 {
        say!("It was dismissed.");
    }
    say!();
    if alert.incidents.is_empty() {
        say!("Nothing was found.");
        return Ok(());
    }
    let rows: Vec<[String; 2]> = alert
        .incidents
        .iter()
        .take(MOST_SHOWN)
        .map(|incident| {
            let details = incident.details.iter().map(|(name, value)| format!("{} {}", clean(name), clean(value)));
            [incident.about(), details.collect::<Vec<_>>().join(", ")]
        })
        .collect();
    table(["Found", "Details"], &rows)?;
    if let Some(more) = alert.incidents.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
        say!("and {more} more (--json has all of them).");
    }
    Ok(())
}

/// The one alert that is meant: by its name, or by the one in its id.
fn choose<'a>(watched: &[Watched], alerts: &'a [Alert], name: &str) -> Result<&'a Alert, Failed> {
    let kind: Vec<&Alert> = alerts.iter().filter(|alert| alert.kind.eq_ignore_ascii_case(name.trim())).collect();
    if let [alert] = kind[..] {
        return Ok(alert);
    }
    // What is there is meant rather than what is not.
    for active in [true, false] {
        let choices: Vec<Choice<&Alert>> = alerts
            .iter()
            .filter(|alert| alert.active == active)
            .map(|alert| Choice {
                id: alert.id.clone(),
                name: alert.name.clone(),
                scope: alert.scope.clone(),
                what: alert,
            })
            .collect();
        match find(&choices, name, None) {
            Ok(choice) => return Ok(choice.what),
            Err(Mismatch::Unknown { .. }) => {}
            Err(Mismatch::Ambiguous { candidates, .. }) => {
                let all: Vec<String> = candidates.iter().map(|name| clean(name)).collect();
                let said = format!(
                    "\"{}\" could mean {}. Write more of the name, add --kind or --scope, or use its id.",
                    clean(name),
                    all.join(", ")
                );
                return Err(Failed::new(Exit::NoSuchRole, "ambiguous-alert", said));
            }
        }
    }
    // Perhaps it is among what could not be read.
    let unread = watched.iter().filter_map(|watched| watched.found.as_ref().err());
    let mut failed = unread.filter(|problem| Standing::after(Some(problem)) != Standing::NotAsked);
    Err(failed.next().map_or_else(
        || {
            let said = format!("No alert matches \"{}\". `pim alerts list --all` shows them.", clean(name));
            Failed::new(Exit::NoSuchRole, "unknown-alert", said)
        },
        |problem| problem.clone().into(),
    ))
}
