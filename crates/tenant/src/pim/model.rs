//! The engine's nouns: schedules, requests, and what callers submit.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::scenario::{IsoDuration, Scope};

/// Whether something is about eligibilities or about active assignments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// What may be activated.
    Eligibility,
    /// What is, was or will be active.
    Assignment,
}

/// Whether an assignment was activated or given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AssignmentType {
    /// Given by an administrator.
    Assigned,
    /// Activated from an eligibility.
    Activated,
}

/// `unifiedRoleScheduleRequestActions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// An administrator gives.
    AdminAssign,
    /// An administrator changes.
    AdminUpdate,
    /// An administrator takes away.
    AdminRemove,
    /// An administrator moves the end.
    AdminExtend,
    /// An administrator gives anew what has ended.
    AdminRenew,
    /// Activate an own eligibility.
    SelfActivate,
    /// End an own activation.
    SelfDeactivate,
    /// Ask for a later end.
    SelfExtend,
    /// Ask for what has ended.
    SelfRenew,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::AdminAssign,
        Self::AdminUpdate,
        Self::AdminRemove,
        Self::AdminExtend,
        Self::AdminRenew,
        Self::SelfActivate,
        Self::SelfDeactivate,
        Self::SelfExtend,
        Self::SelfRenew,
    ];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::AdminAssign => "adminAssign",
            Self::AdminUpdate => "adminUpdate",
            Self::AdminRemove => "adminRemove",
            Self::AdminExtend => "adminExtend",
            Self::AdminRenew => "adminRenew",
            Self::SelfActivate => "selfActivate",
            Self::SelfDeactivate => "selfDeactivate",
            Self::SelfExtend => "selfExtend",
            Self::SelfRenew => "selfRenew",
        }
    }
}

/// Where a request stands: the values of the service's vocabulary that this engine uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Accepted, starts in the future.
    Granted,
    /// Waits for an approver.
    PendingApproval,
    /// Waits for an administrator (extend and renew).
    PendingAdminDecision,
    /// Approved, being made effective.
    PendingApprovalProvisioning,
    /// Being made effective.
    PendingProvisioning,
    /// In effect.
    Provisioned,
    /// The assignment has been taken away.
    Revoked,
    /// An approver said no.
    Denied,
    /// Withdrawn.
    Canceled,
    /// No approver answered in time.
    TimedOut,
    /// An administrator did what was asked for (extend and renew).
    AdminApproved,
}

impl Status {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Granted => "Granted",
            Self::PendingApproval => "PendingApproval",
            Self::PendingAdminDecision => "PendingAdminDecision",
            Self::PendingApprovalProvisioning => "PendingApprovalProvisioning",
            Self::PendingProvisioning => "PendingProvisioning",
            Self::Provisioned => "Provisioned",
            Self::Revoked => "Revoked",
            Self::Denied => "Denied",
            Self::Canceled => "Canceled",
            Self::TimedOut => "TimedOut",
            Self::AdminApproved => "AdminApproved",
        }
    }
}

/// `expirationPattern`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Expiration {
    /// Nothing was said.
    NotSpecified,
    /// Permanent.
    NoExpiration,
    /// At an instant.
    AfterDateTime(DateTime<Utc>),
    /// So long after the start.
    AfterDuration(IsoDuration),
}

impl Expiration {
    /// When it ends if it starts at `start`; `None` is never.
    pub fn end(&self, start: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::NotSpecified | Self::NoExpiration => None,
            Self::AfterDateTime(end) => Some(*end),
            Self::AfterDuration(duration) => start.checked_add_signed(duration.length()),
        }
    }
}

/// `requestSchedule`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScheduleInfo {
    /// When it is to begin; `None` is at once.
    pub start: Option<DateTime<Utc>>,
    /// When it is to end.
    pub expiration: Expiration,
}

/// `ticketInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The ticket's number.
    pub number: Option<String>,
    /// The system it is in.
    pub system: Option<String>,
}

/// The lasting plan of an eligibility or of an active assignment. Its present occurrence, the instance, follows from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its id, made from that of the request that made it, or that of the role assignment where no request did.
    pub id: String,
    /// The user or group.
    pub principal: Uuid,
    /// The role; for groups what stands for membership or ownership ([`crate::scenario::Access`]).
    pub role: Uuid,
    /// Where it applies.
    pub scope: Scope,
    /// The request that made it.
    pub created_using: Option<Uuid>,
    /// When it was made.
    pub created: Option<DateTime<Utc>>,
    /// When it was changed.
    pub modified: Option<DateTime<Utc>>,
    /// Given or activated; eligibilities are given.
    pub assignment_type: AssignmentType,
    /// When it begins.
    pub start: DateTime<Utc>,
    /// When it has been made effective: not before its start.
    pub effective: DateTime<Utc>,
    /// When it ends; `None` is never.
    pub end: Option<DateTime<Utc>>,
    /// The end as it was asked for.
    pub expiration: Expiration,
    /// The eligibility that was activated.
    pub activated_using: Option<String>,
    /// When it was taken away before its end.
    pub removed: Option<DateTime<Utc>>,
    /// Its end has been entered in the ledger.
    pub closed: bool,
    /// An attribute condition, on Azure.
    pub condition: Option<String>,
}

impl Schedule {
    /// In effect at `now`.
    pub fn in_effect(&self, now: DateTime<Utc>) -> bool {
        self.effective <= now && !self.over(now)
    }

    /// Its rights work: `lag` after it was made effective, where it was activated.
    pub fn is_effective(&self, lag: TimeDelta, now: DateTime<Utc>) -> bool {
        self.activated_using.is_none() || self.effective + lag <= now
    }

    /// Ended or taken away by `now`.
    pub fn over(&self, now: DateTime<Utc>) -> bool {
        self.removed.is_some() || self.end.is_some_and(|end| end <= now)
    }

    /// Whether the listings of instances show it at `now`, when they lag behind by `lag`.
    pub fn listed(&self, now: DateTime<Utc>, lag: TimeDelta) -> bool {
        let removed = self.removed.is_some_and(|removed| removed + lag <= now);
        self.effective + lag <= now && !removed && self.end.is_none_or(|end| now < end)
    }

    /// The same role at the same scope for the same principal.
    pub fn is_for(&self, principal: Uuid, role: Uuid, scope: Scope) -> bool {
        self.principal == principal && self.role == role && self.scope == scope
    }

    /// A standing assignment that no request made: the permanent ones of a new tenant.
    pub fn is_original(&self) -> bool {
        self.created_using.is_none()
    }

    /// Given outside of PIM, since PIM is there.
    pub fn is_outside(&self) -> bool {
        self.is_original() && self.created.is_some()
    }
}

/// An approver's word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Yes.
    pub approved: bool,
    /// Who.
    pub by: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub justification: String,
}

/// A `unifiedRoleAssignmentScheduleRequest` or `unifiedRoleEligibilityScheduleRequest`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Its id, also that of its approval and of the schedule it makes.
    pub id: Uuid,
    /// Which of the two.
    pub side: Side,
    /// Where it stands.
    pub status: Status,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it came to its present status, where that is a result.
    pub completed: Option<DateTime<Utc>>,
    /// What it asks for.
    pub action: Action,
    /// For whom.
    pub principal: Uuid,
    /// Which role.
    pub role: Uuid,
    /// Where.
    pub scope: Scope,
    /// It was only a rehearsal.
    pub validation_only: bool,
    /// The schedule that it made or will make.
    pub target_schedule: Option<String>,
    /// The reason given.
    pub justification: Option<String>,
    /// Who made it.
    pub created_by: Uuid,
    /// From when to when.
    pub schedule: Option<ScheduleInfo>,
    /// The ticket given.
    pub ticket: Ticket,
    /// Until when an approver may answer; set exactly for requests that need one.
    pub approval_deadline: Option<DateTime<Utc>>,
    /// What the approver said.
    pub decision: Option<Decision>,
    /// An attribute condition, on Azure.
    pub condition: Option<String>,
}

impl Request {
    /// It may still come to something.
    pub fn is_pending(&self) -> bool {
        matches!(
            self.status,
            Status::Granted
                | Status::PendingApproval
                | Status::PendingAdminDecision
                | Status::PendingApprovalProvisioning
                | Status::PendingProvisioning
        )
    }

    /// The same role at the same scope for the same principal.
    pub fn is_for(&self, principal: Uuid, role: Uuid, scope: Scope) -> bool {
        self.principal == principal && self.role == role && self.scope == scope
    }
}

/// What a caller asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// On which collection.
    pub side: Side,
    /// What.
    pub action: Action,
    /// For whom.
    pub principal: Uuid,
    /// Which role.
    pub role: Uuid,
    /// Where.
    pub scope: Scope,
    /// Why.
    pub justification: Option<String>,
    /// From when to when.
    pub schedule: Option<ScheduleInfo>,
    /// A ticket.
    pub ticket: Ticket,
    /// Only rehearse.
    pub validation_only: bool,
    /// The eligibility to activate, where the caller names one.
    pub eligibility: Option<String>,
    /// An attribute condition, on Azure.
    pub condition: Option<String>,
}

/// Who asks, and what the sign-in proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The user's object id.
    pub id: Uuid,
    /// The token proves multifactor authentication.
    pub mfa: bool,
    /// The token carries these authentication contexts.
    pub contexts: Vec<String>,
    /// The client declared the capability `cp1`.
    pub cp1: bool,
}
