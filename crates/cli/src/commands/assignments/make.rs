//! Giving, taking away, and moving ends. All of it is found and judged before anything of it is sent.

use std::collections::BTreeSet;

use chrono::{DateTime, Local, Utc};
use pim::{
    manage::{
        Office,
        assignments::{Change, Done, End, last},
    },
    model::{AdminAction, Holding, Kind, Principal, PrincipalKind, Side},
    problem::Problem,
    view::{Account, View},
};
use serde::Serialize;

use super::{all, find, read};
use crate::{
    args::{self, AddAssignment, Chosen, Ends, MoveAssignment},
    confirm::confirm,
    failed::{Exit, Failed},
    matching::{Choice, Mismatch},
    output::{self, clean, moment},
    session::Session,
};

/// `pim assignments add`, `renew`, `remove` and `extend`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    dry_run: bool,
    done: Vec<DoneRow<'a>>,
    failed: Vec<FailedRow<'a>>,
    risks: &'a [last::Risk],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DoneRow<'a> {
    action: AdminAction,
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    person: &'a Principal,
    side: Side,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    pending: bool,
    looked_up: bool,
}

/// What was not done, and why.
#[derive(Serialize)]
pub(in crate::commands) struct FailedRow<'a> {
    name: &'a str,
    scope: Option<&'a str>,
    person: &'a Principal,
    problem: &'a Problem,
}

/// Gives a role, or gives it again.
pub async fn give(
    session: &mut Session,
    action: AdminAction,
    options: &AddAssignment,
    json: bool,
) -> Result<(), Failed> {
    let AddAssignment { role, to, to_group, to_app, kind, scope, active, ends, start, reason, .. } = options;
    let (office, view) = session.office(&args::Kind::or_all(Some(*kind))).await?;
    let now = office.now();
    let start = match start {
        None => None,
        Some(start) => Some(start.instant(now, &Local).ok_or_else(skipped)?).filter(|start| *start > now),
    };
    let end = end(ends, start.unwrap_or(now), now)?;
    let role = find::role(&office, *kind, role, scope.as_deref()).await?;
    let wanted =
        [(PrincipalKind::User, to), (PrincipalKind::Group, to_group), (PrincipalKind::ServicePrincipal, to_app)];
    let mut changes = Vec::new();
    let mut known = BTreeSet::new();
    for (kind, names) in wanted {
        for name in names {
            let principal = find::principal(&office, kind, name).await?;
            if !known.insert(principal.id.to_ascii_lowercase()) {
                continue;
            }
            let side = if *active { Side::Active } else { Side::Eligible };
            let role = (role.key.clone(), role.name.clone(), role.scope.clone());
            let giving = Change::giving(side, role, principal, (start, end), reason.trim());
            changes.push(Change { action, ticket: options.ticketed.ticket(), ..giving });
        }
    }
    let held = office.concerned(&changes).await?;
    go(&office, &view, &changes, &held, options.change, json).await
}

/// Takes away what is named.
pub async fn remove(session: &mut Session, options: &Chosen, json: bool) -> Result<(), Failed> {
    let (office, view) = session.office(&args::Kind::or_all(options.look.kind)).await?;
    let held = chosen(&office, options).await?;
    let taking = |held| Change::taking(held, options.reason.trim()).with_ticket(options.ticketed.ticket());
    let changes: Vec<Change> = held.iter().map(taking).collect();
    let held = office.concerned(&changes).await?;
    go(&office, &view, &changes, &held, options.change, json).await
}

/// Moves the end of what is named.
pub async fn extend(session: &mut Session, options: &MoveAssignment, json: bool) -> Result<(), Failed> {
    let MoveAssignment { chosen: names, ends, .. } = options;
    let (office, view) = session.office(&args::Kind::or_all(names.look.kind)).await?;
    let now = office.now();
    let end = end(ends, now, now)?;
    let held = chosen(&office, names).await?;
    let moving = |held| Change::moving(held, end, names.reason.trim()).with_ticket(names.ticketed.ticket());
    let changes: Vec<Change> = held.iter().map(moving).collect();
    let held = office.concerned(&changes).await?;
    go(&office, &view, &changes, &held, names.change, json).await
}

fn skipped() -> Failed {
    Failed::new(Exit::Usage, "moment", "No clock here ever shows that time.")
}

fn end(ends: &Ends, start: DateTime<Utc>, now: DateTime<Utc>) -> Result<End, Failed> {
    match (&ends.length, &ends.until) {
        (Some(length), _) => start.checked_add_signed(*length).map(End::At).ok_or_else(skipped),
        (None, Some(until)) => until.instant(now, &Local, true).map(End::At).ok_or_else(skipped),
        (None, None) => Ok(End::Permanent),
    }
}

/// Judges, asks, and sends: all of it or, where something is known to be refused, nothing.
async fn go(
    office: &Office,
    view: &View,
    changes: &[Change],
    held: &[Holding],
    change: args::Change,
    json: bool,
) -> Result<(), Failed> {
    let now = office.now();
    let foreseen = office.foresee(changes, held).await;
    let mut failed: Vec<(usize, Failed)> = Vec::new();
    for (at, problem) in foreseen.into_iter().enumerate() {
        if let Some(problem) = problem {
            failed.push((at, Failed::not_sent(problem).about(&changes[at].about())));
        }
    }
    if !failed.is_empty() {
        if !json && changes.len() > failed.len() {
            eprintln!("pim: Nothing was sent, since not all of it can be done.");
        }
        return tell(office, view, changes, (change.dry_run, &[]), &[], failed, json);
    }
    let risks = last::caused(changes, held, now);
    let sentences: Vec<String> = changes.iter().map(|change| change.sentence(|at| moment(at, now))).collect();
    for risk in risks.iter().filter(|_| !json) {
        eprintln!("Risk after this: {}", clean(&risk.message));
    }
    if !change.dry_run {
        confirm(change, &sentences)?;
    }
    office.permit_changes(changes).await?;
    let outcomes: Vec<Result<Done, Problem>> = if change.dry_run {
        let rehearsed = office.rehearse(changes).await;
        rehearsed.into_iter().map(|outcome| outcome.map(|()| Done { looked_up: false, pending: false })).collect()
    } else {
        office.change(changes).await
    };
    let mut done = Vec::new();
    for (at, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Ok(outcome) => done.push((at, outcome)),
            Err(problem) => failed.push((at, Failed::from(problem).about(&changes[at].about()))),
        }
    }
    tell(office, view, changes, (change.dry_run, &risks), &done, failed, json)
}

fn tell(
    office: &Office,
    view: &View,
    changes: &[Change],
    (dry_run, risks): (bool, &[last::Risk]),
    done: &[(usize, Done)],
    failed: Vec<(usize, Failed)>,
    json: bool,
) -> Result<(), Failed> {
    let now = office.now();
    if json {
        output::json(&Outcome {
            account: output::account(view),
            now,
            dry_run,
            done: done.iter().map(|(at, done)| DoneRow::of(&changes[*at], *done)).collect(),
            failed: failed.iter().map(|(at, failed)| FailedRow::of(&changes[*at], &failed.problem)).collect(),
            risks,
        })?;
    } else {
        for (at, Done { looked_up, pending }) in done {
            let sentence = changes[*at].sentence(|at| moment(at, now));
            let note = match (looked_up, pending) {
                (true, _) => " (The answer was lost; that it was done was looked up.)",
                (false, true) => " (The service has taken it, and is not done with it yet.)",
                (false, false) => "",
            };
            say!("{}: {sentence}.{note}", if dry_run { "The service would do it" } else { "Done" });
        }
    }
    Failed::together(failed.into_iter().map(|(_, failure)| failure).collect(), json)
}

/// Those that are meant, each once.
async fn chosen(office: &Office, options: &Chosen) -> Result<Vec<Holding>, Failed> {
    let held = read(office, &options.look).await?;
    let now = office.now();
    let choices: Vec<Choice<&Holding>> = all(&held)
        .filter(|held| !held.over(now))
        .map(|held| Choice {
            id: held.id.clone(),
            // By whose it is, and which role.
            name: format!("{}: {}", held.principal.called(), clean(&held.role)),
            scope: held.scope.clone(),
            what: held,
        })
        .collect();
    let mut chosen: Vec<Holding> = Vec::new();
    for name in &options.names {
        let choice = crate::matching::find(&choices, name, options.scope.as_deref()).map_err(unclear)?;
        if !chosen.iter().any(|known| known.id == choice.id && known.side == choice.what.side) {
            chosen.push(choice.what.clone());
        }
    }
    Ok(chosen)
}

fn unclear(mismatch: Mismatch) -> Failed {
    match mismatch {
        Mismatch::Unknown { name, .. } => {
            let said = format!("Nobody's assignment matches \"{}\". `pim assignments` lists them all.", clean(&name));
            Failed::new(Exit::NoSuchRole, "unknown-assignment", said)
        }
        ambiguous @ Mismatch::Ambiguous { .. } => {
            let said = format!("{} --kind, --eligible and --active narrow it, too.", clean(&ambiguous.to_string()));
            Failed::new(Exit::NoSuchRole, "ambiguous-assignment", said)
        }
    }
}

impl<'a> DoneRow<'a> {
    fn of(change: &'a Change, done: Done) -> Self {
        Self {
            action: change.action,
            kind: change.key.kind,
            name: &change.role,
            scope: change.scope.as_deref(),
            person: &change.principal,
            side: change.side,
            start: change.start,
            end: change.end.at(),
            pending: done.pending,
            looked_up: done.looked_up,
        }
    }
}

impl<'a> FailedRow<'a> {
    /// Of a change.
    pub(in crate::commands) fn of(change: &'a Change, problem: &'a Problem) -> Self {
        Self { name: &change.role, scope: change.scope.as_deref(), person: &change.principal, problem }
    }
}
