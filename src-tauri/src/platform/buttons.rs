//! Buttons of notifications: their names on the way to the system and back, and what they say. The same everywhere.

use pim::{
    agent::{NotificationAction, Notify},
    say,
    view::Section,
};

/// A button's name, and what it says.
pub fn button(action: &NotificationAction) -> (&'static str, String) {
    match action {
        NotificationAction::Reactivate { .. } => ("reactivate", say!("button-reactivate")),
        NotificationAction::Activate { .. } => ("activate", say!("button-activate")),
        NotificationAction::Keep { .. } => ("keep", say!("button-keep")),
        NotificationAction::Manage { section: Section::Approvals, .. } => ("manage", say!("button-decide")),
        NotificationAction::Manage { section: Section::Reviews, .. } => ("manage", say!("button-review")),
        NotificationAction::Manage { .. } => ("manage", say!("button-show")),
        NotificationAction::Open => ("open", say!("button-open")),
        NotificationAction::Dismiss => ("dismiss", say!("button-dismiss")),
    }
}

/// What a click on the notification itself asks for: nothing but looking.
pub fn clicked(notify: &Notify) -> NotificationAction {
    let shows = |action: &&NotificationAction| matches!(action, NotificationAction::Manage { .. });
    notify.actions.iter().find(shows).cloned().unwrap_or(NotificationAction::Open)
}

/// What the button of this name asks for. One that the notification does not have asks for nothing.
pub fn chosen(notify: &Notify, name: &str) -> Option<NotificationAction> {
    notify.actions.iter().find(|action| button(action).0 == name).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_shows_what_the_notification_is_about() {
        let manage = NotificationAction::Manage { account: "a".into(), section: Section::Approvals, id: None };
        let mut notify = Notify {
            tag: "x".into(),
            title: String::new(),
            body: String::new(),
            actions: vec![NotificationAction::Dismiss],
            pressing: false,
        };
        assert_eq!(clicked(&notify), NotificationAction::Open);
        notify.actions.push(manage.clone());
        assert_eq!(clicked(&notify), manage);
        assert_eq!(chosen(&notify, "manage"), Some(manage));
    }

    #[test]
    fn a_button_opens_the_form_and_elevates_nothing() {
        let reactivate = NotificationAction::Reactivate { account: None, id: "x".into() };
        let notify = Notify {
            tag: "x".into(),
            title: String::new(),
            body: String::new(),
            actions: vec![reactivate.clone(), NotificationAction::Dismiss],
            pressing: false,
        };
        assert_eq!(chosen(&notify, "reactivate"), Some(reactivate));
        assert_eq!(chosen(&notify, "dismiss"), Some(NotificationAction::Dismiss));
        for name in ["open", "", "0", "activate", "__closed", "Reactivate"] {
            assert_eq!(chosen(&notify, name), None, "{name}");
        }
    }
}
