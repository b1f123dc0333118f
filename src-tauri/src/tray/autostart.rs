//! Starting with the system. The system's own list rules: the setting mirrors it, and changes it only when somebody
//! changes the setting.

use auto_launch::{AutoLaunch, AutoLaunchBuilder};
use pim::{
    agent::Handle,
    view::{Command, Settings},
};

/// Keeps setting and system together for as long as the agent runs.
pub fn mirror(agent: &Handle) {
    let agent = agent.clone();
    tokio::spawn(async move {
        let Some(enabled) = ask(AutoLaunch::is_enabled).await else { return };
        let mut views = agent.views();
        let mut known = views.borrow_and_update().settings.autostart;
        if known != enabled {
            let settings = Settings { autostart: enabled, ..agent.view().settings.clone() };
            agent.send(Command::SaveSettings { settings: Box::new(settings) });
            known = enabled;
            // The view that says so is no wish of the user's.
            if views.wait_for(|view| view.settings.autostart == enabled).await.is_err() {
                return;
            }
        }
        while let Ok(wanted) =
            views.wait_for(|view| view.settings.autostart != known).await.map(|view| view.settings.autostart)
        {
            ask(move |entry| if wanted { entry.enable() } else { entry.disable() }).await;
            known = wanted;
        }
    });
}

/// Files and the registry can be slow: never on the loop's own thread.
async fn ask<T: Send + 'static>(act: impl FnOnce(&AutoLaunch) -> auto_launch::Result<T> + Send + 'static) -> Option<T> {
    let result = tokio::task::spawn_blocking(move || act(&entry()?)).await.ok()?;
    result.inspect_err(|error| tracing::warn!(%error, "starting with the system cannot be read or changed")).ok()
}

fn entry() -> auto_launch::Result<AutoLaunch> {
    let program = std::env::current_exe()?;
    let program = program.to_string_lossy();
    // Windows and Linux keep a command line, macOS a list of arguments.
    let program = if cfg!(target_os = "macos") { program.into_owned() } else { format!("\"{program}\"") };
    AutoLaunchBuilder::new().set_app_name("Pimento").set_app_path(&program).build()
}
