//! A role's policy: of its seventeen rules those that concern somebody who activates (`*_EndUser_Assignment`).

use chrono::TimeDelta;
use serde::Deserialize;

use super::{duration, wire};
use crate::{
    codes,
    model::{Approver, Requirements},
};

/// The rules about activations end so.
const ACTIVATION: &str = "_enduser_assignment";

/// All kinds of rules in one: what is not a rule's own is absent. New kinds do not break the list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    #[serde(default)]
    id: String,
    maximum_duration: Option<String>,
    is_expiration_required: Option<bool>,
    enabled_rules: Option<Vec<String>>,
    is_enabled: Option<bool>,
    claim_value: Option<String>,
    setting: Option<Setting>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Setting {
    is_approval_required: Option<bool>,
    is_approval_required_for_extension: Option<bool>,
    approval_stages: Option<Vec<Stage>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stage {
    approval_stage_time_out_in_days: Option<u32>,
    is_approver_justification_required: Option<bool>,
    primary_approvers: Option<Vec<Subject>>,
    escalation_approvers: Option<Vec<Subject>>,
}

/// A `singleUser`, `groupMembers`, or another subject set of Graph; a `userSet` of Azure.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subject {
    #[serde(rename = "@odata.type")]
    odata_type: Option<String>,
    user_type: Option<String>,
    #[serde(alias = "userId", alias = "groupId")]
    id: Option<String>,
    display_name: Option<String>,
    description: Option<String>,
    is_backup: Option<bool>,
}

/// What these rules ask for. Without rules: the documented defaults.
pub(super) fn requirements(rules: Vec<Rule>) -> Requirements {
    let mut all = Requirements { known: !rules.is_empty(), justification: rules.is_empty(), ..Requirements::default() };
    for rule in rules {
        rule.apply(&mut all);
    }
    all
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
                all.expires = self.is_expiration_required.unwrap_or(true);
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
                if let Some(setting) = self.setting {
                    setting.apply(all);
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

impl Setting {
    fn apply(self, all: &mut Requirements) {
        all.extension_approval = self.is_approval_required_for_extension == Some(true);
        if self.is_approval_required != Some(true) {
            return;
        }
        all.approval = true;
        for stage in self.approval_stages.unwrap_or_default() {
            all.approval_days = all.approval_days.max(stage.approval_stage_time_out_in_days);
            all.decision_justified |= stage.is_approver_justification_required == Some(true);
            let first = stage.primary_approvers.unwrap_or_default().into_iter().map(|subject| subject.approver(false));
            let then = stage.escalation_approvers.unwrap_or_default().into_iter().map(|subject| subject.approver(true));
            all.deciders.extend(first.chain(then));
        }
        // An id alone tells nobody anything.
        all.approvers = all.deciders.iter().filter(|who| !who.backup).filter_map(|who| who.name.clone()).collect();
    }
}

impl Subject {
    fn approver(self, escalation: bool) -> Approver {
        let word = self.user_type.or(self.odata_type).unwrap_or_default();
        let subject = word.rsplit('.').next().unwrap_or_default().trim_start_matches('#');
        let names = [self.display_name, self.description];
        Approver {
            id: self.id.filter(|id| !id.is_empty()),
            name: names.into_iter().flatten().find_map(|name| wire::name(Some(&name))),
            subject: codes::clean(subject, 100),
            backup: escalation || self.is_backup == Some(true),
        }
    }
}
