//! Is this HTTP request the sign-in service's answer to *our* question? Decided without any I/O.
//!
//! Any page that the browser shows, and any program on the machine, can talk to a loopback port: everything that is not
//! exactly what was asked for is refused (RFC 8252 section 8, RFC 9700 section 4).

use url::form_urlencoded;
use zeroize::Zeroizing;

/// Longest request that is read, bytes.
pub(super) const LONGEST_REQUEST: usize = 64 * 1024;

/// Longest authorization code that is believed. Entra's have one to two thousand characters.
const LONGEST_CODE: usize = 8 * 1024;

const MOST_HEADERS: usize = 64;

/// What the answer must match.
pub(super) struct Expected {
    pub port: u16,
    pub state: Zeroizing<String>,
    /// Origins of the sign-in service, as a browser spells them.
    pub origins: Vec<String>,
}

/// The service's answer.
pub(super) enum Callback {
    /// The authorization code.
    Code(Zeroizing<String>),
    /// The person, or a policy, said no.
    Refused { error: String, description: String },
}

/// Why a request is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: u16,
    pub reason: &'static str,
}

const fn refuse<T>(status: u16, reason: &'static str) -> Result<T, Refusal> {
    Err(Refusal { status, reason })
}

/// A request as far as it was read.
pub(super) enum Progress {
    /// More bytes are needed.
    Partial,
    /// Head and body are there.
    Complete(Request),
}

/// The parts of a request that matter.
pub(super) struct Request {
    method: String,
    target: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Zeroizing<Vec<u8>>,
}

/// Parses what was read so far.
pub(super) fn parse(bytes: &[u8]) -> Result<Progress, Refusal> {
    if bytes.len() > LONGEST_REQUEST {
        return refuse(413, "too long");
    }
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) if bytes.len() == LONGEST_REQUEST => return refuse(431, "too long"),
        Ok(httparse::Status::Partial) => return Ok(Progress::Partial),
        Err(_) => return refuse(400, "not HTTP"),
    };
    let mut request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        target: head.path.unwrap_or_default().to_owned(),
        headers: head.headers.iter().map(|header| (header.name.to_ascii_lowercase(), header.value.to_vec())).collect(),
        body: Zeroizing::default(),
    };
    if request.header("transfer-encoding")?.is_some() {
        return refuse(411, "a body of unknown length");
    }
    let announced = match request.header("content-length")? {
        None => 0,
        Some(text) => match text.parse::<usize>() {
            Ok(announced) if text.bytes().all(|byte| byte.is_ascii_digit()) => announced,
            _ => return refuse(400, "a length that is no number"),
        },
    };
    if announced > LONGEST_REQUEST.saturating_sub(length) {
        return refuse(413, "too long");
    }
    let Some(body) = bytes.get(length..length + announced) else { return Ok(Progress::Partial) };
    if bytes.len() > length + announced {
        return refuse(400, "more than one request");
    }
    request.body = Zeroizing::new(body.to_vec());
    Ok(Progress::Complete(request))
}

impl Request {
    /// The one value of a header; two of them are refused.
    fn header(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut values = self.headers.iter().filter(|(header, _)| header == name).map(|(_, value)| value);
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return refuse(400, "a header twice");
        }
        match std::str::from_utf8(value) {
            Ok(text) => Ok(Some(text.trim())),
            Err(_) => refuse(400, "a header that is no text"),
        }
    }

    /// Judges the request.
    pub(super) fn judge(&self, expected: &Expected) -> Result<Callback, Refusal> {
        if !matches!(self.method.as_str(), "GET" | "POST") {
            return refuse(405, "another method");
        }
        // A page elsewhere can make a name of its own resolve to this machine; the browser still sends that name.
        let host = self.header("host")?.unwrap_or_default();
        if !host.eq_ignore_ascii_case(&format!("localhost:{}", expected.port)) {
            return refuse(421, "another host");
        }
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        if path != "/" {
            return refuse(404, "another path");
        }
        self.judge_origin(expected)?;
        let parameters = if self.method == "POST" {
            if !query.is_empty() {
                return refuse(400, "a query on a form");
            }
            let kind = self.header("content-type")?.unwrap_or_default();
            let kind = kind.split(';').next().unwrap_or_default().trim();
            if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
                return refuse(415, "not a form");
            }
            Parameters::of(&self.body)
        } else if self.body.is_empty() {
            Parameters::of(query.as_bytes())
        } else {
            return refuse(400, "a body where none belongs");
        };
        match parameters.one("state")? {
            Some(state) if *state == *expected.state => {}
            Some(_) => return refuse(400, "another sign-in's answer"),
            None => return refuse(400, "no state"),
        }
        let code = parameters.one("code")?;
        let error = parameters.one("error")?;
        match (code, error) {
            (None, Some(error)) if !error.is_empty() => Ok(Callback::Refused {
                error: error.clone(),
                description: parameters.one("error_description")?.cloned().unwrap_or_default(),
            }),
            (Some(code), None) if believable(code) => Ok(Callback::Code(Zeroizing::new(code.clone()))),
            (Some(_), None) => refuse(400, "a code that is none"),
            _ => refuse(400, "no answer"),
        }
    }

    /// Only a whole page that the sign-in service sent the browser to may bring an answer.
    fn judge_origin(&self, expected: &Expected) -> Result<(), Refusal> {
        match self.header("origin")? {
            // `null`: the service's page sends no referrer.
            None | Some("null") => {}
            Some(origin) if expected.origins.iter().any(|known| known == origin) => {}
            Some(_) => return refuse(403, "another origin"),
        }
        let navigates = matches!(self.header("sec-fetch-mode")?, None | Some("navigate"));
        let fills_a_tab = matches!(self.header("sec-fetch-dest")?, None | Some("document"));
        if navigates && fills_a_tab { Ok(()) } else { refuse(403, "not a page of its own") }
    }
}

fn believable(code: &str) -> bool {
    !code.is_empty() && code.len() <= LONGEST_CODE && code.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Form parameters in order, doubles kept.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn of(form: &[u8]) -> Self {
        Self(form_urlencoded::parse(form).into_owned().collect())
    }

    /// The one value of that name; two of them are refused.
    fn one(&self, name: &str) -> Result<Option<&String>, Refusal> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value);
        let value = values.next();
        if values.next().is_some() { refuse(400, "a parameter twice") } else { Ok(value) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn expected() -> Expected {
        Expected {
            port: 4000,
            state: Zeroizing::new("right-state".into()),
            origins: vec!["https://login.microsoftonline.com".into()],
        }
    }

    fn answer(request: &str) -> Result<Callback, Refusal> {
        match parse(request.as_bytes())? {
            Progress::Complete(request) => request.judge(&expected()),
            Progress::Partial => refuse(0, "partial"),
        }
    }

    fn get(target: &str, headers: &str) -> Result<Callback, Refusal> {
        answer(&format!("GET {target} HTTP/1.1\r\nHost: localhost:4000\r\n{headers}\r\n"))
    }

    fn post(body: &str, headers: &str) -> Result<Callback, Refusal> {
        answer(&format!(
            "POST / HTTP/1.1\r\nHost: localhost:4000\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    #[test]
    fn the_answer_is_taken_from_a_query_and_from_a_form() {
        let taken = |answer: Result<Callback, Refusal>| match answer {
            Ok(Callback::Code(code)) => code.to_string(),
            Ok(Callback::Refused { error, .. }) => error,
            Err(refusal) => refusal.reason.to_owned(),
        };
        assert_eq!(taken(get("/?code=abc&state=right-state&session_state=x", "")), "abc");
        assert_eq!(taken(post("code=abc&state=right-state", "Origin: https://login.microsoftonline.com\r\n")), "abc");
        assert_eq!(taken(post("code=abc&state=right-state", "Origin: null\r\nSec-Fetch-Mode: navigate\r\n")), "abc");
        assert_eq!(
            taken(get("/?error=access_denied&state=right-state", "Sec-Fetch-Dest: document\r\n")),
            "access_denied"
        );
    }

    #[test]
    fn everything_else_is_refused() {
        let long = "x".repeat(LONGEST_CODE + 1);
        let get_cases = [
            ("/?code=abc", ""),
            ("/?code=abc&state=", ""),
            ("/?code=abc&state=wrong", ""),
            ("/?code=abc&state=right-stat", ""),
            ("/?code=abc&state=RIGHT-STATE", ""),
            ("/?code=abc&state=right-state&state=right-state", ""),
            ("/?code=abc&code=def&state=right-state", ""),
            ("/?code=&state=right-state", ""),
            ("/?code=a%00b&state=right-state", ""),
            ("/?code=a%0d%0ab&state=right-state", ""),
            ("/?code=a%20b&state=right-state", ""),
            ("/?code=%ff&state=right-state", ""),
            (&*format!("/?code={long}&state=right-state"), ""),
            ("/?code=abc&error=access_denied&state=right-state", ""),
            ("/?error=&state=right-state", ""),
            ("/?state=right-state", ""),
            ("/", ""),
            ("/callback?code=abc&state=right-state", ""),
            ("//?code=abc&state=right-state", ""),
            ("/../?code=abc&state=right-state", ""),
            ("http://localhost:4000/?code=abc&state=right-state", ""),
            ("/favicon.ico", ""),
            ("/?code=abc&state=right-state", "Origin: https://evil.example\r\n"),
            ("/?code=abc&state=right-state", "Origin: https://login.microsoftonline.com.evil.example\r\n"),
            ("/?code=abc&state=right-state", "Origin: null\r\nOrigin: null\r\n"),
            ("/?code=abc&state=right-state", "Sec-Fetch-Mode: no-cors\r\n"),
            ("/?code=abc&state=right-state", "Sec-Fetch-Mode: cors\r\n"),
            ("/?code=abc&state=right-state", "Sec-Fetch-Dest: iframe\r\n"),
            ("/?code=abc&state=right-state", "Sec-Fetch-Dest: image\r\n"),
            ("/?code=abc&state=right-state", "Host: localhost:4000\r\n"),
            ("/?code=abc&state=right-state", "Content-Length: 2\r\n\r\nxx"),
            ("/?code=abc&state=right-state", "Content-Length: 99999999999999999999\r\n"),
            ("/?code=abc&state=right-state", "Content-Length: +0\r\n"),
            ("/?code=abc&state=right-state", "Content-Length: 0\r\nContent-Length: 0\r\n"),
            ("/?code=abc&state=right-state", "Transfer-Encoding: chunked\r\n"),
        ];
        for (target, headers) in get_cases {
            assert!(get(target, headers).is_err(), "{target} {headers}");
        }
        let whole = [
            "HEAD /?code=abc&state=right-state HTTP/1.1\r\nHost: localhost:4000\r\n\r\n",
            "PUT /?code=abc&state=right-state HTTP/1.1\r\nHost: localhost:4000\r\n\r\n",
            "OPTIONS / HTTP/1.1\r\nHost: localhost:4000\r\n\r\n",
            "CONNECT localhost:4000 HTTP/1.1\r\nHost: localhost:4000\r\n\r\n",
            "GET /?code=abc&state=right-state HTTP/1.1\r\n\r\n",
            "GET /?code=abc&state=right-state HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /?code=abc&state=right-state HTTP/1.1\r\nHost: localhost:4001\r\n\r\n",
            "GET /?code=abc&state=right-state HTTP/1.1\r\nHost: 127.0.0.1:4000\r\n\r\n",
            "GET /?code=abc&state=right-state HTTP/1.1\r\nHost: evil.example:4000\r\n\r\n",
            "GET /?code=abc&state=right-state HTTP/1.1\r\nHost: localhost:4000.evil.example\r\n\r\n",
            "GET /?code=abc&state=right-state HTTP/1.1\r\nHost: localhost:4000\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "\u{16}\u{3}\u{1} TLS",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost:4000\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            "POST / HTTP/1.1\r\nHost: localhost:4000\r\nContent-Length: 27\r\n\r\ncode=abc&state=right-state&",
        ];
        for request in whole {
            assert!(answer(request).is_err(), "{request}");
        }
        assert!(post("code=abc&state=wrong", "").is_err());
        assert!(post("code=abc&state=right-state", "Origin: http://localhost:4000\r\n").is_err());
        assert!(
            answer("POST /?state=right-state HTTP/1.1\r\nHost: localhost:4000\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\ncode=abc")
                .is_err()
        );
    }

    #[test]
    fn a_request_that_is_too_long_is_refused_before_it_is_complete() {
        assert!(matches!(parse(&vec![b'a'; LONGEST_REQUEST]), Err(Refusal { status: 400 | 431, .. })));
        let endless = format!("GET /?code={}", "x".repeat(LONGEST_REQUEST));
        assert_eq!(parse(endless.as_bytes()).err().map(|refusal| refusal.status), Some(413));
        let announced = "POST / HTTP/1.1\r\nHost: localhost:4000\r\nContent-Length: 65537\r\n\r\n";
        assert_eq!(parse(announced.as_bytes()).err().map(|refusal| refusal.status), Some(413));
        assert!(matches!(parse(b"GET / HTTP/1.1\r\nHost: loc"), Ok(Progress::Partial)));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_believe(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            if let Ok(Progress::Complete(request)) = parse(&bytes) {
                let believed = request.judge(&expected()).is_ok();
                prop_assert!(!believed);
            }
        }

        #[test]
        fn no_query_without_the_state_is_believed(query in "[ -$&-~]{0,200}") {
            prop_assume!(!query.contains("right-state"));
            let believed = get(&format!("/?{}", query.replace(' ', "+")), "").is_ok();
            prop_assert!(!believed);
        }
    }
}
