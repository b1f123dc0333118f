//! What administrators fill in to set something: templates for group policy, a configuration profile, and a manifest for tools
//! that make forms of one. All of it is written from the table of settings ([`super::keys`]) to `packaging/policy`, and held
//! against it by a test, so it cannot drift.

mod admx;
mod manifest;
mod profile;
mod words;

use std::{collections::BTreeMap, fs, path::PathBuf};

use toml::Value;

use self::words::{ENGLISH, LANGUAGES, Words};
use super::{
    imposed::{get, table},
    keys::{Form, KEYS},
};
use crate::view::Settings;

/// Our name to macOS.
const DOMAIN: &str = crate::identity::APP_ID;

/// Something that can be set.
struct Entry {
    /// Where it stands in the file (`settings.watch.quiet`).
    path: String,
    form: Form,
    /// What it is called and what it does, in each language, in their order.
    words: Vec<(&'static str, &'static str)>,
    /// What it may be, for whoever has to start from something.
    example: Value,
}

/// All that can be set, in the order of the file.
fn entries() -> Vec<Entry> {
    let defaults = table(&Settings::default());
    let bundles = (String::from("bundles"), Form::Text);
    let keys = KEYS.iter().map(|key| (format!("settings.{}", key.path), key.form));
    let entry = |(place, (path, form)): (usize, (String, Form))| {
        let mut words = Vec::new();
        for language in &LANGUAGES {
            let (named, title, about) = language.entries[place];
            assert_eq!(named, path.trim_start_matches("settings."), "{}", language.code);
            words.push((title, about));
        }
        let default = path.strip_prefix("settings.").and_then(|path| get(&defaults, path)).cloned();
        // A list that is empty shows nobody what to write.
        let default = default.filter(|value| value.as_array().is_none_or(|all| !all.is_empty()));
        let example = default.unwrap_or_else(|| words::example(&path));
        Entry { path, form, words, example }
    };
    std::iter::once(bundles).chain(keys).enumerate().map(entry).collect()
}

impl Entry {
    /// One word, for systems that take no full stop in a name.
    fn name(&self) -> String {
        self.path.trim_start_matches("settings.").replace('.', "_")
    }

    /// What it does, in English.
    fn about(&self) -> &'static str {
        self.words[0].1
    }

    /// The table it stands in, and its name there.
    fn place(&self) -> (Option<&str>, &str) {
        self.path.rsplit_once('.').map_or((None, self.path.as_str()), |(above, name)| (Some(above), name))
    }
}

/// Where the templates are, and what they say.
fn files() -> BTreeMap<PathBuf, String> {
    let entries = entries();
    let mut files = BTreeMap::new();
    files.insert("windows/Pimento.admx".into(), admx::definitions(&entries));
    for (place, words) in LANGUAGES.iter().enumerate() {
        files.insert(format!("windows/{}/Pimento.adml", words.code).into(), admx::resources(&entries, place, words));
    }
    files.insert("macos/pimento.mobileconfig".into(), profile::profile(&entries));
    files.insert("managed.schema.json".into(), manifest::manifest(&entries));
    files
}

/// `cargo xtask generate` has them written; otherwise they are held against the settings.
#[test]
fn the_templates_for_administrators_are_those_that_the_settings_say() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../packaging/policy"));
    if std::env::var_os("PIMENTO_TEMPLATES").is_some_and(|what| what == "write") {
        let _ = fs::remove_dir_all(&folder);
        for (name, text) in files() {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
    }
    let mut there = BTreeMap::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // However a checkout ends its lines.
                let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
                there.insert(path.strip_prefix(&folder).unwrap().to_path_buf(), text);
            }
        }
    }
    let wanted = files();
    let differing: Vec<_> =
        wanted.keys().chain(there.keys()).filter(|name| wanted.get(*name) != there.get(*name)).collect();
    assert!(differing.is_empty(), "packaging/policy is out of date ({differing:?}): run `cargo xtask generate`");
}

#[test]
fn every_setting_is_described_in_every_language() {
    for (place, entry) in entries().iter().enumerate() {
        if let Some(key) = place.checked_sub(1).map(|place| &KEYS[place]) {
            assert_eq!(entry.about(), key.about, "{}", entry.path);
        }
        for (language, (title, about)) in LANGUAGES.iter().zip(&entry.words) {
            let ends = about.ends_with(['.', '。']);
            assert!(!title.is_empty() && !title.ends_with('.') && ends, "{} {}", language.code, entry.path);
            assert_eq!(about.matches('{').count(), entry.about().matches('{').count(), "{} {about}", language.code);
        }
    }
    for language in &LANGUAGES[1..] {
        let same = language.entries.iter().zip(&ENGLISH.entries).filter(|(one, other)| one.2 == other.2).count();
        assert_eq!((same, language.entries.len()), (0, KEYS.len() + 1), "{}", language.code);
    }
}
