//! `pim report`.

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    cloud::SEARCH_GROUPS,
    manage::{
        Office,
        assignments::{Change, Done, last},
        standing::{Advice, Missing, Replacement, Report},
    },
    model::{Holding, Kind, Principal},
    problem::Problem,
    view::{Account, View},
};
use serde::Serialize;

use super::assignments::{FailedRow, Row, places};
use crate::{
    args::{self, Look, Standing},
    confirm::confirm,
    failed::{Exit, Failed},
    matching::fold,
    output::{self, clean, kind_words, moment, table},
    session::Session,
};

/// `pim report standing`
#[derive(Serialize)]
struct Standings<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    days: u16,
    permanent: Vec<PermanentRow<'a>>,
    stale: Vec<StaleRow<'a>>,
    nested: Vec<NestedRow<'a>>,
    missing: Vec<MissingRow<'a>>,
}

#[derive(Serialize)]
struct PermanentRow<'a> {
    #[serde(flatten)]
    held: Row<'a>,
    /// What would be done, in this order.
    proposal: Vec<String>,
    keep: Option<&'a str>,
}

#[derive(Serialize)]
struct StaleRow<'a> {
    #[serde(flatten)]
    held: Row<'a>,
    last: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
struct NestedRow<'a> {
    #[serde(flatten)]
    held: Row<'a>,
    member: &'a Principal,
    groups: Vec<&'a Principal>,
}

#[derive(Serialize)]
struct MissingRow<'a> {
    what: &'static str,
    kind: Option<Kind>,
    problem: &'a Problem,
}

/// `pim report standing --apply`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    dry_run: bool,
    done: Vec<DoneRow<'a>>,
    failed: Vec<FailedRow<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DoneRow<'a> {
    name: &'a str,
    scope: Option<&'a str>,
    person: &'a Principal,
    pending: bool,
    looked_up: bool,
}

/// Reports.
pub async fn report(session: &mut Session, command: args::Report, json: bool) -> Result<(), Failed> {
    let args::Report::Standing(options) = command;
    standing(session, &options, json).await
}

async fn standing(session: &mut Session, options: &Standing, json: bool) -> Result<(), Failed> {
    if !options.apply && (options.change.yes || options.change.dry_run) {
        return Err(Failed::new(Exit::Usage, "nothing-to-apply", "--yes and --dry-run go with --apply."));
    }
    let kinds = args::Kind::or_all(options.kind);
    let (office, view) = session.office(&kinds).await?;
    let look = Look { kind: options.kind, eligible: false, active: false, place: options.place.clone() };
    let places = Box::pin(places(&office, &look)).await?;
    if options.allow {
        // Whoever says no gets the rest, and is told.
        let _ = office.permit(SEARCH_GROUPS).await;
    }
    let mut report = Box::pin(office.standing(&kinds, &places, TimeDelta::days(options.days.into()))).await;
    if let Some(problem) = nothing(&report, &kinds) {
        return Err(Failed::from(problem.clone()));
    }
    let words: Vec<String> = options.filter.iter().map(|word| fold(word)).collect();
    let meant = |held: &Holding, also: &str| {
        let username = held.principal.username.as_deref().unwrap_or_default();
        let text = fold(&format!("{} {username} {also} {}", held.principal.called(), held.title()));
        words.iter().all(|word| text.contains(word))
    };
    report.permanent.retain(|row| meant(&row.held, ""));
    report.stale.retain(|row| meant(&row.held, ""));
    report.nested.retain(|row| meant(&row.held, &row.person.called()));
    if options.apply {
        return apply(&office, &view, report, options, json).await;
    }
    let now = office.now();
    if json {
        return Ok(output::json(&Standings::of(&report, options.days, now, &view))?);
    }
    tell(&report, options.days, now)
}

/// Why nothing at all could be looked at, if so.
fn nothing<'a>(report: &'a Report, kinds: &[Kind]) -> Option<&'a Problem> {
    let refused = |kind: &Kind| report.missing.iter().find(|(what, _)| *what == Missing::Holdings(*kind));
    let found = !(report.permanent.is_empty() && report.stale.is_empty() && report.nested.is_empty());
    let all: Option<Vec<&Problem>> = kinds.iter().map(|kind| refused(kind).map(|(_, problem)| problem)).collect();
    all.filter(|_| !found)?.into_iter().next()
}

fn tell(report: &Report, days: u16, now: DateTime<Utc>) -> Result<(), Failed> {
    let scope = |held: &Holding| held.scope.as_deref().map_or_else(String::new, clean);
    let unknown =
        |parts: &[fn(&Missing) -> bool]| report.missing.iter().any(|(what, _)| parts.iter().any(|part| part(what)));
    // Of what could not be looked at nobody knows that there is nothing.
    let none = |what: &str, parts: &[fn(&Missing) -> bool]| {
        say!("{what}: {}.", if unknown(parts) { "none that is known of" } else { "none" });
    };
    let holdings: fn(&Missing) -> bool = |what| matches!(what, Missing::Holdings(_));
    let activations: fn(&Missing) -> bool = |what| matches!(what, Missing::Activations(_));
    let members: fn(&Missing) -> bool = |what| *what == Missing::Members;
    if report.permanent.is_empty() {
        none("Privileged and active for good", &[holdings]);
    } else {
        say!("Privileged and active for good:");
        let line = |held: &Holding, advice: &Advice| {
            let advice = match advice {
                Advice::Replace(replacement) if replacement.eligible.is_none() => {
                    "take away: eligible already".to_owned()
                }
                Advice::Replace(_) => "make eligible".to_owned(),
                Advice::Keep(why) => format!("keep: {why}"),
            };
            [clean(&held.role), scope(held), held.principal.called(), advice]
        };
        let lines: Vec<_> = report.permanent.iter().map(|row| line(&row.held, &row.advice)).collect();
        table(["Role", "Scope", "Who", "Proposal"], &lines)?;
    }
    let unused = format!("Eligible, and not activated for {days} days");
    if report.stale.is_empty() {
        none(&unused, &[holdings, activations, members]);
    } else {
        say!("\n{unused}:");
        let last = |last: Option<DateTime<Utc>>| last.map_or_else(|| "never".to_owned(), |last| moment(last, now));
        let line = |held: &Holding, at| [clean(&held.role), scope(held), held.principal.called(), last(at)];
        let lines: Vec<_> = report.stale.iter().map(|row| line(&row.held, row.last)).collect();
        table(["Role", "Scope", "Who", "Last activated"], &lines)?;
    }
    if report.nested.is_empty() {
        none("Through a group within a group", &[holdings, members]);
    } else {
        say!("\nThrough a group within a group:");
        let lines: Vec<_> = report
            .nested
            .iter()
            .map(|row| {
                let way: Vec<String> = row.through.iter().map(Principal::called).collect();
                [clean(&row.held.role), scope(&row.held), row.person.called(), way.join(" > ")]
            })
            .collect();
        table(["Role", "Scope", "Who", "Through"], &lines)?;
    }
    if report.permanent.iter().any(|row| matches!(row.advice, Advice::Replace(_))) {
        say!("\n`pim report standing --apply` does what is proposed.");
    }
    for (what, problem) in &report.missing {
        say!("{}: {} ({})", missing(*what), clean(&problem.message), clean(&problem.code));
    }
    Ok(())
}

fn missing(what: Missing) -> String {
    match what {
        Missing::Holdings(kind) => format!("{} are not all looked at", kind_words(kind).0),
        Missing::Privileged => "Which roles are privileged is not known, so all count".into(),
        Missing::Activations(kind) => format!("{}: when they were activated is not known", kind_words(kind).0),
        Missing::Members => "Who is in groups is not known".into(),
    }
}

async fn apply(office: &Office, view: &View, report: Report, options: &Standing, json: bool) -> Result<(), Failed> {
    let now = office.now();
    let reason = options.reason.as_deref().unwrap_or_default();
    let ticket = args::ticket(options.ticket.as_ref(), options.ticket_system.as_ref());
    let proposed = report.permanent.into_iter().filter_map(|row| match row.advice {
        Advice::Replace(replacement) => Some(*replacement),
        Advice::Keep(_) => None,
    });
    let replacements: Vec<Replacement> = proposed.map(|each| each.because(reason, ticket.as_ref())).collect();
    if replacements.is_empty() && !json {
        say!("Nothing is proposed.");
        return Ok(());
    }
    let all: Vec<Change> = replacements.iter().flat_map(steps).cloned().collect();
    let held = office.concerned(&all).await?;
    let foreseen = office.foresee(&all, &held).await;
    let refused = all.iter().zip(foreseen).filter_map(|(change, problem)| Some((change, problem?)));
    let refused: Vec<(&Change, Problem)> = refused.collect();
    if !refused.is_empty() {
        if json {
            output::json(&Outcome {
                account: output::account(view),
                now,
                dry_run: options.change.dry_run,
                done: Vec::new(),
                failed: refused.iter().map(|(change, problem)| FailedRow::of(change, problem)).collect(),
            })?;
        } else {
            eprintln!("pim: Nothing was sent, since not all of it can be done.");
        }
        let failures = refused.iter().map(|(change, problem)| Failed::not_sent(problem.clone()).about(&change.about()));
        return Failed::together(failures.collect(), json);
    }
    for risk in last::caused(&all, &held, now).iter().filter(|_| !json) {
        eprintln!("Risk after this: {}", clean(&risk.message));
    }
    if !options.change.dry_run && !all.is_empty() {
        confirm(options.change, &sentences(&all, now))?;
    }
    office.permit_changes(&all).await?;
    let outcomes = if options.change.dry_run {
        rehearse(office, &replacements).await
    } else {
        office.replace(&replacements).await
    };
    let mut done = Vec::new();
    let mut failed: Vec<(usize, Failed)> = Vec::new();
    for (at, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Ok(outcome) => done.push((at, outcome)),
            Err(problem) => failed.push((at, Failed::from(problem).about(&replacements[at].removal.about()))),
        }
    }
    let row = |at: usize| &replacements[at].removal;
    if json {
        output::json(&Outcome {
            account: output::account(view),
            now,
            dry_run: options.change.dry_run,
            done: done.iter().map(|(at, done)| DoneRow::of(row(*at), *done)).collect(),
            failed: failed.iter().map(|(at, failed)| FailedRow::of(row(*at), &failed.problem)).collect(),
        })?;
    } else {
        let word = if options.change.dry_run { "The service would do it" } else { "Done" };
        for (at, _) in &done {
            for sentence in sentences(steps(&replacements[*at]), now) {
                say!("{word}: {sentence}.");
            }
        }
    }
    Failed::together(failed.into_iter().map(|(_, failure)| failure).collect(), json)
}

/// What the services would say: to the eligibility, and to taking the assignment away.
async fn rehearse(office: &Office, replacements: &[Replacement]) -> Vec<Result<Done, Problem>> {
    let all: Vec<Change> = replacements.iter().flat_map(steps).cloned().collect();
    let mut rehearsed = office.rehearse(&all).await.into_iter();
    let mut outcomes = Vec::new();
    for replacement in replacements {
        let said: Vec<Result<(), Problem>> = rehearsed.by_ref().take(steps(replacement).count()).collect();
        let refused = said.into_iter().find_map(Result::err);
        outcomes.push(refused.map_or(Ok(Done { looked_up: false, pending: false }), Err));
    }
    outcomes
}

/// What is done, in this order.
fn steps(replacement: &Replacement) -> impl Iterator<Item = &Change> {
    replacement.eligible.iter().chain([&replacement.removal])
}

fn sentences<'a>(changes: impl IntoIterator<Item = &'a Change>, now: DateTime<Utc>) -> Vec<String> {
    changes.into_iter().map(|change| change.sentence(|at| moment(at, now))).collect()
}

impl<'a> Standings<'a> {
    fn of(report: &'a Report, days: u16, now: DateTime<Utc>, view: &'a View) -> Self {
        let row = |held| Row::of(held, None, now);
        let permanent = report.permanent.iter().map(|found| {
            let (proposal, keep) = match &found.advice {
                Advice::Replace(replacement) => (sentences(steps(replacement), now), None),
                Advice::Keep(why) => (Vec::new(), Some(why.as_str())),
            };
            PermanentRow { held: row(&found.held), proposal, keep }
        });
        let stale = report.stale.iter().map(|found| StaleRow { held: row(&found.held), last: found.last });
        let nested = report.nested.iter().map(|found| NestedRow {
            held: row(&found.held),
            member: &found.person,
            groups: found.through.iter().collect(),
        });
        let missing = report.missing.iter().map(|(what, problem)| {
            let (what, kind) = match what {
                Missing::Holdings(kind) => ("holdings", Some(*kind)),
                Missing::Privileged => ("privileged", None),
                Missing::Activations(kind) => ("activations", Some(*kind)),
                Missing::Members => ("members", None),
            };
            MissingRow { what, kind, problem }
        });
        Self {
            account: output::account(view),
            now,
            days,
            permanent: permanent.collect(),
            stale: stale.collect(),
            nested: nested.collect(),
            missing: missing.collect(),
        }
    }
}

impl<'a> DoneRow<'a> {
    fn of(removal: &'a Change, done: Done) -> Self {
        Self {
            name: &removal.role,
            scope: removal.scope.as_deref(),
            person: &removal.principal,
            pending: done.pending,
            looked_up: done.looked_up,
        }
    }
}
