//! Sessions begin and end.

use super::{
    arriving::Arriving,
    looking::Looking,
    run::{Agent, Done, Session, options},
    session::{Open, Way, cancelled},
};
use crate::{
    clock::{self, follow},
    elevation::{Elevation, Event},
    failure::Claims,
    model::Kind,
    problem::Problem,
    view::Command,
};

impl Agent {
    pub(super) fn sign_in(&mut self, demo: bool, way: Way) {
        if matches!(self.session, Session::SigningIn { .. } | Session::Loading(_)) {
            return;
        }
        let (door, settings) = (self.door.clone(), self.settings.clone());
        let (done, generation) = (self.done.clone(), self.generation);
        let show = move |code| {
            let _ = done.send((generation, Done::DeviceCode(code)));
        };
        let before = match std::mem::replace(&mut self.session, Session::SignedOut(None)) {
            Session::SignedIn(open) => Some(open),
            _ => None,
        };
        let known = before.as_deref().or(self.former.as_ref());
        let hint = known.map(|open| open.tokens.identity().username.clone());
        let task = async move {
            let open = if demo { door.demo(way, show).await } else { door.real(settings, way, hint, show).await };
            Done::SignedIn(open.map(Box::new))
        };
        self.session = Session::SigningIn { code: None, before };
        self.signing_in = Some(self.spawn(task));
    }

    /// A sign-in that asks for one kind's permissions.
    pub(super) fn allow(&mut self, source: Kind) {
        let Some(open) = self.open().cloned() else { return };
        self.notices.retain(|notice| notice.id != "allow");
        let browser = self.door.browser.clone();
        self.spawn(async move {
            let nothing_more = Claims("{}".into());
            let token = open.tokens.step_up(source.resource(), &nothing_more, &browser).await;
            Done::Allowed(source, token.map(|_| ()))
        });
    }

    pub(super) fn cancel_sign_in(&mut self) {
        if let Some(task) = self.signing_in.take() {
            task.abort();
            self.done(Done::SignedIn(Err(cancelled())));
        }
        for (call, task) in std::mem::take(&mut self.step_ups) {
            task.abort();
            self.tell(Event::SteppedUp(call, Err(cancelled())));
        }
    }

    pub(super) fn sign_out(&mut self) {
        let open = self.open().cloned().or(self.former.take());
        self.end_session(None);
        self.former = None;
        if let Some(account) = self.account.take() {
            self.memories.remove(&account);
            self.disk.forget(&account);
        }
        self.saved = None;
        self.wipe(open);
    }

    /// Removes a session's token from the keyring.
    fn wipe(&mut self, open: Option<Open>) {
        if let Some(open) = open {
            // Not one of the session's tasks: it outlives the session, and the agent waits for it at its end.
            let (done, generation) = (self.done.clone(), self.generation);
            self.wiping.spawn(async move {
                let _ = done.send((generation, Done::SignedOut(open.tokens.sign_out().await)));
            });
        }
    }

    /// Nobody is signed in any more. What the journal knows about the account stays.
    pub(super) fn end_session(&mut self, reason: Option<Problem>) {
        self.former = self.open().cloned();
        self.generation += 1;
        self.tasks.abort_all();
        (self.signing_in, self.following) = (None, None);
        self.step_ups.clear();
        self.tokens.clear();
        if let Some(mut machine) = self.machine.take() {
            for notification in machine.farewell() {
                let _ = self.notifications.send(notification);
            }
            self.saved = Some(machine.known());
            if let Some(account) = &self.account {
                self.memories.insert(account.clone(), machine.into_memory());
            }
        }
        self.open_form = None;
        (self.looking, self.arriving) = (Looking::default(), Arriving::default());
        self.clock.reset();
        self.session = Session::SignedOut(reason);
    }

    pub(super) fn signed_in(&mut self, result: Result<Box<Open>, Problem>) {
        let Session::SigningIn { before, .. } = std::mem::replace(&mut self.session, Session::SignedOut(None)) else {
            return;
        };
        self.signing_in = None;
        match (result, before) {
            (Ok(open), before) => {
                if self.account.as_ref().is_some_and(|account| *account != open.account().id) {
                    let before = before.map(|open| *open).or(self.former.take());
                    self.end_session(None);
                    self.saved = None;
                    // There is one account at a time: nothing else would ever remove the other one's token.
                    self.wipe(before);
                }
                self.enter(open);
            }
            // Nothing has changed for whoever is signed in.
            (Err(_), Some(open)) => self.session = Session::SignedIn(open),
            (Err(problem), None) => self.session = Session::SignedOut(Some(problem)),
        }
    }

    /// Somebody is signed in: on with what the journal knows, and a look at the lists.
    pub(super) fn enter(&mut self, open: Box<Open>) {
        let account = open.account().id;
        if self.machine.is_none() || self.account.as_ref() != Some(&account) {
            self.load(&account);
        }
        if let Some(control) = open.net.cloud().control.clone()
            && self.following.is_none()
        {
            let task = self.tasks.spawn(follow(self.clock.clone(), open.net.http().clone(), control));
            self.following = Some(task);
        }
        self.disk.session(open.saved());
        let (roles, named) = (open.roles.clone(), open.tenant.is_some());
        self.session = Session::SignedIn(open);
        self.former = None;
        self.dismissed.clear();
        if !named {
            self.spawn(async move { Done::Organization(roles.directory.organization().await.ok().flatten()) });
        }
        self.tell(Event::Command(Command::Refresh));
    }

    /// The machine of an account, from what is remembered.
    pub(super) fn load(&mut self, account: &str) {
        let memory = self.memories.remove(account).unwrap_or_default();
        let known = self.saved.take();
        let clock::Reading { now, slow } = self.clock.read();
        self.account = Some(account.to_owned());
        self.machine = Some(Elevation::new(memory, known, options(&self.settings), now));
        self.slow = slow;
    }
}
