//! What a role asks for.

use chrono::Duration;
use serde::{Deserialize, Serialize};

/// What a role's policy asks of somebody who activates it (the `*_EndUser_Assignment` rules).
///
/// Policies name no default duration, only the longest: what a form begins with is the client's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirements {
    /// The longest activation allowed.
    #[serde(with = "crate::model::minutes")]
    pub max_duration: Duration,
    /// A reason must be given.
    pub justification: bool,
    /// A ticket number must be given.
    pub ticket: bool,
    /// The token must prove multifactor authentication.
    pub mfa: bool,
    /// The token must carry this authentication context (`c1`, …).
    pub authentication_context: Option<String>,
    /// Somebody must approve.
    pub approval: bool,
    /// The approvers' names, as far as the policy tells them.
    pub approvers: Vec<String>,
    /// `false` when the policy could not be read and these are the documented defaults: the service judges.
    pub known: bool,
    /// Ids of enabled rules this version does not know, said to the user.
    pub unknown_rules: Vec<String>,
    /// Who may approve, one by one. Empty though somebody must: the service's administrators of privileged roles decide.
    #[serde(default)]
    pub deciders: Vec<Approver>,
    /// Days within which somebody must decide, where the policy says.
    #[serde(default)]
    pub approval_days: Option<u32>,
    /// A decision needs a reason.
    #[serde(default)]
    pub decision_justified: bool,
    /// An extension must be approved as well.
    #[serde(default)]
    pub extension_approval: bool,
    /// An activation must have an end.
    #[serde(default = "yes")]
    pub expires: bool,
}

fn yes() -> bool {
    true
}

/// Somebody who may approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approver {
    /// Object id; `None` where the policy describes them otherwise.
    pub id: Option<String>,
    /// What a person would call them, where the policy tells.
    pub name: Option<String>,
    /// What they are in the policy's own word: `singleUser`, `groupMembers`, `requestorManager`, `User`, `Group`, …
    pub subject: String,
    /// Asked only when the others do not answer.
    pub backup: bool,
}

impl Default for Requirements {
    /// The documented default policy, used until the real one is known.
    fn default() -> Self {
        Self {
            max_duration: Duration::hours(8),
            justification: true,
            ticket: false,
            mfa: false,
            authentication_context: None,
            approval: false,
            approvers: Vec::new(),
            known: false,
            unknown_rules: Vec::new(),
            deciders: Vec::new(),
            approval_days: None,
            decision_justified: false,
            extension_approval: false,
            expires: true,
        }
    }
}
