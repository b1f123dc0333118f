//! What can be given besides what is listed: a role within an administrative unit, any group, any role of Azure at any scope.
//! Nothing of it is read before somebody asks, and whatever was told can be given from then on.

use std::collections::BTreeSet;

use super::{
    Counter, LONGEST,
    giving::{Givable, found, named},
    not_told, ours, picked,
};
use crate::{
    cloud::SEARCH_UNITS,
    codes,
    failure::Failure,
    history::fold,
    manage::Office,
    model::{Access, Kind, PrincipalKind, RoleKey, Scope, ScopeType},
    problem::{Problem, Remedy},
    view::{GivableRow, ScopeNode, Told},
};

/// As many are told; whoever looks for more has to say more.
const MOST: usize = 100;

impl Counter {
    /// A role of the directory within the administrative units whose names have these words.
    pub(super) async fn find_units(&mut self, office: &Office, role: &str, text: &str) -> Result<Told, Problem> {
        let role = picked(&self.givable, &[role.to_owned()], |each| each.key.id())?.remove(0);
        if role.key.kind != Kind::DirectoryRole {
            return Err(not_told());
        }
        let text = named(text)?;
        office.permit(SEARCH_UNITS).await?;
        let units = office.sources().units().await;
        let units = units.map_err(|failure| office.explained(SEARCH_UNITS, failure.problem().clone()))?;
        let mut units = by_name(called(units, text));
        let more = units.len() > MOST;
        units.truncate(MOST);
        let within = |unit: Scope| Givable {
            key: RoleKey::directory(&role.key.role_definition_id, unit.id),
            role: role.role.clone(),
            scope: Some(unit.name),
        };
        Ok(self.found(units.into_iter().map(within).collect(), more))
    }

    /// Groups whose names begin so, as what one can be a member or an owner of. Which of them are managed with PIM the service
    /// tells nobody: a group is from the first time that something of it is given.
    pub(super) async fn find_groups(&mut self, office: &Office, text: &str) -> Result<Told, Problem> {
        let found = found(office, PrincipalKind::Group, text).await?;
        let groups = found.principals.into_iter().flat_map(|group| {
            [Access::Member, Access::Owner].map(|access| Givable {
                key: RoleKey::group(&group.id, access),
                role: group.name.clone().unwrap_or_else(|| group.id.clone()),
                scope: Some(access.word().into()),
            })
        });
        Ok(self.found(groups.collect(), found.more))
    }

    /// The management groups and subscriptions that the caller sees, or what lies directly below a scope that was told.
    pub(super) async fn scopes(&mut self, office: &Office, below: Option<&str>) -> Result<Told, Problem> {
        permitted(office)?;
        let azure = &office.sources().azure;
        let read = match below {
            None => azure.administered().await,
            Some(id) => azure.within(&self.scope(id)?).await,
        };
        Ok(self.told_scopes(read.map_err(|failure| refused(office, &failure))?))
    }

    /// The scope that somebody writes. Whether there is such a one is seen when it is asked for its roles.
    pub(super) fn write_scope(&mut self, office: &Office, path: &str) -> Result<Told, Problem> {
        permitted(office)?;
        let none = || ours("no-scope", say!("no-such-scope"), Remedy::EditForm);
        let scope = office.sources().azure.scope_of(path).ok_or_else(none)?;
        let known = self.scopes.iter().find(|known| known.id.eq_ignore_ascii_case(&scope.id)).cloned();
        Ok(self.told_scopes(vec![known.unwrap_or(scope)]))
    }

    /// The roles that there are at a scope that was told.
    pub(super) async fn roles_at(&mut self, office: &Office, scope: &str) -> Result<Told, Problem> {
        let scope = self.scope(scope)?;
        permitted(office)?;
        let roles = office.sources().azure.roles_at(&scope.id).await.map_err(|failure| refused(office, &failure))?;
        let at = |(id, role)| Givable { key: RoleKey::azure(id, &scope.id), role, scope: Some(scope.name.clone()) };
        let mut roles: Vec<Givable> = roles.into_iter().map(at).collect();
        roles.sort_by_cached_key(|each| (each.role.to_lowercase(), each.key.id()));
        roles.dedup_by(|one, other| one.key == other.key);
        Ok(self.found(roles, false))
    }

    fn scope(&self, id: &str) -> Result<Scope, Problem> {
        self.scopes.iter().find(|known| known.id == id).cloned().ok_or_else(not_told)
    }

    /// Remembers what was found: what an earlier look has found may be given still.
    fn found(&mut self, found: Vec<Givable>, more: bool) -> Told {
        let rows = found.iter().map(GivableRow::of).collect();
        let ids: BTreeSet<String> = found.iter().map(|each| each.key.id()).collect();
        self.givable.retain(|known| !ids.contains(&known.key.id()));
        self.givable.extend(found);
        Told::Found { rows, more }
    }

    fn told_scopes(&mut self, scopes: Vec<Scope>) -> Told {
        let scopes = by_name(scopes);
        let ids: BTreeSet<&str> = scopes.iter().map(|scope| scope.id.as_str()).collect();
        self.scopes.retain(|known| !ids.contains(known.id.as_str()));
        let rows = scopes.iter().cloned().map(node).collect();
        self.scopes.extend(scopes);
        Told::Scopes { rows }
    }
}

/// Azure is asked where somebody has consented to that.
fn permitted(office: &Office) -> Result<(), Problem> {
    office.permitted(Kind::AzureResource).map_err(|failure| refused(office, &failure))
}

fn refused(office: &Office, failure: &Failure) -> Problem {
    office.unconsented(Kind::AzureResource, failure.problem().clone())
}

/// Those whose names have all of these words.
fn called(mut scopes: Vec<Scope>, text: &str) -> Vec<Scope> {
    let text = fold(text);
    scopes.retain(|scope| {
        let name = fold(&scope.name);
        text.split_whitespace().all(|word| name.contains(word))
    });
    scopes
}

/// What holds others first, then by name; each once.
fn by_name(mut scopes: Vec<Scope>) -> Vec<Scope> {
    let key = |scope: &Scope| (scope.scope_type.clone(), scope.name.to_lowercase(), scope.id.to_lowercase());
    scopes.sort_by_cached_key(key);
    scopes.dedup_by(|one, other| one.id.eq_ignore_ascii_case(&other.id));
    scopes
}

/// Subscriptions are told beside the management groups that they lie in, which need not be unfolded for that.
fn node(scope: Scope) -> ScopeNode {
    let (depth, foldable) = match scope.scope_type {
        ScopeType::Subscription => (0, true),
        ScopeType::ResourceGroup => (1, true),
        ScopeType::Root | ScopeType::ManagementGroup => (0, false),
        _ => (2, false),
    };
    let name = codes::clean(&scope.name, LONGEST);
    ScopeNode::of(Scope { name, ..scope }, depth, foldable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(id: &str, name: &str, scope_type: ScopeType) -> Scope {
        Scope { id: id.into(), name: name.into(), scope_type }
    }

    #[test]
    fn scopes_are_told_by_what_they_hold_and_by_name_each_once() {
        let all = vec![
            scope("/subscriptions/b", "production", ScopeType::Subscription),
            scope("/subscriptions/a", "Archive", ScopeType::Subscription),
            scope("/subscriptions/A", "Archive", ScopeType::Subscription),
            scope("/providers/x", "Root", ScopeType::ManagementGroup),
        ];
        let names: Vec<String> = by_name(all).into_iter().map(|scope| scope.name).collect();
        assert_eq!(names, ["Root", "Archive", "production"]);
    }

    #[test]
    fn only_what_something_is_read_below_can_be_unfolded() {
        let shown = |scope_type| {
            let node = node(scope("/x", "a\u{202e}b", scope_type));
            assert_eq!(node.name, "ab");
            (node.depth, node.foldable)
        };
        assert_eq!(shown(ScopeType::ManagementGroup), (0, false));
        assert_eq!(shown(ScopeType::Subscription), (0, true));
        assert_eq!(shown(ScopeType::ResourceGroup), (1, true));
        assert_eq!(shown(ScopeType::Other("Microsoft.KeyVault/vaults".into())), (2, false));
    }

    #[test]
    fn units_are_found_by_words_in_their_names() {
        let units = || {
            let unit = |name| scope(name, name, ScopeType::AdministrativeUnit);
            ["Niederlassung Köln", "Branch Offices Iberia", "Warehouses"].map(unit).to_vec()
        };
        let found = |text| called(units(), text).into_iter().map(|unit| unit.name).collect::<Vec<_>>();
        assert_eq!(found("koln"), ["Niederlassung Köln"]);
        assert_eq!(found("IBERIA branch"), ["Branch Offices Iberia"]);
        assert!(found("iberia köln").is_empty());
    }
}
