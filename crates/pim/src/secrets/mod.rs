//! Where secrets are kept: the system's keyring, or memory.
use crate::problem::Problem;
/// A store of small secrets. Calls may block; [`Vault`] is who makes them.
pub trait SecretStore: Send + Sync {
    /// The secret of that name; `None` where there is none.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Problem>;
    /// Writes or replaces.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), Problem>;
    /// Deletes; nothing to delete is no error.
    fn delete(&self, name: &str) -> Result<(), Problem>;
    /// Does it outlive the program?
    fn lasting(&self) -> bool;
}
/// The operating system's keyring, service `Pimento`.
pub struct KeyringStore;
impl KeyringStore { /// See the module.
 pub fn new() -> Self { Self } }
impl SecretStore for KeyringStore {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Problem> { todo!() }
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), Problem> { todo!() }
    fn delete(&self, name: &str) -> Result<(), Problem> { todo!() }
    fn lasting(&self) -> bool { true }
}
/// Memory.
#[derive(Default)]
pub struct MemoryStore;
impl SecretStore for MemoryStore {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Problem> { todo!() }
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), Problem> { todo!() }
    fn delete(&self, name: &str) -> Result<(), Problem> { todo!() }
    fn lasting(&self) -> bool { false }
}
