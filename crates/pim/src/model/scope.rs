//! Where a role holds.

use serde::{Deserialize, Serialize};

/// What a scope is. Unknown words of the service are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ScopeType {
    /// The whole directory, or the root of Azure.
    Root,
    /// Members of an administrative unit.
    AdministrativeUnit,
    /// A group.
    Group,
    /// An Azure management group.
    ManagementGroup,
    /// An Azure subscription.
    Subscription,
    /// An Azure resource group.
    ResourceGroup,
    /// Anything else in the service's own word: an Azure resource type (`Microsoft.KeyVault/vaults`), or the type of a
    /// directory object (`servicePrincipal`).
    Other(String),
}

/// A scope with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// Its id, verbatim.
    pub id: String,
    /// Its display name; the last part of the id where the service tells none.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub scope_type: ScopeType,
}

impl ScopeType {
    /// What it is, for people: `subscription`, `key vault`, `virtual machine`.
    pub fn words(&self) -> String {
        match self {
            Self::Root => say!("scope-root"),
            Self::AdministrativeUnit => say!("scope-administrative-unit"),
            Self::Group => say!("scope-group"),
            Self::ManagementGroup => say!("scope-management-group"),
            Self::Subscription => say!("scope-subscription"),
            Self::ResourceGroup => say!("scope-resource-group"),
            Self::Other(resource) => resource_words(resource),
        }
    }

    /// Can it hold others at which an Azure role can be activated?
    pub fn holds_others(&self) -> bool {
        matches!(self, Self::Root | Self::ManagementGroup | Self::Subscription | Self::ResourceGroup)
    }
}

/// `network interface` of `Microsoft.Network/networkInterfaces`: what is not among those that are known stays in English.
fn resource_words(resource: &str) -> String {
    let known = [
        ("Microsoft.KeyVault/vaults", message!("scope-key-vault")),
        ("Microsoft.ContainerService/managedClusters", message!("scope-kubernetes")),
        ("Microsoft.Web/sites", message!("scope-web-app")),
        ("Microsoft.Sql/servers", message!("scope-sql-server")),
        ("Microsoft.Sql/servers/databases", message!("scope-sql-database")),
        ("Microsoft.DocumentDB/databaseAccounts", message!("scope-cosmos")),
        ("Microsoft.Compute/virtualMachines", message!("scope-virtual-machine")),
        ("Microsoft.Storage/storageAccounts", message!("scope-storage-account")),
    ];
    if let Some((_, words)) = known.iter().find(|(id, _)| id.eq_ignore_ascii_case(resource)) {
        return say!(*words);
    }
    let last = resource.rsplit('/').next().unwrap_or(resource);
    let letters: Vec<char> = last.chars().collect();
    let mut words = String::with_capacity(last.len() + 4);
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let begins = before.is_some_and(char::is_lowercase)
            || (before.is_some() && letters.get(at + 1).is_some_and(|after| after.is_lowercase()));
        if letter.is_uppercase() && begins {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    for (many, one) in [("ies", "y"), ("sses", "ss"), ("s", "")] {
        if let Some(stem) = words.strip_suffix(many).filter(|stem| stem.len() > 2 && !stem.ends_with('s')) {
            return format!("{stem}{one}");
        }
    }
    words
}

impl Scope {
    /// Does a path of Azure lie below another one, segment by segment and whatever the case? Which management group a
    /// subscription lies in, paths do not say.
    pub fn is_below(path: &str, above: &str) -> bool {
        let above = above.trim_end_matches('/');
        let begins = path.get(..above.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(above));
        begins && path[above.len()..].strip_prefix('/').is_some_and(|rest| !rest.is_empty())
    }
}

/// A tenant that the account may sign in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// `tenantId`.
    pub id: String,
    /// `displayName`.
    pub name: Option<String>,
    /// `defaultDomain`.
    pub default_domain: Option<String>,
    /// All verified domains.
    pub domains: Vec<String>,
    /// `tenantCategory`: `Home`, `ManagedBy`, `ProjectedBy`, or whatever comes.
    pub category: Option<String>,
    /// `tenantType`: `AAD`, or whatever comes.
    pub tenant_type: Option<String>,
    /// `country`, or else `countryCode`.
    pub country: Option<String>,
    /// Where the organisation's logo is.
    pub logo: Option<String>,
}
