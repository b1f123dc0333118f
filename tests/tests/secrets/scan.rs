//! Looks for texts that must be nowhere, in every spelling in which they could have got there.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::Path,
};

use anyhow::{Context, Result};

/// Bytes of a page of memory, as pagemap counts them on the machines that tests run on.
const PAGE: usize = 4096;

/// Pages that are read at once.
const PAGES: usize = 256;

/// Longer than every needle: what lies across two reads is found too.
const OVERLAP: usize = 256;

/// Pages whose presence is asked for at once.
const ASKED: usize = 1 << 16;

/// One spelling of one text.
struct Needle {
    name: String,
    bytes: Vec<u8>,
    /// How far the search may move on, by the last byte of the window (Horspool).
    shifts: Box<[usize; 256]>,
}

impl Needle {
    fn new(name: String, bytes: Vec<u8>) -> Self {
        let mut shifts = Box::new([bytes.len(); 256]);
        for (at, byte) in bytes.iter().enumerate().take(bytes.len() - 1) {
            shifts[usize::from(*byte)] = bytes.len() - 1 - at;
        }
        Self { name, bytes, shifts }
    }

    fn is_in(&self, haystack: &[u8]) -> bool {
        let last = self.bytes.len() - 1;
        let mut end = last;
        while let Some(byte) = haystack.get(end) {
            if *byte == self.bytes[last] && haystack[end - last..end] == self.bytes[..last] {
                return true;
            }
            end += self.shifts[usize::from(*byte)];
        }
        false
    }
}

/// Finds texts in files and in the memory of processes.
pub struct Scanner {
    needles: Vec<Needle>,
}

impl Scanner {
    /// A scanner for these texts: plain, UTF-16, base64 at each of its three alignments, percent-encoded and hexadecimal.
    pub fn of(texts: &[String]) -> Self {
        let mut needles = Vec::new();
        for text in texts {
            for (spelling, bytes) in spellings(text) {
                needles.push(Needle::new(format!("{text} ({spelling})"), bytes));
            }
        }
        Self { needles }
    }

    /// What is found in these bytes.
    pub fn bytes(&self, bytes: &[u8]) -> BTreeSet<String> {
        self.needles.iter().filter(|needle| needle.is_in(bytes)).map(|needle| needle.name.clone()).collect()
    }

    /// What is found in the files below a folder, as `file: text`, and how many were read. `spared` are not looked into.
    pub fn files(&self, folder: &Path, spared: &[&Path]) -> Result<(usize, BTreeSet<String>)> {
        let (mut read, mut found) = (0, BTreeSet::new());
        for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if spared.contains(&&*path) {
                continue;
            }
            if kind.is_dir() {
                let (more, hits) = self.files(&path, spared)?;
                read += more;
                found.extend(hits);
            } else if kind.is_file() {
                let bytes = match fs::read(&path) {
                    // Temporary files come and go.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    bytes => bytes.with_context(|| path.display().to_string())?,
                };
                read += 1;
                found.extend(self.bytes(&bytes).into_iter().map(|hit| format!("{}: {hit}", path.display())));
            }
        }
        Ok((read, found))
    }

    /// What is found in a process's environment and arguments.
    pub fn invocation(&self, process: u32) -> Result<BTreeSet<String>> {
        let mut found = self.bytes(&fs::read(format!("/proc/{process}/environ"))?);
        found.extend(self.bytes(&fs::read(format!("/proc/{process}/cmdline"))?));
        Ok(found)
    }

    /// What is found in a process's memory, and how many bytes of it were read. Files that are mapped and cannot be
    /// written hold nothing that came at run time, so they are left out.
    ///
    /// # Errors
    /// The system does not let us read another process's memory, or the process is gone.
    pub fn memory(&self, process: u32) -> io::Result<(usize, BTreeSet<String>)> {
        let memory = File::open(format!("/proc/{process}/mem"))?;
        let pages = File::open(format!("/proc/{process}/pagemap"))?;
        let (mut read, mut found) = (0, BTreeSet::new());
        for (start, end) in mappings(&fs::read_to_string(format!("/proc/{process}/maps"))?) {
            let mut tail = Vec::new();
            let mut after = start;
            for (from, to) in present(&pages, start, end)? {
                if from != after {
                    tail.clear();
                }
                after = to;
                let mut bytes = std::mem::take(&mut tail);
                let kept = bytes.len();
                bytes.resize(kept + (to - from), 0);
                // A page may be gone by now.
                if memory.read_exact_at(&mut bytes[kept..], from as u64).is_err() {
                    continue;
                }
                read += to - from;
                found.extend(self.bytes(&bytes));
                tail = bytes.split_off(bytes.len().saturating_sub(OVERLAP));
            }
        }
        Ok((read, found))
    }
}

/// The mappings to look into, as addresses from and to.
fn mappings(maps: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (Some(range), Some(permissions)) = (words.next(), words.next()) else { continue };
        let name = line.splitn(6, ' ').nth(5).unwrap_or_default().trim();
        let constant = !permissions.contains('w')
            && name.starts_with('/')
            && !name.starts_with("/memfd:")
            && !name.ends_with(" (deleted)");
        let ours = permissions.starts_with('r') && !constant && !name.starts_with("[v");
        let address = |text: &str| usize::from_str_radix(text, 16).ok();
        if let (true, Some((from, to))) = (ours, range.split_once('-'))
            && let (Some(from), Some(to)) = (address(from), address(to))
        {
            found.push((from, to));
        }
    }
    found
}

/// The runs of pages that exist, in memory or swapped out: most of what a web view reserves does not.
fn present(pagemap: &File, start: usize, end: usize) -> io::Result<Vec<(usize, usize)>> {
    const ENTRY: usize = 8;
    let nothing = vec![0; ASKED * ENTRY];
    let mut entries = nothing.clone();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for first in (start..end).step_by(ASKED * PAGE) {
        let asked = ASKED.min((end - first) / PAGE);
        let entries = &mut entries[..asked * ENTRY];
        pagemap.read_exact_at(entries, (first / PAGE * ENTRY) as u64)?;
        if *entries == nothing[..entries.len()] {
            continue;
        }
        for (at, entry) in entries.chunks_exact(ENTRY).enumerate() {
            // The two highest bits: present, swapped.
            if entry[ENTRY - 1] & 0xc0 == 0 {
                continue;
            }
            let page = first + at * PAGE;
            match runs.last_mut() {
                Some((from, to)) if *to == page && page - *from < PAGES * PAGE => *to += PAGE,
                _ => runs.push((page, page + PAGE)),
            }
        }
    }
    Ok(runs)
}

/// Every spelling of a text that is looked for.
pub fn spellings(text: &str) -> Vec<(String, Vec<u8>)> {
    let plain = text.as_bytes();
    let hex = |prefix: &str| plain.iter().map(|byte| format!("{prefix}{byte:02x}")).collect::<Vec<_>>().concat();
    // The last zero is left out: the searched text goes on after it anyway.
    let mut wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    wide.pop();
    let mut all = vec![
        ("plain".to_owned(), plain.to_vec()),
        ("UTF-16".to_owned(), wide),
        ("percent-encoded".to_owned(), hex("%").into_bytes()),
        ("percent-encoded, capitals".to_owned(), hex("%").to_uppercase().into_bytes()),
        ("hexadecimal".to_owned(), hex("").into_bytes()),
    ];
    for before in 0..3 {
        all.push((format!("base64, {before} bytes before it"), base64(plain, before)));
    }
    all
}

/// The characters of base64 that depend on the text alone, whatever `before` bytes precede it and whatever follows.
fn base64(text: &[u8], before: usize) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = |at: usize| (text[at / 8 - before] >> (7 - at % 8)) & 1;
    let (first, end) = (before * 8, (before + text.len()) * 8);
    (first.div_ceil(6)..end / 6)
        .map(|character| {
            let value = (character * 6..character * 6 + 6).fold(0, |value, at| value << 1 | bits(at));
            ALPHABET[usize::from(value)]
        })
        .collect()
}

#[test]
fn what_is_looked_for_is_what_others_make_of_the_text() {
    let scanner = Scanner::of(&["LeakCanary5f1c".to_owned()]);
    for (text, spelling) in [
        ("a LeakCanary5f1c z", "plain"),
        ("L\0e\0a\0k\0C\0a\0n\0a\0r\0y\x005\0f\x001\0c\0", "UTF-16"),
        ("%4c%65%61%6b%43%61%6e%61%72%79%35%66%31%63", "percent-encoded"),
        ("%4C%65%61%6B%43%61%6E%61%72%79%35%66%31%63", "percent-encoded, capitals"),
        ("4c65616b43616e6172793566316321", "hexadecimal"),
        // As Python's base64 makes them of the text with nothing, `x` and `xx` before it and `!` after it.
        ("TGVha0NhbmFyeTVmMWMh", "base64, 0 bytes before it"),
        ("eExlYWtDYW5hcnk1ZjFjIQ==", "base64, 1 bytes before it"),
        ("eHhMZWFrQ2FuYXJ5NWYxYyE=", "base64, 2 bytes before it"),
    ] {
        let found = scanner.bytes(text.as_bytes());
        assert_eq!(found, BTreeSet::from([format!("LeakCanary5f1c ({spelling})")]), "{text}");
    }
    assert_eq!(scanner.bytes(b"LeakCanary5f1 LeakCanarz5f1c"), BTreeSet::new());
}

#[test]
fn constants_of_programs_are_no_memory_and_everything_else_is() {
    let maps = "\
55d000000000-55d000001000 r--p 00000000 fe:00 123                        /usr/bin/cat
55d000001000-55d000002000 rw-p 00001000 fe:00 123                        /usr/bin/cat
7f0000000000-7f0000001000 r--s 00000000 00:01 77                         /memfd:ipc (deleted)
7f0000002000-7f0000003000 ---p 00000000 00:00 0
7f0000004000-7f0000005000 rw-p 00000000 00:00 0                          [heap]
7ffd00000000-7ffd00001000 r--p 00000000 00:00 0                          [vvar]
";
    let starts: Vec<usize> = mappings(maps).into_iter().map(|(from, _)| from).collect();
    assert_eq!(starts, [0x55d0_0000_1000, 0x7f00_0000_0000, 0x7f00_0000_4000]);
}
