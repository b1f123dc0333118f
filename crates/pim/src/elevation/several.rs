//! Several roles with one reason: chosen together, or kept as a bundle.

use chrono::{DateTime, Utc};

use super::{Elevation, form::Entered, words};
use crate::{
    bundles::{self, Bundle, BundleRole},
    journal::Fact,
    model::Ticket,
    problem::Problem,
    view::{BundleEntry, BundleRow, BundleView},
};

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

    /// Activates each, for as long as its policy allows where that is less. What is active or on its way is as wanted.
    pub(super) fn activate_several(
        &mut self,
        wanted: &[(String, u32)],
        reason: &str,
        ticket: Option<&Ticket>,
        now: DateTime<Utc>,
    ) {
        for (id, minutes) in wanted {
            let Some(role) = self.lists.eligibility(id) else { continue };
            if self.engaged(id, now) {
                continue;
            }
            let policy = self.lists.requirements(&role.key);
            let longest = u32::try_from(policy.max_duration.num_minutes()).unwrap_or(u32::MAX);
            let minutes = if policy.known { (*minutes).min(longest) } else { *minutes };
            let entered = Entered { minutes, reason: reason.to_owned(), ticket: ticket.cloned(), start: None };
            self.activate(id, entered, false, now);
        }
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
        let wanted: Vec<_> = bundle.roles.iter().map(|role| (role.key().id(), self.bundle_minutes(role))).collect();
        self.activate_several(&wanted, &reason, ticket, now);
    }

    /// Keeps a bundle, in place of the one of that name. Roles are those that are known here, or were in it before.
    pub(super) fn save_bundle(&mut self, name: String, reason: String, entries: &[BundleEntry]) {
        let before = self.memory.bundles.get(&name).map(|bundle| bundle.roles.clone()).unwrap_or_default();
        let roles = entries.iter().filter_map(|entry| {
            if let Some(role) = self.lists.eligibility(&entry.id) {
                return Some(BundleRole::new(&role.key, &role.role_name, entry.minutes));
            }
            let known = before.iter().find(|role| role.key().id() == entry.id)?;
            Some(BundleRole { minutes: entry.minutes, ..known.clone() })
        });
        let bundle = Bundle { name, reason, roles: roles.collect() };
        self.keep_bundles(bundle.check().map(|bundle| vec![bundle]));
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
            let eligible = self.lists.eligibility(&id);
            BundleRow {
                kind: role.kind,
                name: eligible.map_or_else(|| role.name.clone(), |known| known.role_name.clone()),
                scope: eligible.and_then(|known| known.scope_name.clone()),
                minutes: self.bundle_minutes(role),
                eligible: eligible.is_some(),
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
