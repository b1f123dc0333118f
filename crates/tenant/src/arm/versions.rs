//! Which `api-version` each part of Azure Resource Manager takes.

use super::answer::Failure;
use super::call::Call;

const PIM: &[&str] = &["2020-10-01", "2020-10-01-preview"];
const REQUESTS: &[&str] = &["2020-10-01", "2020-10-01-preview", "2022-04-01-preview"];
const POLICIES: &[&str] = &["2020-10-01", "2020-10-01-preview", "2024-02-01-preview", "2024-09-01-preview"];
const APPROVALS: &[&str] = &["2021-01-01-preview"];
const REVIEWS: &[&str] = &["2021-12-01-preview"];
const ALERTS: &[&str] = &["2022-08-01-preview"];
const ROLES: &[&str] = &["2015-07-01", "2018-01-01-preview", "2018-07-01", "2022-04-01", "2022-05-01-preview"];
const MANAGEMENT_GROUPS: &[&str] = &[
    "2018-01-01-preview",
    "2018-03-01-preview",
    "2019-11-01",
    "2020-02-01",
    "2020-05-01",
    "2020-10-01",
    "2021-04-01",
    "2023-04-01",
];
const BATCH: &[&str] = &["2015-11-01", "2018-02-01", "2019-10-01", "2020-06-01", "2021-04-01", "2022-12-01"];
/// Tenants, subscriptions, resource groups and resources are the manager's own, of every version that it ever had.
const RESOURCES: &[&str] = &[
    "2014-04-01",
    "2015-01-01",
    "2015-11-01",
    "2016-02-01",
    "2016-06-01",
    "2016-07-01",
    "2016-09-01",
    "2017-05-10",
    "2018-01-01",
    "2018-02-01",
    "2018-05-01",
    "2019-03-01",
    "2019-05-01",
    "2019-05-10",
    "2019-06-01",
    "2019-07-01",
    "2019-08-01",
    "2019-09-01",
    "2019-10-01",
    "2019-11-01",
    "2020-01-01",
    "2020-05-01",
    "2020-06-01",
    "2020-08-01",
    "2020-10-01",
    "2021-01-01",
    "2021-04-01",
    "2021-10-01",
    "2022-01-01",
    "2022-09-01",
    "2022-12-01",
    "2023-07-01",
    "2024-03-01",
    "2024-07-01",
    "2024-11-01",
    "2025-03-01",
    "2025-04-01",
];

const ASSIGNMENTS: &[&str] = &[
    "2015-07-01",
    "2018-01-01-preview",
    "2018-09-01-preview",
    "2020-04-01-preview",
    "2020-08-01-preview",
    "2020-10-01-preview",
    "2021-04-01-preview",
    "2022-01-01-preview",
    "2022-04-01",
];

/// The versions of one of the resource types of `Microsoft.Authorization`.
fn of_authorization(kind: &str) -> &'static [&'static str] {
    match kind.to_ascii_lowercase().as_str() {
        "roleassignmentapprovals" => APPROVALS,
        "accessreviewscheduledefinitions" => REVIEWS,
        "roleassignments" => ASSIGNMENTS,
        "permissions" | "roledefinitions" => ROLES,
        "rolemanagementpolicies" | "rolemanagementpolicyassignments" => POLICIES,
        "roleassignmentschedulerequests" | "roleeligibilityschedulerequests" => REQUESTS,
        kind if kind.starts_with("rolemanagementalert") => ALERTS,
        _ => PIM,
    }
}

/// Refuse a call without `api-version`, or with one that is not served there.
pub fn check(call: &Call, authorization: Option<&str>) -> Result<(), Failure> {
    let Some(given) = call.option("api-version").filter(|given| !given.is_empty()) else {
        let text = "The api-version query parameter (?api-version=) is required for all requests.";
        return Err(Failure::bad("MissingApiVersionParameter", text));
    };
    let path = call.path.to_ascii_lowercase();
    let supported = match authorization {
        Some(kind) => of_authorization(kind),
        None if path.contains("microsoft.management") => MANAGEMENT_GROUPS,
        None if path == "/batch" => BATCH,
        None => RESOURCES,
    };
    if supported.iter().any(|known| known.eq_ignore_ascii_case(given)) {
        return Ok(());
    }
    let versions = supported.join(", ");
    Err(match authorization {
        Some(kind) => Failure::bad(
            "InvalidResourceType",
            format!(
                "The resource type '{kind}' could not be found in the namespace 'Microsoft.Authorization' for api version '{given}'. The supported api-versions are '{versions}'."
            ),
        ),
        None => Failure::bad(
            "InvalidApiVersionParameter",
            format!("The api-version '{given}' is invalid. The supported versions are '{versions}'."),
        ),
    })
}
