//! The services' APIs over one HTTP client.
pub mod graph;
use crate::{auth::Tokens, net::Net};
/// Sends requests with a bearer token.
#[derive(Clone)]
pub struct Client {}
impl Client {
    /// See the module.
    pub fn new(net: Net, tokens: Tokens) -> Self { todo!() }
    /// Opens the connection to Graph ahead of the first request, so that several may share it. Carries no token.
    pub async fn prime(&self) { todo!() }
}
