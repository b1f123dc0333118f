//! The tenant's clock: it runs beside real time, can be set, advanced, stopped or run faster, and tells
//! everybody who waits for an instant when its course has changed.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// Never sleep longer than this without looking at the clock again: the machine may have been suspended.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);
/// The fastest the clock may run, in tenant seconds per real second (a day in under a second).
const FASTEST: f64 = 100_000.0;

/// How tenant time follows from real time: at `real` it was `tenant`, and since then it runs at `rate`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    real: DateTime<Utc>,
    tenant: DateTime<Utc>,
    rate: f64,
}

impl Course {
    /// Tenant time when real time is `real`.
    fn at(&self, real: DateTime<Utc>) -> DateTime<Utc> {
        let elapsed = (real - self.real).as_seconds_f64().max(0.0) * self.rate;
        add_seconds(self.tenant, elapsed)
    }
}

fn add_seconds(instant: DateTime<Utc>, seconds: f64) -> DateTime<Utc> {
    // Whole microseconds are plenty, and fit an i64 for 292,000 years.
    #[expect(clippy::cast_possible_truncation, reason = "a saturating cast is what is wanted here")]
    let microseconds = (seconds * 1e6) as i64;
    instant.checked_add_signed(TimeDelta::microseconds(microseconds)).unwrap_or(instant)
}

/// What the clock shows: the JSON of `GET /control/clock` and of every line of its stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Tenant time, RFC 3339 with milliseconds.
    pub now: String,
    /// Tenant seconds per real second; 0 is a stopped clock.
    pub rate: f64,
}

/// A change of the clock, the JSON of `POST /control/clock`: any member alone or several together,
/// applied in the order `set`, `advance`, `rate`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Change {
    /// Set tenant time to this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<DateTime<Utc>>,
    /// Move tenant time forward by this ISO 8601 duration, such as `PT8H`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<String>,
    /// Run at this many tenant seconds per real second; 0 stops the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
}

/// Why a [`Change`] was refused.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum ChangeError {
    /// `advance` is no ISO 8601 duration, is negative, or leads out of the calendar.
    #[error("advance: {0:?} is not a duration such as PT8H, PT30M or P1DT2H within the calendar")]
    Advance(String),
    /// `rate` is negative, not a number, or beyond what the clock can do.
    #[error("rate: {0} is not a number from 0 (stopped) to {FASTEST}")]
    Rate(f64),
    /// Nothing was asked for.
    #[error("give at least one of set, advance, rate")]
    Nothing,
}

/// The tenant's clock. Cheap to clone; clones share one course.
#[derive(Clone, Debug)]
pub struct Clock {
    course: watch::Sender<Course>,
}

/// Real time. The only place in this crate that reads it.
#[expect(clippy::disallowed_methods, reason = "the tenant's clock is where real time enters")]
fn real() -> DateTime<Utc> {
    Utc::now()
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock {
    /// A clock that shows real time at the normal rate.
    pub fn new() -> Self {
        let real = real();
        Self::resume(Course { real, tenant: real, rate: 1.0 })
    }

    /// A clock that goes on with a course saved earlier: time has passed meanwhile, at the course's rate.
    pub fn resume(course: Course) -> Self {
        Self { course: watch::Sender::new(course) }
    }

    /// The present course, to save it.
    pub fn course(&self) -> Course {
        *self.course.borrow()
    }

    /// Tenant time.
    pub fn now(&self) -> DateTime<Utc> {
        self.course().at(real())
    }

    /// Tenant seconds per real second.
    pub fn rate(&self) -> f64 {
        self.course().rate
    }

    /// What the clock shows.
    pub fn reading(&self) -> Reading {
        let course = self.course();
        Reading { now: course.at(real()).to_rfc3339_opts(SecondsFormat::Millis, true), rate: course.rate }
    }

    /// Real time in milliseconds since some fixed instant, for what must not follow the tenant's clock
    /// (the polling interval of the device code flow, durations in the request log).
    pub fn real_millis(&self) -> i64 {
        real().timestamp_millis()
    }

    /// Apply a change of the clock and tell everybody who waits.
    pub fn change(&self, change: &Change) -> Result<(), ChangeError> {
        if *change == Change::default() {
            return Err(ChangeError::Nothing);
        }
        let rate = change.rate.unwrap_or_else(|| self.rate());
        if !(0.0..=FASTEST).contains(&rate) {
            return Err(ChangeError::Rate(rate));
        }
        let real = real();
        let mut tenant = change.set.unwrap_or_else(|| self.course().at(real));
        if let Some(text) = &change.advance {
            let ahead = duration(text).ok_or_else(|| ChangeError::Advance(text.clone()))?;
            tenant = tenant.checked_add_signed(ahead).ok_or_else(|| ChangeError::Advance(text.clone()))?;
        }
        self.course.send_replace(Course { real, tenant, rate });
        Ok(())
    }

    /// Move the clock forward. See [`Clock::change`] for the version with every option.
    pub fn advance(&self, ahead: TimeDelta) {
        let real = real();
        self.course.send_modify(|course| {
            let tenant = course.at(real) + ahead;
            *course = Course { real, tenant, rate: course.rate };
        });
    }

    /// A receiver that is notified of every change of the course.
    pub fn changes(&self) -> watch::Receiver<Course> {
        self.course.subscribe()
    }

    /// Wait until tenant time has reached `instant`; a stopped clock waits for a change.
    pub async fn sleep_until(&self, instant: DateTime<Utc>) {
        let mut changes = self.changes();
        loop {
            let course = *changes.borrow_and_update();
            let left = (instant - course.at(real())).as_seconds_f64();
            if left <= 0.0 {
                return;
            }
            let wait = if course.rate > 0.0 {
                // One millisecond more, so that rounding does not wake us just before the instant.
                Duration::try_from_secs_f64(left / course.rate + 0.001).unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP)
            } else {
                LONGEST_SLEEP
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                // The sender lives as long as `self`, so this only ever reports changes.
                _ = changes.changed() => {}
            }
        }
    }
}

/// An instant as HTTP headers write it (`Sun, 06 Nov 1994 08:49:37 GMT`).
pub fn http_date(instant: DateTime<Utc>) -> String {
    instant.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// An ISO 8601 duration of weeks, days, hours, minutes and seconds, not negative (`PT8H`, `P1DT2H`, `PT0.5S`).
pub fn duration(text: &str) -> Option<TimeDelta> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (rest, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let seconds = designated(date, &[('W', 604_800.0), ('D', 86_400.0)])?
        + designated(time, &[('H', 3_600.0), ('M', 60.0), ('S', 1.0)])?;
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the comparison before it")]
    (seconds < 1e12).then(|| TimeDelta::milliseconds((seconds * 1e3).round() as i64))
}

/// The sum of `<number><designator>` pairs, each designator at most once and in the given order.
fn designated(mut text: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut sum = 0.0;
    for (designator, seconds) in units {
        if let Some((number, rest)) = text.split_once(*designator) {
            if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit() || c == '.') {
                return None;
            }
            sum += number.parse::<f64>().ok()? * seconds;
            text = rest;
        }
    }
    text.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stopped() -> Clock {
        let clock = Clock::new();
        clock.change(&Change { rate: Some(0.0), ..Change::default() }).unwrap();
        clock
    }

    #[test]
    fn a_stopped_clock_moves_only_when_told() {
        let clock = stopped();
        let start = clock.now();
        clock.change(&Change { advance: Some("PT8H".into()), ..Change::default() }).unwrap();
        assert_eq!(clock.now() - start, TimeDelta::hours(8));
        assert_eq!(clock.now(), clock.now());
    }

    #[test]
    fn a_course_runs_at_its_rate() {
        let real = DateTime::UNIX_EPOCH;
        let course = Course { real, tenant: real + TimeDelta::days(1), rate: 60.0 };
        assert_eq!(course.at(real + TimeDelta::seconds(2)), real + TimeDelta::days(1) + TimeDelta::minutes(2));
        assert_eq!(course.at(real - TimeDelta::seconds(2)), course.tenant, "a real clock set back stops it, no more");
    }

    #[test]
    fn impossible_changes_are_refused() {
        let clock = stopped();
        let before = clock.course();
        for (advance, rate) in [(Some("8 hours"), None), (Some("PT"), None), (None, Some(-1.0)), (None, Some(f64::NAN))]
        {
            let change = Change { advance: advance.map(Into::into), rate, set: None };
            assert!(clock.change(&change).is_err(), "{change:?}");
        }
        assert_eq!(clock.change(&Change::default()), Err(ChangeError::Nothing));
        assert_eq!(clock.course(), before);
    }

    #[test]
    fn durations() {
        for (text, seconds) in
            [("PT8H", 28_800), ("PT5H30M", 19_800), ("P1DT2H", 93_600), ("P2W", 1_209_600), ("PT0S", 0)]
        {
            assert_eq!(duration(text), Some(TimeDelta::seconds(seconds)), "{text}");
        }
        assert_eq!(duration("PT0.5S"), Some(TimeDelta::milliseconds(500)));
        for text in ["", "P", "PT", "8H", "PT8", "PTH", "PT-8H", "P8H", "PT5M3H", "5:30:00", "PT8H8H"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[tokio::test]
    async fn waiting_for_an_instant_ends_when_the_clock_jumps_past_it() {
        let clock = stopped();
        let until = clock.now() + TimeDelta::hours(8);
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(until).await }
        });
        tokio::task::yield_now().await;
        clock.advance(TimeDelta::hours(7));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.advance(TimeDelta::hours(1));
        waiting.await.unwrap();
    }
}
