//! When an activation begins, as people type it.

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::minutes::parse_minutes;

/// A start as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// So many minutes from now.
    In(u32),
    /// The next time that a clock here shows this.
    Clock(NaiveTime),
    /// A day and a time, here.
    Here(NaiveDateTime),
    /// An instant.
    At(DateTime<Utc>),
}

/// Reads `18:00`, `2026-11-24T09:00`, `2026-11-24T09:00Z` or `+2h`.
pub fn parse_start(text: &str) -> Result<Start, String> {
    let text = text.trim();
    if let Some(length) = text.strip_prefix('+') {
        return parse_minutes(length).map(Start::In);
    }
    if let Ok(time) = NaiveTime::parse_from_str(text, "%H:%M") {
        return Ok(Start::Clock(time));
    }
    let day = text.replacen(' ', "T", 1);
    for form in ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"] {
        if let Ok(here) = NaiveDateTime::parse_from_str(&day, form) {
            return Ok(Start::Here(here));
        }
    }
    for form in ["%Y-%m-%dT%H:%M%#z", "%Y-%m-%dT%H:%M:%S%#z"] {
        if let Ok(at) = DateTime::parse_from_str(&day.replace('Z', "+00:00"), form) {
            return Ok(Start::At(at.to_utc()));
        }
    }
    Err(format!("`{text}` is not a start; write 18:00, 2026-11-24T09:00 or +2h"))
}

impl Start {
    /// The instant that is meant, for somebody in `zone` whose clock shows `now`; `None` for a time that clocks skip there.
    pub fn instant<Z: TimeZone>(self, now: DateTime<Utc>, zone: &Z) -> Option<DateTime<Utc>> {
        let here = |local: NaiveDateTime| zone.from_local_datetime(&local).earliest().map(|at| at.to_utc());
        match self {
            Self::In(minutes) => now.checked_add_signed(TimeDelta::minutes(minutes.into())),
            Self::At(at) => Some(at),
            Self::Here(local) => here(local),
            Self::Clock(time) => {
                let today = now.with_timezone(zone).date_naive();
                let found = here(today.and_time(time)).filter(|at| *at > now);
                found.or_else(|| here(today.checked_add_days(Days::new(1))?.and_time(time)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn instant(text: &str) -> Option<String> {
        // Half past six in the evening, two hours east.
        let now = "2026-11-23T16:30:00Z".parse().expect("an instant");
        let zone = FixedOffset::east_opt(2 * 3600).expect("an offset");
        parse_start(text).expect(text).instant(now, &zone).map(|at| at.format("%Y-%m-%dT%H:%M").to_string())
    }

    #[test]
    fn what_people_type_is_understood() {
        for (text, expected) in [
            ("19:00", "2026-11-23T17:00"),
            ("18:00", "2026-11-24T16:00"),
            ("+2h", "2026-11-23T18:30"),
            ("+90m", "2026-11-23T18:00"),
            ("2026-11-24T09:00", "2026-11-24T07:00"),
            ("2026-11-24 09:00", "2026-11-24T07:00"),
            ("2026-11-24T09:00Z", "2026-11-24T09:00"),
            ("2026-11-24T09:00:00+01:00", "2026-11-24T08:00"),
        ] {
            assert_eq!(instant(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_nobody_means_is_refused() {
        for text in ["", "soon", "25:00", "+", "+soon", "2026-13-01T09:00", "9", "18.00"] {
            let refusal = parse_start(text).expect_err(text);
            assert!(refusal.contains("write "), "{refusal}");
        }
    }
}
