//! Notifications while reminders are paused: held back, and shown afterwards where they are still true.

use chrono::{DateTime, Utc};
use pim::agent::{Notification, Notify};

use super::words::{Zone, clock};

/// What was held back.
#[derive(Debug, Default)]
pub struct Held(Vec<(DateTime<Utc>, Notify)>);

impl Held {
    /// Takes in what the agent wants shown at `now`; returns what is to be done at once.
    pub fn take(&mut self, notification: Notification, paused: bool, now: DateTime<Utc>) -> Option<Notification> {
        let (Notification::Notify(Notify { tag, .. }) | Notification::Withdraw { tag }) = &notification;
        self.0.retain(|(_, held)| held.tag != *tag);
        match notification {
            Notification::Notify(notify) if paused => {
                self.0.push((now, notify));
                None
            }
            other => Some(other),
        }
    }

    /// The pause is over: what is still true, once. A text may count from the time it was made, so it says when that was.
    pub fn release(&mut self, now: DateTime<Utc>, zone: Zone) -> Vec<Notify> {
        let late = |(at, notify): (DateTime<Utc>, Notify)| {
            let body = format!("Held back at {}. {}", clock(at, now, zone), notify.body);
            Notify { body, ..notify }
        };
        self.0.drain(..).map(late).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-23T{text}:00Z").parse().unwrap()
    }

    fn utc(_: DateTime<Utc>) -> FixedOffset {
        FixedOffset::east_opt(0).unwrap()
    }

    fn warning(tag: &str, title: &str) -> Notification {
        let (body, actions) = ("Active until 12:30.".into(), Vec::new());
        Notification::Notify(Notify { tag: tag.into(), title: title.into(), body, actions })
    }

    #[test]
    fn without_a_pause_everything_is_shown_at_once() {
        let mut held = Held::default();
        let told = warning("x", "X ends in 5 minutes");
        assert_eq!(held.take(told.clone(), false, at("12:25")), Some(told));
        assert!(held.release(at("12:26"), utc).is_empty());
    }

    #[test]
    fn what_is_still_true_after_the_pause_is_shown_once_and_says_from_when_it_is() {
        let mut held = Held::default();
        assert_eq!(held.take(warning("x", "X ends in 5 minutes"), true, at("12:25")), None);
        let shown = held.release(at("12:27"), utc);
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].title, "X ends in 5 minutes");
        assert_eq!(shown[0].body, "Held back at 12:25. Active until 12:30.");
        assert!(held.release(at("12:28"), utc).is_empty());
    }

    #[test]
    fn what_was_withdrawn_or_replaced_meanwhile_is_not_shown() {
        let mut held = Held::default();
        held.take(warning("x", "X ends in 5 minutes"), true, at("12:25"));
        held.take(warning("y", "Y ends in 5 minutes"), true, at("12:26"));
        held.take(warning("x", "X has ended"), true, at("12:30"));
        let withdraw = Notification::Withdraw { tag: "y".into() };
        assert_eq!(held.take(withdraw.clone(), true, at("12:30")), Some(withdraw), "it may hang there from before");
        let titles: Vec<_> = held.release(at("13:00"), utc).into_iter().map(|notify| notify.title).collect();
        assert_eq!(titles, ["X has ended"]);
    }
}
