//! The system's clocks.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// The wall clock, which anybody may set at any time.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
pub(super) fn wall() -> DateTime<Utc> {
    Utc::now()
}

/// A monotonic clock that goes on while the machine sleeps.
#[cfg(unix)]
pub(super) fn elapsed() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    // Apple's CLOCK_MONOTONIC counts sleep; Linux has a clock of its own for that.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const ID: ClockId = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const ID: ClockId = ClockId::Monotonic;

    let time = clock_gettime(ID);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// A monotonic clock that goes on while the machine sleeps: the performance counter does on Windows.
#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
pub(super) fn elapsed() -> Duration {
    use std::{sync::OnceLock, time::Instant};

    static START: OnceLock<Instant> = OnceLock::new();
    let now = Instant::now();
    now.duration_since(*START.get_or_init(|| now))
}
