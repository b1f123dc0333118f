//! What a sign-in yields: who somebody is, and what they may show to a service.

use std::{fmt, sync::Arc};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::cloud::Resource;

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
        struct Claims {
            wids: Vec<String>,
        }
        let payload = self.secret.split('.').nth(1)?;
        let bytes = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?);
        serde_json::from_slice::<Claims>(&bytes).ok().map(|claims| claims.wids)
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
            let payload = BASE64_URL_SAFE_NO_PAD.encode(payload);
            AccessToken::new(format!("h.{payload}.s"), Resource::Graph, DateTime::UNIX_EPOCH)
        };
        assert_eq!(token(r#"{"wids":["a","b"]}"#).roles(), Some(vec!["a".to_owned(), "b".to_owned()]));
        for hidden in ["{}", "encrypted", r#"{"wids":7}"#] {
            assert_eq!(token(hidden).roles(), None, "{hidden}");
        }
        assert_eq!(AccessToken::new("opaque".into(), Resource::Graph, DateTime::UNIX_EPOCH).roles(), None);
    }
}
