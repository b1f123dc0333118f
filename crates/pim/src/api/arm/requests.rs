//! Asking for something, and what became of it.

use reqwest::Method;
use uuid::Uuid;

use super::{
    AzureRoles, Envelope, Row, VERSION, scope,
    wire::{self, ApprovalProperties},
};
use crate::{
    api::answer::{self, Effect},
    auth::AccessToken,
    cloud::Resource,
    codes,
    failure::Failure,
    model::{Activation, ActivationRequest, Approval, Deactivation, Extension, RoleKey},
};

pub(super) const APPROVALS_VERSION: &str = "api-version=2021-01-01-preview";

impl AzureRoles {
    /// The id that the request of an activation has, or would have.
    pub fn request_id(key: &RoleKey, name: Uuid) -> String {
        wire::request_id(&key.scope_id, &name.to_string())
    }

    /// Activates, all at once by a PUT each. One outcome for each, in order.
    ///
    /// The request has a name of our own choice ([`Activation::request_id`]): after a lost answer it is looked up by it, and
    /// sent again under it only where the service does not know it.
    pub async fn activate(
        &self,
        activations: &[Activation],
        token: Option<&AccessToken>,
    ) -> Vec<Result<ActivationRequest, Failure>> {
        let token = token.cloned();
        self.each(activations.to_vec(), |roles, activation| {
            let token = token.clone();
            async move {
                let body = wire::self_activate(&activation);
                let name = activation.request_id.unwrap_or_else(Uuid::new_v4);
                roles.put(wire::REQUESTS, &activation.key, name, &body, token.as_ref()).await
            }
        })
        .await
    }

    /// Ends an activation, at the earliest five minutes after its start. In its first minute or so the service may not know
    /// it yet and answer that it does not exist.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn deactivate(
        &self,
        deactivation: &Deactivation,
        token: Option<&AccessToken>,
    ) -> Result<ActivationRequest, Failure> {
        let body = wire::self_deactivate(deactivation);
        let name = deactivation.request_id.unwrap_or_else(Uuid::new_v4);
        self.put(wire::REQUESTS, &deactivation.key, name, &body, token).await
    }

    /// Asks for a later end of an eligibility or a standing assignment. An administrator decides.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn extend(
        &self,
        extension: &Extension,
        token: Option<&AccessToken>,
    ) -> Result<ActivationRequest, Failure> {
        let body = wire::self_extend(extension, self.client.net.clock().now());
        let name = extension.request_id.unwrap_or_else(Uuid::new_v4);
        let collection = if extension.eligibility { wire::ELIGIBILITY_REQUESTS } else { wire::REQUESTS };
        self.put(collection, &extension.key, name, &body, token).await
    }

    /// One request by its full id.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn request(&self, id: &str) -> Result<ActivationRequest, Failure> {
        let url = self.url(scope::ROOT, scope::checked(id)?.trim_start_matches('/'), VERSION)?;
        let row: Row = self.client.read(Resource::Arm, url).await?;
        row.activation_request(None).ok_or_else(|| Failure::Refused(codes::ours(codes::UNEXPECTED, None)))
    }

    /// The caller's own requests on every scope, in no particular order.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn requests(&self) -> Result<Vec<ActivationRequest>, Failure> {
        self.own_requests(wire::REQUESTS).await
    }

    /// The caller's own requests about eligibilities on every scope, in no particular order.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn eligibility_requests(&self) -> Result<Vec<ActivationRequest>, Failure> {
        self.own_requests(wire::ELIGIBILITY_REQUESTS).await
    }

    async fn own_requests(&self, collection: &str) -> Result<Vec<ActivationRequest>, Failure> {
        // `asRequestor()` is refused to somebody who holds nothing at the scope.
        let url = self.url(scope::ROOT, collection, &format!("{VERSION}&$filter=asTarget()"))?;
        let rows: Vec<Row> = self.client.pages(Resource::Arm, url).await?;
        let requests = rows.into_iter().filter_map(|row| row.activation_request(None));
        Ok(requests.filter(|request| request.action.is_own()).collect())
    }

    /// Withdraws a request that waits for approval or for its start, by its full id.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn cancel(&self, id: &str) -> Result<(), Failure> {
        let path = format!("{}/cancel", scope::checked(id)?.trim_start_matches('/'));
        let url = self.url(scope::ROOT, &path, VERSION)?;
        self.client.write(Resource::Arm, Method::POST, url, None, None).await.map(|_| ())
    }

    /// How an approval stands. `id` is a full id or its last part.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn approval(&self, id: &str) -> Result<Approval, Failure> {
        let name = scope::segment(scope::last(id))?;
        let path = format!("providers/Microsoft.Authorization/roleAssignmentApprovals/{name}");
        let url = self.url(scope::ROOT, &path, APPROVALS_VERSION)?;
        let approval: Envelope<ApprovalProperties> = self.client.read(Resource::Arm, url).await?;
        Ok(approval.approval())
    }

    /// Puts a request under its name. What an answer leaves open is asked by the name.
    pub(super) async fn put(
        &self,
        collection: &str,
        key: &RoleKey,
        name: Uuid,
        body: &serde_json::Value,
        token: Option<&AccessToken>,
    ) -> Result<ActivationRequest, Failure> {
        let url = self.url(&key.scope_id, &format!("{collection}/{name}"), VERSION)?;
        let put = async || {
            let answer = self.client.write(Resource::Arm, Method::PUT, url.clone(), Some(body), token).await?;
            let row: Row = answer::parsed(&answer.body, Effect::Write)?;
            row.activation_request(Some(key)).ok_or_else(|| Failure::lost(codes::ours(codes::UNEXPECTED, None)))
        };
        let failure = match put().await {
            // Whoever knows when to come again does so then, under the same name where that may be.
            Err(failure) if failure.retry_at().is_some() => return Err(failure),
            // Whose activation is there already, whose request is in the way: perhaps an earlier sending of this very one.
            Err(failure @ (Failure::Lost { .. } | Failure::Exists(_) | Failure::Pending(_))) => failure,
            outcome => return outcome,
        };
        match self.client.read::<Row>(Resource::Arm, url.clone()).await {
            Ok(row) => row.activation_request(Some(key)).ok_or(failure),
            Err(unknown) if matches!(failure, Failure::Lost { .. }) && is_unknown(&unknown) => put().await,
            // It stays open, and the service wants to be left alone.
            Err(Failure::NotSent { retry_at: Some(at), .. }) => {
                Err(Failure::Lost { problem: failure.problem().clone(), retry_at: Some(at) })
            }
            Err(_) => Err(failure),
        }
    }
}

/// The service says that there is no such request.
fn is_unknown(failure: &Failure) -> bool {
    const UNKNOWN: [&str; 3] = ["ResourceNotFound", "RoleAssignmentScheduleRequestNotFound", "NotFound"];
    UNKNOWN.iter().any(|code| failure.problem().code.eq_ignore_ascii_case(code))
}
