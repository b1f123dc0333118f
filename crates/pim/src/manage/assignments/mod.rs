//! Who holds what, and giving and taking it: eligibilities and assignments, as an administrator sees them.
//!
//! What the service would refuse is said before anything is sent, as far as it can be told from the role's policy
//! ([`AdminRules`]) and from who holds what ([`last`]). The service judges all the same, and can be asked to without anything
//! being done ([`crate::manage::Office::rehearse`]).

mod change;
mod desk;
mod judge;
pub mod last;

use crate::{
    model::{Holding, Kind, Principal},
    problem::Problem,
    view::Consent,
};

pub use change::{Change, End};
pub(super) use judge::days;
pub use judge::{AdminRules, SideRules, forbidden};

/// What one kind's service says about who holds what.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Of which kind.
    pub kind: Kind,
    /// What was found.
    pub found: Result<Vec<Holding>, Problem>,
    /// Groups or scopes that did not answer: there may be more.
    pub missing: Vec<(String, Problem)>,
    /// What an administrator has to consent to, where that is missing.
    pub consent: Option<Consent>,
}

/// Where to look: directory roles are told all at once, the others by where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Groups by id; none means those that the caller is in, or could be.
    pub groups: Vec<String>,
    /// Azure's scopes; none means the management groups and subscriptions that the caller sees.
    pub scopes: Vec<String>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The answer was lost; that it was done was looked up.
    pub looked_up: bool,
    /// It is not there yet: the service takes its time, or the start is to come.
    pub pending: bool,
}

/// By name, so that nothing jumps: role, scope, person.
pub fn sort(holdings: &mut [Holding]) {
    holdings.sort_by_cached_key(|held| {
        (
            held.key.kind,
            held.role.to_lowercase(),
            held.scope.clone(),
            called(&held.principal),
            held.side,
            held.id.clone(),
        )
    });
}

fn called(principal: &Principal) -> String {
    principal.called().to_lowercase()
}

#[cfg(test)]
mod tests;
