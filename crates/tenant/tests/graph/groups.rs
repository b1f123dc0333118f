//! PIM for Groups.

use serde_json::{Value, json};
use tenant::Scenario;
use tenant::scenario::GroupApprovals;

use crate::common::{Answer, Bench, DIRECTORY, Proof, mine};

const GROUPS: &str = "v1.0/identityGovernance/privilegedAccess/group";

fn own(collection: &str) -> String {
    format!("{GROUPS}/{collection}/filterByCurrentUser(on='principal')")
}

fn group(bench: &Bench, name: &str) -> String {
    bench.scenario().groups.iter().find(|group| group.display_name == name).unwrap().id.to_string()
}

fn activation(bench: &Bench, name: &str, access: &str) -> Value {
    json!({
        "accessId": access, "groupId": group(bench, name), "principalId": bench.id("maya"), "action": "selfActivate",
        "justification": "Month end", "ticketInfo": { "ticketNumber": "INC-9", "ticketSystem": null },
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT1H" } },
    })
}

async fn submit(bench: &Bench, body: &Value) -> Answer {
    bench.post("maya", &format!("{GROUPS}/assignmentScheduleRequests"), body).await
}

async fn status(bench: &Bench, id: &str) -> Value {
    bench.get("maya", &format!("{GROUPS}/assignmentScheduleRequests/{id}")).await.body["status"].clone()
}

#[tokio::test]
async fn eligible_groups_with_their_names() {
    let bench = Bench::contoso().await;
    let path = own("eligibilityScheduleInstances");
    let answer = bench.get("maya", &format!("{path}?$expand=group,principal&$top=4")).await;
    assert_eq!(answer.rows().len(), 4);
    let rest = bench.get("maya", answer.body["@odata.nextLink"].as_str().unwrap()).await;
    assert_eq!(rest.rows().len(), 2);
    let first = &answer.rows()[0];
    assert_eq!(first["group"]["displayName"], "Identity Operators");
    assert_eq!((&first["accessId"], &first["memberType"]), (&json!("member"), &json!("direct")));
    let id = first["id"].as_str().unwrap();
    assert!(id.starts_with(&format!("{}_member_", group(&bench, "Identity Operators"))), "{id}");
    assert_eq!(bench.get("maya", &format!("{GROUPS}/eligibilityScheduleInstances/{id}")).await.body["id"], id);
    let owned = bench.get("maya", &format!("{path}?$filter=accessId eq 'owner'")).await;
    assert_eq!(owned.rows().len(), 1);

    let mut scenario = Scenario::contoso();
    scenario.switches.group_names = false;
    let bench = Bench::new(scenario).await;
    let nameless = bench.get("maya", &format!("{path}?$expand=group")).await;
    assert_eq!(nameless.rows()[0]["group"], Value::Null);
    let ids: Vec<String> = nameless.column("groupId").iter().map(|id| format!("'{id}'")).collect();
    let names =
        bench.get("maya", &format!("v1.0/groups?$filter=id in ({})&$select=id,displayName", ids.join(","))).await;
    assert_eq!(names.rows().len(), 5);
}

#[tokio::test]
async fn plain_lists_need_a_filter() {
    let bench = Bench::contoso().await;
    for collection in ["eligibilityScheduleInstances", "assignmentSchedules", "assignmentScheduleRequests"] {
        let path = format!("{GROUPS}/{collection}");
        assert_eq!(bench.get("maya", &path).await.status, 400, "{collection}");
        let filter = format!("{path}?$filter=principalId eq '{}'", bench.id("maya"));
        assert_eq!(bench.get("maya", &filter).await.status, 200, "{collection}");
        let of_group = format!("{path}?$filter=groupId eq '{}'", group(&bench, "Warehouse Dashboards"));
        assert_eq!(bench.get("omar", &of_group).await.status, 200, "{collection}");
    }
}

#[tokio::test]
async fn a_membership_is_provisioned_after_a_while_and_brings_the_group_s_roles() {
    let bench = Bench::contoso().await;
    let active = own("assignmentScheduleInstances");
    let roles = mine("roleAssignmentScheduleInstances", "principal");
    let before = bench.get("maya", &roles).await.rows().len();
    let request = activation(&bench, "Identity Operators", "member");
    let created = submit(&bench, &request).await;
    assert_eq!((created.status, &created.body["status"]), (201, &json!("PendingProvisioning")), "{}", created.body);
    let id = created.body["id"].as_str().unwrap().to_owned();
    let target = format!("{}_member_{id}", group(&bench, "Identity Operators"));
    assert_eq!(created.body["targetScheduleId"], target);
    assert_eq!(bench.get("maya", &active).await.rows().len(), 0);
    assert_eq!(bench.get("maya", &roles).await.rows().len(), before);
    bench.pass("PT8S");
    assert_eq!(status(&bench, &id).await, "Provisioned");
    let row = bench.get("maya", &format!("{active}?$expand=activatedUsing,group")).await.rows()[0].clone();
    assert_eq!((&row["assignmentType"], &row["assignmentScheduleId"]), (&json!("activated"), &json!(target)));
    assert_eq!(row["activatedUsing"]["memberType"], "direct");

    // The roles that the group holds are the member's now, and their principal is the group.
    let held = bench.get("maya", &format!("{roles}?$expand=roleDefinition")).await;
    let names: Vec<_> = held.rows().iter().map(|row| row["roleDefinition"]["displayName"].clone()).collect();
    assert!(names.contains(&json!("Groups Administrator")) && names.contains(&json!("License Administrator")));
    assert_eq!(held.rows().len(), before + 2);
    assert!(bench.tenant.app().active_roles(bench.id("maya").parse().unwrap()).len() > 2);

    let again = submit(&bench, &request).await;
    assert_eq!((again.status, again.code()), (400, "RoleAssignmentExists"));
    assert_eq!(bench.get("maya", &active).await.rows().len(), 1, "a repetition takes nothing away");

    let mut end = json!({ "accessId": "owner", "groupId": request["groupId"], "principalId": request["principalId"],
        "action": "selfDeactivate" });
    assert_eq!(submit(&bench, &end).await.code(), "RoleAssignmentDoesNotExist", "another access");
    end["accessId"] = json!("member");
    assert_eq!(submit(&bench, &end).await.code(), "ActiveDurationTooShort");
    bench.pass("PT5M");
    assert_eq!(submit(&bench, &end).await.body["status"], "Revoked");
    assert_eq!(bench.get("maya", &active).await.rows().len(), 0);
    assert_eq!(bench.get("maya", &roles).await.rows().len(), before);
    let ledger = bench.tenant.app().ledger.entries();
    assert_eq!(ledger[0].details["group"], "Identity Operators");
}

#[tokio::test]
async fn policies_are_obeyed_and_access_must_be_the_eligibility_s() {
    let bench = Bench::contoso().await;
    let mut request = activation(&bench, "Deployment Approvers", "member");
    request["ticketInfo"] = Value::Null;
    let refused = submit(&bench, &request).await;
    assert_eq!(refused.message(), "The following policy rules failed: TicketingRule - Ticket information is required");
    let refused = submit(&bench, &activation(&bench, "Deployment Approvers", "owner")).await;
    assert!(refused.message().contains("EligibilityRule"), "{}", refused.body);
    request["groupId"] = json!("00000000-0000-4000-8000-000000000001");
    assert_eq!(submit(&bench, &request).await.code(), "InvalidRoleAssignmentRequest");
    request["groupId"] = json!(group(&bench, "Compliance Board"));
    assert_eq!(submit(&bench, &request).await.code(), "InvalidRoleAssignmentRequest", "not managed with PIM");
    let context = Proof { context: false, ..Proof::default() };
    let path = format!("{GROUPS}/assignmentScheduleRequests");
    let body = activation(&bench, "Production Operators", "member");
    let refused = bench.call("POST", "maya", &path, &body, &context).await;
    assert_eq!(refused.code(), "RoleAssignmentRequestAcrsValidationFailed");

    let id = group(&bench, "Payroll Readers");
    let filter = format!("scopeId eq '{id}' and scopeType eq 'Group' and roleDefinitionId eq 'member'");
    let path = "v1.0/policies/roleManagementPolicyAssignments";
    let policies = bench.get("maya", &format!("{path}?$filter={filter}&$expand=policy($expand=rules)")).await;
    let row = &policies.rows()[0];
    assert!(row["policyId"].as_str().unwrap().starts_with(&format!("Group_{id}_")));
    assert_eq!(row["policy"]["rules"].as_array().unwrap().len(), 17);
    let policy = row["policyId"].as_str().unwrap();
    let rule = format!("v1.0/policies/roleManagementPolicies/{policy}/rules/Approval_EndUser_Assignment");
    assert_eq!(bench.get("maya", &rule).await.body["setting"]["isApprovalRequired"], true);
    let proof = Proof { scopes: "RoleManagementPolicy.Read.Directory", ..Proof::default() };
    let refused = bench.call("GET", "maya", &format!("{path}?$filter={filter}"), &Value::Null, &proof).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn approvals_have_stages_in_v1_and_steps_in_beta() {
    let bench = Bench::contoso().await;
    for (version, part, approve) in [("v1.0", "stages", true), ("v1.0", "steps", false), ("beta", "steps", true)] {
        let created = submit(&bench, &activation(&bench, "Payroll Readers", "member")).await;
        assert_eq!(created.body["status"], "PendingApproval", "{}", created.body);
        let id = created.body["id"].as_str().unwrap();
        let approvals = format!("{version}/identityGovernance/privilegedAccess/group/assignmentApprovals");
        let waiting = format!("{GROUPS}/assignmentScheduleRequests/filterByCurrentUser(on='approver')");
        let waiting = bench.get("ines", &format!("{waiting}?$filter=status eq 'PendingApproval'&$expand=group")).await;
        assert_eq!(waiting.column("id"), [id]);
        let approval = bench.get("ines", &format!("{approvals}/{id}")).await;
        assert_eq!(approval.body["stages"].is_array(), version == "v1.0");
        let listed = if version == "v1.0" { "stages" } else { "steps" };
        let parts = bench.get("ines", &format!("{approvals}/{id}/{listed}")).await;
        let path = format!("{approvals}/{id}/{part}/{}", parts.column("id")[0]);
        let body = json!({ "reviewResult": if approve { "Approve" } else { "Deny" }, "justification": "As discussed" });
        let decide = async |who: &str| bench.call("PATCH", who, &path, &body, &Proof::default()).await.status;
        assert_eq!(decide("maya").await, 403);
        assert_eq!(decide("ines").await, 204);
        assert_eq!(decide("ines").await, 409);
        bench.pass("PT10S");
        assert_eq!(status(&bench, id).await, if approve { "Provisioned" } else { "Denied" });
        bench.pass("PT6H");
    }
}

#[tokio::test]
async fn v1_may_know_only_one_name_for_the_parts_of_an_approval() {
    for (switch, known, other) in
        [(GroupApprovals::Stages, "stages", "steps"), (GroupApprovals::Steps, "steps", "stages")]
    {
        let mut scenario = Scenario::contoso();
        scenario.switches.group_approvals = switch;
        let bench = Bench::new(scenario).await;
        let created = submit(&bench, &activation(&bench, "Payroll Readers", "member")).await;
        let id = created.body["id"].as_str().unwrap();
        let approvals = "identityGovernance/privilegedAccess/group/assignmentApprovals";
        // What an approval shows does not depend on it.
        let shown = bench.get("ines", &format!("v1.0/{approvals}/{id}?$expand=stages")).await;
        let part = shown.body["stages"][0]["id"].as_str().unwrap();
        let body = json!({ "reviewResult": "Approve", "justification": "As discussed" });
        let decide = async |path: String| bench.call("PATCH", "ines", &path, &body, &Proof::default()).await;
        let refused = decide(format!("v1.0/{approvals}/{id}/{other}/{part}")).await;
        assert_eq!((refused.status, refused.code()), (400, "BadRequest"), "{}", refused.body);
        assert!(refused.body["error"]["message"].as_str().unwrap().contains(&format!("segment '{other}'")));
        assert_eq!(bench.get("ines", &format!("v1.0/{approvals}/{id}/{other}")).await.status, 400);
        assert_eq!(status(&bench, id).await, "PendingApproval", "nothing was decided");
        assert_eq!(bench.get("ines", &format!("beta/{approvals}/{id}/steps/{part}")).await.status, 200);
        assert_eq!(decide(format!("v1.0/{approvals}/{id}/{known}/{part}")).await.status, 204);
    }
}

#[tokio::test]
async fn the_last_owner_stays() {
    let mut scenario = Scenario::contoso();
    for group in &mut scenario.groups {
        group.owners.clear();
    }
    let bench = Bench::new(scenario).await;
    assert_eq!(submit(&bench, &activation(&bench, "Warehouse Dashboards", "owner")).await.status, 201);
    bench.pass("PT6M");
    let end = json!({ "accessId": "owner", "groupId": group(&bench, "Warehouse Dashboards"),
        "principalId": bench.id("maya"), "action": "selfDeactivate" });
    assert_eq!(submit(&bench, &end).await.code(), "CannotDeleteLastAdminAssignment");
}

#[tokio::test]
async fn scheduled_withdrawn_extended() {
    let bench = Bench::contoso().await;
    let mut later = activation(&bench, "Identity Operators", "member");
    later["scheduleInfo"]["startDateTime"] =
        json!((bench.tenant.app().clock.now() + chrono::TimeDelta::hours(2)).to_rfc3339());
    let created = submit(&bench, &later).await;
    assert_eq!(created.body["status"], "Granted", "{}", created.body);
    let cancel = format!("{GROUPS}/assignmentScheduleRequests/{}/cancel", created.body["id"].as_str().unwrap());
    assert_eq!(bench.post("maya", &cancel, &Value::Null).await.status, 204);

    let extend = json!({ "accessId": "member", "groupId": group(&bench, "Production Operators"),
        "principalId": bench.id("maya"), "action": "selfExtend", "justification": "Still in the team",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P90D" } } });
    let path = format!("{GROUPS}/eligibilityScheduleRequests");
    let asked = bench.post("maya", &path, &extend).await;
    assert_eq!((asked.status, &asked.body["status"]), (201, &json!("PendingAdminDecision")), "{}", asked.body);
    assert_eq!(bench.post("maya", &path, &extend).await.code(), "PendingRoleAssignmentRequest");
    // An owner of the group decides, in the portal.
    let mut given = extend.clone();
    given["action"] = json!("adminExtend");
    assert_eq!(bench.post("omar", &path, &given).await.status, 201);
    let listed = bench.get("maya", &format!("{path}/{}", asked.body["id"].as_str().unwrap())).await;
    assert_eq!(listed.body["status"], "AdminApproved");
    assert_eq!(
        bench
            .get("maya", &format!("{DIRECTORY}/roleEligibilityScheduleRequests/{}", asked.body["id"].as_str().unwrap()))
            .await
            .status,
        403
    );
}
