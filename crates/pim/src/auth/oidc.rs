//! Who signed in: the id token, checked against the keys that the authority publishes.
//!
//! Source: OpenID Connect Core 1.0, section 3.1.3.7; "Validate tokens" of the identity platform.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    jwk::{AlgorithmParameters, JwkSet},
};
use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

use super::{Identity, endpoint::Endpoint};
use crate::{
    api::answer,
    codes,
    net::{Answer, DEADLINE, Net},
    problem::Problem,
};

/// How far our idea of the server's time may be off.
const SKEW: TimeDelta = TimeDelta::minutes(5);

/// What an authority publishes about itself.
#[derive(Debug)]
pub(super) struct Authority {
    /// With `{tenantid}` in it where the authority stands for many tenants.
    issuer: String,
    keys: JwkSet,
}

#[derive(Deserialize)]
struct Configuration {
    issuer: String,
    jwks_uri: Url,
}

/// The claims that are read. `aud` is one string in an id token of Entra; an array is refused by its type.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    exp: i64,
    #[serde(default)]
    nbf: i64,
    nonce: Option<String>,
    oid: String,
    tid: String,
    preferred_username: Option<String>,
    name: Option<String>,
}

/// What an id token must match.
pub(super) struct Wanted<'a> {
    pub client_id: &'a str,
    /// The tenant segment that was asked.
    pub tenant: &'a str,
    /// `None` in the flows that have none.
    pub nonce: Option<&'a str>,
    pub now: DateTime<Utc>,
}

impl Authority {
    /// Reads the authority's description and keys.
    pub(super) async fn fetch(net: &Net, endpoint: &Endpoint) -> Result<Self, Problem> {
        let configuration: Configuration = json(net, endpoint.openid_configuration()).await?;
        if !net.cloud().is_login(&configuration.jwks_uri) {
            return Err(codes::ours(codes::FOREIGN_LINK, Some(format!("Keys at {}", configuration.jwks_uri))));
        }
        let keys = json(net, configuration.jwks_uri).await?;
        Ok(Self { issuer: configuration.issuer, keys })
    }

    /// Checks an id token and says who it is about.
    pub(super) fn identity(&self, token: &str, wanted: &Wanted<'_>) -> Result<Identity, Problem> {
        self.check(token, wanted).map_err(|why| codes::ours(codes::ID_TOKEN, Some(why.into())))
    }

    fn check(&self, token: &str, wanted: &Wanted<'_>) -> Result<Identity, &'static str> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| "It is no signed token.")?;
        if header.alg != Algorithm::RS256 {
            return Err("It is not signed with RS256.");
        }
        let key = header.kid.as_deref().and_then(|kid| self.keys.find(kid)).ok_or("Its key is unknown.")?;
        if !matches!(key.algorithm, AlgorithmParameters::RSA(_)) {
            return Err("Its key is no RSA key.");
        }
        let key = DecodingKey::from_jwk(key).map_err(|_| "Its key is broken.")?;
        let mut rules = Validation::new(Algorithm::RS256);
        rules.set_audience(&[wanted.client_id]);
        rules.set_required_spec_claims(&["iss", "aud", "exp"]);
        // Times are compared below: with the server's time, which this crate's clock does not know.
        rules.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules)
            .map_err(|_| "Its signature, audience or shape is wrong.")?
            .claims;
        if claims.aud != wanted.client_id {
            return Err("It is for another application.");
        }
        if uuid::Uuid::try_parse(&claims.tid).is_err() || uuid::Uuid::try_parse(&claims.oid).is_err() {
            return Err("Its tenant or user is no id.");
        }
        if claims.iss != self.issuer.replace("{tenantid}", &claims.tid) {
            return Err("It is from another issuer.");
        }
        // With the tenant's id in the authority nobody else's token will do; a domain is bound through the issuer.
        let asked_by_id = uuid::Uuid::try_parse(wanted.tenant).is_ok();
        if asked_by_id && !claims.tid.eq_ignore_ascii_case(wanted.tenant) {
            return Err("It is from another tenant.");
        }
        let (now, skew) = (wanted.now.timestamp(), SKEW.num_seconds());
        if claims.exp.saturating_add(skew) < now || claims.nbf > now.saturating_add(skew) {
            return Err("It is not valid at this time.");
        }
        if wanted.nonce.is_some() && claims.nonce.as_deref() != wanted.nonce {
            return Err("It answers another sign-in.");
        }
        let username = codes::clean(&claims.preferred_username.unwrap_or_default(), 320);
        let name = claims.name.map(|name| codes::clean(&name, 256)).filter(|name| !name.is_empty());
        Ok(Identity {
            object_id: claims.oid.to_ascii_lowercase(),
            tenant_id: claims.tid.to_ascii_lowercase(),
            name: name.unwrap_or_else(|| username.clone()),
            username,
        })
    }
}

async fn json<T: DeserializeOwned>(net: &Net, url: Url) -> Result<T, Problem> {
    let answer: Answer = net.send(net.http().get(url), DEADLINE).await.map_err(|broken| broken.problem())?;
    if let Some(failure) = answer::not_answering(&answer, net.clock().now()) {
        return Err(failure.problem().clone());
    }
    if !answer.status.is_success() {
        let tenant_unknown = answer.status.is_client_error();
        let code = if tenant_unknown { "AADSTS90002" } else { codes::UNEXPECTED };
        return Err(codes::ours(code, Some(format!("HTTP {}", answer.status.as_u16()))));
    }
    serde_json::from_slice(&answer.body).map_err(|error| {
        codes::ours(codes::UNEXPECTED, Some(format!("{:?} in the authority's description", error.classify())))
    })
}

#[cfg(test)]
#[path = "oidc_tests.rs"]
mod tests;
