//! One day at Contoso, played by its people: what an administrator, a colleague, an approver and a watcher do after
//! one another.

use serde_json::{Value, json};
use tenant::Scenario;

use crate::common::{Answer, Bench, DIRECTORY, Proof, mine, requests};

/// Everything that a client of administrators may ask for.
const SCOPES: &str = "User.Read RoleEligibilitySchedule.ReadWrite.Directory RoleAssignmentSchedule.ReadWrite.Directory \
                      RoleManagement.Read.Directory RoleManagementPolicy.ReadWrite.Directory AuditLog.Read.All \
                      AccessReview.ReadWrite.All RoleManagementAlert.ReadWrite.Directory User.ReadBasic.All";
const ALL: Proof = Proof { scopes: SCOPES, mfa: true, context: true, cp1: true };

struct Day(Bench);

impl Day {
    async fn call(&self, who: &str, method: &str, path: &str, body: Value) -> Answer {
        let answer = self.0.call(method, who, path, &body, &ALL).await;
        assert!(answer.status < 300, "{who} {method} {path}: {} {}", answer.status, answer.body);
        answer
    }

    async fn get(&self, who: &str, path: &str) -> Answer {
        self.call(who, "GET", path, Value::Null).await
    }
}

#[tokio::test]
async fn a_day_of_everybody() {
    let mut scenario = Scenario::contoso();
    scenario.switches.audit_throttle = 0;
    let day = Day(Bench::new(scenario).await);
    let bench = &day.0;
    let role = "Authentication Policy Administrator";

    // Omar finds his colleague and makes him eligible.
    let found =
        bench.look("omar", r#"v1.0/users?$search="displayName:Tomasz"&$select=id,displayName"#, &ALL, true).await;
    let tomasz = found.column("id")[0].to_owned();
    let given = json!({
        "action": "adminAssign", "principalId": tomasz, "roleDefinitionId": bench.role(role), "directoryScopeId": "/",
        "justification": "Rolls out passkeys",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P90D" } },
    });
    let eligibilities = format!("{DIRECTORY}/roleEligibilityScheduleRequests");
    let mut rehearsal = given.clone();
    rehearsal["isValidationOnly"] = json!(true);
    day.call("omar", "POST", &eligibilities, rehearsal).await;
    day.call("omar", "POST", &eligibilities, given).await;

    // Tomasz sees it and activates it, which somebody has to approve.
    let eligible = format!("{}?$expand=roleDefinition", mine("roleEligibilityScheduleInstances", "principal"));
    assert_eq!(day.get("tomasz", &eligible).await.rows()[0]["roleDefinition"]["displayName"], role);
    let mut activation = bench.activation(role);
    activation["principalId"] = json!(tomasz);
    let asked = day.call("tomasz", "POST", &requests(), activation).await;
    assert_eq!(asked.body["status"], "PendingApproval");

    // Nadia decides, and Sven, who watches, sees who has activated what.
    let waiting = format!("{}?$filter=status eq 'PendingApproval'", mine("roleAssignmentScheduleRequests", "approver"));
    let id = day.get("nadia", &waiting).await.column("id")[0].to_owned();
    let steps = format!("beta/roleManagement/directory/roleAssignmentApprovals/{id}/steps");
    let step = day.get("nadia", &steps).await.column("id")[0].to_owned();
    day.call(
        "nadia",
        "PATCH",
        &format!("{steps}/{step}"),
        json!({ "reviewResult": "Approve", "justification": "Go on" }),
    )
    .await;
    let active =
        format!("{DIRECTORY}/roleAssignmentScheduleInstances?$filter=assignmentType eq 'Activated'&$expand=principal");
    assert_eq!(day.get("sven", &active).await.rows()[0]["principal"]["displayName"], "Tomasz Wójcik");
    let log = day.get("sven", "v1.0/auditLogs/directoryAudits?$top=6").await;
    assert_eq!(log.rows().iter().filter(|row| row["correlationId"] == id.as_str()).count(), 4);

    // An ordinary user does not read about others.
    let everybody_s = format!("{DIRECTORY}/roleAssignmentScheduleInstances");
    let refused = bench.call("GET", "tomasz", &everybody_s, &Value::Null, &ALL).await;
    assert_eq!((refused.status, refused.code()), (403, "Authorization_RequestDenied"));

    // A review is answered, an alert read and dismissed.
    let reviews = "v1.0/identityGovernance/accessReviews/definitions";
    let review =
        day.get("nadia", &format!("{reviews}/filterByCurrentUser(on='reviewer')")).await.column("id")[0].to_owned();
    let instances = format!("{reviews}/{review}/instances");
    let instance =
        day.get("nadia", &format!("{instances}/filterByCurrentUser(on='reviewer')")).await.column("id")[0].to_owned();
    let everybody = json!({ "decision": "Approve", "justification": "All of them work at the desk" });
    day.call("nadia", "POST", &format!("{instances}/{instance}/batchRecordDecisions"), everybody).await;
    let alerts = "beta/identityGovernance/roleManagementAlerts/alerts";
    let of_roles = "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";
    let found = day.get("sven", &format!("{alerts}?{of_roles}&$expand=alertDefinition")).await;
    let high =
        found.rows().iter().find(|row| row["isActive"] == true && row["alertDefinition"]["severityLevel"] == "high");
    let alert = format!("{alerts}/{}", high.unwrap()["id"].as_str().unwrap());
    day.call("omar", "PATCH", &alert, json!({ "isActive": false })).await;

    // The last Global Administrator stays; a policy is changed.
    let removal = json!({ "action": "adminRemove", "principalId": bench.id("breakglass"),
        "roleDefinitionId": bench.role("Global Administrator"), "directoryScopeId": "/" });
    let path = format!("{DIRECTORY}/roleAssignmentScheduleRequests");
    assert_eq!(bench.call("POST", "omar", &path, &removal, &ALL).await.code(), "CannotDeleteLastAdminAssignment");
    let filter =
        format!("scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{}'", bench.role(role));
    let policies = day.get("omar", &format!("v1.0/policies/roleManagementPolicyAssignments?$filter={filter}")).await;
    let rule = format!(
        "v1.0/policies/roleManagementPolicies/{}/rules/Expiration_EndUser_Assignment",
        policies.column("policyId")[0]
    );
    let shorter = json!({ "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule", "maximumDuration": "PT30M" });
    day.call("omar", "PATCH", &rule, shorter).await;

    // All of it is in the log, newest first.
    let log = day.get("sven", "v1.0/auditLogs/directoryAudits?$top=8").await;
    let names = log.column("activityDisplayName");
    assert_eq!(
        names[..5],
        [
            "Update role setting in PIM",
            "Deactivate PIM alert",
            "Approve decision",
            "Approve decision",
            "Approve decision"
        ]
    );
    assert_eq!(log.rows()[2]["loggedByService"], "Access Reviews");
}
