use serde_json::{Value, json};

use super::{differences, edited, group, settings};
use crate::{
    model::{Principal, PrincipalKind, RolePolicy},
    view::{ApprovalEdit, Limit, MailEdit, PolicyEdits, PolicySettings, Proof, RuleGroup},
};

/// A rule as Graph writes it of a role of the directory or of a group.
fn on_graph(kind: &str, id: &str, own: &Value) -> Value {
    let (caller, level) = if id.contains("EndUser_A") { ("EndUser", "Assignment") } else { ("Admin", "Eligibility") };
    let mut rule = json!({
        "@odata.type": format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule"), "id": id,
        "target": { "caller": caller, "operations": ["all"], "level": level, "inheritableSettings": [], "enforcedSettings": [] },
    });
    for (name, value) in own.as_object().expect("members") {
        rule[name] = value.clone();
    }
    rule
}

/// The same as Azure writes it.
fn on_azure(mut rule: Value) -> Value {
    let kind = rule["@odata.type"].as_str().expect("a type").replace("#microsoft.graph.unified", "");
    rule.as_object_mut().expect("members").remove("@odata.type");
    rule["ruleType"] = kind.into();
    rule["target"] = json!({ "caller": "Admin", "operations": ["All"], "level": "Assignment", "targetObjects": null,
        "inheritableSettings": null, "enforcedSettings": null });
    rule
}

fn mail(id: &str, recipients: &Value) -> Value {
    let own = json!({ "notificationType": "Email", "recipientType": "Admin", "notificationLevel": "All",
        "isDefaultRecipientsEnabled": true, "notificationRecipients": recipients });
    on_graph("Notification", id, &own)
}

/// A role of the directory.
fn directory() -> RolePolicy {
    let stage = json!({ "approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true,
        "escalationTimeInMinutes": 0, "isEscalationEnabled": false,
        "primaryApprovers": [
            { "@odata.type": "#microsoft.graph.singleUser", "userId": "u1", "description": "Omar Haddad", "moon": 1 },
            { "@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1 },
        ], "escalationApprovers": [] });
    let setting = json!({ "isApprovalRequired": false, "isApprovalRequiredForExtension": false,
        "isRequestorJustificationRequired": true, "approvalMode": "SingleStage", "approvalStages": [stage] });
    RolePolicy {
        id: "DirectoryRole_t_p".into(),
        rules: vec![
            on_graph(
                "Expiration",
                "Expiration_Admin_Eligibility",
                &json!({ "isExpirationRequired": false, "maximumDuration": "P365D" }),
            ),
            on_graph(
                "Expiration",
                "Expiration_Admin_Assignment",
                &json!({ "isExpirationRequired": true, "maximumDuration": "P15D" }),
            ),
            on_graph("Enablement", "Enablement_Admin_Assignment", &json!({ "enabledRules": ["Justification"] })),
            on_graph(
                "Expiration",
                "Expiration_EndUser_Assignment",
                &json!({ "isExpirationRequired": true, "maximumDuration": "PT480M", "tide": "low" }),
            ),
            on_graph(
                "Enablement",
                "Enablement_EndUser_Assignment",
                &json!({ "enabledRules": ["MultiFactorAuthentication", "Luck", "Justification"] }),
            ),
            on_graph("Approval", "Approval_EndUser_Assignment", &json!({ "setting": setting })),
            on_graph(
                "AuthenticationContext",
                "AuthenticationContext_EndUser_Assignment",
                &json!({ "isEnabled": false, "claimValue": null }),
            ),
            mail("Notification_Admin_EndUser_Assignment", &json!(["soc@contoso.example"])),
            on_graph("CustomExtension", "CustomExtension_EndUser_Assignment", &json!({ "isEnabled": true })),
        ],
    }
}

/// A group's membership: an approver that is a group, a ticket, a context.
fn of_group() -> RolePolicy {
    let approver = json!({ "@odata.type": "#microsoft.graph.groupMembers", "groupId": "g1", "description": "Board" });
    let setting = json!({ "isApprovalRequired": true, "approvalMode": "NoApproval",
        "approvalStages": [{ "primaryApprovers": [approver] }] });
    RolePolicy {
        id: "Group_g_p".into(),
        rules: vec![
            on_graph("Enablement", "Enablement_EndUser_Assignment", &json!({ "enabledRules": ["Ticketing"] })),
            on_graph("Approval", "Approval_EndUser_Assignment", &json!({ "setting": setting })),
            on_graph(
                "AuthenticationContext",
                "AuthenticationContext_EndUser_Assignment",
                &json!({ "isEnabled": true, "claimValue": "c1" }),
            ),
        ],
    }
}

/// The directory's on Azure, without stages and with an approver who is somebody else's.
fn of_azure() -> RolePolicy {
    let mut rules: Vec<Value> = directory().rules.into_iter().map(on_azure).collect();
    for rule in &mut rules {
        if rule["id"] == "Approval_EndUser_Assignment" {
            rule["setting"]["approvalStages"] = Value::Null;
        }
        if rule["id"] == "AuthenticationContext_EndUser_Assignment" {
            rule["claimValue"] = "".into();
        }
    }
    RolePolicy { id: "/subscriptions/s/providers/Microsoft.Authorization/roleManagementPolicies/p".into(), rules }
}

fn person(id: &str, kind: PrincipalKind) -> Principal {
    Principal { id: id.into(), name: Some(format!("Somebody {id}")), username: None, kind: Some(kind) }
}

/// The rules that are changed, by id, and what is said of them.
fn changed(policy: &RolePolicy, edits: &PolicyEdits) -> (Vec<Value>, Vec<String>) {
    let found = [person("u2", PrincipalKind::User), person("g2", PrincipalKind::Group)];
    let rules = edited(policy, edits, &found).expect("to be had");
    let said = differences(policy, &rules).iter().map(super::Difference::sentence).collect();
    (rules, said)
}

fn refused(policy: &RolePolicy, edits: &PolicyEdits) -> String {
    let found = [person("app", PrincipalKind::ServicePrincipal)];
    edited(policy, edits, &found).expect_err("not to be had").to_string()
}

fn approvers(all: &[&str]) -> PolicyEdits {
    let approvers = all.iter().map(|id| (*id).to_owned()).collect();
    PolicyEdits { approval: Some(ApprovalEdit { required: true, approvers }), ..PolicyEdits::default() }
}

#[test]
fn the_settings_are_those_of_the_rules() {
    let read = settings(&directory());
    assert_eq!((read.longest, read.justification, read.ticket), (Some(480), Some(true), Some(false)));
    assert_eq!((read.proof, read.contexts), (Some(Proof::Mfa), true));
    assert_eq!((read.eligible, read.active), (Some(Limit::ForEver), Some(Limit::Days { days: 15 })));
    assert_eq!((read.active_justification, read.active_mfa), (Some(true), Some(false)));
    let approval = read.approval.expect("told");
    let told: Vec<_> = approval.approvers.iter().map(|each| (each.id.as_str(), each.person.as_str())).collect();
    assert_eq!((approval.required, told), (false, vec![("u1", "Omar Haddad"), ("#1", "requestorManager")]));
    assert_eq!((read.mail.len(), read.mail[0].defaults), (1, true));
    assert_eq!(read.mail[0].recipients, ["soc@contoso.example"]);
    let read = settings(&of_group());
    assert_eq!((read.proof, read.longest, read.active_mfa), (Some(Proof::Context { claim: "c1".into() }), None, None));
    // A policy in which nothing is known has nothing that could be changed.
    let strange = json!([{ "id": "Enablement_EndUser_Assignment", "enabledRules": 7 }, { "phase": "full" }]);
    let strange = RolePolicy { id: "p".into(), rules: strange.as_array().expect("a list").clone() };
    assert_eq!(settings(&strange), PolicySettings::default());
    assert!(strange.rules.iter().all(|rule| group(rule) == RuleGroup::Other));
}

#[test]
fn rules_belong_where_somebody_looks_for_them() {
    let groups: Vec<RuleGroup> = directory().rules.iter().map(group).collect();
    let (activation, other) = (RuleGroup::Activation, RuleGroup::Other);
    let active = RuleGroup::Active;
    let expected =
        [RuleGroup::Eligible, active, active, activation, activation, activation, activation, RuleGroup::Mail, other];
    assert_eq!(groups, expected);
    assert_eq!(super::as_it_is(&directory().rules[8]), "isEnabled true");
}

#[test]
fn what_is_as_it_was_is_no_change() {
    for policy in [directory(), of_group(), of_azure()] {
        let now = settings(&policy);
        let approval = now.approval.map(|approval| ApprovalEdit {
            required: approval.required,
            approvers: approval.approvers.into_iter().map(|each| each.id).rev().collect(),
        });
        let mail = now.mail.into_iter().map(|mail| MailEdit {
            rule: mail.rule,
            defaults: mail.defaults,
            recipients: mail.recipients.iter().map(|to| to.to_uppercase()).collect(),
        });
        let edits = PolicyEdits {
            longest: now.longest,
            justification: now.justification,
            ticket: now.ticket,
            proof: now.proof,
            approval,
            eligible: now.eligible,
            active: now.active,
            active_justification: now.active_justification,
            active_mfa: now.active_mfa,
            mail: mail.collect(),
        };
        let rules = edited(&policy, &edits, &[]).expect("to be had");
        // A group's setting that contradicts itself is put right.
        let modes = rules.iter().filter(|rule| rule["setting"]["approvalMode"] == "SingleStage").count();
        assert_eq!(rules.len(), modes, "{rules:?}");
    }
}

#[test]
fn only_what_is_changed_is_another() {
    for policy in [directory(), of_azure()] {
        let edits = PolicyEdits {
            longest: Some(90),
            justification: Some(false),
            ticket: Some(true),
            active_mfa: Some(true),
            eligible: Some(Limit::Days { days: 365 }),
            active: Some(Limit::ForEver),
            mail: vec![MailEdit {
                rule: "notification_admin_enduser_assignment".into(),
                defaults: false,
                recipients: vec![" a@b.example ".into(), String::new(), "A@b.example".into()],
            }],
            ..PolicyEdits::default()
        };
        let (rules, said) = changed(&policy, &edits);
        let mut sentences = said;
        sentences.sort();
        assert_eq!(
            sentences,
            [
                "Asked for at an activation: \"Luck\", a ticket, multifactor authentication instead of \"Luck\", a reason, multifactor authentication",
                "Asked for when it is assigned as active: a reason, multifactor authentication instead of a reason",
                "Length of an activation: 1 hour 30 minutes at most instead of 8 hours at most",
                "Length of an active assignment: permanent is allowed instead of 15 days at most, never permanent",
                "Length of an eligibility: 365 days at most, never permanent instead of permanent is allowed",
                "Mail to administrators when it is activated: all mails, to a@b.example instead of all mails, to those who get them by default, soc@contoso.example",
            ]
        );
        for rule in rules {
            let id = rule["id"].as_str().expect("an id");
            let before = policy.rule(id).expect("there").as_object().expect("members");
            let members = rule.as_object().expect("members");
            assert_eq!(before.keys().collect::<Vec<_>>(), members.keys().collect::<Vec<_>>(), "{id}");
            let known = ["maximumDuration", "enabledRules", "isExpirationRequired", "notificationRecipients"];
            for (name, value) in members.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
                assert!(*value == before[name] || name == "isDefaultRecipientsEnabled", "{id} {name}");
            }
        }
    }
    let (rules, _) = changed(&directory(), &PolicyEdits { longest: Some(90), ..PolicyEdits::default() });
    assert_eq!((&rules[0]["maximumDuration"], &rules[0]["tide"]), (&json!("PT1H30M"), &json!("low")));
}

#[test]
fn multifactor_authentication_and_a_context_exclude_each_other() {
    let proof = |proof| PolicyEdits { proof: Some(proof), ..PolicyEdits::default() };
    let context = proof(Proof::Context { claim: "c7".into() });
    for policy in [directory(), of_azure()] {
        let (rules, _) = changed(&policy, &context);
        // What goes is sent before what comes.
        assert_eq!(rules[0]["enabledRules"], json!(["Luck", "Justification"]));
        assert_eq!((&rules[1]["isEnabled"], &rules[1]["claimValue"]), (&json!(true), &json!("c7")));
        let (rules, _) = changed(&policy, &proof(Proof::Nothing));
        assert_eq!((rules.len(), &rules[0]["enabledRules"]), (1, &json!(["Luck", "Justification"])));
    }
    let (rules, _) = changed(&of_group(), &proof(Proof::Mfa));
    assert_eq!((&rules[0]["isEnabled"], &rules[0]["claimValue"]), (&json!(false), &json!("c1")));
    assert_eq!(rules[1]["enabledRules"], json!(["Ticketing", "MultiFactorAuthentication"]));
    for claim in ["", "c0", "c100", "c+5", "C1", "c1x"] {
        let refused = refused(&directory(), &proof(Proof::Context { claim: claim.into() }));
        assert!(refused.contains("c1 to c99"), "{claim}: {refused}");
    }
}

#[test]
fn approvers_stay_as_they_are_written_and_new_ones_are_written_as_the_service_does() {
    // Somebody goes, somebody comes, and whoever is known by no id stays.
    let (rules, said) = changed(&directory(), &approvers(&["#1", "U2", "g2", "u2"]));
    let setting = &rules[0]["setting"];
    assert_eq!(setting["isApprovalRequired"], true);
    assert_eq!(
        setting["approvalStages"][0]["primaryApprovers"],
        json!([
            { "@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1 },
            { "@odata.type": "#microsoft.graph.singleUser", "userId": "u2", "description": "Somebody u2" },
            { "@odata.type": "#microsoft.graph.groupMembers", "groupId": "g2", "description": "Somebody g2" },
        ])
    );
    assert_eq!(setting["approvalStages"][0]["isApproverJustificationRequired"], true);
    let expected = "needed, by requestorManager, Somebody u2, Somebody g2, with a reason instead of not needed";
    assert_eq!(said, [format!("Approval of an activation: {expected}")]);
    let (rules, _) = changed(&directory(), &approvers(&["u1", "#1"]));
    assert_eq!(rules[0]["setting"]["approvalStages"][0]["primaryApprovers"][0]["moon"], 1);
    // On Azure, where there were no stages.
    let (rules, _) = changed(&of_azure(), &approvers(&["u2", "g2"]));
    let stages = &rules[0]["setting"]["approvalStages"];
    assert_eq!(
        stages[0]["primaryApprovers"],
        json!([
            { "id": "u2", "description": "Somebody u2", "isBackup": false, "userType": "User" },
            { "id": "g2", "description": "Somebody g2", "isBackup": false, "userType": "Group" },
        ])
    );
    assert_eq!(stages[0]["approvalStageTimeOutInDays"], 1);
    let (rules, _) = changed(&of_group(), &approvers(&["g1", "u2"]));
    assert_eq!(rules[0]["setting"]["approvalMode"], "SingleStage");
    let no_more = ApprovalEdit { required: false, approvers: vec!["g1".into()] };
    let (_, said) = changed(&of_group(), &PolicyEdits { approval: Some(no_more), ..PolicyEdits::default() });
    assert_eq!(said, ["Approval of an activation: not needed instead of needed, by Board"]);
}

#[test]
fn what_cannot_be_had_is_said() {
    let policy = directory();
    for (edits, expected) in [
        (PolicyEdits { longest: Some(0), ..PolicyEdits::default() }, "half an hour to 24 hours"),
        (PolicyEdits { longest: Some(45), ..PolicyEdits::default() }, "in half hours"),
        (PolicyEdits { longest: Some(1470), ..PolicyEdits::default() }, "24 hours"),
        (PolicyEdits { active: Some(Limit::Days { days: 0 }), ..PolicyEdits::default() }, "1 to 3650 days"),
        (approvers(&["u9"]), "none of those who were found"),
        (approvers(&["app"]), "An application cannot approve"),
        (
            PolicyEdits {
                mail: vec![MailEdit {
                    rule: "Notification_Admin_EndUser_Assignment".into(),
                    defaults: true,
                    recipients: vec!["soc at contoso".into()],
                }],
                ..PolicyEdits::default()
            },
            "\"soc at contoso\" is not an email address",
        ),
        (
            PolicyEdits {
                mail: vec![MailEdit {
                    rule: "Approval_EndUser_Assignment".into(),
                    defaults: true,
                    recipients: Vec::new(),
                }],
                ..PolicyEdits::default()
            },
            "does not know how the rule is written",
        ),
    ] {
        let refused = refused(&policy, &edits);
        assert!(refused.contains(expected), "{expected}: {refused}");
    }
    let lacking = refused(&of_group(), &PolicyEdits { longest: Some(60), ..PolicyEdits::default() });
    assert_eq!(lacking, "The policy has no rule for this (Length of an activation).");
}
