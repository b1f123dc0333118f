//! The state machine in virtual time, against a model of the service.

mod approvals;
mod chronicle;
mod crashes;
mod extensions;
mod kinds;
mod late;
mod pauses;
mod properties;
mod renewals;
mod requests;
mod running;
mod scheduled;
mod scopes;
mod service;
mod several;
mod sleeps;
mod world;
