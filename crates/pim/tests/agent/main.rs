//! The agent against the simulated tenant: the real client over HTTP, a robot at the browser, files in a folder.

mod accounts;
mod activation;
mod azure;
mod bundles;
mod consent;
mod day;
mod desk;
mod detail;
mod expiry;
mod extensions;
mod history;
mod kinds;
mod odd;
mod office;
mod prompts;
mod renewals;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
mod switches;
mod trouble;
mod watching;
