//! What to show of access reviews. Synchronous, and handed the time.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{Reviewed, Wish};
use crate::{
    codes,
    model::{AccessReview, Actor, Opinion, ReviewDecision, ReviewItem},
};

/// Longest name in a sentence.
const LONGEST: usize = 100;

/// How far a review has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// About so many nothing has been said.
    pub open: usize,
    /// So many are looked at.
    pub total: usize,
}

impl Tally {
    /// Of these.
    pub fn of(items: &[ReviewItem]) -> Self {
        let open = items.iter().filter(|item| item.decision == ReviewDecision::NotReviewed).count();
        Self { open, total: items.len() }
    }
}

/// What to call somebody under review, or a reviewer.
pub fn called(actor: &Actor) -> String {
    let known = actor.name.as_deref().or(actor.username.as_deref()).map(|name| codes::clean(name, LONGEST));
    known.filter(|name| !name.is_empty()).unwrap_or_else(|| match &actor.id {
        Some(id) => say!("somebody-unknown-id", id = codes::clean(id, LONGEST)),
        None => say!("somebody-unknown"),
    })
}

impl AccessReview {
    /// How long reviewers still have; nothing, once it is over.
    pub fn left(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        self.end.map(|end| (end - now).max(TimeDelta::zero()))
    }
}

impl Reviewed {
    /// The role's or group's name, where the service tells it.
    pub fn resource(&self) -> Option<&str> {
        self.items.as_ref().ok()?.iter().find_map(|item| item.resource.as_deref())
    }
}

impl Wish {
    /// What will be said, before it is sent; with what somebody has said before, which it replaces.
    pub fn sentence(&self) -> String {
        let who = called(&self.item.person);
        let what = self.item.resource.as_deref().unwrap_or(&self.review.name);
        let what = codes::clean(what, LONGEST);
        let said = match self.opinion {
            Opinion::Approve => say!("may-keep", person = who, role = what),
            Opinion::Deny => say!("is-to-lose", person = who, role = what),
            Opinion::DontKnow => say!("do-not-know", person = who, role = what),
        };
        let ReviewDecision::Decided(before) = &self.item.decision else { return said };
        match (before, self.item.by.as_ref().map(called)) {
            (Opinion::Approve, None) => say!("so-far-approved", said = said),
            (Opinion::Deny, None) => say!("so-far-denied", said = said),
            (Opinion::DontKnow, None) => say!("so-far-undecided", said = said),
            (Opinion::Approve, Some(person)) => say!("so-far-approved-by", said = said, person = person),
            (Opinion::Deny, Some(person)) => say!("so-far-denied-by", said = said, person = person),
            (Opinion::DontKnow, Some(person)) => say!("so-far-undecided-by", said = said, person = person),
        }
    }
}

/// Those that wait first, the most urgent of them at the top; then what is over, the latest first. Equal ones by name, so that
/// nothing jumps.
pub fn sort(reviews: &mut [Reviewed]) {
    reviews.sort_by_cached_key(|Reviewed { review, .. }| {
        let end = review.end.map(|end| end.timestamp());
        let urgency = end.map(|end| if review.is_open() { end } else { -end });
        (!review.is_open(), urgency.is_none(), urgency, review.name.to_lowercase(), review.id().to_owned())
    });
}
