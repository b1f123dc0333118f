//! What the flyout's page loads before anybody sees it, compressed as it would travel.

use std::{collections::BTreeSet, fs, io::Write, path::Path};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

use crate::figures::{Figure, Unit, heading};

/// 100 kB, in KiB.
const MOST: f64 = 100_000.0 / 1024.0;

/// Prints the size of scripts and styles.
pub fn print() -> Result<()> {
    heading("Flyout's page");
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
    let page = fs::read_to_string(dist.join("index.html")).context("the window has not been built")?;
    let files: BTreeSet<_> = page.split('"').filter(|part| part.starts_with("./assets/")).collect();
    let mut size = 0;
    for file in files {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&fs::read(dist.join(file))?)?;
        size += encoder.finish()?.len();
    }
    #[expect(clippy::cast_precision_loss, reason = "a page is no petabyte")]
    let size = size as f64 / 1024.0;
    Figure::new("scripts and styles (gzip)", Unit::Kibibytes, [size]).aim(MOST).print();
    Ok(())
}
