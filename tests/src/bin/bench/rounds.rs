//! How many round trips follow one another in the tenant's log.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// The tenant rounds times to milliseconds.
const SLACK: i64 = 2;

/// The most requests of which each arrived after the one before it had been answered. On a slow line that is what had to
/// wait for something, however fast the machine is.
pub fn longest_chain<'a>(requests: impl IntoIterator<Item = &'a Value>) -> Result<usize> {
    let mut spans = requests.into_iter().map(span).collect::<Result<Vec<_>>>()?;
    spans.sort_unstable();
    // For each request its answer's time, and the longest chain that ends with it.
    let mut chains: Vec<(i64, usize)> = Vec::new();
    for (arrival, answer) in spans {
        let before = chains.iter().filter(|(answered, _)| *answered <= arrival + SLACK).map(|(_, length)| *length);
        chains.push((answer, before.max().unwrap_or_default() + 1));
    }
    Ok(chains.into_iter().map(|(_, length)| length).max().unwrap_or_default())
}

/// Milliseconds of a request's arrival and of its answer.
pub fn span(request: &Value) -> Result<(i64, i64)> {
    let at: DateTime<Utc> = request["at"].as_str().context("a request without a time")?.parse()?;
    let took = request["milliseconds"].as_i64().context("a request without a duration")?;
    Ok((at.timestamp_millis(), at.timestamp_millis() + took))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn chain(spans: &[(i64, i64)]) -> usize {
        let request = |(at, milliseconds): &(i64, i64)| {
            let at = DateTime::from_timestamp_millis(1_790_000_000_000 + at).unwrap();
            json!({ "at": at, "milliseconds": milliseconds })
        };
        let requests: Vec<_> = spans.iter().map(request).collect();
        longest_chain(&requests).unwrap()
    }

    #[test]
    fn what_is_side_by_side_counts_once_and_what_waits_counts_more() {
        assert_eq!(chain(&[]), 0);
        assert_eq!(chain(&[(0, 80), (3, 81), (70, 2)]), 1, "the third did not wait for the first");
        assert_eq!(chain(&[(0, 80), (81, 80), (165, 80)]), 3);
        assert_eq!(chain(&[(81, 80), (0, 80), (40, 200)]), 2, "in whatever order they are told");
        assert_eq!(chain(&[(0, 80), (0, 300), (81, 80), (162, 80), (301, 80)]), 4);
    }
}
