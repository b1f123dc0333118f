//! The panel: StatusNotifier watcher and host at once.

use anyhow::Result;

use super::Desktop;
use crate::process::Process;

/// The name that tray items look for.
pub const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// One panel on top, tray and clock at its right end.
const CONFIGURATION: &str = include_str!("xfce4-panel.xml");

impl Desktop {
    /// Starts the panel and waits until its tray answers.
    pub async fn start_panel(&mut self) -> Result<()> {
        let folder = self.home().join(".config/xfce4/xfconf/xfce-perchannel-xml");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("xfce4-panel.xml"), CONFIGURATION)?;
        let panel = Process::start("panel", self.command("xfce4-panel").arg("--disable-wm-check"), self.home())?;
        self.keep(panel);
        self.name(WATCHER).await
    }

    /// Ends the panel, as a crash of the shell would.
    pub async fn end_panel(&mut self) -> Result<()> {
        self.end("panel");
        self.no_name(WATCHER).await
    }
}
