//! Who holds what, and when it works: role assignments, and membership as the directory sees it.

use serde_json::{Value, json};
use tenant::Scenario;

use crate::common::{Bench, DIRECTORY, Proof};

fn group(bench: &Bench, name: &str) -> String {
    bench.scenario().groups.iter().find(|group| group.display_name == name).unwrap().id.to_string()
}

fn assignments(bench: &Bench, of: &str) -> String {
    format!("{DIRECTORY}/roleAssignments?$filter=principalId eq '{}'", group(bench, of))
}

fn reader() -> Proof {
    Proof { scopes: "RoleManagement.Read.Directory", ..Proof::default() }
}

#[tokio::test]
async fn members_read_who_holds_which_role() {
    let bench = Bench::contoso().await;
    let path = assignments(&bench, "Identity Operators");
    let named = bench.call("GET", "maya", &format!("{path}&$expand=roleDefinition"), &Value::Null, &reader()).await;
    let names: Vec<_> = named.rows().iter().map(|row| row["roleDefinition"]["displayName"].clone()).collect();
    assert_eq!(names, ["Groups Administrator", "License Administrator"]);
    let ids = named.column("id");
    assert_ne!(ids[0], ids[1]);
    let two = format!("{path}&$expand=roleDefinition,principal");
    assert_eq!(bench.call("GET", "maya", &two, &Value::Null, &reader()).await.status, 400, "one at a time");
    let without = Proof { scopes: "User.Read", ..Proof::default() };
    let refused = bench.call("GET", "maya", &path, &Value::Null, &without).await;
    assert_eq!((refused.status, refused.code()), (403, "Authorization_RequestDenied"));
}

#[tokio::test]
async fn where_members_may_not_administrators_still_may() {
    let mut scenario = Scenario::contoso();
    scenario.switches.members_read_roles = false;
    let bench = Bench::new(scenario).await;
    let path = assignments(&bench, "Identity Operators");
    assert_eq!(bench.call("GET", "maya", &path, &Value::Null, &reader()).await.status, 403);
    assert_eq!(bench.call("GET", "omar", &path, &Value::Null, &reader()).await.rows().len(), 2);
}

#[tokio::test]
async fn a_membership_takes_effect_some_time_after_it_is_provisioned() {
    let bench = Bench::contoso().await;
    let payroll = group(&bench, "Payroll Readers");
    let check = async || {
        let body = json!({ "groupIds": [payroll, group(&bench, "Identity Operators"), "nonsense"] });
        let answer = bench.post("maya", "v1.0/me/checkMemberGroups", &body).await;
        answer.rows().iter().map(|id| id.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(check().await.is_empty());
    let request = json!({
        "action": "selfActivate", "accessId": "member", "groupId": payroll, "principalId": bench.id("maya"),
        "justification": "Month end", "ticketInfo": { "ticketNumber": "INC-1", "ticketSystem": "ServiceNow" },
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT1H" } },
    });
    let path = "v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";
    assert_eq!(bench.post("maya", path, &request).await.status, 201);
    bench.pass("PT9S");
    assert!(check().await.is_empty(), "provisioned, not effective");
    bench.pass("PT2S");
    assert_eq!(check().await, [payroll.as_str()]);
    let many: Vec<_> = (0..21).map(|_| &payroll).collect();
    assert_eq!(bench.post("maya", "v1.0/me/checkMemberGroups", &json!({ "groupIds": many })).await.status, 400);
}

#[tokio::test]
async fn a_role_is_in_new_tokens_once_it_takes_effect() {
    let bench = Bench::contoso().await;
    let wids = || bench.tenant.app().active_roles(bench.id("maya").parse().unwrap()).len();
    let before = wids();
    let path = crate::common::requests();
    assert_eq!(bench.post("maya", &path, &bench.activation("Global Reader")).await.status, 201);
    assert_eq!(wids(), before);
    bench.pass("PT2S");
    assert_eq!(wids(), before + 1);
}
