//! How fast the window is listened to.

use std::time::Duration;

/// Messages taken at once: as many as somebody who activates a long selection can cause.
const AT_ONCE: u32 = 200;

/// One more is taken for each of these; nobody clicks as fast.
const EACH: Duration = Duration::from_millis(10);

/// Takes bursts at once, and a flood at a pace that the agent keeps up with.
#[derive(Debug, Default)]
pub struct Pace {
    /// When everything taken so far has been paid for.
    paid: Duration,
}

impl Pace {
    /// How long to wait before the message that has come at `now` (any monotonic reading) is taken.
    pub fn wait(&mut self, now: Duration) -> Duration {
        self.paid = self.paid.max(now) + EACH;
        self.paid.saturating_sub(now + EACH * AT_ONCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_at_once() {
        let mut pace = Pace::default();
        assert!((0..AT_ONCE).all(|_| pace.wait(Duration::ZERO).is_zero()));
        assert_eq!(pace.wait(Duration::ZERO), EACH);
    }

    #[test]
    fn a_flood_is_taken_at_its_pace() {
        let (mut pace, mut now, mut taken) = (Pace::default(), Duration::ZERO, 0);
        while now < Duration::from_secs(10) {
            now += pace.wait(now);
            taken += 1;
        }
        assert_eq!(taken, AT_ONCE + 1000);
    }

    #[test]
    fn a_rest_pays_for_the_next_burst() {
        let mut pace = Pace::default();
        for minute in 0..10 {
            let now = Duration::from_secs(60 * minute);
            assert!((0..AT_ONCE).all(|_| pace.wait(now).is_zero()), "minute {minute}");
        }
    }
}
