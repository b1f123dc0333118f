//! Security alerts.

use super::{Counter, LONGEST, picked, shown};
use crate::{
    cloud::{ALERTING, ALERTS, Resource},
    codes,
    manage::{
        Office,
        alerts::{self, Look, Watched},
    },
    model::{Actor, Alert, Incident, Kind, Severity},
    problem::Problem,
    view::{AlertRow, AlertSeverity, Answered, FindingRow, Outcome, Told},
};

/// More findings of one alert are counted, not told.
const MOST_FINDINGS: usize = 300;

impl Counter {
    pub(super) async fn alerts(&mut self, office: &Office, allow: bool) -> Told {
        if allow {
            // Whoever says no is told what is missing, and gets the rest.
            let _ = office.permit(ALERTS).await;
        }
        let mut sources = Vec::new();
        self.alerts.clear();
        for watched in office.alerts(&[Kind::DirectoryRole, Kind::AzureResource], None, ALERTS).await {
            let Watched { service, found, missing } = watched;
            let kind = if service == Resource::Graph { Kind::DirectoryRole } else { Kind::AzureResource };
            let refused = found.as_ref().err().cloned();
            let partial = missing.into_iter().next().map(|(_, problem)| problem);
            let on_graph = refused.as_ref().filter(|_| service == Resource::Graph);
            let consent = office.lacking_errand(ALERTS, on_graph);
            let allowable = consent.is_some();
            sources.push(Answered { kind, refused, partial, consent, allowable });
            self.alerts.extend(found.unwrap_or_default());
        }
        alerts::sort(&mut self.alerts);
        Told::Alerts { sources, rows: self.alerts.iter().map(AlertRow::of).collect() }
    }

    pub(super) async fn dismiss(&self, office: &Office, ids: &[String]) -> Result<Told, Problem> {
        let chosen = picked(&self.alerts, ids, |alert| alert.id.clone())?;
        if chosen.iter().any(|alert| alert.scope.is_none()) {
            office.permit(ALERTING).await?;
        }
        let outcomes = chosen.iter().zip(office.dismiss(&chosen).await).map(|(alert, said)| Outcome {
            about: alert.title(),
            looked_up: said.as_ref().is_ok_and(|looked_up| *looked_up),
            pending: false,
            problem: said.err().map(|failure| failure.problem().clone()),
        });
        Ok(Told::Outcomes { outcomes: outcomes.collect() })
    }

    pub(super) async fn look_again(&self, office: &Office, id: Option<&str>) -> Result<Told, Problem> {
        let look = match id {
            Some(id) => {
                let alert = picked(&self.alerts, &[id.to_owned()], |alert| alert.id.clone())?.remove(0);
                Look::One(Box::new(alert))
            }
            None => Look::Directory,
        };
        let (about, directory) = match &look {
            Look::One(alert) => (alert.title(), alert.scope.is_none()),
            Look::Directory | Look::Scope(_) => (say!("the-directory"), true),
        };
        if directory {
            office.permit(ALERTING).await?;
        }
        let said = office.look_again(&look, true).await;
        Ok(Told::Outcomes {
            outcomes: vec![Outcome {
                about,
                looked_up: false,
                pending: matches!(said, Ok(false)),
                problem: said.err().map(|failure| failure.problem().clone()),
            }],
        })
    }
}

impl AlertRow {
    fn of(alert: &Alert) -> Self {
        let text = |text: &Option<String>| text.as_deref().and_then(shown);
        Self {
            id: alert.id.clone(),
            kind: if alert.scope.is_none() { Kind::DirectoryRole } else { Kind::AzureResource },
            name: codes::clean(&alert.name, LONGEST),
            scope: text(&alert.scope),
            severity: match alert.severity {
                Severity::High => AlertSeverity::High,
                Severity::Medium => AlertSeverity::Medium,
                Severity::Low => AlertSeverity::Low,
                Severity::Informational => AlertSeverity::Informational,
                Severity::Other(_) => AlertSeverity::Unknown,
            },
            active: alert.active,
            off: alert.enabled == Some(false),
            description: text(&alert.description),
            impact: text(&alert.impact),
            mitigation: text(&alert.mitigation),
            prevention: text(&alert.prevention),
            scanned: alert.scanned,
            count: alert.count,
            findings: alert.incidents.iter().take(MOST_FINDINGS).map(FindingRow::of).collect(),
        }
    }
}

impl FindingRow {
    fn of(incident: &Incident) -> Self {
        let detail = |(name, value): &(String, String)| (codes::clean(name, LONGEST), codes::clean(value, LONGEST));
        Self {
            person: incident.person.as_ref().and_then(Actor::named).and_then(shown),
            role: incident.role.as_deref().and_then(shown),
            details: incident.details.iter().map(detail).collect(),
        }
    }
}
