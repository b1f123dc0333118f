//! What the watch has told of already, kept over a restart so that nothing is told twice.

use std::{collections::BTreeMap, io};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::activations::Activation;
use crate::{paths::Paths, saved};

/// Version of the file.
const FORMAT: u32 = 1;

/// What is remembered of one account. Nothing in it is needed to run, and nothing is a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Memory {
    /// Somebody has asked for this account's decision before: it is looked at more often.
    pub approver: bool,
    /// Requests that were told of, by id, and until when they wait.
    pub approvals: BTreeMap<String, DateTime<Utc>>,
    /// Access reviews have been read in the Manage window: what that takes was consented to.
    pub reviewer: bool,
    /// Reviews whose deadline was told, by id, and when they end.
    pub reviews: BTreeMap<String, DateTime<Utc>>,
    /// Eligibilities whose end was told, by key, and that end.
    pub endings: BTreeMap<String, DateTime<Utc>>,
    /// Since when activations are watched; what was before is no news.
    pub watching_since: Option<DateTime<Utc>>,
    /// Up to when the log has been read.
    pub looked: Option<DateTime<Utc>>,
    /// Records that were dealt with, by id, and from when they are.
    pub activations: BTreeMap<String, DateTime<Utc>>,
    /// Activations that happened in quiet hours and are to be told afterwards.
    pub held: Vec<Activation>,
}

impl Memory {
    /// Reads an account's. One that cannot be read begins anew: at worst something is told once more.
    pub fn load(paths: &Paths, account: &str, now: DateTime<Utc>) -> Self {
        saved::recall(&paths.watched(account), "watch", FORMAT, now)
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn save(&self, paths: &Paths, account: &str) -> io::Result<()> {
        saved::remember(&paths.watched(account), FORMAT, self)
    }

    /// What is over can be forgotten.
    pub fn forget_before(&mut self, then: DateTime<Utc>) {
        for table in [&mut self.approvals, &mut self.reviews, &mut self.endings, &mut self.activations] {
            table.retain(|_, at| *at >= then);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_is_read_back_for_the_same_account() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        assert_eq!(Memory::load(&paths, "maya", now), Memory::default());
        let told = Memory { approver: true, approvals: [("r".into(), now)].into(), ..Memory::default() };
        told.save(&paths, "maya").unwrap();
        assert_eq!(Memory::load(&paths, "maya", now), told);
        assert_eq!(Memory::load(&paths, "omar", now), Memory::default());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        Memory::default().save(&paths, "maya").unwrap();
        std::fs::write(paths.watched("maya"), "{\"format\":1,\"content\":{\"approver\":7}}").unwrap();
        assert_eq!(Memory::load(&paths, "maya", now), Memory::default());
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let at = |hour: u32| format!("2026-11-23T{hour:02}:00:00Z").parse::<DateTime<Utc>>().unwrap();
        let mut memory = Memory { approvals: [("a".into(), at(9)), ("b".into(), at(11))].into(), ..Memory::default() };
        memory.forget_before(at(10));
        assert_eq!(memory.approvals.into_keys().collect::<Vec<_>>(), ["b"]);
    }
}
