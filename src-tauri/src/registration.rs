//! Who we are to the system, so that notifications carry our name and stay in the notification centre.
//!
//! Windows knows an application without a package by keys of the user's registry, which every start writes; macOS by its
//! bundle, Linux by its desktop entry, which are files that are installed with the program.

use std::io;

pub use pim::identity::APP_ID;

/// Leaves nothing of us: neither what we entered, nor what the system has kept under our name since. For the removal of
/// Pimento.
pub fn remove() -> io::Result<()> {
    #[cfg(target_os = "windows")]
    crate::platform::remove_identity()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_name_everywhere() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        assert_eq!(config["identifier"], APP_ID);
    }
}
