//! Secrets longer than one entry may be: Windows Credential Manager holds 2,560 bytes (`CRED_MAX_CREDENTIAL_BLOB_SIZE`).
//!
//! A short secret is one entry with just its bytes. A long one is an index entry that names a generation of parts; parts
//! are written first and the index last, so a write that breaks off leaves the old secret whole. There are two generations
//! that take turns: what a write that broke off left behind is found without an index. The same on every system: what is
//! tested on one holds on all.

use uuid::Uuid;
use zeroize::Zeroizing;

use super::SecretError;

/// Longest entry, bytes.
pub(super) const LONGEST: usize = 2560;

/// More parts than this were never written by us.
const MOST_PARTS: usize = 64;

const INDEX: &str = "pimento-parts:";

/// The generations. Earlier versions made up a new one for every secret.
const GENERATIONS: [&str; 2] = ["a", "b"];

/// A store of entries with a longest size.
pub(super) trait Items {
    fn item(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError>;
    fn set_item(&self, name: &str, bytes: &[u8]) -> Result<(), SecretError>;
    fn delete_item(&self, name: &str) -> Result<(), SecretError>;
}

/// How many parts there are, of which generation.
struct Index {
    parts: usize,
    generation: String,
}

impl Index {
    fn parse(item: &[u8]) -> Option<Result<Self, SecretError>> {
        let text = std::str::from_utf8(item).ok()?.strip_prefix(INDEX)?;
        let index = text.split_once(':').and_then(|(parts, generation)| {
            let parts = parts.parse().ok().filter(|parts| (1..=MOST_PARTS).contains(parts))?;
            let known = GENERATIONS.contains(&generation) || Uuid::try_parse(generation).is_ok();
            known.then(|| Self { parts, generation: generation.to_owned() })
        });
        Some(index.ok_or_else(|| SecretError::Corrupt("The keyring's index of parts is damaged.".into())))
    }

    fn text(&self) -> String {
        format!("{INDEX}{}:{}", self.parts, self.generation)
    }

    fn names(&self, name: &str) -> impl DoubleEndedIterator<Item = String> {
        let (name, generation) = (name.to_owned(), self.generation.clone());
        (1..=self.parts).map(move |part| part_name(&name, &generation, part))
    }
}

fn part_name(name: &str, generation: &str, part: usize) -> String {
    format!("{name}/{generation}/{part}")
}

pub(super) fn read(items: &impl Items, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
    let Some(item) = items.item(name)? else { return Ok(None) };
    let Some(index) = Index::parse(&item) else { return Ok(Some(item)) };
    let index = index?;
    let mut secret = Zeroizing::new(Vec::with_capacity(index.parts * LONGEST));
    for part in index.names(name) {
        let Some(bytes) = items.item(&part)? else {
            return Err(SecretError::Corrupt("A part is missing from the keyring.".into()));
        };
        secret.extend_from_slice(&bytes);
    }
    Ok(Some(secret))
}

pub(super) fn write(items: &impl Items, name: &str, secret: &[u8]) -> Result<(), SecretError> {
    let old = index(items, name)?;
    if secret.len() <= LONGEST && !secret.starts_with(INDEX.as_bytes()) {
        items.set_item(name, secret)?;
        return clear(items, name, old.as_ref(), None);
    }
    let taken = old.as_ref().map(|old| old.generation.as_str());
    let generation = if taken == Some(GENERATIONS[0]) { GENERATIONS[1] } else { GENERATIONS[0] };
    let new = Index { parts: secret.len().div_ceil(LONGEST), generation: generation.into() };
    if new.parts > MOST_PARTS {
        return Err(SecretError::Unavailable("The secret is too long for the keyring.".into()));
    }
    // An earlier write of this generation may have broken off, and have been longer.
    clear_generation(items, name, generation)?;
    let mut parts = new.names(name).zip(secret.chunks(LONGEST));
    let written = parts.try_for_each(|(part, bytes)| items.set_item(&part, bytes));
    if let Err(error) = written.and_then(|()| items.set_item(name, new.text().as_bytes())) {
        // Unless it was done although it was said not to be.
        if index(items, name).is_ok_and(|index| index.is_none_or(|index| index.generation != generation)) {
            let _ = clear_generation(items, name, generation);
        }
        return Err(error);
    }
    clear(items, name, old.as_ref(), Some(generation))
}

pub(super) fn delete(items: &impl Items, name: &str) -> Result<(), SecretError> {
    let index = index(items, name)?;
    clear(items, name, index.as_ref(), None)?;
    items.delete_item(name)
}

fn index(items: &impl Items, name: &str) -> Result<Option<Index>, SecretError> {
    Ok(items.item(name)?.and_then(|item| Index::parse(&item)).and_then(Result::ok))
}

/// Deletes all parts but those of one generation.
fn clear(items: &impl Items, name: &str, old: Option<&Index>, keep: Option<&str>) -> Result<(), SecretError> {
    for part in old.into_iter().flat_map(|old| old.names(name).rev()) {
        items.delete_item(&part)?;
    }
    for generation in GENERATIONS.into_iter().filter(|generation| Some(*generation) != keep) {
        clear_generation(items, name, generation)?;
    }
    Ok(())
}

/// Parts are written from the first to the last and deleted from the last to the first: where one is missing, none follows.
fn clear_generation(items: &impl Items, name: &str, generation: &str) -> Result<(), SecretError> {
    let mut there = 0;
    while there < MOST_PARTS && items.item(&part_name(name, generation, there + 1))?.is_some() {
        there += 1;
    }
    for part in (1..=there).rev() {
        items.delete_item(&part_name(name, generation, part))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeMap};

    use super::*;

    /// Holds what a keyring would, refuses what one would, and can break off after some writes.
    #[derive(Default)]
    struct Fake {
        items: RefCell<BTreeMap<String, Vec<u8>>>,
        writes_left: RefCell<Option<usize>>,
    }

    impl Items for Fake {
        fn item(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
            Ok(self.items.borrow().get(name).cloned().map(Zeroizing::new))
        }

        fn set_item(&self, name: &str, bytes: &[u8]) -> Result<(), SecretError> {
            assert!(bytes.len() <= LONGEST, "{} bytes", bytes.len());
            if let Some(left) = self.writes_left.borrow_mut().as_mut() {
                *left = left.checked_sub(1).ok_or_else(|| SecretError::Unavailable("broken off".into()))?;
            }
            self.items.borrow_mut().insert(name.to_owned(), bytes.to_vec());
            Ok(())
        }

        fn delete_item(&self, name: &str) -> Result<(), SecretError> {
            self.items.borrow_mut().remove(name);
            Ok(())
        }
    }

    fn secret(length: usize) -> Vec<u8> {
        (0..length).map(|i| u8::try_from(i % 251).expect("small")).collect()
    }

    #[test]
    fn secrets_of_every_size_come_back_and_leave_nothing_behind() {
        for length in [0, 1, 1280, 1281, 2560, 2561, 5120, 5121, 20_000] {
            let fake = Fake::default();
            write(&fake, "a", &secret(length)).expect("write");
            write(&fake, "a", &secret(length)).expect("rewrite");
            let entries = if length <= LONGEST { 1 } else { 1 + length.div_ceil(LONGEST) };
            assert_eq!(fake.items.borrow().len(), entries, "{length}");
            assert_eq!(*read(&fake, "a").expect("read").expect("there"), secret(length), "{length}");
            delete(&fake, "a").expect("delete");
            assert!(fake.items.borrow().is_empty(), "{length}");
            assert!(read(&fake, "a").expect("read").is_none());
        }
    }

    #[test]
    fn a_write_that_breaks_off_leaves_the_old_secret_whole() {
        for old in [100, 6000] {
            for broken_after in 0..4 {
                let fake = Fake::default();
                write(&fake, "a", &secret(old)).expect("write");
                fake.writes_left.replace(Some(broken_after));
                let written = write(&fake, "a", &secret(7000));
                let expected = if written.is_ok() { 7000 } else { old };
                assert_eq!(*read(&fake, "a").expect("read").expect("there"), secret(expected));
            }
        }
    }

    #[test]
    fn a_write_that_breaks_off_leaves_nothing_that_stays_for_ever() {
        for old in [100, 6000] {
            for broken_after in 0..4 {
                let fake = Fake::default();
                write(&fake, "a", &secret(old)).expect("write");
                let before = fake.items.borrow().clone();
                fake.writes_left.replace(Some(broken_after));
                if write(&fake, "a", &secret(7000)).is_err() {
                    assert_eq!(*fake.items.borrow(), before, "tidied up");
                }
            }
            // The process was gone before it could tidy up; the other generation is the secret's own.
            for after in [100, 3000, 6000] {
                for delete_only in [false, true] {
                    let fake = Fake::default();
                    write(&fake, "a", &secret(old)).expect("write");
                    for part in 1..=4 {
                        let name = |generation| part_name("a", generation, part);
                        let own = index(&fake, "a").expect("index").map(|index| index.generation);
                        let left = GENERATIONS.into_iter().filter(|generation| own.as_deref() != Some(generation));
                        fake.items.borrow_mut().extend(left.map(|generation| (name(generation), vec![1])));
                    }
                    if !delete_only {
                        write(&fake, "a", &secret(after)).expect("write");
                        assert_eq!(*read(&fake, "a").expect("read").expect("there"), secret(after));
                        let entries = if after <= LONGEST { 1 } else { 1 + after.div_ceil(LONGEST) };
                        assert_eq!(fake.items.borrow().len(), entries, "{old} {after}");
                    }
                    delete(&fake, "a").expect("delete");
                    assert_eq!(*fake.items.borrow(), BTreeMap::new(), "{old} {after}");
                }
            }
        }
    }

    #[test]
    fn what_earlier_versions_wrote_is_read_and_cleared() {
        let fake = Fake::default();
        let generation = "0f8fad5b-d9cb-469f-a165-70867728950e";
        let put = |name: String, bytes: &[u8]| fake.items.borrow_mut().insert(name, bytes.to_vec());
        put("a".into(), format!("{INDEX}2:{generation}").as_bytes());
        put(part_name("a", generation, 1), b"one");
        put(part_name("a", generation, 2), b"two");
        assert_eq!(&**read(&fake, "a").expect("read").expect("there"), b"onetwo");
        write(&fake, "a", &secret(3000)).expect("write");
        assert_eq!(fake.items.borrow().len(), 3);
        delete(&fake, "a").expect("delete");
        assert!(fake.items.borrow().is_empty());
    }

    #[test]
    fn a_damaged_index_or_a_missing_part_is_said() {
        let fake = Fake::default();
        write(&fake, "a", &secret(6000)).expect("write");
        let part = fake.items.borrow().keys().find(|name| name.ends_with("/2")).cloned().expect("a part");
        fake.items.borrow_mut().remove(&part);
        assert!(matches!(read(&fake, "a"), Err(SecretError::Corrupt(_))));
        for index in ["pimento-parts:", "pimento-parts:0:x", "pimento-parts:9999:x", "pimento-parts:2:../x"] {
            fake.items.borrow_mut().insert("b".into(), index.into());
            assert!(matches!(read(&fake, "b"), Err(SecretError::Corrupt(_))), "{index}");
        }
        delete(&fake, "b").expect("delete");
        assert!(read(&fake, "b").expect("read").is_none());
    }

    #[test]
    fn a_secret_that_looks_like_an_index_is_no_index() {
        let fake = Fake::default();
        write(&fake, "a", b"pimento-parts:2:x").expect("write");
        assert_eq!(&**read(&fake, "a").expect("read").expect("there"), b"pimento-parts:2:x");
    }
}
