//! Downloads in a folder: a new one under a name that is free there, and those that have not come to their end.

use std::{cmp::Reverse, fs, io, path::Path};

use chrono::{DateTime, Utc};

use super::{Begun, Export, Failed, Format, Query, beside, export::Unfinished};
use crate::manage::download::names;

/// What can be left of another download beside a name.
const TRACES: [&str; 3] = [".part", ".part.json", ".manifest.json"];

/// Begins a new download under the first name that nothing in the folder has. See [`Export::begin`].
///
/// # Errors
/// The disk's.
pub fn begin_in(
    folder: &Path,
    stem: &str,
    format: Format,
    query: &Query,
    asked: &str,
    account: &str,
    now: DateTime<Utc>,
) -> Result<Box<Export>, Failed> {
    fs::create_dir_all(folder)?;
    for file in names(folder, stem, format.extension()) {
        if TRACES.iter().any(|end| beside(&file, end).exists()) {
            continue;
        }
        match Export::begin(&file, format, query.clone(), asked, account, now) {
            Ok(Begun::Open(export)) => return Ok(export),
            Ok(Begun::Finished(_)) | Err(Failed::There(_) | Failed::Busy(_) | Failed::Other(_)) => {}
            Err(failed @ Failed::Disk(_)) => return Err(failed),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists).into())
}

/// An account's downloads in the folder that have not come to their end and whose names begin so, the last one first.
///
/// # Errors
/// The disk's, where the folder cannot be read.
pub fn unfinished(folder: &Path, stem: &str, account: &str) -> io::Result<Vec<Unfinished>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut all = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let file = name.to_str().and_then(|name| name.strip_suffix(".part.json")).filter(|file| file.starts_with(stem));
        // What cannot be read cannot be gone on with either.
        all.extend(file.and_then(|file| Unfinished::at(folder.join(file), account).ok().flatten()));
    }
    all.sort_by_key(|each: &Unfinished| (Reverse(each.begun), each.file.clone()));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::record, *};
    use crate::manage::audit::Page;

    const STEM: &str = "pimento-audit";

    fn now() -> DateTime<Utc> {
        "2026-11-23T13:00:00Z".parse().unwrap()
    }

    fn begin(folder: &Path, asked: &str, format: Format) -> Box<Export> {
        begin_in(folder, STEM, format, &Query::default(), asked, "maya", now()).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_download_takes_nobodys_name() {
        let folder = tempfile::tempdir().unwrap();
        let downloads = folder.path().join("Downloads");
        begin(&downloads, "day", Format::Csv).finish(now()).unwrap();
        assert_eq!(names(&downloads), ["pimento-audit.csv", "pimento-audit.csv.manifest.json"]);
        // The same question anew, though one like it is under way.
        let open = begin(&downloads, "day", Format::Csv);
        assert_eq!(open.file(), downloads.join("pimento-audit (2).csv"));
        assert_eq!(begin(&downloads, "day", Format::Csv).file(), downloads.join("pimento-audit (3).csv"));
        assert_eq!(begin(&downloads, "day", Format::JsonLines).file(), downloads.join("pimento-audit.jsonl"));
        // A manifest is worth as much as its file.
        fs::remove_file(downloads.join("pimento-audit.csv")).unwrap();
        assert_eq!(begin(&downloads, "day", Format::Csv).file(), downloads.join("pimento-audit (4).csv"));
    }

    #[test]
    fn what_was_not_finished_is_found_again_by_whoever_began_it() {
        let folder = tempfile::tempdir().unwrap();
        let found = |account| unfinished(folder.path(), STEM, account).unwrap();
        assert!(found("maya").is_empty() && unfinished(&folder.path().join("none"), STEM, "maya").unwrap().is_empty());
        begin(folder.path(), "day", Format::Csv).finish(now()).unwrap();
        let mut export = begin(folder.path(), "week", Format::Csv);
        let records = vec![record("one", "2026-11-23T12:00:00.5Z")];
        export.take(&Page { records, unreadable: 0 }).unwrap();
        drop(export);
        fs::write(folder.path().join("pimento-audit-odd.csv.part.json"), "{").unwrap();
        fs::copy(folder.path().join("pimento-audit (2).csv.part.json"), folder.path().join("somebody's.csv.part.json"))
            .unwrap();
        let [one] = &found("maya")[..] else { panic!("{:?}", found("maya")) };
        assert_eq!((one.asked.as_str(), one.format, one.count, one.begun), ("week", Format::Csv, 1, now()));
        assert_eq!(one.reached, "2026-11-23T12:00:00Z".parse().ok());
        assert_eq!(one.file, folder.path().join("pimento-audit (2).csv"));
        assert!(found("omar").is_empty());
        // Of what has lost its records, nothing is left to go on with.
        fs::remove_file(folder.path().join("pimento-audit (2).csv.part")).unwrap();
        assert!(found("maya").is_empty());
    }
}
