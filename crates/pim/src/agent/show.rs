//! One account's view, put together from the session and the machine.

use super::{
    run::{Agent, Session},
    session::Open,
};
use crate::{
    codes,
    model::Kind,
    view::{self, AccountRow, ListState, Notice, Severity, Status, View},
};

impl Agent {
    /// What is the house's to say is left out: colour, settings, the form asked for.
    pub(super) fn view(&self) -> View {
        let now = self.clock.now();
        let rows = match &self.machine {
            // The rows of somebody who is not signed in are nobody's business.
            Some(machine) if !matches!(self.session, Session::Over(_)) => Some(machine.view(now)),
            _ => None,
        };
        let mut view = View {
            session: self.session_view(),
            accounts: vec![self.row(now)],
            status: self.status(now),
            notices: self.notices.clone(),
            tenants: self.tenants.clone(),
            ..View::empty(now)
        };
        let keyring = self.keyring_notice().filter(|notice| !self.dismissed.contains(&notice.id));
        view.notices.extend(keyring);
        if let Some(rows) = rows {
            view.list = rows.list;
            self.offer_consent(&mut view.list);
            view.active = rows.active;
            view.eligible = rows.eligible;
            view.recent_reasons = rows.recent_reasons;
            view.undo = rows.undo;
            view.bundles = rows.bundles;
            view.bundle_problem = rows.bundle_problem;
            self.help(&mut view.active);
            view.entered.clone_from(&self.entered);
            view.detail = self.looking.view(rows.picked);
            view.history = rows.history;
        }
        view
    }

    /// A link for an administrator beside each kind that was refused because nobody has consented to it. What was never asked
    /// for is offered to the person first.
    fn offer_consent(&self, list: &mut ListState) {
        let Some(open) = self.open() else { return };
        for source in &mut list.sources {
            let told = source
                .problem
                .as_ref()
                .is_some_and(|problem| problem.code != codes::NOT_CONSENTED && codes::lacks_consent(&problem.code));
            let narrowed = source.kind == Kind::Group && open.tokens.narrowed();
            if told || narrowed || self.unconsented.contains(&source.kind) {
                source.consent = Some(open.consent(source.kind));
            }
        }
    }

    fn row(&self, now: chrono::DateTime<chrono::Utc>) -> AccountRow {
        let problem = match &self.session {
            Session::Over(Some(problem)) => Some(problem.clone()),
            Session::Over(None) => Some(codes::ours(codes::SIGNED_OUT, None)),
            Session::Loading(_) | Session::SignedIn(_) => None,
        };
        AccountRow {
            account: self.open().map_or_else(|| self.account.clone(), Open::account),
            colour: 0,
            current: false,
            status: self.status(now),
            active: Vec::new(),
            problem,
        }
    }

    fn session_view(&self) -> view::Session {
        match &self.session {
            Session::Loading(_) => view::Session::Loading,
            Session::Over(reason) => view::Session::SignedOut { reason: reason.clone() },
            Session::SignedIn(open) => view::Session::SignedIn { account: open.account() },
        }
    }

    fn status(&self, now: chrono::DateTime<chrono::Utc>) -> Status {
        match (&self.session, &self.machine) {
            (Session::Loading(_), _) => Status::Loading,
            (_, Some(machine)) if self.open().is_some() => {
                let list = machine.list();
                if machine.offline() {
                    Status::Offline
                } else if list.as_of.is_none() && list.loading {
                    Status::Loading
                } else {
                    machine.status(now)
                }
            }
            _ => Status::SignedOut,
        }
    }

    /// Promise: whoever's session is kept in memory only is told so.
    fn keyring_notice(&self) -> Option<Notice> {
        let problem = self.open()?.tokens.unremembered()?;
        Some(Notice {
            id: "keyring".into(),
            severity: Severity::Warning,
            message: problem.message,
            detail: problem.detail,
        })
    }
}
