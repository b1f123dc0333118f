//! The tenant's audit log: `auditLogs/directoryAudits` ("List directoryAudits"), as far as Privileged Identity Management
//! writes it, newest first, a page at a time.

use std::collections::HashSet;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::Value;
use url::{Url, form_urlencoded::byte_serialize};

use super::{Client, Sources, wire};
use crate::{
    cloud::{self, Resource},
    codes,
    failure::Failure,
    model::{Actor, AuditOutcome, AuditRecord, Target},
};

/// A log has no more pages: that is ten million records.
const MOST_PAGES: usize = 10_000;

/// How often a page is waited for whose service asks for a pause, in a row.
const MOST_PAUSES: usize = 20;

/// A longer pause is for the person to decide about.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);

/// Characters of a name or a value that are kept.
const LONGEST: usize = 10_000;

/// The documented ones of the time, and PIM's own records among all.
const LOGGED_BY: &str = "loggedByService eq 'PIM'";

/// A page of the log.
#[derive(Debug, Default, PartialEq)]
pub struct Page {
    /// What could be read, newest first.
    pub records: Vec<AuditRecord>,
    /// Records that this version cannot read.
    pub unreadable: u64,
}

/// The log's pages, one after the other. A page that fails can be asked for again.
#[derive(Debug)]
pub struct Pages {
    client: Client,
    next: Option<Url>,
    seen: HashSet<Url>,
}

impl Sources {
    /// PIM's records of the tenant between two moments, both included, newest first. Nothing is sent yet.
    ///
    /// `first` is how many are wanted at first: then the first page need not be a full one.
    pub fn audit(&self, from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>, first: Option<usize>) -> Pages {
        let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut filter = LOGGED_BY.to_owned();
        if let Some(from) = from {
            filter = format!("{filter} and activityDateTime ge {}", moment(from));
        }
        if let Some(to) = to {
            // What lies within that second is looked at here.
            let to = if to.timestamp_subsec_nanos() == 0 { to } else { to + TimeDelta::seconds(1) };
            filter = format!("{filter} and activityDateTime le {}", moment(to));
        }
        let filter: String = byte_serialize(filter.as_bytes()).collect();
        let top = first.filter(|first| *first < 1000).map(|first| format!("&$top={}", first.max(1)));
        let path = format!(
            "/v1.0/auditLogs/directoryAudits?$filter={filter}&$orderby=activityDateTime%20desc{}",
            top.unwrap_or_default()
        );
        let client = self.client.on_errand(cloud::AUDIT_LOG);
        let first = client.url(Resource::Graph, &path);
        Pages { client, next: Some(first), seen: HashSet::new() }
    }
}

impl Pages {
    /// Is there another page, as far as is known?
    pub fn is_unfinished(&self) -> bool {
        self.next.is_some()
    }

    /// The next page; `None` after the last one. Where the service asks for a pause, it is waited for, and `told` hears until
    /// when.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. The same page comes next.
    pub async fn next(&mut self, mut told: impl FnMut(DateTime<Utc>)) -> Result<Option<Page>, Failure> {
        let mut pauses = 0;
        loop {
            let failure = match self.next_at_once().await {
                Ok(page) => return Ok(page),
                Err(failure) => failure,
            };
            let Some(until) = self.pause(&failure).filter(|_| pauses < MOST_PAUSES) else { return Err(failure) };
            pauses += 1;
            told(until);
            self.client.net.clock().sleep_until(until).await;
        }
    }

    /// The same without a wait: a pause that the service asks for is a failure ([`Pages::pause`]).
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. The same page comes next.
    pub async fn next_at_once(&mut self) -> Result<Option<Page>, Failure> {
        let Some(url) = self.next.clone() else { return Ok(None) };
        if self.seen.len() >= MOST_PAGES || self.seen.contains(&url) {
            return Err(Failure::Refused(codes::ours(codes::ENDLESS_PAGES, None)));
        }
        let (rows, next) = self.client.page(Resource::Graph, url.clone()).await?;
        self.seen.insert(url);
        self.next = next;
        let mut page = Page::default();
        for row in rows {
            match serde_json::from_str::<Row>(row.get()).ok().and_then(Row::record) {
                Some(record) => page.records.push(record),
                None => page.unreadable += 1,
            }
        }
        Ok(Some(page))
    }

    /// Until when the service wants a pause that is short enough to be waited for.
    pub fn pause(&self, failure: &Failure) -> Option<DateTime<Utc>> {
        failure.retry_at().filter(|at| *at - self.client.net.clock().now() <= LONGEST_PAUSE)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    #[serde(deserialize_with = "wire::instant")]
    activity_date_time: Option<DateTime<Utc>>,
    activity_display_name: Option<String>,
    result: Option<String>,
    result_reason: Option<String>,
    category: Option<String>,
    correlation_id: Option<String>,
    logged_by_service: Option<String>,
    operation_type: Option<String>,
    initiated_by: Option<Initiated>,
    // One published example has it in the singular.
    #[serde(alias = "targetResource")]
    target_resources: Option<Vec<Resourced>>,
    additional_details: Option<Vec<Detail>>,
}

#[derive(Deserialize)]
struct Initiated {
    user: Option<User>,
    app: Option<App>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: Option<String>,
    display_name: Option<String>,
    #[serde(rename = "userPrincipalName")]
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct App {
    #[serde(rename = "appId")]
    id: Option<String>,
    display_name: Option<String>,
    service_principal_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resourced {
    id: Option<String>,
    display_name: Option<String>,
    // Examples write it with a capital.
    #[serde(rename = "type", alias = "Type")]
    kind: Option<String>,
    user_principal_name: Option<String>,
    modified_properties: Option<Vec<Modified>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Modified {
    display_name: Option<String>,
    old_value: Option<String>,
    new_value: Option<String>,
}

#[derive(Deserialize)]
struct Detail {
    key: Option<String>,
    value: Option<Value>,
}

impl Row {
    /// `None` for one without a time, which would have no place in the log.
    fn record(self) -> Option<AuditRecord> {
        let by = self.initiated_by.map(Initiated::actor).unwrap_or_default();
        let mut details = Vec::new();
        let mut targets = Vec::new();
        for target in self.target_resources.unwrap_or_default() {
            for change in target.modified_properties.iter().flatten() {
                let from = change.old_value.as_deref().unwrap_or_default();
                let to = change.new_value.as_deref().unwrap_or_default();
                let name = change.display_name.clone().unwrap_or_default();
                details.push((short(name), short(if from.is_empty() { to.into() } else { format!("{from} → {to}") })));
            }
            targets.push(target.target());
        }
        for Detail { key, value } in self.additional_details.unwrap_or_default() {
            let value = match value {
                None | Some(Value::Null) => continue,
                Some(Value::String(text)) => text,
                Some(other) => other.to_string(),
            };
            details.push((short(key.unwrap_or_default()), short(value)));
        }
        let (role, subject, scope) = places(targets);
        let detail = |key: &str| {
            let found = details.iter().find(|(name, value)| name.eq_ignore_ascii_case(key) && !value.is_empty());
            found.map(|(_, value)| value.clone())
        };
        let moment = |key: &str| detail(key)?.parse().ok();
        Some(AuditRecord {
            id: short(self.id),
            at: self.activity_date_time?,
            activity: short(self.activity_display_name.unwrap_or_default()),
            result: AuditOutcome::from_word(&short(self.result.unwrap_or_default())),
            reason: self.result_reason.map(short).filter(|text| !text.is_empty()).or_else(|| detail("Justification")),
            by,
            role,
            subject,
            scope,
            start: moment("StartTime"),
            end: moment("ExpirationTime"),
            ticket: detail("TicketNumber"),
            ticket_system: detail("TicketSystem"),
            category: self.category.map(short),
            service: self.logged_by_service.map(short),
            operation: self.operation_type.map(short),
            correlation_id: self.correlation_id.map(short),
            details,
        })
    }
}

impl Initiated {
    fn actor(self) -> Actor {
        match (self.user, self.app) {
            (Some(user), _) => Actor {
                id: user.id.map(short),
                name: user.display_name.map(short),
                username: user.name.map(short),
                app: false,
            },
            (None, Some(app)) => Actor {
                id: app.id.or(app.service_principal_id).map(short),
                name: app.display_name.map(short),
                username: None,
                app: true,
            },
            (None, None) => Actor::default(),
        }
    }
}

impl Resourced {
    fn target(self) -> Target {
        Target {
            id: self.id.map(short),
            name: self.display_name.map(short),
            kind: self.kind.map(short),
            username: self.user_principal_name.map(short),
        }
    }
}

/// Which of them is the role, whom it concerns, and where. PIM writes the role first, then the request, then the subject; what
/// follows is the place.
fn places(targets: Vec<Target>) -> (Option<Target>, Option<Target>, Option<Target>) {
    let is = |target: &Target, kinds: &[&str]| {
        let kind = target.kind.as_deref().unwrap_or_default();
        kinds.iter().any(|known| known.eq_ignore_ascii_case(kind))
    };
    let (mut role, mut subject, mut scope) = (None, None, None);
    for target in targets {
        if role.is_none() && is(&target, &["Role", "RoleDefinition"]) {
            role = Some(target);
        } else if is(&target, &["Request"]) {
            // Its id is the correlation id.
        } else if subject.is_none() && is(&target, &["User", "Group", "ServicePrincipal"]) {
            subject = Some(target);
        } else if scope.is_none() {
            scope = Some(target);
        }
    }
    (role, subject, scope)
}

/// A published record as it is read here.
#[cfg(test)]
pub(super) fn example(entity: &Value) -> serde_json::Result<Value> {
    use serde::de::Error;

    let row: Row = serde_json::from_value(entity.clone())?;
    serde_json::to_value(row.record().ok_or_else(|| serde_json::Error::custom("has no time"))?)
}

/// Text as it came, but for absurd length.
fn short(text: String) -> String {
    if text.len() <= LONGEST { text } else { text.chars().take(LONGEST).collect() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(row: Value) -> Option<AuditRecord> {
        serde_json::from_value::<Row>(row).ok().and_then(Row::record)
    }

    /// Published with "Get directoryAudit" and "List directoryAudits".
    #[test]
    fn the_published_examples_are_read_misprints_and_all() {
        for name in ["targetResource", "targetResources"] {
            let record = read(json!({
                "id": "id", "category": "UserManagement", "correlationId": "da159bfb-54fa-4092-8a38-6e1fa7870e30",
                "result": "success", "resultReason": "Successfully added member to group",
                "activityDisplayName": "Add member to group", "activityDateTime": "2018-01-09T21:20:02.7215374Z",
                "loggedByService": "Core Directory",
                "initiatedBy": {
                    "user": { "id": "728309ae-1a37-4937-9afe-e35d964db09b", "displayName": "Audry Oliver",
                              "userPrincipalName": "bob@wingtiptoysonline.com", "ipAddress": "127.0.0.1" },
                    "app": null },
                name: [
                    { "id": "ef7e527d", "displayName": "Example.com", "Type": "Group", "groupType": "unifiedGroups",
                      "modifiedProperties": [
                          { "displayName": "Action Client Name", "oldValue": null, "newValue": "DirectorySync" }] },
                    { "id": "1f0e98f5", "displayName": null, "Type": "User", "modifiedProperties": [],
                      "userPrincipalName": "example@contoso.com" }],
                "additionalDetails": [{ "key": "Additional Detail Name", "value": "Additional Detail Value" }],
            }));
            let record = record.expect(name);
            assert_eq!(record.at.to_rfc3339_opts(SecondsFormat::AutoSi, true), "2018-01-09T21:20:02.721537400Z");
            assert_eq!(record.by.username.as_deref(), Some("bob@wingtiptoysonline.com"));
            assert_eq!(record.subject.and_then(|target| target.name).as_deref(), Some("Example.com"));
            assert_eq!(record.details[0], ("Action Client Name".into(), "DirectorySync".into()));
            assert_eq!(record.details[1].1, "Additional Detail Value");
        }
    }

    #[test]
    fn what_pim_writes_is_told_by_its_places() {
        let record = read(json!({
            "id": "PIM_1", "activityDateTime": "2026-11-23T12:00:00Z", "result": "timeout", "resultReason": "",
            "activityDisplayName": "Add member to role requested (PIM activation)",
            "initiatedBy": { "user": null, "app": { "appId": null, "displayName": "MS-PIM", "servicePrincipalId": "sp" } },
            "targetResources": [
                { "id": "r", "displayName": "Owner", "type": "Role" }, { "id": "q", "type": "Request" },
                { "id": "g", "displayName": "Field", "type": "Group" }, { "id": "s", "displayName": "Payroll", "type": "Group" }],
            "additionalDetails": [
                { "key": "Justification", "value": "INC" }, { "key": "ExpirationTime", "value": "2026-11-23T13:00:00Z" },
                { "key": "TicketNumber", "value": "7" }, { "key": "Odd", "value": { "a": 1 } }, { "key": "None", "value": null }],
        }));
        let record = record.expect("read");
        let name = |target: &Option<Target>| target.as_ref().and_then(|target| target.name.clone()).unwrap_or_default();
        assert_eq!((name(&record.role), name(&record.subject)), ("Owner".into(), "Field".into()));
        assert_eq!(name(&record.scope), "Payroll");
        assert_eq!((record.reason.as_deref(), record.ticket.as_deref()), (Some("INC"), Some("7")));
        assert_eq!(record.end, "2026-11-23T13:00:00Z".parse().ok());
        assert!(record.by.app && record.by.id.as_deref() == Some("sp") && record.result == AuditOutcome::Timeout);
        assert_eq!(record.details.last(), Some(&("Odd".into(), "{\"a\":1}".into())));
    }

    #[test]
    fn what_has_no_time_has_no_place() {
        for row in [json!({ "id": "x" }), json!({ "id": "x", "activityDateTime": null }), json!({ "id": 4 }), json!([])]
        {
            assert_eq!(read(row), None);
        }
    }
}
