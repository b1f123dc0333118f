//! What a sign-in yields: who somebody is, and what they may show to a service.

use std::{fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::claims;
use crate::{cloud::Resource, failure::Claims};

/// Who signed in, from the validated id token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `oid`: the user's object id in that tenant, which requests carry as `principalId`.
    pub object_id: String,
    /// `tid`: the tenant's id.
    pub tenant_id: String,
    /// `preferred_username`.
    pub username: String,
    /// `name`, or the user name where the token has none.
    pub name: String,
}

impl Identity {
    /// `{oid}.{tid}`: what files and keyring entries are named by.
    pub fn id(&self) -> String {
        format!("{}.{}", self.object_id, self.tenant_id)
    }
}

/// An access token: for one resource, until a moment of the server's time. Never printed.
#[derive(Clone)]
pub struct AccessToken {
    secret: Arc<Zeroizing<String>>,
    resource: Resource,
    expires: DateTime<Utc>,
}

impl AccessToken {
    pub(crate) fn new(secret: String, resource: Resource, expires: DateTime<Utc>) -> Self {
        Self { secret: Arc::new(Zeroizing::new(secret)), resource, expires }
    }

    /// What it may be sent to.
    pub fn resource(&self) -> Resource {
        self.resource
    }

    /// Server time of its end.
    pub fn expires(&self) -> DateTime<Utc> {
        self.expires
    }

    /// The value of the `Authorization` header.
    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    /// Template ids of the directory roles that it names (`wids`), where it can be looked into: what is in it is the
    /// service's business, and may be hidden one day.
    pub(crate) fn roles(&self) -> Option<Vec<String>> {
        #[derive(Deserialize)]
        struct Named {
            wids: Vec<String>,
        }
        let payload = self.secret.split('.').nth(1)?;
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(payload).ok()?);
        serde_json::from_slice::<Named>(&bytes).ok().map(|named| named.wids)
    }

    /// Does the token say that it has these claims? What cannot be read has none: the worst of that is a sign-in too many.
    ///
    /// An access token's content is no contract; `amr` and `acrs` are what other clients read in it.
    pub(crate) fn proves(&self, claims: &Claims) -> bool {
        let payload = self.secret.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
        let payload = payload.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        payload.is_some_and(|payload| claims::satisfied(claims, &payload))
    }

    /// Is this the very same token?
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.secret == other.secret
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("resource", &self.resource)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_printed() {
        let token = AccessToken::new("canary".into(), Resource::Graph, DateTime::UNIX_EPOCH);
        assert!(!format!("{token:?} {token:#?}").contains("canary"));
        assert_eq!(token.secret(), "canary");
    }

    #[test]
    fn roles_are_read_where_there_are_any_to_read() {
        let token = |payload: &str| {
            let payload = URL_SAFE_NO_PAD.encode(payload);
            AccessToken::new(format!("h.{payload}.s"), Resource::Graph, DateTime::UNIX_EPOCH)
        };
        assert_eq!(token(r#"{"wids":["a","b"]}"#).roles(), Some(vec!["a".to_owned(), "b".to_owned()]));
        for hidden in ["{}", "encrypted", r#"{"wids":7}"#] {
            assert_eq!(token(hidden).roles(), None, "{hidden}");
        }
        assert_eq!(AccessToken::new("opaque".into(), Resource::Graph, DateTime::UNIX_EPOCH).roles(), None);
    }

    #[test]
    fn what_a_token_proves_is_read_where_it_can_be() {
        let token = |payload: &str| {
            let payload = URL_SAFE_NO_PAD.encode(payload);
            AccessToken::new(format!("e30.{payload}.signature"), Resource::Graph, DateTime::UNIX_EPOCH)
        };
        let (mfa, context) = (claims::multifactor(), claims::authentication_context("c1"));
        let strong = token(r#"{"amr":["pwd","mfa"],"acrs":["p1","C1"]}"#);
        assert!(strong.proves(&mfa) && strong.proves(&context));
        assert!(!strong.proves(&claims::authentication_context("c2")));
        let weak = token(r#"{"amr":["pwd"]}"#);
        assert!(!weak.proves(&mfa) && !weak.proves(&context));
        assert!(token(r#"{"acrs":"c1"}"#).proves(&context), "one of them as text");
        assert!(!strong.proves(&Claims("{}".into())) && !strong.proves(&Claims("nonsense".into())));
        let opaque = AccessToken::new("opaque".into(), Resource::Graph, DateTime::UNIX_EPOCH);
        assert!(!opaque.proves(&mfa));
    }
}
