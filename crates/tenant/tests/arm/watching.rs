//! Access reviews and alerts of Azure.

use serde_json::{Value, json};

use crate::common::{Bench, CONNECTIVITY, PIM, PRODUCTION, STRONG};

const REVIEWS: &str = "api-version=2021-12-01-preview";
const ALERTS: &str = "api-version=2022-08-01-preview";

#[tokio::test]
async fn a_review_that_waits_for_its_reviewer() {
    let bench = Bench::contoso().await;
    let mine = format!("{PIM}/accessReviewScheduleDefinitions?{REVIEWS}&$filter=assignedToMeToReview()");
    assert!(bench.get("maya", &mine).await.rows().is_empty());
    let found = bench.get("nadia", &mine).await;
    assert_eq!(found.rows()[0]["properties"]["displayName"], "Contributors in production");
    assert_eq!(found.rows()[0]["properties"]["scope"]["resourceId"], format!("/{PRODUCTION}"));
    let definition = found.rows()[0]["id"].as_str().unwrap()[1..].to_owned();
    let instances =
        bench.get("nadia", &format!("{definition}/instances?{REVIEWS}&$filter=assignedToMeToReview()")).await;
    let instance = instances.rows()[0]["id"].as_str().unwrap()[1..].to_owned();
    assert_eq!(bench.get("nadia", &format!("{instance}?{REVIEWS}")).await.body["properties"]["status"], "InProgress");
    let decisions = bench.get("nadia", &format!("{instance}/decisions?{REVIEWS}")).await;
    let one = &decisions.rows()[0];
    assert_eq!(one["properties"]["principal"]["displayName"], "Maya Lindqvist");
    assert_eq!(one["properties"]["recommendation"], "Approve");
    let path = format!("{}?{REVIEWS}", &one["id"].as_str().unwrap()[1..]);
    let decide = async |user: &str, body: Value| bench.call("PATCH", user, &path, &body, STRONG).await;
    assert_eq!(decide("maya", json!({ "decision": "Approve" })).await.status, 404, "not hers to see");
    assert_eq!(decide("nadia", json!({ "decision": "Approve" })).await.status, 400, "a reason is wanted");
    let wrapped = json!({ "properties": { "decision": "Approve", "justification": "Runs production" } });
    assert_eq!(decide("nadia", wrapped).await.code(), "InvalidRequestContent", "bare it must be");
    let decided = decide("nadia", json!({ "decision": "Approve", "justification": "Runs production" })).await;
    assert_eq!(decided.body["properties"]["decision"], "Approve", "{}", decided.body);
    assert_eq!(decided.body["properties"]["reviewedBy"]["principalName"], "Nadia Rahimi");
    let people = bench.get("omar", &format!("{instance}/contactedReviewers?{REVIEWS}")).await;
    assert_eq!(people.rows().len(), 2);
    assert_eq!(bench.get("nadia", &mine.replace("assignedToMeToReview()", "x")).await.code(), "InvalidFilter");
    bench.pass("P4D");
    assert_eq!(decide("nadia", json!({ "decision": "Deny" })).await.status, 400, "it is over");
}

#[tokio::test]
async fn alerts_of_a_subscription() {
    let bench = Bench::contoso().await;
    let alerts = format!("{CONNECTIVITY}/{PIM}/roleManagementAlerts");
    let name = "AzureRolesAssignedOutsidePimAlert";
    let all = bench.get("omar", &format!("{alerts}?{ALERTS}")).await;
    assert_eq!(all.rows().len(), 4);
    let one = async || bench.get("omar", &format!("{alerts}/{name}?{ALERTS}")).await.body["properties"].clone();
    let found = one().await;
    assert_eq!((&found["isActive"], &found["incidentCount"]), (&json!(true), &json!(1)), "{found}");
    assert_eq!(found["alertIncidents"][0]["properties"]["assigneeDisplayName"], "Connectivity Operators");
    assert_eq!(bench.get("maya", &format!("{alerts}?{ALERTS}")).await.code(), "AuthorizationFailed");
    let dismiss = json!({ "properties": { "isActive": false } });
    let path = format!("{alerts}/{name}?{ALERTS}");
    assert_eq!(bench.call("PATCH", "sven", &path, &dismiss, STRONG).await.status, 403, "a reader there");
    assert_eq!(bench.call("PATCH", "omar", &path, &dismiss, STRONG).await.status, 204);
    assert_eq!(one().await["isActive"], false);
    let refresh = bench.call("POST", "omar", &format!("{alerts}/{name}/refresh?{ALERTS}"), &Value::Null, STRONG).await;
    assert_eq!((refresh.status, &refresh.body["status"]), (202, &json!("Running")));
    let operation = refresh.headers["location"].to_str().unwrap().to_owned();
    bench.pass("PT6S");
    assert_eq!(bench.get("omar", &operation).await.body["status"], "Succeeded");
    let incidents = bench.get("omar", &format!("{alerts}/{name}/alertIncidents?{ALERTS}")).await;
    let incident = incidents.rows()[0]["name"].as_str().unwrap().to_owned();
    let path = format!("{alerts}/{name}/alertIncidents/{incident}/remediate?{ALERTS}");
    assert_eq!(bench.call("POST", "omar", &path, &Value::Null, STRONG).await.status, 204);
    assert_eq!(one().await["incidentCount"], 0);

    let settings =
        format!("{CONNECTIVITY}/{PIM}/roleManagementAlertConfigurations/TooManyOwnersAssignedToResource?{ALERTS}");
    let shown = bench.get("omar", &settings).await;
    assert_eq!(shown.body["properties"]["thresholdNumberOfOwners"], 3);
    let body = json!({ "properties": {
        "alertConfigurationType": "TooManyOwnersAssignedToResourceAlertConfiguration", "thresholdNumberOfOwners": 1,
        "thresholdPercentageOfOwnersOutOfAllRoleMembers": 0, "isEnabled": true,
    } });
    assert_eq!(bench.call("PATCH", "omar", &settings, &body, STRONG).await.status, 204);
    let owners = bench.get("omar", &format!("{alerts}/TooManyOwnersAssignedToResource?{ALERTS}")).await;
    assert_eq!(owners.body["properties"]["alertIncidents"][0]["properties"]["assigneeName"], "Omar Haddad");
    let definitions = bench.get("omar", &format!("{CONNECTIVITY}/{PIM}/roleManagementAlertDefinitions?{ALERTS}")).await;
    assert_eq!(definitions.rows().len(), 4);
}
