//! The numbered screenshots and the log beside them.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use pimento_tests::{clock::Stopwatch, desktop::Desktop, window::Window};

/// A folder of pictures in their order, and `log.txt`.
pub struct Album {
    folder: PathBuf,
    pictures: usize,
    log: String,
    watch: Stopwatch,
}

impl Album {
    /// An empty one; what an earlier play left is removed.
    pub fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        for entry in fs::read_dir(folder)?.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == "png" || ending == "txt") {
                fs::remove_file(path)?;
            }
        }
        let folder = folder.canonicalize()?;
        Ok(Self { folder, pictures: 0, log: String::new(), watch: Stopwatch::start() })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Says what happens, on the terminal and in the log.
    pub fn say(&mut self, words: &str) -> Result<()> {
        let line = format!("{:6.1} s  {words}", self.watch.elapsed().as_secs_f64());
        println!("{line}");
        writeln!(self.log, "{line}")?;
        Ok(fs::write(self.folder.join("log.txt"), &self.log)?)
    }

    /// Says what is to be seen, and photographs the screen.
    pub fn picture(&mut self, desktop: &Desktop, name: &str, words: &str) -> Result<()> {
        self.pictures += 1;
        let file = format!("{:02}-{name}.png", self.pictures);
        desktop.photograph(&self.folder.join(&file))?;
        self.say(&format!("{file}: {words}"))
    }

    /// The same, once the application's window shows what it says.
    pub async fn window(&mut self, desktop: &Desktop, window: &Window, name: &str, words: &str) -> Result<()> {
        window.painted().await?;
        self.picture(desktop, name, words)
    }
}
