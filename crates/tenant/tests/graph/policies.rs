//! Policies and their rules.

use serde_json::{Value, json};
use tenant::Scenario;

use crate::common::{Answer, Bench, Proof, requests};

const ASSIGNMENTS: &str = "v1.0/policies/roleManagementPolicyAssignments";
const OF_ROLES: &str = "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";

fn rule<'a>(rules: &'a Value, id: &str) -> &'a Value {
    rules.as_array().unwrap().iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("no rule {id}"))
}

#[tokio::test]
async fn all_policies_with_their_rules_in_one_call() {
    let bench = Bench::contoso().await;
    let answer = bench.get("maya", &format!("{ASSIGNMENTS}?{OF_ROLES}&$expand=policy($expand=rules)")).await;
    assert_eq!(answer.rows().len(), bench.scenario().roles.len());
    let of = |role: &str| {
        let id = bench.role(role);
        answer.rows().iter().find(|row| row["roleDefinitionId"] == *id).unwrap()["policy"]["rules"].clone()
    };
    let rules = of("Privileged Authentication Administrator");
    assert_eq!(rules.as_array().unwrap().len(), 17);
    assert_eq!(rule(&rules, "Expiration_EndUser_Assignment")["maximumDuration"], "PT1H");
    assert_eq!(rule(&rules, "Enablement_EndUser_Assignment")["enabledRules"], json!(["Justification", "Ticketing"]));
    let context = rule(&rules, "AuthenticationContext_EndUser_Assignment");
    assert_eq!((&context["isEnabled"], &context["claimValue"]), (&json!(true), &json!("c1")));

    let rules = of("Global Administrator");
    let setting = &rule(&rules, "Approval_EndUser_Assignment")["setting"];
    assert_eq!(setting["isApprovalRequired"], true);
    assert_eq!(
        setting["approvalStages"][0]["primaryApprovers"],
        json!([{ "@odata.type": "#microsoft.graph.singleUser", "userId": bench.id("omar"), "description": "Omar Haddad" }])
    );
    assert_eq!(rule(&rules, "Expiration_Admin_Eligibility")["isExpirationRequired"], true);
    let rules = of("Compliance Administrator");
    let stages = &rule(&rules, "Approval_EndUser_Assignment")["setting"]["approvalStages"];
    assert_eq!(stages[0]["primaryApprovers"][0]["@odata.type"], "#microsoft.graph.groupMembers");
    assert_eq!(rule(&of("Reports Reader"), "Enablement_EndUser_Assignment")["enabledRules"], json!([]));
}

#[tokio::test]
async fn ids_carry_the_prefix_that_was_asked_for() {
    let bench = Bench::contoso().await;
    let role = bench.role("Global Administrator");
    for kind in ["DirectoryRole", "Directory"] {
        let filter = format!("$filter=scopeId eq '/' and scopeType eq '{kind}' and roleDefinitionId eq '{role}'");
        let answer = bench.get("maya", &format!("{ASSIGNMENTS}?{filter}")).await;
        let row = &answer.rows()[0];
        let tenant = bench.scenario().organization.tenant_id;
        let policy = row["policyId"].as_str().unwrap();
        assert!(policy.starts_with(&format!("{kind}_{tenant}_")), "{policy}");
        assert_eq!(row["id"], format!("{policy}_{role}"));
        let one = bench.get("maya", &format!("{ASSIGNMENTS}/{policy}_{role}?$expand=policy")).await;
        assert_eq!(one.body["policy"]["id"], policy);
        let rules = bench.get("maya", &format!("v1.0/policies/roleManagementPolicies/{policy}/rules")).await;
        assert_eq!(rules.rows().len(), 17);
        let path = format!("v1.0/policies/roleManagementPolicies/{policy}/rules/Expiration_EndUser_Assignment");
        assert_eq!(bench.get("maya", &path).await.body["maximumDuration"], "PT1H");
        let effective =
            bench.get("maya", &format!("v1.0/policies/roleManagementPolicies/{policy}/effectiveRules")).await;
        assert_eq!(effective.rows().len(), 17);
        let path = format!("v1.0/policies/roleManagementPolicies/{policy}?$expand=rules,effectiveRules");
        assert_eq!(bench.get("maya", &path).await.body["rules"].as_array().unwrap().len(), 17);
        let path = format!("v1.0/policies/roleManagementPolicies?$filter=scopeId eq '/' and scopeType eq '{kind}'");
        assert_eq!(bench.get("maya", &path).await.rows().len(), bench.scenario().roles.len());
    }
}

#[tokio::test]
async fn effective_rules_are_expanded_too() {
    let bench = Bench::contoso().await;
    let expand = "$expand=policy($expand=effectiveRules)&$top=1";
    let answer = bench.get("maya", &format!("{ASSIGNMENTS}?{OF_ROLES}&{expand}")).await;
    assert_eq!(answer.rows()[0]["policy"]["effectiveRules"].as_array().unwrap().len(), 17);
    assert_eq!(answer.rows()[0]["policy"]["rules"], Value::Null);
}

#[tokio::test]
async fn scope_and_scope_type_are_mandatory_and_roles_are_few() {
    let bench = Bench::contoso().await;
    let roles: Vec<String> = (0..21).map(|n| format!("roleDefinitionId eq '{}'", uuid::Uuid::from_u128(n))).collect();
    for query in [
        String::new(),
        "?$filter=scopeId eq '/'".to_owned(),
        "?$filter=scopeType eq 'DirectoryRole'".to_owned(),
        "?$filter=scopeId eq '/' or scopeType eq 'DirectoryRole'".to_owned(),
        "?$filter=scopeId eq '/' and scopeType eq 'Planet'".to_owned(),
        format!("?{OF_ROLES} and ({})", roles.join(" or ")),
    ] {
        let refused = bench.get("maya", &format!("{ASSIGNMENTS}{query}")).await;
        assert_eq!((refused.status, refused.code()), (400, "InvalidFilter"), "{query}");
    }
    let twenty = format!("?{OF_ROLES} and ({})", roles[..20].join(" or "));
    assert_eq!(bench.get("maya", &format!("{ASSIGNMENTS}{twenty}")).await.rows().len(), 0);
    assert_eq!(bench.get("maya", &format!("{ASSIGNMENTS}/DirectoryRole_x")).await.status, 404);
}

#[tokio::test]
async fn a_rule_of_an_unknown_type() {
    let mut scenario = Scenario::contoso();
    scenario.switches.unknown_policy_rule = true;
    let bench = Bench::new(scenario).await;
    let answer = bench.get("maya", &format!("{ASSIGNMENTS}?{OF_ROLES}&$expand=policy($expand=rules)&$top=1")).await;
    let rules = &answer.rows()[0]["policy"]["rules"];
    assert_eq!(rules.as_array().unwrap().len(), 18);
    assert_eq!(rule(rules, "CustomExtension_EndUser_Assignment")["isEnabled"], true);
}

const WRITER: &str = "RoleManagementPolicy.ReadWrite.Directory RoleManagementPolicy.ReadWrite.AzureADGroup \
                      RoleAssignmentSchedule.ReadWrite.Directory RoleManagementPolicy.Read.AzureADGroup";

/// The address of a role's policy, and of that of a group's members.
async fn policy_of(bench: &Bench, role: &str) -> String {
    let filter = match bench.scenario().groups.iter().find(|group| group.display_name == role) {
        Some(group) => format!("scopeId eq '{}' and scopeType eq 'Group' and roleDefinitionId eq 'member'", group.id),
        None => {
            format!("scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{}'", bench.role(role))
        }
    };
    let found = bench.get("omar", &format!("{ASSIGNMENTS}?$filter={filter}")).await;
    format!("v1.0/policies/roleManagementPolicies/{}", found.column("policyId")[0])
}

async fn patch(bench: &Bench, user: &str, path: &str, body: &Value) -> Answer {
    let proof = Proof { scopes: WRITER, ..Proof::default() };
    bench.call("PATCH", user, path, body, &proof).await
}

/// A rule's type, named as bodies must.
fn typed(kind: &str, members: Value) -> Value {
    let mut body = members;
    body["@odata.type"] = json!(format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule"));
    body
}

#[tokio::test]
async fn a_changed_rule_holds_for_what_follows() {
    let bench = Bench::contoso().await;
    let role = "Helpdesk Administrator";
    let policy = policy_of(&bench, role).await;
    let activate = async || bench.post("maya", &requests(), &bench.activation(role)).await;

    let path = format!("{policy}/rules/Expiration_EndUser_Assignment");
    let body = typed("Expiration", json!({ "id": "Expiration_EndUser_Assignment", "maximumDuration": "PT30M" }));
    assert_eq!(patch(&bench, "maya", &path, &body).await.status, 403);
    let changed = patch(&bench, "omar", &path, &body).await;
    assert_eq!((changed.status, changed.body), (204, Value::Null));
    assert_eq!(bench.get("maya", &path).await.body["maximumDuration"], "PT30M");
    let refused = activate().await;
    assert!(refused.message().contains("ExpirationRule"), "{}", refused.body);
    let longer = typed("Expiration", json!({ "maximumDuration": "PT2H" }));
    assert_eq!(patch(&bench, "omar", &path, &longer).await.status, 204);

    let path = format!("{policy}/rules/Enablement_EndUser_Assignment");
    let body =
        typed("Enablement", json!({ "enabledRules": ["MultiFactorAuthentication", "Justification", "Ticketing"] }));
    assert_eq!(patch(&bench, "omar", &path, &body).await.status, 204);
    let mut without = bench.activation(role);
    without["ticketInfo"] = Value::Null;
    let refused = bench.post("maya", &requests(), &without).await;
    assert_eq!(refused.message(), "The following policy rules failed: TicketingRule - Ticket information is required");

    let path = format!("{policy}/rules/Approval_EndUser_Assignment");
    let mut rule = bench.get("omar", &path).await.body;
    rule.as_object_mut().unwrap().remove("@odata.context");
    rule["setting"]["isApprovalRequired"] = json!(true);
    rule["setting"]["approvalStages"][0]["primaryApprovers"] =
        json!([{ "@odata.type": "#microsoft.graph.singleUser", "userId": bench.id("nadia") }]);
    assert_eq!(patch(&bench, "omar", &path, &rule).await.status, 204);
    let asked = activate().await;
    assert_eq!((asked.status, &asked.body["status"]), (201, &json!("PendingApproval")), "{}", asked.body);
    let waiting = crate::common::mine("roleAssignmentScheduleRequests", "approver");
    assert_eq!(bench.get("nadia", &waiting).await.column("id"), [asked.body["id"].as_str().unwrap()]);

    let whole = bench.get("omar", &policy).await;
    assert_eq!(whole.body["lastModifiedBy"]["displayName"], "Omar Haddad");
    assert!(whole.body["lastModifiedDateTime"].is_string());
    // Others' policies are as they were.
    let other = policy_of(&bench, "Global Reader").await;
    assert_eq!(
        bench.get("omar", &format!("{other}/rules/Expiration_EndUser_Assignment")).await.body["maximumDuration"],
        "PT8H"
    );
}

#[tokio::test]
async fn rules_that_make_no_sense_change_nothing() {
    let bench = Bench::contoso().await;
    let policy = policy_of(&bench, "Global Reader").await;
    let before = bench.get("omar", &format!("{policy}/rules")).await.body;
    let nobody = json!([{ "@odata.type": "#microsoft.graph.singleUser", "userId": uuid::Uuid::from_u128(7) }]);
    for (rule, body) in [
        ("Expiration_EndUser_Assignment", json!({ "maximumDuration": "PT1H" })),
        ("Expiration_EndUser_Assignment", typed("Enablement", json!({ "maximumDuration": "PT1H" }))),
        ("Expiration_EndUser_Assignment", typed("Expiration", json!({ "maximumDuration": "an hour" }))),
        ("Expiration_EndUser_Assignment", typed("Expiration", json!({ "maximumDuration": "P2D" }))),
        ("Expiration_EndUser_Assignment", typed("Expiration", json!({ "isExpirationRequired": false }))),
        ("Expiration_EndUser_Assignment", typed("Expiration", json!({ "maximum": "PT1H" }))),
        ("Expiration_EndUser_Assignment", typed("Expiration", json!({ "id": "Expiration_Admin_Assignment" }))),
        ("Enablement_EndUser_Assignment", typed("Enablement", json!({ "enabledRules": ["Fingerprint"] }))),
        (
            "AuthenticationContext_EndUser_Assignment",
            typed("AuthenticationContext", json!({ "isEnabled": true, "claimValue": "strong" })),
        ),
        ("AuthenticationContext_EndUser_Assignment", typed("AuthenticationContext", json!({ "isEnabled": true }))),
        (
            "Approval_EndUser_Assignment",
            typed(
                "Approval",
                json!({ "setting": { "isApprovalRequired": true, "approvalStages": [{ "primaryApprovers": nobody }] } }),
            ),
        ),
        (
            "Notification_Admin_EndUser_Assignment",
            typed("Notification", json!({ "notificationRecipients": ["nobody"] })),
        ),
        ("Notification_Admin_EndUser_Assignment", typed("Notification", json!({ "notificationLevel": "Some" }))),
    ] {
        let refused = patch(&bench, "omar", &format!("{policy}/rules/{rule}"), &body).await;
        assert_eq!((refused.status, refused.code()), (400, "InvalidPolicy"), "{body}");
        assert_eq!(refused.message(), "The policy is invalid.");
    }
    let nowhere = patch(&bench, "omar", &format!("{policy}/rules/Colour"), &typed("Expiration", json!({}))).await;
    assert_eq!(nowhere.status, 404);
    let proof = Proof { scopes: "RoleManagementPolicy.Read.Directory", ..Proof::default() };
    let body = typed("Expiration", json!({ "maximumDuration": "PT1H" }));
    let path = format!("{policy}/rules/Expiration_EndUser_Assignment");
    assert_eq!(bench.call("PATCH", "omar", &path, &body, &proof).await.code(), "UnknownError");
    assert_eq!(bench.get("omar", &format!("{policy}/rules")).await.body, before);
}

#[tokio::test]
async fn recipients_contexts_and_unknown_rules_are_kept_as_given() {
    let mut scenario = Scenario::contoso();
    scenario.switches.unknown_policy_rule = true;
    let bench = Bench::new(scenario).await;
    let policy = policy_of(&bench, "Payroll Readers").await;
    let rule = async |id: &str| bench.get("omar", &format!("{policy}/rules/{id}")).await.body;
    for (id, body) in [
        (
            "Notification_Approver_EndUser_Assignment",
            typed(
                "Notification",
                json!({ "notificationLevel": "Critical", "isDefaultRecipientsEnabled": false, "notificationRecipients": ["soc@contoso.example"] }),
            ),
        ),
        (
            "AuthenticationContext_EndUser_Assignment",
            typed("AuthenticationContext", json!({ "isEnabled": true, "claimValue": "c2" })),
        ),
        ("CustomExtension_EndUser_Assignment", typed("CustomExtension", json!({ "isEnabled": false }))),
        (
            "Expiration_Admin_Eligibility",
            typed("Expiration", json!({ "isExpirationRequired": true, "maximumDuration": "P15D" })),
        ),
    ] {
        // An owner of the group may.
        assert_eq!(patch(&bench, "ines", &format!("{policy}/rules/{id}"), &body).await.status, 204, "{id}");
        let now = rule(id).await;
        for (name, value) in body.as_object().unwrap() {
            assert_eq!(now[name], *value, "{id}: {name}");
        }
    }
    assert_eq!(rule("CustomExtension_EndUser_Assignment").await["displayName"], "Change calendar");
    let assign = json!({
        "action": "adminAssign", "accessId": "member", "principalId": bench.id("sven"), "justification": "x",
        "groupId": bench.scenario().groups.iter().find(|group| group.display_name == "Payroll Readers").unwrap().id,
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P20D" } },
    });
    let path = "v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests";
    assert!(bench.post("omar", path, &assign).await.message().contains("ExpirationRule"));
}
