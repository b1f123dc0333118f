//! A token for one errand: a permission that the session does not ask for, because most people never need it. The session's
//! own token stays as it is, and nothing is written down: that a permission was consented to is the tenant's to remember.

use super::{Grant, Session, Tokens};
use crate::{
    auth::{AccessToken, Browser},
    cloud::Resource,
    codes,
    failure::{Claims, Failure},
    problem::Problem,
};

impl Tokens {
    /// A token of Microsoft Graph with this permission, had without the person.
    ///
    /// # Errors
    /// As [`Tokens::access_token`]; `Refused` where nobody has consented to the permission.
    pub(crate) async fn for_errand(
        &self,
        permission: &'static str,
        claims: Option<&Claims>,
    ) -> Result<AccessToken, Failure> {
        let (tokens, claims) = (self.clone(), claims.cloned());
        // On a task of its own: whoever asked may lose interest, the rotated token must not be lost with it.
        let refreshed = tokio::spawn(async move { tokens.0.refresh_for(permission, claims.as_ref()).await });
        refreshed.await.unwrap_or_else(|_| {
            let problem = codes::ours(codes::NETWORK, Some("The refresh was broken off.".into()));
            Err(Failure::NotSent { problem, retry_at: None })
        })
    }

    /// One interactive sign-in that asks for this permission. Nothing changes where that is refused.
    ///
    /// # Errors
    /// As [`Tokens::step_up`].
    pub(crate) async fn allow_errand(&self, permission: &'static str, browser: &Browser) -> Result<(), Problem> {
        self.sign_in_for(permission, None, browser).await.map(drop)
    }

    /// The same with these claims, which a service wants. The returned token is the one the retry must use.
    ///
    /// # Errors
    /// As [`Tokens::step_up`].
    pub(crate) async fn step_up_errand(
        &self,
        permission: &'static str,
        claims: &Claims,
        browser: &Browser,
    ) -> Result<AccessToken, Problem> {
        self.sign_in_for(permission, Some(claims), browser).await
    }

    async fn sign_in_for(
        &self,
        permission: &'static str,
        claims: Option<&Claims>,
        browser: &Browser,
    ) -> Result<AccessToken, Problem> {
        let session = &self.0;
        let _turn = session.prompt.lock().await;
        let scopes = vec![session.net.cloud().permission(permission)];
        let grant = session.ask(Resource::Graph, scopes, claims, browser).await?;
        let _turn = session.refreshing.lock().await;
        session.state().kept = None;
        session.take_for(permission, grant).await.map_err(|failure| failure.problem().clone())
    }
}

impl Session {
    async fn refresh_for(&self, permission: &'static str, claims: Option<&Claims>) -> Result<AccessToken, Failure> {
        let _turn = self.refreshing.lock().await;
        let refresh_token = {
            let (state, now) = (self.state(), self.net.clock().now());
            if let Some(problem) = &state.ended {
                return Err(Failure::SignedOut(problem.clone()));
            }
            let fresh = state.errands.get(permission).filter(|token| token.expires() - now >= super::EARLY);
            if let Some(token) = fresh.filter(|_| claims.is_none()) {
                return Ok(token.clone());
            }
            if let Some(pause) = state.paused(now) {
                return Err(pause);
            }
            state.refresh_token.clone()
        };
        let scopes = [self.net.cloud().permission(permission)];
        let grant = match self.endpoint.refresh(&refresh_token, Resource::Graph, &scopes, claims).await {
            Ok(grant) => grant,
            Err(failure) => {
                match &failure {
                    Failure::SignedOut(problem) => self.end(problem.clone()),
                    // Whoever asks for the session's own token hears of it there.
                    Failure::NotSent { problem, retry_at: Some(until) } => {
                        self.state().away = Some(super::Away { problem: problem.clone(), until: *until, named: true });
                    }
                    _ => {}
                }
                return Err(failure);
            }
        };
        self.take_for(permission, grant).await
    }

    /// Takes over what an errand brought: the refresh token is everybody's, the access token the errand's.
    async fn take_for(&self, permission: &'static str, grant: Grant) -> Result<AccessToken, Failure> {
        self.rotate(grant.refresh)?;
        self.remember(None).await;
        let mut state = self.state();
        if let Some(problem) = &state.ended {
            return Err(Failure::SignedOut(problem.clone()));
        }
        state.errands.insert(permission, grant.access.clone());
        Ok(grant.access)
    }
}
