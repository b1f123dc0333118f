//! What an answer means: success, or one of the ways to fail that the state machine tells apart.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::challenge;
use crate::{
    auth::claims,
    codes::{self, Outcome},
    failure::Failure,
    net::{Answer, Broken, http_date},
    problem::Problem,
};

/// Beyond this a `Retry-After` is not believed.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(24);

/// Does the request change something? Then a lost answer may be a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Write,
}

impl Effect {
    /// There is no complete answer.
    pub(crate) fn broken(self, broken: &Broken) -> Failure {
        match (self, broken) {
            (Self::Write, Broken::Lost(_) | Broken::TooLarge) => Failure::lost(broken.problem()),
            (Self::Read, Broken::TooLarge) => Failure::Refused(broken.problem()),
            _ => Failure::NotSent { problem: broken.problem(), retry_at: None },
        }
    }

    /// The service may not have seen the request, or may have.
    pub(super) fn uncertain(self, problem: Problem, retry_at: Option<DateTime<Utc>>) -> Failure {
        match self {
            Self::Read => Failure::NotSent { problem, retry_at },
            Self::Write => Failure::Lost { problem, retry_at },
        }
    }
}

/// The body of a successful answer.
pub(crate) fn body<T: DeserializeOwned>(answer: &Answer, effect: Effect, now: DateTime<Utc>) -> Result<T, Failure> {
    check(answer, effect, now)?;
    parsed(&answer.body, effect)
}

/// A successful answer's JSON as the type expected.
pub(crate) fn parsed<T: DeserializeOwned>(body: &[u8], effect: Effect) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        // A body that ends too early was cut off; anything else is a shape we do not know. The text of the error could
        // quote the answer, its position cannot.
        let at = format!("{:?} error at line {} column {}", error.classify(), error.line(), error.column());
        let cut_off = error.is_eof();
        let problem = codes::ours(if cut_off { codes::ANSWER_LOST } else { codes::UNEXPECTED }, Some(at));
        match effect {
            Effect::Read if !cut_off => Failure::Refused(problem),
            effect => effect.uncertain(problem, None),
        }
    })
}

/// Fails unless the service itself answered with success.
pub(crate) fn check(answer: &Answer, effect: Effect, now: DateTime<Utc>) -> Result<(), Failure> {
    let status = answer.status;
    if status.is_success() && (is_json(&answer.headers) || has_nothing_to_say(answer)) {
        return Ok(());
    }
    let retry_at = retry_at(&answer.headers, now);
    let error = ServiceError::of(&answer.body, &answer.headers);
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Err(Failure::NotSent { problem: error.problem(codes::THROTTLED, retry_at), retry_at });
    }
    // Also with a time to come again at: a gateway whose back end took too long answers so, and the back end may have done it.
    if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
        return Err(effect.uncertain(error.problem(codes::UNAVAILABLE, retry_at), retry_at));
    }
    if !is_json(&answer.headers) {
        // A portal that wants a log-in redirects, or answers in the service's name; we cannot know what it let through.
        return Err(effect.uncertain(
            codes::ours(codes::NOT_JSON, Some(format!("HTTP {}, {}", status.as_u16(), content_type(&answer.headers)))),
            None,
        ));
    }
    Err(error.failure(status, &answer.headers, effect, retry_at))
}

/// No body, and none announced: Azure answers a cancellation so. One that was expected is missed by whoever reads it.
fn has_nothing_to_say(answer: &Answer) -> bool {
    answer.body.is_empty() && (answer.status == StatusCode::NO_CONTENT || !answer.headers.contains_key(CONTENT_TYPE))
}

/// Says why an answer is not the service's own: a pause, a fault, a web page. The sign-in service's refusals are JSON.
pub(crate) fn not_answering(answer: &Answer, now: DateTime<Utc>) -> Option<Failure> {
    let busy = answer.status == StatusCode::TOO_MANY_REQUESTS || answer.status.is_server_error();
    if busy || !is_json(&answer.headers) { check(answer, Effect::Read, now).err() } else { None }
}

/// When the service wants to hear from us again, in its own time: `Retry-After` in seconds or as a date.
fn retry_at(headers: &HeaderMap, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let at = match text.parse::<u32>() {
        Ok(seconds) => now.checked_add_signed(TimeDelta::seconds(i64::from(seconds)))?,
        Err(_) => http_date(text)?,
    };
    Some(at.clamp(now, now + LONGEST_PAUSE))
}

/// How long to wait for that moment.
pub(crate) fn pause(at: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (at - now).to_std().unwrap_or(Duration::ZERO)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = content_type(headers).to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("no content type")
}

/// `{"error": {"code", "message", "innerError"}}`, and what PIM nests in it.
#[derive(Default)]
struct ServiceError {
    code: String,
    message: String,
    correlation_id: Option<String>,
}

#[derive(Deserialize)]
struct Envelope {
    error: Inner,
}

#[derive(Deserialize)]
struct Inner {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default, rename = "innerError", alias = "innererror")]
    more: Option<Value>,
}

#[derive(Deserialize)]
struct Nested {
    #[serde(rename = "errorCode")]
    code: String,
    #[serde(default)]
    message: String,
}

impl ServiceError {
    fn of(body: &[u8], headers: &HeaderMap) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let from_headers =
            ["request-id", "x-ms-correlation-request-id", "x-ms-request-id"].into_iter().find_map(header);
        let Ok(Envelope { error }) = serde_json::from_slice(body) else {
            return Self { correlation_id: from_headers, ..Self::default() };
        };
        let inner_id = error.more.as_ref().and_then(|more| more["request-id"].as_str()).map(str::to_owned);
        let (mut code, mut message) = (error.code.unwrap_or_default(), error.message.unwrap_or_default());
        // PIM wraps some errors: the real code is in JSON inside the message.
        if let Ok(nested) = serde_json::from_str::<Nested>(&message) {
            (code, message) = (nested.code, nested.message);
        }
        Self { code, message, correlation_id: inner_id.or(from_headers) }
    }

    /// The service's code if the table knows it, else what the status says.
    fn problem(self, otherwise: &str, retry_at: Option<DateTime<Utc>>) -> Problem {
        let known = codes::known(&self.code) && codes::outcome(&self.code) == Outcome::NotSent;
        let code = if known { &self.code } else { otherwise };
        let detail = [self.code.as_str(), self.message.as_str()].into_iter().filter(|text| !text.is_empty());
        let detail = detail.collect::<Vec<_>>().join(": ");
        codes::problem(code, self.correlation_id, Some(detail), retry_at)
    }

    fn failure(
        self,
        status: StatusCode,
        headers: &HeaderMap,
        effect: Effect,
        retry_at: Option<DateTime<Utc>>,
    ) -> Failure {
        let Self { code, message, correlation_id } = self;
        if status == StatusCode::UNAUTHORIZED {
            let code = if code.is_empty() { "InvalidAuthenticationToken".into() } else { code };
            let problem = codes::problem(&code, correlation_id, Some(message), None);
            return match challenge::in_headers(headers) {
                Some(claims) => Failure::StepUp { claims, problem },
                None => Failure::SignedOut(problem),
            };
        }
        if code.eq_ignore_ascii_case("RoleAssignmentRequestPolicyValidationFailed") {
            let rules = rules(&message);
            let problem = codes::policy_problem(&code, &rules, correlation_id, message.clone());
            // Multifactor authentication helps only if nothing else stands in the way; with several rules the person
            // first has to correct the form.
            return match rules[..] {
                [rule] if codes::outcome(rule) == Outcome::StepUp => {
                    Failure::StepUp { claims: claims::multifactor(), problem }
                }
                _ => Failure::Refused(problem),
            };
        }
        let code = match (code.is_empty(), status) {
            (false, _) => code,
            (true, StatusCode::NOT_FOUND) => "ResourceNotFound".into(),
            (true, StatusCode::FORBIDDEN) => "Authorization_RequestDenied".into(),
            (true, status) => format!("HTTP {}", status.as_u16()),
        };
        let outcome = codes::outcome(&code);
        // The message of this one is nothing but the claims.
        let claims_inside = if outcome == Outcome::StepUp { challenge::in_message(&message) } else { None };
        let detail = if claims_inside.is_some() { None } else { Some(message) };
        let problem = codes::problem(&code, correlation_id, detail, retry_at);
        match outcome {
            // Only a 401 says that a session is over.
            Outcome::Refused | Outcome::SignedOut => Failure::Refused(problem),
            Outcome::Exists => Failure::Exists(problem),
            Outcome::DoesNotExist => Failure::DoesNotExist(problem),
            Outcome::TooShort => Failure::TooShort(problem),
            Outcome::Pending => Failure::Pending(problem),
            // Whatever the status, a fault or a time-out of theirs does not say how far they had got.
            Outcome::NotSent => effect.uncertain(problem, retry_at),
            Outcome::StepUp => match claims_inside.or_else(|| challenge::in_headers(headers)) {
                Some(claims) => Failure::StepUp { claims, problem },
                None if code.eq_ignore_ascii_case("RequestDisallowedByAzure") => {
                    Failure::StepUp { claims: claims::multifactor(), problem }
                }
                None => Failure::Refused(problem),
            },
        }
    }
}

/// Names of policy rules in a message, in order, each once. There are two wordings (`["ExpirationRule"]` and
/// `ExpirationRule - The duration …`) and no documented separator, so the names are taken by their pattern.
fn rules(message: &str) -> Vec<&str> {
    let mut rules = Vec::new();
    for word in message.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        if word.len() > "Rule".len() && word.ends_with("Rule") && !rules.contains(&word) {
            rules.push(word);
        }
    }
    rules
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
