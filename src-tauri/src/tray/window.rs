//! The window's process: what is wanted of it, and what it says.

use pim::{say, view::Command};

use super::{
    Tray, face,
    flyout::{Effect, Event},
    happening::without_address,
    notify,
    process::{Before, Heard, Process, Told},
    sign_in_page, updates,
};
use crate::pipe::{self, Because, Place, Up};

impl Tray {
    pub(super) fn show(&mut self) {
        let place = if self.host { self.place } else { Place::Ordinary };
        self.flyout(Event::Show(place));
    }

    /// `false`: Pimento ends.
    pub(super) fn heard(&mut self, serial: u64, heard: Heard) -> bool {
        if self.process.as_ref().is_some_and(|process| process.serial != serial) {
            return true;
        }
        match heard {
            Heard::Exited => {
                self.process = None;
                // Where it could, it said why itself.
                if self.flyout.starting() && self.extra.window_problem.is_none() {
                    tracing::error!("the window's program ended at once");
                    self.no_window(say!("window-ended-at-once"));
                }
                self.flyout(Event::Exited);
            }
            Heard::Said(Up::Command { command }) => {
                if let Some(wish) = updates::wish(&command) {
                    self.updates.wish(wish);
                    return true;
                }
                if let Command::DismissNotice { id } = without_address(&command) {
                    self.shortcuts.dismiss(id);
                    self.seen.dismiss(id);
                    self.tell();
                }
                self.agent.send(command);
            }
            Heard::Said(Up::OpenSignInPage) => sign_in_page::open(&self.views.borrow().session),
            Heard::Said(Up::Shown) => {
                self.extra.window_problem = None;
                self.autostart.look();
                if let Some(wanted) = self.shortcuts.again() {
                    self.keys.set(wanted);
                }
                self.flyout(Event::Shown);
            }
            Heard::Said(Up::Hidden { because }) => {
                self.flyout(Event::Hidden(because));
                if !self.flyout.resting() {
                    return true;
                }
                if let Some(process) = &self.process {
                    process.rest();
                }
                self.form_seen = self.views.borrow().open_form.as_ref().map(|form| form.serial);
                // Without a tray the window is all there is: closing it is quitting, unless there is something to warn of.
                let view = self.views.borrow();
                return self.host || because != Because::Closed || face::busy(&view);
            }
            Heard::Said(Up::Painted { milliseconds }) => {
                tracing::info!(milliseconds, "window painted");
                // Somebody looks: now it can be told. Not before, as asking may start whoever shows notifications.
                self.notifier.look();
                self.flyout(Event::Alive);
            }
            Heard::Said(Up::Alive) => self.flyout(Event::Alive),
            Heard::Said(Up::PageDied { how }) => {
                tracing::warn!(?how, "the window's page has died");
                self.flyout(Event::PageDied);
            }
            Heard::Said(Up::Left { state }) => self.left = Some(state).filter(|left| left.len() <= pipe::MOST_LEFT),
            Heard::Said(Up::Diagnose { serial, names }) => {
                if let Some(process) = &self.process {
                    let (view, notices) = (self.views.borrow().clone(), self.own_notices());
                    self.diagnosis.make(&view, notices, names, process.answer(serial));
                }
            }
            Heard::Said(Up::Failed { message }) => {
                self.no_window(message);
            }
        }
        true
    }

    fn no_window(&mut self, message: String) {
        self.notifier.show(notify::window_failed(&message));
        self.extra.window_problem = Some(message);
    }

    pub(super) fn flyout(&mut self, event: Event) {
        let effects = self.flyout.handle(event, self.clock.elapsed());
        tracing::debug!(?event, ?effects, "flyout");
        for effect in effects {
            match (effect, &self.process) {
                (Effect::Start { resume }, _) => self.start_process(resume),
                (Effect::Show(place), Some(process)) => process.show(place, self.page.take()),
                (Effect::Hide, Some(process)) => process.hide(),
                (Effect::Kill, Some(process)) => process.kill(),
                (Effect::End, Some(process)) => process.end(),
                (Effect::Ping, Some(process)) => process.ping(),
                (Effect::GiveUp, _) => {
                    tracing::error!("the window has ended by itself more than once");
                    self.no_window(say!("window-gave-up"));
                }
                // Its end has been noticed meanwhile.
                (_, None) => {}
            }
        }
    }

    /// `resume`: it goes on where the one before was left.
    fn start_process(&mut self, resume: bool) {
        self.processes += 1;
        if resume {
            tracing::info!("the window goes on where it was left");
        } else {
            self.left = None;
        }
        let (heard, before) = (self.says.clone(), Before { form_seen: self.form_seen, left: self.left.clone() });
        let (notices, updates) = (self.notices.subscribe(), self.newer.clone());
        let told = Told { views: self.views.clone(), notices, updates };
        match Process::start(self.processes, told, before, self.clock.clone(), heard) {
            Ok(process) => self.process = Some(process),
            Err(error) => {
                tracing::error!(%error, "the window's process cannot be started");
                self.extra.window_problem = Some(say!("window-not-opened", error = error.to_string()));
                self.flyout(Event::Exited);
            }
        }
    }
}
