//! The tenant's sign-in service, control endpoint and server, over HTTP.

mod common;
mod control;
mod device_code;
mod restart;
mod sign_in;
mod tokens;
