//! What helps where an application does not know of an activation yet: commands that make other tools fetch new tokens,
//! and the page of the portal where the access is used.
//!
//! What a token says about roles and groups was decided when it was issued, and tools keep theirs for an hour or more.
//! Sources: "Sign in with Azure CLI" (`az account clear`), kubelogin's `remove-cache-dir`, "Disconnect-AzAccount",
//! "Disconnect-MgGraph", "Azure portal URLs for national clouds".

use url::Url;

use crate::{
    model::{Kind, RoleKey},
    view::Hint,
};

/// Portals and names of one cloud, as its tools call it.
struct Names {
    azure_portal: &'static str,
    entra_portal: &'static str,
    /// `az cloud set --name`.
    cli: &'static str,
    /// `Connect-AzAccount -Environment`.
    powershell: &'static str,
    /// `Connect-MgGraph -Environment`.
    graph: &'static str,
}

const GLOBAL: Names = Names {
    azure_portal: "https://portal.azure.com/",
    entra_portal: "https://entra.microsoft.com/",
    cli: "AzureCloud",
    powershell: "AzureCloud",
    graph: "Global",
};
const US_GOVERNMENT: Names = Names {
    azure_portal: "https://portal.azure.us/",
    entra_portal: "https://entra.microsoft.us/",
    cli: "AzureUSGovernment",
    powershell: "AzureUSGovernment",
    graph: "USGov",
};
const CHINA: Names = Names {
    azure_portal: "https://portal.azure.cn/",
    // The pages of the directory are part of the Azure portal there.
    entra_portal: "https://portal.azure.cn/",
    cli: "AzureChinaCloud",
    powershell: "AzureChinaCloud",
    graph: "China",
};

/// Portals of their own, by the directory role's template id; worldwide cloud only.
const ADMIN_CENTERS: [(&str, &str, &str); 9] = [
    ("29232cdf-9323-42fd-ade2-1d097af3e4de", message!("portal-exchange"), "https://admin.exchange.microsoft.com/"),
    ("69091246-20e8-4a56-aa4d-066075b2a7a8", message!("portal-teams"), "https://admin.teams.microsoft.com/"),
    ("3a2c62db-5318-420d-8d74-23affee5d9d5", message!("portal-intune"), "https://intune.microsoft.com/"),
    ("194ae4cb-b126-40b2-bd5b-6091b380977d", message!("portal-defender"), "https://security.microsoft.com/"),
    ("5d6b6bb7-de71-4623-b4af-96380a352509", message!("portal-defender"), "https://security.microsoft.com/"),
    ("5f2222b1-57c3-48ba-8ad5-d4759f1fde6f", message!("portal-defender"), "https://security.microsoft.com/"),
    ("17315797-102d-40b4-93e0-432062caca18", message!("portal-purview"), "https://purview.microsoft.com/"),
    (
        "11648597-926c-4cf3-9c36-bcebb0ba8dcc",
        message!("portal-power-platform"),
        "https://admin.powerplatform.microsoft.com/",
    ),
    ("b0f54661-2d74-4c50-afa3-1ec803f12efe", message!("portal-microsoft-365"), "https://admin.cloud.microsoft/"),
];

/// What helps after the activation of this role, for somebody of this tenant in this cloud ([`crate::cloud::Cloud::name`]).
pub fn hints(key: &RoleKey, cloud: &str, tenant: &str) -> Vec<Hint> {
    let names = names(cloud);
    let mut all: Vec<Hint> = center(key, cloud).into_iter().chain(portal(key, &names, tenant)).collect();
    // It becomes part of a command: only what cannot be anything else than an id.
    if !is_id(tenant) {
        return all;
    }
    let set = if names.cli == GLOBAL.cli { String::new() } else { format!("az cloud set --name {} && ", names.cli) };
    let cli = command("Azure CLI", format!("{set}az account clear && az login --tenant {tenant}"));
    let environment = |name: &str, of: &str| if name == of { String::new() } else { format!(" -Environment {name}") };
    let az = environment(names.powershell, GLOBAL.powershell);
    let powershell =
        command("Azure PowerShell", format!("Disconnect-AzAccount; Connect-AzAccount -Tenant {tenant}{az}"));
    let mg = environment(if cloud == "usgovdod" { "USGovDoD" } else { names.graph }, GLOBAL.graph);
    let graph =
        command("Microsoft Graph PowerShell", format!("Disconnect-MgGraph; Connect-MgGraph -TenantId {tenant}{mg}"));
    let kubelogin = command("kubelogin", "kubelogin remove-cache-dir");
    match key.kind {
        Kind::DirectoryRole => all.extend([graph, cli]),
        // A group may give anything.
        Kind::Group => all.extend([cli, kubelogin, powershell, graph]),
        Kind::AzureResource => all.extend([cli, kubelogin, powershell]),
    }
    all
}

/// The portal's page where requests of a kind are decided: the one that the service's own mails lead to.
pub fn approvals_page(kind: Kind, cloud: &str) -> String {
    let provider = match kind {
        Kind::DirectoryRole => "aadmigratedroles",
        Kind::Group => "aadgroup",
        Kind::AzureResource => "azurerbac",
    };
    let names = names(cloud);
    let base = if kind == Kind::AzureResource { names.azure_portal } else { names.entra_portal };
    format!("{base}#view/Microsoft_Azure_PIMCommon/ApproveRequestMenuBlade/~/{provider}")
}

/// The address of one of these hints, if it is one: https, and one of the portals above.
pub fn link(hint: &Hint) -> Option<Url> {
    let url = Url::parse(&hint.text).ok().filter(|url| hint.link && url.scheme() == "https")?;
    let portals = [GLOBAL, US_GOVERNMENT, CHINA].map(|names| [names.azure_portal, names.entra_portal]).concat();
    let known = portals.iter().copied().chain(ADMIN_CENTERS.iter().map(|(.., address)| *address));
    let mut hosts = known.filter_map(|known| Url::parse(known).ok()?.host_str().map(str::to_owned));
    hosts.any(|host| Some(host.as_str()) == url.host_str()).then_some(url)
}

fn names(cloud: &str) -> Names {
    match cloud {
        "usgov" | "usgovdod" => US_GOVERNMENT,
        "china" => CHINA,
        // A tenant on this machine stands for the worldwide cloud.
        _ => GLOBAL,
    }
}

/// The role's own portal, which opens with whatever tenant the browser is signed in to.
fn center(key: &RoleKey, cloud: &str) -> Option<Hint> {
    let known = key.kind == Kind::DirectoryRole && !matches!(cloud, "usgov" | "usgovdod" | "china");
    let own = |(role, ..): &&(&str, &str, &str)| known && role.eq_ignore_ascii_case(&key.role_definition_id);
    let (_, title, address) = ADMIN_CENTERS.iter().find(own)?;
    Some(Hint { title: say!(*title), text: (*address).to_owned(), link: true })
}

/// The page of the tenant's portal where the access is used.
fn portal(key: &RoleKey, names: &Names, tenant: &str) -> Option<Hint> {
    if !is_id(tenant) {
        return None;
    }
    let (title, base, fragment) = match key.kind {
        Kind::AzureResource => (
            say!("portal-azure"),
            names.azure_portal,
            format!("@{tenant}/resource{}", key.scope_id.trim_end_matches('/')),
        ),
        Kind::Group if is_id(&key.scope_id) => {
            let blade = "view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId";
            (say!("portal-entra"), names.entra_portal, format!("{blade}/{}", key.scope_id))
        }
        Kind::Group => return None,
        Kind::DirectoryRole => {
            let unit = key.scope_id.strip_prefix("/administrativeUnits/").filter(|unit| is_id(unit));
            let fragment = unit.map_or_else(
                || "view/Microsoft_AAD_IAM/TenantOverview.ReactView".to_owned(),
                |unit| format!("view/Microsoft_AAD_IAM/AdminUnitDetailsMenuBlade/~/Properties/objectId/{unit}"),
            );
            (say!("portal-entra"), names.entra_portal, fragment)
        }
    };
    let mut url = Url::parse(base).ok()?;
    if key.kind != Kind::AzureResource {
        url.set_path(tenant);
    }
    url.set_fragment(Some(&fragment));
    Some(Hint { title, text: url.into(), link: true })
}

fn command(title: &str, text: impl Into<String>) -> Hint {
    Hint { title: title.into(), text: text.into(), link: false }
}

/// Letters, digits and hyphens.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Access;

    const TENANT: &str = "6f4d2b1a-0c3e-4a5f-8b7d-9e1c2a3b4d5e";
    const GROUP: &str = "2b5ed229-4072-478d-9504-a047ebd4b07d";

    fn azure() -> RoleKey {
        RoleKey::azure(
            "/providers/Microsoft.Authorization/roleDefinitions/r",
            "/subscriptions/5a/resourceGroups/my web",
        )
    }

    fn shown(key: &RoleKey, cloud: &str) -> Vec<(String, String)> {
        hints(key, cloud, TENANT).into_iter().map(|hint| (hint.title, hint.text)).collect()
    }

    #[test]
    fn each_kind_has_its_page_and_its_tools() {
        let titles = |key: &RoleKey| shown(key, "global").into_iter().map(|(title, _)| title).collect::<Vec<_>>();
        assert_eq!(titles(&azure()), ["Azure portal", "Azure CLI", "kubelogin", "Azure PowerShell"]);
        let role = RoleKey::directory("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "/");
        assert_eq!(titles(&role), ["Entra admin center", "Microsoft Graph PowerShell", "Azure CLI"]);
        let group = RoleKey::group(GROUP, Access::Member);
        assert_eq!(titles(&group).len(), 5);
        let exchange = RoleKey::directory("29232CDF-9323-42FD-ADE2-1D097AF3E4DE", "/");
        let own = shown(&exchange, "global");
        assert_eq!(own[0].1, "https://admin.exchange.microsoft.com/");
        assert!(own[1].1.starts_with(&format!("https://entra.microsoft.com/{TENANT}#")), "and the tenant's: {own:?}");
        assert_eq!(shown(&exchange, "usgov")[0].0, "Entra admin center", "no such portal is known there");
    }

    #[test]
    fn tenant_cloud_and_scope_are_in_them() {
        let all = shown(&azure(), "global");
        assert_eq!(
            all[0].1,
            format!("https://portal.azure.com/#@{TENANT}/resource/subscriptions/5a/resourceGroups/my%20web")
        );
        assert_eq!(all[1].1, format!("az account clear && az login --tenant {TENANT}"));
        let china = shown(&azure(), "china");
        assert!(china[0].1.starts_with("https://portal.azure.cn/#"), "{china:?}");
        assert!(china[1].1.starts_with("az cloud set --name AzureChinaCloud && "), "{china:?}");
        assert!(china[3].1.ends_with(" -Environment AzureChinaCloud"), "{china:?}");
        let group = shown(&RoleKey::group(GROUP, Access::Member), "usgovdod");
        assert_eq!(
            group[0].1,
            format!(
                "https://entra.microsoft.us/{TENANT}#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/{GROUP}"
            )
        );
        assert!(group[4].1.ends_with(" -Environment USGovDoD"), "{group:?}");
    }

    #[test]
    fn nothing_of_a_service_becomes_part_of_a_command() {
        let odd = "x; rm -rf ~";
        assert!(hints(&azure(), "global", odd).is_empty());
        let group = RoleKey::group("../x", Access::Member);
        assert!(hints(&group, "global", TENANT).iter().all(|hint| !hint.link && !hint.text.contains("..")));
        let hostile = RoleKey::azure("r", "/subscriptions/x\"><script>\n&& reboot");
        for hint in hints(&hostile, "global", TENANT) {
            assert!(hint.link || !hint.text.contains("reboot"), "{hint:?}");
            assert!(!hint.text.contains(['\n', '"', '<']), "{hint:?}");
        }
    }

    #[test]
    fn only_our_own_links_are_opened() {
        for key in [azure(), RoleKey::group(GROUP, Access::Member), RoleKey::directory("x", "/")] {
            for hint in hints(&key, "global", TENANT) {
                assert_eq!(link(&hint).is_some(), hint.link, "{hint:?}");
            }
        }
        for text in ["http://portal.azure.com/", "https://portal.azure.com.example/", "file:///etc/passwd", "az login"]
        {
            assert_eq!(link(&Hint { title: "x".into(), text: text.into(), link: true }), None, "{text}");
        }
    }
}
