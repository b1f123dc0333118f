//! What people read, in their language: messages of Project Fluent, `messages/<language>/*.ftl`, embedded in the program.
//!
//! A text is had by [`say!`](crate::say), in the language that the process speaks. That is English until somebody says otherwise
//! ([`speak`]): the command line, whose output scripts read, never does. Each language is parsed once, when its first text
//! is wanted. Logs, what is wrong in a line of a file, and what a library says stay English.
//!
//! That every language has every message with the same arguments, and that each one that the sources name is there, is tested.

/// The text of a message in the language that the process speaks: `say!("tray-more", many = 3)`.
#[macro_export]
macro_rules! say {
    ($id:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::say($id, &[$((stringify!($name), $crate::words::Value::from($value))),*])
    };
}

/// The name of a message that is said later, without arguments.
macro_rules! message {
    ($id:literal) => {
        $id
    };
}

mod times;

use std::{
    cell::Cell,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue as Value;
pub use times::{clock, day, left, length, moment};

type Messages = FluentBundle<FluentResource>;

/// A language that Pimento speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Also where a language is wanted that is not here.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Deutsch.
    #[serde(rename = "de")]
    German,
    /// Français.
    #[serde(rename = "fr")]
    French,
    /// Español.
    #[serde(rename = "es")]
    Spanish,
    /// 日本語.
    #[serde(rename = "ja")]
    Japanese,
    /// العربية, from right to left.
    #[serde(rename = "ar")]
    Arabic,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::English, Self::German, Self::French, Self::Spanish, Self::Japanese, Self::Arabic];

    /// Its code, as settings and the windows' addresses have it.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Japanese => "ja",
            Self::Arabic => "ar",
        }
    }

    /// The language of a tag as systems write it: `de`, `de-AT`, `fr_CA.UTF-8`. `None`: one that is not spoken.
    pub fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_', '.']).next()?;
        Self::ALL.into_iter().find(|each| each.code().eq_ignore_ascii_case(language))
    }

    /// The first of the tags, by preference, that is spoken; else English.
    pub fn preferred(tags: impl IntoIterator<Item = String>) -> Self {
        tags.into_iter().find_map(|tag| Self::of(&tag)).unwrap_or_default()
    }

    /// What the settings say, or the system's where they say nothing that is spoken.
    pub fn chosen(setting: Option<&str>, system: Self) -> Self {
        setting.and_then(Self::of).unwrap_or(system)
    }

    /// Is it read from the right?
    pub fn right_to_left(self) -> bool {
        self == Self::Arabic
    }

    fn messages(self) -> &'static Messages {
        static ALL: [OnceLock<Messages>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
        ALL[self as usize].get_or_init(|| {
            let mut messages =
                Messages::new_concurrent(self.code().parse::<LanguageIdentifier>().into_iter().collect());
            // Elsewhere names of both directions do not meet, and plain text is easier to search and to compare.
            messages.set_use_isolating(self.right_to_left());
            for file in self.files() {
                let (Ok(read) | Err((read, _))) = FluentResource::try_new((*file).to_owned());
                let added = messages.add_resource(read);
                debug_assert!(added.is_ok(), "{}: {added:?}", self.code());
            }
            messages
        })
    }

    fn files(self) -> &'static [&'static str] {
        macro_rules! files {
            ($($code:literal),*) => { [$(files!(@ $code: "day", "manage", "managed", "news", "notices", "problems", "times", "tray", "updates")),*] };
            (@ $code:literal: $($file:literal),*) => {
                [$(include_str!(concat!("../../messages/", $code, "/", $file, ".ftl"))),*]
            };
        }
        static FILES: [[&str; 9]; Language::ALL.len()] = files!("en", "de", "fr", "es", "ja", "ar");
        &FILES[self as usize]
    }
}

/// What the process speaks, by its place in [`Language::ALL`].
static SPOKEN: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// What this thread speaks instead.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// From now on the process speaks this language. What was said before stays as it is.
pub fn speak(language: Language) {
    SPOKEN.store(language as usize, Ordering::Relaxed);
}

/// The language that is spoken.
pub fn language() -> Language {
    HERE.get().unwrap_or_else(|| Language::ALL[SPOKEN.load(Ordering::Relaxed) % Language::ALL.len()])
}

/// Does something in a language, on this thread alone: for tests of one beside those of another.
#[doc(hidden)]
pub fn within<T>(language: Language, act: impl FnOnce() -> T) -> T {
    let before = HERE.replace(Some(language));
    let done = act();
    HERE.set(before);
    done
}

/// What [`say!`](crate::say) comes to.
pub fn say(id: &str, arguments: &[(&'static str, Value<'_>)]) -> String {
    // A message that is missing would be missed by the tests, not by a person.
    let spoken = [language(), Language::English].into_iter().find_map(|language| text(language, id, arguments));
    debug_assert!(spoken.is_some(), "{id}");
    spoken.unwrap_or_else(|| id.to_owned())
}

fn text(language: Language, id: &str, arguments: &[(&'static str, Value<'_>)]) -> Option<String> {
    let messages = language.messages();
    let pattern = messages.get_message(id)?.value()?;
    let arguments: FluentArgs = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut errors = Vec::new();
    let text = messages.format_pattern(pattern, Some(&arguments), &mut errors);
    debug_assert!(errors.is_empty(), "{id} in {}: {errors:?}", language.code());
    Some(text.into_owned())
}

/// Names as a sentence lists them: "A, B and C".
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().collect();
    let Some((last, most)) = names.split_last() else { return String::new() };
    let before =
        most.iter().map(|name| (*name).to_owned()).reduce(|all, name| say!("list-more", all = all, name = name));
    before.map_or_else(|| (*last).to_owned(), |all| say!("list-last", all = all, name = *last))
}

/// Names one after the other, without an "and": "A, B, C".
pub fn row<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names = names.into_iter().map(str::to_owned);
    names.reduce(|all, name| say!("list-more", all = all, name = name)).unwrap_or_default()
}

/// Sentences one after the other.
pub fn sentences(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().reduce(|before, next| say!("sentences", before = before, next = next)).unwrap_or_default()
}

#[cfg(test)]
mod sources;
#[cfg(test)]
mod tests;
