//! The domain's nouns, in Microsoft Graph's own terms and free of any wire format.
//!
//! All three kinds of PIM share them: what a directory role calls its scope is a group for a membership, and a management
//! group, subscription, resource group or resource for an Azure role.

mod alert;
mod approval;
mod definition;
mod holding;
mod key;
mod policy;
mod record;
mod request;
mod review;
mod role;
mod rules;
mod scope;

use serde::{Deserialize, Serialize};

pub use alert::{Alert, Incident, Severity};
pub use approval::{Approval, ApprovalStage, Decision, ReviewResult, Reviewer, Verdict};
pub use definition::{Permission, RoleDefinition};
pub use holding::{AdminAction, Administration, Holding, Principal, PrincipalKind, Side, titled};
pub use key::{Access, RoleKey};
pub use policy::{Approver, Requirements};
pub use record::{Actor, AuditRecord, Outcome as AuditOutcome, Target};
pub use request::{Action, Activation, ActivationRequest, Deactivation, Extension, RequestStatus, Ticket};
pub use review::{AccessReview, Opinion, Review, ReviewDecision, ReviewItem, ReviewPath};
pub use role::{Assignment, Condition, Eligibility, MemberType};
pub use rules::RolePolicy;
pub use scope::{Scope, ScopeType, Tenant};

/// Which of the three kinds of PIM a role belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A Microsoft Entra directory role (Graph `roleManagement/directory`).
    DirectoryRole,
    /// A membership or ownership through PIM for Groups.
    Group,
    /// An Azure resource role (Azure Resource Manager).
    AzureResource,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DirectoryRole, Self::Group, Self::AzureResource];
}

/// Durations as whole minutes in our own files.
pub mod minutes {
    use chrono::Duration;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes whole minutes.
    pub fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(duration.num_minutes())
    }

    /// Reads whole minutes.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        // As many as a view can show: an end computed with them is still a date.
        u32::deserialize(deserializer).map(|minutes| Duration::minutes(minutes.into()))
    }
}

/// Instants in our own files. Those that the service tells have four digits for the year; an end computed from one of them
/// and a duration may lie further off. What lies beyond that would overflow as soon as a minute is added.
pub(crate) mod moment {
    use std::collections::BTreeMap;

    use chrono::{DateTime, Datelike, Utc};
    use serde::{Deserialize, Deserializer, de::Error};

    const YEARS: std::ops::RangeInclusive<i32> = 0..=99_999;

    /// Reads an instant that can be reckoned with.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
        let instant = DateTime::deserialize(deserializer)?;
        if YEARS.contains(&instant.year()) { Ok(instant) } else { Err(D::Error::custom("a time out of range")) }
    }

    struct Moment(DateTime<Utc>);

    impl<'de> Deserialize<'de> for Moment {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserialize(deserializer).map(Self)
        }
    }

    /// The same where there may be none.
    pub(crate) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
        let moment = Option::<Moment>::deserialize(deserializer)?;
        Ok(moment.map(|Moment(instant)| instant))
    }

    /// The same in a table.
    pub(crate) fn table<'de, K: Deserialize<'de> + Ord, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<K, DateTime<Utc>>, D::Error> {
        let moments = BTreeMap::<K, Moment>::deserialize(deserializer)?;
        Ok(moments.into_iter().map(|(key, Moment(instant))| (key, instant)).collect())
    }
}

#[cfg(test)]
mod tests;
