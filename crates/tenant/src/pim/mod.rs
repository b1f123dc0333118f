//! The PIM engine: schedules, requests and what time does to them.
//!
//! One engine serves directory roles, groups and Azure, as in the service: what differs is where a role applies
//! ([`Scope`]), who administers there, and how long things take.
//! Pure and synchronous. It is handed the scenario and the time with every call, and holds nothing but its state, so
//! that tests run years in no time and the tenant can save it to a file.

mod access;
mod admin;
pub mod alerts;
pub mod audit;
mod decide;
pub mod history;
mod model;
mod own;
mod policies;
mod record;
mod refusal;
pub mod reviews;
mod rules;
mod time;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use policies::Changed;

pub use model::{
    Action, Actor, AssignmentType, Decision, Expiration, Request, Schedule, ScheduleInfo, Side, Status, Submission,
    Ticket,
};
pub use refusal::{Refusal, Rule};

use crate::ids::Ids;
use crate::ledger::Entry;
use crate::scenario::{Access, Approver, DEEPEST_GROUP, Grant, Group, Kind, PastActivation, Scenario, Scope, derived};

/// Global Administrator.
pub const GLOBAL_ADMINISTRATOR: Uuid = Uuid::from_u128(0x62e9_0394_69f5_4237_9190_0121_7714_5e10);
/// Privileged Role Administrator.
pub const PRIVILEGED_ROLE_ADMINISTRATOR: Uuid = Uuid::from_u128(0xe861_1ab8_c189_46e8_94e1_6021_3ab1_f814);
/// Roles whose holders may read everybody's assignments: besides the two above Global Reader, Security Administrator
/// and Security Reader.
const READERS: [Uuid; 5] = [
    GLOBAL_ADMINISTRATOR,
    PRIVILEGED_ROLE_ADMINISTRATOR,
    Uuid::from_u128(0xf2ef_992c_3afb_46b9_b7cf_a126_ee74_c451),
    Uuid::from_u128(0x194a_e4cb_b126_40b2_bd5b_6091_b380_977d),
    Uuid::from_u128(0x5d6b_6bb7_de71_4623_b4af_9638_0a35_2509),
];

/// Roles whose holders administer groups that no role can be assigned to: Groups Administrator, Identity Governance
/// Administrator, User Administrator and Directory Writers.
const GROUP_ADMINISTRATORS: [Uuid; 4] = [
    Uuid::from_u128(0xfdd7_a751_b60b_444a_984c_0265_2fe8_fa1c),
    Uuid::from_u128(0x45d8_d3c5_c802_45c6_b32a_1d70_b5e1_e86e),
    Uuid::from_u128(0xfe93_0be7_5e62_47db_91af_98c3_a49a_38b1),
    Uuid::from_u128(0x9360_feb5_f418_4baa_8175_e2a0_0bac_4301),
];

/// Roles of Azure whose holders administer role assignments: Owner, User Access Administrator, and Role Based Access
/// Control Administrator.
const AZURE_ADMINISTRATORS: [Uuid; 3] = [
    Uuid::from_u128(0x8e3a_f657_a8ff_443c_a75c_2fe8_c4bc_b635),
    Uuid::from_u128(0x18d7_d88d_d35e_4fb5_a5c3_7773_c20a_72d9),
    Uuid::from_u128(0xf583_10d9_a9f6_439a_9e8d_f62e_7b41_a168),
];

/// The engine's state.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    eligibilities: Vec<Schedule>,
    assignments: Vec<Schedule>,
    requests: Vec<Request>,
    /// When the tenant started.
    started: DateTime<Utc>,
    /// What was changed in policies, by role and scope.
    policies: BTreeMap<String, Changed>,
    /// What has happened, oldest first.
    audit: Vec<audit::Record>,
    /// Access reviews.
    reviews: Vec<reviews::Review>,
    /// Where alerts stand, by scope and name.
    alerts: BTreeMap<String, alerts::Standing>,
    /// Looks at alerts that were asked for.
    looks: Vec<alerts::Look>,
    /// When people last signed in.
    sign_ins: BTreeMap<Uuid, DateTime<Utc>>,
    /// Committed since the ledger was last fetched.
    #[serde(skip)]
    committed: Vec<Entry>,
}

impl State {
    /// The state of a tenant that starts at `now`.
    pub fn new(scenario: &Scenario, now: DateTime<Utc>) -> Self {
        Self::numbered(scenario, now, 1)
    }

    /// The same, with ids from another stream: those of two tenants differ.
    pub fn numbered(scenario: &Scenario, now: DateTime<Utc>, stream: u64) -> Self {
        let mut state = Self { started: now, ..Self::default() };
        // Not the tenant's own source of ids: these stay the same whatever its seed.
        let mut ids = Ids::new(0, stream);
        let admin = scenario.assigned.iter().find(|grant| grant.role == PRIVILEGED_ROLE_ADMINISTRATOR);
        let creator = admin.map_or(Uuid::nil(), |grant| grant.principal);
        for grant in &scenario.eligible {
            let id = ids.guid();
            state.grant(Side::Eligibility, grant, id, creator, now);
        }
        for grant in &scenario.assigned {
            // Permanent assignments are as old as the tenant, older than PIM: no request made them.
            if grant.ends.is_none() {
                state.assignments.push(original(grant, now));
                if grant.outside {
                    state.note_outside(grant.principal, grant.role, grant.scope, creator, now - grant.since.length());
                }
            } else {
                let id = ids.guid();
                state.grant(Side::Assignment, grant, id, creator, now);
            }
        }
        for group in scenario.groups.iter().filter(|group| group.pim.is_some()) {
            for (access, people) in [(Access::Member, &group.members), (Access::Owner, &group.owners)] {
                let scope = Scope::Group(group.id);
                let since = crate::scenario::IsoDuration::days(90);
                let grant = |person: &Uuid| Grant {
                    principal: *person,
                    role: access.role(),
                    scope,
                    since: since.clone(),
                    ends: None,
                    condition: None,
                    outside: false,
                };
                state.assignments.extend(people.iter().map(|person| original(&grant(person), now)));
            }
        }
        for past in &scenario.activations {
            let id = ids.guid();
            state.past_activation(scenario, past, id, now);
        }
        state.begin_reviews(scenario, now);
        state.audit.sort_by_key(|record| record.at);
        state
    }

    fn grant(&mut self, side: Side, grant: &Grant, id: Uuid, creator: Uuid, now: DateTime<Utc>) {
        let created = now - grant.since.length();
        let end = grant.ends.as_ref().map(|ends| now + ends.length());
        let expiration = end.map_or(Expiration::NoExpiration, Expiration::AfterDateTime);
        let schedule = Schedule {
            id: schedule_id(grant.scope, grant.role, id),
            principal: grant.principal,
            role: grant.role,
            scope: grant.scope,
            created_using: Some(id),
            created: Some(created),
            modified: None,
            assignment_type: AssignmentType::Assigned,
            start: created,
            effective: created,
            end,
            expiration: expiration.clone(),
            activated_using: None,
            removed: None,
            closed: false,
            condition: grant.condition.clone(),
        };
        let request = Request {
            id,
            side,
            status: Status::Provisioned,
            created,
            completed: Some(created),
            action: Action::AdminAssign,
            principal: grant.principal,
            role: grant.role,
            scope: grant.scope,
            validation_only: false,
            target_schedule: Some(schedule.id.clone()),
            justification: Some("Assigned according to job description".to_owned()),
            created_by: creator,
            schedule: Some(ScheduleInfo { start: Some(created), expiration }),
            ticket: Ticket::default(),
            approval_deadline: None,
            decision: None,
            condition: grant.condition.clone(),
        };
        self.side_mut(side).push(schedule);
        self.note(created, request.action.name(), creator, &request);
        self.requests.push(request);
    }

    /// What was activated before the tenant started is over, and remembered.
    fn past_activation(&mut self, scenario: &Scenario, past: &PastActivation, id: Uuid, now: DateTime<Utc>) {
        let start = now - past.ago.length();
        let using = self.eligibilities.iter().find(|eligibility| {
            eligibility.role == past.role
                && scenario.contains(eligibility.scope, past.scope)
                && scenario.covers(eligibility.principal, past.principal)
        });
        let request = Request {
            id,
            side: Side::Assignment,
            status: Status::Provisioned,
            created: start,
            completed: Some(start),
            action: Action::SelfActivate,
            principal: past.principal,
            role: past.role,
            scope: past.scope,
            validation_only: false,
            target_schedule: Some(schedule_id(past.scope, past.role, id)),
            justification: Some(past.justification.clone()),
            created_by: past.principal,
            schedule: Some(ScheduleInfo {
                start: Some(start),
                expiration: Expiration::AfterDuration(past.lasted.clone()),
            }),
            ticket: Ticket::default(),
            approval_deadline: None,
            decision: None,
            condition: None,
        };
        let using = using.map(|eligibility| eligibility.id.clone());
        let mut schedule = own::activation(&request, start, TimeDelta::zero(), start, None, using);
        schedule.closed = true;
        self.note(start, request.action.name(), past.principal, &request);
        self.note_end(start + past.lasted.length(), &schedule);
        self.requests.push(request);
    }

    fn side(&self, side: Side) -> &Vec<Schedule> {
        match side {
            Side::Eligibility => &self.eligibilities,
            Side::Assignment => &self.assignments,
        }
    }

    fn side_mut(&mut self, side: Side) -> &mut Vec<Schedule> {
        match side {
            Side::Eligibility => &mut self.eligibilities,
            Side::Assignment => &mut self.assignments,
        }
    }

    /// The schedules that are not over at `now`, in the order in which they were made.
    pub fn schedules(&self, side: Side, now: DateTime<Utc>) -> impl Iterator<Item = &Schedule> {
        self.side(side).iter().filter(move |schedule| !schedule.over(now))
    }

    /// The schedules whose instances are listed at `now`.
    pub fn instances(&self, scenario: &Scenario, side: Side, now: DateTime<Utc>) -> impl Iterator<Item = &Schedule> {
        // Only activations lag; what administrators did long ago does not.
        self.side(side).iter().filter(move |schedule| match schedule.assignment_type {
            AssignmentType::Activated => schedule.listed(now, scenario.switches.lag(schedule.scope.kind())),
            AssignmentType::Assigned => schedule.in_effect(now),
        })
    }

    /// Activations on Azure that were ended a short while ago: the service lists them as assigned without an end (recorded).
    pub fn ghosts(&self, scenario: &Scenario, now: DateTime<Utc>) -> impl Iterator<Item = &Schedule> {
        let (lag, length) = (scenario.switches.lag(Kind::Azure), scenario.switches.azure_ghosts.length());
        self.assignments.iter().filter(move |held| {
            let gone = held.removed.is_some_and(|removed| removed + lag <= now && now < removed + length);
            gone && held.scope.kind() == Kind::Azure && held.assignment_type == AssignmentType::Activated
        })
    }

    /// The requests of one collection, in the order in which they were made.
    pub fn requests(&self, side: Side) -> impl Iterator<Item = &Request> {
        self.requests.iter().filter(move |request| request.side == side)
    }

    /// The request with this id.
    pub fn request(&self, id: Uuid) -> Option<&Request> {
        self.requests.iter().find(|request| request.id == id)
    }

    /// A schedule by id, also one that is over.
    pub fn schedule(&self, side: Side, id: &str) -> Option<&Schedule> {
        self.side(side).iter().find(|schedule| schedule.id.eq_ignore_ascii_case(id))
    }

    /// Whether `principal` is the user `user` or a group that `user` belongs to at `now`, by an activation or without,
    /// also by way of another group.
    pub fn covers(&self, scenario: &Scenario, principal: Uuid, user: Uuid, now: DateTime<Utc>) -> bool {
        self.covers_within(scenario, principal, user, now, DEEPEST_GROUP)
    }

    fn covers_within(&self, scenario: &Scenario, principal: Uuid, user: Uuid, now: DateTime<Utc>, deep: usize) -> bool {
        if principal == user || deep == 0 {
            return principal == user;
        }
        let Some(group) = scenario.group(principal) else { return false };
        let mut members = self.members(group, now);
        members.any(|member| self.covers_within(scenario, member, user, now, deep - 1))
    }

    /// The direct members of a group at `now`: people and groups.
    pub fn members<'a>(&'a self, group: &'a Group, now: DateTime<Utc>) -> Box<dyn Iterator<Item = Uuid> + 'a> {
        if group.pim.is_none() {
            return Box::new(group.members.iter().copied());
        }
        Box::new(self.holders(Access::Member.role(), Scope::Group(group.id), now).map(|held| held.principal))
    }

    /// Who holds a role at exactly this scope at `now`.
    pub fn holders(&self, role: Uuid, scope: Scope, now: DateTime<Utc>) -> impl Iterator<Item = &Schedule> {
        let all = self.assignments.iter();
        all.filter(move |held| held.role == role && held.scope == scope && held.in_effect(now))
    }

    /// Whether `user` is a member of a group and that has taken effect: `lag` after an activation.
    pub fn belongs(&self, scenario: &Scenario, group: Uuid, user: Uuid, now: DateTime<Utc>, lag: TimeDelta) -> bool {
        let Some(found) = scenario.group(group) else { return false };
        let (member, scope) = (Access::Member.role(), Scope::Group(group));
        if found.pim.is_none() {
            return found.members.contains(&user);
        }
        let mut held = self.assignments.iter().filter(|held| held.is_for(user, member, scope) && held.in_effect(now));
        held.any(|held| held.is_effective(lag, now))
    }

    /// Whether `user` holds `role` for the whole directory at `now`, directly or through a group.
    pub fn holds(&self, scenario: &Scenario, user: Uuid, role: Uuid, now: DateTime<Utc>) -> bool {
        self.holds_at(scenario, user, &[role], Scope::Directory, now)
    }

    /// Whether `user` holds one of `roles` at `scope` at `now`, or where it extends to `scope`.
    fn holds_at(&self, scenario: &Scenario, user: Uuid, roles: &[Uuid], scope: Scope, now: DateTime<Utc>) -> bool {
        self.assignments.iter().any(|held| {
            roles.contains(&held.role)
                && scenario.contains(held.scope, scope)
                && held.in_effect(now)
                && self.covers(scenario, held.principal, user, now)
        })
    }

    /// Whether `user` may read what concerns others in the directory.
    pub fn reads_everything(&self, scenario: &Scenario, user: Uuid, now: DateTime<Utc>) -> bool {
        self.holds_at(scenario, user, &READERS, Scope::Directory, now)
    }

    /// Whether `user` holds any role at a scope of Azure, which lets them read there.
    pub fn reads_azure(&self, scenario: &Scenario, user: Uuid, scope: Uuid, now: DateTime<Utc>) -> bool {
        let roles: Vec<Uuid> = scenario.azure.roles.iter().map(|role| role.id).collect();
        self.holds_at(scenario, user, &roles, Scope::Azure(scope), now)
    }

    /// Whether `user` administers role assignments at a scope.
    pub fn administers(&self, scenario: &Scenario, user: Uuid, scope: Scope, now: DateTime<Utc>) -> bool {
        let directory = || {
            let roles = [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR];
            self.holds_at(scenario, user, &roles, Scope::Directory, now)
        };
        match scope.kind() {
            Kind::Directory => directory(),
            Kind::Group => {
                let Scope::Group(id) = scope else { return false };
                let assignable = scenario.group(id).is_some_and(|group| group.role_assignable);
                directory()
                    || self.holds_at(scenario, user, &[Access::Owner.role()], scope, now)
                    || !assignable && self.holds_at(scenario, user, &GROUP_ADMINISTRATORS, Scope::Directory, now)
            }
            Kind::Azure => self.holds_at(scenario, user, &AZURE_ADMINISTRATORS, scope, now),
        }
    }

    /// Whether `user` may decide on `request`; nobody may on an own one.
    pub fn approves(&self, scenario: &Scenario, request: &Request, user: Uuid, now: DateTime<Utc>) -> bool {
        if request.approval_deadline.is_none() || request.principal == user || request.created_by == user {
            return false;
        }
        let approvers = self.policy(scenario, request.role, request.scope).map_or(&[][..], |policy| &policy.approvers);
        if approvers.is_empty() {
            return self.administers(scenario, user, request.scope, now);
        }
        approvers.iter().any(|approver| match approver {
            Approver::User(id) | Approver::Group(id) => self.covers(scenario, *id, user, now),
        })
    }

    /// What was committed since this was last called, in the order in which it happened.
    pub fn take_committed(&mut self) -> Vec<Entry> {
        let mut entries = std::mem::take(&mut self.committed);
        entries.sort_by_key(|entry| entry.at);
        entries
    }
}

/// A permanent assignment from before PIM.
fn original(grant: &Grant, now: DateTime<Utc>) -> Schedule {
    let start = now - grant.since.length();
    Schedule {
        id: assignment_id(grant.role, grant.principal, grant.scope),
        principal: grant.principal,
        role: grant.role,
        scope: grant.scope,
        created_using: None,
        created: grant.outside.then_some(start),
        modified: None,
        assignment_type: AssignmentType::Assigned,
        start,
        effective: start,
        end: None,
        expiration: Expiration::NoExpiration,
        activated_using: None,
        removed: None,
        closed: false,
        condition: grant.condition.clone(),
    }
}

/// The id of the schedule that a request makes: in the directory and on Azure the request's own.
pub fn schedule_id(scope: Scope, role: Uuid, request: Uuid) -> String {
    match (scope, Access::of(role)) {
        (Scope::Group(group), Some(access)) => format!("{group}_{}_{request}", access.name()),
        _ => request.to_string(),
    }
}

/// The opaque id of a role assignment, made as the service seems to make it: the role's and the principal's id in
/// base64 and `-1`; for a narrower scope its object's id goes before them.
pub fn assignment_id(role: Uuid, principal: Uuid, scope: Scope) -> String {
    use base64::Engine as _;
    let mut bytes = Vec::with_capacity(48);
    match scope {
        Scope::Directory => {}
        Scope::AdministrativeUnit(id) | Scope::Object(id) | Scope::Application(id) => {
            bytes.extend_from_slice(&id.to_bytes_le());
        }
        // Groups and Azure have GUIDs.
        Scope::Group(_) | Scope::Azure(_) => {
            let guid = derived(&["role assignment", &scope.to_string(), &role.to_string(), &principal.to_string()]);
            return schedule_id(scope, role, guid);
        }
    }
    bytes.extend_from_slice(&role.to_bytes_le());
    bytes.extend_from_slice(&principal.to_bytes_le());
    format!("{}-1", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests;
