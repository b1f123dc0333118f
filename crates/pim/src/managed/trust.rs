//! Whether what a file says can only be an administrator's. On Windows that cannot be read without unsafe code, so no file is
//! asked for it there.

use std::{fs::File, io, io::Read, path::Path};

use super::LONGEST;

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Refused {
    /// It is not there.
    Missing,
    /// It could not be read, or others than an administrator may have written it.
    Because(String),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Self::Missing } else { Self::Because(error.to_string()) }
    }
}

/// Reads a file. `owned`: it and its folder must be root's, and nobody else's to write to.
pub(super) fn read(file: &Path, owned: bool) -> Result<Vec<u8>, Refused> {
    let opened = File::open(file)?;
    // What was opened is looked at, whatever the name stands for by then.
    if owned && let Some(doubt) = doubt(&opened, file)? {
        return Err(Refused::Because(doubt));
    }
    let mut bytes = Vec::new();
    opened.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LONGEST {
        return Err(Refused::Because("it is longer than a mebibyte".into()));
    }
    Ok(bytes)
}

#[cfg(unix)]
fn doubt(opened: &File, file: &Path) -> io::Result<Option<String>> {
    use std::os::unix::fs::MetadataExt;

    let its = opened.metadata()?;
    let folder = std::fs::metadata(file.parent().unwrap_or_else(|| Path::new("/")))?;
    let doubt = doubt_of("it", its.uid(), its.mode());
    Ok(doubt.or_else(|| doubt_of("its folder", folder.uid(), folder.mode())))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as elsewhere")]
fn doubt(_: &File, _: &Path) -> io::Result<Option<String>> {
    Ok(None)
}

/// What speaks against believing what somebody may have written there.
#[cfg(unix)]
fn doubt_of(what: &str, owner: u32, mode: u32) -> Option<String> {
    if owner != 0 {
        return Some(format!("{what} belongs to user {owner}, not to root"));
    }
    (mode & 0o022 != 0).then(|| format!("others than root may write to {what}"))
}

#[cfg(all(test, unix))]
mod tests {
    use std::{
        fs,
        os::unix::fs::{MetadataExt, PermissionsExt},
    };

    use super::*;

    #[test]
    fn only_root_can_have_written_what_is_believed() {
        for mode in [0o100_644, 0o100_600, 0o100_444, 0o40_755, 0o40_700] {
            assert_eq!(doubt_of("it", 0, mode), None, "{mode:o}");
        }
        for mode in [0o100_646, 0o100_664, 0o100_666, 0o40_777, 0o40_775, 0o41_777] {
            assert_eq!(doubt_of("it", 0, mode).as_deref(), Some("others than root may write to it"), "{mode:o}");
        }
        let doubt = doubt_of("its folder", 1_000, 0o40_755);
        assert_eq!(doubt.as_deref(), Some("its folder belongs to user 1000, not to root"));
    }

    #[test]
    fn a_file_is_believed_only_where_it_and_its_folder_are_roots() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("managed.toml");
        fs::write(&file, "bundles = \"x\"").unwrap();
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        let why = || match read(&file, true) {
            Ok(_) => None,
            Err(Refused::Because(why)) => Some(why),
            Err(Refused::Missing) => panic!("it is there"),
        };
        set(folder.path(), 0o755);
        set(&file, 0o644);
        if fs::metadata(&file).unwrap().uid() == 0 {
            assert_eq!(why(), None);
            set(&file, 0o666);
            assert_eq!(why().as_deref(), Some("others than root may write to it"));
            set(&file, 0o644);
            set(folder.path(), 0o777);
            assert_eq!(why().as_deref(), Some("others than root may write to its folder"));
        } else {
            assert!(why().is_some_and(|why| why.starts_with("it belongs to user ")), "{:?}", why());
        }
        // Where nobody asks whose it is.
        assert!(read(&file, false).is_ok());
        assert!(matches!(read(&folder.path().join("other.toml"), true), Err(Refused::Missing)));
    }
}
