//! Bundles as a file in the user's folder for downloads.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    bundles::{self, Bundle},
    manage::download,
    paths,
};

/// Writes them to a new file, and says where. The whole file or nothing; nothing is ever written over. Blocks.
pub(crate) fn export(bundles: &[Bundle], folder: &Path) -> io::Result<PathBuf> {
    let (file, _) = download::place(folder, "pimento-bundles", "json")?;
    let written = paths::write_anew(&file).and_then(|mut new| {
        new.write_all(bundles::export(bundles).as_bytes())?;
        new.commit()
    });
    if let Err(error) = written {
        let _ = std::fs::remove_file(&file);
        return Err(error);
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{bundles::BundleRole, model::RoleKey};

    #[test]
    fn every_export_is_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let downloads = folder.path().join("Downloads");
        let roles = vec![BundleRole::new(&RoleKey::directory("reader", "/"), "Reader", None)];
        let all = vec![Bundle { name: "On call".into(), reason: String::new(), roles }];
        let first = export(&all, &downloads).unwrap();
        std::fs::write(&first, "mine now").unwrap();
        let second = export(&all, &downloads).unwrap();
        assert_ne!(first, second);
        assert_eq!(std::fs::read_to_string(first).unwrap(), "mine now");
        assert_eq!(bundles::import(&std::fs::read_to_string(second).unwrap()), Ok(all));
        assert_eq!(std::fs::read_dir(downloads).unwrap().count(), 2, "nothing else is left there");
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Downloads");
        std::fs::write(&file, "").unwrap();
        assert!(export(&[], &file).is_err());
    }
}
