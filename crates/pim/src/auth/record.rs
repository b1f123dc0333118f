//! A session as the keyring keeps it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{AccessToken, Identity};
use crate::{cloud::Resource, codes, problem::Problem, secrets::SecretError};

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

/// What the keyring had when a session was to be written there.
pub(super) enum Found {
    /// What the session went by, or nothing that is of use: it was replaced.
    Ours,
    /// A newer session of the same account and application, by its refresh token: it stays.
    Newer(Zeroizing<String>),
    /// The session's entry is gone, or another application's: somebody wanted it so.
    Taken,
}

impl Record {
    pub const VERSION: u32 = 1;

    /// The entry to be written where `there` has what the session goes by (`kept`; `None`: it is newer than whatever there is).
    pub(super) fn unless_newer(
        &self,
        there: Result<Option<&[u8]>, SecretError>,
        kept: Option<Zeroizing<String>>,
    ) -> (Option<Zeroizing<Vec<u8>>>, Found) {
        let replaced = || (Some(self.to_bytes()), Found::Ours);
        let Some(kept) = kept else { return replaced() };
        match there.map(|there| there.map(Self::from_bytes)) {
            Ok(Some(Ok(theirs))) if theirs.client_id != self.client_id => (None, Found::Taken),
            Ok(Some(Ok(theirs))) if theirs.refresh_token != kept => (None, Found::Newer(theirs.refresh_token)),
            Ok(None) => (None, Found::Taken),
            Ok(Some(_)) | Err(_) => replaced(),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    fn record(client_id: &str, refresh_token: &str) -> Record {
        let [object_id, tenant_id, username, name] = ["o", "t", "maya", "Maya"].map(str::to_owned);
        Record {
            version: Record::VERSION,
            client_id: client_id.into(),
            identity: Identity { object_id, tenant_id, username, name },
            refresh_token: Zeroizing::new(refresh_token.into()),
            access: None,
            azure: None,
        }
    }

    /// What becomes of an entry of ours where the keyring has that and the session went by "old".
    fn found(there: Result<Option<&[u8]>, SecretError>, kept: Option<&str>) -> (bool, &'static str) {
        let (new, found) = record("ours", "mine").unless_newer(there, kept.map(|kept| Zeroizing::new(kept.into())));
        let told = match found {
            Found::Ours => "ours",
            Found::Newer(token) => {
                assert_eq!(*token, "newer");
                "newer"
            }
            Found::Taken => "taken",
        };
        (new.is_some(), told)
    }

    #[test]
    fn only_what_a_session_went_by_is_replaced_by_it() {
        let [same, newer] = ["old", "newer"].map(|token| record("ours", token).to_bytes());
        let foreign = record("theirs", "old").to_bytes();
        assert_eq!(found(Ok(Some(&same)), Some("old")), (true, "ours"));
        assert_eq!(found(Ok(Some(&newer)), Some("old")), (false, "newer"));
        assert_eq!(found(Ok(Some(&foreign)), Some("old")), (false, "taken"), "another application's");
        assert_eq!(found(Ok(None), Some("old")), (false, "taken"), "signed out");
        // What is good for nobody may be replaced.
        assert_eq!(found(Ok(Some(b"{")), Some("old")), (true, "ours"));
        assert_eq!(found(Err(SecretError::Corrupt("damaged".into())), Some("old")), (true, "ours"));
        // Whoever has just signed in is the newest.
        for there in [Ok(Some(&newer[..])), Ok(Some(&foreign[..])), Ok(None)] {
            assert_eq!(found(there, None), (true, "ours"));
        }
    }
}
