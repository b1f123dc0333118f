//! Who we are to Windows: an application without a package is known by keys of the user's registry. Only then do
//! notifications carry its name and stay in the notification centre.

use std::{io, path::Path};

use pim::identity::{self, APP_ID, KNOWN};
use windows_registry::CURRENT_USER;

use super::notifications;

/// Enters us, with an icon if there is one. Again and again: the program may have been moved.
pub fn enter(icon: Option<&Path>) -> io::Result<()> {
    enter_as(APP_ID, icon)
}

/// Removes us, and what the system has kept under our name since.
pub fn remove() -> io::Result<()> {
    if let Err(error) = notifications::clear() {
        tracing::debug!(%error, "notifications may stay");
    }
    identity::remove(APP_ID)
}

fn enter_as(id: &str, icon: Option<&Path>) -> io::Result<()> {
    let key = CURRENT_USER.create(format!(r"{KNOWN}\{id}"))?;
    key.set_string("DisplayName", "Pimento")?;
    if let Some(icon) = icon.and_then(Path::to_str) {
        key.set_string("IconUri", icon)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "dev.pimento.Test";

    #[test]
    fn what_is_entered_is_ours_and_is_removed() {
        let icon = Path::new(r"C:\Users\maya\icon.png");
        for _ in 0..2 {
            enter_as(ID, Some(icon)).unwrap();
            let key = CURRENT_USER.open(format!(r"{KNOWN}\{ID}")).unwrap();
            assert_eq!(key.get_string("DisplayName").unwrap(), "Pimento");
            assert_eq!(key.get_string("IconUri").unwrap(), r"C:\Users\maya\icon.png");
        }
        identity::remove(ID).unwrap();
        assert!(CURRENT_USER.open(format!(r"{KNOWN}\{ID}")).is_err());
    }
}
