//! Scopes: which permissions of which resource a request is about.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::clients::Client;
use super::problem::Refusal;
use crate::state::Endpoints;

/// An API that tokens are issued for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Resource {
    /// Microsoft Graph.
    Graph,
    /// Azure Resource Manager.
    Arm,
}

impl Resource {
    /// `aud` of its access tokens.
    pub fn audience(self) -> &'static str {
        match self {
            Self::Graph => "https://graph.microsoft.com",
            Self::Arm => "https://management.azure.com",
        }
    }

    /// The id of its service principal.
    pub fn app_id(self) -> &'static str {
        match self {
            Self::Graph => "00000003-0000-0000-c000-000000000000",
            Self::Arm => "797f4846-ba00-4fd7-ba43-dac1f8f63013",
        }
    }

    /// The delegated permission of this name, in any case.
    fn permission(self, name: &str) -> Option<&'static str> {
        let more = if self == Self::Graph { MORE_GRAPH_PERMISSIONS } else { &[] };
        self.permissions().iter().chain(more).copied().find(|known| known.eq_ignore_ascii_case(name))
    }

    /// Those that the clients here have registered: what `.default` stands for.
    fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::Graph => GRAPH_PERMISSIONS,
            Self::Arm => &["user_impersonation"],
        }
    }
}

/// The delegated permissions of Microsoft Graph that clients of PIM ask for.
const GRAPH_PERMISSIONS: &[&str] = &[
    "AccessReview.Read.All",
    "AccessReview.ReadWrite.All",
    "AdministrativeUnit.Read.All",
    "Application.Read.All",
    "AuditLog.Read.All",
    "AuthenticationContext.Read.All",
    "Directory.AccessAsUser.All",
    "Directory.Read.All",
    "Group.Read.All",
    "GroupMember.Read.All",
    "PrivilegedAccess.ReadWrite.AzureADGroup",
    "PrivilegedAssignmentSchedule.Read.AzureADGroup",
    "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
    "PrivilegedAssignmentSchedule.Remove.AzureADGroup",
    "PrivilegedEligibilitySchedule.Read.AzureADGroup",
    "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
    "PrivilegedEligibilitySchedule.Remove.AzureADGroup",
    "RoleAssignmentSchedule.Read.Directory",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleAssignmentSchedule.Remove.Directory",
    "RoleEligibilitySchedule.Read.Directory",
    "RoleEligibilitySchedule.ReadWrite.Directory",
    "RoleEligibilitySchedule.Remove.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagementAlert.Read.Directory",
    "RoleManagementAlert.ReadWrite.Directory",
    "RoleManagementPolicy.Read.AzureADGroup",
    "RoleManagementPolicy.Read.Directory",
    "RoleManagementPolicy.ReadWrite.AzureADGroup",
    "RoleManagementPolicy.ReadWrite.Directory",
    "User.Read",
    "User.Read.All",
    "User.ReadBasic.All",
];

/// Further ones, which nobody here has registered: granted to whoever asks for them by name.
const MORE_GRAPH_PERMISSIONS: &[&str] = &[
    "AccessReview.ReadWrite.Membership",
    "AdministrativeUnit.Read.All",
    "AdministrativeUnit.ReadWrite.All",
    "Application.Read.All",
    "AuthenticationContext.ReadWrite.All",
    "Directory.ReadWrite.All",
    "Group.ReadBasic.All",
    "Group.ReadWrite.All",
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Policy.Read.All",
    "Policy.Read.ConditionalAccess",
    "Policy.ReadWrite.ConditionalAccess",
    "PrivilegedAccess.Read.AzureAD",
    "PrivilegedAccess.Read.AzureADGroup",
    "PrivilegedAccess.Read.AzureResources",
    "PrivilegedAccess.ReadWrite.AzureAD",
    "PrivilegedAccess.ReadWrite.AzureResources",
    "PrivilegedAssignmentSchedule.Remove.AzureADGroup",
    "PrivilegedEligibilitySchedule.Remove.AzureADGroup",
    "RoleAssignmentSchedule.Remove.Directory",
    "RoleEligibilitySchedule.Remove.Directory",
    "RoleManagementPolicy.ReadWrite.AzureADGroup",
    "User.ReadWrite",
    "User.ReadWrite.All",
];

/// What Microsoft's own clients may ask of Microsoft Graph without being refused with AADSTS65002.
const FIRST_PARTY_GRAPH: &[&str] =
    &["AuditLog.Read.All", "Directory.AccessAsUser.All", "Group.Read.All", "User.Read", "User.Read.All"];

/// The prefixes under which scopes name a resource: all clouds, the resource's id, and this tenant's own endpoint.
const PREFIXES: &[(&str, Resource)] = &[
    ("https://graph.microsoft.com/", Resource::Graph),
    ("https://graph.microsoft.us/", Resource::Graph),
    ("https://dod-graph.microsoft.us/", Resource::Graph),
    ("https://microsoftgraph.chinacloudapi.cn/", Resource::Graph),
    ("00000003-0000-0000-c000-000000000000/", Resource::Graph),
    ("https://management.azure.com/", Resource::Arm),
    ("https://management.core.windows.net/", Resource::Arm),
    ("https://management.usgovcloudapi.net/", Resource::Arm),
    ("https://management.chinacloudapi.cn/", Resource::Arm),
    ("797f4846-ba00-4fd7-ba43-dac1f8f63013/", Resource::Arm),
];

/// A parsed `scope` parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scopes {
    /// The permissions, in the order asked for, `.default` replaced by what it stands for.
    pub permissions: Vec<Permission>,
    /// `openid`: an id token is wanted.
    pub openid: bool,
    /// `profile`.
    pub profile: bool,
    /// `email`.
    pub email: bool,
    /// `offline_access`: a refresh token is wanted.
    pub offline_access: bool,
    /// `.default`: whatever has been consented to.
    #[serde(default)]
    pub every: bool,
}

/// One permission of one resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Permission {
    /// Whose permission it is.
    pub resource: Resource,
    /// Its name, in the resource's own casing.
    pub name: String,
    /// As the client wrote the resource: the answer's `scope` repeats it.
    pub prefix: String,
}

impl Scopes {
    /// Read a `scope` parameter of `client`.
    pub fn parse(text: &str, client: &Client, endpoints: &Endpoints) -> Result<Self, Refusal> {
        let mut scopes = Self::default();
        for word in text.split_ascii_whitespace() {
            match word {
                "openid" => scopes.openid = true,
                "profile" => scopes.profile = true,
                "email" => scopes.email = true,
                "offline_access" => scopes.offline_access = true,
                _ => {
                    let (resource, prefix, name) = split(word, endpoints)?;
                    scopes.add(resource, prefix, name, client)?;
                }
            }
        }
        Ok(scopes)
    }

    /// One permission alone.
    pub fn of(permission: &Permission) -> Self {
        Self { permissions: vec![permission.clone()], ..Self::default() }
    }

    fn add(&mut self, resource: Resource, prefix: &str, name: &str, client: &Client) -> Result<(), Refusal> {
        let limited = client.first_party && resource == Resource::Graph;
        let registered = if limited { FIRST_PARTY_GRAPH } else { resource.permissions() };
        if name.eq_ignore_ascii_case(".default") {
            self.every = true;
            for name in registered {
                self.push(resource, prefix, name);
            }
            return Ok(());
        }
        let Some(known) = resource.permission(name) else {
            return Err(Refusal::new(
                "invalid_client",
                650_053,
                format!(
                    "The application '{}' asked for scope '{name}' that doesn't exist on the resource '{}'. Contact the app vendor.",
                    client.name,
                    resource.app_id()
                ),
            ));
        };
        if limited && !registered.contains(&known) {
            return Err(Refusal::new(
                "invalid_request",
                65_002,
                format!(
                    "Consent between first party application '{}' and first party resource '{}' must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API.",
                    client.id,
                    resource.app_id()
                ),
            ));
        }
        self.push(resource, prefix, known);
        Ok(())
    }

    fn push(&mut self, resource: Resource, prefix: &str, name: &str) {
        if !self.permissions.iter().any(|had| had.resource == resource && had.name == name) {
            self.permissions.push(Permission { resource, name: name.to_owned(), prefix: prefix.to_owned() });
        }
    }

    /// The resources asked for.
    pub fn resources(&self) -> BTreeSet<Resource> {
        self.permissions.iter().map(|permission| permission.resource).collect()
    }

    /// The same request, of one resource only.
    #[must_use]
    pub fn only(&self, resource: Resource) -> Self {
        let mut scopes = self.clone();
        scopes.permissions.retain(|permission| permission.resource == resource);
        scopes
    }

    /// The resource of the first permission; Microsoft Graph when only an id token was asked for.
    pub fn first_resource(&self) -> Resource {
        self.permissions.first().map_or(Resource::Graph, |permission| permission.resource)
    }

    /// `scp` of an access token: the names alone.
    pub fn scp(&self) -> String {
        let mut names: Vec<String> = self.permissions.iter().map(|permission| permission.name.clone()).collect();
        // Entra puts the sign-in scopes into tokens for Graph as well, since they are permissions of Graph.
        if self.first_resource() == Resource::Graph {
            names.extend(self.sign_in_scopes().filter(|name| *name != "offline_access").map(str::to_owned));
        }
        names.join(" ")
    }

    /// `scope` of a token answer. `.default` is repeated, since clients look in their caches for what they asked for; the
    /// sign-in scopes are permissions of Microsoft Graph and not told with others.
    pub fn granted(&self) -> String {
        let permissions = self.permissions.iter().map(|permission| format!("{}{}", permission.prefix, permission.name));
        let prefixes = self.permissions.iter().filter(|_| self.every).map(|permission| permission.prefix.as_str());
        let every = prefixes.collect::<BTreeSet<_>>().into_iter().map(|prefix| format!("{prefix}.default"));
        let sign_in = self.sign_in_scopes().filter(|name| *name != "offline_access").map(str::to_owned);
        let sign_in = sign_in.filter(|_| self.first_resource() == Resource::Graph);
        permissions.chain(every).chain(sign_in).collect::<Vec<_>>().join(" ")
    }

    fn sign_in_scopes(&self) -> impl Iterator<Item = &'static str> {
        [
            (self.openid, "openid"),
            (self.profile, "profile"),
            (self.email, "email"),
            (self.offline_access, "offline_access"),
        ]
        .into_iter()
        .filter_map(|(asked, name)| asked.then_some(name))
    }
}

/// The resource, its prefix and the permission's name of one scope.
fn split<'a>(scope: &'a str, endpoints: &Endpoints) -> Result<(Resource, &'a str, &'a str), Refusal> {
    let own = [(format!("{}/", endpoints.graph), Resource::Graph), (format!("{}/", endpoints.arm), Resource::Arm)];
    let known = PREFIXES.iter().map(|(prefix, resource)| (*prefix, *resource));
    let own = own.iter().map(|(prefix, resource)| (prefix.as_str(), *resource));
    for (prefix, resource) in known.chain(own) {
        if let Some(rest) = scope.strip_prefix(prefix) {
            // `https://management.core.windows.net//.default`: there the slash belongs to the resource's name.
            let name = rest.trim_start_matches('/');
            return Ok((resource, &scope[..scope.len() - name.len()], name));
        }
    }
    // Without a resource, a scope means Microsoft Graph.
    if !scope.contains('/') {
        return Ok((Resource::Graph, "", scope));
    }
    Err(Refusal::new(
        "invalid_scope",
        70_011,
        format!(
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::clients::{self, PIMENTO};
    use super::*;

    fn parse(text: &str) -> Result<Scopes, Refusal> {
        Scopes::parse(text, &PIMENTO, &Endpoints::below("http://127.0.0.1:1"))
    }

    #[test]
    fn resources_in_all_their_spellings() {
        for scope in [
            "User.Read",
            "https://graph.microsoft.com/User.Read",
            "https://graph.microsoft.us/user.read",
            "00000003-0000-0000-c000-000000000000/User.Read",
            "http://127.0.0.1:1/graph/User.Read",
        ] {
            let scopes = parse(scope).unwrap();
            assert_eq!(scopes.scp(), "User.Read", "{scope}");
            assert_eq!(scopes.first_resource(), Resource::Graph, "{scope}");
        }
        for scope in ["https://management.core.windows.net//.default", "http://127.0.0.1:1/arm/user_impersonation"] {
            let scopes = parse(scope).unwrap();
            assert_eq!(scopes.scp(), "user_impersonation", "{scope}");
            assert_eq!(scopes.first_resource(), Resource::Arm, "{scope}");
        }
    }

    #[test]
    fn the_answer_repeats_the_resource_as_asked() {
        let azure = parse("https://management.core.windows.net//.default openid profile").unwrap();
        assert_eq!(
            azure.granted(),
            "https://management.core.windows.net//user_impersonation https://management.core.windows.net//.default"
        );
        let scopes = parse("https://graph.microsoft.com/User.Read openid profile offline_access").unwrap();
        assert_eq!(scopes.granted(), "https://graph.microsoft.com/User.Read openid profile");
        assert_eq!(scopes.scp(), "User.Read openid profile");
    }

    #[test]
    fn unknown_scopes_and_the_limits_of_microsofts_own_clients() {
        assert_eq!(parse("User.Fly").unwrap_err().code, 650_053);
        assert_eq!(parse("https://example.com/User.Read").unwrap_err().code, 70_011);
        let cli = clients::find("04b07795-8ddb-461a-bbee-02f9e1bf7b46").unwrap();
        let endpoints = Endpoints::below("http://127.0.0.1:1");
        let refused = Scopes::parse("RoleAssignmentSchedule.ReadWrite.Directory", cli, &endpoints).unwrap_err();
        assert_eq!(refused.code, 65_002);
        assert!(!Scopes::parse(".default", cli, &endpoints).unwrap().scp().contains("Schedule"));
    }
}
