//! What administrators do: assign, update, extend, renew, remove; and who may.

use serde_json::{Value, json};
use tenant::Scenario;

use crate::common::{Answer, Bench, DIRECTORY, Proof};

/// Everything that an administrator's client asks for.
const SCOPES: &str = "RoleEligibilitySchedule.ReadWrite.Directory RoleAssignmentSchedule.ReadWrite.Directory \
                      PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup";

fn admin() -> Proof {
    Proof { scopes: SCOPES, ..Proof::default() }
}

async fn submit(bench: &Bench, user: &str, side: &str, body: &Value) -> Answer {
    let path = if body.get("groupId").is_none() {
        format!("{DIRECTORY}/role{side}ScheduleRequests")
    } else {
        let side = side.to_ascii_lowercase();
        format!("v1.0/identityGovernance/privilegedAccess/group/{side}ScheduleRequests")
    };
    bench.call("POST", user, &path, body, &admin()).await
}

/// A role for Tomasz, for twenty days.
fn given(bench: &Bench, action: &str, role: &str) -> Value {
    json!({
        "action": action, "principalId": bench.id("tomasz"), "roleDefinitionId": bench.role(role),
        "directoryScopeId": "/", "justification": "Joins the service desk",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P20D" } },
    })
}

#[tokio::test]
async fn a_role_is_given_moved_and_taken_away() {
    let bench = Bench::contoso().await;
    for (side, list) in
        [("Eligibility", "roleEligibilityScheduleInstances"), ("Assignment", "roleAssignmentScheduleInstances")]
    {
        let role = "Groups Administrator";
        let ends = async || {
            let filter = format!(
                "$filter=principalId eq '{}' and roleDefinitionId eq '{}'",
                bench.id("tomasz"),
                bench.role(role)
            );
            let path = format!("{DIRECTORY}/{list}?{filter}&$count=true");
            let answer = bench.call("GET", "omar", &path, &Value::Null, &admin()).await;
            assert_eq!(answer.body["@odata.count"], answer.rows().len());
            answer.column("endDateTime").first().map(|end| (*end).to_owned())
        };
        let refused = submit(&bench, "maya", side, &given(&bench, "adminAssign", role)).await;
        assert_eq!((refused.status, refused.code()), (403, "Authorization_RequestDenied"));

        let mut rehearsal = given(&bench, "adminAssign", role);
        rehearsal["isValidationOnly"] = json!(true);
        let rehearsed = submit(&bench, "omar", side, &rehearsal).await;
        assert_eq!((rehearsed.status, &rehearsed.body["isValidationOnly"]), (201, &json!(true)), "{}", rehearsed.body);
        assert_eq!(ends().await, None, "a rehearsal leaves nothing behind");

        let made = submit(&bench, "omar", side, &given(&bench, "adminAssign", role)).await;
        assert_eq!((made.status, &made.body["status"]), (201, &json!("Provisioned")), "{}", made.body);
        assert_eq!(made.body["targetScheduleId"], made.body["id"]);
        let first = ends().await.unwrap();
        let again = submit(&bench, "omar", side, &given(&bench, "adminAssign", role)).await;
        assert_eq!((again.status, again.code()), (400, "RoleAssignmentExists"));

        let mut longer = given(&bench, "adminExtend", role);
        longer["scheduleInfo"]["expiration"]["duration"] = json!("P10D");
        assert_eq!(
            submit(&bench, "omar", side, &longer).await.code(),
            "InvalidRoleAssignmentRequest",
            "that is sooner"
        );
        longer["scheduleInfo"]["expiration"]["duration"] = json!("P40D");
        longer["targetScheduleId"] = made.body["id"].clone();
        let extended = submit(&bench, "omar", side, &longer).await;
        assert_eq!((extended.status, &extended.body["targetScheduleId"]), (201, &made.body["id"]), "{}", extended.body);
        assert!(ends().await.unwrap() > first);
        let mut sooner = given(&bench, "adminUpdate", role);
        sooner["scheduleInfo"]["expiration"]["duration"] = json!("P1D");
        assert_eq!(submit(&bench, "omar", side, &sooner).await.status, 201);
        assert!(ends().await.unwrap() < first);
        bench.pass("P2D");
        assert_eq!(ends().await, None);
        let renewed = submit(&bench, "omar", side, &given(&bench, "adminRenew", role)).await;
        assert_eq!(renewed.status, 201, "{}", renewed.body);
        let mut removal = given(&bench, "adminRemove", role);
        removal.as_object_mut().unwrap().remove("scheduleInfo");
        let removed = submit(&bench, "omar", side, &removal).await;
        assert_eq!((removed.status, &removed.body["status"]), (201, &json!("Revoked")), "{}", removed.body);
        assert_eq!(submit(&bench, "omar", side, &removal).await.code(), "RoleAssignmentDoesNotExist");
    }
}

#[tokio::test]
async fn the_policy_s_rules_for_administrators() {
    let bench = Bench::contoso().await;
    let role = "Exchange Recipient Administrator";
    let failed = |answer: &Answer| {
        assert_eq!(
            (answer.status, answer.code()),
            (400, "RoleAssignmentRequestPolicyValidationFailed"),
            "{}",
            answer.body
        );
        answer.message().trim_start_matches("The following policy rules failed: ").to_owned()
    };
    let mut body = given(&bench, "adminAssign", role);
    body["justification"] = Value::Null;
    let refused = submit(&bench, "omar", "Eligibility", &body).await;
    assert_eq!(failed(&refused), "JustificationRule - Justification is required");
    body["justification"] = json!("Joins the mail team");
    body["scheduleInfo"]["expiration"] = json!({ "type": "noExpiration" });
    let made = submit(&bench, "omar", "Eligibility", &body).await;
    assert_eq!(made.status, 201, "permanent eligibility is allowed: {}", made.body);
    let refused = submit(&bench, "omar", "Assignment", &body).await;
    assert_eq!(failed(&refused), "ExpirationRule - The policy does not allow permanent assignment");
    body["scheduleInfo"]["expiration"] = json!({ "type": "afterDuration", "duration": "P31D" });
    let refused = submit(&bench, "omar", "Assignment", &body).await;
    assert!(failed(&refused).starts_with("ExpirationRule - The duration"));
    body["scheduleInfo"]["expiration"]["duration"] = json!("P30D");
    let weak = Proof { mfa: false, ..admin() };
    let path = format!("{DIRECTORY}/roleAssignmentScheduleRequests");
    let refused = bench.call("POST", "omar", &path, &body, &weak).await;
    assert_eq!(failed(&refused), "MfaRule - Multi-factor authentication is required");
    assert_eq!(submit(&bench, "omar", "Assignment", &body).await.status, 201);
}

#[tokio::test]
async fn what_cannot_be_given() {
    let bench = Bench::contoso().await;
    let scenario = bench.scenario();
    let unit = scenario.administrative_units[0].id;
    let app = scenario.service_principals[0].id;
    let plain = scenario.groups.iter().find(|group| group.display_name == "Warehouse Rotterdam").unwrap().id;
    let with = |side: &'static str, change: &[(&str, Value)]| {
        let mut body = given(&bench, "adminAssign", "User Administrator");
        for (name, value) in change {
            body[*name] = value.clone();
        }
        (side, body)
    };
    let unknown = json!(uuid::Uuid::from_u128(7));
    for ((side, body), status, code) in [
        (with("Eligibility", &[("principalId", unknown.clone())]), 404, "SubjectNotFound"),
        (with("Eligibility", &[("roleDefinitionId", unknown.clone())]), 404, "RoleNotFound"),
        (with("Eligibility", &[("principalId", json!(app))]), 400, "InvalidRoleAssignmentRequest"),
        (with("Assignment", &[("principalId", json!(plain))]), 400, "InvalidRoleAssignmentRequest"),
        (
            with("Eligibility", &[("directoryScopeId", json!(format!("/administrativeUnits/{}", bench.id("maya"))))]),
            400,
            "InvalidRoleAssignmentRequest",
        ),
        (
            with(
                "Eligibility",
                &[
                    ("directoryScopeId", json!(format!("/administrativeUnits/{unit}"))),
                    ("roleDefinitionId", json!(bench.role("Exchange Administrator"))),
                ],
            ),
            400,
            "Request_BadRequest",
        ),
        (with("Eligibility", &[("scheduleInfo", Value::Null)]), 400, "InvalidRoleAssignmentRequest"),
        (with("Assignment", &[("directoryScopeId", json!(format!("/{app}")))]), 400, "Request_BadRequest"),
    ] {
        let refused = submit(&bench, "omar", side, &body).await;
        assert_eq!((refused.status, refused.code()), (status, code), "{body}");
    }
    let (side, body) = with("Eligibility", &[("directoryScopeId", json!(format!("/administrativeUnits/{unit}")))]);
    assert_eq!(submit(&bench, "omar", side, &body).await.status, 201);
    let (side, body) = with("Assignment", &[("principalId", json!(app))]);
    assert_eq!(submit(&bench, "omar", side, &body).await.status, 201, "an application may hold it");
    let one = [
        ("directoryScopeId", json!(format!("/{app}"))),
        ("roleDefinitionId", json!(bench.role("Application Administrator"))),
    ];
    let (side, body) = with("Assignment", &one);
    assert_eq!(submit(&bench, "omar", side, &body).await.status, 201);
}

#[tokio::test]
async fn owners_administer_their_groups() {
    let bench = Bench::contoso().await;
    let group = bench.scenario().groups.iter().find(|group| group.display_name == "Payroll Readers").unwrap().id;
    let body = |action: &str| {
        json!({
            "action": action, "accessId": "member", "groupId": group, "principalId": bench.id("sven"),
            "justification": "Covers for a colleague",
            "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P30D" } },
        })
    };
    assert_eq!(submit(&bench, "tomasz", "Eligibility", &body("adminAssign")).await.status, 403, "a member only");
    for owner in ["ines", "omar"] {
        let made = submit(&bench, owner, "Eligibility", &body("adminAssign")).await;
        assert_eq!((made.status, &made.body["status"]), (201, &json!("Provisioned")), "{}", made.body);
        let list = format!(
            "v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=groupId eq '{group}'"
        );
        let listed = bench.call("GET", owner, &format!("{list}&$expand=principal"), &Value::Null, &admin()).await;
        assert!(listed.rows().iter().any(|row| row["principal"]["displayName"] == "Sven Aldous"), "{}", listed.body);
        assert_eq!(bench.call("GET", "tomasz", &list, &Value::Null, &admin()).await.status, 403);
        let mut removal = body("adminRemove");
        removal["scheduleInfo"] = Value::Null;
        assert_eq!(submit(&bench, owner, "Eligibility", &removal).await.status, 201);
    }
    // Where no role can be assigned to the group, those who administer groups may, too.
    let role = given(&bench, "adminAssign", "Groups Administrator");
    assert_eq!(submit(&bench, "omar", "Assignment", &role).await.status, 201);
    assert_eq!(submit(&bench, "tomasz", "Eligibility", &body("adminAssign")).await.status, 201);
    let assignable =
        bench.scenario().groups.iter().find(|group| group.display_name == "Production Operators").unwrap().id;
    let mut other = body("adminAssign");
    other["groupId"] = json!(assignable);
    assert_eq!(submit(&bench, "tomasz", "Eligibility", &other).await.status, 403);
}

#[tokio::test]
async fn a_permission_to_remove_is_enough_to_remove() {
    let bench = Bench::contoso().await;
    let path = format!("{DIRECTORY}/roleEligibilityScheduleRequests");
    let proof = Proof { scopes: "RoleEligibilitySchedule.Remove.Directory", ..Proof::default() };
    let mut body = given(&bench, "adminAssign", "Helpdesk Administrator");
    body["principalId"] = json!(bench.id("ines"));
    let refused = bench.call("POST", "omar", &path, &body, &proof).await;
    assert_eq!((refused.status, refused.code()), (403, "UnknownError"));
    body["action"] = json!("adminRemove");
    body["scheduleInfo"] = Value::Null;
    assert_eq!(bench.call("POST", "omar", &path, &body, &proof).await.status, 201);
}

#[tokio::test]
async fn the_last_administrator_is_refused_and_one_of_two_is_not() {
    let bench = Bench::contoso().await;
    let removal = |role: &str, user: &str| json!({ "action": "adminRemove", "principalId": bench.id(user), "roleDefinitionId": bench.role(role), "directoryScopeId": "/" });
    for (role, user) in [("Global Administrator", "breakglass"), ("Privileged Role Administrator", "omar")] {
        let mut rehearsal = removal(role, user);
        rehearsal["isValidationOnly"] = json!(true);
        for body in [removal(role, user), rehearsal] {
            let refused = submit(&bench, "omar", "Assignment", &body).await;
            assert_eq!((refused.status, refused.code()), (400, "CannotDeleteLastAdminAssignment"), "{role}");
            assert_eq!(refused.message(), "Cannot delete the last admin assignment.");
        }
        // An application is no second one.
        let mut app = given(&bench, "adminAssign", role);
        app["principalId"] = json!(bench.scenario().service_principals[0].id);
        assert_eq!(submit(&bench, "omar", "Assignment", &app).await.status, 201);
        assert_eq!(
            submit(&bench, "omar", "Assignment", &removal(role, user)).await.code(),
            "CannotDeleteLastAdminAssignment"
        );
        assert_eq!(submit(&bench, "omar", "Assignment", &given(&bench, "adminAssign", role)).await.status, 201);
        assert_eq!(submit(&bench, "omar", "Assignment", &removal(role, user)).await.status, 201, "{role}");
        if role == "Privileged Role Administrator" {
            assert_eq!(submit(&bench, "omar", "Assignment", &removal(role, "tomasz")).await.status, 403, "no more");
        }
    }
}

#[tokio::test]
async fn roles_through_groups_within_groups() {
    let mut scenario = Scenario::contoso();
    // The rota is in the operators, whose policy is free.
    let rota = scenario.groups.iter().find(|group| group.display_name == "On-Call Rota").unwrap().id;
    let dashboards = scenario.groups.iter_mut().find(|group| group.display_name == "Warehouse Dashboards").unwrap();
    dashboards.members.insert(rota);
    let id = dashboards.id;
    let bench = Bench::new(scenario).await;
    let proof = Proof { scopes: "GroupMember.Read.All", ..Proof::default() };
    let names = async |what: &str| {
        let answer = bench
            .call("GET", "maya", &format!("v1.0/groups/{id}/{what}?$select=id,displayName"), &Value::Null, &proof)
            .await;
        let mut names: Vec<String> = answer.column("displayName").iter().map(|name| (*name).to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names("members").await, ["Inês Carvalho", "On-Call Rota", "Tomasz Wójcik"]);
    assert_eq!(names("transitiveMembers").await, ["Inês Carvalho", "On-Call Rota", "Petra Nováková", "Tomasz Wójcik"]);
    assert_eq!(names("owners").await, ["Tomasz Wójcik"]);
    assert!(bench.tenant.app().pim().covers(
        bench.scenario(),
        id,
        bench.id("petra").parse().unwrap(),
        bench.tenant.app().clock.now()
    ));
}
