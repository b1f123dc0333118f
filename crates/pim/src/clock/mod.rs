//! The only place that reads a clock.
//!
//! What counts everywhere is the *server's* time: ends of activations are the server's. [`Clock`] keeps an anchor (a
//! monotonic reading that goes on while the machine sleeps, and the server's time at that reading) and corrects it from
//! `Date` headers, so neither a suspend nor somebody who sets the system's clock changes a countdown.

mod follow;
mod jolts;
mod system;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, FixedOffset, Local, Offset, TimeDelta, Utc};
use tokio::sync::watch;

pub use follow::follow;
pub use jolts::Jolts;

/// A `Date` header has whole seconds.
const DATE_RESOLUTION: TimeDelta = TimeDelta::seconds(1);

/// Longest nap of [`Clock::sleep_until`]: timers of the runtime stand still while the machine sleeps, so a long wait
/// looks again now and then, where the system does not tell of it ([`Jolts`]). Three wake-ups a minute, and only while
/// something is awaited.
const NAP: Duration = Duration::from_secs(20);

/// Server time, as far as it is known. Cheap to clone; all clones are one clock.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: Source,
    anchor: watch::Sender<Anchor>,
}

#[derive(Clone, Debug)]
enum Source {
    System,
    Manual(watch::Sender<Duration>),
}

/// Where server time was pinned to the monotonic clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// Monotonic reading.
    at: Duration,
    /// The server's time at that reading.
    server: DateTime<Utc>,
    /// Seconds of the server per second of ours; 1 for a real tenant.
    rate: f64,
    /// Set by the tenant itself (a simulated one): `Date` headers add nothing.
    followed: bool,
    /// How much the clock was found to be slow, all in all. Time that has passed is not in it.
    slow: TimeDelta,
}

/// The system's time zone at a moment, a [`crate::wall::Zone`].
pub fn zone(at: DateTime<Utc>) -> FixedOffset {
    at.with_timezone(&Local).offset().fix()
}

/// What the clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The server's time now.
    pub now: DateTime<Utc>,
    /// How far the clock was put forward since the program's start because it was slow.
    pub slow: TimeDelta,
}

impl Clock {
    /// The system's clock, taken to be right until a server says otherwise.
    pub fn system() -> Self {
        Self::new(Source::System, system::wall())
    }

    /// A clock that only moves when told to (tests).
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self::new(Source::Manual(watch::Sender::new(Duration::ZERO)), start)
    }

    /// Another clock on the same source: a tenant's time is none of another one's business.
    #[must_use]
    pub fn another(&self) -> Self {
        let server = match &self.0.source {
            Source::System => system::wall(),
            Source::Manual(_) => self.now(),
        };
        Self::new(self.0.source.clone(), server)
    }

    fn new(source: Source, server: DateTime<Utc>) -> Self {
        let at = source.elapsed();
        let anchor = Anchor { at, server, rate: 1.0, followed: false, slow: TimeDelta::zero() };
        Self(Arc::new(Inner { source, anchor: watch::Sender::new(anchor) }))
    }

    /// The server's time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.read().now
    }

    /// The server's time now, and how far the clock was put forward until it said so.
    pub fn read(&self) -> Reading {
        let anchor = *self.0.anchor.borrow();
        Reading { now: anchor.server_at(self.0.source.elapsed()), slow: anchor.slow }
    }

    /// A monotonic reading for measuring how long something took, suspended time included.
    pub fn elapsed(&self) -> Duration {
        self.0.source.elapsed()
    }

    /// Takes note of a `Date` header: `round_trip` is how long its request took. The clock is corrected only as far as
    /// the header proves it wrong, so it does not jitter with every answer.
    pub fn observe(&self, date: DateTime<Utc>, round_trip: Duration) {
        let elapsed = self.0.source.elapsed();
        let latest = date + DATE_RESOLUTION + TimeDelta::from_std(round_trip).unwrap_or(TimeDelta::zero());
        self.0.anchor.send_if_modified(|anchor| {
            if anchor.followed {
                return false;
            }
            let ours = anchor.server_at(elapsed);
            if (date..=latest).contains(&ours) {
                return false;
            }
            let server = if ours < date { date } else { latest };
            let slow = anchor.slow + (server - ours).max(TimeDelta::zero());
            *anchor = Anchor { at: elapsed, server, rate: 1.0, followed: false, slow };
            true
        });
    }

    /// Pins the clock to what a simulated tenant says its time and rate are.
    pub fn set(&self, server: DateTime<Utc>, rate: f64) {
        let rate = if rate.is_finite() { rate.clamp(0.0, 1e6) } else { 1.0 };
        let elapsed = self.0.source.elapsed();
        self.0.anchor.send_modify(|anchor| {
            // The first word from the tenant puts right what was assumed; later ones tell of time that passed there.
            let found = if anchor.followed { TimeDelta::zero() } else { server - anchor.server_at(elapsed) };
            let slow = anchor.slow + found.max(TimeDelta::zero());
            *anchor = Anchor { at: elapsed, server, rate, followed: true, slow };
        });
    }

    /// Back to the system's clock: another tenant's time is none of the next one's business.
    pub fn reset(&self) {
        let server = match &self.0.source {
            Source::System => system::wall(),
            Source::Manual(_) => self.now(),
        };
        self.assume(server);
    }

    /// From now on what `other` says, until that one is corrected. Both must have the same source.
    pub(crate) fn mirror(&self, other: &Self) {
        let shown = *other.0.anchor.borrow();
        self.0.anchor.send_if_modified(|anchor| {
            let differs = *anchor != shown;
            *anchor = shown;
            differs
        });
    }

    /// Tells of every correction from now on, also of those that come while nobody waits.
    pub(crate) fn corrections(&self) -> watch::Receiver<Anchor> {
        self.0.anchor.subscribe()
    }

    /// How far server time is ahead of the system's wall clock.
    pub fn offset(&self) -> TimeDelta {
        match &self.0.source {
            Source::System => self.now() - system::wall(),
            Source::Manual(_) => TimeDelta::zero(),
        }
    }

    /// Starts from an [`Clock::offset`] learnt in an earlier run, so that the first view counts down rightly.
    pub fn assume_offset(&self, offset: TimeDelta) {
        if let Source::System = self.0.source
            && let Some(server) = system::wall().checked_add_signed(offset)
        {
            self.assume(server);
        }
    }

    fn assume(&self, server: DateTime<Utc>) {
        let at = self.0.source.elapsed();
        self.0.anchor.send_modify(|anchor| *anchor = Anchor { at, server, rate: 1.0, followed: false, ..*anchor });
    }

    /// Moves a manual clock on. Does nothing to the system's.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(elapsed) = &self.0.source {
            elapsed.send_modify(|elapsed| *elapsed += by);
        }
    }

    /// Waits until the server's time is `deadline`, however the clock is moved, corrected or suspended meanwhile.
    pub async fn sleep_until(&self, deadline: DateTime<Utc>) {
        self.sleep(deadline, NAP).await;
    }

    /// The same without a wake-up before. After a suspend it comes late by as long as that took: for whoever is woken by
    /// something else then.
    pub async fn sleep_idly_until(&self, deadline: DateTime<Utc>) {
        self.sleep(deadline, Duration::MAX).await;
    }

    /// Waits for that, or until the clock is corrected; without a deadline for ever. For whoever waits for hours: it wakes nobody
    /// up before, and is woken by its view after a suspend.
    pub async fn idly_until(&self, deadline: Option<DateTime<Utc>>) {
        match deadline {
            Some(deadline) => tokio::select! {
                () = self.sleep_idly_until(deadline) => {}
                () = self.changed() => {}
            },
            None => std::future::pending().await,
        }
    }

    async fn sleep(&self, deadline: DateTime<Utc>, nap: Duration) {
        let mut anchors = self.0.anchor.subscribe();
        loop {
            let anchor = *anchors.borrow_and_update();
            let elapsed = self.0.source.elapsed();
            if anchor.server_at(elapsed) >= deadline {
                return;
            }
            let wait = anchor.until(deadline, elapsed);
            tokio::select! {
                _ = anchors.changed() => {}
                () = self.0.source.wait(elapsed, wait, nap) => {}
            }
        }
    }

    /// What makes whoever waits look again: the machine has slept, or its clock was set.
    pub fn jolts(&self) -> Jolts {
        Jolts::new(matches!(self.0.source, Source::System))
    }

    /// Completes when the clock was corrected or moved.
    pub async fn changed(&self) {
        // The sender lives in `self`, so this cannot fail while it is awaited.
        let _ = self.0.anchor.subscribe().changed().await;
    }
}

impl Anchor {
    fn server_at(&self, elapsed: Duration) -> DateTime<Utc> {
        let passed = elapsed.saturating_sub(self.at).as_secs_f64() * self.rate;
        let passed = Duration::try_from_secs_f64(passed).ok().and_then(|passed| TimeDelta::from_std(passed).ok());
        passed.and_then(|passed| self.server.checked_add_signed(passed)).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Our time until the server's `deadline`; `None` while the server's clock stands still.
    fn until(&self, deadline: DateTime<Utc>, elapsed: Duration) -> Option<Duration> {
        let left = (deadline - self.server_at(elapsed)).to_std().unwrap_or(Duration::ZERO);
        Duration::try_from_secs_f64(left.as_secs_f64() / self.rate).ok()
    }
}

impl Source {
    fn elapsed(&self) -> Duration {
        match self {
            Self::System => system::elapsed(),
            Self::Manual(elapsed) => *elapsed.borrow(),
        }
    }

    async fn wait(&self, seen: Duration, wait: Option<Duration>, nap: Duration) {
        match self {
            // A fraction more than asked: waking a hair too early would only mean another round.
            Self::System => {
                let nap = wait.unwrap_or(NAP).min(nap);
                tokio::time::sleep(nap.saturating_add(Duration::from_millis(1))).await;
            }
            Self::Manual(elapsed) => {
                let _ = elapsed.subscribe().wait_for(|elapsed| *elapsed > seen).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_date_header_corrects_only_what_it_proves_wrong() {
        let clock = Clock::manual(noon());
        clock.observe(noon(), Duration::from_millis(200));
        assert_eq!(clock.now(), noon(), "the header agrees");
        clock.observe(noon() - TimeDelta::minutes(10), Duration::from_millis(200));
        assert_eq!(clock.now(), noon() - TimeDelta::minutes(10) + TimeDelta::milliseconds(1200));
        clock.observe(noon() + TimeDelta::minutes(10), Duration::ZERO);
        assert_eq!(clock.now(), noon() + TimeDelta::minutes(10));
    }

    #[test]
    fn another_clock_has_its_own_corrections_and_can_be_mirrored() {
        let shown = Clock::manual(noon());
        let other = shown.another();
        other.set(noon() + TimeDelta::hours(8), 60.0);
        assert_eq!(shown.now(), noon());
        shown.advance(Duration::from_secs(1));
        assert_eq!(shown.now(), noon() + TimeDelta::seconds(1));
        assert_eq!(other.now(), noon() + TimeDelta::hours(8) + TimeDelta::minutes(1), "the source is the same");
        shown.mirror(&other);
        assert_eq!(shown.now(), other.now());
    }

    #[test]
    fn a_followed_tenant_rules_over_date_headers() {
        let clock = Clock::manual(noon());
        clock.set(noon() + TimeDelta::hours(8), 60.0);
        clock.observe(noon(), Duration::ZERO);
        clock.advance(Duration::from_secs(1));
        assert_eq!(clock.now(), noon() + TimeDelta::hours(8) + TimeDelta::minutes(1));
        clock.reset();
        clock.observe(noon(), Duration::ZERO);
        assert_eq!(clock.now(), noon() + DATE_RESOLUTION);
    }

    #[test]
    fn what_the_clock_was_slow_is_told_from_time_that_passed() {
        let clock = Clock::manual(noon());
        let slow = |clock: &Clock| clock.read().slow;
        clock.advance(Duration::from_secs(3600));
        clock.observe(noon() + TimeDelta::hours(1), Duration::ZERO);
        assert_eq!(slow(&clock), TimeDelta::zero(), "an hour has passed, suspended or not");
        clock.observe(noon() + TimeDelta::hours(1) + TimeDelta::minutes(10), Duration::ZERO);
        assert_eq!(slow(&clock), TimeDelta::minutes(10));
        clock.observe(noon(), Duration::ZERO);
        assert_eq!(slow(&clock), TimeDelta::minutes(10), "it was fast");
        clock.set(clock.now() + TimeDelta::minutes(5), 0.0);
        assert_eq!(slow(&clock), TimeDelta::minutes(15), "a tenant's first word");
        clock.set(clock.now() + TimeDelta::hours(8), 0.0);
        assert_eq!(slow(&clock), TimeDelta::minutes(15), "eight hours have passed there");
    }

    /// Promise R2: however wrong the machine's clock is and however long it sleeps, the first answer puts it right.
    #[test]
    fn after_any_skew_and_any_sleep_an_answer_puts_the_clock_right_within_two_seconds() {
        let (worst, answers) = (Cell::new(0), Cell::new(0));
        proptest!(ProptestConfig::with_cases(2_000), |(
            // Ten minutes of skew; a day, where somebody has set the clock.
            skew in prop_oneof![-600_000..600_000_i64, -86_400_000..86_400_000_i64],
            // Sleeps of up to three days, each followed by a request that takes up to a second.
            nights in prop::collection::vec((0..259_200_000_u64, 1..1_000_u64, 0..1_000_u64), 1..8),
        )| {
            let clock = Clock::manual(noon() + TimeDelta::milliseconds(skew));
            let mut right = noon();
            for (asleep, takes, stamped) in nights {
                let begun = right + TimeDelta::milliseconds(i64::try_from(asleep).unwrap());
                clock.advance(Duration::from_millis(asleep + takes));
                right = begun + TimeDelta::milliseconds(i64::try_from(takes).unwrap());
                // The service writes its date down at some moment in between, without the fraction of the second.
                let at = begun + TimeDelta::milliseconds(i64::try_from(stamped % takes).unwrap());
                let date = DateTime::from_timestamp(at.timestamp(), 0).unwrap();
                clock.observe(date, Duration::from_millis(takes));
                let off = (clock.now() - right).num_milliseconds().abs();
                prop_assert!(off <= 2_000, "off by {off} ms");
                worst.set(worst.get().max(off));
                answers.set(answers.get() + 1);
            }
        });
        println!("R2: {} answers after skews and sleeps, the clock off by {} ms at most", answers.get(), worst.get());
    }

    #[test]
    fn absurd_rates_and_times_do_not_panic() {
        let clock = Clock::manual(noon());
        for rate in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            clock.set(DateTime::<Utc>::MAX_UTC, rate);
            clock.advance(Duration::from_secs(1 << 40));
            assert!(clock.now() >= noon());
        }
    }

    #[tokio::test]
    async fn sleeping_ends_when_the_server_time_is_moved() {
        let clock = Clock::manual(noon());
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep_until(noon() + TimeDelta::hours(8)).await;
                clock.now()
            }
        });
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.set(noon() + TimeDelta::hours(8), 1.0);
        assert_eq!(sleeper.await.unwrap(), noon() + TimeDelta::hours(8));
    }

    #[tokio::test]
    async fn a_stopped_tenant_wakes_nobody() {
        let clock = Clock::manual(noon());
        clock.set(noon(), 0.0);
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(noon() + TimeDelta::seconds(1)).await }
        });
        clock.advance(Duration::from_secs(3600));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.set(noon(), 1.0);
        clock.advance(Duration::from_secs(1));
        sleeper.await.unwrap();
    }

    #[test]
    fn the_system_clock_runs() {
        let clock = Clock::system();
        assert!(clock.offset().abs() < TimeDelta::seconds(5));
        clock.assume_offset(TimeDelta::hours(-3));
        assert!((clock.offset() + TimeDelta::hours(3)).abs() < TimeDelta::seconds(5));
    }
}
