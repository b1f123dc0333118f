//! Keys that work from anywhere. Under Wayland the desktop's portal gives them, under X11 the server.

mod keyboard;
mod portal;
mod x11;

use tokio::sync::mpsc::UnboundedSender;

use crate::tray::{Happening, Report, Trouble, Wanted};

/// Those that are held.
pub struct Shortcuts {
    happenings: UnboundedSender<Happening>,
    portal: Option<portal::Session>,
    grabs: Option<x11::Grabs>,
}

impl Shortcuts {
    /// Nothing is asked of anybody before keys are wanted.
    pub fn new(happenings: UnboundedSender<Happening>) -> Self {
        Self { happenings, portal: None, grabs: None }
    }

    /// Asks for these keys, and gives all others back. What comes of it is told later.
    pub fn set(&mut self, wanted: Wanted) {
        let names = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
        let before = self.portal.take();
        if wanted.is_empty() {
            self.grabs = None;
        } else if names("WAYLAND_DISPLAY") {
            self.portal = Some(portal::Session::start(wanted, before, self.happenings.clone()));
        } else if !names("DISPLAY") {
            self.tell(refused(&wanted, &Trouble::Unsupported));
        } else if let Some(grabs) = &self.grabs
            && grabs.set(wanted.clone())
        {
        } else {
            match x11::Grabs::start(wanted.clone(), self.happenings.clone()) {
                Ok(grabs) => self.grabs = Some(grabs),
                Err(error) => self.tell(refused(&wanted, &Trouble::Failed(error.to_string()))),
            }
        }
    }

    fn tell(&self, report: Report) {
        let _ = self.happenings.send(Happening::Shortcuts(report));
    }
}

/// None of them is given.
fn refused(wanted: &Wanted, trouble: &Trouble) -> Report {
    wanted.iter().map(|(purpose, keys)| (*purpose, *keys, Err(trouble.clone()))).collect()
}
