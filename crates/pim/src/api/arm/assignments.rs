//! The administrator's side: who holds what at a scope, and giving and taking.
//!
//! Sources: "Role Eligibility Schedules - List For Scope", "Role Assignment Schedules - List For Scope", their requests'
//! "Create" and "Validate" (2020-10-01); "Resource Groups - List", "Resources - List By Resource Group" (2021-04-01).

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::{AzureRoles, Child, RESOURCES_VERSION, Row, VERSION, scope, wire};
use crate::{
    api::{
        answer::{self, Effect},
        wire::name,
    },
    auth::AccessToken,
    cloud::Resource,
    codes,
    failure::Failure,
    model::{ActivationRequest, Administration, Holding, Scope, ScopeType, Side},
};

#[derive(Deserialize)]
struct Definition {
    id: String,
    properties: DefinitionProperties,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DefinitionProperties {
    role_name: Option<String>,
}

const SCHEDULES: [&str; 2] = [
    "providers/Microsoft.Authorization/roleEligibilitySchedules",
    "providers/Microsoft.Authorization/roleAssignmentSchedules",
];

impl AzureRoles {
    /// Who holds what at a scope, above it and below it, for those who may read that there.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn holdings(&self, side: Side, scope: &str) -> Result<Vec<Holding>, Failure> {
        let collection = SCHEDULES[usize::from(side == Side::Active)];
        let url = self.url(scope, collection, VERSION)?;
        let rows: Vec<Row> = self.client.pages(Resource::Arm, url).await?;
        let names = self.names();
        Ok(rows.into_iter().filter_map(|row| row.holding(side, &names)).collect())
    }

    /// Management groups and subscriptions that the caller sees: where they may be told who holds what.
    ///
    /// # Errors
    /// See [`Failure`]; only where neither answered.
    pub async fn administered(&self) -> Result<Vec<Scope>, Failure> {
        let (groups, subscriptions) = tokio::join!(self.management_groups(), self.subscriptions());
        match (groups, subscriptions) {
            (Ok(mut groups), Ok(subscriptions)) => {
                groups.extend(subscriptions);
                Ok(groups)
            }
            (Ok(some), Err(_)) | (Err(_), Ok(some)) => Ok(some),
            (Err(failure), Err(_)) => Err(failure),
        }
    }

    /// What lies directly below a subscription or a resource group, as far as the caller may read it: whatever one is eligible
    /// for, unlike [`AzureRoles::children`]. Below anything else nothing is told.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn within(&self, scope: &Scope) -> Result<Vec<Scope>, Failure> {
        let list = match scope.scope_type {
            ScopeType::Subscription => "resourcegroups",
            ScopeType::ResourceGroup => "resources",
            _ => return Ok(Vec::new()),
        };
        let url = self.url(&scope.id, list, RESOURCES_VERSION)?;
        let rows: Vec<Child> = self.client.pages(Resource::Arm, url).await?;
        Ok(rows.into_iter().filter_map(Child::scope).collect())
    }

    /// A scope as somebody writes it, named as far as that is known here; `None` for what is no scope of Azure. Asks nobody.
    pub fn scope_of(&self, path: &str) -> Option<Scope> {
        scope::written(path.trim(), &self.names())
    }

    /// The roles that there are at a scope: full id and name ("Role Definitions - List").
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn roles_at(&self, scope: &str) -> Result<Vec<(String, String)>, Failure> {
        let rows: Vec<Definition> = self.definition_pages(scope, "").await?;
        let named = |row: Definition| Some((row.id, name(row.properties.role_name.as_deref())?));
        Ok(rows.into_iter().filter_map(named).collect())
    }

    /// Sends what an administrator does, or has it judged only, by a request each. One outcome for each, in order. A request has
    /// a name of our own: after a lost answer it is looked up by it.
    pub(in crate::api) async fn administer(
        &self,
        asked: &[Administration],
        validation: bool,
        token: Option<&AccessToken>,
    ) -> Vec<Result<ActivationRequest, Failure>> {
        let token = token.cloned();
        self.each(asked.to_vec(), |roles, one| {
            let token = token.clone();
            async move {
                let body = wire::administer(&one, roles.client.net.clock().now());
                let collection = match one.side {
                    Side::Eligible => wire::ELIGIBILITY_REQUESTS,
                    Side::Active => wire::REQUESTS,
                };
                if validation {
                    return roles.validate(collection, &one, body, token.as_ref()).await;
                }
                roles.put(collection, &one.key, one.request_id, &body, token.as_ref()).await
            }
        })
        .await
    }

    async fn validate(
        &self,
        collection: &str,
        one: &Administration,
        mut body: serde_json::Value,
        token: Option<&AccessToken>,
    ) -> Result<ActivationRequest, Failure> {
        let url = self.url(&one.key.scope_id, &format!("{collection}/{}/validate", one.request_id), VERSION)?;
        // A client that works says it here, too.
        body["properties"]["isValidationOnly"] = json!(true);
        let answer = self.client.write(Resource::Arm, Method::POST, url, Some(&body), token).await?;
        let row: Row = answer::parsed(&answer.body, Effect::Read)?;
        row.activation_request(Some(&one.key)).ok_or_else(|| Failure::Refused(codes::ours(codes::UNEXPECTED, None)))
    }
}
