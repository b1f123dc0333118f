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
    /// What the user is told of that others do.
    pub watch: Watch,
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
            shortcut: None,
            bundle_shortcut: None,
            watch: Watch::default(),
        }
    }
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
