//! Changes to a policy's settings: the rules as they were read, with nothing but what somebody changed put into them. What this
//! version does not know of a rule stays there, in the shapes of Microsoft Graph and of Azure alike.

use std::fmt;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    file::is_context,
    words::{approver, group, title},
};
use crate::{
    api::duration,
    codes,
    model::{Principal, PrincipalKind, RolePolicy},
    view::{
        ApprovalEdit, FoundPerson, Limit, MailEdit, PolicyApproval, PolicyEdits, PolicyMail, PolicySettings, Proof,
        RuleGroup,
    },
};

const LENGTH: &str = "Expiration_EndUser_Assignment";
const ASKED: &str = "Enablement_EndUser_Assignment";
const CONTEXT: &str = "AuthenticationContext_EndUser_Assignment";
const APPROVAL: &str = "Approval_EndUser_Assignment";
const ELIGIBLE: &str = "Expiration_Admin_Eligibility";
const ACTIVE: &str = "Expiration_Admin_Assignment";
const ASKED_ACTIVE: &str = "Enablement_Admin_Assignment";

const JUSTIFICATION: &str = "Justification";
const TICKET: &str = "Ticketing";
const MFA: &str = "MultiFactorAuthentication";

/// Minutes: an activation lasts half hours, up to a day.
const STEP: u32 = 30;
const LONGEST: u32 = 24 * 60;

/// Nothing is given for longer, unless it is for ever.
const MOST_DAYS: u32 = 3650;

/// Of an address of mail, in bytes (RFC 5321).
const LONGEST_ADDRESS: usize = 254;

/// Why something cannot be had, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError(String);

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn no<T>(sentence: impl Into<String>) -> Result<T, EditError> {
    Err(EditError(sentence.into()))
}

/// What of a policy can be changed, as it is.
pub fn settings(policy: &RolePolicy) -> PolicySettings {
    let asks = |id, word| Some(enabled(policy.rule(id)?)?.any(|each| each.eq_ignore_ascii_case(word)));
    let context = policy.rule(CONTEXT).and_then(|rule| rule["isEnabled"].as_bool().map(|on| (on, &rule["claimValue"])));
    let proof = asks(ASKED, MFA).map(|mfa| match context {
        Some((true, claim)) => Proof::Context { claim: codes::clean(claim.as_str().unwrap_or_default(), 40) },
        _ if mfa => Proof::Mfa,
        _ => Proof::Nothing,
    });
    let minutes = |rule: &Value| u32::try_from(maximum(rule)?.num_minutes()).ok();
    let mail = policy.rules.iter().filter(|rule| group(rule) == RuleGroup::Mail);
    PolicySettings {
        longest: policy.rule(LENGTH).and_then(minutes),
        justification: asks(ASKED, JUSTIFICATION),
        ticket: asks(ASKED, TICKET),
        proof,
        contexts: context.is_some(),
        approval: policy.rule(APPROVAL).and_then(|rule| approval(&rule["setting"])),
        eligible: policy.rule(ELIGIBLE).and_then(limit),
        active: policy.rule(ACTIVE).and_then(limit),
        active_justification: asks(ASKED_ACTIVE, JUSTIFICATION),
        active_mfa: asks(ASKED_ACTIVE, MFA),
        mail: mail.filter_map(PolicyMail::of).collect(),
    }
}

/// The rules of `policy` that are another than they were once it is as `edits` says, whole, in the order in which they are best
/// sent. `found` are those who were found, and can approve.
///
/// # Errors
/// With what cannot be had of this policy, or of any.
pub fn edited(policy: &RolePolicy, edits: &PolicyEdits, found: &[Principal]) -> Result<Vec<Value>, EditError> {
    let mut draft = Draft { policy, rules: Vec::new() };
    if let Some(minutes) = edits.longest {
        set_longest(draft.rule(LENGTH)?, minutes)?;
    }
    if let Some(proof) = &edits.proof {
        set_proof(&mut draft, proof)?;
    }
    let asked = [
        (edits.justification, ASKED, JUSTIFICATION),
        (edits.ticket, ASKED, TICKET),
        (edits.active_justification, ASKED_ACTIVE, JUSTIFICATION),
        (edits.active_mfa, ASKED_ACTIVE, MFA),
    ];
    for (on, id, word) in asked {
        if let Some(on) = on {
            enable(draft.rule(id)?, word, on)?;
        }
    }
    if let Some(edit) = &edits.approval {
        set_approval(draft.rule(APPROVAL)?, edit, found)?;
    }
    for (wanted, id) in [(edits.eligible, ELIGIBLE), (edits.active, ACTIVE)] {
        if let Some(wanted) = wanted {
            set_limit(draft.rule(id)?, wanted)?;
        }
    }
    for edit in &edits.mail {
        set_mail(draft.rule(&edit.rule)?, edit)?;
    }
    Ok(draft.changed())
}

/// Rules that something is put into, in the order in which that began.
struct Draft<'a> {
    policy: &'a RolePolicy,
    rules: Vec<Value>,
}

impl Draft<'_> {
    fn rule(&mut self, id: &str) -> Result<&mut Value, EditError> {
        let begun =
            self.rules.iter().position(|rule| rule["id"].as_str().is_some_and(|one| one.eq_ignore_ascii_case(id)));
        let at = begun.unwrap_or(self.rules.len());
        if begun.is_none() {
            let Some(rule) = self.policy.rule(id) else {
                return no(say!("no-rule-for-this", rule = title(id)));
            };
            self.rules.push(rule.clone());
        }
        Ok(&mut self.rules[at])
    }

    fn changed(self) -> Vec<Value> {
        let Self { policy, rules } = self;
        let changed = |rule: &Value| rule["id"].as_str().and_then(|id| policy.rule(id)) != Some(rule);
        rules.into_iter().filter(changed).collect()
    }
}

/// Puts a value there, unless it is there.
fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut()
        && members.get(name) != Some(&value)
    {
        members.insert(name.to_owned(), value);
    }
}

fn strange(rule: &Value) -> EditError {
    let id = rule["id"].as_str().unwrap_or_default();
    EditError(say!("rule-strange", rule = title(id)))
}

fn enabled(rule: &Value) -> Option<impl Iterator<Item = &str>> {
    Some(rule["enabledRules"].as_array()?.iter().filter_map(Value::as_str))
}

/// Words that are not known here stay among them.
fn enable(rule: &mut Value, word: &str, on: bool) -> Result<(), EditError> {
    let is = |each: &Value| each.as_str().is_some_and(|each| each.eq_ignore_ascii_case(word));
    let Some(words) = rule.get_mut("enabledRules").and_then(Value::as_array_mut) else { return Err(strange(rule)) };
    if !on {
        words.retain(|each| !is(each));
    } else if !words.iter().any(is) {
        words.push(word.into());
    }
    Ok(())
}

fn maximum(rule: &Value) -> Option<TimeDelta> {
    rule["maximumDuration"].as_str().and_then(duration::parse)
}

fn set_maximum(rule: &mut Value, wanted: TimeDelta, text: String) {
    // The same length in other words stays as it is.
    if maximum(rule) != Some(wanted) {
        set(rule, "maximumDuration", text.into());
    }
}

fn set_longest(rule: &mut Value, minutes: u32) -> Result<(), EditError> {
    if minutes == 0 || minutes > LONGEST || !minutes.is_multiple_of(STEP) {
        return no(say!("longest-activation-range"));
    }
    let wanted = TimeDelta::minutes(minutes.into());
    set_maximum(rule, wanted, duration::format(wanted));
    Ok(())
}

fn limit(rule: &Value) -> Option<Limit> {
    if !rule["isExpirationRequired"].as_bool()? {
        return Some(Limit::ForEver);
    }
    let days = u32::try_from(maximum(rule)?.num_days()).ok()?;
    Some(Limit::Days { days: days.max(1) })
}

fn set_limit(rule: &mut Value, wanted: Limit) -> Result<(), EditError> {
    match wanted {
        Limit::ForEver => set(rule, "isExpirationRequired", false.into()),
        Limit::Days { days } => {
            if days == 0 || days > MOST_DAYS {
                return no(say!("limit-range", most = MOST_DAYS));
            }
            set(rule, "isExpirationRequired", true.into());
            set_maximum(rule, TimeDelta::days(days.into()), format!("P{days}D"));
        }
    }
    Ok(())
}

/// What goes is sent before what comes: the service does not have both.
fn set_proof(draft: &mut Draft<'_>, proof: &Proof) -> Result<(), EditError> {
    if let Proof::Context { claim } = proof {
        let claim = claim.trim();
        if !is_context(claim) {
            return no(say!("context-range"));
        }
        enable(draft.rule(ASKED)?, MFA, false)?;
        let rule = draft.rule(CONTEXT)?;
        set(rule, "isEnabled", true.into());
        set(rule, "claimValue", claim.into());
        return Ok(());
    }
    if draft.policy.rule(CONTEXT).is_some() {
        set(draft.rule(CONTEXT)?, "isEnabled", false.into());
    }
    enable(draft.rule(ASKED)?, MFA, *proof == Proof::Mfa)
}

/// Those of the first stage; the service has no other.
fn primary(setting: &Value) -> &[Value] {
    setting["approvalStages"][0]["primaryApprovers"].as_array().map_or(&[], Vec::as_slice)
}

/// An object's id; of whoever has none, the place.
fn approver_id(at: usize, who: &Value) -> String {
    let id = ["userId", "groupId", "id"].into_iter().find_map(|name| who[name].as_str());
    id.filter(|id| !id.is_empty()).map_or_else(|| format!("#{at}"), str::to_owned)
}

fn approval(setting: &Value) -> Option<PolicyApproval> {
    let required = setting["isApprovalRequired"].as_bool()?;
    let approvers = primary(setting).iter().enumerate();
    let told = |(at, who)| FoundPerson { id: approver_id(at, who), person: approver(who), username: None };
    Some(PolicyApproval { required, approvers: approvers.map(told).collect() })
}

fn set_approval(rule: &mut Value, edit: &ApprovalEdit, found: &[Principal]) -> Result<(), EditError> {
    let azure = rule.get("ruleType").is_some();
    let first = &rule["setting"]["approvalStages"][0];
    if !rule["setting"]["isApprovalRequired"].is_boolean() || !(first.is_null() || first.is_object()) {
        return Err(strange(rule));
    }
    let setting = &mut rule["setting"];
    set(setting, "isApprovalRequired", edit.required.into());
    if edit.required && setting["approvalMode"].as_str().is_some_and(|mode| mode.eq_ignore_ascii_case("NoApproval")) {
        set(setting, "approvalMode", "SingleStage".into());
    }
    let now = primary(setting).to_vec();
    let ids: Vec<String> = now.iter().enumerate().map(|(at, who)| approver_id(at, who)).collect();
    let mut wanted: Vec<&String> = Vec::new();
    for id in &edit.approvers {
        if !wanted.iter().any(|known| known.eq_ignore_ascii_case(id)) {
            wanted.push(id);
        }
    }
    let stays = |id: &str| ids.iter().position(|known| known.eq_ignore_ascii_case(id));
    if wanted.len() == ids.len() && wanted.iter().all(|id| stays(id).is_some()) {
        return Ok(());
    }
    // Whoever stays, stays as they are written there.
    let whole = wanted.into_iter().map(|id| match stays(id) {
        Some(at) => Ok(now[at].clone()),
        None => match found.iter().find(|one| one.id.eq_ignore_ascii_case(id)) {
            Some(one) => written(one, azure),
            None => no(say!("approver-not-found")),
        },
    });
    let whole = whole.collect::<Result<Vec<Value>, EditError>>()?;
    if setting["approvalStages"].as_array().is_none_or(Vec::is_empty) {
        set(setting, "approvalStages", json!([first_stage()]));
    }
    set(&mut setting["approvalStages"][0], "primaryApprovers", whole.into());
    Ok(())
}

/// As the documentation has it.
fn first_stage() -> Value {
    json!({
        "approvalStageTimeOutInDays": 1,
        "isApproverJustificationRequired": true,
        "escalationTimeInMinutes": 0,
        "isEscalationEnabled": false,
        "primaryApprovers": [],
        "escalationApprovers": [],
    })
}

/// An approver as Azure writes them, or as Graph does.
fn written(one: &Principal, azure: bool) -> Result<Value, EditError> {
    let (id, name) = (&one.id, &one.name);
    match (one.kind, azure) {
        (Some(PrincipalKind::ServicePrincipal), _) => no(say!("application-cannot-approve")),
        (Some(PrincipalKind::Group), true) => {
            Ok(json!({ "id": id, "description": name, "isBackup": false, "userType": "Group" }))
        }
        (_, true) => Ok(json!({ "id": id, "description": name, "isBackup": false, "userType": "User" })),
        (Some(PrincipalKind::Group), false) => {
            Ok(json!({ "@odata.type": "#microsoft.graph.groupMembers", "groupId": id, "description": name }))
        }
        (_, false) => Ok(json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": id, "description": name })),
    }
}

impl PolicyMail {
    fn of(rule: &Value) -> Option<Self> {
        let id = rule["id"].as_str()?;
        let recipients = rule["notificationRecipients"].as_array().map(Vec::as_slice).unwrap_or_default();
        let recipients = recipients.iter().filter_map(Value::as_str).map(|to| codes::clean(to, LONGEST_ADDRESS));
        Some(Self {
            rule: id.to_owned(),
            title: title(id),
            defaults: rule["isDefaultRecipientsEnabled"] != false,
            recipients: recipients.collect(),
        })
    }
}

/// Whether something can be an address of mail. The service, and the mail's own way, know more.
fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || ",;<>\"".contains(c));
    clean
        && text.len() <= LONGEST_ADDRESS
        && parts.is_some_and(|(who, at)| !who.is_empty() && !at.is_empty() && !at.contains('@'))
}

fn set_mail(rule: &mut Value, edit: &MailEdit) -> Result<(), EditError> {
    if group(rule) != RuleGroup::Mail {
        return Err(strange(rule));
    }
    let mut recipients: Vec<&str> = Vec::new();
    for to in edit.recipients.iter().map(|to| to.trim()).filter(|to| !to.is_empty()) {
        if !is_address(to) {
            return no(say!("not-an-address", text = codes::clean(to, 100)));
        }
        if !recipients.iter().any(|known| known.eq_ignore_ascii_case(to)) {
            recipients.push(to);
        }
    }
    if rule["isDefaultRecipientsEnabled"].as_bool().unwrap_or(true) != edit.defaults {
        set(rule, "isDefaultRecipientsEnabled", edit.defaults.into());
    }
    let folded = |all: &[&str]| {
        let mut all: Vec<String> = all.iter().map(|to| to.to_lowercase()).collect();
        all.sort();
        all
    };
    let now = rule["notificationRecipients"].as_array().map(Vec::as_slice).unwrap_or_default();
    let now: Vec<&str> = now.iter().filter_map(Value::as_str).collect();
    if folded(&now) != folded(&recipients) {
        let recipients = json!(recipients);
        set(rule, "notificationRecipients", recipients);
    }
    Ok(())
}
