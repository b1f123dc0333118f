//! Signing in, in the background: every way ends with what the agent needs, or with a sentence.

use std::time::Duration;

use super::Demo;
use crate::{
    api::{Client, Sources},
    auth::{Browser, DeviceCode, Granted, Registration, SignIn, Tokens, secret_name},
    clock::Clock,
    cloud::{Cloud, ORGANIZATIONS, Reach, Resource},
    codes, consent,
    model::{Kind, Tenant},
    net::Net,
    problem::{Problem, Remedy},
    saved::SavedSession,
    secrets::Vault,
    view::{Account, Consent},
    words,
};

/// How long a sign-in waits for the tenant's name.
const NAMING: Duration = Duration::from_secs(3);

/// An open session.
#[derive(Clone)]
pub(super) struct Open {
    pub tokens: Tokens,
    pub roles: Sources,
    pub net: Net,
    pub demo: bool,
    pub client_id: String,
    /// The tenant's display name, once known.
    pub tenant: Option<String>,
    /// What it is called until then, where there is anything to go by.
    pub domain: Option<String>,
    /// Kinds that were consented to by a sign-in of their own.
    pub allowed: Vec<Kind>,
}

/// How to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Browser,
    DeviceCode,
}

/// Where, and as whom, somebody is about to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Goal {
    /// The demo tenant; otherwise the cloud of this name.
    pub demo: bool,
    pub cloud: String,
    /// `None`: the account's home tenant.
    pub tenant: Option<String>,
    /// `None`: Microsoft Graph Command Line Tools.
    pub client_id: Option<String>,
    /// The user name to prefill; `None`: they choose.
    pub hint: Option<String>,
    /// Only what the tenant has consented to already.
    pub limited: bool,
}

/// What signing in takes.
#[derive(Clone)]
pub(super) struct Door {
    pub secrets: Vault,
    pub browser: Browser,
    pub demo: Demo,
    pub clock: Clock,
}

/// Somebody has signed in, and nothing is kept of it yet.
pub(super) struct SignedIn {
    granted: Granted,
    net: Net,
    demo: bool,
    /// What was asked for: an id, a domain, or any account's home tenant.
    tenant: String,
    client_id: String,
}

impl SignedIn {
    /// The session, once it is in the keyring. Whoever begins with it sees it through.
    pub async fn keep(self) -> Open {
        let Self { granted, net, demo, tenant, client_id } = self;
        let tokens = granted.keep().await;
        let domain = domain(&tenant, &tokens.identity().username);
        let mut open = Open { domain, ..Open::new(net, tokens, demo, client_id) };
        open.tenant = tokio::time::timeout(NAMING, open.tenant_name()).await.ok().flatten();
        open
    }
}

impl Door {
    /// Signs in. Nothing is left behind where that is given up.
    pub async fn sign_in(
        self,
        goal: Goal,
        way: Way,
        show: impl FnOnce(DeviceCode) + Send,
    ) -> Result<SignedIn, Problem> {
        let cloud = self.cloud(goal.demo, &goal.cloud).await?;
        let default = Registration::default();
        let registration = Registration {
            tenant: goal.tenant.unwrap_or(default.tenant),
            client_id: goal.client_id.unwrap_or(default.client_id),
        };
        let net = Net::new(cloud, self.clock.clone(), None)?;
        let (tenant, client_id) = (registration.tenant.clone(), registration.client_id.clone());
        let reach = if goal.limited { Reach::Consented } else { net.cloud().reach() };
        let way_in = SignIn::new(net.clone(), registration, self.secrets)?.reaching(reach);
        let granted = match way {
            Way::Browser => way_in.granted_in(&self.browser, goal.hint.as_deref()).await,
            Way::DeviceCode => way_in.granted_to_code(show).await,
        };
        let granted = granted.map_err(|problem| with_consent_page(problem, net.cloud(), &tenant, &client_id))?;
        Ok(SignedIn { granted, net, demo: goal.demo, tenant, client_id })
    }

    /// The session that the keyring kept; `None` where it has none. Sends nothing but what opens a connection.
    pub async fn restore(self, saved: SavedSession) -> Result<Option<Open>, Problem> {
        let account = saved.account;
        let cloud = self.cloud(account.demo, &account.cloud).await?;
        let net = Net::new(cloud, self.clock.clone(), None)?;
        // The keyring takes its time.
        net.prime(Resource::Graph);
        if saved.allowed.contains(&Kind::AzureResource) {
            net.prime(Resource::Arm);
        }
        let registration = Registration { tenant: account.tenant_id, client_id: saved.client_id };
        let mut way_in = SignIn::new(net.clone(), registration.clone(), self.secrets)?.extending(saved.extending);
        if let Some(reach) = saved.reach {
            way_in = way_in.reaching(reach);
        }
        let tokens = way_in.restore(&account.id).await?;
        let (tenant, domain) = match account.tenant {
            // Earlier versions took the id for a name.
            id if id.eq_ignore_ascii_case(&registration.tenant) => (None, None),
            guess if saved.guessed => (None, Some(guess)),
            name => (Some(name), None),
        };
        let allowed = saved.allowed;
        Ok(tokens.map(|tokens| Open {
            tenant,
            domain,
            allowed,
            ..Open::new(net, tokens, account.demo, registration.client_id)
        }))
    }

    /// Wipes what the keyring keeps of an account that no session is open for.
    pub async fn forget(&self, account: &Account) -> Result<(), Problem> {
        self.secrets.delete(&secret_name(&account.cloud, &account.id)).await
    }

    async fn cloud(&self, demo: bool, name: &str) -> Result<Cloud, Problem> {
        if demo {
            return self.demo.start().await;
        }
        Cloud::by_name(name).ok_or_else(|| unknown_cloud(name))
    }
}

impl Open {
    fn new(net: Net, tokens: Tokens, demo: bool, client_id: String) -> Self {
        let roles = Sources::new(Client::new(net.clone(), tokens.clone()));
        Self { tokens, roles, net, demo, client_id, tenant: None, domain: None, allowed: Vec::new() }
    }

    /// As shown.
    pub fn account(&self) -> Account {
        let identity = self.tokens.identity();
        Account {
            id: identity.id(),
            username: identity.username.clone(),
            name: identity.name.clone(),
            tenant: self.tenant.as_ref().or(self.domain.as_ref()).unwrap_or(&identity.tenant_id).clone(),
            tenant_id: identity.tenant_id.clone(),
            cloud: self.net.cloud().name.to_owned(),
            demo: self.demo,
            remembered: self.tokens.unremembered().is_none(),
        }
    }

    /// As kept for the next start.
    pub fn saved(&self) -> SavedSession {
        SavedSession {
            account: self.account(),
            client_id: self.client_id.clone(),
            allowed: self.allowed.clone(),
            reach: Some(self.tokens.reach()),
            extending: self.tokens.extending(),
            guessed: self.tenant.is_none() && self.domain.is_some(),
            colour: 0,
        }
    }

    /// Is this kind asked for at all? What nobody consented to would be refused every time, and each refusal is a line in the
    /// sign-in log of somebody's tenant.
    pub fn asks_for(&self, kind: Kind) -> bool {
        match kind {
            Kind::DirectoryRole => true,
            Kind::Group => self.tokens.reach() != Reach::Directory,
            Kind::AzureResource => self.allowed.contains(&kind),
        }
    }
}

impl Open {
    /// The tenant's display name: Graph tells it to whoever may read their own profile ("List organization", `User.Read`), and
    /// Azure to whoever may ask it ("Tenants - List").
    pub async fn tenant_name(&self) -> Option<String> {
        if let Ok(Some(name)) = self.roles.directory.organization().await {
            return Some(name);
        }
        if !self.asks_for(Kind::AzureResource) {
            return None;
        }
        self.named_among(&self.roles.azure.tenants().await.ok()?)
    }

    /// The name that this list has for the account's tenant.
    pub fn named_among(&self, tenants: &[Tenant]) -> Option<String> {
        let id = &self.tokens.identity().tenant_id;
        tenants.iter().find(|tenant| tenant.id.eq_ignore_ascii_case(id))?.name.clone()
    }

    /// May later ends of eligibilities of a kind be asked for, as far as is known? Where the session has whatever was consented
    /// to, the service says.
    pub fn may_extend(&self, kind: Kind) -> bool {
        let asked = self.tokens.reach() == Reach::Consented || self.tokens.extending().contains(&kind);
        asked || self.net.cloud().extending(kind).is_none()
    }

    /// What an administrator has to consent to for a kind.
    pub fn consent(&self, kind: Kind) -> Consent {
        let cloud = self.net.cloud();
        consent::to(cloud, &self.tokens.identity().tenant_id, &self.client_id, &cloud.permissions(kind))
    }

    /// Why there is no permission to ask for later ends of eligibilities; where an administrator has to consent to it, with the
    /// link for them.
    pub fn not_permitted(&self, kind: Kind, problem: Problem) -> Problem {
        let Some(scope) = self.net.cloud().extending(kind).filter(|_| codes::lacks_consent(&problem.code)) else {
            return problem;
        };
        let page = self.consent_page(std::slice::from_ref(&scope));
        let name = scope.rsplit('/').next().unwrap_or_default();
        let text = say!("admin-extend", permission = name, page = page);
        let text = codes::request_to_admin(text, &problem.code, None);
        let message = say!("administrator-consents-to", permission = name);
        Problem { message, remedy: Remedy::AskAdmin { text }, ..problem }
    }

    pub(super) fn consent_page(&self, scopes: &[String]) -> String {
        let tenant = &self.tokens.identity().tenant_id;
        self.net.cloud().consent_page(tenant, &self.client_id, scopes).into()
    }
}

/// What to call a tenant by what was asked for: the domain that was named, or else, where anybody's home tenant would do, the
/// domain of whoever signed in there.
fn domain(asked: &str, username: &str) -> Option<String> {
    if asked.contains('.') {
        return Some(asked.to_owned());
    }
    let (_, domain) = username.rsplit_once('@').filter(|_| asked == ORGANIZATIONS)?;
    Some(domain.to_owned()).filter(|domain| !domain.is_empty())
}

/// Says where an administrator can consent, and that it goes on without.
fn with_consent_page(problem: Problem, cloud: &Cloud, tenant: &str, client_id: &str) -> Problem {
    if !codes::lacks_consent(&problem.code) {
        return problem;
    }
    let page = cloud.consent_page(tenant, client_id, &cloud.scopes(Resource::Graph, Reach::Groups));
    let text = codes::request_to_admin(say!("admin-consent-page", page = page.as_str()), &problem.code, None);
    let message = words::sentences([problem.message, say!("go-on-with-consented")]);
    Problem { message, remedy: Remedy::AskAdmin { text }, ..problem }
}

fn unknown_cloud(name: &str) -> Problem {
    Problem {
        code: "unknown-cloud".into(),
        message: say!("unknown-cloud", name = name),
        remedy: Remedy::None,
        correlation_id: None,
        detail: None,
    }
}

/// The user stopped waiting.
pub(super) fn cancelled() -> Problem {
    Problem {
        code: crate::codes::SIGN_IN_CANCELLED.into(),
        message: say!("sign-in-cancelled"),
        remedy: Remedy::SignIn,
        correlation_id: None,
        detail: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_goes_by_the_domain_that_led_to_it() {
        assert_eq!(domain("fabrikam.example", "maya@contoso.example").as_deref(), Some("fabrikam.example"));
        assert_eq!(domain(ORGANIZATIONS, "maya@contoso.example").as_deref(), Some("contoso.example"));
        // Asked for by its id: somebody's domain may be another one's.
        assert_eq!(domain("9b5fef41-9b5f-4b3f-9b3b-9b5fef419b5f", "maya@contoso.example"), None);
        for odd in ["", "maya", "maya@"] {
            assert_eq!(domain(ORGANIZATIONS, odd), None, "{odd}");
        }
    }
}
