//! What is asked of the service, and what became of it.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Condition, RoleKey};

/// A ticket the policy may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ticket {
    /// `ticketNumber`.
    pub number: String,
    /// `ticketSystem`.
    pub system: String,
}

/// What a request asks for: `unifiedRoleScheduleRequestActions` on Graph, `requestType` on Azure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// `selfActivate`.
    SelfActivate,
    /// `selfDeactivate`.
    SelfDeactivate,
    /// `selfExtend`: a later end for an eligibility or assignment.
    SelfExtend,
    /// `selfRenew`: an ended eligibility or assignment again.
    SelfRenew,
    /// What an administrator did (`adminAssign`, …), or a word this version does not know.
    Other(String),
}

impl Action {
    /// What people ask for themselves.
    pub fn is_own(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// An activation as the user wants it: everything the service needs to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// The role at its scope; of an Azure role possibly a narrower one than it is eligible at.
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
    /// Server time of a start in the future; `None` is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "crate::model::moment::optional")]
    pub start: Option<DateTime<Utc>>,
    /// Azure: the request's name, of our own choice. Whoever keeps it may send the same activation again after a lost
    /// answer and gets the same request. `None`: one is made for each sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
    /// Azure: the eligibility schedule that is activated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility_schedule_id: Option<String>,
    /// Azure: the eligibility's condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

impl Activation {
    /// From now on, of something that asks for no more than a reason.
    pub fn new(
        key: RoleKey,
        principal_id: impl Into<String>,
        duration: Duration,
        justification: impl Into<String>,
    ) -> Self {
        Self {
            key,
            principal_id: principal_id.into(),
            duration,
            justification: justification.into(),
            ticket: None,
            start: None,
            request_id: None,
            eligibility_schedule_id: None,
            condition: None,
        }
    }
}

/// The wish to end an activation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deactivation {
    /// The role at the scope where it is active.
    pub key: RoleKey,
    /// The caller's object id.
    pub principal_id: String,
    /// The reason; empty when none was given.
    #[serde(default)]
    pub justification: String,
    /// Azure: as in [`Activation`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
}

impl Deactivation {
    /// Without a reason.
    pub fn new(key: RoleKey, principal_id: impl Into<String>) -> Self {
        Self { key, principal_id: principal_id.into(), justification: String::new(), request_id: None }
    }
}

/// The wish for a later end of an eligibility or of a standing assignment, which an administrator decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The role at its scope.
    pub key: RoleKey,
    /// The caller's object id.
    pub principal_id: String,
    /// It has ended already: renew it.
    pub renew: bool,
    /// An eligibility; otherwise an assignment.
    pub eligibility: bool,
    /// From when; `None` is now.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub start: Option<DateTime<Utc>>,
    /// Until when.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub end: DateTime<Utc>,
    /// The reason.
    pub justification: String,
    /// Azure: as in [`Activation`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
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

/// A request as the service tells it: `roleAssignmentScheduleRequest`, `privilegedAccessGroupAssignmentScheduleRequest`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivationRequest {
    /// The request's id: on Azure the full one, which holds the scope.
    pub id: String,
    /// The role at its scope.
    pub key: RoleKey,
    /// What was asked.
    pub action: Action,
    /// Where it stands.
    pub status: RequestStatus,
    /// Server time of its creation.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub created: Option<DateTime<Utc>>,
    /// `scheduleInfo.startDateTime`.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub start: Option<DateTime<Utc>>,
    /// The end computed from start and duration, or the explicit `endDateTime`.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub end: Option<DateTime<Utc>>,
    /// The reason given.
    pub justification: Option<String>,
    /// When the service was done with it.
    #[serde(default)]
    #[serde(deserialize_with = "crate::model::moment::optional")]
    pub completed: Option<DateTime<Utc>>,
    /// The approval it waits or waited for.
    #[serde(default)]
    pub approval_id: Option<String>,
    /// The ticket given.
    #[serde(default)]
    pub ticket: Option<Ticket>,
    /// The schedule it made or changed.
    #[serde(default)]
    pub schedule_id: Option<String>,
    /// Azure: the eligibility schedule it activates.
    #[serde(default)]
    pub eligibility_schedule_id: Option<String>,
    /// Whom it is about: the caller, or a group.
    #[serde(default)]
    pub principal_id: Option<String>,
    /// Their name, where the service tells it.
    #[serde(default)]
    pub principal_name: Option<String>,
    /// Their `userPrincipalName`, where the service tells it.
    #[serde(default)]
    pub principal_username: Option<String>,
    /// Who made it: object id.
    #[serde(default)]
    pub requestor_id: Option<String>,
    /// The role's name, where the service tells it.
    #[serde(default)]
    pub role_name: Option<String>,
    /// The scope's name, where the service tells it.
    #[serde(default)]
    pub scope_name: Option<String>,
    /// Azure: the condition on it.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// It was only tried out: nothing came of it.
    #[serde(default)]
    pub validation_only: bool,
}

impl ActivationRequest {
    /// Did it become an activation?
    pub fn was_activated(&self) -> bool {
        let granted =
            matches!(self.status, RequestStatus::Provisioned | RequestStatus::Granted | RequestStatus::Revoked);
        self.action == Action::SelfActivate && !self.validation_only && granted
    }

    /// A request of which nothing else is known.
    pub fn new(id: impl Into<String>, key: RoleKey, action: Action, status: RequestStatus) -> Self {
        Self {
            id: id.into(),
            key,
            action,
            status,
            created: None,
            start: None,
            end: None,
            justification: None,
            completed: None,
            approval_id: None,
            ticket: None,
            schedule_id: None,
            eligibility_schedule_id: None,
            principal_id: None,
            principal_name: None,
            principal_username: None,
            requestor_id: None,
            role_name: None,
            scope_name: None,
            condition: None,
            validation_only: false,
        }
    }
}
