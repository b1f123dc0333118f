use std::sync::Arc;
use crate::{auth::{Browser, Tokens}, net::Net, problem::Problem, secrets::SecretStore};

/// Where, and as which application, somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The tenant segment of the authority: `organizations`, a tenant id or a domain.
    pub tenant: String,
    /// The application (client) id.
    pub client_id: String,
}
impl Default for Registration { fn default() -> Self { todo!() } }

/// What a person must type where, in the device code flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCode {
    /// The code to type.
    pub user_code: String,
    /// Where to type it.
    pub verification_uri: String,
}

/// Makes sessions. Dropping one of its futures gives the attempt up and stops listening.
pub struct SignIn {}
impl SignIn {
    /// Signs in at the cloud of `net`.
    /// # Errors
    /// See the module.
    pub fn new(net: Net, registration: Registration, secrets: Arc<dyn SecretStore>) -> Result<Self, Problem> { todo!() }
    /// Through the browser: returns when the person is done, or after five minutes. `hint` is the expected user name.
    pub async fn browser(&self, browser: &Browser, hint: Option<&str>) -> Result<Tokens, Problem> { todo!() }
    /// By device code
    pub async fn device_code(&self, show: impl FnOnce(DeviceCode) + Send) -> Result<Tokens, Problem> { todo!() }
    /// The session kept in the keyring under `account_id` (`Identity::id`); `None` where there is none.
    /// The problem says why the keyring could not be read.
    pub async fn restore(&self, account_id: &str) -> Result<Option<Tokens>, Problem> { todo!() }
}
