//! Activating and deactivating over HTTP.

use serde_json::{Value, json};
use tenant::Scenario;
use tenant::scenario::Casing;

use crate::common::{Bench, DIRECTORY, mine, requests};

#[tokio::test]
async fn from_activation_to_expiry() {
    let bench = Bench::contoso().await;
    let created = bench.post("maya", &requests(), &bench.activation("Exchange Administrator")).await;
    assert_eq!(created.status, 201, "{}", created.body);
    let request = &created.body;
    assert_eq!(request["status"], "Provisioned");
    assert_eq!((&request["action"], &request["targetScheduleId"]), (&json!("selfActivate"), &request["id"]));
    assert_eq!(
        request["scheduleInfo"]["expiration"],
        json!({"type": "afterDuration", "endDateTime": null, "duration": "PT1H"})
    );
    assert_eq!(request["ticketInfo"]["ticketNumber"], "INC-4711");

    let active = mine("roleAssignmentScheduleInstances", "principal");
    let filter = "?$expand=activatedUsing,roleDefinition&$filter=assignmentType eq 'Activated'";
    let rows = bench.get("maya", &format!("{active}{filter}")).await;
    let row = &rows.rows()[0];
    assert_eq!(row["roleDefinition"]["displayName"], "Exchange Administrator");
    assert_eq!(row["activatedUsing"]["memberType"], "Direct");
    assert_eq!(row["roleAssignmentScheduleId"], request["id"]);
    let start: chrono::DateTime<chrono::Utc> = row["startDateTime"].as_str().unwrap().parse().unwrap();
    let end: chrono::DateTime<chrono::Utc> = row["endDateTime"].as_str().unwrap().parse().unwrap();
    assert_eq!((end - start).num_minutes(), 60);

    let list = bench
        .get(
            "maya",
            &format!(
                "{}?$expand=targetSchedule,principal,activatedUsing",
                mine("roleAssignmentScheduleRequests", "principal")
            ),
        )
        .await;
    let listed = list.rows().iter().find(|row| row["id"] == request["id"]).unwrap();
    assert_eq!(listed["targetSchedule"]["status"], "Provisioned");
    assert_eq!(listed["principal"]["userPrincipalName"], "maya@contoso.example");
    let one = bench.get("maya", &format!("{}/{}", requests(), request["id"].as_str().unwrap())).await;
    assert_eq!(one.body["status"], "Provisioned");
    let schedule =
        bench.get("maya", &format!("{DIRECTORY}/roleAssignmentSchedules/{}", request["id"].as_str().unwrap())).await;
    assert_eq!(schedule.body["assignmentType"], "Activated");

    bench.pass("PT1H");
    assert_eq!(bench.get("maya", &format!("{active}{filter}")).await.rows().len(), 0);
    let ledger = bench.tenant.app().ledger.entries();
    let events: Vec<_> = ledger.iter().map(|entry| entry.event.as_str()).collect();
    assert_eq!(events, ["selfActivate", "expired"]);
    assert_eq!(ledger[0].details["justification"], "Warehouse scanners are offline");
    assert_eq!(ledger[0].details["requestId"], request["id"]);
}

#[tokio::test]
async fn deactivation_answers_revoked() {
    let bench = Bench::contoso().await;
    bench.post("maya", &requests(), &bench.activation("User Administrator")).await;
    let early = bench.post("maya", &requests(), &bench.deactivation("User Administrator")).await;
    assert_eq!((early.status, early.code()), (400, "ActiveDurationTooShort"));
    assert_eq!(early.message(), "The Active duration is too short. Miniumum Required is 5 minutes.");
    bench.pass("PT5M");
    let ended = bench.post("maya", &requests(), &bench.deactivation("User Administrator")).await;
    assert_eq!((ended.status, &ended.body["status"]), (201, &json!("Revoked")));
    let again = bench.post("maya", &requests(), &bench.deactivation("User Administrator")).await;
    assert_eq!(again.code(), "RoleAssignmentDoesNotExist");
}

#[tokio::test]
async fn scheduled_and_withdrawn() {
    let bench = Bench::contoso().await;
    let mut activation = bench.activation("User Administrator");
    let start = (bench.tenant.app().clock.now() + chrono::TimeDelta::hours(2)).to_rfc3339();
    activation["scheduleInfo"]["startDateTime"] = json!(start);
    let created = bench.post("maya", &requests(), &activation).await;
    assert_eq!((created.status, &created.body["status"]), (201, &json!("Granted")));
    let now = bench.post("maya", &requests(), &bench.activation("User Administrator")).await;
    assert_eq!(now.code(), "PendingRoleAssignmentRequest");
    assert_eq!(bench.post("maya", &requests(), &activation).await.code(), "OverlapsPendingRoleAssignmentRequests");

    let cancel = format!("{}/{}/cancel", requests(), created.body["id"].as_str().unwrap());
    assert_eq!(bench.post("ines", &cancel, &Value::Null).await.status, 403);
    let cancelled = bench.post("maya", &cancel, &Value::Null).await;
    assert_eq!((cancelled.status, cancelled.body), (204, Value::Null));
    assert_eq!(bench.post("maya", &cancel, &Value::Null).await.code(), "InvalidRoleAssignmentRequest");
    assert_eq!(bench.post("maya", &format!("{}/x/cancel", requests()), &Value::Null).await.status, 404);
    let schedules = bench.get("maya", &mine("roleAssignmentSchedules", "principal")).await;
    assert!(schedules.column("assignmentType").iter().all(|kind| *kind == "Assigned"));
}

#[tokio::test]
async fn a_rehearsal_leaves_nothing_behind() {
    let bench = Bench::contoso().await;
    let mut rehearsal = bench.activation("User Administrator");
    rehearsal["isValidationOnly"] = json!(true);
    let answer = bench.post("maya", &requests(), &rehearsal).await;
    assert_eq!((answer.status, &answer.body["isValidationOnly"]), (201, &json!(true)));
    assert_eq!(bench.get("maya", &mine("roleAssignmentScheduleRequests", "principal")).await.rows().len(), 0);
    rehearsal["justification"] = Value::Null;
    assert_eq!(bench.post("maya", &requests(), &rehearsal).await.status, 400);
}

#[tokio::test]
async fn administrators_assign_over_both_collections() {
    let bench = Bench::contoso().await;
    let proof = crate::common::Proof {
        scopes: "RoleEligibilitySchedule.ReadWrite.Directory RoleAssignmentSchedule.ReadWrite.Directory",
        ..crate::common::Proof::default()
    };
    let assign = json!({
        "action": "adminAssign", "justification": "New in the team", "principalId": bench.id("tomasz"),
        "roleDefinitionId": bench.role("Groups Administrator"), "directoryScopeId": "/",
        "scheduleInfo": { "startDateTime": "2022-04-10T00:00:00Z", "expiration": { "type": "NoExpiration" } },
    });
    for collection in ["roleEligibilityScheduleRequests", "roleAssignmentScheduleRequests"] {
        let path = format!("{DIRECTORY}/{collection}");
        assert_eq!(bench.call("POST", "maya", &path, &assign, &proof).await.status, 403);
        let created = bench.call("POST", "omar", &path, &assign, &proof).await;
        assert_eq!((created.status, &created.body["status"]), (201, &json!("Provisioned")), "{}", created.body);
        let mut remove = assign.clone();
        remove["action"] = json!("adminRemove");
        remove["scheduleInfo"] = Value::Null;
        let removed = bench.call("POST", "omar", &path, &remove, &proof).await;
        assert_eq!((removed.status, &removed.body["status"]), (201, &json!("Revoked")));
    }
}

#[tokio::test]
async fn enumerations_can_come_in_another_case() {
    let mut scenario = Scenario::contoso();
    scenario.switches.casing = Casing::Pascal;
    let bench = Bench::new(scenario).await;
    let created = bench.post("maya", &requests(), &bench.activation("User Administrator")).await;
    assert_eq!(created.body["action"], "SelfActivate");
    assert_eq!(created.body["scheduleInfo"]["expiration"]["type"], "AfterDuration");
}
