//! What can be given, and to whom.

use std::collections::BTreeMap;

use super::{Counter, LONGEST, changes::written, not_told, ours, picked, shown};
use crate::{
    api::Found,
    codes,
    manage::{
        Office,
        assignments::{Change, End},
    },
    model::{Kind, Principal, PrincipalKind, RoleKey, Side},
    problem::{Problem, Remedy},
    view::{FoundPerson, GivableRow, Told, Wanted},
};

/// A role at a scope, with the names of both.
#[derive(Clone, Debug)]
pub(super) struct Givable {
    pub(super) key: RoleKey,
    pub(super) role: String,
    pub(super) scope: Option<String>,
}

impl Counter {
    pub(super) async fn givable(&mut self, office: &Office) -> Told {
        let (roles, problem) = self.roles(office).await;
        self.givable = sorted(roles);
        Told::Givable { rows: self.givable.iter().map(GivableRow::of).collect(), problem }
    }

    /// Every role of the directory, and whatever somebody holds: groups and Azure's scopes are too many to be listed, and are
    /// looked for ([`super::places`]). By their ids, and why the directory's are not all among them.
    pub(super) async fn roles(&self, office: &Office) -> (BTreeMap<String, Givable>, Option<Problem>) {
        let definitions = office.sources().definitions(false, &[]).await;
        let problem = match &definitions {
            Ok(all) => all.missing.first().map(|(_, failure)| failure.problem().clone()),
            Err(failure) => Some(failure.problem().clone()),
        };
        let directory = definitions.into_iter().flat_map(|all| all.found);
        let directory = directory.filter(|role| role.kind == Kind::DirectoryRole).map(|role| Givable {
            key: RoleKey::directory(&role.id, "/"),
            role: role.name,
            scope: None,
        });
        let held = self.held.iter().map(|held| Givable {
            key: held.key.clone(),
            role: held.role.clone(),
            scope: held.scope.clone(),
        });
        (directory.chain(held).map(|each| (each.key.id(), each)).collect(), problem)
    }

    /// Those whose names begin so. Looking for them takes a permission, which is asked for in the browser where it is missing:
    /// whoever looks for somebody wants to find them.
    pub(super) async fn find_people(
        &mut self,
        office: &Office,
        kind: PrincipalKind,
        text: &str,
    ) -> Result<Told, Problem> {
        let found = found(office, kind, text).await?;
        let rows = found.principals.iter().map(|one| FoundPerson {
            id: one.id.clone(),
            person: one.called(),
            username: one.username.as_deref().and_then(shown),
        });
        let told = Told::People { rows: rows.collect(), more: found.more };
        // Whom an earlier look has found may be chosen still.
        self.people.retain(|known| found.principals.iter().all(|one| one.id != known.id));
        self.people.extend(found.principals);
        Ok(told)
    }

    /// The changes that give a role to people, each once.
    pub(super) fn giving(&self, office: &Office, wanted: &Wanted) -> Result<Vec<Change>, Problem> {
        let Wanted::Give { role, people, eligible, start, end, reason, ticket } = wanted else {
            return Err(not_told());
        };
        let role = picked(&self.givable, std::slice::from_ref(role), |each| each.key.id())?.remove(0);
        let people = picked(&self.people, people, |one: &Principal| one.id.clone())?;
        let side = if *eligible { Side::Eligible } else { Side::Active };
        let end = end.map_or(End::Permanent, End::At);
        // A start may come while what would be done is looked at.
        let start = start.filter(|start| *start > office.now());
        let change = |person: Principal| {
            let role = (role.key.clone(), role.role.clone(), role.scope.clone());
            Change::giving(side, role, person, (start, end), reason.trim()).with_ticket(written(ticket.as_ref()))
        };
        Ok(people.into_iter().map(change).collect())
    }
}

/// Those of a kind whose names begin so, once looking for them is permitted.
pub(super) async fn found(office: &Office, kind: PrincipalKind, text: &str) -> Result<Found, Problem> {
    let text = named(text)?;
    office.permit(kind.permission()).await?;
    let found = office.sources().find_principals(kind, text).await;
    found.map_err(|failure| office.explained(kind.permission(), failure.problem().clone()))
}

/// What is written of a name.
pub(super) fn named(text: &str) -> Result<&str, Problem> {
    let text = text.trim();
    if text.is_empty() { Err(ours("no-name", say!("write-how-name-begins"), Remedy::EditForm)) } else { Ok(text) }
}

/// By name.
pub(super) fn sorted(roles: BTreeMap<String, Givable>) -> Vec<Givable> {
    let mut all: Vec<Givable> = roles.into_values().collect();
    all.sort_by_cached_key(|each| (each.role.to_lowercase(), each.scope.clone(), each.key.id()));
    all
}

impl GivableRow {
    pub(super) fn of(role: &Givable) -> Self {
        Self {
            id: role.key.id(),
            kind: role.key.kind,
            name: codes::clean(&role.role, LONGEST),
            scope: role.scope.as_deref().and_then(shown),
        }
    }
}
