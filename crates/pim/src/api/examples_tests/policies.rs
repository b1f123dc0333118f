//! Policies, rule by rule.

use std::{collections::HashSet, env};

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    examples,
    found::{collection, entities},
    held::model,
};
use crate::{api::duration, model::Requirements};

#[test]
fn policies_in_examples_are_obeyed_rule_by_rule() {
    let Some(examples) = examples() else { return };
    let mut count = 0;
    for record in examples.iter().filter(|record| record.succeeded()) {
        let Some((collection, azure)) = collection(&record.url) else { continue };
        for entity in entities(&record.answered) {
            let rules = match (collection.as_str(), azure) {
                ("rolemanagementpolicyassignments", true) => &entity["properties"]["effectiveRules"],
                ("rolemanagementpolicyassignments", false) => &entity["policy"]["rules"],
                ("rules", _) => &json!([entity.clone()]),
                _ => continue,
            };
            let Some(rules) = rules.as_array().filter(|rules| !rules.is_empty()) else { continue };
            let held = model(&collection, azure, &entity).expect("policies are read").expect("and understood");
            count += obeyed(&record.file, rules, &held);
        }
    }
    assert!(count >= 8 || env::var_os("PIMENTO_EXAMPLES").is_some(), "{count} rules");
}

/// Looks at each rule about activations: how many there were.
fn obeyed(file: &str, rules: &[Value], held: &Value) -> usize {
    let (mut count, mut unknown) = (0, Vec::new());
    assert_eq!(held["known"], true, "{file}");
    for rule in rules {
        let id = rule["id"].as_str().unwrap_or_default();
        let lower = id.to_ascii_lowercase();
        let Some(kind) = lower.strip_suffix("_enduser_assignment") else { continue };
        count += 1;
        match kind {
            "expiration" => {
                // Without a length that can be read, the documented default.
                let longest = rule["maximumDuration"].as_str().and_then(duration::parse);
                let longest = longest.filter(|longest| *longest >= TimeDelta::zero());
                if longest.is_none() && rule["maximumDuration"].is_string() {
                    unknown.push(lower.clone());
                }
                let longest = longest.unwrap_or(Requirements::default().max_duration);
                assert_eq!(held["max_duration"].as_i64(), Some(longest.num_minutes()), "{file}");
                assert_eq!(held["expires"], rule["isExpirationRequired"].as_bool().unwrap_or(true), "{file}");
            }
            "enablement" => {
                let words = rule["enabledRules"].as_array().into_iter().flatten().filter_map(Value::as_str);
                let mut words: HashSet<String> = words.map(str::to_ascii_lowercase).collect();
                for (word, field) in
                    [("justification", "justification"), ("ticketing", "ticket"), ("multifactorauthentication", "mfa")]
                {
                    assert_eq!(held[field], words.remove(word), "{file}: {word}");
                }
                unknown.extend(words);
            }
            "approval" => approved(file, rule, held),
            "authenticationcontext" => {
                let context = rule["claimValue"].as_str().filter(|value| !value.is_empty());
                let context = context.filter(|_| rule["isEnabled"] == true);
                assert_eq!(held["authentication_context"].as_str(), context, "{file}");
            }
            kind if kind.starts_with("notification_") => {}
            // Said to the person, unless it is off.
            _ if rule["isEnabled"] == false => {}
            _ => unknown.push(lower.clone()),
        }
    }
    let told = held["unknown_rules"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut told: Vec<_> = told.map(str::to_ascii_lowercase).collect();
    told.sort();
    unknown.sort();
    assert_eq!(told, unknown, "{file}");
    count
}

fn approved(file: &str, rule: &Value, held: &Value) {
    let (setting, needed) = (&rule["setting"], rule["setting"]["isApprovalRequired"] == true);
    assert_eq!(held["approval"], needed, "{file}");
    let stages = setting["approvalStages"].as_array().into_iter().flatten().filter(|_| needed);
    let deciders = held["deciders"].to_string();
    for stage in stages {
        let subjects =
            ["primaryApprovers", "escalationApprovers"].into_iter().filter_map(|list| stage[list].as_array());
        for subject in subjects.flatten() {
            let told = |fields: &[&str]| -> Vec<String> {
                let texts = fields.iter().filter_map(|field| subject[field].as_str());
                texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
            };
            for id in told(&["id", "userId", "groupId"]) {
                assert!(deciders.contains(&id), "{file}: {id}: {deciders}");
            }
            // Either tells a person who it is.
            let names = told(&["displayName", "description"]);
            assert!(
                names.is_empty() || names.iter().any(|name| deciders.contains(name)),
                "{file}: {names:?}: {deciders}"
            );
        }
    }
}

#[test]
fn rules_of_every_shape_are_obeyed() {
    let rules = |rules: Value| {
        let assignment = json!({"roleDefinitionId": "r", "policy": {"rules": rules}});
        let held = model("rolemanagementpolicyassignments", false, &assignment).expect("read").expect("understood");
        obeyed("here", rules.as_array().expect("rules"), &held);
        held
    };
    let expiration = |longest: Value| json!([{"id": "Expiration_EndUser_Assignment", "maximumDuration": longest}]);
    for longest in [json!("PT0S"), json!("PT30M"), json!(null), json!("soon"), json!(""), json!("P1D")] {
        rules(expiration(longest));
    }
    let held = rules(json!([
        {"id": "Enablement_EndUser_Assignment", "enabledRules": ["Justification", "Fingerprint"]},
        {"id": "Weather_EndUser_Assignment", "isEnabled": true},
        {"id": "Mood_EndUser_Assignment", "isEnabled": false},
        {"id": "CustomExtension_EndUser_Assignment"},
        {"id": "AuthenticationContext_EndUser_Assignment", "isEnabled": true, "claimValue": ""},
        {"id": "Notification_Admin_EndUser_Assignment"},
        {"id": "Weather_Admin_Assignment"},
    ]));
    assert_eq!(
        held["unknown_rules"],
        json!(["Fingerprint", "Weather_EndUser_Assignment", "CustomExtension_EndUser_Assignment"])
    );
}
