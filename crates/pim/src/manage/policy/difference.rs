//! What is different between a policy and what it should be.

use serde_json::{Map, Value};

use super::words::{title, words};
use crate::model::RolePolicy;

/// A rule that is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The rule's id.
    pub rule: String,
    /// What it is about.
    pub title: String,
    /// What it says, in words; `None`: the policy has no such rule, and it cannot be given one.
    pub now: Option<String>,
    /// What it should say.
    pub wanted: String,
    /// The rule as it should be, whole: what is sent.
    pub(super) whole: Value,
}

impl Difference {
    /// Whether it can be put right.
    pub fn applicable(&self) -> bool {
        self.now.is_some()
    }

    /// The change as a sentence.
    pub fn sentence(&self) -> String {
        match &self.now {
            Some(now) => format!("{}: {} instead of {now}", self.title, self.wanted),
            None => format!("{}: {}, but there is no such rule there", self.title, self.wanted),
        }
    }
}

/// Members that say what a rule is, and not what it wants.
const ABOUT: [&str; 4] = ["id", "@odata.type", "ruleType", "target"];

pub(super) fn is_about(member: &str) -> bool {
    ABOUT.contains(&member)
}

/// Where `policy` is not as `wanted` says. About rules that `wanted` does not have it says nothing.
pub fn differences(policy: &RolePolicy, wanted: &[Value]) -> Vec<Difference> {
    wanted.iter().filter_map(|rule| difference(policy, rule)).collect()
}

fn difference(policy: &RolePolicy, wanted: &Value) -> Option<Difference> {
    let id = wanted["id"].as_str()?;
    let now = policy.rule(id);
    if now.is_some_and(|now| said(now, wanted) == said(wanted, wanted)) {
        return None;
    }
    let whole = whole(now, wanted);
    let (is, should) = (now.map(words), words(&whole));
    // Where words do not tell the difference, the members do.
    let members = now.map(|now| changed(now, &whole)).filter(|members| !members.is_empty());
    let (is, should) = match (is, members) {
        (Some(is), Some(members)) if is == should => {
            let of = |rule: &Value| {
                let all = members.iter().map(|member| format!("{member} {}", rule[member.as_str()]));
                all.collect::<Vec<_>>().join(", ")
            };
            (now.map(&of), of(&whole))
        }
        (is, _) => (is, should),
    };
    Some(Difference { rule: id.to_owned(), title: title(id), now: is, wanted: should, whole })
}

/// What a rule wants, in a form that can be compared: of members that the other one names, without what says nothing, and lists
/// of words in order.
fn said(rule: &Value, named: &Value) -> Value {
    let empty = Map::new();
    let (members, named) = (rule.as_object().unwrap_or(&empty), named.as_object().unwrap_or(&empty));
    let kept = members.iter().filter(|(name, _)| !is_about(name) && named.contains_key(*name));
    plain(&Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect()))
}

fn plain(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let silent = |value: &Value| value.is_null() || value.as_str() == Some("");
            let kept = members.iter().filter(|(name, value)| !silent(value) && !name.contains("@odata."));
            // Names are told along with ids, and may change without anything else doing so.
            let by_id = ["id", "userId", "groupId"].iter().any(|id| members.contains_key(*id));
            let kept = kept.filter(|(name, _)| !by_id || (*name != "description" && *name != "displayName"));
            Value::Object(kept.map(|(name, value)| (name.clone(), plain(value))).collect())
        }
        Value::Array(all) => {
            let mut all: Vec<Value> = all.iter().map(plain).collect();
            all.sort_by_cached_key(|value| value.to_string().to_lowercase());
            Value::Array(all)
        }
        other => other.clone(),
    }
}

/// The rule that results: what is there, with what is wanted put over it.
fn whole(now: Option<&Value>, wanted: &Value) -> Value {
    let Some(Value::Object(now)) = now else { return wanted.clone() };
    let mut all = now.clone();
    for (name, value) in wanted.as_object().into_iter().flatten() {
        if !is_about(name) {
            all.insert(name.clone(), value.clone());
        }
    }
    Value::Object(all)
}

fn changed(now: &Value, whole: &Value) -> Vec<String> {
    let members = whole.as_object().into_iter().flatten();
    members.filter(|(name, value)| plain(&now[name.as_str()]) != plain(value)).map(|(name, _)| name.clone()).collect()
}
