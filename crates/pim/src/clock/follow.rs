//! A simulated tenant has a clock of its own that can be advanced, stopped or run faster: it tells every change.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use url::Url;

use super::Clock;

/// One line of the stream. A real one has some sixty bytes.
const LONGEST_LINE: usize = 4096;

/// Between two attempts to reach a tenant that is not there.
const PAUSE: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
struct Line {
    now: DateTime<Utc>,
    rate: f64,
}

/// Keeps `clock` on the time of the tenant whose control endpoint is `control`, until dropped.
pub async fn follow(clock: Clock, http: reqwest::Client, control: Url) {
    let stream = format!("{}/clock/stream", control.as_str().trim_end_matches('/'));
    loop {
        if let Err(error) = listen(&clock, &http, &stream).await {
            tracing::debug!(%error, "the tenant's clock cannot be followed at the moment");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen(clock: &Clock, http: &reqwest::Client, stream: &str) -> reqwest::Result<()> {
    let mut response = http.get(stream).send().await?.error_for_status()?;
    let mut buffer = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        buffer.extend_from_slice(&chunk);
        while let Some(end) = buffer.iter().position(|byte| *byte == b'\n') {
            if let Ok(Line { now, rate }) = serde_json::from_slice(&buffer[..end]) {
                clock.set(now, rate);
            }
            buffer.drain(..=end);
        }
        if buffer.len() > LONGEST_LINE {
            break;
        }
    }
    Ok(())
}
