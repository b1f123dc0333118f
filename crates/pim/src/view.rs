//! What a window, a tray icon or a command line shows, and what they may ask for.
//!
//! These types are the whole contract between the process that holds the tokens and the one that runs HTML. They carry
//! instants, never formatted times, and never a token. TypeScript types are generated from them (`cargo xtask generate`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    model::{Kind, Ticket},
    problem::Problem,
};

/// Everything there is to show. Sent whole: it is small, and a whole value cannot be applied out of order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// The server's time at which this view was made. The window counts down from here.
    pub now: DateTime<Utc>,
    /// Who is signed in.
    pub session: Session,
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
    /// User settings.
    pub settings: Settings,
    /// Sets of roles that are activated together, by name.
    pub bundles: Vec<BundleView>,
    /// Why the last bundle, or file of bundles, was not kept.
    pub bundle_problem: Option<Problem>,
    /// One activation waiting out its undo time.
    pub undo: Option<Undo>,
    /// The form somebody outside the window asked for (a notification's button, the tray menu).
    pub open_form: Option<OpenForm>,
}

impl View {
    /// Before anything is known.
    pub fn empty(now: DateTime<Utc>) -> Self {
        Self {
            now,
            session: Session::Loading,
            status: Status::Loading,
            list: ListState::default(),
            active: Vec::new(),
            eligible: Vec::new(),
            notices: Vec::new(),
            recent_reasons: Vec::new(),
            settings: Settings::default(),
            bundles: Vec::new(),
            bundle_problem: None,
            undo: None,
            open_form: None,
        }
    }
}

/// A named set of roles that are activated together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    /// What it is called.
    pub name: String,
    /// The reason it begins with, today.
    pub reason: String,
    /// Its roles.
    pub roles: Vec<BundleRow>,
}

/// A role in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct BundleRow {
    /// The role's key (`RoleKey::id`).
    pub id: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory, or where it is not known.
    pub scope: Option<String>,
    /// How long it will be active, minutes.
    pub minutes: u32,
    /// It can be activated; otherwise it is left out.
    pub eligible: bool,
    /// It is active or on its way already.
    pub engaged: bool,
}

/// A role to be put into a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BundleEntry {
    /// The role's key.
    pub id: String,
    /// Minutes; `None`: as used last, or as long as the policy allows.
    pub minutes: Option<u32>,
}

/// A request to show a role's form, prefilled. It never elevates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct OpenForm {
    /// The role's key.
    pub id: String,
    /// Rises with every request: the window acts when it sees a new one.
    pub serial: u32,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Session {
    /// Start-up: the keyring has not answered yet. Never shown as signed out.
    Loading,
    /// Nobody.
    SignedOut {
        /// Why, when it was not the user's own doing (expired, revoked, cancelled).
        reason: Option<Problem>,
    },
    /// A browser is open, or a device code is waiting.
    SigningIn {
        /// The code to type at `url`, for the device code flow.
        user_code: Option<String>,
        /// Where to type it.
        url: Option<String>,
    },
    /// Somebody.
    SignedIn {
        /// The account.
        account: Account,
    },
}

/// A signed-in account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// `{oid}.{tid}`: what files and keyring entries are named by.
    pub id: String,
    /// `preferred_username`.
    pub username: String,
    /// Display name.
    pub name: String,
    /// The tenant's display name, or its id until known.
    pub tenant: String,
    /// The tenant's id.
    pub tenant_id: String,
    /// The cloud's short name (`global`, `usgov`, `usgovdod`, `china`, `loopback`).
    pub cloud: String,
    /// The demo tenant.
    pub demo: bool,
    /// The refresh token lives in the system's keyring; `false`: in memory, until Pimento is quit.
    pub remembered: bool,
}

/// The one-glance state, in rising order of urgency. Derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

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
    /// Eligible through a group.
    pub through_group: bool,
    /// When the eligibility itself ends.
    pub eligible_until: Option<DateTime<Utc>>,
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
    /// `false`: the policy could not be read; defaults are shown and the service judges.
    pub known: bool,
    /// Rules this version does not know.
    pub unknown_rules: Vec<String>,
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

/// What the user can set. Kept in `settings.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Settings {
    /// Minutes before the end at which the warning comes; 1 to 60.
    pub warn_minutes: u32,
    /// Show the reason and the tenant in notifications.
    pub notification_details: bool,
    /// Start with the system.
    pub autostart: bool,
    /// Hide the window when it loses the focus.
    pub hide_on_blur: bool,
    /// Client id of the organisation's own app registration; `None`: Microsoft Graph Command Line Tools.
    pub client_id: Option<String>,
    /// Tenant id or domain to sign in to; `None`: the account's home tenant.
    pub tenant: Option<String>,
    /// Cloud to sign in to (`global`, `usgov`, `usgovdod`, `china`).
    pub cloud: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            warn_minutes: 5,
            notification_details: true,
            autostart: false,
            hide_on_blur: true,
            client_id: None,
            tenant: None,
            cloud: "global".into(),
        }
    }
}

/// Everything a person can ask for. Comes up the pipe from the window, from the tray menu and from notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Sign in to the built-in demo tenant.
    SignInDemo,
    /// Sign in through the system browser, with cloud, tenant and client id of the settings.
    SignIn,
    /// Sign in by device code.
    SignInDeviceCode,
    /// Stop waiting for the browser or the device code.
    CancelSignIn,
    /// Forget the account: tokens, saved view, remembered reasons.
    SignOut,
    /// Read the lists again.
    Refresh,
    /// Read one kind's lists again.
    RefreshSource {
        /// The kind of PIM.
        source: Kind,
    },
    /// Sign in once more, so as to consent to the permissions that one kind needs: Azure is a service of its own, which
    /// the sign-in does not ask for.
    AllowSource {
        /// The kind of PIM.
        source: Kind,
    },
    /// Activate now, or from a time to come.
    Activate {
        /// The role's key.
        id: String,
        /// Minutes.
        minutes: u32,
        /// The reason; may be empty where the policy asks for none.
        reason: String,
        /// The ticket, where asked for.
        ticket: Option<Ticket>,
        /// Wait out the undo time first (one-click activation with a reused reason).
        undoable: bool,
        /// Server time of a start in the future; `null`: now.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(optional))]
        start: Option<DateTime<Utc>>,
    },
    /// Activate several roles now, of any kinds, with one reason. What is active or on its way already is left as it is;
    /// a policy that allows less than `minutes` is kept to. None that fails stops another.
    ActivateSeveral {
        /// The roles' keys.
        ids: Vec<String>,
        /// Minutes.
        minutes: u32,
        /// The reason; may be empty where no policy asks for one.
        reason: String,
        /// The ticket, where one is asked for.
        ticket: Option<Ticket>,
    },
    /// Activate the roles of a bundle now, as [`Command::ActivateSeveral`] does.
    RunBundle {
        /// The bundle's name.
        name: String,
        /// The reason; `null`: the bundle's own.
        reason: Option<String>,
        /// The ticket, where one is asked for.
        ticket: Option<Ticket>,
    },
    /// Keep a bundle, in place of the one of the same name.
    SaveBundle {
        /// What it is called.
        name: String,
        /// The reason it begins with; `{date}` becomes the day on which it is run.
        reason: String,
        /// Its roles.
        roles: Vec<BundleEntry>,
    },
    /// Forget a bundle.
    DeleteBundle {
        /// Its name.
        name: String,
    },
    /// Keep the bundles of a file ([`crate::bundles`]), in place of those of the same names; all or none.
    ImportBundles {
        /// The file's text.
        text: String,
    },
    /// Take an activation back that waits out its undo time.
    Undo {
        /// The role's key.
        id: String,
    },
    /// End an activation.
    Deactivate {
        /// The role's key.
        id: String,
    },
    /// Arm or disarm the renewal at the moment of expiry, with the same duration, reason and ticket.
    ArmRenewal {
        /// The role's key.
        id: String,
        /// Armed or not.
        armed: bool,
    },
    /// End the running activation and activate again now.
    RestartNow {
        /// The role's key.
        id: String,
        /// Minutes.
        minutes: u32,
        /// The reason.
        reason: String,
        /// The ticket, where asked for.
        ticket: Option<Ticket>,
    },
    /// Withdraw a pending request.
    CancelRequest {
        /// The role's key.
        id: String,
    },
    /// Mark or unmark a favourite.
    SetFavourite {
        /// The role's key.
        id: String,
        /// Favourite or not.
        favourite: bool,
    },
    /// Show the role's form, prefilled with duration, reason and ticket used last. Never elevates.
    OpenForm {
        /// The role's key.
        id: String,
    },
    /// Forget the problem on a row.
    DismissProblem {
        /// The role's key.
        id: String,
    },
    /// Close a banner.
    DismissNotice {
        /// The notice's id.
        id: String,
    },
    /// Replace the settings.
    SaveSettings {
        /// All of them.
        settings: Settings,
    },
}
