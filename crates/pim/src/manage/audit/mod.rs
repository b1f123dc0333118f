//! The audit history: what was done to whose roles. What may be asked about it, and the file that it is downloaded to.

mod csv;
mod export;
mod folder;
mod format;
mod own;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use crate::api::audit::{Page, Pages};
pub use export::{Begun, Export, Failed, Manifest, Unfinished, beside};
pub use folder::{begin_in, unfinished};
pub use format::Format;
pub use own::own;

use crate::{
    history::fold,
    model::{Actor, AuditRecord, Target},
};

/// What is asked of the history. What is left out is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Query {
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Not after.
    pub to: Option<DateTime<Utc>>,
    /// Who did it, or whom it concerns: an id, or a part of a name or user name.
    pub person: Option<String>,
    /// Which role: an id, or a part of its name.
    pub role: Option<String>,
    /// A part of the activity's name.
    pub action: Option<String>,
    /// What came of it, in the service's word.
    pub result: Option<String>,
    /// All of these stand somewhere.
    pub words: Vec<String>,
    /// One's own requests, which every account may read, instead of the tenant's log.
    pub mine: bool,
}

/// A query, ready to be held against many records.
#[derive(Debug)]
pub struct Matcher {
    query: Query,
    words: Vec<String>,
}

impl Query {
    /// The same, folded once for all records.
    pub fn matcher(&self) -> Matcher {
        let folded =
            |text: &Option<String>| text.as_deref().map(|text| fold(text.trim())).filter(|text| !text.is_empty());
        let query = Self {
            person: folded(&self.person),
            role: folded(&self.role),
            action: folded(&self.action),
            result: folded(&self.result),
            ..self.clone()
        };
        let words = self.words.iter().flat_map(|word| word.split_whitespace().map(fold).collect::<Vec<_>>()).collect();
        Matcher { query, words }
    }

    /// Does it take every record of its time?
    pub fn takes_all(&self) -> bool {
        let Self { person, role, action, result, words, .. } = self;
        [person, role, action, result].into_iter().all(Option::is_none) && words.is_empty()
    }
}

impl Matcher {
    /// Is this asked for?
    pub fn matches(&self, record: &AuditRecord) -> bool {
        let query = &self.query;
        if query.from.is_some_and(|from| record.at < from) || query.to.is_some_and(|to| record.at > to) {
            return false;
        }
        let is_person = |wanted: &String| {
            actor(&record.by).chain(record.subject.iter().flat_map(target)).any(|text| fold(text).contains(wanted))
        };
        let is_role = |wanted: &String| record.role.iter().flat_map(target).any(|text| fold(text).contains(wanted));
        query.person.as_ref().is_none_or(is_person)
            && query.role.as_ref().is_none_or(is_role)
            && query.action.as_ref().is_none_or(|wanted| fold(&record.activity).contains(wanted))
            && query.result.as_ref().is_none_or(|wanted| fold(record.result.word()) == *wanted)
            && self.has_words(record)
    }

    fn has_words(&self, record: &AuditRecord) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut all = String::new();
        let targets = [&record.role, &record.subject, &record.scope].into_iter().flatten().flat_map(target);
        let others = [&record.reason, &record.ticket, &record.ticket_system, &record.category, &record.correlation_id];
        let texts = [record.activity.as_str(), record.result.word(), record.id.as_str()].into_iter();
        let details = record.details.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
        for text in
            texts.chain(actor(&record.by)).chain(targets).chain(others.into_iter().flatten().map(String::as_str))
        {
            all.push_str(text);
            all.push(' ');
        }
        details.for_each(|text| {
            all.push_str(text);
            all.push(' ');
        });
        all.push_str(&record.at.format("%Y-%m-%d").to_string());
        let all = fold(&all);
        self.words.iter().all(|word| all.contains(word))
    }
}

fn actor(actor: &Actor) -> impl Iterator<Item = &str> {
    [&actor.id, &actor.name, &actor.username].into_iter().flatten().map(String::as_str)
}

fn target(target: &Target) -> impl Iterator<Item = &str> {
    [&target.id, &target.name, &target.username].into_iter().flatten().map(String::as_str)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::AuditOutcome;

    pub fn record(id: &str, at: &str) -> AuditRecord {
        AuditRecord {
            id: id.into(),
            at: at.parse().unwrap(),
            activity: "Add member to role completed (PIM activation)".into(),
            result: AuditOutcome::Success,
            reason: Some("Scanners are offline".into()),
            by: Actor { id: Some("6bad".into()), name: Some("Inês Carvalho".into()), ..Actor::default() },
            role: Some(Target {
                id: Some("7298".into()),
                name: Some("Helpdesk Administrator".into()),
                ..Target::default()
            }),
            subject: Some(Target { username: Some("tomasz@contoso.example".into()), ..Target::default() }),
            scope: None,
            start: None,
            end: None,
            ticket: Some("INC-7".into()),
            ticket_system: None,
            category: Some("RoleManagement".into()),
            service: Some("PIM".into()),
            operation: None,
            correlation_id: None,
            details: vec![("RoleDefinitionOriginType".into(), "BuiltInRole".into())],
        }
    }

    #[test]
    fn a_record_is_found_by_what_it_says() {
        let record = record("one", "2026-11-23T12:00:00.5Z");
        let at = |text: &str| Some(text.parse().unwrap());
        let some = |text: &str| Some(text.to_owned());
        let words = |text: &str| vec![text.to_owned()];
        let yes = [
            Query::default(),
            Query { from: at("2026-11-23T12:00:00Z"), to: at("2026-11-23T12:00:00.5Z"), ..Query::default() },
            Query { person: some(" ines "), ..Query::default() },
            Query { person: some("TOMASZ"), role: some("helpdesk"), result: some("Success"), ..Query::default() },
            Query { action: some("completed (pim"), ..Query::default() },
            Query { words: words("offline inc-7 builtinrole 2026-11-23"), ..Query::default() },
        ];
        let no = [
            Query { from: at("2026-11-23T12:00:01Z"), ..Query::default() },
            Query { to: at("2026-11-23T12:00:00Z"), ..Query::default() },
            Query { person: some("omar"), ..Query::default() },
            Query { result: some("fail"), ..Query::default() },
            Query { words: words("offline denied"), ..Query::default() },
        ];
        assert!(yes.iter().all(|query| query.matcher().matches(&record)));
        assert!(!no.iter().any(|query| query.matcher().matches(&record)));
        assert!(yes[1].takes_all() && !yes[2].takes_all());
    }
}
