use chrono::TimeDelta;

use super::*;
use crate::model::{Activation, Eligibility, Kind, RoleKey};

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
fn what_is_forgotten_is_gone_from_the_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(folder.path());
    let closed = |intent, at| Fact::Settled { intent, outcome: Outcome::Cancelled, at };
    let old = now() - TimeDelta::days(31);
    let facts = [intended(1), intended(2), intended(3), closed(1, old), closed(2, now())];
    journal.record("maya", &facts).unwrap();
    journal.record("omar", &[intended(7), closed(7, old)]).unwrap();
    let text = || fs::read_to_string(Paths::within(folder.path()).state().join("journal.jsonl")).unwrap();
    assert!(text().contains("reason 1"));
    journal.record("maya", &[Fact::Lapsed { before: now() - TimeDelta::days(30) }]).unwrap();
    let left = text();
    let there = |reason: &str| left.contains(&format!("\"{reason}\""));
    // What is open, what is not old enough, and another account's stay.
    assert!(!there("reason 1") && there("reason 2") && there("reason 3") && there("reason 7"), "{left}");
    let maya = journal.memory("maya");
    assert_eq!(maya.reasons, ["reason 3", "reason 2"]);
    drop(journal);
    assert_eq!(open(folder.path()).0.memory("maya"), maya);
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
fn a_time_that_cannot_be_reckoned_with_is_no_line_of_the_journal() {
    for (instead_of, hostile) in [
        ("\"at\":\"2026-11-23T12:00:00Z\"", "\"at\":\"+262142-12-31T23:59:00Z\""),
        ("\"duration\":60", "\"duration\":99999999999"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = open(folder.path());
        journal.record("maya", &[intended(1), intended(2)]).unwrap();
        let file = journal.file.clone();
        drop(journal);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(instead_of), "{text}");
        fs::write(&file, text.replacen(instead_of, hostile, 1)).unwrap();
        let (journal, notice) = open(folder.path());
        assert!(notice.unwrap().message.contains("line 2"), "{hostile}");
        assert_eq!(journal.memory("maya").intents.keys().collect::<Vec<_>>(), [&2], "{hostile}");
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
}

#[test]
fn what_a_process_beside_left_unfinished_is_taken_over_once_it_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, _) = open(folder.path());
    let (mut second, _) = open(folder.path());
    let (third, _) = open(folder.path());
    let settled = Fact::Settled { intent: 1, outcome: Outcome::Granted, at: now() };
    let file = third.file.clone();
    first.record("maya", &[intended(1), settled.clone()]).unwrap();
    // As the numbers were given out there.
    let Fact::Intended { intent } = intended(2) else { unreachable!() };
    let intent = |id| Fact::Intended { intent: Intent { id, ..intent.clone() } };
    second.record("maya", &[intent(1)]).unwrap();
    second.record("omar", &[intended(3), intended(4)]).unwrap();
    let left = second.file.clone();
    drop(first);
    let (first, _) = open(folder.path());
    assert_eq!(first.memory("maya").intents.len(), 0, "the other still runs");
    drop(first);
    let spoils = fs::read(&left).unwrap();
    drop(second);
    for _ in 0..2 {
        let (first, notice) = open(folder.path());
        assert_eq!(notice, None);
        let maya = first.memory("maya");
        let intents: Vec<_> =
            maya.intents.iter().map(|(id, intent)| (*id, &*intent.activation.justification)).collect();
        assert_eq!(intents, [(2, "reason 2")]);
        assert_eq!((maya.history.len(), maya.last_intent), (1, 2));
        assert_eq!(maya.reasons, ["reason 1", "reason 2"]);
        assert_eq!(first.memory("omar").intents.len(), 2);
        assert!(!left.exists() && file.exists(), "one is gone, the other belongs to somebody");
        drop(first);
        // As if the process had ended before it was removed: nothing comes twice.
        fs::write(&left, &spoils).unwrap();
    }
}

#[test]
fn what_was_taken_over_ends_where_the_newer_knowledge_says_so() {
    let at = |minutes| now() + TimeDelta::minutes(minutes);
    let key = RoleKey::directory("role", "/");
    let grant = |known_at| Grant {
        key: key.clone(),
        name: "Role".into(),
        instance: None,
        start: known_at,
        end: at(600),
        known_at,
        activation: None,
        warned: false,
        told: false,
    };
    let memory = |facts: &[Fact]| {
        let mut memory = Memory::default();
        for fact in facts {
            memory.apply(fact);
        }
        memory
    };
    let granted = |minutes| Fact::Granted { grant: grant(at(minutes)) };
    let ended = |minutes| Fact::Ended { key: key.clone(), at: at(minutes) };
    for (ours, theirs, active) in [
        (vec![], vec![granted(0)], true),
        (vec![granted(0), ended(9)], vec![granted(5)], false),
        (vec![granted(5)], vec![granted(0), ended(9)], false),
        (vec![granted(0), ended(9)], vec![granted(10)], true),
    ] {
        let mut merged = memory(&ours);
        merged.absorb(memory(&theirs));
        assert_eq!(merged.grants.contains_key(&key.id()), active, "{ours:?} {theirs:?}");
    }
}

/// One of each kind of thing that is remembered: none is lost with the process that knew it.
#[test]
fn everything_that_is_remembered_is_taken_over() {
    let key = |name: &str| RoleKey::directory(name, "/");
    let Fact::Intended { intent } = intended(1) else { unreachable!() };
    let Intent { activation, .. } = intent.clone();
    let role = Eligibility::new(key("named"), "entered", "Named", "me");
    let grant = |name: &str| Grant {
        key: key(name),
        name: name.into(),
        instance: None,
        start: now(),
        end: now() + TimeDelta::hours(1),
        known_at: now(),
        activation: None,
        warned: false,
        told: false,
    };
    let bundle = Bundle { name: "Morning".into(), reason: String::new(), roles: Vec::new() };
    let extension = crate::model::Extension {
        key: key("later"),
        principal_id: "me".into(),
        renew: false,
        eligibility: true,
        start: None,
        end: now() + TimeDelta::days(90),
        justification: "r".into(),
        request_id: None,
    };
    let had = now() + TimeDelta::days(3);
    let later = AskedExtension { extension, at: now(), had, taken: false, request: None };
    let facts = [
        Fact::Intended { intent: intent.clone() },
        Fact::Settled { intent: 1, outcome: Outcome::Granted, at: now() },
        Fact::Intended { intent: Intent { id: 2, at: now() + TimeDelta::minutes(1), ..intent } },
        Fact::Ending { ending: EndIntent { key: key("ending"), principal_id: "me".into(), at: now() } },
        Fact::Granted { grant: grant("active") },
        Fact::Granted { grant: grant("over") },
        Fact::Ended { key: key("over"), at: now() },
        Fact::Armed { renewal: Renewal { activation, origin: Origin::Renewal, due: None, instead_of: None } },
        Fact::Learned { kind: Kind::Group, ahead: true },
        Fact::Favoured { key: key("favourite"), favourite: true },
        Fact::BundleSaved { bundle },
        Fact::Entered { role: Box::new(role) },
        Fact::ExtensionIntended { asked: Box::new(later) },
    ];
    let mut known = Memory::default();
    for fact in &facts {
        known.apply(fact);
    }
    let remembered = serde_json::to_value(&known).unwrap();
    let empty = |value: &serde_json::Value| match value {
        serde_json::Value::Object(map) => map.is_empty(),
        serde_json::Value::Array(list) => list.is_empty(),
        _ => false,
    };
    for (field, value) in remembered.as_object().unwrap() {
        assert!(!empty(value), "{field} is left out of this test");
    }
    let mut other = Memory::default();
    other.absorb(known.clone());
    assert_eq!(other.entered, known.entered);
    let taken = serde_json::to_value(&other).unwrap();
    for (field, value) in taken.as_object().unwrap() {
        assert!(!empty(value), "{field} is not taken over");
    }
}

#[test]
fn a_later_end_that_was_asked_for_beside_is_taken_over_once_and_the_newer_counts() {
    let key = RoleKey::directory("role", "/");
    let asked = |minutes, reason: &str| {
        let extension = crate::model::Extension {
            key: key.clone(),
            principal_id: "me".into(),
            renew: false,
            eligibility: true,
            start: None,
            end: now() + TimeDelta::days(90),
            justification: reason.into(),
            request_id: None,
        };
        let (at, had) = (now() + TimeDelta::minutes(minutes), now() + TimeDelta::days(3));
        Fact::ExtensionIntended { asked: Box::new(AskedExtension { extension, at, had, taken: false, request: None }) }
    };
    let taken = Fact::ExtensionTaken { key: key.clone(), eligibility: true, request: Some("request-1".into()) };
    let folder = tempfile::tempdir().unwrap();
    let (mut first, _) = open(folder.path());
    let (mut second, _) = open(folder.path());
    first.record("maya", &[asked(0, "older")]).unwrap();
    second.record("maya", &[asked(1, "newer"), taken]).unwrap();
    drop((first, second));
    for _ in 0..2 {
        let (journal, notice) = open(folder.path());
        assert_eq!(notice, None);
        let memory = journal.memory("maya");
        let [asked] = &memory.extensions[..] else { panic!("{:?}", memory.extensions) };
        assert_eq!((asked.taken, asked.request.as_deref()), (true, Some("request-1")));
        assert_eq!(asked.extension.justification, "newer");
    }
    let (mut journal, _) = open(folder.path());
    journal.record("maya", &[Fact::ExtensionOver { key: key.clone(), eligibility: false }]).unwrap();
    assert_eq!(journal.memory("maya").extensions.len(), 1, "of the assignment, not of the eligibility");
    journal.record("maya", &[Fact::ExtensionOver { key, eligibility: true }]).unwrap();
    drop(journal);
    assert_eq!(open(folder.path()).0.memory("maya").extensions, []);
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

#[cfg(unix)]
#[test]
fn a_look_writes_nothing() {
    use std::os::unix::fs::MetadataExt;

    let folder = tempfile::tempdir().unwrap();
    let inode = |journal: &Journal| fs::metadata(&journal.file).unwrap().ino();
    let (mut journal, _) = open(folder.path());
    journal.record("maya", &[intended(1)]).unwrap();
    let recorded = inode(&journal);
    drop(journal);
    // Facts are written anew as what they come to, once.
    let (journal, _) = open(folder.path());
    let compacted = inode(&journal);
    assert_ne!(compacted, recorded);
    drop(journal);
    let (mut journal, _) = open(folder.path());
    assert_eq!(inode(&journal), compacted);
    // What comes after it is kept all the same.
    journal.record("maya", &[intended(2)]).unwrap();
    drop(journal);
    assert_eq!(open(folder.path()).0.memory("maya").intents.len(), 2);
}
