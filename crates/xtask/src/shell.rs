//! Running other programs: said before, checked after.

use std::{
    env,
    ffi::OsStr,
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use crate::{clock::Stopwatch, failures};

/// What a step comes to; the error is a sentence for the person at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

/// The repository's root.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) if Path::new(&folder).is_absolute() => folder.into(),
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// A program, started in the repository's root.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Node's package manager, in `ui`.
pub fn npm() -> Command {
    let mut npm = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root().join("ui"));
    npm
}

/// The command as one would type it.
pub fn spell(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Runs to its end, with our input and output.
pub fn run(command: &mut Command) -> Outcome {
    println!("\n+ {}", spell(command));
    let watch = Stopwatch::start();
    let status = command.status().map_err(|error| format!("cannot start `{}`: {error}", spell(command)))?;
    if status.success() {
        println!("  ({:.0} s)", watch.elapsed().as_secs_f64());
        Ok(())
    } else {
        Err(format!("`{}` failed: {status}", spell(command)))
    }
}

/// The same, with what it says written to a file.
pub fn run_into(command: &mut Command, file: &Path) -> Outcome {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", file.display());
    let output = File::create(file).map_err(failed)?;
    let errors = output.try_clone().map_err(failed)?;
    told(command.stdout(output).stderr(errors), file)
}

/// The same, and all that it says is seen meanwhile. Read from the file: what it leaves running would hold a pipe open.
pub fn run_seen(command: &mut Command, file: &Path) -> Outcome {
    println!("\n+ {}", spell(command));
    let watch = Stopwatch::start();
    File::create(file).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    let ended = AtomicBool::new(false);
    let outcome = thread::scope(|scope| {
        scope.spawn(|| {
            let Ok(mut said) = File::open(file) else { return };
            loop {
                // Asked before the file is read, so that the last words are seen.
                let last = ended.load(Ordering::Acquire);
                let _ = std::io::copy(&mut said, &mut std::io::stdout());
                if last {
                    return;
                }
                thread::sleep(Duration::from_millis(200));
            }
        });
        let outcome = run_into(command, file);
        ended.store(true, Ordering::Release);
        outcome
    });
    if outcome.is_ok() {
        println!("  ({:.0} s)", watch.elapsed().as_secs_f64());
    }
    outcome
}

/// Runs to its end; what failed is the error, out of the file that it was written to.
fn told(command: &mut Command, file: &Path) -> Outcome {
    let status = command.status().map_err(|error| format!("cannot start `{}`: {error}", spell(command)))?;
    if status.success() {
        return Ok(());
    }
    let log = std::fs::read(file).map(|log| String::from_utf8_lossy(&log).into_owned()).unwrap_or_default();
    Err(format!("`{}` failed: {status}\n{}\n", spell(command), failures::told_in(&log)))
}

/// What it prints on standard output, or `None` if it cannot be started or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs silently, for `seconds` at most; whether it succeeded.
pub fn try_for(seconds: u64, command: &mut Command) -> bool {
    println!("\n+ {}", spell(command));
    let Ok(mut child) = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn() else {
        return false;
    };
    let watch = Stopwatch::start();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if watch.elapsed() < Duration::from_secs(seconds) => thread::sleep(Duration::from_millis(50)),
            _ => {
                // Nothing more can be done about a child that cannot be ended.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// Where a program lies on PATH.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let endings: &[&str] = if cfg!(windows) { &["exe", "cmd"] } else { &[""] };
    env::split_paths(&path)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(name).with_extension(ending)))
        .find(|file| file.is_file())
}

/// Writes a file and the folders above it.
pub fn write(file: &Path, content: &str) -> Outcome {
    let failed = |error| format!("cannot write {}: {error}", file.display());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(file, content).map_err(failed)
}
