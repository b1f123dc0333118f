//! A role's policy: of its seventeen rules those that concern somebody who activates (`*_EndUser_Assignment`).

use chrono::TimeDelta;
use serde::Deserialize;

use super::duration;
use crate::{codes, model::Requirements};

/// The rules about activations end so.
const ACTIVATION: &str = "_enduser_assignment";

/// A `unifiedRoleManagementPolicyAssignment` with its policy and rules.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assignment {
    role_definition_id: String,
    policy: Option<Policy>,
}

#[derive(Deserialize)]
struct Policy {
    #[serde(default)]
    rules: Option<Vec<Rule>>,
}

/// All kinds of rules in one: what is not a rule's own is absent. New kinds do not break the list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    #[serde(default)]
    id: String,
    maximum_duration: Option<String>,
    enabled_rules: Option<Vec<String>>,
    is_enabled: Option<bool>,
    claim_value: Option<String>,
    setting: Option<Setting>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Setting {
    is_approval_required: Option<bool>,
    approval_stages: Option<Vec<Stage>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stage {
    primary_approvers: Option<Vec<Approver>>,
}

/// A `singleUser`, `groupMembers`, or another subject set.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Approver {
    display_name: Option<String>,
    description: Option<String>,
}

impl Assignment {
    /// The role's id in lower case, and what it asks for.
    pub(super) fn requirements(self) -> (String, Requirements) {
        let rules = self.policy.and_then(|policy| policy.rules).unwrap_or_default();
        let mut all =
            Requirements { known: !rules.is_empty(), justification: rules.is_empty(), ..Requirements::default() };
        for rule in rules {
            rule.apply(&mut all);
        }
        (self.role_definition_id.to_ascii_lowercase(), all)
    }
}

impl Rule {
    fn apply(self, all: &mut Requirements) {
        let id = self.id.to_ascii_lowercase();
        let Some(kind) = id.strip_suffix(ACTIVATION) else { return };
        match kind {
            "expiration" => {
                let longest = self.maximum_duration.as_deref().and_then(duration::parse);
                if let Some(longest) = longest.filter(|longest| *longest >= TimeDelta::zero()) {
                    all.max_duration = longest;
                }
            }
            "enablement" => {
                for rule in self.enabled_rules.unwrap_or_default() {
                    match rule.to_ascii_lowercase().as_str() {
                        "justification" => all.justification = true,
                        "ticketing" => all.ticket = true,
                        "multifactorauthentication" => all.mfa = true,
                        _ => all.unknown_rules.push(codes::clean(&rule, 100)),
                    }
                }
            }
            "approval" => {
                if let Some(setting) = self.setting.filter(|setting| setting.is_approval_required == Some(true)) {
                    all.approval = true;
                    let stages = setting.approval_stages.unwrap_or_default().into_iter();
                    let approvers = stages.flat_map(|stage| stage.primary_approvers.unwrap_or_default());
                    all.approvers = approvers.filter_map(Approver::name).collect();
                }
            }
            "authenticationcontext" => {
                let context = self.claim_value.filter(|value| !value.is_empty());
                all.authentication_context = context.filter(|_| self.is_enabled == Some(true));
            }
            // Who gets mail does not concern the one who activates.
            kind if kind.starts_with("notification_") => {}
            _ if self.is_enabled == Some(false) => {}
            _ => all.unknown_rules.push(codes::clean(&self.id, 100)),
        }
    }
}

impl Approver {
    /// What a person would call them; an id alone tells nobody anything.
    fn name(self) -> Option<String> {
        let names = [self.display_name, self.description];
        names.into_iter().flatten().map(|name| codes::clean(&name, 256)).find(|name| !name.is_empty())
    }
}
