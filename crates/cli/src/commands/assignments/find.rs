//! Roles, scopes and people as they are named on a command line.

use pim::{
    cloud::SEARCH_UNITS,
    failure::Failure,
    manage::Office,
    model::{Access, Kind, Principal, PrincipalKind, RoleKey},
};

use crate::{
    args,
    failed::{Exit, Failed},
    matching::{Mismatch, find, fold, named},
    output::clean,
};

/// Something that can be named: a role, a scope, a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    scope: Option<String>,
}

named!(Choice);

impl Choice {
    fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), scope: None }
    }
}

/// A role at its scope, with the names of both.
#[derive(Debug)]
pub struct Role {
    pub key: RoleKey,
    pub name: String,
    pub scope: Option<String>,
}

/// The role that is meant.
pub async fn role(office: &Office, kind: args::Kind, name: &str, scope: Option<&str>) -> Result<Role, Failed> {
    match kind {
        args::Kind::Directory => directory_role(office, name, scope).await,
        args::Kind::Groups => {
            let access = match scope.map(fold).as_deref() {
                None | Some("member") => Access::Member,
                Some("owner") => Access::Owner,
                Some(_) => {
                    let said = "Of a group one is `member` or `owner`: write one of them after --scope.";
                    return Err(Failed::new(Exit::Usage, "scope", said));
                }
            };
            let group = group(office, name).await?;
            let (word, scope) = match access {
                Access::Member => ("member", "Member"),
                Access::Owner => ("owner", "Owner"),
            };
            Ok(Role { key: RoleKey::in_group(&group.id, word), name: group.name, scope: Some(scope.into()) })
        }
        args::Kind::Azure => {
            let Some(scope) = scope else {
                let said = "An Azure role is given at a scope: add --scope, with its id or its name.";
                return Err(Failed::new(Exit::Usage, "scope", said));
            };
            let scope = azure_scope(office, scope).await?;
            let roles = office.sources().azure.roles_at(&scope.id).await.map_err(|failure| failed(&failure))?;
            let choices: Vec<Choice> = roles.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
            let by_guid =
                |choice: &&Choice| choice.id.rsplit('/').next().is_some_and(|id| id.eq_ignore_ascii_case(name));
            let role = match choices.iter().find(by_guid) {
                Some(role) => role.clone(),
                None => one("role", &choices, name)?,
            };
            Ok(Role { key: RoleKey::azure(role.id, &scope.id), name: role.name, scope: Some(scope.name) })
        }
    }
}

/// All roles of the directory.
pub async fn directory_roles(office: &Office) -> Result<Vec<Role>, Failed> {
    let choices = definitions(office).await?.into_iter();
    Ok(choices.map(|role| Role { key: RoleKey::directory(role.id, "/"), name: role.name, scope: None }).collect())
}

async fn definitions(office: &Office) -> Result<Vec<Choice>, Failed> {
    let definitions = office.sources().definitions(false, &[]).await.map_err(|failure| failed(&failure))?;
    let roles = definitions.found.into_iter().filter(|role| role.kind == Kind::DirectoryRole);
    Ok(roles.map(|role| Choice::new(role.id, role.name)).collect())
}

async fn directory_role(office: &Office, name: &str, scope: Option<&str>) -> Result<Role, Failed> {
    let role = one("role", &definitions(office).await?, name)?;
    let scope = match scope.map(str::trim) {
        None | Some("/") => None,
        // As the service writes it.
        Some(id) if id.starts_with('/') => Some(Choice::new(id, id)),
        Some(unit) => {
            office.permit(SEARCH_UNITS).await?;
            let units = office
                .sources()
                .units()
                .await
                .map_err(|failure| Failed::from(office.explained(SEARCH_UNITS, failure.problem().clone())))?;
            let choices: Vec<Choice> = units.into_iter().map(|unit| Choice::new(unit.id, unit.name)).collect();
            Some(one("administrative unit", &choices, unit)?)
        }
    };
    let id = scope.as_ref().map_or("/", |scope| &scope.id);
    Ok(Role { key: RoleKey::directory(&role.id, id), name: role.name, scope: scope.map(|scope| scope.name) })
}

/// The scope of Azure that is meant: by its id, or by the name of a management group or subscription that the caller sees.
pub async fn azure_scope(office: &Office, name: &str) -> Result<Choice, Failed> {
    let trimmed = name.trim().trim_end_matches('/');
    let by_id = trimmed.starts_with('/');
    let seen = match office.sources().azure.administered().await {
        Ok(seen) => seen,
        Err(_) if by_id => Vec::new(),
        Err(failure) => return Err(failed(&failure)),
    };
    let choices: Vec<Choice> = seen.into_iter().map(|scope| Choice::new(scope.id, scope.name)).collect();
    if by_id {
        let known = choices.into_iter().find(|scope| scope.id.eq_ignore_ascii_case(trimmed));
        let last = trimmed.rsplit('/').next().unwrap_or(trimmed);
        return Ok(known.unwrap_or_else(|| Choice::new(trimmed, last)));
    }
    one("management group or subscription", &choices, name)
}

/// The group that is meant.
pub async fn group(office: &Office, name: &str) -> Result<Choice, Failed> {
    let found = principal(office, PrincipalKind::Group, name).await?;
    let name = found.name.unwrap_or_else(|| found.id.clone());
    Ok(Choice::new(found.id, name))
}

/// The person, group or application that is meant.
pub async fn principal(office: &Office, kind: PrincipalKind, text: &str) -> Result<Principal, Failed> {
    let permission = kind.permission();
    office.permit(permission).await?;
    let told = |failure: Failure| Failed::from(office.explained(permission, failure.problem().clone()));
    let found = office.sources().find_principals(kind, text).await.map_err(told)?;
    let exact = |principal: &&Principal| {
        let mut names = [principal.username.as_deref(), Some(principal.id.as_str())].into_iter().flatten();
        names.any(|name| name.eq_ignore_ascii_case(text.trim()))
    };
    if let Some(principal) = found.principals.iter().find(exact) {
        return Ok(principal.clone());
    }
    let what = match kind {
        PrincipalKind::User => "person",
        PrincipalKind::Group => "group",
        PrincipalKind::ServicePrincipal => "application",
    };
    if found.more {
        let said = format!(
            "\"{}\" could mean more than {} of them. Write more of the name, or an id.",
            clean(text),
            found.principals.len()
        );
        return Err(Failed::new(Exit::NoSuchRole, "ambiguous-principal", said));
    }
    let choices: Vec<Choice> = found
        .principals
        .iter()
        .map(|one| {
            let name = one.name.clone().unwrap_or_default();
            Choice { id: one.id.clone(), name, scope: one.username.clone() }
        })
        .collect();
    // The service looks at user names as well: whoever is found by that alone is meant.
    let chosen = match (one(what, &choices, text), choices.as_slice()) {
        (Ok(choice), _) => choice,
        (Err(failed), _) if failed.problem.code.starts_with("ambiguous") => return Err(failed),
        (Err(_), [only]) => only.clone(),
        (Err(failed), _) => return Err(failed),
    };
    found
        .principals
        .into_iter()
        .find(|one| one.id == chosen.id)
        .ok_or_else(|| Failed::new(Exit::NoSuchRole, "unknown-principal", "Nobody is called so."))
}

/// The one that a name means.
fn one(what: &str, choices: &[Choice], name: &str) -> Result<Choice, Failed> {
    find(choices, name, None).cloned().map_err(|mismatch| match mismatch {
        Mismatch::Unknown { nearest, .. } => {
            let near = if nearest.is_empty() { String::new() } else { format!(" Near it: {}.", nearest.join(", ")) };
            let said = format!("No {what} is called \"{}\".{}", clean(name), clean(&near));
            Failed::new(Exit::NoSuchRole, &format!("unknown-{}", code(what)), said)
        }
        Mismatch::Ambiguous { candidates, .. } => {
            let named: Vec<String> = candidates.iter().take(6).map(|name| clean(name)).collect();
            let more = candidates.len().saturating_sub(named.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let said =
                format!("\"{}\" could mean {}{more}. Write more of the name, or an id.", clean(name), named.join(", "));
            Failed::new(Exit::NoSuchRole, &format!("ambiguous-{}", code(what)), said)
        }
    })
}

fn code(what: &str) -> &'static str {
    match what {
        "role" => "role",
        "person" | "group" | "application" => "principal",
        _ => "scope",
    }
}

fn failed(failure: &Failure) -> Failed {
    Failed::from(failure.problem().clone())
}
