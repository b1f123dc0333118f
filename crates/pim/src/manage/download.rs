//! Files in the user's folder for downloads. Each is a new one: nothing is ever written over.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use crate::paths::Paths;

/// Names that are tried.
const MOST: u32 = 1000;

/// The user's folder for downloads, else their home; `None` where the system names neither.
pub fn directory() -> Option<PathBuf> {
    Paths::locate()?.downloads()
}

/// A new, empty file in a folder, which is made where it is missing: `stem.extension`, or else `stem (2).extension` and so on.
/// Only its owner may read it where the system knows that, as everything that names people.
///
/// # Errors
/// The disk's; [`io::ErrorKind::AlreadyExists`] where all names that are tried are taken.
pub fn place(dir: &Path, stem: &str, extension: &str) -> io::Result<(PathBuf, File)> {
    fs::create_dir_all(dir)?;
    for path in names(dir, stem, extension) {
        // Taken by making it: between a look and a write somebody else could.
        match private().open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The names that a file may have, the best first.
pub(super) fn names(dir: &Path, stem: &str, extension: &str) -> impl Iterator<Item = PathBuf> {
    let name = move |n: u32| if n == 1 { format!("{stem}.{extension}") } else { format!("{stem} ({n}).{extension}") };
    (1..=MOST).map(move |n| dir.join(name(n)))
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn every_file_has_a_name_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let downloads = folder.path().join("Downloads");
        let mut names = Vec::new();
        for text in ["one", "two", "three"] {
            let (path, mut file) = place(&downloads, "policies", "json").unwrap();
            file.write_all(text.as_bytes()).unwrap();
            drop(file);
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            names.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
        assert_eq!(names, ["policies.json", "policies (2).json", "policies (3).json"]);
        assert_eq!(fs::read_to_string(downloads.join("policies.json")).unwrap(), "one");
        // A folder of that name is no place for a file.
        fs::create_dir(downloads.join("audit.csv")).unwrap();
        assert_eq!(place(&downloads, "audit", "csv").unwrap().0, downloads.join("audit (2).csv"));
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Downloads");
        fs::write(&file, "").unwrap();
        assert!(place(&file, "policies", "json").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let (path, _) = place(folder.path(), "policies", "json").unwrap();
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
