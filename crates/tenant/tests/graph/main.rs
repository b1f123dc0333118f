//! Microsoft Graph over HTTP. Every answer is validated against Microsoft's contract.

#![expect(clippy::unwrap_used, reason = "a test fails where an unwrap does, as it should")]

mod access;
mod activation;
mod addresses;
mod administration;
mod alerts;
mod approvals;
mod audits;
mod batch;
mod common;
mod contract;
mod examples;
mod groups;
mod lists;
mod people;
mod policies;
mod refusals;
mod reviews;
mod story;
