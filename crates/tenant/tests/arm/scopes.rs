//! What there is to see.

use serde_json::json;

use crate::common::{Bench, CONNECTIVITY, DEVELOPMENT, LOGISTICS, PIM, PRODUCTION, WAREHOUSES};

#[tokio::test]
async fn who_is_only_eligible_sees_little() {
    let bench = Bench::contoso().await;
    let list =
        async |user: &str, path: &str, version: &str| bench.get(user, &format!("{path}?api-version={version}")).await;
    let ids = |answer: &crate::common::Answer| -> Vec<String> {
        answer.rows().iter().map(|row| row["id"].as_str().unwrap()[1..].to_owned()).collect()
    };
    // Maya holds a role in one subscription only.
    assert_eq!(ids(&list("maya", "subscriptions", "2022-12-01").await), [DEVELOPMENT]);
    assert_eq!(list("ines", "subscriptions", "2022-12-01").await.rows().len(), 0);
    assert_eq!(
        ids(&list("omar", "subscriptions", "2022-12-01").await),
        [PRODUCTION, WAREHOUSES, DEVELOPMENT, CONNECTIVITY]
    );
    assert_eq!(list("maya", PRODUCTION, "2022-12-01").await.code(), "AuthorizationFailed");
    assert_eq!(list("omar", PRODUCTION, "2022-12-01").await.body["displayName"], "Production");
    let groups = format!("{PRODUCTION}/resourcegroups");
    assert_eq!(list("omar", &groups, "2021-04-01").await.rows().len(), 2);
    assert_eq!(list("maya", &groups, "2021-04-01").await.rows().len(), 0);
    let one = format!("{PRODUCTION}/resourceGroups/RG-ERP-PROD");
    assert_eq!(list("omar", &one, "2021-04-01").await.body["name"], "rg-erp-prod");
    assert_eq!(list("omar", &format!("{one}/resources"), "2021-04-01").await.rows().len(), 2);
    assert_eq!(list("omar", &format!("{PRODUCTION}/resources"), "2021-04-01").await.rows().len(), 3);

    let management = "providers/Microsoft.Management/managementGroups";
    assert_eq!(list("omar", management, "2020-05-01").await.rows().len(), 2);
    let below = list("omar", &format!("{LOGISTICS}/descendants"), "2020-05-01").await;
    assert_eq!(below.rows().len(), 3);
    let shown = bench.get("omar", &format!("{LOGISTICS}?api-version=2020-05-01&$expand=children")).await;
    assert_eq!(shown.body["properties"]["children"].as_array().unwrap().len(), 3);
    assert_eq!(shown.body["properties"]["details"]["parent"]["displayName"], "Tenant Root Group");

    let tenants = list("maya", "tenants", "2022-12-01").await;
    let names: Vec<_> = tenants.rows().iter().map(|row| (&row["displayName"], &row["tenantCategory"])).collect();
    let expected = [(json!("Contoso Logistics"), json!("Home")), (json!("Fabrikam Freight"), json!("ManagedBy"))];
    assert_eq!(names, expected.each_ref().map(|(name, category)| (name, category)));
    assert_eq!(list("ines", "tenants", "2022-12-01").await.rows().len(), 1);
}

#[tokio::test]
async fn what_can_be_activated_on_level_by_level() {
    let bench = Bench::contoso().await;
    let children = async |scope: &str, filter: &str| {
        let scope = if scope.is_empty() { String::new() } else { format!("{scope}/") };
        let answer =
            bench.get("maya", &format!("{scope}{PIM}/eligibleChildResources?api-version=2020-10-01{filter}")).await;
        answer.rows().iter().map(|row| (row["name"].clone(), row["type"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(children("", "").await, [(json!("Tenant Root Group"), json!("managementgroup"))]);
    assert_eq!(children(LOGISTICS, "").await.len(), 3);
    let filter = "&$filter=resourceType eq 'subscription' or resourceType eq 'resourcegroup'";
    assert_eq!(children(WAREHOUSES, filter).await.len(), 2);
    assert_eq!(children(WAREHOUSES, "&$filter=resourceType eq 'subscription'").await, []);
    let group = format!("{WAREHOUSES}/resourceGroups/rg-scanners-rotterdam");
    let kind = json!("Microsoft.ContainerService/managedClusters");
    assert_eq!(children(&group, "").await, [(json!("aks-scanners"), kind)]);
}
