//! The state machine in virtual time, against a model of the service.

mod approvals;
mod by_itself;
mod chronicle;
mod crashes;
mod extensions;
mod forgetting;
mod kinds;
mod late;
mod manner;
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
