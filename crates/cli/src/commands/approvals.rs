//! `pim approvals`.

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    manage::{
        Office,
        approvals::{Earlier, PendingApproval, Person, Undecided, Waiting, Wish, spoken},
    },
    model::{Kind, Ticket, Verdict},
    problem::Problem,
    view::{Account, View},
};
use serde::Serialize;

use crate::{
    args::{self, Approvals, ApprovalsCommand, Decide},
    confirm::confirm,
    failed::{Exit, Failed},
    matching::{Choice, Mismatch, Named, find, fold},
    output::{self, Answer, Source, Standing, clean, moment, nothing_answered, table},
    session::Session,
};

/// `pim approvals`
#[derive(Serialize)]
struct List<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    sources: Vec<Source<'a>>,
    approvals: Vec<Row<'a>>,
}

/// A request that waits.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    id: &'a str,
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    person: &'a Person,
    reason: Option<&'a str>,
    ticket: Option<&'a Ticket>,
    start: Option<DateTime<Utc>>,
    minutes: Option<i64>,
    at: Option<DateTime<Utc>>,
    deadline: Option<DateTime<Utc>>,
    seconds_left: Option<i64>,
    before: Option<&'a [Earlier]>,
}

/// `pim approvals approve` and `pim approvals deny`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    dry_run: bool,
    decided: Vec<DecidedRow<'a>>,
    failed: Vec<FailedRow<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DecidedRow<'a> {
    id: &'a str,
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    person: &'a Person,
    verdict: Verdict,
    looked_up: bool,
}

#[derive(Serialize)]
struct FailedRow<'a> {
    id: &'a str,
    problem: &'a Problem,
}

/// Lists what waits, or decides on it.
pub async fn approvals(session: &mut Session, options: Approvals, json: bool) -> Result<(), Failed> {
    match options.command {
        None => list(session, options.kind, &[], json).await,
        Some(ApprovalsCommand::List { kind, filter }) => list(session, kind, &filter, json).await,
        Some(ApprovalsCommand::Approve(decide)) => self::decide(session, decide, Verdict::Approve, json).await,
        Some(ApprovalsCommand::Deny(decide)) => self::decide(session, decide, Verdict::Deny, json).await,
    }
}

async fn list(session: &mut Session, kind: Option<args::Kind>, filter: &[String], json: bool) -> Result<(), Failed> {
    let kinds = args::Kind::or_all(kind);
    let (office, view) = session.office(&kinds).await?;
    let waiting = office.approvals(&kinds).await;
    nothing_answered(&answers(&waiting))?;
    let words: Vec<String> = filter.iter().map(|word| fold(word)).collect();
    let now = office.now();
    let rows: Vec<&PendingApproval> = all(&waiting)
        .into_iter()
        .filter(|approval| {
            let text = fold(&format!("{} {}", approval.person.called(), approval.title()));
            words.iter().all(|word| text.contains(word))
        })
        .collect();
    if json {
        let sources = answers(&waiting).iter().map(Answer::source).collect();
        let approvals = rows.into_iter().map(|approval| Row::of(approval, now)).collect();
        return Ok(output::json(&List { account: output::account(&view), now, sources, approvals })?);
    }
    if rows.is_empty() {
        let matching = if words.is_empty() { "" } else { " that matches" };
        say!("No request{matching} waits for your decision.");
    } else {
        let lines: Vec<[String; 7]> = rows.into_iter().map(|approval| line(approval, now)).collect();
        table(["Who", "Asks for", "Scope", "For", "Decide within", "Reason", "Before"], &lines)?;
    }
    for missing in answers(&waiting).iter().filter_map(|answer| answer.unlisted(kind.is_some())) {
        say!("{missing}");
    }
    Ok(())
}

/// All that waits, the most urgent first.
fn all(waiting: &[Waiting]) -> Vec<&PendingApproval> {
    let mut rows: Vec<&PendingApproval> =
        waiting.iter().filter_map(|waiting| waiting.found.as_ref().ok()).flatten().collect();
    rows.sort_by_key(|approval| (approval.deadline().is_none(), approval.deadline()));
    rows
}

/// What each kind's service answered.
fn answers(waiting: &[Waiting]) -> Vec<Answer<'_>> {
    let all = waiting.iter().map(|waiting| Answer {
        kind: waiting.kind,
        refused: waiting.found.as_ref().err(),
        partly: None,
        consent: waiting.consent.as_ref(),
    });
    all.collect()
}

fn line(approval: &PendingApproval, now: DateTime<Utc>) -> [String; 7] {
    let ticket = approval.ticket.as_ref().map(|ticket| format!(" [{}]", clean(&ticket.number))).unwrap_or_default();
    let reason = approval.reason.as_deref().map_or_else(String::new, clean);
    let start = approval.start.filter(|start| *start > now).map(|start| format!(", from {}", moment(start, now)));
    let length = approval.length.map_or_else(String::new, spoken) + &start.unwrap_or_default();
    [
        approval.person.called(),
        clean(&approval.role),
        approval.scope.as_deref().map_or_else(String::new, clean),
        length,
        approval.left(now).map_or_else(String::new, left),
        format!("{reason}{ticket}"),
        approval.before.as_deref().map_or_else(String::new, |before| earlier(before, now)),
    ]
}

fn left(left: TimeDelta) -> String {
    if left > TimeDelta::zero() { spoken(left) } else { "lapsed".into() }
}

/// How often the same was given, and when last.
fn earlier(before: &[Earlier], now: DateTime<Utc>) -> String {
    let same = before.iter().filter(|earlier| earlier.same && earlier.granted);
    match (before.len(), same.clone().count(), same.map(|earlier| earlier.at).max()) {
        (0, ..) => "nothing".into(),
        (other, 0, _) => format!("not this, {other} other"),
        (_, times, Some(last)) => format!("{times} ×, last {}", moment(last, now)),
        (_, times, None) => format!("{times} ×"),
    }
}

async fn decide(session: &mut Session, options: Decide, verdict: Verdict, json: bool) -> Result<(), Failed> {
    let Decide { requests, scope, kind, reason, change, .. } = options;
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Failed::new(Exit::NotSent, "no-reason", "A decision takes a reason (--reason). Nothing was sent."));
    }
    let kinds = args::Kind::or_all(kind);
    let (office, view) = session.office(&kinds).await?;
    let waiting = office.approvals(&kinds).await;
    nothing_answered(&answers(&waiting))?;
    let chosen = choose(&waiting, &requests, scope.as_deref())?;
    let sentences: Vec<String> = chosen.iter().map(|approval| approval.sentence(verdict)).collect();
    let (done, failed) = if change.dry_run {
        rehearse(&office, &chosen).await
    } else {
        confirm(change, &sentences)?;
        carry_out(&office, &chosen, verdict, &reason).await
    };
    tell(&view, &office, &chosen, (verdict, change.dry_run), &done, failed, json)
}

/// What was decided (and whether that was looked up), by its place, and what was not.
type Outcomes = (Vec<(usize, bool)>, Vec<(usize, Failed)>);

async fn rehearse(office: &Office, chosen: &[PendingApproval]) -> Outcomes {
    let looked = office.look_at(chosen).await;
    split(chosen, looked.into_iter().map(|looked| looked.map(|_| false)))
}

async fn carry_out(office: &Office, chosen: &[PendingApproval], verdict: Verdict, reason: &str) -> Outcomes {
    let wishes: Vec<Wish> =
        chosen.iter().map(|approval| Wish { approval: approval.clone(), verdict, reason: reason.to_owned() }).collect();
    let outcomes = office.decide(&wishes).await;
    split(chosen, outcomes.into_iter().map(|outcome| outcome.map(|decided| decided.looked_up)))
}

fn split(chosen: &[PendingApproval], outcomes: impl Iterator<Item = Result<bool, Undecided>>) -> Outcomes {
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for (at, outcome) in outcomes.enumerate() {
        match outcome {
            Ok(looked_up) => done.push((at, looked_up)),
            Err(undecided) => {
                let problem = undecided.problem();
                let failure = match undecided {
                    Undecided::Own | Undecided::Elsewhere(_) => Failed::not_sent(problem),
                    _ => problem.into(),
                };
                let about = format!("{}, {}", chosen[at].person.called(), chosen[at].title());
                failed.push((at, failure.about(&about)));
            }
        }
    }
    (done, failed)
}

fn tell(
    view: &View,
    office: &Office,
    chosen: &[PendingApproval],
    (verdict, dry_run): (Verdict, bool),
    done: &[(usize, bool)],
    failed: Vec<(usize, Failed)>,
    json: bool,
) -> Result<(), Failed> {
    if json {
        output::json(&Outcome {
            account: output::account(view),
            now: office.now(),
            dry_run,
            decided: done.iter().map(|(at, looked_up)| DecidedRow::of(&chosen[*at], verdict, *looked_up)).collect(),
            failed: failed
                .iter()
                .map(|(at, failed)| FailedRow { id: &chosen[*at].id, problem: &failed.problem })
                .collect(),
        })?;
    } else {
        for (at, looked_up) in done {
            let sentence = chosen[*at].sentence(verdict);
            let note = if *looked_up { " (The answer was lost; that it was done was looked up.)" } else { "" };
            say!("{}: {sentence}.{note}", if dry_run { "Would be sent" } else { "Done" });
        }
    }
    Failed::together(failed.into_iter().map(|(_, failure)| failure).collect(), json)
}

/// Those that are meant, each once.
fn choose(waiting: &[Waiting], names: &[String], scope: Option<&str>) -> Result<Vec<PendingApproval>, Failed> {
    let choices: Vec<Choice<&PendingApproval>> = all(waiting)
        .into_iter()
        .map(|approval| Choice {
            id: approval.id.clone(),
            // By whoever asks, and what for.
            name: format!("{}: {}", approval.person.called(), clean(&approval.role)),
            scope: approval.scope.clone(),
            what: approval,
        })
        .collect();
    if choices.is_empty() {
        // Perhaps it waits among what could not be read.
        let unread = waiting.iter().filter_map(|waiting| waiting.found.as_ref().err());
        let mut failed = unread.filter(|problem| Standing::after(Some(problem)) != Standing::NotAsked);
        return Err(failed.next().map_or_else(
            || Failed::new(Exit::NoSuchRole, "no-request", "No request waits for your decision."),
            |problem| problem.clone().into(),
        ));
    }
    if names.is_empty() {
        let wanted = scope.map(fold);
        let meant = |choice: &&Choice<_>| {
            wanted.as_ref().is_none_or(|wanted| fold(choice.scope().unwrap_or("/ directory")).contains(wanted))
        };
        let meant: Vec<_> = choices.iter().filter(meant).map(|choice| choice.what.clone()).collect();
        if meant.is_empty() {
            return Err(unknown(scope.unwrap_or_default()));
        }
        return Ok(meant);
    }
    let mut chosen: Vec<PendingApproval> = Vec::new();
    for name in names {
        let by_id = choices.iter().find(|choice| choice.what.approval_id.eq_ignore_ascii_case(name.trim()));
        let choice = match by_id {
            Some(choice) => choice,
            None => find(&choices, name, scope).map_err(|mismatch| match mismatch {
                Mismatch::Unknown { name, .. } => unknown(&name),
                ambiguous @ Mismatch::Ambiguous { .. } => {
                    Failed::new(Exit::NoSuchRole, "ambiguous-request", ambiguous.to_string())
                }
            })?,
        };
        if !chosen.iter().any(|known| known.id == choice.id) {
            chosen.push(choice.what.clone());
        }
    }
    Ok(chosen)
}

fn unknown(name: &str) -> Failed {
    let said =
        format!("No request that waits for you matches \"{}\". `pim approvals` shows those that do.", clean(name));
    Failed::new(Exit::NoSuchRole, "unknown-request", said)
}

impl<'a> Row<'a> {
    fn of(approval: &'a PendingApproval, now: DateTime<Utc>) -> Self {
        Self {
            id: &approval.id,
            kind: approval.kind(),
            name: &approval.role,
            scope: approval.scope.as_deref(),
            person: &approval.person,
            reason: approval.reason.as_deref(),
            ticket: approval.ticket.as_ref(),
            start: approval.start,
            minutes: approval.length.map(|length| length.num_minutes()),
            at: approval.created,
            deadline: approval.deadline(),
            seconds_left: approval.left(now).map(|left| left.num_seconds()),
            before: approval.before.as_deref(),
        }
    }
}

impl<'a> DecidedRow<'a> {
    fn of(approval: &'a PendingApproval, verdict: Verdict, looked_up: bool) -> Self {
        Self {
            id: &approval.id,
            kind: approval.kind(),
            name: &approval.role,
            scope: approval.scope.as_deref(),
            person: &approval.person,
            verdict,
            looked_up,
        }
    }
}
