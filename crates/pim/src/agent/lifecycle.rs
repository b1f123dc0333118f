//! An account's session begins, ends, and begins again.

use super::{
    arriving::Arriving,
    looking::Looking,
    run::{Agent, Done, Session, Told, options},
    session::{Open, cancelled},
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

    pub(super) fn cancel_step_ups(&mut self) {
        for (call, task) in std::mem::take(&mut self.step_ups) {
            task.abort();
            self.tell(Event::SteppedUp(call, Err(cancelled())));
        }
    }

    /// The session is over. What the journal knows about the account stays.
    pub(super) fn end_session(&mut self, reason: Option<Problem>) {
        self.former = self.open().cloned();
        self.generation += 1;
        self.tasks.abort_all();
        self.following = None;
        self.step_ups.clear();
        self.tokens.clear();
        if let Some(mut machine) = self.machine.take() {
            for notification in machine.farewell() {
                self.teller.tell(Told::Notification(notification));
            }
            self.saved = Some(machine.known());
            self.memory = machine.into_memory();
        }
        (self.looking, self.arriving) = (Looking::default(), Arriving::default());
        self.tenants = None;
        self.session = Session::Over(reason);
    }

    /// The person has signed in again: what is under way goes on with the new session.
    pub(super) fn adopt(&mut self, open: Box<Open>) {
        // It was made with a clock of its own.
        self.clock = open.net.clock().clone();
        self.door.clock = self.clock.clone();
        self.slow = self.clock.read().slow;
        if let Some(following) = self.following.take() {
            following.abort();
        }
        self.enter(open);
    }

    /// Somebody is signed in: on with what the journal knows, and a look at the lists.
    pub(super) fn enter(&mut self, open: Box<Open>) {
        if self.machine.is_none() {
            self.load();
        }
        if let Some(control) = open.net.cloud().control.clone()
            && self.following.is_none()
        {
            let task = self.tasks.spawn(follow(self.clock.clone(), open.net.http().clone(), control));
            self.following = Some(task);
        }
        let (roles, named) = (open.roles.clone(), open.tenant.is_some());
        self.session = Session::SignedIn(open);
        self.keep_session();
        self.former = None;
        self.dismissed.clear();
        if !named {
            self.spawn(async move { Done::Organization(roles.directory.organization().await.ok().flatten()) });
        }
        self.tell(Event::Command(Command::Refresh));
    }

    /// The machine of the account, from what is remembered.
    pub(super) fn load(&mut self) {
        let (memory, known) = (std::mem::take(&mut self.memory), self.saved.take());
        let clock::Reading { now, slow } = self.clock.read();
        let mut machine = Elevation::new(memory, known, options(&self.settings), now);
        machine.manage(self.managed.clone());
        self.machine = Some(machine);
        self.slow = slow;
    }
}
