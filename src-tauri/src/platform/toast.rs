//! A notification in the words of Windows' toasts.

use std::fmt::Write;

use pim::agent::{NotificationAction, Notify};

use super::buttons::button;

/// What a click on the toast itself says, as a button of that name would.
pub const ITSELF: &str = "open";

/// The toast's description: headline, text, buttons. What others chose stays text.
pub fn xml(notify: &Notify) -> String {
    // One that waits for its buttons stays on the screen for 25 seconds instead of 7, then in the notification centre.
    let duration = if notify.actions.is_empty() { "short" } else { "long" };
    let mut xml = format!(
        "<toast launch=\"{ITSELF}\" duration=\"{duration}\"><visual><binding template=\"ToastGeneric\">\
         <text>{}</text><text>{}</text></binding></visual>",
        escape(&notify.title),
        escape(&notify.body)
    );
    // The click on the toast itself opens Pimento already.
    let buttons: Vec<_> = notify.actions.iter().filter(|action| **action != NotificationAction::Open).collect();
    if !buttons.is_empty() {
        xml.push_str("<actions>");
        for (name, label) in buttons.into_iter().map(button) {
            let _ = write!(xml, "<action content=\"{}\" arguments=\"{name}\"/>", escape(&label));
        }
        xml.push_str("</actions>");
    }
    xml.push_str("</toast>");
    xml
}

/// Text, and only text: no markup, nothing that XML cannot carry.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\n' | '\t' => safe.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notify(title: &str, body: &str, actions: Vec<NotificationAction>) -> Notify {
        Notify { tag: "x".into(), title: title.into(), body: body.into(), actions, pressing: false }
    }

    #[test]
    fn buttons_have_the_names_that_come_back() {
        let reactivate = NotificationAction::Reactivate { account: Some("a".into()), id: "role|\"x\"".into() };
        let actions = vec![reactivate, NotificationAction::Open, NotificationAction::Dismiss];
        assert_eq!(
            xml(&notify("Ends soon", "Until 12:30.", actions)),
            "<toast launch=\"open\" duration=\"long\"><visual><binding template=\"ToastGeneric\"><text>Ends soon</text>\
             <text>Until 12:30.</text></binding></visual><actions><action content=\"Re-activate\" \
             arguments=\"reactivate\"/><action content=\"Dismiss\" arguments=\"dismiss\"/></actions></toast>"
        );
    }

    #[test]
    fn names_that_somebody_else_chose_stay_text() {
        let hostile = "</text><actions><action arguments=\"x\"/>&quot;\u{0}\u{7}\u{ffff}'";
        let xml = xml(&notify(hostile, hostile, Vec::new()));
        assert_eq!(xml.matches("<action").count(), 0, "{xml}");
        assert_eq!(xml.matches("</text>").count(), 2, "{xml}");
        assert!(xml.contains("&amp;quot;&apos;</text>"), "{xml}");
        assert!(xml.chars().all(|c| !c.is_control() && c != '\u{ffff}'), "{xml:?}");
        assert!(xml.contains("duration=\"short\""), "{xml}");
    }
}
