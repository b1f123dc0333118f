//! The approver's side: what waits for the caller, and their decisions (approvals 2021-01-01-preview).
//!
//! The documentation has a decision's body bare, under PATCH; the portal and a client that works put it in `properties`, under
//! PUT. The documented way goes first: what is refused for its form was not done.

use reqwest::Method;
use serde_json::json;

use super::{AzureRoles, Row, VERSION, requests::APPROVALS_VERSION, scope, wire};
use crate::{
    auth::AccessToken,
    cloud::Resource,
    failure::Failure,
    model::{ActivationRequest, Decision, RequestStatus},
};

impl AzureRoles {
    /// Requests that wait for the caller's decision on every scope: `asApprover()`.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn awaiting(&self) -> Result<Vec<ActivationRequest>, Failure> {
        let url = self.url(scope::ROOT, wire::REQUESTS, &format!("{VERSION}&$filter=asApprover()"))?;
        let rows: Vec<Row> = self.client.pages(Resource::Arm, url).await?;
        let requests = rows.into_iter().filter_map(|row| row.activation_request(None));
        Ok(requests.filter(|request| request.status == RequestStatus::PendingApproval).collect())
    }

    /// What people have asked for at a scope and below it, for those who may read that there: one outcome for each pair of a
    /// person and a scope.
    pub async fn requests_of(&self, pairs: Vec<(String, String)>) -> Vec<Result<Vec<ActivationRequest>, Failure>> {
        self.each(pairs, |roles, (person, scope)| async move {
            let person = scope::segment(&person)?;
            let mut url = roles.url(&scope, wire::REQUESTS, VERSION)?;
            url.query_pairs_mut().append_pair("$filter", &format!("principalId eq '{person}'"));
            let rows: Vec<Row> = roles.client.pages(Resource::Arm, url).await?;
            Ok(rows.into_iter().filter_map(|row| row.activation_request(None)).collect())
        })
        .await
    }

    /// Decides, on all at once by a request each. One outcome for each, in order; none stops another, and what may have been
    /// done is not sent again.
    pub async fn decide(&self, decisions: &[Decision], token: Option<&AccessToken>) -> Vec<Result<(), Failure>> {
        let token = token.cloned();
        self.each(decisions.to_vec(), |roles, decision| {
            let token = token.clone();
            async move { roles.decide_one(&decision, token.as_ref()).await }
        })
        .await
    }

    async fn decide_one(&self, decision: &Decision, token: Option<&AccessToken>) -> Result<(), Failure> {
        let approval = scope::segment(scope::last(&decision.approval_id))?;
        let stage = scope::segment(scope::last(&decision.stage_id))?;
        let path = format!("providers/Microsoft.Authorization/roleAssignmentApprovals/{approval}/stages/{stage}");
        let url = self.url(scope::ROOT, &path, APPROVALS_VERSION)?;
        let bare = wire::decision(decision);
        match self.client.write(Resource::Arm, Method::PATCH, url.clone(), Some(&bare), token).await {
            Err(failure) if is_about_the_form(&failure) => {
                let wrapped = json!({ "properties": bare });
                self.client.write(Resource::Arm, Method::PUT, url, Some(&wrapped), token).await.map(drop)
            }
            outcome => outcome.map(drop),
        }
    }
}

/// The service does not take a decision in this form: 400 about the body, 405.
fn is_about_the_form(failure: &Failure) -> bool {
    const CODES: [&str; 7] = [
        "InvalidRequestContent",
        "BadRequest",
        "InvalidRequest",
        "HttpMethodNotSupported",
        "MethodNotAllowed",
        "HTTP 400",
        "HTTP 405",
    ];
    matches!(failure, Failure::Refused(problem) if CODES.iter().any(|code| problem.code.eq_ignore_ascii_case(code)))
}
