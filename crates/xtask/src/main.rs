//! The project's own commands. No dependencies, so that it compiles in a second or two everywhere.

mod clock;
mod desktop;
mod failures;
mod install;
mod licences;
mod lint;
mod macos;
mod package;
mod packages;
mod rust_std;
mod shell;
mod types;
mod ui;
mod windows;

use std::{env, path::Path, process::ExitCode};

const USAGE: &str = "\
Usage: cargo xtask <command>

  run            install what is missing, build, start Pimento on its demo tenant; without a display: on a
                 virtual desktop, playing the main job and leaving numbered screenshots
  test [words]   install what is missing and run every test at every level; words go to `cargo test`
  bench [parts]  print the figures: round trips, start, window, memory, wake-ups, typing (client, kinds, application, flyout,
                 manage)
  lint           formatting and clippy, warnings denied
  generate       write the window's TypeScript types from Rust to ui/src/generated, the templates for administrators to
                 packaging/policy, and the licences of others to THIRD-PARTY.txt (--check: only compare)
  check-windows  build for Windows and run the library's and the command line's tests under Wine
  check-macos    type-check for macOS
  package        build what is shipped and make this system's packages of it, with what they are made of, in target/packages
                 (--of FOLDER: of the programs in FOLDER/debug, without building anything)
  manifests URL PAGE  write winget's manifests, Homebrew's cask and updates.json for the packages in target/packages, to be had at
                 this address, with a page that says what is new
  install        only install what run and test need";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run"] => desktop::run(),
        ["test", rest @ ..] => desktop::test(rest),
        ["bench", rest @ ..] => desktop::bench(rest),
        ["lint"] => lint::lint(),
        ["generate"] => types::write().and_then(|()| licences::write()),
        ["generate", "--check"] => types::check().and_then(|()| licences::check()),
        ["check-windows"] => windows::check(),
        ["check-macos"] => macos::check(),
        ["package"] => package::package(),
        ["package", "--of", folder] => package::package_of(Path::new(folder)),
        ["manifests", address, notes] => package::manifests(address, notes),
        ["install"] => desktop::install(),
        // Cargo calls this for every Windows program that it would run (see `windows`).
        ["wine", program, rest @ ..] => return windows::wine(program, rest),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("unknown command `{}`\n\n{USAGE}", words.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\nxtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
