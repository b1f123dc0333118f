use proptest::prelude::*;
use reqwest::header::{HeaderName, HeaderValue};
use serde_json::json;

use super::*;
use crate::{failure::Claims, problem::Remedy};

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().expect("a time")
}

#[allow(clippy::needless_pass_by_value, reason = "JSON and text alike, written in place")]
fn answer(status: u16, headers: &[(&str, &str)], body: impl ToString) -> Answer {
    let mut all = HeaderMap::new();
    all.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    for (name, value) in headers {
        let name: HeaderName = name.parse().expect("a name");
        all.insert(name, HeaderValue::from_str(value).expect("a value"));
    }
    Answer {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: all,
        body: body.to_string().into_bytes(),
    }
}

fn refusal(status: u16, code: &str, message: &str) -> Answer {
    answer(status, &[], json!({"error": {"code": code, "message": message}}))
}

fn write(answer: &Answer) -> Failure {
    check(answer, Effect::Write, now()).expect_err("a refusal")
}

#[test]
fn what_the_state_machine_tells_apart_is_told_apart() {
    let cases = [
        ("RoleAssignmentExists", "Exists"),
        ("RoleAssignmentDoesNotExist", "DoesNotExist"),
        ("ActiveDurationTooShort", "TooShort"),
        ("PendingRoleAssignmentRequest", "Pending"),
        ("OverlapsPendingRoleAssignmentRequests", "Pending"),
        ("InvalidRoleAssignmentRequest", "Refused"),
        ("CannotDeleteLastAdminAssignment", "Refused"),
        ("AadPremiumLicenseRequired", "Refused"),
        ("NobodyKnowsThis", "Refused"),
        ("", "Refused"),
    ];
    for (code, kind) in cases {
        let failure = write(&refusal(400, code, "The service's words."));
        assert!(format!("{failure:?}").starts_with(kind), "{code}: {failure:?}");
        assert_eq!(failure.problem().detail.as_deref(), Some("The service's words."), "{code}");
    }
}

#[test]
fn policy_rules_are_read_in_both_wordings() {
    let code = "RoleAssignmentRequestPolicyValidationFailed";
    let told = |message: &str| write(&refusal(400, code, message));
    for message in [
        r#"The following policy rules failed: ["JustificationRule"]"#,
        "The following policy rules failed: JustificationRule - Justification is required",
    ] {
        let Failure::Refused(problem) = told(message) else { panic!("{message}") };
        assert_eq!(problem.message, "A reason is required.");
        assert_eq!(problem.remedy, Remedy::EditForm);
        assert_eq!(problem.code, code);
    }
    let both = told(r#"The following policy rules failed: ["EligibilityRule","ExpirationRule"]"#);
    assert_eq!(both.problem().message.matches('.').count(), 2);
    assert_eq!(both.problem().remedy, Remedy::Refresh);
    let Failure::StepUp { claims, .. } =
        told("The following policy rules failed: MfaRule - Multi-factor authentication is required")
    else {
        panic!("a stronger sign-in helps")
    };
    assert_eq!(claims, claims::multifactor());
    assert!(matches!(told(r#"["MfaRule","JustificationRule"]"#), Failure::Refused(_)), "the form comes first");
    let unknown = told("The following policy rules failed: BrandNewRule - Something");
    assert!(unknown.problem().detail.as_deref().is_some_and(|detail| detail.contains("BrandNewRule")));
    assert!(matches!(told(""), Failure::Refused(_)));
}

#[test]
fn an_authentication_context_is_a_step_up() {
    let message = "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D";
    let failure = write(&refusal(400, "RoleAssignmentRequestAcrsValidationFailed", message));
    let Failure::StepUp { claims: Claims(claims), problem } = failure else { panic!("{failure:?}") };
    assert!(claims.contains("\"c1\""));
    assert_eq!(problem.detail, None, "the claims are nothing to read");
    let without = write(&refusal(400, "RoleAssignmentRequestAcrsValidationFailed", "none"));
    assert!(matches!(without, Failure::Refused(_)), "no claims, no browser");
}

#[test]
fn a_401_is_a_challenge_or_the_end_of_a_token() {
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnt9fQ";
    let header = format!("Bearer error=\"insufficient_claims\", claims=\"{claims}\"");
    let challenged =
        answer(401, &[("www-authenticate", &header)], json!({"error": {"code": "InvalidAuthenticationToken"}}));
    assert!(matches!(write(&challenged), Failure::StepUp { .. }));
    assert!(matches!(write(&refusal(401, "InvalidAuthenticationToken", "expired")), Failure::SignedOut(_)));
    assert!(matches!(write(&answer(401, &[], "{}")), Failure::SignedOut(_)));
    // Whatever a proxy's 401 says, it is not about our token.
    let proxy = answer(401, &[("content-type", "text/html")], "<html>");
    assert!(matches!(check(&proxy, Effect::Read, now()), Err(Failure::NotSent { .. })));
    // Only the status 401 speaks about the sign-in.
    assert!(matches!(write(&refusal(403, "InvalidAuthenticationToken", "")), Failure::Refused(_)));
}

#[test]
fn what_pim_nests_is_unwrapped() {
    let nested = r#"{"errorCode":"PermissionScopeNotGranted","message":"Authorization failed due to missing permission scope X,Y.","instanceAnnotations":[]}"#;
    let failure = write(&refusal(403, "UnknownError", nested));
    assert_eq!(failure.problem().code, "PermissionScopeNotGranted");
    let Remedy::AskAdmin { text } = &failure.problem().remedy else { panic!("{failure:?}") };
    assert!(text.contains("consent"));
}

#[test]
fn pauses_are_read_in_seconds_and_as_a_date() {
    let at =
        |status: u16, value: &str| match check(&answer(status, &[("retry-after", value)], "{}"), Effect::Read, now()) {
            Err(Failure::NotSent { retry_at, .. }) => retry_at,
            other => panic!("{status} {value}: {other:?}"),
        };
    for status in [429, 503] {
        assert_eq!(at(status, "7"), Some(now() + TimeDelta::seconds(7)));
        assert_eq!(at(status, "0"), Some(now()));
        assert_eq!(at(status, "Mon, 23 Nov 2026 12:00:30 GMT"), Some(now() + TimeDelta::seconds(30)));
        assert_eq!(at(status, "Mon, 23 Nov 2020 12:00:30 GMT"), Some(now()), "long past");
        assert_eq!(at(status, "99999999"), Some(now() + TimeDelta::hours(24)), "absurd");
    }
    assert_eq!(at(429, "soon"), None);
    assert_eq!(at(429, "-1"), None);
}

#[test]
fn a_fault_of_the_service_leaves_a_write_uncertain_and_a_read_not() {
    for status in [408, 500, 502, 503, 504] {
        let fault = answer(status, &[], "{}");
        assert!(matches!(check(&fault, Effect::Write, now()), Err(Failure::Lost { .. })), "{status}");
        assert!(matches!(check(&fault, Effect::Read, now()), Err(Failure::NotSent { .. })), "{status}");
    }
    // A gateway that gave up on its back end says when to come again; the back end may have done it.
    let pause = answer(503, &[("retry-after", "7")], "{}");
    let failure = check(&pause, Effect::Write, now()).expect_err("a fault");
    assert!(matches!(failure, Failure::Lost { .. }), "{failure:?}");
    assert_eq!(failure.retry_at(), Some(now() + TimeDelta::seconds(7)));
    let throttled = answer(429, &[("retry-after", "7")], "{}");
    assert!(matches!(check(&throttled, Effect::Write, now()), Err(Failure::NotSent { retry_at: Some(_), .. })));
    for code in ["InternalServerError", "ServerTimeout"] {
        let fault = refusal(400, code, "The operation timed out.");
        assert!(matches!(check(&fault, Effect::Write, now()), Err(Failure::Lost { .. })), "{code}");
        let mut later = fault.clone();
        later.headers.insert("retry-after", HeaderValue::from_static("7"));
        let failure = check(&later, Effect::Write, now()).expect_err("a fault");
        assert_eq!(failure.retry_at(), Some(now() + TimeDelta::seconds(7)), "{code}");
        assert!(matches!(check(&fault, Effect::Read, now()), Err(Failure::NotSent { .. })), "{code}");
    }
    let html = answer(200, &[("content-type", "text/html")], "<html>");
    assert!(matches!(check(&html, Effect::Write, now()), Err(Failure::Lost { .. })));
    assert!(matches!(parsed::<Value>(b"{\"a\":", Effect::Write), Err(Failure::Lost { .. })));
    assert!(matches!(parsed::<Value>(b"{\"a\":", Effect::Read), Err(Failure::NotSent { .. })));
    assert!(matches!(parsed::<Value>(b"nonsense", Effect::Write), Err(Failure::Lost { .. })));
    assert!(matches!(parsed::<Value>(b"nonsense", Effect::Read), Err(Failure::Refused(_))));
}

#[test]
fn correlation_ids_come_from_the_body_or_the_headers() {
    let body = json!({"error": {"code": "X", "message": "m", "innerError": {"request-id": "inside", "date": "2026-09-09T14:01:18"}}});
    assert_eq!(
        write(&answer(400, &[("request-id", "outside")], body)).problem().correlation_id.as_deref(),
        Some("inside")
    );
    let lower = json!({"error": {"code": "X", "message": "m", "innererror": {"request-id": "inside"}}});
    assert_eq!(write(&answer(400, &[], lower)).problem().correlation_id.as_deref(), Some("inside"));
    let bare = json!({"error": {"code": "X", "message": "m"}});
    assert_eq!(
        write(&answer(400, &[("request-id", "outside")], bare)).problem().correlation_id.as_deref(),
        Some("outside")
    );
}

#[test]
fn an_answer_without_a_body_is_a_success_where_it_says_so() {
    let mut nothing = answer(204, &[], "");
    nothing.headers.clear();
    assert!(check(&nothing, Effect::Write, now()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    /// Whatever comes back: it means something, and only a 401 or a 400 of the service's can end a session.
    #[test]
    fn no_answer_makes_it_panic_or_ends_a_session_that_the_service_did_not_end(
        status in 100..1000_u16,
        retry in "\\PC{0,30}|[0-9]{1,20}|Sun, 06 Nov 1994 08:49:37 GMT",
        kind in "application/json|text/html|\\PC{0,20}",
        challenge in "(Bearer|PoP|\\PC{0,8})( [a-z_]{0,12}=\"?[^\"]{0,40}\"?,?){0,4}",
        code in "\\PC{0,30}|InvalidAuthenticationToken|RoleAssignmentExists|AADSTS[0-9]{1,7}",
        message in "\\PC{0,80}|&claims=\\PC{0,40}|\\{\\PC{0,40}",
        noise in prop::collection::vec(any::<u8>(), 0..300),
        shaped in any::<bool>(),
    ) {
        let mut headers = HeaderMap::new();
        for (name, value) in [("retry-after", &retry), ("content-type", &kind), ("www-authenticate", &challenge), ("request-id", &code)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        let body = if shaped { json!({ "error": { "code": code, "message": message, "innerError": { "code": message } } }).to_string().into_bytes() } else { noise };
        let Ok(status) = StatusCode::from_u16(status) else { return Ok(()) };
        let answer = Answer { status, headers, body };
        for effect in [Effect::Read, Effect::Write] {
            let checked = check(&answer, effect, now());
            if let Err(Failure::SignedOut(problem)) = &checked {
                prop_assert!(matches!(status.as_u16(), 400 | 401 | 403), "{} ended the session: {:?}", status, problem);
            }
            if let Err(Failure::NotSent { retry_at: Some(at), .. }) = &checked {
                let _ = pause(*at, now());
            }
            let _ = not_answering(&answer, now());
            let _ = super::body::<serde_json::Value>(&answer, effect, now());
        }
    }
}
