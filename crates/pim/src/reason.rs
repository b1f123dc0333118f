//! Reasons that an auditor would send back: judged before they are sent, warned of and never refused. What a policy demands is
//! for the service to judge.
//!
//! The window judges as one types, in TypeScript (`ui/src/lib/reasons.ts`), by the same rules: the words and rows of keys are in
//! `reason/rules.json`, and `tests/reasons.json` holds cases that both have to answer alike.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde::{Deserialize, Serialize};

use crate::history::fold;

/// What is wrong with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Flaw {
    /// A placeholder of a template was not filled in.
    Placeholder {
        /// As it stands there: `{ticket}`.
        name: String,
    },
    /// It is the ticket's number and nothing more.
    Ticket,
    /// It is the role's name and nothing more.
    Role,
    /// Keys that lie side by side, or one letter again and again.
    Mashed,
    /// Words that could be said of anything.
    Empty,
    /// Shorter than is wanted.
    Short {
        /// Characters that are wanted.
        least: u32,
    },
}

/// What a reason is for.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Names of the roles.
    pub roles: &'a [&'a str],
    /// Number of the ticket that goes with it.
    pub ticket: &'a str,
    /// Characters that a reason should have; 0: any number.
    pub least: u32,
}

#[derive(Deserialize)]
struct Rules {
    keys: Vec<String>,
    empty: BTreeMap<String, Vec<String>>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules: Rules = serde_json::from_str(include_str!("reason/rules.json")).unwrap_or_else(|error| {
        unreachable!("a file of this program: {error}");
    });
    let backwards: Vec<String> = rules.keys.iter().map(|row| row.chars().rev().collect()).collect();
    rules.keys.extend(backwards);
    rules.keys.iter_mut().for_each(|row| *row = fold(row));
    rules
});

/// Words that say nothing, in every language: people write in more than one.
static EMPTY: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| RULES.empty.values().flatten().map(|word| fold(word)).collect());

/// The worst that is wrong with a reason. Of one that is not there, nothing: whether one is needed is the policy's business.
pub fn judge(reason: &str, about: About<'_>) -> Option<Flaw> {
    let reason = reason.trim();
    if reason.is_empty() {
        return None;
    }
    if let Some(name) = placeholder(reason) {
        return Some(Flaw::Placeholder { name });
    }
    let words = words(reason);
    let told = |text: &str| !text.trim().is_empty() && words == self::words(text);
    if told(about.ticket) {
        return Some(Flaw::Ticket);
    }
    if about.roles.iter().any(|role| only_the_role(&words, role)) {
        return Some(Flaw::Role);
    }
    if words.iter().any(|word| is_mashed(word)) && words.iter().all(|word| is_mashed(word) || is_empty(word)) {
        return Some(Flaw::Mashed);
    }
    if words.iter().all(|word| is_empty(word) || is_number(word)) && !words.iter().any(|word| is_telling(word)) {
        return Some(Flaw::Empty);
    }
    let length = reason.chars().count();
    (length < about.least as usize).then_some(Flaw::Short { least: about.least })
}

/// The first placeholder, `{…}` around a word.
fn placeholder(reason: &str) -> Option<String> {
    reason.match_indices('{').find_map(|(from, _)| {
        let inner = &reason[from + 1..];
        let word = &inner[..inner.find('}')?];
        let letters = !word.is_empty() && word.chars().all(char::is_alphabetic);
        letters.then(|| format!("{{{word}}}"))
    })
}

/// Its words, without case and accents.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The role's name, and beside it at most words that say nothing.
fn only_the_role(words: &[String], role: &str) -> bool {
    let name = self::words(role);
    let rest: Vec<_> = words.iter().filter(|word| !name.contains(word)).collect();
    !name.is_empty() && name.iter().all(|part| words.contains(part)) && rest.into_iter().all(|word| is_empty(word))
}

/// Letters that come again and again, or keys that lie side by side.
fn is_mashed(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let again = (1..=3).any(|part| {
        letters.len() >= (2 * part).max(3) && letters.iter().zip(&letters[part..]).all(|(one, next)| one == next)
    });
    again || along_the_keys(&letters)
}

/// Nothing but runs of three keys or more: `asdf`, `qweasd`.
fn along_the_keys(letters: &[char]) -> bool {
    let is_run = |run: &[char]| {
        let run: String = run.iter().collect();
        RULES.keys.iter().any(|row| row.contains(&run))
    };
    let mut rest = letters;
    while !rest.is_empty() {
        let Some(long) = (3..=rest.len()).take_while(|long| is_run(&rest[..*long])).last() else { return false };
        rest = &rest[long..];
    }
    !letters.is_empty()
}

/// A word that says nothing, whatever number it has: `test2`.
fn is_empty(word: &str) -> bool {
    EMPTY.contains(word.trim_end_matches(|letter: char| letter.is_ascii_digit())) || EMPTY.contains(word)
}

fn is_number(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_digit())
}

/// A number that is long enough to be a ticket's.
fn is_telling(word: &str) -> bool {
    is_number(word) && word.len() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Case {
        reason: String,
        #[serde(default)]
        roles: Vec<String>,
        #[serde(default)]
        ticket: String,
        #[serde(default)]
        least: u32,
        flaw: Option<Flaw>,
    }

    #[test]
    fn the_cases_that_the_window_answers_too() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../../tests/reasons.json")).unwrap();
        assert!(cases.len() > 60, "{}", cases.len());
        for Case { reason, roles, ticket, least, flaw } in cases {
            let roles: Vec<_> = roles.iter().map(String::as_str).collect();
            assert_eq!(judge(&reason, About { roles: &roles, ticket: &ticket, least }), flaw, "{reason:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_judged(reason in ".*", ticket in ".{0,8}", role in ".{0,20}") {
            let flaw = judge(&reason, About { roles: &[&role], ticket: &ticket, least: 8 });
            proptest::prop_assert!(flaw.is_some() || reason.trim().is_empty() || reason.trim().chars().count() >= 8);
        }
    }
}
