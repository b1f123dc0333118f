//! Where Pimento's files are.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use atomic_write_file::{AtomicWriteFile, OpenOptions};
use chrono::{DateTime, Utc};

use crate::identity::APP_ID;

/// Folders for settings, state, and what can be fetched again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    config: PathBuf,
    shared: PathBuf,
    state: PathBuf,
    cache: PathBuf,
    downloads: Option<PathBuf>,
    /// What macOS' web view keeps in places that it chooses itself.
    elsewhere: Vec<PathBuf>,
}

impl Paths {
    /// The folder in the environment variable `PIMENTO_HOME`, or else the platform's own places. `None` where the system
    /// names no home folder.
    pub fn locate() -> Option<Self> {
        if let Some(home) = std::env::var_os("PIMENTO_HOME").filter(|home| !home.is_empty()) {
            return Some(Self::within(Path::new(&home)));
        }
        let folders = directories::ProjectDirs::from("", "", "Pimento")?;
        let state = folders.state_dir().unwrap_or_else(|| folders.data_local_dir());
        let user = directories::UserDirs::new();
        let elsewhere = user.as_ref().map(|user| of_the_web_view(user.home_dir())).unwrap_or_default();
        let downloads = user.map(|user| user.download_dir().unwrap_or_else(|| user.home_dir()).to_owned());
        let (config, cache) = (folders.config_dir().to_owned(), folders.cache_dir().to_owned());
        Some(Self { config, shared: state.to_owned(), state: state.to_owned(), cache, downloads, elsewhere })
    }

    /// Everything in one folder.
    pub fn within(folder: &Path) -> Self {
        let downloads = Some(folder.join("Downloads"));
        let all = || folder.to_owned();
        Self { config: all(), shared: all(), state: all(), cache: all(), downloads, elsewhere: Vec::new() }
    }

    /// The same settings and the same session, but state of its own: the command line must not wait for the application's
    /// journal, which has one writer.
    #[must_use]
    pub fn for_command_line(&self) -> Self {
        Self { state: self.shared.join("cli"), ..self.clone() }
    }

    /// The user's settings.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// A scenario of the user's own for the demo tenant.
    pub fn demo_scenario(&self) -> PathBuf {
        self.config.join("demo.toml")
    }

    /// Folder of everything that is not settings: journal, saved view, logs.
    pub fn state(&self) -> &Path {
        &self.state
    }

    /// Folder of the application's logs.
    pub fn logs(&self) -> PathBuf {
        self.shared.join("logs")
    }

    /// Folder of what the web view cannot do without; macOS chooses another.
    pub fn web_view(&self) -> PathBuf {
        self.shared.join("web-view")
    }

    /// The same of the application, whose session the command line uses.
    pub(crate) fn shared(&self) -> &Path {
        &self.shared
    }

    /// The user's folder for downloads, where the system names one.
    pub(crate) fn downloads(&self) -> Option<PathBuf> {
        self.downloads.clone()
    }

    /// The organisation's bundles as they were fetched last.
    pub(crate) fn managed(&self) -> PathBuf {
        self.state.join("managed-bundles")
    }

    /// Who is signed in: all accounts, in order.
    pub fn session(&self) -> PathBuf {
        self.shared.join("session.json")
    }

    /// Held by whoever changes what the keyring keeps: all of a user's processes share it.
    pub(crate) fn keyring_lock(&self) -> PathBuf {
        self.shared.join("keyring.lock")
    }

    /// What was listed last for an account ([`crate::view::Account::id`]).
    pub fn saved(&self, account: &str) -> PathBuf {
        self.state.join("saved").join(of_account(account))
    }

    /// What roles allow, as it was read last for an account.
    pub(crate) fn definitions(&self, account: &str) -> PathBuf {
        self.state.join("definitions").join(of_account(account))
    }

    /// What the watch has told an account of already.
    pub(crate) fn watched(&self, account: &str) -> PathBuf {
        self.state.join("watched").join(of_account(account))
    }

    /// What was done today by itself.
    pub(crate) fn day(&self) -> PathBuf {
        self.state.join("day.json")
    }

    /// What the one process holds that writes the journal.
    fn journal_lock(&self) -> PathBuf {
        self.state.join("journal.lock")
    }

    /// Nobody has used the application here before.
    pub fn is_new(&self) -> bool {
        !self.settings().exists() && !self.journal_lock().exists()
    }

    /// What is known of newer versions.
    pub fn updates(&self) -> PathBuf {
        self.shared.join("updates.json")
    }

    /// Folder of the packages of newer versions.
    pub fn updates_folder(&self) -> PathBuf {
        self.cache.join("updates")
    }

    /// Another process of the user's writes its state now: the application runs.
    pub fn is_in_use(&self) -> bool {
        let lock = fs::OpenOptions::new().write(true).open(self.journal_lock());
        lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock)))
    }

    /// Everything that is here of Pimento; not what the user has exported.
    pub fn kept(&self) -> Vec<PathBuf> {
        let folders: BTreeSet<_> = [&self.config, &self.shared, &self.state, &self.cache].into_iter().collect();
        let entries = folders.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let mut kept: Vec<_> = entries.map(|entry| entry.path()).collect();
        kept.retain(|path| Some(path) != self.downloads.as_ref());
        kept.extend(self.elsewhere.iter().filter(|path| path.exists()).cloned());
        kept.sort();
        kept
    }

    /// Deletes it, and the folders that are empty then.
    pub fn remove(&self) -> io::Result<()> {
        for path in self.kept() {
            // A link is deleted, and not what it leads to.
            if fs::symlink_metadata(&path)?.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }?;
        }
        for folder in [&self.config, &self.shared, &self.state, &self.cache] {
            match fs::remove_dir(folder) {
                Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) => {
                    return Err(error);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Makes the folders, readable by their owner only where the system knows that.
    pub fn create(&self) -> io::Result<()> {
        for folder in [&self.config, &self.shared, &self.state, &self.state.join("saved")] {
            private_folder(folder)?;
        }
        Ok(())
    }
}

/// Where macOS' web view keeps what it keeps, by the application's name.
fn of_the_web_view(home: &Path) -> Vec<PathBuf> {
    let folders: &[&str] = if cfg!(target_os = "macos") { &["WebKit", "Caches", "HTTPStorages"] } else { &[] };
    folders.iter().map(|folder| home.join("Library").join(folder).join(APP_ID)).collect()
}

/// The name of an account's file. An id is two GUIDs; but it was read from a file that anybody may have written.
fn of_account(account: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let name: String = account.chars().take(100).map(|c| if plain(c) { c } else { '_' }).collect();
    format!("{name}.json")
}

/// Makes a folder, readable by its owner only where the system knows that.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Begins to write a file anew, the whole of it or nothing; readable by its owner only where the system knows that,
/// whatever folder it lies in and whoever could read it before.
pub(crate) fn write_anew(file: &Path) -> io::Result<AtomicWriteFile> {
    private().open(file)
}

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;

    let mut options = OpenOptions::new();
    options.mode(0o600);
    atomic_write_file::unix::OpenOptionsExt::preserve_mode(&mut options, false);
    options
}

#[cfg(not(unix))]
fn private() -> OpenOptions {
    OpenOptions::new()
}

/// Renames a file that cannot be used, so that nothing is lost: `journal.jsonl` becomes
/// `journal.jsonl.aside-20261123T120000Z`. Returns the new place.
pub(crate) fn set_aside(file: &Path, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stamp = now.format("%Y%m%dT%H%M%SZ");
    for n in 0..1000_u32 {
        let suffix = if n == 0 { String::new() } else { format!("-{n}") };
        let aside = file.with_file_name(format!("{name}.aside-{stamp}{suffix}"));
        if !aside.exists() {
            fs::rename(file, &aside)?;
            return Ok(aside);
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_shares_settings_and_session_and_nothing_else() {
        let paths = Paths::within(Path::new("home"));
        let cli = paths.for_command_line();
        assert_eq!(cli.settings(), paths.settings());
        assert_eq!(cli.session(), paths.session());
        assert_ne!(cli.state(), paths.state());
        assert_ne!(cli.saved("maya"), paths.saved("maya"));
    }

    #[test]
    fn nothing_is_left_but_what_was_exported() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let paths = Paths::within(&home);
        paths.create().unwrap();
        fs::write(paths.settings(), "").unwrap();
        fs::write(paths.saved("maya"), "").unwrap();
        fs::write(paths.updates(), "").unwrap();
        let paths =
            Paths { elsewhere: vec![folder.path().join("of-the-web-view"), folder.path().join("none")], ..paths };
        for folder in [paths.updates_folder(), paths.web_view().join("cache"), paths.elsewhere[0].join("cache")] {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(paths.updates_folder().join("pimento_2.deb"), "").unwrap();
        let export = paths.downloads().unwrap().join("bundles.json");
        fs::create_dir_all(export.parent().unwrap()).unwrap();
        fs::write(&export, "").unwrap();
        let ours = ["saved", "settings.toml", "updates", "updates.json", "web-view"].map(|name| home.join(name));
        assert_eq!(paths.kept(), [&ours[..], &paths.elsewhere[..1]].concat());
        paths.remove().unwrap();
        assert!(export.exists() && paths.kept().is_empty());
        fs::remove_dir_all(paths.downloads().unwrap()).unwrap();
        paths.remove().unwrap();
        assert!(!home.exists());
        paths.remove().unwrap();
    }

    #[test]
    fn a_process_that_writes_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        assert!(!paths.is_in_use());
        let lock = fs::File::create(folder.path().join("journal.lock")).unwrap();
        assert!(!paths.is_in_use());
        lock.lock().unwrap();
        assert!(paths.is_in_use());
    }

    #[test]
    fn an_account_that_is_no_id_names_no_file_elsewhere() {
        let paths = Paths::within(Path::new("home"));
        assert_eq!(paths.saved("o-1.t-2"), Path::new("home/saved/o-1.t-2.json"));
        for hostile in ["../../x", "/etc/x", "a\\b", "c:x"] {
            assert_eq!(paths.saved(hostile).parent(), Some(Path::new("home/saved")), "{hostile}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_written_is_the_owners_alone_even_where_everybody_could_read_it_before() {
        use std::{io::Write, os::unix::fs::PermissionsExt};

        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let file = folder.path().join("saved.json");
        for before in [None, Some(0o644), Some(0o666)] {
            if let Some(mode) = before {
                fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            }
            let mut new = write_anew(&file).unwrap();
            new.write_all(b"a reason").unwrap();
            new.commit().unwrap();
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{before:?}");
        }
    }

    #[test]
    fn files_set_aside_at_the_same_second_do_not_replace_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("journal.jsonl");
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        for text in ["one", "two"] {
            fs::write(&file, text).unwrap();
            let aside = set_aside(&file, now).unwrap();
            assert_eq!(fs::read_to_string(aside).unwrap(), text);
            assert!(!file.exists());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
