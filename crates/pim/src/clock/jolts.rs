//! The machine woke up, or somebody set its clock: timers of the runtime stood still meanwhile, so whoever waits looks again.
//!
//! Linux tells without being asked: a timer on the wall clock that is to be cancelled when that clock is set
//! (`TFD_TIMER_CANCEL_ON_SET`, timerfd_create(2)) is cancelled after a suspend, too, because the wall clock has gone on then
//! and the monotonic one has not. It costs no wake-up before. Elsewhere [`Clock::sleep_until`](super::Clock::sleep_until)
//! notices at the end of its nap.

use std::future::pending;

/// What interrupts waiting.
#[derive(Debug)]
pub struct Jolts(Option<system::Watch>);

impl Jolts {
    /// Watches the system's clock from now on; for `false` there is nothing to watch.
    pub(super) fn new(watched: bool) -> Self {
        Self(if watched { system::Watch::new() } else { None })
    }

    /// Completes when the machine has woken up or its clock was set. Cancel-safe.
    pub async fn next(&mut self) {
        if let Some(watch) = &self.0 {
            if watch.jolted().await {
                return;
            }
            // Broken: no more of it.
            self.0 = None;
        }
        pending::<()>().await;
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::os::fd::OwnedFd;

    use rustix::{
        io::{Errno, read},
        time::{
            Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
        },
    };
    use tokio::io::{Interest, unix::AsyncFd};

    /// Seconds since 1970: in some centuries.
    const NEVER: i64 = 1 << 34;

    #[derive(Debug)]
    pub struct Watch(AsyncFd<OwnedFd>);

    impl Watch {
        #[expect(
            deprecated,
            reason = "its unsafe successor is for types that may give a wrong descriptor; an `OwnedFd` does not"
        )]
        pub fn new() -> Option<Self> {
            let timer =
                timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC).ok()?;
            let nothing = Timespec { tv_sec: 0, tv_nsec: 0 };
            let never = Itimerspec { it_interval: nothing, it_value: Timespec { tv_sec: NEVER, tv_nsec: 0 } };
            timerfd_settime(&timer, TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET, &never).ok()?;
            AsyncFd::with_interest(timer, Interest::READABLE).ok().map(Self)
        }

        /// `false`: there will be no more.
        pub async fn jolted(&self) -> bool {
            loop {
                let Ok(mut ready) = self.0.readable().await else { return false };
                match read(self.0.get_ref(), &mut [0; 8]) {
                    // It stays armed.
                    Err(Errno::CANCELED) => return true,
                    Err(Errno::AGAIN) => ready.clear_ready(),
                    Err(Errno::INTR) => {}
                    _ => return false,
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    #[derive(Debug)]
    pub enum Watch {}

    impl Watch {
        pub fn new() -> Option<Self> {
            None
        }

        pub async fn jolted(&self) -> bool {
            match *self {}
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::time::Duration;

    use super::Jolts;

    #[tokio::test]
    async fn a_clock_that_nobody_sets_wakes_nobody() {
        let mut jolts = Jolts::new(true);
        assert!(jolts.0.is_some(), "the system can be watched");
        let jolt = tokio::time::timeout(Duration::from_millis(200), jolts.next()).await;
        assert!(jolt.is_err(), "nothing has happened");
        assert!(jolts.0.is_some(), "and it is still watched");
    }
}
