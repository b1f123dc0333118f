//! Times and names as the menu and the tooltip write them: the same words as the window's.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

pub use pim::{wall::Zone, words::left};

/// The longest name shown: a menu as wide as the screen helps nobody.
const LONGEST_NAME: usize = 60;

/// When the words of [`left`] change next, for something that ends at `end`.
pub fn left_changes(end: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let minutes = (end - now).num_minutes();
    // A hair past the full minute: at exactly two minutes the words are still "2 min".
    (end > now && minutes > 0).then(|| end - TimeDelta::minutes(minutes) + TimeDelta::milliseconds(1))
}

/// A moment as the clock on the user's wall shows it then.
pub fn local(at: DateTime<Utc>, zone: Zone) -> DateTime<FixedOffset> {
    at.with_timezone(&zone(at))
}

/// The clock time, with the day where it is not today's: "17:30", "Tue 01:30", "4 Dec, 01:30".
pub fn clock(at: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> String {
    pim::words::clock(local(at, zone), local(now, zone))
}

/// A name that somebody else chose, safe to show on one line: no control characters, nothing that turns the direction of
/// text around, not endless.
pub fn inert(name: &str) -> String {
    let mut shown: String = name
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_direction_control(*c))
        .take(LONGEST_NAME + 1)
        .collect();
    if shown.chars().count() > LONGEST_NAME {
        shown = shown.chars().take(LONGEST_NAME - 1).collect();
        shown.push('…');
    }
    shown
}

/// Unicode's bidirectional controls, which make a text look like another.
fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn time_is_written_as_people_say_it() {
        for (seconds, words) in [
            (-5, "under a minute"),
            (59, "under a minute"),
            (60, "1 min"),
            (9 * 60 + 59, "9 min"),
            (3600, "1 h"),
            (2 * 3600 + 41 * 60, "2 h 41"),
            (8 * 3600 + 5 * 60, "8 h 05"),
        ] {
            assert_eq!(left(TimeDelta::seconds(seconds)), words, "{seconds}");
        }
    }

    #[test]
    fn the_next_change_is_when_the_words_change_and_not_before() {
        let end = at("2026-11-23T17:30:00Z");
        let mut now = at("2026-11-23T15:00:30Z");
        let mut changes = 0;
        while let Some(next) = left_changes(end, now) {
            assert!(next > now);
            assert_eq!(left(end - now), left(end - (next - TimeDelta::milliseconds(1))));
            assert_ne!(left(end - now), left(end - next));
            (now, changes) = (next, changes + 1);
        }
        assert_eq!(changes, 149);
        assert_eq!(left_changes(end, end), None);
        assert_eq!(left_changes(end, end + TimeDelta::days(1)), None);
    }

    #[test]
    fn clock_times_name_the_day_where_it_is_another() {
        let zone: Zone = |_| FixedOffset::east_opt(2 * 3600).unwrap();
        let now = at("2026-11-23T15:00:00Z");
        assert_eq!(clock(at("2026-11-23T15:30:00Z"), now, zone), "17:30");
        assert_eq!(clock(at("2026-11-23T23:30:00Z"), now, zone), "Tue 01:30");
        assert_eq!(clock(at("2026-12-03T23:30:00Z"), now, zone), "4 Dec, 01:30");
    }

    /// Where clocks go back at one in the morning of Greenwich, as in Europe on 25 October 2026.
    fn lisbon(at: DateTime<Utc>) -> FixedOffset {
        let summer = at < "2026-10-25T01:00:00Z".parse::<DateTime<Utc>>().unwrap();
        FixedOffset::east_opt(if summer { 3600 } else { 0 }).unwrap()
    }

    #[test]
    fn a_time_after_the_clocks_have_changed_is_that_of_the_changed_clock() {
        let evening = at("2026-10-24T22:30:00Z");
        assert_eq!(clock(evening, evening, lisbon), "23:30");
        assert_eq!(clock(at("2026-10-25T06:30:00Z"), evening, lisbon), "Sun 06:30");
        // And looking back.
        let morning = at("2026-10-25T06:30:00Z");
        assert_eq!(clock(evening, morning, lisbon), "24 Oct, 23:30");
        // Which of the two half past one it is, the clock does not say.
        assert_eq!(clock(at("2026-10-25T00:30:00Z"), morning, lisbon), "01:30");
        assert_eq!(clock(at("2026-10-25T01:30:00Z"), morning, lisbon), "01:30");
    }

    #[test]
    fn hostile_names_become_harmless() {
        assert_eq!(inert("Global\nReader\u{202e}\u{0}"), "Global Reader");
        let long = inert(&"x".repeat(10_000));
        assert_eq!(long.chars().count(), LONGEST_NAME);
        assert!(long.ends_with('…'));
    }
}
