//! Time stamps as Graph writes them: UTC with `Z` and 0 to 7 fractional digits.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::scenario::FractionalDigits;

/// What Graph's listings of eligibility schedules give as `modifiedDateTime` of what was never modified.
pub const NEVER: &str = "0001-01-01T08:00:00Z";

/// Writes time stamps according to a scenario's switch.
#[derive(Clone, Copy, Debug)]
pub struct Stamps(pub FractionalDigits);

impl Stamps {
    /// As in the answer to a POST: up to 7 digits.
    pub fn fine(self, at: DateTime<Utc>) -> Value {
        self.write(at, 7)
    }

    /// As in listings: up to 3 digits.
    pub fn coarse(self, at: DateTime<Utc>) -> Value {
        self.write(at, 3)
    }

    /// Whole seconds.
    pub fn whole(self, at: DateTime<Utc>) -> Value {
        self.write(at, 0)
    }

    fn write(self, at: DateTime<Utc>, mixed: usize) -> Value {
        let digits = match self.0 {
            FractionalDigits::Mixed => mixed,
            FractionalDigits::Seven => 7,
            FractionalDigits::Three => 3,
            FractionalDigits::None => 0,
        };
        let fraction = format!("{:09}", at.timestamp_subsec_nanos().min(999_999_999));
        let fraction = fraction[..digits].trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        Value::String(format!("{}{point}{fraction}Z", at.format("%Y-%m-%dT%H:%M:%S")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_zeros_are_dropped() {
        let at: DateTime<Utc> = "2026-11-20T10:00:05.9500001Z".parse().unwrap();
        let mixed = Stamps(FractionalDigits::Mixed);
        assert_eq!(mixed.fine(at), "2026-11-20T10:00:05.9500001Z");
        assert_eq!(mixed.coarse(at), "2026-11-20T10:00:05.95Z");
        assert_eq!(mixed.whole(at), "2026-11-20T10:00:05Z");
        assert_eq!(Stamps(FractionalDigits::None).fine(at), "2026-11-20T10:00:05Z");
    }
}
