//! What a look at the tenant's state finds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Alert, Incident, Settings};
use crate::pim::{AZURE_ADMINISTRATORS, Action, AssignmentType, GLOBAL_ADMINISTRATOR, Request, Schedule, State};
use crate::scenario::{Kind, Scenario, Scope, derived};

/// The role of Azure called Owner.
const OWNER: Uuid = AZURE_ADMINISTRATORS[0];

impl State {
    pub(super) fn find(
        &self,
        scenario: &Scenario,
        alert: Alert,
        scope: Option<Uuid>,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Vec<Incident> {
        match alert {
            // No two roles of a scenario have the same name.
            Alert::DuplicateRole => Vec::new(),
            Alert::InvalidLicense if scenario.switches.license => Vec::new(),
            Alert::InvalidLicense => vec![incident(alert, &["license"], None)],
            Alert::NoMfaOnRoleActivation => self.without_mfa(scenario),
            Alert::RedundantAssignment => self.unused(scenario, settings, now),
            Alert::RolesAssignedOutsidePim => self.outside(alert, now, |held| held.scope.kind() == Kind::Directory),
            Alert::SequentialActivationRenewals => self.sequences(settings, now),
            Alert::StaleSignIn => self.stale(scenario, settings, now),
            Alert::TooManyGlobalAdmins => self.global_administrators(settings, now),
            Alert::TooManyOwners | Alert::TooManyPermanentOwners => self.owners(scenario, alert, scope, settings, now),
            Alert::AzureRolesAssignedOutsidePim => {
                self.outside(alert, now, |held| scope.is_some_and(|scope| held.scope == Scope::Azure(scope)))
            }
        }
    }

    fn without_mfa(&self, scenario: &Scenario) -> Vec<Incident> {
        let lax = scenario.roles.iter().filter(|role| {
            let policy = self.policy(scenario, role.id, Scope::Directory);
            policy.is_some_and(|policy| !policy.mfa && policy.authentication_context.is_none())
        });
        let found = lax.map(|role| Incident {
            role: Some(role.id),
            ..incident(Alert::NoMfaOnRoleActivation, &[&role.id.to_string()], None)
        });
        found.collect()
    }

    /// When somebody last activated a role.
    fn last_activation(&self, of: &Schedule) -> Option<DateTime<Utc>> {
        let activations = self.requests.iter().filter(|request| {
            request.action == Action::SelfActivate && request.is_for(of.principal, of.role, of.scope)
        });
        activations.map(|request| request.created).max()
    }

    fn unused(&self, scenario: &Scenario, settings: &Settings, now: DateTime<Utc>) -> Vec<Incident> {
        let since = now - TimeDelta::days(settings.days.into());
        let idle = self.eligibilities.iter().filter(|eligibility| {
            eligibility.scope.kind() == Kind::Directory
                && eligibility.in_effect(now)
                && eligibility.start <= since
                && scenario.user(eligibility.principal).is_some()
                && self.last_activation(eligibility).is_none_or(|at| at < since)
        });
        let found = idle.map(|eligibility| Incident {
            at: self.last_activation(eligibility),
            ..of_schedule(Alert::RedundantAssignment, eligibility)
        });
        found.collect()
    }

    fn outside(&self, alert: Alert, now: DateTime<Utc>, wanted: impl Fn(&Schedule) -> bool) -> Vec<Incident> {
        let found = self.assignments.iter().filter(|held| held.is_outside() && held.in_effect(now) && wanted(held));
        found.map(|held| Incident { at: held.created, ..of_schedule(alert, held) }).collect()
    }

    fn sequences(&self, settings: &Settings, now: DateTime<Utc>) -> Vec<Incident> {
        let mut by_role: BTreeMap<(Uuid, Uuid, String), Vec<&Request>> = BTreeMap::new();
        for request in self.requests.iter().filter(|request| {
            request.action == Action::SelfActivate && request.scope.kind() == Kind::Directory && request.created <= now
        }) {
            by_role.entry((request.principal, request.role, request.scope.to_string())).or_default().push(request);
        }
        let between = TimeDelta::minutes(settings.minutes.into());
        let mut found = Vec::new();
        for requests in by_role.values() {
            let spans = requests.iter().filter_map(|request| {
                let schedule = request.schedule.as_ref()?;
                Some((request.created, schedule.expiration.end(schedule.start.unwrap_or(request.created))?))
            });
            let mut longest: Option<(DateTime<Utc>, DateTime<Utc>, u32)> = None;
            let mut current: Option<(DateTime<Utc>, DateTime<Utc>, u32)> = None;
            for (start, end) in spans {
                current = match current {
                    Some((first, last, count)) if start - last <= between => Some((first, end, count + 1)),
                    _ => Some((start, end, 1)),
                };
                if current.map(|(.., count)| count) > longest.map(|(.., count)| count) {
                    longest = current;
                }
            }
            let Some((first, last, count)) = longest.filter(|(.., count)| *count >= settings.count) else { continue };
            let request = requests[0];
            let parts = [request.principal.to_string(), request.role.to_string(), request.scope.to_string()];
            found.push(Incident {
                assignee: Some(request.principal),
                role: Some(request.role),
                scope: Some(request.scope),
                at: Some(first),
                until: Some((last, count)),
                ..incident(Alert::SequentialActivationRenewals, &parts.each_ref().map(String::as_str), None)
            });
        }
        found
    }

    /// Everything of the directory that people hold or may activate.
    fn held_or_eligible(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Schedule> {
        let all = self.assignments.iter().chain(&self.eligibilities);
        all.filter(move |held| held.scope.kind() == Kind::Directory && held.in_effect(now))
    }

    fn stale(&self, scenario: &Scenario, settings: &Settings, now: DateTime<Utc>) -> Vec<Incident> {
        let since = now - TimeDelta::days(settings.days.into());
        let found = self
            .held_or_eligible(now)
            .filter(|held| held.assignment_type == AssignmentType::Assigned)
            .filter_map(|held| {
                let last = self.last_sign_in(scenario, held.principal)?;
                (last < since).then(|| Incident { at: Some(last), ..of_schedule(Alert::StaleSignIn, held) })
            });
        found.collect()
    }

    /// When somebody last signed in.
    pub fn last_sign_in(&self, scenario: &Scenario, user: Uuid) -> Option<DateTime<Utc>> {
        let before = scenario.user(user).map(|user| self.started - user.last_sign_in.length());
        self.sign_ins.get(&user).copied().max(before)
    }

    /// Somebody has signed in.
    pub fn signed_in(&mut self, user: Uuid, now: DateTime<Utc>) {
        self.sign_ins.insert(user, now);
    }

    fn global_administrators(&self, settings: &Settings, now: DateTime<Utc>) -> Vec<Incident> {
        let everybody: BTreeSet<Uuid> = self.held_or_eligible(now).map(|held| held.principal).collect();
        let mut found: BTreeMap<Uuid, Incident> = BTreeMap::new();
        for held in self.held_or_eligible(now).filter(|held| held.role == GLOBAL_ADMINISTRATOR) {
            found.entry(held.principal).or_insert_with(|| Incident {
                assignee: Some(held.principal),
                role: Some(held.role),
                scope: Some(held.scope),
                ..incident(Alert::TooManyGlobalAdmins, &[&held.principal.to_string()], held.created)
            });
        }
        if too_many(found.len(), everybody.len(), settings) { found.into_values().collect() } else { Vec::new() }
    }

    fn owners(
        &self,
        scenario: &Scenario,
        alert: Alert,
        scope: Option<Uuid>,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Vec<Incident> {
        let Some(scope) = scope.map(Scope::Azure) else { return Vec::new() };
        let here: Vec<&Schedule> = self
            .assignments
            .iter()
            .filter(|held| {
                held.in_effect(now) && held.scope.kind() == Kind::Azure && scenario.contains(held.scope, scope)
            })
            .collect();
        let owners = here.iter().filter(|held| held.role == OWNER);
        let owners: Vec<&&Schedule> = match alert {
            Alert::TooManyPermanentOwners => owners.filter(|held| held.end.is_none()).collect(),
            _ => owners.collect(),
        };
        let all = if alert == Alert::TooManyPermanentOwners {
            here.iter().filter(|held| held.role == OWNER).count()
        } else {
            here.len()
        };
        if !too_many(owners.len(), all, settings) {
            return Vec::new();
        }
        owners.into_iter().map(|held| of_schedule(alert, held)).collect()
    }
}

fn too_many(found: usize, all: usize, settings: &Settings) -> bool {
    let (count, share) = (settings.count as usize, settings.percentage as usize);
    found > 0 && found >= count && found * 100 >= share * all
}

fn incident(alert: Alert, parts: &[&str], at: Option<DateTime<Utc>>) -> Incident {
    let mut all = vec!["incident", alert.name()];
    all.extend(parts);
    Incident { id: derived(&all), assignee: None, role: None, scope: None, at, until: None }
}

fn of_schedule(alert: Alert, held: &Schedule) -> Incident {
    Incident {
        assignee: Some(held.principal),
        role: Some(held.role),
        scope: Some(held.scope),
        ..incident(alert, &[&held.id], held.created.or(Some(held.start)))
    }
}
