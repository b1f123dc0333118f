//! Which `api-version` each part of Azure Resource Manager takes.

use super::answer::Failure;
use super::call::Call;

const PIM: &[&str] = &["2020-10-01", "2020-10-01-preview"];
const APPROVALS: &[&str] = &["2021-01-01-preview"];
const REVIEWS: &[&str] = &["2021-12-01-preview"];
const ALERTS: &[&str] = &["2022-08-01-preview"];
const ROLES: &[&str] = &["2015-07-01", "2018-01-01-preview", "2018-07-01", "2022-04-01"];
const MANAGEMENT_GROUPS: &[&str] = &["2020-02-01", "2020-05-01", "2020-10-01", "2021-04-01", "2023-04-01"];
const RESOURCES: &[&str] =
    &["2019-10-01", "2020-01-01", "2020-06-01", "2021-01-01", "2021-04-01", "2022-09-01", "2022-12-01"];

/// Refuse a call without `api-version`, or with one that is not served there.
pub fn check(call: &Call, authorization: Option<&str>) -> Result<(), Failure> {
    let Some(given) = call.option("api-version").filter(|given| !given.is_empty()) else {
        let text = "The api-version query parameter (?api-version=) is required for all requests.";
        return Err(Failure::bad("MissingApiVersionParameter", text));
    };
    let supported = match authorization {
        Some(kind) if kind.eq_ignore_ascii_case("roleAssignmentApprovals") => APPROVALS,
        Some(kind) if kind.eq_ignore_ascii_case("accessReviewScheduleDefinitions") => REVIEWS,
        Some(kind) if kind.to_ascii_lowercase().starts_with("rolemanagementalert") => ALERTS,
        Some(kind) if ["permissions", "roledefinitions"].contains(&kind.to_ascii_lowercase().as_str()) => ROLES,
        Some(_) => PIM,
        None if call.path.to_ascii_lowercase().contains("microsoft.management") => MANAGEMENT_GROUPS,
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
