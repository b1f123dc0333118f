//! What administrators of Azure do: assign, change, remove; policies; and what roles allow.

use serde_json::{Value, json};

use crate::common::{Answer, Bench, CONNECTIVITY, PIM, PRODUCTION, STRONG, WAREHOUSES};

const VERSION: &str = "api-version=2020-10-01";

fn place(scope: &str, side: &str, number: u128, verb: &str) -> String {
    let name = uuid::Uuid::from_u128(number);
    format!("{scope}/{PIM}/role{side}ScheduleRequests/{name}{verb}?{VERSION}")
}

/// A role for Tomasz.
fn given(bench: &Bench, kind: &str, role: &str) -> Value {
    let mut body = bench.request(kind, role);
    body["properties"]["principalId"] = json!(bench.id("tomasz"));
    body["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("P20D");
    body
}

async fn put(bench: &Bench, user: &str, path: &str, body: &Value) -> Answer {
    bench.call("PUT", user, path, body, STRONG).await
}

#[tokio::test]
async fn roles_are_given_changed_and_taken_away() {
    let bench = Bench::contoso().await;
    let role = "Monitoring Reader";
    for (number, side) in [(10, "Eligibility"), (30, "Assignment")] {
        let held = async || {
            let filter = format!("$filter=principalId eq '{}'", bench.id("tomasz"));
            let list = format!("{WAREHOUSES}/{PIM}/role{side}ScheduleInstances?{VERSION}&{filter}");
            bench
                .get("omar", &list)
                .await
                .rows()
                .iter()
                .map(|row| row["properties"]["endDateTime"].clone())
                .collect::<Vec<_>>()
        };
        let body = given(&bench, "AdminAssign", role);
        let refused = put(&bench, "maya", &place(WAREHOUSES, side, number, ""), &body).await;
        assert_eq!((refused.status, refused.code()), (403, "AuthorizationFailed"));
        assert!(refused.message().contains(&format!("Microsoft.Authorization/role{side}ScheduleRequests/write")));

        let rehearsal = place(WAREHOUSES, side, number, "/validate");
        let rehearsed = bench.call("POST", "omar", &rehearsal, &body, STRONG).await;
        assert_eq!(rehearsed.status, 200, "{}", rehearsed.body);
        let mut forever = body.clone();
        forever["properties"]["scheduleInfo"]["expiration"] = json!({ "type": "AfterDuration", "duration": "PT0S" });
        assert_eq!(bench.call("POST", "omar", &rehearsal, &forever, STRONG).await.status, 400);
        assert!(held().await.is_empty());

        let made = put(&bench, "omar", &place(WAREHOUSES, side, number, ""), &body).await;
        assert_eq!((made.status, &made.body["properties"]["status"]), (201, &json!("Provisioned")), "{}", made.body);
        assert_eq!(made.body["properties"]["requestType"], "AdminAssign");
        let first = held().await;
        assert_eq!(first.len(), 1);
        let again = put(&bench, "omar", &place(WAREHOUSES, side, number + 1, ""), &body).await;
        assert_eq!(again.code(), "RoleAssignmentExists");
        let mut longer = given(&bench, "AdminExtend", role);
        longer["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("P40D");
        assert_eq!(put(&bench, "omar", &place(WAREHOUSES, side, number + 2, ""), &longer).await.status, 201);
        assert!(held().await[0].as_str() > first[0].as_str());
        let mut sooner = given(&bench, "AdminUpdate", role);
        sooner["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("P1D");
        assert_eq!(put(&bench, "omar", &place(WAREHOUSES, side, number + 3, ""), &sooner).await.status, 201);
        bench.pass("P2D");
        assert!(held().await.is_empty());
        let renewed =
            put(&bench, "omar", &place(WAREHOUSES, side, number + 4, ""), &given(&bench, "AdminRenew", role)).await;
        assert_eq!(renewed.status, 201, "{}", renewed.body);
        let mut removal = given(&bench, "AdminRemove", role);
        removal["properties"]["scheduleInfo"] = Value::Null;
        let removed = put(&bench, "omar", &place(WAREHOUSES, side, number + 5, ""), &removal).await;
        assert_eq!(
            (removed.status, &removed.body["properties"]["status"]),
            (201, &json!("Revoked")),
            "{}",
            removed.body
        );
        assert!(held().await.is_empty());
        let nothing = put(&bench, "omar", &place(WAREHOUSES, side, number + 6, ""), &removal).await;
        assert_eq!(nothing.code(), "RoleAssignmentDoesNotExist");
    }
}

#[tokio::test]
async fn the_last_one_who_gives_access_stays() {
    let bench = Bench::contoso().await;
    let root = format!(
        "providers/Microsoft.Management/managementGroups/{}",
        bench.tenant.app().scenario.organization.tenant_id
    );
    let mut removal = bench.request("AdminRemove", "Owner");
    removal["properties"]["principalId"] = json!(bench.id("omar"));
    removal["properties"]["scheduleInfo"] = Value::Null;
    let refused = put(&bench, "omar", &place(&root, "Assignment", 1, ""), &removal).await;
    assert_eq!((refused.status, refused.code()), (400, "CannotDeleteLastAdminAssignment"));
    assert_eq!(refused.message(), "Cannot delete the last RBAC admin assignment.");
    let other = given(&bench, "AdminAssign", "User Access Administrator");
    assert_eq!(put(&bench, "omar", &place(&root, "Assignment", 2, ""), &other).await.status, 201);
    assert_eq!(put(&bench, "omar", &place(&root, "Assignment", 3, ""), &removal).await.status, 201);
}

#[tokio::test]
async fn a_policy_is_changed_for_one_role_at_one_scope() {
    let bench = Bench::contoso().await;
    let policies = async |scope: &str| {
        let filter =
            "$filter=roleDefinitionId eq '/x/providers/y/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'";
        let list = format!("{scope}/{PIM}/roleManagementPolicies?{VERSION}&{filter}");
        bench.get("omar", &list).await.rows()[0].clone()
    };
    let rule = |policy: &Value, id: &str| {
        let rules = policy["properties"]["rules"].as_array().unwrap();
        rules.iter().find(|rule| rule["id"] == id).unwrap().clone()
    };
    let before = policies(PRODUCTION).await;
    let path = format!("{}?{VERSION}", &before["id"].as_str().unwrap()[1..]);
    let mut approval = rule(&before, "Approval_EndUser_Assignment");
    approval["setting"]["isApprovalRequired"] = json!(true);
    approval["setting"]["approvalStages"][0]["primaryApprovers"] =
        json!([{ "id": bench.id("nadia"), "description": "Nadia Rahimi", "isBackup": false, "userType": "User" }]);
    let body = json!({ "properties": { "rules": [
        { "id": "Expiration_EndUser_Assignment", "ruleType": "RoleManagementPolicyExpirationRule", "maximumDuration": "PT30M", "isExpirationRequired": true },
        approval,
        { "id": "Notification_Admin_EndUser_Assignment", "ruleType": "RoleManagementPolicyNotificationRule", "notificationRecipients": ["soc@contoso.example"] },
    ] } });
    let refused = bench.call("PATCH", "maya", &path, &body, STRONG).await;
    assert_eq!((refused.status, refused.code()), (403, "AuthorizationFailed"));
    let changed = bench.call("PATCH", "omar", &path, &body, STRONG).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let after = policies(PRODUCTION).await;
    assert_eq!(changed.body, after);
    assert_eq!(rule(&after, "Expiration_EndUser_Assignment")["maximumDuration"], "PT30M");
    assert_eq!(
        rule(&after, "Notification_Admin_EndUser_Assignment")["notificationRecipients"],
        json!(["soc@contoso.example"])
    );
    let stage = &rule(&after, "Approval_EndUser_Assignment")["setting"]["approvalStages"][0];
    assert_eq!(stage["primaryApprovers"][0]["description"], "Nadia Rahimi");
    assert_eq!(after["properties"]["lastModifiedBy"]["displayName"], "Omar Haddad");
    assert_eq!(rule(&policies(WAREHOUSES).await, "Expiration_EndUser_Assignment")["maximumDuration"], "PT8H");

    for rules in [
        json!([{ "id": "Expiration_EndUser_Assignment", "maximumDuration": "PT1H" }]),
        json!([{ "id": "Colour", "ruleType": "RoleManagementPolicyExpirationRule" }]),
        json!([
            { "id": "Expiration_EndUser_Assignment", "ruleType": "RoleManagementPolicyExpirationRule", "maximumDuration": "PT1H" },
            { "id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule", "enabledRules": ["Luck"] },
        ]),
    ] {
        let refused = bench.call("PATCH", "omar", &path, &json!({ "properties": { "rules": rules } }), STRONG).await;
        assert_eq!((refused.status, refused.code()), (400, "InvalidPolicy"), "{}", refused.body);
    }
    assert_eq!(
        rule(&policies(PRODUCTION).await, "Expiration_EndUser_Assignment")["maximumDuration"],
        "PT30M",
        "all or none"
    );

    let reader = given(&bench, "AdminAssign", "Reader");
    assert_eq!(put(&bench, "omar", &place(PRODUCTION, "Eligibility", 1, ""), &reader).await.status, 201);
    let mut activation = given(&bench, "SelfActivate", "Reader");
    activation["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("PT1H");
    let long = put(&bench, "tomasz", &place(PRODUCTION, "Assignment", 2, ""), &activation).await;
    assert!(long.message().contains("ExpirationRule"), "{}", long.body);
    activation["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("PT30M");
    let asked = put(&bench, "tomasz", &place(PRODUCTION, "Assignment", 3, ""), &activation).await;
    assert_eq!(asked.body["properties"]["status"], "PendingApproval", "{}", asked.body);
    let waiting = format!("{PIM}/roleAssignmentScheduleRequests?{VERSION}&$filter=asApprover()");
    assert_eq!(bench.get("nadia", &waiting).await.rows().len(), 1);
}

#[tokio::test]
async fn roles_say_what_they_allow_and_what_not() {
    let bench = Bench::contoso().await;
    let version = "api-version=2022-04-01";
    let all =
        bench.get("omar", &format!("{CONNECTIVITY}/{PIM}/roleDefinitions?{version}&$filter=atScopeAndBelow()")).await;
    assert_eq!(all.rows().len(), bench.tenant.app().scenario.azure.roles.len());
    let permission = |name: &str| {
        let role = all.rows().iter().find(|row| row["properties"]["roleName"] == name).unwrap();
        role["properties"]["permissions"][0].clone()
    };
    let contributor = permission("Contributor");
    assert_eq!(contributor["actions"], json!(["*"]));
    assert!(contributor["notActions"].as_array().unwrap().contains(&json!("Microsoft.Authorization/*/Write")));
    assert_eq!(permission("Key Vault Administrator")["dataActions"], json!(["Microsoft.KeyVault/vaults/*"]));
    let named = format!(
        "{CONNECTIVITY}/{PIM}/roleDefinitions?{version}&$filter=roleName eq 'Reader' and type eq 'BuiltInRole'"
    );
    assert_eq!(bench.get("omar", &named).await.rows().len(), 1);
    let own = format!("{CONNECTIVITY}/{PIM}/roleDefinitions?{version}&$filter=type eq 'CustomRole'");
    assert_eq!(bench.get("omar", &own).await.rows()[0]["properties"]["roleName"], "Scanner Fleet Operator");
    let root = bench.get("maya", &format!("{PIM}/roleDefinitions?{version}")).await;
    assert!(root.rows().iter().all(|row| row["properties"]["type"] == "BuiltInRole"), "no secret");
    assert_eq!(
        bench.get("maya", &format!("{CONNECTIVITY}/{PIM}/roleDefinitions?{version}")).await.code(),
        "AuthorizationFailed"
    );
}
