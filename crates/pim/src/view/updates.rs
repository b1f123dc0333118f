//! Newer versions of Pimento.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// What is known of newer versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Updates {
    /// Whether newer ones are looked for.
    pub looks: Looks,
    /// They are being looked for.
    pub looking: bool,
    /// When the service last said which version is the newest; `None`: never yet.
    pub as_of: Option<DateTime<Utc>>,
    /// A newer one that may be had.
    pub offer: Option<Offer>,
    /// Why what the person last wanted of it was not done.
    pub problem: Option<Problem>,
}

/// Whether newer versions are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Looks {
    /// This build knows of no place to look, or what installed it looks itself.
    Never,
    /// Somebody has switched it off: nothing is asked of anybody.
    Off,
    /// Once a day.
    Daily,
}

/// A newer version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Which.
    pub version: String,
    /// The person wants no banner for it.
    pub later: bool,
    /// Its package for this system.
    pub package: OfferedPackage,
}

/// A package, from where it is published to this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum OfferedPackage {
    /// There is none for this system.
    Absent,
    /// It can be downloaded.
    Published {
        /// Bytes.
        size: u32,
    },
    /// It is being downloaded.
    Downloading {
        /// How much of it is here, 0 to 100.
        percent: u8,
    },
    /// It is here, and is what was signed.
    Here,
}

/// What a person can want of newer versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum UpdateWish {
    /// Look for one now.
    Look,
    /// Read what is new in it.
    Notes,
    /// Download its package.
    Download,
    /// Hand its package to the system, which asks whatever it has to ask.
    Install,
    /// No banner for this version any more.
    Later,
}
