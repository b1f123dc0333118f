//! Microsoft Graph over HTTP. Every answer is validated against Microsoft's contract.

mod activation;
mod approvals;
mod batch;
mod common;
mod contract;
mod examples;
mod lists;
mod policies;
mod refusals;
