//! Lengths of time and moments, as people say them. Months and weekdays are messages too: a library's table of them is larger
//! than all that is said here.

use chrono::{DateTime, Datelike, FixedOffset, TimeDelta};

/// What is left of something: "2 h 41", "9 min", "under a minute".
pub fn left(left: TimeDelta) -> String {
    if left < TimeDelta::minutes(1) {
        return say!("under-a-minute");
    }
    match (left.num_hours(), left.num_minutes() % 60) {
        (0, minutes) => say!("minutes", minutes = minutes),
        (hours, 0) => say!("hours", hours = hours),
        (hours, minutes) => say!("hours-left", hours = hours, minutes = format!("{minutes:02}")),
    }
}

/// A length of time: "45 min", "2 h", "1 h 30 min".
pub fn length(length: TimeDelta) -> String {
    let minutes = length.num_minutes();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => say!("minutes", minutes = minutes),
        (hours, 0) => say!("hours", hours = hours),
        (hours, minutes) => say!("hours-and-minutes", hours = hours, minutes = minutes),
    }
}

/// The clock time, with the day where it is not today's: "17:30", "Tue 01:30", "4 Dec, 01:30".
pub fn clock(at: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> String {
    let time = at.format("%H:%M").to_string();
    match at.num_days_from_ce() - now.num_days_from_ce() {
        0 => time,
        1..7 => say!("time-on-weekday", weekday = weekday(at), time = time),
        _ => say!("time-on-day", month = at.month(), day = at.day(), time = time),
    }
}

/// The clock time, with weekday and day where it is not today's: "17:30", "Fri 4 Dec, 01:30".
pub fn moment(at: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> String {
    let time = at.format("%H:%M").to_string();
    if at.date_naive() == now.date_naive() {
        return time;
    }
    say!("time-on-weekday-and-day", weekday = weekday(at), month = at.month(), day = at.day(), time = time)
}

/// The day, with the year where it is another one: "Fri 4 Dec", "4 Dec 2027".
pub fn day(at: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> String {
    if at.year() == now.year() {
        say!("weekday-and-day", weekday = weekday(at), month = at.month(), day = at.day())
    } else {
        say!("day-and-year", month = at.month(), day = at.day(), year = at.year())
    }
}

/// 1 is Monday.
fn weekday(at: DateTime<FixedOffset>) -> u32 {
    at.weekday().number_from_monday()
}
