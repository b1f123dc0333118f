//! PIM's security alerts: what a look at a tenant or at a scope of Azure finds.

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};

use super::Actor;

/// An alert with what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize))]
pub struct Alert {
    /// Its id: on Azure the full one.
    pub id: String,
    /// Its name in ids, such as `TooManyGlobalAdminsAssignedToTenantAlert`.
    pub kind: String,
    /// The scope of Azure, as a path; `None` for the directory.
    pub scope: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it says.
    pub description: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// Why that is bad.
    pub impact: Option<String>,
    /// What to do about it.
    pub mitigation: Option<String>,
    /// How to keep it from coming back.
    pub prevention: Option<String>,
    /// There is something that has not been dismissed.
    pub active: bool,
    /// It is looked for; `None` where the service does not say.
    pub enabled: Option<bool>,
    /// How many were found.
    pub count: u64,
    /// When it last changed.
    pub modified: Option<DateTime<Utc>>,
    /// When it was last looked for.
    pub scanned: Option<DateTime<Utc>>,
    /// What was found.
    pub incidents: Vec<Incident>,
}

/// One finding. What it consists of differs from alert to alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Incident {
    /// Its id.
    pub id: String,
    /// Whom it is about.
    pub person: Option<Actor>,
    /// The role's name.
    pub role: Option<String>,
    /// The role's id.
    pub role_id: Option<String>,
    /// Everything else, as names and values.
    pub details: Vec<(String, String)>,
}

/// `severityLevel`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// `high`
    High,
    /// `medium`
    Medium,
    /// `low`
    Low,
    /// `informational`
    Informational,
    /// `unknown`, or a word that this version does not know.
    Other(String),
}

impl Severity {
    /// From the service's word, whatever its case.
    pub fn from_word(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "high" => Self::High,
            "medium" => Self::Medium,
            "low" => Self::Low,
            "informational" => Self::Informational,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// The service's word.
    pub fn word(&self) -> &str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Informational => "informational",
            Self::Other(word) => word,
        }
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_read_in_any_case_and_the_worst_is_first() {
        let mut all: Vec<Severity> =
            ["unknown", "Low", "INFORMATIONAL", "Medium", "high"].into_iter().map(Severity::from_word).collect();
        all.sort();
        let words: Vec<&str> = all.iter().map(Severity::word).collect();
        assert_eq!(words, ["high", "medium", "low", "informational", "unknown"]);
    }
}
