//! The domain's nouns, in Microsoft Graph's own terms and free of any wire format.

use std::fmt;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// Which of the three kinds of PIM a role belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A Microsoft Entra directory role (Graph `roleManagement/directory`).
    DirectoryRole,
    /// A membership or ownership through PIM for Groups.
    Group,
    /// An Azure resource role (Azure Resource Manager).
    AzureResource,
}

/// What makes a role the caller may hold unique within one account: its definition *at* its scope.
///
/// One role may be listed several times (several scopes, direct and through a group); names alone are ambiguous.
/// Compared without regard to case, as the services are inconsistent about it; kept as received, because the scope must be
/// sent back verbatim.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RoleKey {
    /// The kind of PIM.
    pub kind: Kind,
    /// `roleDefinitionId`; for built-in roles the template id, constant in all tenants.
    pub role_definition_id: String,
    /// `directoryScopeId`: `/`, `/administrativeUnits/{id}` or `/{objectId}`.
    pub directory_scope_id: String,
    /// `appScopeId`, where the role is scoped to an application's own scope.
    pub app_scope_id: Option<String>,
}

impl RoleKey {
    /// The key as one opaque string: what the window, the command line and the files call the role.
    pub fn id(&self) -> String {
        let kind = match self.kind {
            Kind::DirectoryRole => "directoryRole",
            Kind::Group => "group",
            Kind::AzureResource => "azureResource",
        };
        let app = self.app_scope_id.as_deref().unwrap_or("");
        format!("{kind}|{}|{}|{app}", self.role_definition_id, self.directory_scope_id).to_lowercase()
    }
}

impl PartialEq for RoleKey {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}
impl Eq for RoleKey {}
impl std::hash::Hash for RoleKey {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}
impl PartialOrd for RoleKey {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for RoleKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id().cmp(&other.id())
    }
}
impl fmt::Display for RoleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id())
    }
}

/// How somebody came to hold something. Unknown values of the service are kept as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberType {
    /// Assigned to the person.
    Direct,
    /// Through a group.
    Group,
    /// From a scope above.
    Inherited,
    /// A value this version does not know.
    Other(String),
}

/// Something the caller may activate: a `roleEligibilityScheduleInstance`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Eligibility {
    /// The role at its scope.
    pub key: RoleKey,
    /// The instance's opaque id.
    pub instance_id: String,
    /// The role's display name, as the service gives it.
    pub role_name: String,
    /// The scope's display name; `None` for the whole directory.
    pub scope_name: Option<String>,
    /// The caller's own object id: what a request must carry as `principalId`, also when the eligibility came through a group.
    pub principal_id: String,
    /// Direct or through a group.
    pub member_type: MemberType,
    /// When the eligibility itself ends; `None` is permanent.
    pub end: Option<DateTime<Utc>>,
}

/// Something the caller holds now: a `roleAssignmentScheduleInstance`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// The role at its scope.
    pub key: RoleKey,
    /// The instance's opaque id.
    pub instance_id: String,
    /// The role's display name.
    pub role_name: String,
    /// The scope's display name; `None` for the whole directory.
    pub scope_name: Option<String>,
    /// `true` for an activation, `false` for a standing (`Assigned`) assignment, which can neither be ended nor renewed here.
    pub activated: bool,
    /// Server time of its start; `None` is permanent.
    pub start: Option<DateTime<Utc>>,
    /// Server time of its end (`endDateTime`), which alone drives every countdown; `None` is permanent.
    pub end: Option<DateTime<Utc>>,
}

/// What a role's policy asks of somebody who activates it (the `*_EndUser_Assignment` rules).
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
        }
    }
}

/// A ticket the policy may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// `ticketNumber`.
    pub number: String,
    /// `ticketSystem`.
    pub system: String,
}

/// `unifiedRoleScheduleRequestActions` as far as Pimento sends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// `selfActivate`.
    SelfActivate,
    /// `selfDeactivate`.
    SelfDeactivate,
}

/// An activation as the user wants it: everything the service needs to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// The role at its scope.
    pub key: RoleKey,
    /// The caller's object id.
    pub principal_id: String,
    /// How long it should last.
    #[serde(with = "crate::model::minutes")]
    pub duration: Duration,
    /// The reason; empty when none was given.
    pub justification: String,
    /// The ticket, where the policy asks for one.
    pub ticket: Option<Ticket>,
}

/// Status of a request. `Other` keeps what this version does not know; it is treated as still in flight.
///
/// Source: FACTS B.5, the ARM enumeration `Status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestStatus {
    /// Active now (or done).
    Provisioned,
    /// Scheduled for the future.
    Granted,
    /// In flight: `Accepted`, `PendingEvaluation`, `PendingProvisioning`, `ProvisioningStarted`, `ScheduleCreated`, …
    InFlight(String),
    /// Waits for an approver, 24 hours at most.
    PendingApproval,
    /// The success of a deactivation; also a removed assignment.
    Revoked,
    /// An approver said no.
    Denied,
    /// Cancelled by the requester.
    Canceled,
    /// Nobody decided in time.
    TimedOut,
    /// `Failed`, `Invalid`, `FailedAsResourceIsLocked`.
    Failed(String),
    /// A value this version does not know.
    Other(String),
}

/// A `roleAssignmentScheduleRequest` as the service tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivationRequest {
    /// The request's id.
    pub id: String,
    /// The role at its scope.
    pub key: RoleKey,
    /// What was asked.
    pub action: Action,
    /// Where it stands.
    pub status: RequestStatus,
    /// Server time of its creation.
    pub created: Option<DateTime<Utc>>,
    /// `scheduleInfo.startDateTime`.
    pub start: Option<DateTime<Utc>>,
    /// The end computed from start and duration, or the explicit `endDateTime`.
    pub end: Option<DateTime<Utc>>,
    /// The reason given.
    pub justification: Option<String>,
}

/// Durations as whole minutes in our own files.
pub mod minutes {
    use chrono::Duration;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes whole minutes.
    pub fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(duration.num_minutes())
    }

    /// Reads whole minutes.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        let minutes = i64::deserialize(deserializer)?;
        Duration::try_minutes(minutes).ok_or_else(|| serde::de::Error::custom("a duration out of range"))
    }
}
