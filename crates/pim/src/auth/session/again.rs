//! Signing in once more, as who one is: to prove more, or to ask for more.

use super::{Ask, Grant, Session, State, Tokens, interactive};
use crate::{
    auth::{AccessToken, Browser},
    cloud::{Reach, Resource},
    codes,
    failure::{Claims, Failure},
    model::Kind,
    problem::Problem,
};

impl Tokens {
    /// One interactive sign-in that carries these claims. The returned token is the one the retry must use.
    ///
    /// Whoever asks for the same claims while the browser is open is served by the same sign-in.
    ///
    /// # Errors
    /// Cancelled, timed out, refused, no network, or another account signed in.
    pub async fn step_up(
        &self,
        resource: Resource,
        claims: &Claims,
        browser: &Browser,
    ) -> Result<AccessToken, Problem> {
        let session = &self.0;
        let before = session.state().step_ups;
        let _turn = session.prompt.lock().await;
        if let Some(token) = session.state().stepped_up_since(before, resource, claims) {
            return Ok(token);
        }
        let grant = session.ask(resource, session.scopes(resource), Some(claims), browser).await?;
        let token = grant.access.clone();
        let _turn = session.refreshing.lock().await;
        session.state().kept = None;
        // What the other service asks for next is made from this sign-in, and proves as much: here, and after a restart.
        session.state().access.retain(|other, _| *other == resource);
        session.take(grant).await.map_err(|failure| failure.problem().clone())?;
        let mut state = session.state();
        state.step_ups += 1;
        state.last_step_up = Some(((resource, claims.clone()), token.clone()));
        Ok(token)
    }

    /// A token that has these claims: the present one, refreshed where needed, or else one from an interactive sign-in.
    ///
    /// # Errors
    /// As [`Tokens::step_up`]; also when the sign-in service cannot be reached.
    pub async fn prove(&self, resource: Resource, claims: &Claims, browser: &Browser) -> Result<AccessToken, Problem> {
        match self.access_token(resource).await {
            Ok(token) if token.proves(claims) => Ok(token),
            // A sign-in that wants to see the person has them here.
            Ok(_) | Err(Failure::StepUp { .. }) => self.step_up(resource, claims, browser).await,
            Err(failure) => Err(failure.problem().clone()),
        }
    }

    /// One interactive sign-in that asks for more of Microsoft Graph. Nothing changes where that is refused.
    ///
    /// # Errors
    /// As [`Tokens::step_up`].
    pub async fn widen(&self, reach: Reach, browser: &Browser) -> Result<(), Problem> {
        let session = &self.0;
        let _turn = session.prompt.lock().await;
        let extending = session.state().extending.clone();
        let scopes = session.net.cloud().asked(Resource::Graph, reach, &extending);
        let grant = session.ask(Resource::Graph, scopes, None, browser).await?;
        session.take_newest(grant).await?;
        let mut state = session.state();
        (state.reach, state.narrowed) = (reach, false);
        Ok(())
    }

    /// One interactive sign-in that asks for what later ends of eligibilities of a kind take. Nothing changes where that is
    /// refused.
    ///
    /// # Errors
    /// As [`Tokens::step_up`].
    pub async fn allow_extending(&self, kind: Kind, browser: &Browser) -> Result<(), Problem> {
        let session = &self.0;
        let Some(permission) = session.net.cloud().extending(kind) else { return Ok(()) };
        let _turn = session.prompt.lock().await;
        let (reach, mut extending) = {
            let state = session.state();
            (state.reach, state.extending.clone())
        };
        extending.insert(kind);
        // `.default` may not be asked for beside anything else; the tokens that follow have what is consented to now.
        let alone = reach == Reach::Consented;
        let scopes =
            if alone { vec![permission] } else { session.net.cloud().asked(Resource::Graph, reach, &extending) };
        let mut grant = session.ask(Resource::Graph, scopes, None, browser).await?;
        if alone {
            grant = session.widest(grant).await.map_err(|failure| failure.problem().clone())?;
        }
        session.take_newest(grant).await?;
        session.state().extending = extending;
        Ok(())
    }

    /// Goes on asking for what an earlier session of the account asked for: what was consented to stays so, and where it does
    /// not, the first refusal says it.
    pub(crate) fn go_on_asking(&self, before: &Self) {
        let (reach, extending) = (before.reach(), before.extending());
        let mut state = self.0.state();
        let asked = |state: &State| self.0.net.cloud().asked(Resource::Graph, state.reach, &state.extending);
        let so_far = asked(&state);
        if state.reach == Reach::Directory && reach == Reach::Groups {
            state.reach = reach;
        }
        state.extending.extend(extending);
        if asked(&state) != so_far {
            // It was made for less.
            state.access.remove(&Resource::Graph);
        }
    }
}

impl State {
    /// The token of a step-up with the same claims that was under way when this one was asked for.
    fn stepped_up_since(&self, before: u64, resource: Resource, claims: &Claims) -> Option<AccessToken> {
        let ((served_resource, served_claims), token) = self.last_step_up.as_ref()?;
        let same = *served_resource == resource && served_claims == claims;
        (same && self.step_ups > before).then(|| token.clone())
    }
}

impl Session {
    /// Lets the person sign in once more, as who they are.
    pub(super) async fn ask(
        &self,
        resource: Resource,
        scopes: Vec<String>,
        claims: Option<&Claims>,
        browser: &Browser,
    ) -> Result<Grant, Problem> {
        let ask = Ask { resource, scopes, claims, hint: Some(&self.identity.username), choose: false };
        let (grant, identity) = interactive(&self.net, &self.endpoint, &self.registration, browser, &ask).await?;
        if identity.id() != self.identity.id() {
            return Err(codes::ours(codes::OTHER_ACCOUNT, Some(identity.username)));
        }
        Ok(grant)
    }

    /// What a sign-in for less brought, traded for all that the session asks for.
    async fn widest(&self, grant: Grant) -> Result<Grant, Failure> {
        let Some(refresh_token) = &grant.refresh else { return Ok(grant) };
        let scopes = self.scopes(Resource::Graph);
        let widest = self.endpoint.refresh(refresh_token, Resource::Graph, &scopes, None).await?;
        Ok(Grant { refresh: widest.refresh.or(grant.refresh), ..widest })
    }

    /// Takes over what somebody has just signed in for. A refresh under way began with less, and must not end after it.
    async fn take_newest(&self, grant: Grant) -> Result<(), Problem> {
        let _turn = self.refreshing.lock().await;
        self.state().kept = None;
        self.take(grant).await.map_err(|failure| failure.problem().clone())
    }
}
