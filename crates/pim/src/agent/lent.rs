//! The current account's session, lent to whoever reads more than a view holds: the history of a whole tenant, what roles
//! allow. It is the agent's own session: its tokens, its clock, its connections.

use chrono::{DateTime, Utc};

use super::session::Open;
use crate::{
    api::Sources,
    auth::Browser,
    codes,
    failure::Failure,
    model::Kind,
    problem::{Problem, Remedy},
    view::Account,
};

/// A session that is lent.
#[derive(Clone)]
pub struct Lent {
    pub(super) open: Open,
    pub(super) browser: Browser,
}

impl std::fmt::Debug for Lent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Lent").field(&self.open.tokens).finish()
    }
}

impl Lent {
    /// Whose it is.
    pub fn account(&self) -> Account {
        self.open.account()
    }

    /// Object id of whoever is signed in.
    pub fn object_id(&self) -> &str {
        &self.open.tokens.identity().object_id
    }

    /// What is asked.
    pub fn sources(&self) -> &Sources {
        &self.open.roles
    }

    /// The service's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.open.net.clock().now()
    }

    /// Is this kind asked for at all, as far as the account has consented?
    pub fn asks_for(&self, kind: Kind) -> bool {
        self.open.asks_for(kind)
    }

    /// Sees to it that a permission of Microsoft Graph is consented to: in silence where it is already, else by one sign-in in
    /// the browser, which is somebody's to have asked for.
    ///
    /// # Errors
    /// As a step-up; where an administrator has to consent, with the link for them.
    pub async fn permit(&self, permission: &'static str) -> Result<(), Problem> {
        let tokens = &self.open.tokens;
        let allowed = match tokens.for_errand(permission, None).await {
            Ok(_) => return Ok(()),
            Err(Failure::Refused(problem)) if !codes::lacks_consent(&problem.code) => Err(problem),
            Err(Failure::Refused(_) | Failure::StepUp { .. }) => tokens.allow_errand(permission, &self.browser).await,
            Err(failure) => Err(failure.problem().clone()),
        };
        allowed.map_err(|problem| self.explained(permission, problem))
    }

    /// The same problem; where an administrator has to consent to the permission, with its name and the link for them.
    pub fn explained(&self, permission: &str, problem: Problem) -> Problem {
        if !codes::lacks_consent(&problem.code) {
            return problem;
        }
        let page = self.consent_page(permission);
        let text = format!("Please consent to the permission {permission} for Pimento: {page}\nCode: {}", problem.code);
        let message = format!("An administrator has to consent to the permission that this takes ({permission}).");
        Problem { message, remedy: Remedy::AskAdmin { text }, ..problem }
    }

    /// Where an administrator consents to it for everybody.
    pub fn consent_page(&self, permission: &str) -> String {
        self.open.consent_page(&[self.open.net.cloud().permission(permission)])
    }
}
