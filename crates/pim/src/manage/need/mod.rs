//! "What do I need?": from an error message, an action or plain words to the least privileged role that allows it. Pure:
//! built once from the role definitions, asked as often as somebody likes.

mod cache;
mod desk;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::words::{Meaning, is_done, meanings, split};
use crate::model::{Kind, RoleDefinition, RoleKey};

pub use cache::{Cached, load, save};
pub use desk::read;

/// Roles that an answer names of each sort.
const MOST: usize = 5;

/// Actions that an answer says it has understood.
const UNDERSTOOD: usize = 5;

/// No question is longer: what comes after that is not looked at.
const LONGEST: usize = 20_000;

/// The role definitions, ready to be asked.
#[derive(Debug, Default)]
pub struct Index {
    definitions: Vec<RoleDefinition>,
    /// Narrowest first.
    breadths: Vec<u64>,
    /// Every action that a role names, but for what allows nearly everything.
    actions: Vec<Action>,
    /// What the names of the directory's actions begin with. All others are Azure's, of which a role may allow anything.
    directory: BTreeSet<String>,
}

/// An action as it is found by words.
#[derive(Debug)]
struct Action {
    name: String,
    words: BTreeSet<String>,
    /// It ends in a wildcard: whatever can be done with what it names.
    open: bool,
}

/// A role that the person may activate, at its scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The row of the list ([`RoleKey::id`]).
    pub id: String,
    key: RoleKey,
}

impl Own {
    /// The role of a row, by its id; `None` for a group, which is no role.
    pub fn of(id: &str) -> Option<Self> {
        let key = RoleKey::from_id(id).filter(|key| key.kind != Kind::Group)?;
        Some(Self { id: id.to_owned(), key })
    }

    fn is(&self, role: &RoleDefinition) -> bool {
        self.key.kind == role.kind && self.key.role_definition_id.eq_ignore_ascii_case(&role.id)
    }

    /// Does it reach so far? Which management groups a scope lies in, its path does not say.
    fn covers(&self, scope: Option<&str>) -> bool {
        let Some(scope) = scope.filter(|_| self.key.kind == Kind::AzureResource) else { return true };
        let (own, scope) = (self.key.scope_id.trim_end_matches('/').to_lowercase(), scope.to_lowercase());
        own.is_empty()
            || own.starts_with("/providers/microsoft.management/")
            || scope.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// What was understood, and what helps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// The actions that it comes to; none where only names of roles were understood, or nothing.
    pub actions: Vec<String>,
    /// The scope that an error message names.
    pub scope: Option<String>,
    /// Roles that allow it and that the person may activate, the least privileged first.
    pub own: Vec<Allowing>,
    /// Other roles that allow it, the least privileged first.
    pub others: Vec<Allowing>,
}

/// A role that allows what is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Allowing {
    /// Directory role or Azure role.
    pub kind: Kind,
    /// The definition's id.
    pub definition: String,
    /// Its name.
    pub name: String,
    /// The service calls it privileged.
    pub privileged: bool,
    /// Why it helps.
    pub reason: Reason,
    /// The rows at which the person may activate it ([`RoleKey::id`]).
    pub rows: Vec<String>,
}

/// Why a role helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Reason {
    /// It allows an action.
    Allows {
        /// The action that is wanted.
        action: String,
        /// What its definition names, which may have wildcards.
        by: String,
    },
    /// Its name or description has what was said.
    Described {
        /// The description.
        text: String,
    },
}

impl Index {
    /// Sorts the definitions by how much they allow, and takes their actions' names apart.
    pub fn new(mut definitions: Vec<RoleDefinition>) -> Self {
        definitions.sort_by_cached_key(|role| (role.breadth(), role.name.clone()));
        let named: BTreeMap<String, &str> = definitions
            .iter()
            .flat_map(RoleDefinition::actions)
            .map(|action| (action.to_ascii_lowercase(), action))
            .collect();
        let of_the_directory = definitions.iter().filter(|role| role.kind == Kind::DirectoryRole);
        let directory = of_the_directory.flat_map(RoleDefinition::actions).map(namespace).collect();
        let actions = named.into_values().map(|action| {
            let words = split(action).filter(|word| word != "microsoft" && word != "action").collect();
            Action { name: action.to_owned(), words, open: action.ends_with("/*") }
        });
        // `*/read` says nothing that anybody would ask for.
        let actions = actions.filter(|action| action.words.len() >= 2);
        let actions = actions.collect();
        Self { breadths: definitions.iter().map(RoleDefinition::breadth).collect(), actions, directory, definitions }
    }

    /// How many roles are known.
    pub fn len(&self) -> usize {
        self.definitions.len()
    }

    /// Is nothing known?
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    /// Answers a question of somebody who may activate these.
    pub fn answer(&self, text: &str, own: &[Own]) -> Need {
        let text = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
        let scope = scope_in(text);
        let mut actions = actions_in(text);
        let mut found: Vec<(usize, Reason)> = Vec::new();
        if actions.is_empty() {
            let meanings = meanings(text);
            if !meanings.is_empty() {
                actions = self.by_words(&meanings);
                // Any of them may be meant; a role that allows one of them may be the one.
                found.extend(self.allowing(&actions, true));
                found.extend(self.by_name(&meanings));
            }
        } else {
            found.extend(self.allowing(&actions, false));
        }
        let mut seen = BTreeSet::new();
        found.retain(|(at, _)| seen.insert(*at));
        found.sort_by_key(|(at, _)| (self.breadths[*at], *at));
        let mut need = Need { scope, ..Need::default() };
        for (at, reason) in found {
            let role = &self.definitions[at];
            let rows = own.iter().filter(|own| own.is(role) && own.covers(need.scope.as_deref()));
            let rows: Vec<String> = rows.map(|own| own.id.clone()).collect();
            let among = if rows.is_empty() { &mut need.others } else { &mut need.own };
            if among.len() < MOST {
                let RoleDefinition { kind, id, name, privileged, .. } = role.clone();
                among.push(Allowing { kind, definition: id, name, privileged, reason, rows });
            }
        }
        actions.truncate(UNDERSTOOD);
        need.actions = actions;
        need
    }

    fn kind(&self, action: &str) -> Kind {
        if self.directory.contains(&namespace(action)) { Kind::DirectoryRole } else { Kind::AzureResource }
    }

    /// Roles that allow all of these actions, or `any` of them.
    fn allowing(&self, actions: &[String], any: bool) -> Vec<(usize, Reason)> {
        let kinds: Vec<Kind> = actions.iter().map(|action| self.kind(action)).collect();
        let reason = |role: &RoleDefinition| {
            let mut allowed = actions.iter().zip(&kinds).filter_map(|(action, kind)| {
                let by = if role.kind == *kind { role.allowed_by(action) } else { None };
                by.map(|by| Reason::Allows { action: action.clone(), by: by.to_owned() })
            });
            let first = allowed.next()?;
            (any || allowed.count() + 1 == actions.len()).then_some(first)
        };
        self.definitions.iter().enumerate().filter_map(|(at, role)| Some((at, reason(role)?))).collect()
    }

    /// The actions that have the most of what was said in their names: all of it, but for one word of four. Of several as
    /// good the shortest names: what else stands in a name was not said.
    fn by_words(&self, meanings: &[Meaning]) -> Vec<String> {
        let enough = meanings.len() - meanings.len() / 4;
        let mut found: Vec<(usize, bool, usize, &String)> = self
            .actions
            .iter()
            .filter_map(|action| {
                let named = meanings.iter().filter(|meaning| said_in(meaning, &action.words)).count();
                let done = |meaning: &&Meaning| action.open && is_done(meaning) && !said_in(meaning, &action.words);
                // Of what can be done with it alone nobody knows what it is.
                let said = if named == 0 { 0 } else { named + meanings.iter().filter(done).count() };
                (said >= enough && said > 0).then_some((
                    meanings.len() - said,
                    action.open,
                    action.words.len(),
                    &action.name,
                ))
            })
            .collect();
        found.sort();
        let Some((missing, open, length, _)) = found.first().copied() else { return Vec::new() };
        let near =
            |entry: &&(usize, bool, usize, &String)| (entry.0, entry.1) == (missing, open) && entry.2 <= length + 1;
        found.iter().filter(near).map(|(.., action)| (*action).clone()).collect()
    }

    /// Roles whose name or description has everything that was said.
    fn by_name(&self, meanings: &[Meaning]) -> Vec<(usize, Reason)> {
        let roles = self.definitions.iter().enumerate().filter_map(|(at, role)| {
            let description = role.description.as_deref().unwrap_or_default();
            let words: BTreeSet<String> = split(&role.name).chain(split(description)).collect();
            let text = if description.is_empty() { &role.name } else { description };
            meanings
                .iter()
                .all(|meaning| said_in(meaning, &words))
                .then(|| (at, Reason::Described { text: text.to_owned() }))
        });
        roles.collect()
    }
}

/// `microsoft.directory` of `microsoft.directory/users/password/update`.
fn namespace(action: &str) -> String {
    action.split('/').next().unwrap_or_default().to_ascii_lowercase()
}

/// Does one of the alternatives stand there, whole? A word of four letters or more also as the beginning of another.
fn said_in(meaning: &Meaning, words: &BTreeSet<String>) -> bool {
    let there = |word: &String| {
        let near = || words.range::<String, _>(word..).next().is_some_and(|next| next.starts_with(word.as_str()));
        if word.len() >= 4 { near() } else { words.contains(word) }
    };
    meaning.iter().any(|alternative| alternative.iter().all(there))
}

/// The actions that stand in a text: `Microsoft.Compute/virtualMachines/start/action`,
/// `microsoft.directory/users/password/update`. With fewer than two slashes it is the name of a kind of resource.
fn actions_in(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | '_'))) {
        let word = word.trim_end_matches(['.', '/', '-']);
        let begins = word.get(.."microsoft.".len()).is_some_and(|begin| begin.eq_ignore_ascii_case("microsoft."));
        let action = begins && word.matches('/').count() >= 2;
        if action && !found.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            found.push(word.to_owned());
        }
    }
    found
}

/// The scope that Azure's refusal names: "… over scope '/subscriptions/…' …".
fn scope_in(text: &str) -> Option<String> {
    let at = text.find("'/subscriptions/").or_else(|| text.find("'/providers/"))?;
    let rest = &text[at + 1..];
    rest.split_once('\'').map(|(scope, _)| scope.trim_end_matches('/').to_owned())
}
