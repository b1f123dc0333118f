//! What the Manage window asks, and what it is told: one answer to each question. What is chosen is named by the ids that were
//! told before, so that a page can do nothing about what it was not shown.

mod activations;
mod alerts;
mod ask;
mod audit;
mod giving;
mod need;
mod policies;
mod reviews;
mod rows;
mod told;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    activations::ActivationRow,
    alerts::{AlertRow, AlertSeverity, FindingRow},
    ask::{Ask, ReviewVerdict, Wanted},
    audit::{AuditRow, AuditSpan, DownloadState, UnfinishedRow},
    giving::{FoundPerson, GivableRow},
    need::{NeedMissing, NeedPlace, NeedRow},
    policies::{
        ApprovalEdit, ComparedPolicy, Limit, MailEdit, PolicyApproval, PolicyDifference, PolicyEdits, PolicyMail,
        PolicySettings, PolicyWanted, Proof, RuleGroup, RuleRow,
    },
    reviews::{ReviewRow, ReviewedPerson},
    rows::{ApprovalRow, Before, HoldingRow, MissingPart, MissingRow, NestedRow, PermanentRow, StaleRow},
    told::{Answered, Outcome, Step, StepAction, Told},
};
use super::{Account, Appearance, Watch};

/// Whose desk the Manage window is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Desk {
    /// The service's time at which this was made. The window counts on from here.
    pub now: DateTime<Utc>,
    /// The current account; `null` where nobody is signed in.
    pub account: Option<Account>,
    /// What somebody outside asked to see last.
    pub section: Section,
    /// What is to be chosen there, where it is one thing.
    pub chosen: Option<String>,
    /// Rises with every such request.
    pub serial: u32,
    /// What the user is told of that others do.
    pub watch: Watch,
    /// Light or dark.
    pub appearance: Appearance,
    /// Language, as its code; `None`: the system's.
    pub language: Option<String>,
    /// Settings that an organisation has set and the user cannot change, by their names in the file.
    pub locked: Vec<String>,
}

/// A part of the Manage window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Section {
    /// Requests of others.
    #[default]
    Approvals,
    /// Who holds what.
    Assignments,
    /// Standing access.
    Standing,
    /// What roles ask for.
    Policies,
    /// Security alerts.
    Alerts,
    /// Access reviews.
    Reviews,
    /// Which role somebody needs.
    Need,
    /// Who activated what.
    Activations,
    /// The audit history.
    Audit,
}
