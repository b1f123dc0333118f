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
    Lost(Problem),
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
    /// What to tell a person.
    pub fn problem(&self) -> &Problem {
        match self {
            Self::NotSent { problem, .. }
            | Self::StepUp { problem, .. }
            | Self::Lost(problem)
            | Self::Exists(problem)
            | Self::DoesNotExist(problem)
            | Self::TooShort(problem)
            | Self::Pending(problem)
            | Self::SignedOut(problem)
            | Self::Refused(problem) => problem,
        }
    }
}
