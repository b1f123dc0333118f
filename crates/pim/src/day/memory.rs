//! What was done today, kept over a restart so that nothing is done twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{paths::Paths, saved};

/// Version of the file.
const FORMAT: u32 = 1;

/// What is remembered. Nothing in it is needed to run, and nothing is a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Memory {
    /// The day's end that is watched.
    pub end: Option<DayEnd>,
    /// What is being ended.
    pub sweeps: Vec<Sweep>,
    /// Reminders, by what they are about and when.
    pub reminders: BTreeMap<String, Asked>,
    /// Activations whose renewal was armed once, by account and role: when each began. They are not armed a second time.
    pub armed: BTreeMap<String, BTreeMap<String, DateTime<Utc>>>,
}

/// The end of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DayEnd {
    /// As it is set (`18:00`).
    pub at: String,
    /// Since when: a time that was past when it was set ends nothing on that day.
    pub since: DateTime<Utc>,
    /// The latest day on the wall.
    pub day: NaiveDate,
    /// When it came on that day, once it has.
    pub moment: Option<DateTime<Utc>>,
    /// It was announced on that day.
    pub warned: bool,
    /// Nothing is ended on that day.
    pub kept: bool,
}

/// Why something is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// The day has ended.
    Day,
    /// The screen was locked.
    Lock,
}

/// What was active at a moment is ended: once each, as soon as that is possible, on that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sweep {
    /// Why.
    pub why: Why,
    /// The day on the wall.
    pub day: NaiveDate,
    /// What began later is left.
    pub moment: DateTime<Utc>,
    /// What was tried, by account.
    pub tried: BTreeMap<String, BTreeSet<String>>,
    /// What is still locked, and was disarmed meanwhile, by account.
    pub disarmed: BTreeMap<String, BTreeSet<String>>,
}

/// A reminder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// Since when it is set: what was past by then is not asked.
    pub since: DateTime<Utc>,
    /// The day for which it was dealt with last.
    pub day: Option<NaiveDate>,
}

impl Memory {
    /// Reads it. One that cannot be read begins anew: what is past by now is not done.
    pub fn load(paths: &Paths, now: DateTime<Utc>) -> Self {
        saved::recall(&paths.day(), "day", FORMAT, now)
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn save(&self, paths: &Paths) -> io::Result<()> {
        saved::remember(&paths.day(), FORMAT, self)
    }

    /// Nothing is kept of accounts that are not `there`.
    pub fn retain_accounts(&mut self, there: impl Fn(&str) -> bool) {
        self.armed.retain(|account, _| there(account));
        for sweep in &mut self.sweeps {
            sweep.tried.retain(|account, _| there(account));
            sweep.disarmed.retain(|account, _| there(account));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_read_back_and_a_broken_file_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        assert_eq!(Memory::load(&paths, now), Memory::default());
        let asked = Asked { since: now, day: Some(now.date_naive()) };
        let done = Memory { reminders: [("x".into(), asked)].into(), ..Memory::default() };
        done.save(&paths).unwrap();
        assert_eq!(Memory::load(&paths, now), done);
        std::fs::write(paths.day(), "{\"format\":1,\"content\":{\"sweeps\":7}}").unwrap();
        assert_eq!(Memory::load(&paths, now), Memory::default());
    }
}
