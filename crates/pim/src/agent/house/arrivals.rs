//! What the house hears of sign-ins and of the disk, and what follows from it.

use std::sync::Arc;

use tokio::sync::watch;

use super::{
    super::{
        messages::Order,
        run::{Session, disk_notice},
        session::Open,
    },
    House,
    seats::Kept,
};
use crate::{
    auth::DeviceCode,
    bundles::Bundle,
    codes,
    problem::Problem,
    saved::{Change, SavedSession},
    view::{self, Notice, View},
};

/// What comes of a sign-in, and of the disk.
pub(super) enum Arrival {
    Code(DeviceCode),
    /// What it holds besides is dropped when nothing of the sign-in is left that nobody waits for.
    SignedIn(Result<Box<Open>, Problem>, watch::Sender<()>),
    Trouble(Problem),
    Managed(Result<Vec<Bundle>, Notice>),
}

impl House {
    pub(super) fn arrived(&mut self, serial: u64, arrival: Arrival) {
        let expected = self.signing_in.as_ref().is_some_and(|signing_in| signing_in.serial == serial);
        match arrival {
            Arrival::Trouble(problem) => self.notice(disk_notice(&problem)),
            Arrival::Managed(fetched) => self.managed(fetched),
            Arrival::Code(code) if expected => {
                if let Some(signing_in) = &mut self.signing_in {
                    signing_in.code = Some(code);
                }
            }
            Arrival::SignedIn(result, _) if expected => {
                let goal = self.signing_in.take().map(|signing_in| signing_in.goal);
                self.sign_in_ended(result.as_ref().err().cloned());
                match result {
                    Ok(open) => self.enter(open),
                    Err(problem) => {
                        self.unconsented = goal.filter(|_| codes::lacks_consent(&problem.code));
                        self.not_signed_in(problem);
                    }
                }
            }
            Arrival::SignedIn(Ok(open), here) => self.unwanted(open, here),
            Arrival::Code(_) | Arrival::SignedIn(Err(_), _) => {}
        }
    }

    /// Somebody has signed in: an account more, or one that goes on with a new session.
    fn enter(&mut self, open: Box<Open>) {
        let (saved, clock) = (open.saved(), open.net.clock().clone());
        let account = saved.account.id.clone();
        if let Some(member) = self.members.get_mut(&account) {
            member.clock = clock;
            member.client_id.clone_from(&saved.client_id);
            self.order(&account, Order::Adopt(open));
            // Until the agent says so itself: whoever has just signed in is not shown as signed out.
            let shown =
                self.roster.shown(&account).filter(|view| matches!(view.session, view::Session::SignedOut { .. }));
            if let Some(view) = shown {
                let view = View { session: view::Session::Loading, ..View::clone(view) };
                self.roster.told(&account, Arc::new(view));
            }
        } else {
            self.seat(&saved, clock, None, Session::SignedIn(open), Kept::Read(None));
            let colour = self.roster.colour(&account).unwrap_or_default();
            self.disk.accounts(Change::Keep(Box::new(SavedSession { colour, ..saved })));
        }
        self.select(&account);
        self.disk.accounts(Change::Select(account));
    }
}
