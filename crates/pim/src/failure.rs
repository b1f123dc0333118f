//! How a call to the service can end badly, told apart by what the state machine must do about it.

use chrono::{DateTime, Utc};

use crate::problem::Problem;

/// A claims request as the service sent it: JSON, kept opaque, handed back at the next sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Claims(pub String);

/// The outcome of a call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The request never left, or was certainly not processed (no connection, 429): safe to send again.
    NotSent {
        /// What to tell.
        problem: Problem,
        /// Server time before which the service does not want to hear from us.
        retry_at: Option<DateTime<Utc>>,
    },
    /// The request may have been committed; the answer is lost. Look it up, never send it again blindly.
    Lost {
        /// What to tell.
        problem: Problem,
        /// Server time before which the service does not want to hear from us, not even a question what became of it.
        retry_at: Option<DateTime<Utc>>,
    },
    /// The service wants a stronger sign-in with these claims.
    StepUp {
        /// What the new sign-in must carry.
        claims: Claims,
        /// What to tell when it does not help.
        problem: Problem,
    },
    /// `RoleAssignmentExists`: active already, possibly through our own earlier request.
    Exists(Problem),
    /// `RoleAssignmentDoesNotExist`: not active (any more).
    DoesNotExist(Problem),
    /// `ActiveDurationTooShort`: less than five minutes active.
    TooShort(Problem),
    /// `PendingRoleAssignmentRequest`, `OverlapsPendingRoleAssignmentRequests`: another request stands in the way.
    Pending(Problem),
    /// The session is over (revoked, expired): sign in again.
    SignedOut(Problem),
    /// Refused for good.
    Refused(Problem),
}

impl Failure {
    /// The answer is lost, and with it when to come again.
    pub(crate) fn lost(problem: Problem) -> Self {
        Self::Lost { problem, retry_at: None }
    }

    /// When a service that said so wants to hear from us again.
    pub fn retry_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::NotSent { retry_at, .. } | Self::Lost { retry_at, .. } => *retry_at,
            _ => None,
        }
    }

    /// What to tell a person.
    pub fn problem(&self) -> &Problem {
        match self {
            Self::NotSent { problem, .. }
            | Self::StepUp { problem, .. }
            | Self::Lost { problem, .. }
            | Self::Exists(problem)
            | Self::DoesNotExist(problem)
            | Self::TooShort(problem)
            | Self::Pending(problem)
            | Self::SignedOut(problem)
            | Self::Refused(problem) => problem,
        }
    }
}
