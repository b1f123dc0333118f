//! What `pim reviews` prints with `--json`.

use chrono::{DateTime, Utc};
use pim::{
    manage::reviews::{Activations, Reviewed, Tally, Waiting, Wish},
    model::{Actor, Kind, Opinion, ReviewDecision, ReviewItem},
    problem::Problem,
    view::Account,
};
use serde::Serialize;

use crate::{failed::Failed, output::Standing};

/// `pim reviews`
#[derive(Serialize)]
pub struct List<'a> {
    pub account: Option<&'a Account>,
    pub now: DateTime<Utc>,
    pub sources: Vec<Source<'a>>,
    pub reviews: Vec<Row<'a>>,
}

/// `pim reviews show`
#[derive(Serialize)]
pub struct Shown<'a> {
    pub account: Option<&'a Account>,
    pub now: DateTime<Utc>,
    pub review: Row<'a>,
    pub people: Vec<PersonRow<'a>>,
}

/// `pim reviews decide`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome<'a> {
    pub account: Option<&'a Account>,
    pub now: DateTime<Utc>,
    pub dry_run: bool,
    pub review: &'a str,
    pub decided: Vec<DecidedRow<'a>>,
    pub failed: Vec<FailedRow<'a>>,
}

/// What was answered about one kind.
#[derive(Serialize)]
pub struct Source<'a> {
    kind: Kind,
    state: Standing,
    problem: Option<&'a Problem>,
}

/// A review.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row<'a> {
    id: &'a str,
    kind: Option<Kind>,
    name: &'a str,
    description: Option<&'a str>,
    of: Option<&'a str>,
    of_id: Option<&'a str>,
    scope: Option<&'a str>,
    status: &'a str,
    open: bool,
    start: Option<DateTime<Utc>>,
    deadline: Option<DateTime<Utc>>,
    seconds_left: Option<i64>,
    reason_to_approve: bool,
    applies_itself: bool,
    created_by: Option<&'a Actor>,
    people: Option<Tally>,
    problem: Option<&'a Problem>,
}

/// Somebody under review.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonRow<'a> {
    id: &'a str,
    person: &'a Actor,
    recommendation: Option<&'a ReviewDecision>,
    last_sign_in: Option<DateTime<Utc>>,
    last_activation: Option<DateTime<Utc>>,
    decision: &'a ReviewDecision,
    reason: Option<&'a str>,
    by: Option<&'a Actor>,
    at: Option<DateTime<Utc>>,
    applied: Option<&'a str>,
}

/// A decision that was taken, or would be sent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DecidedRow<'a> {
    id: &'a str,
    person: &'a Actor,
    verdict: Opinion,
    looked_up: bool,
}

/// A decision that was not taken.
#[derive(Serialize)]
pub struct FailedRow<'a> {
    id: &'a str,
    problem: &'a Problem,
}

impl<'a> Source<'a> {
    /// One for each kind that was asked for.
    pub fn all(waiting: &'a [Waiting], kinds: &[Kind]) -> Vec<Self> {
        let of = |waiting: &'a Waiting| {
            let problem = waiting.found.as_ref().err();
            let own = kinds.iter().filter(|kind| kind.resource() == waiting.service);
            own.map(move |kind| Self { kind: *kind, state: Standing::after(problem), problem }).collect::<Vec<_>>()
        };
        waiting.iter().flat_map(of).collect()
    }
}

impl<'a> Row<'a> {
    pub fn of(reviewed: &'a Reviewed, now: DateTime<Utc>) -> Self {
        let review = &reviewed.review;
        Self {
            id: review.id(),
            kind: review.kind,
            name: &review.name,
            description: review.description.as_deref(),
            of: reviewed.resource(),
            of_id: review.resource.as_deref(),
            scope: review.scope.as_deref(),
            status: &review.status,
            open: review.is_open(),
            start: review.start,
            deadline: review.end,
            seconds_left: review.left(now).map(|left| left.num_seconds()),
            reason_to_approve: review.reason_to_approve,
            applies_itself: review.applies_itself,
            created_by: review.created_by.as_ref(),
            people: reviewed.items.as_deref().ok().map(Tally::of),
            problem: reviewed.items.as_ref().err(),
        }
    }
}

impl<'a> PersonRow<'a> {
    pub fn of(item: &'a ReviewItem, activations: &Activations) -> Self {
        Self {
            id: &item.id,
            person: &item.person,
            recommendation: item.recommendation.as_ref(),
            last_sign_in: item.last_sign_in,
            last_activation: last_activation(item, activations),
            decision: &item.decision,
            reason: item.justification.as_deref(),
            by: item.by.as_ref(),
            at: item.at,
            applied: item.applied.as_deref(),
        }
    }
}

/// When somebody under review last activated what is reviewed, as far as that is known.
pub fn last_activation(item: &ReviewItem, activations: &Activations) -> Option<DateTime<Utc>> {
    let id = item.person.id.as_ref()?.to_ascii_lowercase();
    activations.as_ref()?.get(&id).copied()
}

impl<'a> DecidedRow<'a> {
    pub fn of(wish: &'a Wish, looked_up: bool) -> Self {
        Self { id: &wish.item.id, person: &wish.item.person, verdict: wish.opinion, looked_up }
    }
}

impl<'a> FailedRow<'a> {
    pub fn of(id: &'a str, failed: &'a Failed) -> Self {
        Self { id, problem: &failed.problem }
    }
}
