//! Standing access.

use chrono::TimeDelta;

use super::Counter;
use crate::{
    cloud::SEARCH_GROUPS,
    codes,
    manage::{
        Office,
        assignments::Places,
        standing::{Advice, Missing},
    },
    model::{Kind, Principal},
    problem::Problem,
    view::{HoldingRow, MissingPart, MissingRow, NestedRow, PermanentRow, StaleRow, Told},
};

impl Counter {
    pub(super) async fn standing(&mut self, office: &Office, days: u16, allow: bool) -> Told {
        if allow {
            // Whoever says no gets the rest, and is told.
            let _ = office.permit(SEARCH_GROUPS).await;
        }
        let (places, stale_after) = (Places::default(), TimeDelta::days(days.into()));
        let report = Box::pin(office.standing(&Kind::ALL, &places, stale_after)).await;
        self.proposed.clear();
        let mut permanent = Vec::new();
        for row in report.permanent {
            let held = HoldingRow::of(&row.held);
            permanent.push(match row.advice {
                Advice::Replace(replacement) => {
                    self.proposed.push(*replacement);
                    PermanentRow { held, proposed: true, keep: None }
                }
                Advice::Keep(why) => PermanentRow { held, proposed: false, keep: Some(why) },
            });
        }
        let stale =
            report.stale.iter().map(|row| StaleRow { held: HoldingRow::of(&row.held), last: row.last }).collect();
        let nested = report.nested.iter().map(|row| NestedRow {
            held: HoldingRow::of(&row.held),
            person: row.person.called(),
            through: row.through.iter().map(Principal::called).collect(),
        });
        let nested = nested.collect();
        let missing = report.missing.into_iter().map(|(what, problem)| MissingRow::of(what, problem)).collect();
        Told::Standing { permanent, stale, nested, missing }
    }
}

impl MissingRow {
    fn of(what: Missing, problem: Problem) -> Self {
        let (what, kind) = match what {
            Missing::Holdings(kind) => (MissingPart::Holdings, Some(kind)),
            Missing::Privileged => (MissingPart::Privileged, None),
            Missing::Activations(kind) => (MissingPart::Activations, Some(kind)),
            Missing::Members => (MissingPart::Members, None),
        };
        let allowable = what == MissingPart::Members && codes::lacks_consent(&problem.code);
        Self { what, kind, problem, allowable }
    }
}
