//! Commands around the real application: run it, test it, measure it.

use std::{
    env,
    process::{Command, Stdio},
};

use crate::{
    install,
    packages::{BENCH, BUILD, CLIENTS, DESKTOP},
    shell::{self, Outcome},
    types::FEATURES,
    ui,
};

/// Everything that `run` and `test` need.
pub fn install() -> Outcome {
    install::packages(&[BUILD, DESKTOP, CLIENTS])?;
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
            "\nPimento is in your system tray: click its icon, then \"Try the demo tenant\". Quit is in the icon's menu.\nIts \
             files lie in {}.",
            home.display()
        );
        return shell::run(program("pimento").env("PIMENTO_HOME", home));
    }
    println!("\nThere is no display here, so the main job is played on a virtual one.");
    let place = shell::target().join("demo");
    shell::run(program("play").arg(&place))
}

/// Every test at every level.
pub fn test(words: &[&str]) -> Outcome {
    let linux = cfg!(target_os = "linux");
    install::packages(if linux { &[BUILD, DESKTOP, CLIENTS] } else { &[BUILD] })?;
    if words.is_empty() {
        ui::test()?;
    } else {
        ui::build()?;
    }
    // Programs and tests in one go, so that both are built with the same features, once.
    let all = ["--locked", "--workspace", "--features", FEATURES];
    shell::run(shell::cargo().arg("build").args(all).arg("--all-targets"))?;
    let mut tests = shell::cargo();
    // One that fails does not hide the others.
    tests.args(["test", "--no-fail-fast"]).args(all).args(words);
    if !linux {
        println!("The virtual desktop exists on Linux only: the tests that need it are left out.");
        tests.args(["--exclude", "pimento-tests"]);
    }
    shell::run(tests.stdin(Stdio::null()))
}

/// Release builds, measured on the virtual desktop.
pub fn bench(words: &[&str]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err("the figures are taken on Linux's virtual desktop".into());
    }
    install::packages(&[BUILD, DESKTOP, BENCH])?;
    ui::build()?;
    // Apart: what is measured has the features that it ships with, not those of the tests.
    let release = ["build", "--locked", "--release"];
    shell::run(shell::cargo().args(release).args(["-p", "pim-cli", "-p", "pimento"]))?;
    shell::run(shell::cargo().args(release).args(["-p", "pimento-tests", "--bin", "bench", "--bin", "bench-client"]))?;
    let bench = shell::target().join("release/bench");
    shell::run(shell::program(bench).args(words).stdin(Stdio::null()))
}
