//! Virtual time must not run away from what is real.
//!
//! Tokio's paused clock jumps to the next timer as soon as no task can run, even if an answer is on its way through the
//! loopback interface at that moment: a deadline of thirty seconds could pass between a request and its answer, more often
//! the busier the machine. So before time passes the network is looked at several times, and given real time to deliver.

use std::{
    future::poll_fn,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    task::{Poll, Waker},
    thread,
    time::Duration,
};

/// Looks at the network before time passes.
const LOOKS: u32 = 6;
/// From this one on, with a pause before it: packets are delivered by threads of the system, which want to run, too.
const PATIENT: u32 = 4;
const PAUSE: Duration = Duration::from_micros(30);

#[derive(Clone, Default)]
pub struct Patience(Arc<Inner>);

#[derive(Default)]
struct Inner {
    looks: AtomicU32,
    waker: Mutex<Option<Waker>>,
}

impl Patience {
    /// To be called when nothing is left to do: something that is woken there keeps time from passing, and the runtime
    /// looks at the network instead.
    pub fn hook(&self) -> impl Fn() + Send + Sync + use<> {
        let inner = Arc::clone(&self.0);
        move || {
            let look = inner.looks.fetch_add(1, Ordering::Relaxed);
            if look >= LOOKS {
                inner.looks.store(0, Ordering::Relaxed);
                return;
            }
            if look >= PATIENT {
                thread::sleep(PAUSE);
            }
            if let Some(waker) = &*inner.waker.lock().expect("nobody panics with it") {
                waker.wake_by_ref();
            }
        }
    }

    /// Runs a future in a runtime that has the hook.
    pub async fn during<T>(&self, future: impl Future<Output = T>) -> T {
        let inner = Arc::clone(&self.0);
        let idler = tokio::spawn(poll_fn(move |context| {
            *inner.waker.lock().expect("nobody panics with it") = Some(context.waker().clone());
            Poll::<()>::Pending
        }));
        let result = future.await;
        idler.abort();
        result
    }
}
