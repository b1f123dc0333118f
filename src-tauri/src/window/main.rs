//! The window of Pimento, a program of its own beside `pimento`, which starts and ends it.
//!
//! It runs HTML, and so it has no token, no keyring and no network: all it knows comes down the pipe on its standard input,
//! and all it can do is to send commands up on its standard output. When the pipe ends, so does it.

// No console window on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod flyout;
mod manage;
mod named;
mod place;
mod platform;
mod wire;

use std::process::ExitCode;

use pim::words::{self, Language};
use pimento_app::pipe;

fn main() -> ExitCode {
    pimento_app::log::start(None);
    let wanted: Vec<String> = std::env::args_os().skip(1).filter_map(|word| word.into_string().ok()).collect();
    words::speak(wanted.iter().find_map(|word| Language::of(word)).unwrap_or_default());
    // The window's files are embedded once.
    let context = tauri::generate_context!();
    if wanted.iter().any(|word| word == pipe::MANAGE) { manage::run(context) } else { flyout::run(context) }
}
