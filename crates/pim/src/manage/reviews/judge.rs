//! Why there is no decision, and whether one that was lost is there after all.

use chrono::{DateTime, TimeDelta, Utc};

use super::Wish;
use crate::{
    api::is_gone,
    codes,
    failure::Failure,
    model::{AccessReview, Opinion, ReviewDecision, ReviewItem},
    problem::Problem,
};

/// The service's clock rules: one that is a little ahead here must not keep anybody from trying.
const GRACE: TimeDelta = TimeDelta::minutes(1);

/// Why there is no decision of the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// Nobody decides in that review any more.
    Over,
    /// The review wants a reason for an approval.
    NoReason,
    /// The review, or the person in it, is not there any more.
    Gone,
    /// Others decide.
    NotMine,
    /// The answer was lost, and the service knows of no decision.
    Uncertain(Failure),
    /// It failed in another way.
    Failed(Failure),
}

/// What need not be asked about.
pub(super) fn beforehand(
    review: &AccessReview,
    opinion: Opinion,
    reason: &str,
    now: DateTime<Utc>,
) -> Option<Undecided> {
    if !review.is_open() || review.end.is_some_and(|end| end + GRACE < now) {
        return Some(Undecided::Over);
    }
    (opinion == Opinion::Approve && review.reason_to_approve && reason.trim().is_empty()).then_some(Undecided::NoReason)
}

/// Is the wish fulfilled, by `own`?
pub(super) fn is_taken(wish: &Wish, item: &ReviewItem, own: &str) -> bool {
    let by_own = item.by.as_ref().and_then(|by| by.id.as_deref()).is_some_and(|id| id.eq_ignore_ascii_case(own));
    let said = item.justification.as_deref().unwrap_or_default();
    by_own && item.decision == ReviewDecision::Decided(wish.opinion) && said.trim() == wish.reason.trim()
}

/// What a refusal says by itself.
pub(super) fn refused(failure: Failure) -> Undecided {
    const NOT_MINE: [&str; 6] = [
        "Authorization_RequestDenied",
        "AuthorizationFailed",
        "InsufficientPermissions",
        "AccessDenied",
        "Forbidden",
        "HTTP 403",
    ];
    if is_gone(&failure) {
        return Undecided::Gone;
    }
    match &failure {
        Failure::Refused(problem) if NOT_MINE.iter().any(|code| problem.code.eq_ignore_ascii_case(code)) => {
            Undecided::NotMine
        }
        _ => Undecided::Failed(failure),
    }
}

impl Undecided {
    /// What to tell a person.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Over => codes::ours(codes::REVIEW_OVER, None),
            Self::NoReason => codes::ours(codes::REVIEW_REASON, None),
            Self::Gone => codes::ours(codes::REVIEW_GONE, None),
            Self::NotMine => codes::ours(codes::REVIEW_NOT_MINE, None),
            Self::Uncertain(failure) => {
                let lost = failure.problem();
                let detail = Some(lost.to_string());
                codes::problem(codes::REVIEW_UNCERTAIN, lost.correlation_id.clone(), detail, failure.retry_at())
            }
            Self::Failed(failure) => failure.problem().clone(),
        }
    }

    /// Was nothing sent at all?
    pub fn is_unsent(&self) -> bool {
        matches!(self, Self::NoReason)
    }
}
