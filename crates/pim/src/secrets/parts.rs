//! Secrets longer than one entry may be: Windows Credential Manager holds 2,560 bytes (`CRED_MAX_CREDENTIAL_BLOB_SIZE`).
//!
//! A short secret is one entry with just its bytes. A long one is an index entry that names a generation of parts; parts
//! are written first and the index last, so a write that breaks off leaves the old secret whole. The same on every system:
//! what is tested on one holds on all.

use uuid::Uuid;
use zeroize::Zeroizing;

use super::SecretError;

/// Longest entry, bytes.
pub(super) const LONGEST: usize = 2560;

/// More parts than this were never written by us.
const MOST_PARTS: usize = 64;

const INDEX: &str = "pimento-parts:";

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
            Uuid::try_parse(generation).ok()?;
            Some(Self { parts, generation: generation.to_owned() })
        });
        Some(index.ok_or_else(|| SecretError::Corrupt("The keyring's index of parts is damaged.".into())))
    }

    fn text(&self) -> String {
        format!("{INDEX}{}:{}", self.parts, self.generation)
    }

    fn names(&self, name: &str) -> impl Iterator<Item = String> {
        let prefix = format!("{name}/{}", self.generation);
        (1..=self.parts).map(move |part| format!("{prefix}/{part}"))
    }
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
    let old = items.item(name)?.and_then(|item| Index::parse(&item)).and_then(Result::ok);
    if secret.len() <= LONGEST && !secret.starts_with(INDEX.as_bytes()) {
        items.set_item(name, secret)?;
    } else {
        let index = Index { parts: secret.len().div_ceil(LONGEST), generation: Uuid::new_v4().to_string() };
        if index.parts > MOST_PARTS {
            return Err(SecretError::Unavailable("The secret is too long for the keyring.".into()));
        }
        for (part, bytes) in index.names(name).zip(secret.chunks(LONGEST)) {
            items.set_item(&part, bytes)?;
        }
        items.set_item(name, index.text().as_bytes())?;
    }
    delete_parts(items, name, old.as_ref())
}

pub(super) fn delete(items: &impl Items, name: &str) -> Result<(), SecretError> {
    let index = items.item(name)?.and_then(|item| Index::parse(&item)).and_then(Result::ok);
    delete_parts(items, name, index.as_ref())?;
    items.delete_item(name)
}

fn delete_parts(items: &impl Items, name: &str, index: Option<&Index>) -> Result<(), SecretError> {
    for part in index.into_iter().flat_map(|index| index.names(name)) {
        items.delete_item(&part)?;
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
