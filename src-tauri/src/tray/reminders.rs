//! Notifications while reminders are paused, or in quiet hours: held back, and shown afterwards where they are still true. A
//! pause holds all of them; in quiet hours what is pressing is shown.

use chrono::{DateTime, Utc};
use pim::{
    agent::{Notification, Notify},
    quiet, say,
    view::Settings,
};

use super::words::{Zone, clock};

/// What is held back at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hush {
    /// Nothing.
    Nothing,
    /// All but what is pressing.
    Most,
    /// Everything.
    Everything,
}

impl Hush {
    /// With reminders paused or not, in quiet hours or not; and when quiet hours end.
    pub fn at(settings: &Settings, paused: bool, now: DateTime<Utc>, zone: Zone) -> (Self, Option<DateTime<Utc>>) {
        let quiet = quiet::until(settings.quiet.as_ref(), now, zone);
        let hush = match (paused, quiet) {
            (true, _) => Self::Everything,
            (false, Some(_)) => Self::Most,
            (false, None) => Self::Nothing,
        };
        (hush, quiet)
    }

    fn holds(self, notify: &Notify) -> bool {
        match self {
            Self::Nothing => false,
            Self::Most => !notify.pressing,
            Self::Everything => true,
        }
    }
}

/// What was held back.
#[derive(Debug, Default)]
pub struct Held(Vec<(DateTime<Utc>, Notify)>);

impl Held {
    /// Takes in what the agent wants shown at `now`; returns what is to be done at once.
    pub fn take(&mut self, notification: Notification, hush: Hush, now: DateTime<Utc>) -> Option<Notification> {
        let (Notification::Notify(Notify { tag, .. }) | Notification::Withdraw { tag }) = &notification;
        self.0.retain(|(_, held)| held.tag != *tag);
        match notification {
            Notification::Notify(notify) if hush.holds(&notify) => {
                self.0.push((now, notify));
                None
            }
            other => Some(other),
        }
    }

    /// There is something to be shown later.
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// What is not held back any more and still true, once. A text may count from the time it was made, so it says when that
    /// was.
    pub fn release(&mut self, hush: Hush, now: DateTime<Utc>, zone: Zone) -> Vec<Notify> {
        let late = |(at, notify): (DateTime<Utc>, Notify)| {
            let body = say!("held-back", time = clock(at, now, zone), text = &notify.body);
            Notify { body, ..notify }
        };
        self.0.extract_if(.., |(_, notify)| !hush.holds(notify)).map(late).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use pim::view::Quiet;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-23T{text}:00Z").parse().unwrap()
    }

    fn utc(_: DateTime<Utc>) -> FixedOffset {
        FixedOffset::east_opt(0).unwrap()
    }

    fn warning(tag: &str, title: &str) -> Notification {
        let (body, actions) = ("Active until 12:30.".into(), Vec::new());
        Notification::Notify(Notify { tag: tag.into(), title: title.into(), body, actions, pressing: false })
    }

    fn pressing(tag: &str, title: &str) -> Notification {
        let Notification::Notify(notify) = warning(tag, title) else { unreachable!() };
        Notification::Notify(Notify { pressing: true, ..notify })
    }

    fn titles(shown: Vec<Notify>) -> Vec<String> {
        shown.into_iter().map(|notify| notify.title).collect()
    }

    #[test]
    fn without_a_pause_everything_is_shown_at_once() {
        let mut held = Held::default();
        let told = warning("x", "X ends in 5 minutes");
        assert_eq!(held.take(told.clone(), Hush::Nothing, at("12:25")), Some(told));
        assert!(!held.any() && held.release(Hush::Nothing, at("12:26"), utc).is_empty());
    }

    #[test]
    fn what_is_still_true_after_the_pause_is_shown_once_and_says_from_when_it_is() {
        let mut held = Held::default();
        assert_eq!(held.take(warning("x", "X ends in 5 minutes"), Hush::Everything, at("12:25")), None);
        assert!(held.any() && held.release(Hush::Everything, at("12:26"), utc).is_empty(), "still paused");
        let shown = held.release(Hush::Nothing, at("12:27"), utc);
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].title, "X ends in 5 minutes");
        assert_eq!(shown[0].body, "Held back at 12:25. Active until 12:30.");
        assert!(held.release(Hush::Nothing, at("12:28"), utc).is_empty());
    }

    #[test]
    fn what_was_withdrawn_or_replaced_meanwhile_is_not_shown() {
        for hush in [Hush::Most, Hush::Everything] {
            let mut held = Held::default();
            held.take(warning("x", "X ends in 5 minutes"), hush, at("12:25"));
            held.take(warning("y", "Y ends in 5 minutes"), hush, at("12:26"));
            held.take(warning("x", "X has ended"), hush, at("12:30"));
            let withdraw = Notification::Withdraw { tag: "y".into() };
            assert_eq!(held.take(withdraw.clone(), hush, at("12:30")), Some(withdraw), "it may hang there from before");
            assert_eq!(titles(held.release(Hush::Nothing, at("13:00"), utc)), ["X has ended"]);
        }
    }

    #[test]
    fn quiet_hours_let_through_what_is_pressing_and_a_pause_does_not() {
        let mut held = Held::default();
        let denied = pressing("x", "X not activated");
        assert_eq!(held.take(warning("y", "Y ends in 5 minutes"), Hush::Most, at("23:00")), None);
        assert_eq!(held.take(denied.clone(), Hush::Most, at("23:01")), Some(denied.clone()));
        assert_eq!(held.take(denied, Hush::Everything, at("23:02")), None);
        // The pause ends in the middle of the night.
        assert_eq!(titles(held.release(Hush::Most, at("23:30"), utc)), ["X not activated"]);
        assert_eq!(titles(held.release(Hush::Nothing, at("23:59"), utc)), ["Y ends in 5 minutes"]);
    }

    #[test]
    fn what_is_pressing_takes_the_place_of_what_was_held_about_the_same() {
        let mut held = Held::default();
        held.take(warning("x", "X ends in 5 minutes"), Hush::Most, at("23:00"));
        held.take(pressing("x", "X will not be activated again"), Hush::Most, at("23:03"));
        assert!(!held.any());
    }

    #[test]
    fn a_pause_holds_more_than_quiet_hours_and_their_end_is_known() {
        let quiet = Some(Quiet { from: "22:00".into(), to: "23:30".into() });
        let settings = Settings { quiet, ..Settings::default() };
        let end = Some(at("23:30"));
        assert_eq!(Hush::at(&settings, false, at("22:00"), utc), (Hush::Most, end));
        assert_eq!(Hush::at(&settings, true, at("22:00"), utc), (Hush::Everything, end));
        assert_eq!(Hush::at(&settings, true, at("23:30"), utc), (Hush::Everything, None));
        assert_eq!(Hush::at(&settings, false, at("23:30"), utc), (Hush::Nothing, None));
        assert_eq!(Hush::at(&Settings::default(), false, at("22:00"), utc), (Hush::Nothing, None));
    }
}
