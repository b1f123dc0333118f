//! What the user can set.

use serde::{Deserialize, Serialize};

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
    /// Light or dark, or as the system is.
    pub appearance: Appearance,
    /// Language, as its code (`de`); `None`: the system's, or English where that is not spoken.
    pub language: Option<String>,
    /// Show the time left beside the icon in the tray.
    pub time_beside_icon: bool,
    /// Days that what was asked for is remembered on this computer; 0: no longer than it is needed.
    pub history_days: u32,
    /// Reasons that are shorter are warned of, characters; 0: none is. What a policy demands is another matter.
    pub reason_length: u32,
    /// Reasons to choose from; `{date}` and `{ticket}` become the day and the ticket's number.
    pub reason_templates: Vec<String>,
    /// Client id of the organisation's own app registration; `None`: Microsoft Graph Command Line Tools.
    pub client_id: Option<String>,
    /// Tenant id or domain to sign in to; `None`: the account's home tenant.
    pub tenant: Option<String>,
    /// Cloud to sign in to (`global`, `usgov`, `usgovdod`, `china`).
    pub cloud: String,
    /// Opens the window from anywhere (`Ctrl+Alt+P`); `None`: no such shortcut.
    pub shortcut: Option<String>,
    /// Opens a bundle's form from anywhere: name and shortcut; `None`: no such shortcut.
    pub bundle_shortcut: Option<BundleShortcut>,
    /// Hours without notifications, but for what the user has to answer.
    pub quiet: Option<Quiet>,
    /// What renews without being asked.
    pub renewal: Renewal,
    /// What happens by the hours of a working day.
    pub day: WorkingDay,
    /// What the user is told of that others do.
    pub watch: Watch,
    /// Newer versions of Pimento.
    pub updates: Updating,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            warn_minutes: 5,
            notification_details: true,
            autostart: false,
            hide_on_blur: true,
            appearance: Appearance::System,
            language: None,
            time_beside_icon: false,
            history_days: 730,
            reason_length: 8,
            reason_templates: Vec::new(),
            client_id: None,
            tenant: None,
            cloud: "global".into(),
            shortcut: None,
            bundle_shortcut: None,
            quiet: None,
            renewal: Renewal::default(),
            day: WorkingDay::default(),
            watch: Watch::default(),
            updates: Updating::default(),
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Appearance {
    /// As the system is, live.
    #[default]
    System,
    /// Light, whatever the system is.
    Light,
    /// Dark, whatever the system is.
    Dark,
}

/// Renewals that nobody has to arm one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Renewal {
    /// Arm what can renew by itself as soon as it is active.
    pub arm: bool,
    /// Time on the wall (`HH:MM`) after which nothing renews by itself on that day; `None`: no such time.
    pub until: Option<String>,
}

/// What happens by the hours of a working day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WorkingDay {
    /// Time on the wall (`HH:MM`) at which what is active is ended; `None`: it runs until its end.
    pub ends_at: Option<String>,
    /// End what is active when the screen is locked.
    pub end_on_lock: bool,
    /// What the user is asked about, again and again.
    pub reminders: Vec<Reminder>,
}

/// "Every weekday at nine, ask me." It opens a form, filled in, and never elevates by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reminder {
    /// Days of the week, Monday as 1.
    pub days: Vec<u8>,
    /// Time on the wall, `HH:MM`.
    pub at: String,
    /// Whose role or bundle ([`super::Account::id`]); `None`: whoever is the current one then.
    #[serde(default)]
    pub account: Option<String>,
    /// The role's key; `None`: a bundle.
    #[serde(default)]
    pub role: Option<String>,
    /// The bundle's name; `None`: a role.
    #[serde(default)]
    pub bundle: Option<String>,
    /// What it is called: the role's name, for when it is on no list.
    pub name: String,
}

/// Being told when others activate privileged roles. Off until somebody wants it: it costs requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Watch {
    /// Say who activated a role that is watched.
    pub activations: bool,
    /// Which roles, by name or id; none: the most privileged ones.
    pub roles: Vec<String>,
    /// No notification of an activation in these hours; what happened in them is told afterwards.
    pub quiet: Option<Quiet>,
}

/// What is done about newer versions. None is installed without a click.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Updating {
    /// Look for one once a day. Otherwise nothing is asked of anybody.
    pub look: bool,
    /// Days after it came out for which a version is not offered; 90 at most.
    pub defer_days: u32,
}

impl Default for Updating {
    fn default() -> Self {
        Self { look: true, defer_days: 0 }
    }
}

/// Hours of a day on the user's wall, as `HH:MM`. They may go over midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quiet {
    /// From then on.
    pub from: String,
    /// Until then.
    pub to: String,
}

/// Keys that open a bundle's form, filled in, wherever the user is. They never elevate by themselves: other programs can press
/// keys too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BundleShortcut {
    /// The bundle's name.
    pub bundle: String,
    /// The keys.
    pub keys: String,
}
