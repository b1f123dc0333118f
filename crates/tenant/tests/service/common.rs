//! A small OAuth client, written apart from the library's own, to test the tenant with.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tenant::contract::Watch;
use tenant::robot::{Arrival, Person};
use tenant::sts::clients::PIMENTO;
use tenant::{Options, Running};
use url::Url;

/// The verifier of every test; not secret.
pub const VERIFIER: &str = "a-verifier-of-forty-three-characters-or-more-0123";
/// Where the tests' client would listen.
pub const REDIRECT: &str = "http://localhost:49152/";
/// The scopes that Pimento asks for.
pub const SCOPE: &str = "https://graph.microsoft.com/User.Read https://graph.microsoft.com/RoleAssignmentSchedule.ReadWrite.Directory openid profile offline_access";
/// The claims that declare continuous access evaluation.
pub const CP1: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;

pub struct Client {
    pub tenant: Running,
    pub http: reqwest::Client,
    /// Validates Graph's answers against Microsoft's contract.
    _watch: Watch,
}

/// A tenant with defaults.
pub async fn tenant() -> Client {
    with(Options::default()).await
}

pub async fn with(options: Options) -> Client {
    Client::new(tenant::start(options).await.unwrap())
}

impl Client {
    pub fn new(tenant: Running) -> Self {
        // Nobody else may have chosen a provider yet; if somebody has, it is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { _watch: Watch::over(tenant.app()), tenant, http: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.tenant.endpoints().authority)
    }

    /// An authorize address; `extra` replaces or adds parameters, an empty value removes one.
    pub fn authorize(&self, extra: &[(&str, &str)]) -> Url {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut parameters = BTreeMap::from([
            ("client_id", PIMENTO.id),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT),
            ("scope", SCOPE),
            ("state", "the state"),
            ("nonce", "the nonce"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        parameters.extend(extra.iter().copied());
        parameters.retain(|_, value| !value.is_empty());
        Url::parse_with_params(&self.url("/organizations/oauth2/v2.0/authorize"), parameters).unwrap()
    }

    pub async fn token(&self, form: &[(&str, &str)]) -> (u16, Value) {
        let mut fields = BTreeMap::from([("client_id", PIMENTO.id)]);
        fields.extend(form.iter().copied());
        let answer = self.http.post(self.url("/organizations/oauth2/v2.0/token")).form(&fields).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub async fn redeem(&self, code: &str, extra: &[(&str, &str)]) -> (u16, Value) {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        form.extend(extra);
        self.token(&form).await
    }

    pub async fn refresh(&self, token: &str, extra: &[(&str, &str)]) -> (u16, Value) {
        let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
        form.extend(extra);
        self.token(&form).await
    }

    /// The whole of a sign-in: pages, code, tokens.
    pub async fn sign_in(&self, person: &Person, extra: &[(&str, &str)]) -> Value {
        let arrival = person.sign_in(&self.authorize(extra)).await.unwrap();
        let (status, tokens) = self.redeem(code(&arrival), &[]).await;
        assert_eq!(status, 200, "{tokens}");
        tokens
    }

    pub async fn control(&self, path: &str, body: Value) -> u16 {
        let url = format!("{}{path}", self.tenant.endpoints().control);
        self.http.post(url).json(&body).send().await.unwrap().status().as_u16()
    }

    pub async fn control_get(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.tenant.endpoints().control);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// The signed-in user, as Graph tells.
    pub async fn me(&self, access_token: &str) -> reqwest::Response {
        let url = format!("{}/v1.0/me", self.tenant.endpoints().graph);
        self.http.get(url).bearer_auth(access_token).send().await.unwrap()
    }
}

/// Somebody who never calls the client's listener, since the tests have none.
pub fn maya() -> Person {
    Person::new("maya").who_stops_at_the_client()
}

pub fn code(arrival: &Arrival) -> &str {
    &arrival.parameters["code"]
}

/// The claims of a token.
pub fn claims(token: &Value) -> Value {
    let payload = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}
