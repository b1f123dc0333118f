//! PIM's security alerts: what was found in the directory and at the scopes of Azure that the caller sees, dismissing it, and
//! having the service look again.

use crate::{
    cloud::{ALERTING, ALERTS, Resource},
    codes,
    failure::Failure,
    manage::Office,
    model::{Actor, Alert, Incident, Kind},
    problem::Problem,
};

/// Longest name in a sentence.
const LONGEST: usize = 100;

/// What a service answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// Microsoft Graph tells of the directory, Azure of its scopes.
    pub service: Resource,
    /// The alerts, the worst first; or why they are not known.
    pub found: Result<Vec<Alert>, Problem>,
    /// Scopes of Azure that did not answer, and why. Those that may not be read are not among them.
    pub missing: Vec<(String, Problem)>,
}

/// What is to be looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// All of the directory's.
    Directory,
    /// All at a scope of Azure.
    Scope(String),
    /// One alert.
    One(Box<Alert>),
}

impl Office {
    /// The alerts of the directory and of Azure, as far as `kinds` has them (groups have none), at `scopes` of Azure, or at all
    /// that the caller sees. One that does not answer hides no other. `permission` is the one of Microsoft Graph that is used
    /// ([`ALERTS`] is the least).
    pub async fn alerts(&self, kinds: &[Kind], scopes: Option<Vec<String>>, permission: &'static str) -> Vec<Watched> {
        let of = |kind| kinds.contains(&kind).then_some(());
        let (directory, azure) = tokio::join!(
            self.directory_alerts(of(Kind::DirectoryRole), permission),
            self.azure_alerts(of(Kind::AzureResource), scopes),
        );
        [directory, azure].into_iter().flatten().collect()
    }

    async fn directory_alerts(&self, wanted: Option<()>, permission: &'static str) -> Option<Watched> {
        wanted?;
        let found = self.sources().directory_alerts(permission).await;
        let found = found.map(sorted).map_err(|failure| self.told_alert(permission, failure.problem().clone()));
        Some(Watched { service: Resource::Graph, found, missing: Vec::new() })
    }

    async fn azure_alerts(&self, wanted: Option<()>, scopes: Option<Vec<String>>) -> Option<Watched> {
        wanted?;
        let service = Resource::Arm;
        let read = async {
            self.permitted(Kind::AzureResource)?;
            let scopes = match scopes {
                Some(scopes) => scopes,
                None => self.sources().azure.alert_scopes().await?.into_iter().map(|scope| scope.id).collect(),
            };
            Ok::<_, Failure>(self.sources().azure.alerts(scopes).await)
        };
        let answered = match read.await {
            Ok(answered) => answered,
            Err(failure) => {
                let found = Err(failure.problem().clone());
                return Some(Watched { service, found, missing: Vec::new() });
            }
        };
        let mut refused = None;
        let mut missing = Vec::new();
        for each in answered.missing {
            let problem = each.failure.problem().clone();
            if may_not(&problem) {
                refused.get_or_insert(problem);
            } else {
                missing.push((each.scope.unwrap_or_default(), problem));
            }
        }
        // Where nothing at all may be read, that is the answer.
        let found = match refused {
            Some(problem) if answered.asked.is_empty() && missing.is_empty() => Err(problem),
            _ => Ok(sorted(answered.found)),
        };
        Some(Watched { service, found, missing })
    }

    /// Dismisses alerts, one after the other: they are shown again when something new is found. One outcome for each, in order:
    /// whether a lost answer had to be looked up, or why it was not done.
    pub async fn dismiss(&self, alerts: &[Alert]) -> Vec<Result<bool, Failure>> {
        let mut outcomes = Vec::new();
        for alert in alerts {
            outcomes.push(self.dismiss_one(alert).await);
        }
        outcomes
    }

    async fn dismiss_one(&self, alert: &Alert) -> Result<bool, Failure> {
        let mut sent = self.sources().dismiss(alert, None).await;
        if alert.scope.is_some()
            && let Err(failure) = &sent
            && let Some(stronger) = self.step_up(Resource::Arm, failure).await
        {
            sent = match stronger {
                Ok(token) => self.sources().dismiss(alert, Some(&token)).await,
                Err(problem) => Err(Failure::Refused(problem)),
            };
        }
        let Err(failure) = sent else { return Ok(false) };
        // What was lost may be done all the same.
        let lost = matches!(failure, Failure::Lost { .. });
        if lost && self.sources().alert(alert).await.is_ok_and(|now| !now.active) {
            return Ok(true);
        }
        Err(self.told_alert_failure(alert.scope.as_deref(), failure))
    }

    /// Has the service look again, and waits for it where that is wanted. `Ok(false)`: it has begun, and goes on.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn look_again(&self, look: &Look, wait: bool) -> Result<bool, Failure> {
        let (scope, alert) = match look {
            Look::Directory => (None, None),
            Look::Scope(scope) => (Some(scope.as_str()), None),
            Look::One(alert) => (alert.scope.as_deref(), Some(alert.as_ref())),
        };
        let told = |failure| self.told_alert_failure(scope, failure);
        let scan = self.sources().scan(scope, alert).await.map_err(told)?;
        if wait { self.sources().scanned(&scan).await.map_err(told) } else { Ok(false) }
    }

    fn told_alert_failure(&self, scope: Option<&str>, failure: Failure) -> Failure {
        match failure {
            Failure::Refused(problem) if scope.is_none() => Failure::Refused(self.told_alert(ALERTING, problem)),
            other => other,
        }
    }

    /// The same problem, with the permission or the roles that are missing.
    fn told_alert(&self, permission: &str, problem: Problem) -> Problem {
        let problem = self.explained(permission, problem);
        if !may_not(&problem) {
            return problem;
        }
        // Who may read them and who may change them: "Security alerts for Microsoft Entra roles in PIM".
        let message = if permission == ALERTS { say!("alert-readers") } else { say!("alert-writers") };
        Problem { message, ..problem }
    }
}

/// Does the service say that the caller's roles do not allow it?
fn may_not(problem: &Problem) -> bool {
    const CODES: [&str; 6] = [
        "AuthorizationFailed",
        "Authorization_RequestDenied",
        "InsufficientPermissions",
        "AccessDenied",
        "Forbidden",
        "HTTP 403",
    ];
    CODES.iter().any(|code| problem.code.eq_ignore_ascii_case(code))
}

/// What wants to be looked at first, the worst of it at the top. Equal ones by name, so that nothing jumps.
fn sorted(mut alerts: Vec<Alert>) -> Vec<Alert> {
    sort(&mut alerts);
    alerts
}

/// The same in place.
pub fn sort(alerts: &mut [Alert]) {
    alerts.sort_by_cached_key(|alert| {
        (!alert.active, alert.severity.clone(), alert.name.to_lowercase(), alert.scope.clone(), alert.id.clone())
    });
}

impl Alert {
    /// Its name with the scope, as it can be told apart.
    pub fn title(&self) -> String {
        let name = codes::clean(&self.name, LONGEST);
        match self.scope.as_deref().map(|scope| codes::clean(scope, 3 * LONGEST)) {
            Some(scope) => format!("{name} ({scope})"),
            None => name,
        }
    }
}

impl Incident {
    /// Whom or what it is about, in a few words.
    pub fn about(&self) -> String {
        let person = self.person.as_ref().and_then(Actor::named).map(|name| codes::clean(name, LONGEST));
        let role = self.role.as_deref().map(|role| codes::clean(role, LONGEST));
        match (person, role) {
            (Some(person), Some(role)) => format!("{person}: {role}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;

    fn alert(name: &str, severity: &str, active: bool) -> Alert {
        Alert {
            id: name.into(),
            kind: name.into(),
            scope: None,
            name: name.into(),
            description: None,
            severity: Severity::from_word(severity),
            impact: None,
            mitigation: None,
            prevention: None,
            active,
            enabled: None,
            count: 0,
            modified: None,
            scanned: None,
            incidents: Vec::new(),
        }
    }

    #[test]
    fn the_worst_of_what_is_there_is_first() {
        let all = sorted(vec![
            alert("quiet", "high", false),
            alert("b", "Low", true),
            alert("odd", "purple", true),
            alert("a", "low", true),
            alert("worst", "High", true),
        ]);
        let names: Vec<_> = all.iter().map(|alert| alert.name.as_str()).collect();
        assert_eq!(names, ["worst", "a", "b", "odd", "quiet"]);
    }

    #[test]
    fn names_are_made_harmless() {
        let hostile = Alert { scope: Some("/subscriptions/a\u{202e}".into()), ..alert("Too\u{0} many", "low", true) };
        assert_eq!(hostile.title(), "Too  many (/subscriptions/a)");
        let person = Actor { name: Some("Eve\u{2066}".into()), ..Actor::default() };
        let incident =
            Incident { id: "1".into(), person: Some(person), role: None, role_id: None, details: Vec::new() };
        assert_eq!(incident.about(), "Eve");
        assert_eq!(Incident { role: Some("Owner".into()), ..incident }.about(), "Eve: Owner");
    }
}
