//! Starting with the system. The system's own list rules: the setting says what stands there, also after somebody has changed it
//! elsewhere, and changes it only when somebody changes the setting. Where an organisation has set it, the list follows.

use std::sync::Arc;

use auto_launch::{AutoLaunch, AutoLaunchBuilder, WindowsEnableMode};
use pim::{
    agent::Handle,
    view::{Command, Settings, View},
};
use tokio::sync::Notify;

/// What the entry is called in the system's list.
const NAME: &str = "Pimento";

/// The one that keeps setting and system together.
#[derive(Clone)]
pub struct Autostart(Arc<Notify>);

impl Autostart {
    /// The setting is about to be seen: it is to say what the system says now.
    pub fn look(&self) {
        self.0.notify_one();
    }
}

/// Keeps setting and system together for as long as the agent runs.
pub fn mirror(agent: &Handle) -> Autostart {
    let asked = Arc::new(Notify::new());
    asked.notify_one();
    tokio::spawn(follow(agent.clone(), asked.clone()));
    Autostart(asked)
}

async fn follow(agent: Handle, asked: Arc<Notify>) {
    let mut views = agent.views();
    // What both said last. A setting that says otherwise is a wish.
    let mut known = None;
    loop {
        tokio::select! {
            () = asked.notified() => {}
            changed = views.wait_for(|view| known.is_some_and(|known| known != view.settings.autostart)) => {
                if changed.is_err() {
                    return;
                }
            }
        }
        let Some(system) = ask(enabled).await else { continue };
        let (setting, locked) = said(&agent.view());
        known = match step(setting, locked, known, system) {
            Step::Rest => Some(system),
            Step::Save => {
                if !save(&agent, system).await {
                    return;
                }
                Some(system)
            }
            Step::Write => {
                ask(move |entry| write(entry, setting)).await;
                // Where the system does not let it be changed, the setting says so; an organisation's stays what it is.
                match ask(enabled).await {
                    Some(still) if still != setting && !locked => {
                        if !save(&agent, still).await {
                            return;
                        }
                        Some(still)
                    }
                    _ => Some(setting),
                }
            }
        };
    }
}

/// What to do about a setting and a system that were looked at.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// They say the same.
    Rest,
    /// The setting is to say what the system says.
    Save,
    /// The system is to say what the setting says.
    Write,
}

fn step(setting: bool, locked: bool, known: Option<bool>, system: bool) -> Step {
    let wish = known.is_some_and(|known| known != setting);
    if setting == system {
        Step::Rest
    } else if locked || wish {
        Step::Write
    } else {
        Step::Save
    }
}

fn said(view: &View) -> (bool, bool) {
    (view.settings.autostart, view.locked.iter().any(|locked| locked == "autostart"))
}

/// Has the setting say what the system says; `false`: the agent has ended.
async fn save(agent: &Handle, system: bool) -> bool {
    let settings = Settings { autostart: system, ..agent.view().settings.clone() };
    agent.send(Command::SaveSettings { settings: Box::new(settings) });
    // The view that says so is no wish of the user's.
    agent.views().wait_for(|view| view.settings.autostart == system).await.is_ok()
}

/// Files and the registry can be slow: never on the loop's own thread.
async fn ask<T: Send + 'static>(act: impl FnOnce(&AutoLaunch) -> auto_launch::Result<T> + Send + 'static) -> Option<T> {
    let result = tokio::task::spawn_blocking(move || act(&entry()?)).await.ok()?;
    result.inspect_err(|error| tracing::warn!(%error, "starting with the system cannot be read or changed")).ok()
}

/// Does the system start it?
fn enabled(entry: &AutoLaunch) -> auto_launch::Result<bool> {
    Ok(!out_of_reach() && entry.is_enabled()? && !switched_off())
}

fn write(entry: &AutoLaunch, wanted: bool) -> auto_launch::Result<()> {
    match (out_of_reach(), wanted) {
        (true, _) => Ok(()),
        (false, true) => entry.enable(),
        (false, false) => entry.disable(),
    }
}

/// A Flatpak's home is its own: what it writes there starts nothing, and the switch goes back to what is true.
#[cfg(target_os = "linux")]
fn out_of_reach() -> bool {
    crate::platform::installer::in_flatpak()
}

/// Elsewhere it never is.
#[cfg(not(target_os = "linux"))]
fn out_of_reach() -> bool {
    false
}

/// Desktops keep an entry that somebody switches off, and say so in it.
#[cfg(target_os = "linux")]
fn switched_off() -> bool {
    let file = std::env::home_dir().map(|home| home.join(".config/autostart").join(format!("{NAME}.desktop")));
    file.and_then(|file| std::fs::read_to_string(file).ok()).is_some_and(|entry| is_switched_off(&entry))
}

/// Elsewhere the list itself says it.
#[cfg(not(target_os = "linux"))]
fn switched_off() -> bool {
    false
}

/// `Hidden`, as the Desktop Entry Specification has it ("should be treated as if it did not exist"), and what GNOME writes.
#[cfg(target_os = "linux")]
fn is_switched_off(entry: &str) -> bool {
    let own = entry.lines().skip_while(|line| line.trim() != "[Desktop Entry]").skip(1);
    let own = own.take_while(|line| !line.trim_start().starts_with('['));
    own.filter_map(|line| line.split_once('=')).any(|(key, value)| {
        matches!((key.trim(), value.trim()), ("Hidden", "true") | ("X-GNOME-Autostart-enabled", "false"))
    })
}

fn entry() -> auto_launch::Result<AutoLaunch> {
    let program = std::env::current_exe()?;
    let program = program.to_string_lossy();
    // Windows and Linux keep a command line, macOS a list of arguments.
    let program = if cfg!(target_os = "macos") { program.into_owned() } else { format!("\"{program}\"") };
    let mut entry = AutoLaunchBuilder::new();
    // Somebody's own list, also where Pimento was started as an administrator: it could not be taken off the machine's without
    // being one.
    entry.set_app_name(NAME).set_app_path(&program).set_windows_enable_mode(WindowsEnableMode::CurrentUser).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_list_rules_unless_somebody_changes_the_setting_or_an_organisation_has() {
        for (setting, locked, known, system, expected) in [
            // At the start the system is right, whatever the file of settings says.
            (true, false, None, false, Step::Save),
            (false, false, None, true, Step::Save),
            // Changed elsewhere while Pimento runs.
            (true, false, Some(true), false, Step::Save),
            (false, false, Some(false), true, Step::Save),
            // Changed in the settings.
            (true, false, Some(false), false, Step::Write),
            (false, false, Some(true), true, Step::Write),
            // An organisation's.
            (true, true, None, false, Step::Write),
            (true, true, Some(true), false, Step::Write),
            // Nothing to do.
            (true, false, Some(false), true, Step::Rest),
            (false, true, None, false, Step::Rest),
        ] {
            assert_eq!(step(setting, locked, known, system), expected, "{setting} {locked} {known:?} {system}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_entry_that_a_desktop_has_switched_off_starts_nothing() {
        let entry = |more: &str| is_switched_off(&format!("[Desktop Entry]\nType=Application\nExec=pimento\n{more}"));
        assert!(entry("Hidden=true\n"));
        assert!(entry("X-GNOME-Autostart-enabled = false\n"));
        for on in ["", "Hidden=false\n", "X-GNOME-Autostart-enabled=true\n", "[Desktop Action x]\nHidden=true\n"] {
            assert!(!entry(on), "{on}");
        }
        assert!(!is_switched_off("Hidden=true\n"));
    }
}
