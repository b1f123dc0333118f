//! What a person can ask for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{BundleEntry, Settings, UpdateWish, Watch};
use crate::model::{Kind, Ticket};

/// Everything a person can ask for. Comes up the pipe from the window, from the tray menu and from notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// One account's command, whichever is the current one when it arrives: what was clicked under an account stays with it.
    For {
        /// [`super::Account::id`].
        account: String,
        /// The command.
        command: Box<Command>,
    },
    /// Make an account the current one.
    SelectAccount {
        /// [`super::Account::id`].
        account: String,
    },
    /// Find out which tenants the current account is known in.
    FindTenants,
    /// Sign in to another tenant, beside the accounts that are signed in.
    SignInTenant {
        /// The tenant's id or domain; `null`: the account's home tenant.
        tenant: Option<String>,
        /// The cloud; `null`: the current account's, or that of the settings.
        cloud: Option<String>,
        /// The client id of the app registration there; `null`: in the current account's cloud its own, in that of the settings
        /// the settings', elsewhere Microsoft's public client.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(optional))]
        client_id: Option<String>,
        /// By device code instead of the browser here.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
        device_code: bool,
    },
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
    /// Activate now, or from a time to come. With a start not before the end of the running activation: ask for the next
    /// one early, where the service takes that.
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
        /// A narrower scope than the eligible one, for Azure resources; `null`: the eligible one.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(optional))]
        scope: Option<String>,
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
    /// Write bundles to a file in the user's folder for downloads; a notice says where.
    ExportBundles {
        /// Their names; none: all of them.
        names: Vec<String>,
    },
    /// Put a role on the list by its name or id, where one's eligibilities cannot be listed. Whether it can be activated is for
    /// the service to judge.
    EnterRole {
        /// The kind of PIM.
        source: Kind,
        /// Name or id of the role or the group.
        role: String,
        /// Scope. Of a directory role `null` is the whole directory; of a group `member` (`null`) or `owner`; of an Azure role
        /// its path.
        scope: Option<String>,
    },
    /// Take a role off the list that was put there by [`Command::EnterRole`].
    ForgetRole {
        /// The role's key.
        id: String,
    },
    /// Ask for a later end of an eligibility or a standing assignment.
    RequestExtension {
        /// The role's key.
        id: String,
        /// Of the eligibility; `false`: of the standing assignment.
        eligibility: bool,
        /// The reason.
        reason: String,
    },
    /// Read more about a role: [`super::View::detail`].
    ShowDetail {
        /// The role's key.
        id: String,
    },
    /// Read what is below one of its scopes.
    UnfoldScope {
        /// The role's key.
        id: String,
        /// The scope's id.
        scope: String,
    },
    /// Choose where an Azure role that is looked at is to be active: what it asks for there stands in
    /// [`super::RoleDetail::picked`] then.
    PickScope {
        /// The role's key.
        id: String,
        /// The narrower scope's id; `null`: the eligible one.
        scope: Option<String>,
    },
    /// Nobody looks at it any more.
    CloseDetail,
    /// Look whether an activation's access has arrived.
    CheckEffect {
        /// The role's key.
        id: String,
    },
    /// Open one of an active role's links in the browser.
    OpenHint {
        /// The role's key.
        id: String,
        /// Which of its hints.
        title: String,
    },
    /// Show the history: [`super::View::history`].
    ShowHistory {
        /// Words that every row has; empty: everything.
        text: String,
    },
    /// Nobody looks at it any more.
    CloseHistory,
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
    /// Arm or disarm the renewal, with the same duration, reason and ticket: sent at the moment of expiry, or beforehand where
    /// the service takes that. Disarming takes back what was sent beforehand.
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
        /// Wanted although somebody has to approve the role again, and it is gone until they do.
        #[serde(default)]
        confirmed: bool,
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
    /// Show a bundle's form, prefilled. Never elevates.
    OpenBundle {
        /// The bundle's name.
        name: String,
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
    /// Replace the settings, but for what is watched.
    SaveSettings {
        /// All of them.
        settings: Box<Settings>,
    },
    /// Replace what is watched.
    Watch {
        /// What the user is told of from now on.
        watch: Watch,
    },
    /// Something about newer versions of Pimento. For the tray, which no agent hears of.
    Updates {
        /// What.
        wish: UpdateWish,
    },
}
