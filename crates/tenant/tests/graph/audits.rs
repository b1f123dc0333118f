//! The audit log.

use serde_json::{Value, json};
use tenant::Scenario;

use crate::common::{Answer, Bench, DIRECTORY, Proof, requests};

const LOG: &str = "v1.0/auditLogs/directoryAudits";
const READER: Proof = Proof { scopes: "AuditLog.Read.All", mfa: true, context: true, cp1: true };

/// Nobody is told to come again later.
fn patient() -> Scenario {
    let mut scenario = Scenario::contoso();
    scenario.switches.audit_throttle = 0;
    scenario
}

async fn read(bench: &Bench, query: &str) -> Answer {
    bench.call("GET", "sven", &format!("{LOG}{query}"), &Value::Null, &READER).await
}

fn names(answer: &Answer) -> Vec<&str> {
    answer.column("activityDisplayName")
}

#[tokio::test]
async fn everything_that_happens_is_recorded() {
    let bench = Bench::new(patient()).await;
    let start = bench.tenant.app().clock.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let since = format!("?$filter=activityDateTime ge {start}&$orderby=activityDateTime asc");
    bench.pass("PT1S");
    let role = "Exchange Recipient Administrator";
    let assign = json!({
        "action": "adminAssign", "principalId": bench.id("tomasz"), "roleDefinitionId": bench.role(role),
        "directoryScopeId": "/", "justification": "Joins the mail team",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P90D" } },
    });
    let proof = Proof {
        scopes: "RoleEligibilitySchedule.ReadWrite.Directory RoleAssignmentSchedule.ReadWrite.Directory",
        ..Proof::default()
    };
    let path = format!("{DIRECTORY}/roleEligibilityScheduleRequests");
    assert_eq!(bench.call("POST", "omar", &path, &assign, &proof).await.status, 201);
    bench.pass("PT1M");
    let mut activation = bench.activation(role);
    activation["principalId"] = json!(bench.id("tomasz"));
    let asked = bench.post("tomasz", &requests(), &activation).await;
    assert_eq!(asked.body["status"], "PendingApproval", "{}", asked.body);
    let id = asked.body["id"].as_str().unwrap();
    bench.pass("PT1M");
    let steps = format!("beta/roleManagement/directory/roleAssignmentApprovals/{id}/steps");
    let step = bench.get("nadia", &steps).await.column("id")[0].to_owned();
    let decision = json!({ "reviewResult": "Approve", "justification": "Known to me" });
    assert_eq!(
        bench.call("PATCH", "nadia", &format!("{steps}/{step}"), &decision, &Proof::default()).await.status,
        204
    );
    bench.pass("PT1H");
    let log = read(&bench, &since).await;
    assert_eq!(
        names(&log),
        [
            "Add eligible member to role in PIM requested (timebound)",
            "Add eligible member to role in PIM completed (timebound)",
            "Add member to role requested (PIM activation)",
            "Add member to role approval requested (PIM activation)",
            "Add member to role request approved (PIM activation)",
            "Add member to role completed (PIM activation)",
            "Remove member from role (PIM activation expired)",
        ]
    );
    let approved = &log.rows()[4];
    assert_eq!(approved["initiatedBy"]["user"]["displayName"], "Nadia Rahimi");
    assert_eq!((&approved["correlationId"], &approved["resultReason"]), (&json!(id), &json!("Known to me")));
    assert_eq!(approved["targetResources"][0]["displayName"], role);
    assert_eq!(approved["targetResources"][2]["userPrincipalName"], "tomasz@contoso.example");
    assert_eq!((&approved["category"], &approved["loggedByService"]), (&json!("RoleManagement"), &json!("PIM")));
    let detail = |row: &Value, key: &str| {
        let details = row["additionalDetails"].as_array().unwrap();
        details.iter().find(|detail| detail["key"] == key).map(|detail| detail["value"].as_str().unwrap().to_owned())
    };
    assert_eq!(detail(&log.rows()[2], "TicketNumber").unwrap(), "INC-4711");
    assert_eq!(detail(&log.rows()[2], "Justification").unwrap(), "Warehouse scanners are offline");
    assert!(detail(&log.rows()[5], "ExpirationTime").is_some());
    let ended = &log.rows()[6];
    assert_eq!(
        (&ended["initiatedBy"]["app"]["displayName"], &ended["initiatedBy"]["user"]),
        (&json!("MS-PIM"), &Value::Null)
    );
    let one = read(&bench, &format!("/{}", approved["id"].as_str().unwrap())).await;
    assert_eq!(one.body["activityDisplayName"], approved["activityDisplayName"]);
    assert_eq!(read(&bench, "/PIM_nothing_00000_3").await.status, 404);

    // Denied, withdrawn, deactivated, removed.
    let again = bench.post("tomasz", &requests(), &activation).await;
    assert_eq!(
        bench
            .post("tomasz", &format!("{}/{}/cancel", requests(), again.body["id"].as_str().unwrap()), &Value::Null)
            .await
            .status,
        204
    );
    let own = bench.post("maya", &requests(), &bench.activation("Global Reader")).await;
    assert_eq!(own.status, 201);
    bench.pass("PT6M");
    assert_eq!(bench.post("maya", &requests(), &bench.deactivation("Global Reader")).await.status, 201);
    let mut removal = assign.clone();
    removal["action"] = json!("adminRemove");
    assert_eq!(bench.call("POST", "omar", &path, &removal, &proof).await.status, 201);
    let all = read(&bench, &since).await;
    assert_eq!(
        names(&all)[7..],
        [
            "Add member to role requested (PIM activation)",
            "Add member to role approval requested (PIM activation)",
            "Add member to role canceled (PIM activation)",
            "Add member to role requested (PIM activation)",
            "Add member to role completed (PIM activation)",
            "Remove member from role requested (PIM deactivate)",
            "Remove member from role completed (PIM deactivate)",
            "Remove eligible member from role in PIM requested (timebound)",
            "Remove eligible member from role in PIM completed (timebound)",
        ]
    );
    // What happened before the tenant's start is there as well, newest first.
    let everything = read(&bench, "").await;
    assert!(names(&everything).contains(&"Add member to role outside of PIM (permanent)"));
    let times = everything.column("activityDateTime");
    assert!(times.windows(2).all(|pair| instant(pair[0]) >= instant(pair[1])));
    bench.pass("P40D");
    let kept = read(&bench, "").await;
    assert!(!names(&kept).contains(&"Add member to role outside of PIM (permanent)"), "kept for thirty days");
}

fn instant(text: &str) -> chrono::DateTime<chrono::Utc> {
    text.parse().unwrap()
}

#[tokio::test]
async fn filters_of_the_documentation_and_beyond() {
    let bench = Bench::new(patient()).await;
    let count = async |filter: &str| read(&bench, &format!("?$filter={filter}")).await.rows().len();
    let ines = bench.id("ines");
    assert_eq!(count(&format!("loggedByService eq 'PIM' and initiatedBy/user/id eq '{ines}'")).await, 6);
    assert_eq!(count("initiatedBy/user/displayName eq 'Inês Carvalho'").await, 6);
    assert_eq!(count("startswith(initiatedBy/user/userPrincipalName,'INES')").await, 6);
    assert_eq!(count("startswith(activityDisplayName,'Remove member from role (PIM')").await, 5);
    assert_eq!(count("initiatedBy/app/displayName eq 'MS-PIM' and activityDisplayName eq 'Remove member from role (PIM activation expired)'").await, 5);
    assert_eq!(
        count(&format!("targetResources/any(t: t/id eq '{ines}') and startswith(activityDisplayName,'Add member')"))
            .await,
        8
    );
    assert_eq!(count("targetResources/any(t:t/displayName eq 'Helpdesk Administrator')").await, 9);
    assert_eq!(count("targetResources/any(x: startswith(x/displayName,'Guest'))").await, 1);
    let two_days = (bench.tenant.app().clock.now() - chrono::TimeDelta::hours(40))
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(count(&format!("activityDateTime ge {two_days}")).await, 9);
    assert_eq!(count(&format!("activityDateTime ge {two_days} and activityDateTime le {two_days}")).await, 0);
    assert_eq!(count("category eq 'RoleManagement' and result eq 'success' and activityDisplayName eq 'Add member to role outside of PIM (permanent)'").await, 2);
    for wrong in ["shoeSize eq 4", "activityDisplayName", "initiators/any(t: t/id eq 'x')"] {
        assert_eq!(read(&bench, &format!("?$filter={wrong}")).await.status, 400, "{wrong}");
    }
    assert_eq!(read(&bench, "?$orderby=result").await.status, 400);
    assert_eq!(read(&bench, "?$top=1001").await.status, 400);

    let mut scenario = patient();
    scenario.switches.audit_undocumented_filters = false;
    let bench = Bench::new(scenario).await;
    for wrong in
        ["category eq 'RoleManagement'", "activityDateTime gt 2026-01-01T00:00:00Z", "loggedByService ne 'PIM'"]
    {
        assert_eq!(read(&bench, &format!("?$filter={wrong}")).await.status, 400, "{wrong}");
    }
    assert_eq!(read(&bench, "?$filter=loggedByService eq 'PIM'&$select=id,activityDateTime").await.status, 200);
}

#[tokio::test]
async fn a_long_history_comes_in_pages_that_cost_a_page() {
    let mut scenario = patient();
    scenario.switches.audit_history = 100_000;
    let bench = Bench::new(scenario).await;
    let mut path = format!("{LOG}?$filter=loggedByService eq 'PIM'&$top=1000");
    let (mut ids, mut pages) = (std::collections::BTreeSet::new(), 0);
    loop {
        let page = bench.call("GET", "sven", &path, &Value::Null, &READER).await;
        ids.extend(page.column("id").iter().map(|id| (*id).to_owned()));
        pages += 1;
        // A record that comes meanwhile disturbs no page.
        if pages == 2 {
            bench.pass("PT1S");
            assert_eq!(bench.post("maya", &requests(), &bench.activation("Global Reader")).await.status, 201);
        }
        match page.body["@odata.nextLink"].as_str() {
            // Some pages will do.
            Some(next) if pages < 5 => path = next.to_owned(),
            Some(_) => break,
            None => panic!("only {pages} pages"),
        }
    }
    assert_eq!(ids.len(), 5_000);
    // What the company's file tells of the time before stands among it where it belongs.
    let told = read(&bench, "?$filter=activityDisplayName eq 'Add member to role outside of PIM (permanent)'").await;
    let at = instant(told.column("activityDateTime")[0]);
    let until = (at + chrono::TimeDelta::seconds(1)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let around = read(&bench, &format!("?$filter=activityDateTime le {until}&$top=50")).await;
    assert!(around.column("id").contains(&told.column("id")[0]));
    let times = around.column("activityDateTime");
    assert!(times.windows(2).all(|pair| instant(pair[0]) >= instant(pair[1])));
    let rare = read(&bench, "?$filter=result eq 'failure'&$top=5").await;
    assert_eq!(rare.rows().len(), 5);
    let first = read(&bench, "?$orderby=activityDateTime asc&$top=2").await;
    let second =
        bench.call("GET", "sven", first.body["@odata.nextLink"].as_str().unwrap(), &Value::Null, &READER).await;
    assert!(instant(first.column("activityDateTime")[1]) < instant(second.column("activityDateTime")[0]));
}

#[tokio::test]
async fn it_takes_a_permission_a_role_and_patience() {
    let bench = Bench::contoso().await;
    let without = Proof { scopes: "User.Read", ..Proof::default() };
    let refused = bench.call("GET", "sven", LOG, &Value::Null, &without).await;
    assert_eq!((refused.status, refused.code()), (403, "Authentication_MSGraphPermissionMissing"));
    for user in ["tomasz", "omar"] {
        let refused = bench.call("GET", user, LOG, &Value::Null, &READER).await;
        assert_eq!((refused.status, refused.code()), (403, "Authentication_RequestFromUnsupportedUserRole"), "{user}");
    }
    for _ in 0..5 {
        assert_eq!(read(&bench, "?$top=1").await.status, 200);
    }
    let busy = read(&bench, "?$top=1").await;
    assert_eq!((busy.status, busy.code()), (429, "TooManyRequests"));
    assert_eq!(busy.headers["retry-after"], "11");
    bench.pass("PT11S");
    assert_eq!(read(&bench, "?$top=1").await.status, 200);
    // Within a batch, too.
    let asked: Vec<_> = (0..6)
        .map(|id| json!({ "id": id.to_string(), "method": "GET", "url": "/auditLogs/directoryAudits?$top=1" }))
        .collect();
    let batch = bench.call("POST", "sven", "v1.0/$batch", &json!({ "requests": asked }), &READER).await;
    let responses = batch.body["responses"].as_array().unwrap();
    let busy: Vec<_> = responses.iter().filter(|response| response["status"] == 429).collect();
    assert_eq!(busy.len(), 2);
    assert!(busy[0]["headers"]["Retry-After"].is_string());
}
