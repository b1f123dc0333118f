//! Promises whose figure takes more than one part of the library to prove: tokens for strangers, keyrings with faults, answers
//! beyond all measure, networks that ask for time.

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "../agent/desk.rs"]
mod desk;
#[path = "../support/mod.rs"]
mod support;

mod elsewhere;
mod faulty_keyring;
mod huge;
mod network;
