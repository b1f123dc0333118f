//! Start, window, memory and rest of the tray application on the virtual desktop, signed in and with nothing active.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Result, ensure};
use pimento_tests::{
    app::home,
    clock::Stopwatch,
    desktop::{Desktop, Setup, tray::Tray},
    process::{Process, built, tree},
    wait::{LONG, until_true},
    window::{ICON, TITLE},
};

use crate::{
    figures::{Figure, Unit, heading, remark},
    tenant::Tenant,
    usage::{Memory, activity},
};

/// Runs of each measurement.
const RUNS: usize = 5;

/// How often a window that is kept is opened, after each of those.
const WARM_RUNS: usize = 8;

/// How long it is watched doing nothing.
const IDLE: Duration = Duration::from_secs(30);

/// Until a process has done what it does after a start or a click.
const SETTLED: Duration = Duration::from_secs(10);

/// How long a hidden window is kept: minutes, were this no measurement.
const WARM: Duration = Duration::from_secs(3);

/// Between two looks while something is timed.
const GLANCE: Duration = Duration::from_millis(1);

/// What the application logs when the window has painted a view.
const PAINTED: &str = "window painted";

/// A desktop with a tenant, and an account whose tokens are in the keyring.
struct Scene {
    desktop: Desktop,
    tenant: Tenant,
}

/// Prints the figures of the application.
pub async fn print() -> Result<()> {
    heading(&format!("Application, medians of {RUNS} runs"));
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "6"])?;
    let scene = Scene { desktop, tenant };
    let signed_in = scene.program("bench-client")?.arg("sign-in").stdin(Stdio::null()).output()?;
    ensure!(signed_in.status.success(), "{}", String::from_utf8_lossy(&signed_in.stderr));
    scene.starts().await?;

    let app = scene.start()?;
    let tray = scene.desktop.tray().await?;
    // The account's name is in the menu.
    tray.entry("Sign out").await?;
    settle().await;
    let before = Memory::of(app.id());
    rest(app.id()).await;
    memory("idle, before the window was ever opened", before);

    let open = scene.windows(&app, &tray).await?;
    memory("with the window open", open);
    settle().await;
    let after = Memory::of(app.id());
    memory(&format!("after the window's process has ended, {RUNS} times"), after);
    for (what, before, after) in [
        ("RSS", before.resident, after.resident),
        ("PSS", before.proportional, after.proportional),
        ("private dirty", before.private_dirty, after.private_dirty),
    ] {
        let growth = (after / before - 1.0) * 100.0;
        Figure::new(format!("  {what}: more than before the first window"), Unit::Percent, [growth]).aim(5.0).print();
    }
    scene.applet(after).await?;
    tray.click("Quit").await?;
    Ok(())
}

impl Scene {
    fn program(&self, name: &str) -> Result<Command> {
        let mut command = self.desktop.command(built(name)?);
        command.env("PIMENTO_TENANT", &self.tenant.line).env("PIMENTO_HOME", home(&self.desktop));
        Ok(command)
    }

    fn start(&self) -> Result<Process> {
        let mut program = self.program("pimento")?;
        program.env("PIMENTO_KEEP_WARM", WARM.as_secs().to_string());
        Process::start("pimento", &mut program, self.desktop.home())
    }

    async fn starts(&self) -> Result<()> {
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let watch = Stopwatch::start();
            let mut app = self.start()?;
            while self.desktop.tray_items().await?.is_empty() {
                ensure!(watch.elapsed() < LONG && app.alive(), "no tray icon: {}", app.log());
                tokio::time::sleep(GLANCE).await;
            }
            times.push(milliseconds(watch));
            settle().await;
            app.kill();
            until_true("the icon to go", LONG, async || Ok(self.desktop.tray_items().await?.is_empty())).await?;
        }
        Figure::new("start to tray icon registered", Unit::Milliseconds, times).print();
        Ok(())
    }

    /// The times to a first and to a warm window; returns the memory with it open. Its process has ended then.
    async fn windows(&self, app: &Process, tray: &Tray) -> Result<Memory> {
        let (mut first, mut warm, mut open) = (Vec::new(), Vec::new(), Memory::default());
        for _ in 0..RUNS {
            first.push(opened(app, tray).await?);
            self.desktop.visible(TITLE).await?;
            settle().await;
            open = Memory::of(app.id());
            tray.activate(ICON.0, ICON.1).await?;
            self.desktop.invisible(TITLE).await?;
            for _ in 0..WARM_RUNS {
                warm.push(opened(app, tray).await?);
                self.desktop.visible(TITLE).await?;
                tray.activate(ICON.0, ICON.1).await?;
                self.desktop.invisible(TITLE).await?;
            }
            let gone = async || Ok(tree(app.id()).len() == 1);
            until_true("the window's processes to end", LONG, gone).await?;
        }
        Figure::new("menu click to window painted, its process started", Unit::Milliseconds, first)
            .aim(1_000.0)
            .print();
        warm.sort_by(f64::total_cmp);
        let late = warm[warm.len() * 95 / 100];
        Figure::new("  kept warm", Unit::Milliseconds, warm).print();
        Figure::new("  kept warm, the 95th of 100", Unit::Milliseconds, [late]).aim(150.0).print();
        Ok(open)
    }

    /// The native yardstick in the same session.
    async fn applet(&self, idle: Memory) -> Result<()> {
        let mut applet = Process::start("nm-applet", &mut self.desktop.command("nm-applet"), self.desktop.home())?;
        settle().await;
        ensure!(applet.alive(), "nm-applet has ended: {}", applet.log());
        let native = Memory::of(applet.id());
        memory("nm-applet in the same session", native);
        let most = 1.8 * native.private_dirty;
        Figure::new("private dirty after the window, against nm-applet's", Unit::Mebibytes, [idle.private_dirty])
            .minimum(native.private_dirty, "nm-applet")
            .aim(most)
            .print();
        Ok(())
    }
}

fn milliseconds(watch: Stopwatch) -> f64 {
    watch.elapsed().as_secs_f64() * 1_000.0
}

fn memory(what: &str, memory: Memory) {
    remark(&format!(
        "{what}: RSS {:.1}, PSS {:.1}, private dirty {:.1} MiB",
        memory.resident, memory.proportional, memory.private_dirty
    ));
}

/// A measurement is of the passing of time itself: here, and only here, it is waited out.
async fn settle() {
    tokio::time::sleep(SETTLED).await;
}

/// Wake-ups and processor time over half a minute.
async fn rest(root: u32) {
    let (seconds, switches) = activity(root);
    tokio::time::sleep(IDLE).await;
    let (later, more) = activity(root);
    let idle = IDLE.as_secs_f64();
    let wakes = (more - switches) * 60.0 / idle;
    Figure::new("wake-ups a minute, over 30 s idle", Unit::Count, [wakes]).aim(12.0).print();
    let processor = (later - seconds) / idle * 100.0;
    Figure::new("processor over 30 s idle", Unit::Percent, [processor]).aim(0.3).print();
}

/// A click on the menu's line, and the time until a view is painted.
async fn opened(app: &Process, tray: &Tray) -> Result<f64> {
    let painted = || app.log().matches(PAINTED).count();
    let before = painted();
    let watch = Stopwatch::start();
    tray.click("Open Pimento").await?;
    while painted() == before {
        ensure!(watch.elapsed() < LONG, "the window was not painted: {}", app.log());
        tokio::time::sleep(GLANCE).await;
    }
    Ok(milliseconds(watch))
}
