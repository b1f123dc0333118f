//! What a window, a tray icon or a command line shows, and what they may ask for.
//!
//! These types are the whole contract between the process that holds the tokens and the one that runs HTML. They carry
//! instants, never formatted times, and never a token. TypeScript types are generated from them (`cargo xtask generate`).

mod about;
mod account;
mod bundle;
mod command;
mod detail;
mod history;
mod insight;
mod manage;
mod rows;
mod settings;
mod timeline;
mod updates;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    about::About,
    account::{Account, AccountRow, Session, SignInEnd, TenantRow, Tenants},
    bundle::{BundleEntry, BundleRow, BundleView},
    command::Command,
    detail::{GrantedRole, PickedScope, RoleDetail, ScopeNode},
    history::{HistoryAction, HistoryOutcome, HistoryRow, HistoryView},
    insight::{Insight, RoleUse, UnusedRole},
    manage::{
        ActivationRow, AlertRow, AlertSeverity, Answered, ApprovalEdit, ApprovalRow, Ask, AuditRow, AuditSpan, Before,
        ComparedPolicy, Desk, DownloadState, FindingRow, FoundPerson, GivableRow, HoldingRow, Limit, MailEdit,
        MissingPart, MissingRow, NeedMissing, NeedPlace, NeedRow, NestedRow, Outcome, PermanentRow, PolicyApproval,
        PolicyDifference, PolicyEdits, PolicyMail, PolicySettings, PolicyWanted, Proof, ReviewRow, ReviewVerdict,
        ReviewedPerson, RuleGroup, RuleRow, Section, StaleRow, Step, StepAction, Told, UnfinishedRow, Wanted,
    },
    rows::{
        ActiveRow, Effectiveness, EligibleRow, ExtensionState, ExtensionView, Hint, RenewalRefused, RenewalView,
        RenewalWay, RequirementsView, RowState,
    },
    settings::{Appearance, BundleShortcut, Quiet, Reminder, Renewal, Settings, Updating, Watch, WorkingDay},
    timeline::{Lane, Span},
    updates::{Looks, Offer, OfferedPackage, UpdateWish, Updates},
};
use crate::{cloud::Permission, model::Kind, problem::Problem};

/// Everything there is to show. Sent whole: it is small, and a whole value cannot be applied out of order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// The server's time at which this view was made. The window counts down from here.
    pub now: DateTime<Utc>,
    /// Whose view this is.
    pub session: Session,
    /// What a sign-in with these settings would ask for; while nobody is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub way_in: Option<WayIn>,
    /// How the last sign-in of this run ended, once one has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub sign_in_end: Option<SignInEnd>,
    /// Everybody who is signed in, in the order of their sign-ins; the lists of this view are those of the one that is
    /// `current`, and of nobody else.
    pub accounts: Vec<AccountRow>,
    /// The tenants that the account is known in, once they were asked for.
    pub tenants: Option<Tenants>,
    /// What the tray icon says.
    pub status: Status,
    /// The state of the list itself.
    pub list: ListState,
    /// Roles that are active or on their way, most urgent first.
    pub active: Vec<ActiveRow>,
    /// Roles that can be activated, favourites first, then by use, then by name.
    pub eligible: Vec<EligibleRow>,
    /// Things worth knowing, each with a way out (no keyring, a file set aside, notifications denied).
    pub notices: Vec<Notice>,
    /// Recent reasons, newest first, without repeats.
    pub recent_reasons: Vec<String>,
    /// User settings; where an organisation has set some, theirs.
    pub settings: Settings,
    /// Settings that an organisation has set and the user cannot change, by their names in the file (`warnMinutes`).
    #[serde(default)]
    pub locked: Vec<String>,
    /// Reasons to choose from that an organisation has set; the user's own, in the settings, come after them.
    #[serde(default)]
    pub shared_reasons: Vec<String>,
    /// Sets of roles that are activated together, by name.
    pub bundles: Vec<BundleView>,
    /// Why the last bundle, or file of bundles, was not kept.
    pub bundle_problem: Option<Problem>,
    /// One activation waiting out its undo time.
    pub undo: Option<Undo>,
    /// The key of the role that was entered by name last in this run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub entered: Option<String>,
    /// More about one role, once it was asked for.
    pub detail: Option<RoleDetail>,
    /// What was activated, once it was asked for.
    pub history: Option<HistoryView>,
    /// The form somebody outside the window asked for (a notification's button, the tray menu).
    pub open_form: Option<OpenForm>,
    /// Newer versions of Pimento. The tray's to say, as its own notices are, and not an agent's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub updates: Option<Updates>,
}

impl View {
    /// Before anything is known.
    pub fn empty(now: DateTime<Utc>) -> Self {
        Self {
            now,
            session: Session::Loading,
            way_in: None,
            sign_in_end: None,
            accounts: Vec::new(),
            tenants: None,
            status: Status::Loading,
            list: ListState::default(),
            active: Vec::new(),
            eligible: Vec::new(),
            notices: Vec::new(),
            recent_reasons: Vec::new(),
            settings: Settings::default(),
            locked: Vec::new(),
            shared_reasons: Vec::new(),
            bundles: Vec::new(),
            bundle_problem: None,
            undo: None,
            entered: None,
            detail: None,
            history: None,
            open_form: None,
            updates: None,
        }
    }
}

/// A request to show the form of a role or a bundle, prefilled. It never elevates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct OpenForm {
    /// The role's key, or the bundle's name.
    pub id: String,
    /// It is a bundle's name.
    pub bundle: bool,
    /// Rises with every request: the window acts when it sees a new one.
    pub serial: u32,
}

/// The one-glance state, in rising order of urgency. Derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Not known yet.
    Loading,
    /// Nobody is signed in.
    SignedOut,
    /// Signed in, nothing active.
    Idle,
    /// At least one activation.
    Active,
    /// The next activation to end is within the warning time.
    Expiring,
    /// Something failed and waits for the user.
    Error,
    /// The network is away.
    Offline,
}

/// How fresh the list is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ListState {
    /// Server time of the last complete answer, of the kind that was read longest ago; `None` before the first.
    pub as_of: Option<DateTime<Utc>>,
    /// A read is under way.
    pub loading: bool,
    /// The last read failed; what is shown is older. A kind that nobody here uses says nothing here.
    pub problem: Option<Problem>,
    /// Server time before which not all kinds are read again, whoever wants it: a service has named it.
    pub paused_until: Option<DateTime<Utc>>,
    /// Each kind's own state.
    pub sources: Vec<SourceState>,
}

/// How fresh the list of one kind of PIM is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct SourceState {
    /// The kind.
    pub kind: Kind,
    /// Server time of its last complete answer; `None` before the first.
    pub as_of: Option<DateTime<Utc>>,
    /// A read is under way.
    pub loading: bool,
    /// The last read failed, or was refused; what is shown of this kind is older.
    pub problem: Option<Problem>,
    /// Part of it did not answer: what is shown of this kind may be incomplete.
    pub partial: Option<Problem>,
    /// Server time before which it is not read again, whoever wants it: the service has named it.
    pub paused_until: Option<DateTime<Utc>>,
    /// Nobody has consented to what this kind needs: a link to send to an administrator, who can.
    pub consent: Option<Consent>,
}

/// A banner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// Stable id, for dismissing.
    pub id: String,
    /// How serious.
    pub severity: Severity,
    /// One sentence, or two.
    pub message: String,
    /// Technical part, folded away.
    pub detail: Option<String>,
}

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// For information.
    Info,
    /// Something works less well than it should.
    Warning,
}

/// An activation that waits out its undo time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Undo {
    /// The role's key.
    pub id: String,
    /// Role name.
    pub name: String,
    /// The reason that is reused.
    pub reason: String,
    /// How long it will be active, minutes.
    pub minutes: u32,
    /// Server time at which it is sent.
    pub sends_at: DateTime<Utc>,
}

/// What an administrator has to consent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// Opens the consent page in an administrator's browser.
    pub link: String,
    /// The permissions, in Microsoft's names.
    pub permissions: Vec<String>,
}

/// What a sign-in asks for, and what is asked for later: for whoever has not signed in yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct WayIn {
    /// At once.
    pub directory_roles: Consent,
    /// Once somebody wants to see groups.
    pub groups: Consent,
    /// Once somebody wants to see Azure resources.
    pub azure: Consent,
    /// Each by the one thing that takes it.
    pub later: Vec<Permission>,
}
