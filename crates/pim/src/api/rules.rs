//! A role's policy: of its seventeen rules those that concern somebody who activates (`*_EndUser_Assignment`).

use chrono::TimeDelta;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{duration, wire};
use crate::{
    codes,
    model::{Approver, Requirements},
};

/// The rules about activations end so.
const ACTIVATION: &str = "_enduser_assignment";

/// A rule as it came. One that cannot be read is no reason to know nothing of the others.
#[derive(Default)]
pub(super) struct Rule {
    name: Name,
    /// `None` in a shape that is not known.
    body: Option<Body>,
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        let name: Name = serde_json::from_str(text.get()).unwrap_or_default();
        // Most of them concern somebody else.
        let body = name.about().and_then(|_| serde_json::from_str(text.get()).ok());
        Ok(Self { name, body })
    }
}

/// What a rule is called, and whom it concerns.
#[derive(Default, Deserialize)]
struct Name {
    #[serde(default)]
    id: String,
    #[serde(rename = "@odata.type", alias = "ruleType")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    caller: Option<String>,
    level: Option<String>,
}

fn if_readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Target>, D::Error> {
    let text = Option::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(text.and_then(|text| serde_json::from_str(text.get()).ok()))
}

/// All kinds of rules in one: what is not a rule's own is absent.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
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

impl Name {
    /// What a rule is about, in lower case, if it concerns somebody who activates. Ids are documented, and say it first; a
    /// rule by another id says it by its target and its type.
    fn about(&self) -> Option<String> {
        let id = self.id.to_ascii_lowercase();
        if let Some(about) = id.strip_suffix(ACTIVATION) {
            return Some(about.to_owned());
        }
        let Target { caller: Some(caller), level: Some(level) } = self.target.as_ref()? else { return None };
        if !caller.eq_ignore_ascii_case("EndUser") || !level.eq_ignore_ascii_case("Assignment") {
            return None;
        }
        let kind = self.kind.as_deref().unwrap_or_default().to_ascii_lowercase();
        let kind = kind.trim_start_matches("#microsoft.graph.unified").trim_start_matches("rolemanagementpolicy");
        Some(kind.trim_end_matches("rule").to_owned())
    }

    /// What to call it where nothing more is known of it.
    fn said(&self) -> String {
        let kind = self.kind.as_deref().unwrap_or_default();
        codes::clean(if self.id.is_empty() { kind } else { &self.id }, 100)
    }
}

impl Rule {
    fn apply(self, all: &mut Requirements) {
        let Some(about) = self.name.about() else { return };
        // Who gets mail does not concern the one who activates.
        if about.starts_with("notification") {
            return;
        }
        let Some(body) = self.body else { return all.unknown_rules.push(self.name.said()) };
        match about.as_str() {
            "expiration" => {
                let longest = body
                    .maximum_duration
                    .as_deref()
                    .map(|text| duration::parse(text).filter(|longest| *longest >= TimeDelta::zero()));
                match longest {
                    Some(Some(longest)) => all.max_duration = longest,
                    // The documented default is shown, and that there is another one.
                    Some(None) => all.unknown_rules.push(self.name.said()),
                    None => {}
                }
                all.expires = body.is_expiration_required.unwrap_or(true);
            }
            "enablement" => {
                for rule in body.enabled_rules.unwrap_or_default() {
                    match rule.to_ascii_lowercase().as_str() {
                        "justification" => all.justification = true,
                        "ticketing" => all.ticket = true,
                        "multifactorauthentication" => all.mfa = true,
                        _ => all.unknown_rules.push(codes::clean(&rule, 100)),
                    }
                }
            }
            "approval" => {
                if let Some(setting) = body.setting {
                    setting.apply(all);
                }
            }
            "authenticationcontext" => {
                let context = body.claim_value.filter(|value| !value.is_empty());
                all.authentication_context = context.filter(|_| body.is_enabled == Some(true));
            }
            _ if body.is_enabled == Some(false) => {}
            _ => all.unknown_rules.push(self.name.said()),
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
