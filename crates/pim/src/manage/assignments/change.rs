//! What an administrator wants, and how it is said before it happens.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    model::{AdminAction, Administration, Holding, Kind, Principal, PrincipalKind, RoleKey, Side, Ticket, titled},
    words,
};

/// Until when something is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// For ever.
    Permanent,
    /// Until then.
    At(DateTime<Utc>),
}

impl End {
    /// The instant, where there is one.
    pub fn at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Permanent => None,
            Self::At(end) => Some(end),
        }
    }
}

/// One change, with the names that it is told by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is done.
    pub action: AdminAction,
    /// To an eligibility or an assignment.
    pub side: Side,
    /// Of which role, at which scope.
    pub key: RoleKey,
    /// What the role is called.
    pub role: String,
    /// What the scope is called; `None` for the whole directory.
    pub scope: Option<String>,
    /// Whose.
    pub principal: Principal,
    /// From when on; `None` from now on.
    pub start: Option<DateTime<Utc>>,
    /// Until when.
    pub end: End,
    /// What there is now, where something is.
    pub before: Option<Holding>,
    /// Why.
    pub reason: String,
    /// The ticket.
    pub ticket: Option<Ticket>,
    /// The request's name, where it has one of our own.
    pub request_id: Uuid,
}

impl Change {
    /// Gives something: a role by its key and the names of it and of its scope.
    pub fn giving(
        side: Side,
        (key, role, scope): (RoleKey, String, Option<String>),
        principal: Principal,
        (start, end): (Option<DateTime<Utc>>, End),
        reason: &str,
    ) -> Self {
        Self {
            action: AdminAction::Assign,
            side,
            key,
            role,
            scope,
            principal,
            start,
            end,
            before: None,
            reason: reason.to_owned(),
            ticket: None,
            request_id: Uuid::new_v4(),
        }
    }

    /// Takes something away.
    pub fn taking(held: &Holding, reason: &str) -> Self {
        Self::of(held, AdminAction::Remove, held.end.map_or(End::Permanent, End::At), reason)
    }

    /// Moves the end of something: a later one extends it, an earlier one cannot be called that.
    pub fn moving(held: &Holding, end: End, reason: &str) -> Self {
        let later = match (held.end, end.at()) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(before), Some(end)) => end > before,
        };
        Self::of(held, if later { AdminAction::Extend } else { AdminAction::Update }, end, reason)
    }

    fn of(held: &Holding, action: AdminAction, end: End, reason: &str) -> Self {
        Self {
            action,
            side: held.side,
            key: held.key.clone(),
            role: held.role.clone(),
            scope: held.scope.clone(),
            principal: held.principal.clone(),
            // What has not begun yet begins when it was to.
            start: None,
            end,
            before: Some(held.clone()),
            reason: reason.to_owned(),
            ticket: None,
            request_id: Uuid::new_v4(),
        }
    }

    /// The same with a ticket.
    #[must_use]
    pub fn with_ticket(self, ticket: Option<Ticket>) -> Self {
        Self { ticket, ..self }
    }

    /// The role with its scope, as it can be told apart.
    pub fn title(&self) -> String {
        titled(&self.role, self.scope.as_deref())
    }

    /// Whom and what it is about.
    pub fn about(&self) -> String {
        words::row([self.principal.called().as_str(), self.title().as_str()])
    }

    /// What will be done, as the command line says it. `moment` writes an instant as people read it.
    pub fn sentence(&self, moment: impl Fn(DateTime<Utc>) -> String) -> String {
        let (who, what) = (self.principal.called(), self.title());
        let until = |end: End| match end {
            End::Permanent => "for ever".to_owned(),
            End::At(end) => format!("until {}", moment(end)),
        };
        match (self.action, self.side) {
            (AdminAction::Assign | AdminAction::Renew, side) => {
                let start = self.start.map_or_else(|| "now".to_owned(), &moment);
                let (from, until) = (format!("from {start}"), until(self.end));
                let again = if self.action == AdminAction::Renew { " again" } else { "" };
                match side {
                    Side::Eligible => format!("Make {who} eligible for {what}{again}, {from}, {until}"),
                    Side::Active => format!("Give {who} {what} as an active assignment{again}, {from}, {until}"),
                }
            }
            (AdminAction::Update | AdminAction::Extend, side) => {
                let now = self.before.as_ref().map(|held| held.end.map_or(End::Permanent, End::At));
                let instead = now.map(|now| format!(" instead of {}", until(now))).unwrap_or_default();
                let word = match side {
                    Side::Eligible => "eligible for",
                    Side::Active => "assigned to",
                };
                format!("Let {who} stay {word} {what} {}{instead}", until(self.end))
            }
            (AdminAction::Remove, Side::Eligible) => format!("End that {who} is eligible for {what}"),
            (AdminAction::Remove, Side::Active) => {
                let activated = self.before.as_ref().is_some_and(|held| held.activated);
                if activated {
                    format!("End the activation of {what} by {who}")
                } else {
                    format!("Take {what} from {who}, who has it as an active assignment")
                }
            }
        }
    }

    /// As it is sent.
    pub(super) fn administration(&self) -> Administration {
        let start = self.start.or_else(|| {
            let removal = self.action == AdminAction::Remove;
            self.before.as_ref().filter(|_| !removal).and_then(|held| held.start)
        });
        Administration {
            action: self.action,
            side: self.side,
            key: self.key.clone(),
            principal_id: self.principal.id.clone(),
            start,
            end: self.end.at(),
            justification: self.reason.clone(),
            ticket: self.ticket.clone(),
            request_id: self.request_id,
        }
    }

    /// Whether it gives something to an application.
    pub(super) fn to_application(&self) -> bool {
        self.principal.kind == Some(PrincipalKind::ServicePrincipal)
    }

    /// Where its kind is looked at.
    pub(super) fn place(&self) -> &str {
        match self.key.kind {
            Kind::DirectoryRole => "",
            Kind::Group | Kind::AzureResource => &self.key.scope_id,
        }
    }
}
