//! The domain's nouns, in Microsoft Graph's own terms and free of any wire format.
//!
//! All three kinds of PIM share them: what a directory role calls its scope is a group for a membership, and a management
//! group, subscription, resource group or resource for an Azure role.

mod approval;
mod key;
mod policy;
mod request;
mod role;
mod scope;

use serde::{Deserialize, Serialize};

pub use approval::{Approval, ApprovalStage, ReviewResult, Reviewer};
pub use key::{Access, RoleKey};
pub use policy::{Approver, Requirements};
pub use request::{Action, Activation, ActivationRequest, Deactivation, Extension, RequestStatus, Ticket};
pub use role::{Assignment, Condition, Eligibility, MemberType};
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
        let minutes = i64::deserialize(deserializer)?;
        Duration::try_minutes(minutes).ok_or_else(|| serde::de::Error::custom("a duration out of range"))
    }
}

#[cfg(test)]
mod tests;
