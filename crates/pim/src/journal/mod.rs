//! What must survive a crash: a file of JSON lines, each on the disk before what it announces is done.
//!
//! The first line names the format; then come snapshots (one account's whole memory) and facts, each with the account it
//! belongs to. One process writes; what others that ran beside it left unfinished is taken over at the next start; a torn last line is what a crash leaves behind and is dropped in silence; any other
//! line that cannot be read has the file set aside with a notice, and what could be read goes on in a new file.

mod absorb;
mod asked;
mod memory;

use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use asked::AskedExtension;
pub use memory::{EndIntent, Ended, Fact, Grant, Habit, Intent, Memory, Origin, Outcome, Past, Renewal};

use crate::{
    bundles::Bundle,
    paths::{self, Paths, set_aside},
    saved,
    view::{Notice, Severity},
};

/// Version of the lines below.
const FORMAT: u32 = 1;
/// Facts after which the file is written anew as snapshots.
const COMPACT_AFTER: usize = 500;
/// Journals that processes running side by side may have.
const JOURNALS: usize = 8;

#[derive(Serialize, Deserialize)]
struct Header {
    #[serde(rename = "pimentoJournal")]
    format: u32,
}

/// One of the two is there.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<Memory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Fact>,
}

/// An open journal. Dropping it lets the next process have it.
#[derive(Debug)]
pub struct Journal {
    file: PathBuf,
    /// Closed while the file is written anew.
    out: Option<File>,
    /// Held for as long as the journal is open; the system frees it when the process ends, however it ends.
    _lock: File,
    accounts: BTreeMap<String, Memory>,
    /// Bundles that the application keeps in its own journal, where this is the command line's.
    borrowed: BTreeMap<String, BTreeMap<String, Bundle>>,
    facts: usize,
}

impl Journal {
    /// Opens the journal, waiting up to `patience` for another process to let go of it; after that this process gets a
    /// journal of its own beside it. Blocks.
    pub fn open(paths: &Paths, patience: Duration, now: DateTime<Utc>) -> io::Result<(Self, Option<Notice>)> {
        paths.create()?;
        let (lock, file, number) = acquire(paths.state(), patience)?;
        let (mut accounts, mut notice) = read(&file, now)?;
        let orphans = orphans(paths.state(), number)?;
        for (_lock, orphan) in &orphans {
            let (theirs, trouble) = read(orphan, now)?;
            for (account, memory) in theirs {
                accounts.entry(account).or_default().absorb(memory);
            }
            notice = notice.or(trouble);
        }
        let text = text(&accounts)?;
        // What a process that only looked left is as it should be, and a look costs no wait for the disk.
        let out = if orphans.is_empty() && fs::read(&file).is_ok_and(|there| there == text) {
            append_to(&file)?
        } else {
            write_anew(&file, &text)?
        };
        for (_lock, orphan) in &orphans {
            saved::remove(orphan)?;
        }
        let borrowed = if paths.state() == paths.shared() { BTreeMap::new() } else { bundles_in(paths.shared()) };
        Ok((Self { file, out: Some(out), _lock: lock, accounts, borrowed, facts: 0 }, notice))
    }

    /// What is remembered for every account.
    pub fn memories(&self) -> HashMap<String, Memory> {
        let mut all: HashMap<String, Memory> = self.accounts.clone().into_iter().collect();
        for (account, bundles) in &self.borrowed {
            let own = &mut all.entry(account.clone()).or_default().bundles;
            for (name, bundle) in bundles {
                own.entry(name.clone()).or_insert_with(|| bundle.clone());
            }
        }
        all
    }

    /// What is remembered for an account.
    pub fn memory(&self, account: &str) -> Memory {
        self.accounts.get(account).cloned().unwrap_or_default()
    }

    /// Writes facts down. On the disk when this returns. Blocks.
    pub fn record(&mut self, account: &str, facts: &[Fact]) -> io::Result<()> {
        let mut text = Vec::new();
        for fact in facts {
            push(&mut text, &Line { account: account.to_owned(), note: Some(fact.clone()), ..Line::default() })?;
        }
        self.append(&text)?;
        let memory = self.accounts.entry(account.to_owned()).or_default();
        for fact in facts {
            memory.apply(fact);
        }
        self.facts += facts.len();
        // What is forgotten is forgotten in the file too: reasons may be confidential.
        let forgets = facts.iter().any(|fact| matches!(fact, Fact::Lapsed { .. }));
        if forgets || self.facts > COMPACT_AFTER {
            // The facts are safe already: should this fail, the file is merely longer than it could be until the next start.
            let _ = self.compact();
        }
        Ok(())
    }

    /// Forgets an account, in the file too: reasons may be confidential.
    pub fn forget(&mut self, account: &str) -> io::Result<()> {
        self.accounts.remove(account);
        self.compact()
    }

    /// Writes the file anew, without the facts that led to what is remembered.
    fn compact(&mut self) -> io::Result<()> {
        self.facts = 0;
        // Windows replaces no file that is open.
        self.out = None;
        self.out = Some(write_anew(&self.file, &text(&self.accounts)?)?);
        Ok(())
    }

    fn append(&mut self, text: &[u8]) -> io::Result<()> {
        let out = match self.out.take() {
            Some(out) => out,
            None => append_to(&self.file)?,
        };
        let out = self.out.insert(out);
        let before = out.metadata()?.len();
        let written = out.write_all(text).and_then(|()| out.sync_data());
        if written.is_err() {
            // Half a line in the middle would spoil the file for the next start.
            let _ = out.set_len(before);
        }
        written
    }
}

/// The bundles in somebody else's journal, who may be writing to it: what cannot be read is none of our business.
fn bundles_in(folder: &Path) -> BTreeMap<String, BTreeMap<String, Bundle>> {
    let bytes = fs::read(folder.join("journal.jsonl")).unwrap_or_default();
    let (accounts, _) = parse(&bytes);
    let bundles = accounts.into_iter().map(|(account, memory)| (account, memory.bundles));
    bundles.filter(|(_, bundles)| !bundles.is_empty()).collect()
}

/// The first journal that nobody else has open, with its lock and its number.
fn acquire(folder: &Path, patience: Duration) -> io::Result<(File, PathBuf, usize)> {
    const PAUSE: Duration = Duration::from_millis(50);
    let mut waited = Duration::ZERO;
    for n in 1..=JOURNALS {
        let (lock, file) = place(folder, n)?;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok((lock, file, n)),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if waited < patience => {
                    std::thread::sleep(PAUSE);
                    waited += PAUSE;
                }
                Err(TryLockError::WouldBlock) => break,
            }
        }
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, "every journal is in use by another process"))
}

/// Further journals whose processes are gone, however they ended; held until they are dropped.
fn orphans(folder: &Path, own: usize) -> io::Result<Vec<(File, PathBuf)>> {
    let mut orphans = Vec::new();
    for n in own + 1..=JOURNALS {
        let (lock, file) = place(folder, n)?;
        if lock.try_lock().is_ok() && file.exists() {
            orphans.push((lock, file));
        }
    }
    Ok(orphans)
}

/// A journal, and the file that is locked for it.
fn place(folder: &Path, n: usize) -> io::Result<(File, PathBuf)> {
    let name = if n == 1 { "journal".to_owned() } else { format!("journal-{n}") };
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(format!("{name}.lock")))?;
    Ok((lock, folder.join(format!("{name}.jsonl"))))
}

type Accounts = BTreeMap<String, Memory>;

fn read(file: &Path, now: DateTime<Utc>) -> io::Result<(Accounts, Option<Notice>)> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Accounts::new(), None)),
        Err(error) => return Err(error),
    };
    let (accounts, bad) = parse(&bytes);
    let Some((line, reason)) = bad else { return Ok((accounts, None)) };
    let aside = set_aside(file, now)?;
    let name = aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let notice = Notice {
        id: "journal".into(),
        severity: Severity::Warning,
        message: say!("journal-unreadable", line = line, reason = reason, name = name),
        detail: Some(file.display().to_string()),
    };
    Ok((accounts, Some(notice)))
}

/// What the lines say, and the first that says nothing, with the reason.
fn parse(bytes: &[u8]) -> (Accounts, Option<(usize, String)>) {
    let mut accounts = Accounts::new();
    let mut bad = None;
    let torn = !bytes.is_empty() && !bytes.ends_with(b"\n");
    let lines: Vec<_> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    for (index, line) in lines.iter().enumerate() {
        if index == 0 {
            match serde_json::from_slice::<Header>(line) {
                Ok(header) if header.format == FORMAT => continue,
                Ok(header) => {
                    let reason = format!("format {} is newer than this version's {FORMAT}", header.format);
                    return (accounts, Some((1, reason)));
                }
                // No header, but perhaps readable all the same.
                Err(error) => bad = Some((1, error.to_string())),
            }
        }
        match serde_json::from_slice::<Line>(line) {
            Ok(Line { account, memory, note }) => {
                let known = accounts.entry(account).or_default();
                if let Some(memory) = memory {
                    *known = memory;
                }
                if let Some(fact) = note {
                    known.apply(&fact);
                }
            }
            Err(_) if torn && index + 1 == lines.len() => {}
            Err(error) => bad = bad.or(Some((index + 1, error.to_string()))),
        }
    }
    (accounts, bad)
}

/// All that is remembered, without the facts that led to it.
fn text(accounts: &Accounts) -> io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec(&Header { format: FORMAT })?;
    text.push(b'\n');
    for (account, memory) in accounts {
        push(&mut text, &Line { account: account.clone(), memory: Some(memory.clone()), ..Line::default() })?;
    }
    Ok(text)
}

fn write_anew(file: &Path, text: &[u8]) -> io::Result<File> {
    let mut new = paths::write_anew(file)?;
    new.write_all(text)?;
    new.commit()?;
    append_to(file)
}

fn append_to(file: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(file)
}

fn push(text: &mut Vec<u8>, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *text, line)?;
    text.push(b'\n');
    Ok(())
}

#[cfg(test)]
mod tests;
