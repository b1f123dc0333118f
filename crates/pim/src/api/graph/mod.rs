use std::collections::HashMap;
use crate::{api::Client, auth::AccessToken, failure::Failure, model::{Activation, ActivationRequest, Assignment, Eligibility, Requirements, RoleKey}};
/// Entra directory roles.
#[derive(Clone)]
pub struct DirectoryRoles {}
impl DirectoryRoles {
    /// See the module.
    pub fn new(client: Client) -> Self { todo!() }
    /// What the caller may activate.
    pub async fn eligible(&self) -> Result<Vec<Eligibility>, Failure> { todo!() }
    /// What the caller holds now.
    pub async fn active(&self) -> Result<Vec<Assignment>, Failure> { todo!() }
    /// Policies by `roleDefinitionId`, lower case.
    pub async fn policies(&self) -> Result<HashMap<String, Requirements>, Failure> { todo!() }
    /// One POST, or one `$batch` per twenty; one outcome per activation, in order. `token` is the one a step-up brought.
    pub async fn activate(&self, activations: &[Activation], token: Option<&AccessToken>) -> Vec<Result<ActivationRequest, Failure>> { todo!() }
    /// Ends an activation.
    pub async fn deactivate(&self, key: &RoleKey, principal_id: &str, token: Option<&AccessToken>) -> Result<ActivationRequest, Failure> { todo!() }
    /// One request.
    pub async fn request(&self, id: &str) -> Result<ActivationRequest, Failure> { todo!() }
    /// The caller's own requests (activations and deactivations).
    pub async fn requests(&self) -> Result<Vec<ActivationRequest>, Failure> { todo!() }
    /// Withdraws a pending request.
    pub async fn cancel(&self, id: &str) -> Result<(), Failure> { todo!() }
    /// The tenant's display name.
    pub async fn organization(&self) -> Result<Option<String>, Failure> { todo!() }
}
