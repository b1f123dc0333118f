//! The system's own keyring: always on Windows; elsewhere where `PIMENTO_TEST_KEYRING` says that there is one to write to
//! (a Secret Service without a prompt, an unlocked keychain).

use std::env;

use pim::secrets::{KeyringStore, SecretStore};

#[test]
fn secrets_of_every_size_come_back_and_are_wiped() {
    if !cfg!(windows) && env::var_os("PIMENTO_TEST_KEYRING").is_none() {
        eprintln!("SKIPPED: set PIMENTO_TEST_KEYRING=1 where a keyring may be written to.");
        return;
    }
    let name = format!("test.{}", uuid::Uuid::new_v4());
    for length in [1_usize, 1280, 1281, 2560, 2561, 7000] {
        let secret: Vec<u8> = (0..length).map(|at| u8::try_from(at % 256).expect("a byte")).collect();
        KeyringStore.write(&name, &secret).unwrap_or_else(|error| panic!("{length} bytes: {error}"));
        let read = KeyringStore.read(&name).expect("readable").expect("there");
        assert!(*read == secret, "{length} bytes come back as {}", read.len());
    }
    KeyringStore.delete(&name).expect("wiped");
    assert!(KeyringStore.read(&name).expect("readable").is_none());
    KeyringStore.delete(&name).expect("nothing to wipe is no error");
}
