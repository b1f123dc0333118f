//! The objects that `--json` prints, as docs/CLI.md documents them.

use chrono::{DateTime, Utc};
use pim::{
    model::Kind,
    problem::{Obstacle, Problem},
    timeline::{self, Stretch},
    view::{
        Account, ActiveRow, Consent, Effectiveness, EligibleRow, Hint, HistoryView, Lane, RenewalView,
        RequirementsView, RowState, SourceState, Span, View,
    },
};
use serde::Serialize;

use super::account;

/// The code of a kind that nobody has consented to.
const NOT_ASKED: &str = "not-consented";

/// `pim list`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List<'a> {
    account: Option<&'a Account>,
    as_of: Option<DateTime<Utc>>,
    sources: Vec<Source<'a>>,
    eligible: Vec<Eligible<'a>>,
}

/// A role that can be activated.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the documented JSON")]
pub struct Eligible<'a> {
    id: &'a str,
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    scope_path: &'a [String],
    narrowable: bool,
    requirements: &'a RequirementsView,
    active: bool,
    favourite: bool,
    through_group: bool,
    eligible_until: Option<DateTime<Utc>>,
    entered: bool,
}

impl<'a> Eligible<'a> {
    /// The row of a view.
    pub fn of(row: &'a EligibleRow) -> Self {
        Self {
            id: &row.id,
            kind: row.kind,
            name: &row.name,
            scope: row.scope.as_deref(),
            scope_path: &row.scope_path,
            narrowable: row.narrowable,
            requirements: &row.requirements,
            active: row.engaged,
            favourite: row.favourite,
            through_group: row.through_group,
            eligible_until: row.eligible_until,
            entered: row.entered,
        }
    }
}

impl<'a> List<'a> {
    /// Those rows of the view that `keep` wants; `kind` is the only one that was asked for.
    pub fn of(view: &'a View, kind: Option<Kind>, keep: impl Fn(&EligibleRow) -> bool) -> Self {
        let sources = view.list.sources.iter().filter(|source| kind.is_none_or(|kind| source.kind == kind));
        let eligible = view.eligible.iter().filter(|row| keep(row)).map(Eligible::of).collect();
        Self { account: account(view), as_of: view.list.as_of, sources: sources.map(Source::of).collect(), eligible }
    }
}

/// What one kind's service answered.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Source<'a> {
    kind: Kind,
    state: Standing,
    as_of: Option<DateTime<Utc>>,
    problem: Option<&'a Problem>,
    consent: Option<&'a Consent>,
}

/// How far a kind's list is to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// All of it was told.
    Answered,
    /// Something did not answer: what is not listed may be there all the same.
    Partial,
    /// The service said no.
    Refused,
    /// The network or the service did not answer.
    Unreachable,
    /// Nobody has consented to what it takes, so it was not asked.
    NotAsked,
}

impl Standing {
    pub(super) fn of(source: &SourceState) -> Self {
        match &source.problem {
            None if source.partial.is_some() => Self::Partial,
            problem => Self::after(problem.as_ref()),
        }
    }

    /// The same of something that answered as a whole, or not at all.
    pub fn after(problem: Option<&Problem>) -> Self {
        match problem {
            Some(problem) if problem.code == NOT_ASKED => Self::NotAsked,
            Some(problem) if problem.obstacle() == Obstacle::Unreachable => Self::Unreachable,
            Some(_) => Self::Refused,
            None => Self::Answered,
        }
    }
}

impl<'a> Source<'a> {
    fn of(source: &'a SourceState) -> Self {
        Self {
            kind: source.kind,
            state: Standing::of(source),
            as_of: source.as_of,
            problem: source.problem.as_ref().or(source.partial.as_ref()),
            consent: source.consent.as_ref(),
        }
    }
}

/// `pim status`, and what `activate` and `deactivate` answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    active: Vec<Active<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<Timeline<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Active<'a> {
    id: &'a str,
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    scope_path: &'a [String],
    through_group: bool,
    state: &'a RowState,
    activated: bool,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    seconds_left: Option<i64>,
    reason: Option<&'a str>,
    renewal: Option<&'a RenewalView>,
    effect: Option<Effectiveness>,
    hints: &'a [Hint],
}

impl<'a> Status<'a> {
    /// Those rows of the view that `keep` wants.
    pub fn of(view: &'a View, keep: impl Fn(&ActiveRow) -> bool) -> Self {
        let active = view
            .active
            .iter()
            .filter(|row| keep(row))
            .map(|row| Active {
                id: &row.id,
                kind: row.kind,
                name: &row.name,
                scope: row.scope.as_deref(),
                scope_path: &row.scope_path,
                through_group: row.through_group,
                state: &row.state,
                activated: row.activated,
                start: row.start,
                end: row.end,
                seconds_left: row.end.map(|end| (end - view.now).num_seconds().max(0)),
                reason: row.reason.as_deref(),
                renewal: row.renewal.as_ref(),
                effect: row.effect,
                hints: &row.hints,
            })
            .collect();
        Self { account: account(view), now: view.now, active, timeline: None }
    }

    /// With what was active when.
    pub fn with(self, timeline: Timeline<'a>) -> Self {
        Self { timeline: Some(timeline), ..self }
    }
}

/// What was active when: of `pim status --timeline`.
#[derive(Serialize)]
pub struct Timeline<'a> {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    roles: Vec<Line>,
    problem: Option<&'a Problem>,
}

/// A role's part of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    role: String,
    kind: Kind,
    name: String,
    scope: Option<String>,
    active_seconds: i64,
    spans: Vec<Stretched>,
}

#[derive(Serialize)]
struct Stretched {
    #[serde(flatten)]
    span: Span,
    state: timeline::Standing,
}

impl<'a> Timeline<'a> {
    /// What of the history's lanes is in a stretch of time.
    pub fn of(history: &'a HistoryView, stretch: Stretch, now: DateTime<Utc>) -> Self {
        let line = |lane: Lane| {
            let active_seconds = timeline::active_time(&lane, stretch, now).num_seconds();
            let spans = lane.spans.into_iter().map(|span| Stretched { state: span.standing(now), span }).collect();
            Line { role: lane.role, kind: lane.kind, name: lane.name, scope: lane.scope, active_seconds, spans }
        };
        let roles = timeline::within(&history.lanes, stretch).into_iter().map(line).collect();
        Self { from: stretch.from, to: stretch.to, roles, problem: history.problem.as_ref() }
    }
}

/// `pim activate`
#[derive(Serialize)]
pub struct Activated<'a> {
    #[serde(flatten)]
    status: Status<'a>,
    failed: Vec<FailedRole<'a>>,
}

#[derive(Serialize)]
struct FailedRole<'a> {
    id: &'a str,
    problem: &'a Problem,
}

impl<'a> Activated<'a> {
    /// Where the roles `ids` stand in the view, and what went wrong with some of them.
    pub fn of(view: &'a View, ids: &[String], failed: Vec<(&'a str, &'a Problem)>) -> Self {
        let status = Status::of(view, |row| ids.contains(&row.id));
        Self { status, failed: failed.into_iter().map(|(id, problem)| FailedRole { id, problem }).collect() }
    }
}
