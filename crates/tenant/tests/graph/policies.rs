//! Policies and their rules.

use serde_json::{Value, json};
use tenant::Scenario;

use crate::common::Bench;

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
        json!([{ "@odata.type": "#microsoft.graph.singleUser", "userId": bench.id("omar") }])
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
