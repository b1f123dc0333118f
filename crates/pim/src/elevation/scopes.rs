//! Azure's scopes, as far as they are known: what lies below what, and what it is called.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::{Elevation, form::Entered, words};
use crate::{
    model::{Eligibility, Kind, RoleKey, Scope, ScopeType},
    view::PickedScope,
};

/// What was read about scopes below those that one is eligible at.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// Display names, by scope in lower case.
    names: HashMap<String, String>,
    /// The management group that something lies in, which its path does not say; both in lower case.
    parents: HashMap<String, String>,
    /// The role whose scope is being chosen, and the role at that scope.
    pub picked: Option<(String, RoleKey)>,
}

impl Scopes {
    pub fn learn(&mut self, parent: &str, children: &[Scope]) {
        for child in children {
            let id = child.id.to_lowercase();
            self.parents.insert(id.clone(), parent.to_lowercase());
            self.names.insert(id, child.name.clone());
        }
    }

    /// Does `scope` lie below `above`, and is it not the same?
    pub fn lies_below(&self, scope: &str, above: &str) -> bool {
        let (scope, above) = (scope.to_lowercase(), above.to_lowercase());
        let mut seen = HashSet::new();
        let mut at = scope.as_str();
        while seen.insert(at) {
            if Scope::is_below(at, &above) || (at == above && at != scope) {
                return true;
            }
            // The nearest scope above it whose parent was told.
            let mut above_it = std::iter::successors(Some(at), |path| path.rsplit_once('/').map(|(begin, _)| begin));
            let Some(parent) = above_it.find_map(|path| self.parents.get(path)) else { return false };
            at = parent;
        }
        false
    }

    /// What a scope is called; the last part of its path where nobody said.
    fn name(&self, scope: &str) -> Option<String> {
        let told = self.names.get(&scope.to_lowercase()).cloned();
        told.or_else(|| scope.rsplit('/').find(|part| !part.is_empty()).map(str::to_owned))
    }
}

impl Elevation {
    /// Scopes were read that lie directly below another one.
    pub(super) fn scopes_read(&mut self, parent: &str, children: &[Scope]) {
        self.scopes.learn(parent, children);
    }

    /// Somebody chooses a narrower scope, or the eligible one again.
    pub(super) fn pick_scope(&mut self, id: &str, scope: Option<&str>) {
        let above = self.lists.eligibility(id).filter(|above| above.key.kind == Kind::AzureResource);
        let key = above.zip(scope).map(|(above, scope)| (above, above.key.at(scope)));
        let below = |(above, key): &(&Eligibility, RoleKey)| self.scopes.lies_below(&key.scope_id, &above.key.scope_id);
        self.scopes.picked = key.filter(below).map(|(_, key)| (id.to_owned(), key));
    }

    /// What the scope that is being chosen asks for.
    pub(super) fn picked_view(&self) -> Option<(&str, PickedScope)> {
        let (id, key) = self.scopes.picked.as_ref()?;
        let requirements = self.requirements_view(&key.id(), key);
        let loading = !requirements.known && self.reading_policy(key);
        Some((id, PickedScope { scope: key.scope_id.clone(), loading, requirements }))
    }

    /// Policies are each scope's own: those of roles at narrower scopes than the eligible one are read as soon as somebody
    /// chooses such a scope, has the role there, or waits for it.
    pub(super) fn narrowed_due(&mut self, now: DateTime<Utc>) {
        let granted = self.memory.grants.values().filter(|grant| grant.end > now).map(|grant| &grant.key);
        let asked = self.attempts.values().map(|attempt| &attempt.activation.key);
        let picked = self.scopes.picked.iter().map(|(_, key)| key);
        let narrowed = |key: &&RoleKey| key.kind == Kind::AzureResource && self.lists.eligibility(&key.id()).is_none();
        let keys: BTreeSet<RoleKey> = granted.chain(asked).chain(picked).filter(narrowed).cloned().collect();
        let source = self.lists.source_mut(Kind::AzureResource);
        if !source.narrowed.iter().eq(&keys) {
            source.narrowed = keys.into_iter().collect();
            // What failed before is tried again when it was to be.
            let retry = source.policies_list.retry;
            self.read_policies(Kind::AzureResource, now);
            let list = &mut self.lists.source_mut(Kind::AzureResource).policies_list;
            list.retry = list.retry.or(retry);
        }
    }

    /// What is known about a role by its id: the eligibility, at the very scope or above it.
    pub fn eligibility(&self, id: &str) -> Option<Eligibility> {
        self.key(id).and_then(|key| self.role(&key))
    }

    /// The key of what is eligible, active or failed by that id.
    pub fn role_key(&self, id: &str) -> Option<RoleKey> {
        self.key(id)
    }

    /// The role as it can be activated there: eligible at that very scope or, of Azure, at one above it.
    pub(super) fn role(&self, key: &RoleKey) -> Option<Eligibility> {
        if let Some(role) = self.lists.eligibility(&key.id()) {
            return Some(role.clone());
        }
        // What lies in a management group no path says: an activation says which eligibility it uses.
        let used = self.eligibility_used(key);
        let covers = |role: &&Eligibility| {
            let above = &role.key;
            let same = key.at(&*above.scope_id) == *above;
            same && (self.scopes.lies_below(&key.scope_id, &above.scope_id)
                || used.is_some() && used == role.schedule_id.as_deref().map(last_part))
        };
        let above = self.lists.eligible().filter(|role| role.key.kind == Kind::AzureResource).filter(covers);
        // The nearest one, where there are several.
        let above = above.max_by_key(|role| role.key.scope_id.len())?;
        Some(self.narrowed(above, &key.scope_id))
    }

    /// The eligibility schedule of what is active there, by the last part of its id.
    fn eligibility_used(&self, key: &RoleKey) -> Option<String> {
        let asked = self.memory.grants.get(&key.id()).and_then(|grant| grant.activation.as_ref());
        let asked = asked.and_then(|asked| asked.eligibility_schedule_id.as_deref());
        let listed = || self.lists.active().find(|row| row.key == *key)?.eligibility_schedule_id.as_deref();
        asked.or_else(listed).map(last_part)
    }

    fn narrowed(&self, above: &Eligibility, scope: &str) -> Eligibility {
        Eligibility {
            key: above.key.at(scope),
            scope_name: self.scopes.name(scope),
            scope_type: None,
            scope_path: Vec::new(),
            ..above.clone()
        }
    }

    /// Activates an Azure role below the scope that it is eligible at.
    pub(super) fn activate_below(
        &mut self,
        id: &str,
        scope: &str,
        entered: Entered,
        undoable: bool,
        now: DateTime<Utc>,
    ) {
        let Some(above) = self.lists.eligibility(id) else { return };
        if above.key.at(scope) == above.key {
            self.activate(id, entered, undoable, now);
        } else if above.key.kind == Kind::AzureResource && self.scopes.lies_below(scope, &above.key.scope_id) {
            let role = self.narrowed(above, scope);
            self.activate_role(role, entered, undoable, now);
        } else {
            let (scope, eligible) = (scope.to_owned(), above.scope_name.clone());
            self.refuse(id, words::not_below(&scope, eligible.as_deref()));
        }
    }
}

fn last_part(id: &str) -> String {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or(id).to_lowercase()
}

/// Is there anything below it at which the role could be activated by itself?
pub(crate) fn narrowable(role: &Eligibility) -> bool {
    // Resources, and what is in them, have longer paths.
    let short = role.key.scope_id.trim_matches('/').split('/').count() <= 4;
    let resource = matches!(role.scope_type, Some(ScopeType::Other(_)));
    role.key.kind == Kind::AzureResource && short && !resource
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(id: &str, name: &str) -> Scope {
        Scope { id: id.into(), name: name.into(), scope_type: ScopeType::Other(String::new()) }
    }

    #[test]
    fn paths_and_what_was_told_say_what_lies_below() {
        let group = "/providers/Microsoft.Management/managementGroups/platform";
        let inner = "/providers/Microsoft.Management/managementGroups/hub";
        let mut scopes = Scopes::default();
        assert!(scopes.lies_below("/subscriptions/5A/resourceGroups/web", "/Subscriptions/5a"));
        assert!(!scopes.lies_below("/subscriptions/5a", "/subscriptions/5a"), "it is the same");
        assert!(!scopes.lies_below("/subscriptions/5ab", "/subscriptions/5a"), "names are whole");
        assert!(!scopes.lies_below("/subscriptions/5a", group), "nobody said so");
        scopes.learn(group, &[scope(inner, "Hub")]);
        scopes.learn(inner, &[scope("/subscriptions/5a", "Connectivity")]);
        for below in [inner, "/subscriptions/5A", "/subscriptions/5a/resourceGroups/web"] {
            assert!(scopes.lies_below(below, group), "{below}");
        }
        assert!(!scopes.lies_below(group, inner));
        assert!(!scopes.lies_below("/subscriptions/5b", group));
        assert_eq!(scopes.name("/Subscriptions/5a").as_deref(), Some("Connectivity"));
        assert_eq!(scopes.name("/subscriptions/5a/resourceGroups/web").as_deref(), Some("web"));
    }

    #[test]
    fn a_tree_that_bites_its_tail_has_an_end() {
        let mut scopes = Scopes::default();
        scopes.learn("/a", &[scope("/b", "b")]);
        scopes.learn("/b", &[scope("/a", "a")]);
        assert!(scopes.lies_below("/a", "/b"));
        assert!(!scopes.lies_below("/a", "/c"));
        assert!(!scopes.lies_below("/a", "/a"), "not below itself");
    }
}
