//! What `pim alerts` prints with `--json`.

use chrono::{DateTime, Utc};
use pim::{
    cloud::Resource,
    manage::alerts::Watched,
    model::{Alert, Incident, Kind, Severity},
    problem::Problem,
    view::Account,
};
use serde::Serialize;

use crate::output::Standing;

/// `pim alerts`
#[derive(Serialize)]
pub struct List<'a> {
    pub account: Option<&'a Account>,
    pub now: DateTime<Utc>,
    pub sources: Vec<Source<'a>>,
    pub alerts: Vec<Row<'a>>,
}

/// `pim alerts show`
#[derive(Serialize)]
pub struct Shown<'a> {
    pub account: Option<&'a Account>,
    pub now: DateTime<Utc>,
    pub alert: Row<'a>,
    pub incidents: &'a [Incident],
}

/// `pim alerts refresh` and `pim alerts dismiss`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome<'a> {
    pub account: Option<&'a Account>,
    pub now: DateTime<Utc>,
    pub dry_run: bool,
    pub done: Vec<Done>,
    pub failed: Vec<FailedRow<'a>>,
}

/// What was done.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// An alert's id, or a scope.
    pub id: String,
    /// The service has finished.
    pub finished: bool,
    /// The answer was lost; that it was done was looked up.
    pub looked_up: bool,
}

/// What was not done.
#[derive(Serialize)]
pub struct FailedRow<'a> {
    pub id: &'a str,
    pub problem: &'a Problem,
}

/// What one service answered.
#[derive(Serialize)]
pub struct Source<'a> {
    kind: Kind,
    state: Standing,
    problem: Option<&'a Problem>,
    missing: Vec<FailedRow<'a>>,
}

/// An alert.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row<'a> {
    id: &'a str,
    kind: Kind,
    alert: &'a str,
    name: &'a str,
    scope: Option<&'a str>,
    severity: &'a Severity,
    active: bool,
    enabled: Option<bool>,
    incidents: u64,
    description: Option<&'a str>,
    impact: Option<&'a str>,
    mitigation: Option<&'a str>,
    prevention: Option<&'a str>,
    modified: Option<DateTime<Utc>>,
    scanned: Option<DateTime<Utc>>,
}

impl<'a> Source<'a> {
    pub fn of(watched: &'a Watched) -> Self {
        let problem = watched.found.as_ref().err();
        let kind = if watched.service == Resource::Graph { Kind::DirectoryRole } else { Kind::AzureResource };
        let missing = watched.missing.iter().map(|(id, problem)| FailedRow { id, problem });
        Self { kind, state: Standing::after(problem), problem, missing: missing.collect() }
    }
}

impl<'a> Row<'a> {
    pub fn of(alert: &'a Alert) -> Self {
        Self {
            id: &alert.id,
            kind: if alert.scope.is_none() { Kind::DirectoryRole } else { Kind::AzureResource },
            alert: &alert.kind,
            name: &alert.name,
            scope: alert.scope.as_deref(),
            severity: &alert.severity,
            active: alert.active,
            enabled: alert.enabled,
            incidents: alert.count,
            description: alert.description.as_deref(),
            impact: alert.impact.as_deref(),
            mitigation: alert.mitigation.as_deref(),
            prevention: alert.prevention.as_deref(),
            modified: alert.modified,
            scanned: alert.scanned,
        }
    }
}
