//! What administrators set by the system's own means: group policy on Windows, which is in the registry, and a configuration
//! profile on macOS, which is a property list. Both have the shape of the file: `bundles`, and a table `settings`.

#[cfg(any(target_os = "macos", test))]
pub(super) mod preferences;
#[cfg(target_os = "windows")]
mod registry;

use toml::Table;

use super::imposed::Wrong;

/// Where group policy writes what it sets of programs, below the machine's root.
#[cfg(any(target_os = "windows", test))]
pub(super) const REGISTRY: &str = r"Software\Policies\Pimento";

/// What was found, and where.
#[derive(Debug, PartialEq)]
pub(super) struct Policy {
    /// As administrators call it.
    pub place: String,
    /// What the file would say, and what cannot be said in one; `Err` is why nothing could be read.
    pub found: Result<(Table, Vec<Wrong>), String>,
}

/// What there is on this machine. Blocks.
pub(super) fn found() -> Option<Policy> {
    #[cfg(target_os = "windows")]
    {
        registry::found()
    }
    #[cfg(target_os = "macos")]
    {
        preferences::found()
    }
    #[cfg(not(any(target_os = "windows", target_os = "macos")))]
    {
        None
    }
}

/// A value that could not stand in the file. `path` are the names that led to it.
#[cfg(any(target_os = "windows", target_os = "macos", test))]
fn strange(path: &[String]) -> Wrong {
    let path = path.join(".");
    let path = path.strip_prefix("settings.").unwrap_or(&path).to_owned();
    Wrong { reason: format!("`{path}` is of a type that no setting is of"), path }
}

/// Group policy knows no truth, only numbers: where a setting is a switch, 1 is on and 0 is off.
#[cfg(any(target_os = "windows", test))]
fn with_switches(mut said: Table) -> Table {
    use toml::Value;

    use super::{
        imposed::{get, set},
        keys::{Form, KEYS},
    };

    if let Some(Value::Table(settings)) = said.get_mut("settings") {
        for key in KEYS.iter().filter(|key| key.form == Form::Switch) {
            if let Some(&Value::Integer(number @ 0..=1)) = get(settings, key.path) {
                set(settings, key.path, Some(Value::Boolean(number == 1)));
            }
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_zero_are_on_and_off_where_a_setting_is_a_switch_and_numbers_elsewhere() {
        let said = "[settings]\nautostart = 1\nhideOnBlur = 0\nnotificationDetails = 2\nwarnMinutes = 1\nwatch.activations = 1\n";
        let meant = "[settings]\nautostart = true\nhideOnBlur = false\nnotificationDetails = 2\nwarnMinutes = 1\nwatch.activations = true\n";
        let (said, meant): (Table, Table) = (toml::from_str(said).unwrap(), toml::from_str(meant).unwrap());
        assert_eq!(with_switches(said), meant);
        for other in ["bundles = 1\n", "settings = 1\n", "[settings]\nwatch = 1\n"] {
            let other: Table = toml::from_str(other).unwrap();
            assert_eq!(with_switches(other.clone()), other);
        }
    }
}
