//! Settings that an organisation has set: over the user's for as long as they are there, and never among them.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::keys::{self, KEYS, Key};
use crate::{settings, shortcut::Keys, view::Settings};

/// Reasons to choose from are added to the user's own, and lock nothing.
const REASONS: &str = "reasonTemplates";

/// What an organisation has set.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Imposed {
    /// Values by path.
    values: BTreeMap<&'static str, Value>,
    /// Reasons to choose from.
    pub reasons: Vec<String>,
}

/// Something that is set, and is not as it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Where it stands.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Imposed {
    /// What a table of settings says, as far as it can be; and what of it cannot.
    pub fn read(said: &Table) -> (Self, Vec<Wrong>) {
        let (mut imposed, mut wrong) = (Self::default(), Vec::new());
        imposed.take(said, "", &mut wrong);
        if imposed.gives_keys_twice()
            && let Some(value) = imposed.values.remove("bundleShortcut")
        {
            let keys = value.get("keys").and_then(Value::as_str).unwrap_or_default();
            let reason = format!("`keys` is \"{keys}\", as `shortcut` is: each needs keys of its own");
            wrong.push(Wrong { path: "bundleShortcut.keys".into(), reason });
        }
        (imposed, wrong)
    }

    /// Window and bundle are given the same keys.
    fn gives_keys_twice(&self) -> bool {
        let mut both = table(&Settings::default());
        for path in ["shortcut", "bundleShortcut"] {
            set(&mut both, path, self.values.get(path).cloned());
        }
        same_keys(&settings_of(both, &Settings::default()))
    }

    /// These, and of what is set elsewhere whatever they leave open. Keys that they have given to something are not given again.
    pub fn over_others(mut self, others: Self) -> Self {
        for (path, value) in others.values {
            if !self.values.contains_key(path) {
                self.values.insert(path, value);
                if self.gives_keys_twice() {
                    self.values.remove(path);
                }
            }
        }
        if self.reasons.is_empty() {
            self.reasons = others.reasons;
        }
        self
    }

    fn take(&mut self, table: &Table, above: &str, wrong: &mut Vec<Wrong>) {
        for (name, value) in table {
            let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
            if let Some(key) = keys::find(&path) {
                match understood(key, value) {
                    Ok(settings) if key.path == REASONS => self.reasons = settings.reason_templates,
                    Ok(_) => {
                        self.values.insert(key.path, value.clone());
                    }
                    Err(reason) => wrong.push(Wrong { path, reason }),
                }
            } else if let (Value::Table(below), true) = (value, is_table(&path)) {
                self.take(below, &path, wrong);
            } else {
                wrong.push(Wrong { reason: format!("`{path}` is no setting"), path });
            }
        }
    }

    /// What cannot be changed, by path.
    pub fn locked(&self) -> Vec<String> {
        self.values.keys().map(|path| (*path).to_owned()).collect()
    }

    /// The user's settings with these over them.
    pub fn over(&self, own: &Settings) -> Settings {
        let mut merged = table(own);
        for (path, value) in &self.values {
            set(&mut merged, path, Some(value.clone()));
        }
        let merged = settings_of(merged, own);
        if !same_keys(&merged) {
            return merged;
        }
        // Both were well by themselves: what the user has set gives way.
        if self.values.contains_key("shortcut") {
            Settings { bundle_shortcut: None, ..merged }
        } else {
            Settings { shortcut: None, ..merged }
        }
    }

    /// What is the user's of settings that they were shown and have changed. What is set over theirs, and what they have left
    /// as it was shown, is as they had it before.
    pub fn out_of(&self, wanted: &Settings, own: &Settings) -> Settings {
        let (before, shown, mut wanted) = (table(own), table(&self.over(own)), table(wanted));
        for Key { path, .. } in &KEYS {
            if self.values.contains_key(path) || get(&wanted, path) == get(&shown, path) {
                set(&mut wanted, path, get(&before, path).cloned());
            }
        }
        settings_of(wanted, own)
    }
}

/// Window and bundle have the same keys.
fn same_keys(settings: &Settings) -> bool {
    let window = settings.shortcut.as_deref().and_then(|keys| keys.parse::<Keys>().ok());
    let bundle = settings.bundle_shortcut.as_ref().and_then(|bundle| bundle.keys.parse::<Keys>().ok());
    window.is_some() && window == bundle
}

/// The settings that a table says. Each value of it was looked at by itself; should they not fit together, `own` hold.
fn settings_of(table: Table, own: &Settings) -> Settings {
    table.try_into().unwrap_or_else(|error| {
        tracing::error!(%error, "what an organisation has set does not fit the settings");
        own.clone()
    })
}

/// A value by itself among settings that nobody has changed.
fn understood(key: &Key, value: &Value) -> Result<Settings, String> {
    let mut table = table(&Settings::default());
    set(&mut table, key.path, Some(value.clone()));
    let settings: Settings = table.try_into().map_err(|error: toml::de::Error| {
        let message = error.message();
        format!("`{}`: {message}", key.path)
    })?;
    settings::check(&settings).map_err(|wrong| wrong.to_string())?;
    match (key.form, value) {
        // Settings take any: what is not spoken is English there.
        (keys::Form::Choice(words), Value::String(word)) if !words.contains(&word.as_str()) => {
            Err(format!("`{}` is \"{word}\"; it can be {}", key.path, words.join(", ")))
        }
        _ => Ok(settings),
    }
}

fn is_table(path: &str) -> bool {
    KEYS.iter().any(|key| key.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// Settings as they are written.
pub(crate) fn table(settings: &Settings) -> Table {
    Table::try_from(settings).expect("settings are a table")
}

/// What stands at a path.
pub(crate) fn get<'a>(table: &'a Table, path: &str) -> Option<&'a Value> {
    match path.split_once('.') {
        None => table.get(path),
        Some((name, rest)) => get(table.get(name)?.as_table()?, rest),
    }
}

/// Puts something at a path, or takes away what is there.
pub(super) fn set(table: &mut Table, path: &str, value: Option<Value>) {
    match (path.split_once('.'), value) {
        (None, Some(value)) => {
            table.insert(path.to_owned(), value);
        }
        (None, None) => {
            table.remove(path);
        }
        (Some((name, rest)), value) => {
            let below = table.entry(name).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(below) = below {
                set(below, rest, value);
            }
        }
    }
}

#[cfg(test)]
#[path = "imposed_tests.rs"]
mod tests;
