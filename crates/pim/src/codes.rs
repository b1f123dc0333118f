//! One table of everything a service may refuse us with, and of our own troubles: what it means in one sentence, what
//! helps, and what the state machine must do about it.
//!
//! Sources: Graph and Azure PIM error codes ("privileged-role-common-errors" and recorded answers), Azure Resource Manager's
//! general ones ("Troubleshoot common Azure deployment errors"), AADSTS codes ("Microsoft Entra authentication and
//! authorization error codes").

use chrono::{DateTime, Utc};

use crate::{
    problem::{Problem, Remedy},
    words,
};

/// No connection.
pub(crate) const NETWORK: &str = "network";
/// An answer broke off or came too late.
pub(crate) const ANSWER_LOST: &str = "answer-lost";
/// No answer in the time that was given.
pub(crate) const NO_ANSWER: &str = "no-answer";
/// The root of Azure has not answered yet.
pub(crate) const AZURE_LATE: &str = "azure-late";
pub(crate) const NOT_CONSENTED: &str = "not-consented";
/// What a group gives may not be read.
pub(crate) const GRANTS_UNREADABLE: &str = "grants-unreadable";
/// An answer beyond all measure.
pub(crate) const TOO_LARGE: &str = "too-large";
/// A web page, or something else that is no JSON.
pub(crate) const NOT_JSON: &str = "not-json";
/// JSON of another shape than documented.
pub(crate) const UNEXPECTED: &str = "unexpected-answer";
/// A link of the service that leads to another host.
pub(crate) const FOREIGN_LINK: &str = "foreign-link";
/// Pages that never end.
pub(crate) const ENDLESS_PAGES: &str = "endless-pages";
/// Too many requests.
pub(crate) const THROTTLED: &str = "throttled";
/// 5xx.
pub(crate) const UNAVAILABLE: &str = "service-unavailable";
/// The certificate file of the options.
pub(crate) const CA_FILE: &str = "ca-file";
/// No browser.
pub(crate) const BROWSER: &str = "no-browser";
/// No port for the answer.
pub(crate) const LISTENER: &str = "no-listener";
/// Nobody signed in within the time.
pub(crate) const SIGN_IN_TIMEOUT: &str = "sign-in-timeout";
/// The person said no.
pub(crate) const SIGN_IN_CANCELLED: &str = "sign-in-cancelled";
/// A client id that is none.
pub(crate) const CLIENT_ID: &str = "client-id";
/// The id token is not ours.
pub(crate) const ID_TOKEN: &str = "id-token";
/// A step-up by somebody else.
pub(crate) const OTHER_ACCOUNT: &str = "other-account";
/// No keyring, or one that refuses.
pub(crate) const KEYRING: &str = "keyring";
/// What the keyring holds is not what was put there.
pub(crate) const KEYRING_CORRUPT: &str = "keyring-corrupt";
/// Another process of the user has taken the sign-in out of the keyring, or has put another one there.
pub(crate) const KEYRING_TAKEN: &str = "keyring-taken";
/// The sign-in service gives no token for one of the services.
pub(crate) const RESOURCE_REFUSED: &str = "resource-refused";
/// Somebody else's decision came first.
pub(crate) const APPROVAL_DECIDED: &str = "approval-decided";
/// Nobody decided in time.
pub(crate) const APPROVAL_LAPSED: &str = "approval-lapsed";
/// There is nothing to decide on any more.
pub(crate) const APPROVAL_GONE: &str = "approval-gone";
/// Others decide.
pub(crate) const APPROVAL_NOT_MINE: &str = "approval-not-mine";
/// The caller's own request.
pub(crate) const APPROVAL_OWN: &str = "approval-own";
/// An extension or renewal.
pub(crate) const APPROVAL_ELSEWHERE: &str = "approval-elsewhere";
/// The answer to a decision was lost, and the service knows of none.
pub(crate) const APPROVAL_UNCERTAIN: &str = "approval-uncertain";
/// Nobody decides in an access review any more.
pub(crate) const REVIEW_OVER: &str = "review-over";
/// An approval in an access review without the reason that it wants.
pub(crate) const REVIEW_REASON: &str = "review-reason";
/// An access review, or a person in it, is not there any more.
pub(crate) const REVIEW_GONE: &str = "review-gone";
/// Others decide in an access review.
pub(crate) const REVIEW_NOT_MINE: &str = "review-not-mine";
/// The answer to a decision in an access review was lost, and the service knows of none.
pub(crate) const REVIEW_UNCERTAIN: &str = "review-uncertain";
/// A look for alerts came to nothing.
pub(crate) const SCAN_FAILED: &str = "scan-failed";
/// The service tells of no policy for a role at a scope.
pub(crate) const NO_POLICY: &str = "no-policy";
/// Nothing lies where newer versions are told of.
pub(crate) const UPDATE_NOT_THERE: &str = "update-not-there";
/// What is told of newer versions is signed by somebody else, or by nobody.
pub(crate) const UPDATE_UNTRUSTED: &str = "update-untrusted";
/// It is older than what was told before.
pub(crate) const UPDATE_OUTDATED: &str = "update-outdated";
/// It is not understood.
pub(crate) const UPDATE_UNREADABLE: &str = "update-unreadable";
/// A package that is not what was signed.
pub(crate) const UPDATE_DAMAGED: &str = "update-damaged";
/// A package that cannot be kept here.
pub(crate) const UPDATE_NOT_KEPT: &str = "update-not-kept";
/// The system did not take a package, or a page.
pub(crate) const UPDATE_NOT_OPENED: &str = "update-not-opened";
/// There is no session.
pub(crate) const SIGNED_OUT: &str = "signed-out";

/// What would help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Help {
    Nothing,
    SignIn,
    EditForm,
    Retry,
    Refresh,
    /// With the request to hand on, which is this message.
    AskAdmin(&'static str),
}

/// What the state machine must do about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Final.
    Refused,
    /// Active already.
    Exists,
    /// Not active.
    DoesNotExist,
    /// Too early to end it.
    TooShort,
    /// Another request is in the way.
    Pending,
    /// A stronger sign-in helps.
    StepUp,
    /// Sign in anew.
    SignedOut,
    /// Not processed: may be sent again.
    NotSent,
}

/// A code, the message that tells what it means (`messages/<language>/problems.ftl`), what would help, and what to do.
struct Entry(&'static str, &'static str, Help, Outcome);

use Help::{AskAdmin, EditForm, Nothing, Refresh, Retry, SignIn};
use Outcome::{DoesNotExist, Exists, NotSent, Pending, Refused, SignedOut, StepUp, TooShort};

/// The table. Codes of the services first, then policy rules, then sign-in, then our own.
#[rustfmt::skip]
const TABLE: &[Entry] = &[
    Entry("RoleAssignmentExists", "active-already", Refresh, Exists),
    Entry("RoleAssignmentDoesNotExist", "not-active-any-more", Refresh, DoesNotExist),
    Entry("ActiveDurationTooShort", "active-too-short", Retry, TooShort),
    Entry("PendingRoleAssignmentRequest", "another-request-waits", Refresh, Pending),
    Entry("OverlapsPendingRoleAssignmentRequests", "overlaps-another-request", Refresh, Pending),
    Entry("RoleAssignmentRequestAcrsValidationFailed", "stronger-sign-in-wanted", SignIn, StepUp),
    Entry("RoleAssignmentRequestPolicyValidationFailed", "policy-forbids-activation", EditForm, Refused),
    Entry("InvalidRoleAssignmentRequest", "request-invalid", EditForm, Refused),
    Entry("InvalidRoleAssignmentRequestSchedule", "time-invalid", EditForm, Refused),
    Entry("CannotDeleteLastAdminAssignment", "last-administrator", AskAdmin("admin-last-holder"), Refused),
    Entry("AadPremiumLicenseRequired", "no-licence", AskAdmin("admin-licence"), Refused),
    Entry("PermissionScopeNotGranted", "nobody-consented", AskAdmin("admin-consent"), Refused),
    Entry("InsufficientPermissions", "account-may-not", AskAdmin("admin-permission"), Refused),
    Entry("AuthorizationFailed", "account-may-not-here", AskAdmin("admin-permission"), Refused),
    Entry("Authorization_RequestDenied", "account-may-not", AskAdmin("admin-permission"), Refused),
    Entry("SubjectNotFound", "account-unknown", Retry, Refused),
    Entry("RoleNotFound", "role-unknown", Refresh, Refused),
    Entry("RoleDefinitionDoesNotExist", "definition-gone", Refresh, Refused),
    Entry("RoleEligibilityScheduleRequestNotFound", "not-eligible-any-more", Refresh, Refused),
    Entry("RoleAssignmentScheduleRequestNotFound", "request-unknown", Refresh, Refused),
    Entry("InvalidPolicy", "policy-broken", AskAdmin("admin-policy"), Refused),
    Entry("InvalidAuthenticationToken", "sign-in-not-accepted", SignIn, SignedOut),
    Entry("Request_ResourceNotFound", "not-found", Refresh, Refused),
    Entry("ResourceNotFound", "not-found", Refresh, Refused),
    Entry("ResourceGroupNotFound", "resource-group-gone", Refresh, Refused),
    Entry("SubscriptionNotFound", "subscription-gone", Refresh, Refused),
    Entry("ManagementGroupNotFound", "management-group-gone", Refresh, Refused),
    Entry("NotFound", "not-found", Refresh, Refused),
    Entry("Request_BadRequest", "request-not-understood", Refresh, Refused),
    Entry("BadRequest", "request-not-understood", Refresh, Refused),
    Entry("Request_UnsupportedQuery", "request-not-understood", Refresh, Refused),
    Entry("ExpiredAuthenticationToken", "azure-sign-in-expired", SignIn, SignedOut),
    Entry("AuthenticationFailed", "azure-sign-in-not-accepted", SignIn, SignedOut),
    Entry("InvalidAuthenticationTokenTenant", "subscription-elsewhere", SignIn, SignedOut),
    Entry("LinkedAuthorizationFailed", "access-missing", AskAdmin("admin-permission"), Refused),
    Entry("ScopeLocked", "scope-locked", AskAdmin("admin-lock"), Refused),
    Entry("ReadOnlyDisabledSubscription", "subscription-disabled", AskAdmin("admin-subscription"), Refused),
    Entry("SubscriptionRequestsThrottled", "azure-wants-pause", Retry, NotSent),
    Entry("ServerTimeout", "service-too-slow", Retry, NotSent),
    Entry("InternalServerError", "service-fault", Retry, NotSent),
    Entry("RequestDisallowedByAzure", "azure-wants-mfa", SignIn, StepUp),
    Entry("TooManyRequests", "service-wants-pause", Retry, NotSent),
    Entry("activityLimitReached", "service-wants-pause", Retry, NotSent),
    Entry("serviceNotAvailable", "service-away", Retry, NotSent),
    Entry("InvalidSkipToken", "list-place-lost", Retry, NotSent),
    Entry("FailedDependency", "batch-failed", Retry, Refused),
    Entry("RequestConflict", "decided-already", Refresh, Refused),
    Entry("InvalidFilter", "filter-not-understood", AskAdmin("admin-version"), Refused),
    Entry("InvalidRequestContent", "azure-request-not-understood", EditForm, Refused),
    Entry("InvalidRoleAssignmentScheduleRequestId", "azure-refuses-name", Retry, Refused),
    Entry("InvalidResourceType", "azure-kind-unknown", AskAdmin("admin-version"), Refused),
    Entry("MissingApiVersionParameter", "azure-version-missing", AskAdmin("admin-version"), Refused),
    Entry("InvalidApiVersionParameter", "azure-version-unknown", AskAdmin("admin-version"), Refused),
    Entry("HttpMethodNotSupported", "not-offered", AskAdmin("admin-version"), Refused),
    Entry("InvalidTopQueryString", "page-size-refused", AskAdmin("admin-version"), Refused),
    Entry("RoleAssignmentNotFound", "azure-assignment-gone", Refresh, Refused),
    Entry("Authentication_MSGraphPermissionMissing", "permission-not-consented", AskAdmin("admin-consent"), Refused),
    Entry("Authentication_RequestFromUnsupportedUserRole", "no-role-may-read", AskAdmin("admin-reader"), Refused),
    Entry("InvalidAuthenticationTokenAudience", "sign-in-for-another-service", SignIn, SignedOut),

    Entry("JustificationRule", "reason-required", EditForm, Refused),
    Entry("TicketingRule", "ticket-required", EditForm, Refused),
    Entry("MfaRule", "role-wants-mfa", SignIn, StepUp),
    Entry("ExpirationRule", "policy-forbids-duration", EditForm, Refused),
    Entry("EligibilityRule", "not-eligible-any-more", Refresh, Refused),

    Entry("AADSTS50011", "redirect-unknown", AskAdmin("admin-registration"), Refused),
    Entry("AADSTS50020", "account-not-in-tenant", SignIn, Refused),
    Entry("AADSTS50034", "account-not-in-tenant", SignIn, Refused),
    Entry("AADSTS50055", "password-expired", SignIn, SignedOut),
    Entry("AADSTS50057", "account-disabled", AskAdmin("admin-account"), SignedOut),
    Entry("AADSTS50058", "session-over", SignIn, SignedOut),
    Entry("AADSTS50059", "tenant-not-told", SignIn, Refused),
    Entry("AADSTS50072", "mfa-setup-needed", SignIn, StepUp),
    Entry("AADSTS50074", "mfa-needed", SignIn, StepUp),
    Entry("AADSTS50076", "mfa-needed", SignIn, StepUp),
    Entry("AADSTS50078", "mfa-too-old", SignIn, StepUp),
    Entry("AADSTS50079", "mfa-setup-needed", SignIn, StepUp),
    Entry("AADSTS50105", "account-not-assigned", AskAdmin("admin-assign"), Refused),
    Entry("AADSTS50126", "password-wrong", SignIn, Refused),
    Entry("AADSTS50158", "another-proof-wanted", SignIn, StepUp),
    Entry("AADSTS50173", "sign-in-revoked", SignIn, SignedOut),
    Entry("AADSTS500133", "sign-in-expired", SignIn, SignedOut),
    Entry("AADSTS53000", "compliant-devices-only", AskAdmin("admin-device"), Refused),
    Entry("AADSTS53001", "joined-devices-only", AskAdmin("admin-device"), Refused),
    Entry("AADSTS53003", "conditional-access-blocks", AskAdmin("admin-device"), Refused),
    Entry("AADSTS65001", "nobody-consented", AskAdmin("admin-consent"), Refused),
    Entry("AADSTS65002", "application-may-not", AskAdmin("admin-registration"), Refused),
    Entry("AADSTS65004", "consent-declined", SignIn, Refused),
    Entry("AADSTS70000", "sign-in-invalid", SignIn, SignedOut),
    Entry("AADSTS70008", "sign-in-expired", SignIn, SignedOut),
    Entry("AADSTS70018", "code-invalid-any-more", SignIn, Refused),
    Entry("AADSTS70019", "code-expired", SignIn, Refused),
    Entry("AADSTS70020", "code-expired", SignIn, Refused),
    Entry("AADSTS70043", "fresh-sign-in-wanted", SignIn, SignedOut),
    Entry("AADSTS700016", "application-unknown", AskAdmin("admin-registration"), Refused),
    Entry("AADSTS700082", "sign-in-unused", SignIn, SignedOut),
    Entry("AADSTS700084", "sign-in-expired", SignIn, SignedOut),
    Entry("AADSTS7000218", "no-public-client", AskAdmin("admin-registration"), Refused),
    Entry("AADSTS90094", "administrator-consents", AskAdmin("admin-consent"), Refused),
    Entry("AADSTS90002", "no-such-tenant", Nothing, Refused),
    Entry("AADSTS90072", "account-not-in-tenant", SignIn, Refused),

    Entry("access_denied", "sign-in-cancelled", SignIn, Refused),
    Entry("authorization_declined", "sign-in-declined", SignIn, Refused),
    Entry("expired_token", "code-expired", SignIn, Refused),
    Entry("bad_verification_code", "code-invalid", SignIn, Refused),
    Entry("consent_required", "nobody-consented", AskAdmin("admin-consent"), Refused),
    Entry("interaction_required", "sign-in-wanted-again", SignIn, StepUp),
    Entry("login_required", "session-over", SignIn, SignedOut),
    Entry("invalid_grant", "sign-in-invalid", SignIn, SignedOut),
    Entry("temporarily_unavailable", "sign-in-service-wants-pause", Retry, NotSent),
    Entry("server_error", "sign-in-service-fault", Retry, NotSent),

    Entry(NETWORK, "network-away", Retry, NotSent),
    Entry(ANSWER_LOST, "answer-lost", Retry, NotSent),
    Entry(NO_ANSWER, "no-answer", Retry, NotSent),
    Entry(AZURE_LATE, "azure-late", Nothing, NotSent),
    Entry(GRANTS_UNREADABLE, "grants-unreadable", Nothing, Refused),
    Entry(NOT_CONSENTED, "not-asked-for", Nothing, Refused),
    Entry(TOO_LARGE, "answer-too-large", Retry, Refused),
    Entry(NOT_JSON, "web-page-instead", Retry, NotSent),
    Entry(UNEXPECTED, "answer-not-understood", Retry, Refused),
    Entry(FOREIGN_LINK, "foreign-link", Nothing, Refused),
    Entry(ENDLESS_PAGES, "endless-list", Retry, Refused),
    Entry(THROTTLED, "service-wants-pause", Retry, NotSent),
    Entry(UNAVAILABLE, "service-fault", Retry, NotSent),
    Entry(CA_FILE, "root-certificate-unusable", Nothing, Refused),
    Entry(CLIENT_ID, "client-id-no-guid", Nothing, Refused),
    Entry(BROWSER, "no-browser", SignIn, Refused),
    Entry(LISTENER, "no-listener", Retry, Refused),
    Entry(SIGN_IN_TIMEOUT, "nobody-signed-in", SignIn, Refused),
    Entry(SIGN_IN_CANCELLED, "sign-in-cancelled", SignIn, Refused),
    Entry(ID_TOKEN, "answer-not-proven", SignIn, Refused),
    Entry(OTHER_ACCOUNT, "other-account", SignIn, Refused),
    Entry(KEYRING, "keyring-away", Nothing, Refused),
    Entry(KEYRING_CORRUPT, "keyring-damaged", SignIn, Refused),
    Entry(KEYRING_TAKEN, "keyring-taken", Nothing, Refused),
    Entry(RESOURCE_REFUSED, "resource-refused", AskAdmin("admin-sign-in-log"), Refused),
    Entry(APPROVAL_DECIDED, "decided-already", Refresh, Refused),
    Entry(APPROVAL_LAPSED, "request-lapsed", Refresh, Refused),
    Entry(APPROVAL_GONE, "request-gone", Refresh, Refused),
    Entry(APPROVAL_NOT_MINE, "not-an-approver", Refresh, Refused),
    Entry(APPROVAL_OWN, "own-request", Nothing, Refused),
    Entry(APPROVAL_ELSEWHERE, "decided-in-portal", Nothing, Refused),
    Entry(NO_POLICY, "no-policy", Nothing, Refused),
    Entry(APPROVAL_UNCERTAIN, "decision-uncertain", Retry, NotSent),
    Entry(REVIEW_OVER, "review-over", Refresh, Refused),
    Entry(REVIEW_REASON, "review-wants-reason", EditForm, Refused),
    Entry(REVIEW_GONE, "review-gone", Refresh, Refused),
    Entry(REVIEW_NOT_MINE, "not-a-reviewer", Refresh, Refused),
    Entry(REVIEW_UNCERTAIN, "review-uncertain", Retry, NotSent),
    Entry(SCAN_FAILED, "scan-failed", Retry, Refused),
    Entry(UPDATE_NOT_THERE, "update-not-there", Retry, Refused),
    Entry(UPDATE_UNTRUSTED, "update-untrusted", Retry, Refused),
    Entry(UPDATE_OUTDATED, "update-outdated", Retry, Refused),
    Entry(UPDATE_UNREADABLE, "update-unreadable", Nothing, Refused),
    Entry(UPDATE_DAMAGED, "update-damaged", Retry, Refused),
    Entry(UPDATE_NOT_KEPT, "update-not-kept", Retry, Refused),
    Entry(UPDATE_NOT_OPENED, "update-not-opened", Retry, Refused),
    Entry(SIGNED_OUT, "nobody-is-signed-in", SignIn, SignedOut),
];

/// What to do about a code; unknown ones are final.
pub(crate) fn outcome(code: &str) -> Outcome {
    find(code).map_or(Outcome::Refused, |entry| entry.3)
}

/// Does the code say that nobody has consented to a permission?
pub(crate) fn lacks_consent(code: &str) -> bool {
    let all = [
        "PermissionScopeNotGranted",
        "Authentication_MSGraphPermissionMissing",
        "AADSTS65001",
        "AADSTS65004",
        "AADSTS90094",
        "consent_required",
        NOT_CONSENTED,
    ];
    all.iter().any(|each| each.eq_ignore_ascii_case(code))
}

/// Is the code in the table?
pub(crate) fn known(code: &str) -> bool {
    find(code).is_some()
}

/// A problem of our own making, or of the network's.
pub(crate) fn ours(code: &str, detail: Option<String>) -> Problem {
    problem(code, None, detail, None)
}

/// A problem told from its code. `detail` is the service's own wording; `retry_at` the server time before which it does
/// not want to hear from us.
pub(crate) fn problem(
    code: &str,
    correlation_id: Option<String>,
    detail: Option<String>,
    retry_at: Option<DateTime<Utc>>,
) -> Problem {
    judged(code, code, correlation_id, detail, retry_at)
}

/// The same of a code that says less than another one, which it is judged by.
pub(crate) fn judged(
    by: &str,
    code: &str,
    correlation_id: Option<String>,
    detail: Option<String>,
    retry_at: Option<DateTime<Utc>>,
) -> Problem {
    let entry = find(by);
    let message = say!(entry.map_or("service-refused", |entry| entry.1));
    let remedy = match entry.map_or(Nothing, |entry| entry.2) {
        Nothing => Remedy::None,
        SignIn => Remedy::SignIn,
        EditForm => Remedy::EditForm,
        Retry => Remedy::Retry { at: retry_at },
        Refresh => Remedy::Refresh,
        AskAdmin(text) => Remedy::AskAdmin { text: request_to_admin(say!(text), code, correlation_id.as_deref()) },
    };
    Problem {
        code: clean(code, 100),
        message,
        remedy,
        correlation_id: correlation_id.map(|id| clean(&id, 100)),
        detail: detail.map(|text| clean(&text, 2000)).filter(|text| !text.is_empty()),
    }
}

/// A problem with the policy rules that failed, in the order the service named them.
pub(crate) fn policy_problem(code: &str, rules: &[&str], correlation_id: Option<String>, detail: String) -> Problem {
    let mut told = problem(code, correlation_id, Some(detail), None);
    let known: Vec<&Entry> = rules.iter().filter_map(|rule| find(rule)).collect();
    if let Some(first) = known.first() {
        told.message = words::sentences(known.iter().map(|entry| say!(entry.1)));
        told.remedy = match first.2 {
            SignIn => Remedy::SignIn,
            Refresh => Remedy::Refresh,
            _ => Remedy::EditForm,
        };
    }
    told
}

/// Somebody else's text, made safe to show: no control characters, nothing that turns the writing direction around, no
/// more than `longest` characters.
pub(crate) fn clean(text: &str, longest: usize) -> String {
    let bidirectional =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
    let mut shown: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !bidirectional(*c))
        .take(longest + 1)
        .collect();
    if shown.chars().count() > longest {
        shown.pop();
        shown.push('…');
    }
    shown.trim().to_owned()
}

/// A text for an administrator, with what identifies the failure.
pub(crate) fn request_to_admin(text: String, code: &str, correlation_id: Option<&str>) -> String {
    let request = say!("admin-code", text = text, code = clean(code, 100));
    match correlation_id {
        Some(id) => say!("admin-correlation-id", text = request, id = clean(id, 100)),
        None => request,
    }
}

fn find(code: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.0.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests;
