//! Windows Credential Manager, the macOS keychain, or the Secret Service.

use keyring::Entry;
use zeroize::Zeroizing;

use super::{
    SecretError, SecretStore,
    parts::{self, Items},
};

/// What the entries are filed under.
const SERVICE: &str = "Pimento";

/// The operating system's keyring: entries of the service `Pimento`, one or several for each secret.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyringStore;

impl SecretStore for KeyringStore {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
        parts::read(self, name)
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), SecretError> {
        parts::write(self, name, secret)
    }

    fn delete(&self, name: &str) -> Result<(), SecretError> {
        parts::delete(self, name)
    }

    fn lasting(&self) -> bool {
        true
    }
}

impl Items for KeyringStore {
    fn item(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
        match entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(told(&error)),
        }
    }

    fn set_item(&self, name: &str, bytes: &[u8]) -> Result<(), SecretError> {
        entry(name)?.set_secret(bytes).map_err(|error| told(&error))
    }

    fn delete_item(&self, name: &str) -> Result<(), SecretError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(told(&error)),
        }
    }
}

fn entry(name: &str) -> Result<Entry, SecretError> {
    if let Err(error) = Entry::store_status() {
        return Err(told(error));
    }
    Entry::new(SERVICE, name).map_err(|error| told(&error))
}

/// The error in words; some of its variants hold the secret's bytes, which are left out.
fn told(error: &keyring::Error) -> SecretError {
    match error {
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) | keyring::Error::BadStoreFormat(_) => {
            SecretError::Corrupt("The keyring's entry has an unknown format.".into())
        }
        keyring::Error::Ambiguous(_) => SecretError::Corrupt("The keyring has several entries of this name.".into()),
        other => SecretError::Unavailable(other.to_string()),
    }
}
