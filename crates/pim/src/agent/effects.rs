//! Carrying out what the state machine wants: each effect is a task of its own, and each tells its end, whatever it is.

use std::{future::Future, sync::Arc, time::Duration};

use super::session::Open;
use crate::{
    api::Answered,
    auth::AccessToken,
    codes,
    elevation::{Event, Gap, Later, Listed, Partial},
    failure::Failure,
    model::{Activation, Deactivation, Extension, Kind, RoleKey},
    problem::Problem,
};

/// The client below has limits of its own; this is for what slips through them.
const LONGEST: Duration = Duration::from_secs(300);

/// A request to a service, as the machine wants it.
#[derive(Debug)]
pub(super) enum Errand {
    Submit(Vec<Activation>, Option<AccessToken>),
    LookUp(Kind),
    Poll(Kind, String),
    Deactivate(Deactivation, Option<AccessToken>),
    Cancel(Kind, String),
    ReadApproval(Kind, String),
    Extend(Extension, Option<AccessToken>),
    ReadExtensions(Kind, bool),
    ReadHistory(Kind),
    ReadEligible(Kind, Vec<RoleKey>),
    ReadActive(Kind, Vec<RoleKey>),
    ReadPolicies(Kind, Vec<RoleKey>),
}

/// Runs an errand to its end. Also says whether the session turned out to be over.
/// `tell` hears of what is known before the end.
pub(super) async fn run(
    errand: Errand,
    call: u64,
    open: &Open,
    tell: impl Fn(Event) + Send + Sync + 'static,
) -> (Event, Option<Problem>) {
    let roles = &open.roles;
    let mut over = None;
    let asked = |kind| if open.asks_for(kind) { Ok(()) } else { Err(not_consented()) };
    let event = match errand {
        Errand::Submit(activations, token) => {
            let sent = tokio::time::timeout(LONGEST, roles.activate(&activations, token.as_slice())).await;
            let results = sent.unwrap_or_else(|_| activations.iter().map(|_| Err(late())).collect());
            for result in &results {
                note(result, &mut over);
            }
            Event::Submitted(call, results)
        }
        Errand::LookUp(kind) => Event::LookedUp(call, finish(roles.requests(kind), &mut over).await),
        Errand::Poll(kind, request) => Event::Polled(call, finish(roles.request(kind, &request), &mut over).await),
        Errand::Deactivate(deactivation, token) => {
            let result = finish(roles.deactivate(&deactivation, token.as_slice()), &mut over).await;
            Event::Deactivated(call, result)
        }
        Errand::Cancel(kind, request) => Event::Cancelled(call, finish(roles.cancel(kind, &request), &mut over).await),
        Errand::ReadApproval(kind, approval) => {
            Event::ApprovalRead(call, finish(roles.approval(kind, &approval), &mut over).await)
        }
        Errand::Extend(extension, token) => {
            let send = async {
                if extension.eligibility && !open.may_extend(extension.key.kind) {
                    return Err(not_consented());
                }
                roles.extend(&extension, token.as_slice()).await
            };
            let result = finish(send, &mut over).await;
            if result.is_ok() && extension.eligibility {
                open.tokens.note_extending(extension.key.kind);
            }
            Event::Extended(call, result)
        }
        Errand::ReadExtensions(kind, eligibility) => {
            let read = async {
                asked(kind)?;
                // Of directory roles that takes as much as asking for it: it would be refused at every start.
                if eligibility && kind == Kind::DirectoryRole && !open.tokens.extending().contains(&kind) {
                    return Err(not_consented());
                }
                if eligibility { roles.eligibility_requests(kind).await } else { roles.requests(kind).await }
            };
            Event::ExtensionsRead(call, finish(read, &mut over).await)
        }
        Errand::ReadHistory(kind) => {
            let read = async {
                asked(kind)?;
                roles.requests(kind).await
            };
            Event::HistoryRead(call, finish(read, &mut over).await)
        }
        Errand::ReadEligible(kind, expected) => {
            let read = async {
                asked(kind)?;
                let tell = Arc::new(tell);
                let coming = Arc::clone(&tell);
                let told = Arc::new(move |keys| coming(Event::Coming(call, keys)));
                let so_far = |found| tell(Event::EligibleSoFar(call, listed(found)));
                roles.eligible_telling(kind, &expected, told, so_far).await
            };
            Event::Eligible(call, finish(read, &mut over).await.map(listed))
        }
        Errand::ReadActive(kind, expected) => {
            let read = async {
                asked(kind)?;
                let so_far = |found| tell(Event::ActiveSoFar(call, listed(found)));
                roles.active_telling(kind, &expected, so_far).await
            };
            Event::Active(call, finish(read, &mut over).await.map(listed))
        }
        Errand::ReadPolicies(kind, keys) => {
            let read = async {
                asked(kind)?;
                roles.policies(kind, &keys).await
            };
            Event::Policies(call, finish(read, &mut over).await.map(listed))
        }
    };
    (event, over)
}

fn listed<T>(answered: Answered<T>) -> Listed<T> {
    let problem = answered.missing.first().map(|missing| missing.failure.problem().clone());
    let partial = problem.map(|problem| Partial { problem, gap: gap(&answered), later: later(&answered) });
    Listed { found: answered.found, partial }
}

/// When what did not answer may do so, if ever.
fn later<T>(answered: &Answered<T>) -> Option<Later> {
    let passing =
        |failure: &Failure| !matches!(failure, Failure::Refused(_) | Failure::StepUp { .. } | Failure::SignedOut(_));
    let failures = answered.missing.iter().map(|missing| &missing.failure).filter(|failure| passing(failure));
    failures.map(Failure::retry_at).max().map(|not_before| Later { not_before })
}

/// Where an answer leaves open what there is.
fn gap<T>(answered: &Answered<T>) -> Gap {
    let scopes: Option<Vec<_>> = answered.missing.iter().map(|missing| missing.scope.clone()).collect();
    // Without the tenant as a whole, what answered is all that is known.
    scopes.map_or_else(|| Gap::AllBut(answered.asked.clone()), Gap::At)
}

async fn finish<T>(work: impl Future<Output = Result<T, Failure>>, over: &mut Option<Problem>) -> Result<T, Failure> {
    let result = tokio::time::timeout(LONGEST, work).await.unwrap_or_else(|_| Err(late()));
    note(&result, over);
    result
}

/// The same for what nobody but the window waits for.
pub(super) async fn in_time<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::time::timeout(LONGEST, work).await.unwrap_or_else(|_| Err(late()))
}

fn note<T>(result: &Result<T, Failure>, over: &mut Option<Problem>) {
    if let Err(Failure::SignedOut(problem)) = result {
        *over = Some(problem.clone());
    }
}

fn not_consented() -> Failure {
    Failure::Refused(codes::ours(codes::NOT_CONSENTED, None))
}

fn late() -> Failure {
    Failure::lost(codes::ours(codes::NO_ANSWER, None))
}
