//! The templates in English.

use super::Words;

pub(in crate::managed::templates) const ENGLISH: Words = Words {
    code: "en-US",
    description: "What an organisation can set for Pimento. What is set holds over the user's own and is shown with a lock.",
    supported: "Pimento 0.1 or newer",
    members: [("from", "From"), ("to", "To"), ("bundle", "Bundle"), ("keys", "Keys")],
    entries: [
        (
            "bundles",
            "The organisation's bundles",
            "A file with its whole path, or an https address, with bundles that everybody can run and nobody can change.",
        ),
        ("warnMinutes", "Warning before the end", "Minutes before the end of a role at which the warning comes."),
        (
            "notificationDetails",
            "Details in notifications",
            "Reasons, tenants and what others do stand in notifications. Off for screens that others see.",
        ),
        ("autostart", "Start with the system", "Start with the system."),
        ("hideOnBlur", "Hide the window when another one is used", "Hide the window when another one is used."),
        ("appearance", "Appearance", "Light or dark, or as the system is."),
        ("language", "Language", "Language, whatever the system's is."),
        ("timeBesideIcon", "Time beside the icon", "The time left beside the icon in the tray."),
        (
            "historyDays",
            "Keep the history",
            "Days that what was asked for is remembered on this computer, with its reasons. 0: no longer than it is needed.",
        ),
        (
            "reasonLength",
            "Warn of short reasons",
            "Reasons with fewer characters are warned of. 0: none is. It stops nothing; what a policy demands does.",
        ),
        (
            "reasonTemplates",
            "Reasons to choose from",
            "Reasons to choose from, before the user's own. {date} becomes the day, {ticket} the ticket's number.",
        ),
        (
            "clientId",
            "App registration",
            "Client id of the organisation's own app registration, in place of Microsoft Graph Command Line Tools.",
        ),
        ("tenant", "Tenant", "Tenant to sign in to, by its id or a domain, in place of the account's home tenant."),
        ("cloud", "Cloud", "Cloud to sign in to."),
        ("shortcut", "Keys that open Pimento", "Keys that open the window from anywhere, such as Ctrl+Alt+P."),
        (
            "bundleShortcut",
            "Keys that open a bundle's form",
            "A bundle, and the keys that open its form from anywhere. They activate nothing.",
        ),
        (
            "quiet",
            "Quiet hours",
            "Hours without notifications, but for what the user has to answer. What is still true is told afterwards.",
        ),
        (
            "renewal.arm",
            "Renew by itself",
            "Roles whose policies ask nothing renew by themselves, unless the user disarms them.",
        ),
        ("renewal.until", "Renew by itself until", "After this time of the day nothing renews by itself on that day."),
        (
            "day.endsAt",
            "End what is active at a time",
            "At this time of the day what is active is ended, after a warning.",
        ),
        (
            "day.endOnLock",
            "End what is active when the screen is locked",
            "What is active is ended when the screen is locked. On Linux alone.",
        ),
        ("day.reminders", "Reminders", "Forms that are offered again and again, as in the settings' own file."),
        (
            "watch.activations",
            "Say who activates privileged roles",
            "Say who else activates privileged roles. It costs requests.",
        ),
        ("watch.roles", "Roles that are watched", "Which roles, by name or id. None: the most privileged ones."),
        (
            "watch.quiet",
            "Quiet hours for activations of others",
            "Hours in which nobody is told of activations. They are told afterwards.",
        ),
        (
            "updates.look",
            "Look for newer versions",
            "Look for newer versions of Pimento once a day. Off: nothing is asked of anybody.",
        ),
        (
            "updates.deferDays",
            "Days before a newer version is offered",
            "Days after it came out for which a newer version is not offered.",
        ),
    ],
};
