//! Files that cannot be used are moved away and never deleted, nor is one that was moved away before.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Renames `company.toml` to `company.toml.unreadable`, or the next name that is free. Returns the new place.
pub(crate) fn set_aside(file: &Path) -> io::Result<PathBuf> {
    for n in 0..1000_u32 {
        let mut name = file.as_os_str().to_owned();
        name.push(if n == 0 { ".unreadable".to_owned() } else { format!(".unreadable-{n}") });
        let aside = PathBuf::from(name);
        if !aside.exists() {
            fs::rename(file, &aside)?;
            return Ok(aside);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
