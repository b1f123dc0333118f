//! Azure as a scenario file describes it.

use serde::Deserialize;
use toml::Spanned;
use uuid::Uuid;

use super::azure::{self, AzurePolicy, AzureScope, Level, scope_id};
use super::names::{Nonsense, nonsense};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AzureScopeEntry {
    path: String,
    #[serde(default)]
    display_name: Option<String>,
    /// For subscriptions and management groups: the management group that they are in, by display name or path.
    #[serde(default)]
    parent: Option<String>,
    #[serde(default = "west_europe")]
    location: String,
}

fn west_europe() -> String {
    "westeurope".to_owned()
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AzurePolicyEntry {
    role: Spanned<String>,
    scope: Spanned<String>,
    policy: Spanned<String>,
}

impl AzurePolicyEntry {
    pub(super) fn role(&self) -> &Spanned<String> {
        &self.role
    }

    pub(super) fn scope(&self) -> &Spanned<String> {
        &self.scope
    }

    pub(super) fn policy(&self) -> &Spanned<String> {
        &self.policy
    }

    pub(super) fn resolve(self, role: Uuid, scope: Uuid) -> AzurePolicy {
        AzurePolicy { role, scope, policy: self.policy.into_inner() }
    }
}

/// The scopes, each below one that comes before it in the file.
pub(super) fn scopes(entries: Vec<Spanned<AzureScopeEntry>>) -> Result<Vec<AzureScope>, Nonsense> {
    let mut scopes: Vec<AzureScope> = Vec::new();
    for entry in entries {
        let span = entry.span();
        let AzureScopeEntry { path, display_name, parent, location } = entry.into_inner();
        let Some((level, above)) = azure::read(&path) else {
            return Err(nonsense(span, format!("{path:?} is no path of a scope of Azure")));
        };
        let id = scope_id(&path);
        if scopes.iter().any(|scope| scope.id == id) {
            return Err(nonsense(span, format!("there are two scopes at {path:?}")));
        }
        let named = |name: &str| {
            let found = scopes
                .iter()
                .find(|scope| scope.display_name.eq_ignore_ascii_case(name) || scope.path.eq_ignore_ascii_case(name));
            found.map(|scope| scope.id)
        };
        let wanted = if matches!(level, Level::ManagementGroup | Level::Subscription) { parent } else { above };
        let parent = wanted.as_deref().map(|name| {
            let above = named(name);
            above.ok_or_else(|| nonsense(span.clone(), format!("there is no scope {name:?} before this one")))
        });
        let parent = parent.transpose()?;
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        scopes.push(AzureScope {
            display_name: display_name.unwrap_or_else(|| name.clone()),
            id,
            level,
            parent,
            location,
            name,
            path,
        });
    }
    Ok(scopes)
}
