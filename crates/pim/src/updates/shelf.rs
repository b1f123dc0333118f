//! Where downloaded packages lie, and that they are what was signed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::manifest::Package;
use crate::{codes, paths, problem::Problem, saved};

/// The folder of packages, which is the user's alone.
#[derive(Clone, Debug)]
pub struct Shelf(PathBuf);

/// A package that lies here and is what was signed.
#[derive(Debug)]
pub struct Verified {
    /// The file.
    pub path: PathBuf,
    /// What kind of package it is.
    pub format: String,
    /// On Windows, for as long as it is held nobody writes in it or puts another one in its place.
    _held: File,
}

impl Shelf {
    /// In this folder, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Removes everything but the package that is offered.
    pub fn tidy(&self, offered: Option<&str>) {
        for entry in fs::read_dir(&self.0).into_iter().flatten().flatten() {
            if Some(entry.file_name().as_os_str()) != offered.map(AsRef::as_ref)
                && let Err(error) = fs::remove_file(entry.path())
            {
                tracing::debug!(%error, "a package of before stays");
            }
        }
    }

    /// The package, if it lies here as it was signed. What is not so is removed.
    pub fn verified(&self, package: &Package) -> Result<Verified, Problem> {
        let path = self.0.join(&package.file);
        let read = || -> io::Result<(File, u64, String)> {
            let mut file = held(&path)?;
            let mut hash = Sha256::new();
            let size = io::copy(&mut file, &mut hash)?;
            Ok((file, size, format!("{:x}", hash.finalize())))
        };
        let (file, size, hash) = read().map_err(|error| not_kept(&error))?;
        if size == u64::from(package.size) && hash == package.sha256 {
            return Ok(Verified { path, format: package.format.clone(), _held: file });
        }
        drop(file);
        if let Err(error) = saved::remove(&path) {
            tracing::warn!(%error, "a package that is not what was signed stays");
        }
        Err(damaged(package))
    }

    /// Begins to write a package.
    pub fn begin(&self, package: &Package) -> Result<Draft, Problem> {
        let part = self.0.join(format!("{}.part", package.file));
        let begun = || -> io::Result<File> {
            paths::private_folder(&self.0)?;
            saved::remove(&part)?;
            private().create_new(true).open(&part)
        };
        let file = Some(begun().map_err(|error| not_kept(&error))?);
        Ok(Draft {
            package: package.clone(),
            whole: self.0.join(&package.file),
            part,
            file,
            hash: Sha256::new(),
            size: 0,
        })
    }
}

/// A package that is being written. Unless it is finished, nothing is left of it.
#[derive(Debug)]
pub struct Draft {
    package: Package,
    whole: PathBuf,
    part: PathBuf,
    /// `None`: closed.
    file: Option<File>,
    hash: Sha256,
    size: u64,
}

impl Draft {
    /// Adds what came. More than was signed is not written.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.size += bytes.len() as u64;
        if self.size > u64::from(self.package.size) {
            return Err(damaged(&self.package));
        }
        self.hash.update(bytes);
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes)).map_err(|error| not_kept(&error))
    }

    /// Puts it in its place, if it is what was signed.
    pub fn finish(mut self) -> Result<(), Problem> {
        let hash = format!("{:x}", std::mem::take(&mut self.hash).finalize());
        if self.size != u64::from(self.package.size) || hash != self.package.sha256 {
            return Err(damaged(&self.package));
        }
        let kept = self.file.take().map_or(Ok(()), |file| file.sync_all());
        kept.and_then(|()| fs::rename(&self.part, &self.whole)).map_err(|error| not_kept(&error))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // An open file is not removed everywhere.
        drop(self.file.take());
        let _ = saved::remove(&self.part);
    }
}

/// Opens a file to read, so that nobody changes it meanwhile where the system can see to that.
fn held(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(windows)]
    {
        /// Others may read.
        const FILE_SHARE_READ: u32 = 1;
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, FILE_SHARE_READ);
    }
    options.open(path)
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn damaged(package: &Package) -> Problem {
    codes::ours(codes::UPDATE_DAMAGED, Some(package.file.clone()))
}

fn not_kept(error: &io::Error) -> Problem {
    codes::ours(codes::UPDATE_NOT_KEPT, Some(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(bytes: &[u8]) -> Package {
        Package {
            target: "here".into(),
            format: "deb".into(),
            file: "p_1.deb".into(),
            size: u32::try_from(bytes.len()).unwrap(),
            sha256: format!("{:x}", Sha256::digest(bytes)),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn only_what_was_signed_is_left_and_what_is_changed_later_is_noticed_and_removed() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("updates");
        let (shelf, good) = (Shelf::new(folder.clone()), package(b"a package"));

        for wrong in [&b"a packagE"[..], b"a packag", b"a package and more"] {
            let mut draft = shelf.begin(&good).unwrap();
            let added = wrong.chunks(4).try_for_each(|chunk| draft.add(chunk));
            let outcome = added.and_then(|()| draft.finish());
            assert_eq!(outcome.unwrap_err().code, codes::UPDATE_DAMAGED);
            assert_eq!(names(&folder), [""; 0], "{wrong:?}");
        }

        let mut draft = shelf.begin(&good).unwrap();
        draft.add(b"a package").unwrap();
        assert_eq!(names(&folder), ["p_1.deb.part"]);
        draft.finish().unwrap();
        assert_eq!(names(&folder), ["p_1.deb"]);
        {
            // While it is held, Windows lets nobody write it.
            let verified = shelf.verified(&good).unwrap();
            assert_eq!((&verified.path, verified.format.as_str()), (&folder.join("p_1.deb"), "deb"));
        }

        fs::write(folder.join("p_1.deb"), b"A package").unwrap();
        assert_eq!(shelf.verified(&good).unwrap_err().code, codes::UPDATE_DAMAGED);
        assert_eq!(names(&folder), [""; 0]);
        assert_eq!(shelf.verified(&good).unwrap_err().code, codes::UPDATE_NOT_KEPT);
    }

    #[test]
    fn nothing_is_left_of_what_is_not_offered_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path().to_owned());
        for name in ["p_1.deb", "p_2.deb", "p_2.deb.part"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        shelf.tidy(Some("p_2.deb"));
        assert_eq!(names(folder.path()), ["p_2.deb"]);
        shelf.tidy(None);
        assert_eq!(names(folder.path()), [""; 0]);
        Shelf::new(folder.path().join("nowhere")).tidy(None);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_downloaded_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;

        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("updates");
        let _draft = Shelf::new(folder.clone()).begin(&package(b"x")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join("p_1.deb.part"))), (0o700, 0o600));
    }
}
