//! A session as the keyring keeps it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{AccessToken, Identity};
use crate::{cloud::Resource, codes, problem::Problem};

/// What the keyring keeps of a session.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    pub version: u32,
    pub client_id: String,
    pub identity: Identity,
    #[serde(with = "plain")]
    pub refresh_token: Zeroizing<String>,
    /// Graph's access token: a program that is started again within its life need not ask for another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Kept>,
    /// Azure's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub azure: Option<Kept>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    #[serde(with = "plain")]
    token: Zeroizing<String>,
    expires: DateTime<Utc>,
}

impl From<&AccessToken> for Kept {
    fn from(token: &AccessToken) -> Self {
        Self { token: Zeroizing::new(token.secret().to_owned()), expires: token.expires() }
    }
}

impl Record {
    pub const VERSION: u32 = 1;

    /// The access tokens of this entry.
    pub(super) fn access_tokens(&self) -> impl Iterator<Item = AccessToken> {
        let kept = [(Resource::Graph, &self.access), (Resource::Arm, &self.azure)];
        kept.into_iter().filter_map(|(resource, kept)| {
            let Kept { token, expires } = kept.as_ref()?;
            Some(AccessToken::new(token.to_string(), resource, *expires))
        })
    }

    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(serde_json::to_vec(self).expect("strings and a number always serialize"))
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, Problem> {
        match serde_json::from_slice::<Self>(bytes) {
            Ok(record) if record.version == Self::VERSION && !record.refresh_token.is_empty() => Ok(record),
            Ok(record) => {
                Err(codes::ours(codes::KEYRING_CORRUPT, Some(format!("An entry of version {}.", record.version))))
            }
            // The parser's message could quote the secret.
            Err(error) => Err(codes::ours(codes::KEYRING_CORRUPT, Some(format!("{:?}", error.classify())))),
        }
    }
}

mod plain {
    use serde::{Deserialize, Deserializer, Serializer};
    use zeroize::Zeroizing;

    pub(super) fn serialize<S: Serializer>(secret: &Zeroizing<String>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(secret)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zeroizing<String>, D::Error> {
        String::deserialize(deserializer).map(Zeroizing::new)
    }
}
