//! OData's spellings of an address, and what is beside a collection's rows.

use serde_json::{Value, json};

use crate::common::{Bench, DIRECTORY, Proof, mine, requests};

const INSTANCES: &str = "v1.0/roleManagement/directory/roleEligibilityScheduleInstances";

#[tokio::test]
async fn one_address_in_every_spelling() {
    let bench = Bench::contoso().await;
    let first = bench.get("maya", &format!("{INSTANCES}/filterByCurrentUser(on='principal')")).await;
    let id = first.rows()[0]["id"].as_str().unwrap().to_owned();
    for path in [
        format!("{INSTANCES}/microsoft.graph.filterByCurrentUser(on='principal')"),
        format!("{INSTANCES}/filterByCurrentUser(on=@on)?@on='principal'"),
        format!("{INSTANCES}/filterByCurrentUser%28on%3D%27principal%27%29"),
        format!("{}/filterByCurrentUser(on='principal')", INSTANCES.to_uppercase()),
        format!("{INSTANCES}/filterByCurrentUser(on='principal')?$format=json"),
    ] {
        assert_eq!(bench.get("maya", &path).await.rows().len(), first.rows().len(), "{path}");
    }
    for path in [format!("{INSTANCES}/{id}"), format!("{INSTANCES}('{id}')"), format!("Beta/{}", &INSTANCES[5..])] {
        let path = if path.starts_with("Beta") { format!("{path}('{id}')") } else { path };
        assert_eq!(bench.get("maya", &path).await.body["id"], json!(id), "{path}");
    }
    let nowhere = bench.get("maya", "v2.0/me").await;
    assert_eq!((nowhere.status, nowhere.message()), (400, "Invalid version: v2.0"));
    assert!(nowhere.headers.contains_key("request-id"));
}

#[tokio::test]
async fn what_a_row_is_related_to_has_an_address_of_its_own() {
    let bench = Bench::contoso().await;
    let rows = bench.get("maya", &mine("roleEligibilityScheduleInstances", "principal")).await;
    let unit = rows.rows().iter().find(|row| row["directoryScopeId"] != "/").unwrap();
    let at = |name: &str| format!("{INSTANCES}/{}/{name}", unit["id"].as_str().unwrap());
    let role = bench.get("maya", &at("roleDefinition?$select=displayName,id")).await.body;
    assert_eq!(role["id"], unit["roleDefinitionId"]);
    assert!(role["@odata.context"].as_str().unwrap().ends_with("roleDefinitions(displayName,id)/$entity"), "{role}");
    assert_eq!(bench.get("maya", &at("principal")).await.body["@odata.type"], "#microsoft.graph.user");
    assert_eq!(bench.get("maya", &at("directoryScope")).await.body["displayName"], "Branch Offices Iberia");
    assert_eq!(bench.get("maya", &at("appScope")).await.status, 204, "nothing is an answer, too");
    assert_eq!(bench.get("maya", &at("nonsense")).await.status, 400);

    let sent = bench.post("maya", &requests(), &bench.activation("Global Reader")).await.body;
    let at = |name: &str| format!("{}/{}/{name}", requests(), sent["id"].as_str().unwrap());
    assert_eq!(bench.get("maya", &at("targetSchedule")).await.body["id"], sent["targetScheduleId"]);
    assert_eq!(bench.get("maya", &at("activatedUsing")).await.body["roleDefinitionId"], sent["roleDefinitionId"]);

    // An instance's origin is the role assignment of the same id.
    let active = bench.get("maya", &mine("roleAssignmentScheduleInstances", "principal")).await;
    let origin = active.rows()[0]["roleAssignmentOriginId"].as_str().unwrap();
    let path = format!("{DIRECTORY}/roleAssignments/{origin}");
    assert_eq!(bench.get("maya", &path).await.body["roleDefinitionId"], active.rows()[0]["roleDefinitionId"]);
    assert_eq!(bench.get("maya", &format!("{path}/principal")).await.body["id"], json!(bench.id("maya")));
    assert_eq!(bench.get("maya", &format!("{DIRECTORY}/roleAssignments/nonsense")).await.status, 404);
}

#[tokio::test]
async fn counted_selected_and_ordered() {
    let bench = Bench::contoso().await;
    let path = mine("roleEligibilityScheduleInstances", "principal");
    let listed = bench.get("maya", &path).await.rows().len();
    let count = bench.get("maya", &format!("{path}/$count")).await;
    assert_eq!((count.status, &count.body), (200, &json!(listed)));
    assert_eq!(count.headers["content-type"], "text/plain");
    let some = bench.get("maya", &format!("{path}/$count?$filter=memberType eq 'Group'")).await;
    assert_eq!(some.body, json!(1));
    assert_eq!(bench.get("maya", "v1.0/me/$count").await.status, 400, "one is no collection");

    // What is expanded may be selected by name as well, and so may a part of what is selected.
    let selected = bench.get("maya", &format!("{path}?$select=id,roleDefinition&$expand=roleDefinition&$top=1")).await;
    assert!(selected.rows()[0]["roleDefinition"]["displayName"].is_string(), "{}", selected.body);
    let schedules = mine("roleEligibilitySchedules", "principal");
    let part = bench.get("maya", &format!("{schedules}?$select=scheduleInfo/expiration&$top=1")).await;
    assert!(part.rows()[0]["scheduleInfo"].is_object(), "{}", part.body);
    let unknown = bench.get("maya", &format!("{path}?$orderby=colour")).await;
    assert_eq!((unknown.status, unknown.code()), (400, "BadRequest"));
}

#[tokio::test]
async fn a_body_may_have_whatever_the_type_has() {
    let bench = Bench::contoso().await;
    let mut whole = bench.activation("Global Reader");
    for name in ["id", "status", "createdBy", "completedDateTime", "approvalId", "roleDefinition"] {
        whole[name] = Value::Null;
    }
    whole["@odata.type"] = json!("#microsoft.graph.unifiedRoleAssignmentScheduleRequest");
    let sent = bench.post("maya", &requests(), &whole).await;
    assert_eq!(sent.status, 201, "{}", sent.body);
    assert!(sent.body["id"].is_string());
    let mut wrong = bench.activation("Global Reader");
    wrong["colour"] = json!("red");
    let refused = bench.post("maya", &requests(), &wrong).await;
    assert_eq!((refused.status, refused.code()), (400, "BadRequest"));
    assert!(refused.message().contains("'colour'"), "{}", refused.body);
}

#[tokio::test]
async fn taking_away_takes_less_of_a_permission() {
    let bench = Bench::contoso().await;
    let proof = Proof { scopes: "RoleAssignmentSchedule.Remove.Directory", ..Proof::default() };
    let mut remove = json!({
        "action": "adminRemove", "directoryScopeId": "/", "principalId": bench.id("ines"),
        "roleDefinitionId": bench.role("Service Support Administrator"),
    });
    let removed = bench.call("POST", "omar", &requests(), &remove, &proof).await;
    assert_eq!((removed.status, &removed.body["status"]), (201, &json!("Revoked")), "{}", removed.body);
    remove["action"] = json!("adminAssign");
    let refused = bench.call("POST", "omar", &requests(), &remove, &proof).await;
    assert_eq!((refused.status, refused.code()), (403, "UnknownError"));
}

#[tokio::test]
async fn the_authentication_contexts_that_policies_name() {
    let bench = Bench::contoso().await;
    let path = "v1.0/identity/conditionalAccess/authenticationContextClassReferences";
    assert_eq!(bench.get("maya", path).await.code(), "Authorization_RequestDenied");
    let proof = Proof { scopes: "AuthenticationContext.Read.All", ..Proof::default() };
    let get = async |path: String| bench.call("GET", "maya", &path, &Value::Null, &proof).await;
    assert_eq!(get(path.to_owned()).await.column("id"), ["c1"]);
    assert_eq!(get(format!("{path}/C1")).await.body["isAvailable"], true);
    assert_eq!(get(format!("{path}/c2")).await.status, 404);
}
