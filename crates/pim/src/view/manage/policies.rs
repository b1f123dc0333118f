//! Policies as they are shown, and what somebody wants of them.

use serde::{Deserialize, Serialize};

use super::FoundPerson;
use crate::{model::Kind, problem::Problem};

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum RuleGroup {
    /// Activations.
    Activation,
    /// Making somebody eligible.
    Eligible,
    /// Assigning the role as active.
    Active,
    /// Who gets mail.
    Mail,
    /// This version does not know it, or not in this shape: it is shown as it is.
    Other,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RuleRow {
    /// Where it belongs.
    pub group: RuleGroup,
    /// What it is about.
    pub title: String,
    /// What it says.
    pub words: String,
}

/// What of a policy can be changed here, as it is. What is `null` the policy does not have, or not in a shape that is known here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PolicySettings {
    /// The longest activation, in minutes.
    pub longest: Option<u32>,
    /// An activation takes a reason.
    pub justification: Option<bool>,
    /// An activation takes a ticket.
    pub ticket: Option<bool>,
    /// What an activation takes besides.
    pub proof: Option<Proof>,
    /// An authentication context can be asked for.
    pub contexts: bool,
    /// Who approves activations.
    pub approval: Option<PolicyApproval>,
    /// How long somebody may be eligible.
    pub eligible: Option<Limit>,
    /// How long the role may be assigned as active.
    pub active: Option<Limit>,
    /// Assigning it as active takes a reason.
    pub active_justification: Option<bool>,
    /// Assigning it as active takes multifactor authentication.
    pub active_mfa: Option<bool>,
    /// Who gets mail.
    pub mail: Vec<PolicyMail>,
}

/// What somebody has to prove. A context takes the place of multifactor authentication: the service has one or the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Proof {
    /// Nothing more.
    Nothing,
    /// Multifactor authentication.
    Mfa,
    /// An authentication context of Conditional Access.
    Context {
        /// Its id: `c1` to `c99`.
        claim: String,
    },
}

/// How long something may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Limit {
    /// Also for ever.
    ForEver,
    /// Not longer than this.
    Days {
        /// Days; what is less counts as one.
        days: u32,
    },
}

/// Whether activations are approved, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PolicyApproval {
    /// They are.
    pub required: bool,
    /// By whom; nobody: by those whom the service takes by default.
    pub approvers: Vec<FoundPerson>,
}

/// Who gets a kind of mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PolicyMail {
    /// The rule's id, for [`MailEdit`].
    pub rule: String,
    /// Which mail.
    pub title: String,
    /// Those who get it by default do.
    pub defaults: bool,
    /// Addresses that get it, too.
    pub recipients: Vec<String>,
}

/// What somebody wants of a policy. What is `null` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyEdits {
    /// The longest activation, in minutes: half hours up to a day.
    pub longest: Option<u32>,
    /// An activation takes a reason.
    pub justification: Option<bool>,
    /// An activation takes a ticket.
    pub ticket: Option<bool>,
    /// What it takes besides.
    pub proof: Option<Proof>,
    /// Who approves activations.
    pub approval: Option<ApprovalEdit>,
    /// How long somebody may be eligible.
    pub eligible: Option<Limit>,
    /// How long the role may be assigned as active.
    pub active: Option<Limit>,
    /// Assigning it as active takes a reason.
    pub active_justification: Option<bool>,
    /// Assigning it as active takes multifactor authentication.
    pub active_mfa: Option<bool>,
    /// Who gets mail; what is not named stays as it is.
    pub mail: Vec<MailEdit>,
}

/// Who is to approve activations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApprovalEdit {
    /// Whether anybody is.
    pub required: bool,
    /// All of them, by the ids of [`PolicyApproval`] and of [`super::Told::People`].
    pub approvers: Vec<String>,
}

/// Who is to get a kind of mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MailEdit {
    /// The rule's id.
    pub rule: String,
    /// Whether those who get it by default do.
    pub defaults: bool,
    /// All addresses that are to get it, too.
    pub recipients: Vec<String>,
}

/// What policies are held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum PolicyWanted {
    /// One policy against what somebody wants of it.
    Edit {
        /// Whose policy.
        role: String,
        /// What is wanted of it.
        edits: PolicyEdits,
    },
    /// Others against one of them.
    Copy {
        /// Whose rules.
        from: String,
        /// Whose policies are to have them.
        to: Vec<String>,
    },
    /// Those of a file against the file.
    File {
        /// All that is in it.
        text: String,
    },
}

/// A policy that was held against something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ComparedPolicy {
    /// For [`super::Ask::ApplyPolicies`].
    pub id: String,
    /// The kind.
    pub kind: Kind,
    /// The role's or group's name.
    pub name: String,
    /// The scope's name; `null` for the whole directory.
    pub scope: Option<String>,
    /// The ids that a file names it by, where it is none of those that were told: its name is then only the file's word.
    pub unlisted: Option<String>,
    /// Where it is not as wanted.
    pub differences: Vec<PolicyDifference>,
    /// Why that is not known.
    pub problem: Option<Problem>,
}

/// A rule that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PolicyDifference {
    /// What it is about.
    pub title: String,
    /// What it says; `null`: there is no such rule, and it cannot be added.
    pub now: Option<String>,
    /// What it should say.
    pub wanted: String,
}
