//! What roles allow: `unifiedRoleDefinition` of the directory, `roleDefinitions` of Azure.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Sources, arm::AzureRoles, wire::name};
use crate::{
    cloud::{self, Resource},
    codes,
    failure::Failure,
    model::{Kind, Permission, RoleDefinition, RoleKey},
};

/// Only the beta says which roles are privileged ("unifiedRoleDefinition resource type").
const DIRECTORY: [&str; 2] = [
    "/beta/roleManagement/directory/roleDefinitions?$select=id,templateId,displayName,description,isBuiltIn,isEnabled,\
     isPrivileged,rolePermissions",
    "/v1.0/roleManagement/directory/roleDefinitions",
];

/// One's own, with what they allow: that takes no permission besides.
const OWN: &str = "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')\
                   ?$select=id,roleDefinitionId&$expand=roleDefinition";

/// An action has no longer name.
const LONGEST_ACTION: usize = 512;

/// Characters of a description that are kept.
const LONGEST_DESCRIPTION: usize = 500;

/// Role definitions that were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definitions {
    /// Each once.
    pub found: Vec<RoleDefinition>,
    /// Kinds of which not all could be read, with the reason: of the directory one's own are there even so, where anything
    /// answered.
    pub missing: Vec<(Kind, Failure)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DirectoryRow {
    id: String,
    #[serde(default)]
    template_id: Option<String>,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    is_built_in: Option<bool>,
    #[serde(default)]
    is_enabled: Option<bool>,
    #[serde(default)]
    is_privileged: Option<bool>,
    #[serde(default)]
    role_permissions: Option<Vec<DirectoryPermission>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DirectoryPermission {
    #[serde(default)]
    allowed_resource_actions: Option<Vec<String>>,
    #[serde(default)]
    excluded_resource_actions: Option<Vec<String>>,
    #[serde(default)]
    condition: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OwnRow {
    #[serde(default)]
    role_definition: Option<DirectoryRow>,
}

#[derive(Deserialize)]
struct AzureRow {
    /// The definition's GUID.
    name: String,
    properties: AzureProperties,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AzureProperties {
    #[serde(default)]
    role_name: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    permissions: Option<Vec<AzurePermission>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AzurePermission {
    #[serde(default)]
    actions: Option<Vec<String>>,
    #[serde(default)]
    not_actions: Option<Vec<String>>,
    #[serde(default)]
    data_actions: Option<Vec<String>>,
    #[serde(default)]
    not_data_actions: Option<Vec<String>>,
}

impl DirectoryRow {
    /// `None` for one that nobody can hold.
    fn definition(self) -> Option<RoleDefinition> {
        if self.is_enabled == Some(false) {
            return None;
        }
        // Schedules name a built-in role by its template.
        let template = self.template_id.filter(|id| self.is_built_in != Some(false) && !id.is_empty());
        let id = template.unwrap_or(self.id);
        // What holds under a condition concerns one's own objects only (`$ResourceIsSelf`, `$SubjectIsOwner`).
        let whole =
            |permission: &DirectoryPermission| permission.condition.as_deref().unwrap_or_default().trim().is_empty();
        let permissions = self.role_permissions.unwrap_or_default().into_iter().filter(whole);
        Some(RoleDefinition {
            kind: Kind::DirectoryRole,
            name: name(self.display_name.as_deref()).unwrap_or_else(|| codes::clean(&id, 100)),
            id: id.to_lowercase(),
            description: described(self.description),
            privileged: self.is_privileged == Some(true),
            permissions: permissions
                .map(|permission| Permission {
                    actions: actions(permission.allowed_resource_actions),
                    not_actions: actions(permission.excluded_resource_actions),
                    ..Permission::default()
                })
                .collect(),
        })
    }
}

impl AzureRow {
    fn definition(self) -> RoleDefinition {
        let AzureProperties { role_name, description, permissions } = self.properties;
        RoleDefinition {
            kind: Kind::AzureResource,
            name: name(role_name.as_deref()).unwrap_or_else(|| codes::clean(&self.name, 100)),
            id: self.name.to_lowercase(),
            description: described(description),
            privileged: false,
            permissions: permissions
                .unwrap_or_default()
                .into_iter()
                .map(|permission| Permission {
                    actions: actions(permission.actions),
                    not_actions: actions(permission.not_actions),
                    data_actions: actions(permission.data_actions),
                    not_data_actions: actions(permission.not_data_actions),
                })
                .collect(),
        }
    }
}

fn described(text: Option<String>) -> Option<String> {
    text.map(|text| codes::clean(&text, LONGEST_DESCRIPTION)).filter(|text| !text.is_empty())
}

fn actions(all: Option<Vec<String>>) -> Vec<String> {
    let sound = |action: &String| action.len() <= LONGEST_ACTION && !action.contains(char::is_control);
    all.unwrap_or_default().into_iter().filter(sound).collect()
}

impl Sources {
    /// What roles allow: all of the directory's, or else one's own; with `azure` Microsoft's own of Azure, and of others those
    /// among `own` that may be read.
    ///
    /// # Errors
    /// See [`Failure`]; only where nothing answered.
    pub async fn definitions(&self, azure: bool, own: &[RoleKey]) -> Result<Definitions, Failure> {
        let of_azure = async { if azure { Some(self.azure.definitions(own).await) } else { None } };
        let (directory, of_azure) = tokio::join!(self.of_the_directory(), of_azure);
        let mut all = directory;
        match of_azure {
            Some(Ok((found, missing))) => {
                all.found.extend(found);
                all.missing.extend(missing.map(|failure| (Kind::AzureResource, failure)));
            }
            Some(Err(failure)) => all.missing.push((Kind::AzureResource, failure)),
            None => {}
        }
        let mut seen = BTreeSet::new();
        all.found.retain(|role| seen.insert((role.kind, role.id.clone())));
        match all.missing.pop() {
            Some((_, failure)) if all.found.is_empty() => Err(failure),
            missing => {
                all.missing.extend(missing);
                Ok(all)
            }
        }
    }

    async fn of_the_directory(&self) -> Definitions {
        let failure = match self.all_of_the_directory().await {
            Ok(found) => return Definitions { found, missing: Vec::new() },
            Err(failure) => failure,
        };
        let own = match &failure {
            // Whoever may not read all may read their own.
            Failure::Refused(_) => {
                let url = self.client.url(Resource::Graph, OWN);
                self.client.pages::<OwnRow>(Resource::Graph, url).await.unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let found = own.into_iter().filter_map(|row| row.role_definition?.definition()).collect();
        Definitions { found, missing: vec![(Kind::DirectoryRole, failure)] }
    }

    async fn all_of_the_directory(&self) -> Result<Vec<RoleDefinition>, Failure> {
        let [beta, stable] = DIRECTORY.map(|path| self.client.url(Resource::Graph, path));
        // Tokens carry what an administrator has consented to for everybody, whether it was asked for or not.
        let rows: Vec<DirectoryRow> = match self.client.pages(Resource::Graph, beta.clone()).await {
            Err(Failure::Refused(_)) => {
                let client = self.client.on_errand(cloud::ROLE_DEFINITIONS);
                match client.pages(Resource::Graph, beta).await {
                    Err(Failure::Refused(problem)) if !codes::lacks_consent(&problem.code) => {
                        client.pages(Resource::Graph, stable).await?
                    }
                    answer => answer?,
                }
            }
            answer => answer?,
        };
        Ok(rows.into_iter().filter_map(DirectoryRow::definition).collect())
    }
}

impl AzureRoles {
    /// Microsoft's own roles, which are no secret at the root ("Role Definitions - List", 2022-04-01), and of one's own those
    /// that may be read where they are: a tenant's own roles take a role there.
    async fn definitions(&self, own: &[RoleKey]) -> Result<(Vec<RoleDefinition>, Option<Failure>), Failure> {
        let rows: Vec<AzureRow> = self.definition_pages("/", "&$filter=type%20eq%20'BuiltInRole'").await?;
        let mut found: Vec<_> = rows.into_iter().map(AzureRow::definition).collect();
        let known: BTreeSet<&str> = found.iter().map(|role| role.id.as_str()).collect();
        let mut others = BTreeSet::new();
        let unknown = |key: &&RoleKey| {
            let id = last(&key.role_definition_id);
            key.kind == Kind::AzureResource && !known.contains(id.as_str()) && others.insert(id)
        };
        let unknown: Vec<RoleKey> = own.iter().filter(unknown).cloned().collect();
        let read = self.each(unknown, |roles, key| async move {
            let id = last(&key.role_definition_id);
            roles.definition_at::<AzureRow>(&key.scope_id, &id).await.map(AzureRow::definition)
        });
        let mut missing = None;
        for outcome in read.await {
            match outcome {
                Ok(role) => found.push(role),
                Err(failure) => missing = Some(failure),
            }
        }
        Ok((found, missing))
    }
}

fn last(id: &str) -> String {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or(id).to_lowercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_directory_role_goes_by_its_template_and_allows_what_holds_for_everybody() {
        let row = json!({
            "id": "1D5B5F4E-own", "templateId": "729827E3", "displayName": "Helpdesk\u{202e} Administrator", "isBuiltIn": true,
            "isEnabled": true, "isPrivileged": true, "description": "",
            "rolePermissions": [
                { "allowedResourceActions": ["microsoft.directory/users/password/update"],
                  "excludedResourceActions": ["microsoft.directory/users/delete"], "condition": null },
                { "allowedResourceActions": ["microsoft.directory/users/basic/update"], "condition": "$ResourceIsSelf" },
            ],
        });
        let role = serde_json::from_value::<DirectoryRow>(row.clone()).unwrap().definition().unwrap();
        assert_eq!(
            (role.id.as_str(), role.name.as_str(), role.privileged),
            ("729827e3", "Helpdesk Administrator", true)
        );
        assert_eq!(role.description, None);
        assert_eq!(role.actions().collect::<Vec<_>>(), ["microsoft.directory/users/password/update"]);
        assert!(!role.allows("microsoft.directory/users/delete"));
        let mut off = row.clone();
        off["isEnabled"] = json!(false);
        assert!(serde_json::from_value::<DirectoryRow>(off).unwrap().definition().is_none());
        let mut own = row;
        own["isBuiltIn"] = json!(false);
        let own = serde_json::from_value::<DirectoryRow>(own).unwrap().definition().unwrap();
        assert_eq!(own.id, "1d5b5f4e-own", "a tenant's own has no template");
    }

    #[test]
    fn an_azure_role_goes_by_its_guid_and_says_what_it_leaves_out() {
        let row = json!({
            "id": "/providers/Microsoft.Authorization/roleDefinitions/B24988AC", "name": "B24988AC",
            "properties": { "roleName": "Contributor", "type": "BuiltInRole", "permissions": [
                { "actions": ["*"], "notActions": ["Microsoft.Authorization/*/Write"], "dataActions": [] } ] },
        });
        let role = serde_json::from_value::<AzureRow>(row).unwrap().definition();
        assert_eq!((role.id.as_str(), role.name.as_str()), ("b24988ac", "Contributor"));
        assert!(role.allows("Microsoft.Compute/virtualMachines/start/action"));
        assert!(!role.allows("Microsoft.Authorization/roleAssignments/write"));
    }
}
