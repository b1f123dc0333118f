//! Policies as they are now: what the scenario begins with, and what administrators have changed since.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{Refusal, State};
use crate::scenario::{Approver, Enablement, IsoDuration, Policy, Scenario, Scope};

/// The longest that an activation may be allowed to last.
const LONGEST: TimeDelta = TimeDelta::days(1);

/// What was changed in the policy of one role at one scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The policy that results.
    pub policy: Policy,
    /// The changed rules whole, as Microsoft Graph writes them, by id.
    pub rules: BTreeMap<String, Value>,
    /// When it was last changed.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Uuid,
}

/// In the directory a role has one policy, wherever it is assigned.
fn key(role: Uuid, scope: Scope) -> String {
    match scope {
        Scope::Directory | Scope::AdministrativeUnit(_) | Scope::Object(_) | Scope::Application(_) => {
            format!("/ {role}")
        }
        Scope::Group(_) | Scope::Azure(_) => format!("{scope} {role}"),
    }
}

impl State {
    /// The policy of a role at a scope.
    pub fn policy<'a>(&'a self, scenario: &'a Scenario, role: Uuid, scope: Scope) -> Option<&'a Policy> {
        self.changed_policy(role, scope).map(|changed| &changed.policy).or_else(|| scenario.policy(role, scope))
    }

    /// What was changed in the policy of a role at a scope.
    pub fn changed_policy(&self, role: Uuid, scope: Scope) -> Option<&Changed> {
        self.policies.get(&key(role, scope))
    }

    /// Put rules, whole and as Microsoft Graph writes them, in place of those with the same ids: all of them or none.
    pub fn change_policy(
        &mut self,
        scenario: &Scenario,
        actor: Uuid,
        (role, scope): (Uuid, Scope),
        rules: Vec<Value>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if !self.administers(scenario, actor, scope, now) {
            return Err(Refusal::Forbidden);
        }
        let Some(mut policy) = self.policy(scenario, role, scope).cloned() else { return Err(Refusal::RoleNotFound) };
        let mut ids = Vec::new();
        for rule in &rules {
            apply(&mut policy, scenario, rule).ok_or(Refusal::InvalidPolicy)?;
            ids.push(text(rule, "id").unwrap_or_default().to_owned());
        }
        let before = self.policies.remove(&key(role, scope));
        let mut changed = before.map(|changed| changed.rules).unwrap_or_default();
        changed.extend(ids.iter().cloned().zip(rules));
        self.policies.insert(key(role, scope), Changed { policy, rules: changed, at: now, by: actor });
        self.note_policy(now, actor, role, scope, &ids);
        Ok(())
    }
}

fn text<'a>(rule: &'a Value, name: &str) -> Option<&'a str> {
    rule[name].as_str()
}

/// Read a rule into the policy; `None` if it makes no sense.
fn apply(policy: &mut Policy, scenario: &Scenario, rule: &Value) -> Option<()> {
    match text(rule, "id")? {
        "Expiration_EndUser_Assignment" => {
            let maximum = duration(rule)?;
            // An activation always ends.
            (rule["isExpirationRequired"] == true && maximum.length() <= LONGEST).then_some(())?;
            policy.maximum = maximum;
        }
        "Expiration_Admin_Eligibility" => limit(rule, &mut policy.eligibility_maximum)?,
        "Expiration_Admin_Assignment" => limit(rule, &mut policy.assignment_maximum)?,
        "Enablement_EndUser_Assignment" => {
            let enabled = enablement(rule)?;
            policy.mfa = enabled.mfa;
            policy.justification = enabled.justification;
            policy.ticket = enabled.ticket;
        }
        "Enablement_Admin_Eligibility" => policy.eligibility_enablement = enablement(rule)?,
        "Enablement_Admin_Assignment" => policy.assignment_enablement = enablement(rule)?,
        "AuthenticationContext_EndUser_Assignment" => {
            let context = text(rule, "claimValue").filter(|value| !value.is_empty());
            policy.authentication_context = match (rule["isEnabled"].as_bool()?, context) {
                (false, _) => None,
                (true, context) => Some(context.filter(|value| is_context(value))?.to_owned()),
            };
        }
        "Approval_EndUser_Assignment" => approval(policy, scenario, &rule["setting"])?,
        id if id.starts_with("Notification_") => notification(rule)?,
        // A rule that came after the documentation is kept as it is.
        _ => {}
    }
    Some(())
}

/// `c1` to `c99`.
fn is_context(value: &str) -> bool {
    value.strip_prefix('c').is_some_and(|number| number.parse::<u8>().is_ok_and(|number| (1..=99).contains(&number)))
}

fn duration(rule: &Value) -> Option<IsoDuration> {
    text(rule, "maximumDuration")?.parse().ok()
}

fn limit(rule: &Value, into: &mut Option<IsoDuration>) -> Option<()> {
    let maximum = duration(rule)?;
    *into = rule["isExpirationRequired"].as_bool()?.then_some(maximum);
    Some(())
}

fn enablement(rule: &Value) -> Option<Enablement> {
    let mut enabled = Enablement::default();
    for name in rule["enabledRules"].as_array()? {
        match name.as_str()? {
            "MultiFactorAuthentication" => enabled.mfa = true,
            "Justification" => enabled.justification = true,
            "Ticketing" => enabled.ticket = true,
            _ => return None,
        }
    }
    Some(enabled)
}

fn approval(policy: &mut Policy, scenario: &Scenario, setting: &Value) -> Option<()> {
    let required = setting["isApprovalRequired"].as_bool()?;
    let stages = setting["approvalStages"].as_array().map_or(&[][..], Vec::as_slice);
    let mut approvers = Vec::new();
    for approver in stages.iter().take(1).filter_map(|stage| stage["primaryApprovers"].as_array()).flatten() {
        let id = |name: &str| approver[name].as_str().and_then(|id| id.parse::<Uuid>().ok());
        // As Graph names them, and as Azure does.
        let user = id("userId").or_else(|| id("id")).filter(|id| scenario.user(*id).is_some());
        let group = id("groupId").or_else(|| id("id")).filter(|id| scenario.group(*id).is_some());
        approvers.push(user.map(Approver::User).or_else(|| group.map(Approver::Group))?);
    }
    if let Some(stage) = stages.first() {
        policy.approver_justification = stage["isApproverJustificationRequired"].as_bool().unwrap_or(true);
    }
    policy.approval = required;
    policy.approvers = approvers;
    Some(())
}

fn notification(rule: &Value) -> Option<()> {
    let one_of = |name: &str, known: &[&str]| {
        let value = text(rule, name)?;
        known.iter().any(|known| known.eq_ignore_ascii_case(value)).then_some(())
    };
    one_of("notificationLevel", &["None", "Critical", "All"])?;
    one_of("recipientType", &["Admin", "Requestor", "Approver"])?;
    one_of("notificationType", &["Email"])?;
    rule["isDefaultRecipientsEnabled"].as_bool()?;
    let recipients = rule["notificationRecipients"].as_array()?;
    recipients.iter().all(|recipient| recipient.as_str().is_some_and(|mail| mail.contains('@'))).then_some(())
}
