//! Why the engine refuses, with the service's codes and texts.

use crate::scenario::PolicyMessages;

/// A rule of a role's policy that a request does not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Not eligible.
    Eligibility,
    /// Too long.
    Duration,
    /// Without an end, where one is required.
    Permanent,
    /// No reason.
    Justification,
    /// No ticket.
    Ticketing,
    /// No multifactor authentication.
    Mfa,
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Self::Eligibility => "EligibilityRule",
            Self::Duration | Self::Permanent => "ExpirationRule",
            Self::Justification => "JustificationRule",
            Self::Ticketing => "TicketingRule",
            Self::Mfa => "MfaRule",
        }
    }

    /// The recorded text; that of the eligibility rule has not been seen and is made up in the same style.
    fn text(self) -> &'static str {
        match self {
            Self::Eligibility => "The requestor is not eligible for the role",
            Self::Duration => "The duration in the request is greater than maximum allowed duration",
            Self::Permanent => "The policy does not allow permanent assignment",
            Self::Justification => "Justification is required",
            Self::Ticketing => "Ticket information is required",
            Self::Mfa => "Multi-factor authentication is required",
        }
    }
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Active already.
    Exists,
    /// Not active.
    DoesNotExist,
    /// Under five minutes.
    TooShort,
    /// Another request for the same is pending.
    Pending,
    /// The window touches another scheduled one.
    Overlaps,
    /// Rules of the policy are not met.
    Policy(Vec<Rule>, PolicyMessages),
    /// The token lacks this authentication context.
    Context(String),
    /// The request makes no sense.
    Invalid,
    /// There is no such user or group.
    SubjectNotFound,
    /// There is no such role.
    RoleNotFound,
    /// The tenant has no licence for PIM.
    License,
    /// Nobody would be left who administers roles.
    LastAdministrator,
    /// The caller may not do this.
    Forbidden,
    /// There is no such object.
    NotFound(String),
    /// An approver has decided already.
    Decided,
    /// A policy's rule makes no sense.
    InvalidPolicy,
    /// The role cannot be assigned at this scope.
    NotScopable,
    /// Such a principal cannot have this.
    WrongPrincipal,
    /// The access review is not at the stage for this.
    ReviewOver,
    /// Whoever approves in this access review has to say why.
    NoReason,
}

impl Refusal {
    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::SubjectNotFound | Self::RoleNotFound | Self::NotFound(_) => 404,
            Self::Forbidden => 403,
            Self::Decided => 409,
            _ => 400,
        }
    }

    /// The service's code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Exists => "RoleAssignmentExists",
            Self::DoesNotExist => "RoleAssignmentDoesNotExist",
            Self::TooShort => "ActiveDurationTooShort",
            Self::Pending => "PendingRoleAssignmentRequest",
            Self::Overlaps => "OverlapsPendingRoleAssignmentRequests",
            Self::Policy(..) => "RoleAssignmentRequestPolicyValidationFailed",
            Self::Context(_) => "RoleAssignmentRequestAcrsValidationFailed",
            Self::Invalid | Self::WrongPrincipal => "InvalidRoleAssignmentRequest",
            Self::SubjectNotFound => "SubjectNotFound",
            Self::RoleNotFound => "RoleNotFound",
            Self::License => "AadPremiumLicenseRequired",
            Self::LastAdministrator => "CannotDeleteLastAdminAssignment",
            Self::Forbidden => "Authorization_RequestDenied",
            Self::NotFound(_) => "ResourceNotFound",
            Self::Decided => "RequestConflict",
            Self::InvalidPolicy => "InvalidPolicy",
            Self::NotScopable => "Request_BadRequest",
            Self::ReviewOver | Self::NoReason => "BadRequest",
        }
    }

    /// The service's text.
    pub fn message(&self) -> String {
        match self {
            // The typo is the service's.
            Self::TooShort => "The Active duration is too short. Miniumum Required is 5 minutes.".to_owned(),
            Self::Exists => "The Role assignment already exists.".to_owned(),
            Self::DoesNotExist => "The Role assignment does not exist.".to_owned(),
            Self::Pending => "There is already an existing pending Role assignment request.".to_owned(),
            Self::Overlaps => {
                "The time period of current request overlaps existing role assignment requests.".to_owned()
            }
            Self::Policy(rules, format) => policy_message(rules, *format),
            Self::Context(context) => claims_message(context),
            Self::Invalid | Self::WrongPrincipal => "The role assignment request is invalid.".to_owned(),
            Self::SubjectNotFound => "The subject is not found.".to_owned(),
            Self::RoleNotFound => "The role is not found.".to_owned(),
            Self::License => {
                "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.".to_owned()
            }
            Self::LastAdministrator => "Cannot delete the last admin assignment.".to_owned(),
            Self::Forbidden => "Insufficient privileges to complete the operation.".to_owned(),
            Self::NotFound(id) => {
                format!(
                    "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
                )
            }
            Self::Decided => "The request has already been decided.".to_owned(),
            Self::InvalidPolicy => "The policy is invalid.".to_owned(),
            Self::NotScopable => {
                "The given built-in role is not supported to be assigned to a single resource scope.".to_owned()
            }
            Self::ReviewOver => "The access review is not in a state that allows this.".to_owned(),
            Self::NoReason => "A justification is required for an approval in this access review.".to_owned(),
        }
    }
}

fn policy_message(rules: &[Rule], format: PolicyMessages) -> String {
    let rules: Vec<String> = match format {
        PolicyMessages::Recorded2026 => rules.iter().map(|rule| format!("{} - {}", rule.name(), rule.text())).collect(),
        PolicyMessages::Documented => rules.iter().map(|rule| format!("\"{}\"", rule.name())).collect(),
    };
    match format {
        // The separator between several has not been recorded.
        PolicyMessages::Recorded2026 => format!("The following policy rules failed: {}", rules.join(", ")),
        PolicyMessages::Documented => format!("The following policy rules failed: [{}]", rules.join(",")),
    }
}

/// `&claims=` and percent-encoded JSON, with the space after the comma as the service sends it.
fn claims_message(context: &str) -> String {
    let claims = format!(r#"{{"access_token":{{"acrs":{{"essential":true, "value":"{context}"}}}}}}"#);
    let mut message = "&claims=".to_owned();
    for byte in claims.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            message.push(char::from(byte));
        } else {
            message.extend(['%', hex(byte >> 4), hex(byte & 0xF)]);
        }
    }
    message
}

/// One hexadecimal digit.
fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_claims_are_encoded_as_recorded() {
        assert_eq!(
            Refusal::Context("c1".to_owned()).message(),
            "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D"
        );
    }

    #[test]
    fn both_formats_of_policy_failures() {
        let rules = vec![Rule::Eligibility, Rule::Duration];
        assert_eq!(
            Refusal::Policy(rules, PolicyMessages::Documented).message(),
            r#"The following policy rules failed: ["EligibilityRule","ExpirationRule"]"#
        );
        assert_eq!(
            Refusal::Policy(vec![Rule::Justification], PolicyMessages::Recorded2026).message(),
            "The following policy rules failed: JustificationRule - Justification is required"
        );
    }
}
