//! Guests in a further tenant, and permissions that nobody has consented to.

use serde_json::{Value, json};
use tenant::robot::Person;
use tenant::{Options, Scenario};

use crate::common::{Client, REDIRECT, VERIFIER, claims, code, tenant, with};

const FABRIKAM: &str = "0b6d4f3a-58c7-4e21-9f3d-7a1c2e9b8d65";
const GUEST: &str = "a95c7e12-3f84-4d6b-8c01-5e2d9b7f6a48";
const SIGN_IN: &str = "openid profile offline_access";

async fn token_at(client: &Client, tenant: &str, form: &[(&str, &str)]) -> (u16, Value) {
    let url = client.url(&format!("/{tenant}/oauth2/v2.0/token"));
    let mut fields = vec![("client_id", tenant::sts::clients::PIMENTO.id), ("client_info", "1")];
    fields.extend(form);
    let answer = client.http.post(url).form(&fields).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn get(client: &Client, url: String, token: &Value) -> (u16, Value) {
    let answer = client.http.get(url).bearer_auth(token.as_str().unwrap()).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn one_refresh_token_for_all_tenants_that_know_the_account() {
    let client = tenant().await;
    let scope = format!(
        "https://graph.microsoft.com/User.Read https://graph.microsoft.com/RoleEligibilitySchedule.Read.Directory \
         https://graph.microsoft.com/RoleAssignmentSchedule.ReadWrite.Directory {SIGN_IN}"
    );
    let tokens = client.sign_in(&Person::new("maya").who_stops_at_the_client(), &[("scope", &scope)]).await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", scope.as_str())];
    let (status, there) = token_at(&client, FABRIKAM, &form).await;
    assert_eq!(status, 200, "{there}");
    let access = claims(&there["access_token"]);
    assert_eq!((&access["tid"], &access["oid"]), (&json!(FABRIKAM), &json!(GUEST)));
    assert_eq!(claims(&there["id_token"])["tid"], FABRIKAM);
    let (_, here) = token_at(&client, "organizations", &form).await;
    assert_eq!(here["client_info"], there["client_info"], "the account is the same");
    assert_ne!(claims(&here["access_token"])["oid"], access["oid"], "the object is not");

    // Each tenant shows its own.
    let graph = &client.tenant.endpoints().graph;
    let eligible = format!(
        "{graph}/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')"
    );
    let count = async |token| get(&client, eligible.clone(), token).await.1["value"].as_array().unwrap().len();
    assert_eq!((count(&here["access_token"]).await, count(&there["access_token"]).await), (22, 2));
    let (_, me) = get(&client, format!("{graph}/v1.0/me"), &there["access_token"]).await;
    assert_eq!(me["userPrincipalName"], "maya_contoso.example#EXT#@fabrikam.example");

    // And does its own: what is activated there is not active here.
    let body = json!({
        "action": "selfActivate", "principalId": GUEST, "directoryScopeId": "/", "justification": "Audit",
        "roleDefinitionId": "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT1H" } },
    });
    let url = format!("{graph}/v1.0/roleManagement/directory/roleAssignmentScheduleRequests");
    let created = client.http.post(&url).bearer_auth(there["access_token"].as_str().unwrap()).json(&body);
    assert_eq!(created.send().await.unwrap().status(), 201);
    let active = eligible.replace("Eligibility", "Assignment");
    let activated = async |token| {
        let (_, rows) = get(&client, active.clone(), token).await;
        rows["value"].as_array().unwrap().iter().filter(|row| row["assignmentType"] == "Activated").count()
    };
    assert_eq!((activated(&there["access_token"]).await, activated(&here["access_token"]).await), (1, 0));

    // Whoever is no guest there is refused.
    let tokens = client.sign_in(&Person::new("ines").who_stops_at_the_client(), &[]).await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let (status, refused) = token_at(&client, FABRIKAM, &form).await;
    assert_eq!((status, &refused["error_codes"]), (400, &json!([50020])));
}

#[tokio::test]
async fn signing_in_at_the_other_tenant() {
    let client = tenant().await;
    let mut url = client.authorize(&[]);
    url.set_path(&format!("/{FABRIKAM}/oauth2/v2.0/authorize"));
    let arrival = Person::new("maya").who_stops_at_the_client().sign_in(&url).await.unwrap();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code(&arrival)),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let (status, tokens) = token_at(&client, FABRIKAM, &form).await;
    assert_eq!(status, 200, "{tokens}");
    assert_eq!(claims(&tokens["access_token"])["oid"], GUEST);
}

#[tokio::test]
async fn a_permission_waits_for_an_administrator() {
    let mut scenario = Scenario::contoso();
    let waiting = "PrivilegedEligibilitySchedule.Read.AzureADGroup";
    scenario.switches.unconsented.insert(waiting.to_owned());
    let client = with(Options { scenario, ..Options::default() }).await;
    let scope = format!("https://graph.microsoft.com/User.Read https://graph.microsoft.com/{waiting} {SIGN_IN}");
    let person = Person::new("maya").who_stops_at_the_client();
    let refused = person.sign_in(&client.authorize(&[("scope", &scope)])).await;
    let told = format!("{refused:?}");
    assert!(told.contains("90094"), "an administrator is needed: {told}");

    let tokens = client.sign_in(&Person::new("maya").who_stops_at_the_client(), &[]).await;
    let refresh = tokens["refresh_token"].as_str().unwrap().to_owned();
    let (status, refused) = client.refresh(&refresh, &[("scope", &scope)]).await;
    assert_eq!((status, &refused["suberror"]), (400, &json!("consent_required")), "{refused}");
    assert_eq!(refused["error_codes"], json!([65001]));

    let consent =
        format!("/organizations/adminconsent?client_id={}&redirect_uri={REDIRECT}", tenant::sts::clients::PIMENTO.id);
    Person::new("omar").who_stops_at_the_client().sign_in(&client.url(&consent).parse().unwrap()).await.unwrap();
    let (status, granted) = client.refresh(&refresh, &[("scope", &scope)]).await;
    assert_eq!(status, 200, "{granted}");
    assert!(claims(&granted["access_token"])["scp"].as_str().unwrap().contains(waiting));
}
