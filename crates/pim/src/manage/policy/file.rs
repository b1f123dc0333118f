//! Policies as a file: JSON, with the rules as the service writes them. What is wrong with one is told with its line.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::Value;

use super::Named;
use crate::{
    api::duration,
    codes,
    model::{Kind, RoleKey},
};

/// What the file says it is.
const FORMAT: &str = "pimento-policies";
/// The only version so far.
const VERSION: u32 = 1;
/// A file beyond this is none of ours.
const LONGEST: usize = 32 << 20;
/// Each is read from the service, to be compared.
const MOST: usize = 1000;
/// The longest activation that a policy can allow, in minutes.
const LONGEST_ACTIVATION: i64 = 24 * 60;

/// One role's policy in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry {
    /// Of which kind the role is.
    pub kind: Kind,
    /// What it is called; for whoever reads the file.
    #[serde(default)]
    pub name: String,
    /// Its id.
    pub role: String,
    /// The scope's id: `/`, a group's id, or a scope of Azure.
    pub scope: String,
    /// What the scope is called.
    #[serde(default)]
    pub scope_name: Option<String>,
    /// The rules.
    #[serde(deserialize_with = "rules")]
    pub rules: Vec<Value>,
}

impl Entry {
    /// The role at its scope.
    pub fn key(&self) -> RoleKey {
        match self.kind {
            Kind::DirectoryRole => RoleKey::directory(&self.role, &self.scope),
            Kind::Group => RoleKey::in_group(self.scope.as_str(), &self.role),
            Kind::AzureResource => RoleKey::azure(&self.role, &self.scope),
        }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u32,
    policies: Vec<WrittenEntry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenEntry<'a> {
    kind: Kind,
    name: &'a str,
    role: &'a str,
    scope: &'a str,
    scope_name: Option<&'a str>,
    rules: &'a [Value],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format", deserialize_with = "format")]
    _format: (),
    #[serde(rename = "version", deserialize_with = "version")]
    _version: (),
    policies: Vec<Entry>,
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The line, from 1; 0 where it is the file as a whole.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        f.write_str(&self.reason)
    }
}

/// The policies as a file.
pub fn write(policies: &[Named]) -> String {
    let file = Written { format: FORMAT, version: VERSION, policies: policies.iter().map(written).collect() };
    // Text and numbers: there is nothing that could not be written.
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

fn written(named: &Named) -> WrittenEntry<'_> {
    let Named { key, role, scope, policy } = named;
    WrittenEntry {
        kind: key.kind,
        name: role,
        role: &key.role_definition_id,
        scope: &key.scope_id,
        scope_name: scope.as_deref(),
        rules: &policy.rules,
    }
}

/// The policies of a file.
///
/// # Errors
/// With the line that something is wrong with, and what.
pub fn read(text: &str) -> Result<Vec<Entry>, FileError> {
    if text.len() > LONGEST {
        return Err(FileError { line: 0, reason: format!("the file is longer than {} MiB", LONGEST >> 20) });
    }
    let File { policies, .. } = serde_json::from_str(text).map_err(|error| {
        let whole = error.to_string();
        let end = whole.rfind(" at line ").unwrap_or(whole.len());
        FileError { line: error.line(), reason: codes::clean(&whole[..end], 500) }
    })?;
    if policies.is_empty() {
        return Err(FileError { line: 0, reason: "the file has no policies".into() });
    }
    if policies.len() > MOST {
        let reason = format!("the file has {} policies; {MOST} can be looked at at a time", policies.len());
        return Err(FileError { line: 0, reason });
    }
    let mut seen = BTreeSet::new();
    for entry in &policies {
        // One policy is one policy, also where it is written down for two scopes that share it.
        if !seen.insert(entry.key().policy_id()) {
            let name = if entry.name.is_empty() { &entry.role } else { &entry.name };
            let reason = format!("{} is in the file twice", codes::clean(name, 200));
            return Err(FileError { line: 0, reason });
        }
    }
    Ok(policies)
}

fn format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    let said = String::deserialize(deserializer)?;
    if said == FORMAT { Ok(()) } else { Err(D::Error::custom(format!("the format is not \"{FORMAT}\""))) }
}

fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    let said = u32::deserialize(deserializer)?;
    if said == VERSION { Ok(()) } else { Err(D::Error::custom(format!("version {said} is not known here"))) }
}

fn rules<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    let rules = Vec::<Checked>::deserialize(deserializer)?;
    let rules: Vec<Value> = rules.into_iter().map(|Checked(rule)| rule).collect();
    for (at, rule) in rules.iter().enumerate() {
        let same = |other: &Value| {
            let (one, other) = (rule["id"].as_str().unwrap_or_default(), other["id"].as_str().unwrap_or_default());
            one.eq_ignore_ascii_case(other)
        };
        if rules[..at].iter().any(same) {
            return Err(D::Error::custom(format!("the rule {} is there twice", rule["id"])));
        }
    }
    Ok(rules)
}

/// A rule that makes sense, as far as this version can tell.
struct Checked(Value);

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rule = Value::deserialize(deserializer)?;
        match fault(&rule) {
            None => Ok(Self(rule)),
            Some(fault) => Err(D::Error::custom(fault)),
        }
    }
}

/// Whether it is the id of an authentication context: `c1` to `c99`.
pub(super) fn is_context(claim: &str) -> bool {
    let number = claim.strip_prefix('c').filter(|number| number.starts_with(|first: char| first.is_ascii_digit()));
    number.and_then(|number| number.parse().ok()).is_some_and(|number: u8| (1..=99).contains(&number))
}

/// What is wrong with a rule.
fn fault(rule: &Value) -> Option<String> {
    let Some(id) = rule["id"].as_str().filter(|id| !id.is_empty()) else {
        return Some("a rule without an id".into());
    };
    let in_rule = |what: String| Some(format!("the rule {}: {what}", codes::clean(id, 100)));
    let lower = id.to_ascii_lowercase();
    for name in ["isExpirationRequired", "isEnabled", "isDefaultRecipientsEnabled"] {
        if rule.get(name).is_some_and(|value| !value.is_boolean() && !value.is_null()) {
            return in_rule(format!("{name} is neither true nor false"));
        }
    }
    for name in ["enabledRules", "notificationRecipients"] {
        let words = |value: &Value| value.as_array().is_some_and(|all| all.iter().all(Value::is_string));
        if rule.get(name).is_some_and(|value| !value.is_null() && !words(value)) {
            return in_rule(format!("{name} is not a list of words"));
        }
    }
    if let Some(length) = rule.get("maximumDuration").filter(|length| !length.is_null()) {
        let Some(length) = length.as_str().and_then(duration::parse) else {
            return in_rule("maximumDuration is no duration such as PT8H or P365D".into());
        };
        let minutes = length.num_minutes();
        if lower == "expiration_enduser_assignment" && !(1..=LONGEST_ACTIVATION).contains(&minutes) {
            return in_rule("an activation lasts at most 24 hours (PT24H)".into());
        }
    }
    let claim = rule["claimValue"].as_str().unwrap_or_default();
    if lower.starts_with("authenticationcontext_") && rule["isEnabled"] == true && !is_context(claim) {
        return in_rule("claimValue is no authentication context (c1 to c99)".into());
    }
    if lower.starts_with("approval_") && !rule["setting"]["isApprovalRequired"].is_boolean() {
        return in_rule("setting.isApprovalRequired is neither true nor false".into());
    }
    if let Some(level) = rule.get("notificationLevel").filter(|level| !level.is_null()) {
        let known = level
            .as_str()
            .is_some_and(|level| ["None", "Critical", "All"].iter().any(|known| known.eq_ignore_ascii_case(level)));
        if !known {
            return in_rule("notificationLevel is not None, Critical or All".into());
        }
    }
    None
}
