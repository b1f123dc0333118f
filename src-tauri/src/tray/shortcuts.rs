//! Keys that work from anywhere: which are wanted, and what to say of those that the system does not give. Pure; adapters ask
//! the system.
//!
//! What keys do, a click on the icon could do as well: they show the window, or a bundle's form in it. Other programs can press
//! keys, so nothing is activated by them.

use pim::{
    say,
    shortcut::Keys,
    view::{Notice, Settings, Severity},
};

/// What keys are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Show the window, or hide it.
    Window,
    /// Show a bundle's form.
    Bundle,
}

/// All keys that are wanted at a time, each with what it is for.
pub type Wanted = Vec<(Purpose, Keys)>;

/// What came of asking the system for keys.
pub type Report = Vec<(Purpose, Keys, Result<(), Trouble>)>;

/// Why keys do nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Another program has them.
    Taken,
    /// This keyboard does not have them.
    NoKey,
    /// The desktop, or the person whom it asked, said no.
    Declined,
    /// Nobody can have such keys here.
    Unsupported,
    /// Something else, in the system's words.
    Failed(String),
}

/// The keys that are wanted, and those that are not given.
#[derive(Debug, Default)]
pub struct Shortcuts {
    wanted: Wanted,
    troubles: Vec<(Purpose, Keys, Trouble)>,
}

impl Shortcuts {
    /// The settings may have changed; `Some`: the system is to be asked for these, and for no others.
    pub fn change(&mut self, settings: &Settings) -> Option<Wanted> {
        let wanted = wanted(settings);
        if wanted == self.wanted {
            return None;
        }
        self.troubles.clear();
        self.wanted.clone_from(&wanted);
        Some(wanted)
    }

    /// Somebody looks: where keys were not given, the reason may have gone.
    pub fn again(&self) -> Option<Wanted> {
        let passes = |trouble: &Trouble| matches!(trouble, Trouble::Taken | Trouble::NoKey | Trouble::Failed(_));
        self.troubles.iter().any(|(_, _, trouble)| passes(trouble)).then(|| self.wanted.clone())
    }

    /// What the system said. Of keys that are not wanted any more it is no news.
    pub fn reported(&mut self, report: Report) {
        for (purpose, keys, outcome) in report {
            if !self.wanted.contains(&(purpose, keys)) {
                continue;
            }
            self.troubles.retain(|(of, _, _)| *of != purpose);
            match outcome {
                Ok(()) => tracing::info!(?purpose, %keys, "keys that work from anywhere"),
                Err(trouble) => {
                    tracing::warn!(?purpose, %keys, ?trouble, "keys do nothing");
                    self.troubles.push((purpose, keys, trouble));
                }
            }
        }
    }

    /// What to tell in the window.
    pub fn notices(&self) -> Vec<Notice> {
        self.troubles.iter().map(|(purpose, keys, trouble)| notice(*purpose, *keys, trouble)).collect()
    }

    /// The person has read it.
    pub fn dismiss(&mut self, notice: &str) {
        self.troubles.retain(|(purpose, _, _)| id(*purpose) != notice);
    }
}

fn wanted(settings: &Settings) -> Wanted {
    let window = settings.shortcut.as_deref().map(|keys| (Purpose::Window, keys));
    let bundle = settings.bundle_shortcut.as_ref().map(|bundle| (Purpose::Bundle, bundle.keys.as_str()));
    // What cannot be read was refused when it was saved.
    window.into_iter().chain(bundle).filter_map(|(purpose, keys)| Some((purpose, keys.parse().ok()?))).collect()
}

fn id(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Window => "shortcut",
        Purpose::Bundle => "shortcut-bundle",
    }
}

fn notice(purpose: Purpose, keys: Keys, trouble: &Trouble) -> Notice {
    let named = keys.to_string();
    let message = match trouble {
        Trouble::Taken => say!("keys-taken", keys = named),
        Trouble::NoKey => say!("keys-missing", keys = named, key = keys.key.to_string()),
        Trouble::Declined => say!("keys-declined", keys = named),
        Trouble::Unsupported => say!("keys-unsupported", keys = named),
        Trouble::Failed(_) => say!("keys-failed", keys = named),
    };
    let detail = match trouble {
        Trouble::Failed(words) => Some(words.clone()),
        _ => None,
    };
    Notice { id: id(purpose).into(), severity: Severity::Warning, message, detail }
}

#[cfg(test)]
mod tests {
    use pim::view::BundleShortcut;

    use super::*;

    fn settings(window: Option<&str>, bundle: Option<&str>) -> Settings {
        let bundle = bundle.map(|keys| BundleShortcut { bundle: "On call".into(), keys: keys.into() });
        Settings { shortcut: window.map(str::to_owned), bundle_shortcut: bundle, ..Settings::default() }
    }

    fn keys(text: &str) -> Keys {
        text.parse().unwrap()
    }

    #[test]
    fn the_system_is_asked_when_something_has_changed_and_not_before_anything_is_wanted() {
        let mut shortcuts = Shortcuts::default();
        assert_eq!(shortcuts.change(&Settings::default()), None);
        let both = settings(Some("Ctrl+Alt+P"), Some("Ctrl+Alt+O"));
        let wanted = vec![(Purpose::Window, keys("Ctrl+Alt+P")), (Purpose::Bundle, keys("Ctrl+Alt+O"))];
        assert_eq!(shortcuts.change(&both), Some(wanted));
        assert_eq!(shortcuts.change(&Settings { warn_minutes: 9, ..both.clone() }), None);
        assert_eq!(shortcuts.change(&settings(Some("ctrl+alt+p"), Some("Ctrl+Alt+O"))), None, "the same keys");
        assert_eq!(shortcuts.change(&settings(None, None)), Some(Vec::new()), "they are given back");
    }

    #[test]
    fn keys_that_are_not_given_are_named_with_what_to_do() {
        let mut shortcuts = Shortcuts::default();
        shortcuts.change(&settings(Some("Ctrl+Alt+P"), Some("Ctrl+F9")));
        for (trouble, expected) in [
            (Trouble::Taken, "another program has it"),
            (Trouble::NoKey, "This keyboard has no P"),
            (Trouble::Declined, "Your desktop did not give"),
            (Trouble::Unsupported, "the command `pimento`"),
            (Trouble::Failed("no display".into()), "could not be asked"),
        ] {
            let report = vec![
                (Purpose::Window, keys("Ctrl+Alt+P"), Err(trouble.clone())),
                (Purpose::Bundle, keys("Ctrl+F9"), Ok(())),
            ];
            shortcuts.reported(report);
            let [notice] = &shortcuts.notices()[..] else { panic!("{:?}", shortcuts.notices()) };
            assert_eq!(notice.id, "shortcut");
            assert!(notice.message.contains("Ctrl+Alt+P") && notice.message.contains(expected), "{}", notice.message);
            assert_eq!(
                notice.detail.as_deref(),
                (trouble == Trouble::Failed("no display".into())).then_some("no display")
            );
        }
    }

    #[test]
    fn trouble_ends_with_its_keys_when_it_is_dismissed_and_when_they_are_given() {
        let mut shortcuts = Shortcuts::default();
        shortcuts.change(&settings(Some("Ctrl+Alt+P"), None));
        let taken = |text: &str| vec![(Purpose::Window, keys(text), Err(Trouble::Taken))];
        shortcuts.reported(taken("Ctrl+Alt+P"));
        assert_eq!(shortcuts.again(), Some(vec![(Purpose::Window, keys("Ctrl+Alt+P"))]), "it may have been freed");
        shortcuts.change(&settings(Some("Ctrl+Alt+O"), None));
        assert!(shortcuts.notices().is_empty());
        shortcuts.reported(taken("Ctrl+Alt+P"));
        assert!(shortcuts.notices().is_empty(), "that was about other keys");
        shortcuts.reported(taken("Ctrl+Alt+O"));
        shortcuts.dismiss("shortcut-bundle");
        assert_eq!(shortcuts.notices().len(), 1);
        shortcuts.dismiss("shortcut");
        assert!(shortcuts.notices().is_empty());
        shortcuts.reported(taken("Ctrl+Alt+O"));
        shortcuts.reported(vec![(Purpose::Window, keys("Ctrl+Alt+O"), Ok(()))]);
        assert!(shortcuts.notices().is_empty());
        assert_eq!(shortcuts.again(), None);
    }

    #[test]
    fn nobody_is_asked_again_who_said_no() {
        let mut shortcuts = Shortcuts::default();
        shortcuts.change(&settings(Some("Ctrl+Alt+P"), None));
        shortcuts.reported(vec![(Purpose::Window, keys("Ctrl+Alt+P"), Err(Trouble::Declined))]);
        assert_eq!(shortcuts.again(), None);
    }
}
