//! Everything Pimento knows that needs no window.
//!
//! Data flows one way: [`api`] and [`auth`] bring facts, [`elevation`] decides, [`agent`] carries the decisions out and
//! publishes a [`view::View`]. See docs/ARCHITECTURE.md.

#[macro_use]
pub mod words;

pub mod about;
pub mod agent;
pub mod announced;
pub mod api;
pub mod auth;
pub mod bundles;
pub mod clock;
pub mod cloud;
mod codes;
mod consent;
#[cfg(test)]
mod crashes_tests;
pub mod day;
pub mod diagnostics;
pub mod elevation;
mod export;
pub mod failure;
pub mod hints;
pub mod history;
pub mod identity;
pub mod insight;
pub mod journal;
pub mod manage;
mod managed;
pub mod model;
pub mod net;
pub mod paths;
pub mod problem;
pub mod quiet;
pub mod reason;
pub mod saved;
pub mod secrets;
pub mod settings;
pub mod shortcut;
pub mod timeline;
pub mod updates;
pub mod view;
pub mod wall;
pub mod watch;
