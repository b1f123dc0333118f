//! Which collection an address names, and the entities of a body.

use serde_json::Value;

/// Collections of Microsoft Graph that need no other mark.
const PLAIN: [&str; 8] = [
    "/organization",
    "/groups",
    "/me/checkmembergroups",
    "/users",
    "/serviceprincipals",
    "/members",
    "/transitivemembers",
    "/directory/administrativeunits",
];

/// The part of an address that names the collection, and whether it is Azure's; `None` for what Pimento does not read.
pub fn collection(url: &str) -> Option<(String, bool)> {
    let path = url.split('?').next()?.trim_end_matches('/');
    let lower = path.to_ascii_lowercase();
    if lower.contains("/entitlementmanagement/role") {
        return None;
    }
    let azure = lower.contains("microsoft.authorization/") || lower.contains("management.azure");
    if lower.contains("accessreview") {
        return of_reviews(&lower).map(|collection| (collection.to_owned(), azure));
    }
    if lower.contains("rolemanagementalert") {
        return of_alerts(&lower).map(|collection| (collection.to_owned(), azure));
    }
    if lower.contains("/auditlogs/directoryaudits") {
        return Some(("directoryaudits".into(), false));
    }
    let graph_kinds = ["/rolemanagement/directory/", "/privilegedaccess/group/", "/policies/", "approvals"];
    let plain = PLAIN.into_iter().find(|end| lower.ends_with(end));
    if let Some(plain) = plain.filter(|_| !azure) {
        return plain.rsplit('/').next().map(|collection| (collection.to_owned(), false));
    }
    if !azure && !graph_kinds.iter().any(|kind| lower.contains(kind)) {
        return None;
    }
    let known = |part: &&str| {
        part.contains("schedule")
            || part.ends_with("approvals")
            || [
                "rolemanagementpolicyassignments",
                "rules",
                "effectiverules",
                "eligiblechildresources",
                "tenants",
                "stages",
                "steps",
                "roledefinitions",
                "permissions",
            ]
            .contains(part)
            || (*part == "roleassignments" && !azure)
    };
    let last =
        lower.split('/').rfind(known).map(|part| if part == "effectiverules" { "rules" } else { part }.to_owned());
    // By itself or as the list that it stands in; what is below it has been found by now.
    let mut end = lower.split('/').rev().take(2);
    let groups = lower.contains("microsoft.management/") && end.any(|part| part == "managementgroups");
    let place = match () {
        () if azure && lower.ends_with("/subscriptions") => Some("subscriptions"),
        () if azure && groups => Some("managementgroups"),
        () => None,
    };
    last.or_else(|| place.map(str::to_owned)).map(|collection| (collection, azure))
}

/// The reviewer's side of access reviews: neither their history nor the older endpoint, whose reviews are others.
fn of_reviews(lower: &str) -> Option<&'static str> {
    let ours = ["identitygovernance/accessreviews/", "accessreviewscheduledefinitions", "accessreviewinstances/"];
    let others = ["historydefinitions", "contactedreviewers"];
    if !ours.iter().any(|part| lower.contains(part)) || others.iter().any(|part| lower.contains(part)) {
        return None;
    }
    lower.split('/').rev().find_map(|part| match part {
        "definitions" | "accessreviewscheduledefinitions" => Some("accessreviewdefinitions"),
        "instances" => Some("accessreviewinstances"),
        "stages" => Some("accessreviewstages"),
        "decisions" => Some("accessreviewdecisions"),
        _ => None,
    })
}

fn of_alerts(lower: &str) -> Option<&'static str> {
    lower.split('/').rev().find_map(|part| match part {
        // What a scan answers is how far it is.
        "refresh" | "operations" | "rolemanagementalertoperations" => Some("alertoperations"),
        "alertincidents" => Some("alertincidents"),
        "alertdefinitions" | "rolemanagementalertdefinitions" => Some("alertdefinitions"),
        "alertconfigurations" | "rolemanagementalertconfigurations" => Some("alertconfigurations"),
        // Of Graph it is what all of them are below.
        "alerts" => Some("alerts"),
        "rolemanagementalerts" if lower.contains("microsoft.authorization/") => Some("alerts"),
        _ => None,
    })
}

/// The entities of a body: a page's rows, or the one there is.
pub fn entities(body: &Value) -> Vec<Value> {
    match &body["value"] {
        Value::Array(rows) => rows.clone(),
        Value::Object(row) => vec![Value::Object(row.clone())],
        _ if body.is_object() && body["error"].is_null() => vec![body.clone()],
        _ => Vec::new(),
    }
}
