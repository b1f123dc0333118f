//! A slow line: what connecting costs on it before the first request can be sent.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use axum_server::accept::Accept;

/// Makes every connection take this long.
#[derive(Clone, Debug)]
pub(crate) struct Slow<A> {
    inner: A,
    delay: Duration,
}

impl<A> Slow<A> {
    /// A connection on a line with this round-trip time: TCP's handshake takes one, TLS 1.3's another.
    pub(crate) fn new(inner: A, round_trip: Duration, tls: bool) -> Self {
        Self { inner, delay: round_trip * if tls { 2 } else { 1 } }
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
        let (accepted, delay) = (self.inner.accept(stream, service), self.delay);
        Box::pin(async move {
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            accepted.await
        })
    }
}
