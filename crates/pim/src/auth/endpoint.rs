//! The sign-in service's endpoints for one authority and one application: what is asked there, and what its refusals mean.

use std::{fmt, future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, DeviceAuthorizationUrl, EndpointNotSet, EndpointSet,
    ErrorResponse, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RefreshToken, RequestTokenError, Scope, StandardDeviceAuthorizationResponse, StandardRevocableToken,
    StandardTokenIntrospectionResponse, StandardTokenResponse, TokenResponse, TokenUrl,
    basic::{BasicRevocationErrorResponse, BasicTokenType},
};
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::{AccessToken, claims};
use crate::{
    api::answer,
    cloud::{self, Resource},
    codes::{self, Outcome},
    failure::{Claims, Failure},
    net::{DEADLINE, Net},
    problem::Problem,
};

/// The scopes of OpenID Connect: an id token, and a refresh token.
const OPENID: [&str; 3] = ["openid", "profile", "offline_access"];

/// The `suberror` of a refresh token that is good for nothing any more.
const BAD_TOKEN: &str = "bad_token";

/// A token answer without a lifetime is taken for this long.
const SHORTEST_LIFE: Duration = Duration::from_secs(600);

type Response = StandardTokenResponse<EntraFields, BasicTokenType>;

type OAuth = oauth2::Client<
    Refusal,
    Response,
    StandardTokenIntrospectionResponse<EntraFields, BasicTokenType>,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Endpoints below `{login}/{tenant}`.
#[derive(Clone)]
pub(super) struct Endpoint {
    net: Net,
    oauth: OAuth,
    authority: Url,
}

/// The tokens that a grant brought. Never printed.
pub(super) struct Grant {
    pub access: AccessToken,
    pub refresh: Option<Zeroizing<String>>,
    pub id: Option<Zeroizing<String>>,
}

/// What one interactive sign-in asks for.
pub(super) struct Ask<'a> {
    pub resource: Resource,
    /// Of that resource, without those of OpenID Connect.
    pub scopes: Vec<String>,
    pub claims: Option<&'a Claims>,
    /// The user name to prefill.
    pub hint: Option<&'a str>,
    /// Let the person choose an account even if one is signed in.
    pub choose: bool,
}

/// A question put to the browser, and the secrets that prove the answer is ours.
pub(super) struct Question {
    pub url: Url,
    pub state: Zeroizing<String>,
    pub nonce: Zeroizing<String>,
    pub verifier: PkceCodeVerifier,
    pub redirect: String,
}

impl Endpoint {
    /// The endpoints of `tenant` (a validated segment) for the application `client_id`.
    pub(super) fn new(net: Net, tenant: &str, client_id: &str) -> Self {
        let authority = cloud::below(&net.cloud().login, tenant);
        let endpoint = |path: &str| cloud::below(&authority, path);
        let oauth = oauth2::Client::new(ClientId::new(client_id.to_owned()))
            .set_auth_uri(AuthUrl::from_url(endpoint("oauth2/v2.0/authorize")))
            .set_token_uri(TokenUrl::from_url(endpoint("oauth2/v2.0/token")))
            .set_device_authorization_url(DeviceAuthorizationUrl::from_url(endpoint("oauth2/v2.0/devicecode")));
        Self { net, oauth, authority }
    }

    /// Where this authority describes itself.
    pub(super) fn openid_configuration(&self) -> Url {
        cloud::below(&self.authority, "v2.0/.well-known/openid-configuration")
    }

    /// The address to open in the browser, for an answer at `port`.
    pub(super) fn question(&self, port: u16, ask: &Ask<'_>) -> Result<Question, Problem> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = CsrfToken::new_random();
        // Entra allows any port for localhost, and only for that name (reply-url, "localhost exceptions").
        let redirect = format!("http://localhost:{port}");
        let redirect_url = RedirectUrl::new(redirect.clone())
            .map_err(|error| codes::ours(codes::LISTENER, Some(error.to_string())))?;
        let oauth = self.oauth.clone().set_redirect_uri(redirect_url);
        let mut request = oauth
            .authorize_url(CsrfToken::new_random)
            .add_scopes(with_openid(&ask.scopes))
            .set_pkce_challenge(challenge)
            // The code travels in a form and never stands in the browser's history.
            .add_extra_param("response_mode", "form_post")
            .add_extra_param("nonce", nonce.secret().clone())
            .add_extra_param("claims", claims::merge(ask.claims));
        if let Some(hint) = ask.hint {
            request = request.add_extra_param("login_hint", hint.to_owned());
        }
        if ask.choose {
            request = request.add_extra_param("prompt", "select_account");
        }
        let (url, state) = request.url();
        Ok(Question {
            url,
            state: Zeroizing::new(state.into_secret()),
            nonce: Zeroizing::new(nonce.into_secret()),
            verifier,
            redirect,
        })
    }

    /// Redeems an authorization code.
    pub(super) async fn redeem(
        &self,
        code: &str,
        verifier: PkceCodeVerifier,
        redirect: String,
        ask: &Ask<'_>,
    ) -> Result<Grant, Failure> {
        let redirect = RedirectUrl::new(redirect)
            .map_err(|error| Failure::Refused(codes::ours(codes::LISTENER, Some(error.to_string()))))?;
        let request = self
            .oauth
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(verifier)
            .set_redirect_uri(std::borrow::Cow::Owned(redirect))
            // oauth2 sends no scope here; Entra wants to be told which resource the token is for.
            .add_extra_param("scope", scope_text(&ask.scopes))
            .add_extra_param("claims", claims::merge(ask.claims));
        let response = request.request_async(&self.http()).await.map_err(|error| failure(error, ask.resource))?;
        Ok(self.grant(&response, ask.resource))
    }

    /// Trades the refresh token for an access token.
    pub(super) async fn refresh(
        &self,
        token: &str,
        resource: Resource,
        scopes: &[String],
        asked: Option<&Claims>,
    ) -> Result<Grant, Failure> {
        let token = RefreshToken::new(token.to_owned());
        let request = self
            .oauth
            .exchange_refresh_token(&token)
            .add_scopes(with_openid(scopes))
            .add_extra_param("claims", claims::merge(asked));
        let response = request.request_async(&self.http()).await.map_err(|error| failure(error, resource))?;
        Ok(self.grant(&response, resource))
    }

    /// Starts the device code flow.
    pub(super) async fn device(
        &self,
        resource: Resource,
        scopes: &[String],
    ) -> Result<StandardDeviceAuthorizationResponse, Failure> {
        self.oauth
            .exchange_device_code()
            .add_scopes(with_openid(scopes))
            .add_extra_param("claims", claims::capability())
            .request_async(&self.http())
            .await
            .map_err(|error| failure(error, resource))
    }

    /// Asks, at the service's pace, whether the person has typed the code.
    pub(super) async fn await_device(
        &self,
        device: &StandardDeviceAuthorizationResponse,
        resource: Resource,
    ) -> Result<Grant, Failure> {
        let clock = self.net.clock().clone();
        let response = self
            .oauth
            .exchange_device_access_token(device)
            .add_extra_param("claims", claims::capability())
            .set_time_fn(move || clock.now())
            .request_async(&self.http(), tokio::time::sleep, None)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(refusal) => {
                    let error = refusal.error().as_ref().to_owned();
                    let error_description = refusal.error_description().cloned().unwrap_or_default();
                    refused(&Refusal { error, error_description, ..Refusal::default() }, resource)
                }
                RequestTokenError::Request(Interrupted(failure)) => failure,
                // As below: the parser's error could quote a token.
                RequestTokenError::Parse(error, _) => unexpected(format!("at {}", error.path())),
                RequestTokenError::Other(text) => unexpected(text),
            })?;
        Ok(self.grant(&response, resource))
    }

    fn grant(&self, response: &Response, resource: Resource) -> Grant {
        let life = TimeDelta::from_std(response.expires_in().unwrap_or(SHORTEST_LIFE)).unwrap_or(TimeDelta::hours(1));
        let now = self.net.clock().now();
        let expires = now.checked_add_signed(life).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let keep = |text: &String| Zeroizing::new(text.clone());
        Grant {
            access: AccessToken::new(response.access_token().secret().clone(), resource, expires),
            refresh: response.refresh_token().map(|token| keep(token.secret())),
            id: response.extra_fields().id_token.as_ref().map(|token| keep(&token.0)),
        }
    }

    /// The HTTP client as `oauth2` wants it. What is not the service's own JSON never reaches that crate.
    fn http(&self) -> impl Fn(HttpRequest) -> Sent + Send + Sync + 'static {
        let net = self.net.clone();
        move |request: HttpRequest| {
            let net = net.clone();
            Box::pin(async move { send(&net, request).await.map_err(Interrupted) })
        }
    }
}

fn with_openid(scopes: &[String]) -> impl Iterator<Item = Scope> {
    scopes.iter().cloned().chain(OPENID.map(String::from)).map(Scope::new)
}

fn scope_text(scopes: &[String]) -> String {
    with_openid(scopes).map(|scope| scope.to_string()).collect::<Vec<_>>().join(" ")
}

fn failure(error: RequestTokenError<Interrupted, Refusal>, resource: Resource) -> Failure {
    match error {
        RequestTokenError::ServerResponse(refusal) => refused(&refusal, resource),
        RequestTokenError::Request(Interrupted(failure)) => failure,
        // Neither the body nor the error of the parser may be shown: they could hold a token.
        RequestTokenError::Parse(error, _) => unexpected(format!("at {}", error.path())),
        RequestTokenError::Other(text) => unexpected(text),
    }
}

/// What a refusal of the token endpoint means, which was asked for a token for `resource`.
fn refused(refusal: &Refusal, resource: Resource) -> Failure {
    let code = refusal.code();
    let over = refusal.suberror.as_deref() == Some(BAD_TOKEN);
    // A code the table does not know is judged by the protocol's own error. That calls the grant invalid also where a policy
    // keeps one service away from somebody: the session may be good for the others.
    let by = match (codes::known(&code), refusal.error.as_str()) {
        (true, _) if !over => &code,
        (false, "invalid_grant") if !over && resource != Resource::Graph => codes::RESOURCE_REFUSED,
        _ => refusal.error.as_str(),
    };
    let problem = codes::judged(by, &code, refusal.correlation_id(), Some(refusal.error_description.clone()), None);
    match codes::outcome(by) {
        Outcome::SignedOut => Failure::SignedOut(problem),
        Outcome::StepUp => {
            Failure::StepUp { claims: Claims(refusal.claims.clone().unwrap_or_else(|| "{}".into())), problem }
        }
        Outcome::NotSent => Failure::NotSent { problem, retry_at: None },
        _ => Failure::Refused(problem),
    }
}

type Sent = std::pin::Pin<Box<dyn Future<Output = Result<HttpResponse, Interrupted>> + Send>>;

async fn send(net: &Net, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let request =
        reqwest::Request::try_from(request).map_err(|error| unexpected(crate::net::chain(&error.without_url())))?;
    let request = reqwest::RequestBuilder::from_parts(net.http().clone(), request);
    // A token request that was lost did no harm: a refresh token may be used again, a code leads to a new sign-in.
    let answer = net
        .send(request, DEADLINE)
        .await
        .map_err(|broken| Failure::NotSent { problem: broken.problem(), retry_at: None })?;
    if let Some(failure) = answer::not_answering(&answer, net.clock().now()) {
        return Err(failure);
    }
    let mut response = HttpResponse::new(answer.body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}

fn unexpected(detail: String) -> Failure {
    Failure::Refused(codes::ours(codes::UNEXPECTED, Some(detail)))
}

/// A request that never got the service's own answer.
#[derive(Debug)]
struct Interrupted(Failure);

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem().fmt(f)
    }
}

impl std::error::Error for Interrupted {}

/// What Entra adds to a token answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct EntraFields {
    id_token: Option<Opaque>,
}

impl ExtraTokenFields for EntraFields {}

/// Text that is never printed.
#[derive(Clone, Serialize, Deserialize)]
struct Opaque(String);

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// An error answer of the token endpoint ("Error response", v2-oauth2-auth-code-flow).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Refusal {
    pub error: String,
    pub error_description: String,
    pub error_codes: Vec<u64>,
    pub correlation_id: Option<String>,
    pub claims: Option<String>,
    pub suberror: Option<String>,
}

impl ErrorResponse for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)
    }
}

impl Refusal {
    /// `AADSTS` and the number, from its own member or the description; else the protocol's error.
    fn code(&self) -> String {
        let number = self.error_codes.first().map(u64::to_string).or_else(|| {
            let digits = self.error_description.split_once("AADSTS")?.1;
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            (end > 0).then(|| digits[..end].to_owned())
        });
        number.map_or_else(|| self.error.clone(), |number| format!("AADSTS{number}"))
    }

    fn correlation_id(&self) -> Option<String> {
        self.correlation_id.clone().or_else(|| {
            let rest = self.error_description.split_once("Correlation ID:")?.1;
            Some(rest.split_whitespace().next()?.to_owned())
        })
    }
}

/// An error that came back with the browser.
pub(super) fn authorize_problem(error: &str, description: &str) -> Problem {
    let refusal = Refusal { error: error.into(), error_description: description.into(), ..Refusal::default() };
    let code = refusal.code();
    let by = if codes::known(&code) { &code } else { &refusal.error };
    codes::judged(by, &code, refusal.correlation_id(), Some(description.to_owned()), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Remedy;

    #[test]
    fn only_a_grant_that_is_over_ends_the_session_of_every_service() {
        let invalid = |number: u64, suberror: Option<&str>| Refusal {
            error: "invalid_grant".into(),
            error_description: format!("AADSTS{number}: words"),
            error_codes: vec![number],
            suberror: suberror.map(str::to_owned),
            ..Refusal::default()
        };
        let over =
            |number, suberror, resource| matches!(refused(&invalid(number, suberror), resource), Failure::SignedOut(_));
        // A policy that no table lists, for one service only.
        assert!(!over(530_099, None, Resource::Arm));
        assert!(!over(530_099, Some("protection_policy_required"), Resource::Arm));
        assert!(over(530_099, Some(BAD_TOKEN), Resource::Arm));
        assert!(over(530_099, None, Resource::Graph), "without which nothing works");
        for resource in [Resource::Arm, Resource::Graph] {
            assert!(over(700_082, None, resource));
            assert!(!over(53_003, None, resource));
        }
        let Failure::Refused(problem) = refused(&invalid(530_099, None), Resource::Arm) else { panic!("refused") };
        assert_eq!(problem.code, "AADSTS530099");
        let Remedy::AskAdmin { text } = problem.remedy else { panic!("{problem:?}") };
        assert!(text.contains("AADSTS530099"), "{text}");
    }
}
