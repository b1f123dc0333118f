//! Secrets of every size in the desktop's keyring: for the test that wants to know, not for the bench.

use anyhow::{Context, Result, ensure};
use pim::secrets::{KeyringStore, SecretStore};
use serde_json::{Value, json};

/// Around what Windows Credential Manager holds, as text and as bytes; and more than twice that.
const SIZES: [usize; 6] = [1, 1280, 1281, 2560, 2561, 7000];

/// Writes, reads and wipes one of each size.
pub fn sizes() -> Result<Value> {
    for length in SIZES {
        let secret: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251)).collect::<Result<_, _>>()?;
        KeyringStore.write("sizes", &secret).with_context(|| format!("{length} bytes"))?;
        let read = KeyringStore.read("sizes")?.with_context(|| format!("{length} bytes are not there"))?;
        ensure!(*read == secret, "{length} bytes came back as {}", read.len());
    }
    KeyringStore.delete("sizes")?;
    ensure!(KeyringStore.read("sizes")?.is_none(), "it is still there");
    Ok(json!(SIZES))
}
