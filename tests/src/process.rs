//! Programs as processes: found beside the test, logged to a file, ended with the test.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, anyhow, ensure};
use rustix::process::{Pid, Signal, kill_process};

use crate::wait;

/// One of our own programs, built beside the one that runs.
pub fn built(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let file = here.ancestors().skip(1).take(2).map(|folder| folder.join(name)).find(|file| file.is_file());
    file.with_context(|| {
        format!("`{name}` has not been built: use `cargo xtask test`, which builds every program first")
    })
}

/// A running program. Dropping it ends it.
#[derive(Debug)]
pub struct Process {
    /// What it is called in messages.
    pub name: String,
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program whose output goes to `{folder}/{name}.log`.
    pub fn start(name: &str, command: &mut Command, folder: &Path) -> Result<Self> {
        Self::start_with_input(name, command, folder, Stdio::null())
    }

    /// The same, with something to read on its standard input.
    pub fn start_with_input(name: &str, command: &mut Command, folder: &Path, input: Stdio) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let file = File::options().create(true).append(true).open(&log)?;
        let child = command
            .stdin(input)
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        Ok(Self { name: name.into(), child, log })
    }

    /// Starts a program and reads the first line that it prints.
    pub fn start_for_line(name: &str, command: &mut Command, folder: &Path) -> Result<(Self, String)> {
        let log = folder.join(format!("{name}.log"));
        let file = File::options().create(true).append(true).open(&log)?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(file)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let mut output = child.stdout.take().context("no standard output")?;
        let process = Self { name: name.into(), child, log };
        let mut line = Vec::new();
        let mut byte = [0];
        while output.read(&mut byte)? == 1 && byte != [b'\n'] {
            line.push(byte[0]);
        }
        ensure!(!line.is_empty(), "{name} printed nothing: {}", process.log());
        // Whatever it prints later must not fill the pipe, nor break it.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Ok((process, String::from_utf8(line)?))
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has printed.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until it has printed this.
    pub async fn says(&self, words: &str) -> Result<()> {
        let waited = wait::until_true(words, wait::LONG, async || Ok(self.log().contains(words))).await;
        waited.map_err(|error| anyhow!("{error:#}\n{}", self.log()))
    }

    /// Whether it still runs.
    pub fn alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits for it to end by itself.
    pub async fn ended(&mut self, within: Duration) -> Result<ExitStatus> {
        let name = self.name.clone();
        let child = &mut self.child;
        wait::until(&format!("{name} to end"), within, async || Ok(child.try_wait()?))
            .await
            .map_err(|error| anyhow!("{error:#}\n{}", self.log()))
    }

    /// Ends it at once, as a crash would.
    pub fn kill(&mut self) {
        // Failing means that it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    /// Asks politely first, so that X servers and keyrings clean up after themselves.
    fn drop(&mut self) {
        if !self.alive() {
            return;
        }
        if let Some(id) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process(id, Signal::TERM);
            for _ in 0..100 {
                if !self.alive() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        self.kill();
    }
}

/// Sends a signal to a process that is not ours.
pub fn signal(id: u32, signal: Signal) -> Result<()> {
    let id = i32::try_from(id).ok().and_then(Pid::from_raw).context("a process id")?;
    kill_process(id, signal).with_context(|| format!("{signal:?} to {id:?}"))
}

/// The TCP ports on which a process listens.
pub fn listening(process: u32) -> Result<Vec<u16>> {
    let mut sockets = Vec::new();
    for entry in fs::read_dir(format!("/proc/{process}/fd"))?.flatten() {
        let to = fs::read_link(entry.path()).unwrap_or_default();
        let inode = to.to_str().and_then(|to| to.strip_prefix("socket:[")).and_then(|to| to.strip_suffix(']'));
        sockets.extend(inode.map(str::to_owned));
    }
    let mut ports = Vec::new();
    for table in ["tcp", "tcp6"] {
        for line in fs::read_to_string(format!("/proc/{process}/net/{table}"))?.lines().skip(1) {
            let fields: Vec<_> = line.split_whitespace().collect();
            // Address and port in hexadecimal, the state (0A: listening), the inode.
            let [_, local, _, "0A", _, _, _, _, _, inode, ..] = fields[..] else { continue };
            if sockets.iter().any(|socket| socket == inode)
                && let Some((_, port)) = local.rsplit_once(':')
            {
                ports.push(u16::from_str_radix(port, 16)?);
            }
        }
    }
    Ok(ports)
}

/// All descendants of a process, itself first.
pub fn tree(root: u32) -> Vec<u32> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        // The name in brackets may hold anything; the fields after it are numbers.
        let parent: Option<u32> =
            stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1)).and_then(|id| id.parse().ok());
        if let Some(parent) = parent {
            parents.push((id, parent));
        }
    }
    let mut found = vec![root];
    let mut next = 0;
    while next < found.len() {
        let parent: u32 = found[next];
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        next += 1;
    }
    found
}
