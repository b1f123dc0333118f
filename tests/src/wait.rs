//! The one way to wait: for a condition, with a deadline. Tests never sleep.

use std::time::Duration;

use anyhow::{Result, anyhow};

/// Long enough for anything that works, on a busy machine.
pub const LONG: Duration = Duration::from_secs(30);

/// How long between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Looks until there is something to see. An error of the probe counts as "not yet" and is told when the time is up.
pub async fn until<T>(what: &str, within: Duration, mut probe: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let mut last = None;
    let look = async {
        loop {
            match probe().await {
                Ok(Some(seen)) => return seen,
                Ok(None) => last = None,
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    if let Ok(seen) = tokio::time::timeout(within, look).await {
        return Ok(seen);
    }
    let why = last.map(|error| format!("; the last look failed: {error:#}")).unwrap_or_default();
    Err(anyhow!("waited {} s in vain for {what}{why}", within.as_secs()))
}

/// Looks until it is true.
pub async fn until_true(what: &str, within: Duration, mut probe: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    until(what, within, async || Ok(probe().await?.then_some(()))).await
}
