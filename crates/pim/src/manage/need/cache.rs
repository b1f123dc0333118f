//! The role definitions as they were read last: with them questions are answered without anybody being asked.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    model::{Kind, RoleDefinition},
    paths::Paths,
    problem::Problem,
    saved,
    view::Notice,
};

/// Version of the file.
const FORMAT: u32 = 1;

/// Definitions that are older are read again, where that is possible.
const AGE: TimeDelta = TimeDelta::days(7);

/// The same where not all could be read: a refusal is a line in the sign-in log of somebody's tenant.
const AGE_OF_A_PART: TimeDelta = TimeDelta::days(1);

/// Definitions, as kept for an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cached {
    /// Whose ([`crate::view::Account::id`]).
    pub account: String,
    /// Server time of their reading.
    pub as_of: DateTime<Utc>,
    /// Azure's were asked for, too.
    pub azure: bool,
    /// The definitions.
    pub definitions: Vec<RoleDefinition>,
    /// Kinds of which not all could be read, with the reason.
    #[serde(default)]
    pub missing: Vec<(Kind, Problem)>,
}

impl Cached {
    /// Would a new reading tell more? `azure`: Azure may be asked.
    pub fn is_stale(&self, now: DateTime<Utc>, azure: bool) -> bool {
        let lasts = if self.missing.is_empty() { AGE } else { AGE_OF_A_PART };
        now - self.as_of > lasts || (azure && !self.azure)
    }
}

/// Reads what was kept for an account; one that cannot be used is set aside, which comes as a notice.
pub fn load(paths: &Paths, account: &str, now: DateTime<Utc>) -> (Option<Cached>, Option<Notice>) {
    let (read, notice) = saved::read_kept(&paths.definitions(account), "list of role definitions", FORMAT, now);
    // Another account's are nobody's business.
    (read.filter(|cached: &Cached| cached.account == account), notice)
}

/// Keeps definitions: the whole file or nothing.
///
/// # Errors
/// The disk's.
pub fn save(paths: &Paths, cached: &Cached) -> std::io::Result<()> {
    saved::remember(&paths.definitions(&cached.account), FORMAT, cached)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn cached() -> Cached {
        let definitions = vec![RoleDefinition {
            kind: Kind::DirectoryRole,
            id: "reader".into(),
            name: "Reader".into(),
            description: None,
            privileged: false,
            permissions: Vec::new(),
        }];
        Cached { account: "maya.contoso".into(), as_of: now(), azure: false, definitions, missing: Vec::new() }
    }

    #[test]
    fn what_was_kept_is_read_by_whom_it_is_of() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        assert_eq!(load(&paths, "maya.contoso", now()), (None, None));
        save(&paths, &cached()).unwrap();
        assert_eq!(load(&paths, "maya.contoso", now()), (Some(cached()), None));
        assert_eq!(load(&paths, "omar.contoso", now()), (None, None));
        fs::copy(paths.definitions("maya.contoso"), paths.definitions("omar.contoso")).unwrap();
        assert_eq!(load(&paths, "omar.contoso", now()).0, None, "another's");
        assert!(!cached().is_stale(now() + TimeDelta::days(6), false));
        assert!(cached().is_stale(now(), true) && cached().is_stale(now() + TimeDelta::days(8), false));
    }

    #[test]
    fn cut_off_at_any_byte_it_is_set_aside_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        save(&paths, &cached()).unwrap();
        let file = paths.definitions("maya.contoso");
        let whole = fs::read(&file).unwrap();
        for cut in 0..whole.len() {
            fs::write(&file, &whole[..cut]).unwrap();
            let (read, notice) = load(&paths, "maya.contoso", now());
            let notice = notice.expect("said");
            assert!(read.is_none() && notice.message.contains("kept as"), "{cut}: {notice:?}");
            assert!(!file.exists());
        }
        fs::write(&file, String::from_utf8(whole).unwrap().replace("\"format\":1", "\"format\":2")).unwrap();
        let (read, notice) = load(&paths, "maya.contoso", now());
        assert!(read.is_none() && notice.is_some_and(|notice| notice.message.contains("newer")));
    }
}
