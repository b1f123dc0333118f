//! A membership of a group has begun or ended: with it come and go the roles that the group gives, which the lists of
//! directory roles and of Azure show. They are read again then, and once more later, since they lag behind.

use chrono::{DateTime, Utc};

use super::{Again, Elevation};
use crate::model::{Kind, RoleKey};

/// Milliseconds until the other lists are read: soon, and when a slow one will have noticed.
const LOOKS: [i64; 3] = [2_000, 20_000, 120_000];
/// Kinds of roles that a group can give.
const GIVEN: [Kind; 2] = [Kind::DirectoryRole, Kind::AzureResource];

impl Elevation {
    /// Something has become active, or is not active any more.
    pub(super) fn changed(&mut self, key: &RoleKey, now: DateTime<Utc>) {
        if key.kind == Kind::Group {
            self.ripple = Some(Again::at(now).after(&LOOKS, now));
        }
    }

    pub(super) fn ripple_due(&mut self, now: DateTime<Utc>) {
        let Some(ripple) = self.ripple.filter(|ripple| ripple.at <= now) else { return };
        // What was refused is not asked for again unasked.
        for kind in GIVEN.into_iter().filter(|kind| !self.lists.source(*kind).refused()).collect::<Vec<_>>() {
            self.read_lists(kind, now);
        }
        self.ripple = (ripple.tries < LOOKS.len()).then(|| ripple.after(&LOOKS, now));
    }

    pub(super) fn ripple_deadline(&self) -> Option<DateTime<Utc>> {
        self.ripple.map(|ripple| ripple.at)
    }
}
