//! What an organisation can set: one table, from which documentation and policy templates are written and by which what is set
//! is understood. A test holds it against the settings themselves.

/// A setting.
#[derive(Debug)]
pub(crate) struct Key {
    /// As in the settings' file; below a table with a full stop between.
    pub path: &'static str,
    /// What it can be.
    pub form: Form,
    /// What it does, in a sentence for administrators.
    #[cfg_attr(not(test), expect(dead_code, reason = "administrators' page and templates are held against it"))]
    pub about: &'static str,
}

/// What a setting can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// On or off.
    Switch,
    /// A whole number.
    Number {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Any text.
    Text,
    /// Several texts.
    Texts,
    /// A time on the wall: `22:00`.
    Time,
    /// A table of texts with these names, all of them.
    Table(&'static [&'static str]),
    /// Reminders: a list of tables, for which group policy has no form.
    Reminders,
}

use Form::{Choice, Number, Reminders, Switch, Table, Text, Texts, Time};

const HOURS: Form = Table(&["from", "to"]);

const fn key(path: &'static str, form: Form, about: &'static str) -> Key {
    Key { path, form, about }
}

/// All of them, in the order of the settings.
pub(crate) const KEYS: [Key; 26] = [
    key("warnMinutes", Number { min: 1, max: 60 }, "Minutes before the end of a role at which the warning comes."),
    key(
        "notificationDetails",
        Switch,
        "Reasons, tenants and what others do stand in notifications. Off for screens that others see.",
    ),
    key("autostart", Switch, "Start with the system."),
    key("hideOnBlur", Switch, "Hide the window when another one is used."),
    key("appearance", Choice(&["system", "light", "dark"]), "Light or dark, or as the system is."),
    key("language", Choice(&["en", "de", "fr", "es", "ja", "ar"]), "Language, whatever the system's is."),
    key("timeBesideIcon", Switch, "The time left beside the icon in the tray."),
    key(
        "historyDays",
        Number { min: 0, max: 3_650 },
        "Days that what was asked for is remembered on this computer, with its reasons. 0: no longer than it is needed.",
    ),
    key(
        "reasonLength",
        Number { min: 0, max: 200 },
        "Reasons with fewer characters are warned of. 0: none is. It stops nothing; what a policy demands does.",
    ),
    key(
        "reasonTemplates",
        Texts,
        "Reasons to choose from, before the user's own. {date} becomes the day, {ticket} the ticket's number.",
    ),
    key(
        "clientId",
        Text,
        "Client id of the organisation's own app registration, in place of Microsoft Graph Command Line Tools.",
    ),
    key("tenant", Text, "Tenant to sign in to, by its id or a domain, in place of the account's home tenant."),
    key("cloud", Choice(&["global", "usgov", "usgovdod", "china"]), "Cloud to sign in to."),
    key("shortcut", Text, "Keys that open the window from anywhere, such as Ctrl+Alt+P."),
    key(
        "bundleShortcut",
        Table(&["bundle", "keys"]),
        "A bundle, and the keys that open its form from anywhere. They activate nothing.",
    ),
    key(
        "quiet",
        HOURS,
        "Hours without notifications, but for what the user has to answer. What is still true is told afterwards.",
    ),
    key("renewal.arm", Switch, "Roles whose policies ask nothing renew by themselves, unless the user disarms them."),
    key("renewal.until", Time, "After this time of the day nothing renews by itself on that day."),
    key("day.endsAt", Time, "At this time of the day what is active is ended, after a warning."),
    key("day.endOnLock", Switch, "What is active is ended when the screen is locked. On Linux alone."),
    key("day.reminders", Reminders, "Forms that are offered again and again, as in the settings' own file."),
    key("watch.activations", Switch, "Say who else activates privileged roles. It costs requests."),
    key("watch.roles", Texts, "Which roles, by name or id. None: the most privileged ones."),
    key("watch.quiet", HOURS, "Hours in which nobody is told of activations. They are told afterwards."),
    key("updates.look", Switch, "Look for newer versions of Pimento once a day. Off: nothing is asked of anybody."),
    key(
        "updates.deferDays",
        Number { min: 0, max: 90 },
        "Days after it came out for which a newer version is not offered.",
    ),
];

/// The setting of this path.
pub(crate) fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}
