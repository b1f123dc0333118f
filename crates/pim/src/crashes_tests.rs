//! Promise R5: files survive a crash. A process that writes all of them is killed again and again, at whatever it is doing;
//! and files are found torn, spoilt, or written by a newer version.

use std::{
    collections::BTreeSet,
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use crate::{
    elevation::Known,
    journal::{Fact, Intent, Journal, Origin, Outcome},
    model::{Activation, RoleKey},
    paths::Paths,
    saved::{self, Change, SavedSession, SavedView},
    settings,
    view::{Account, Settings},
};

/// Children that other tests start hold this process's locks for a moment, from their birth to their own program.
const SOON: Duration = Duration::from_secs(10);

/// The folder of the process that is to be killed.
const FOLDER: &str = "PIMENTO_TEST_WRITER";

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn intent(id: u64) -> Intent {
    let activation =
        Activation::new(RoleKey::directory(format!("role-{}", id % 7), "/"), "me", TimeDelta::hours(1), "why");
    Intent { id, activation, origin: Origin::User, at: now(), request: None, name: String::new(), scope: None }
}

fn session() -> SavedSession {
    let account = Account {
        id: "maya".into(),
        username: "maya@contoso.example".into(),
        name: "Maya".into(),
        tenant: "Contoso".into(),
        tenant_id: "t".into(),
        cloud: "loopback".into(),
        demo: true,
        remembered: true,
    };
    SavedSession {
        account,
        client_id: "c".into(),
        allowed: Vec::new(),
        reach: None,
        extending: BTreeSet::new(),
        guessed: false,
        colour: 0,
    }
}

fn view(number: i64) -> SavedView {
    SavedView { account: "maya".into(), clock_offset: number, known: Known::default() }
}

/// Settings that say their number.
fn numbered(number: i64) -> Settings {
    Settings { tenant: Some(number.to_string()), ..Settings::default() }
}

fn number(settings: &Settings) -> i64 {
    settings.tenant.as_deref().map_or(0, |number| number.parse().unwrap())
}

/// The process that is killed: writes every file in turn, each time with the next number, and says so when it is done.
#[test]
#[ignore = "started by the test below"]
fn the_writer() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let paths = Paths::within(Path::new(&folder));
    let (mut journal, notice) = Journal::open(&paths, Duration::from_secs(5), now()).unwrap();
    assert_eq!(notice, None);
    let mut out = std::io::stdout().lock();
    let mut say = |what: &str, number: i64| writeln!(out, "wrote {what} {number}").and_then(|()| out.flush()).unwrap();
    let before = journal.memory("maya");
    // What the last one left open, when it was killed between the two writes.
    for left in before.intents.keys() {
        journal.record("maya", &[Fact::Settled { intent: *left, outcome: Outcome::Granted, at: now() }]).unwrap();
    }
    let first = before.last_intent + 1;
    say("nothing", 0);
    for next in first.. {
        let number = i64::try_from(next).unwrap();
        journal.record("maya", &[Fact::Intended { intent: intent(next) }]).unwrap();
        say("journal", number);
        journal.record("maya", &[Fact::Settled { intent: next, outcome: Outcome::Granted, at: now() }]).unwrap();
        settings::save(&paths.settings(), &numbered(number)).unwrap();
        say("settings", number);
        saved::save_view(&paths, &view(number)).unwrap();
        say("view", number);
        saved::change(
            &paths,
            Change::Keep(Box::new(SavedSession { client_id: number.to_string(), ..session() })),
            now(),
        )
        .unwrap();
        say("session", number);
    }
}

/// How often it is killed; `PIMENTO_KILLS` says otherwise.
fn kills() -> usize {
    env::var("PIMENTO_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(1_000)
}

/// What a process said before it died: the highest number of each file.
#[derive(Debug, Default)]
struct Said {
    journal: i64,
    settings: i64,
    view: i64,
    session: i64,
}

impl Said {
    fn hear(&mut self, line: &str) {
        let mut words = line.rsplit(' ');
        // A line that the kill has torn says nothing; neither does what the test's own frame prints.
        let (Some(number), Some(what)) = (words.next().and_then(|number| number.parse().ok()), words.next()) else {
            return;
        };
        match what {
            "journal" => self.journal = number,
            "settings" => self.settings = number,
            "view" => self.view = number,
            "session" => self.session = number,
            _ => {}
        }
    }
}

#[cfg(unix)]
#[test]
fn killed_at_a_thousand_points_it_starts_every_time_and_has_lost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::within(folder.path());
    let mut said = Said::default();
    let mut dice = 0x9e37_79b9_u32;
    for _ in 0..kills() {
        let mut writer = Command::new(env::current_exe().unwrap())
            .args(["--exact", "crashes_tests::the_writer", "--ignored", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(writer.stdout.take().unwrap());
        // Some lines, and then some thousand turns of nothing: anywhere between two writes, and in the middle of one.
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut line = String::new();
        let mut wanted = dice >> 29;
        while lines.read_line(&mut line).unwrap() > 0 {
            said.hear(line.trim_end());
            if line.contains("wrote") {
                let Some(left) = wanted.checked_sub(1) else { break };
                wanted = left;
            }
            line.clear();
        }
        for _ in 0..(dice >> 8) & 0x3_ffff {
            std::hint::spin_loop();
        }
        writer.kill().unwrap();
        let ended = writer.wait().unwrap();
        assert!(!ended.success(), "it ended by itself");
        let mut rest = String::new();
        lines.read_to_string(&mut rest).unwrap();
        // The last line may be torn.
        let whole = rest.rfind('\n').map_or("", |end| &rest[..end]);
        whole.lines().for_each(|line| said.hear(line));

        let (journal, notice) = Journal::open(&paths, Duration::from_secs(5), now()).unwrap();
        assert_eq!(notice, None, "{said:?}");
        let memory = journal.memory("maya");
        assert!(i64::try_from(memory.last_intent).unwrap() >= said.journal, "{said:?}: {}", memory.last_intent);
        assert!(memory.intents.len() <= 1, "what was settled is open again: {:?}", memory.intents.keys());
        let (settings, notice) = settings::load(&paths.settings(), now());
        assert_eq!(notice, None);
        assert!(number(&settings) >= said.settings, "{said:?}: {settings:?}");
        let (accounts, view, notices) = saved::load(&paths, now());
        assert_eq!(notices, Vec::new());
        // Of an account that nobody has written down yet no view is read.
        let viewed = view.map_or(0, |view| view.clock_offset);
        assert!(viewed >= said.view || said.session == 0, "{said:?}: {viewed}");
        let kept = accounts.current().map_or(0, |session| session.client_id.parse().unwrap());
        assert!(kept >= said.session, "{said:?}: {kept}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".aside-")), "{left:?}");
    println!("R5: killed at {} points, {said:?} written, nothing lost, nothing set aside", kills());
}

/// What can have happened to a file.
#[derive(Clone, Debug)]
enum Harm {
    Cut(usize),
    Zeroes(usize),
    Flip(usize, u8),
    Insert(usize, Vec<u8>),
    Noise(Vec<u8>),
    Newer,
    Twice,
}

impl Harm {
    fn any() -> impl Strategy<Value = Self> {
        let bytes = || prop::collection::vec(any::<u8>(), 0..200);
        prop_oneof![
            any::<usize>().prop_map(Self::Cut),
            any::<usize>().prop_map(Self::Zeroes),
            (any::<usize>(), 1u8..).prop_map(|(at, bits)| Self::Flip(at, bits)),
            (any::<usize>(), bytes()).prop_map(|(at, bytes)| Self::Insert(at, bytes)),
            bytes().prop_map(Self::Noise),
            Just(Self::Newer),
            Just(Self::Twice),
        ]
    }

    fn done_to(&self, whole: &[u8]) -> Vec<u8> {
        let at = |place: usize| place % (whole.len() + 1);
        let mut bytes = whole.to_vec();
        match self {
            Self::Cut(place) => bytes.truncate(at(*place)),
            // As file systems leave it after a power failure.
            Self::Zeroes(place) => bytes[at(*place)..].fill(0),
            Self::Flip(place, bits) => {
                let place = place % bytes.len().max(1);
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= bits;
                }
            }
            Self::Insert(place, more) => drop(bytes.splice(at(*place)..at(*place), more.iter().copied())),
            Self::Noise(noise) => bytes.clone_from(noise),
            Self::Newer => {
                let text = String::from_utf8_lossy(whole);
                let newer =
                    text.replace("\"pimentoJournal\":1", "\"pimentoJournal\":9").replace("\"format\":", "\"format\":9");
                bytes = newer.replace("warnMinutes", "warnSeconds").into_bytes();
            }
            Self::Twice => bytes.extend_from_slice(whole),
        }
        bytes
    }
}

/// Everything that was set aside in a folder and below.
fn aside(folder: &Path) -> BTreeSet<Vec<u8>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(aside(&entry.path()));
        } else if entry.file_name().to_string_lossy().contains(".aside-") {
            found.insert(fs::read(entry.path()).unwrap());
        }
    }
    found
}

#[test]
fn whatever_has_happened_to_a_file_it_starts_and_what_it_cannot_use_is_kept() {
    // Whole files, as they are written.
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::within(folder.path());
    let (mut journal, _) = Journal::open(&paths, SOON, now()).unwrap();
    journal.record("maya", &[Fact::Intended { intent: intent(1) }]).unwrap();
    journal.record("maya", &[Fact::Intended { intent: intent(2) }]).unwrap();
    drop(journal);
    settings::save(&paths.settings(), &numbered(1)).unwrap();
    saved::save_view(&paths, &view(1)).unwrap();
    saved::change(&paths, Change::Keep(Box::new(session())), now()).unwrap();
    let names = ["journal.jsonl", "settings.toml", "session.json", "saved/maya.json"];
    let whole = names.map(|name| fs::read(folder.path().join(name)).unwrap());

    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) };
    let (tried, kept) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    proptest!(config, |(which in 0..names.len(), harm in Harm::any())| {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        paths.create().unwrap();
        for (name, bytes) in names.iter().zip(&whole) {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let harmed = harm.done_to(&whole[which]);
        fs::write(folder.path().join(names[which]), &harmed).unwrap();

        let (mut journal, trouble) = Journal::open(&paths, SOON, now()).unwrap();
        let (read, unset) = settings::load(&paths.settings(), now());
        let (accounts, _, notices) = saved::load(&paths, now());
        let told = usize::from(trouble.is_some()) + usize::from(unset.is_some()) + notices.len();
        let aside = aside(folder.path());
        prop_assert!(told <= 1 && told == aside.len(), "{} told, {} set aside", told, aside.len());
        if told == 1 {
            prop_assert!(aside.contains(&harmed), "what was set aside is not what was there");
            kept.set(kept.get() + 1);
        }
        // The other files are as they were.
        if which != 0 {
            prop_assert_eq!(journal.memory("maya").intents.len(), 2);
        }
        if which != 1 {
            prop_assert_eq!(number(&read), 1);
        }
        if which != 2 {
            prop_assert_eq!(accounts.accounts.len(), 1);
        }
        // And it goes on: what is written now is there the next time.
        journal.record("maya", &[Fact::Intended { intent: intent(9) }]).unwrap();
        drop(journal);
        settings::save(&paths.settings(), &numbered(2)).unwrap();
        saved::change(&paths, Change::Keep(Box::new(session())), now()).unwrap();
        saved::save_view(&paths, &view(2)).unwrap();
        let (journal, trouble) = Journal::open(&paths, SOON, now()).unwrap();
        prop_assert!(trouble.is_none() && journal.memory("maya").intents.contains_key(&9));
        prop_assert_eq!(number(&settings::load(&paths.settings(), now()).0), 2);
        let (accounts, view, notices) = saved::load(&paths, now());
        prop_assert!(notices.is_empty() && accounts.accounts.iter().any(|each| each.account.id == "maya"));
        prop_assert_eq!(view.filter(|view| view.account == "maya").map_or(2, |view| view.clock_offset), 2);
        tried.set(tried.get() + 1);
    });
    println!("R5: {} files torn, spoilt or newer: {} set aside whole, it started every time", tried.get(), kept.get());
}
