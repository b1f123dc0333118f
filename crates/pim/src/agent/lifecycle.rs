//! An account's session begins, ends, and begins again.

use super::{
    arriving::Arriving,
    looking::Looking,
    messages::{Done, Told},
    run::{Agent, Session, WIPING, options},
    session::{Open, cancelled},
};
use crate::{
    clock::{self, follow},
    cloud::Reach,
    codes,
    elevation::{Elevation, Event},
    failure::{Claims, Failure},
    manage::Office,
    model::{Eligibility, Kind},
    problem::Problem,
    view::{Command, Notice, Severity},
};

impl Agent {
    /// A sign-in that asks for one kind's permissions.
    pub(super) fn allow(&mut self, source: Kind) {
        let Some(open) = self.open().cloned() else { return };
        self.notices.retain(|notice| notice.id != "allow");
        // Whoever asks again has left the earlier page.
        if let Some(earlier) = self.allowing.take() {
            earlier.abort();
        }
        let browser = self.door.browser.clone();
        let task = self.spawn(async move {
            let allowed = match (source, open.tokens.reach()) {
                (Kind::AzureResource, _) => {
                    let nothing_more = Claims("{}".into());
                    open.tokens.step_up(source.resource(), &nothing_more, &browser).await.map(drop)
                }
                (Kind::DirectoryRole, Reach::Directory) => open.tokens.widen(Reach::Directory, &browser).await,
                (Kind::DirectoryRole | Kind::Group, _) => open.tokens.widen(Reach::Groups, &browser).await,
            };
            Done::Allowed(source, allowed)
        });
        self.allowing = Some(task);
    }

    pub(super) fn allowed(&mut self, source: Kind, result: Result<(), Problem>) {
        self.allowing = None;
        let Session::SignedIn(open) = &mut self.session else { return };
        match result {
            Ok(()) => {
                self.unconsented.remove(&source);
                if !open.allowed.contains(&source) {
                    open.allowed.push(source);
                }
                self.keep_session();
                self.find_name();
                self.tell(Event::Command(Command::RefreshSource { source }));
            }
            Err(problem) => {
                if codes::lacks_consent(&problem.code) {
                    self.unconsented.insert(source);
                }
                let (message, detail) = (problem.message, problem.detail);
                self.notices.push(Notice { id: "allow".into(), severity: Severity::Warning, message, detail });
            }
        }
    }

    /// The session, for what the agent does not do by itself.
    pub(super) fn office(&self) -> Result<Office, Problem> {
        let open = match &self.session {
            Session::SignedIn(open) => open,
            Session::Over(Some(problem)) => return Err(problem.clone()),
            Session::Over(None) | Session::Loading(_) => return Err(codes::ours(codes::SIGNED_OUT, None)),
        };
        let asked = Kind::ALL.into_iter().filter(|kind| open.asks_for(*kind)).collect();
        let (net, tokens) = (open.net.clone(), open.tokens.clone());
        Ok(Office::new(net, tokens, open.client_id.clone(), asked, self.door.browser.clone()))
    }

    /// Finds the role that somebody names.
    pub(super) fn enter_role(&mut self, source: Kind, role: String, scope: Option<String>) {
        let Some(open) = self.open().cloned() else { return };
        self.notices.retain(|notice| notice.id != "enter-role");
        self.spawn(async move {
            let found = open.roles.named(source, &role, scope.as_deref()).await;
            Done::Entered(found.map(Box::new))
        });
    }

    pub(super) fn role_entered(&mut self, found: Result<Box<Eligibility>, Failure>) {
        match found {
            Ok(role) => {
                self.entered = Some(role.key.id());
                self.tell(Event::Entered(role));
            }
            Err(Failure::SignedOut(problem)) => self.end_session(Some(problem)),
            Err(failure) => {
                let Problem { message, detail, .. } = failure.problem().clone();
                self.notices.push(Notice { id: "enter-role".into(), severity: Severity::Warning, message, detail });
            }
        }
    }

    pub(super) fn cancel_step_ups(&mut self) {
        if let Some(task) = self.allowing.take() {
            task.abort();
        }
        for (call, task) in std::mem::take(&mut self.step_ups) {
            task.abort();
            self.tell(Event::SteppedUp(call, Err(cancelled())));
        }
        for (call, task) in std::mem::take(&mut self.permits) {
            task.abort();
            self.tell(Event::Permitted(call, Err(cancelled())));
        }
    }

    /// The session is over. What the journal knows about the account stays.
    pub(super) fn end_session(&mut self, reason: Option<Problem>) {
        self.former = self.open().cloned();
        self.generation += 1;
        self.tasks.abort_all();
        self.following = None;
        self.step_ups.clear();
        self.permits.clear();
        self.tokens.clear();
        if let Some(mut machine) = self.machine.take() {
            for notification in machine.farewell() {
                self.teller.tell(Told::Notification(notification));
            }
            self.saved = Some(machine.known());
            self.memory = machine.into_memory();
        }
        (self.looking, self.arriving) = (Looking::default(), Arriving::default());
        (self.tenants, self.entered) = (None, None);
        self.session = Session::Over(reason);
    }

    /// Forgets the account: here at once, then on the disk and in the keyring.
    pub(super) async fn leave(mut self) {
        let open = self.open().cloned().or(self.former.take());
        self.end_session(None);
        self.disk.forget(&self.account.id);
        let wiping = async {
            match open {
                Some(open) => open.tokens.sign_out().await,
                // What an earlier run kept may be there, whether it could be read or not.
                None => self.door.forget(&self.account).await,
            }
        };
        // A keyring that hangs must not keep the program from ending.
        let wiped = tokio::time::timeout(WIPING, wiping).await;
        let wiped =
            wiped.unwrap_or_else(|_| Err(codes::ours(codes::KEYRING, Some("It did not answer in time.".into()))));
        if let Err(problem) = wiped {
            self.teller.tell(Told::NotWiped(problem));
        }
    }

    /// The person has signed in again: what is under way goes on with the new session.
    pub(super) fn adopt(&mut self, mut open: Box<Open>) {
        if let Some(before) = self.open().or(self.former.as_ref()) {
            // What was consented to stays so.
            open.allowed.clone_from(&before.allowed);
            open.tokens.go_on_asking(&before.tokens);
            open.tenant = open.tenant.take().or_else(|| before.tenant.clone());
        }
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
        self.session = Session::SignedIn(open);
        self.keep_session();
        self.former = None;
        self.dismissed.clear();
        self.unconsented.clear();
        self.find_name();
        self.tell(Event::Command(Command::Refresh));
    }

    /// Finds out what the tenant is called, where that is not known.
    fn find_name(&mut self) {
        if let Some(open) = self.open().filter(|open| open.tenant.is_none()).cloned() {
            self.spawn(async move { Done::Named(open.tenant_name().await) });
        }
    }

    /// The tenant's name, should it be one.
    pub(super) fn named(&mut self, name: Option<String>) {
        if let Session::SignedIn(open) = &mut self.session
            && name.is_some()
        {
            open.tenant = name;
            self.keep_session();
        }
    }

    /// The machine of the account, from what is remembered.
    pub(super) fn load(&mut self) {
        let (memory, known) = (std::mem::take(&mut self.memory), self.saved.take());
        let clock::Reading { now, slow } = self.clock.read();
        let mut machine = Elevation::new(memory, known, options(&self.settings, self.kept), now);
        machine.manage(self.managed.clone());
        self.machine = Some(machine);
        self.slow = slow;
    }
}
