//! What is remembered of newer versions from one start to the next.

use std::io;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::manifest::Signed;
use crate::{paths::Paths, saved};

/// Version of the file.
const FORMAT: u32 = 1;

/// What is remembered. Nothing in it is needed to run, and nothing of it is believed without its signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Memory {
    /// When somebody last looked, whatever came of it.
    pub looked: Option<DateTime<Utc>>,
    /// When the service last said which version is the newest.
    pub told: Option<DateTime<Utc>>,
    /// The newest manifest that ever was verified: an older one is not taken in its place.
    pub newest: Option<Signed>,
    /// The version that the person wants no banner for.
    pub later: Option<String>,
}

impl Memory {
    /// Reads it. One that cannot be read begins anew.
    pub fn load(paths: &Paths, now: DateTime<Utc>) -> Self {
        saved::recall(&paths.updates(), "updates", FORMAT, now)
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn save(&self, paths: &Paths) -> io::Result<()> {
        saved::remember(&paths.updates(), FORMAT, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_read_back_and_a_broken_file_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        assert_eq!(Memory::load(&paths, now), Memory::default());
        let known = Memory { looked: Some(now), later: Some("0.2.0".into()), ..Memory::default() };
        known.save(&paths).unwrap();
        assert_eq!(Memory::load(&paths, now), known);
        std::fs::write(paths.updates(), "{\"format\":1,\"content\":{\"looked\":7}}").unwrap();
        assert_eq!(Memory::load(&paths, now), Memory::default());
    }
}
