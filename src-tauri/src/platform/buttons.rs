//! Buttons of notifications: their names on the way to the system and back, and what they say. The same everywhere.

use pim::agent::{NotificationAction, Notify};

/// A button's name, and what it says.
pub fn button(action: &NotificationAction) -> (&'static str, &'static str) {
    match action {
        NotificationAction::Reactivate { .. } => ("reactivate", "Re-activate"),
        NotificationAction::Open => ("open", "Open Pimento"),
        NotificationAction::Dismiss => ("dismiss", "Dismiss"),
    }
}

/// What the button of this name asks for. One that the notification does not have asks for nothing.
pub fn chosen(notify: &Notify, name: &str) -> Option<NotificationAction> {
    notify.actions.iter().find(|action| button(action).0 == name).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_opens_the_form_and_elevates_nothing() {
        let reactivate = NotificationAction::Reactivate { account: None, id: "x".into() };
        let notify = Notify {
            tag: "x".into(),
            title: String::new(),
            body: String::new(),
            actions: vec![reactivate.clone(), NotificationAction::Dismiss],
        };
        assert_eq!(chosen(&notify, "reactivate"), Some(reactivate));
        assert_eq!(chosen(&notify, "dismiss"), Some(NotificationAction::Dismiss));
        for name in ["open", "", "0", "activate", "__closed", "Reactivate"] {
            assert_eq!(chosen(&notify, name), None, "{name}");
        }
    }
}
