//! That the user sees no notifications, and why: what to say of it in the window. Pure; adapters ask the system.

use pim::{
    say,
    view::{Notice, Severity},
};

/// What the notice goes by.
const ID: &str = "notifications";

/// Why the user sees no notifications.
#[cfg_attr(not(test), expect(dead_code, reason = "each system tells only some of it"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barred {
    /// Nothing here shows any.
    NobodyShows,
    /// They are switched off, for Pimento or for all.
    Off,
    /// Whoever looks after this machine does not want them.
    Forbidden,
    /// Something else, in the system's words.
    Failed(String),
}

/// What is known of it.
#[derive(Debug, Default)]
pub struct Notifications {
    why: Option<Barred>,
    /// The person has read it. What comes later is another matter.
    read: bool,
}

impl Notifications {
    /// What the system said when it was asked, or was to show one.
    pub fn reported(&mut self, outcome: Result<(), Barred>) {
        let why = outcome.err();
        if why != self.why {
            if let Some(why) = &why {
                tracing::warn!(?why, "nobody sees notifications");
            } else {
                tracing::info!("notifications are seen");
            }
            (self.why, self.read) = (why, false);
        }
    }

    /// What to tell in the window.
    pub fn notice(&self) -> Option<Notice> {
        let why = self.why.as_ref().filter(|_| !self.read)?;
        let message = match why {
            Barred::NobodyShows => say!("notifications-nobody-shows"),
            Barred::Off => say!("notifications-off"),
            Barred::Forbidden => say!("notifications-forbidden"),
            Barred::Failed(_) => say!("notifications-failed"),
        };
        let detail = match why {
            Barred::Failed(words) => Some(words.clone()),
            _ => None,
        };
        Some(Notice { id: ID.into(), severity: Severity::Warning, message, detail })
    }

    /// The person has read it.
    pub fn dismiss(&mut self, notice: &str) {
        self.read |= notice == ID;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_nobody_sees_them_is_told_until_it_is_read_or_over() {
        let mut notifications = Notifications::default();
        assert_eq!(notifications.notice(), None);
        notifications.reported(Err(Barred::Off));
        let notice = notifications.notice().unwrap();
        assert_eq!((notice.id.as_str(), notice.severity), (ID, Severity::Warning));
        notifications.reported(Ok(()));
        assert_eq!(notifications.notice(), None);

        // Read once, it stays away for as long as nothing changes.
        notifications.reported(Err(Barred::NobodyShows));
        notifications.dismiss("another");
        assert!(notifications.notice().is_some());
        notifications.dismiss(ID);
        notifications.reported(Err(Barred::NobodyShows));
        assert_eq!(notifications.notice(), None);
        notifications.reported(Err(Barred::Failed("words".into())));
        assert_eq!(notifications.notice().unwrap().detail.as_deref(), Some("words"));
    }

    #[test]
    fn each_reason_has_a_sentence_of_its_own() {
        let all = [Barred::NobodyShows, Barred::Off, Barred::Forbidden, Barred::Failed("x".into())];
        let sentences: std::collections::BTreeSet<_> = all
            .into_iter()
            .map(|why| {
                let mut notifications = Notifications::default();
                notifications.reported(Err(why));
                notifications.notice().unwrap().message
            })
            .collect();
        assert_eq!(sentences.len(), 4);
    }
}
