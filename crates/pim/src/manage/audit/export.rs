//! The history as a file, that an interruption at any byte does not spoil.
//!
//! What has arrived lies in `FILE.part`, and beside it `FILE.part.json` says how much of that holds: its length and SHA-256,
//! and where in the history to go on. It is replaced as a whole, and only after what it speaks of is on the disk. Whoever begins
//! again cuts off what came after, if the rest is what it should be. At the end the manifest is written and the file gets its
//! name. Nothing is ever written over.
//!
//! Where to go on is a moment, not a page of the service's: the history is read from its newest record backwards, and the
//! addresses of pages lapse.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Format, Matcher, Page, Query};
use crate::paths::{set_aside, write_anew};

/// Version of what lies beside an unfinished file.
const FORMAT: u32 = 1;

/// How often, and at which distance, another process is waited for.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(25);

/// How a file is read again.
const CHUNK: usize = 64 << 10;

/// What lies beside a finished file: what was asked, when, and how to tell that the file is as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The file's name.
    pub file: String,
    /// Its kind.
    pub format: Format,
    /// What was asked.
    pub query: Query,
    /// Whose sign-in it was read with ([`crate::view::Account::id`]).
    pub account: String,
    /// Server time of the beginning: nothing younger is in it.
    pub begun: DateTime<Utc>,
    /// Server time of the end.
    pub finished: DateTime<Utc>,
    /// Records in the file.
    pub count: u64,
    /// Records that were looked at.
    pub read: u64,
    /// Records of the service that this version could not read, and that are not in the file.
    pub unreadable: u64,
    /// How often it was taken up again.
    pub interruptions: u64,
    /// The file's length.
    pub bytes: u64,
    /// The file's SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// Where a file comes to lie whose name is `file` with this at its end.
pub fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(end);
    file.with_file_name(name)
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// Nothing is written over.
    #[error("{}", say!("file-is-there", file = .0.display().to_string()))]
    There(PathBuf),
    /// Another process is at it.
    #[error("{}", say!("file-is-busy", file = .0.display().to_string()))]
    Busy(PathBuf),
    /// What was begun there is something else.
    #[error("{}", another(.0))]
    Other(PathBuf),
    /// The disk's trouble.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

fn another(file: &Path) -> String {
    let state = beside(file, ".json").display().to_string();
    say!("file-is-another", file = file.display().to_string(), state = state)
}

/// What is known of the unfinished file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    format: u32,
    /// The question as it was typed: `30d` is another moment every time.
    asked: String,
    query: Query,
    account: String,
    kind: Format,
    begun: DateTime<Utc>,
    bytes: u64,
    sha256: String,
    count: u64,
    read: u64,
    unreadable: u64,
    interruptions: u64,
    edge: Option<Edge>,
    complete: bool,
}

/// The last record that was looked at: its second, and those within the same second. Older ones are still to come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Edge {
    second: DateTime<Utc>,
    ids: BTreeSet<String>,
}

/// A download that has not come to its end, as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Its file, once it is finished.
    pub file: PathBuf,
    /// The question as it was typed.
    pub asked: String,
    /// Its kind.
    pub format: Format,
    /// Server time of the beginning.
    pub begun: DateTime<Utc>,
    /// Records so far.
    pub count: u64,
    /// Of which moment the oldest of them is, to the second.
    pub reached: Option<DateTime<Utc>>,
}

impl Unfinished {
    /// What lies there of an account's download to `file`.
    pub(super) fn at(file: PathBuf, account: &str) -> io::Result<Option<Self>> {
        let Some(Ok(state)) = read_state(&beside(&file, ".part.json"))? else { return Ok(None) };
        if state.account != account || !(state.complete || beside(&file, ".part").try_exists()?) {
            return Ok(None);
        }
        let State { asked, kind: format, begun, count, edge, .. } = state;
        Ok(Some(Self { file, asked, format, begun, count, reached: edge.map(|edge| edge.second) }))
    }
}

/// How a beginning turned out.
#[derive(Debug)]
pub enum Begun {
    /// It goes on: read from [`Export::query`]'s end backwards.
    Open(Box<Export>),
    /// All of it had been written; only its name was missing.
    Finished(Box<Manifest>),
}

/// A file that is being written. Dropped, it can be taken up again.
#[derive(Debug)]
pub struct Export {
    file: PathBuf,
    part: File,
    hash: Sha256,
    state: State,
    matcher: Matcher,
    /// As read at the beginning: what was written before is not written again.
    written: Option<Edge>,
    /// What could not be used and was kept under another name.
    pub aside: Vec<PathBuf>,
}

impl Export {
    /// Begins to write `file`, or goes on with what an earlier run has left. `asked` is the question as somebody typed it.
    ///
    /// # Errors
    /// See [`Failed`].
    pub fn begin(
        file: &Path,
        kind: Format,
        query: Query,
        asked: &str,
        account: &str,
        now: DateTime<Utc>,
    ) -> Result<Begun, Failed> {
        let (part, beside_it) = (beside(file, ".part"), beside(file, ".part.json"));
        let mut aside = Vec::new();
        let state = match read_state(&beside_it)? {
            Some(Ok(state)) => Some(state),
            Some(Err(())) => {
                aside.push(set_aside(&beside_it, now)?);
                None
            }
            None => None,
        };
        if file.try_exists()? {
            // Interrupted between the last two steps.
            if let Some(state) = state.filter(|state| state.complete && state.is(asked, account, kind))
                && !part.try_exists()?
                && hash_of(&mut File::open(file)?, state.bytes)?.as_deref() == Some(state.sha256.as_str())
            {
                fs::remove_file(&beside_it)?;
                return Ok(Begun::Finished(Box::new(state.manifest(file, now))));
            }
            return Err(Failed::There(file.to_owned()));
        }
        if state.as_ref().is_some_and(|state| !state.is(asked, account, kind)) {
            return Err(Failed::Other(part));
        }
        let mut opened = open(&part)?;
        let usable = match &state {
            Some(state) => resumed(&mut opened, state)?.map(|hash| (state.clone(), hash)),
            None => None,
        };
        let (state, hash, written) = if let Some((state, hash)) = usable {
            let written = state.edge.clone();
            (State { interruptions: state.interruptions + 1, ..state }, hash, written)
        } else {
            // What lies there is not what it should be, or nobody's.
            if opened.metadata()?.len() > 0 {
                drop(opened);
                aside.push(set_aside(&part, now)?);
                opened = open(&part)?;
            }
            let head = kind.head();
            opened.set_len(0)?;
            opened.write_all(head.as_bytes())?;
            let hash = Sha256::new_with_prefix(head.as_bytes());
            let query = Query { to: Some(query.to.map_or(now, |to| to.min(now))), ..query };
            let state = State {
                format: FORMAT,
                asked: asked.to_owned(),
                query,
                account: account.to_owned(),
                kind,
                begun: now,
                bytes: head.len() as u64,
                sha256: String::new(),
                count: 0,
                read: 0,
                unreadable: 0,
                interruptions: 0,
                edge: None,
                complete: false,
            };
            (state, hash, None)
        };
        let matcher = state.query.matcher();
        let mut export = Self { file: file.to_owned(), part: opened, hash, state, matcher, written, aside };
        export.keep()?;
        Ok(Begun::Open(Box::new(export)))
    }

    /// What is written.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What is still to be read: the question, with its end where the last run ended.
    pub fn query(&self) -> Query {
        let until = self.written.as_ref().map(|edge| edge.second + TimeDelta::seconds(1));
        let to = self.state.query.to.map(|to| until.map_or(to, |until| until.min(to)));
        Query { to, ..self.state.query.clone() }
    }

    /// Had all been read when an earlier run was interrupted?
    pub fn is_complete(&self) -> bool {
        self.state.complete
    }

    /// Records in the file so far.
    pub fn count(&self) -> u64 {
        self.state.count
    }

    /// Records that this version could not read, so far.
    pub fn unreadable(&self) -> u64 {
        self.state.unreadable
    }

    /// Records looked at so far.
    pub fn read(&self) -> u64 {
        self.state.read
    }

    /// Of which moment the oldest of them is, to the second.
    pub fn reached(&self) -> Option<DateTime<Utc>> {
        self.state.edge.as_ref().map(|edge| edge.second)
    }

    /// Writes what is asked for of a page, newest first. When this returns, it is on the disk.
    ///
    /// # Errors
    /// The disk's. The file can be taken up again.
    pub fn take(&mut self, page: &Page) -> io::Result<()> {
        let mut text = String::new();
        for record in &page.records {
            let second = record.at.duration_trunc(TimeDelta::seconds(1)).map_err(io::Error::other)?;
            if let Some(written) = &self.written
                && (second > written.second || (second == written.second && written.ids.contains(&record.id)))
            {
                continue;
            }
            self.state.read += 1;
            match &mut self.state.edge {
                Some(edge) if edge.second == second => drop(edge.ids.insert(record.id.clone())),
                edge => *edge = Some(Edge { second, ids: BTreeSet::from([record.id.clone()]) }),
            }
            if self.matcher.matches(record) {
                text.push_str(&self.state.kind.line(record));
                self.state.count += 1;
            }
        }
        self.state.unreadable += page.unreadable;
        self.part.write_all(text.as_bytes())?;
        self.hash.update(text.as_bytes());
        self.state.bytes += text.len() as u64;
        self.keep()
    }

    /// All has been read: writes the manifest, and gives the file its name.
    ///
    /// # Errors
    /// The disk's, or [`Failed::There`] where somebody has put a file there meanwhile.
    pub fn finish(mut self, now: DateTime<Utc>) -> Result<Manifest, Failed> {
        self.state.complete = true;
        self.keep()?;
        let manifest = self.state.manifest(&self.file, now);
        let mut new = write_anew(&beside(&self.file, ".manifest.json"))?;
        new.write_all(&serde_json::to_vec_pretty(&manifest).map_err(io::Error::other)?)?;
        new.write_all(b"\n")?;
        new.commit()?;
        if self.file.try_exists()? {
            return Err(Failed::There(self.file));
        }
        fs::rename(beside(&self.file, ".part"), &self.file)?;
        sync_folder(&self.file)?;
        fs::remove_file(beside(&self.file, ".part.json"))?;
        Ok(manifest)
    }

    /// Leaves nothing of it: for one that nothing has come to.
    ///
    /// # Errors
    /// The disk's.
    pub fn discard(self) -> io::Result<()> {
        let Self { file, part, .. } = self;
        // Windows removes no file that is open.
        drop(part);
        fs::remove_file(beside(&file, ".part.json"))?;
        fs::remove_file(beside(&file, ".part"))
    }

    /// Has the disk keep what was written, and then says so beside it.
    fn keep(&mut self) -> io::Result<()> {
        self.part.sync_data()?;
        self.state.sha256 = hex(&self.hash.clone().finalize());
        let mut new = write_anew(&beside(&self.file, ".part.json"))?;
        new.write_all(&serde_json::to_vec(&self.state)?)?;
        new.commit()
    }
}

impl State {
    fn is(&self, asked: &str, account: &str, kind: Format) -> bool {
        self.asked == asked && self.account == account && self.kind == kind
    }

    fn manifest(&self, file: &Path, now: DateTime<Utc>) -> Manifest {
        Manifest {
            file: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            format: self.kind,
            query: self.query.clone(),
            account: self.account.clone(),
            begun: self.begun,
            finished: now,
            count: self.count,
            read: self.read,
            unreadable: self.unreadable,
            interruptions: self.interruptions,
            bytes: self.bytes,
            sha256: self.sha256.clone(),
        }
    }
}

/// What lies beside an unfinished file; an error where that cannot be used.
fn read_state(file: &Path) -> io::Result<Option<Result<State, ()>>> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let state = serde_json::from_slice::<State>(&bytes).ok().filter(|state| state.format == FORMAT);
    Ok(Some(state.ok_or(())))
}

/// For this process alone; readable by its owner only, as everything that names people is.
fn open(part: &Path) -> Result<File, Failed> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(part)?;
    for tried in 0.. {
        match file.try_lock() {
            Ok(()) => break,
            // One that is about to end, or that has just been started and holds what its parent held.
            Err(TryLockError::WouldBlock) if tried < TRIES => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(Failed::Busy(part.to_owned())),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    Ok(file)
}

/// The hash of what holds, with everything after it cut off; `None` where it is not what it should be.
fn resumed(part: &mut File, state: &State) -> io::Result<Option<Sha256>> {
    let Some(hash) = hashed(part, state.bytes)? else { return Ok(None) };
    if hex(&hash.clone().finalize()) != state.sha256 {
        return Ok(None);
    }
    part.set_len(state.bytes)?;
    part.seek(SeekFrom::End(0))?;
    Ok(Some(hash))
}

/// The hash of so many bytes from the beginning; `None` where there are fewer.
fn hashed(file: &mut File, bytes: u64) -> io::Result<Option<Sha256>> {
    file.seek(SeekFrom::Start(0))?;
    let (mut hash, mut left, mut chunk) = (Sha256::new(), bytes, vec![0; CHUNK]);
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let read = file.read(&mut chunk[..wanted])?;
        if read == 0 {
            return Ok(None);
        }
        hash.update(&chunk[..read]);
        left -= read as u64;
    }
    Ok(Some(hash))
}

/// The digits of a whole file's hash; `None` where it has another length.
fn hash_of(file: &mut File, bytes: u64) -> io::Result<Option<String>> {
    if file.metadata()?.len() != bytes {
        return Ok(None);
    }
    Ok(hashed(file, bytes)?.map(|hash| hex(&hash.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// A name that a file was given holds once its folder is on the disk.
#[cfg(unix)]
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
