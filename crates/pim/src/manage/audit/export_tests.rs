use proptest::prelude::*;

use super::{super::tests::record, *};
use crate::model::AuditRecord;

const ACCOUNT: &str = "maya.contoso";

fn now() -> DateTime<Utc> {
    "2026-11-23T13:00:00Z".parse().unwrap()
}

/// Three records in each second, newest first, in pages of five: pages end in the middle of a second.
fn log(records: u32) -> Vec<AuditRecord> {
    let mut all: Vec<_> = (0..records)
        .map(|n| {
            let (second, part) = (n / 3, n % 3);
            record(&format!("PIM_{n}"), &format!("2026-11-23T12:{:02}:{:02}.{part}Z", second / 60, second % 60))
        })
        .collect();
    all.reverse();
    all
}

/// What the service has of a question.
fn asked<'a>(log: &'a [AuditRecord], query: &Query) -> Vec<&'a AuditRecord> {
    let to = query.to.expect("always bounded");
    log.iter().filter(|record| record.at <= to).collect()
}

fn open_at(file: &Path) -> Export {
    match Export::begin(file, Format::of(file).unwrap(), Query::default(), "all", ACCOUNT, now()).unwrap() {
        Begun::Open(export) => *export,
        Begun::Finished(manifest) => panic!("finished: {manifest:?}"),
    }
}

/// Reads `pages` pages of what is still to be read, or all; `true`: that was all.
fn read(export: &mut Export, log: &[AuditRecord], pages: usize) -> bool {
    let left = asked(log, &export.query());
    let mut all = left.chunks(5).peekable();
    for _ in 0..pages {
        let Some(page) = all.next() else { break };
        let records = page.iter().map(|record| (*record).clone()).collect();
        export.take(&Page { records, unreadable: 0 }).unwrap();
    }
    all.peek().is_none()
}

fn whole(name: &str, log: &[AuditRecord]) -> (Vec<u8>, Manifest) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    let mut export = open_at(&file);
    assert!(read(&mut export, log, usize::MAX));
    let manifest = export.finish(now()).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "the file and its manifest");
    (fs::read(file).unwrap(), manifest)
}

#[test]
fn a_file_is_written_with_its_manifest() {
    for name in ["log.csv", "log.jsonl"] {
        let (bytes, manifest) = whole(name, &log(23));
        let lines = String::from_utf8(bytes.clone()).unwrap().lines().count();
        assert_eq!(lines, if name.ends_with("csv") { 24 } else { 23 });
        assert_eq!((manifest.count, manifest.read, manifest.bytes), (23, 23, bytes.len() as u64));
        assert_eq!(manifest.sha256, hex(&Sha256::digest(&bytes)));
        assert_eq!((manifest.interruptions, manifest.query.to), (0, Some(now())));
    }
    assert_eq!(Format::of(Path::new("x.CSV")), Some(Format::Csv));
    assert_eq!(Format::of(Path::new("x.xlsx")), None);
    assert_eq!(Format::of(Path::new("csv")), None);
}

/// What can happen to a file that is being written.
type Harm = fn(&Path);

/// The disk as an interruption leaves it: the part cut anywhere at or after what its state speaks of.
#[test]
fn interrupted_at_any_byte_it_ends_as_if_nothing_had_happened() {
    let log = log(17);
    let (expected, _) = whole("log.csv", &log);
    for after in [expected.len(), 1, 0] {
        // A torn write of anything may follow what holds.
        let tail: Vec<u8> = expected.iter().copied().cycle().take(after.min(300)).collect();
        for pages in 0..=4 {
            for cut in (0..=tail.len()).step_by(7) {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("log.csv");
                let mut export = open_at(&file);
                let all = read(&mut export, &log, pages);
                drop(export);
                let mut part = OpenOptions::new().append(true).open(beside(&file, ".part")).unwrap();
                part.write_all(&tail[..cut]).unwrap();
                drop(part);
                let mut export = open_at(&file);
                assert!(export.aside.is_empty() && !export.is_complete());
                assert!(read(&mut export, &log, usize::MAX) && (all || pages < 4));
                let manifest = export.finish(now()).unwrap();
                assert_eq!((manifest.count, manifest.interruptions), (17, 1), "{pages} pages, cut at {cut}");
                assert!(fs::read(&file).unwrap() == expected, "{pages} pages, cut at {cut}");
            }
        }
    }
}

#[test]
fn what_is_not_as_it_should_be_is_kept_and_begun_anew() {
    let log = log(17);
    let (expected, _) = whole("log.jsonl", &log);
    let harms: [(Harm, usize); 4] = [
        // Shorter than what was said of it.
        (|file| OpenOptions::new().write(true).open(beside(file, ".part")).unwrap().set_len(40).unwrap(), 1),
        // Changed by somebody.
        (
            |file| {
                let mut bytes = fs::read(beside(file, ".part")).unwrap();
                bytes[20] ^= 1;
                fs::write(beside(file, ".part"), bytes).unwrap();
            },
            1,
        ),
        // Nothing beside it.
        (|file| fs::remove_file(beside(file, ".part.json")).unwrap(), 1),
        // Something beside it that nobody can read.
        (|file| fs::write(beside(file, ".part.json"), "{\"format\":1").unwrap(), 2),
    ];
    for (harm, kept) in harms {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log.jsonl");
        let mut export = open_at(&file);
        assert!(!read(&mut export, &log, 2));
        drop(export);
        harm(&file);
        let mut export = open_at(&file);
        assert_eq!((export.aside.len(), export.count()), (kept, 0));
        assert!(export.aside.iter().all(|aside| aside.exists()));
        assert!(read(&mut export, &log, usize::MAX));
        export.finish(now()).unwrap();
        assert!(fs::read(&file).unwrap() == expected);
    }
}

#[test]
fn interrupted_in_its_last_steps_it_has_only_to_be_named() {
    let log = log(9);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.csv");
    let mut export = open_at(&file);
    assert!(read(&mut export, &log, usize::MAX));
    let beside_it = beside(&file, ".part.json");
    export.state.complete = true;
    export.keep().unwrap();
    let state = fs::read(&beside_it).unwrap();
    drop(export);
    let export = open_at(&file);
    assert!(export.is_complete());
    let finished = export.finish(now()).unwrap();
    // The last file was not removed.
    fs::write(&beside_it, state).unwrap();
    match Export::begin(&file, Format::Csv, Query::default(), "all", ACCOUNT, now()).unwrap() {
        Begun::Finished(again) => assert_eq!((again.sha256, again.count), (finished.sha256, 9)),
        Begun::Open(_) => panic!("written twice"),
    }
    assert!(!beside_it.exists());
    let again = Export::begin(&file, Format::Csv, Query::default(), "all", ACCOUNT, now());
    assert!(matches!(again, Err(Failed::There(_))), "{again:?}");
}

#[test]
fn another_question_and_another_process_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.csv");
    let export = open_at(&file);
    let again = |asked: &str, account: &str| {
        Export::begin(&file, Format::Csv, Query::default(), asked, account, now()).map(drop).unwrap_err()
    };
    assert!(matches!(again("all", ACCOUNT), Failed::Busy(_)));
    drop(export);
    for other in [again("role=helpdesk", ACCOUNT), again("all", "omar.contoso")] {
        assert!(matches!(other, Failed::Other(_)), "{other}");
        assert!(other.to_string().contains("log.csv.part.json"), "{other}");
    }
    // The question is the same, its moments are those of the first run.
    let later = now() + TimeDelta::hours(3);
    let Begun::Open(export) = Export::begin(&file, Format::Csv, Query::default(), "all", ACCOUNT, later).unwrap()
    else {
        panic!("finished")
    };
    assert_eq!(export.query().to, Some(now()));
}

#[test]
fn only_what_is_asked_for_is_written_and_everything_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.jsonl");
    let query = Query { words: vec!["pim_7".into()], ..Query::default() };
    let Begun::Open(mut export) = Export::begin(&file, Format::JsonLines, query, "7", ACCOUNT, now()).unwrap() else {
        panic!("finished")
    };
    let log = log(17);
    export.take(&Page { records: log, unreadable: 2 }).unwrap();
    assert_eq!(export.reached(), "2026-11-23T12:00:00Z".parse().ok());
    let manifest = export.finish(now()).unwrap();
    assert_eq!((manifest.count, manifest.read, manifest.unreadable), (1, 17, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However often it is interrupted, and however the records lie in their seconds.
    #[test]
    fn however_often_interrupted_nothing_is_lost_and_nothing_is_there_twice(
        seconds in prop::collection::vec(0_u32..9, 1..40),
        stops in prop::collection::vec(0_usize..4, 0..6),
    ) {
        let mut log: Vec<_> = seconds
            .iter()
            .enumerate()
            .map(|(n, second)| record(&format!("PIM_{n}"), &format!("2026-11-23T12:00:0{second}.{}Z", n % 7)))
            .collect();
        log.sort_by_key(|record| std::cmp::Reverse(record.at));
        let (expected, _) = whole("log.csv", &log);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log.csv");
        for pages in stops {
            read(&mut open_at(&file), &log, pages);
        }
        let mut export = open_at(&file);
        read(&mut export, &log, usize::MAX);
        let manifest = export.finish(now()).unwrap();
        prop_assert_eq!(manifest.count, log.len() as u64);
        prop_assert!(fs::read(&file).unwrap() == expected);
    }
}
