//! Waiting for a moment that may never come.

use std::time::Duration;

use chrono::{DateTime, Utc};
use pim::clock::Clock;

/// Waits for a moment of the server's time, or for ever; returns early when the clock was corrected.
pub async fn until(clock: &Clock, at: Option<DateTime<Utc>>) {
    match at {
        Some(at) => tokio::select! {
            () = clock.sleep_until(at) => {}
            () = clock.changed() => {}
        },
        None => std::future::pending().await,
    }
}

/// Waits for an elapsed reading of the clock, or for ever.
pub async fn sleep(clock: &Clock, at: Option<Duration>) {
    match at {
        Some(at) => tokio::time::sleep(at.saturating_sub(clock.elapsed())).await,
        None => std::future::pending().await,
    }
}
