//! `pim assignments`.

pub(super) mod find;
mod make;

pub(super) use make::FailedRow;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use pim::{
    cloud::SEARCH_GROUPS,
    manage::{
        Office,
        assignments::{Held, Places, last},
    },
    model::{AdminAction, Holding, Kind, MemberType, Principal, PrincipalKind, Side},
    view::Account,
};
use serde::Serialize;

use crate::{
    args::{self, Assignments, AssignmentsCommand, Look},
    failed::Failed,
    matching::fold,
    output::{self, Answer, Source, clean, kind_words, moment, nothing_answered, table},
    session::Session,
};

/// `pim assignments`
#[derive(Serialize)]
struct List<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    sources: Vec<Source<'a>>,
    assignments: Vec<Row<'a>>,
    risks: Vec<last::Risk>,
}

/// Somebody's eligibility or assignment.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row<'a> {
    id: &'a str,
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    role_id: &'a str,
    scope_id: &'a str,
    person: &'a Principal,
    through: Option<&'a str>,
    side: Side,
    activated: bool,
    direct: bool,
    permanent: bool,
    in_effect: bool,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
}

/// What somebody holds; themselves, or through this group.
struct Found {
    held: Holding,
    through: Option<String>,
}

/// Lists who holds what, or changes it.
pub async fn assignments(session: &mut Session, options: Assignments, json: bool) -> Result<(), Failed> {
    match options.command {
        None => {
            let look = Look { kind: options.kind, eligible: false, active: false, place: Vec::new() };
            list(session, &look, (false, false), &[], json).await
        }
        Some(AssignmentsCommand::List { look, permanent, members, filter }) => {
            list(session, &look, (permanent, members), &filter, json).await
        }
        Some(AssignmentsCommand::Add(options)) => make::give(session, AdminAction::Assign, &options, json).await,
        Some(AssignmentsCommand::Renew(options)) => make::give(session, AdminAction::Renew, &options, json).await,
        Some(AssignmentsCommand::Remove(options)) => make::remove(session, &options, json).await,
        Some(AssignmentsCommand::Extend(options)) => make::extend(session, &options, json).await,
    }
}

/// Which sides are meant.
fn sides(look: &Look) -> Vec<Side> {
    match (look.eligible, look.active) {
        (true, _) => vec![Side::Eligible],
        (_, true) => vec![Side::Active],
        _ => Side::ALL.to_vec(),
    }
}

/// The places that are named, looked up.
pub(super) async fn places(office: &Office, look: &Look) -> Result<Places, Failed> {
    let mut places = Places::default();
    for name in &look.place {
        match look.kind {
            Some(args::Kind::Groups) => places.groups.push(find::group(office, name).await?.id),
            Some(args::Kind::Azure) => places.scopes.push(find::azure_scope(office, name).await?.id),
            Some(args::Kind::Directory) | None => {
                let said = "--in names a group or a scope of Azure: directory roles are listed all at once.";
                return Err(Failed::new(crate::failed::Exit::Usage, "place", said));
            }
        }
    }
    Ok(places)
}

/// Reads what is asked for.
async fn read(office: &Office, look: &Look) -> Result<Vec<Held>, Failed> {
    let places = Box::pin(places(office, look)).await?;
    let held = Box::pin(office.holdings(&args::Kind::or_all(look.kind), &sides(look), &places)).await;
    nothing_answered(&answers(&held))?;
    Ok(held)
}

async fn list(
    session: &mut Session,
    look: &Look,
    (permanent, members): (bool, bool),
    filter: &[String],
    json: bool,
) -> Result<(), Failed> {
    let (office, view) = session.office(&args::Kind::or_all(look.kind)).await?;
    let held = read(&office, look).await?;
    let now = office.now();
    let words: Vec<String> = filter.iter().map(|word| fold(word)).collect();
    let mut found: Vec<Found> = all(&held).map(|held| Found { held: held.clone(), through: None }).collect();
    if members {
        name_members(&office, &mut found).await?;
    }
    let rows: Vec<&Found> = found
        .iter()
        .filter(|row| !permanent || row.held.permanent())
        .filter(|row| {
            let username = row.held.principal.username.as_deref().unwrap_or_default();
            let text = fold(&format!("{} {username} {}", row.held.principal.called(), row.held.title()));
            words.iter().all(|word| text.contains(word))
        })
        .collect();
    let directory = held.iter().find(|held| held.kind == Kind::DirectoryRole);
    let risks = directory.and_then(|held| held.found.as_ref().ok()).map(|found| last::risks(found, now));
    let risks = risks.unwrap_or_default();
    if json {
        let sources = answers(&held).iter().map(Answer::source).collect();
        let assignments = rows.into_iter().map(|row| Row::of(&row.held, row.through.as_deref(), now)).collect();
        return Ok(output::json(&List { account: output::account(&view), now, sources, assignments, risks })?);
    }
    if rows.is_empty() {
        say!("Nobody holds anything{}.", if words.is_empty() { " there" } else { " that matches" });
    } else {
        let lines: Vec<[String; 6]> = rows.into_iter().map(|row| line(row, now)).collect();
        table(["Role", "Scope", "Who", "How", "From", "Until"], &lines)?;
    }
    for risk in &risks {
        say!("Risk: {}", clean(&risk.message));
    }
    for (held, answer) in held.iter().zip(answers(&held)) {
        for missing in unanswered(held).chain(answer.unlisted(look.kind.is_some())) {
            say!("{missing}");
        }
    }
    Ok(())
}

fn all(held: &[Held]) -> impl Iterator<Item = &Holding> {
    held.iter().filter_map(|held| held.found.as_ref().ok()).flatten()
}

/// Adds those who are in the groups that hold something.
async fn name_members(office: &Office, found: &mut Vec<Found>) -> Result<(), Failed> {
    let is_group = |found: &Found| found.held.principal.kind == Some(PrincipalKind::Group);
    let groups: BTreeSet<String> =
        found.iter().filter(|found| is_group(found)).map(|found| found.held.principal.id.clone()).collect();
    if groups.is_empty() {
        return Ok(());
    }
    office.permit(SEARCH_GROUPS).await?;
    let members = office.members(groups).await?;
    let mut all = Vec::new();
    for row in found.drain(..) {
        let within = members.get(&row.held.principal.id).filter(|_| is_group(&row)).cloned().unwrap_or_default();
        let through = Some(row.held.principal.called());
        let within = within.into_iter().map(|principal| Found {
            held: Holding { principal, member_type: MemberType::Group, ..row.held.clone() },
            through: through.clone(),
        });
        let within: Vec<Found> = within.collect();
        all.push(row);
        all.extend(within);
    }
    *found = all;
    Ok(())
}

fn line(Found { held, through }: &Found, now: DateTime<Utc>) -> [String; 6] {
    let from = held.start.filter(|start| *start > now).map_or_else(String::new, |start| moment(start, now));
    [
        clean(&held.role),
        held.scope.as_deref().map_or_else(String::new, clean),
        held.principal.called(),
        through.as_ref().map_or_else(|| how(held).to_owned(), |group| format!("{}, through {group}", how(held))),
        from,
        held.end.map_or_else(|| "for ever".to_owned(), |end| moment(end, now)),
    ]
}

fn how(held: &Holding) -> &'static str {
    match (held.side, held.activated) {
        (Side::Eligible, _) => "eligible",
        (Side::Active, true) => "activated",
        (Side::Active, false) => "active",
    }
}

/// What each kind's service answered.
fn answers(held: &[Held]) -> Vec<Answer<'_>> {
    let all = held.iter().map(|held| Answer {
        kind: held.kind,
        refused: held.found.as_ref().err(),
        partly: held.missing.first().map(|(_, problem)| problem),
        consent: held.consent.as_ref(),
    });
    all.collect()
}

/// Places of a kind that did not answer.
fn unanswered(held: &Held) -> impl Iterator<Item = String> {
    let (what, _) = kind_words(held.kind);
    held.missing.iter().filter(|_| held.found.is_ok()).map(move |(place, problem)| {
        format!("{what}: {} did not answer: {} ({})", clean(place), clean(&problem.message), clean(&problem.code))
    })
}

impl<'a> Row<'a> {
    /// What is held, by somebody themselves or through a group.
    pub(super) fn of(held: &'a Holding, through: Option<&'a str>, now: DateTime<Utc>) -> Self {
        Self {
            through,
            id: &held.id,
            kind: held.key.kind,
            name: &held.role,
            scope: held.scope.as_deref(),
            role_id: &held.key.role_definition_id,
            scope_id: &held.key.scope_id,
            person: &held.principal,
            side: held.side,
            activated: held.activated,
            direct: held.member_type == MemberType::Direct,
            permanent: held.permanent(),
            in_effect: held.in_effect(now),
            start: held.start,
            end: held.end,
        }
    }
}
