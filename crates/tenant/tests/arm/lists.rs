//! What one is eligible for and what is active, at every scope.

use serde_json::{Value, json};
use tenant::Scenario;
use tenant::faults::{Fault, Rule};
use tenant::scenario::{AzureRoot, IsoDuration};

use crate::common::{Bench, DEVELOPMENT, LOGISTICS, PIM, PRODUCTION, STRONG, WAREHOUSES};

#[tokio::test]
async fn the_root_shows_what_concerns_the_caller_at_every_scope() {
    let bench = Bench::contoso().await;
    let eligible = bench.mine("maya", "", "roleEligibilityScheduleInstances").await;
    assert_eq!(eligible.rows().len(), 12, "{:?}", eligible.names());
    let row = |name: &str| {
        let at = eligible.names().iter().position(|known| known == name).unwrap_or_else(|| panic!("no {name}"));
        eligible.rows()[at]["properties"].clone()
    };
    assert_eq!(row("Reader at Contoso Logistics")["expandedProperties"]["scope"]["type"], "managementgroup");
    let vault = row("Key Vault Administrator at kv-erp-prod");
    assert_eq!(vault["expandedProperties"]["scope"]["type"], "Microsoft.KeyVault/vaults");
    let role = vault["roleDefinitionId"].as_str().unwrap();
    assert!(role.starts_with(&format!("/{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/")), "{role}");
    let own = row("Scanner Fleet Operator at Warehouse Systems");
    assert_eq!((&own["memberType"], &own["principalType"]), (&json!("Group"), &json!("Group")));
    assert_eq!(own["expandedProperties"]["principal"]["displayName"], "Endpoint Engineers");
    assert_eq!(own["expandedProperties"]["roleDefinition"]["type"], "CustomRole");
    let storage = row("Storage Blob Data Owner at stcontosoarchive");
    assert!(storage["condition"].as_str().unwrap().contains("waybills"));
    assert_eq!(storage["conditionVersion"], "2.0");
    assert!(row("Contributor at Production")["endDateTime"].is_string());
    assert!(row("Contributor at Warehouse Systems").get("endDateTime").is_none(), "nulls are left out");
    assert_eq!(eligible.headers["x-ms-ratelimit-remaining-tenant-reads"], "249");
    assert!(
        eligible.headers.contains_key("x-ms-request-id")
            && eligible.headers.contains_key("x-ms-correlation-request-id")
    );

    let active = bench.mine("maya", "", "roleAssignmentScheduleInstances").await;
    assert_eq!(active.names(), ["Monitoring Reader at Development and Test"]);
    assert_eq!(active.rows()[0]["properties"]["assignmentType"], "Assigned");
    for list in ["roleEligibilitySchedules", "roleAssignmentSchedules", "roleAssignmentScheduleRequests"] {
        bench.mine("maya", "", list).await.rows();
    }
    let schedules = bench.mine("maya", "", "roleEligibilitySchedules").await;
    assert_eq!(schedules.rows().len(), 12);
    let id = schedules.rows()[0]["id"].as_str().unwrap();
    assert_eq!(bench.get("maya", &format!("{}?api-version=2020-10-01", &id[1..])).await.body["id"], id);
}

#[tokio::test]
async fn a_scope_shows_what_is_above_at_and_below_it() {
    let bench = Bench::contoso().await;
    let at = bench
        .mine(
            "maya",
            &PRODUCTION.to_uppercase().replace("SUBSCRIPTIONS", "subscriptions"),
            "roleEligibilityScheduleInstances",
        )
        .await;
    let mut names = at.names();
    names.sort();
    assert_eq!(
        names,
        [
            "Contributor at Production",
            "Key Vault Administrator at kv-erp-prod",
            "Reader at Contoso Logistics",
            "Storage Blob Data Owner at stcontosoarchive",
            "Virtual Machine Contributor at rg-erp-prod",
        ]
    );
    let inherited = at.rows().iter().find(|row| row["properties"]["memberType"] == "Inherited").unwrap();
    assert_eq!(inherited["properties"]["scope"], format!("/{LOGISTICS}"));
    let only = format!(
        "{PRODUCTION}/{PIM}/roleEligibilityScheduleInstances?api-version=2020-10-01&$filter=asTarget() and atScope()"
    );
    assert_eq!(bench.get("maya", &only).await.rows().len(), 2);
    // Omar owns the root and sees all; the others' are asked for with `assignedTo`.
    let all = format!("{PIM}/roleEligibilityScheduleInstances?api-version=2020-10-01");
    assert_eq!(bench.get("omar", &all).await.rows().len(), 13);
    let assigned = format!("{all}&$filter=assignedTo('{}')", bench.id("ines"));
    assert_eq!(bench.get("omar", &assigned).await.rows().len(), 2, "one through a group");
    let principal = format!("{all}&%24filter=principalId%20eq%20{}", bench.id("ines"));
    assert_eq!(bench.get("omar", &principal).await.rows().len(), 1);
}

#[tokio::test]
async fn lists_without_as_target_are_for_those_who_hold_a_role() {
    let bench = Bench::contoso().await;
    for scope in ["", &format!("{WAREHOUSES}/")] {
        for filter in ["", "&$filter=asRequestor()", "&$filter=atScope()"] {
            let path = format!("{scope}{PIM}/roleAssignmentScheduleRequests?api-version=2020-10-01{filter}");
            let refused = bench.get("maya", &path).await;
            assert_eq!((refused.status, refused.code()), (403, "InsufficientPermissions"), "{path}");
            assert!(
                refused.message().ends_with("Please use $filter=asTarget() to filter on the requestor's assignments.")
            );
        }
    }
}

#[tokio::test]
async fn pages_lead_to_the_end() {
    let mut scenario = Scenario::contoso();
    scenario.switches.page_size = 5;
    let bench = Bench::new(scenario).await;
    let mut answer = bench.mine("maya", "", "roleEligibilityScheduleInstances").await;
    let mut sizes = vec![answer.rows().len()];
    while let Some(next) = answer.body["nextLink"].as_str() {
        assert!(next.starts_with(&bench.tenant.endpoints().arm), "{next}");
        answer = bench.get("maya", next).await;
        sizes.push(answer.rows().len());
    }
    assert_eq!(sizes, [5, 5, 2]);
}

#[tokio::test]
async fn a_root_that_is_short_or_empty_or_slow() {
    for (root, rows) in [(AzureRoot::Short, 6), (AzureRoot::Empty, 0)] {
        let mut scenario = Scenario::contoso();
        scenario.switches.azure_root = root;
        scenario.switches.azure_root_delay = "PT0.05S".parse().unwrap_or_else(|_| IsoDuration::zero());
        let bench = Bench::new(scenario).await;
        let listed = bench.mine("maya", "", "roleEligibilityScheduleInstances").await;
        assert_eq!(listed.rows().len(), rows, "{:?}", listed.names());
        assert_eq!(bench.mine("maya", PRODUCTION, "roleEligibilityScheduleInstances").await.rows().len(), 5);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_call() {
    let bench = Bench::contoso().await;
    let list = format!("{PIM}/roleEligibilityScheduleInstances");
    let get = async |path: String| {
        let answer = bench.get("maya", &path).await;
        (answer.status, answer.code().to_owned())
    };
    for (path, status, code) in [
        (format!("{list}?$filter=asTarget()"), 400, "MissingApiVersionParameter"),
        (format!("{list}?api-version=2015-07-01"), 400, "InvalidResourceType"),
        ("subscriptions?api-version=1999-01-01".to_owned(), 400, "InvalidApiVersionParameter"),
        (format!("{list}?api-version=2020-10-01&$filter=colour eq 'red'"), 400, "InvalidFilter"),
        (format!("{PIM}/elephants?api-version=2020-10-01"), 404, "InvalidResourceType"),
        (format!("subscriptions/{}/{list}?api-version=2020-10-01", bench.id("maya")), 404, "SubscriptionNotFound"),
        (format!("{PRODUCTION}/resourceGroups/nope/{list}?api-version=2020-10-01"), 404, "ResourceGroupNotFound"),
        (format!("{PRODUCTION}/{list}/nope?api-version=2020-10-01"), 404, "ResourceNotFound"),
    ] {
        assert_eq!(get(path.clone()).await, (status, code.to_owned()), "{path}");
    }
    let path = format!("{list}?api-version=2020-10-01&$filter=asTarget()");
    let graph = bench.token("maya", "https://graph.microsoft.com", STRONG);
    for (token, code) in [
        (graph.as_str(), "InvalidAuthenticationTokenAudience"),
        ("a.b.c", "InvalidAuthenticationToken"),
        ("", "AuthenticationFailed"),
    ] {
        let refused = bench.with_token("GET", &path, &Value::Null, token).await;
        assert_eq!((refused.status, refused.code()), (401, code));
        assert!(refused.headers["www-authenticate"].to_str().unwrap().contains("authorization_uri"));
    }
    let token = bench.token("maya", "https://management.azure.com", STRONG);
    let maya = bench.id("maya").parse().unwrap();
    bench.tenant.app().sts().revoke(maya, true, false);
    let revoked = bench.with_token("GET", &path, &Value::Null, &token).await;
    assert!(revoked.headers["www-authenticate"].to_str().unwrap().contains("insufficient_claims"));
}

#[tokio::test]
async fn several_reads_come_in_one_batch_each_with_its_own_outcome() {
    let bench = Bench::contoso().await;
    let policies = format!("{PIM}/roleManagementPolicyAssignments?api-version=2020-10-01");
    let arm = bench.tenant.endpoints().arm.clone();
    let requests = json!([
        { "httpMethod": "GET", "name": "whole", "url": format!("{arm}/{PRODUCTION}/{policies}") },
        { "httpMethod": "GET", "name": "below", "url": format!("/{DEVELOPMENT}/{policies}") },
        { "httpMethod": "GET", "name": "busy", "relativeUrl": format!("/{WAREHOUSES}/{policies}") },
        { "httpMethod": "GET", "name": "wrong", "url": "/subscriptions" },
        { "httpMethod": "POST", "name": "nested", "url": "/batch?api-version=2020-06-01" },
    ]);
    let fault = Fault::Throttle { retry_after: 7, date: false };
    let path = format!("/arm/{WAREHOUSES}/");
    bench.tenant.app().faults.add(Rule { method: None, path, after: 0, times: 1, fault });
    let body = json!({ "requests": requests });
    let answer = bench.call("POST", "maya", "batch?api-version=2020-06-01", &body, STRONG).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let one = |name: &str| {
        let all = answer.body["responses"].as_array().unwrap();
        all.iter().find(|response| response["name"] == name).unwrap().clone()
    };
    for (name, scope) in [("whole", PRODUCTION), ("below", DEVELOPMENT)] {
        assert_eq!(one(name)["httpStatusCode"], 200);
        assert_eq!(one(name)["content"]["value"][0]["properties"]["scope"], format!("/{scope}"));
    }
    assert_eq!((&one("busy")["httpStatusCode"], &one("busy")["headers"]["Retry-After"]), (&json!(429), &json!("7")));
    assert_eq!(one("wrong")["content"]["error"]["code"], "MissingApiVersionParameter");
    assert_eq!(one("nested")["httpStatusCode"], 400);
    let too_many: Vec<_> = (0..21).map(|_| requests[0].clone()).collect();
    let body = json!({ "requests": too_many });
    assert_eq!(bench.call("POST", "maya", "batch?api-version=2020-06-01", &body, STRONG).await.status, 400);
    assert_eq!(bench.get("maya", "batch?api-version=2020-06-01").await.status, 405);
}
