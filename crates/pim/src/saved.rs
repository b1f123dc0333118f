//! What is kept for the next start beside the journal: who is signed in, and what each account was shown last. Neither is
//! needed to run, and neither holds a secret: a file that cannot be used is set aside and a new one written.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    cloud::Reach,
    elevation::Known,
    model::Kind,
    paths::{self, Paths, set_aside},
    view::{Account, Notice, Severity},
};

/// Version of the list of accounts. The first one had a single account.
const ACCOUNTS: u32 = 2;
/// Version of what was listed.
const VIEW: u32 = 1;

/// Everybody who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SavedAccounts {
    /// Whose lists are shown ([`Account::id`]).
    pub current: Option<String>,
    /// In the order of their sign-ins.
    pub accounts: Vec<SavedSession>,
}

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedSession {
    /// The account, as shown.
    pub account: Account,
    /// The application it signed in with.
    pub client_id: String,
    /// Kinds that were consented to later, by a sign-in of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Kind>,
    /// What it asks of Microsoft Graph; `None`: what its cloud asks for at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// Kinds of whose eligibilities it may ask for later ends.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub extending: BTreeSet<Kind>,
    /// The account's tenant goes by a domain: its name is not known yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guessed: bool,
    /// Its colour ([`crate::view::AccountRow::colour`]).
    #[serde(default)]
    pub colour: u8,
}

impl SavedAccounts {
    /// The current one; the first where none is named.
    pub fn current(&self) -> Option<&SavedSession> {
        let named = self.accounts.iter().find(|each| Some(&each.account.id) == self.current.as_ref());
        named.or(self.accounts.first())
    }

    /// Keeps a session, in the place of the account's earlier one. Its colour stays as it is.
    fn keep(&mut self, session: SavedSession) {
        match self.accounts.iter_mut().find(|each| each.account.id == session.account.id) {
            Some(kept) => *kept = SavedSession { colour: kept.colour, ..session },
            None => self.accounts.push(session),
        }
    }

    fn remove(&mut self, account: &str) {
        self.accounts.retain(|each| each.account.id != account);
    }
}

/// A change to the list of accounts. Another process may have changed the file meanwhile: what it wrote stays.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Keep(Box<SavedSession>),
    Colour(String, u8),
    Select(String),
    Forget(String),
}

/// What was listed last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// Whose ([`Account::id`]).
    pub account: String,
    /// How far the server's clock was ahead of the system's, milliseconds.
    pub clock_offset: i64,
    /// The lists.
    pub known: Known,
}

impl SavedView {
    /// The offset as a duration.
    pub fn offset(&self) -> TimeDelta {
        TimeDelta::try_milliseconds(self.clock_offset).unwrap_or_default()
    }
}

/// The version of a file, whatever else is in it.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    format: u32,
    content: T,
}

/// Reads who is signed in, and what the current one was shown last; what is wrong with either comes as notices.
pub fn load(paths: &Paths, now: DateTime<Utc>) -> (SavedAccounts, Option<SavedView>, Vec<Notice>) {
    let mut notices = Vec::new();
    let accounts = accounts(paths, now).unwrap_or_else(|unusable| {
        notices.push(notice(&paths.session(), "session", &unusable));
        SavedAccounts::default()
    });
    let view = accounts.current().and_then(|current| view(paths, &current.account.id, now, &mut notices));
    (accounts, view, notices)
}

/// Reads what an account was shown last; why it could not be read comes as a notice.
pub(crate) fn load_view(paths: &Paths, account: &str, now: DateTime<Utc>) -> (Option<SavedView>, Vec<Notice>) {
    let mut notices = Vec::new();
    (view(paths, account, now, &mut notices), notices)
}

/// Changes the list of accounts. One that cannot be read is not replaced where it could not be set aside.
pub(crate) fn change(paths: &Paths, change: Change, now: DateTime<Utc>) -> io::Result<()> {
    let mut all = match accounts(paths, now) {
        Ok(all) => all,
        Err(Unusable { aside: Some(_), .. }) => SavedAccounts::default(),
        Err(Unusable { reason, .. }) => {
            return Err(io::Error::other(format!("who is signed in cannot be read: {reason}")));
        }
    };
    match change {
        Change::Keep(session) => all.keep(*session),
        Change::Colour(account, colour) => {
            if let Some(session) = all.accounts.iter_mut().find(|each| each.account.id == account) {
                session.colour = colour;
            }
        }
        Change::Select(account) => all.current = Some(account),
        Change::Forget(account) => {
            all.remove(&account);
            if all.accounts.is_empty() {
                return remove(&paths.session());
            }
        }
    }
    save(&paths.session(), ACCOUNTS, &all)
}

/// Writes what an account was shown.
pub(crate) fn save_view(paths: &Paths, view: &SavedView) -> io::Result<()> {
    save(&paths.saved(&view.account), VIEW, view)
}

fn accounts(paths: &Paths, now: DateTime<Utc>) -> Result<SavedAccounts, Unusable> {
    let read = read(&paths.session(), now, |format, bytes| match format {
        1 => Some(content(bytes).map(|only| SavedAccounts { current: None, accounts: vec![only] })),
        ACCOUNTS => Some(content(bytes)),
        _ => None,
    });
    read.map(Option::unwrap_or_default)
}

fn view(paths: &Paths, account: &str, now: DateTime<Utc>, notices: &mut Vec<Notice>) -> Option<SavedView> {
    let file = paths.saved(account);
    let read = read(&file, now, |format, bytes| (format == VIEW).then(|| content(bytes)));
    let read = read.unwrap_or_else(|unusable| {
        let kept = unusable.aside.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy());
        let message = match kept {
            Some(name) => say!("saved-list-unreadable-kept", reason = &unusable.reason, name = name),
            None => say!("saved-list-unreadable", reason = &unusable.reason),
        };
        notices.push(Notice { message, ..notice(&file, "saved list", &unusable) });
        None
    });
    // Another account's list is nobody's business.
    read.filter(|view: &SavedView| view.account == account)
}

/// Reads a file of one's own that has one format; why it could not be read comes as a notice.
pub(crate) fn read_kept<T: DeserializeOwned>(
    file: &Path,
    what: &str,
    known: u32,
    now: DateTime<Utc>,
) -> (Option<T>, Option<Notice>) {
    match read(file, now, |format, bytes| (format == known).then(|| content(bytes))) {
        Ok(read) => (read, None),
        Err(unusable) => (None, Some(notice(file, what, &unusable))),
    }
}

/// The whole file or nothing.
pub(crate) fn save<T: Serialize>(file: &Path, format: u32, content: &T) -> io::Result<()> {
    let mut new = paths::write_anew(file)?;
    new.write_all(&serde_json::to_vec(&Versioned { format, content })?)?;
    new.commit()
}

/// What is remembered beside, and not needed to run: where it cannot be read, it begins anew.
pub(crate) fn recall<T: DeserializeOwned + Default>(file: &Path, what: &str, known: u32, now: DateTime<Utc>) -> T {
    let (read, unusable) = read_kept(file, what, known, now);
    if let Some(notice) = unusable {
        tracing::warn!(what, message = notice.message, "what was remembered cannot be read");
    }
    read.unwrap_or_default()
}

/// Keeps it, in a folder that is the user's alone.
pub(crate) fn remember<T: Serialize>(file: &Path, format: u32, content: &T) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        paths::private_folder(folder)?;
    }
    save(file, format, content)
}

/// Removes a file, if it is there.
pub(crate) fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Why a file could not be used, and where it is kept now.
struct Unusable {
    reason: String,
    /// `None`: where it was.
    aside: Option<PathBuf>,
}

/// `parse` knows the formats, and reads the whole file; `None` for one that it does not know.
fn read<T>(
    file: &Path,
    now: DateTime<Utc>,
    parse: impl FnOnce(u32, &[u8]) -> Option<serde_json::Result<T>>,
) -> Result<Option<T>, Unusable> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        // Not readable is not the same as wrong: the file stays where it is.
        Err(error) => return Err(Unusable { reason: error.to_string(), aside: None }),
    };
    let reason = match serde_json::from_slice::<Version>(&bytes) {
        Ok(Version { format }) => match parse(format, &bytes) {
            Some(Ok(content)) => return Ok(Some(content)),
            Some(Err(error)) => error.to_string(),
            None => format!("format {format} is newer than this version's"),
        },
        Err(error) => error.to_string(),
    };
    Err(Unusable { reason, aside: set_aside(file, now).ok() })
}

/// In one go, so that an error says where it is.
fn content<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice::<Versioned<T>>(bytes).map(|versioned| versioned.content)
}

/// For the log, and for the command line.
fn notice(file: &Path, what: &str, Unusable { reason, aside }: &Unusable) -> Notice {
    let kept = aside
        .as_deref()
        .and_then(Path::file_name)
        .map(|name| format!(" The file was kept as {}.", name.to_string_lossy()));
    Notice {
        id: format!("saved-{}", what.replace(' ', "-")),
        severity: Severity::Info,
        message: format!("The {what} of the last run could not be read ({reason}).{}", kept.unwrap_or_default()),
        detail: Some(file.display().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn session(id: &str) -> SavedSession {
        let account = Account {
            id: id.into(),
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
            allowed: vec![Kind::AzureResource],
            reach: None,
            extending: BTreeSet::from([Kind::Group]),
            guessed: false,
            colour: 3,
        }
    }

    fn view(account: &str) -> SavedView {
        SavedView { account: account.into(), clock_offset: 1500, known: Known::default() }
    }

    fn place() -> (tempfile::TempDir, Paths) {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        paths.create().unwrap();
        (folder, paths)
    }

    fn keep(paths: &Paths, id: &str) {
        change(paths, Change::Keep(Box::new(session(id))), now()).unwrap();
    }

    #[test]
    fn what_was_saved_is_read_back_for_the_same_account_only() {
        let (_folder, paths) = place();
        assert_eq!(load(&paths, now()), (SavedAccounts::default(), None, Vec::new()));
        keep(&paths, "maya");
        keep(&paths, "omar");
        save_view(&paths, &view("maya")).unwrap();
        let both = SavedAccounts { current: None, accounts: vec![session("maya"), session("omar")] };
        assert_eq!(load(&paths, now()), (both.clone(), Some(view("maya")), Vec::new()));
        change(&paths, Change::Select("omar".into()), now()).unwrap();
        assert_eq!(load(&paths, now()), (SavedAccounts { current: Some("omar".into()), ..both }, None, Vec::new()));
        // A file that was copied from one account to another.
        fs::copy(paths.saved("maya"), paths.saved("omar")).unwrap();
        assert_eq!(load(&paths, now()).1, None);
    }

    #[test]
    fn who_is_forgotten_leaves_the_others_and_the_last_one_no_file() {
        let (_folder, paths) = place();
        keep(&paths, "maya");
        keep(&paths, "omar");
        change(&paths, Change::Select("maya".into()), now()).unwrap();
        change(&paths, Change::Forget("maya".into()), now()).unwrap();
        let (left, ..) = load(&paths, now());
        assert_eq!(left.current().map(|each| each.account.id.as_str()), Some("omar"));
        change(&paths, Change::Forget("omar".into()), now()).unwrap();
        assert!(!paths.session().exists());
    }

    #[test]
    fn a_session_that_is_kept_again_keeps_place_and_colour() {
        let (_folder, paths) = place();
        keep(&paths, "maya");
        keep(&paths, "omar");
        change(&paths, Change::Colour("maya".into(), 5), now()).unwrap();
        keep(&paths, "maya");
        let colours: Vec<_> =
            load(&paths, now()).0.accounts.into_iter().map(|each| (each.account.id, each.colour)).collect();
        assert_eq!(colours, [("maya".to_owned(), 5), ("omar".to_owned(), 3)]);
    }

    #[test]
    fn a_file_with_one_session_is_read_too() {
        let (_folder, paths) = place();
        save(&paths.session(), 1, &session("maya")).unwrap();
        assert_eq!(load(&paths, now()).0.accounts, [session("maya")]);
    }

    #[test]
    fn spoilt_and_newer_files_are_named_and_kept() {
        for bytes in
            [&b"{"[..], b"\xff", b"{\"format\":3,\"content\":{}}", b"{\"format\":1,\"content\":{\"account\":1}}"]
        {
            let (folder, paths) = place();
            keep(&paths, "maya");
            fs::write(paths.saved("maya"), bytes).unwrap();
            let (accounts, view, notices) = load(&paths, now());
            assert_eq!((accounts.accounts.len(), view, notices.len()), (1, None, 1));
            let (reason, newer) = (&notices[0].message, bytes.windows(3).any(|part| part == b":3,"));
            assert!(reason.contains(if newer { "newer" } else { "at line 1 column" }), "{reason}");
            let aside = folder.path().join("saved/maya.json.aside-20261123T120000Z");
            assert_eq!(fs::read(aside).unwrap(), bytes);
            fs::write(paths.session(), bytes).unwrap();
            let (accounts, _, notices) = load(&paths, now());
            assert_eq!((accounts, notices.len()), (SavedAccounts::default(), 1));
            assert_eq!(fs::read(folder.path().join("session.json.aside-20261123T120000Z")).unwrap(), bytes);
        }
    }

    #[test]
    fn a_list_of_accounts_that_can_neither_be_read_nor_set_aside_is_not_replaced() {
        let (_folder, paths) = place();
        // Nothing that reads as a file.
        fs::create_dir(paths.session()).unwrap();
        for change in [Change::Keep(Box::new(session("maya"))), Change::Forget("maya".into())] {
            assert!(super::change(&paths, change, now()).is_err());
        }
        assert!(paths.session().is_dir());
        assert_eq!(load(&paths, now()).2.len(), 1, "and it is said");
    }
}
