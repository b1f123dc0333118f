//! Which Pimento this is.

use serde::{Deserialize, Serialize};

/// Which Pimento this is, and what it runs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// Its version.
    pub version: String,
    /// The commit that it is built from, shortened; `None` where it is not known.
    pub commit: Option<String>,
    /// What was built is not what the commit holds.
    pub changed: bool,
    /// The system that it runs on.
    pub system: String,
}
