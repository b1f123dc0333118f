//! Hours of the day in which nobody wants to hear anything. Pure: handed the time, and the user's zone at a time.

use chrono::{DateTime, Utc};

use crate::{
    settings::time_of_day,
    view::Quiet,
    wall::{self, Zone},
};

/// Until when it is quiet; `None` where it is not.
pub fn until(quiet: Option<&Quiet>, now: DateTime<Utc>, zone: Zone) -> Option<DateTime<Utc>> {
    let Quiet { from, to } = quiet?;
    let (from, to) = (time_of_day(from)?, time_of_day(to)?);
    let time = now.with_timezone(&zone(now)).time();
    let quiet = if from <= to { (from..to).contains(&time) } else { time >= from || time < to };
    let ends = wall::day(now, zone).iter_days().map(|day| wall::moment(day, to, zone));
    if quiet { ends.take(2).find(|end| *end > now) } else { None }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn quiet(from: &str, to: &str) -> Quiet {
        Quiet { from: from.into(), to: to.into() }
    }

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-23T{text}Z").parse().unwrap()
    }

    fn utc(_: DateTime<Utc>) -> FixedOffset {
        FixedOffset::east_opt(0).unwrap()
    }

    #[test]
    fn it_is_quiet_from_the_first_time_until_the_second_also_over_midnight() {
        let (night, noon) = (quiet("22:00", "07:00"), quiet("12:00", "13:30"));
        let until = |quiet: &Quiet, time: &str| until(Some(quiet), at(time), utc);
        let tomorrow: DateTime<Utc> = "2026-11-24T07:00:00Z".parse().unwrap();
        assert_eq!(until(&night, "21:59:59"), None);
        assert_eq!(until(&night, "22:00:00"), Some(tomorrow));
        assert_eq!(until(&night, "23:59:59"), Some(tomorrow));
        assert_eq!(until(&night, "00:00:00"), Some(at("07:00:00")));
        assert_eq!(until(&night, "07:00:00"), None);
        assert_eq!(until(&noon, "12:00:00"), Some(at("13:30:00")));
        assert_eq!(until(&noon, "13:30:00"), None);
        assert_eq!(super::until(None, at("12:00:00"), utc), None);
    }

    #[test]
    fn the_hours_are_those_on_the_users_wall() {
        let east = |_| FixedOffset::east_opt(9 * 3_600).unwrap();
        let night = quiet("22:00", "07:00");
        // 21:30 in UTC is half past six in the morning there.
        assert_eq!(until(Some(&night), at("21:30:00"), east), Some(at("22:00:00")));
        assert_eq!(until(Some(&night), at("22:00:00"), east), None);
    }

    #[test]
    fn a_night_in_which_clocks_go_back_is_an_hour_longer() {
        fn berlin(at: DateTime<Utc>) -> FixedOffset {
            let change: DateTime<Utc> = "2026-10-25T01:00:00Z".parse().unwrap();
            FixedOffset::east_opt(if at < change { 7_200 } else { 3_600 }).unwrap()
        }
        let night = quiet("22:00", "07:00");
        let evening: DateTime<Utc> = "2026-10-24T20:00:00Z".parse().unwrap();
        let morning: DateTime<Utc> = "2026-10-25T06:00:00Z".parse().unwrap();
        assert_eq!(until(Some(&night), evening, berlin), Some(morning));
        assert_eq!(until(Some(&night), morning, berlin), None);
    }

    #[test]
    fn what_is_no_time_of_the_day_is_not_quiet() {
        for (from, to) in [("", "07:00"), ("22:00", "seven"), ("24:00", "07:00")] {
            assert_eq!(until(Some(&quiet(from, to)), at("23:00:00"), utc), None);
        }
    }
}
