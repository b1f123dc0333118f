//! Keys that work from anywhere, as a person writes them: `Ctrl+Alt+P`. What they do, and whether another program has them,
//! is not decided here.

use std::{fmt, str::FromStr};

/// Modifiers and one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Keys {
    /// Ctrl.
    pub ctrl: bool,
    /// Alt, on a Mac's keyboard Option.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
    /// The key with the system's sign, on a Mac's keyboard Command.
    pub logo: bool,
    /// The key itself.
    pub key: Key,
}

/// A key that may be pressed with modifiers. Only those that every keyboard has, wherever they lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// `A` to `Z`, `0` to `9`; always upper case.
    Character(char),
    /// `F1` to `F24`.
    Function(u8),
    /// One with a name.
    Named(Named),
}

/// A key with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they are what they are called")]
pub enum Named {
    Space,
    Enter,
    Tab,
    Insert,
    Delete,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
}

const NAMED: [(Named, &str); 13] = [
    (Named::Space, "Space"),
    (Named::Enter, "Enter"),
    (Named::Tab, "Tab"),
    (Named::Insert, "Insert"),
    (Named::Delete, "Delete"),
    (Named::Home, "Home"),
    (Named::End, "End"),
    (Named::PageUp, "PageUp"),
    (Named::PageDown, "PageDown"),
    (Named::Up, "Up"),
    (Named::Down, "Down"),
    (Named::Left, "Left"),
    (Named::Right, "Right"),
];

/// The most function keys that a keyboard is known to have.
const FUNCTIONS: std::ops::RangeInclusive<u8> = 1..=24;

/// What is allowed, in a sentence.
pub const ALLOWED: &str = "it takes Ctrl, Alt or Super, also with Shift, and one letter, digit, function key, arrow, Space, \
                           Enter, Tab, Insert, Delete, Home, End, PageUp or PageDown, as in Ctrl+Alt+P";

impl FromStr for Keys {
    type Err = &'static str;

    /// Reads what somebody typed: in any case, with spaces, with the names that other systems have for the modifiers.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts: Vec<_> = text.split('+').map(|part| part.trim().to_ascii_lowercase()).collect();
        let key = parts.pop().and_then(|key| Key::read(&key)).ok_or(ALLOWED)?;
        let mut keys = Self { ctrl: false, alt: false, shift: false, logo: false, key };
        for modifier in parts {
            match modifier.as_str() {
                "ctrl" | "control" => keys.ctrl = true,
                "alt" | "option" => keys.alt = true,
                "shift" => keys.shift = true,
                "super" | "win" | "cmd" | "command" | "meta" => keys.logo = true,
                _ => return Err(ALLOWED),
            }
        }
        // A key alone, or with Shift, is typing.
        if keys.ctrl || keys.alt || keys.logo { Ok(keys) } else { Err(ALLOWED) }
    }
}

impl Key {
    fn read(text: &str) -> Option<Self> {
        let mut characters = text.chars();
        if let (Some(only), None) = (characters.next(), characters.next()) {
            return only.is_ascii_alphanumeric().then(|| Self::Character(only.to_ascii_uppercase()));
        }
        if let Some(number) = text.strip_prefix('f').and_then(|number| number.parse().ok()) {
            let written = !text.starts_with("f0") && !text.starts_with("f+");
            return (written && FUNCTIONS.contains(&number)).then_some(Self::Function(number));
        }
        NAMED.iter().find(|(_, name)| name.eq_ignore_ascii_case(text)).map(|(named, _)| Self::Named(*named))
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let logo = if cfg!(target_os = "macos") {
            "Cmd+"
        } else if cfg!(windows) {
            "Win+"
        } else {
            "Super+"
        };
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+"), (self.logo, logo)] {
            if held {
                f.write_str(name)?;
            }
        }
        write!(f, "{}", self.key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(character) => write!(f, "{character}"),
            Self::Function(number) => write!(f, "F{number}"),
            Self::Named(named) => {
                let name = NAMED.iter().find(|(each, _)| each == named).map_or("", |(_, name)| name);
                f.write_str(name)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> Option<String> {
        text.parse::<Keys>().ok().map(|keys| keys.to_string())
    }

    #[test]
    fn keys_are_read_as_people_write_them() {
        for (text, expected) in [
            ("Ctrl+Alt+P", "Ctrl+Alt+P"),
            ("ctrl + alt + p", "Ctrl+Alt+P"),
            ("Option+Control+7", "Ctrl+Alt+7"),
            ("shift+CTRL+f12", "Ctrl+Shift+F12"),
            ("alt+pageup", "Alt+PageUp"),
            ("Ctrl+Ctrl+F24", "Ctrl+F24"),
        ] {
            assert_eq!(written(text).as_deref(), Some(expected), "{text}");
        }
        for logo in ["Super", "Win", "Cmd", "Command", "Meta"] {
            assert_eq!(format!("{logo}+Space").parse(), "Super+Space".parse::<Keys>(), "{logo}");
        }
    }

    #[test]
    fn what_is_no_such_thing_is_refused_with_what_is_allowed() {
        for text in [
            "",
            "P",
            "Shift+P",
            "Ctrl",
            "Ctrl+",
            "+P",
            "Ctrl+Alt",
            "Ctrl+Alt+PP",
            "Ctrl+F0",
            "Ctrl+F25",
            "Ctrl+F01",
            "Ctrl+F+1",
            "Hyper+P",
            "Ctrl+ä",
            "Ctrl++",
            "Ctrl+Escape",
            "Ctrl+P+Alt",
            "Ctrl+P\0",
        ] {
            let refused = text.parse::<Keys>().expect_err(text);
            assert!(refused.contains("as in Ctrl+Alt+P"), "{text}: {refused}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in "((ctrl|alt|shift|super) ?\\+ ?){1,4}([a-z0-9]|f[1-9]|space|up|delete|pagedown)") {
            if let Ok(keys) = text.parse::<Keys>() {
                prop_assert_eq!(keys.to_string().parse(), Ok(keys));
            }
        }

        #[test]
        fn nothing_typed_is_a_panic(text in ".{0,20}") {
            let _ = text.parse::<Keys>();
        }
    }
}
