//! Somebody signs in, or thinks better of it.

use std::sync::Arc;

use tokio::{
    sync::{oneshot, watch},
    task::JoinHandle,
};

use super::{
    super::{
        messages::{Order, Told},
        run::WIPING,
        session::{Door, Goal, Open, Way, cancelled},
    },
    Arrival, House, NOBODY,
};
use crate::{
    auth::DeviceCode,
    codes,
    problem::Problem,
    view::{self, Notice, Severity, SignInEnd, View},
};

/// A sign-in under way.
pub(super) struct SigningIn {
    pub serial: u64,
    pub goal: Goal,
    pub code: Option<DeviceCode>,
    task: JoinHandle<()>,
    /// Dropped, it tells the task that nobody waits any more.
    _wanted: oneshot::Sender<()>,
    /// Closes when nothing of it is left.
    gone: watch::Receiver<()>,
}

impl SigningIn {
    pub fn shown(&self) -> view::Session {
        view::Session::SigningIn {
            user_code: self.code.as_ref().map(|code| code.user_code.clone()),
            url: self.code.as_ref().map(|code| code.verification_uri.clone()),
        }
    }
}

impl House {
    pub(super) fn sign_in(&mut self, goal: Goal, way: Way) {
        if self.signing_in.is_some() {
            return;
        }
        self.serial += 1;
        self.refused = None;
        self.notices.retain(|notice| notice.id != "sign-in");
        self.leaving.retain(|gone| gone.has_changed().is_ok());
        let (serial, arrives, mut leaving) = (self.serial, self.arrives.clone(), self.leaving.clone());
        let door = Door { clock: self.clock.another(), ..self.door.clone() };
        // Asked once more in the same place: what works without that consent goes on.
        let limited = self.unconsented.take().is_some_and(|earlier| earlier == goal);
        let wanted = Goal { limited, ..goal.clone() };
        let shows = arrives.clone();
        let show = move |code| drop(shows.send((serial, Arrival::Code(code))));
        let (wanted_here, unwanted) = oneshot::channel::<()>();
        let (here, gone) = watch::channel(());
        let task = tokio::spawn(async move {
            let signing_in = async {
                // What they still wipe must not be what is about to be kept.
                for gone in &mut leaving {
                    while gone.changed().await.is_ok() {}
                }
                door.sign_in(wanted, way, show).await
            };
            let signed_in = tokio::select! {
                biased;
                _ = unwanted => return,
                signed_in = signing_in => signed_in,
            };
            // From here on it goes through, whoever waits: what the keyring holds half-way nobody would know of.
            let open = match signed_in {
                Ok(signed_in) => Ok(Box::new(signed_in.keep().await)),
                Err(problem) => Err(problem),
            };
            let _ = arrives.send((serial, Arrival::SignedIn(open, here)));
        });
        self.signing_in = Some(SigningIn { serial, goal, code: None, task, _wanted: wanted_here, gone });
    }

    pub(super) fn cancel_sign_in(&mut self) {
        if self.give_up_sign_in().is_some() {
            self.not_signed_in(cancelled());
        }
    }

    /// Whoever asked for it hears of its end.
    pub(super) fn sign_in_ended(&mut self, problem: Option<Problem>) {
        let serial = self.sign_in_end.as_ref().map_or(1, |end| end.serial.wrapping_add(1));
        self.sign_in_end = Some(SignInEnd { serial, problem });
    }

    /// Nobody waits for it any more. The next one waits until nothing of it is left.
    pub(super) fn give_up_sign_in(&mut self) -> Option<JoinHandle<()>> {
        let SigningIn { task, gone, .. } = self.signing_in.take()?;
        self.sign_in_ended(Some(cancelled()));
        self.leaving.push(gone);
        Some(task)
    }

    /// Somebody has signed in, and nobody waits for that any more: what the keyring holds now is taken back. Whoever is signed
    /// in to the same account goes on as before.
    pub(super) fn unwanted(&mut self, open: Box<Open>, here: watch::Sender<()>) {
        let account = open.account().id;
        let usable = |view: &Arc<View>| !matches!(view.session, view::Session::SignedOut { .. });
        if self.members.contains_key(&account) && self.roster.shown(&account).is_some_and(usable) {
            return self.order(&account, Order::Remember);
        }
        let tells = self.tells.clone();
        self.agents.spawn(async move {
            if let Ok(Err(problem)) = tokio::time::timeout(WIPING, open.tokens.sign_out()).await {
                let _ = tells.send((NOBODY, Told::NotWiped(problem)));
            }
            drop(here);
        });
    }

    /// Nothing has changed for whoever is signed in.
    pub(super) fn not_signed_in(&mut self, problem: Problem) {
        let usable = |view: &Arc<View>| !matches!(view.session, view::Session::SignedOut { .. });
        if !self.roster.current().and_then(|account| self.roster.shown(account)).is_some_and(usable) {
            self.refused = Some(problem);
        } else if problem.code != codes::SIGN_IN_CANCELLED {
            let (message, detail) = (problem.message, problem.detail);
            self.notice(Notice { id: "sign-in".into(), severity: Severity::Warning, message, detail });
        }
    }
}
