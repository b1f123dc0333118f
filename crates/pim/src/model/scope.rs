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
