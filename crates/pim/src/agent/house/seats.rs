//! Accounts get their agents.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use super::{
    super::{
        messages::{Teller, Told},
        run::{Agent, Part, Session},
        session::Door,
    },
    House, Member,
};
use crate::{
    clock::Clock,
    saved::{self, Change, SavedSession, SavedView},
    view::{Account, AccountRow, Status, View},
};

/// What an account was shown last.
pub(super) enum Kept {
    Read(Option<Box<SavedView>>),
    /// Nobody looks at it yet: it is read beside everything else.
    Unread,
}

impl House {
    /// Somebody who was signed in when the last run ended.
    pub(super) fn restore(&mut self, session: SavedSession, kept: Kept) {
        let (account, colour) = (session.account.id.clone(), session.colour);
        if self.roster.has(&account) {
            return;
        }
        self.seat(&session.clone(), self.clock.another(), Some(colour), Session::Loading(session), kept);
        if let Some(other) = self.roster.colour(&account).filter(|other| *other != colour) {
            self.disk.accounts(Change::Colour(account, other));
        }
    }

    /// Somebody more.
    pub(super) fn seat(
        &mut self,
        saved: &SavedSession,
        clock: Clock,
        colour: Option<u8>,
        session: Session,
        kept: Kept,
    ) {
        self.serial += 1;
        let account = saved.account.id.clone();
        let (orders, inbox) = mpsc::unbounded_channel();
        let (here, gone) = watch::channel(());
        let teller = Teller { seat: self.serial, to: self.tells.clone() };
        let mut part = Part {
            account: saved.account.clone(),
            session,
            memory: self.memories.remove(&account).unwrap_or_default(),
            saved: None,
            notices: Vec::new(),
            settings: self.settings.clone(),
            managed: self.managed.clone(),
            downloads: self.paths.downloads(),
            door: Door { clock: clock.clone(), ..self.door.clone() },
            disk: self.disk.clone(),
            teller: teller.clone(),
        };
        let stop = self.stop.clone();
        let view = match kept {
            Kept::Read(view) => {
                part.remember(view.map(|view| *view));
                let (agent, view) = Agent::new(part);
                self.agents.spawn(async move {
                    Box::pin(agent.run(inbox, stop)).await;
                    drop(here);
                });
                view
            }
            Kept::Unread => {
                let (paths, now) = (self.paths.clone(), clock.now());
                self.agents.spawn(async move {
                    let whose = part.account.id.clone();
                    let read = tokio::task::spawn_blocking(move || saved::load_view(&paths, &whose, now)).await;
                    let (view, notices) = read.unwrap_or_default();
                    part.notices = notices;
                    part.remember(view);
                    let (agent, view) = Agent::new(part);
                    teller.tell(Told::View(view));
                    Box::pin(agent.run(inbox, stop)).await;
                    drop(here);
                });
                starting(saved.account.clone(), &clock)
            }
        };
        self.roster.admit(&account, colour, view);
        self.seats.insert(self.serial, account.clone());
        let client_id = saved.client_id.clone();
        self.members.insert(account, Member { seat: self.serial, orders, clock, client_id, gone });
    }
}

impl Part {
    /// Starts from what was shown last.
    fn remember(&mut self, view: Option<SavedView>) {
        if let Some(view) = view {
            self.door.clock.assume_offset(view.offset());
            self.saved = Some(view.known);
        }
    }
}

/// What is shown of an account before its agent has said anything.
fn starting(account: Account, clock: &Clock) -> Arc<View> {
    let row =
        AccountRow { account, colour: 0, current: false, status: Status::Loading, active: Vec::new(), problem: None };
    Arc::new(View { accounts: vec![row], ..View::empty(clock.now()) })
}
