//! The last administrator. The services refuse to take away the last active assignment of those who could give it back: Global
//! Administrator and Privileged Role Administrator of the directory, a group's owner, whoever gives access at the root of Azure.
//! An application does not count: nobody signs in as one.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Change, End};
use crate::{
    model::{AdminAction, Holding, Kind, PrincipalKind, RoleKey, Side},
    problem::{Problem, Remedy},
};

/// The template of Global Administrator, the same in every tenant.
pub const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
/// The template of Privileged Role Administrator.
pub const PRIVILEGED_ROLE_ADMINISTRATOR: &str = "e8611ab8-c189-46e8-94e1-60213ab1f814";
/// Owner, User Access Administrator and Role Based Access Control Administrator of Azure.
const AZURE_ADMINISTRATORS: [&str; 3] = [
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
];

/// The code of a refusal that was foreseen.
pub const LAST_ADMINISTRATOR: &str = "last-administrator";

/// A role that few hold for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Risk {
    /// The role's name.
    pub role: String,
    /// Who alone has it for good; `None`: nobody has.
    pub only: Option<String>,
    /// What that means.
    pub message: String,
}

/// Whether the last of these must stay. `tenant_id` is also the name of Azure's root management group.
fn guarded(key: &RoleKey, tenant_id: &str) -> bool {
    let last = key.role_definition_id.rsplit('/').next().unwrap_or_default();
    match key.kind {
        Kind::DirectoryRole => is_emergency_role(key),
        Kind::Group => last.eq_ignore_ascii_case("owner"),
        Kind::AzureResource => {
            let scope = key.scope_id.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            scope.eq_ignore_ascii_case(tenant_id) && is_one(last, &AZURE_ADMINISTRATORS)
        }
    }
}

/// Whether it is one of the two roles without which nobody could give any back, over the whole directory.
pub(in crate::manage) fn is_emergency_role(key: &RoleKey) -> bool {
    key.kind == Kind::DirectoryRole
        && key.scope_id == "/"
        && is_one(&key.role_definition_id, &[GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR])
}

fn is_one(id: &str, of: &[&str]) -> bool {
    of.iter().any(|known| known.eq_ignore_ascii_case(id))
}

/// Whether one of them does for the other.
fn stands_in(one: &RoleKey, other: &RoleKey) -> bool {
    if one.kind != Kind::AzureResource {
        return one == other;
    }
    let last = other.role_definition_id.rsplit('/').next().unwrap_or_default();
    one.scope_id.eq_ignore_ascii_case(&other.scope_id) && is_one(last, &AZURE_ADMINISTRATORS)
}

fn counts(held: &Holding, now: DateTime<Utc>) -> bool {
    held.side == Side::Active && held.in_effect(now) && held.principal.kind != Some(PrincipalKind::ServicePrincipal)
}

/// Which of these changes the service would refuse, since nobody would be left, each with the explanation. They are looked at
/// in their order, each after those before it.
pub fn foresee(changes: &[Change], held: &[Holding], tenant_id: &str, now: DateTime<Utc>) -> Vec<Option<Problem>> {
    let mut gone: Vec<&str> = Vec::new();
    let mut outcomes = Vec::new();
    for change in changes {
        let taken = change
            .before
            .as_ref()
            .filter(|held| change.action == AdminAction::Remove && counts(held, now) && guarded(&held.key, tenant_id));
        let Some(taken) = taken else {
            outcomes.push(None);
            continue;
        };
        let another = held.iter().any(|other| {
            other.id != taken.id
                && !gone.contains(&other.id.as_str())
                && counts(other, now)
                && stands_in(&taken.key, &other.key)
        });
        if another {
            gone.push(&taken.id);
        }
        outcomes.push((!another).then(|| explained(change)));
    }
    outcomes
}

fn explained(change: &Change) -> Problem {
    let (who, what) = (change.principal.called(), change.title());
    Problem {
        code: LAST_ADMINISTRATOR.into(),
        message: match change.key.kind {
            Kind::Group => say!("last-group-owner", person = who, role = what),
            Kind::DirectoryRole => say!("last-role-holder", person = who, role = what),
            Kind::AzureResource => say!("last-azure-administrator", person = who, role = what),
        },
        remedy: Remedy::EditForm,
        correlation_id: None,
        detail: None,
    }
}

/// Who holds what once these changes are made.
pub fn after(changes: &[Change], held: &[Holding]) -> Vec<Holding> {
    let mut all = held.to_vec();
    for change in changes {
        let id = change.before.as_ref().map(|held| held.id.as_str());
        match change.action {
            AdminAction::Remove => all.retain(|held| Some(held.id.as_str()) != id),
            AdminAction::Update | AdminAction::Extend => {
                for held in all.iter_mut().filter(|held| Some(held.id.as_str()) == id) {
                    held.end = change.end.at();
                }
            }
            AdminAction::Assign | AdminAction::Renew => all.push(Holding {
                id: change.request_id.to_string(),
                key: change.key.clone(),
                side: change.side,
                role: change.role.clone(),
                scope: change.scope.clone(),
                principal: change.principal.clone(),
                activated: false,
                member_type: crate::model::MemberType::Direct,
                start: change.start,
                end: match change.end {
                    End::Permanent => None,
                    End::At(end) => Some(end),
                },
                status: None,
                created: None,
            }),
        }
    }
    all
}

/// Which of the directory's two most powerful roles fewer than two hold for good. Microsoft recommends two accounts for
/// emergencies ("Manage emergency access accounts in Microsoft Entra ID"). Nothing is said where nobody was listed at all.
pub fn risks(held: &[Holding], now: DateTime<Utc>) -> Vec<Risk> {
    if !held.iter().any(|held| held.key.kind == Kind::DirectoryRole && held.side == Side::Active) {
        return Vec::new();
    }
    let roles = [
        (GLOBAL_ADMINISTRATOR, "Global Administrator"),
        (PRIVILEGED_ROLE_ADMINISTRATOR, "Privileged Role Administrator"),
    ];
    roles.into_iter().filter_map(|(role, name)| risk(role, name, held, now)).collect()
}

/// The same of the roles that these changes touch, as they are afterwards.
pub fn caused(changes: &[Change], held: &[Holding], now: DateTime<Utc>) -> Vec<Risk> {
    let touched: BTreeSet<&str> = changes.iter().map(|change| change.role.as_str()).collect();
    let directory: Vec<Holding> = held.iter().filter(|held| held.key.kind == Kind::DirectoryRole).cloned().collect();
    let after = risks(&after(changes, &directory), now);
    after.into_iter().filter(|risk| touched.contains(risk.role.as_str())).collect()
}

fn risk(role: &str, name: &str, held: &[Holding], now: DateTime<Utc>) -> Option<Risk> {
    let key = RoleKey::directory(role, "/");
    let mut whole = held.iter().filter(|held| held.key == key && counts(held, now) && held.permanent());
    let (first, second) = (whole.next(), whole.next());
    let (only, message) = match (first, second) {
        (Some(_), Some(_)) => return None,
        (Some(one), None) => {
            let who = one.principal.called();
            let message = say!("only-permanent", person = &who, role = name);
            (Some(who), message)
        }
        (None, _) => (None, say!("none-permanent", role = name)),
    };
    Some(Risk { role: name.to_owned(), only, message })
}
