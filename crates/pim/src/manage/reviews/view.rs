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
        Some(id) => format!("somebody unknown to the directory ({})", codes::clean(id, LONGEST)),
        None => "somebody unknown to the directory".into(),
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
            Opinion::Approve => format!("{who} may keep {what}"),
            Opinion::Deny => format!("{who} is to lose {what}"),
            Opinion::DontKnow => format!("Say that you do not know whether {who} still needs {what}"),
        };
        let before = match &self.item.decision {
            ReviewDecision::Decided(opinion) => {
                let word = match opinion {
                    Opinion::Approve => "approved",
                    Opinion::Deny => "denied",
                    Opinion::DontKnow => "left undecided",
                };
                let by = self.item.by.as_ref().map(|by| format!(" by {}", called(by))).unwrap_or_default();
                format!(" (so far {word}{by})")
            }
            ReviewDecision::NotReviewed | ReviewDecision::Other(_) => String::new(),
        };
        said + &before
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
