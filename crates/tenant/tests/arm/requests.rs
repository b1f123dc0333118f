//! Activating, deactivating, approving, and the policies.

use serde_json::{Value, json};
use tenant::Scenario;
use tenant::scenario::{AzureDecided, AzureDecisions, AzureRepeat};

use crate::common::{Answer, Bench, CONNECTIVITY, DEVELOPMENT, PIM, PRODUCTION, Proof, STRONG, WAREHOUSES, path};

const SANDBOX: &str = "subscriptions/61d4c3b2-a8f7-4e09-93c5-8e7b6f5a4d03/resourceGroups/rg-sandbox";

async fn active(bench: &Bench, scope: &str) -> Vec<(String, String)> {
    let listed = bench.mine("maya", scope, "roleAssignmentScheduleInstances").await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let kinds = listed.rows().iter().map(|row| text(&row["properties"]["assignmentType"]));
    listed.names().into_iter().zip(kinds).filter(|(name, _)| !name.starts_with("Monitoring")).collect()
}

#[tokio::test]
async fn an_activation_from_its_beginning_to_its_ghost() {
    let bench = Bench::contoso().await;
    let created = bench.put(WAREHOUSES, 1, &bench.request("SelfActivate", "Contributor")).await;
    assert_eq!(
        (created.status, &created.body["properties"]["status"]),
        (201, &json!("Provisioned")),
        "{}",
        created.body
    );
    let properties = &created.body["properties"];
    assert_eq!(properties["requestType"], "SelfActivate");
    assert!(properties["scheduleInfo"]["startDateTime"].as_str().unwrap().ends_with("+00:00"));
    assert!(properties["scheduleInfo"]["expiration"].get("endDateTime").is_none());
    let target = properties["targetRoleAssignmentScheduleId"].as_str().unwrap();
    assert!(target.ends_with(created.body["name"].as_str().unwrap()), "{target}");
    assert!(properties["linkedRoleEligibilityScheduleId"].as_str().unwrap().contains("/roleEligibilitySchedules/"));
    assert_eq!(created.headers["x-ms-ratelimit-remaining-subscription-writes"], "199");
    let listed = bench.mine("maya", "", "roleAssignmentScheduleInstances").await;
    let row = listed.rows().iter().find(|row| row["properties"]["assignmentType"] == "Activated").unwrap();
    assert!(row["properties"]["linkedRoleEligibilityScheduleInstanceId"].is_string());
    assert_eq!(row["properties"]["roleAssignmentScheduleId"], target);

    // The same PUT again is the same request; another is refused.
    let again = bench.put(WAREHOUSES, 1, &bench.request("SelfActivate", "Contributor")).await;
    assert_eq!((again.status, &again.body["name"]), (201, &created.body["name"]));
    assert_eq!(bench.put(WAREHOUSES, 1, &bench.request("SelfActivate", "Reader")).await.code(), "RoleAssignmentExists");
    let another = bench.put(WAREHOUSES, 2, &bench.request("SelfActivate", "Contributor")).await;
    assert_eq!((another.status, another.code()), (400, "RoleAssignmentExists"));

    let end = bench.request("SelfDeactivate", "Contributor");
    bench.pass("PT44S");
    assert_eq!(bench.put(WAREHOUSES, 3, &end).await.code(), "RoleAssignmentDoesNotExist", "not yet");
    bench.pass("PT48S");
    let early = bench.put(WAREHOUSES, 4, &end).await;
    assert_eq!(early.message(), "The Active duration is too short. Miniumum Required is 5 minutes.");
    bench.pass("PT5M");
    let ended = bench.put(WAREHOUSES, 5, &end).await;
    assert_eq!((ended.status, &ended.body["properties"]["status"]), (201, &json!("Revoked")), "{}", ended.body);
    assert!(ended.body["properties"].get("scheduleInfo").is_none());
    let ghost = ("Contributor at Warehouse Systems".to_owned(), "Assigned".to_owned());
    assert_eq!(active(&bench, "").await, [ghost]);
    let early = bench.put(WAREHOUSES, 6, &bench.request("SelfActivate", "Contributor")).await;
    assert_eq!(early.code(), "RoleAssignmentExists", "it lingers");
    bench.pass("PT100S");
    assert_eq!(bench.put(WAREHOUSES, 7, &bench.request("SelfActivate", "Contributor")).await.status, 201);
    bench.pass("PT2H");
    assert_eq!(active(&bench, "").await, []);
    let events: Vec<_> = bench.tenant.app().ledger.entries().into_iter().map(|entry| entry.event).collect();
    assert_eq!(events, ["selfActivate", "selfDeactivate", "selfActivate", "expired"]);
}

#[tokio::test]
async fn a_repeated_put_may_also_be_judged_anew() {
    let mut scenario = Scenario::contoso();
    scenario.switches.azure_repeat = AzureRepeat::Judged;
    let bench = Bench::new(scenario).await;
    let body = bench.request("SelfActivate", "Contributor");
    assert_eq!(bench.put(WAREHOUSES, 1, &body).await.status, 201);
    assert_eq!(bench.put(WAREHOUSES, 1, &body).await.code(), "RoleAssignmentExists");
}

#[tokio::test]
async fn narrower_than_the_eligibility() {
    let bench = Bench::contoso().await;
    let group = format!("{WAREHOUSES}/resourceGroups/rg-scanners-porto");
    let created = bench.put(&group, 1, &bench.request("SelfActivate", "Contributor")).await;
    assert_eq!(created.status, 201, "{}", created.body);
    let linked = created.body["properties"]["linkedRoleEligibilityScheduleId"].as_str().unwrap();
    assert!(linked.starts_with(&format!("/{WAREHOUSES}/providers")), "{linked}");
    assert_eq!(active(&bench, "").await[0].0, "Contributor at rg-scanners-porto");
    // Not wider, and not elsewhere.
    let wider = bench.put(WAREHOUSES, 2, &bench.request("SelfActivate", "Virtual Machine Contributor")).await;
    assert!(wider.message().contains("EligibilityRule"), "{}", wider.body);
    // The eligibility may be named, and must then be the right one.
    let mut named = bench.request("SelfActivate", "Contributor");
    let porto = linked.rsplit('/').next().unwrap();
    named["properties"]["linkedRoleEligibilityScheduleId"] = json!(porto);
    let rotterdam = format!("{WAREHOUSES}/resourceGroups/rg-scanners-rotterdam");
    assert_eq!(bench.put(&rotterdam, 3, &named).await.status, 201);
    assert!(bench.put(SANDBOX, 4, &named).await.message().contains("EligibilityRule"));
}

#[tokio::test]
async fn rules_are_failed_in_the_recorded_words() {
    let bench = Bench::contoso().await;
    let put =
        async |scope: &str, body: &Value, proof: Proof| bench.call("PUT", "maya", &path(scope, 9), body, proof).await;
    let mut bare = bench.request("SelfActivate", "Contributor");
    bare["properties"]["justification"] = Value::Null;
    let refused = put(WAREHOUSES, &bare, STRONG).await;
    assert_eq!((refused.status, refused.code()), (400, "RoleAssignmentRequestPolicyValidationFailed"));
    assert_eq!(refused.message(), "The following policy rules failed: JustificationRule - Justification is required");
    let weak = Proof { mfa: false, context: false };
    let free = bench.call("PUT", "maya", &path(SANDBOX, 8), &bare, weak).await;
    assert_eq!(free.status, 201, "nothing is asked there");
    let contributor = bench.request("SelfActivate", "Contributor");
    let refused = put(WAREHOUSES, &contributor, Proof { mfa: false, context: false }).await;
    assert!(refused.message().ends_with("MfaRule - Multi-factor authentication is required"));
    let administrator = bench.request("SelfActivate", "User Access Administrator");
    let refused = put(DEVELOPMENT, &administrator, Proof { context: false, ..STRONG }).await;
    assert_eq!(refused.code(), "RoleAssignmentRequestAcrsValidationFailed");
    assert!(refused.message().starts_with("&claims=%7B"));
    let mut long = bench.request("SelfActivate", "Contributor");
    long["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("PT9H");
    assert!(put(WAREHOUSES, &long, STRONG).await.message().contains("greater than maximum allowed duration"));

    for (member, value, status, code) in [
        ("principalId", json!(bench.id("ines")), 400, "InvalidRoleAssignmentRequest"),
        ("roleDefinitionId", json!("/x/00000000-0000-4000-8000-000000000000"), 404, "RoleDefinitionDoesNotExist"),
        ("requestType", json!("SelfDestruct"), 400, "InvalidRoleAssignmentRequest"),
        ("principalId", json!("maya"), 404, "SubjectNotFound"),
        (
            "scheduleInfo",
            json!({ "startDateTime": "2020-01-01T00:00:00Z" }),
            400,
            "InvalidRoleAssignmentRequestSchedule",
        ),
        (
            "scheduleInfo",
            json!({ "expiration": { "type": "AfterDuration", "duration": "8:00" } }),
            400,
            "InvalidRequestContent",
        ),
    ] {
        let mut body = contributor.clone();
        body["properties"][member] = value;
        let refused = put(WAREHOUSES, &body, STRONG).await;
        assert_eq!((refused.status, refused.code()), (status, code), "{body}");
    }
    assert_eq!(put(WAREHOUSES, &json!({}), STRONG).await.code(), "InvalidRequestContent");
    let nameless = path(WAREHOUSES, 9).replace(&uuid::Uuid::from_u128(9).to_string(), "mine");
    let refused = bench.call("PUT", "maya", &nameless, &contributor, STRONG).await;
    assert_eq!(refused.code(), "InvalidRoleAssignmentScheduleRequestId");

    // A rehearsal judges and leaves nothing behind.
    let rehearsal = path(WAREHOUSES, 11).replace('?', "/validate?");
    assert_eq!(bench.call("POST", "maya", &rehearsal, &contributor, STRONG).await.status, 200);
    assert_eq!(bench.call("POST", "maya", &rehearsal, &long, STRONG).await.status, 400);
    assert_eq!(bench.get("maya", &path(WAREHOUSES, 11)).await.status, 404);
}

#[tokio::test]
async fn azure_s_own_demand_for_mfa() {
    let mut scenario = Scenario::contoso();
    scenario.switches.azure_mandatory_mfa = true;
    let bench = Bench::new(scenario).await;
    let body = bench.request("SelfActivate", "Contributor");
    let weak = Proof { mfa: false, context: false };
    let refused = bench.call("PUT", "maya", &path(SANDBOX, 1), &body, weak).await;
    assert_eq!((refused.status, refused.code()), (403, "RequestDisallowedByAzure"));
    assert!(refused.headers["www-authenticate"].to_str().unwrap().contains("claims="));
    assert_eq!(bench.put(SANDBOX, 1, &body).await.status, 201);
}

#[tokio::test]
async fn scheduled_and_withdrawn() {
    let bench = Bench::contoso().await;
    let start = (bench.tenant.app().clock.now() + chrono::TimeDelta::hours(3)).to_rfc3339();
    let mut later = bench.request("SelfActivate", "Contributor");
    later["properties"]["scheduleInfo"]["startDateTime"] = json!(start);
    let created = bench.put(WAREHOUSES, 1, &later).await;
    assert_eq!((created.status, &created.body["properties"]["status"]), (201, &json!("Granted")), "{}", created.body);
    assert_eq!(bench.put(WAREHOUSES, 2, &later).await.code(), "OverlapsPendingRoleAssignmentRequests");
    let now = bench.request("SelfActivate", "Contributor");
    assert_eq!(bench.put(WAREHOUSES, 3, &now).await.code(), "PendingRoleAssignmentRequest");
    let schedules = bench.mine("maya", WAREHOUSES, "roleAssignmentSchedules").await;
    assert!(schedules.rows().iter().any(|row| row["properties"]["status"] == "Granted"));
    let cancel = path(WAREHOUSES, 1).replace('?', "/cancel?");
    assert_eq!(bench.call("POST", "ines", &cancel, &Value::Null, STRONG).await.status, 403);
    let cancelled = bench.call("POST", "maya", &cancel, &Value::Null, STRONG).await;
    assert_eq!((cancelled.status, cancelled.body), (200, Value::Null));
    let shown = bench.get("maya", &path(WAREHOUSES, 1)).await;
    assert_eq!(shown.body["properties"]["status"], "Canceled");
    assert_eq!(bench.put(WAREHOUSES, 4, &now).await.status, 201);
}

#[tokio::test]
async fn the_end_of_an_eligibility_can_be_put_off() {
    let bench = Bench::contoso().await;
    let mut body = bench.request("SelfExtend", "Contributor");
    body["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("P90D");
    let path = path(PRODUCTION, 1).replace("roleAssignment", "roleEligibility");
    let asked = bench.call("PUT", "maya", &path, &body, STRONG).await;
    assert_eq!(
        (asked.status, &asked.body["properties"]["status"]),
        (201, &json!("PendingAdminDecision")),
        "{}",
        asked.body
    );
    assert_eq!(bench.get("maya", &path).await.body["properties"]["requestType"], "SelfExtend");
}

#[tokio::test]
async fn decisions_may_be_taken_in_one_form_only() {
    let ways = [("PATCH", false), ("PATCH", true), ("PUT", false), ("PUT", true)];
    for (switch, statuses) in
        [(AzureDecisions::Documented, [200, 400, 405, 405]), (AzureDecisions::Portal, [405, 405, 400, 200])]
    {
        let mut scenario = Scenario::contoso();
        scenario.switches.azure_decisions = switch;
        let bench = Bench::new(scenario).await;
        for (number, ((method, wrapped), status)) in (1..).zip(ways.into_iter().zip(statuses)) {
            let created = bench.put(CONNECTIVITY, number, &bench.request("SelfActivate", "Owner")).await;
            let approval =
                created.body["properties"]["approvalId"].as_str().unwrap().trim_start_matches('/').to_owned();
            let version = "api-version=2021-01-01-preview";
            let stages = bench.get("omar", &format!("{approval}/stages?{version}")).await;
            let stage = stages.rows()[0]["name"].as_str().unwrap().to_owned();
            let decision = json!({ "reviewResult": "Deny", "justification": "Not today" });
            let body = if wrapped { json!({ "properties": decision }) } else { decision };
            let stage = format!("{approval}/stages/{stage}?{version}");
            let answer = bench.call(method, "omar", &stage, &body, STRONG).await;
            let code = match status {
                400 => "InvalidRequestContent",
                405 => "HttpMethodNotSupported",
                _ => "",
            };
            assert_eq!((answer.status, answer.code()), (status, code), "{switch:?} {method} {wrapped}");
            let request = bench.get("maya", &path(CONNECTIVITY, number)).await;
            let decided = if status == 200 { "Denied" } else { "PendingApproval" };
            assert_eq!(request.body["properties"]["status"], decided, "{switch:?} {method} {wrapped}");
            bench.pass("P2D");
        }
    }
}

#[tokio::test]
async fn a_decision_may_be_answered_with_nothing() {
    let mut scenario = Scenario::contoso();
    scenario.switches.azure_decided = AzureDecided::Empty;
    let bench = Bench::new(scenario).await;
    let created = bench.put(CONNECTIVITY, 1, &bench.request("SelfActivate", "Owner")).await;
    let approval = created.body["properties"]["approvalId"].as_str().unwrap().trim_start_matches('/').to_owned();
    let version = "api-version=2021-01-01-preview";
    let stages = bench.get("omar", &format!("{approval}/stages?{version}")).await;
    let stage = stages.rows()[0]["name"].as_str().unwrap().to_owned();
    let body = json!({ "reviewResult": "Approve", "justification": "As discussed" });
    let answer = bench.call("PATCH", "omar", &format!("{approval}/stages/{stage}?{version}"), &body, STRONG).await;
    assert_eq!((answer.status, &answer.body), (204, &Value::Null));
    assert_eq!(bench.get("maya", &path(CONNECTIVITY, 1)).await.body["properties"]["status"], "Provisioned");
}

/// Azure's packages for Python write lengths so.
#[tokio::test]
async fn time_spans_are_taken_where_a_switch_says_so() {
    for (only, status) in [(true, 400), (false, 201)] {
        let mut scenario = Scenario::contoso();
        scenario.switches.iso_durations_only = only;
        let bench = Bench::new(scenario).await;
        let mut body = bench.request("SelfActivate", "Contributor");
        body["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("1:30:00");
        let answer = bench.put(WAREHOUSES, 1, &body).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        let told = &answer.body["properties"]["scheduleInfo"]["expiration"]["duration"];
        assert_eq!(told.as_str(), (!only).then_some("PT5400S"), "{}", answer.body);
    }
}

#[tokio::test]
async fn approvals_are_decided_bare_or_wrapped_by_patch_or_put() {
    let bench = Bench::contoso().await;
    let ways = [("PATCH", false, "Approve"), ("PUT", true, "Deny"), ("PUT", false, "Deny"), ("PATCH", true, "Approve")];
    for (number, (method, wrapped, result)) in (1..).zip(ways) {
        let created = bench.put(CONNECTIVITY, number, &bench.request("SelfActivate", "Owner")).await;
        assert_eq!(created.body["properties"]["status"], "PendingApproval", "{}", created.body);
        let approval = created.body["properties"]["approvalId"].as_str().unwrap().trim_start_matches('/').to_owned();
        let version = "api-version=2021-01-01-preview";
        let waiting = format!("{PIM}/roleAssignmentScheduleRequests?api-version=2020-10-01&$filter=asApprover()");
        assert_eq!(bench.get("omar", &waiting).await.rows().len(), 1);
        assert_eq!(bench.get("ines", &waiting).await.rows().len(), 0);
        assert_eq!(bench.get("omar", &format!("{PIM}/roleAssignmentApprovals?{version}")).await.rows().len(), 1);
        let shown = bench.get("omar", &format!("{approval}?{version}")).await;
        let stage = shown.body["properties"]["stages"][0].clone();
        assert_eq!(stage["properties"]["assignedToMe"], true, "{}", shown.body);
        assert_eq!(bench.get("ines", &format!("{approval}?{version}")).await.code(), "AuthorizationFailed");
        let stages = bench.get("omar", &format!("{approval}/stages?{version}")).await;
        assert_eq!(stages.rows()[0]["name"], stage["name"]);
        let path = format!("{approval}/stages/{}?{version}", stage["name"].as_str().unwrap());
        let decision = json!({ "reviewResult": result, "justification": "As discussed" });
        let body = if wrapped { json!({ "properties": decision }) } else { decision };
        let decide = async |user: &str| -> Answer { bench.call(method, user, &path, &body, STRONG).await };
        assert_eq!(decide("maya").await.status, 403, "not one's own");
        let decided = decide("omar").await;
        assert_eq!((decided.status, &decided.body["properties"]["reviewResult"]), (200, &json!(result)));
        assert_eq!(decide("omar").await.status, 409);
        let request = bench.get("maya", &crate::common::path(CONNECTIVITY, number)).await;
        let expected = if result == "Approve" { "Provisioned" } else { "Denied" };
        assert_eq!(request.body["properties"]["status"], expected);
        bench.pass("PT2H");
    }
    let created = bench.put(CONNECTIVITY, 8, &bench.request("SelfActivate", "Owner")).await;
    let approval = created.body["properties"]["approvalId"].as_str().unwrap();
    let version = "api-version=2021-01-01-preview";
    let shown = bench.get("omar", &format!("{}?{version}", &approval[1..])).await;
    let stage = shown.body["properties"]["stages"][0]["name"].as_str().unwrap();
    let batch = json!({ "requests": [{
        "httpMethod": "PUT", "name": "one", "url": format!("{approval}/stages/{stage}?{version}"),
        "content": { "properties": { "reviewResult": "Deny", "justification": "Not today" } },
    }] });
    let decided = bench.call("POST", "omar", "batch?api-version=2020-06-01", &batch, STRONG).await;
    assert_eq!(decided.body["responses"][0]["httpStatusCode"], 204, "{}", decided.body);
    let request = bench.get("maya", &crate::common::path(CONNECTIVITY, 8)).await;
    assert_eq!(request.body["properties"]["status"], "Denied");

    let ignored = bench.put(CONNECTIVITY, 9, &bench.request("SelfActivate", "Owner")).await;
    assert_eq!(ignored.status, 201);
    let approval = ignored.body["properties"]["approvalId"].as_str().unwrap()[1..].to_owned();
    let stages = bench.get("omar", &format!("{approval}/stages?{version}")).await;
    let stage = stages.rows()[0]["name"].as_str().unwrap().to_owned();
    bench.pass("P1D");
    let late = json!({ "reviewResult": "Approve", "justification": "Sorry" });
    let lapsed = bench.call("PATCH", "omar", &format!("{approval}/stages/{stage}?{version}"), &late, STRONG).await;
    assert_eq!((lapsed.status, lapsed.code()), (404, "ResourceNotFound"));
    let request = bench.get("maya", &crate::common::path(CONNECTIVITY, 9)).await;
    assert_eq!(request.body["properties"]["status"], "TimedOut");
}

#[tokio::test]
async fn policies_belong_to_a_role_at_a_scope() {
    let bench = Bench::contoso().await;
    let contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    let rules = async |scope: &str| {
        let filter = format!("$filter=roleDefinitionId eq '/x/providers/y/roleDefinitions/{contributor}'");
        let path = format!("{scope}/{PIM}/roleManagementPolicyAssignments?api-version=2020-10-01&{filter}");
        let answer = bench.get("maya", &path).await;
        assert_eq!(answer.rows().len(), 1);
        answer.rows()[0]["properties"]["effectiveRules"].clone()
    };
    let rule =
        |rules: &Value, id: &str| rules.as_array().unwrap().iter().find(|rule| rule["id"] == id).unwrap().clone();
    let production = rules(PRODUCTION).await;
    assert_eq!(production.as_array().unwrap().len(), 17);
    assert_eq!(rule(&production, "Expiration_EndUser_Assignment")["maximumDuration"], "PT1H");
    let context = rule(&production, "AuthenticationContext_EndUser_Assignment");
    assert_eq!(
        (&context["claimValue"], &context["ruleType"]),
        (&json!("c1"), &json!("RoleManagementPolicyAuthenticationContextRule"))
    );
    let warehouses = rules(WAREHOUSES).await;
    assert_eq!(rule(&warehouses, "AuthenticationContext_EndUser_Assignment")["claimValue"], "");
    assert_eq!(rule(&warehouses, "Expiration_EndUser_Assignment")["target"]["operations"], json!(["All"]));
    let all = bench
        .get("maya", &format!("{CONNECTIVITY}/{PIM}/roleManagementPolicyAssignments?api-version=2020-10-01"))
        .await;
    let owner =
        all.rows().iter().find(|row| row["name"].as_str().unwrap().ends_with("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"));
    let approval = rule(&owner.unwrap()["properties"]["effectiveRules"], "Approval_EndUser_Assignment");
    let approver = &approval["setting"]["approvalStages"][0]["primaryApprovers"][0];
    assert_eq!((&approver["description"], &approver["userType"]), (&json!("Omar Haddad"), &json!("User")));
    let policies =
        bench.get("maya", &format!("{CONNECTIVITY}/{PIM}/roleManagementPolicies?api-version=2020-10-01")).await;
    let id = policies.rows()[0]["id"].as_str().unwrap();
    assert_eq!(bench.get("maya", &format!("{}?api-version=2020-10-01", &id[1..])).await.body["id"], id);

    let mut scenario = Scenario::contoso();
    scenario.switches.azure_policies_readable = false;
    let bench = Bench::new(scenario).await;
    let path = format!("{PRODUCTION}/{PIM}/roleManagementPolicyAssignments?api-version=2020-10-01");
    let refused = bench.get("maya", &path).await;
    assert_eq!((refused.status, refused.code()), (403, "AuthorizationFailed"));
    assert_eq!(bench.get("omar", &path).await.status, 200);
}
