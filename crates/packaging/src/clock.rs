//! The only place of this crate that reads a clock.

use chrono::{DateTime, Utc};

/// When a release is put together.
#[expect(clippy::disallowed_methods, reason = "the clock of this crate")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
