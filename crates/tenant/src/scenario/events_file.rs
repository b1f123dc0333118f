//! What has happened in the company before the tenant starts, as a scenario file has it: activations, and access reviews
//! that are under way.

use serde::Deserialize;
use toml::Spanned;
use uuid::Uuid;

use super::names::{Named, Names, Nonsense};
use super::{Access, IsoDuration, PastActivation, Review, derived};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ActivationEntry {
    principal: Spanned<String>,
    #[serde(default)]
    role: Option<Spanned<String>>,
    #[serde(default)]
    group: Option<Spanned<String>>,
    #[serde(default)]
    azure_role: Option<Spanned<String>>,
    #[serde(default)]
    scope: Option<Spanned<String>>,
    ago: IsoDuration,
    #[serde(default = "an_hour")]
    lasted: IsoDuration,
    justification: String,
}

fn an_hour() -> IsoDuration {
    IsoDuration::hours(1)
}

/// Past activations with their names resolved.
pub(super) fn activations(
    names: &Names,
    entries: Vec<Spanned<ActivationEntry>>,
) -> Result<Vec<PastActivation>, Nonsense> {
    let resolve = |entry: Spanned<ActivationEntry>| {
        let span = entry.span();
        let entry = entry.into_inner();
        let named = Named {
            role: entry.role.as_ref(),
            group: entry.group.as_ref(),
            azure_role: entry.azure_role.as_ref(),
            scope: entry.scope.as_ref(),
        };
        let (role, scope) = names.place(&named, Access::Member, &span)?;
        let principal = names.person(&entry.principal)?;
        let ActivationEntry { ago, lasted, justification, .. } = entry;
        Ok(PastActivation { principal, role, scope, ago, lasted, justification })
    };
    entries.into_iter().map(resolve).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ReviewEntry {
    display_name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    role: Option<Spanned<String>>,
    #[serde(default)]
    group: Option<Spanned<String>>,
    #[serde(default)]
    azure_role: Option<Spanned<String>>,
    #[serde(default)]
    scope: Option<Spanned<String>>,
    reviewers: Vec<Spanned<String>>,
    #[serde(default)]
    created_by: Option<Spanned<String>>,
    began: IsoDuration,
    #[serde(default = "three_weeks")]
    days: u32,
    #[serde(default)]
    justification: bool,
    #[serde(default)]
    apply: bool,
}

fn three_weeks() -> u32 {
    21
}

/// Access reviews with their names resolved.
pub(super) fn reviews(names: &Names, entries: Vec<Spanned<ReviewEntry>>) -> Result<Vec<Review>, Nonsense> {
    let resolve = |entry: Spanned<ReviewEntry>| {
        let span = entry.span();
        let entry = entry.into_inner();
        let named = Named {
            role: entry.role.as_ref(),
            group: entry.group.as_ref(),
            azure_role: entry.azure_role.as_ref(),
            scope: entry.scope.as_ref(),
        };
        let (role, scope) = names.place(&named, Access::Member, &span)?;
        let people = entry.reviewers.iter().map(|name| names.person(name));
        Ok(Review {
            id: derived(&["access review", &entry.display_name, &role.to_string(), &scope.to_string()]),
            role,
            scope,
            reviewers: people.collect::<Result<Vec<Uuid>, Nonsense>>()?,
            created_by: entry.created_by.as_ref().map(|name| names.person(name)).transpose()?,
            display_name: entry.display_name,
            description: entry.description,
            began: entry.began,
            days: entry.days,
            justification: entry.justification,
            apply: entry.apply,
        })
    };
    entries.into_iter().map(resolve).collect()
}
