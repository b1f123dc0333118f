//! Access reviews that wait for the caller: who is looked at, what the service recommends, and deciding on many at once.
//!
//! Any reviewer may decide about anybody until the review's end, and may change what was decided, also by another reviewer
//! ("Review access of groups and applications in access reviews", "Review access to Azure resource and Microsoft Entra roles in
//! PIM"). What is here and in `judge` and `view` is pure and is handed the time; `desk` asks and tells the services.

mod desk;
mod judge;
#[cfg(test)]
mod tests;
mod view;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::{
    cloud::Resource,
    model::{AccessReview, Opinion, ReviewItem},
    problem::Problem,
};

pub use judge::Undecided;
pub use view::{Tally, called, sort};

/// A review with everybody in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewed {
    /// The review.
    pub review: AccessReview,
    /// Who is looked at; or why that is not known.
    pub items: Result<Vec<ReviewItem>, Problem>,
}

/// What a service answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// Microsoft Graph tells of the directory's roles and groups, Azure of its own roles.
    pub service: Resource,
    /// The reviews, the most urgent first; or why they are not known.
    pub found: Result<Vec<Reviewed>, Problem>,
}

/// When people last activated what is reviewed, by their ids in lower case; `None` where the caller may not read that.
pub type Activations = Option<HashMap<String, DateTime<Utc>>>;

/// A decision as somebody wants it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// In which review.
    pub review: AccessReview,
    /// About whom.
    pub item: ReviewItem,
    /// What.
    pub opinion: Opinion,
    /// Why; empty for no reason.
    pub reason: String,
}

/// A decision that the service has taken from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What.
    pub opinion: Opinion,
    /// The answer was lost; that it was taken was looked up.
    pub looked_up: bool,
}
