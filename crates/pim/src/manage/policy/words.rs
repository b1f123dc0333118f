//! Rules in words.

use serde_json::Value;

use super::difference::is_about;
use crate::{api::duration, codes, manage::assignments::days, view::RuleGroup, words};

/// Characters of a name that are shown.
const LONGEST: usize = 256;

/// Characters of a rule that is shown as it is.
const LONGEST_RULE: usize = 1000;

/// What a rule is about.
pub fn title(id: &str) -> String {
    known(&id.to_ascii_lowercase()).unwrap_or_else(|| codes::clean(id, LONGEST))
}

/// The same of one that is known here, in lower case.
fn known(id: &str) -> Option<String> {
    Some(match id {
        "expiration_enduser_assignment" => say!("rule-activation-length"),
        "expiration_admin_eligibility" => say!("rule-eligibility-length"),
        "expiration_admin_assignment" => say!("rule-assignment-length"),
        "enablement_enduser_assignment" => say!("rule-activation-asks"),
        "enablement_admin_eligibility" => say!("rule-eligibility-asks"),
        "enablement_admin_assignment" => say!("rule-assignment-asks"),
        "authenticationcontext_enduser_assignment" => say!("rule-context"),
        "approval_enduser_assignment" => say!("rule-approval"),
        _ => return notification(id),
    })
}

/// Where a rule belongs. What is not known here, or not in this shape, is among the others.
pub fn group(rule: &Value) -> RuleGroup {
    let id = rule["id"].as_str().unwrap_or_default().to_ascii_lowercase();
    if known(&id).is_none() || said(rule).is_none() {
        RuleGroup::Other
    } else if id.starts_with("notification_") {
        RuleGroup::Mail
    } else if id.ends_with("_enduser_assignment") {
        RuleGroup::Activation
    } else if id.ends_with("_admin_eligibility") {
        RuleGroup::Eligible
    } else {
        RuleGroup::Active
    }
}

/// A rule as it is, member by member, without what only says which rule it is.
pub fn as_it_is(rule: &Value) -> String {
    let members = rule.as_object().into_iter().flatten();
    let kept = members.filter(|(name, value)| !is_about(name) && !value.is_null());
    let all: Vec<String> = kept.map(|(name, value)| format!("{name} {value}")).collect();
    codes::clean(&all.join(", "), LONGEST_RULE)
}

/// `notification_{whom}_{admin|enduser}_{eligibility|assignment}`.
fn notification(id: &str) -> Option<String> {
    let rest = id.strip_prefix("notification_")?;
    let (whom, when) = rest.split_once('_')?;
    Some(match (whom, when) {
        ("admin", "admin_eligibility") => say!("mail-admin-eligible"),
        ("admin", "admin_assignment") => say!("mail-admin-active"),
        ("admin", "enduser_assignment") => say!("mail-admin-activated"),
        ("requestor", "admin_eligibility") => say!("mail-requestor-eligible"),
        ("requestor", "admin_assignment") => say!("mail-requestor-active"),
        ("requestor", "enduser_assignment") => say!("mail-requestor-activated"),
        ("approver", "admin_eligibility") => say!("mail-approver-eligible"),
        ("approver", "admin_assignment") => say!("mail-approver-active"),
        ("approver", "enduser_assignment") => say!("mail-approver-activated"),
        _ => return None,
    })
}

/// What a rule says.
pub fn words(rule: &Value) -> String {
    said(rule).unwrap_or_else(|| say!("rule-unknown"))
}

fn said(rule: &Value) -> Option<String> {
    let id = rule["id"].as_str().unwrap_or_default().to_ascii_lowercase();
    match id.split('_').next().unwrap_or_default() {
        "expiration" => expiration(rule),
        "enablement" => enablement(rule),
        "authenticationcontext" => context(rule),
        "approval" => approval(&rule["setting"]),
        "notification" => mail(rule),
        _ => None,
    }
}

fn expiration(rule: &Value) -> Option<String> {
    let required = rule["isExpirationRequired"].as_bool()?;
    let maximum = rule["maximumDuration"].as_str().unwrap_or_default();
    let length = duration::parse(maximum).map_or_else(|| codes::clean(maximum, 40), days);
    let of_activation = rule["id"].as_str().is_some_and(|id| id.to_ascii_lowercase().contains("enduser"));
    Some(match (required, of_activation) {
        (true, true) => say!("at-most", length = length),
        (true, false) => say!("at-most-never-permanent", length = length),
        (false, _) => say!("permanent-allowed"),
    })
}

fn enablement(rule: &Value) -> Option<String> {
    let enabled = rule["enabledRules"].as_array()?;
    let word = |rule: &Value| {
        let rule = rule.as_str().unwrap_or_default();
        match rule.to_ascii_lowercase().as_str() {
            "justification" => say!("asks-reason"),
            "ticketing" => say!("asks-ticket"),
            "multifactorauthentication" => say!("asks-mfa"),
            _ => say!("asks-other", word = codes::clean(rule, 100)),
        }
    };
    let mut all: Vec<String> = enabled.iter().map(word).collect();
    all.sort();
    Some(if all.is_empty() { say!("asks-nothing") } else { listed(&all) })
}

fn context(rule: &Value) -> Option<String> {
    let enabled = rule["isEnabled"].as_bool()?;
    let claim = rule["claimValue"].as_str().filter(|claim| !claim.is_empty());
    Some(match (enabled, claim) {
        (true, Some(claim)) => codes::clean(claim, 40),
        (true, None) => say!("context-unnamed"),
        (false, _) => say!("context-none"),
    })
}

fn approval(setting: &Value) -> Option<String> {
    if !setting["isApprovalRequired"].as_bool()? {
        return Some(say!("approval-not-needed"));
    }
    let stages = setting["approvalStages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let approvers = stages.iter().flat_map(|stage| {
        ["primaryApprovers", "escalationApprovers"].into_iter().filter_map(|name| stage[name].as_array()).flatten()
    });
    let named: Vec<String> = approvers.map(approver).collect();
    let names = if named.is_empty() { say!("approval-by-administrators") } else { listed(&named) };
    let reason = stages.iter().any(|stage| stage["isApproverJustificationRequired"] == true);
    Some(if reason { say!("approval-by-with-reason", names = names) } else { say!("approval-by", names = names) })
}

pub(super) fn approver(who: &Value) -> String {
    let names = ["displayName", "description", "userId", "groupId", "id"];
    let name = names.into_iter().filter_map(|name| who[name].as_str()).find(|name| !name.trim().is_empty());
    if let Some(name) = name {
        return codes::clean(name, LONGEST);
    }
    let kind = who["@odata.type"].as_str().or_else(|| who["userType"].as_str()).unwrap_or("somebody");
    codes::clean(kind.rsplit('.').next().unwrap_or(kind), 100)
}

fn mail(rule: &Value) -> Option<String> {
    let all = match rule["notificationLevel"].as_str()?.to_ascii_lowercase().as_str() {
        "all" => true,
        "critical" => false,
        "none" => return Some(say!("mail-none")),
        _ => return None,
    };
    let recipients = rule["notificationRecipients"].as_array().map(Vec::as_slice).unwrap_or_default();
    let recipients = recipients.iter().filter_map(Value::as_str).map(|to| codes::clean(to, LONGEST));
    let mut to: Vec<String> = recipients.collect();
    to.sort();
    if rule["isDefaultRecipientsEnabled"] != false {
        to.insert(0, say!("mail-defaults"));
    }
    Some(match (to.is_empty(), all) {
        (true, _) => say!("mail-no-recipients"),
        (false, true) => say!("mail-all-to", names = listed(&to)),
        (false, false) => say!("mail-critical-to", names = listed(&to)),
    })
}

fn listed(names: &[String]) -> String {
    words::row(names.iter().map(String::as_str))
}
