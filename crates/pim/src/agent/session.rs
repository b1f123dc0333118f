//! Signing in, in the background: every way ends with what the agent needs, or with a sentence.

use super::Demo;
use crate::{
    api::{Client, Sources},
    auth::{Browser, DeviceCode, Granted, Registration, SignIn, Tokens, secret_name},
    clock::Clock,
    cloud::{Cloud, Reach, Resource},
    codes,
    model::Kind,
    net::Net,
    problem::{Problem, Remedy},
    saved::SavedSession,
    secrets::Vault,
    view::{Account, Consent},
};

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
    client_id: String,
}

impl SignedIn {
    /// The session, once it is in the keyring. Whoever begins with it sees it through.
    pub async fn keep(self) -> Open {
        let Self { granted, net, demo, client_id } = self;
        Open::new(net, granted.keep().await, demo, client_id)
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
        Ok(SignedIn { granted, net, demo: goal.demo, client_id })
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
        let mut way_in = SignIn::new(net.clone(), registration.clone(), self.secrets)?;
        if let Some(reach) = saved.reach {
            way_in = way_in.reaching(reach);
        }
        let tokens = way_in.restore(&account.id).await?;
        let tenant = Some(account.tenant);
        let allowed = saved.allowed;
        Ok(tokens.map(|tokens| Open {
            tenant,
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
        Self { tokens, roles, net, demo, client_id, tenant: None, allowed: Vec::new() }
    }

    /// As shown.
    pub fn account(&self) -> Account {
        let identity = self.tokens.identity();
        Account {
            id: identity.id(),
            username: identity.username.clone(),
            name: identity.name.clone(),
            tenant: self.tenant.clone().unwrap_or_else(|| identity.tenant_id.clone()),
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
    /// What an administrator has to consent to for a kind.
    pub fn consent(&self, kind: Kind) -> Consent {
        let scopes = self.net.cloud().permissions(kind);
        let tenant = &self.tokens.identity().tenant_id;
        let name = |scope: &String| scope.rsplit('/').next().unwrap_or_default().to_owned();
        Consent {
            link: self.net.cloud().consent_page(tenant, &self.client_id, &scopes).into(),
            permissions: scopes.iter().map(name).collect(),
        }
    }
}

/// Says where an administrator can consent, and that it goes on without.
fn with_consent_page(problem: Problem, cloud: &Cloud, tenant: &str, client_id: &str) -> Problem {
    if !codes::lacks_consent(&problem.code) {
        return problem;
    }
    let page = cloud.consent_page(tenant, client_id, &cloud.scopes(Resource::Graph, Reach::Groups));
    let text = format!("Please consent to the permissions that Pimento needs: {page}\nCode: {}", problem.code);
    let message = format!("{} Sign in again to go on with what was consented to.", problem.message);
    Problem { message, remedy: Remedy::AskAdmin { text }, ..problem }
}

fn unknown_cloud(name: &str) -> Problem {
    Problem {
        code: "unknown-cloud".into(),
        message: format!("There is no cloud called \"{name}\". Choose one in the settings."),
        remedy: Remedy::None,
        correlation_id: None,
        detail: None,
    }
}

/// The user stopped waiting.
pub(super) fn cancelled() -> Problem {
    Problem {
        code: crate::codes::SIGN_IN_CANCELLED.into(),
        message: "The sign-in was cancelled.".into(),
        remedy: Remedy::SignIn,
        correlation_id: None,
        detail: None,
    }
}
