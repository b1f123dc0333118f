//! Signing in: authorization code with PKCE through the system's browser, device code, refresh, step-up.
//!
//! [`SignIn`] makes [`Tokens`], one per account; [`Tokens`] hands out access tokens and keeps the refresh token in a
//! [`Vault`](crate::secrets). No token ever leaves this crate but in the `Authorization` header of [`crate::api`].

mod browser;
mod callback;
pub mod claims;
mod endpoint;
mod listener;
mod oidc;
mod page;
mod record;
mod session;
mod sign_in;
mod token;

pub use browser::Browser;
pub use session::Tokens;
pub use sign_in::{DeviceCode, Registration, SignIn};
pub(crate) use sign_in::{Granted, secret_name};
pub use token::{AccessToken, Identity};
