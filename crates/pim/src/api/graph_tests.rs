//! The wire structs against Microsoft's published examples, and against what the service may send besides.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{schedules::PolicyAssignment, wire};
use crate::model::{Action, Activation, Deactivation, MemberType, RequestStatus, RoleKey, Ticket};

#[test]
fn rows_of_every_shape_are_read() {
    let instance = |row: Value| serde_json::from_value::<wire::Row>(row).map(|instance| instance.eligibility("me"));
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
    assert_eq!((read.key.scope_id.as_str(), read.role_name.as_str(), read.scope_name), ("/", "r", None));
    let app = json!({"id": "i", "principalId": "p", "roleDefinitionId": "r", "appScopeId": "/Apps/1"});
    let read = instance(app).expect("json").expect("a role");
    assert_eq!((read.key.scope_id.as_str(), read.scope_name.as_deref()), ("", Some("/Apps/1")));
}

#[test]
fn statuses_of_the_vocabulary_are_told_apart() {
    let status = |text: &str| {
        let request = json!({"id": "1", "status": text, "action": "SelfActivate", "roleDefinitionId": "r",
            "scheduleInfo": {"startDateTime": "2026-11-23T10:00:00Z", "expiration": {"type": "AfterDuration", "duration": "PT1H30M"}}});
        let request: wire::Row = serde_json::from_value(request).expect("json");
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
    let assignment: PolicyAssignment = serde_json::from_value(policy).expect("json");
    let (role, asked) = assignment.requirements();
    assert_eq!(role, "ABC");
    assert_eq!(asked.max_duration, TimeDelta::minutes(330));
    assert!(asked.justification && asked.ticket && asked.approval && asked.known && !asked.mfa);
    assert_eq!(asked.approvers, ["Board"], "an id is no name");
    assert_eq!(asked.authentication_context.as_deref(), Some("c3"));
    assert_eq!(asked.unknown_rules, ["Fingerprints", "CustomExtension_EndUser_Assignment"]);
    assert_eq!(asked.approval_days, None);
    for unreadable in [
        json!({"roleDefinitionId": "r"}),
        json!({"roleDefinitionId": "r", "policy": null}),
        json!({"roleDefinitionId": "r", "policy": {"rules": null}}),
    ] {
        let assignment: PolicyAssignment = serde_json::from_value(unreadable).expect("json");
        let (_, asked) = assignment.requirements();
        assert!(!asked.known && asked.justification && asked.max_duration == TimeDelta::hours(8));
    }
}

#[test]
fn a_rule_by_another_name_or_in_another_shape_is_obeyed_or_said() {
    let mine = json!({"caller": "EndUser", "operations": ["all"], "level": "Assignment"});
    let others = json!({"caller": "Admin", "operations": ["all"], "level": "Assignment"});
    let policy = json!({"roleDefinitionId": "r", "policy": {"rules": [
        {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule", "id": "Longest", "target": mine,
            "maximumDuration": "PT2H"},
        {"ruleType": "RoleManagementPolicyEnablementRule", "id": "Asks", "target": mine, "enabledRules": ["Ticketing"]},
        {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule", "id": "Others", "target": others,
            "enabledRules": ["MultiFactorAuthentication"]},
        {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyNotificationRule", "id": "Mail", "target": mine},
        {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyMoonRule", "id": "", "target": mine},
        {"id": "Approval_EndUser_Assignment", "setting": "somebody"},
        {"id": "Enablement_EndUser_Assignment", "target": "everybody", "enabledRules": ["Justification"]},
        "no rule at all",
    ]}});
    let assignment: PolicyAssignment = serde_json::from_value(policy).expect("json");
    let asked = assignment.requirements().1;
    assert_eq!(asked.max_duration, TimeDelta::hours(2));
    assert!(asked.ticket && asked.justification && !asked.mfa && !asked.approval);
    let said = ["#microsoft.graph.unifiedRoleManagementPolicyMoonRule", "Approval_EndUser_Assignment"];
    assert_eq!(asked.unknown_rules, said);
}

#[test]
fn absurd_durations_of_a_policy_fall_back_to_the_documented_one() {
    for (text, minutes) in [
        ("PT0S", 0),
        ("P365D", 365 * 24 * 60),
        ("-PT8H", 480),
        ("P99999999999999999999D", 480),
        ("PT9223372036854775807S", 480),
        ("eight hours", 480),
        ("5:30:00", 480),
        ("", 480),
    ] {
        let rule = json!({"id": "Expiration_EndUser_Assignment", "maximumDuration": text});
        let policy = json!({"roleDefinitionId": "r", "policy": {"rules": [rule]}});
        let assignment: PolicyAssignment = serde_json::from_value(policy).expect("json");
        let asked = assignment.requirements().1;
        assert_eq!(asked.max_duration, TimeDelta::minutes(minutes), "{text}");
        let said: &[&str] = if minutes == 480 { &["Expiration_EndUser_Assignment"] } else { &[] };
        assert_eq!(asked.unknown_rules, said, "{text}: another one holds, and that is said");
    }
}

#[test]
fn requests_say_what_the_service_wants_to_be_told() {
    let key = RoleKey::directory("r", "/administrativeUnits/Ab");
    let mut wanted = Activation::new(key.clone(), "p", TimeDelta::minutes(90), "why");
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
        wire::self_deactivate(&Deactivation::new(key, "p")),
        json!({"action": "selfDeactivate", "principalId": "p", "roleDefinitionId": "r",
            "directoryScopeId": "/administrativeUnits/Ab"})
    );
}
