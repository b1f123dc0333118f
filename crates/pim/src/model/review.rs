//! Access reviews: whoever holds a role, or belongs to a group, is looked at one by one, and may lose it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, Serializer};

use super::{Actor, Kind};
use crate::cloud::Resource;

/// Where one instance of a review lives, or the stage of it that waits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Serialize))]
pub struct ReviewPath {
    /// Whose service keeps it: Microsoft Graph for the directory and groups, Azure for its own resources.
    #[cfg_attr(test, serde(skip))]
    pub service: Resource,
    /// The definition, which may recur.
    pub definition: String,
    /// The instance.
    pub instance: String,
    /// The stage, where the instance has several.
    pub stage: Option<String>,
}

/// One instance of an access review that the caller is a reviewer of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize))]
pub struct AccessReview {
    /// Where it lives.
    pub path: ReviewPath,
    /// What it is called.
    pub name: String,
    /// What reviewers are told.
    pub description: Option<String>,
    /// What is reviewed; `None` for what is no business of PIM, such as who may use an application.
    pub kind: Option<Kind>,
    /// The id of the role or the group.
    pub resource: Option<String>,
    /// The scope of an Azure role, as a path.
    pub scope: Option<String>,
    /// `status`, kept as it came: `InProgress`, `Completed`, `Applied`, …
    pub status: String,
    /// When it began.
    pub start: Option<DateTime<Utc>>,
    /// Until when reviewers decide.
    pub end: Option<DateTime<Utc>>,
    /// Whoever approves has to say why.
    pub reason_to_approve: bool,
    /// What is decided is done at the end without anybody's doing.
    pub applies_itself: bool,
    /// Who set it up.
    pub created_by: Option<Actor>,
}

impl AccessReview {
    /// The instance's id, by which it is named.
    pub fn id(&self) -> &str {
        &self.path.instance
    }

    /// Do reviewers decide, as far as the service says?
    pub fn is_open(&self) -> bool {
        self.status.eq_ignore_ascii_case("InProgress")
    }
}

/// One person (or application) under review.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize))]
pub struct ReviewItem {
    /// Its id.
    pub id: String,
    /// Who.
    pub person: Actor,
    /// The role's or the group's name, where the service tells it.
    pub resource: Option<String>,
    /// What has been decided so far.
    pub decision: ReviewDecision,
    /// Why.
    pub justification: Option<String>,
    /// By whom.
    pub by: Option<Actor>,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// What the service would say; `None` where it has nothing to go by.
    pub recommendation: Option<ReviewDecision>,
    /// When the person last signed in, as far as the service told it.
    pub last_sign_in: Option<DateTime<Utc>>,
    /// `applyResult`, once there is one.
    pub applied: Option<String>,
}

impl ReviewItem {
    /// What the service would say, as far as it can be decided so.
    pub fn recommended(&self) -> Option<Opinion> {
        match self.recommendation {
            Some(ReviewDecision::Decided(opinion)) => Some(opinion),
            _ => None,
        }
    }
}

/// What a reviewer says of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Opinion {
    /// May keep it.
    Approve,
    /// Is to lose it.
    Deny,
    /// The reviewer cannot tell.
    DontKnow,
}

impl Opinion {
    /// The word that the services take for it, and give back.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
            Self::DontKnow => "DontKnow",
        }
    }

    /// From the service's word, whatever its case.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Approve, Self::Deny, Self::DontKnow].into_iter().find(|known| known.word().eq_ignore_ascii_case(word))
    }
}

/// What has been decided about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewDecision {
    /// Nothing yet.
    NotReviewed,
    /// This.
    Decided(Opinion),
    /// A word that this version does not know.
    Other(String),
}

impl ReviewDecision {
    /// From the service's word, whatever its case.
    pub fn from_word(word: &str) -> Self {
        match Opinion::from_word(word) {
            Some(opinion) => Self::Decided(opinion),
            // Whose reviewer has not been told yet has not been reviewed either.
            None if ["", "NotReviewed", "NotNotified"].iter().any(|known| known.eq_ignore_ascii_case(word)) => {
                Self::NotReviewed
            }
            None => Self::Other(word.to_owned()),
        }
    }
}

impl Serialize for ReviewDecision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::NotReviewed => serializer.serialize_str("notReviewed"),
            Self::Decided(opinion) => opinion.serialize(serializer),
            Self::Other(word) => serializer.serialize_str(word),
        }
    }
}

/// A decision as the service needs to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// In which review.
    pub path: ReviewPath,
    /// About whom: [`ReviewItem::id`].
    pub item: String,
    /// What.
    pub opinion: Opinion,
    /// Why.
    pub justification: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_in_any_case_and_unknown_ones_kept() {
        for (word, told) in [
            ("approve", "approve"),
            ("Deny", "deny"),
            ("DONTKNOW", "dontKnow"),
            ("NotReviewed", "notReviewed"),
            ("NotNotified", "notReviewed"),
            ("", "notReviewed"),
            ("Escalated", "Escalated"),
        ] {
            let decision = ReviewDecision::from_word(word);
            assert_eq!(serde_json::to_value(&decision).unwrap(), told, "{word}");
        }
        assert_eq!(Opinion::from_word("NoInfoAvailable"), None);
    }
}
