//! What an audit log tells: who did what to whom, when, and what came of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A `directoryAudit`, or one's own request told as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditRecord {
    /// Its id.
    pub id: String,
    /// `activityDateTime`.
    pub at: DateTime<Utc>,
    /// `activityDisplayName`.
    pub activity: String,
    /// `result`.
    pub result: Outcome,
    /// `resultReason`; of PIM's records that is the justification.
    pub reason: Option<String>,
    /// Who did it.
    pub by: Actor,
    /// Which role.
    pub role: Option<Target>,
    /// Whom it concerns.
    pub subject: Option<Target>,
    /// Where: the directory, an administrative unit, a group, a resource.
    pub scope: Option<Target>,
    /// From when the role is held.
    pub start: Option<DateTime<Utc>>,
    /// Until when.
    pub end: Option<DateTime<Utc>>,
    /// Number of the ticket.
    pub ticket: Option<String>,
    /// Its system.
    pub ticket_system: Option<String>,
    /// `category`.
    pub category: Option<String>,
    /// `loggedByService`.
    pub service: Option<String>,
    /// `operationType`.
    pub operation: Option<String>,
    /// `correlationId`: of PIM's records the request's id.
    pub correlation_id: Option<String>,
    /// `modifiedProperties` of all that it is about, and `additionalDetails`, as names and values.
    pub details: Vec<(String, String)>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// `success`
    Success,
    /// `failure`
    Failure,
    /// `timeout`
    Timeout,
    /// A word that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl Outcome {
    /// As the service writes it.
    pub fn word(&self) -> &str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Timeout => "timeout",
            Self::Other(word) => word,
        }
    }

    /// From the service's word, whatever its case.
    pub fn from_word(word: &str) -> Self {
        let all = [Self::Success, Self::Failure, Self::Timeout];
        all.into_iter()
            .find(|known| known.word().eq_ignore_ascii_case(word))
            .unwrap_or_else(|| Self::Other(word.into()))
    }
}

/// Who did something: a person, or an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Actor {
    /// Object id of the person, or id of the application.
    pub id: Option<String>,
    /// Name of either.
    pub name: Option<String>,
    /// The person's user name.
    pub username: Option<String>,
    /// An application, the service itself among them.
    pub app: bool,
}

/// What something was done to: one of `targetResources`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Target {
    /// Its id.
    pub id: Option<String>,
    /// `displayName`.
    pub name: Option<String>,
    /// `type`: `User`, `Group`, `Role`, …
    pub kind: Option<String>,
    /// `userPrincipalName`.
    pub username: Option<String>,
}

impl Actor {
    /// What to call them: by name, by user name, or by id.
    pub fn named(&self) -> Option<&str> {
        [&self.name, &self.username, &self.id].into_iter().flatten().map(String::as_str).next()
    }
}

impl Target {
    /// The whole directory: where a role of the directory is held is not worth a word then.
    pub fn is_directory(&self) -> bool {
        self.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("Directory"))
    }

    /// What to call it: by name, by user name, or by id.
    pub fn named(&self) -> Option<&str> {
        [&self.name, &self.username, &self.id].into_iter().flatten().map(String::as_str).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_nobody_knows_are_kept() {
        for word in ["success", "failure", "timeout", "unknownFutureValue"] {
            let outcome = Outcome::from_word(word);
            assert_eq!(outcome.word(), word);
            let told = serde_json::to_string(&outcome).unwrap();
            assert_eq!(told, format!("\"{word}\""));
            assert_eq!(serde_json::from_str::<Outcome>(&told).unwrap(), outcome);
        }
        assert_eq!(Outcome::from_word("Success"), Outcome::Success);
    }
}
