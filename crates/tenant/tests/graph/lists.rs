//! Collections: pages, filters, expansion, selection, and who may read what.

use serde_json::{Value, json};
use tenant::Scenario;
use tenant::scenario::Kind;

use crate::common::{Bench, DIRECTORY, mine};

#[tokio::test]
async fn eligibilities_with_names_and_scopes() {
    let bench = Bench::contoso().await;
    let path = mine("roleEligibilityScheduleInstances", "principal");
    let answer = bench.get("maya", &format!("{path}?$expand=roleDefinition,principal,directoryScope,appScope")).await;
    assert_eq!(answer.rows().len(), 22);
    let row = |name: &str, scope: &str| {
        let found = answer.rows().iter().find(|row| {
            row["roleDefinition"]["displayName"] == name && row["directoryScopeId"].as_str().unwrap().starts_with(scope)
        });
        found.unwrap_or_else(|| panic!("{name} at {scope}")).clone()
    };
    let scoped = row("User Administrator", "/administrativeUnits/");
    assert_eq!(scoped["directoryScope"]["displayName"], "Branch Offices Iberia");
    assert_eq!(scoped["directoryScope"]["@odata.type"], "#microsoft.graph.administrativeUnit");
    let wide = row("User Administrator", "/");
    assert_eq!((&wide["directoryScope"], &wide["memberType"]), (&Value::Null, &json!("Direct")));
    assert_eq!(wide["principal"]["@odata.type"], "#microsoft.graph.user");
    let grouped = row("Intune Administrator", "/");
    assert_eq!(grouped["memberType"], "Group");
    assert_eq!(grouped["principal"]["displayName"], "Endpoint Engineers");
    assert!(row("Billing Administrator", "/")["endDateTime"].is_string());
    assert_eq!(
        answer.body["@odata.context"].as_str().unwrap().split_once('#').unwrap().1,
        "Collection(unifiedRoleEligibilityScheduleInstance)(roleDefinition(),principal(),directoryScope(),appScope())"
    );
    let ids: std::collections::BTreeSet<_> = answer.column("id").into_iter().collect();
    assert_eq!(ids.len(), 22, "ids are unique");
    // The ids lead back to the rows.
    let path = format!("{DIRECTORY}/roleEligibilityScheduleInstances/{}", scoped["id"].as_str().unwrap());
    assert_eq!(bench.get("maya", &path).await.body["directoryScopeId"], scoped["directoryScopeId"]);
}

#[tokio::test]
async fn group_eligibility_is_an_instance_but_no_request() {
    let bench = Bench::contoso().await;
    let requests = bench.get("maya", &mine("roleEligibilityScheduleRequests", "principal")).await;
    assert_eq!(requests.status, 403, "needs the ReadWrite scope");
    let proof = crate::common::Proof {
        scopes: "RoleEligibilitySchedule.ReadWrite.Directory",
        ..crate::common::Proof::default()
    };
    let path = mine("roleEligibilityScheduleRequests", "principal");
    let requests = bench.call("GET", "maya", &path, &Value::Null, &proof).await;
    assert_eq!(requests.rows().len(), 21);
}

#[tokio::test]
async fn pages_are_followed_to_the_end() {
    let bench = Bench::new(Scenario::with_roles(250)).await;
    let path = mine("roleEligibilityScheduleInstances", "principal");
    for (query, sizes) in [
        ("", vec![100, 100, 50]),
        ("?$top=80&$expand=roleDefinition", vec![80, 80, 80, 10]),
        ("?$top=200&$skip=120", vec![100, 30]),
        ("?$filter=startswith(directoryScopeId,'/')&$top=250&$count=true", vec![100, 100, 50]),
        ("?$skip=300", vec![0]),
    ] {
        let mut next = Some(format!("{path}{query}"));
        let (mut found, mut ids) = (Vec::new(), std::collections::BTreeSet::new());
        while let Some(url) = next {
            let answer = bench.get("maya", &url).await;
            found.push(answer.rows().len());
            ids.extend(answer.column("id").into_iter().map(str::to_owned));
            assert_eq!(answer.body["@odata.count"].is_u64(), query.contains("$count"));
            next = answer.body["@odata.nextLink"].as_str().map(str::to_owned);
            if let Some(link) = &next {
                assert!(link.starts_with(&bench.tenant.endpoints().graph), "{link}");
            }
        }
        assert_eq!(found, sizes, "{query}");
        assert_eq!(ids.len(), sizes.iter().sum::<usize>(), "{query}");
    }
}

#[tokio::test]
async fn filters_orders_and_selections() {
    let bench = Bench::contoso().await;
    let path = mine("roleEligibilityScheduleInstances", "principal");
    let get = async |query: &str| bench.get("maya", &format!("{path}?{query}")).await;
    let reader = bench.role("Global Reader");
    assert_eq!(get(&format!("$filter=roleDefinitionId eq '{reader}'")).await.rows().len(), 1);
    assert_eq!(get(&format!("%24filter=roleDefinitionId%20eq%20'{}'", reader.to_uppercase())).await.rows().len(), 1);
    assert_eq!(get("$filter=endDateTime ne null and endDateTime lt 2999-01-01T00:00:00Z").await.rows().len(), 2);
    let ordered = get("$orderby=endDateTime desc&$top=2").await;
    assert!(ordered.column("endDateTime").iter().all(|end| !end.is_empty()));
    let selected = get("$select=id,roleDefinitionId&$expand=roleDefinition($select=displayName)&$top=1").await;
    let row = selected.rows()[0].as_object().unwrap();
    let keys: Vec<_> = row.keys().filter(|key| !key.starts_with('@')).collect();
    assert_eq!(keys, ["id", "roleDefinition", "roleDefinitionId"]);
    assert_eq!(row["roleDefinition"].as_object().unwrap().len(), 1);
    for wrong in ["$filter=colour eq 'red'", "$filter=id eq", "$select=colour", "$expand=colour", "$top=x", "$apply=x"]
    {
        let answer = get(wrong).await;
        assert_eq!(answer.status, 400, "{wrong}");
        let expected = if wrong.starts_with("$filter") { "InvalidFilter" } else { "BadRequest" };
        assert_eq!(answer.code(), expected, "{wrong}");
    }
}

#[tokio::test]
async fn others_rows_are_for_those_who_may_read_them() {
    let bench = Bench::contoso().await;
    let path = format!("{DIRECTORY}/roleEligibilityScheduleInstances");
    assert_eq!(bench.get("maya", &path).await.code(), "Authorization_RequestDenied");
    let own = format!("{path}?$filter=principalId eq '{}'", bench.id("maya"));
    assert_eq!(bench.get("maya", &own).await.rows().len(), 21, "without those through a group");
    let everything = bench.scenario().eligible.iter().filter(|grant| grant.scope.kind() == Kind::Directory).count();
    assert_eq!(bench.get("omar", &path).await.rows().len(), everything);
    // Whoever activates a reading role may read.
    let activation = bench.activation("Global Reader");
    assert_eq!(bench.post("maya", &crate::common::requests(), &activation).await.status, 201);
    assert_eq!(bench.get("maya", &path).await.rows().len(), everything);
}

#[tokio::test]
async fn the_directory_itself() {
    let bench = Bench::contoso().await;
    let me = bench.get("maya", "v1.0/me?$select=id,displayName,userPrincipalName").await;
    assert_eq!(me.body["userPrincipalName"], "maya@contoso.example");
    assert_eq!(me.body["givenName"], Value::Null);
    assert_eq!(bench.get("maya", "v1.0/me").await.body["givenName"], "Maya");
    let organization = bench.get("maya", "v1.0/organization").await;
    assert_eq!(organization.rows()[0]["verifiedDomains"][0]["name"], "contoso.example");
    let roles = bench.get("maya", &format!("{DIRECTORY}/roleDefinitions?$filter=displayName eq 'Global Reader'")).await;
    assert_eq!(roles.column("id"), ["f2ef992c-3afb-46b9-b7cf-a126ee74c451"]);
    let role = bench.get("maya", &format!("{DIRECTORY}/roleDefinitions/f2ef992c-3afb-46b9-b7cf-a126ee74c451")).await;
    assert_eq!(role.body["displayName"], "Global Reader");
    for (path, status) in [
        ("v1.0/nonsense", 400),
        ("v1.0/roleManagement/directory", 400),
        ("v1.0/roleManagement/directory/roleDefinitions/x", 404),
        ("v1.0/roleManagement/directory/roleEligibilitySchedules/x", 404),
        ("v1.0/roleManagement/directory/roleEligibilitySchedules/filterByCurrentUser(on='approver')", 400),
        ("v1.0/roleManagement/directory/roleAssignmentApprovals/x", 400),
    ] {
        assert_eq!(bench.get("maya", path).await.status, status, "{path}");
    }
    // As in other clients' habits: any case, and everything escaped.
    let escaped =
        "v1.0/rolemanagement/Directory/roleEligibilityScheduleInstances/filterByCurrentUser%28on%3D%27principal%27%29";
    assert_eq!(bench.get("maya", escaped).await.rows().len(), 22);
}
