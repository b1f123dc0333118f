//! One's own requests told as records of the log: what everybody may read, without a permission or a role.

use crate::{
    history::Names,
    model::{Action, ActivationRequest, Actor, AuditOutcome, AuditRecord, RequestStatus, RoleKey, Target},
};

/// The account's own requests as records, newest first. `names` knows roles that a request does not name.
pub fn own(requests: &[ActivationRequest], account: &Actor, names: impl Fn(&RoleKey) -> Names) -> Vec<AuditRecord> {
    let told = requests.iter().filter(|request| !request.validation_only);
    let mut records: Vec<AuditRecord> = told.filter_map(|request| record(request, account, &names)).collect();
    records.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    records
}

fn record(request: &ActivationRequest, account: &Actor, names: &impl Fn(&RoleKey) -> Names) -> Option<AuditRecord> {
    let known = names(&request.key);
    let role = request.role_name.clone().or(known.role);
    let scope = request.scope_name.clone().or(known.scope);
    let (result, status) = outcome(&request.status);
    Some(AuditRecord {
        id: request.id.clone(),
        at: request.created.or(request.start)?,
        activity: format!("{}: {status}", what(&request.action)),
        result,
        reason: request.justification.clone(),
        by: account.clone(),
        role: Some(Target {
            id: Some(request.key.role_definition_id.clone()),
            name: role,
            kind: Some("Role".into()),
            username: None,
        }),
        subject: Some(Target {
            id: account.id.clone(),
            name: account.name.clone(),
            kind: Some("User".into()),
            username: account.username.clone(),
        }),
        scope: Some(Target { id: Some(request.key.scope_id.clone()), name: scope, ..Target::default() }),
        start: request.start,
        end: request.end,
        ticket: request.ticket.as_ref().map(|ticket| ticket.number.clone()).filter(|number| !number.is_empty()),
        ticket_system: request.ticket.as_ref().map(|ticket| ticket.system.clone()).filter(|system| !system.is_empty()),
        category: None,
        service: Some("own requests".into()),
        operation: None,
        correlation_id: Some(request.id.clone()),
        details: Vec::new(),
    })
}

fn what(action: &Action) -> &str {
    match action {
        Action::SelfActivate => "Activation",
        Action::SelfDeactivate => "Deactivation",
        Action::SelfExtend => "Extension",
        Action::SelfRenew => "Renewal",
        Action::Other(word) => word,
    }
}

fn outcome(status: &RequestStatus) -> (AuditOutcome, String) {
    let waiting = |word: &str| (AuditOutcome::Other("waiting".into()), word.to_owned());
    match status {
        RequestStatus::Provisioned => (AuditOutcome::Success, "Provisioned".into()),
        RequestStatus::Revoked => (AuditOutcome::Success, "Revoked".into()),
        RequestStatus::Granted => waiting("Granted"),
        RequestStatus::PendingApproval => waiting("PendingApproval"),
        RequestStatus::InFlight(word) | RequestStatus::Other(word) => waiting(word),
        RequestStatus::Denied => (AuditOutcome::Failure, "Denied".into()),
        RequestStatus::Canceled => (AuditOutcome::Failure, "Canceled".into()),
        RequestStatus::TimedOut => (AuditOutcome::Timeout, "TimedOut".into()),
        RequestStatus::Failed(word) => (AuditOutcome::Failure, word.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_requests_read_like_records() {
        let request = |id: &str, status, at: &str| ActivationRequest {
            created: at.parse().ok(),
            justification: Some("Audit".into()),
            ..ActivationRequest::new(id, RoleKey::directory("reader", "/"), Action::SelfActivate, status)
        };
        let requests = [
            request("one", RequestStatus::Provisioned, "2026-11-23T10:00:00Z"),
            request("two", RequestStatus::Denied, "2026-11-23T11:00:00Z"),
        ];
        let me = Actor { name: Some("Maya".into()), ..Actor::default() };
        let names = |_: &RoleKey| Names { role: Some("Global Reader".into()), scope: None };
        let records = own(&requests, &me, names);
        assert_eq!(records.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["two", "one"]);
        assert_eq!((&records[0].result, records[0].activity.as_str()), (&AuditOutcome::Failure, "Activation: Denied"));
        assert_eq!(records[1].role.as_ref().and_then(|role| role.name.as_deref()), Some("Global Reader"));
        assert_eq!((records[1].by.name.as_deref(), &records[1].result), (Some("Maya"), &AuditOutcome::Success));
    }
}
