//! Who holds what, and what an administrator does about it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Names, Row, target};
use crate::{
    api::{
        arm::scope,
        wire::{self, name},
    },
    model::{AdminAction, Administration, Holding, Principal, Side},
};

impl Row {
    /// Somebody's schedule. What is inherited from above is told at its own scope.
    pub(in crate::api::arm) fn holding(self, side: Side, names: &Names) -> Option<Holding> {
        let key = self.key()?;
        let (role, _) = self.role();
        let scope = self.scope_name().or_else(|| scope::path(&key.scope_id, names).pop().map(|scope| scope.name));
        let principal = self.thing(|all| all.principal.as_ref());
        let word = self.properties.principal_type.as_deref();
        let word = word.or_else(|| principal.and_then(|principal| principal.kind.as_deref()));
        let principal = Principal {
            name: principal.and_then(|principal| name(principal.display_name.as_deref())),
            username: principal.and_then(|principal| name(principal.user_principal_name.as_deref())),
            kind: word.and_then(wire::principal_kind),
            id: self.properties.principal_id.clone().filter(|id| !id.is_empty())?,
        };
        let (activated, _) = wire::assignment_type(self.properties.assignment_type);
        Some(Holding {
            role: role.unwrap_or_else(|| scope::last(&key.role_definition_id).to_owned()),
            id: self.id,
            key,
            side,
            scope,
            principal,
            activated: activated && side == Side::Active,
            member_type: wire::member_type(self.properties.member_type),
            start: self.properties.start_date_time,
            end: self.properties.end_date_time,
            status: self.properties.status,
            created: self.properties.created_on,
        })
    }
}

/// The body of an `AdminAssign` and its like.
pub(in crate::api::arm) fn administer(asked: &Administration, now: DateTime<Utc>) -> Value {
    let action = match asked.action {
        AdminAction::Assign => "AdminAssign",
        AdminAction::Update => "AdminUpdate",
        AdminAction::Extend => "AdminExtend",
        AdminAction::Renew => "AdminRenew",
        AdminAction::Remove => "AdminRemove",
    };
    let mut properties = target(action, &asked.key, &asked.principal_id, &asked.justification);
    if asked.action != AdminAction::Remove {
        properties["scheduleInfo"] = wire::administered_schedule(asked, now, "AfterDateTime", "NoExpiration");
    }
    if let Some(ticket) = &asked.ticket {
        properties["ticketInfo"] = wire::ticket_info(ticket);
    }
    json!({ "properties": properties })
}
