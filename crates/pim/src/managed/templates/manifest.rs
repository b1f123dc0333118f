//! A manifest that tools make forms of: a JSON schema, with what Jamf Pro wants to know besides. It also describes the file, for
//! editors that complete what one types.

use serde_json::{Map, Value, json};

use super::{DOMAIN, Entry, words::ENGLISH};
use crate::managed::keys::Form;

/// The manifest.
pub(super) fn manifest(entries: &[Entry]) -> String {
    let manifest = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "__preferencedomain": DOMAIN,
        "title": format!("Pimento ({DOMAIN})"),
        "description": ENGLISH.description,
        "type": "object",
        "additionalProperties": false,
        "properties": properties(entries, None),
    });
    let mut manifest = serde_json::to_string_pretty(&manifest).unwrap();
    manifest.push('\n');
    manifest
}

/// What stands in a table.
fn properties(entries: &[Entry], table: Option<&str>) -> Value {
    let mut properties = Map::new();
    for entry in entries {
        let (above, name) = entry.place();
        if above == table {
            properties.insert(name.to_owned(), property(entry, properties.len()));
            continue;
        }
        // A table that stands in this one is described where the first of it is met.
        let rest = match table {
            None => Some(entry.path.as_str()),
            Some(table) => entry.path.strip_prefix(table).and_then(|rest| rest.strip_prefix('.')),
        };
        let Some((name, _)) = rest.and_then(|rest| rest.split_once('.')) else { continue };
        if !properties.contains_key(name) {
            let path = table.map_or_else(|| name.to_owned(), |table| format!("{table}.{name}"));
            let below = json!({
                "type": "object",
                "title": name,
                "additionalProperties": false,
                "property_order": properties.len(),
                "properties": self::properties(entries, Some(&path)),
            });
            properties.insert(name.to_owned(), below);
        }
    }
    Value::Object(properties)
}

fn property(entry: &Entry, place: usize) -> Value {
    let mut property = match entry.form {
        Form::Switch => json!({ "type": "boolean" }),
        Form::Number { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Form::Choice(words) => json!({ "type": "string", "enum": words }),
        Form::Text => json!({ "type": "string", "minLength": 1 }),
        Form::Time => time(),
        Form::Texts => json!({ "type": "array", "items": { "type": "string", "minLength": 1 } }),
        Form::Table(members) => {
            let texts: Map<_, _> = members
                .iter()
                .map(|member| ((*member).to_owned(), json!({ "type": "string", "minLength": 1 })))
                .collect();
            json!({ "type": "object", "required": members, "additionalProperties": false, "properties": texts })
        }
        Form::Reminders => json!({ "type": "array", "items": reminder() }),
    };
    let (title, about) = entry.words[0];
    property["title"] = title.into();
    property["description"] = about.into();
    property["examples"] = json!([entry.example]);
    property["property_order"] = place.into();
    property
}

fn time() -> Value {
    json!({ "type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$" })
}

/// As [`crate::view::Reminder`] is written.
fn reminder() -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    json!({
        "type": "object",
        "required": ["days", "at", "name"],
        "oneOf": [{ "required": ["role"] }, { "required": ["bundle"] }],
        "additionalProperties": false,
        "properties": {
            "days": { "type": "array", "minItems": 1, "items": { "type": "integer", "minimum": 1, "maximum": 7 } },
            "at": time(),
            "account": text,
            "role": text,
            "bundle": text,
            "name": text,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::managed::{
        imposed::{Imposed, set},
        keys::KEYS,
        templates::entries,
    };

    #[test]
    fn it_takes_what_is_taken_and_refuses_what_is_refused() {
        let manifest: Value = serde_json::from_str(&manifest(&entries())).unwrap();
        let validator = jsonschema::draft7::new(&manifest).unwrap();
        let mut all = toml::Table::new();
        for entry in entries() {
            let mut one = toml::Table::new();
            for table in [&mut all, &mut one] {
                set(table, &entry.path, Some(entry.example.clone()));
            }
            assert!(validator.is_valid(&json!(one)), "{}", entry.path);
        }
        assert!(validator.is_valid(&json!(all)));

        let both = |path: &str, value: toml::Value| {
            let mut settings = toml::Table::new();
            set(&mut settings, path, Some(value));
            let understood = Imposed::read(&settings).1.is_empty();
            (understood, validator.is_valid(&json!({ "settings": settings })))
        };
        for key in &KEYS {
            for value in
                [7.into(), (-1).into(), 3_651.into(), true.into(), "mars".into(), toml::Value::Array(vec![7.into()])]
            {
                let (understood, valid) = both(key.path, value.clone());
                // A time and keys have a form of their own, which only the program knows.
                let own = matches!(key.path, "shortcut") && value.is_str();
                assert!(understood == valid || own, "{} = {value}: {understood}, {valid}", key.path);
            }
            if let Form::Number { min, max } = key.form {
                for (number, fits) in [(min, true), (max, true), (max + 1, false)] {
                    assert_eq!(both(key.path, i64::from(number).into()), (fits, fits), "{}", key.path);
                }
            }
        }
        for (days, more, fits) in [
            ("[1, 7]", "bundle = 'B'", true),
            ("[1]", "role = 'r'", true),
            ("[1]", "role = 'r', bundle = 'B'", false),
            ("[1]", "account = 'a'", false),
            ("[]", "bundle = 'B'", false),
            ("[8]", "bundle = 'B'", false),
        ] {
            let reminders = format!("[{{ days = {days}, at = '09:00', name = 'B', {more} }}]");
            assert_eq!(both("day.reminders", reminders.parse().unwrap()), (fits, fits), "{reminders}");
        }
        assert_eq!(both("warnMintues", 5.into()), (false, false));
        assert!(!validator.is_valid(&json!({ "bundels": "x" })));
    }
}
