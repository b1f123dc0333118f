//! Who we are to Windows: an application without a package is known by keys of the user's registry. Only then do
//! notifications carry its name and stay in the notification centre.

use std::{io, path::Path};

use windows_registry::CURRENT_USER;

use super::notifications;
use crate::registration::APP_ID;

/// Where applications are known by their ids.
const KNOWN: &str = r"Software\Classes\AppUserModelId";

/// Where Windows keeps what the user set for the notifications of each.
const SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Notifications\Settings";

/// Enters us, with an icon if there is one. Again and again: the program may have been moved.
pub fn enter(icon: Option<&Path>) -> io::Result<()> {
    enter_as(APP_ID, icon)
}

/// Removes us, and what the system has kept under our name since.
pub fn remove() -> io::Result<()> {
    if let Err(error) = notifications::clear() {
        tracing::debug!(%error, "notifications may stay");
    }
    remove_as(APP_ID)
}

fn enter_as(id: &str, icon: Option<&Path>) -> io::Result<()> {
    let key = CURRENT_USER.create(format!(r"{KNOWN}\{id}"))?;
    key.set_string("DisplayName", "Pimento")?;
    if let Some(icon) = icon.and_then(Path::to_str) {
        key.set_string("IconUri", icon)?;
    }
    Ok(())
}

fn remove_as(id: &str) -> io::Result<()> {
    for place in [KNOWN, SETTINGS] {
        let key = format!(r"{place}\{id}");
        // The second is there only where a notification of ours was ever shown.
        if CURRENT_USER.open(&key).is_ok() {
            CURRENT_USER.remove_tree(&key)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "dev.pimento.Test";

    #[test]
    fn what_is_entered_is_ours_and_is_removed_with_what_the_system_has_kept() {
        let icon = Path::new(r"C:\Users\maya\icon.png");
        for _ in 0..2 {
            enter_as(ID, Some(icon)).unwrap();
            let key = CURRENT_USER.open(format!(r"{KNOWN}\{ID}")).unwrap();
            assert_eq!(key.get_string("DisplayName").unwrap(), "Pimento");
            assert_eq!(key.get_string("IconUri").unwrap(), r"C:\Users\maya\icon.png");
        }
        CURRENT_USER.create(format!(r"{SETTINGS}\{ID}")).unwrap().set_u32("Enabled", 0).unwrap();
        CURRENT_USER.create(format!(r"{KNOWN}\{ID}.Other")).unwrap();
        for _ in 0..2 {
            remove_as(ID).unwrap();
            assert!(CURRENT_USER.open(format!(r"{KNOWN}\{ID}")).is_err());
            assert!(CURRENT_USER.open(format!(r"{SETTINGS}\{ID}")).is_err());
        }
        assert!(CURRENT_USER.open(format!(r"{KNOWN}\{ID}.Other")).is_ok(), "somebody else's is gone");
        CURRENT_USER.remove_tree(format!(r"{KNOWN}\{ID}.Other")).unwrap();
    }
}
