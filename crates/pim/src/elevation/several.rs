//! Several roles with one reason: chosen together, or kept as a bundle.

use chrono::{DateTime, Duration, Utc};

use super::{Elevation, form::Entered, rows::Failed, words};
use crate::{
    bundles::{self, Bundle, BundleRole},
    journal::Fact,
    model::{Activation, RoleKey, Ticket},
    problem::Problem,
    view::{BundleEntry, BundleRow, BundleView},
};

/// One of several.
struct Wanted {
    key: RoleKey,
    name: String,
    minutes: u32,
}

impl Elevation {
    /// The bundles that the organisation publishes: they win over the user's of the same names, and stay as they are.
    pub fn manage(&mut self, bundles: Vec<Bundle>) {
        self.managed = bundles.into_iter().map(|bundle| (bundle.name.clone(), bundle)).collect();
    }

    /// Bundles by name, as they are handed on; all of them, where nobody is named.
    pub fn bundles(&self, names: &[String]) -> Vec<Bundle> {
        let all = self.managed.values().chain(self.memory.bundles.values().filter(|own| !self.is_managed(&own.name)));
        all.filter(|bundle| names.is_empty() || names.contains(&bundle.name)).cloned().collect()
    }

    fn is_managed(&self, name: &str) -> bool {
        self.managed.contains_key(name)
    }

    /// Activates what was chosen together.
    pub(super) fn activate_chosen(
        &mut self,
        ids: &[String],
        minutes: u32,
        reason: &str,
        ticket: Option<&Ticket>,
        now: DateTime<Utc>,
    ) {
        let wanted = ids.iter().filter_map(|id| {
            let key = self.key(id).or_else(|| RoleKey::from_id(id))?;
            Some(Wanted { name: self.known_name(&key), key, minutes })
        });
        let wanted: Vec<_> = wanted.collect();
        self.activate_several(wanted, reason, ticket, now);
    }

    /// Activates each, for as long as its policy allows where that is less. What is active or on its way is as wanted.
    fn activate_several(&mut self, wanted: Vec<Wanted>, reason: &str, ticket: Option<&Ticket>, now: DateTime<Utc>) {
        for Wanted { key, name, minutes } in wanted {
            if self.engaged(&key.id(), now) {
                continue;
            }
            let Some(role) = self.role(&key) else {
                self.missed(key, name, minutes, reason);
                continue;
            };
            let policy = self.lists.requirements(&role.key);
            let longest = u32::try_from(policy.max_duration.num_minutes()).unwrap_or(u32::MAX);
            let minutes = if policy.known { minutes.min(longest) } else { minutes };
            let entered = Entered { minutes, reason: reason.to_owned(), ticket: ticket.cloned(), start: None };
            self.activate_role(role, entered, false, now);
        }
    }

    /// It was wanted with others, and is not there any more: it has a row that says so, for it has no other.
    fn missed(&mut self, key: RoleKey, name: String, minutes: u32, reason: &str) {
        let principal = self.lists.eligible().next().map(|role| role.principal_id.clone()).unwrap_or_default();
        let id = key.id();
        let asked = Activation::new(key, principal, Duration::minutes(minutes.into()), reason);
        self.failures.insert(id, Failed::missed(name, asked, words::eligibility_over()));
    }

    /// What a role is called, or was when it was activated last.
    fn known_name(&self, key: &RoleKey) -> String {
        let id = key.id();
        let lapsed = || self.lists.lapsed().find(|role| role.key.id() == id).map(|role| role.role_name.clone());
        let intents = || self.memory.history.iter().rev().map(|past| &past.intent);
        let past = || intents().find(|intent| intent.activation.key.id() == id).map(|intent| intent.name.clone());
        let name = self.name(key);
        if name != key.role_definition_id {
            return name;
        }
        lapsed().or_else(past).filter(|name| !name.is_empty()).unwrap_or(name)
    }

    pub(super) fn run_bundle(
        &mut self,
        name: &str,
        reason: Option<String>,
        ticket: Option<&Ticket>,
        now: DateTime<Utc>,
    ) {
        let Some(bundle) = self.managed.get(name).or_else(|| self.memory.bundles.get(name)).cloned() else { return };
        let reason = reason.unwrap_or_else(|| bundle.reason_on(&(self.options.local_date)(now)));
        let wanted = bundle.roles.iter().map(|role| Wanted {
            key: role.key(),
            name: role.name.clone(),
            minutes: self.bundle_minutes(role),
        });
        let wanted = wanted.collect();
        self.activate_several(wanted, &reason, ticket, now);
    }

    /// Keeps a bundle, in place of the one of that name. Roles are those that are known here, at whichever scope, or were in it
    /// before; what is neither is left out, and that is said.
    pub(super) fn save_bundle(&mut self, name: String, reason: String, entries: &[BundleEntry]) {
        let before = self.memory.bundles.get(&name).map(|bundle| bundle.roles.clone()).unwrap_or_default();
        let (mut roles, mut unknown) = (Vec::new(), Vec::new());
        for entry in entries {
            let key = self.key(&entry.id).or_else(|| RoleKey::from_id(&entry.id));
            if let Some(role) = key.as_ref().and_then(|key| self.role(key)) {
                roles.push(BundleRole::new(&role.key, &role.role_name, entry.minutes));
            } else if let Some(known) = before.iter().find(|role| role.key().id() == entry.id) {
                roles.push(BundleRole { minutes: entry.minutes, ..known.clone() });
            } else {
                unknown.push(key.map_or_else(|| entry.id.clone(), |key| self.known_name(&key)));
            }
        }
        if !unknown.is_empty() && roles.is_empty() {
            self.bundle_problem = Some(words::nothing_for_bundle(&unknown));
            return;
        }
        self.keep_bundles(Bundle { name, reason, roles }.check().map(|bundle| vec![bundle]));
        if !unknown.is_empty() && self.bundle_problem.is_none() {
            self.bundle_problem = Some(words::left_out_of_bundle(&unknown));
        }
    }

    /// Keeps the bundles of a file, in place of those of the same names.
    pub(super) fn import_bundles(&mut self, text: &str) {
        self.keep_bundles(bundles::import(text));
    }

    fn keep_bundles(&mut self, checked: Result<Vec<Bundle>, String>) {
        self.bundle_problem = None;
        let managed = checked.iter().flatten().find(|bundle| self.is_managed(&bundle.name));
        if let Some(bundle) = managed {
            self.bundle_problem = Some(words::managed_bundle(&bundle.name));
            return;
        }
        match checked {
            Ok(bundles) => self.note(bundles.into_iter().map(|bundle| Fact::BundleSaved { bundle }).collect()),
            Err(reason) => self.bundle_problem = Some(words::bad_bundle(&reason)),
        }
    }

    pub(super) fn delete_bundle(&mut self, name: String) {
        self.bundle_problem = None;
        if self.is_managed(&name) {
            self.bundle_problem = Some(words::managed_bundle(&name));
        } else if self.memory.bundles.contains_key(&name) {
            self.note(vec![Fact::BundleDeleted { name }]);
        }
    }

    pub(super) fn bundle_views(&self, now: DateTime<Utc>) -> Vec<BundleView> {
        let row = |role: &BundleRole| {
            let id = role.key().id();
            let eligible = self.role(&role.key());
            BundleRow {
                kind: role.kind,
                name: eligible.as_ref().map_or_else(|| role.name.clone(), |known| known.role_name.clone()),
                minutes: self.bundle_minutes(role),
                eligible: eligible.is_some(),
                scope: eligible.and_then(|known| known.scope_name),
                engaged: self.engaged(&id, now),
                id,
            }
        };
        let typed = |role: &BundleRole, reason: &str| {
            let policy = self.lists.requirements(&role.key());
            policy.ticket || policy.justification && reason.trim().is_empty()
        };
        let view = |bundle: &Bundle| {
            let reason = bundle.reason_on(&(self.options.local_date)(now));
            let roles: Vec<_> = bundle.roles.iter().map(row).collect();
            let mut wanted =
                bundle.roles.iter().zip(&roles).filter(|(_, row)| row.eligible && !row.engaged).map(|(role, _)| role);
            BundleView {
                name: bundle.name.clone(),
                template: bundle.reason.clone(),
                one_click: wanted.clone().next().is_some() && !wanted.any(|role| typed(role, &reason)),
                reason,
                roles,
                managed: self.is_managed(&bundle.name),
            }
        };
        let mut views: Vec<_> = self.bundles(&[]).iter().map(view).collect();
        views.sort_by_cached_key(|view| (!view.managed, view.name.clone()));
        views
    }

    pub(super) fn bundle_problem(&self) -> Option<Problem> {
        self.bundle_problem.clone()
    }

    /// As the bundle says, or as used last, within what the policy allows.
    fn bundle_minutes(&self, role: &BundleRole) -> u32 {
        let key = role.key();
        let longest = u32::try_from(self.lists.requirements(&key).max_duration.num_minutes()).unwrap_or(u32::MAX);
        role.minutes.or(self.memory.habit(&key.id()).minutes).unwrap_or(longest).min(longest)
    }
}
