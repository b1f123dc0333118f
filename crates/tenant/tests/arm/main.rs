//! Azure Resource Manager over HTTP, and the errors of all three kinds. Every answer is validated against Microsoft's
//! contract.

#![expect(clippy::unwrap_used, reason = "a test fails where an unwrap does, as it should")]

mod administration;
mod common;
mod errors;
mod lists;
mod permissions;
mod reading;
mod requests;
mod scopes;
mod watching;
