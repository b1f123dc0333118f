//! What can be extended or renewed, and when; how that is shown.

use chrono::{DateTime, Duration, Utc};

use super::{Elevation, Stage, Which};
use crate::{
    model::{Assignment, Eligibility, Kind, MemberType, RoleKey},
    view::{ExtensionState, ExtensionView},
};

/// Before the end.
const EXTEND: Duration = Duration::days(14);
/// After the end.
pub(in crate::elevation) const RENEW: Duration = Duration::days(30);

/// Something with an end, that is the caller's own.
pub(super) struct Held<'a> {
    pub key: &'a RoleKey,
    pub principal_id: &'a str,
    pub start: Option<DateTime<Utc>>,
    pub end: DateTime<Utc>,
}

impl<'a> Held<'a> {
    /// What comes through a group, or from a scope above, is not the caller's to extend.
    fn eligibility(role: &'a Eligibility) -> Option<Self> {
        let Eligibility { key, principal_id, start, end, member_type, .. } = role;
        (*member_type == MemberType::Direct).then_some(())?;
        Some(Self { key, principal_id, start: *start, end: (*end)? })
    }

    fn assignment(row: &'a Assignment) -> Option<Self> {
        let Assignment { key, principal_id, start, end, member_type, .. } = row;
        (*member_type == MemberType::Direct).then_some(())?;
        Some(Self { key, principal_id, start: *start, end: (*end)? })
    }

    /// May it be asked for now? Then: is it a renewal?
    pub fn window(&self, now: DateTime<Utc>) -> Option<bool> {
        let open = (self.end - EXTEND..self.end + RENEW).contains(&now);
        open.then_some(now >= self.end)
    }
}

impl Elevation {
    pub(super) fn held(&self, which: &Which) -> Option<Held<'_>> {
        if which.eligibility {
            let lapsed = || self.lists.lapsed().find(|role| role.key.id() == which.id);
            Held::eligibility(self.lists.eligibility(&which.id).or_else(lapsed)?)
        } else {
            self.lists.active().find(|row| !row.activated && row.key.id() == which.id).and_then(Held::assignment)
        }
    }

    /// Was the list read in this run, and is there something in it that can be extended?
    pub(super) fn something_ends(&self, kind: Kind, eligibility: bool, now: DateTime<Utc>) -> bool {
        let source = self.lists.source(kind);
        let open = |held: Option<Held<'_>>| held.is_some_and(|held| held.window(now).is_some());
        let listed = self.listed_now(kind, eligibility);
        if eligibility {
            let mut roles = source.eligible.iter().chain(&source.lapsed);
            listed && roles.any(|role| open(Held::eligibility(role)))
        } else {
            let mut standing = source.active.iter().filter(|row| !row.activated);
            listed && standing.any(|row| open(Held::assignment(row)))
        }
    }

    /// Of an eligibility.
    pub(in crate::elevation) fn eligibility_extension(
        &self,
        role: &Eligibility,
        now: DateTime<Utc>,
    ) -> Option<ExtensionView> {
        self.extension_view(&Which { id: role.key.id(), eligibility: true }, Held::eligibility(role), now)
    }

    /// Of a standing assignment.
    pub(in crate::elevation) fn assignment_extension(
        &self,
        row: &Assignment,
        now: DateTime<Utc>,
    ) -> Option<ExtensionView> {
        self.extension_view(&Which { id: row.key.id(), eligibility: false }, Held::assignment(row), now)
    }

    fn extension_view(&self, which: &Which, held: Option<Held<'_>>, now: DateTime<Utc>) -> Option<ExtensionView> {
        let renew = held.and_then(|held| held.window(now));
        let extensions = &self.extensions;
        let state = if let Some(asked) = extensions.under_way.get(which) {
            match asked.stage {
                Stage::Permitting | Stage::SteppingUp { .. } => ExtensionState::SigningIn,
                _ => ExtensionState::Requesting,
            }
        } else if self.extension_waits(which) {
            ExtensionState::Requested
        } else if let Some(problem) = extensions.failed.get(which) {
            ExtensionState::Failed { problem: problem.clone() }
        } else {
            renew?;
            ExtensionState::Possible
        };
        Some(ExtensionView { renew: renew.unwrap_or(false), state })
    }
}
