//! Which messages the Rust sources say, read from the sources themselves.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// What all sources say.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// By name: the arguments of each place where it is said.
    pub messages: BTreeMap<String, Vec<(PathBuf, BTreeSet<String>)>>,
    /// Every text of theirs in quotation marks that could be a name: tables have names without saying them.
    pub quoted: BTreeSet<String>,
}

impl Said {
    /// In the library and in the tray application.
    pub fn everywhere() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut said = Self::default();
        for folder in ["crates/pim/src", "src-tauri/src"] {
            said.folder(&root.join(folder));
        }
        said
    }

    fn folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).expect("sources") {
            let path = entry.expect("a file").path();
            let test = path.file_name().is_some_and(|name| name == "words" || name.to_string_lossy().contains("tests"));
            if path.is_dir() {
                // What says messages, and what tests it, names some that are not there.
                if !test {
                    self.folder(&path);
                }
            } else if !test && path.extension().is_some_and(|end| end == "rs") {
                self.file(&path);
            }
        }
        let times = folder.join("words/times.rs");
        if times.exists() {
            self.file(&times);
            self.file(&folder.join("words/mod.rs"));
        }
    }

    fn file(&mut self, path: &Path) {
        let source = fs::read_to_string(path).expect("text");
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code: String =
            source.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
        let literals = code.split('"').skip(1).step_by(2).filter(|text| is_name(text));
        self.quoted.extend(literals.map(str::to_owned));
        for start in ["say!(", "message!("] {
            for (at, _) in code.match_indices(start) {
                let call = call(&code[at + start.len()..]);
                // What is no literal is a name from a table.
                if let Some((name, arguments)) = read(call) {
                    self.messages.entry(name).or_default().push((path.to_owned(), arguments));
                }
            }
        }
    }
}

/// Letters, digits and hyphens.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// What stands between the brackets.
fn call(rest: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => return &rest[..at],
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    panic!("a call without an end: {rest:.60}")
}

/// The name and the arguments' names.
fn read(call: &str) -> Option<(String, BTreeSet<String>)> {
    let (name, rest) = call.trim_start().strip_prefix('"')?.split_once('"')?;
    let (mut depth, mut quoted, mut parts) = (0, false, vec![String::new()]);
    for letter in rest.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut()?.push(letter);
    }
    let arguments = parts.iter().filter_map(|part| part.split_once(" = ")).map(|(name, _)| name.trim().to_owned());
    Some((name.to_owned(), arguments.collect()))
}
