//! The ear on loopback: listens only while a sign-in is under way, takes exactly one answer, and is gone.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time,
};

use super::{
    callback::{Callback, Expected, LONGEST_REQUEST, Progress, Refusal, Request, parse},
    page::{self, Page},
};

/// How long a person may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// How long one connection may take to say what it wants, and to hear the answer.
const CONNECTION_PATIENCE: Duration = Duration::from_secs(10);

/// Browsers open connections ahead of need; more than this at once is somebody playing.
const MOST_CONNECTIONS: usize = 16;

/// Somebody may sit on one of the two addresses of a port: another port is tried then.
const MOST_PORTS: usize = 16;

/// Both loopback addresses at one port: `localhost` may mean either, and whoever held the other one would get the code.
pub(super) struct Listener {
    v4: TcpListener,
    /// `None` where the machine has no IPv6.
    v6: Option<TcpListener>,
    port: u16,
}

impl Listener {
    /// Listens on a port that is free on both addresses.
    pub(super) async fn bind() -> io::Result<Self> {
        let mut taken = io::Error::from(io::ErrorKind::AddrInUse);
        // Ports that did not do are held until the end, so that none is offered twice.
        let mut held = Vec::new();
        for _ in 0..MOST_PORTS {
            let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let port = v4.local_addr()?.port();
            match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await {
                Ok(v6) => return Ok(Self { v4, v6: Some(v6), port }),
                // Both are what Windows calls a port that somebody else holds.
                Err(error) if matches!(error.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied) => {
                    taken = error;
                    held.push(v4);
                }
                Err(_) => return Ok(Self { v4, v6: None, port }),
            }
        }
        Err(taken)
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the answer; `None` after five minutes without one. Stops listening when it returns or is dropped.
    pub(super) async fn answer(self, expected: Expected) -> Option<Callback> {
        let question = Question(Arc::new(Mutex::new(Some(expected))));
        let mut connections = JoinSet::new();
        let mut order = std::collections::VecDeque::new();
        let deadline = time::sleep(PATIENCE);
        tokio::pin!(deadline);
        loop {
            let accepted = tokio::select! {
                accepted = self.v4.accept() => accepted,
                accepted = accept(self.v6.as_ref()) => accepted,
                Some(finished) = connections.join_next() => {
                    if let Ok(Some(callback)) = finished {
                        return Some(callback);
                    }
                    continue;
                }
                () = &mut deadline => return None,
            };
            // Out of descriptors, perhaps: a moment later there may be one.
            let Ok((stream, _)) = accepted else {
                time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            order.push_back(connections.spawn(serve(stream, question.clone())));
            // Once it is answered, the connection that did it must live on to be said farewell to.
            if order.len() > MOST_CONNECTIONS
                && question.is_open()
                && let Some(oldest) = order.pop_front()
            {
                oldest.abort();
            }
        }
    }
}

/// What was asked: the first right answer ends it, nobody can give it twice.
#[derive(Clone)]
struct Question(Arc<Mutex<Option<Expected>>>);

impl Question {
    fn put(&self, request: &Request) -> Result<Callback, Refusal> {
        let mut question = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(expected) = question.as_ref() else {
            return Err(Refusal { status: 400, reason: "answered already" });
        };
        let callback = request.judge(expected)?;
        question.take();
        Ok(callback)
    }

    fn is_open(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

/// Serves one connection; what it brought if that was the answer.
async fn serve(mut stream: TcpStream, question: Question) -> Option<Callback> {
    let deadline = time::sleep(CONNECTION_PATIENCE);
    tokio::pin!(deadline);
    let request = tokio::select! {
        request = read(&mut stream) => request.ok()?,
        () = &mut deadline => Err(Refusal { status: 408, reason: "too slow" }),
    };
    let judged = request.and_then(|request| question.put(&request));
    let (status, shown) = match &judged {
        Ok(Callback::Code(_)) => (200, Page::Done),
        Ok(Callback::Refused { .. }) => (200, Page::Refused),
        Err(refusal) => {
            tracing::debug!(refusal.reason, "not the answer to the sign-in");
            (refusal.status, Page::Stranger)
        }
    };
    let farewell = async {
        stream.write_all(page::response(status, shown).as_bytes()).await?;
        stream.shutdown().await
    };
    // The answer counts even if the tab is closed already.
    let _ = time::timeout(Duration::from_secs(2), farewell).await;
    judged.ok()
}

/// Reads one request. The outer error is the connection's, the inner one the request's.
async fn read(stream: &mut TcpStream) -> io::Result<Result<Request, Refusal>> {
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(4096));
    loop {
        let mut chunk = zeroize::Zeroizing::new([0; 4096]);
        let room = (LONGEST_REQUEST - bytes.len()).min(chunk.len());
        let count = stream.read(&mut chunk[..room]).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&chunk[..count]);
        match parse(&bytes) {
            Ok(Progress::Partial) if bytes.len() < LONGEST_REQUEST => {}
            Ok(Progress::Partial) => return Ok(Err(Refusal { status: 413, reason: "too long" })),
            Ok(Progress::Complete(request)) => return Ok(Ok(request)),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    fn expected(port: u16) -> Expected {
        Expected { port, state: Zeroizing::new("s".into()), origins: Vec::new() }
    }

    async fn say(port: u16, text: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.expect("listens");
        stream.write_all(text.as_bytes()).await.expect("write");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("read");
        answer
    }

    #[tokio::test]
    async fn takes_one_answer_and_stops_listening() {
        let listener = Listener::bind().await.expect("bind");
        let port = listener.port();
        let waiting = tokio::spawn(listener.answer(expected(port)));
        let wrong = say(port, &format!("GET /?code=x&state=t HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")).await;
        assert!(wrong.starts_with("HTTP/1.1 400 "), "{wrong}");
        let right = say(port, &format!("GET /?code=x&state=s HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")).await;
        assert!(right.starts_with("HTTP/1.1 200 "), "{right}");
        assert!(matches!(waiting.await.expect("no panic"), Some(Callback::Code(code)) if *code == "x"));
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err(), "still listening");
    }

    #[tokio::test]
    async fn of_many_right_answers_at_once_one_is_taken() {
        let listener = Listener::bind().await.expect("bind");
        let port = listener.port();
        let waiting = tokio::spawn(listener.answer(expected(port)));
        let mut sayers = JoinSet::new();
        for _ in 0..10 {
            sayers.spawn(async move {
                let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return false };
                let text = format!("GET /?code=x&state=s HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
                let _ = stream.write_all(text.as_bytes()).await;
                let mut answer = String::new();
                let _ = stream.read_to_string(&mut answer).await;
                answer.starts_with("HTTP/1.1 200 ")
            });
        }
        let welcomed = sayers.join_all().await.into_iter().filter(|welcomed| *welcomed).count();
        assert_eq!(welcomed, 1);
        assert!(waiting.await.expect("no panic").is_some());
    }

    #[tokio::test]
    async fn idle_connections_do_not_keep_the_answer_out() {
        let listener = Listener::bind().await.expect("bind");
        let port = listener.port();
        let waiting = tokio::spawn(listener.answer(expected(port)));
        let mut idle = Vec::new();
        for _ in 0..MOST_CONNECTIONS * 3 {
            idle.push(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.expect("connect"));
        }
        let right = say(port, &format!("GET /?code=x&state=s HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")).await;
        assert!(right.starts_with("HTTP/1.1 200 "));
        assert!(waiting.await.expect("no panic").is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn gives_up_after_five_minutes() {
        let listener = Listener::bind().await.expect("bind");
        let port = listener.port();
        assert!(listener.answer(expected(port)).await.is_none());
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err());
    }

    #[tokio::test]
    async fn a_dropped_wait_stops_listening() {
        let listener = Listener::bind().await.expect("bind");
        let port = listener.port();
        drop(listener.answer(expected(port)));
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err());
    }

    #[tokio::test]
    async fn a_port_that_somebody_holds_on_the_other_address_is_not_used() {
        let listener = Listener::bind().await.expect("bind");
        let Some(v6) = &listener.v6 else { return };
        assert_eq!(v6.local_addr().expect("address").port(), listener.port());
        assert!(TcpListener::bind((Ipv6Addr::LOCALHOST, listener.port())).await.is_err());
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, listener.port())).await.is_err());
    }
}
