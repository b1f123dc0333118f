//! The state machine in virtual time, against a model of the service.

mod properties;
mod requests;
mod running;
mod service;
mod world;
