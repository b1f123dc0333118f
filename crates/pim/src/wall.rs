//! Times on the wall: which moment is "18:00 today" where the user is. Pure, and handed the time zone.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

/// The user's time zone: how far it is ahead of Greenwich at a moment. Not one offset for all: a winter's end comes between two
/// moments that stand on the same line. The system's is [`crate::clock::zone`].
pub type Zone = fn(DateTime<Utc>) -> FixedOffset;

/// The day on the wall at a moment.
pub fn day(at: DateTime<Utc>, zone: Zone) -> NaiveDate {
    at.with_timezone(&zone(at)).date_naive()
}

/// When the clock on the wall shows this time on this day: the first time, where the clocks are put back and it shows it
/// twice; as much later as they are put forward, where it never does.
pub fn moment(day: NaiveDate, time: NaiveTime, zone: Zone) -> DateTime<Utc> {
    let wanted = day.and_time(time);
    let shown = |by: FixedOffset| {
        let utc = wanted.checked_sub_offset(by).unwrap_or(wanted);
        utc.and_utc()
    };
    // No zone is further from Greenwich than a day, and none changes its clocks twice in two.
    let noon = wanted.and_utc();
    let [before, after] = [-1, 1].map(|days| zone(noon.checked_add_signed(TimeDelta::days(days)).unwrap_or(noon)));
    let right = [before, after].into_iter().filter(|by| zone(shown(*by)) == *by).map(shown).min();
    right.unwrap_or_else(|| shown(before))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hours(hours: i32) -> FixedOffset {
        FixedOffset::east_opt(hours * 3600).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Summer time from 29 March to 25 October 2026, at one in the morning of Greenwich.
    fn berlin(now: DateTime<Utc>) -> FixedOffset {
        let summer = at("2026-03-29T01:00:00Z")..at("2026-10-25T01:00:00Z");
        hours(if summer.contains(&now) { 2 } else { 1 })
    }

    fn shows(day: &str, time: &str) -> DateTime<Utc> {
        let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
        moment(day.parse().unwrap(), time, berlin)
    }

    #[test]
    fn a_time_is_where_the_wall_shows_it() {
        assert_eq!(shows("2026-11-23", "18:00"), at("2026-11-23T17:00:00Z"));
        assert_eq!(shows("2026-07-01", "18:00"), at("2026-07-01T16:00:00Z"));
        assert_eq!(shows("2026-07-01", "00:30"), at("2026-06-30T22:30:00Z"));
        assert_eq!(day(at("2026-06-30T22:30:00Z"), berlin), "2026-07-01".parse().unwrap());
    }

    #[test]
    fn a_time_that_is_shown_twice_is_the_first_one_and_one_that_never_is_comes_later() {
        assert_eq!(shows("2026-10-25", "02:30"), at("2026-10-25T00:30:00Z"), "still summer");
        assert_eq!(shows("2026-10-25", "03:00"), at("2026-10-25T02:00:00Z"));
        assert_eq!(shows("2026-03-29", "02:30"), at("2026-03-29T01:30:00Z"), "03:30 on the wall");
        assert_eq!(shows("2026-03-29", "03:30"), at("2026-03-29T01:30:00Z"));
    }

    proptest! {
        #[test]
        fn no_time_is_shown_before_it_comes(days in 0..730_i64, minutes in 0..1440_u32) {
            let date = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + TimeDelta::days(days);
            let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
            let found = moment(date, time, berlin);
            let wall = found.with_timezone(&berlin(found)).naive_local();
            prop_assert_eq!(day(found, berlin), date);
            prop_assert!(wall.time() >= time && wall.time() - time <= TimeDelta::hours(1));
        }
    }
}
