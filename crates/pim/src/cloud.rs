//! Endpoint tables: where each Microsoft cloud signs people in and answers, and the tenant on loopback.
//!
//! Source: "National clouds" (identity platform, authentication-national-cloud) and the clouds' portals.

mod permissions;

use std::{collections::BTreeSet, net::IpAddr};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

pub use self::permissions::{
    ACCESS_REVIEWS, ALERTING, ALERTS, APPROVAL_SCOPES, AUDIT_LOG, AZURE, Asked, DIRECTORY_ROLE_SCOPES,
    EXTENSION_SCOPES, GROUP_SCOPES, POLICY_SCOPES, Permission, REVIEWING, ROLE_DEFINITIONS, SEARCH_APPLICATIONS,
    SEARCH_GROUPS, SEARCH_UNITS, SEARCH_USERS,
};
use crate::{
    model::Kind,
    problem::{Problem, Remedy},
};

/// Client id of *Microsoft Graph Command Line Tools*: public, multi-tenant, consents to scopes dynamically.
pub const GRAPH_COMMAND_LINE_TOOLS: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

/// The tenant segment that accepts any work account and signs it in to its home tenant.
pub const ORGANIZATIONS: &str = "organizations";

/// How much of Microsoft Graph a session asks for. Where a tenant has not consented to one permission of many, it refuses
/// the sign-in as a whole: whoever uses directory roles alone must not be kept out by what they do not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reach {
    /// What directory roles need.
    Directory,
    /// What groups need besides.
    Groups,
    /// Whatever the tenant has consented to already (`.default`), which asks for nothing that it has not.
    Consented,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// Microsoft Graph.
    Graph,
    /// Azure Resource Manager.
    Arm,
}

/// One cloud's endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cloud {
    /// Short name, as in settings and files: `global`, `usgov`, `usgovdod`, `china`, `loopback`.
    pub name: &'static str,
    /// Where people sign in, without a path for the public clouds.
    pub login: Url,
    /// Microsoft Graph, without the version segment.
    pub graph: Url,
    /// Azure Resource Manager.
    pub arm: Url,
    /// Control endpoint of a simulated tenant.
    pub control: Option<Url>,
    /// Other host names the same sign-in service answers under.
    login_aliases: &'static [&'static str],
    /// What a sign-in asks for at first.
    reach: Reach,
    /// Prefixes of the resources' scopes. A loopback tenant stands for the global cloud, so it keeps that one's names.
    graph_audience: String,
    arm_audience: String,
}

impl Cloud {
    /// The worldwide cloud, GCC included.
    pub fn global() -> Self {
        Self::public(
            "global",
            "login.microsoftonline.com",
            "graph.microsoft.com",
            "management.azure.com",
            &["login.microsoft.com", "login.windows.net"],
        )
    }

    /// US Government L4 (GCC High).
    pub fn us_government_l4() -> Self {
        let (login, graph) = ("login.microsoftonline.us", "graph.microsoft.us");
        Self::public("usgov", login, graph, "management.usgovcloudapi.net", &[])
    }

    /// US Government L5 (Department of Defense).
    pub fn us_government_dod() -> Self {
        let (login, graph) = ("login.microsoftonline.us", "dod-graph.microsoft.us");
        Self::public("usgovdod", login, graph, "management.usgovcloudapi.net", &[])
    }

    /// China, operated by 21Vianet.
    pub fn china() -> Self {
        Self::public(
            "china",
            "login.partner.microsoftonline.cn",
            "microsoftgraph.chinacloudapi.cn",
            "management.chinacloudapi.cn",
            &["login.chinacloudapi.cn"],
        )
    }

    /// The cloud a setting names; `None` for an unknown name, and for `loopback`, which has no fixed address.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "global" => Some(Self::global()),
            "usgov" => Some(Self::us_government_l4()),
            "usgovdod" => Some(Self::us_government_dod()),
            "china" => Some(Self::china()),
            _ => None,
        }
    }

    /// A simulated tenant on this machine.
    ///
    /// # Errors
    /// Refused unless every address is http or https to `127.0.0.1`, `[::1]` or `localhost`: nothing else may take part in a demo.
    pub fn loopback(authority: &str, graph: &str, arm: &str, control: Option<&str>) -> Result<Self, Problem> {
        Ok(Self {
            name: "loopback",
            login: loopback_url(authority)?,
            graph: loopback_url(graph)?,
            arm: loopback_url(arm)?,
            control: control.map(loopback_url).transpose()?,
            login_aliases: &[],
            reach: Reach::Groups,
            graph_audience: "https://graph.microsoft.com".into(),
            arm_audience: "https://management.azure.com".into(),
        })
    }

    /// Is this a simulated tenant on this machine?
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.login)
    }

    /// The address a resource's token may be sent to.
    pub fn base(&self, resource: Resource) -> &Url {
        match resource {
            Resource::Graph => &self.graph,
            Resource::Arm => &self.arm,
        }
    }

    /// What a sign-in asks for at first: of a public cloud no more than everybody needs, of a simulated tenant all.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// The same, asking for so much at first.
    #[must_use]
    pub fn reaching(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// The scopes to ask a token of this resource with, without `openid profile offline_access`.
    pub fn scopes(&self, resource: Resource, reach: Reach) -> Vec<String> {
        match (resource, reach) {
            (Resource::Graph, Reach::Consented) => vec![format!("{}/.default", self.graph_audience)],
            (Resource::Graph, Reach::Directory) => self.permissions(Kind::DirectoryRole),
            (Resource::Graph, Reach::Groups) => {
                [self.permissions(Kind::DirectoryRole), self.permissions(Kind::Group)].concat()
            }
            (Resource::Arm, _) => self.permissions(Kind::AzureResource),
        }
    }

    /// The permissions that a kind of PIM needs, as scopes.
    pub fn permissions(&self, kind: Kind) -> Vec<String> {
        let (audience, names): (_, &[&str]) = match kind {
            Kind::DirectoryRole => (&self.graph_audience, &DIRECTORY_ROLE_SCOPES),
            Kind::Group => (&self.graph_audience, &GROUP_SCOPES),
            Kind::AzureResource => (&self.arm_audience, &[AZURE]),
        };
        names.iter().map(|name| format!("{audience}/{name}")).collect()
    }

    /// The permission that asking for a later end of an eligibility of this kind takes besides, as a scope. Azure's only one
    /// covers that too.
    pub fn extending(&self, kind: Kind) -> Option<String> {
        let (_, name) = EXTENSION_SCOPES.iter().find(|(each, _)| *each == kind)?;
        Some(format!("{}/{name}", self.graph_audience))
    }

    /// A permission of Microsoft Graph that a single errand takes, as a scope.
    pub fn permission(&self, name: &str) -> String {
        format!("{}/{name}", self.graph_audience)
    }

    /// The permission that deciding on requests of this kind takes, as a scope.
    pub fn approving(&self, kind: Kind) -> Option<String> {
        let (_, name) = APPROVAL_SCOPES.iter().find(|(each, _)| *each == kind)?;
        let audience = if kind == Kind::AzureResource { &self.arm_audience } else { &self.graph_audience };
        Some(format!("{audience}/{name}"))
    }

    /// What a session asks for that reaches so far, and wants later ends of eligibilities of these kinds.
    pub(crate) fn asked(&self, resource: Resource, reach: Reach, extending: &BTreeSet<Kind>) -> Vec<String> {
        let mut scopes = self.scopes(resource, reach);
        // `.default` stands alone, and stands for these as well.
        if resource == Resource::Graph && reach != Reach::Consented {
            scopes.extend(extending.iter().filter_map(|kind| self.extending(*kind)));
        }
        scopes
    }

    /// Where an administrator of a tenant consents to an application's permissions for everybody ("Admin consent on the
    /// Microsoft identity platform", v2-admin-consent). Afterwards the browser is sent to the redirect address that every
    /// registration for Pimento has; nobody listens there, and nobody needs to.
    pub fn consent_page(&self, tenant_id: &str, client_id: &str, scopes: &[String]) -> Url {
        let mut page = below(&self.login, &format!("{tenant_id}/v2.0/adminconsent"));
        page.query_pairs_mut()
            .append_pair("client_id", client_id)
            .append_pair("scope", &scopes.join(" "))
            .append_pair("redirect_uri", "http://localhost");
        page
    }

    /// May this address belong to the sign-in service? Same scheme and port, and the host or one of its aliases.
    pub fn is_login(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        url.scheme() == self.login.scheme()
            && url.port_or_known_default() == self.login.port_or_known_default()
            && (Some(host) == self.login.host_str() || self.login_aliases.contains(&host))
    }

    /// The sign-in service's origins, as a browser spells them.
    pub(crate) fn login_origins(&self) -> Vec<String> {
        let aliases = self.login_aliases.iter().map(|host| format!("https://{host}"));
        std::iter::once(self.login.origin().ascii_serialization()).chain(aliases).collect()
    }

    fn public(name: &'static str, login: &str, graph: &str, arm: &str, login_aliases: &'static [&'static str]) -> Self {
        Self {
            name,
            login: https(login),
            graph: https(graph),
            arm: https(arm),
            control: None,
            login_aliases,
            reach: Reach::Directory,
            graph_audience: format!("https://{graph}"),
            arm_audience: format!("https://{arm}"),
        }
    }
}

/// An address below `base`: `path` is appended to the path that `base` already has.
pub(crate) fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let joined = format!("{}/{}", base.path().trim_end_matches('/'), path.trim_start_matches('/'));
    url.set_path(&joined);
    url
}

/// Does the address name this machine literally?
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::from(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::from(ip).is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

/// `organizations`, a tenant id or a verified domain: what may stand in an authority's path.
///
/// # Errors
/// Refuses everything else, so that a setting can never change which host or path is asked for a token.
pub fn tenant_segment(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let named = text.contains('.') || uuid::Uuid::try_parse(text).is_ok() || text == ORGANIZATIONS;
    if plain && named && !text.starts_with('.') && !text.contains("..") && text.len() <= 253 {
        return Ok(text.to_ascii_lowercase());
    }
    Err(Problem {
        code: "tenant-name".into(),
        message: "The tenant in the settings is neither a tenant id nor a domain name.".into(),
        remedy: Remedy::None,
        correlation_id: None,
        detail: Some("Expected something like contoso.onmicrosoft.com or a GUID.".into()),
    })
}

fn loopback_url(text: &str) -> Result<Url, Problem> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && is_loopback(&url) && url.username().is_empty() => {
            Ok(url)
        }
        _ => Err(Problem {
            code: "not-loopback".into(),
            message: "A demo tenant must run on this computer.".into(),
            remedy: Remedy::None,
            correlation_id: None,
            detail: Some(format!("{text} is not an http address of 127.0.0.1, [::1] or localhost.")),
        }),
    }
}

fn https(host: &str) -> Url {
    Url::parse(&format!("https://{host}")).expect("the tables above hold host names")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_public_cloud_keeps_to_its_own_hosts() {
        for name in ["global", "usgov", "usgovdod", "china"] {
            let cloud = Cloud::by_name(name).expect("known");
            assert_eq!(cloud.name, name);
            assert!(!cloud.is_loopback());
            for url in [&cloud.login, &cloud.graph, &cloud.arm] {
                assert_eq!(url.scheme(), "https");
            }
            let graph = cloud.graph.as_str().trim_end_matches('/').to_owned();
            assert!(cloud.scopes(Resource::Graph, Reach::Groups).iter().all(|scope| scope.starts_with(&graph)));
            let arm = cloud.arm.as_str().trim_end_matches('/').to_owned();
            assert_eq!(cloud.scopes(Resource::Arm, cloud.reach()), [format!("{arm}/user_impersonation")]);
        }
        assert_eq!(Cloud::by_name("loopback"), None);
        assert_eq!(Cloud::by_name("germany"), None);
    }

    #[test]
    fn hosts_are_the_documented_ones() {
        assert_eq!(Cloud::china().graph.host_str(), Some("microsoftgraph.chinacloudapi.cn"));
        assert_eq!(Cloud::us_government_dod().graph.host_str(), Some("dod-graph.microsoft.us"));
        assert!(Cloud::china().is_login(&Url::parse("https://login.chinacloudapi.cn/x").expect("url")));
        assert!(!Cloud::global().is_login(&Url::parse("http://login.microsoftonline.com/x").expect("url")));
        assert!(!Cloud::global().is_login(&Url::parse("https://login.microsoftonline.com.evil.example").expect("url")));
    }

    #[test]
    fn a_demo_tenant_must_be_on_this_machine() {
        for good in ["http://127.0.0.1:4000", "https://localhost:1", "http://[::1]:80", "http://127.9.9.9"] {
            assert!(Cloud::loopback(good, good, good, Some(good)).is_ok(), "{good}");
        }
        let good = "http://127.0.0.1:4000";
        for bad in
            ["http://10.0.0.1", "https://graph.microsoft.com", "ftp://127.0.0.1", "http://u@127.0.0.1", "127.0.0.1", ""]
        {
            assert!(Cloud::loopback(bad, good, good, None).is_err(), "{bad}");
            assert!(Cloud::loopback(good, bad, good, None).is_err(), "{bad}");
            assert!(Cloud::loopback(good, good, bad, None).is_err(), "{bad}");
            assert!(Cloud::loopback(good, good, good, Some(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_administrator_is_asked_for_the_permissions_of_one_kind_in_their_own_cloud() {
        let cloud = Cloud::china();
        let page = cloud.consent_page("t-1", "c-1", &cloud.permissions(Kind::Group));
        let text = page.as_str();
        assert!(
            text.starts_with("https://login.partner.microsoftonline.cn/t-1/v2.0/adminconsent?client_id=c-1&scope=")
        );
        let asked: std::collections::HashMap<_, _> = page.query_pairs().into_owned().collect();
        assert_eq!(asked["redirect_uri"], "http://localhost");
        assert_eq!(asked["scope"].split(' ').count(), GROUP_SCOPES.len());
        assert!(
            asked["scope"].starts_with("https://microsoftgraph.chinacloudapi.cn/PrivilegedEligibilitySchedule.Read")
        );
    }

    #[test]
    fn later_ends_are_asked_for_beside_the_rest_and_never_beside_the_default() {
        let cloud = Cloud::china();
        let both = BTreeSet::from([Kind::DirectoryRole, Kind::Group, Kind::AzureResource]);
        let asked = |reach, kinds: &BTreeSet<Kind>| cloud.asked(Resource::Graph, reach, kinds);
        let more = asked(Reach::Groups, &both).split_off(DIRECTORY_ROLE_SCOPES.len() + GROUP_SCOPES.len());
        assert_eq!(
            more,
            [
                "https://microsoftgraph.chinacloudapi.cn/RoleEligibilitySchedule.ReadWrite.Directory",
                "https://microsoftgraph.chinacloudapi.cn/PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup"
            ]
        );
        assert_eq!(asked(Reach::Directory, &BTreeSet::new()), cloud.scopes(Resource::Graph, Reach::Directory));
        assert_eq!(asked(Reach::Consented, &both), ["https://microsoftgraph.chinacloudapi.cn/.default"]);
        assert_eq!(cloud.asked(Resource::Arm, Reach::Groups, &both), cloud.scopes(Resource::Arm, Reach::Groups));
        assert_eq!(cloud.extending(Kind::AzureResource), None);
    }

    #[test]
    fn a_tenant_cannot_change_the_path() {
        assert_eq!(tenant_segment(" Contoso.OnMicrosoft.com ").expect("domain"), "contoso.onmicrosoft.com");
        assert!(tenant_segment("organizations").is_ok());
        assert!(tenant_segment("9b5fef41-9b5f-4b3f-9b3b-9b5fef419b5f").is_ok());
        for bad in ["", "common", "a/b", "..", "a..b", ".a", "evil.example/", "a.b?x", "a.b#x", "a.b@c", "ä.de"] {
            assert!(tenant_segment(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_are_appended_to_a_base() {
        let base = Url::parse("http://127.0.0.1:4000/graph").expect("url");
        assert_eq!(below(&base, "/v1.0/me").as_str(), "http://127.0.0.1:4000/graph/v1.0/me");
        assert_eq!(below(&Cloud::global().graph, "v1.0/me").as_str(), "https://graph.microsoft.com/v1.0/me");
    }
}
