//! Access reviews of directory roles and groups.

use serde_json::{Value, json};

use crate::common::{Answer, Bench, DIRECTORY, Proof};

const REVIEWS: &str = "v1.0/identityGovernance/accessReviews/definitions";
const MINE: &str = "filterByCurrentUser(on='reviewer')";
const WRITER: Proof = Proof { scopes: "AccessReview.ReadWrite.All", mfa: true, context: true, cp1: true };

async fn call(bench: &Bench, method: &str, user: &str, path: &str, body: &Value) -> Answer {
    bench.call(method, user, &format!("{REVIEWS}{path}"), body, &WRITER).await
}

async fn get(bench: &Bench, user: &str, path: &str) -> Answer {
    call(bench, "GET", user, path, &Value::Null).await
}

/// The path of the instance of the review with this name.
async fn instance(bench: &Bench, user: &str, name: &str) -> String {
    let mine = get(bench, user, &format!("/{MINE}?$filter=status eq 'InProgress'")).await;
    let review = mine.rows().iter().find(|row| row["displayName"] == name).unwrap_or_else(|| panic!("{}", mine.body));
    let id = review["id"].as_str().unwrap();
    let instances = get(bench, user, &format!("/{id}/instances/{MINE}")).await;
    format!("/{id}/instances/{}", instances.column("id")[0])
}

const HELPDESK: &str = "Helpdesk Administrators, every quarter";

#[tokio::test]
async fn a_reviewer_decides_and_what_was_denied_is_taken_away_at_the_end() {
    let bench = Bench::contoso().await;
    let path = instance(&bench, "nadia", HELPDESK).await;
    let waiting = get(&bench, "nadia", &format!("{path}/decisions/{MINE}?$expand=insights")).await;
    let of = |name: &str| waiting.rows().iter().find(|row| row["principal"]["displayName"] == name).unwrap().clone();
    assert_eq!(waiting.rows().len(), 3);
    let petra = of("Petra Nováková");
    assert_eq!((&petra["decision"], &petra["recommendation"]), (&json!("NotReviewed"), &json!("Deny")));
    assert_eq!(petra["resource"]["displayName"], "Helpdesk Administrator");
    assert_eq!(petra["reviewedBy"]["id"], uuid::Uuid::nil().to_string());
    assert!(petra["insights"][0]["lastSignInDateTime"].is_string());
    assert_eq!(of("Maya Lindqvist")["recommendation"], "Approve");

    let decide = async |user: &str, row: &Value, body: Value| {
        call(&bench, "PATCH", user, &format!("{path}/decisions/{}", row["id"].as_str().unwrap()), &body).await
    };
    let maya = of("Maya Lindqvist");
    let silent = decide("nadia", &maya, json!({ "decision": "Approve" })).await;
    assert_eq!(silent.status, 400, "a reason is wanted for an approval");
    assert_eq!(
        decide("nadia", &maya, json!({ "decision": "Approve", "justification": "Our engineer" })).await.status,
        204
    );
    assert_eq!(decide("nadia", &petra, json!({ "decision": "Maybe" })).await.status, 400);
    assert_eq!(decide("nadia", &petra, json!({ "decision": "Deny", "justification": "Away" })).await.status, 204);
    assert_eq!(
        decide("ines", &petra, json!({ "decision": "Approve", "justification": "x" })).await.status,
        403,
        "no reviewer"
    );
    assert_eq!(
        decide("omar", &of("Inês Carvalho"), json!({ "decision": "DontKnow" })).await.status,
        204,
        "another reviewer"
    );
    let now = get(&bench, "omar", &format!("{path}/decisions/{}", petra["id"].as_str().unwrap())).await;
    assert_eq!(
        (&now.body["decision"], &now.body["reviewedBy"]["displayName"]),
        (&json!("Deny"), &json!("Nadia Rahimi"))
    );
    let left = get(&bench, "nadia", &format!("{path}/decisions/{MINE}?$filter=decision eq 'NotReviewed'")).await;
    assert_eq!(left.rows().len(), 0);

    let holds = async || {
        let filter = format!(
            "$filter=principalId eq '{}' and roleDefinitionId eq '{}'",
            bench.id("petra"),
            bench.role("Helpdesk Administrator")
        );
        bench.get("omar", &format!("{DIRECTORY}/roleEligibilityScheduleInstances?{filter}")).await.rows().len()
    };
    assert_eq!(holds().await, 1);
    bench.pass("P10D");
    assert_eq!(holds().await, 0);
    let over = get(&bench, "nadia", &path).await;
    assert_eq!(over.body["status"], "Applied");
    let after = get(&bench, "nadia", &format!("{path}/decisions/{}", petra["id"].as_str().unwrap())).await;
    assert_eq!(after.body["applyResult"], "AppliedSuccessfully");
    assert_eq!(decide("nadia", &maya, json!({ "decision": "Deny" })).await.status, 400, "it is over");
}

#[tokio::test]
async fn many_at_once_recommendations_and_an_end_before_its_time() {
    let bench = Bench::contoso().await;
    let path = instance(&bench, "ines", "Payroll readers").await;
    let group = bench.scenario().groups.iter().find(|group| group.display_name == "Payroll Readers").unwrap().id;
    let count = async |decision: &str| {
        get(&bench, "ines", &format!("{path}/decisions?$filter=decision eq '{decision}'")).await.rows().len()
    };
    let all = count("NotReviewed").await;
    assert_eq!(all, 2, "a member, and one who is eligible");
    let batch = json!({ "decision": "Approve", "justification": "All of them", "resourceId": group });
    assert_eq!(call(&bench, "POST", "ines", &format!("{path}/batchRecordDecisions"), &batch).await.status, 204);
    assert_eq!(count("Approve").await, all);
    let one = json!({ "decision": "Deny", "justification": "Not she", "principalId": bench.id("maya") });
    assert_eq!(call(&bench, "POST", "ines", &format!("{path}/batchRecordDecisions"), &one).await.status, 204);
    assert_eq!((count("Approve").await, count("Deny").await), (all - 1, 1));
    for (user, action, status) in [
        ("ines", "resetDecisions", 403),
        ("omar", "resetDecisions", 204),
        ("ines", "acceptRecommendations", 204),
        ("omar", "sendReminder", 204),
        ("omar", "applyDecisions", 400),
        ("ines", "stop", 403),
        ("omar", "stop", 204),
        ("omar", "stop", 400),
        ("omar", "applyDecisions", 204),
    ] {
        let answer = call(&bench, "POST", user, &format!("{path}/{action}"), &Value::Null).await;
        assert_eq!(answer.status, status, "{user} {action}: {}", answer.body);
    }
    assert_eq!(get(&bench, "ines", &path).await.body["status"], "Applied");
    assert_eq!(count("Approve").await, all);
    let contacted = get(&bench, "ines", &format!("{path}/contactedReviewers")).await;
    assert_eq!(contacted.column("displayName"), ["Inês Carvalho"]);
}

#[tokio::test]
async fn reviews_are_for_their_reviewers() {
    let bench = Bench::contoso().await;
    let names = async |user: &str| {
        let mine = get(&bench, user, &format!("/{MINE}")).await;
        mine.column("displayName").iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("nadia").await, [HELPDESK]);
    assert_eq!(names("ines").await, ["Payroll readers"]);
    assert!(names("tomasz").await.is_empty());
    let path = instance(&bench, "ines", "Payroll readers").await;
    assert_eq!(get(&bench, "tomasz", &path).await.status, 403);
    assert_eq!(get(&bench, "tomasz", "").await.status, 403);
    assert_eq!(get(&bench, "omar", "").await.rows().len(), 2);
    let reader = Proof { scopes: "AccessReview.Read.All", ..WRITER };
    let decisions = format!("{REVIEWS}{path}/batchRecordDecisions");
    let body = json!({ "decision": "Deny" });
    assert_eq!(bench.call("POST", "ines", &decisions, &body, &reader).await.status, 403);
    assert_eq!(get(&bench, "nadia", "/5dcfcc88-da88-4252-8629-a0807b4b076d").await.status, 404);
}
