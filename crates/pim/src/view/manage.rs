//! What the Manage window asks, and what it is told: one answer to each question. What is chosen is named by the ids that were
//! told before, so that a page can do nothing about what it was not shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Account, Consent};
use crate::{model::Kind, problem::Problem};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Ask {
    /// Which requests of others wait for the caller's decision?
    Approvals,
    /// Decide on some of those that were told last.
    Decide {
        /// Their ids.
        ids: Vec<String>,
        /// Yes, or no.
        approve: bool,
        /// Why.
        reason: String,
    },
    /// Who holds what?
    Assignments,
    /// Who has standing access?
    Standing {
        /// Days without an activation after which an eligibility is stale.
        days: u16,
        /// First ask for the permission to see who is in groups, in the browser where nobody has consented to it yet.
        allow: bool,
    },
    /// What would be done, and what is known to be refused? Nothing is changed.
    Plan {
        /// What somebody wants.
        change: Wanted,
    },
    /// What would the services themselves say? Nothing is changed.
    Rehearse {
        /// What somebody wants.
        change: Wanted,
    },
    /// Do it.
    Change {
        /// What somebody wants.
        change: Wanted,
    },
}

/// A change, to what was told last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Wanted {
    /// Take assignments or eligibilities away.
    Remove {
        /// Which.
        ids: Vec<String>,
        /// Why.
        reason: String,
    },
    /// Move their ends.
    Move {
        /// Which.
        ids: Vec<String>,
        /// To when; `null`: for ever.
        end: Option<DateTime<Utc>>,
        /// Why.
        reason: String,
    },
    /// Make eligible what is permanent, as a report proposed it.
    MakeEligible {
        /// The assignments.
        ids: Vec<String>,
        /// Why.
        reason: String,
    },
}

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
    /// To [`Ask::Plan`].
    Plan {
        /// What would be done, in this order.
        steps: Vec<Step>,
        /// What would be a risk after it, a sentence each.
        risks: Vec<String>,
    },
    /// To [`Ask::Decide`], [`Ask::Rehearse`] and [`Ask::Change`]: one outcome for each.
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
}

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ApprovalRow {
    /// For [`Ask::Decide`].
    pub id: String,
    /// The kind.
    pub kind: Kind,
    /// The role's or group's name.
    pub name: String,
    /// The scope's name; `null` for the whole directory.
    pub scope: Option<String>,
    /// Who asks, as they are called.
    pub person: String,
    /// Their user name.
    pub username: Option<String>,
    /// Their reason.
    pub reason: Option<String>,
    /// Their ticket number.
    pub ticket: Option<String>,
    /// When it is to begin; `null`: once it is approved.
    pub start: Option<DateTime<Utc>>,
    /// How long it is to last.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub minutes: Option<i64>,
    /// Until when somebody has to decide.
    pub deadline: Option<DateTime<Utc>>,
    /// How often the same was given before, and when last; `null`: that may not be read.
    pub before: Option<Before>,
    /// Where it is decided, if not here.
    pub elsewhere: Option<String>,
    /// It is the caller's own, which others decide on.
    pub own: bool,
}

/// What somebody activated before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Before {
    /// The same, so often.
    pub same: u32,
    /// When last.
    pub last: Option<DateTime<Utc>>,
    /// Others, so often.
    pub other: u32,
}

/// Somebody's eligibility or assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct HoldingRow {
    /// For [`Wanted`].
    pub id: String,
    /// The kind.
    pub kind: Kind,
    /// The role's or group's name.
    pub name: String,
    /// The scope's name; `null` for the whole directory.
    pub scope: Option<String>,
    /// Whose it is, as they are called.
    pub person: String,
    /// Their user name.
    pub username: Option<String>,
    /// It can be activated; else it is there.
    pub eligible: bool,
    /// From an eligibility, by whoever holds it.
    pub activated: bool,
    /// Since when, or from when on.
    pub start: Option<DateTime<Utc>>,
    /// Until when; `null` for ever.
    pub end: Option<DateTime<Utc>>,
}

/// A privileged role that is there for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PermanentRow {
    /// The assignment.
    pub held: HoldingRow,
    /// It can be made eligible ([`Wanted::MakeEligible`]).
    pub proposed: bool,
    /// Why nothing is proposed.
    pub keep: Option<String>,
}

/// An eligibility that nobody activates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct StaleRow {
    /// The eligibility.
    pub held: HoldingRow,
    /// When it was activated last.
    pub last: Option<DateTime<Utc>>,
}

/// Somebody who has a role through a group within a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct NestedRow {
    /// What the outermost group holds.
    pub held: HoldingRow,
    /// Who has it.
    pub person: String,
    /// The groups, from the one that holds the role to the one that they are in.
    pub through: Vec<String>,
}

/// Something that a report does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct MissingRow {
    /// What.
    pub what: MissingPart,
    /// Of which kind.
    pub kind: Option<Kind>,
    /// Why.
    pub problem: Problem,
    /// A permission is missing that can be asked for ([`Ask::Standing`]).
    pub allowable: bool,
}

/// What a report may not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum MissingPart {
    /// Who holds roles.
    Holdings,
    /// Which roles are privileged.
    Privileged,
    /// When roles were activated.
    Activations,
    /// Who is in groups.
    Members,
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
    /// Rises with every such request.
    pub serial: u32,
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
}
