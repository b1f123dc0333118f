//! Where secrets are kept: the system's keyring, or memory. Never a file.
//!
//! [`SecretStore`] is the plain, blocking face; [`Vault`] makes its calls on threads of their own, with a deadline, since a
//! keyring may be locked behind a prompt, or hang.

mod keyring;
mod memory;
mod parts;
mod vault;

use std::fmt;

pub use keyring::KeyringStore;
pub use memory::MemoryStore;
pub use vault::Vault;
use zeroize::Zeroizing;

/// A store of small secrets by name. Calls may block.
pub trait SecretStore: Send + Sync + 'static {
    /// The secret of that name; `None` where there is none.
    ///
    /// # Errors
    /// The store is absent, locked, refuses, or holds something else than was written.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError>;

    /// Writes or replaces.
    ///
    /// # Errors
    /// The store is absent, locked, or refuses.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), SecretError>;

    /// Deletes every trace; nothing to delete is no error.
    ///
    /// # Errors
    /// The store is absent, locked, or refuses.
    fn delete(&self, name: &str) -> Result<(), SecretError>;

    /// Does it outlive the program?
    fn lasting(&self) -> bool;
}

/// Why a store did not do as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretError {
    /// It is absent, locked, hangs, or refuses.
    Unavailable(String),
    /// It holds something else than was written.
    Corrupt(String),
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(why) | Self::Corrupt(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for SecretError {}
