//! The 17 rules of a `unifiedRoleManagementPolicy`, in the documentation's order and shapes.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::pim::State;
use crate::scenario::{Approver, Enablement, IsoDuration, Policy, Scenario, Scope};

/// Who a rule is for, and at which level.
#[derive(Clone, Copy)]
struct Target {
    caller: &'static str,
    level: &'static str,
}

const ADMIN_ELIGIBILITY: Target = Target { caller: "Admin", level: "Eligibility" };
const ADMIN_ASSIGNMENT: Target = Target { caller: "Admin", level: "Assignment" };
const USER_ASSIGNMENT: Target = Target { caller: "EndUser", level: "Assignment" };

impl Target {
    fn suffix(self) -> String {
        format!("{}_{}", self.caller, self.level)
    }

    fn rule(self, kind: &str, id: &str, own: Value) -> Value {
        let mut rule = json!({
            "@odata.type": format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule"),
            "id": id,
            "target": {
                "caller": self.caller,
                "operations": ["all"],
                "level": self.level,
                "inheritableSettings": [],
                "enforcedSettings": [],
            },
        });
        if let (Value::Object(rule), Value::Object(own)) = (&mut rule, own) {
            rule.extend(own);
        }
        rule
    }

    fn expiration(self, required: bool, maximum: &IsoDuration) -> Value {
        let own = json!({ "isExpirationRequired": required, "maximumDuration": maximum.to_string() });
        self.rule("Expiration", &format!("Expiration_{}", self.suffix()), own)
    }

    fn enablement(self, enabled: Enablement) -> Value {
        let names = [
            (enabled.mfa, "MultiFactorAuthentication"),
            (enabled.justification, "Justification"),
            (enabled.ticket, "Ticketing"),
        ];
        let enabled: Vec<&str> = names.into_iter().filter_map(|(on, name)| on.then_some(name)).collect();
        self.rule("Enablement", &format!("Enablement_{}", self.suffix()), json!({ "enabledRules": enabled }))
    }

    fn notifications(self) -> impl Iterator<Item = Value> {
        ["Admin", "Requestor", "Approver"].into_iter().map(move |recipient| {
            let own = json!({
                "notificationType": "Email",
                "recipientType": recipient,
                "notificationLevel": "All",
                "isDefaultRecipientsEnabled": true,
                "notificationRecipients": [],
            });
            self.rule("Notification", &format!("Notification_{recipient}_{}", self.suffix()), own)
        })
    }
}

/// The rules of a role at a scope as they are now: what was changed, as it was given, and the others.
pub fn of(state: &State, scenario: &Scenario, role: Uuid, scope: Scope) -> Vec<Value> {
    let Some(policy) = state.policy(scenario, role, scope) else { return Vec::new() };
    let mut rules = all(policy, scenario);
    let changed = state.changed_policy(role, scope).into_iter().flat_map(|changed| &changed.rules);
    for (id, rule) in changed {
        if let Some(place) = rules.iter_mut().find(|rule| rule["id"] == id.as_str()) {
            *place = rule.clone();
        }
    }
    rules
}

/// A rule with what a PATCH says of it; nothing, if the PATCH does not say which type of rule it is about, or another one.
pub fn patched(before: &Value, patch: &Value) -> Option<Value> {
    let kind = patch["@odata.type"].as_str()?;
    let same = |kind: &str| before["@odata.type"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(kind));
    (same(kind) && patch.get("id").is_none_or(|id| *id == before["id"])).then_some(())?;
    let mut rule = before.clone();
    for (name, value) in patch.as_object()? {
        // What a rule of this type does not have makes it no rule of this type; its type and name stay as they are.
        before.get(name)?;
        if !["@odata.type", "id"].contains(&name.as_str()) {
            rule[name] = value.clone();
        }
    }
    Some(rule)
}

/// All rules of a policy; if the scenario says so, also one of a type that came after the documentation.
fn all(policy: &Policy, scenario: &Scenario) -> Vec<Value> {
    let year = IsoDuration::days(365);
    let half_year = IsoDuration::days(180);
    let enabled = Enablement {
        // An authentication context replaces multifactor authentication.
        mfa: policy.mfa && policy.authentication_context.is_none(),
        justification: policy.justification,
        ticket: policy.ticket,
    };
    let eligibility = policy.eligibility_maximum.as_ref();
    let assignment = policy.assignment_maximum.as_ref();

    let mut rules = vec![
        ADMIN_ELIGIBILITY.expiration(eligibility.is_some(), eligibility.unwrap_or(&year)),
        ADMIN_ELIGIBILITY.enablement(policy.eligibility_enablement),
    ];
    rules.extend(ADMIN_ELIGIBILITY.notifications());
    rules.push(ADMIN_ASSIGNMENT.expiration(assignment.is_some(), assignment.unwrap_or(&half_year)));
    rules.push(ADMIN_ASSIGNMENT.enablement(policy.assignment_enablement));
    rules.extend(ADMIN_ASSIGNMENT.notifications());
    rules.push(USER_ASSIGNMENT.expiration(true, &policy.maximum));
    rules.push(USER_ASSIGNMENT.enablement(enabled));
    rules.push(approval(policy, scenario));
    rules.push(authentication_context(policy));
    rules.extend(USER_ASSIGNMENT.notifications());
    if scenario.switches.unknown_policy_rule {
        let own = json!({ "customExtensionId": "0e1c3b2a-5d94-4f0e-9d0a-0a4f5b0f7c11", "displayName": "Change calendar",
            "isEnabled": true, "customAttributes": [] });
        rules.push(USER_ASSIGNMENT.rule("CustomExtension", "CustomExtension_EndUser_Assignment", own));
    }
    rules
}

fn approval(policy: &Policy, scenario: &Scenario) -> Value {
    let approvers: Vec<Value> = policy.approvers.iter().map(|approver| approver_row(scenario, *approver)).collect();
    let setting = json!({
        "isApprovalRequired": policy.approval,
        "isApprovalRequiredForExtension": false,
        "isRequestorJustificationRequired": true,
        "approvalMode": "SingleStage",
        "approvalStages": [{
            "approvalStageTimeOutInDays": 1,
            "isApproverJustificationRequired": policy.approver_justification,
            "escalationTimeInMinutes": 0,
            "isEscalationEnabled": false,
            "primaryApprovers": approvers,
            "escalationApprovers": [],
        }],
    });
    USER_ASSIGNMENT.rule("Approval", "Approval_EndUser_Assignment", json!({ "setting": setting }))
}

/// A subject set with its `description`, which is the name in the directory (resource types singleUser, groupMembers).
fn approver_row(scenario: &Scenario, approver: Approver) -> Value {
    let named = scenario.switches.approver_names;
    match approver {
        Approver::User(id) => {
            let name = scenario.user(id).filter(|_| named).map(|user| &user.display_name);
            json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": id, "description": name })
        }
        Approver::Group(id) => {
            let name = scenario.group(id).filter(|_| named).map(|group| &group.display_name);
            json!({ "@odata.type": "#microsoft.graph.groupMembers", "groupId": id, "description": name })
        }
    }
}

fn authentication_context(policy: &Policy) -> Value {
    let context = &policy.authentication_context;
    let own = json!({ "isEnabled": context.is_some(), "claimValue": context });
    USER_ASSIGNMENT.rule("AuthenticationContext", "AuthenticationContext_EndUser_Assignment", own)
}
