//! What the end-to-end tests stand on: a virtual desktop, the programs under test as processes, and one way to wait.
//!
//! Only binaries are used, over their public face. Of our crates, `tenant` lends the check of Microsoft's contract.

#![cfg(target_os = "linux")]

pub mod app;
pub mod browser;
pub mod cli;
pub mod clock;
pub mod contract;
pub mod desktop;
pub mod javascript;
pub mod person;
pub mod process;
pub mod proofs;
pub mod python;
pub mod tenant;
pub mod wait;
pub mod webdriver;
pub mod window;
