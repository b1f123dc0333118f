//! What an administrator is asked to consent to: a page of Microsoft's, and the permissions that stand on it.

use crate::{
    auth::Registration,
    cloud::{Asked, Cloud, ORGANIZATIONS, Permission, tenant_segment},
    model::Kind,
    view::{Consent, Settings, WayIn},
};

/// Consent to these scopes of one service, for everybody in a tenant.
pub(crate) fn to(cloud: &Cloud, tenant: &str, client_id: &str, scopes: &[String]) -> Consent {
    let name = |scope: &String| scope.rsplit('/').next().unwrap_or_default().to_owned();
    Consent {
        link: cloud.consent_page(tenant, client_id, scopes).into(),
        permissions: scopes.iter().map(name).collect(),
    }
}

/// What a sign-in would ask for that goes by these settings, told before anybody signs in. `None`: they name no cloud.
pub(crate) fn way_in(settings: &Settings) -> Option<WayIn> {
    let cloud = Cloud::by_name(&settings.cloud)?;
    let default = Registration::default();
    // What is no tenant leads nowhere: the administrator's own is meant then.
    let tenant = settings.tenant.as_deref().and_then(|tenant| tenant_segment(tenant).ok());
    let tenant = tenant.unwrap_or_else(|| ORGANIZATIONS.to_owned());
    let client_id = settings.client_id.clone().unwrap_or(default.client_id);
    let consent = |kind| to(&cloud, &tenant, &client_id, &cloud.permissions(kind));
    Some(WayIn {
        directory_roles: consent(Kind::DirectoryRole),
        groups: consent(Kind::Group),
        azure: consent(Kind::AzureResource),
        later: Permission::of(Asked::Errand).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::GRAPH_COMMAND_LINE_TOOLS;

    #[test]
    fn what_an_administrator_is_sent_goes_by_cloud_tenant_and_registration() {
        let microsofts = way_in(&Settings::default()).expect("a cloud");
        let begin = format!(
            "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id={GRAPH_COMMAND_LINE_TOOLS}&scope="
        );
        for consent in [&microsofts.directory_roles, &microsofts.groups, &microsofts.azure] {
            assert!(consent.link.starts_with(&begin), "{}", consent.link);
        }

        let settings = Settings {
            cloud: "china".into(),
            tenant: Some("Contoso.Partner.OnMSChina.cn".into()),
            client_id: Some("6e1f5c0a-1111-2222-3333-444455556666".into()),
            ..Settings::default()
        };
        let own = way_in(&settings).expect("a cloud");
        assert!(
            own.azure.link.starts_with(
                "https://login.partner.microsoftonline.cn/contoso.partner.onmschina.cn/v2.0/adminconsent?\
                 client_id=6e1f5c0a-1111-2222-3333-444455556666&scope=https%3A%2F%2Fmanagement.chinacloudapi.cn%2F"
            ),
            "{}",
            own.azure.link
        );
        assert_eq!(own.azure.permissions, ["user_impersonation"]);
    }

    #[test]
    fn every_permission_is_told_before_anybody_signs_in_and_once() {
        let WayIn { directory_roles, groups, azure, later } = way_in(&Settings::default()).expect("a cloud");
        let now = [directory_roles, groups, azure].into_iter().flat_map(|consent| consent.permissions);
        let told: Vec<_> = now.chain(later.iter().map(|permission| permission.name().to_owned())).collect();
        assert_eq!(told, Permission::ALL.map(Permission::name));
    }

    #[test]
    fn a_tenant_that_is_none_does_not_become_part_of_a_link() {
        for tenant in ["a/../b", "common", "x y.example"] {
            let settings = Settings { tenant: Some(tenant.into()), ..Settings::default() };
            let link = way_in(&settings).expect("a cloud").directory_roles.link;
            assert!(link.starts_with("https://login.microsoftonline.com/organizations/"), "{tenant}: {link}");
        }
        assert_eq!(way_in(&Settings { cloud: "mars".into(), ..Settings::default() }), None);
    }
}
