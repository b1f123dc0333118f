//! What Graph and Azure write in the same way. Enumerations are compared without regard to case and kept as text where
//! unknown; `null` and absent are the same.

use chrono::{DateTime, Datelike, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::duration;
use crate::{
    codes,
    model::{
        Action, Activation, Administration, Extension, MemberType, PrincipalKind, RequestStatus, ReviewResult, Ticket,
    },
};

/// Longest name that is kept.
const LONGEST_NAME: usize = 256;

/// Longest reason or condition that is kept.
const LONGEST_TEXT: usize = 10_000;

/// Something with a name.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    pub display_name: Option<String>,
    /// Only people have one.
    pub user_principal_name: Option<String>,
    #[serde(rename = "@odata.type")]
    pub odata_type: Option<String>,
}

/// A name to show; `None` where there is none.
pub(super) fn name(text: Option<&str>) -> Option<String> {
    Some(codes::clean(text?, LONGEST_NAME)).filter(|name| !name.is_empty())
}

/// The name of something expanded.
pub(super) fn named(named: Option<&Named>) -> Option<String> {
    name(named?.display_name.as_deref())
}

/// Text as it came, but for emptiness and absurd length.
pub(super) fn text(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty() && text.len() <= LONGEST_TEXT)
}

pub(super) fn member_type(text: Option<String>) -> MemberType {
    let text = text.unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "direct" => MemberType::Direct,
        "group" => MemberType::Group,
        "inherited" => MemberType::Inherited,
        _ => MemberType::Other(text),
    }
}

/// Is it an activation? And the word itself, where it is neither that nor `Assigned`.
pub(super) fn assignment_type(text: Option<String>) -> (bool, Option<String>) {
    match text {
        Some(text) if text.eq_ignore_ascii_case("activated") => (true, None),
        Some(text) if text.eq_ignore_ascii_case("assigned") => (false, None),
        other => (false, other.filter(|text| !text.is_empty())),
    }
}

pub(super) fn action(text: Option<String>) -> Action {
    let text = text.unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "selfactivate" => Action::SelfActivate,
        "selfdeactivate" => Action::SelfDeactivate,
        "selfextend" => Action::SelfExtend,
        "selfrenew" => Action::SelfRenew,
        _ => Action::Other(text),
    }
}

/// The vocabulary is an open one on Graph; these are the names that Azure's interface enumerates and that were recorded.
pub(super) fn status(text: Option<String>) -> RequestStatus {
    let text = text.unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "provisioned" => RequestStatus::Provisioned,
        "granted" => RequestStatus::Granted,
        "pendingapproval" => RequestStatus::PendingApproval,
        "revoked" => RequestStatus::Revoked,
        "denied" | "admindenied" => RequestStatus::Denied,
        "canceled" | "cancelled" => RequestStatus::Canceled,
        "timedout" => RequestStatus::TimedOut,
        "failed" | "invalid" | "failedasresourceislocked" => RequestStatus::Failed(text),
        "accepted"
        | "pendingevaluation"
        | "pendingprovisioning"
        | "pendingapprovalprovisioning"
        | "pendingadmindecision"
        | "adminapproved"
        | "provisioningstarted"
        | "pendingschedulecreation"
        | "schedulecreated"
        | "pendingexternalprovisioning"
        | "pendingrevocation" => RequestStatus::InFlight(text),
        _ => RequestStatus::Other(text),
    }
}

pub(super) fn review_result(text: Option<String>) -> ReviewResult {
    let text = text.unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "" | "notreviewed" => ReviewResult::NotReviewed,
        "approve" => ReviewResult::Approve,
        "deny" => ReviewResult::Deny,
        _ => ReviewResult::Other(text),
    }
}

/// `requestSchedule`: from when, until when.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ScheduleInfo {
    #[serde(default, deserialize_with = "instant")]
    start_date_time: Option<DateTime<Utc>>,
    expiration: Option<Expiration>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expiration {
    #[serde(default, deserialize_with = "instant")]
    end_date_time: Option<DateTime<Utc>>,
    duration: Option<String>,
}

impl ScheduleInfo {
    /// Start and end; the end computed where only a length is told. `begun` where no start is told.
    pub(super) fn span(
        info: Option<Self>,
        begun: Option<DateTime<Utc>>,
    ) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let Some(Self { start_date_time, expiration }) = info else { return (None, None) };
        let start = start_date_time.or(begun);
        let end = expiration.and_then(|expiration| {
            let length = expiration.duration.as_deref().and_then(duration::parse);
            expiration.end_date_time.or_else(|| start?.checked_add_signed(length?))
        });
        (start_date_time, end)
    }
}

/// `ticketInfo`: an empty one is none.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TicketInfo {
    ticket_number: Option<String>,
    ticket_system: Option<String>,
}

impl TicketInfo {
    pub(super) fn ticket(info: Option<Self>) -> Option<Ticket> {
        let Self { ticket_number, ticket_system } = info?;
        let (number, system) = (text(ticket_number), text(ticket_system));
        (number.is_some() || system.is_some())
            .then(|| Ticket { number: number.unwrap_or_default(), system: system.unwrap_or_default() })
    }
}

/// `scheduleInfo` of an activation; the start always with its zone.
pub(super) fn activation_schedule(activation: &Activation, now: DateTime<Utc>, after_duration: &str) -> Value {
    json!({
        "startDateTime": stamp(activation.start.unwrap_or(now)),
        "expiration": { "type": after_duration, "duration": duration::format(activation.duration) },
    })
}

/// `scheduleInfo` of an extension.
pub(super) fn extension_schedule(extension: &Extension, now: DateTime<Utc>, after_date_time: &str) -> Value {
    json!({
        "startDateTime": stamp(extension.start.unwrap_or(now)),
        "expiration": { "type": after_date_time, "endDateTime": stamp(extension.end) },
    })
}

/// `scheduleInfo` of what an administrator gives; the two words for its end are the service's.
pub(super) fn administered_schedule(asked: &Administration, now: DateTime<Utc>, until: &str, for_ever: &str) -> Value {
    let expiration = match asked.end {
        Some(end) => json!({ "type": until, "endDateTime": stamp(end) }),
        None => json!({ "type": for_ever }),
    };
    json!({ "startDateTime": stamp(asked.start.unwrap_or(now)), "expiration": expiration })
}

/// What somebody is, in the services' words.
pub(super) fn principal_kind(word: &str) -> Option<PrincipalKind> {
    match word.to_ascii_lowercase().as_str() {
        "user" => Some(PrincipalKind::User),
        "group" => Some(PrincipalKind::Group),
        "serviceprincipal" => Some(PrincipalKind::ServicePrincipal),
        _ => None,
    }
}

pub(super) fn ticket_info(ticket: &Ticket) -> Value {
    json!({ "ticketNumber": ticket.number, "ticketSystem": ticket.system })
}

/// The action of an extension.
pub(super) fn extension_action(extension: &Extension) -> &'static str {
    if extension.renew { "selfRenew" } else { "selfExtend" }
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// An instant with 0 to 7 fractional digits, with `Z`, an offset, or (in some places) without; the year 1 means never.
/// Years have four digits: what is added to an instant must not overflow.
pub(super) fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    const LONG_AGO: TimeDelta = TimeDelta::days(366 * 100);
    const LAST_YEAR: i32 = 9999;
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let text = text.trim();
    let instant = match DateTime::parse_from_rfc3339(text) {
        Ok(instant) => instant.to_utc(),
        Err(_) => {
            text.parse::<NaiveDateTime>().map_err(|_| serde::de::Error::custom("a time that cannot be read"))?.and_utc()
        }
    };
    if instant.year() > LAST_YEAR {
        return Err(serde::de::Error::custom("a time out of range"));
    }
    Ok((instant > DateTime::UNIX_EPOCH - LONG_AGO).then_some(instant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Row {
        #[serde(deserialize_with = "instant")]
        at: Option<DateTime<Utc>>,
    }

    #[test]
    fn only_instants_that_can_be_reckoned_with_are_read() {
        let read = |text: &str| serde_json::from_value::<Row>(json!({ "at": text })).map(|row| row.at).ok();
        for (text, expected) in [
            ("2026-11-23T12:00:00.1234567Z", "2026-11-23T12:00:00.123456700Z"),
            ("2026-11-23T14:00:00+02:00", "2026-11-23T12:00:00Z"),
            ("2026-11-23T12:00:00", "2026-11-23T12:00:00Z"),
            ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999900Z"),
        ] {
            assert_eq!(read(text), Some(expected.parse().ok()), "{text}");
        }
        assert_eq!(read("0001-01-01T00:00:00Z"), Some(None), "never");
        for text in ["+262142-12-31T23:59:00", "+10000-01-01T00:00:00", "soon"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
