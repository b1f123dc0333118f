use crate::{auth::{AccessToken, Browser, Identity}, cloud::Resource, failure::{Claims, Failure}, problem::Problem};
/// One account's tokens. Cheap to clone; all clones are one session.
#[derive(Clone)]
pub struct Tokens {}
impl Tokens {
    /// Who.
    pub fn identity(&self) -> &Identity { todo!() }
    /// Why the refresh token is only in memory; `None` while the keyring has it.
    pub fn unremembered(&self) -> Option<Problem> { todo!() }
    /// An access token with at least five minutes left, refreshed if need be; one refresh at a time.
    /// Failure: NotSent (network), SignedOut (revoked, expired), StepUp (policy wants the person), Refused.
    pub async fn access_token(&self, resource: Resource) -> Result<AccessToken, Failure> { todo!() }
    /// An interactive sign-in that carries these claims. The token is what the retry must use.
    pub async fn step_up(&self, resource: Resource, claims: &Claims, browser: &Browser) -> Result<AccessToken, Problem> { todo!() }
    /// Forgets everything: memory and keyring. The problem says why the keyring could not be wiped.
    pub async fn sign_out(&self) -> Result<(), Problem> { todo!() }
}
