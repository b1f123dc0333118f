//! What Azure sends and is sent.

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::model::{
    Action, Activation, Condition, Deactivation, Extension, MemberType, RequestStatus, ScopeType, Ticket,
};

const SCOPE: &str = "/subscriptions/5a/resourceGroups/web";
const ROLE: &str = "/subscriptions/5a/providers/Microsoft.Authorization/roleDefinitions/b2";

#[allow(clippy::needless_pass_by_value, reason = "JSON, written in place")]
fn row(properties: Value) -> Row {
    let name = "c9e264ff-3133-4776-a81a-ebc7c33c8ec6";
    let id = format!("{SCOPE}/providers/Microsoft.Authorization/RoleEligibilityScheduleInstances/{name}");
    serde_json::from_value(json!({"id": id, "name": name, "type": "x", "properties": properties})).expect("a row")
}

#[test]
fn an_eligibility_is_told_with_names_scope_and_what_must_be_sent_back() {
    let row = row(json!({"scope": SCOPE, "roleDefinitionId": ROLE, "principalId": "g", "principalType": "Group",
        "status": "Provisioned", "memberType": "group", "startDateTime": "2026-10-09T18:35:29.0231234+00:00",
        "roleEligibilityScheduleId": "/x/roleEligibilitySchedules/s", "condition": "@Resource", "conditionVersion": "2.0",
        "endDateTime": null, "novel": {"deep": [1]},
        "expandedProperties": {"principal": {"id": "g", "displayName": "Operators", "type": "Group"},
            "roleDefinition": {"id": ROLE, "displayName": "Rea\u{202e}der", "type": "BuiltInRole"},
            "scope": {"id": SCOPE, "displayName": "web", "type": "resourcegroup"}}}));
    let mut names: Names = [("/subscriptions/5a".into(), "Production".into())].into();
    row.learn(&mut names);
    let read = row.eligibility("me", &names).expect("a role");
    assert_eq!(read.key, RoleKey::azure(ROLE, SCOPE));
    assert_eq!((read.role_name.as_str(), read.scope_name.as_deref()), ("Reader", Some("web")));
    assert_eq!((read.principal_id.as_str(), read.through.as_deref()), ("me", Some("Operators")));
    assert_eq!((read.member_type, read.scope_type), (MemberType::Group, Some(ScopeType::ResourceGroup)));
    let path: Vec<&str> = read.scope_path.iter().map(|scope| scope.name.as_str()).collect();
    assert_eq!(path, ["Production", "web"]);
    assert_eq!(read.schedule_id.as_deref(), Some("/x/roleEligibilitySchedules/s"));
    let condition = Condition { expression: "@Resource".into(), version: Some("2.0".into()) };
    assert_eq!(read.condition, Some(condition));
}

#[test]
fn rows_without_names_or_without_a_place_are_borne() {
    let bare = row(json!({"scope": SCOPE, "roleDefinitionId": ROLE}));
    let read = bare.assignment("me", &Names::new()).expect("a role");
    assert_eq!((read.role_name.as_str(), read.scope_name.as_deref()), ("b2", Some("web")));
    assert!(!read.activated && read.end.is_none());
    let through_the_expanded = row(json!({"roleDefinitionId": ROLE, "expandedProperties": {"scope": {"id": SCOPE}}}));
    assert!(through_the_expanded.key().is_some());
    for nowhere in [
        json!({"scope": SCOPE}),
        json!({"roleDefinitionId": ROLE}),
        json!({"scope": "/a/../b", "roleDefinitionId": ROLE}),
    ] {
        assert_eq!(row(nowhere).key(), None);
    }
}

#[test]
fn requests_are_named_alike_whatever_their_case() {
    let properties = json!({"scope": SCOPE, "roleDefinitionId": ROLE, "requestType": "SelfActivate", "status": "Provisioned",
        "scheduleInfo": {"startDateTime": "2026-10-09T18:30:12.9751944+00:00", "expiration": {"type": "AfterDuration", "duration": "PT1H"}},
        "ticketInfo": {}, "requestorId": "me", "createdOn": "2026-10-09T18:30:12Z"});
    let request = row(properties).activation_request(None).expect("a request");
    let name = Uuid::parse_str("c9e264ff-3133-4776-a81a-ebc7c33c8ec6").expect("a name");
    assert_eq!(request.id, AzureRoles::request_id(&request.key, name));
    assert_eq!((request.action, request.status), (Action::SelfActivate, RequestStatus::Provisioned));
    assert_eq!(request.end.zip(request.start).map(|(end, start)| end - start), Some(TimeDelta::hours(1)));
    assert_eq!((request.ticket, request.requestor_id.as_deref()), (None, Some("me")));
    let admins = row(json!({"scope": SCOPE, "roleDefinitionId": ROLE, "requestType": "AdminAssign"}));
    assert_eq!(admins.activation_request(None).map(|request| request.action.is_own()), Some(false));
}

#[test]
fn a_request_says_what_azure_wants_to_be_told() {
    let mut wanted = Activation::new(RoleKey::azure(ROLE, SCOPE), "me", TimeDelta::minutes(90), "why");
    let body = json!({"properties": {"principalId": "me", "roleDefinitionId": ROLE, "requestType": "SelfActivate",
        "justification": "why", "scheduleInfo": {"expiration": {"type": "AfterDuration", "duration": "PT1H30M"}}}});
    assert_eq!(wire::self_activate(&wanted), body);
    assert_eq!(wire::self_activate(&wanted), wire::self_activate(&wanted.clone()), "word for word, however often");
    wanted.start = Some("2026-11-23T18:00:00Z".parse().expect("a time"));
    wanted.ticket = Some(Ticket { number: "INC1".into(), system: "S".into() });
    wanted.eligibility_schedule_id = Some("/x/s".into());
    wanted.condition = Some(Condition { expression: "@R".into(), version: Some("2.0".into()) });
    let properties = &wire::self_activate(&wanted)["properties"];
    assert_eq!(properties["scheduleInfo"]["startDateTime"], "2026-11-23T18:00:00.000Z");
    assert_eq!(properties["ticketInfo"], json!({"ticketNumber": "INC1", "ticketSystem": "S"}));
    assert_eq!(properties["linkedRoleEligibilityScheduleId"], "/x/s");
    assert_eq!((&properties["condition"], &properties["conditionVersion"]), (&json!("@R"), &json!("2.0")));
    assert_eq!(
        wire::self_deactivate(&Deactivation::new(wanted.key.clone(), "me")),
        json!({"properties": {"principalId": "me", "roleDefinitionId": ROLE, "requestType": "SelfDeactivate"}})
    );
    let end = "2027-01-01T00:00:00Z".parse().expect("a time");
    let extension = Extension {
        key: wanted.key,
        principal_id: "me".into(),
        renew: true,
        eligibility: true,
        start: None,
        end,
        justification: "longer".into(),
        request_id: None,
    };
    let properties = &wire::self_extend(&extension, chrono::DateTime::<Utc>::UNIX_EPOCH)["properties"];
    assert_eq!(properties["requestType"], "SelfRenew");
    let expiration = json!({"type": "AfterDateTime", "endDateTime": "2027-01-01T00:00:00.000Z"});
    assert_eq!(properties["scheduleInfo"]["expiration"], expiration);
}

#[test]
fn a_policy_is_recognised_by_the_end_of_its_roles_id() {
    let policy: Envelope<Policy> = serde_json::from_value(json!({"properties": {
        "roleDefinitionId": "/subscriptions/other/providers/Microsoft.Authorization/roleDefinitions/B2", "effectiveRules": [
            {"id": "Expiration_EndUser_Assignment", "ruleType": "RoleManagementPolicyExpirationRule", "maximumDuration": "PT7H"},
            {"id": "Approval_EndUser_Assignment", "setting": {"isApprovalRequired": true, "approvalStages": [
                {"approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true, "primaryApprovers": [
                    {"id": "2385b0f3", "description": "amansw_new_group", "isBackup": false, "userType": "Group"}]}]}}]}}))
    .expect("a policy");
    assert!(policy.is_about(ROLE) && !policy.is_about("/x/roleDefinitions/c3"));
    let asked = policy.requirements();
    assert!(asked.known && asked.approval && asked.decision_justified && !asked.justification);
    assert_eq!((asked.max_duration, asked.approval_days), (TimeDelta::hours(7), Some(1)));
    assert_eq!(asked.approvers, ["amansw_new_group"]);
    assert_eq!((asked.deciders[0].id.as_deref(), asked.deciders[0].subject.as_str()), (Some("2385b0f3"), "Group"));
}
