//! What a report needs that no view says: the system, the files, the end of the log.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use crate::{
    about::{Build, System},
    managed,
    paths::Paths,
};

/// So much of the log's end is read.
const TAIL: u64 = 64 * 1024;

/// So many of its lines are reported.
const LINES: usize = 100;

/// What surrounds a program, as it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    pub(super) program: &'static str,
    pub(super) build: Build,
    pub(super) system: System,
    /// The user's own folder.
    pub(super) home: Option<PathBuf>,
    /// What is where.
    pub(super) places: Vec<(&'static str, PathBuf)>,
    /// The file in which an organisation can set something, and whether any has set something, there or elsewhere.
    pub(super) managed: (Option<PathBuf>, bool),
    /// The last lines of the application's log, or why there are none.
    pub(super) log: Result<Vec<String>, String>,
}

impl Surroundings {
    /// Looks at them. Blocks.
    pub fn look(program: &'static str, build: Build, paths: &Paths) -> Self {
        let logs = paths.logs();
        Self {
            program,
            build,
            system: System::here(),
            home: directories::UserDirs::new().map(|user| user.home_dir().to_owned()),
            places: vec![
                ("settings", paths.settings()),
                ("state", paths.state().to_owned()),
                ("session", paths.session()),
                ("logs", logs.clone()),
            ],
            managed: managed::place(),
            log: last_lines(&logs).map_err(|error| error.to_string()),
        }
    }
}

/// The last lines of the newest file in a folder of logs.
fn last_lines(logs: &Path) -> io::Result<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(logs)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "log") && file.is_file());
    // They are named by their days.
    files.sort();
    let newest = files.last().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let mut file = File::open(newest)?;
    let length = file.metadata()?.len();
    let skipped = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(skipped))?;
    let mut bytes = Vec::new();
    file.take(TAIL).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    // The first one may have begun before.
    let mut lines: Vec<_> = text.lines().skip(usize::from(skipped > 0)).map(ToOwned::to_owned).collect();
    Ok(lines.split_off(lines.len().saturating_sub(LINES)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_newest_log_is_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(last_lines(folder.path()).unwrap_err().kind(), io::ErrorKind::NotFound);
        let write = |name: &str, lines: usize| {
            let text = (1..=lines).fold(String::new(), |text, line| text + name + &format!(" line {line}\n"));
            fs::write(folder.path().join(name), text).unwrap();
        };
        write("pimento.2026-11-29.log", 3);
        write("pimento.2026-11-30.log", 10_000);
        fs::write(folder.path().join("zzz.txt"), "not a log").unwrap();
        let lines = last_lines(folder.path()).unwrap();
        assert_eq!(lines.len(), LINES);
        assert_eq!(lines.last().map(String::as_str), Some("pimento.2026-11-30.log line 10000"));
        write("pimento.2026-12-01.log", 2);
        let lines = last_lines(folder.path()).unwrap();
        assert_eq!(lines, ["pimento.2026-12-01.log line 1", "pimento.2026-12-01.log line 2"]);
    }

    #[test]
    fn they_are_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        let found = Surroundings::look("pim", Build::of("0.1.0", ""), &paths.for_command_line());
        assert!(found.log.is_err(), "there is none");
        let place = |name| found.places.iter().find(|place| place.0 == name).map(|place| place.1.clone());
        // The log is the application's, whoever asks.
        assert_eq!(place("logs"), Some(folder.path().join("logs")));
        assert_eq!(place("state"), Some(folder.path().join("cli")));
    }
}
