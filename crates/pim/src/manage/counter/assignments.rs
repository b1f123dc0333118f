//! Who holds what.

use super::{Counter, LONGEST, shown};
use crate::{
    codes,
    manage::{
        Office,
        assignments::{Held, Places, last},
    },
    model::{Holding, Kind, Side},
    view::{Answered, HoldingRow, Told},
};

impl Counter {
    pub(super) async fn assignments(&mut self, office: &Office) -> Told {
        let (sources, risks) = Box::pin(self.look_at_holdings(office)).await;
        Told::Assignments { sources, rows: self.held.iter().map(HoldingRow::of).collect(), risks }
    }

    /// Reads who holds what: how each kind was answered, and what is a risk of it.
    pub(super) async fn look_at_holdings(&mut self, office: &Office) -> (Vec<Answered>, Vec<String>) {
        let mut sources = Vec::new();
        self.held.clear();
        let mut risks = Vec::new();
        for Held { kind, found, missing, consent } in office.holdings(&Kind::ALL, &Side::ALL, &Places::default()).await
        {
            let refused = found.as_ref().err().cloned();
            let partial = missing.into_iter().next().map(|(_, problem)| problem);
            sources.push(Answered { kind, refused, partial, consent, allowable: false });
            let found = found.unwrap_or_default();
            if kind == Kind::DirectoryRole {
                risks = last::risks(&found, office.now()).into_iter().map(|risk| risk.message).collect();
            }
            self.held.extend(found);
        }
        (sources, risks)
    }
}

/// An eligibility and an assignment may have the same id.
pub(super) fn held_id(held: &Holding) -> String {
    let side = if held.side == Side::Eligible { "eligible" } else { "active" };
    format!("{side}|{}", held.id)
}

impl HoldingRow {
    pub(super) fn of(held: &Holding) -> Self {
        Self {
            id: held_id(held),
            kind: held.key.kind,
            name: codes::clean(&held.role, LONGEST),
            scope: held.scope.as_deref().and_then(shown),
            person: held.principal.called(),
            username: held.principal.username.as_deref().and_then(shown),
            eligible: held.side == Side::Eligible,
            activated: held.activated,
            start: held.start,
            end: held.end,
        }
    }
}
