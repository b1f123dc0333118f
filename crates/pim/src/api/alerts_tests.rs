use serde_json::json;

use super::*;

fn found(value: Value) -> Option<Incident> {
    serde_json::from_value(value).ok().and_then(incident)
}

/// Published with "Get unifiedRoleManagementAlertIncident" and "Alert Incidents - Get".
#[test]
fn findings_of_both_services_are_read() {
    let outside = found(json!({
        "@odata.type": "#microsoft.graph.rolesAssignedOutsidePrivilegedIdentityManagementAlertIncident", "id": "2a1d8a56",
        "roleTemplateId": "62e90394", "roleDisplayName": "Global Administrator", "roleDefinitionId": "62e90394",
        "assigneeId": "7e64b8a3", "assigneeDisplayName": "\u{202e}Eve\u{0}", "assigneeUserPrincipalName": "eve@contoso.com",
        "assignmentCreatedDateTime": "2022-06-30T00:00:00Z", "activationCount": 3, "odd": { "a": 1 }, "none": null,
    }));
    let outside = outside.expect("read");
    let person = outside.person.expect("somebody");
    assert_eq!((person.name.as_deref(), person.username.as_deref()), (Some("Eve"), Some("eve@contoso.com")));
    assert_eq!((outside.role.as_deref(), outside.role_id.as_deref()), (Some("Global Administrator"), Some("62e90394")));
    assert_eq!(
        outside.details,
        [("activationCount".into(), "3".into()), ("assignmentCreatedDateTime".into(), "2022-06-30T00:00:00Z".into())]
    );
    let owner = found(json!({
        "properties": { "alertIncidentType": "TooManyOwnersAssignedToResourceAlertIncident", "assigneeName": "test-user",
                        "assigneeType": "ServicePrincipal" },
        "name": "5cf9ee65", "id": "/subscriptions/afa2a084/alertIncidents/5cf9ee65", "type": "Microsoft.Authorization/x",
    }));
    let owner = owner.expect("read");
    assert_eq!((owner.id.as_str(), owner.role), ("5cf9ee65", None));
    assert!(owner.person.is_some_and(|person| person.app && person.name.as_deref() == Some("test-user")));
    for odd in [json!({}), json!({ "id": 4 }), json!([])] {
        assert_eq!(found(odd), None);
    }
}

#[test]
fn what_an_alert_leaves_out_is_not_made_up() {
    let row: Row = serde_json::from_value(json!({ "id": "x" })).expect("read");
    let alert = row.alert("x".into(), "NewAlert", None);
    assert_eq!((alert.name.as_str(), alert.severity.word(), alert.active), ("NewAlert", "unknown", false));
    assert_eq!((alert.count, alert.enabled, alert.mitigation), (0, None, None));
    let azure: Row = serde_json::from_value(json!({
        "isActive": true, "incidentCount": 4, "lastScannedDateTime": "2022-04-06T18:25:00.38+00:00",
        "alertDefinition": { "name": "x", "properties": { "displayName": "Too many", "severityLevel": "Medium",
                             "mitigationSteps": "Reduce." } },
        "alertConfiguration": { "properties": { "isEnabled": false } }, "alertIncidents": null,
    }))
    .expect("read");
    let alert = azure.alert("y".into(), "TooManyOwnersAssignedToResource", Some("/subscriptions/a".into()));
    assert_eq!((alert.name.as_str(), &alert.severity, alert.enabled), ("Too many", &Severity::Medium, Some(false)));
    assert_eq!((alert.count, alert.mitigation.as_deref()), (4, Some("Reduce.")));
}

#[test]
fn where_a_scan_is_told_of_is_an_id_not_an_address_to_follow() {
    let answer = |location: Option<&str>| {
        let mut headers = reqwest::header::HeaderMap::new();
        if let Some(location) = location {
            headers.insert(LOCATION, location.parse().expect("a header"));
        }
        operation(&Answer { status: reqwest::StatusCode::ACCEPTED, headers, body: Vec::new() })
    };
    assert_eq!(answer(Some("https://elsewhere.example/a/operations/0b6d?api-version=1")).as_deref(), Some("0b6d"));
    assert_eq!(answer(Some("operations/0b6d/")).as_deref(), Some("0b6d"));
    assert_eq!(answer(None), None);
}
