//! Who Pimento is to the system, and what the system keeps under that name.

/// Our name to the system: application id on Windows, bundle identifier on macOS, name on the bus on Linux.
pub const APP_ID: &str = "dev.pimento.Pimento";

/// Where Windows knows applications without a package by their ids, in the user's registry.
#[cfg(target_os = "windows")]
pub const KNOWN: &str = r"Software\Classes\AppUserModelId";

/// Where Windows keeps what the user set for the notifications of each.
#[cfg(target_os = "windows")]
const SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Notifications\Settings";

/// Takes away what an application has entered there, and what Windows has kept under its name since.
#[cfg(target_os = "windows")]
pub fn remove(id: &str) -> std::io::Result<()> {
    use windows_registry::CURRENT_USER;

    for place in [KNOWN, SETTINGS] {
        let key = format!(r"{place}\{id}");
        // The second is there only where a notification of ours was ever shown.
        if CURRENT_USER.open(&key).is_ok() {
            CURRENT_USER.remove_tree(&key)?;
        }
    }
    Ok(())
}

#[cfg(all(test, target_os = "windows"))]
mod tests {
    use windows_registry::CURRENT_USER;

    use super::*;

    const ID: &str = "dev.pimento.Test.Removed";

    #[test]
    fn what_windows_keeps_under_a_name_goes_with_it_and_nobody_elses_does() {
        for place in [KNOWN, SETTINGS] {
            CURRENT_USER.create(format!(r"{place}\{ID}\Below")).unwrap().set_u32("Enabled", 0).unwrap();
        }
        CURRENT_USER.create(format!(r"{KNOWN}\{ID}.Other")).unwrap();
        for _ in 0..2 {
            remove(ID).unwrap();
            for place in [KNOWN, SETTINGS] {
                assert!(CURRENT_USER.open(format!(r"{place}\{ID}")).is_err(), "{place}");
            }
        }
        assert!(CURRENT_USER.open(format!(r"{KNOWN}\{ID}.Other")).is_ok(), "somebody else's is gone");
        CURRENT_USER.remove_tree(format!(r"{KNOWN}\{ID}.Other")).unwrap();
    }
}
