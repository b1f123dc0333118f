//! PIM's security alerts: what a look at the tenant's state finds. Looked at once a day, and when somebody asks for it.

mod find;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Action, Actor, Refusal, Side, State, Submission, Ticket};
use crate::scenario::{Scenario, Scope};

/// The service looks by itself so often.
const EVERY: TimeDelta = TimeDelta::days(1);
/// So long it looks when it is asked to.
const LOOKING: TimeDelta = TimeDelta::seconds(5);

/// What an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Alert {
    /// The tenant has no licence.
    InvalidLicense,
    /// Roles can be activated without multifactor authentication.
    NoMfaOnRoleActivation,
    /// Eligibilities that nobody uses.
    RedundantAssignment,
    /// Roles given outside of PIM.
    RolesAssignedOutsidePim,
    /// One activation after the other.
    SequentialActivationRenewals,
    /// Administrators who do not sign in.
    StaleSignIn,
    /// Too many Global Administrators.
    TooManyGlobalAdmins,
    /// Of Azure: too many owners.
    TooManyOwners,
    /// Of Azure: too many permanent owners.
    TooManyPermanentOwners,
    /// Of Azure: roles given outside of PIM.
    AzureRolesAssignedOutsidePim,
    /// Of Azure: a role that there is already.
    DuplicateRole,
}

impl Alert {
    /// Those of directory roles.
    pub const DIRECTORY: [Self; 7] = [
        Self::InvalidLicense,
        Self::NoMfaOnRoleActivation,
        Self::RedundantAssignment,
        Self::RolesAssignedOutsidePim,
        Self::SequentialActivationRenewals,
        Self::StaleSignIn,
        Self::TooManyGlobalAdmins,
    ];
    /// Those of a scope of Azure.
    pub const AZURE: [Self; 4] =
        [Self::TooManyOwners, Self::TooManyPermanentOwners, Self::AzureRolesAssignedOutsidePim, Self::DuplicateRole];

    /// Its name in ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidLicense => "InvalidLicenseAlert",
            Self::NoMfaOnRoleActivation => "NoMfaOnRoleActivationAlert",
            Self::RedundantAssignment => "RedundantAssignmentAlert",
            Self::RolesAssignedOutsidePim => "RolesAssignedOutsidePimAlert",
            Self::SequentialActivationRenewals => "SequentialActivationRenewalsAlert",
            Self::StaleSignIn => "StaleSignInAlert",
            Self::TooManyGlobalAdmins => "TooManyGlobalAdminsAssignedToTenantAlert",
            Self::TooManyOwners => "TooManyOwnersAssignedToResource",
            Self::TooManyPermanentOwners => "TooManyPermanentOwnersAssignedToResource",
            Self::AzureRolesAssignedOutsidePim => "AzureRolesAssignedOutsidePimAlert",
            Self::DuplicateRole => "DuplicateRoleCreated",
        }
    }

    /// Whether an incident can be put right with one call.
    pub fn is_remediatable(self) -> bool {
        !matches!(self, Self::InvalidLicense | Self::SequentialActivationRenewals | Self::DuplicateRole)
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: Uuid,
    /// Whom it is about.
    pub assignee: Option<Uuid>,
    /// Which role.
    pub role: Option<Uuid>,
    /// Where the role is held.
    pub scope: Option<Scope>,
    /// When: the assignment was made, last activated, the person last signed in, the sequence began.
    pub at: Option<DateTime<Utc>>,
    /// When the sequence ended, and of how many activations it is.
    pub until: Option<(DateTime<Utc>, u32)>,
}

/// What can be set of an alert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// It is looked for.
    pub enabled: bool,
    /// From how many on.
    pub count: u32,
    /// From which share in per cent on.
    pub percentage: u32,
    /// After how many days.
    pub days: u32,
    /// With no more minutes in between.
    pub minutes: u32,
}

impl Settings {
    fn of(alert: Alert) -> Self {
        let (count, percentage, days, minutes) = match alert {
            Alert::TooManyGlobalAdmins | Alert::TooManyOwners | Alert::TooManyPermanentOwners => (3, 10, 0, 0),
            Alert::SequentialActivationRenewals => (3, 0, 0, 30),
            Alert::RedundantAssignment | Alert::StaleSignIn => (0, 0, 30, 0),
            _ => (0, 0, 0, 0),
        };
        Self { enabled: true, count, percentage, days, minutes }
    }
}

/// Where an alert stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// What was found.
    pub incidents: Vec<Incident>,
    /// It is to be shown.
    pub active: bool,
    /// What had been found when it was dismissed.
    dismissed: BTreeSet<Uuid>,
    /// When it was last looked for.
    pub scanned: DateTime<Utc>,
    /// When it last changed.
    pub modified: DateTime<Utc>,
    /// What was set.
    pub settings: Settings,
}

/// A look that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Its id.
    pub id: Uuid,
    /// When it was asked for.
    pub began: DateTime<Utc>,
    /// When it is over.
    pub ends: DateTime<Utc>,
    /// At which alerts, and where; `None` is the directory.
    pub at: Vec<(Alert, Option<Uuid>)>,
    /// It is over.
    pub done: bool,
}

fn key(alert: Alert, scope: Option<Uuid>) -> String {
    format!("{} {}", scope.map_or_else(|| "/".to_owned(), |scope| scope.to_string()), alert.name())
}

impl State {
    /// Where an alert stands, in the directory or at a scope of Azure.
    pub fn alert(&mut self, scenario: &Scenario, alert: Alert, scope: Option<Uuid>, now: DateTime<Utc>) -> Standing {
        let key = key(alert, scope);
        if let Some(known) = self.alerts.get(&key).filter(|known| now < known.scanned + EVERY) {
            return known.clone();
        }
        self.scan(scenario, alert, scope, now);
        self.alerts[&key].clone()
    }

    /// The looks that were asked for.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    fn scan(&mut self, scenario: &Scenario, alert: Alert, scope: Option<Uuid>, now: DateTime<Utc>) {
        let key = key(alert, scope);
        let before = self.alerts.get(&key).cloned();
        let settings = before.as_ref().map_or_else(|| Settings::of(alert), |before| before.settings.clone());
        let incidents = if settings.enabled { self.find(scenario, alert, scope, &settings, now) } else { Vec::new() };
        let ids: BTreeSet<Uuid> = incidents.iter().map(|incident| incident.id).collect();
        let dismissed = before.as_ref().map(|before| before.dismissed.clone()).unwrap_or_default();
        // What was dismissed comes back with something new only.
        let active = ids.iter().any(|id| !dismissed.contains(id));
        let changed = before.as_ref().is_none_or(|before| before.incidents != incidents || before.active != active);
        let triggered = active && before.as_ref().is_some_and(|before| !before.active);
        let modified = before.filter(|_| !changed).map_or(now, |before| before.modified);
        self.alerts.insert(key, Standing { incidents, active, dismissed, scanned: now, modified, settings });
        if triggered {
            self.note_alert(now, "Triggered PIM alert", None, alert.name());
        }
    }

    /// Look at once; what is found is known a little later.
    pub fn refresh_alerts(&mut self, id: Uuid, actor: Uuid, at: Vec<(Alert, Option<Uuid>)>, now: DateTime<Utc>) {
        for (alert, _) in &at {
            self.note_alert(now, "Refresh PIM alert", Some(actor), alert.name());
        }
        self.looks.push(Look { id, began: now, ends: now + LOOKING, at, done: false });
    }

    /// Finish the looks whose time is over.
    pub(super) fn advance_alerts(&mut self, scenario: &Scenario, now: DateTime<Utc>) {
        for index in 0..self.looks.len() {
            if !self.looks[index].done && self.looks[index].ends <= now {
                self.looks[index].done = true;
                for (alert, scope) in self.looks[index].at.clone() {
                    self.scan(scenario, alert, scope, now);
                }
            }
        }
    }

    /// Show an alert no more, or again.
    pub fn set_alert_active(
        &mut self,
        scenario: &Scenario,
        (alert, scope): (Alert, Option<Uuid>),
        actor: Uuid,
        active: bool,
        now: DateTime<Utc>,
    ) {
        self.alert(scenario, alert, scope, now);
        if let Some(standing) = self.alerts.get_mut(&key(alert, scope)) {
            standing.dismissed =
                if active { BTreeSet::new() } else { standing.incidents.iter().map(|incident| incident.id).collect() };
            standing.active = active && !standing.incidents.is_empty();
            standing.modified = now;
        }
        let activity = if active { "Enable PIM alert" } else { "Deactivate PIM alert" };
        self.note_alert(now, activity, Some(actor), alert.name());
    }

    /// Change what is set of an alert.
    pub fn set_alert_settings(
        &mut self,
        scenario: &Scenario,
        (alert, scope): (Alert, Option<Uuid>),
        actor: Uuid,
        settings: Settings,
        now: DateTime<Utc>,
    ) {
        self.alert(scenario, alert, scope, now);
        if let Some(standing) = self.alerts.get_mut(&key(alert, scope)) {
            standing.settings = settings;
        }
        self.note_alert(now, "Update PIM alert setting", Some(actor), alert.name());
        self.scan(scenario, alert, scope, now);
    }

    /// Put right what an incident is about.
    pub fn remediate(
        &mut self,
        scenario: &Scenario,
        (alert, scope): (Alert, Option<Uuid>),
        incident: Uuid,
        (actor, id): (&Actor, Uuid),
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let standing = self.alert(scenario, alert, scope, now);
        let found = standing.incidents.iter().find(|known| known.id == incident);
        let found = found.cloned().ok_or_else(|| Refusal::NotFound(incident.to_string()))?;
        if !alert.is_remediatable() {
            return Err(Refusal::Invalid);
        }
        if let (Alert::NoMfaOnRoleActivation, Some(role)) = (alert, found.role) {
            let policy = self.policy(scenario, role, Scope::Directory).ok_or(Refusal::RoleNotFound)?;
            let mut enabled = vec!["MultiFactorAuthentication"];
            enabled.extend(policy.justification.then_some("Justification"));
            enabled.extend(policy.ticket.then_some("Ticketing"));
            let rule = json!({
                "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
                "id": "Enablement_EndUser_Assignment", "enabledRules": enabled,
                "target": { "caller": "EndUser", "operations": ["all"], "level": "Assignment", "inheritableSettings": [], "enforcedSettings": [] },
            });
            self.change_policy(scenario, actor.id, (role, Scope::Directory), vec![rule], now)?;
        } else if let (Some(principal), Some(role), Some(at)) = (found.assignee, found.role, found.scope) {
            let side = match alert {
                Alert::RedundantAssignment => Side::Eligibility,
                _ if self
                    .side(Side::Assignment)
                    .iter()
                    .any(|held| held.is_for(principal, role, at) && !held.over(now)) =>
                {
                    Side::Assignment
                }
                _ => Side::Eligibility,
            };
            let submission = removal(side, principal, role, at);
            self.submit(scenario, actor, &submission, id, now)?;
        } else {
            return Err(Refusal::Invalid);
        }
        self.note_alert(now, "Resolve PIM alert", Some(actor.id), alert.name());
        self.scan(scenario, alert, scope, now);
        Ok(())
    }
}

fn removal(side: Side, principal: Uuid, role: Uuid, scope: Scope) -> Submission {
    Submission {
        side,
        action: Action::AdminRemove,
        principal,
        role,
        scope,
        justification: Some("Remediation of an alert".to_owned()),
        schedule: None,
        ticket: Ticket::default(),
        validation_only: false,
        eligibility: None,
        condition: None,
    }
}
