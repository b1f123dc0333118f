//! What one may really do at a scope: whether an activation has taken effect.

use std::collections::BTreeSet;

use serde::{Deserialize, de::DeserializeOwned};

use super::{AzureRoles, scope};
use crate::{cloud::Resource, failure::Failure, model::RoleKey};

const VERSION: &str = "api-version=2022-04-01";

const DEFINITIONS: &str = "providers/Microsoft.Authorization/roleDefinitions";

/// What a role allows; of `permissions` an entry for each role that is held there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Permission {
    actions: Vec<String>,
    data_actions: Vec<String>,
}

impl Permission {
    fn set(&self) -> BTreeSet<String> {
        self.actions.iter().chain(&self.data_actions).map(|action| action.to_ascii_lowercase()).collect()
    }
}

#[derive(Deserialize)]
struct Definition {
    properties: Properties,
}

#[derive(Deserialize)]
struct Properties {
    #[serde(default)]
    permissions: Vec<Permission>,
}

/// A published entry of `permissions`, or a role definition, as it is read here.
#[cfg(test)]
pub(super) fn example(collection: &str, entity: &serde_json::Value) -> serde_json::Result<serde_json::Value> {
    let all: Vec<Permission> = match collection {
        "permissions" => vec![serde_json::from_value(entity.clone())?],
        _ => serde_json::from_value::<Definition>(entity.clone())?.properties.permissions,
    };
    serde_json::to_value(all.iter().map(Permission::set).collect::<Vec<_>>())
}

impl AzureRoles {
    /// Do the role's permissions work at its scope? `None` where that cannot be told: what the role allows may not be read,
    /// and something else is held there.
    ///
    /// "Permissions - List For Resource Group" and "Role Definitions - Get", 2022-04-01.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn works(&self, key: &RoleKey) -> Result<Option<bool>, Failure> {
        let url = self.url(&key.scope_id, "providers/Microsoft.Authorization/permissions", VERSION)?;
        let held: Vec<Permission> = match self.client.pages(Resource::Arm, url).await {
            // Not every kind of scope answers.
            Err(Failure::Refused(_) | Failure::DoesNotExist(_)) => return Ok(None),
            answer => answer?,
        };
        let held: Vec<_> = held.iter().map(Permission::set).collect();
        if held.is_empty() {
            return Ok(Some(false));
        }
        let role = scope::segment(scope::last(&key.role_definition_id))?;
        let path = format!("providers/Microsoft.Authorization/roleDefinitions/{role}");
        let url = self.url(&key.scope_id, &path, VERSION)?;
        match self.client.read::<Definition>(Resource::Arm, url).await {
            Ok(Definition { properties }) => {
                Ok(Some(properties.permissions.iter().all(|wanted| held.contains(&wanted.set()))))
            }
            Err(Failure::Refused(_) | Failure::DoesNotExist(_)) => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}

impl AzureRoles {
    /// The role definitions at a scope, page by page.
    pub(in crate::api) async fn definition_pages<T: DeserializeOwned>(
        &self,
        at: &str,
        filter: &str,
    ) -> Result<Vec<T>, Failure> {
        let url = self.url(at, DEFINITIONS, &format!("{VERSION}{filter}"))?;
        self.client.pages(Resource::Arm, url).await
    }

    /// One of them, by its GUID.
    pub(in crate::api) async fn definition_at<T: DeserializeOwned>(&self, at: &str, id: &str) -> Result<T, Failure> {
        let id = scope::segment(id)?;
        let url = self.url(at, &format!("{DEFINITIONS}/{id}"), VERSION)?;
        self.client.read(Resource::Arm, url).await
    }
}
