//! Moments of the past, as people type them.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};

/// A moment as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// As typed: the same question is known by it.
    pub text: String,
    meant: Meant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    /// So long ago.
    Ago(TimeDelta),
    /// A whole day, here.
    Day(NaiveDate),
    /// A day and a time, here.
    Here(NaiveDateTime),
    /// An instant.
    At(DateTime<Utc>),
}

/// Reads `2026-11-01`, `2026-11-01T09:00`, `2026-11-01T09:00Z`, `7d`, `12h` or `30m` (ago).
pub fn parse_moment(text: &str) -> Result<Moment, String> {
    let text = text.trim();
    let meant = ago(text).or_else(|| instant(text));
    let meant = meant
        .ok_or_else(|| format!("`{text}` is not a moment; write 2026-11-01, 2026-11-01T09:00 or 7d (days ago)"))?;
    Ok(Moment { text: text.to_owned(), meant })
}

fn ago(text: &str) -> Option<Meant> {
    let unit = text.chars().next_back()?;
    let number: u32 = text.strip_suffix(unit)?.parse().ok()?;
    let number = i64::from(number);
    let length = match unit.to_ascii_lowercase() {
        'w' => TimeDelta::try_weeks(number)?,
        'd' => TimeDelta::try_days(number)?,
        'h' => TimeDelta::try_hours(number)?,
        'm' => TimeDelta::try_minutes(number)?,
        _ => return None,
    };
    (length <= TimeDelta::days(3660)).then_some(Meant::Ago(length))
}

fn instant(text: &str) -> Option<Meant> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(Meant::Day(day));
    }
    let text = text.replacen(' ', "T", 1);
    for form in ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"] {
        if let Ok(here) = NaiveDateTime::parse_from_str(&text, form) {
            return Some(Meant::Here(here));
        }
    }
    for form in ["%Y-%m-%dT%H:%M%#z", "%Y-%m-%dT%H:%M:%S%.f%#z"] {
        if let Ok(at) = DateTime::parse_from_str(&text.replace('Z', "+00:00"), form) {
            return Some(Meant::At(at.to_utc()));
        }
    }
    None
}

impl Moment {
    /// The instant that is meant, for somebody in `zone` whose clock shows `now`. A whole day begins at its first moment, and
    /// with `end` ends at its last one. `None` for a time that clocks skip there.
    pub fn instant<Z: TimeZone>(&self, now: DateTime<Utc>, zone: &Z, end: bool) -> Option<DateTime<Utc>> {
        let here = |local: NaiveDateTime| zone.from_local_datetime(&local).earliest().map(|at| at.to_utc());
        let begins = |day: NaiveDate| {
            // Where clocks skip midnight, the day begins an hour later.
            here(day.and_hms_opt(0, 0, 0)?).or_else(|| here(day.and_hms_opt(1, 0, 0)?))
        };
        match self.meant {
            Meant::Ago(length) => now.checked_sub_signed(length),
            Meant::At(at) => Some(at),
            Meant::Here(local) => here(local),
            Meant::Day(day) if end => {
                begins(day.checked_add_days(Days::new(1))?)?.checked_sub_signed(TimeDelta::nanoseconds(100))
            }
            Meant::Day(day) => begins(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, SecondsFormat};

    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        let now = "2026-11-23T16:30:00Z".parse().expect("an instant");
        let zone = FixedOffset::east_opt(2 * 3600).expect("an offset");
        for (text, end, expected) in [
            ("2026-11-01", false, "2026-10-31T22:00:00Z"),
            ("2026-11-01", true, "2026-11-01T21:59:59.999999900Z"),
            ("2026-11-01T09:00", false, "2026-11-01T07:00:00Z"),
            ("2026-11-01 09:00", true, "2026-11-01T07:00:00Z"),
            ("2026-11-01T09:00Z", false, "2026-11-01T09:00:00Z"),
            ("2026-11-01T09:00:00.5+01:00", false, "2026-11-01T08:00:00.500Z"),
            ("7d", false, "2026-11-16T16:30:00Z"),
            ("2w", false, "2026-11-09T16:30:00Z"),
            ("12h", false, "2026-11-23T04:30:00Z"),
            ("30m", true, "2026-11-23T16:00:00Z"),
        ] {
            let at = parse_moment(text).expect(text).instant(now, &zone, end).expect(text);
            assert_eq!(at.to_rfc3339_opts(SecondsFormat::AutoSi, true), expected, "{text}");
        }
    }

    #[test]
    fn what_nobody_means_is_refused() {
        for text in ["", "d", "soon", "-7d", "7", "99999999d", "2026-13-01", "2026-11-01T25:00", "9ä", "ä"] {
            let refusal = parse_moment(text).expect_err(text);
            assert!(refusal.contains("write "), "{refusal}");
        }
    }
}
