//! How a request for approval stands.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Kind;

/// An approval: one per request that needs one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Its id, as the request names it.
    pub id: String,
    /// Its stages (`stages`, or `steps` in the beta).
    pub stages: Vec<ApprovalStage>,
}

impl Approval {
    /// The stage in which the service's decision was taken, if it was.
    pub fn decided(&self) -> Option<&ApprovalStage> {
        self.stages.iter().rev().find(|stage| stage.result != ReviewResult::NotReviewed)
    }

    /// The stage that waits for the caller's decision.
    pub fn mine(&self) -> Option<&ApprovalStage> {
        self.stages.iter().find(|stage| stage.assigned_to_me && stage.status.eq_ignore_ascii_case("InProgress"))
    }
}

/// One stage of an approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalStage {
    /// Its id: on Azure the full one.
    pub id: String,
    /// `displayName`.
    pub name: Option<String>,
    /// `status`: `NotStarted`, `InProgress`, `Completed`, `Expired`, …, kept as it came.
    pub status: String,
    /// The caller may decide.
    pub assigned_to_me: bool,
    /// What was decided.
    pub result: ReviewResult,
    /// When.
    pub reviewed: Option<DateTime<Utc>>,
    /// By whom.
    pub reviewer: Option<Reviewer>,
    /// Why.
    pub justification: Option<String>,
}

/// What an approver says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Yes.
    Approve,
    /// No.
    Deny,
}

impl Verdict {
    /// The word that the services take for it, and give back.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
        }
    }

    /// Is this what was decided?
    pub fn is(self, result: &ReviewResult) -> bool {
        matches!((self, result), (Self::Approve, ReviewResult::Approve) | (Self::Deny, ReviewResult::Deny))
    }
}

/// A decision as the service needs to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where the approval lives.
    pub kind: Kind,
    /// The approval, as the request names it.
    pub approval_id: String,
    /// The stage that waits for the caller: on Azure the full id.
    pub stage_id: String,
    /// Yes or no.
    pub verdict: Verdict,
    /// Why.
    pub justification: String,
}

/// `reviewResult`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewResult {
    /// Nobody has decided.
    NotReviewed,
    /// Approved.
    Approve,
    /// Denied.
    Deny,
    /// A value this version does not know.
    Other(String),
}

/// Who decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewer {
    /// Object id.
    pub id: Option<String>,
    /// Display name.
    pub name: Option<String>,
    /// `userPrincipalName`.
    pub username: Option<String>,
    /// `principalType`.
    pub principal_type: Option<String>,
}
