//! One table of everything a service may refuse us with, and of our own troubles: what it means in one sentence, what
//! helps, and what the state machine must do about it.
//!
//! Sources: Graph and Azure PIM error codes ("privileged-role-common-errors" and recorded answers), Azure Resource Manager's
//! general ones ("Troubleshoot common Azure deployment errors"), AADSTS codes ("Microsoft Entra authentication and
//! authorization error codes").

use chrono::{DateTime, Utc};

use crate::problem::{Problem, Remedy};

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
    /// With the request to hand on.
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

struct Entry(&'static str, &'static str, Help, Outcome);

use Help::{AskAdmin, EditForm, Nothing, Refresh, Retry, SignIn};
use Outcome::{DoesNotExist, Exists, NotSent, Pending, Refused, SignedOut, StepUp, TooShort};

const CONSENT: &str = "Please grant admin consent for Pimento's permissions (activate and read directory role and group assignments, read their policies).";
const LICENCE: &str = "Privileged Identity Management needs Microsoft Entra ID P2 or Entra ID Governance.";
const DEVICE: &str = "A Conditional Access policy keeps me from signing in to Pimento on this device.";
const VERSION: &str = "Pimento asks one of Microsoft's services for something that it does not offer here. Please look whether there is a newer version of Pimento, and whether the cloud in its settings is the right one.";
const REGISTRATION: &str = "Please check the app registration that Pimento uses: public client, redirect URI http://localhost under \"Mobile and desktop applications\".";

/// The table. Codes of the services first, then policy rules, then sign-in, then our own.
#[rustfmt::skip]
const TABLE: &[Entry] = &[
    Entry("RoleAssignmentExists", "This role is active already.", Refresh, Exists),
    Entry("RoleAssignmentDoesNotExist", "This role is not active (any more).", Refresh, DoesNotExist),
    Entry("ActiveDurationTooShort", "A role must be active for five minutes before it can be ended.", Retry, TooShort),
    Entry("PendingRoleAssignmentRequest", "Another request for this role is still waiting.", Refresh, Pending),
    Entry("OverlapsPendingRoleAssignmentRequests", "The time asked for overlaps another request for this role.", Refresh, Pending),
    Entry("RoleAssignmentRequestAcrsValidationFailed", "This role wants a stronger sign-in (an authentication context).", SignIn, StepUp),
    Entry("RoleAssignmentRequestPolicyValidationFailed", "The role's policy does not allow this activation.", EditForm, Refused),
    Entry("InvalidRoleAssignmentRequest", "The service calls the request invalid.", EditForm, Refused),
    Entry("InvalidRoleAssignmentRequestSchedule", "The service calls the requested time invalid.", EditForm, Refused),
    Entry("CannotDeleteLastAdminAssignment", "The last owner or administrator cannot give this up: somebody else must hold it first.", AskAdmin("I want to give up a role of which I am the last holder. Please assign somebody else first."), Refused),
    Entry("AadPremiumLicenseRequired", "This tenant has no licence for Privileged Identity Management.", AskAdmin(LICENCE), Refused),
    Entry("PermissionScopeNotGranted", "Nobody has consented to the permissions that Pimento needs.", AskAdmin(CONSENT), Refused),
    Entry("InsufficientPermissions", "Your account may not do this.", AskAdmin("My account lacks the permission for this."), Refused),
    Entry("AuthorizationFailed", "Your account may not do this at this scope.", AskAdmin("My account lacks the permission for this."), Refused),
    Entry("Authorization_RequestDenied", "Your account may not do this.", AskAdmin("My account lacks the permission for this."), Refused),
    Entry("SubjectNotFound", "The service does not know this account (yet).", Retry, Refused),
    Entry("RoleNotFound", "The service does not know this role any more.", Refresh, Refused),
    Entry("RoleDefinitionDoesNotExist", "The definition of this role is gone.", Refresh, Refused),
    Entry("RoleEligibilityScheduleRequestNotFound", "You are not eligible for this role (any more).", Refresh, Refused),
    Entry("RoleAssignmentScheduleRequestNotFound", "The service does not know this request (any more).", Refresh, Refused),
    Entry("InvalidPolicy", "The role's policy is broken.", AskAdmin("The PIM policy of this role is invalid."), Refused),
    Entry("InvalidAuthenticationToken", "The service does not accept the sign-in any more.", SignIn, SignedOut),
    Entry("Request_ResourceNotFound", "The service does not find it any more.", Refresh, Refused),
    Entry("ResourceNotFound", "The service does not find it any more.", Refresh, Refused),
    Entry("ResourceGroupNotFound", "The resource group is gone.", Refresh, Refused),
    Entry("SubscriptionNotFound", "The subscription is gone, or belongs to another tenant.", Refresh, Refused),
    Entry("ManagementGroupNotFound", "The management group is gone.", Refresh, Refused),
    Entry("NotFound", "The service does not find it any more.", Refresh, Refused),
    Entry("Request_BadRequest", "The service does not understand the request.", Refresh, Refused),
    Entry("BadRequest", "The service does not understand the request.", Refresh, Refused),
    Entry("Request_UnsupportedQuery", "The service does not understand the request.", Refresh, Refused),
    Entry("ExpiredAuthenticationToken", "The sign-in to Azure has expired.", SignIn, SignedOut),
    Entry("AuthenticationFailed", "Azure does not accept the sign-in.", SignIn, SignedOut),
    Entry("InvalidAuthenticationTokenTenant", "The subscription belongs to another tenant than the one signed in to.", SignIn, SignedOut),
    Entry("LinkedAuthorizationFailed", "Your account lacks access to something that this depends on.", AskAdmin("My account lacks the permission for this."), Refused),
    Entry("ScopeLocked", "A lock on the resource forbids this.", AskAdmin("A lock on the resource keeps me from activating my role. Please remove it."), Refused),
    Entry("ReadOnlyDisabledSubscription", "The subscription is disabled.", AskAdmin("The subscription is disabled."), Refused),
    Entry("SubscriptionRequestsThrottled", "Azure asks for a pause.", Retry, NotSent),
    Entry("ServerTimeout", "The service took too long.", Retry, NotSent),
    Entry("InternalServerError", "The service has a fault at the moment.", Retry, NotSent),
    Entry("RequestDisallowedByAzure", "Azure wants multifactor authentication for this.", SignIn, StepUp),
    Entry("TooManyRequests", "The service asks for a pause.", Retry, NotSent),
    Entry("activityLimitReached", "The service asks for a pause.", Retry, NotSent),
    Entry("serviceNotAvailable", "The service is not available at the moment.", Retry, NotSent),
    Entry("InvalidSkipToken", "The service has lost its place in a list: it has to be read from the beginning.", Retry, NotSent),
    Entry("FailedDependency", "Another request of the same batch failed, and this one was not carried out.", Retry, Refused),
    Entry("RequestConflict", "Somebody has decided on this request already.", Refresh, Refused),
    Entry("InvalidFilter", "The service does not understand how its list was asked for.", AskAdmin(VERSION), Refused),
    Entry("InvalidRequestContent", "Azure does not understand the request.", EditForm, Refused),
    Entry("InvalidRoleAssignmentScheduleRequestId", "Azure does not take the name of the request.", Retry, Refused),
    Entry("InvalidResourceType", "This Azure does not know the kind of resource that was asked for.", AskAdmin(VERSION), Refused),
    Entry("MissingApiVersionParameter", "Azure misses the version of its interface in the request.", AskAdmin(VERSION), Refused),
    Entry("InvalidApiVersionParameter", "This Azure does not speak the version of its interface that was asked for.", AskAdmin(VERSION), Refused),
    Entry("HttpMethodNotSupported", "The service does not offer this.", AskAdmin(VERSION), Refused),
    Entry("InvalidTopQueryString", "The service does not give pages of the size that was asked for.", AskAdmin(VERSION), Refused),
    Entry("RoleAssignmentNotFound", "Azure does not find the role assignment any more.", Refresh, Refused),
    Entry("Authentication_MSGraphPermissionMissing", "Nobody has consented to the permission that this takes.", AskAdmin(CONSENT), Refused),
    Entry("Authentication_RequestFromUnsupportedUserRole", "None of your active roles allows you to read this.", AskAdmin("My account lacks a role that may read this."), Refused),
    Entry("InvalidAuthenticationTokenAudience", "The sign-in is for another service than the one that was asked.", SignIn, SignedOut),

    Entry("JustificationRule", "A reason is required.", EditForm, Refused),
    Entry("TicketingRule", "A ticket number is required.", EditForm, Refused),
    Entry("MfaRule", "This role wants multifactor authentication.", SignIn, StepUp),
    Entry("ExpirationRule", "The role's policy does not allow this duration.", EditForm, Refused),
    Entry("EligibilityRule", "You are not eligible for this role (any more).", Refresh, Refused),

    Entry("AADSTS50011", "The app registration does not know Pimento's redirect address.", AskAdmin(REGISTRATION), Refused),
    Entry("AADSTS50020", "This account is not known in that tenant.", SignIn, Refused),
    Entry("AADSTS50034", "This account is not known in that tenant.", SignIn, Refused),
    Entry("AADSTS50055", "The password has expired.", SignIn, SignedOut),
    Entry("AADSTS50057", "The account is disabled.", AskAdmin("My account is disabled."), SignedOut),
    Entry("AADSTS50058", "The session is over. Sign in again.", SignIn, SignedOut),
    Entry("AADSTS50059", "The tenant could not be told from the account.", SignIn, Refused),
    Entry("AADSTS50072", "Multifactor authentication must be set up first.", SignIn, StepUp),
    Entry("AADSTS50074", "Multifactor authentication is needed.", SignIn, StepUp),
    Entry("AADSTS50076", "Multifactor authentication is needed.", SignIn, StepUp),
    Entry("AADSTS50078", "The multifactor authentication is too old.", SignIn, StepUp),
    Entry("AADSTS50079", "Multifactor authentication must be set up first.", SignIn, StepUp),
    Entry("AADSTS50105", "Your account is not assigned to this application.", AskAdmin("Please assign my account to the application that Pimento uses."), Refused),
    Entry("AADSTS50126", "User name or password is wrong.", SignIn, Refused),
    Entry("AADSTS50158", "Your organisation wants another proof of who you are.", SignIn, StepUp),
    Entry("AADSTS50173", "The sign-in was revoked, perhaps after a password change. Sign in again.", SignIn, SignedOut),
    Entry("AADSTS500133", "The sign-in has expired. Sign in again.", SignIn, SignedOut),
    Entry("AADSTS53000", "Your organisation only allows compliant devices.", AskAdmin(DEVICE), Refused),
    Entry("AADSTS53001", "Your organisation only allows joined devices.", AskAdmin(DEVICE), Refused),
    Entry("AADSTS53003", "A Conditional Access policy blocks the sign-in.", AskAdmin(DEVICE), Refused),
    Entry("AADSTS65001", "Nobody has consented to the permissions that Pimento needs.", AskAdmin(CONSENT), Refused),
    Entry("AADSTS65002", "This application may not ask for PIM permissions.", AskAdmin(REGISTRATION), Refused),
    Entry("AADSTS65004", "The consent was declined.", SignIn, Refused),
    Entry("AADSTS70000", "The sign-in is not valid any more. Sign in again.", SignIn, SignedOut),
    Entry("AADSTS70008", "The sign-in has expired. Sign in again.", SignIn, SignedOut),
    Entry("AADSTS70018", "The code is not valid any more. Start again.", SignIn, Refused),
    Entry("AADSTS70019", "The code has expired. Start again.", SignIn, Refused),
    Entry("AADSTS70020", "The code has expired. Start again.", SignIn, Refused),
    Entry("AADSTS70043", "Your organisation wants a fresh sign-in. Sign in again.", SignIn, SignedOut),
    Entry("AADSTS700016", "The tenant does not know the application. Cloud and client id may not match.", AskAdmin(REGISTRATION), Refused),
    Entry("AADSTS700082", "The sign-in was not used for too long. Sign in again.", SignIn, SignedOut),
    Entry("AADSTS700084", "The sign-in has expired. Sign in again.", SignIn, SignedOut),
    Entry("AADSTS7000218", "The app registration is no public client.", AskAdmin(REGISTRATION), Refused),
    Entry("AADSTS90094", "An administrator has to consent to the permissions that Pimento needs.", AskAdmin(CONSENT), Refused),
    Entry("AADSTS90002", "There is no such tenant in this cloud.", Nothing, Refused),
    Entry("AADSTS90072", "This account is not known in that tenant.", SignIn, Refused),

    Entry("access_denied", "The sign-in was cancelled.", SignIn, Refused),
    Entry("authorization_declined", "The sign-in was declined.", SignIn, Refused),
    Entry("expired_token", "The code has expired. Start again.", SignIn, Refused),
    Entry("bad_verification_code", "The code is not valid. Start again.", SignIn, Refused),
    Entry("consent_required", "Nobody has consented to the permissions that Pimento needs.", AskAdmin(CONSENT), Refused),
    Entry("interaction_required", "Your organisation wants to see you sign in again.", SignIn, StepUp),
    Entry("login_required", "The session is over. Sign in again.", SignIn, SignedOut),
    Entry("invalid_grant", "The sign-in is not valid any more. Sign in again.", SignIn, SignedOut),
    Entry("temporarily_unavailable", "The sign-in service asks for a pause.", Retry, NotSent),
    Entry("server_error", "The sign-in service has a fault.", Retry, NotSent),

    Entry(NETWORK, "The network is away, or the service cannot be reached.", Retry, NotSent),
    Entry(ANSWER_LOST, "The service's answer was lost on the way.", Retry, NotSent),
    Entry(NO_ANSWER, "The service did not answer in time.", Retry, NotSent),
    Entry(AZURE_LATE, "Azure has not told everything yet: the list is completed by itself.", Nothing, NotSent),
    Entry(GRANTS_UNREADABLE, "Your account may not read which roles the group has been given.", Nothing, Refused),
    Entry(NOT_CONSENTED, "Pimento has not asked for the permissions that this kind of role needs.", Nothing, Refused),
    Entry(TOO_LARGE, "The service's answer is far too large and was not read.", Retry, Refused),
    Entry(NOT_JSON, "Something between this computer and Microsoft answered with a web page. A network that wants a log-in does this.", Retry, NotSent),
    Entry(UNEXPECTED, "The service answered in a way this version does not understand.", Retry, Refused),
    Entry(FOREIGN_LINK, "The service pointed to another server. Pimento did not follow.", Nothing, Refused),
    Entry(ENDLESS_PAGES, "The service's list does not end.", Retry, Refused),
    Entry(THROTTLED, "The service asks for a pause.", Retry, NotSent),
    Entry(UNAVAILABLE, "The service has a fault at the moment.", Retry, NotSent),
    Entry(CA_FILE, "The extra root certificate could not be used.", Nothing, Refused),
    Entry(CLIENT_ID, "The application (client) id is not a GUID.", Nothing, Refused),
    Entry(BROWSER, "No browser could be opened. Sign in with a device code instead.", SignIn, Refused),
    Entry(LISTENER, "Pimento could not prepare to receive the browser's answer.", Retry, Refused),
    Entry(SIGN_IN_TIMEOUT, "Nobody signed in within five minutes.", SignIn, Refused),
    Entry(SIGN_IN_CANCELLED, "The sign-in was cancelled.", SignIn, Refused),
    Entry(ID_TOKEN, "The sign-in's answer did not prove who it is from. It was not used.", SignIn, Refused),
    Entry(OTHER_ACCOUNT, "Another account signed in. Use the one that Pimento is signed in with.", SignIn, Refused),
    Entry(KEYRING, "The system's keyring is not available: Pimento forgets the sign-in when it is quit.", Nothing, Refused),
    Entry(KEYRING_CORRUPT, "What the system's keyring holds for Pimento is damaged. Sign in again.", SignIn, Refused),
    Entry(KEYRING_TAKEN, "This account was signed out, or in anew, by another program of yours: Pimento forgets this sign-in when it is quit.", Nothing, Refused),
    Entry(RESOURCE_REFUSED, "The sign-in service does not give access to this service; a policy of your organisation may forbid it.", AskAdmin("The sign-in service refuses me access to one of the services that Pimento uses. Please look it up in my sign-in log."), Refused),
    Entry(APPROVAL_DECIDED, "Somebody has decided on this request already.", Refresh, Refused),
    Entry(APPROVAL_LAPSED, "Nobody decided on this request within 24 hours: it has lapsed, and may be made again.", Refresh, Refused),
    Entry(APPROVAL_GONE, "This request does not wait any more: it was withdrawn, or has lapsed.", Refresh, Refused),
    Entry(APPROVAL_NOT_MINE, "You are not among those who may decide on this request.", Refresh, Refused),
    Entry(APPROVAL_OWN, "This is your own request: somebody else has to decide on it.", Nothing, Refused),
    Entry(APPROVAL_ELSEWHERE, "Extensions and renewals can only be decided in the portal.", Nothing, Refused),
    Entry(NO_POLICY, "The service tells of no policy for this role there: a group has one once it is managed with PIM.", Nothing, Refused),
    Entry(APPROVAL_UNCERTAIN, "The service's answer was lost, and so far it knows of no decision.", Retry, NotSent),
    Entry(REVIEW_OVER, "This access review is over: nobody decides in it any more.", Refresh, Refused),
    Entry(REVIEW_REASON, "This access review wants a reason for every approval.", EditForm, Refused),
    Entry(REVIEW_GONE, "The access review, or this person in it, is not there any more.", Refresh, Refused),
    Entry(REVIEW_NOT_MINE, "You are not among the reviewers of this access review.", Refresh, Refused),
    Entry(REVIEW_UNCERTAIN, "The service's answer was lost, and so far it knows of no decision of yours.", Retry, NotSent),
    Entry(SCAN_FAILED, "The service could not look for alerts.", Retry, Refused),
    Entry(SIGNED_OUT, "Nobody is signed in.", SignIn, SignedOut),
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
    let message = entry.map_or("The service refused the request.", |entry| entry.1);
    let remedy = match entry.map_or(Nothing, |entry| entry.2) {
        Nothing => Remedy::None,
        SignIn => Remedy::SignIn,
        EditForm => Remedy::EditForm,
        Retry => Remedy::Retry { at: retry_at },
        Refresh => Remedy::Refresh,
        AskAdmin(text) => Remedy::AskAdmin { text: request_to_admin(text, code, correlation_id.as_deref()) },
    };
    Problem {
        code: clean(code, 100),
        message: message.into(),
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
        told.message = known.iter().map(|entry| entry.1).collect::<Vec<_>>().join(" ");
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

fn request_to_admin(text: &str, code: &str, correlation_id: Option<&str>) -> String {
    let mut request = format!("{text}\nCode: {}", clean(code, 100));
    if let Some(id) = correlation_id {
        request.push_str("\nCorrelation id: ");
        request.push_str(&clean(id, 100));
    }
    request
}

fn find(code: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.0.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests;
