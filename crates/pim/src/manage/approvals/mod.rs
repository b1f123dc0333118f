//! Requests that wait for the caller's decision.
//!
//! A request waits for 24 hours, whoever of its approvers decides first has decided, and nobody decides on an own one ("Approve
//! or deny requests for Microsoft Entra roles in PIM"). What is here and in `judge` and `view` is pure
//! and is handed the time; `desk` asks and tells the services.

mod desk;
mod judge;
#[cfg(test)]
mod tests;
mod view;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::{
    model::{Action, ActivationRequest, Kind, ReviewResult, RoleKey, Ticket, Verdict},
    problem::Problem,
    view::Consent,
};

pub use crate::words::length as spoken;
pub use judge::{Judged, Undecided, judge};
pub use view::{before, sort};

/// How long a request waits ("approval workflow": not configurable).
pub const PATIENCE: TimeDelta = TimeDelta::hours(24);

/// Whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Object id.
    pub id: Option<String>,
    /// Display name; `None` for somebody whom the directory does not know any more.
    pub name: Option<String>,
    /// `userPrincipalName`.
    pub username: Option<String>,
}

/// A request that waits for a decision.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingApproval {
    /// The request's id: on Azure the full one.
    pub id: String,
    /// The approval's id, as the request names it; on Graph that of the request.
    pub approval_id: String,
    /// The stage (or step) that waits, once it was read: never the approval's own id, although it looks so in some tenants.
    pub stage_id: Option<String>,
    /// The role at its scope.
    pub key: RoleKey,
    /// The role's or the group's name, or its id.
    pub role: String,
    /// The scope's name; `None` for the whole directory.
    pub scope: Option<String>,
    /// Who asks.
    pub person: Person,
    /// What they ask for.
    pub action: Action,
    /// Their reason.
    pub reason: Option<String>,
    /// Their ticket.
    pub ticket: Option<Ticket>,
    /// When it is to begin; `None`: as soon as it is approved.
    pub start: Option<DateTime<Utc>>,
    /// How long it is to last.
    pub length: Option<TimeDelta>,
    /// When it was made.
    pub created: Option<DateTime<Utc>>,
    /// It is the caller's own.
    pub own: bool,
    /// What they asked for before, newest first; `None` where that may not be read.
    pub before: Option<Vec<Earlier>>,
}

/// An earlier request of the same person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Earlier {
    /// The role's name, or its id.
    pub name: String,
    /// The scope's name.
    pub scope: Option<String>,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// It became an activation.
    pub granted: bool,
    /// It was for the same role at the same scope.
    pub same: bool,
}

/// What a kind answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The kind.
    pub kind: Kind,
    /// What waits, the most urgent first; or why that is not known.
    pub found: Result<Vec<PendingApproval>, Problem>,
    /// What an administrator has to consent to first.
    pub consent: Option<Consent>,
}

/// A decision as somebody wants it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// On what.
    pub approval: PendingApproval,
    /// Yes or no.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// A decision that the service has taken from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Yes or no.
    pub verdict: Verdict,
    /// The answer was lost; that it was taken was looked up.
    pub looked_up: bool,
}

/// How a request was decided by somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What was decided.
    pub result: ReviewResult,
    /// Name, user name or id of whoever decided.
    pub by: Option<String>,
    /// It was the caller.
    pub own: bool,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

impl PendingApproval {
    /// What the service tells of a request, as the approver `own` needs it.
    pub fn of(request: ActivationRequest, own: &str) -> Self {
        let is_own = |id: &Option<String>| id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(own));
        let asked_at = request.start.or(request.created);
        let named = match request.key.kind {
            Kind::Group => request.key.scope_id.clone(),
            _ => last(&request.key.role_definition_id).to_owned(),
        };
        let whole = request.key.kind == Kind::DirectoryRole && request.key.scope_id == "/";
        let scope_id = || (!whole).then(|| last(&request.key.scope_id).to_owned()).filter(|name| !name.is_empty());
        let approval_id = request.approval_id.clone().unwrap_or_else(|| last(&request.id).to_owned());
        Self {
            approval_id,
            stage_id: None,
            role: request.role_name.unwrap_or(named),
            scope: request.scope_name.or_else(scope_id),
            own: is_own(&request.principal_id) || is_own(&request.requestor_id),
            person: Person {
                id: request.principal_id.filter(|id| !id.is_empty()),
                name: request.principal_name,
                username: request.principal_username,
            },
            action: request.action,
            reason: request.justification,
            ticket: request.ticket,
            start: request.start,
            length: request
                .end
                .zip(asked_at)
                .map(|(end, start)| end - start)
                .filter(|length| *length > TimeDelta::zero()),
            created: request.created,
            before: None,
            id: request.id,
            key: request.key,
        }
    }

    /// Which of the three.
    pub fn kind(&self) -> Kind {
        self.key.kind
    }
}

/// The last part of a path.
fn last(id: &str) -> &str {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or(id)
}
