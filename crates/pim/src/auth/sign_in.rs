//! The ways in: the browser, a device code, and the session that the keyring kept.

use std::collections::BTreeSet;

use tokio::task::JoinSet;
use zeroize::Zeroizing;

use super::{
    AccessToken, Browser, Identity, Tokens,
    callback::{Callback, Expected},
    endpoint::{Ask, Endpoint, Grant, authorize_problem},
    listener::Listener,
    oidc::{Authority, Wanted},
    record::Record,
    session::Session,
};
use crate::{
    cloud::{self, GRAPH_COMMAND_LINE_TOOLS, ORGANIZATIONS, Reach, Resource},
    codes,
    model::Kind,
    net::Net,
    problem::Problem,
    secrets::Vault,
};

/// Where, and as which application, somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The tenant segment of the authority: `organizations`, a tenant id or a domain.
    pub tenant: String,
    /// The application (client) id.
    pub client_id: String,
}

impl Default for Registration {
    /// Any work account, as Microsoft Graph Command Line Tools.
    fn default() -> Self {
        Self { tenant: ORGANIZATIONS.into(), client_id: GRAPH_COMMAND_LINE_TOOLS.into() }
    }
}

/// What a person must type where, in the device code flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCode {
    /// The code to type.
    pub user_code: String,
    /// Where to type it.
    pub verification_uri: String,
}

/// Somebody has signed in. Nothing is kept of it yet.
pub(crate) struct Granted {
    session: Session,
    access: AccessToken,
}

impl Granted {
    /// Writes the tokens to the keyring. Whoever begins with it sees it through: what is written must be somebody's.
    pub(crate) async fn keep(self) -> Tokens {
        self.session.keep(self.access).await;
        Tokens::new(self.session)
    }
}

/// Makes sessions. Dropping one of its futures gives the attempt up, and nothing listens any more.
#[derive(Clone)]
pub struct SignIn {
    net: Net,
    registration: Registration,
    vault: Vault,
    reach: Reach,
    extending: BTreeSet<Kind>,
}

impl SignIn {
    /// Prepares to sign in at the cloud of `net`. All sessions of a program share one `vault`.
    ///
    /// # Errors
    /// A tenant that is neither an id nor a domain, or a client id that is no GUID.
    pub fn new(net: Net, registration: Registration, vault: Vault) -> Result<Self, Problem> {
        let tenant = cloud::tenant_segment(&registration.tenant)?;
        let Ok(client_id) = uuid::Uuid::try_parse(registration.client_id.trim()) else {
            return Err(codes::ours(codes::CLIENT_ID, Some(registration.client_id)));
        };
        let registration = Registration { tenant, client_id: client_id.to_string() };
        let reach = net.cloud().reach();
        Ok(Self { net, registration, vault, reach, extending: BTreeSet::new() })
    }

    /// The same, asking for so much of Microsoft Graph.
    #[must_use]
    pub fn reaching(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// The same, asking for what later ends of eligibilities of these kinds take.
    #[must_use]
    pub fn extending(self, extending: BTreeSet<Kind>) -> Self {
        Self { extending, ..self }
    }

    /// Signs in through the browser: returns when the person is done, or after five minutes. `hint` is the user name to
    /// prefill; without it the person chooses the account.
    ///
    /// # Errors
    /// Cancelled, timed out, refused, no network, or an answer that is not ours.
    pub async fn browser(&self, browser: &Browser, hint: Option<&str>) -> Result<Tokens, Problem> {
        Ok(self.granted_in(browser, hint).await?.keep().await)
    }

    pub(crate) async fn granted_in(&self, browser: &Browser, hint: Option<&str>) -> Result<Granted, Problem> {
        let endpoint = self.endpoint();
        let ask = Ask { resource: Resource::Graph, scopes: self.scopes(), claims: None, hint, choose: hint.is_none() };
        let (grant, identity) = interactive(&self.net, &endpoint, &self.registration, browser, &ask).await?;
        self.granted(grant, identity)
    }

    /// Signs in by device code: `show` is handed what to type where.
    ///
    /// # Errors
    /// Declined, expired, refused, or no network. Many organisations block this flow.
    pub async fn device_code(&self, show: impl FnOnce(DeviceCode) + Send) -> Result<Tokens, Problem> {
        Ok(self.granted_to_code(show).await?.keep().await)
    }

    pub(crate) async fn granted_to_code(&self, show: impl FnOnce(DeviceCode) + Send) -> Result<Granted, Problem> {
        let endpoint = self.endpoint();
        let device =
            endpoint.device(Resource::Graph, &self.scopes()).await.map_err(|failure| failure.problem().clone())?;
        show(DeviceCode {
            user_code: codes::clean(device.user_code().secret(), 64),
            verification_uri: codes::clean(device.verification_uri().as_str(), 512),
        });
        let grant =
            endpoint.await_device(&device, Resource::Graph).await.map_err(|failure| failure.problem().clone())?;
        let authority = Authority::fetch(&self.net, &endpoint).await?;
        let identity = identify(&self.net, &authority, &self.registration, &grant, None)?;
        self.granted(grant, identity)
    }

    /// The session that the keyring kept under `account_id` ([`Identity::id`]); `None` where there is none. Sends nothing.
    ///
    /// # Errors
    /// The keyring cannot be read, or holds something else.
    pub async fn restore(&self, account_id: &str) -> Result<Option<Tokens>, Problem> {
        let name = self.secret_name(account_id);
        let Some(secret) = self.vault.read(&name).await? else { return Ok(None) };
        let record = Record::from_bytes(&secret)?;
        // Another application's token is of no use to this one.
        if record.client_id != self.registration.client_id || record.identity.id() != account_id {
            return Ok(None);
        }
        let session = self.open(record.identity.clone(), record.refresh_token.clone());
        session.restored(&record);
        Ok(Some(Tokens::new(session)))
    }

    fn granted(&self, grant: Grant, identity: Identity) -> Result<Granted, Problem> {
        let Some(refresh_token) = grant.refresh else {
            return Err(codes::ours(codes::UNEXPECTED, Some("A sign-in without a refresh token.".into())));
        };
        Ok(Granted { session: self.open(identity, refresh_token), access: grant.access })
    }

    fn open(&self, identity: Identity, refresh_token: Zeroizing<String>) -> Session {
        // From here on the tenant is known by its id: a guest's tokens must come from this very tenant.
        let registration = Registration { tenant: identity.tenant_id.clone(), ..self.registration.clone() };
        let endpoint = Endpoint::new(self.net.clone(), &registration.tenant, &registration.client_id);
        let name = self.secret_name(&identity.id());
        Session::new(
            self.net.clone(),
            endpoint,
            registration,
            identity,
            self.vault.clone(),
            name,
            (refresh_token, self.reach, self.extending.clone()),
        )
    }

    fn scopes(&self) -> Vec<String> {
        self.net.cloud().asked(Resource::Graph, self.reach, &self.extending)
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint::new(self.net.clone(), &self.registration.tenant, &self.registration.client_id)
    }

    fn secret_name(&self, account_id: &str) -> String {
        secret_name(self.net.cloud().name, account_id)
    }
}

/// What an account's entry in the keyring is called.
pub(crate) fn secret_name(cloud: &str, account_id: &str) -> String {
    format!("{cloud}.{account_id}")
}

/// One interactive sign-in, from the listener to the validated id token.
pub(super) async fn interactive(
    net: &Net,
    endpoint: &Endpoint,
    registration: &Registration,
    browser: &Browser,
    ask: &Ask<'_>,
) -> Result<(Grant, Identity), Problem> {
    let listener = Listener::bind().await.map_err(|error| codes::ours(codes::LISTENER, Some(error.to_string())))?;
    let question = endpoint.question(listener.port(), ask)?;
    let expected =
        Expected { port: listener.port(), state: question.state.clone(), origins: net.cloud().login_origins() };
    browser.open(question.url).await.map_err(|error| codes::ours(codes::BROWSER, Some(error.to_string())))?;
    // The keys are read while the person is busy. Nobody waits for them who has said no.
    let mut reading = JoinSet::new();
    reading.spawn({
        let (net, endpoint) = (net.clone(), endpoint.clone());
        async move { Authority::fetch(&net, &endpoint).await }
    });
    let code = match listener.answer(expected).await {
        None => return Err(codes::ours(codes::SIGN_IN_TIMEOUT, None)),
        Some(Callback::Refused { error, description }) => return Err(authorize_problem(&error, &description)),
        Some(Callback::Code(code)) => code,
    };
    let authority = match reading.join_next().await {
        Some(Ok(Ok(authority))) => authority,
        _ => Authority::fetch(net, endpoint).await?,
    };
    let grant = endpoint
        .redeem(&code, question.verifier, question.redirect, ask)
        .await
        .map_err(|failure| failure.problem().clone())?;
    let identity = identify(net, &authority, registration, &grant, Some(&question.nonce))?;
    Ok((grant, identity))
}

fn identify(
    net: &Net,
    authority: &Authority,
    registration: &Registration,
    grant: &Grant,
    nonce: Option<&str>,
) -> Result<Identity, Problem> {
    let Some(id_token) = &grant.id else {
        return Err(codes::ours(codes::ID_TOKEN, Some("There is none.".into())));
    };
    let wanted =
        Wanted { client_id: &registration.client_id, tenant: &registration.tenant, nonce, now: net.clock().now() };
    authority.identity(id_token, &wanted)
}
