//! Everything Pimento knows that needs no window.
//!
//! Data flows one way: [`api`] and [`auth`] bring facts, [`elevation`] decides, [`agent`] carries the decisions out and
//! publishes a [`view::View`]. See docs/ARCHITECTURE.md.

pub mod clock;
pub mod failure;
pub mod model;
pub mod paths;
pub mod problem;
pub mod settings;
pub mod view;
