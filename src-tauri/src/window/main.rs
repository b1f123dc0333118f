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

use pimento_app::pipe;

fn main() -> ExitCode {
    pimento_app::log::start(None);
    let wanted = std::env::args_os().nth(1);
    // The window's files are embedded once.
    let context = tauri::generate_context!();
    if wanted.is_some_and(|wanted| wanted == pipe::MANAGE) { manage::run(context) } else { flyout::run(context) }
}
