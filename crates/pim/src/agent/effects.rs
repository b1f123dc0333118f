//! Carrying out what the state machine wants: each effect is a task of its own, and each tells its end, whatever it is.

use std::{future::Future, time::Duration};

use super::session::Open;
use crate::{
    auth::AccessToken,
    codes,
    elevation::Event,
    failure::Failure,
    model::{Activation, Deactivation, RoleKey},
    problem::Problem,
};

/// The client below has limits of its own; this is for what slips through them.
const LONGEST: Duration = Duration::from_secs(300);

/// A request to the service, as the machine wants it.
#[derive(Debug)]
pub(super) enum Errand {
    Submit(Vec<Activation>, Option<AccessToken>),
    LookUp,
    Poll(String),
    Deactivate(RoleKey, String, Option<AccessToken>),
    Cancel(String),
    ReadEligible,
    ReadActive,
    ReadPolicies,
}

/// Runs an errand to its end. Also says whether the session turned out to be over.
pub(super) async fn run(errand: Errand, call: u64, open: &Open) -> (Event, Option<Problem>) {
    let roles = &open.roles;
    let mut over = None;
    let event = match errand {
        Errand::Submit(activations, token) => {
            let sent = tokio::time::timeout(LONGEST, roles.activate(&activations, token.as_ref())).await;
            let results = sent.unwrap_or_else(|_| activations.iter().map(|_| Err(late())).collect());
            for result in &results {
                note(result, &mut over);
            }
            Event::Submitted(call, results)
        }
        Errand::LookUp => Event::LookedUp(call, finish(roles.requests(), &mut over).await),
        Errand::Poll(request) => Event::Polled(call, finish(roles.request(&request), &mut over).await),
        Errand::Deactivate(key, principal, token) => {
            let result = finish(roles.deactivate(&Deactivation::new(key, principal), token.as_ref()), &mut over).await;
            Event::Deactivated(call, result)
        }
        Errand::Cancel(request) => Event::Cancelled(call, finish(roles.cancel(&request), &mut over).await),
        Errand::ReadEligible => Event::Eligible(call, finish(roles.eligible(), &mut over).await),
        Errand::ReadActive => Event::Active(call, finish(roles.active(), &mut over).await),
        Errand::ReadPolicies => Event::Policies(call, finish(roles.policies(), &mut over).await),
    };
    (event, over)
}

async fn finish<T>(work: impl Future<Output = Result<T, Failure>>, over: &mut Option<Problem>) -> Result<T, Failure> {
    let result = tokio::time::timeout(LONGEST, work).await.unwrap_or_else(|_| Err(late()));
    note(&result, over);
    result
}

fn note<T>(result: &Result<T, Failure>, over: &mut Option<Problem>) {
    if let Err(Failure::SignedOut(problem)) = result {
        *over = Some(problem.clone());
    }
}

fn late() -> Failure {
    Failure::Lost(codes::ours(codes::NO_ANSWER, None))
}
