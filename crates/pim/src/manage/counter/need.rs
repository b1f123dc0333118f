//! "What do I need?", answered from what is kept: the account's own list, and the role definitions as they were read last.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Counter, LONGEST, ours, shown};
use crate::{
    cloud::ROLE_DEFINITIONS,
    codes,
    manage::{
        Office,
        need::{self, Allowing, Index, Own, Reason},
    },
    model::{Eligibility, Kind},
    paths::Paths,
    problem::{Problem, Remedy},
    saved,
    view::{NeedMissing, NeedPlace, NeedRow, Told},
};

/// A window may stay open for days: so often it looks whether what is kept is still recent.
const RECENT: TimeDelta = TimeDelta::hours(12);

/// The definitions, ready to be asked, and kinds of which not all are known.
#[derive(Debug)]
pub(super) struct Known {
    index: Index,
    missing: Vec<(Kind, Problem)>,
    as_of: DateTime<Utc>,
}

impl Counter {
    pub(super) async fn need(&mut self, office: &Office, text: &str, allow: bool) -> Result<Told, Problem> {
        if text.trim().is_empty() {
            return Err(ours("no-question", say!("ask-something"), Remedy::EditForm));
        }
        let nowhere = || ours("no-folder", say!("no-folder"), Remedy::None);
        let paths = self.paths.clone().or_else(Paths::locate).ok_or_else(nowhere)?;
        if allow {
            // Whoever says no is told what is missing.
            let _ = office.permit(ROLE_DEFINITIONS).await;
        }
        let account = office.identity().id();
        let (view, _) = saved::load_view(&paths, &account, office.now());
        let eligible = view.map(|view| view.known.eligible).unwrap_or_default();
        let recent = |known: &Known| office.now() - known.as_of < RECENT;
        if allow || !self.known.as_ref().is_some_and(recent) {
            self.known = Some(known(office, &paths, &eligible, allow).await?);
        }
        let Some(Known { index, missing, .. }) = &self.known else { return Err(nowhere()) };
        let places: HashMap<String, &Eligibility> = eligible.iter().map(|role| (role.key.id(), role)).collect();
        let own: Vec<Own> = places.keys().filter_map(|id| Own::of(id)).collect();
        let need::Need { actions, scope, own, others } = index.answer(text, &own);
        let rows = |all: Vec<Allowing>| all.into_iter().map(|role| NeedRow::of(role, &places)).collect();
        let missing = missing.iter().map(|(kind, problem)| NeedMissing {
            kind: *kind,
            allowable: codes::lacks_consent(&problem.code),
            problem: problem.clone(),
        });
        Ok(Told::Need {
            actions: actions.iter().filter_map(|action| shown(action)).collect(),
            scope: scope.as_deref().and_then(shown),
            own: rows(own),
            others: rows(others),
            missing: missing.collect(),
        })
    }
}

/// Offline after the first time, for as long as that is recent.
async fn known(office: &Office, paths: &Paths, eligible: &[Eligibility], anew: bool) -> Result<Known, Problem> {
    let (kept, notice) = need::load(paths, &office.identity().id(), office.now());
    if let Some(notice) = notice {
        tracing::warn!(message = notice.message, "what roles allow is read anew");
    }
    let azure = office.asks_for(Kind::AzureResource);
    let read = match kept {
        Some(kept) if !anew && !kept.is_stale(office.now(), azure) => kept,
        kept => {
            let own: Vec<_> = eligible.iter().map(|role| role.key.clone()).collect();
            need::read(office, paths, &own, kept).await?
        }
    };
    Ok(Known { index: Index::new(read.definitions), missing: read.missing, as_of: office.now() })
}

impl NeedRow {
    fn of(role: Allowing, places: &HashMap<String, &Eligibility>) -> Self {
        let Allowing { kind, name, privileged, reason, rows, .. } = role;
        let (action, by) = match reason {
            Reason::Allows { action, by } => (Some(codes::clean(&action, LONGEST)), by),
            Reason::Described { text } => (None, text),
        };
        let place = |id: String| {
            let scope = places.get(&id).and_then(|role| role.scope_name.as_deref()).and_then(shown);
            NeedPlace { id, scope }
        };
        let mut places: Vec<NeedPlace> = rows.into_iter().map(place).collect();
        places.sort_by(|a, b| (&a.scope, &a.id).cmp(&(&b.scope, &b.id)));
        Self { kind, name: codes::clean(&name, LONGEST), privileged, action, by: codes::clean(&by, LONGEST), places }
    }
}
