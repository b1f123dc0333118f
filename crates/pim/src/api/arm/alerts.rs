//! The security alerts of Azure roles at a scope (`roleManagementAlerts`, 2022-08-01-preview).

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::{AzureRoles, scope};
use crate::{
    api::{
        Answered, Missing,
        alerts::{self, Operation},
    },
    auth::AccessToken,
    cloud::Resource,
    failure::Failure,
    model::{Alert, Scope},
    net::Answer,
};

const VERSION: &str = "api-version=2022-08-01-preview";
const ALERTS: &str = "providers/Microsoft.Authorization/roleManagementAlerts";
const OPERATIONS: &str = "providers/Microsoft.Authorization/roleManagementAlertOperations";

/// More scopes than these are not looked at: a request goes to each.
const MOST_SCOPES: usize = 200;

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    properties: alerts::Row,
}

impl Row {
    fn alert(self, scope: &str) -> Option<Alert> {
        let name = if self.name.is_empty() { scope::last(&self.id).to_owned() } else { self.name };
        (!name.is_empty()).then(|| self.properties.alert(self.id, &name, Some(scope.to_owned())))
    }
}

impl AzureRoles {
    /// The subscriptions and management groups that the caller sees, at which alerts are looked for.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. Management groups are done without where they cannot be read.
    pub async fn alert_scopes(&self) -> Result<Vec<Scope>, Failure> {
        let (groups, subscriptions) = tokio::join!(self.management_groups(), self.subscriptions());
        let mut scopes = groups.unwrap_or_default();
        scopes.extend(subscriptions?);
        Ok(scopes)
    }

    /// The alerts at these scopes: a request each. What may not be read is left out; what failed otherwise is told.
    pub async fn alerts(&self, scopes: Vec<String>) -> Answered<Vec<Alert>> {
        let asked: Vec<String> = scopes.into_iter().take(MOST_SCOPES).collect();
        let read = self
            .each(asked.clone(), |roles, scope| async move {
                let rows: Vec<Row> = roles.client.pages(Resource::Arm, roles.url(&scope, ALERTS, VERSION)?).await?;
                Ok::<_, Failure>(rows.into_iter().filter_map(|row| row.alert(&scope)).collect::<Vec<_>>())
            })
            .await;
        let mut answered: Answered<Vec<Alert>> = Answered::default();
        for (scope, read) in asked.iter().zip(read) {
            match read {
                Ok(alerts) => {
                    answered.asked.push(scope.clone());
                    answered.found.extend(alerts);
                }
                Err(failure) => answered.missing.push(Missing::at(scope, failure)),
            }
        }
        answered
    }

    pub(in crate::api) async fn alert(&self, scope: &str, kind: &str) -> Result<Alert, Failure> {
        let url = self.url(scope, &format!("{ALERTS}/{}", scope::segment(kind)?), VERSION)?;
        let row: Row = self.client.read(Resource::Arm, url).await?;
        Ok(row.properties.alert(row.id, kind, Some(scope.to_owned())))
    }

    pub(in crate::api) async fn dismiss(
        &self,
        scope: &str,
        kind: &str,
        token: Option<&AccessToken>,
    ) -> Result<(), Failure> {
        let url = self.url(scope, &format!("{ALERTS}/{}", scope::segment(kind)?), VERSION)?;
        let body = json!({ "properties": { "isActive": false } });
        self.client.write(Resource::Arm, Method::PATCH, url, Some(&body), token).await.map(drop)
    }

    pub(in crate::api) async fn scan(&self, scope: &str, kind: Option<&str>) -> Result<Answer, Failure> {
        let one = kind.map(|kind| scope::segment(kind).map(|kind| format!("/{kind}"))).transpose()?;
        let path = format!("{ALERTS}{}/refresh", one.unwrap_or_default());
        self.client.write(Resource::Arm, Method::POST, self.url(scope, &path, VERSION)?, None, None).await
    }

    pub(in crate::api) async fn alert_operation(&self, scope: &str, id: &str) -> Result<Operation, Failure> {
        let url = self.url(scope, &format!("{OPERATIONS}/{}", scope::segment(id)?), VERSION)?;
        self.client.read(Resource::Arm, url).await
    }
}

/// A published alert as it is read here.
#[cfg(test)]
pub(super) fn example(entity: &serde_json::Value) -> serde_json::Result<serde_json::Value> {
    use serde::de::Error;

    let row: Row = serde_json::from_value(entity.clone())?;
    let scope = row.id.split("/providers/Microsoft.Authorization/").next().unwrap_or_default().to_owned();
    serde_json::to_value(row.alert(&scope).ok_or_else(|| serde_json::Error::custom("has no name"))?)
}
