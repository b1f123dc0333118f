//! Where an administrator's work is done: one account's session, and what may be asked with it.

use std::{fmt, future::Future};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    api::{Client, Sources},
    auth::{AccessToken, Browser, Identity, Tokens},
    cloud::Resource,
    codes, consent,
    failure::Failure,
    model::Kind,
    net::Net,
    problem::{Problem, Remedy},
    view::Consent,
};

/// Before each look at what became of something whose answer was lost.
pub(super) const LOOKS: [TimeDelta; 3] = [TimeDelta::zero(), TimeDelta::seconds(1), TimeDelta::seconds(3)];

/// One account's session, for what its agent does not do by itself. Cheap to clone.
#[derive(Clone)]
pub struct Office {
    sources: Sources,
    tokens: Tokens,
    net: Net,
    client_id: String,
    asked: Vec<Kind>,
    browser: Browser,
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Office").field("tokens", &self.tokens).field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl Office {
    /// For the session of `tokens`, signed in to as `client_id`. `asked` are the kinds that somebody has consented to, as far as
    /// is known; a stronger sign-in that a service wants is gone through in `browser`.
    pub fn new(net: Net, tokens: Tokens, client_id: String, asked: Vec<Kind>, browser: Browser) -> Self {
        let sources = Sources::new(Client::new(net.clone(), tokens.clone()));
        Self { sources, tokens, net, client_id, asked, browser }
    }

    /// The service's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.net.clock().now()
    }

    /// Whose session it is.
    pub fn identity(&self) -> &Identity {
        self.tokens.identity()
    }

    /// What is asked with it.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The caller's object id.
    pub fn own_id(&self) -> &str {
        &self.tokens.identity().object_id
    }

    /// The cloud's short name.
    pub fn cloud(&self) -> &'static str {
        self.net.cloud().name
    }

    /// Has somebody consented to what this kind takes, as far as is known?
    pub fn asks_for(&self, kind: Kind) -> bool {
        self.asked.contains(&kind)
    }

    /// Refuses what nobody has consented to: it would be refused every time, and each refusal is a line in somebody's log.
    pub(super) fn permitted(&self, kind: Kind) -> Result<(), Failure> {
        if self.asks_for(kind) {
            return Ok(());
        }
        Err(Failure::Refused(codes::ours(codes::NOT_CONSENTED, None)))
    }

    pub(super) fn pause(&self, length: TimeDelta) -> impl Future<Output = ()> + Send + use<> {
        let (clock, until) = (self.net.clock().clone(), self.now() + length);
        async move { clock.sleep_until(until).await }
    }

    /// A stronger sign-in, with the person there.
    pub(super) async fn step_up(&self, resource: Resource, failure: &Failure) -> Option<Result<AccessToken, Problem>> {
        let Failure::StepUp { claims, .. } = failure else { return None };
        Some(self.tokens.step_up(resource, claims, &self.browser).await)
    }

    /// The same for an errand's token.
    pub(super) async fn step_up_errand(
        &self,
        permission: &'static str,
        failure: &Failure,
    ) -> Result<AccessToken, Problem> {
        match failure {
            Failure::StepUp { claims, .. } => self.tokens.step_up_errand(permission, claims, &self.browser).await,
            other => Err(other.problem().clone()),
        }
    }

    /// Sees to it that a permission of Microsoft Graph is consented to: in silence where it is already, else by one sign-in in
    /// the browser, which is somebody's to have asked for.
    ///
    /// # Errors
    /// As a step-up; where an administrator has to consent, with the link for them.
    pub async fn permit(&self, permission: &'static str) -> Result<(), Problem> {
        let allowed = match self.tokens.for_errand(permission, None).await {
            Ok(_) => return Ok(()),
            Err(Failure::Refused(problem)) if !codes::lacks_consent(&problem.code) => Err(problem),
            Err(Failure::Refused(_) | Failure::StepUp { .. }) => {
                self.tokens.allow_errand(permission, &self.browser).await
            }
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
        let text = say!("admin-consent-permission", permission = permission, page = page);
        let text = codes::request_to_admin(text, &problem.code, None);
        let message = say!("administrator-consents-to", permission = permission);
        Problem { message, remedy: Remedy::AskAdmin { text }, ..problem }
    }

    /// Where an administrator consents to a permission of Microsoft Graph for everybody.
    pub fn consent_page(&self, permission: &str) -> String {
        self.page(&[self.net.cloud().permission(permission)])
    }

    /// What an administrator has to consent to for a permission of Microsoft Graph that a refusal is about, if it is about one.
    pub(super) fn lacking_errand(&self, permission: &str, refused: Option<&Problem>) -> Option<Consent> {
        refused.filter(|problem| codes::lacks_consent(&problem.code))?;
        Some(Consent { link: self.consent_page(permission), permissions: vec![permission.to_owned()] })
    }

    fn page(&self, scopes: &[String]) -> String {
        self.net.cloud().consent_page(&self.tokens.identity().tenant_id, &self.client_id, scopes).into()
    }

    /// What an administrator has to consent to for work with a kind: what deciding takes serves reading, too.
    pub fn consent(&self, kind: Kind) -> Consent {
        let scopes: Vec<String> = self.net.cloud().approving(kind).into_iter().collect();
        consent::to(self.net.cloud(), &self.tokens.identity().tenant_id, &self.client_id, &scopes)
    }

    /// The consent that a refusal is about, if it is about one.
    pub(super) fn lacking(&self, kind: Kind, problem: &Problem) -> Option<Consent> {
        codes::lacks_consent(&problem.code).then(|| self.consent(kind))
    }

    /// The same problem; where it is about a consent, with its name, and with the link for an administrator.
    pub(super) fn unconsented(&self, kind: Kind, problem: Problem) -> Problem {
        let Some(Consent { link, permissions }) = self.lacking(kind, &problem) else { return problem };
        let names = permissions.join(", ");
        let text = say!("admin-need-permission", permission = &names, page = link);
        let text = codes::request_to_admin(text, &problem.code, None);
        let message = say!("nobody-consented-to", permission = names);
        Problem { message, remedy: Remedy::AskAdmin { text }, ..problem }
    }
}
