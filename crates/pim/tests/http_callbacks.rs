//! Promise S1: a sign-in answer that is not ours is never redeemed. Hostile requests at the loopback listener while a real
//! sign-in is under way.

mod support;

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use pim::auth::Browser;
use support::World;
use tenant::robot::Person;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
};
use url::Url;

/// A sign-in whose browser hands us the address instead of opening it.
async fn under_way(world: &World) -> (tokio::task::JoinHandle<Result<pim::auth::Tokens, pim::problem::Problem>>, Url) {
    let (opened, mut addresses) = mpsc::unbounded_channel();
    let browser = Browser::new(move |url| {
        opened.send(url.clone()).expect("somebody listens");
        Ok(())
    });
    let way_in = world.way_in();
    let attempt = tokio::spawn(async move { way_in.browser(&browser, None).await });
    (attempt, addresses.recv().await.expect("the browser is opened"))
}

fn parameter(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).unwrap_or_else(|| panic!("no {name}")).1.into_owned()
}

fn port_of(url: &Url) -> u16 {
    parameter(url, "redirect_uri").rsplit(':').next().expect("a port").parse().expect("a number")
}

/// Says something to the listener; the first line of what it answers, empty where it hangs up.
async fn say(address: impl Into<IpAddr>, port: u16, bytes: &[u8]) -> String {
    let Ok(mut stream) = TcpStream::connect((address.into(), port)).await else { return "refused".into() };
    // It may have heard enough before everything is said.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let reading = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut answer)).await;
    assert!(reading.is_ok(), "the listener keeps the connection open");
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

fn hostile(port: u16, state: &str, origin: &str) -> Vec<(&'static str, Vec<u8>)> {
    let get = |target: &str, headers: &str| {
        format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}\r\n").into_bytes()
    };
    let form = |body: &str, headers: &str| {
        let length = body.len();
        format!(
            "POST / HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    };
    let raw = |text: String| text.into_bytes();
    let good = format!("/?code=stolen&state={state}");
    let huge = "x".repeat(64 * 1024);
    vec![
        ("state missing", get("/?code=stolen", "")),
        ("state empty", get("/?code=stolen&state=", "")),
        ("state wrong", get("/?code=stolen&state=AAAAAAAAAAAAAAAAAAAAAA", "")),
        ("state cut", get(&format!("/?code=stolen&state={}", &state[1..]), "")),
        ("state too long", get(&format!("/?code=stolen&state={state}x"), "")),
        ("state in another case", get(&format!("/?code=stolen&state={}", state.to_lowercase() + "_"), "")),
        ("state twice", get(&format!("/?code=stolen&state={state}&state={state}"), "")),
        ("state right and wrong", get(&format!("/?code=stolen&state={state}&state=x"), "")),
        ("state in the fragment", get(&format!("/?code=stolen#state={state}"), "")),
        ("code missing", get(&format!("/?state={state}"), "")),
        ("code empty", get(&format!("/?code=&state={state}"), "")),
        ("code twice", get(&format!("/?code=a&code=b&state={state}"), "")),
        ("code with NUL", get(&format!("/?code=a%00b&state={state}"), "")),
        ("code with CRLF", get(&format!("/?code=a%0D%0Ab&state={state}"), "")),
        ("code with a blank", get(&format!("/?code=a+b&state={state}"), "")),
        ("code not UTF-8", get(&format!("/?code=%FF%FE&state={state}"), "")),
        ("code too long", get(&format!("/?code={}&state={state}", "x".repeat(9000)), "")),
        ("code of 64 KiB", get(&format!("/?code={huge}&state={state}"), "")),
        ("code and error", get(&format!("/?code=a&error=access_denied&state={state}"), "")),
        ("error without state", get("/?error=access_denied", "")),
        ("error with a wrong state", get("/?error=access_denied&state=x", "")),
        ("another path", get(&format!("/callback?code=stolen&state={state}"), "")),
        ("a path with dots", get(&format!("/./?code=stolen&state={state}"), "")),
        ("an absolute target", get(&format!("http://localhost:{port}{good}"), "")),
        ("another host", raw(format!("GET {good} HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n"))),
        ("another port", raw(format!("GET {good} HTTP/1.1\r\nHost: localhost:1\r\n\r\n"))),
        ("an address as host", raw(format!("GET {good} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"))),
        ("no host", raw(format!("GET {good} HTTP/1.1\r\n\r\n"))),
        ("two hosts", get(&good, &format!("Host: localhost:{port}\r\n"))),
        ("HEAD", raw(format!("HEAD {good} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"))),
        ("PUT", raw(format!("PUT {good} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"))),
        ("DELETE", raw(format!("DELETE {good} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"))),
        ("OPTIONS", raw(format!("OPTIONS {good} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"))),
        ("another origin", get(&good, "Origin: https://evil.example\r\n")),
        ("a similar origin", get(&good, &format!("Origin: {origin}.evil.example\r\n"))),
        ("the listener as origin", get(&good, &format!("Origin: http://localhost:{port}\r\n"))),
        ("a script's request", get(&good, "Sec-Fetch-Mode: cors\r\n")),
        ("an image", get(&good, "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n")),
        ("a frame", get(&good, "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n")),
        ("a form from elsewhere", form(&good[2..], "Origin: https://evil.example\r\n")),
        ("a form with a wrong state", form("code=stolen&state=x", "")),
        ("a form with two states", form(&format!("code=stolen&state={state}&state={state}"), "")),
        ("a form with a huge code", form(&format!("code={huge}&state={state}"), "")),
        (
            "a form as JSON",
            raw(format!(
                "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                good.len() - 2,
                &good[2..]
            )),
        ),
        (
            "a chunked form",
            raw(format!(
                "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            )),
        ),
        (
            "a form with two lengths",
            raw(format!(
                "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
            )),
        ),
        ("a body on a GET", get(&good, "Content-Length: 1\r\n\r\nx")),
        ("two requests at once", [get(&good, ""), get(&good, "")].concat()),
        ("a smuggled request", [get("/", ""), get(&good, "")].concat()),
        ("TLS", vec![0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 0x0d, 0x0a, 0x0d, 0x0a]),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("noise", vec![0xff; 70_000]),
        (
            "endless headers",
            format!("GET {good} HTTP/1.1\r\nHost: localhost:{port}\r\n{}", "X: y\r\n".repeat(20_000)).into_bytes(),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_callbacks_lead_to_no_token_request_and_do_not_disturb_the_real_one() {
    let world = World::new().await;
    let (attempt, address) = under_way(&world).await;
    let (port, state) = (port_of(&address), parameter(&address, "state"));
    let cases = hostile(port, &state, &world.tenant.endpoints().authority);
    assert!(cases.len() >= 40, "{}", cases.len());
    for (at, (name, bytes)) in cases.iter().enumerate() {
        let answer = if at % 2 == 0 {
            say(Ipv4Addr::LOCALHOST, port, bytes).await
        } else {
            say(Ipv6Addr::LOCALHOST, port, bytes).await
        };
        assert!(!answer.contains(" 200 "), "{name}: {answer}");
        assert!(!attempt.is_finished(), "{name} ended the sign-in");
    }
    assert_eq!(world.token_requests(), 0);
    println!("hostile callbacks: {} cases, {} token requests", cases.len(), world.token_requests());
    // The control: the same sign-in still takes the right answer.
    Person::new("maya").sign_in(&address).await.expect("walks through");
    attempt.await.expect("no panic").expect("signed in");
    assert_eq!(world.token_requests(), 1);
    assert_eq!(say(Ipv4Addr::LOCALHOST, port, b"GET / HTTP/1.1\r\n\r\n").await, "refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_taken_once_and_not_after_the_end() {
    let world = World::new().await;
    let (attempt, address) = under_way(&world).await;
    let arrival = Person::new("maya").who_stops_at_the_client().sign_in(&address).await.expect("walks through");
    let port = port_of(&address);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&arrival.parameters).finish();
    let answer = format!(
        "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    assert!(say(Ipv4Addr::LOCALHOST, port, answer.as_bytes()).await.contains(" 200 "));
    attempt.await.expect("no panic").expect("signed in");
    assert_eq!(say(Ipv4Addr::LOCALHOST, port, answer.as_bytes()).await, "refused", "a replay finds nobody");
    assert_eq!(world.token_requests(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_after_cancelling_finds_nobody() {
    let world = World::new().await;
    let (attempt, address) = under_way(&world).await;
    let arrival = Person::new("maya").who_stops_at_the_client().sign_in(&address).await.expect("walks through");
    attempt.abort();
    assert!(attempt.await.expect_err("cancelled").is_cancelled());
    let port = port_of(&address);
    let (code, state) = (&arrival.parameters["code"], &arrival.parameters["state"]);
    let late = format!("GET /?code={code}&state={state} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    assert_eq!(say(Ipv4Addr::LOCALHOST, port, late.as_bytes()).await, "refused");
    assert_eq!(say(Ipv6Addr::LOCALHOST, port, late.as_bytes()).await, "refused");
    assert_eq!(world.token_requests(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_of_one_sign_in_does_not_fit_another() {
    let world = World::new().await;
    let (first, first_address) = under_way(&world).await;
    let (second, second_address) = under_way(&world).await;
    let arrival = Person::new("omar").who_stops_at_the_client().sign_in(&first_address).await.expect("walks through");
    let port = port_of(&second_address);
    let (code, state) = (&arrival.parameters["code"], &arrival.parameters["state"]);
    // With the first one's state; and with the second one's, which an attacker would have to guess: PKCE stops that one.
    let foreign = format!("GET /?code={code}&state={state} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    assert!(say(Ipv4Addr::LOCALHOST, port, foreign.as_bytes()).await.contains(" 400 "));
    assert_eq!(world.token_requests(), 0);
    let state = parameter(&second_address, "state");
    let injected = format!("GET /?code={code}&state={state} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    assert!(say(Ipv4Addr::LOCALHOST, port, injected.as_bytes()).await.contains(" 200 "));
    let problem = second.await.expect("no panic").expect_err("a code made for another verifier");
    assert!(problem.code.starts_with("AADSTS") || problem.code.starts_with("invalid"), "{problem:?}");
    first.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_and_silent_connections_do_not_keep_the_answer_out() {
    let world = World::new().await;
    let (attempt, address) = under_way(&world).await;
    let port = port_of(&address);
    let mut held = Vec::new();
    for _ in 0..40 {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.expect("accepted");
        let _ = stream.write_all(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nx").await;
        held.push(stream);
    }
    Person::new("maya").sign_in(&address).await.expect("walks through");
    attempt.await.expect("no panic").expect("signed in");
    assert_eq!(world.token_requests(), 1);
}
