//! Commands around the real application: run it, test it, measure it.

use std::{
    collections::{BTreeSet, VecDeque},
    env, fs, io, iter,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
};

use crate::{
    install,
    packages::{BENCH, BUILD, CLIENTS, DESKTOP, PACKAGES},
    shell::{self, Outcome},
    types::FEATURES,
    ui,
};

/// Everything that `run` and `test` need.
pub fn install() -> Outcome {
    install::packages(&[BUILD, DESKTOP, CLIENTS, PACKAGES])?;
    install::window_packages()
}

fn display() -> bool {
    !cfg!(target_os = "linux") || env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some()
}

fn program(name: &str) -> Command {
    shell::program(shell::target().join("debug").join(name).with_extension(env::consts::EXE_EXTENSION))
}

/// Builds and starts the application; without a display, on a virtual desktop.
pub fn run() -> Outcome {
    let display = display();
    install::packages(if display { &[BUILD] } else { &[BUILD, DESKTOP] })?;
    ui::build()?;
    let mut build = shell::cargo();
    build.args(["build", "--locked", "-p", "pim-cli", "-p", "pimento"]);
    if !display {
        build.args(["-p", "pimento-tests", "--bins"]);
    }
    shell::run(&mut build)?;
    if display {
        // Files of its own: whoever uses Pimento for their work finds nothing of it here, and keeps it as it is.
        let home = shell::target().join("run-home");
        println!(
            "\nPimento shows its window, the first time: choose \"Try the demo tenant\". Later it is in your system tray, or started \
             once more.\nQuit is in the icon's menu. Its files lie in {}.",
            home.display()
        );
        return shell::run(program("pimento").env("PIMENTO_HOME", home));
    }
    println!("\nThere is no display here, so the main job is played on a virtual one.");
    let place = shell::target().join("demo");
    shell::run(program("play").arg(&place))
}

/// What is built and tested: programs and tests in one go, so that both are built with the same features, once.
const ALL: [&str; 4] = ["--locked", "--workspace", "--features", FEATURES];

/// Every test at every level, or those of `words` alone.
pub fn test(words: &[&str]) -> Outcome {
    let linux = cfg!(target_os = "linux");
    install::packages(if linux { &[BUILD, DESKTOP, CLIENTS, PACKAGES] } else { &[BUILD] })?;
    ui::build()?;
    shell::run(shell::cargo().arg("build").args(ALL).arg("--all-targets"))?;
    if !linux {
        println!("The virtual desktop exists on Linux only: the tests that need it are left out.");
        if words.is_empty() {
            ui::test()?;
        }
        return shell::run(cargo_test(words).args(["--exclude", "pimento-tests"]));
    }
    if words.is_empty() { all_tests() } else { shell::run(&mut cargo_test(words)) }
}

/// One that fails does not hide the others.
fn cargo_test(words: &[&str]) -> Command {
    let mut tests = shell::cargo();
    tests.args(["test", "--no-fail-fast"]).args(ALL).args(words).stdin(Stdio::null());
    tests
}

/// Tests, and the file that they tell of themselves in.
type Job = (Command, PathBuf);

/// In two lanes: tests in the real application and in the window wait most of their time, for windows and for browsers. Whichever
/// is through first goes on with the others. What the second lane has to say comes last.
fn all_tests() -> Outcome {
    let root = shell::root();
    let desktop = test_names(&root.join("tests/tests"))?;
    let mut others: Vec<String> = ["--lib", "--bins"].map(str::to_owned).into();
    for of in ["cli", "pim", "tenant"] {
        let names = test_names(&root.join("crates").join(of).join("tests"))?;
        others.extend(chosen(names.into_iter().filter(|name| !desktop.contains(name))));
    }
    let desktop = chosen(desktop.into_iter());
    let words = |all: &[String]| cargo_test(&all.iter().map(String::as_str).collect::<Vec<_>>());
    let log = |of: &str| shell::target().join(format!("{of}-tests.log"));
    let rest = Mutex::new(VecDeque::from([(words(&others), log("other")), (cargo_test(&["--doc"]), log("doc"))]));
    let next = || rest.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let (seen, beside) = thread::scope(|scope| {
        let beside = scope.spawn(|| lane(Some((words(&desktop), log("desktop"))), next, shell::run_into));
        let mut seen = vec![ui::test()];
        seen.extend(lane(None, next, shell::run_seen).into_iter().map(|(_, outcome)| outcome));
        (seen, beside.join())
    });
    let beside = beside.map_err(|_| "the desktop's tests were not run")?;
    for ((command, log), _) in &beside {
        println!("\n+ {}", shell::spell(command));
        println!("{}", fs::read_to_string(log).map_err(|error| format!("{}: {error}", log.display()))?);
    }
    let outcomes = seen.into_iter().chain(beside.into_iter().map(|(_, outcome)| outcome));
    let failed: Vec<String> = outcomes.filter_map(Result::err).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// Runs one job after another, and tells what each came to.
fn lane(
    first: Option<Job>,
    next: impl Fn() -> Option<Job>,
    run: impl Fn(&mut Command, &Path) -> Outcome,
) -> Vec<(Job, Outcome)> {
    let jobs = first.into_iter().chain(iter::from_fn(next));
    jobs.map(|(mut command, log)| {
        let outcome = run(&mut command, &log);
        ((command, log), outcome)
    })
    .collect()
}

/// The names of the test programs in a folder: a file or a folder each.
fn test_names(folder: &Path) -> Outcome<BTreeSet<String>> {
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        // A folder without a program in it is what others share.
        if path.is_file() || path.join("main.rs").is_file() {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    Ok(names)
}

fn chosen(names: impl Iterator<Item = String>) -> Vec<String> {
    names.flat_map(|name| ["--test".to_owned(), name]).collect()
}

/// What is measured of programs as they are shipped.
const RELEASED: [&str; 3] = ["client", "kinds", "application"];

/// What is measured in a page, which nobody can look into once it is released; its own part of the time is the same.
const IN_PAGES: [&str; 2] = ["flyout", "manage"];

/// Measures on the virtual desktop: all parts, or these.
pub fn bench(parts: &[&str]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err("the figures are taken on Linux's virtual desktop".into());
    }
    let known = || RELEASED.into_iter().chain(IN_PAGES);
    if let Some(part) = parts.iter().find(|part| !known().any(|known| known == **part)) {
        let known = known().collect::<Vec<_>>().join(", ");
        return Err(format!("there is no part `{part}`; the parts are {known}"));
    }
    let wanted = |of: &[&'static str]| -> Vec<&str> {
        of.iter().copied().filter(|part| parts.is_empty() || parts.contains(part)).collect()
    };
    install::packages(&[BUILD, DESKTOP, BENCH])?;
    ui::build()?;
    let measure = |built: &str, parts: &[&str]| {
        shell::run(shell::program(shell::target().join(built).join("bench")).args(parts).stdin(Stdio::null()))
    };
    let released = wanted(&RELEASED);
    if !released.is_empty() {
        // Apart: what is measured has the features that it ships with, not those of the tests.
        let release = ["build", "--locked", "--release"];
        shell::run(shell::cargo().args(release).args(["-p", "pim-cli", "-p", "pimento"]))?;
        let bench = ["-p", "pimento-tests", "--bin", "bench", "--bin", "bench-client"];
        shell::run(shell::cargo().args(release).args(bench))?;
        measure("release", &released)?;
    }
    let in_pages = wanted(&IN_PAGES);
    if in_pages.is_empty() {
        return Ok(());
    }
    // As the tests are built: anything less would be built with other features, once more.
    shell::run(shell::cargo().arg("build").args(ALL).arg("--all-targets"))?;
    measure("debug", &in_pages)
}
