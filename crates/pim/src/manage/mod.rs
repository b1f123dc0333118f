//! The administrator's side: what somebody decides about others. Nothing of it costs anything until it is asked for.
//!
//! An [`Office`] is lent by an account's agent ([`crate::agent::Handle::office`]) and works with that account's session.

pub mod alerts;
pub mod approvals;
pub mod assignments;
pub mod audit;
mod counter;
pub mod download;
pub mod need;
mod office;
pub mod policy;
pub mod reviews;
pub mod standing;

pub use counter::Counter;
pub use office::Office;
