//! Roles that a person names because nobody may list them: by id, by a well-known name, or by a name that the service may be
//! asked for. Whether they are eligible is for the service to judge.

use serde::Deserialize;
use url::form_urlencoded::byte_serialize;
use uuid::Uuid;

use super::Sources;
use crate::{
    cloud::Resource,
    codes,
    failure::Failure,
    model::{Access, Eligibility, Kind, RoleKey},
    problem::{Problem, Remedy},
};

/// Instead of an instance's id, which no list has told.
pub(crate) const ENTERED: &str = "entered";

/// A name or a scope is no longer than this.
const LONGEST: usize = 512;

/// Template ids of directory roles, the same in every tenant ("Microsoft Entra built-in roles").
#[rustfmt::skip]
const DIRECTORY_ROLES: [(&str, &str); 27] = [
    ("Application Administrator", "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"),
    ("Authentication Administrator", "c4e39bd9-1100-46d3-8c65-fb160da0071f"),
    ("Billing Administrator", "b0f54661-2d74-4c50-afa3-1ec803f12efe"),
    ("Cloud Application Administrator", "158c047a-c907-4556-b7ef-446551a6b5f7"),
    ("Cloud Device Administrator", "7698a772-787b-4ac8-901f-60d6b08affd2"),
    ("Compliance Administrator", "17315797-102d-40b4-93e0-432062caca18"),
    ("Conditional Access Administrator", "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"),
    ("Exchange Administrator", "29232cdf-9323-42fd-ade2-1d097af3e4de"),
    ("Global Administrator", "62e90394-69f5-4237-9190-012177145e10"),
    ("Global Reader", "f2ef992c-3afb-46b9-b7cf-a126ee74c451"),
    ("Groups Administrator", "fdd7a751-b60b-444a-984c-02652fe8fa1c"),
    ("Helpdesk Administrator", "729827e3-9c14-49f7-bb1b-9608f156bbb8"),
    ("Identity Governance Administrator", "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e"),
    ("Intune Administrator", "3a2c62db-5318-420d-8d74-23affee5d9d5"),
    ("License Administrator", "4d6ac14f-3453-41d0-bef9-a3e0c569773a"),
    ("Message Center Reader", "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b"),
    ("Privileged Authentication Administrator", "7be44c8a-adaf-4e2a-84d6-ab2649e08a13"),
    ("Privileged Role Administrator", "e8611ab8-c189-46e8-94e1-60213ab1f814"),
    ("Reports Reader", "4a5d8f65-41da-4de4-8968-e035b65339cf"),
    ("Security Administrator", "194ae4cb-b126-40b2-bd5b-6091b380977d"),
    ("Security Operator", "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f"),
    ("Security Reader", "5d6b6bb7-de71-4623-b4af-96380a352509"),
    ("Service Support Administrator", "f023fd81-a637-4b56-95fd-791ac0226033"),
    ("SharePoint Administrator", "f28a1f50-f6e7-4571-818b-6a12f2af6b6c"),
    ("Teams Administrator", "69091246-20e8-4a56-aa4d-066075b2a7a8"),
    ("User Administrator", "fe930be7-5e62-47db-91af-98c3a49a38b1"),
    ("Hybrid Identity Administrator", "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"),
];

/// Ids of Azure's general roles, the same in every tenant ("Azure built-in roles").
const AZURE_ROLES: [(&str, &str); 4] = [
    ("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c"),
    ("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
    ("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7"),
    ("User Access Administrator", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"),
];

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(rename = "displayName")]
    display_name: Option<String>,
}

/// A published group or role definition as it is read here.
#[cfg(test)]
pub(super) fn example(entity: &serde_json::Value) -> serde_json::Result<serde_json::Value> {
    let Named { id, display_name } = serde_json::from_value(entity.clone())?;
    Ok(serde_json::json!({ "id": id, "name": display_name }))
}

impl Sources {
    /// The role that a person means. `scope`: of a directory role `/` where there is none, of a group `member` or `owner`, of
    /// an Azure role its path.
    ///
    /// # Errors
    /// See [`Failure`]: no such name, several of it, or one that may not be asked for.
    pub async fn named(&self, kind: Kind, role: &str, scope: Option<&str>) -> Result<Eligibility, Failure> {
        let role = role.trim();
        let scope = scope.map(str::trim).filter(|scope| !scope.is_empty());
        let plain = |text: &str| !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
        if !plain(role) || !scope.is_none_or(plain) {
            return Err(unknown(say!("enter-name-or-id", name = named(role))));
        }
        let (key, name, scope_name) = match kind {
            Kind::DirectoryRole => {
                let (id, name) = self.directory_role(role).await?;
                let scope = scope.unwrap_or("/");
                (RoleKey::directory(id, scope), name, (scope != "/").then(|| scope.to_owned()))
            }
            Kind::Group => {
                let (id, name) = self.group(role).await?;
                let access = match scope {
                    None => Access::Member,
                    Some(word) => Access::from_id(word)
                        .ok_or_else(|| unknown(say!("enter-member-or-owner", name = named(word))))?,
                };
                let word = if access == Access::Owner { "Owner" } else { "Member" };
                (RoleKey::group(id, access), name, Some(word.to_owned()))
            }
            Kind::AzureResource => {
                let scope = scope.filter(|scope| scope.starts_with('/') && !scope.contains(['?', '#', '%']));
                let scope = scope.ok_or_else(|| unknown(say!("enter-scope", name = named(role))))?;
                let scope = scope.trim_end_matches('/');
                let known = well_known(&AZURE_ROLES, role);
                let (id, name) = known.ok_or_else(|| unknown(say!("enter-definition-id", name = named(role))))?;
                let definition = format!("{scope}/providers/Microsoft.Authorization/roleDefinitions/{id}");
                let last = scope.rsplit('/').next().unwrap_or(scope).to_owned();
                (RoleKey::azure(definition, scope), name, Some(last))
            }
        };
        let own = &self.client.tokens().identity().object_id;
        Ok(Eligibility { scope_name, ..Eligibility::new(key, ENTERED, name, own) })
    }

    async fn directory_role(&self, role: &str) -> Result<(String, String), Failure> {
        match well_known(&DIRECTORY_ROLES, role) {
            Some(known) => Ok(known),
            None => self.by_name("/v1.0/roleManagement/directory/roleDefinitions", role).await,
        }
    }

    async fn group(&self, group: &str) -> Result<(String, String), Failure> {
        match well_known(&[], group) {
            Some(known) => Ok(known),
            None => self.by_name("/v1.0/groups", group).await,
        }
    }

    async fn by_name(&self, collection: &str, name: &str) -> Result<(String, String), Failure> {
        let filter = format!("displayName eq '{}'", name.replace('\'', "''"));
        let filter: String = byte_serialize(filter.as_bytes()).collect();
        let url = self.client.url(Resource::Graph, &format!("{collection}?$filter={filter}&$select=id,displayName"));
        let found = self.client.pages::<Named>(Resource::Graph, url).await.map_err(|failure| match failure {
            Failure::Refused(problem) => Failure::Refused(Problem { message: say!("enter-no-names"), ..problem }),
            failure => failure,
        })?;
        match &found[..] {
            [only] => {
                let shown = only.display_name.as_deref().unwrap_or(name);
                Ok((codes::clean(&only.id, LONGEST), codes::clean(shown, LONGEST)))
            }
            [] => Err(unknown(say!("enter-nothing-found", name = named(name)))),
            _ => Err(unknown(say!("enter-several-found", name = named(name)))),
        }
    }
}

/// By id, whose name is told where it is known, or by name, whatever its case.
fn well_known(table: &[(&str, &str)], role: &str) -> Option<(String, String)> {
    let same = |known: &&(&str, &str)| known.0.eq_ignore_ascii_case(role) || known.1.eq_ignore_ascii_case(role);
    let known = table.iter().find(same).map(|(name, id)| ((*id).to_owned(), (*name).to_owned()));
    known.or_else(|| Uuid::try_parse(role).ok().map(|id| (id.to_string(), id.to_string())))
}

/// What somebody wrote, as it can be shown.
fn named(what: &str) -> String {
    codes::clean(what, 100)
}

fn unknown(message: String) -> Failure {
    Failure::Refused(Problem {
        code: "unknown-role".into(),
        message,
        remedy: Remedy::None,
        correlation_id: None,
        detail: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_known_by_name_and_by_id_whatever_their_case() {
        let reader = Some(("f2ef992c-3afb-46b9-b7cf-a126ee74c451".to_owned(), "Global Reader".to_owned()));
        assert_eq!(well_known(&DIRECTORY_ROLES, "global reader"), reader);
        assert_eq!(well_known(&DIRECTORY_ROLES, "F2EF992C-3afb-46b9-b7cf-a126ee74c451"), reader);
        let own = "0b6d4f3a-58c7-4e21-9f3d-7a1c2e9b8d65";
        assert_eq!(well_known(&AZURE_ROLES, own), Some((own.to_owned(), own.to_owned())));
        assert_eq!(well_known(&DIRECTORY_ROLES, "Contoso Reader"), None);
    }

    #[test]
    fn no_name_and_no_id_stands_twice() {
        let all = || DIRECTORY_ROLES.iter().chain(&AZURE_ROLES);
        let names: std::collections::HashSet<_> = all().map(|known| known.0).collect();
        let ids: std::collections::HashSet<_> = all().filter_map(|known| Uuid::try_parse(known.1).ok()).collect();
        assert_eq!((names.len(), ids.len()), (all().count(), all().count()));
    }
}
