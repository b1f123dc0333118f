use serde_json::{Value, json};

use super::{Named, differences, read, title, words, write};
use crate::model::{RoleKey, RolePolicy};

fn expiration(maximum: &str) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        "id": "Expiration_EndUser_Assignment", "isExpirationRequired": true, "maximumDuration": maximum,
        "target": { "caller": "EndUser", "operations": ["all"], "level": "Assignment" },
    })
}

fn approval(required: bool, name: &str) -> Value {
    json!({
        "id": "Approval_EndUser_Assignment",
        "setting": { "isApprovalRequired": required, "approvalStages": [{ "isApproverJustificationRequired": true,
            "primaryApprovers": [{ "@odata.type": "#microsoft.graph.singleUser", "userId": "u1", "description": name }] }] },
    })
}

fn policy(rules: Vec<Value>) -> RolePolicy {
    RolePolicy { id: "p".into(), rules }
}

#[test]
fn every_rule_is_told_in_words() {
    let said = |rule: Value| format!("{}: {}", title(rule["id"].as_str().unwrap_or_default()), words(&rule));
    for (rule, expected) in [
        (expiration("PT8H"), "Length of an activation: 8 hours at most"),
        (expiration("PT30M"), "Length of an activation: 30 minutes at most"),
        (expiration("PT1H30M"), "Length of an activation: 1 hour 30 minutes at most"),
        (expiration("PT24H"), "Length of an activation: 1 day at most"),
        (
            json!({ "id": "Expiration_Admin_Eligibility", "isExpirationRequired": true, "maximumDuration": "P365D" }),
            "Length of an eligibility: 365 days at most, never permanent",
        ),
        (
            json!({ "id": "Expiration_Admin_Assignment", "isExpirationRequired": false, "maximumDuration": "P15D" }),
            "Length of an active assignment: permanent is allowed",
        ),
        (
            json!({ "id": "Enablement_EndUser_Assignment", "enabledRules": ["MultiFactorAuthentication", "Justification", "Luck"] }),
            "Asked for at an activation: \"Luck\", a reason, multifactor authentication",
        ),
        (
            json!({ "id": "Enablement_Admin_Eligibility", "enabledRules": [] }),
            "Asked for when somebody is made eligible: nothing",
        ),
        (
            json!({ "id": "AuthenticationContext_EndUser_Assignment", "isEnabled": true, "claimValue": "c1" }),
            "Authentication context of an activation: c1",
        ),
        (approval(false, "x"), "Approval of an activation: not needed"),
        (approval(true, "Omar\u{202e}"), "Approval of an activation: needed, by Omar, with a reason"),
        (
            json!({ "id": "Approval_EndUser_Assignment", "setting": { "isApprovalRequired": true, "approvalStages": [] } }),
            "Approval of an activation: needed, by the administrators of privileged roles",
        ),
        (
            json!({ "id": "Notification_Approver_EndUser_Assignment", "notificationLevel": "Critical",
                    "isDefaultRecipientsEnabled": true, "notificationRecipients": ["soc@contoso.example"] }),
            "Mail to approvers when it is activated: critical mails only, to those who get them by default, soc@contoso.example",
        ),
        (json!({ "id": "Moon_EndUser" }), "Moon_EndUser: a rule that this version of Pimento does not know"),
        (
            json!({ "id": "Expiration_EndUser_Assignment" }),
            "Length of an activation: a rule that this version of Pimento does not know",
        ),
    ] {
        assert_eq!(said(rule), expected);
    }
}

#[test]
fn what_is_different_is_said_and_what_says_the_same_is_not() {
    let now = policy(vec![
        expiration("PT8H"),
        approval(true, "Omar"),
        json!({ "id": "Enablement_EndUser_Assignment", "enabledRules": ["Justification", "MultiFactorAuthentication"] }),
        json!({ "id": "Moon_EndUser", "phase": "full", "tide": null }),
    ]);
    let same = [
        json!({ "id": "expiration_enduser_assignment", "maximumDuration": "PT8H", "@odata.type": "x" }),
        approval(true, "Omar Haddad"),
        json!({ "id": "Enablement_EndUser_Assignment", "enabledRules": ["MultiFactorAuthentication", "Justification"] }),
        json!({ "id": "Moon_EndUser", "phase": "full", "tide": "" }),
    ];
    assert_eq!(differences(&now, &same), []);
    let other = [
        json!({ "id": "Expiration_EndUser_Assignment", "maximumDuration": "PT4H" }),
        json!({ "id": "Moon_EndUser", "phase": "new" }),
        json!({ "id": "Tide_EndUser", "height": 3 }),
    ];
    let found = differences(&now, &other);
    let said: Vec<String> = found.iter().map(super::Difference::sentence).collect();
    assert_eq!(
        said,
        [
            "Length of an activation: 4 hours at most instead of 8 hours at most",
            "Moon_EndUser: phase \"new\" instead of phase \"full\"",
            "Tide_EndUser: a rule that this version of Pimento does not know, but there is no such rule there",
        ]
    );
    assert_eq!(found.iter().map(super::Difference::applicable).collect::<Vec<_>>(), [true, true, false]);
    // What is not named stays, and the type goes along.
    assert_eq!(found[0].whole["isExpirationRequired"], true);
    assert!(found[0].whole["@odata.type"].as_str().is_some_and(|name| name.ends_with("ExpirationRule")));
}

fn named() -> Named {
    Named {
        key: RoleKey::directory("29232cdf", "/"),
        role: "Exchange Administrator".into(),
        scope: None,
        policy: policy(vec![expiration("PT8H"), approval(true, "Omar"), json!({ "id": "Moon_EndUser", "phase": 3 })]),
    }
}

#[test]
fn a_file_brings_back_what_was_written_and_loses_nothing() {
    let text = write(&[named()]);
    let entries = read(&text).expect("read");
    assert_eq!((entries[0].key(), entries[0].name.as_str()), (named().key, "Exchange Administrator"));
    assert_eq!(entries[0].rules, named().policy.rules);
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_line() {
    let text = write(&[named()]);
    let line = |text: &str, part: &str| text.lines().position(|line| line.contains(part)).map_or(0, |at| at + 1);
    for (from, to, about, reason) in [
        (
            "\"PT8H\"",
            "\"8 hours\"",
            "8 hours",
            "the rule Expiration_EndUser_Assignment: maximumDuration is no duration",
        ),
        ("\"PT8H\"", "\"PT25H\"", "PT25H", "at most 24 hours"),
        ("\"isExpirationRequired\": true", "\"isExpirationRequired\": \"yes\"", "yes", "neither true nor false"),
        (
            "\"isApprovalRequired\": true",
            "\"isApprovalRequired\": 1",
            "isApprovalRequired",
            "setting.isApprovalRequired",
        ),
        ("\"Moon_EndUser\"", "\"\"", "\"id\": \"\"", "a rule without an id"),
        ("\"Moon_EndUser\"", "\"Approval_EndUser_Assignment\"", "phase", "neither true nor false"),
        ("\"kind\": \"directoryRole\"", "\"kind\": \"planet\"", "planet", "unknown variant `planet`"),
        ("\"version\": 1", "\"version\": 2", "version", "version 2 is not known here"),
        ("pimento-policies", "other", "format", "the format is not"),
        ("\"scope\": \"/\"", "\"colour\": \"red\"", "colour", "unknown field `colour`"),
    ] {
        assert!(text.contains(from), "{from}");
        let broken = text.replacen(from, to, 1);
        let error = read(&broken).expect_err(to);
        assert!(error.reason.contains(reason), "{to}: {error}");
        let expected = line(&broken, about);
        // A rule is judged when it has been read: its last line at the latest.
        assert!(error.line >= expected && error.line <= expected + 22, "{to}: {error}, not about {expected}");
    }
    let cut = &text[..text.len() / 2];
    let error = read(cut).expect_err("cut off");
    assert_eq!(error.line, cut.lines().count());
    assert!(read("").is_err() && read("[]").is_err());
    let twice = write(&[named(), named()]);
    assert!(read(&twice).expect_err("twice").reason.contains("Exchange Administrator is in the file twice"));
    // A role of the directory has one policy for all scopes.
    let unit = RoleKey::directory("29232cdf", "/administrativeUnits/x");
    let twice = write(&[named(), Named { key: unit, ..named() }]);
    assert!(read(&twice).expect_err("twice").reason.contains("Exchange Administrator is in the file twice"));
}
