//! Standing access: power that is there without being activated, eligibilities that nobody uses, and roles that come through a
//! group within a group. What could be eligible instead is proposed.
//!
//! [`judge`] is pure and handed the time; [`crate::manage::Office::standing`] reads what it has to know.

mod desk;
mod judge;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::assignments::Change;
use crate::{
    model::{ActivationRequest, Holding, Kind, Principal},
    problem::Problem,
};

pub use judge::judge;

/// An eligibility that nobody has activated for so long is stale, unless somebody says another length.
pub const STALE_AFTER: TimeDelta = TimeDelta::days(90);

/// Why an eligibility takes an assignment's place, where nothing else is said.
pub fn reason() -> String {
    say!("reason-instead")
}

/// What has been read.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Who holds what.
    pub held: Vec<Holding>,
    /// The directory roles that Microsoft calls privileged, by id in lower case; `None`: that is not known, so each counts.
    pub privileged: Option<BTreeSet<String>>,
    /// Activations, of the kinds in `remembered`.
    pub activations: Vec<ActivationRequest>,
    /// The kinds whose activations could be read.
    pub remembered: BTreeSet<Kind>,
    /// Who is directly in a group, by the group's id: people, applications and groups.
    pub members: BTreeMap<String, Vec<Principal>>,
}

/// The report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Privileged roles that are active for good.
    pub permanent: Vec<Permanent>,
    /// Eligibilities that nobody activates.
    pub stale: Vec<Stale>,
    /// Who has a role through a group within a group.
    pub nested: Vec<Nested>,
    /// What could not be looked at, in words, with the reason.
    pub missing: Vec<(Missing, Problem)>,
}

/// What a report does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Missing {
    /// Who holds roles of this kind, or not all of them.
    Holdings(Kind),
    /// Which directory roles are privileged: all were looked at.
    Privileged,
    /// When roles of this kind were activated: no eligibility of it is called stale.
    Activations(Kind),
    /// Who is in groups.
    Members,
}

/// A privileged role that is there for good.
#[derive(Clone, Debug, PartialEq)]
pub struct Permanent {
    /// The assignment.
    pub held: Holding,
    /// What to do.
    pub advice: Advice,
}

/// What to do about a permanent assignment.
#[derive(Clone, Debug, PartialEq)]
pub enum Advice {
    /// Make it eligible.
    Replace(Box<Replacement>),
    /// Nothing, for this reason.
    Keep(String),
}

/// An eligibility in an assignment's place.
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// What is given first; nothing where they are eligible already.
    pub eligible: Option<Change>,
    /// What is taken away then.
    pub removal: Change,
}

/// An eligibility that nobody activates.
#[derive(Clone, Debug, PartialEq)]
pub struct Stale {
    /// The eligibility.
    pub held: Holding,
    /// When it was activated last, as far as the service keeps that.
    pub last: Option<DateTime<Utc>>,
}

/// Somebody who has a role through a group within a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Nested {
    /// What the outermost group holds.
    pub held: Holding,
    /// Who has it.
    pub person: Principal,
    /// The groups, from the one that holds the role to the one that they are in.
    pub through: Vec<Principal>,
}

#[cfg(test)]
mod tests;
