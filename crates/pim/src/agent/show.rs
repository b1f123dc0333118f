//! The view, put together from the session and the machine.

use super::run::{Agent, Session};
use crate::view::{self, Notice, Severity, Status, View};

impl Agent {
    pub(super) fn view(&self) -> View {
        let now = self.clock.now();
        let rows = match &self.machine {
            // The rows of somebody who is not signed in are nobody's business.
            Some(machine) if !matches!(self.session, Session::SignedOut(_)) => Some(machine.view(now)),
            _ => None,
        };
        let mut view = View {
            session: self.session_view(),
            status: self.status(now),
            notices: self.notices.clone(),
            settings: self.settings.clone(),
            open_form: self.open_form.clone(),
            ..View::empty(now)
        };
        let keyring = self.keyring_notice().filter(|notice| !self.dismissed.contains(&notice.id));
        view.notices.extend(keyring);
        if let Some(rows) = rows {
            view.list = rows.list;
            view.active = rows.active;
            view.eligible = rows.eligible;
            view.recent_reasons = rows.recent_reasons;
            view.undo = rows.undo;
            view.bundles = rows.bundles;
            view.bundle_problem = rows.bundle_problem;
            view.history = rows.history;
        }
        view
    }

    fn session_view(&self) -> view::Session {
        match &self.session {
            Session::Loading(_) => view::Session::Loading,
            Session::SignedOut(reason) => view::Session::SignedOut { reason: reason.clone() },
            Session::SigningIn { code, .. } => view::Session::SigningIn {
                user_code: code.as_ref().map(|code| code.user_code.clone()),
                url: code.as_ref().map(|code| code.verification_uri.clone()),
            },
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
