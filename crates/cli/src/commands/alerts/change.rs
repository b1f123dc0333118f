//! `pim alerts refresh` and `pim alerts dismiss`.

use pim::{
    cloud::{ALERTING, ALERTS},
    failure::Failure,
    manage::{
        Office,
        alerts::{Look, Watched},
    },
    model::{Alert, Kind},
    view::View,
};

use super::{
    all, choose, kinds, read,
    shapes::{Done, FailedRow, Outcome},
};
use crate::{
    args::{AlertKind, Change, Place},
    confirm::confirm,
    failed::Failed,
    output::{self, clean},
    session::Session,
};

/// What was done and what was not, with what to call each.
#[derive(Default)]
struct Outcomes {
    done: Vec<(Done, String)>,
    failed: Vec<(String, Failed)>,
}

/// Has the service look again.
pub async fn refresh(
    session: &mut Session,
    names: &[String],
    place: &Place,
    wait: bool,
    json: bool,
) -> Result<(), Failed> {
    let mut place = place.clone();
    if names.is_empty() && place.kind.is_none() && place.scope.is_none() {
        // All of Azure's scopes would be many requests: that is said.
        place.kind = Some(AlertKind::Directory);
    }
    let (office, view) = session.office(&kinds(&place)).await?;
    let looks: Vec<Look> = if !names.is_empty() {
        meant(&read(&office, &place, ALERTING).await?, names)?
            .into_iter()
            .map(|alert| Look::One(Box::new(alert)))
            .collect()
    } else if kinds(&place).contains(&Kind::AzureResource) {
        let mut scopes: Vec<String> =
            all(&read(&office, &place, ALERTING).await?).into_iter().filter_map(|alert| alert.scope).collect();
        scopes.sort();
        scopes.dedup();
        scopes.into_iter().map(Look::Scope).collect()
    } else {
        office.permit(ALERTING).await?;
        vec![Look::Directory]
    };
    let mut outcomes = Outcomes::default();
    for look in &looks {
        let (id, title) = match look {
            Look::Directory => ("/".to_owned(), "the directory".to_owned()),
            Look::Scope(scope) => (scope.clone(), clean(scope)),
            Look::One(alert) => (alert.id.clone(), clean(&alert.title())),
        };
        match office.look_again(look, wait).await {
            Ok(finished) => {
                let word = if finished { "Looked at" } else { "Looking at" };
                outcomes.done.push((Done { id, finished, looked_up: false }, format!("{word} {title}.")));
            }
            Err(failure) => outcomes.failed.push((id, told(&failure, &title))),
        }
    }
    tell(&office, &view, false, outcomes, json)
}

/// Dismisses alerts.
pub async fn dismiss(
    session: &mut Session,
    names: &[String],
    place: &Place,
    change: Change,
    json: bool,
) -> Result<(), Failed> {
    let (office, view) = session.office(&kinds(place)).await?;
    // Whoever only wants to see what would be sent need not be allowed to send it.
    let permission = if change.dry_run { ALERTS } else { ALERTING };
    let chosen = meant(&read(&office, place, permission).await?, names)?;
    let sentence = |alert: &Alert| {
        let found = if alert.count == 1 { "1 finding".into() } else { format!("{} findings", alert.count) };
        format!("Dismiss \"{}\" with {found}, until there is a new one", clean(&alert.title()))
    };
    let mut outcomes = Outcomes::default();
    if change.dry_run {
        for alert in &chosen {
            let done = Done { id: alert.id.clone(), finished: false, looked_up: false };
            outcomes.done.push((done, format!("Would be sent: {}.", sentence(alert))));
        }
    } else {
        confirm(change, &chosen.iter().map(sentence).collect::<Vec<_>>())?;
        for (alert, outcome) in chosen.iter().zip(office.dismiss(&chosen).await) {
            let id = alert.id.clone();
            match outcome {
                Ok(looked_up) => {
                    let note = if looked_up { " (The answer was lost; that it was done was looked up.)" } else { "" };
                    let said = format!("Done: {}.{note}", sentence(alert));
                    outcomes.done.push((Done { id, finished: true, looked_up }, said));
                }
                Err(failure) => outcomes.failed.push((id, told(&failure, &clean(&alert.title())))),
            }
        }
    }
    tell(&office, &view, change.dry_run, outcomes, json)
}

/// Those that are meant, each once.
fn meant(watched: &[Watched], names: &[String]) -> Result<Vec<Alert>, Failed> {
    let found = all(watched);
    let mut chosen: Vec<Alert> = Vec::new();
    for name in names {
        let alert = choose(watched, &found, name)?;
        if !chosen.iter().any(|known| known.id == alert.id) {
            chosen.push(alert.clone());
        }
    }
    Ok(chosen)
}

fn told(failure: &Failure, title: &str) -> Failed {
    Failed::from(failure.problem().clone()).about(title)
}

fn tell(office: &Office, view: &View, dry_run: bool, outcomes: Outcomes, json: bool) -> Result<(), Failed> {
    let Outcomes { done, failed } = outcomes;
    if json {
        let failed = failed.iter().map(|(id, failed)| FailedRow { id, problem: &failed.problem }).collect();
        let done = done.into_iter().map(|(done, _)| done).collect();
        output::json(&Outcome { account: output::account(view), now: office.now(), dry_run, done, failed })?;
    } else {
        for (_, said) in &done {
            say!("{said}");
        }
    }
    Failed::together(failed.into_iter().map(|(_, failure)| failure).collect(), json)
}
