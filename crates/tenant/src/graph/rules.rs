//! The 17 rules of a `unifiedRoleManagementPolicy`, in the documentation's order and shapes.

use serde_json::{Value, json};

use crate::scenario::{Approver, IsoDuration, Policy};

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

    fn enablement(self, enabled: &[&str]) -> Value {
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

/// All rules of a policy; with `unknown` also one of a type that came after the documentation.
pub fn all(policy: &Policy, unknown: bool) -> Vec<Value> {
    let year = IsoDuration::days(365);
    let half_year = IsoDuration::days(180);
    let mut enabled = Vec::new();
    // An authentication context replaces multifactor authentication.
    if policy.mfa && policy.authentication_context.is_none() {
        enabled.push("MultiFactorAuthentication");
    }
    if policy.justification {
        enabled.push("Justification");
    }
    if policy.ticket {
        enabled.push("Ticketing");
    }
    let eligibility = policy.eligibility_maximum.as_ref();
    let assignment = policy.assignment_maximum.as_ref();

    let mut rules = vec![
        ADMIN_ELIGIBILITY.expiration(eligibility.is_some(), eligibility.unwrap_or(&year)),
        ADMIN_ELIGIBILITY.enablement(&[]),
    ];
    rules.extend(ADMIN_ELIGIBILITY.notifications());
    rules.push(ADMIN_ASSIGNMENT.expiration(assignment.is_some(), assignment.unwrap_or(&half_year)));
    rules.push(ADMIN_ASSIGNMENT.enablement(&["Justification"]));
    rules.extend(ADMIN_ASSIGNMENT.notifications());
    rules.push(USER_ASSIGNMENT.expiration(true, &policy.maximum));
    rules.push(USER_ASSIGNMENT.enablement(&enabled));
    rules.push(approval(policy));
    rules.push(authentication_context(policy));
    rules.extend(USER_ASSIGNMENT.notifications());
    if unknown {
        let own = json!({ "customExtensionId": "0e1c3b2a-5d94-4f0e-9d0a-0a4f5b0f7c11", "displayName": "Change calendar",
            "isEnabled": true, "customAttributes": [] });
        rules.push(USER_ASSIGNMENT.rule("CustomExtension", "CustomExtension_EndUser_Assignment", own));
    }
    rules
}

fn approval(policy: &Policy) -> Value {
    let approvers: Vec<Value> = policy
        .approvers
        .iter()
        .map(|approver| match approver {
            Approver::User(id) => json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": id }),
            Approver::Group(id) => json!({ "@odata.type": "#microsoft.graph.groupMembers", "groupId": id }),
        })
        .collect();
    let setting = json!({
        "isApprovalRequired": policy.approval,
        "isApprovalRequiredForExtension": false,
        "isRequestorJustificationRequired": true,
        "approvalMode": "SingleStage",
        "approvalStages": [{
            "approvalStageTimeOutInDays": 1,
            "isApproverJustificationRequired": true,
            "escalationTimeInMinutes": 0,
            "isEscalationEnabled": false,
            "primaryApprovers": approvers,
            "escalationApprovers": [],
        }],
    });
    USER_ASSIGNMENT.rule("Approval", "Approval_EndUser_Assignment", json!({ "setting": setting }))
}

fn authentication_context(policy: &Policy) -> Value {
    let context = &policy.authentication_context;
    let own = json!({ "isEnabled": context.is_some(), "claimValue": context });
    USER_ASSIGNMENT.rule("AuthenticationContext", "AuthenticationContext_EndUser_Assignment", own)
}
