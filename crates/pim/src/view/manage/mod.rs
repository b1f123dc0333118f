//! What the Manage window asks, and what it is told: one answer to each question. What is chosen is named by the ids that were
//! told before, so that a page can do nothing about what it was not shown.

mod alerts;
mod audit;
mod giving;
mod reviews;
mod rows;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    alerts::{AlertRow, AlertSeverity, FindingRow},
    audit::AuditRow,
    giving::{FoundPerson, GivableRow},
    reviews::{ReviewRow, ReviewedPerson},
    rows::{ApprovalRow, Before, HoldingRow, MissingPart, MissingRow, NestedRow, PermanentRow, StaleRow},
};
use super::{Account, Consent};
use crate::{
    model::{Kind, PrincipalKind},
    problem::Problem,
};

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
    /// What do the services warn of?
    Alerts {
        /// First ask for the permission that the directory's take, in the browser where nobody has consented to it yet.
        allow: bool,
    },
    /// Dismiss some of those that were told last, until something new is found.
    Dismiss {
        /// Their ids.
        ids: Vec<String>,
    },
    /// Have the service look again, and wait until it has.
    LookAgain {
        /// For one of those that were told last; `null`: for all of the directory's.
        id: Option<String>,
    },
    /// Which access reviews wait for the caller?
    Reviews {
        /// First ask for the permission that those of the directory and of groups take, in the browser where nobody has
        /// consented to it yet.
        allow: bool,
    },
    /// Say of some of those people whether they are to keep what is reviewed.
    Review {
        /// Their ids.
        ids: Vec<String>,
        /// What to say.
        verdict: ReviewVerdict,
        /// Why; empty for no reason.
        reason: String,
    },
    /// What was done to whose roles, the newest of it?
    Audit {
        /// First ask for the permission that this takes, in the browser where nobody has consented to it yet.
        allow: bool,
    },
    /// And what before that?
    AuditFurther,
    /// Which roles can be given, of those that were told and of all of the directory's?
    Givable,
    /// Who is called so? Asks for the permission that this takes, in the browser where nobody has consented to it yet.
    FindPeople {
        /// Whom to look for.
        who: PrincipalKind,
        /// How the name begins.
        text: String,
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
    /// Give a role to people.
    Give {
        /// Which role.
        role: String,
        /// To whom.
        people: Vec<String>,
        /// So that they can activate it; else it is active at once.
        eligible: bool,
        /// Until when; `null`: for ever.
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

/// What to say in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum ReviewVerdict {
    /// They may keep it.
    Approve,
    /// They are to lose it.
    Deny,
    /// The caller cannot tell.
    DontKnow,
    /// What the service recommends of each.
    Recommended,
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
    /// To [`Ask::Plan`].
    Plan {
        /// What would be done, in this order.
        steps: Vec<Step>,
        /// What would be a risk after it, a sentence each.
        risks: Vec<String>,
    },
    /// To [`Ask::Decide`], [`Ask::Dismiss`], [`Ask::LookAgain`], [`Ask::Review`], [`Ask::Rehearse`] and [`Ask::Change`]: one outcome for each.
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
    /// Security alerts.
    Alerts,
    /// Access reviews.
    Reviews,
    /// The audit history.
    Audit,
}
