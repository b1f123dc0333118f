//! Activations of others, as the audit history tells them: which of them are watched, and what to call them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    codes,
    history::fold,
    model::{AuditOutcome, AuditRecord, Target},
};

/// Longest name.
const NAME: usize = 100;

/// Longest reason.
const REASON: usize = 500;

/// Roles that are watched where nobody chose others: those that Microsoft calls privileged and that change something
/// ("Privileged roles and permissions in Microsoft Entra ID"), and of Azure those that give roles ("Azure built-in roles").
const MOST_PRIVILEGED: [(&str, &str); 16] = [
    ("62e90394-69f5-4237-9190-012177145e10", "Global Administrator"),
    ("e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"),
    ("7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator"),
    ("c4e39bd9-1100-46d3-8c65-fb160da0071f", "Authentication Administrator"),
    ("194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator"),
    ("b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator"),
    ("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator"),
    ("158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator"),
    ("8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2", "Hybrid Identity Administrator"),
    ("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator"),
    ("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator"),
    ("966707d0-3269-4727-9be2-8c3a10f19b9d", "Password Administrator"),
    ("3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator"),
    ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"),
    ("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"),
    ("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"),
];

/// Names of details that hold the id of a role's definition.
const ROLE_IDS: [&str; 2] = ["RoleDefinitionOriginId", "TemplateId"];

/// Somebody has activated something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Activation {
    /// The record's id.
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What to call whoever did it.
    pub person: String,
    /// Their object id.
    pub person_id: Option<String>,
    /// Their user name.
    pub username: Option<String>,
    /// The role.
    pub role: String,
    /// Where.
    pub scope: Option<String>,
    /// Until when.
    pub end: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
    /// The ticket's number.
    pub ticket: Option<String>,
}

impl Activation {
    /// What a record tells of one; `None` for whatever else it tells. Names of activities are the service's, and no list of
    /// them is whole: what counts is what they have in common.
    pub fn of(record: &AuditRecord) -> Option<Self> {
        let activity = record.activity.to_ascii_lowercase();
        let done = record.result == AuditOutcome::Success && activity.contains("completed");
        if !done || !activity.contains("(pim activation)") {
            return None;
        }
        let short =
            |text: Option<&str>, most: usize| text.map(|text| codes::clean(text, most)).filter(|text| !text.is_empty());
        // Where somebody's request was approved the approver may stand there; whom it concerns is who has the role now.
        let subject = record.subject.as_ref();
        let named = subject.and_then(Target::named).or_else(|| record.by.named());
        Some(Self {
            id: record.id.clone(),
            at: record.at,
            person: short(named, NAME).unwrap_or_else(|| say!("somebody-unknown")),
            person_id: subject.and_then(|subject| subject.id.clone()).or_else(|| record.by.id.clone()),
            username: short(
                subject.and_then(|subject| subject.username.as_deref()).or(record.by.username.as_deref()),
                NAME,
            ),
            role: short(record.role.as_ref().and_then(Target::named), NAME).unwrap_or_else(|| say!("unnamed-role")),
            scope: short(record.scope.as_ref().filter(|scope| !scope.is_directory()).and_then(Target::named), NAME),
            end: record.end,
            reason: short(record.reason.as_deref(), REASON),
            ticket: short(record.ticket.as_deref(), NAME),
        })
    }

    /// The role with its scope.
    pub fn title(&self) -> String {
        match &self.scope {
            Some(scope) => format!("{} ({scope})", self.role),
            None => self.role.clone(),
        }
    }
}

/// Is a record's role among those that are watched? `roles` are names or ids; none: the most privileged ones.
pub fn is_watched(record: &AuditRecord, roles: &[String]) -> bool {
    let details =
        record.details.iter().filter(|(name, _)| ROLE_IDS.iter().any(|known| name.eq_ignore_ascii_case(known)));
    let ids = record.role.iter().filter_map(|role| role.id.as_deref()).chain(details.map(|(_, value)| value.as_str()));
    let ids: Vec<&str> = ids.map(|id| id.rsplit('/').next().unwrap_or(id)).collect();
    // Of a membership the role is called `Member`, and the group is where.
    let group = record.scope.as_ref().filter(|scope| scope.kind.as_deref() == Some("Group"));
    let named = [record.role.as_ref(), group].into_iter().flatten();
    let names: Vec<String> = named.filter_map(|target| target.name.as_deref()).map(fold).collect();
    let is = |wanted: &str| {
        ids.iter().any(|id| id.eq_ignore_ascii_case(wanted)) || names.iter().any(|name| *name == fold(wanted))
    };
    if roles.is_empty() {
        return MOST_PRIVILEGED.iter().any(|(id, name)| is(id) || is(name));
    }
    roles.iter().map(|role| role.trim()).any(is)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::Actor;

    pub fn record(id: &str, role: &str, at: &str) -> AuditRecord {
        AuditRecord {
            id: id.into(),
            at: at.parse().unwrap(),
            activity: "Add member to role completed (PIM activation)".into(),
            result: AuditOutcome::Success,
            reason: Some("Mail is stuck".into()),
            by: Actor { id: Some("maya".into()), name: Some("Maya Lindqvist".into()), ..Actor::default() },
            role: Some(Target { id: Some("r".into()), name: Some(role.into()), ..Target::default() }),
            subject: None,
            scope: None,
            start: None,
            end: "2026-11-23T17:30:00Z".parse().ok(),
            ticket: Some("INC-7".into()),
            ticket_system: None,
            category: None,
            service: None,
            operation: None,
            correlation_id: None,
            details: Vec::new(),
        }
    }

    const NOON: &str = "2026-11-23T12:00:00Z";

    #[test]
    fn only_what_became_an_activation_is_one() {
        let owner = record("a", "Owner", NOON);
        let told = Activation::of(&owner).unwrap();
        assert_eq!((told.person.as_str(), told.role.as_str()), ("Maya Lindqvist", "Owner"));
        for activity in [
            "Add member to role requested (PIM activation)",
            "Add member to role canceled (PIM activation)",
            "Add eligible member to role in PIM completed (timebound)",
            "Remove member from role (PIM activation expired)",
            "PIM activation request expired",
        ] {
            assert_eq!(Activation::of(&AuditRecord { activity: activity.into(), ..owner.clone() }), None, "{activity}");
        }
        let group = "Add member to group completed (PIM activation)";
        assert!(Activation::of(&AuditRecord { activity: group.into(), ..owner.clone() }).is_some());
        assert_eq!(Activation::of(&AuditRecord { result: AuditOutcome::Failure, ..owner }), None);
    }

    #[test]
    fn whom_it_concerns_has_the_role_whoever_wrote_the_record() {
        let subject = Some(Target { id: Some("omar".into()), name: Some("Omar\u{202e}".into()), ..Target::default() });
        let told = Activation::of(&AuditRecord { subject, ..record("a", "Owner", NOON) }).unwrap();
        assert_eq!((told.person.as_str(), told.person_id.as_deref()), ("Omar", Some("omar")));
    }

    #[test]
    fn the_whole_directory_is_not_worth_a_word() {
        let at = |kind: &str| {
            let place = Target { name: Some("Contoso".into()), kind: Some(kind.into()), ..Target::default() };
            Activation::of(&AuditRecord { scope: Some(place), ..record("a", "Owner", NOON) }).unwrap().title()
        };
        assert_eq!((at("Directory").as_str(), at("Resource").as_str()), ("Owner", "Owner (Contoso)"));
    }

    #[test]
    fn the_most_privileged_roles_are_watched_where_nobody_chose_others() {
        let none: Vec<String> = Vec::new();
        assert!(is_watched(&record("a", "global administrator", NOON), &none));
        assert!(!is_watched(&record("a", "Reports Reader", NOON), &none));
        // A name that somebody translated: the id counts, wherever it stands.
        let id = "62E90394-69f5-4237-9190-012177145e10";
        let named = |role: Option<&str>, details: Vec<(String, String)>| {
            let mut record = record("a", "Globaler Administrator", NOON);
            if let Some(target) = &mut record.role {
                target.id = role.map(str::to_owned);
            }
            AuditRecord { details, ..record }
        };
        assert!(is_watched(&named(Some(id), Vec::new()), &none));
        assert!(is_watched(&named(None, vec![("templateId".into(), id.into())]), &none));
        assert!(!is_watched(&named(None, vec![("Other".into(), id.into())]), &none));
        let chosen = vec![" reports reader ".into()];
        assert!(is_watched(&record("a", "Reports Reader", NOON), &chosen));
        assert!(!is_watched(&record("a", "Global Administrator", NOON), &chosen));
        let place = Target { name: Some("Payroll Readers".into()), kind: Some("Group".into()), ..Target::default() };
        let member = AuditRecord { scope: Some(place), ..record("a", "Member", NOON) };
        assert!(!is_watched(&member, &none) && is_watched(&member, &["payroll readers".into()]));
    }
}
