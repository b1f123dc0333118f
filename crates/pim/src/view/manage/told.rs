//! What the Manage window is told.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ActivationRow, AlertRow, ApprovalRow, AuditRow, ComparedPolicy, DownloadState, FoundPerson, GivableRow, HoldingRow,
    MissingRow, NeedMissing, NeedRow, NestedRow, PermanentRow, PolicySettings, ReviewRow, RuleRow, StaleRow,
    UnfinishedRow,
};
use crate::{
    model::Kind,
    problem::Problem,
    view::{Consent, ScopeNode, Watch},
};

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Told {
    /// To [`Ask::Approvals`].
    Approvals {
        /// What each kind answered.
        sources: Vec<Answered>,
        /// What waits, the most urgent first.
        rows: Vec<ApprovalRow>,
    },
    /// To [`Ask::Assignments`].
    Assignments {
        /// What each kind answered.
        sources: Vec<Answered>,
        /// Who holds what, by role.
        rows: Vec<HoldingRow>,
        /// Roles that too few hold for good, a sentence each.
        risks: Vec<String>,
    },
    /// To [`Ask::Standing`].
    Standing {
        /// Privileged and active for good.
        permanent: Vec<PermanentRow>,
        /// Eligible, and not activated.
        stale: Vec<StaleRow>,
        /// Through a group within a group.
        nested: Vec<NestedRow>,
        /// What could not be looked at.
        missing: Vec<MissingRow>,
    },
    /// To [`Ask::Alerts`].
    Alerts {
        /// What each service answered.
        sources: Vec<Answered>,
        /// The alerts, what is active and bad first.
        rows: Vec<AlertRow>,
    },
    /// To [`Ask::Reviews`].
    Reviews {
        /// What each kind answered.
        sources: Vec<Answered>,
        /// The reviews, the most urgent first.
        rows: Vec<ReviewRow>,
    },
    /// To [`Ask::Audit`] and [`Ask::AuditFurther`]: a page of the history.
    Audit {
        /// The page, newest first.
        rows: Vec<AuditRow>,
        /// There are older ones.
        more: bool,
        /// Records of the page that this version cannot read.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        unreadable: u64,
        /// Why there is no page.
        refused: Option<Problem>,
        /// It takes a permission that may be asked for in the browser.
        allowable: bool,
    },
    /// To [`Ask::Activations`].
    Activations {
        /// Newest first.
        rows: Vec<ActivationRow>,
        /// Since when; `null`: that is not known.
        since: Option<DateTime<Utc>>,
        /// Why there are none, or not all of them.
        refused: Option<Problem>,
        /// It takes a permission that may be asked for in the browser.
        allowable: bool,
    },
    /// To [`Ask::Need`].
    Need {
        /// The actions that it comes to.
        actions: Vec<String>,
        /// The scope that an error message names.
        scope: Option<String>,
        /// Roles that allow it and that the caller may activate, the least privileged first.
        own: Vec<NeedRow>,
        /// Other roles that allow it, the least privileged first.
        others: Vec<NeedRow>,
        /// Kinds of which not all roles are known.
        missing: Vec<NeedMissing>,
    },
    /// To [`Ask::OpenForm`].
    Opened,
    /// To [`Ask::Watch`].
    Watching {
        /// What is watched now.
        watch: Watch,
    },
    /// To [`Ask::Download`], [`Ask::DownloadFurther`] and [`Ask::ResumeDownload`].
    Download {
        /// How far it has come.
        state: DownloadState,
    },
    /// To [`Ask::Unfinished`].
    Unfinished {
        /// The last one first.
        rows: Vec<UnfinishedRow>,
    },
    /// To [`Ask::Givable`].
    Givable {
        /// By name.
        rows: Vec<GivableRow>,
        /// Why the directory's roles are not all among them.
        problem: Option<Problem>,
    },
    /// To [`Ask::FindPeople`].
    People {
        /// Who was found.
        rows: Vec<FoundPerson>,
        /// There are more of that name.
        more: bool,
    },
    /// To [`Ask::FindUnits`], [`Ask::FindGroups`] and [`Ask::RolesAt`]: what can be given besides.
    Found {
        /// By name.
        rows: Vec<GivableRow>,
        /// There are more of that name.
        more: bool,
    },
    /// To [`Ask::Scopes`] and [`Ask::WriteScope`].
    Scopes {
        /// By name, all as deep below a management group or subscription as they say.
        rows: Vec<ScopeNode>,
    },
    /// To [`Ask::Policies`].
    Policies {
        /// What each kind answered to who holds what.
        sources: Vec<Answered>,
        /// Whose policies can be read, by name.
        rows: Vec<GivableRow>,
        /// Why the directory's roles are not all among them.
        problem: Option<Problem>,
    },
    /// To [`Ask::Policy`].
    Policy {
        /// Whose.
        role: String,
        /// Its rules, in the service's order.
        rules: Vec<RuleRow>,
        /// What of it can be changed.
        settings: PolicySettings,
    },
    /// To [`Ask::ComparePolicies`].
    Compared {
        /// Each of them.
        policies: Vec<ComparedPolicy>,
    },
    /// To [`Ask::ExportPolicies`].
    PoliciesSaved {
        /// Where the file lies.
        path: String,
        /// Policies in it.
        count: u32,
        /// Those that are not in it, with the reason.
        missing: Vec<Outcome>,
    },
    /// To [`Ask::Plan`].
    Plan {
        /// What would be done, in this order.
        steps: Vec<Step>,
        /// What would be a risk after it, a sentence each.
        risks: Vec<String>,
    },
    /// To [`Ask::Decide`], [`Ask::Dismiss`], [`Ask::LookAgain`], [`Ask::Review`], [`Ask::ApplyPolicies`], [`Ask::Rehearse`] and
    /// [`Ask::Change`]: one outcome for each.
    Outcomes {
        /// What came of each.
        outcomes: Vec<Outcome>,
    },
    /// The question could not be dealt with.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// What a kind's service answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    /// The kind.
    pub kind: Kind,
    /// Why it told nothing.
    pub refused: Option<Problem>,
    /// Why it did not tell all.
    pub partial: Option<Problem>,
    /// What an administrator has to consent to first.
    pub consent: Option<Consent>,
    /// It takes a permission that may be asked for in the browser ([`Ask::Alerts`], [`Ask::Reviews`]).
    pub allowable: bool,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Whom and what it is about.
    pub about: String,
    /// What will be done, until when in `end`.
    pub action: StepAction,
    /// To an eligibility; else to an assignment.
    pub eligible: bool,
    /// It is an activation that ends.
    pub activated: bool,
    /// From when on it is given; `null`: from now on, or nothing is given.
    pub start: Option<DateTime<Utc>>,
    /// Until when it is then; `null`: for ever, or it is taken away.
    pub end: Option<DateTime<Utc>>,
    /// Until when it was; `null`: for ever, or there was nothing.
    pub was: Option<DateTime<Utc>>,
    /// Why it would be refused.
    pub problem: Option<Problem>,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum StepAction {
    /// Gives.
    Give,
    /// Moves the end.
    Move,
    /// Takes away.
    Remove,
}

/// What came of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Whom and what it is about.
    pub about: String,
    /// Why it was not done.
    pub problem: Option<Problem>,
    /// The answer was lost; that it was done was looked up.
    pub looked_up: bool,
    /// Taken, and not there yet.
    pub pending: bool,
}
