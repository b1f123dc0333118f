//! A line of the list: active, or eligible.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    model::{Kind, Ticket},
    problem::Problem,
};

/// An active role, or one on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ActiveRow {
    /// The role's key (`RoleKey::id`).
    pub id: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory.
    pub scope: Option<String>,
    /// Names of the scopes above it, outermost first; empty where the scope stands alone.
    pub scope_path: Vec<String>,
    /// Held through a group: it ends with the membership, and cannot be ended here by itself.
    pub through_group: bool,
    /// Where it stands.
    pub state: RowState,
    /// Server time of the start.
    pub start: Option<DateTime<Utc>>,
    /// Server time of the end; `None` while not active, or for a standing assignment.
    pub end: Option<DateTime<Utc>>,
    /// `false` for a standing assignment, which cannot be ended here.
    pub activated: bool,
    /// Server time from which the service accepts a deactivation (five minutes after the start).
    pub deactivatable_from: Option<DateTime<Utc>>,
    /// The reason given, if known.
    pub reason: Option<String>,
    /// The ticket given, if known.
    pub ticket: Option<Ticket>,
    /// The role can be activated again (it is still eligible and its policy asks for nothing that must be typed anew).
    pub renewable: bool,
    /// Armed: sent by itself at the moment of expiry.
    pub renewal_armed: bool,
    /// How an activation is renewed; `None` for what is not an activation.
    pub renewal: Option<RenewalView>,
    /// A standing assignment that will end, and whose extension can be asked for.
    pub extension: Option<ExtensionView>,
    /// Whether the access has arrived, where that can be told.
    pub effect: Option<Effectiveness>,
    /// What helps where an application does not know of the activation yet.
    pub hints: Vec<Hint>,
    /// Requirements of a new activation, for the renew form.
    pub requirements: RequirementsView,
    /// Why the last thing asked of an active role did not work (ending it, renewing it), until dismissed.
    pub problem: Option<Problem>,
}

/// Where an activation stands. Shape and words differ for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RowState {
    /// The request was sent, no answer yet.
    Requesting,
    /// The service wants a stronger sign-in; a browser is open.
    SteppingUp,
    /// The answer was lost: looking the request up before anything is sent again.
    Checking,
    /// Waits for an approver.
    WaitingForApproval {
        /// Names of those who can decide, where known.
        approvers: Vec<String>,
        /// Server time at which the request lapses.
        lapses_at: Option<DateTime<Utc>>,
    },
    /// Accepted, being provisioned.
    Provisioning,
    /// Scheduled for `start`.
    Scheduled,
    /// Active.
    Active,
    /// Being ended.
    Deactivating,
    /// The request was sent and came to nothing; shown until dismissed. What was refused before anything was sent stands in
    /// [`EligibleRow::problem`] instead.
    Failed {
        /// What happened and what helps.
        problem: Problem,
    },
}

/// A role that can be activated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct EligibleRow {
    /// The role's key (`RoleKey::id`).
    pub id: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory.
    pub scope: Option<String>,
    /// Names of the scopes above it, outermost first; empty where the scope stands alone.
    pub scope_path: Vec<String>,
    /// Eligible through a group.
    pub through_group: bool,
    /// When the eligibility itself ends.
    pub eligible_until: Option<DateTime<Utc>>,
    /// An extension of the eligibility can be asked for, or was.
    pub extension: Option<ExtensionView>,
    /// The scope can be narrowed ([`super::RoleDetail::scopes`]).
    pub narrowable: bool,
    /// What it asks for.
    pub requirements: RequirementsView,
    /// Marked by the user.
    pub favourite: bool,
    /// How often it was activated from here.
    pub uses: u32,
    /// The reason remembered for this role.
    pub last_reason: Option<String>,
    /// The duration used last, minutes, within the policy's maximum.
    pub last_minutes: Option<u32>,
    /// The button elevates at once: a reason is remembered and nothing else has to be typed or proven.
    pub one_click: bool,
    /// It is active or on its way already.
    pub engaged: bool,
    /// Named by the user ([`super::Command::EnterRole`]), not listed by the service.
    pub entered: bool,
    /// Why the last attempt was refused before anything was sent, until dismissed. Failures after that are a row of
    /// [`View::active`].
    pub problem: Option<Problem>,
}

/// What a role asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RequirementsView {
    /// Longest activation, minutes.
    pub max_minutes: u32,
    /// What the form starts with, minutes.
    pub default_minutes: u32,
    /// A reason.
    pub justification: bool,
    /// A ticket.
    pub ticket: bool,
    /// Multifactor authentication.
    pub mfa: bool,
    /// An authentication context.
    pub authentication_context: Option<String>,
    /// An approval.
    pub approval: bool,
    /// Who approves, where known.
    pub approvers: Vec<String>,
    /// Days within which somebody must decide, where the policy says.
    pub approval_days: Option<u32>,
    /// `false`: the policy could not be read; defaults are shown and the service judges.
    pub known: bool,
    /// Rules this version does not know.
    pub unknown_rules: Vec<String>,
}

/// How an activation is renewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RenewalView {
    /// Armed.
    pub armed: bool,
    /// In which way.
    pub way: RenewalWay,
    /// Seconds without the role that are to be expected.
    pub gap_seconds: u32,
    /// Seconds without the role that are to be expected when it is ended and activated again now.
    pub restart_gap_seconds: u32,
    /// Arming it may open the browser, so that nothing has to be proven at the moment itself.
    pub step_up: bool,
    /// Whether the service takes a start in the future while the role is active; `None`: nobody has tried yet.
    pub ahead: Option<bool>,
    /// Where the next activation stands, once something was sent, or a browser opened, for it beforehand: being requested,
    /// waiting for an approver, scheduled. [`super::Command::CancelRequest`] takes it back.
    pub pending: Option<RowState>,
    /// Server time after which nothing renews by itself, where the end lies beyond it: what is armed is disarmed before its end.
    pub not_after: Option<DateTime<Utc>>,
    /// Why it cannot be armed.
    pub refused: Option<RenewalRefused>,
}

/// When a renewal is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum RenewalWay {
    /// At the moment of expiry.
    AtExpiry,
    /// Beforehand: the service takes a start in the future while the role is active, so that there is no gap.
    Ahead,
}

/// Why a renewal cannot be armed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum RenewalRefused {
    /// Somebody has to approve: it can be asked for early instead, by [`super::Command::Activate`] with the running one's
    /// end as the start, unless the service is known not to take that ([`RenewalView::ahead`]).
    Approval,
    /// It is not eligible any more.
    NotEligible,
    /// Its policy asks for something that has to be typed anew.
    Form,
}

/// An extension or renewal of an eligibility or a standing assignment, which an administrator decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ExtensionView {
    /// It has ended already: a renewal, not an extension.
    pub renew: bool,
    /// Where it stands.
    pub state: ExtensionState,
}

/// Where an extension stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ExtensionState {
    /// It can be asked for.
    Possible,
    /// Being asked for.
    Requesting,
    /// The service wants a sign-in first: a stronger one, or one that asks for the permission. A browser is open.
    SigningIn,
    /// Asked for; an administrator decides.
    Requested,
    /// The service said no.
    Failed {
        /// What happened and what helps.
        problem: Problem,
    },
}

/// Whether an activation's access has arrived where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Effectiveness {
    /// Being looked at.
    Checking,
    /// A new token has it.
    Effective,
    /// A new token does not have it yet.
    NotYet,
    /// It cannot be told from here.
    Unknown,
}

/// Something that helps after an activation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// What for (`Azure CLI`, `Portal`).
    pub title: String,
    /// A command to copy, or an address.
    pub text: String,
    /// It is an address: opened with [`super::Command::OpenHint`].
    pub link: bool,
}
