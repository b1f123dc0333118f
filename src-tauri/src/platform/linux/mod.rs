//! Linux: the tray is StatusNotifier over D-Bus. The tray role initialises no toolkit: that keeps it small and asleep.

mod icon;
pub mod installer;
mod locks;
mod notifications;
mod shortcuts;
mod single;

use std::process::ExitCode;

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc,
};

use crate::tray::{self, Face, Happening};

pub use icon::Icon;
pub use notifications::Notifications;
pub use shortcuts::Shortcuts;

/// The icon's menu is on the session bus, and a click in it is a call like any other program could make.
pub const MENU_IS_FORGEABLE: bool = true;

/// Brings the icon up and runs the tray role until somebody quits.
pub fn run_tray() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "Pimento cannot start");
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(async {
        let (happenings, happened) = mpsc::unbounded_channel();
        // Kept for as long as the role runs: with the connection the name is given up.
        let _name = match single::claim(happenings.clone()).await {
            single::Claim::Ours(connection) => connection,
            single::Claim::Taken => return ExitCode::SUCCESS,
        };
        let icon = Icon::start(&Face::starting(), happenings.clone()).await;
        let shortcuts = Shortcuts::new(happenings.clone());
        tokio::spawn(locks::follow(happenings.clone()));
        tokio::spawn(quit_on_signals(happenings));
        tray::run(icon, shortcuts, happened).await
    })
}

/// The session's end, Ctrl+C and `kill` are as good as Quit in the menu.
async fn quit_on_signals(happenings: mpsc::UnboundedSender<Happening>) {
    let signals = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()].map(signal);
    let [Ok(mut terminate), Ok(mut interrupt), Ok(mut hangup)] = signals else {
        tracing::warn!("signals end Pimento without a farewell");
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hangup.recv() => {}
    }
    let _ = happenings.send(Happening::Quit);
}
