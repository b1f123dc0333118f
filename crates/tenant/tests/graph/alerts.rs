//! The security alerts of directory roles, in beta.

use serde_json::{Value, json};

use crate::common::{Answer, Bench, DIRECTORY, Proof};

const ALERTS: &str = "beta/identityGovernance/roleManagementAlerts";
const OF_ROLES: &str = "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";
const SCOPES: &str = "RoleManagementAlert.ReadWrite.Directory RoleManagement.ReadWrite.Directory";
const WRITER: Proof = Proof { scopes: SCOPES, mfa: true, context: true, cp1: true };

async fn call(bench: &Bench, method: &str, user: &str, path: &str, body: &Value) -> Answer {
    let path = if path.starts_with("http") { path.to_owned() } else { format!("{ALERTS}/{path}") };
    bench.call(method, user, &path, body, &WRITER).await
}

async fn get(bench: &Bench, path: &str) -> Answer {
    call(bench, "GET", "sven", path, &Value::Null).await
}

fn id(bench: &Bench, name: &str) -> String {
    format!("DirectoryRole_{}_{name}", bench.scenario().organization.tenant_id)
}

async fn incidents(bench: &Bench, name: &str) -> Vec<Value> {
    get(bench, &format!("alerts/{}/alertIncidents", id(bench, name))).await.rows().to_vec()
}

#[tokio::test]
async fn what_a_look_at_the_tenant_finds() {
    let bench = Bench::contoso().await;
    let all =
        get(&bench, &format!("alerts?{OF_ROLES}&$expand=alertDefinition,alertConfiguration,alertIncidents")).await;
    assert_eq!(all.rows().len(), 7);
    for row in all.rows() {
        assert_eq!(row["incidentCount"], row["alertIncidents"].as_array().unwrap().len());
        assert_eq!(row["isActive"], row["incidentCount"] != 0);
        assert_eq!(row["alertDefinition"]["id"], row["id"]);
    }
    assert!(incidents(&bench, "InvalidLicenseAlert").await.is_empty());
    let outside = incidents(&bench, "RolesAssignedOutsidePimAlert").await;
    assert_eq!(outside.len(), 1);
    assert_eq!(
        (&outside[0]["assigneeDisplayName"], &outside[0]["roleDisplayName"]),
        (&json!("Tomasz Wójcik"), &json!("Guest Inviter"))
    );
    let repeated = incidents(&bench, "SequentialActivationRenewalsAlert").await;
    assert_eq!(
        (&repeated[0]["assigneeDisplayName"], &repeated[0]["activationCount"]),
        (&json!("Inês Carvalho"), &json!(3))
    );
    let stale = incidents(&bench, "StaleSignInAlert").await;
    assert!(
        stale
            .iter()
            .all(|row| ["Petra Nováková", "Emergency Access"].contains(&row["assigneeDisplayName"].as_str().unwrap()))
    );
    assert_eq!(incidents(&bench, "TooManyGlobalAdminsAssignedToTenantAlert").await.len(), 3);
    let lax = incidents(&bench, "NoMfaOnRoleActivationAlert").await;
    assert!(lax.iter().any(|row| row["roleDisplayName"] == "Reports Reader"));
    assert!(lax.iter().all(|row| row["roleDisplayName"] != "Security Administrator"));
    let idle = incidents(&bench, "RedundantAssignmentAlert").await;
    let of = |name: &str| idle.iter().filter(|row| row["assigneeDisplayName"] == name).count();
    assert!(of("Maya Lindqvist") > 10);
    assert_eq!(of("Nadia Rahimi"), 0, "she activated hers nine days ago");
    assert_eq!(get(&bench, &format!("alertDefinitions?{OF_ROLES}")).await.rows().len(), 7);
    let settings = get(&bench, &format!("alertConfigurations?{OF_ROLES}&$expand=alertDefinition")).await;
    assert_eq!(settings.rows().len(), 7);
    let page =
        get(&bench, &format!("alerts/{}/alertIncidents?$top=2&$skip=1", id(&bench, "RedundantAssignmentAlert"))).await;
    assert_eq!(page.rows().len(), 2);
    assert!(page.body["@odata.nextLink"].is_string());
    assert_eq!(get(&bench, "alerts").await.code(), "InvalidFilter");
    assert_eq!(get(&bench, &format!("alerts/{}", id(&bench, "Nonsense"))).await.status, 404);
}

#[tokio::test]
async fn an_alert_is_dismissed_and_comes_back_with_something_new() {
    let bench = Bench::contoso().await;
    let alert = format!("alerts/{}", id(&bench, "RolesAssignedOutsidePimAlert"));
    let dismiss = json!({ "isActive": false });
    assert_eq!(call(&bench, "PATCH", "sven", &alert, &dismiss).await.status, 403, "he only looks");
    assert_eq!(call(&bench, "PATCH", "omar", &alert, &dismiss).await.status, 204);
    assert_eq!(get(&bench, &alert).await.body["isActive"], false);
    let refresh = async || {
        let body = json!({ "scopeId": "/", "scopeType": "DirectoryRole" });
        let accepted = call(&bench, "POST", "omar", "alerts/refresh", &body).await;
        assert_eq!((accepted.status, &accepted.body), (202, &Value::Null));
        accepted.headers["location"].to_str().unwrap().to_owned()
    };
    let operation = refresh().await;
    assert_eq!(get(&bench, &operation).await.body["status"], "running");
    bench.pass("PT6S");
    assert_eq!(get(&bench, &operation).await.body["status"], "succeeded");
    assert_eq!(get(&bench, &alert).await.body["isActive"], false, "it was dismissed with the same incidents");

    // Given where nobody looks.
    let body = json!({ "principalId": bench.id("petra"), "roleDefinitionId": bench.role("Password Administrator"), "directoryScopeId": "/" });
    let assignments = format!("{DIRECTORY}/roleAssignments");
    assert_eq!(bench.call("POST", "tomasz", &assignments, &body, &WRITER).await.status, 403);
    let made = bench.call("POST", "omar", &assignments, &body, &WRITER).await;
    assert_eq!((made.status, &made.body["principalId"]), (201, &json!(bench.id("petra"))), "{}", made.body);
    assert_eq!(bench.call("POST", "omar", &assignments, &body, &WRITER).await.status, 400, "it is there");
    assert_eq!(get(&bench, &alert).await.body["incidentCount"], 1, "nobody has looked since");
    let one = call(&bench, "POST", "omar", &format!("{alert}/refresh"), &Value::Null).await;
    assert_eq!(one.status, 202);
    bench.pass("PT6S");
    let again = get(&bench, &alert).await;
    assert_eq!((&again.body["isActive"], &again.body["incidentCount"]), (&json!(true), &json!(2)));
    let gone = format!("{assignments}/{}", made.body["id"].as_str().unwrap());
    assert_eq!(bench.call("DELETE", "omar", &gone, &Value::Null, &WRITER).await.status, 204);
    bench.pass("P1D");
    assert_eq!(get(&bench, &alert).await.body["incidentCount"], 1, "the service looks once a day");
}

#[tokio::test]
async fn incidents_are_put_right_and_settings_changed() {
    let bench = Bench::contoso().await;
    let put_right = async |user: &str, name: &str, incident: &Value| {
        let path = format!("alerts/{}/alertIncidents/{}/remediate", id(&bench, name), incident["id"].as_str().unwrap());
        call(&bench, "POST", user, &path, &Value::Null).await
    };
    let name = "RolesAssignedOutsidePimAlert";
    let found = incidents(&bench, name).await;
    assert_eq!(put_right("sven", name, &found[0]).await.status, 403);
    assert_eq!(put_right("omar", name, &found[0]).await.status, 204);
    assert!(incidents(&bench, name).await.is_empty());
    assert_eq!(put_right("omar", name, &found[0]).await.status, 404);

    let name = "NoMfaOnRoleActivationAlert";
    let before = incidents(&bench, name).await;
    assert_eq!(put_right("omar", name, &before[0]).await.status, 204);
    assert_eq!(incidents(&bench, name).await.len(), before.len() - 1);

    let name = "TooManyGlobalAdminsAssignedToTenantAlert";
    let found = incidents(&bench, name).await;
    let last = found.iter().find(|row| row["assigneeDisplayName"] == "Emergency Access").unwrap();
    assert_eq!(put_right("omar", name, last).await.code(), "CannotDeleteLastAdminAssignment");
    let path = format!("alertConfigurations/{}", id(&bench, name));
    let typed = "#microsoft.graph.tooManyGlobalAdminsAssignedToTenantAlertConfiguration";
    let body = json!({ "globalAdminCountThreshold": 5 });
    assert_eq!(call(&bench, "PATCH", "omar", &path, &body).await.status, 400, "of which type?");
    let body = json!({ "@odata.type": typed, "globalAdminCountThreshold": 5 });
    assert_eq!(call(&bench, "PATCH", "omar", &path, &body).await.status, 204);
    assert!(incidents(&bench, name).await.is_empty(), "five are not too many");
    assert_eq!(get(&bench, &path).await.body["globalAdminCountThreshold"], 5);

    let name = "StaleSignInAlert";
    let path = format!("alertConfigurations/{}", id(&bench, name));
    let body = json!({ "@odata.type": "#microsoft.graph.staleSignInAlertConfiguration", "isEnabled": false });
    assert_eq!(call(&bench, "PATCH", "omar", &path, &body).await.status, 204);
    assert!(incidents(&bench, name).await.is_empty());
}

#[tokio::test]
async fn alerts_are_for_those_who_read_everything() {
    let bench = Bench::contoso().await;
    for user in ["maya", "tomasz", "nadia"] {
        let refused = call(&bench, "GET", user, &format!("alerts?{OF_ROLES}"), &Value::Null).await;
        assert_eq!((refused.status, refused.code()), (403, "Authorization_RequestDenied"), "{user}");
    }
    let none = Proof { scopes: "User.Read", ..WRITER };
    let refused = bench.call("GET", "sven", &format!("{ALERTS}/alerts?{OF_ROLES}"), &Value::Null, &none).await;
    assert_eq!((refused.status, refused.code()), (403, "UnknownError"));
    let v1 =
        bench.call("GET", "sven", "v1.0/identityGovernance/roleManagementAlerts/alerts", &Value::Null, &WRITER).await;
    assert_eq!(v1.status, 400, "beta only");
}
