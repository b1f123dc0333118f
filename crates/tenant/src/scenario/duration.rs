//! ISO 8601 durations as Microsoft Graph writes them: `PT5H30M`, `P1D`, `P180D`.

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// A duration together with its ISO 8601 text, which the service echoes as it was sent.
///
/// Weeks, days, hours, minutes and seconds only: years and months have no fixed length, and neither policies nor
/// requests of directory roles use them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IsoDuration {
    text: String,
    length: TimeDelta,
}

/// The text is no ISO 8601 duration of weeks, days, hours, minutes and seconds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an ISO 8601 duration such as PT8H, PT30M or P90D")]
pub struct NotADuration(pub String);

impl IsoDuration {
    /// Its length.
    pub fn length(&self) -> TimeDelta {
        self.length
    }

    /// Whole hours, for defaults in code.
    pub fn hours(hours: u32) -> Self {
        Self { text: format!("PT{hours}H"), length: TimeDelta::hours(i64::from(hours)) }
    }

    /// Whole days, for defaults in code.
    pub fn days(days: u32) -> Self {
        Self { text: format!("P{days}D"), length: TimeDelta::days(i64::from(days)) }
    }

    /// Whole seconds, for defaults in code.
    pub fn seconds(seconds: u32) -> Self {
        Self { text: format!("PT{seconds}S"), length: TimeDelta::seconds(i64::from(seconds)) }
    }

    /// The same, or a time span as Python and .NET write it: `5:30:00`, `1 day, 2:00:00`, `1.02:00:00`.
    ///
    /// # Errors
    /// It is neither.
    pub fn lenient(text: &str) -> Result<Self, NotADuration> {
        text.parse().or_else(|error| {
            span(text).map_or(Err(error), |length| Ok(Self { text: format!("PT{}S", length.num_seconds()), length }))
        })
    }

    /// No time at all.
    pub fn zero() -> Self {
        Self { text: "PT0S".to_owned(), length: TimeDelta::zero() }
    }
}

/// `hours:minutes:seconds`, with days before it or without.
fn span(text: &str) -> Option<TimeDelta> {
    let in_words = text.split_once(" days, ").or_else(|| text.split_once(" day, "));
    let (days, time) = in_words.or_else(|| text.split_once('.')).unwrap_or(("0", text));
    let mut numbers = Vec::new();
    for part in std::iter::once(days).chain(time.split(':')) {
        numbers.push(i64::from(part.parse::<u16>().ok()?));
    }
    let [days, hours, minutes @ 0..60, seconds @ 0..60] = numbers[..] else { return None };
    Some(TimeDelta::seconds(((days * 24 + hours) * 60 + minutes) * 60 + seconds))
}

impl fmt::Display for IsoDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<IsoDuration> for String {
    fn from(duration: IsoDuration) -> Self {
        duration.text
    }
}

impl TryFrom<String> for IsoDuration {
    type Error = NotADuration;

    fn try_from(text: String) -> Result<Self, NotADuration> {
        match crate::clock::duration(&text) {
            Some(length) => Ok(Self { text, length }),
            None => Err(NotADuration(text)),
        }
    }
}

impl std::str::FromStr for IsoDuration {
    type Err = NotADuration;

    fn from_str(text: &str) -> Result<Self, NotADuration> {
        Self::try_from(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_text_and_knows_the_length() {
        let duration: IsoDuration = "PT5H30M".parse().unwrap();
        assert_eq!((duration.to_string().as_str(), duration.length()), ("PT5H30M", TimeDelta::minutes(330)));
        assert_eq!(IsoDuration::days(365).length(), TimeDelta::days(365));
    }

    #[test]
    fn time_spans_are_taken_by_who_is_lenient() {
        for (text, minutes) in [
            ("PT5H30M", 330),
            ("5:30:00", 330),
            ("1 day, 2:00:00", 1560),
            ("2 days, 0:00:00", 2880),
            ("1.02:00:00", 1560),
        ] {
            let length = IsoDuration::lenient(text).unwrap();
            assert_eq!(length.length(), TimeDelta::minutes(minutes), "{text}");
            assert!(length.to_string().starts_with('P'), "{length}");
        }
        for text in ["", "5", "5:30", "5:60:00", "5:00:60", "-5:30:00", "1:2:3:4", "a day, 2:00:00", "5 hours"] {
            assert!(IsoDuration::lenient(text).is_err(), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_duration() {
        for text in ["", "8H", "5:30:00", "P1M", "-PT1H"] {
            assert!(text.parse::<IsoDuration>().is_err(), "{text}");
        }
    }
}
