//! What an approval says about deciding on it.

use chrono::{DateTime, Utc};

use super::{PendingApproval, Standing};
use crate::{
    codes,
    failure::Failure,
    model::{Action, Approval, ApprovalStage, ReviewResult, Verdict},
    problem::Problem,
};

/// Why there is no decision of the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// Somebody was first.
    Already(Standing),
    /// Nobody decided in time.
    Lapsed,
    /// It does not wait any more.
    Gone,
    /// Others decide.
    NotMine,
    /// The caller's own request.
    Own,
    /// An extension or renewal, which the interfaces do not decide: at this page of the portal it is.
    Elsewhere(String),
    /// The answer was lost, and the service knows of no decision.
    Uncertain(Failure),
    /// It failed in another way.
    Failed(Failure),
}

/// Where an approval stands for the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It waits for the caller, in this stage.
    Open(String),
    /// The caller's decision is there.
    Taken,
    /// There is nothing to be decided by the caller.
    Closed(Undecided),
}

/// What need not be asked about.
pub(super) fn beforehand(
    approval: &PendingApproval,
    now: DateTime<Utc>,
    page: impl FnOnce() -> String,
) -> Option<Undecided> {
    if matches!(approval.action, Action::SelfExtend | Action::SelfRenew) {
        return Some(Undecided::Elsewhere(page()));
    }
    if approval.own {
        return Some(Undecided::Own);
    }
    // The service's clock rules: one that is a little ahead here must not keep anybody from trying.
    let grace = chrono::TimeDelta::minutes(1);
    approval.deadline().is_some_and(|deadline| deadline + grace < now).then_some(Undecided::Lapsed)
}

/// Where an approval stands for `own`, who has sent `sent` (stage and verdict), or nothing yet.
pub fn judge(approval: &Approval, own: &str, sent: Option<(&str, Verdict)>) -> Judged {
    if let Some((stage, verdict)) = sent
        && let Some(stage) = approval.stages.iter().find(|each| same(&each.id, stage))
        && stage.result != ReviewResult::NotReviewed
    {
        let standing = standing(stage, own);
        return if standing.own && verdict.is(&stage.result) {
            Judged::Taken
        } else {
            Judged::Closed(Undecided::Already(standing))
        };
    }
    if let Some(stage) = approval.mine() {
        return Judged::Open(stage.id.clone());
    }
    if let Some(stage) = approval.decided() {
        return Judged::Closed(Undecided::Already(standing(stage, own)));
    }
    let any = |word: &str| approval.stages.iter().any(|stage| stage.status.eq_ignore_ascii_case(word));
    Judged::Closed(if any("Expired") {
        Undecided::Lapsed
    } else if any("InProgress") || any("NotStarted") || any("Escalating") || any("Escalated") {
        Undecided::NotMine
    } else {
        Undecided::Gone
    })
}

/// What a refusal says by itself, where the approval cannot be looked at.
pub(super) fn refused(failure: Failure) -> Undecided {
    const DECIDED: [&str; 4] = ["RequestConflict", "Conflict", "HTTP 409", codes::APPROVAL_DECIDED];
    const GONE: [&str; 4] = ["ResourceNotFound", "Request_ResourceNotFound", "NotFound", "HTTP 404"];
    const NOT_MINE: [&str; 4] =
        ["Authorization_RequestDenied", "AuthorizationFailed", "InsufficientPermissions", "Forbidden"];
    let Failure::Refused(problem) = &failure else { return Undecided::Failed(failure) };
    let is = |codes: &[&str]| codes.iter().any(|code| problem.code.eq_ignore_ascii_case(code));
    if is(&DECIDED) {
        Undecided::Already(Standing { result: ReviewResult::Other(String::new()), by: None, own: false, at: None })
    } else if is(&GONE) {
        Undecided::Gone
    } else if is(&NOT_MINE) {
        Undecided::NotMine
    } else {
        Undecided::Failed(failure)
    }
}

fn standing(stage: &ApprovalStage, own: &str) -> Standing {
    let reviewer = stage.reviewer.as_ref();
    let name = reviewer.and_then(|by| by.name.clone().or_else(|| by.username.clone()).or_else(|| by.id.clone()));
    Standing {
        result: stage.result.clone(),
        by: name,
        own: reviewer.and_then(|by| by.id.as_deref()).is_some_and(|id| id.eq_ignore_ascii_case(own)),
        at: stage.reviewed,
    }
}

/// The same stage: Azure tells full ids, in whatever case.
fn same(one: &str, other: &str) -> bool {
    super::last(one).eq_ignore_ascii_case(super::last(other))
}

impl Undecided {
    /// What to tell a person.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Already(standing) => {
                let problem = codes::ours(codes::APPROVAL_DECIDED, None);
                match standing.sentence() {
                    Some(message) => Problem { message, ..problem },
                    None => problem,
                }
            }
            Self::Lapsed => codes::ours(codes::APPROVAL_LAPSED, None),
            Self::Gone => codes::ours(codes::APPROVAL_GONE, None),
            Self::NotMine => codes::ours(codes::APPROVAL_NOT_MINE, None),
            Self::Own => codes::ours(codes::APPROVAL_OWN, None),
            Self::Elsewhere(page) => {
                let problem = codes::ours(codes::APPROVAL_ELSEWHERE, None);
                Problem { message: format!("{} {page}", problem.message), ..problem }
            }
            Self::Uncertain(failure) => {
                let lost = failure.problem();
                let detail = Some(lost.to_string());
                codes::problem(codes::APPROVAL_UNCERTAIN, lost.correlation_id.clone(), detail, failure.retry_at())
            }
            Self::Failed(failure) => failure.problem().clone(),
        }
    }
}

impl Standing {
    /// By whom and how, where that is known.
    fn sentence(&self) -> Option<String> {
        let approved = match &self.result {
            ReviewResult::Approve => true,
            ReviewResult::Deny => false,
            ReviewResult::NotReviewed | ReviewResult::Other(_) => return None,
        };
        Some(match (&self.by, approved) {
            (_, true) if self.own => say!("you-approved-already"),
            (_, false) if self.own => say!("you-denied-already"),
            (Some(by), true) => say!("approved-already-by", person = by),
            (Some(by), false) => say!("denied-already-by", person = by),
            (None, true) => say!("approved-already"),
            (None, false) => say!("denied-already"),
        })
    }
}
