//! Who holds what: somebody's eligibility or assignment, and what an administrator makes of it.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{MemberType, RoleKey, Ticket};
use crate::codes;

/// Characters of a name that are shown.
const LONGEST: usize = 256;

/// The two sides of having a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// It can be activated.
    Eligible,
    /// It is there, or will be.
    Active,
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Eligible, Self::Active];
}

/// What somebody who holds a role is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum PrincipalKind {
    /// A person, or a guest.
    User,
    /// A group.
    Group,
    /// An application.
    ServicePrincipal,
}

/// Who holds a role: a person, a group or an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// Object id.
    pub id: String,
    /// Display name, where it is known.
    pub name: Option<String>,
    /// User name; only people have one.
    pub username: Option<String>,
    /// What they are, where it is known.
    pub kind: Option<PrincipalKind>,
}

impl Principal {
    /// Of whom nothing but the id is known.
    pub fn unknown(id: impl Into<String>) -> Self {
        Self { id: id.into(), name: None, username: None, kind: None }
    }

    /// As they are called: name, else user name, else id.
    pub fn called(&self) -> String {
        let known = [self.name.as_deref(), self.username.as_deref()].into_iter().flatten();
        let mut known = known.map(|name| codes::clean(name, LONGEST)).filter(|name| !name.is_empty());
        let what = match self.kind {
            Some(PrincipalKind::Group) => " (group)",
            Some(PrincipalKind::ServicePrincipal) => " (application)",
            Some(PrincipalKind::User) | None => "",
        };
        match known.next() {
            Some(name) => format!("{name}{what}"),
            None => say!("somebody-unknown-id", id = codes::clean(&self.id, LONGEST)),
        }
    }
}

/// A `…Schedule`: somebody's eligibility or assignment, also one that has yet to begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// The schedule's id.
    pub id: String,
    /// The role at its scope.
    pub key: RoleKey,
    /// Eligible or active.
    pub side: Side,
    /// The role's name.
    pub role: String,
    /// The scope's name; `None` for the whole directory.
    pub scope: Option<String>,
    /// Whose it is.
    pub principal: Principal,
    /// Of an assignment: activated from an eligibility, and not given by an administrator.
    pub activated: bool,
    /// Whether it is their own.
    pub member_type: MemberType,
    /// Since when, or from when on.
    pub start: Option<DateTime<Utc>>,
    /// Until when; `None` for ever.
    pub end: Option<DateTime<Utc>>,
    /// The service's word for its state.
    pub status: Option<String>,
    /// Since when it is known.
    pub created: Option<DateTime<Utc>>,
}

impl Holding {
    /// Whether it is in effect now.
    pub fn in_effect(&self, now: DateTime<Utc>) -> bool {
        self.start.is_none_or(|start| start <= now) && !self.over(now)
    }

    /// Whether it has ended.
    pub fn over(&self, now: DateTime<Utc>) -> bool {
        self.end.is_some_and(|end| end <= now)
    }

    /// Whether it is given for good.
    pub fn permanent(&self) -> bool {
        self.end.is_none() && !self.activated
    }

    /// Whether it is this principal's, of this role at this scope, on this side.
    pub fn is(&self, principal_id: &str, key: &RoleKey, side: Side) -> bool {
        self.side == side && self.principal.id.eq_ignore_ascii_case(principal_id) && self.key == *key
    }

    /// The role with its scope, as it can be told apart.
    pub fn title(&self) -> String {
        titled(&self.role, self.scope.as_deref())
    }
}

/// A role's name with its scope.
pub fn titled(role: &str, scope: Option<&str>) -> String {
    let role = codes::clean(role, LONGEST);
    match scope.map(|scope| codes::clean(scope, LONGEST)).filter(|scope| !scope.is_empty()) {
        Some(scope) => format!("{role} ({scope})"),
        None => role,
    }
}

/// What an administrator does: `adminAssign` and its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AdminAction {
    /// `adminAssign`: give.
    Assign,
    /// `adminUpdate`: move the end.
    Update,
    /// `adminExtend`: a later end.
    Extend,
    /// `adminRenew`: give again what has ended.
    Renew,
    /// `adminRemove`: take away.
    Remove,
}

impl AdminAction {
    /// Whether it gives something that is not there.
    pub fn gives(self) -> bool {
        matches!(self, Self::Assign | Self::Renew)
    }

    /// The service's word, as Microsoft Graph writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Assign => "adminAssign",
            Self::Update => "adminUpdate",
            Self::Extend => "adminExtend",
            Self::Renew => "adminRenew",
            Self::Remove => "adminRemove",
        }
    }
}

/// One thing that an administrator does: everything the service needs to be told.
#[derive(Clone, PartialEq, Eq)]
pub struct Administration {
    /// What.
    pub action: AdminAction,
    /// To an eligibility or an assignment.
    pub side: Side,
    /// Of which role, at which scope.
    pub key: RoleKey,
    /// Whose.
    pub principal_id: String,
    /// From when on; `None` from now on.
    pub start: Option<DateTime<Utc>>,
    /// Until when; `None` for ever. Nothing is said of an end when something is taken away.
    pub end: Option<DateTime<Utc>>,
    /// Why; empty when nothing was given.
    pub justification: String,
    /// The ticket, where the policy asks for one.
    pub ticket: Option<Ticket>,
    /// Azure: the request's name, of our own choice.
    pub request_id: Uuid,
}

impl fmt::Debug for Administration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Administration")
            .field("action", &self.action)
            .field("side", &self.side)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
