//! The wire structs against Microsoft's published examples, and against what the service may send besides.

use std::{env, fs, path::PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{policy, wire};
use crate::model::{Action, Activation, Kind, MemberType, RequestStatus, RoleKey, Ticket};

/// Answers of one published collection; `None`, said loudly, where the folder is not there.
fn examples(name: &str) -> Option<Vec<Value>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/examples");
    let folder = env::var_os("PIMENTO_EXAMPLES").map_or(beside, PathBuf::from);
    let file = folder.join(name);
    let Ok(text) = fs::read_to_string(&file) else {
        eprintln!("SKIPPED: {} is not there; set PIMENTO_EXAMPLES to the folder with the examples.", file.display());
        return None;
    };
    let vectors: Vec<Value> = serde_json::from_str(&text).expect("examples are JSON");
    Some(vectors)
}

/// The entities in the answers to requests whose address contains `path`.
fn entities(vectors: &[Value], path: &str) -> Vec<Value> {
    let wanted = |vector: &&Value| vector["request"]["url"].as_str().is_some_and(|url| url.contains(path));
    let bodies = vectors.iter().filter(wanted).map(|vector| &vector["response"]["body"]);
    let mut entities = Vec::new();
    for body in bodies {
        match body["value"].as_array() {
            Some(rows) => entities.extend(rows.iter().cloned()),
            None if body["id"].is_string() => entities.push(body.clone()),
            None => {}
        }
    }
    // Some examples select a few properties; ours are never without an id.
    entities.retain(|entity| entity["id"].is_string());
    entities
}

#[test]
fn published_instances_and_requests_are_understood() {
    let Some(vectors) = examples("graph-v1.0-pim-roles.json") else { return };
    let mut count = 0;
    for path in ["roleEligibilityScheduleInstances", "roleAssignmentScheduleInstances"] {
        for row in entities(&vectors, path) {
            let instance: wire::Instance =
                serde_json::from_value(row.clone()).unwrap_or_else(|error| panic!("{error}: {row}"));
            let assignment = instance.assignment().unwrap_or_else(|| panic!("{row}"));
            assert_eq!(assignment.end.is_none(), row["endDateTime"].is_null(), "{row}");
            assert_eq!(assignment.key.directory_scope_id, row["directoryScopeId"].as_str().unwrap_or("/"), "{row}");
            count += 1;
        }
    }
    let mut own = 0;
    for row in entities(&vectors, "roleAssignmentScheduleRequests") {
        let request: wire::Request =
            serde_json::from_value(row.clone()).unwrap_or_else(|error| panic!("{error}: {row}"));
        let ours = row["action"].as_str().is_some_and(|action| action.to_lowercase().starts_with("self"));
        let read = request.activation_request(None);
        assert_eq!(read.is_some(), ours, "{row}");
        own += usize::from(ours);
        count += 1;
    }
    assert!(count >= 8 && own >= 1, "{count} entities, {own} of them one's own requests");
}

#[test]
fn published_policies_are_understood() {
    let Some(vectors) = examples("graph-v1.0-pim-policies.json") else { return };
    let rows = entities(&vectors, "roleManagementPolicyAssignments");
    let mut with_rules = 0;
    for row in &rows {
        let assignment: policy::Assignment =
            serde_json::from_value(row.clone()).unwrap_or_else(|error| panic!("{error}: {row}"));
        let (_, requirements) = assignment.requirements();
        let expected = row["policy"]["rules"].as_array().is_some_and(|rules| !rules.is_empty());
        assert_eq!(requirements.known, expected, "{row}");
        assert!(requirements.unknown_rules.is_empty(), "{requirements:?}");
        with_rules += usize::from(expected);
    }
    assert!(!rows.is_empty() && with_rules > 0);
}

#[test]
fn rows_of_every_shape_are_read() {
    let instance =
        |row: Value| serde_json::from_value::<wire::Instance>(row).map(|instance| instance.eligibility("me"));
    let row = json!({"id": "i", "principalId": "p", "roleDefinitionId": "R", "directoryScopeId": "/administrativeUnits/1",
        "memberType": "GROUP", "endDateTime": "2026-11-23T10:00:00+01:00", "startDateTime": "0001-01-01T08:00:00Z",
        "roleDefinition": {"displayName": "Reader"}, "directoryScope": {"displayName": "Porto"}});
    let read = instance(row.clone()).expect("json").expect("a role");
    assert_eq!((read.role_name.as_str(), read.scope_name.as_deref()), ("Reader", Some("Porto")));
    assert_eq!((read.member_type, read.principal_id.as_str()), (MemberType::Group, "me"));
    assert_eq!(read.end.map(|end| end.to_rfc3339()), Some("2026-11-23T09:00:00+00:00".into()));
    for (digits, nanos) in [("", 0), (".1", 100_000_000), (".1234567", 123_456_700)] {
        let mut row = row.clone();
        row["endDateTime"] = json!(format!("2026-11-23T10:00:00{digits}Z"));
        let end = instance(row).expect("json").expect("a role").end.expect("an end");
        assert_eq!(end.timestamp_subsec_nanos(), nanos);
    }
    let mut never = row.clone();
    never["endDateTime"] = json!("0001-01-01T08:00:00Z");
    assert_eq!(instance(never).expect("json").expect("a role").end, None);
    let mut odd = row.clone();
    odd["endDateTime"] = json!("tomorrow");
    assert!(instance(odd).is_err(), "an end that cannot be read must not look like none");
    let bare = json!({"id": "i", "principalId": "p", "roleDefinitionId": "r", "directoryScopeId": null, "appScopeId": null,
        "roleDefinition": null, "directoryScope": null, "memberType": null, "endDateTime": null});
    let read = instance(bare).expect("json").expect("a role");
    assert_eq!((read.key.directory_scope_id.as_str(), read.role_name.as_str(), read.scope_name), ("/", "r", None));
    let app = json!({"id": "i", "principalId": "p", "roleDefinitionId": "r", "appScopeId": "/Apps/1"});
    let read = instance(app).expect("json").expect("a role");
    assert_eq!((read.key.directory_scope_id.as_str(), read.scope_name.as_deref()), ("", Some("/Apps/1")));
}

#[test]
fn statuses_of_the_vocabulary_are_told_apart() {
    let status = |text: &str| {
        let request = json!({"id": "1", "status": text, "action": "SelfActivate", "roleDefinitionId": "r",
            "scheduleInfo": {"startDateTime": "2026-11-23T10:00:00Z", "expiration": {"type": "AfterDuration", "duration": "PT1H30M"}}});
        let request: wire::Request = serde_json::from_value(request).expect("json");
        request.activation_request(None).expect("one's own")
    };
    assert_eq!(status("provisioned").status, RequestStatus::Provisioned);
    assert_eq!(status("PendingApproval").status, RequestStatus::PendingApproval);
    assert_eq!(status("Canceled").status, RequestStatus::Canceled);
    assert_eq!(status("Revoked").status, RequestStatus::Revoked);
    assert_eq!(status("AdminDenied").status, RequestStatus::Denied);
    assert_eq!(status("TimedOut").status, RequestStatus::TimedOut);
    assert_eq!(status("FailedAsResourceIsLocked").status, RequestStatus::Failed("FailedAsResourceIsLocked".into()));
    for text in
        ["Accepted", "PendingProvisioning", "PendingApprovalProvisioning", "ScheduleCreated", "PendingRevocation"]
    {
        assert_eq!(status(text).status, RequestStatus::InFlight(text.into()));
    }
    assert_eq!(status("Novel").status, RequestStatus::Other("Novel".into()));
    let end: DateTime<Utc> = "2026-11-23T11:30:00Z".parse().expect("a time");
    assert_eq!(status("Granted").end, Some(end));
    assert_eq!(status("Granted").action, Action::SelfActivate);
}

#[test]
fn a_policy_is_what_concerns_the_one_who_activates() {
    let rule = |id: &str, rest: Value| {
        let mut rule = rest;
        rule["id"] = json!(id);
        rule
    };
    let policy = json!({"roleDefinitionId": "ABC", "policy": {"rules": [
        rule("Expiration_Admin_Eligibility", json!({"maximumDuration": "P365D"})),
        rule("Enablement_Admin_Assignment", json!({"enabledRules": ["MultiFactorAuthentication"]})),
        rule("EXPIRATION_EndUser_Assignment", json!({"maximumDuration": "PT5H30M", "isExpirationRequired": true})),
        rule("Enablement_EndUser_Assignment", json!({"enabledRules": ["justification", "Ticketing", "Fingerprints"]})),
        rule("Approval_EndUser_Assignment", json!({"setting": {"isApprovalRequired": true, "approvalStages": [
            {"primaryApprovers": [{"@odata.type": "#microsoft.graph.singleUser", "userId": "u1"},
                {"@odata.type": "#microsoft.graph.groupMembers", "groupId": "g1", "description": "Board"},
                {"@odata.type": "#microsoft.graph.requestorManager"}]}]}})),
        rule("AuthenticationContext_EndUser_Assignment", json!({"isEnabled": true, "claimValue": "c3"})),
        rule("Notification_Admin_EndUser_Assignment", json!({"notificationLevel": "All"})),
        rule("CustomExtension_EndUser_Assignment", json!({"isEnabled": true, "customExtensionId": "x"})),
        rule("Another_EndUser_Assignment", json!({"isEnabled": false})),
        json!({"@odata.type": "#microsoft.graph.somethingNew"}),
    ]}});
    let assignment: policy::Assignment = serde_json::from_value(policy).expect("json");
    let (role, asked) = assignment.requirements();
    assert_eq!(role, "abc");
    assert_eq!(asked.max_duration, TimeDelta::minutes(330));
    assert!(asked.justification && asked.ticket && asked.approval && asked.known && !asked.mfa);
    assert_eq!(asked.approvers, ["Board"], "an id is no name");
    assert_eq!(asked.authentication_context.as_deref(), Some("c3"));
    assert_eq!(asked.unknown_rules, ["Fingerprints", "CustomExtension_EndUser_Assignment"]);
    for unreadable in [
        json!({"roleDefinitionId": "r"}),
        json!({"roleDefinitionId": "r", "policy": null}),
        json!({"roleDefinitionId": "r", "policy": {"rules": null}}),
    ] {
        let assignment: policy::Assignment = serde_json::from_value(unreadable).expect("json");
        let (_, asked) = assignment.requirements();
        assert!(!asked.known && asked.justification && asked.max_duration == TimeDelta::hours(8));
    }
}

#[test]
fn requests_say_what_the_service_wants_to_be_told() {
    let key = RoleKey {
        kind: Kind::DirectoryRole,
        role_definition_id: "r".into(),
        directory_scope_id: "/administrativeUnits/Ab".into(),
        app_scope_id: None,
    };
    let mut wanted = Activation {
        key: key.clone(),
        principal_id: "p".into(),
        duration: TimeDelta::minutes(90),
        justification: "why".into(),
        ticket: None,
    };
    let now = "2026-11-23T12:00:00.123456Z".parse().expect("a time");
    assert_eq!(
        wire::self_activate(&wanted, now),
        json!({"action": "selfActivate", "principalId": "p", "roleDefinitionId": "r",
            "directoryScopeId": "/administrativeUnits/Ab", "justification": "why", "isValidationOnly": false,
            "scheduleInfo": {"startDateTime": "2026-11-23T12:00:00.123Z",
                "expiration": {"type": "afterDuration", "duration": "PT1H30M"}}})
    );
    wanted.ticket = Some(Ticket { number: "INC1".into(), system: "S".into() });
    assert_eq!(wire::self_activate(&wanted, now)["ticketInfo"], json!({"ticketNumber": "INC1", "ticketSystem": "S"}));
    assert_eq!(
        wire::self_deactivate(&key, "p"),
        json!({"action": "selfDeactivate", "principalId": "p", "roleDefinitionId": "r",
            "directoryScopeId": "/administrativeUnits/Ab"})
    );
}
