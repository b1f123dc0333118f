//! What can be given, and to whom.

use std::collections::BTreeMap;

use super::{Counter, LONGEST, not_told, ours, picked, shown};
use crate::{
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
    key: RoleKey,
    role: String,
    scope: Option<String>,
}

impl Counter {
    /// Every role of the directory, and whatever somebody holds: groups and Azure's scopes are too many to be listed.
    pub(super) async fn givable(&mut self, office: &Office) -> Told {
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
        let all: BTreeMap<String, Givable> = directory.chain(held).map(|each| (each.key.id(), each)).collect();
        self.givable = all.into_values().collect();
        self.givable.sort_by_cached_key(|each| (each.role.to_lowercase(), each.scope.clone(), each.key.id()));
        let rows = self.givable.iter().map(|each| GivableRow {
            id: each.key.id(),
            kind: each.key.kind,
            name: codes::clean(&each.role, LONGEST),
            scope: each.scope.as_deref().and_then(shown),
        });
        Told::Givable { rows: rows.collect(), problem }
    }

    /// Those whose names begin so. Looking for them takes a permission, which is asked for in the browser where it is missing:
    /// whoever looks for somebody wants to find them.
    pub(super) async fn find_people(
        &mut self,
        office: &Office,
        kind: PrincipalKind,
        text: &str,
    ) -> Result<Told, Problem> {
        if text.trim().is_empty() {
            return Err(ours("no-name", "Write how their name begins.", Remedy::EditForm));
        }
        office.permit(kind.permission()).await?;
        let found = office.sources().find_principals(kind, text.trim()).await;
        let found = found.map_err(|failure| office.explained(kind.permission(), failure.problem().clone()))?;
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
    pub(super) fn giving(&self, wanted: &Wanted) -> Result<Vec<Change>, Problem> {
        let Wanted::Give { role, people, eligible, end, reason } = wanted else { return Err(not_told()) };
        let role = picked(&self.givable, std::slice::from_ref(role), |each| each.key.id())?.remove(0);
        let people = picked(&self.people, people, |one: &Principal| one.id.clone())?;
        let side = if *eligible { Side::Eligible } else { Side::Active };
        let end = end.map_or(End::Permanent, End::At);
        let change = |person: Principal| {
            let role = (role.key.clone(), role.role.clone(), role.scope.clone());
            Change::giving(side, role, person, (None, end), reason.trim())
        };
        Ok(people.into_iter().map(change).collect())
    }
}
