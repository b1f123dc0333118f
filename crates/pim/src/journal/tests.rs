use chrono::TimeDelta;

use super::*;
use crate::model::{Activation, RoleKey};

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn intended(id: u64) -> Fact {
    let key = RoleKey::directory(format!("role-{id}"), "/");
    let activation = Activation::new(key, "me", TimeDelta::hours(1), format!("reason {id}"));
    Fact::Intended {
        intent: Intent {
            id,
            activation,
            origin: Origin::User,
            at: now(),
            request: None,
            name: String::new(),
            scope: None,
        },
    }
}

fn open(folder: &Path) -> (Journal, Option<Notice>) {
    Journal::open(&Paths::within(folder), Duration::ZERO, now()).unwrap()
}

#[test]
fn what_was_recorded_is_there_after_a_restart_and_accounts_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, notice) = open(folder.path());
    assert_eq!(notice, None);
    journal.record("maya", &[intended(1), intended(2)]).unwrap();
    journal.record("omar", &[intended(7)]).unwrap();
    let (maya, omar) = (journal.memory("maya"), journal.memory("omar"));
    drop(journal);
    let (journal, notice) = open(folder.path());
    assert_eq!(notice, None);
    assert_eq!((journal.memory("maya"), journal.memory("omar")), (maya, omar));
    assert_eq!(journal.memory("maya").intents.len(), 2);
    assert_eq!(journal.memory("nobody"), Memory::default());
}

#[test]
fn the_command_line_sees_the_bundles_of_the_application_and_changes_none() {
    let folder = tempfile::tempdir().unwrap();
    let bundle = |name: &str, reason: &str| {
        let roles = vec![crate::bundles::BundleRole::new(&RoleKey::directory("role", "/"), "Role", None)];
        Bundle { name: name.into(), reason: reason.into(), roles }
    };
    let saved = |name: &str, reason: &str| Fact::BundleSaved { bundle: bundle(name, reason) };
    let (mut journal, _) = open(folder.path());
    journal.record("maya", &[saved("On call", "the application's"), saved("Audit", "the application's")]).unwrap();
    let paths = Paths::within(folder.path()).for_command_line();
    let (mut beside, _) = Journal::open(&paths, Duration::ZERO, now()).unwrap();
    beside.record("maya", &[saved("Audit", "its own")]).unwrap();
    let reasons: Vec<_> = beside.memories()["maya"].bundles.values().map(|bundle| bundle.reason.clone()).collect();
    assert_eq!(reasons, ["its own", "the application's"]);
    drop(beside);
    assert_eq!(open_beside(&paths), ["Audit"], "nothing of the other's is written down here");
    assert_eq!(journal.memories()["maya"].bundles.len(), 2);
}

fn open_beside(paths: &Paths) -> Vec<String> {
    let (journal, notice) = Journal::open(paths, Duration::ZERO, now()).unwrap();
    assert_eq!(notice, None);
    journal.memory("maya").bundles.into_keys().collect()
}

#[test]
fn a_journal_torn_anywhere_in_its_last_line_starts_without_a_notice() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(folder.path());
    journal.record("maya", &[intended(1)]).unwrap();
    let file = journal.file.clone();
    let whole = fs::read(&file).unwrap().len();
    journal.record("maya", &[intended(2)]).unwrap();
    drop(journal);
    let bytes = fs::read(&file).unwrap();
    for end in whole..bytes.len() {
        fs::write(&file, &bytes[..end]).unwrap();
        let (mut journal, notice) = open(folder.path());
        assert_eq!(notice, None, "cut at {end}");
        // The line is complete once only its line feed is missing.
        let expected = if end + 1 == bytes.len() { 2 } else { 1 };
        assert_eq!(journal.memory("maya").intents.len(), expected, "cut at {end}");
        journal.record("maya", &[intended(3)]).unwrap();
        drop(journal);
        assert_eq!(open(folder.path()).0.memory("maya").intents.len(), expected + 1);
    }
}

#[test]
fn a_spoilt_line_is_named_the_file_kept_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(folder.path());
    journal.record("maya", &[intended(1), intended(2)]).unwrap();
    let file = journal.file.clone();
    drop(journal);
    let text = fs::read_to_string(&file).unwrap();
    let mut lines: Vec<_> = text.lines().collect();
    lines.insert(2, "{\"account\":\"maya\",\"note\":{\"fact\":");
    let spoilt = lines.join("\n") + "\n";
    fs::write(&file, &spoilt).unwrap();
    let (journal, notice) = open(folder.path());
    let notice = notice.unwrap();
    assert!(notice.message.contains("line 3"), "{}", notice.message);
    assert_eq!(journal.memory("maya").intents.len(), 2);
    let aside = folder.path().join("journal.jsonl.aside-20261123T120000Z");
    assert_eq!(fs::read_to_string(aside).unwrap(), spoilt);
}

#[test]
fn garbage_and_newer_formats_are_set_aside() {
    for bytes in [&b"\xff\xfe\x00garbage"[..], b"{\"pimentoJournal\":2}\n{\"new\":1}\n", b"[]\n", b"\n\n\n{}"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("journal.jsonl"), bytes).unwrap();
        let (mut journal, notice) = open(folder.path());
        assert!(notice.is_some());
        journal.record("maya", &[intended(1)]).unwrap();
        drop(journal);
        assert_eq!(open(folder.path()).0.memory("maya").intents.len(), 1);
        assert_eq!(fs::read(folder.path().join("journal.jsonl.aside-20261123T120000Z")).unwrap(), bytes);
    }
}

#[test]
fn a_second_process_gets_a_journal_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, _) = open(folder.path());
    let (mut second, _) = open(folder.path());
    assert_ne!(first.file, second.file);
    first.record("maya", &[intended(1)]).unwrap();
    second.record("maya", &[intended(2)]).unwrap();
    drop((first, second));
    assert_eq!(open(folder.path()).0.memory("maya").last_intent, 1);
}

#[test]
fn a_long_journal_is_compacted_and_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(folder.path());
    for id in 1..=u64::try_from(COMPACT_AFTER).unwrap() + 10 {
        let settled = Fact::Settled { intent: id, outcome: Outcome::Granted, at: now() };
        journal.record("maya", &[intended(id), settled]).unwrap();
    }
    let lines = fs::read_to_string(&journal.file).unwrap().lines().count();
    assert!(lines < COMPACT_AFTER, "{lines} lines");
    let memory = journal.memory("maya");
    drop(journal);
    assert_eq!(open(folder.path()).0.memory("maya"), memory);
}

#[test]
fn a_forgotten_account_leaves_nothing_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(folder.path());
    journal.record("maya", &[intended(1)]).unwrap();
    journal.record("omar", &[intended(2)]).unwrap();
    journal.forget("maya").unwrap();
    let text = fs::read_to_string(&journal.file).unwrap();
    assert!(!text.contains("maya") && !text.contains("reason 1"));
    assert!(text.contains("reason 2"));
}
