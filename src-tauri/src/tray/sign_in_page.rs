//! The page at which a device code is typed.

use pim::view::Session;
use url::{Host, Url};

/// Opens the page that the agent has announced, in the system's browser. The window asks for it without naming it.
pub fn open(session: &Session) {
    let Some(address) = address(session) else {
        tracing::warn!("there is no sign-in page to open");
        return;
    };
    tokio::task::spawn_blocking(move || {
        if let Err(error) = open::that_detached(address.as_str()) {
            tracing::warn!(%error, "the sign-in page could not be opened");
        }
    });
}

/// The announced page, where it is a web page: https, or a tenant on this machine.
fn address(session: &Session) -> Option<Url> {
    let Session::SigningIn { url: Some(url), user_code: Some(_) } = session else { return None };
    let url = Url::parse(url).ok()?;
    let loopback = match url.host()? {
        Host::Ipv4(host) => host.is_loopback(),
        Host::Ipv6(host) => host.is_loopback(),
        Host::Domain(_) => false,
    };
    (url.scheme() == "https" || url.scheme() == "http" && loopback).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(url: &str) -> Option<String> {
        let session = Session::SigningIn { user_code: Some("ABCD".into()), url: Some(url.into()) };
        address(&session).map(String::from)
    }

    #[test]
    fn only_a_web_page_is_opened() {
        assert_eq!(opened("https://microsoft.com/devicelogin").as_deref(), Some("https://microsoft.com/devicelogin"));
        assert!(opened("http://127.0.0.1:4711/devicelogin").is_some());
        assert!(opened("http://[::1]:4711/devicelogin").is_some());
        for url in [
            "http://microsoft.com/devicelogin",
            "http://127.0.0.1.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "ms-msdt:/id",
            "//microsoft.com",
            "",
        ] {
            assert_eq!(opened(url), None, "{url}");
        }
    }

    #[test]
    fn nothing_is_opened_while_no_code_waits() {
        let url = || Some("https://microsoft.com/devicelogin".to_owned());
        assert_eq!(address(&Session::SigningIn { user_code: None, url: url() }), None);
        assert_eq!(address(&Session::SigningIn { user_code: Some("ABCD".into()), url: None }), None);
        assert_eq!(address(&Session::Loading), None);
    }
}
