//! Access reviews as they are shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    model::{Kind, Opinion},
    problem::Problem,
};

/// A review that waits for the caller, with everybody in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ReviewRow {
    /// Unique among the reviews.
    pub id: String,
    /// What is reviewed; `null` for what is no business of PIM.
    pub kind: Option<Kind>,
    /// What the review is called.
    pub name: String,
    /// What reviewers are told.
    pub description: Option<String>,
    /// The role's or the group's name, where the service tells it.
    pub resource: Option<String>,
    /// The scope of an Azure role.
    pub scope: Option<String>,
    /// Until when reviewers decide.
    pub end: Option<DateTime<Utc>>,
    /// Whoever approves has to say why.
    pub reason_to_approve: bool,
    /// What is decided is done at the end without anybody's doing.
    pub applies_itself: bool,
    /// Who set it up.
    pub created_by: Option<String>,
    /// Who is looked at.
    pub people: Vec<ReviewedPerson>,
    /// Why that is not known.
    pub problem: Option<Problem>,
}

/// Somebody under review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ReviewedPerson {
    /// For [`super::Ask::Review`].
    pub id: String,
    /// What they are called.
    pub person: String,
    /// Their user name.
    pub username: Option<String>,
    /// What the service would say; `null` where it has nothing to go by.
    pub recommended: Option<Opinion>,
    /// When they last signed in, as far as it is told.
    pub last_sign_in: Option<DateTime<Utc>>,
    /// When they last activated what is reviewed, as far as it is known.
    pub last_activation: Option<DateTime<Utc>>,
    /// What was said so far; `null`: nothing, or a word that is not known here.
    pub said: Option<Opinion>,
    /// By whom.
    pub by: Option<String>,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
}
