//! Keys that work from anywhere on Windows and macOS: registered with the system on the thread that runs the event loop, which
//! sleeps until one is pressed.

use std::{
    cell::RefCell,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use global_hotkey::{Error, GlobalHotKeyEvent, GlobalHotKeyManager, HotKeyState, hotkey::HotKey};
use pim::shortcut::{Key, Keys};
use tauri::AppHandle;
use tokio::sync::mpsc::UnboundedSender;

use crate::tray::{Happening, Purpose, Report, Trouble, Wanted};

thread_local! {
    /// What the event loop's thread holds; made when keys are wanted for the first time.
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

/// Those that are held.
pub struct Shortcuts {
    app: AppHandle,
    happenings: UnboundedSender<Happening>,
    purposes: Arc<Mutex<HashMap<u32, Purpose>>>,
}

struct Held {
    system: GlobalHotKeyManager,
    keys: Vec<HotKey>,
}

impl Shortcuts {
    /// Nothing is asked of the system before keys are wanted.
    pub fn new(app: AppHandle, happenings: UnboundedSender<Happening>) -> Self {
        let purposes = Arc::<Mutex<HashMap<u32, Purpose>>>::default();
        let (pressed, of) = (happenings.clone(), purposes.clone());
        GlobalHotKeyEvent::set_event_handler(Some(move |event: GlobalHotKeyEvent| {
            let purpose = of.lock().unwrap_or_else(PoisonError::into_inner).get(&event.id).copied();
            if let (HotKeyState::Pressed, Some(purpose)) = (event.state, purpose) {
                let _ = pressed.send(Happening::Pressed(purpose));
            }
        }));
        Self { app, happenings, purposes }
    }

    /// Asks for these keys, and gives all others back. What comes of it is told later.
    pub fn set(&mut self, wanted: Wanted) {
        let (happenings, purposes) = (self.happenings.clone(), self.purposes.clone());
        let set = move || {
            let (report, held) = HELD.with_borrow_mut(|held| hold(held, &wanted));
            *purposes.lock().unwrap_or_else(PoisonError::into_inner) = held;
            let _ = happenings.send(Happening::Shortcuts(report));
        };
        if let Err(error) = self.app.run_on_main_thread(set) {
            tracing::error!(%error, "the event loop is gone");
        }
    }
}

/// Gives back what is held and asks for these.
fn hold(held: &mut Option<Held>, wanted: &Wanted) -> (Report, HashMap<u32, Purpose>) {
    if let Some(held) = held {
        for keys in held.keys.drain(..) {
            if let Err(error) = held.system.unregister(keys) {
                tracing::debug!(%error, "keys were not held any more");
            }
        }
    }
    let mut purposes = HashMap::new();
    let mut report = Report::new();
    for (purpose, keys) in wanted {
        let outcome = grab(held, *keys);
        if let Ok(id) = outcome {
            purposes.insert(id, *purpose);
        }
        report.push((*purpose, *keys, outcome.map(drop)));
    }
    (report, purposes)
}

fn grab(held: &mut Option<Held>, keys: Keys) -> Result<u32, Trouble> {
    let failed = |error: Error| Trouble::Failed(error.to_string());
    let hotkey: HotKey = written(keys).parse().map_err(|_| Trouble::NoKey)?;
    let held = match held {
        Some(held) => held,
        None => held.insert(Held { system: GlobalHotKeyManager::new().map_err(failed)?, keys: Vec::new() }),
    };
    held.system.register(hotkey).map_err(|error| match error {
        Error::AlreadyRegistered(_) => Trouble::Taken,
        error => failed(error),
    })?;
    held.keys.push(hotkey);
    Ok(hotkey.id())
}

/// Keys as the library reads them.
fn written(keys: Keys) -> String {
    let modifiers = [(keys.ctrl, "Control+"), (keys.alt, "Alt+"), (keys.shift, "Shift+"), (keys.logo, "Super+")];
    let held: String = modifiers.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
    match keys.key {
        Key::Character(letter) if letter.is_ascii_alphabetic() => format!("{held}Key{letter}"),
        Key::Character(digit) => format!("{held}Digit{digit}"),
        named => format!("{held}{named}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_reads_all_keys_that_can_be_set() {
        let named = ["Space", "Enter", "Tab", "Insert", "Delete", "Home", "End", "PageUp", "PageDown", "Up", "Down"];
        let functions = (1..=24).map(|number| format!("F{number}"));
        let characters = ('A'..='Z').chain('0'..='9').map(String::from);
        let all = named
            .into_iter()
            .map(str::to_owned)
            .chain(functions)
            .chain(characters)
            .chain(["Left", "Right"].map(String::from));
        let mut ids = std::collections::HashSet::new();
        for key in all {
            let keys: Keys = format!("Ctrl+Alt+Shift+Super+{key}").parse().unwrap();
            let hotkey: HotKey = written(keys).parse().unwrap_or_else(|error| panic!("{key}: {error}"));
            assert!(ids.insert(hotkey.id()), "{key}");
        }
    }
}
