//! Approvals, in beta.

use serde_json::{Value, json};

use crate::common::{Answer, Bench, Proof, mine, requests};

const APPROVALS: &str = "beta/roleManagement/directory/roleAssignmentApprovals";

async fn decide(bench: &Bench, user: &str, path: &str, result: &str) -> Answer {
    let body = json!({ "reviewResult": result, "justification": "As discussed" });
    bench.call("PATCH", user, path, &body, &Proof::default()).await
}

#[tokio::test]
async fn an_approver_finds_and_decides_a_request() {
    let bench = Bench::contoso().await;
    let created = bench.post("maya", &requests(), &bench.activation("Global Administrator")).await;
    assert_eq!((created.status, &created.body["status"]), (201, &json!("PendingApproval")));
    let id = created.body["id"].as_str().unwrap();
    assert_eq!(created.body["approvalId"], id);
    assert_eq!(created.body["scheduleInfo"]["startDateTime"], Value::Null);

    let pending = format!(
        "{}?$filter=status eq 'PendingApproval'&$expand=principal,roleDefinition",
        mine("roleAssignmentScheduleRequests", "approver")
    );
    assert_eq!(bench.get("maya", &pending).await.rows().len(), 0, "not one's own");
    assert_eq!(bench.get("ines", &pending).await.rows().len(), 0);
    let found = bench.get("omar", &pending).await;
    assert_eq!(found.column("id"), [id]);
    assert_eq!(found.rows()[0]["principal"]["displayName"], "Maya Lindqvist");

    let approval = bench.get("omar", &format!("{APPROVALS}/{id}?$expand=steps")).await;
    let step = &approval.body["steps"][0];
    assert_eq!((&step["status"], &step["assignedToMe"]), (&json!("InProgress"), &json!(true)));
    let mine = bench.get("omar", &format!("{APPROVALS}/filterByCurrentUser(on='approver')")).await;
    assert_eq!(mine.column("id"), [id]);
    for (user, list, found) in [
        ("omar", String::new(), 1),
        ("maya", String::new(), 1),
        ("ines", String::new(), 0),
        ("maya", "/filterByCurrentUser(on='principal')".to_owned(), 1),
        ("maya", "/filterByCurrentUser(on='createdBy')".to_owned(), 1),
        ("maya", "/filterByCurrentUser(on='approver')".to_owned(), 0),
    ] {
        assert_eq!(bench.get(user, &format!("{APPROVALS}{list}")).await.rows().len(), found, "{user} {list}");
    }
    let steps = bench.get("maya", &format!("{APPROVALS}/{id}/steps")).await;
    assert_eq!(steps.rows()[0]["assignedToMe"], false, "the requester only looks");
    let path = format!("{APPROVALS}/{id}/steps/{}", step["id"].as_str().unwrap());

    assert_eq!(decide(&bench, "maya", &path, "Approve").await.status, 403);
    assert_eq!(decide(&bench, "ines", &path, "Approve").await.status, 403);
    assert_eq!(decide(&bench, "omar", &format!("{APPROVALS}/{id}/steps/{id}"), "Approve").await.status, 404);
    assert_eq!(
        decide(&bench, "omar", &format!("{APPROVALS}/{}/steps/x", bench.id("maya")), "Approve").await.status,
        404
    );
    assert_eq!(decide(&bench, "omar", &path, "Perhaps").await.status, 400);
    assert_eq!(decide(&bench, "omar", &path, "Approve").await.status, 204);
    assert_eq!(decide(&bench, "omar", &path, "Deny").await.status, 409);

    let decided = bench.get("omar", &path).await;
    assert_eq!((&decided.body["status"], &decided.body["reviewResult"]), (&json!("Completed"), &json!("Approve")));
    assert_eq!(decided.body["reviewedBy"]["displayName"], "Omar Haddad");
    let request = bench.get("maya", &format!("{}/{id}", requests())).await;
    assert_eq!(request.body["status"], "Provisioned");
}

#[tokio::test]
async fn denied_and_timed_out() {
    let bench = Bench::contoso().await;
    let status = async |id: &str| bench.get("maya", &format!("{}/{id}", requests())).await.body["status"].clone();
    let ask = async || {
        let created = bench.post("maya", &requests(), &bench.activation("Compliance Administrator")).await;
        created.body["id"].as_str().unwrap().to_owned()
    };
    let denied = ask().await;
    let steps = bench.get("ines", &format!("{APPROVALS}/{denied}/steps")).await;
    let path = format!("{APPROVALS}/{denied}/steps/{}", steps.column("id")[0]);
    assert_eq!(decide(&bench, "ines", &path, "Deny").await.status, 204);
    assert_eq!(status(&denied).await, "Denied");
    let withdrawn = ask().await;
    let steps = bench.get("ines", &format!("{APPROVALS}/{withdrawn}/steps")).await;
    let path = format!("{APPROVALS}/{withdrawn}/steps/{}", steps.column("id")[0]);
    assert_eq!(bench.post("maya", &format!("{}/{withdrawn}/cancel", requests()), &Value::Null).await.status, 204);
    assert_eq!(decide(&bench, "ines", &path, "Approve").await.status, 404, "withdrawn meanwhile");

    let ignored = ask().await;
    let steps = bench.get("ines", &format!("{APPROVALS}/{ignored}/steps")).await;
    let path = format!("{APPROVALS}/{ignored}/steps/{}", steps.column("id")[0]);
    bench.pass("P1D");
    assert_eq!(status(&ignored).await, "TimedOut");
    let lapsed = decide(&bench, "ines", &path, "Approve").await;
    assert_eq!((lapsed.status, lapsed.code()), (404, "ResourceNotFound"));
    assert_eq!(decide(&bench, "tomasz", &path, "Approve").await.status, 403, "not a lapsed one's approver either");
    let expired = bench.get("ines", &format!("{APPROVALS}/{ignored}/steps")).await;
    assert_eq!(expired.column("status"), ["Expired"]);
}

/// Twenty decisions go in one request, and each has an answer of its own.
#[tokio::test]
async fn decisions_in_a_batch() {
    let bench = Bench::contoso().await;
    let mut asked = Vec::new();
    for (user, role) in [("maya", "Compliance Administrator"), ("maya", "Global Administrator")] {
        let created = bench.post(user, &requests(), &bench.activation(role)).await;
        asked.push(created.body["id"].as_str().unwrap().to_owned());
    }
    let mut decisions = Vec::new();
    for (number, id) in asked.iter().chain(&asked).enumerate() {
        let steps = bench.get("omar", &format!("{APPROVALS}/{id}/steps")).await;
        decisions.push(json!({
            "id": number.to_string(), "method": "PATCH", "headers": { "Content-Type": "application/json" },
            "url": format!("/roleManagement/directory/roleAssignmentApprovals/{id}/steps/{}", steps.column("id")[0]),
            "body": { "reviewResult": "Approve", "justification": "As discussed" },
        }));
    }
    let answer = bench.post("omar", "beta/$batch", &json!({ "requests": decisions })).await;
    let mut statuses: Vec<_> = answer.body["responses"].as_array().unwrap().iter().collect();
    statuses.sort_by_key(|response| response["id"].as_str().unwrap().to_owned());
    let statuses: Vec<_> = statuses.iter().map(|response| response["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [204, 204, 409, 409]);
}

/// Extensions wait for an administrator in the portal: the API has no approval for them.
#[tokio::test]
async fn an_extension_has_no_approval() {
    let bench = Bench::contoso().await;
    let proof = Proof { scopes: "RoleEligibilitySchedule.ReadWrite.Directory", ..Proof::default() };
    let mut extension = bench.activation("Billing Administrator");
    extension["action"] = json!("selfExtend");
    extension["scheduleInfo"]["expiration"]["duration"] = json!("P90D");
    let path = "v1.0/roleManagement/directory/roleEligibilityScheduleRequests";
    let asked = bench.call("POST", "maya", path, &extension, &proof).await;
    assert_eq!((&asked.body["status"], &asked.body["approvalId"]), (&json!("PendingAdminDecision"), &Value::Null));
    let id = asked.body["id"].as_str().unwrap();
    assert_eq!(bench.get("omar", &format!("{APPROVALS}/{id}")).await.status, 404);
    let waiting = format!("{path}/filterByCurrentUser(on='approver')");
    assert_eq!(bench.call("GET", "omar", &waiting, &Value::Null, &proof).await.rows().len(), 0);
}
