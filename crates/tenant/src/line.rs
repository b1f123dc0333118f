//! A slow line: what connecting costs on it before the first request can be sent.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_io::Timer;
use axum_server::accept::Accept;

/// The line to the tenant.
#[derive(Clone, Debug)]
pub(crate) struct Line(Arc<AtomicU64>);

impl Line {
    /// A line with this round-trip time, in milliseconds.
    pub(crate) fn new(milliseconds: u64) -> Self {
        Self(Arc::new(AtomicU64::new(milliseconds)))
    }

    /// So many round trips, from now. Tokio counts in whole milliseconds and rounds them up, which on a line of many trips
    /// would come to a trip more.
    pub(crate) fn travel(&self, trips: u32) -> impl Future<Output = ()> + Send + use<> {
        let length = Duration::from_millis(self.milliseconds()) * trips;
        let arrival = (!length.is_zero()).then(|| Timer::after(length));
        async {
            if let Some(arrival) = arrival {
                arrival.await;
            }
        }
    }

    pub(crate) fn milliseconds(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// From now on it takes so long.
    pub(crate) fn set(&self, milliseconds: u64) {
        self.0.store(milliseconds, Ordering::Relaxed);
    }
}

/// Makes every connection take its time.
#[derive(Clone, Debug)]
pub(crate) struct Slow<A> {
    inner: A,
    line: Line,
    /// Round trips.
    trips: u32,
}

impl<A> Slow<A> {
    /// A connection on this line: TCP's handshake takes a round trip, TLS 1.3's another.
    pub(crate) fn new(inner: A, line: Line, tls: bool) -> Self {
        Self { inner, line, trips: if tls { 2 } else { 1 } }
    }
}

type Accepted<T, S> = Pin<Box<dyn Future<Output = io::Result<(T, S)>> + Send>>;

impl<I, S, A> Accept<I, S> for Slow<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
{
    type Stream = A::Stream;
    type Service = A::Service;
    type Future = Accepted<A::Stream, A::Service>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let (accepted, delay) = (self.inner.accept(stream, service), self.line.travel(self.trips));
        Box::pin(async move {
            delay.await;
            accepted.await
        })
    }
}
