use super::*;
use crate::model::Opinion;

fn item(value: Value) -> ReviewItem {
    serde_json::from_value::<Item>(value).expect("read").item(None).expect("an item")
}

/// Published with "accessReviewInstanceDecisionItem: filterByCurrentUser" and "List decisions".
#[test]
fn the_published_decisions_are_read() {
    let nobody = json!({ "id": "00000000-0000-0000-0000-000000000000", "displayName": "", "userPrincipalName": "" });
    let waiting = item(json!({
        "id": "139166ec", "accessReviewId": "8d035c9d", "reviewedDateTime": null, "decision": "NotReviewed",
        "justification": "", "appliedDateTime": null, "applyResult": "New", "recommendation": "Deny",
        "resourceLink": null, "resource": null, "reviewedBy": nobody, "appliedBy": nobody,
        "principal": { "@odata.type": "#microsoft.graph.userIdentity", "id": "1800bb2c", "displayName": "guest example",
                       "userPrincipalName": "guest@guest.com" } }));
    assert_eq!(waiting.recommended(), Some(Opinion::Deny));
    assert_eq!((waiting.decision, waiting.by, waiting.applied), (ReviewDecision::NotReviewed, None, None));
    assert_eq!(waiting.person.username.as_deref(), Some("guest@guest.com"));
    assert_eq!((waiting.justification, waiting.last_sign_in, waiting.person.app), (None, None, false));
}

/// Published with "Access Review Instance My Decisions - List".
#[test]
fn azures_names_for_the_same_are_read() {
    let decided = item(json!({
        "id": "fa73e90b",
        "reviewedBy": { "principalType": "user", "principalId": "a6c7aecb", "principalName": "Shubham Gupta",
                        "userPrincipalName": "shugup@microsoft.com" },
        "reviewedDateTime": "2018-08-03T21:02:30.667Z", "decision": "Deny", "applyResult": "Success",
        "justification": "This person has left this team", "recommendation": "NoInfoAvailable",
        "principal": { "type": "servicePrincipal", "id": "a6c7aecb", "displayName": "Robot" },
        "resource": { "type": "azureRole", "id": "a6c7aecb", "displayName": "Owner" },
        "insights": [{ "id": "x", "properties": { "type": "userSignInInsight", "lastSignInDateTime": "2018-08-01T00:00:00Z" } }],
    }));
    assert_eq!(decided.decision, ReviewDecision::Decided(Opinion::Deny));
    assert_eq!(decided.by.and_then(|by| by.name).as_deref(), Some("Shubham Gupta"));
    assert_eq!((decided.recommendation, decided.applied.as_deref()), (None, Some("Success")));
    assert!(decided.person.app && decided.last_sign_in == "2018-08-01T00:00:00Z".parse().ok());
    assert_eq!(decided.resource.as_deref(), Some("Owner"));
}

#[test]
fn what_is_recommended_in_a_word_that_nobody_knows_is_kept_and_followed_by_nobody() {
    for (word, kept) in [
        ("approve", Some(ReviewDecision::Decided(Opinion::Approve))),
        ("NoInfoAvailable", None),
        ("", None),
        ("Escalate", Some(ReviewDecision::Other("Escalate".into()))),
    ] {
        let read = item(json!({ "id": "i", "recommendation": word }));
        assert_eq!(read.recommended().is_some(), word == "approve", "{word}");
        assert_eq!(read.recommendation, kept, "{word}");
    }
}

/// The beta's "pending" instances tell whom it is about by their target.
#[test]
fn somebody_who_is_told_by_the_target_alone_is_known() {
    let target =
        json!({ "userId": "7eae986b", "userDisplayName": "Adele Vance", "userPrincipalName": "AdeleV@contoso.com" });
    let read = item(json!({ "id": "i", "decision": "NotReviewed", "target": target }));
    let told = (read.person.id.as_deref(), read.person.name.as_deref(), read.person.username.as_deref());
    assert_eq!(told, (Some("7eae986b"), Some("Adele Vance"), Some("AdeleV@contoso.com")));
}

#[test]
fn what_is_reviewed_is_told_from_the_scopes_queries() {
    let members = json!({ "query": "/groups/119CC181/transitiveMembers", "queryType": "MicrosoftGraph" });
    let filtered = json!({ "query": "/v1.0/groups/4444d821?$count=true" });
    let role = json!({
        "principalScopes": [{ "query": "/v1.0/groups" }],
        "resourceScopes": [{ "query": "/beta/roleManagement/directory/roleDefinitions/9b895d92" }],
    });
    let application = json!({ "resourceScopes": [{ "query": "/servicePrincipals/bae11f90" }] });
    for (scope, kind, id) in [
        (&members, Some(Kind::Group), Some("119cc181")),
        (&filtered, Some(Kind::Group), Some("4444d821")),
        (&role, Some(Kind::DirectoryRole), Some("9b895d92")),
        (&application, None, None),
        (&Value::Null, None, None),
    ] {
        let (found, resource, _) = reviewed(scope).unwrap_or_default();
        assert_eq!((found, resource.as_deref()), (kind, id), "{scope}");
    }
}

#[test]
fn what_a_definition_leaves_out_is_taken_for_the_stricter() {
    let path = ReviewPath { service: Resource::Graph, definition: "d".into(), instance: "i".into(), stage: None };
    let definition: Definition = serde_json::from_value(json!({ "displayName": "\u{202e}Quarter\n" })).expect("read");
    let instance: Instance =
        serde_json::from_value(json!({ "status": "inprogress", "endDateTime": null })).expect("read");
    let review = definition.review(path, instance);
    assert!(review.is_open() && review.reason_to_approve && !review.applies_itself && !definition.has_stages());
    assert_eq!((review.name.as_str(), review.end, review.kind), ("Quarter", None, None));
}
