//! What others read of Azure: definitions and assignments, links between pages, versions, ids of requests.

use serde_json::{Value, json};
use tenant::Scenario;

use crate::common::{Bench, DEVELOPMENT, LOGISTICS, PIM, PRODUCTION, STRONG};

const ROLES: &str = "api-version=2022-04-01";

#[tokio::test]
async fn definitions_of_roles_at_a_scope() {
    let bench = Bench::contoso().await;
    let list = format!("{PRODUCTION}/{PIM}/roleDefinitions?{ROLES}");
    let all = bench.get("omar", &list).await;
    let known = Scenario::contoso().azure.roles;
    assert_eq!(all.rows().len(), known.len());
    let start = format!("/{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/");
    assert!(all.rows().iter().all(|row| row["id"].as_str().unwrap().starts_with(&start)), "{}", all.body);
    let names = async |filter: &str| -> Vec<Value> {
        let found = bench.get("omar", &format!("{list}&$filter={filter}")).await;
        found.rows().iter().map(|row| row["properties"]["roleName"].clone()).collect()
    };
    assert_eq!(names("roleName eq 'contributor'").await, ["Contributor"]);
    assert_eq!(names("type eq 'CustomRole' and atScopeAndBelow()").await, ["Scanner Fleet Operator"]);
    assert_eq!(bench.get("omar", &format!("{list}&$filter=colour eq 'red'")).await.code(), "InvalidFilter");
    assert_eq!(bench.get("maya", &list).await.code(), "AuthorizationFailed", "reading takes a role there");
    let root = bench.get("maya", &format!("{PIM}/roleDefinitions?{ROLES}")).await;
    let built_in = known.iter().filter(|role| role.built_in).count();
    assert_eq!(root.rows().len(), built_in, "built-in roles are no secret");
}

#[tokio::test]
async fn assignments_of_roles_at_a_scope() {
    let bench = Bench::contoso().await;
    let list = |scope: &str, filter: &str| format!("{scope}/{PIM}/roleAssignments?{ROLES}&$filter={filter}");
    let above = bench.get("maya", &list(DEVELOPMENT, "atScope()")).await;
    let holders: Vec<&Value> = above.rows().iter().map(|row| &row["properties"]["principalId"]).collect();
    assert_eq!(holders, [&json!(bench.id("omar")), &json!(bench.id("maya"))]);
    let own = bench.get("maya", &list(DEVELOPMENT, &format!("principalId eq '{}'", bench.id("maya")))).await;
    let row = &own.rows()[0];
    let one = format!("{}?{ROLES}", row["id"].as_str().unwrap().trim_start_matches('/'));
    assert_eq!(&bench.get("maya", &one).await.body, row);
    // It is what the instance says that it comes from.
    let active = bench.mine("maya", DEVELOPMENT, "roleAssignmentScheduleInstances").await;
    assert_eq!(active.rows()[0]["properties"]["originRoleAssignmentId"], row["id"]);
    let elsewhere = bench.get("maya", &list(PRODUCTION, "atScope()")).await;
    assert_eq!((elsewhere.status, elsewhere.code()), (403, "AuthorizationFailed"));
    let missing = format!("{DEVELOPMENT}/{PIM}/roleAssignments/{}?{ROLES}", uuid::Uuid::nil());
    assert_eq!(bench.get("maya", &missing).await.code(), "RoleAssignmentNotFound");
}

#[tokio::test]
async fn the_next_page_is_called_what_each_contract_calls_it() {
    let mut scenario = Scenario::contoso();
    scenario.switches.page_size = 1;
    let bench = Bench::new(scenario).await;
    let groups = bench.get("omar", "providers/Microsoft.Management/managementGroups?api-version=2020-05-01").await;
    assert!(groups.body["@nextLink"].is_string() && groups.body.get("nextLink").is_none(), "{}", groups.body);
    for list in ["subscriptions?api-version=2022-12-01", "tenants?api-version=2022-12-01"] {
        let mut page = bench.get("maya", list).await;
        while let Some(next) = page.body["nextLink"].as_str().filter(|next| !next.is_empty()) {
            page = bench.get("maya", next).await;
        }
        assert_eq!(page.body["nextLink"], "", "every page has a link: {}", page.body);
    }
    let top = format!("{LOGISTICS}/descendants?api-version=2020-05-01&$top=x");
    assert_eq!(bench.get("omar", &top).await.code(), "InvalidTopQueryString");
}

#[tokio::test]
async fn versions_that_microsofts_clients_send() {
    let bench = Bench::contoso().await;
    for path in [
        "subscriptions?api-version=2021-10-01".to_owned(),
        "subscriptions?api-version=2016-06-01".to_owned(),
        format!("{DEVELOPMENT}/resourcegroups?api-version=2025-04-01"),
        "providers/Microsoft.Management/managementGroups?api-version=2023-04-01".to_owned(),
        format!("{DEVELOPMENT}/{PIM}/roleDefinitions?api-version=2022-05-01-preview"),
        format!("{DEVELOPMENT}/{PIM}/roleAssignments?api-version=2020-04-01-preview"),
        format!("{PIM}/roleAssignmentScheduleRequests?api-version=2022-04-01-preview&$filter=asTarget()"),
    ] {
        assert_eq!(bench.get("maya", &path).await.status, 200, "{path}");
    }
    let unknown = bench.get("maya", "subscriptions?api-version=2099-01-01").await;
    assert_eq!((unknown.status, unknown.code()), (400, "InvalidApiVersionParameter"));
}

#[tokio::test]
async fn whether_a_resource_group_exists() {
    let bench = Bench::contoso().await;
    let head = async |group: &str| {
        let path = format!("{DEVELOPMENT}/resourcegroups/{group}?api-version=2021-04-01");
        bench.call("HEAD", "maya", &path, &Value::Null, STRONG).await.status
    };
    assert_eq!((head("rg-sandbox").await, head("rg-nowhere").await), (204, 404));
}

#[tokio::test]
async fn an_empty_part_of_a_path_is_no_part() {
    let bench = Bench::contoso().await;
    let vault = format!("{PRODUCTION}/resourceGroups/rg-erp-prod/providers/Microsoft.KeyVault//vaults/kv-erp-prod");
    let permissions = bench.get("omar", &format!("{vault}/{PIM}/permissions?{ROLES}")).await;
    assert_eq!(permissions.rows().len(), 1, "as Microsoft's client for resources without a parent writes it");
}

#[tokio::test]
async fn only_requests_have_approvers() {
    let bench = Bench::contoso().await;
    let path =
        format!("{PRODUCTION}/{PIM}/roleEligibilityScheduleInstances?api-version=2020-10-01&$filter=asApprover()");
    let refused = bench.get("ines", &path).await;
    assert_eq!((refused.status, refused.code()), (400, "InvalidFilter"), "it is no way around asTarget()");
}

#[tokio::test]
async fn a_correlation_id_is_kept_and_the_clients_own_repeated_when_asked() {
    let bench = Bench::contoso().await;
    let url = format!("{}/tenants?api-version=2022-12-01", bench.tenant.endpoints().arm);
    let token = bench.token("maya", "https://management.azure.com", STRONG);
    let ask = async |headers: &[(&str, &str)]| {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = headers
            .iter()
            .fold(http.get(&url).bearer_auth(&token), |request, (name, value)| request.header(*name, *value));
        request.send().await.unwrap().headers().clone()
    };
    let headers = ask(&[("x-ms-correlation-request-id", "one"), ("x-ms-client-request-id", "two")]).await;
    assert_eq!(headers["x-ms-correlation-request-id"], "one");
    assert!(!headers.contains_key("x-ms-client-request-id"));
    let headers = ask(&[("x-ms-client-request-id", "two"), ("x-ms-return-client-request-id", "true")]).await;
    assert_eq!(headers["x-ms-client-request-id"], "two");
    assert_eq!(headers["x-ms-correlation-request-id"], headers["x-ms-request-id"]);
}
