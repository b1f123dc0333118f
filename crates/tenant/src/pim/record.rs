//! What the engine enters in the ledger.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Request, Schedule, State};
use crate::ledger::Entry;
use crate::scenario::{Access, Scenario, Scope};

impl State {
    /// Enter a request's progress in the ledger.
    pub(super) fn commit(
        &mut self,
        scenario: &Scenario,
        at: DateTime<Utc>,
        event: &str,
        actor: Uuid,
        request: &Request,
    ) {
        self.note(at, event, actor, request);
        let schedule = request.target_schedule.as_ref().and_then(|id| self.schedule(request.side, id));
        let mut details = json!({
            "requestId": request.id,
            "side": request.side,
            "status": request.status.name(),
            "principalId": request.principal,
            "justification": request.justification,
            "ticketNumber": request.ticket.number,
            "start": schedule.map(|schedule| schedule.start),
            "end": schedule.and_then(|schedule| schedule.end),
        });
        place(&mut details, scenario, request.role, request.scope);
        self.committed.push(Entry { at, event: event.to_owned(), user: user_name(scenario, actor), details });
    }

    /// Enter the end of a schedule in the ledger.
    pub(super) fn commit_end(&mut self, scenario: &Scenario, at: DateTime<Utc>, event: &str, schedule: &Schedule) {
        self.note_end(at, schedule);
        let mut details = json!({
            "requestId": schedule.created_using,
            "principalId": schedule.principal,
            "start": schedule.effective,
            "end": at,
        });
        place(&mut details, scenario, schedule.role, schedule.scope);
        self.committed.push(Entry {
            at,
            event: event.to_owned(),
            user: user_name(scenario, schedule.principal),
            details,
        });
    }
}

/// Say which role, and where.
fn place(details: &mut Value, scenario: &Scenario, role: Uuid, scope: Scope) {
    details["kind"] = json!(scope.kind());
    match scope {
        Scope::Group(group) => {
            details["groupId"] = json!(group);
            details["group"] = json!(scenario.group(group).map(|group| &group.display_name));
            details["accessId"] = json!(Access::of(role).map(Access::name));
        }
        Scope::Azure(id) => {
            details["roleDefinitionId"] = json!(role);
            details["role"] = json!(scenario.role(role).map(|role| &role.display_name));
            details["scope"] = json!(scenario.azure.scope(id).map(|scope| &scope.path));
        }
        Scope::Directory | Scope::AdministrativeUnit(_) | Scope::Object(_) | Scope::Application(_) => {
            details["roleDefinitionId"] = json!(role);
            details["role"] = json!(scenario.role(role).map(|role| &role.display_name));
            details["directoryScopeId"] = json!(scope);
        }
    }
}

fn user_name(scenario: &Scenario, id: Uuid) -> String {
    let user = scenario.user(id).map(|user| user.user_principal_name.clone());
    user.or_else(|| scenario.group(id).map(|group| group.display_name.clone())).unwrap_or_else(|| id.to_string())
}
