//! Group policy: keys and values of the machine's registry, to which only administrators write. A key is a table of the file.

use std::io;

use toml::{Table, Value};
use windows_registry::{Key, LOCAL_MACHINE, Type};

use super::{Policy, REGISTRY, Wrong, strange, with_switches};

/// There is no such key.
const MISSING: i32 = 0x8007_0002_u32.cast_signed();

pub(super) fn found() -> Option<Policy> {
    found_below(LOCAL_MACHINE, REGISTRY).map(|found| Policy { place: format!(r"HKEY_LOCAL_MACHINE\{REGISTRY}"), found })
}

fn found_below(root: &Key, path: &str) -> Option<Result<(Table, Vec<Wrong>), String>> {
    let key = match root.open(path) {
        Ok(key) => key,
        Err(error) if error.code().0 == MISSING => return None,
        Err(error) => return Some(Err(error.message())),
    };
    let mut wrong = Vec::new();
    let read = table(&key, &mut Vec::new(), &mut wrong).map_err(|error| error.to_string());
    Some(read.map(|table| (with_switches(table), wrong)))
}

/// What a key says. `above` are the names that led to it.
fn table(key: &Key, above: &mut Vec<String>, wrong: &mut Vec<Wrong>) -> io::Result<Table> {
    let mut table = Table::new();
    // A key's own value has no name, and is nothing of ours.
    for (name, value) in key.values()?.filter(|(name, _)| !name.is_empty()) {
        let said = match value.ty() {
            Type::U32 | Type::U64 => i64::try_from(u64::try_from(value)?).ok().map(Value::Integer),
            Type::String | Type::ExpandString => Some(Value::String(value.try_into()?)),
            Type::MultiString => {
                let lines = Vec::<String>::try_from(value)?;
                let lines = lines.into_iter().filter(|line| !line.trim().is_empty());
                Some(Value::Array(lines.map(Value::String).collect()))
            }
            Type::Bytes | Type::Other(_) => None,
        };
        match said {
            Some(value) => {
                table.insert(name, value);
            }
            None => wrong.push(strange(&[above.as_slice(), &[name]].concat())),
        }
    }
    for name in key.keys()? {
        let below = key.open(&name)?;
        above.push(name.clone());
        let value = self::table(&below, above, wrong)?;
        above.pop();
        table.insert(name, Value::Table(value));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use windows_registry::CURRENT_USER;

    use super::*;

    #[test]
    fn keys_are_tables_and_values_are_what_group_policy_means_by_them() {
        // The machine's own is an administrator's to write to; the reader is the same.
        let place = format!(r"Software\dev.pimento.Test\{}", uuid::Uuid::new_v4());
        assert_eq!(found_below(CURRENT_USER, &place), None);
        let key = |path: &str| CURRENT_USER.create(format!(r"{place}\{path}")).unwrap();
        CURRENT_USER.create(&place).unwrap().set_string("bundles", "https://intranet.example/bundles.json").unwrap();
        key("settings").set_u32("warnMinutes", 10).unwrap();
        key("settings").set_u32("autostart", 1).unwrap();
        key("settings").set_string("tenant", "münchen.example").unwrap();
        key("settings").set_multi_string("reasonTemplates", &["Incident {ticket}", "On call, {date}"]).unwrap();
        key("settings").set_bytes("historyDays", Type::Bytes, &[1, 2]).unwrap();
        key(r"settings\watch").set_u32("activations", 0).unwrap();
        key(r"settings\watch\quiet").set_string("from", "22:00").unwrap();
        key(r"settings\watch\quiet").set_string("to", "07:00").unwrap();
        let found = found_below(CURRENT_USER, &place);
        CURRENT_USER.remove_tree(&place).unwrap();
        let meant = r#"
            bundles = "https://intranet.example/bundles.json"
            [settings]
            warnMinutes = 10
            autostart = true
            tenant = "münchen.example"
            reasonTemplates = ["Incident {ticket}", "On call, {date}"]
            watch = { activations = false, quiet = { from = "22:00", to = "07:00" } }
        "#;
        let wrong =
            Wrong { path: "historyDays".into(), reason: "`historyDays` is of a type that no setting is of".into() };
        assert_eq!(found, Some(Ok((toml::from_str(meant).unwrap(), vec![wrong]))));
    }
}
