//! The tenant's sign-in service, control endpoint and server, over HTTP.

#![expect(clippy::unwrap_used, reason = "a test fails where an unwrap does, as it should")]

mod common;
mod control;
mod device_code;
mod restart;
mod sign_in;
mod tenants;
mod tokens;
