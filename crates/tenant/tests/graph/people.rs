//! Looking for people, groups and applications; and what roles allow.

use serde_json::{Value, json};

use crate::common::{Answer, Bench, DIRECTORY, Proof};

const ALL: Proof = Proof { scopes: "Directory.Read.All", mfa: true, context: true, cp1: true };

async fn look(bench: &Bench, path: &str, eventual: bool) -> Answer {
    bench.look("maya", &format!("v1.0/{path}"), &ALL, eventual).await
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_their_names() {
    let bench = Bench::contoso().await;
    let found = look(
        &bench,
        r#"users?$search="displayName:wój" OR "userPrincipalName:maya"&$count=true&$orderby=displayName"#,
        true,
    )
    .await;
    assert_eq!(found.column("displayName"), ["Maya Lindqvist", "Tomasz Wójcik"]);
    assert_eq!(found.body["@odata.count"], 2);
    assert_eq!(found.rows()[0].get("userType"), None, "only for those who select it");
    let refused = look(&bench, r#"users?$search="displayName:maya""#, false).await;
    assert_eq!((refused.status, refused.code()), (400, "Request_UnsupportedQuery"));
    assert_eq!(look(&bench, "users?$count=true", false).await.code(), "Request_UnsupportedQuery");
    assert_eq!(look(&bench, "users?$filter=userType ne 'Guest'", false).await.code(), "Request_UnsupportedQuery");
    assert_eq!(look(&bench, r#"users?$search="shoeSize:4""#, true).await.status, 400);
    assert_eq!(look(&bench, "users?$search=displayName:maya", true).await.status, 400, "without quotes");
    let begins = look(
        &bench,
        "users?$filter=startswith(displayName,'in') or startswith(surname,'had')&$select=id,displayName",
        false,
    )
    .await;
    assert_eq!(begins.column("displayName"), ["Omar Haddad", "Inês Carvalho"]);
    let members = look(
        &bench,
        "users?$filter=accountEnabled eq true and userType eq 'Member'&$select=id,userType,accountEnabled",
        false,
    )
    .await;
    assert_eq!(members.rows().len(), bench.scenario().users.len());

    let groups = look(&bench, r#"groups?$search="displayName:ops" OR "displayName:operators"&$count=true"#, true).await;
    assert_eq!(groups.column("displayName"), ["Identity Operators", "Production Operators", "Connectivity Operators"]);
    let assignable = look(&bench, "groups?$filter=isAssignableToRole eq true", false).await;
    assert_eq!(assignable.rows().len(), 3);
    let apps = look(&bench, "servicePrincipals?$filter=startswith(displayName,'ware')", false).await;
    assert_eq!(apps.column("displayName"), ["Warehouse Sync"]);
    let id = apps.column("id")[0].to_owned();
    assert_eq!(look(&bench, &format!("servicePrincipals/{id}"), false).await.body["displayName"], "Warehouse Sync");
    let units = look(&bench, "directory/administrativeUnits", false).await;
    assert_eq!(units.column("displayName"), ["Branch Offices Iberia", "Warehouses"]);
    assert_eq!(look(&bench, "users/omar@contoso.example", false).await.body["displayName"], "Omar Haddad");
    assert_eq!(look(&bench, "users/nobody@contoso.example", false).await.code(), "Request_ResourceNotFound");

    let ids = json!({ "ids": [bench.id("maya"), id, uuid::Uuid::from_u128(7)] });
    let named = bench.call("POST", "maya", "v1.0/directoryObjects/getByIds", &ids, &ALL).await;
    assert_eq!(named.column("displayName"), ["Maya Lindqvist", "Warehouse Sync"]);
    let none = Proof { scopes: "User.Read", ..Proof::default() };
    for path in ["users", "groups", "servicePrincipals", "directory/administrativeUnits"] {
        let refused = bench.call("GET", "omar", &format!("v1.0/{path}"), &Value::Null, &none).await;
        assert_eq!((refused.status, refused.code()), (403, "Authorization_RequestDenied"), "{path}");
    }
}

#[tokio::test]
async fn roles_say_what_they_allow() {
    let bench = Bench::contoso().await;
    let roles = bench.get("maya", &format!("{DIRECTORY}/roleDefinitions")).await;
    let allowing = |action: &str| {
        let allows = |row: &&Value| {
            row["rolePermissions"][0]["allowedResourceActions"].as_array().unwrap().iter().any(|known| known == action)
        };
        let mut names: Vec<_> =
            roles.rows().iter().filter(allows).map(|row| row["displayName"].as_str().unwrap()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(
        allowing("microsoft.directory/users/password/update"),
        [
            "Authentication Administrator",
            "Global Administrator",
            "Helpdesk Administrator",
            "Password Administrator",
            "Privileged Authentication Administrator",
            "User Administrator",
        ]
    );
    assert_eq!(
        allowing("microsoft.directory/conditionalAccessPolicies/create"),
        ["Conditional Access Administrator", "Security Administrator"]
    );
    let filter = "$filter=isPrivileged eq true&$select=displayName,isPrivileged";
    let privileged = bench.get("maya", &format!("beta/roleManagement/directory/roleDefinitions?{filter}")).await;
    assert!(privileged.column("displayName").contains(&"Global Administrator"));
    assert!(!privileged.column("displayName").contains(&"Groups Administrator"));
}
