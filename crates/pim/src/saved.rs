//! What is kept for the next start beside the journal: who is signed in, and what was listed last. Neither is needed to
//! run, and neither holds a secret: a file that cannot be used is set aside and a new one written.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    elevation::Known,
    model::Kind,
    paths::{self, Paths, set_aside},
    view::{Account, Notice, Severity},
};

/// Version of both files.
const FORMAT: u32 = 1;

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

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    format: u32,
    content: T,
}

/// Reads both; what is wrong with them comes as notices.
pub fn load(paths: &Paths, now: DateTime<Utc>) -> (Option<SavedSession>, Option<SavedView>, Vec<Notice>) {
    let mut notices = Vec::new();
    let session: Option<SavedSession> = read(&paths.session(), "session", now, &mut notices);
    let view: Option<SavedView> = read(&paths.saved(), "saved list", now, &mut notices);
    // Another account's list is nobody's business.
    let whose = session.as_ref().map(|session| session.account.id.clone());
    let view = view.filter(|view| Some(&view.account) == whose.as_ref());
    (session, view, notices)
}

/// Writes a session or a view: the whole file or nothing.
pub(crate) fn save<T: Serialize>(file: &Path, content: &T) -> io::Result<()> {
    let mut new = paths::write_anew(file)?;
    new.write_all(&serde_json::to_vec(&Versioned { format: FORMAT, content })?)?;
    new.commit()
}

/// Removes a file, if it is there.
pub(crate) fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn read<T: DeserializeOwned>(file: &Path, what: &str, now: DateTime<Utc>, notices: &mut Vec<Notice>) -> Option<T> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            notices.push(notice(file, what, &error.to_string(), None));
            return None;
        }
    };
    let reason = match serde_json::from_slice::<Versioned<serde_json::Value>>(&bytes) {
        Ok(Versioned { format: FORMAT, content }) => match serde_json::from_value(content) {
            Ok(content) => return Some(content),
            Err(error) => error.to_string(),
        },
        Ok(Versioned { format, .. }) => format!("format {format} is newer than this version's {FORMAT}"),
        Err(error) => error.to_string(),
    };
    let aside = set_aside(file, now).ok();
    notices.push(notice(file, what, &reason, aside.as_deref()));
    None
}

fn notice(file: &Path, what: &str, reason: &str, aside: Option<&Path>) -> Notice {
    let kept = aside.and_then(Path::file_name).map(|name| format!(" The file was kept as {}.", name.to_string_lossy()));
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
        SavedSession { account, client_id: "c".into(), allowed: vec![Kind::AzureResource] }
    }

    fn view(account: &str) -> SavedView {
        SavedView { account: account.into(), clock_offset: 1500, known: Known::default() }
    }

    #[test]
    fn what_was_saved_is_read_back_for_the_same_account_only() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        assert_eq!(load(&paths, now()), (None, None, Vec::new()));
        save(&paths.session(), &session("maya")).unwrap();
        save(&paths.saved(), &view("maya")).unwrap();
        assert_eq!(load(&paths, now()), (Some(session("maya")), Some(view("maya")), Vec::new()));
        save(&paths.session(), &session("omar")).unwrap();
        assert_eq!(load(&paths, now()), (Some(session("omar")), None, Vec::new()));
    }

    #[test]
    fn spoilt_and_newer_files_are_named_and_kept() {
        for bytes in
            [&b"{"[..], b"\xff", b"{\"format\":2,\"content\":{}}", b"{\"format\":1,\"content\":{\"account\":1}}"]
        {
            let folder = tempfile::tempdir().unwrap();
            let paths = Paths::within(folder.path());
            fs::write(paths.saved(), bytes).unwrap();
            let (_, view, notices) = load(&paths, now());
            assert_eq!((view, notices.len()), (None, 1));
            assert_eq!(fs::read(folder.path().join("saved.json.aside-20261123T120000Z")).unwrap(), bytes);
        }
    }
}
