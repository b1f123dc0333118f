//! What somebody may hold and what they hold.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Activation, RoleKey, Scope, ScopeType, Ticket};

/// How somebody came to hold something. Unknown values of the service are kept as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberType {
    /// Assigned to the person.
    #[default]
    Direct,
    /// Through a group.
    Group,
    /// From a scope above.
    Inherited,
    /// A value this version does not know.
    Other(String),
}

/// A condition on an Azure role (ABAC). It must be sent back with the activation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// `condition`.
    pub expression: String,
    /// `conditionVersion`.
    pub version: Option<String>,
}

/// Something the caller may activate: an eligibility schedule instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Eligibility {
    /// The role at its scope.
    pub key: RoleKey,
    /// The instance's opaque id.
    pub instance_id: String,
    /// The role's display name, as the service gives it; of a membership the group's.
    pub role_name: String,
    /// The scope's display name; `None` for the whole directory. Of a membership `Member` or `Owner`.
    pub scope_name: Option<String>,
    /// The caller's own object id: what a request must carry as `principalId`, also when the eligibility came through a group.
    pub principal_id: String,
    /// Direct or through a group.
    pub member_type: MemberType,
    /// When the eligibility itself ends; `None` is permanent.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub end: Option<DateTime<Utc>>,
    /// When it began; `None` where the service does not say.
    #[serde(default)]
    #[serde(deserialize_with = "crate::model::moment::optional")]
    pub start: Option<DateTime<Utc>>,
    /// The eligibility schedule it is an occurrence of: an Azure activation links to it.
    #[serde(default)]
    pub schedule_id: Option<String>,
    /// What the scope is, where the service says.
    #[serde(default)]
    pub scope_type: Option<ScopeType>,
    /// The scopes above and the scope itself, outermost first, as far as they are known by name. Azure only.
    #[serde(default)]
    pub scope_path: Vec<Scope>,
    /// Whom it is assigned to, where that is a group: its name, or its id.
    #[serde(default)]
    pub through: Option<String>,
    /// The condition to be sent back.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// `type` of an Azure role's definition: `BuiltInRole`, `CustomRole`.
    #[serde(default)]
    pub role_type: Option<String>,
    /// `status` where the service tells one.
    #[serde(default)]
    pub status: Option<String>,
    /// When it was created, where the service says.
    #[serde(default)]
    #[serde(deserialize_with = "crate::model::moment::optional")]
    pub created: Option<DateTime<Utc>>,
}

impl Eligibility {
    /// A permanent, direct eligibility of which nothing else is known.
    pub fn new(key: RoleKey, instance_id: impl Into<String>, role_name: impl Into<String>, principal_id: &str) -> Self {
        Self {
            key,
            instance_id: instance_id.into(),
            role_name: role_name.into(),
            scope_name: None,
            principal_id: principal_id.into(),
            member_type: MemberType::Direct,
            end: None,
            start: None,
            schedule_id: None,
            scope_type: None,
            scope_path: Vec::new(),
            through: None,
            condition: None,
            role_type: None,
            status: None,
            created: None,
        }
    }

    /// An activation of it from now on, with everything of the eligibility that a request must repeat.
    pub fn activation(&self, duration: chrono::Duration, justification: String, ticket: Option<Ticket>) -> Activation {
        Activation {
            key: self.key.clone(),
            principal_id: self.principal_id.clone(),
            duration,
            justification,
            ticket,
            start: None,
            request_id: None,
            eligibility_schedule_id: self.schedule_id.clone(),
            condition: self.condition.clone(),
        }
    }
}

/// Something the caller holds now: an assignment schedule instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// The role at its scope.
    pub key: RoleKey,
    /// The instance's opaque id.
    pub instance_id: String,
    /// The role's display name; of a membership the group's.
    pub role_name: String,
    /// The scope's display name; `None` for the whole directory. Of a membership `Member` or `Owner`.
    pub scope_name: Option<String>,
    /// `true` for an activation, `false` for a standing (`Assigned`) assignment, which can neither be ended nor renewed here.
    ///
    /// For minutes after a deactivation Azure lists the role as `Assigned` without an end: not to be called a standing
    /// assignment until it has been there for a while.
    pub activated: bool,
    /// Server time of its start; `None` is permanent.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub start: Option<DateTime<Utc>>,
    /// Server time of its end (`endDateTime`), which alone drives every countdown; `None` is permanent.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub end: Option<DateTime<Utc>>,
    /// The caller's own object id.
    #[serde(default)]
    pub principal_id: String,
    /// Direct or through a group.
    #[serde(default)]
    pub member_type: MemberType,
    /// `assignmentType` where it is neither `Assigned` nor `Activated`.
    #[serde(default)]
    pub assignment_type: Option<String>,
    /// The assignment schedule it is an occurrence of.
    #[serde(default)]
    pub schedule_id: Option<String>,
    /// The role assignment behind it (`roleAssignmentOriginId`, `originRoleAssignmentId`).
    #[serde(default)]
    pub origin_id: Option<String>,
    /// The eligibility schedule that was activated, where the service says.
    #[serde(default)]
    pub eligibility_schedule_id: Option<String>,
    /// The eligibility instance that was activated, where the service says.
    #[serde(default)]
    pub eligibility_instance_id: Option<String>,
    /// What the scope is, where the service says.
    #[serde(default)]
    pub scope_type: Option<ScopeType>,
    /// The scopes above and the scope itself, outermost first, as far as they are known by name. Azure only.
    #[serde(default)]
    pub scope_path: Vec<Scope>,
    /// Whom it is assigned to, where that is a group: its name, or its id.
    #[serde(default)]
    pub through: Option<String>,
    /// The condition on it.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// `type` of an Azure role's definition: `BuiltInRole`, `CustomRole`.
    #[serde(default)]
    pub role_type: Option<String>,
    /// `status` where the service tells one.
    #[serde(default)]
    pub status: Option<String>,
    /// When it was created, where the service says.
    #[serde(default)]
    #[serde(deserialize_with = "crate::model::moment::optional")]
    pub created: Option<DateTime<Utc>>,
}

impl Assignment {
    /// An activation of which nothing else is known.
    pub fn new(key: RoleKey, instance_id: impl Into<String>, role_name: impl Into<String>) -> Self {
        Self {
            key,
            instance_id: instance_id.into(),
            role_name: role_name.into(),
            scope_name: None,
            activated: true,
            start: None,
            end: None,
            principal_id: String::new(),
            member_type: MemberType::Direct,
            assignment_type: None,
            schedule_id: None,
            origin_id: None,
            eligibility_schedule_id: None,
            eligibility_instance_id: None,
            scope_type: None,
            scope_path: Vec::new(),
            through: None,
            condition: None,
            role_type: None,
            status: None,
            created: None,
        }
    }
}
