//! A configuration profile: macOS keeps what it says as a property list in a folder that is root's. A dictionary is a table of
//! the file.

use std::path::Path;

use plist::{Dictionary, Value as Said};
use toml::{Table, Value};

use super::{Policy, Wrong, strange};
use crate::managed::trust::{self, Refused};

/// Where macOS keeps what profiles say to us, for all users of the machine.
const FILE: &str = "/Library/Managed Preferences/dev.pimento.Pimento.plist";

#[cfg_attr(not(target_os = "macos"), expect(dead_code, reason = "elsewhere there is no such place"))]
pub(super) fn found() -> Option<Policy> {
    found_in(Path::new(FILE), true)
}

/// `owned`: only where it can be an administrator's alone.
fn found_in(file: &Path, owned: bool) -> Option<Policy> {
    let found = match trust::read(file, owned) {
        Ok(bytes) => said(&bytes),
        Err(Refused::Missing) => return None,
        Err(Refused::Because(reason)) => Err(reason),
    };
    Some(Policy { place: file.display().to_string(), found })
}

/// What a property list says, as the file would.
pub(in crate::managed) fn said(bytes: &[u8]) -> Result<(Table, Vec<Wrong>), String> {
    let said: Dictionary = plist::from_bytes(bytes).map_err(|error| error.to_string())?;
    // macOS adds names of its own.
    let ours = said.into_iter().filter(|(name, _)| !name.starts_with("Payload") && !name.starts_with('_'));
    let mut wrong = Vec::new();
    Ok((table(ours, &mut Vec::new(), &mut wrong), wrong))
}

/// What a dictionary says. `above` are the names that led to it.
fn table(said: impl IntoIterator<Item = (String, Said)>, above: &mut Vec<String>, wrong: &mut Vec<Wrong>) -> Table {
    let mut table = Table::new();
    for (name, said) in said {
        above.push(name.clone());
        if let Some(value) = value(said, above, wrong) {
            table.insert(name, value);
        } else {
            wrong.push(strange(above));
        }
        above.pop();
    }
    table
}

fn value(said: Said, above: &mut Vec<String>, wrong: &mut Vec<Wrong>) -> Option<Value> {
    Some(match said {
        Said::Boolean(on) => Value::Boolean(on),
        Said::Integer(number) => Value::Integer(number.as_signed()?),
        Said::String(text) => Value::String(text),
        Said::Array(all) => {
            all.into_iter().map(|each| value(each, above, wrong)).collect::<Option<_>>().map(Value::Array)?
        }
        Said::Dictionary(below) => Value::Table(table(below, above, wrong)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0"><dict>
            <key>PayloadUUID</key><string>5B0E</string>
            <key>_manualProfile</key><true/>
            <key>bundles</key><string>https://intranet.example/bundles.json</string>
            <key>settings</key><dict>
                <key>warnMinutes</key><integer>10</integer>
                <key>autostart</key><true/>
                <key>historyDays</key><real>1.5</real>
                <key>reasonTemplates</key><array><string>Incident {ticket}</string><string>On call</string></array>
                <key>watch</key><dict>
                    <key>activations</key><false/>
                    <key>roles</key><array><date>2026-11-23T12:00:00Z</date></array>
                </dict>
            </dict>
        </dict></plist>"#;

    fn meant() -> Table {
        let text = r#"
            bundles = "https://intranet.example/bundles.json"
            [settings]
            warnMinutes = 10
            autostart = true
            reasonTemplates = ["Incident {ticket}", "On call"]
            watch = { activations = false }
        "#;
        toml::from_str(text).unwrap()
    }

    #[test]
    fn dictionaries_are_tables_and_what_no_setting_is_of_is_named() {
        let (table, wrong) = said(PROFILE.as_bytes()).unwrap();
        assert_eq!(table, meant());
        let paths: Vec<_> = wrong.iter().map(|wrong| wrong.path.as_str()).collect();
        assert_eq!(paths, ["historyDays", "watch.roles"]);
        // macOS keeps them in the other form.
        let list: Said = plist::from_bytes(PROFILE.as_bytes()).unwrap();
        let mut binary = Vec::new();
        list.to_writer_binary(&mut binary).unwrap();
        assert_eq!(said(&binary).unwrap(), (table, wrong));
    }

    #[test]
    fn the_profile_is_looked_for_under_our_name() {
        assert!(FILE.ends_with(&format!("/{}.plist", crate::identity::APP_ID)));
    }

    #[test]
    fn what_is_no_property_list_or_not_roots_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dev.pimento.Pimento.plist");
        assert_eq!(found_in(&file, true), None);
        std::fs::write(&file, "bundles = 7").unwrap();
        let found = found_in(&file, false).expect("it is there");
        assert!(found.place.ends_with("dev.pimento.Pimento.plist") && found.found.is_err(), "{found:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;

            std::fs::write(&file, PROFILE).unwrap();
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o666)).unwrap();
            let refused = found_in(&file, true).expect("it is there").found.expect_err("anybody's");
            assert!(["belongs to user", "others than root"].iter().any(|why| refused.contains(why)), "{refused}");
        }
    }
}
