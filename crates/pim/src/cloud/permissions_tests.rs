//! Whatever names permissions elsewhere (pages, scripts, the sources themselves) names these, and no others.

use std::{collections::BTreeSet, fs, path::PathBuf};

use super::*;
use crate::cloud::Cloud;

fn at(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn names(asked: Asked) -> Vec<&'static str> {
    Permission::of(asked).map(Permission::name).collect()
}

fn all() -> BTreeSet<&'static str> {
    Permission::ALL.map(Permission::name).into()
}

/// Words that look like a permission of Microsoft Graph: `AuditLog.Read.All`.
fn mentioned(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).map(|word| word.trim_matches('.'));
    words
        .filter(|word| {
            let parts: Vec<_> = word.split('.').collect();
            let verb = parts.get(1).is_some_and(|verb| ["Read", "ReadWrite", "ReadBasic"].contains(verb));
            verb && parts.len() == 3 && parts.iter().all(|part| part.starts_with(|c: char| c.is_ascii_uppercase()))
        })
        .collect()
}

/// The permissions in the first cells of a page's tables, in order; those of each table by themselves.
fn tables(page: &str) -> Vec<Vec<&str>> {
    let mut tables = vec![Vec::new()];
    for line in page.lines() {
        match line.strip_prefix("| `").and_then(|row| row.split(" | ").next()) {
            Some(first) => {
                let names = first.split('`').filter(|word| all().contains(word));
                tables.last_mut().expect("never empty").extend(names);
            }
            None if !line.starts_with('|') => tables.push(Vec::new()),
            None => {}
        }
    }
    tables.retain(|table| !table.is_empty());
    tables
}

#[test]
fn a_sign_in_asks_for_what_the_table_says_is_asked_for_at_once() {
    assert_eq!(names(Asked::AtOnce), DIRECTORY_ROLE_SCOPES);
    assert_eq!(names(Asked::Groups), GROUP_SCOPES);
    assert_eq!(names(Asked::Azure), [AZURE]);
    let rest: BTreeSet<_> = EXTENSION_SCOPES
        .iter()
        .chain(&POLICY_SCOPES)
        .map(|(_, name)| *name)
        .chain([AUDIT_LOG, ACCESS_REVIEWS, REVIEWING, ALERTS, ALERTING, ROLE_DEFINITIONS])
        .chain([SEARCH_USERS, SEARCH_GROUPS, SEARCH_APPLICATIONS, SEARCH_UNITS])
        .collect();
    assert_eq!(names(Asked::Errand).into_iter().collect::<BTreeSet<_>>(), rest);
    assert_eq!(all().len(), Permission::ALL.len(), "a name stands there twice");
    for permission in Permission::ALL {
        let told = serde_json::to_value(permission).unwrap();
        assert_eq!(told, permission.name(), "the window is told another name");
        assert_eq!(permission.resource() == Resource::Arm, permission.asked() == Asked::Azure);
    }
}

#[test]
fn no_source_asks_for_a_permission_that_is_not_in_the_table() {
    let mut folders = vec![at("crates/pim/src"), at("crates/cli/src"), at("src-tauri/src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                // What tests speak of, and what Microsoft's pages are called, is not asked for.
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
                for line in code.lines().filter(|line| line.contains('"') && !line.trim_start().starts_with("//")) {
                    for name in mentioned(line) {
                        assert!(all().contains(name), "{}: {name}", path.display());
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen >= Permission::ALL.len() - 2, "{seen} names were found: the table itself has more");
}

#[test]
fn the_readme_and_the_other_pages_name_each_permission_and_no_other() {
    let readme = read("README.md");
    let tables = tables(&readme);
    assert_eq!(tables[0].iter().copied().collect::<BTreeSet<_>>(), names(Asked::AtOnce).into_iter().collect());
    assert_eq!(tables.concat().into_iter().collect::<BTreeSet<_>>(), all());
    for page in ["README.md", "docs/ADMIN.md", "docs/REGISTRATION.md", "docs/CLI.md", "docs/SECURITY.md"] {
        for name in mentioned(&read(page)) {
            assert!(all().contains(name), "{page}: {name}");
        }
    }
}

#[test]
fn the_page_for_administrators_says_of_each_when_it_is_asked_for_and_what_for() {
    let page = read("docs/ADMIN.md");
    let told: Vec<_> =
        page.lines().filter(|line| line.starts_with("| `") && line.matches(" | ").count() == 2).collect();
    let expected = Permission::ALL.map(|permission| {
        let asked = match permission.asked() {
            Asked::AtOnce => "every sign-in",
            Asked::Groups => "showing groups",
            Asked::Azure => "showing Azure resources",
            Asked::Errand => "what takes it",
        };
        format!("| `{}` | {asked} | {} |", permission.name(), permission.about())
    });
    let told: Vec<_> =
        told.into_iter().filter(|row| all().iter().any(|name| row.contains(&format!("`{name}`")))).collect();
    assert_eq!(told, expected);
}

#[test]
fn the_page_for_administrators_names_the_hosts_of_each_cloud() {
    let page = read("docs/ADMIN.md");
    for name in ["global", "usgov", "usgovdod", "china"] {
        let cloud = Cloud::by_name(name).unwrap();
        let [login, graph, arm] = [&cloud.login, &cloud.graph, &cloud.arm].map(|url| url.host_str().unwrap());
        let row = format!("| `{name}` | `{login}` | `{graph}` | `{arm}` |");
        assert!(page.contains(&row), "{row}");
    }
    let rows = page.lines().filter(|line| line.matches("` | `").count() == 3).count();
    assert_eq!(rows, 4, "a cloud that Pimento does not know");
    assert!(page.contains(crate::cloud::GRAPH_COMMAND_LINE_TOOLS));
}

/// The names between the lines that begin and end a list of a script.
fn list<'a>(script: &'a str, begin: &str) -> Vec<&'a str> {
    let lines = script.lines().skip_while(move |line| *line != begin).skip(1);
    lines.take_while(|line| *line != ")").map(|line| line.trim().trim_matches('\'')).collect()
}

#[test]
fn the_scripts_that_register_an_application_list_the_same_permissions() {
    for (path, lists) in [
        ("docs/registration/register.sh", ["at_once=(", "groups=(", "azure=(", "other=("]),
        ("docs/registration/Register-Pimento.ps1", ["$AtOnce = @(", "$Groups = @(", "$Azure = @(", "$Other = @("]),
    ] {
        let script = read(path);
        for (begin, asked) in lists.into_iter().zip([Asked::AtOnce, Asked::Groups, Asked::Azure, Asked::Errand]) {
            assert_eq!(list(&script, begin), names(asked), "{path}: {begin}");
        }
        assert!(script.contains("http://localhost"), "{path}");
    }
    let script = read("docs/registration/Register-Pimento.ps1");
    for name in ["global", "usgov", "usgovdod", "china"] {
        let cloud = Cloud::by_name(name).unwrap();
        let hosts =
            [&cloud.login, &cloud.graph, &cloud.arm].map(|url| format!("'https://{}'", url.host_str().unwrap()));
        assert!(script.contains(&hosts.join(", ")), "{name}: {hosts:?}");
    }
}

#[cfg(unix)]
mod registering {
    use std::{
        os::unix::fs::PermissionsExt,
        path::Path,
        process::{Command, Output},
    };

    use super::*;

    const TENANT: &str = "9b5fef41-9b5f-4b3f-9b3b-9b5fef419b5f";
    const CLIENT: &str = "6e1f5c0a-2b3c-4d5e-8f90-a1b2c3d4e5f6";
    const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
    const ARM: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

    /// An Azure CLI that is signed in to a tenant of ours, and writes down what it is asked. Its answers have the form that
    /// `--output tsv` has.
    const AZ: &str = r#"#!/bin/sh
echo "$*" >> "$AZ_FOLDER/calls"
case "$*" in
  "account show "*) echo "$AZ_TENANT" ;;
  "cloud show --query endpoints.activeDirectory "*) echo https://login.microsoftonline.com ;;
  "cloud show --query endpoints.microsoftGraphResourceId "*) echo https://graph.microsoft.com/ ;;
  "cloud show --query endpoints.resourceManager "*) echo https://management.azure.com/ ;;
  "ad sp show --id "*) cat "$AZ_FOLDER/$5" ;;
  "ad app create "*) echo "$AZ_CLIENT" ;;
  "ad app permission add "*) ;;
  *) echo "az: $*: not known" >&2; exit 2 ;;
esac
"#;

    /// The id of a permission, in that tenant.
    fn id(permission: Permission) -> String {
        let number = Permission::ALL.iter().position(|each| *each == permission).unwrap();
        format!("{number:08x}-0000-4000-8000-000000000000")
    }

    fn register(folder: &Path, lacks: Option<Permission>, arguments: &[&str]) -> Output {
        let az = folder.join("az");
        fs::write(&az, AZ).unwrap();
        fs::set_permissions(&az, fs::Permissions::from_mode(0o755)).unwrap();
        for (app, resource) in [(GRAPH, Resource::Graph), (ARM, Resource::Arm)] {
            let known = Permission::ALL.into_iter().filter(|each| each.resource() == resource && Some(*each) != lacks);
            let rows: Vec<_> = known.map(|each| format!("{}\t{}\n", each.name(), id(each))).collect();
            fs::write(folder.join(app), rows.concat()).unwrap();
        }
        let path = std::env::join_paths(
            std::iter::once(folder.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
        );
        Command::new("bash")
            .arg(at("docs/registration/register.sh"))
            .args(arguments)
            .env("PATH", path.unwrap())
            .env("AZ_FOLDER", folder)
            .env("AZ_TENANT", TENANT)
            .env("AZ_CLIENT", CLIENT)
            .output()
            .unwrap()
    }

    fn calls(folder: &Path) -> Vec<String> {
        let calls = fs::read_to_string(folder.join("calls")).unwrap_or_default();
        calls.lines().filter(|call| call.starts_with("ad app ")).map(str::to_owned).collect()
    }

    fn added(app: &str, permissions: impl Iterator<Item = Permission>) -> String {
        let ids: Vec<_> = permissions.map(|each| format!("{}=Scope", id(each))).collect();
        format!("ad app permission add --id {CLIENT} --api {app} --api-permissions {}", ids.join(" "))
    }

    fn consent(permissions: impl Iterator<Item = Permission>, service: &str) -> String {
        let scopes: Vec<_> = permissions.map(|each| format!("https://{service}/{}", each.name())).collect();
        Cloud::global().consent_page(TENANT, CLIENT, &scopes).into()
    }

    #[test]
    fn the_script_makes_a_public_client_with_these_permissions_and_prints_where_to_consent() {
        let folder = tempfile::tempdir().unwrap();
        let told = register(folder.path(), None, &[]);
        assert!(told.status.success(), "{told:?}");
        let create = |name: &str| {
            format!(
                "ad app create --display-name {name} --sign-in-audience AzureADMyOrg --public-client-redirect-uris \
                 http://localhost --is-fallback-public-client true --query appId --output tsv"
            )
        };
        let at_once = || Permission::of(Asked::AtOnce);
        assert_eq!(calls(folder.path()), [create("Pimento"), added(GRAPH, at_once())]);
        let link = consent(at_once(), "graph.microsoft.com");
        assert_eq!(
            String::from_utf8(told.stdout).unwrap(),
            format!("Client id: {CLIENT}\nTenant id: {TENANT}\nConsent: {link}\n")
        );

        let folder = tempfile::tempdir().unwrap();
        let all = ["--name", "Roles", "--with", "groups", "--with", "azure", "--with", "other"];
        let told = register(folder.path(), None, &all);
        assert!(told.status.success(), "{told:?}");
        let graph = || Permission::ALL.into_iter().filter(|each| each.resource() == Resource::Graph);
        let azure = || Permission::of(Asked::Azure);
        assert_eq!(calls(folder.path()), [create("Roles"), added(GRAPH, graph()), added(ARM, azure())]);
        let told = String::from_utf8(told.stdout).unwrap();
        let links = [consent(graph(), "graph.microsoft.com"), consent(azure(), "management.azure.com")];
        assert!(told.ends_with(&format!("Consent: {}\nConsent for Azure: {}\n", links[0], links[1])), "{told}");
    }

    #[test]
    fn what_the_tenant_does_not_know_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let told = register(folder.path(), Some(Permission::Policies), &[]);
        assert!(!told.status.success());
        let why = String::from_utf8(told.stderr).unwrap();
        assert!(why.contains("this tenant knows no permission called RoleManagementPolicy.Read.Directory"), "{why}");
        assert_eq!(calls(folder.path()), Vec::<String>::new());
    }

    #[test]
    fn what_it_does_not_understand_is_said_and_makes_nothing() {
        for odd in [&["--with", "everything"][..], &["--name"], &["Pimento"]] {
            let folder = tempfile::tempdir().unwrap();
            let told = register(folder.path(), None, odd);
            assert!(!told.status.success(), "{odd:?}");
            assert!(String::from_utf8(told.stderr).unwrap().contains("usage"), "{odd:?}");
            assert_eq!(calls(folder.path()), Vec::<String>::new());
        }
    }
}
