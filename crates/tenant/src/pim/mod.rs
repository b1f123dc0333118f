//! The PIM engine for directory roles: schedules, requests and what time does to them.
//!
//! Pure and synchronous. It is handed the scenario and the time with every call, and holds nothing but its state, so
//! that tests run years in no time and the tenant can save it to a file.

mod access;
mod admin;
mod decide;
mod model;
mod own;
mod refusal;
mod rules;
mod time;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

pub use model::{
    Action, Actor, AssignmentType, Decision, Expiration, Request, Schedule, ScheduleInfo, Side, Status, Submission,
    Ticket,
};
pub use refusal::{Refusal, Rule};

use crate::ids::Ids;
use crate::ledger::Entry;
use crate::scenario::{Approver, Grant, Scenario, Scope};

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

/// The engine's state.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    eligibilities: Vec<Schedule>,
    assignments: Vec<Schedule>,
    requests: Vec<Request>,
    /// Committed since the ledger was last fetched.
    #[serde(skip)]
    committed: Vec<Entry>,
}

impl State {
    /// The state of a tenant that starts at `now`.
    pub fn new(scenario: &Scenario, now: DateTime<Utc>) -> Self {
        let mut state = Self::default();
        // Not the tenant's own source of ids: these stay the same whatever its seed.
        let mut ids = Ids::new(0, 1);
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
            } else {
                let id = ids.guid();
                state.grant(Side::Assignment, grant, id, creator, now);
            }
        }
        state
    }

    fn grant(&mut self, side: Side, grant: &Grant, id: Uuid, creator: Uuid, now: DateTime<Utc>) {
        let created = now - grant.since.length();
        let end = grant.ends.as_ref().map(|ends| now + ends.length());
        let expiration = end.map_or(Expiration::NoExpiration, Expiration::AfterDateTime);
        let schedule = Schedule {
            id: id.to_string(),
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
        };
        self.requests.push(Request {
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
            target_schedule: Some(id.to_string()),
            justification: Some("Assigned according to job description".to_owned()),
            created_by: creator,
            schedule: Some(ScheduleInfo { start: Some(created), expiration }),
            ticket: Ticket::default(),
            approval_deadline: None,
            decision: None,
        });
        self.side_mut(side).push(schedule);
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
        let lag = scenario.switches.list_lag.length();
        self.side(side).iter().filter(move |schedule| match schedule.assignment_type {
            AssignmentType::Activated => schedule.listed(now, lag),
            AssignmentType::Assigned => schedule.in_effect(now),
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

    /// Whether `user` holds `role` for the whole directory at `now`, directly or through a group.
    pub fn holds(&self, scenario: &Scenario, user: Uuid, role: Uuid, now: DateTime<Utc>) -> bool {
        self.assignments.iter().any(|held| {
            held.role == role
                && held.scope == Scope::Directory
                && held.in_effect(now)
                && scenario.covers(held.principal, user)
        })
    }

    /// Whether `user` may read what concerns others.
    pub fn reads_everything(&self, scenario: &Scenario, user: Uuid, now: DateTime<Utc>) -> bool {
        READERS.iter().any(|role| self.holds(scenario, user, *role, now))
    }

    /// Whether `user` administers role assignments.
    pub fn administers(&self, scenario: &Scenario, user: Uuid, now: DateTime<Utc>) -> bool {
        [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR].iter().any(|role| self.holds(scenario, user, *role, now))
    }

    /// Whether `user` may decide on `request`; nobody may on an own one.
    pub fn approves(&self, scenario: &Scenario, request: &Request, user: Uuid, now: DateTime<Utc>) -> bool {
        if request.approval_deadline.is_none() || request.principal == user || request.created_by == user {
            return false;
        }
        let approvers = scenario.policy(request.role).map_or(&[][..], |policy| &policy.approvers);
        if approvers.is_empty() {
            return self.administers(scenario, user, now);
        }
        approvers.iter().any(|approver| match approver {
            Approver::User(id) | Approver::Group(id) => scenario.covers(*id, user),
        })
    }

    /// What was committed since this was last called, in the order in which it happened.
    pub fn take_committed(&mut self) -> Vec<Entry> {
        let mut entries = std::mem::take(&mut self.committed);
        entries.sort_by_key(|entry| entry.at);
        entries
    }

    /// Enter a request's progress in the ledger.
    fn commit(&mut self, scenario: &Scenario, at: DateTime<Utc>, event: &str, actor: Uuid, request: &Request) {
        let schedule = request.target_schedule.as_ref().and_then(|id| self.schedule(request.side, id));
        let details = json!({
            "requestId": request.id,
            "side": request.side,
            "status": request.status.name(),
            "principalId": request.principal,
            "roleDefinitionId": request.role,
            "role": role_name(scenario, request.role),
            "directoryScopeId": request.scope,
            "justification": request.justification,
            "ticketNumber": request.ticket.number,
            "start": schedule.map(|schedule| schedule.start),
            "end": schedule.and_then(|schedule| schedule.end),
        });
        self.committed.push(Entry { at, event: event.to_owned(), user: user_name(scenario, actor), details });
    }

    /// Enter the end of a schedule in the ledger.
    fn commit_end(&mut self, scenario: &Scenario, at: DateTime<Utc>, event: &str, schedule: &Schedule) {
        let details = json!({
            "requestId": schedule.created_using,
            "principalId": schedule.principal,
            "roleDefinitionId": schedule.role,
            "role": role_name(scenario, schedule.role),
            "directoryScopeId": schedule.scope,
            "start": schedule.effective,
            "end": at,
        });
        self.committed.push(Entry {
            at,
            event: event.to_owned(),
            user: user_name(scenario, schedule.principal),
            details,
        });
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
        created: None,
        modified: None,
        assignment_type: AssignmentType::Assigned,
        start,
        effective: start,
        end: None,
        expiration: Expiration::NoExpiration,
        activated_using: None,
        removed: None,
        closed: false,
    }
}

/// The opaque id of a role assignment, made as the service seems to make it: the role's and the principal's id in
/// base64 and `-1`; for a narrower scope its object's id goes before them.
pub fn assignment_id(role: Uuid, principal: Uuid, scope: Scope) -> String {
    use base64::Engine as _;
    let mut bytes = Vec::with_capacity(48);
    match scope {
        Scope::Directory => {}
        Scope::AdministrativeUnit(id) | Scope::Object(id) => bytes.extend_from_slice(&id.to_bytes_le()),
    }
    bytes.extend_from_slice(&role.to_bytes_le());
    bytes.extend_from_slice(&principal.to_bytes_le());
    format!("{}-1", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

fn role_name(scenario: &Scenario, role: Uuid) -> Option<&str> {
    scenario.role(role).map(|role| role.display_name.as_str())
}

fn user_name(scenario: &Scenario, id: Uuid) -> String {
    let user = scenario.user(id).map(|user| user.user_principal_name.clone());
    user.or_else(|| scenario.group(id).map(|group| group.display_name.clone())).unwrap_or_else(|| id.to_string())
}

#[cfg(test)]
mod tests;
