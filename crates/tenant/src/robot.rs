//! A robot that walks the sign-in pages over HTTP as a person would: it reads each page's form, presses a button,
//! follows the redirects, and ends where the browser would end, at the client's loopback address.
//!
//! For tests, and for `--demo`, where nobody sits at a browser.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use url::Url;

use crate::state::Endpoints;

/// More pages than any sign-in has.
const PAGES: usize = 20;

/// What the robot cannot do.
#[derive(Debug, thiserror::Error)]
pub enum RobotError {
    /// The tenant or the client could not be reached.
    #[error("the sign-in pages cannot be reached: {0}")]
    Http(#[from] reqwest::Error),
    /// The authority's certificate cannot be used.
    #[error("{file} cannot be used as the tenant's authority: {reason}")]
    Authority {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// A page says that the sign-in has failed.
    #[error("the sign-in page says: {0}")]
    Refused(String),
    /// A page offers no account of this name.
    #[error("the sign-in page offers no account {0:?}")]
    NoSuchUser(String),
    /// A page looks like none that the robot knows.
    #[error("the robot does not understand the page at {0}")]
    Lost(Url),
}

/// Where a sign-in has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The address that the browser was sent to, with code or error; without the query for `form_post`.
    pub url: Url,
    /// The parameters that came with it, from query, fragment or form.
    pub parameters: BTreeMap<String, String>,
    /// What the client's loopback listener answered; 0 when there was none to ask.
    pub status: u16,
    /// The text of that answer, or of the tenant's last page.
    pub text: String,
}

/// How a person behaves who signs in.
#[derive(Clone, Debug)]
pub struct Person {
    username: String,
    approve: bool,
    agree: bool,
    ca_file: Option<PathBuf>,
    deliver: bool,
    goes_back: bool,
    /// The browser's cookies: the name and value pairs that the tenant has set.
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// One form of a page.
#[derive(Debug, Default)]
struct Form {
    step: String,
    action: String,
    fields: Vec<(String, String)>,
    accounts: Vec<Account>,
}

/// An account that a page offers.
#[derive(Debug, PartialEq)]
struct Account {
    username: String,
    upn: String,
}

impl Account {
    fn is(&self, name: &str) -> bool {
        self.username.eq_ignore_ascii_case(name) || self.upn.eq_ignore_ascii_case(name)
    }
}

impl Person {
    /// Somebody who picks this account (short name or principal name), approves and agrees to everything.
    pub fn new(username: &str) -> Self {
        Self {
            username: username.to_owned(),
            approve: true,
            agree: true,
            ca_file: None,
            deliver: true,
            goes_back: false,
            cookies: Arc::default(),
        }
    }

    /// Denies the approval on the second device, then cancels.
    #[must_use]
    pub fn who_denies_mfa(mut self) -> Self {
        self.approve = false;
        self
    }

    /// Cancels when asked for permissions.
    #[must_use]
    pub fn who_declines_consent(mut self) -> Self {
        self.agree = false;
        self
    }

    /// Trusts the tenant's private authority.
    #[must_use]
    pub fn trusting(mut self, ca_file: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(ca_file.into());
        self
    }

    /// Stops before the client's loopback address is called.
    #[must_use]
    pub fn who_stops_at_the_client(mut self) -> Self {
        self.deliver = false;
        self
    }

    /// Goes back to the application from a page that says that the sign-in has failed.
    #[must_use]
    pub fn who_goes_back(mut self) -> Self {
        self.goes_back = true;
        self
    }

    /// Open the client's authorize address and walk on until the browser is back at the client.
    pub async fn sign_in(&self, authorize: &Url) -> Result<Arrival, RobotError> {
        let client = self.client()?;
        let answer = self.send(client.get(authorize.clone())).await?;
        self.walk(&client, authorize, answer).await
    }

    /// Enter a device's code at the authority and sign in for it.
    pub async fn approve_device_code(&self, authority: &str, user_code: &str) -> Result<Arrival, RobotError> {
        let client = self.client()?;
        let page = format!("{authority}/devicelogin");
        let answer = self.send(client.post(&page).form(&[("code", user_code)])).await?;
        let page = answer.url().clone();
        self.walk(&client, &page, answer).await
    }

    fn client(&self) -> Result<Client, RobotError> {
        let mut roots = rustls::RootCertStore::empty();
        if let Some(file) = &self.ca_file {
            let unusable = |reason: String| RobotError::Authority { file: file.display().to_string(), reason };
            let certificate = CertificateDer::from_pem_file(file).map_err(|error| unusable(error.to_string()))?;
            roots.add(certificate).map_err(|error| unusable(error.to_string()))?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| RobotError::Authority { file: "TLS".to_owned(), reason: error.to_string() })?
            .with_root_certificates(roots)
            .with_no_client_auth();
        // Loopback only: no proxy of the environment is asked.
        Ok(Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?)
    }

    /// Send a request to the tenant with the browser's cookies, and keep those that come back.
    async fn send(&self, request: RequestBuilder) -> Result<Response, RobotError> {
        let cookies = {
            let jar = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
            jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
        };
        let answer = request.header(COOKIE, cookies).send().await?;
        let mut jar = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for line in answer.headers().get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            if let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer)
    }

    async fn walk(&self, client: &Client, start: &Url, mut answer: Response) -> Result<Arrival, RobotError> {
        let home = start.origin();
        let mut denied = false;
        for _ in 0..PAGES {
            let page = answer.url().clone();
            if let Some(location) = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok()) {
                let target = page.join(location).map_err(|_| RobotError::Lost(page.clone()))?;
                if target.origin() != home {
                    return self.arrive(client, target).await;
                }
                answer = self.send(client.get(target)).await?;
                continue;
            }
            let text = answer.text().await?;
            let form = match form(&text) {
                Some(form) => form,
                None if text.contains(r#"data-step="notice""#) => {
                    return Ok(Arrival { url: page, parameters: BTreeMap::new(), status: 200, text });
                }
                None => match way_back(&text).filter(|_| self.goes_back) {
                    Some(client_page) => return self.arrive(client, client_page).await,
                    None => return Err(RobotError::Refused(said(&text))),
                },
            };
            let target = page.join(&form.action).map_err(|_| RobotError::Lost(page.clone()))?;
            let mut fields = form.fields;
            match form.step.as_str() {
                "pick" => {
                    let offered = form.accounts.into_iter().find(|account| account.is(&self.username));
                    let account = offered.ok_or_else(|| RobotError::NoSuchUser(self.username.clone()))?;
                    fields.push(("user".to_owned(), account.username));
                }
                "mfa" => {
                    let action = if self.approve {
                        "approve"
                    } else if denied {
                        "cancel"
                    } else {
                        denied = true;
                        "deny"
                    };
                    fields.push(("action".to_owned(), action.to_owned()));
                }
                "consent" => {
                    let action = if self.agree { "agree" } else { "cancel" };
                    fields.push(("action".to_owned(), action.to_owned()));
                }
                "return" => return self.post_back(client, target, fields).await,
                "code" => return Err(RobotError::Refused(said(&text))),
                _ => return Err(RobotError::Lost(page)),
            }
            answer = self.send(client.post(target).form(&fields)).await?;
        }
        Err(RobotError::Lost(start.clone()))
    }

    /// The browser is sent to the client: call its listener as the browser would.
    async fn arrive(&self, client: &Client, url: Url) -> Result<Arrival, RobotError> {
        let mut parameters: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        if let Some(fragment) = url.fragment() {
            parameters.extend(url::form_urlencoded::parse(fragment.as_bytes()).into_owned());
        }
        if !self.deliver {
            return Ok(Arrival { url, parameters, status: 0, text: String::new() });
        }
        let answer = client.get(url.clone()).send().await?;
        Ok(Arrival { url, parameters, status: answer.status().as_u16(), text: answer.text().await? })
    }

    async fn post_back(&self, client: &Client, url: Url, fields: Vec<(String, String)>) -> Result<Arrival, RobotError> {
        let parameters = fields.iter().cloned().collect();
        if !self.deliver {
            return Ok(Arrival { url, parameters, status: 0, text: String::new() });
        }
        let answer = client.post(url.clone()).form(&fields).send().await?;
        Ok(Arrival { url, parameters, status: answer.status().as_u16(), text: answer.text().await? })
    }
}

/// Sign in at a client's authorize address as `username`, approving and agreeing to everything.
pub async fn sign_in(authorize: &Url, username: &str) -> Result<Arrival, RobotError> {
    Person::new(username).sign_in(authorize).await
}

/// Enter a device's code and sign in for it as `username`.
pub async fn approve_device_code(
    endpoints: &Endpoints,
    user_code: &str,
    username: &str,
) -> Result<Arrival, RobotError> {
    Person::new(username).approve_device_code(&endpoints.authority, user_code).await
}

/// The form of one of the tenant's own pages. Knows no more of HTML than those pages use.
fn form(html: &str) -> Option<Form> {
    let (_, rest) = html.split_once("<form ")?;
    let (tag, rest) = rest.split_once('>')?;
    let (inside, _) = rest.split_once("</form>")?;
    let mut form = Form { step: attribute(tag, "data-step")?, action: attribute(tag, "action")?, ..Form::default() };
    for tag in inside.split('<').filter_map(|part| part.split_once('>')).map(|(tag, _)| tag) {
        let value = attribute(tag, "value");
        if tag.starts_with("input") {
            form.fields.extend(attribute(tag, "name").zip(value));
        } else if let Some((username, upn)) = value.zip(attribute(tag, "data-upn")) {
            form.accounts.push(Account { username, upn });
        }
    }
    Some(form)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag
        .split_once(&format!(" {name}=\""))
        .or_else(|| tag.strip_prefix(&format!("{name}=\"")).map(|rest| ("", rest)))?;
    Some(unescape(rest.split_once('"')?.0))
}

/// The way back to the application on a page that says that the sign-in has failed.
fn way_back(html: &str) -> Option<Url> {
    let (_, rest) = html.split_once(r#"<div class="actions"><a "#)?;
    attribute(rest.split_once('>')?.0, "href")?.parse().ok()
}

/// What the page tells the person.
fn said(html: &str) -> String {
    let alert = html.split_once(r#"role="alert">"#).map_or("", |(_, rest)| rest);
    unescape(alert.split('<').next().unwrap_or_default())
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_of_the_pages() {
        let page = r#"<body><form method="post" action="/common/login?a=1&amp;b=2" data-step="pick">
            <input type="hidden" name="flow" value="a&quot;b"><button class="x" name="user" value="maya" data-upn="maya@contoso.example"><b>Maya</b></button></form>"#;
        let form = form(page).unwrap();
        assert_eq!((form.step.as_str(), form.action.as_str()), ("pick", "/common/login?a=1&b=2"));
        assert_eq!(form.fields, [("flow".to_owned(), "a\"b".to_owned())]);
        assert!(form.accounts[0].is("maya") && form.accounts[0].is("Maya@Contoso.example"));
        assert!(!form.accounts[0].is("omar"));
        assert_eq!(said(r#"<p role="alert">AADSTS1: it&#39;s off</p>"#), "AADSTS1: it's off");
    }
}
