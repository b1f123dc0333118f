//! After an activation: has the access arrived, and what helps where it has not.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};

use super::{messages::Done, run::Agent};
use crate::{
    failure::Failure,
    hints,
    view::{ActiveRow, Effectiveness, Hint, Notice, RowState, Severity},
};

/// Access arrives "within seconds": one look after so many.
const FIRST_LOOK: Duration = Duration::seconds(5);
/// Whoever asked is kept up to date for so long.
const PATIENCE: Duration = Duration::minutes(5);
/// Seconds between looks for somebody who waits; the last one repeats.
const STEPS: [i64; 6] = [2, 3, 5, 10, 20, 30];

/// What is known about the access of active roles.
#[derive(Default)]
pub(super) struct Arriving {
    known: HashMap<String, Effectiveness>,
    /// Asked for from here, and not active yet.
    coming: HashSet<String>,
    /// Somebody waits: until when, and how often it was looked at.
    waiting: HashMap<String, (DateTime<Utc>, usize)>,
}

impl Agent {
    /// Looks now, and again for some minutes while it has not arrived.
    pub(super) fn check_effect(&mut self, id: String) {
        let now = self.clock.now();
        let active = self.machine.as_ref().is_some_and(|machine| {
            machine.view(now).active.iter().any(|row| row.id == id && row.activated && row.state == RowState::Active)
        });
        if active {
            let looking = self.arriving.waiting.insert(id.clone(), (now + PATIENCE, 0)).is_some();
            self.arriving.known.insert(id.clone(), Effectiveness::Checking);
            if !looking {
                self.look_after(id, Duration::zero());
            }
        }
    }

    fn look_after(&mut self, id: String, pause: Duration) {
        let key = self.machine.as_ref().and_then(|machine| machine.role_key(&id));
        let (Some(open), Some(key)) = (self.open().cloned(), key) else { return };
        let (clock, at) = (self.clock.clone(), self.clock.now() + pause);
        self.spawn(async move {
            if pause > Duration::zero() {
                clock.sleep_until(at).await;
            }
            Done::Arrived(id, open.roles.effect(&key).await)
        });
    }

    pub(super) fn arrived(&mut self, id: String, result: Result<Option<bool>, Failure>) {
        let effect = match &result {
            Ok(Some(true)) => Effectiveness::Effective,
            Ok(None) => Effectiveness::Unknown,
            Ok(Some(false)) | Err(_) => Effectiveness::NotYet,
        };
        let now = self.clock.now();
        match self.arriving.waiting.get_mut(&id) {
            Some((until, looks)) if effect == Effectiveness::NotYet && now < *until => {
                let pause = Duration::seconds(STEPS[(*looks).min(STEPS.len() - 1)]);
                *looks += 1;
                self.look_after(id.clone(), pause);
            }
            _ => drop(self.arriving.waiting.remove(&id)),
        }
        self.arriving.known.insert(id, effect);
        if let Err(Failure::SignedOut(problem)) = result {
            self.end_session(Some(problem));
        }
    }

    /// One look for each role that has just become active from here; what is over is forgotten.
    pub(super) fn watch_arrivals(&mut self, rows: &[ActiveRow]) {
        let active = |row: &&ActiveRow| row.activated && row.state == RowState::Active;
        let ids: HashSet<&str> = rows.iter().filter(active).map(|row| row.id.as_str()).collect();
        self.arriving.known.retain(|id, _| ids.contains(id.as_str()));
        self.arriving.waiting.retain(|id, _| ids.contains(id.as_str()));
        let arrived: Vec<String> =
            self.arriving.coming.iter().filter(|id| ids.contains(id.as_str())).cloned().collect();
        let on_the_way = |row: &&ActiveRow| {
            !matches!(row.state, RowState::Active | RowState::Deactivating | RowState::Failed { .. })
        };
        self.arriving.coming = rows.iter().filter(on_the_way).map(|row| row.id.clone()).collect();
        for id in arrived {
            if !self.arriving.waiting.contains_key(&id) {
                self.look_after(id, FIRST_LOOK);
            }
        }
    }

    /// Puts what is known onto the rows.
    pub(super) fn help(&self, rows: &mut [ActiveRow]) {
        for row in rows.iter_mut().filter(|row| row.activated && row.state == RowState::Active) {
            row.effect = self.arriving.known.get(&row.id).copied();
            row.hints = self.hints(&row.id);
        }
    }

    fn hints(&self, id: &str) -> Vec<Hint> {
        let key = self.machine.as_ref().and_then(|machine| machine.role_key(id));
        let (Some(open), Some(key)) = (self.open(), key) else { return Vec::new() };
        hints::hints(&key, open.net.cloud().name, &open.tokens.identity().tenant_id)
    }

    /// Opens one of our own links in the browser; nothing else.
    pub(super) fn open_hint(&mut self, id: &str, title: &str) {
        let hint = self.hints(id).into_iter().find(|hint| hint.title == title);
        let Some(url) = hint.as_ref().and_then(hints::link) else { return };
        let browser = self.door.browser.clone();
        self.spawn(async move { Done::Opened(browser.open(url).await.err()) });
    }

    pub(super) fn opened(&mut self, error: Option<std::io::Error>) {
        self.notices.retain(|notice| notice.id != "browser");
        if let Some(error) = error {
            let message = say!("browser-not-opened");
            let detail = Some(error.to_string());
            self.notices.push(Notice { id: "browser".into(), severity: Severity::Warning, message, detail });
        }
    }
}
