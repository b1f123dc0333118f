//! How often somebody has asked lately.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// Admits so many requests of each client within a window of time.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<Uuid, VecDeque<DateTime<Utc>>>>);

impl Throttle {
    /// Admit a request, or say after how many seconds to come again. What is refused does not count.
    pub fn admit(&self, client: Uuid, limit: usize, window: TimeDelta, now: DateTime<Utc>) -> Result<(), u32> {
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = clients.entry(client).or_default();
        // Also when the clock was set back.
        asked.retain(|at| *at <= now && now - *at < window);
        match asked.front() {
            Some(first) if asked.len() >= limit => {
                let wait = (*first + window - now).num_milliseconds();
                Err(u32::try_from(wait.max(1) / 1_000 + 1).unwrap_or(u32::MAX))
            }
            _ => {
                asked.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_in_ten_seconds() {
        let throttle = Throttle::default();
        let start: DateTime<Utc> = "2026-11-20T10:00:00Z".parse().unwrap();
        let ask = |seconds: i64, client: u128| {
            let now = start + TimeDelta::seconds(seconds);
            throttle.admit(Uuid::from_u128(client), 5, TimeDelta::seconds(10), now)
        };
        assert!((0..5).all(|second| ask(second, 1).is_ok()));
        assert_eq!(ask(5, 1), Err(6));
        assert_eq!(ask(5, 2), Ok(()), "another client");
        assert_eq!(ask(10, 1), Ok(()));
        assert_eq!(ask(10, 1), Err(2));
    }
}
