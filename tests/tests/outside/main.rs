//! Nothing outside the window elevates: second starts with any arguments, calls to every name and object that Pimento has on
//! the session bus, buttons of notifications that nobody pressed, lines on pipes that are not the window's. The tenant's
//! ledger says what came of ten thousand of them.

#![cfg(target_os = "linux")]

mod calls;

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::{FileTypeExt, OpenOptionsExt},
    process::Stdio,
};

use anyhow::{Context, Result, ensure};
use calls::{
    Call, Dice, Targets, arguments, elevating_line, forged_button, to_the_application, to_the_icon, to_the_menu,
};
use chrono::TimeDelta;
use pimento_tests::{
    app::{App, home},
    clock::Stopwatch,
    desktop::{Desktop, Setup, tray::Tray},
    person::Person,
    process::{built, listening, tree},
    tenant::Tenant,
    wait::{LONG, until_true},
    window::Window,
};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use zbus::Connection;

/// Active, its warning on the screen, its renewal one click away.
const ACTIVE: &str = "Global Reader";
/// A favourite with a remembered reason: in the window, one click.
const FAVOURITE: &str = "Helpdesk Administrator";
/// What the control activates.
const CONTROL: &str = "Security Reader";

/// Keys that work from anywhere: for the window, and for a bundle.
const WINDOW_KEYS: &str = "Ctrl+Alt+P";
const BUNDLE_KEYS: &str = "Ctrl+Alt+O";

/// How many of each: 10,000 in all, and some more.
const STARTS: usize = 48;
const LINES: usize = 1_000;
const TO_THE_APPLICATION: usize = 2_000;
const TO_THE_ICON: usize = 2_000;
const TO_THE_MENU: usize = 4_000;
const BUTTONS: usize = 1_200;
const KEYS: usize = 40;

/// Calls that wait for their answers at the same time.
const AT_ONCE: usize = 100;

/// Of a hundred calls to the menu, so many choose a line that is there.
const CLICKS: usize = 8;

#[tokio::test]
async fn of_ten_thousand_calls_from_outside_none_elevates() -> Result<()> {
    let mut dice = Dice::new(0x5e1f);
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "12"])?;
    let mut maya = Person::at(&desktop, "maya")?;
    // Whoever started Pimento holds its standard input: what the window's process would say is said there.
    let said = desktop.home().join("said");
    let lines: Vec<_> = (0..LINES).map(|_| elevating_line(&mut dice, &[ACTIVE.into(), "On call".into()])).collect();
    fs::write(&said, lines.join("\n"))?;
    let mut app = App::start_with_input(&desktop, &tenant, File::open(&said)?.into())?;
    let tray = desktop.tray().await?;
    let names = temptations(&desktop, &tenant, &app, &tray, &mut maya).await?;
    let before = elevations(&tenant).await?;
    ensure!(before.len() == 2, "{before:?}");

    let ports = listening(app.process.id())?;
    ensure!(ports.is_empty(), "it listens on {ports:?} while nobody signs in");

    // Everything at once would only wait for each other.
    let clock = Stopwatch::start();
    let mut count = LINES;
    count += pipes(&app, &mut dice, &names)?;
    let mut understood = 0;
    let mut bus = 0;
    for round in 0..20 {
        let targets = Targets { item: tray.name().to_owned(), lines: lines_of(&tray).await?, names: names.clone() };
        let mut calls = Vec::new();
        calls.extend((0..TO_THE_APPLICATION / 20).map(|_| to_the_application(&mut dice, &targets)));
        calls.extend((0..TO_THE_ICON / 20).map(|_| to_the_icon(&mut dice, &targets)));
        calls.extend((0..TO_THE_MENU / 20).map(|_| to_the_menu(&mut dice, &targets, CLICKS)));
        bus += calls.len();
        understood += send(desktop.bus(), calls).await?;
        bus += buttons(&desktop, &mut dice, &names, BUTTONS / 20).await?;
        ensure!(app.process.alive(), "it ended in round {round}: {}", app.process.log());
    }
    count += bus;
    for press in 0..KEYS {
        // Any program on the display can press them.
        desktop.key(&(if press % 2 == 0 { BUNDLE_KEYS } else { WINDOW_KEYS }).to_lowercase())?;
    }
    count += KEYS;
    count += starts(&desktop, &tenant, &mut dice, &names).await?;
    let took = clock.elapsed();

    // What waits out its undo time, or for the end of an activation, has its time now.
    let end = tenant.now().await? + TimeDelta::hours(9);
    tenant.set_clock(end).await?;
    // The last thing asked for, in the window: it comes after everything before it, and it is counted.
    let window = Window::open(&desktop, &app, &tray).await.with_context(|| app.process.log())?;
    to_the_list(&window).await?;
    let control = window.activate(CONTROL, "The control", None).await?;
    window.reaches(&control, "active").await?;
    let after = elevations(&tenant).await?;
    let new = &after[before.len()..];
    ensure!(new.len() == 1 && new[0]["details"]["justification"] == "The control", "{new:#?}");
    ensure!(count >= 10_000, "{count} calls are too few");
    ensure!(understood >= 3_000, "only {understood} calls were understood: this proves nothing");
    let log = app.process.log();
    let shown = log.matches("Show(").count();
    ensure!(shown >= 50, "only {shown} calls showed the window: the others did not arrive");
    println!(
        "S5: {count} calls from outside in {took:?} ({bus} on the bus, {understood} of them understood, {LINES} lines on standard input, \
         {STARTS} second starts, {KEYS} keys, the rest on pipes), 0 elevations; control: 1"
    );
    window.detach().await
}

/// Signs in and leaves everything one step away from an elevation: an active role with its warning on the screen, a favourite
/// with a remembered reason, a bundle of one click. Returns what an elevation would have to name.
async fn temptations(
    desktop: &Desktop,
    tenant: &Tenant,
    app: &App,
    tray: &Tray,
    maya: &mut Person,
) -> Result<Vec<String>> {
    let window = Window::open(desktop, app, tray).await?;
    window.click("first-run-demo").await?;
    // While somebody signs in it listens for the answer; and at no other time.
    let listens = async || Ok(!listening(app.process.id())?.is_empty());
    until_true("it to listen for the answer", LONG, listens).await?;
    maya.sign_in(desktop).await?;
    let window = window.returns(desktop, app).await?;
    let favourite = window.activate(FAVOURITE, "Password resets", None).await?;
    window.reaches(&favourite, "active").await?;
    tenant.set_clock(tenant.end_of(&favourite).await? + TimeDelta::minutes(1)).await?;
    window.find_role(FAVOURITE).await?;
    window.click(&format!("favourite-{favourite}")).await?;
    let active = window.activate(ACTIVE, "Daily checks", None).await?;
    window.reaches(&active, "active").await?;
    let bundle = json!({ "kind": "saveBundle", "name": "On call", "reason": "On call", "roles": [{ "id": favourite, "minutes": 60 }] });
    let keys = json!({ "shortcut": WINDOW_KEYS, "bundleShortcut": { "bundle": "On call", "keys": BUNDLE_KEYS } });
    window.dispatch(vec![bundle, json!({ "kind": "saveSettings", "settings": keys })]).await?;
    tray.entry("Bundles").await?;
    tray.entry(&format!("Activate {FAVOURITE}")).await?;
    tenant.set_clock(tenant.end_of(&active).await? - TimeDelta::minutes(4)).await?;
    desktop.notifications().with(ACTIVE).await?;
    window.detach().await?;
    Ok(vec![active, favourite, "On call".into(), ACTIVE.into()])
}

/// What the tenant has committed that gives somebody a role.
async fn elevations(tenant: &Tenant) -> Result<Vec<Value>> {
    let ledger = tenant.ledger().await?;
    let gives = |entry: &Value| {
        let event = entry["event"].as_str().unwrap_or_default();
        event.starts_with("self") && event != "selfDeactivate"
    };
    Ok(ledger.into_iter().filter(gives).collect())
}

/// The numbers of the menu's lines, but for those that end what is tried here.
async fn lines_of(tray: &Tray) -> Result<Vec<i32>> {
    let menu = tray.menu().await?;
    let lines = menu.iter().flat_map(|entry| entry.all()).filter(|entry| {
        // The Manage window would stand in front of the one that is looked into afterwards; opening it is all the line does.
        let ends = entry.label == "Quit" || entry.label == "Manage…" || entry.label.starts_with("Sign out");
        entry.enabled && !entry.label.is_empty() && !ends
    });
    Ok(lines.map(|entry| entry.id).collect())
}

/// Makes the calls, and counts those that were understood.
async fn send(bus: &Connection, calls: Vec<Call>) -> Result<usize> {
    let mut calls = calls.into_iter();
    let mut waiting = JoinSet::new();
    let mut understood = 0;
    loop {
        while waiting.len() < AT_ONCE
            && let Some(call) = calls.next()
        {
            let bus = bus.clone();
            waiting.spawn(async move {
                let Call { destination, path, interface, member, body } = call;
                bus.call_method(Some(destination), path, Some(interface), member, &body).await
            });
        }
        match waiting.join_next().await {
            None => return Ok(understood),
            Some(answer) => match answer? {
                Ok(_) => understood += 1,
                // Refused by whoever was called: there is no such thing, or it is there and says what is wrong with the call.
                Err(zbus::Error::MethodError(error, ..)) => {
                    understood += usize::from(!error.starts_with("org.freedesktop.DBus.Error.Unknown"));
                }
                Err(error) => return Err(error).context("a call could not be made"),
            },
        }
    }
}

/// Says that buttons were pressed: as the notification server, and as anybody.
async fn buttons(desktop: &Desktop, dice: &mut Dice, names: &[String], count: usize) -> Result<usize> {
    let shown: Vec<_> = desktop.notifications().all().iter().map(|notice| notice.id).collect();
    for _ in 0..count {
        let pressed = forged_button(dice, &shown, names);
        let (path, interface) = ("/org/freedesktop/Notifications", "org.freedesktop.Notifications");
        let bus = if dice.percent(50) { desktop.notifications().bus() } else { desktop.bus() };
        bus.emit_signal(None::<&str>, path, interface, "ActionInvoked", &pressed).await?;
    }
    Ok(count)
}

/// Starts Pimento again and again, with arguments and with something to say on standard input.
async fn starts(desktop: &Desktop, tenant: &Tenant, dice: &mut Dice, names: &[String]) -> Result<usize> {
    let said = desktop.home().join("said-again");
    fs::write(&said, format!("{}\n", elevating_line(dice, names)))?;
    let mut running = JoinSet::new();
    for _ in 0..STARTS {
        let mut command = desktop.command(built("pimento")?);
        command.args(arguments(dice, names)).env("PIMENTO_TENANT", &tenant.line).env("PIMENTO_HOME", home(desktop));
        command.stdin(File::open(&said)?).stdout(Stdio::null()).stderr(Stdio::null());
        running.spawn_blocking(move || command.status());
        if running.len() >= 4 {
            ended(running.join_next().await)?;
        }
    }
    while let Some(start) = running.join_next().await {
        ended(Some(start))?;
    }
    Ok(STARTS)
}

fn ended(start: Option<Result<std::io::Result<std::process::ExitStatus>, tokio::task::JoinError>>) -> Result<()> {
    let status = start.context("no start")???;
    ensure!(status.success(), "a second start failed: {status}");
    Ok(())
}

/// Writes lines to every pipe of the tray's process and the window's that another program can open, as programs of the same
/// user can: none of them may be the one on which the window's commands come.
fn pipes(app: &App, dice: &mut Dice, names: &[String]) -> Result<usize> {
    let mut written = 0;
    for process in tree(app.process.id()) {
        for entry in fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten() {
            let path = entry.path();
            if !fs::metadata(&path).is_ok_and(|metadata| metadata.file_type().is_fifo()) {
                continue;
            }
            // Those that nobody reads, or that are full, must not hold us up.
            let nonblocking = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits())?;
            let Ok(mut pipe) = OpenOptions::new().write(true).custom_flags(nonblocking).open(&path) else { continue };
            for _ in 0..20 {
                let line = format!("{}\n", elevating_line(dice, names));
                written += usize::from(pipe.write_all(line.as_bytes()).is_ok());
            }
        }
    }
    Ok(written)
}

/// From whatever page was opened last, back to the list.
async fn to_the_list(window: &Window) -> Result<()> {
    let back = async || {
        if window.has("filter").await? {
            return Ok(true);
        }
        window.page.click("[data-testid='back'], [data-testid='form-cancel']").await?;
        Ok(false)
    };
    match until_true("the list", LONG, back).await {
        Ok(()) => Ok(()),
        Err(error) => Err(error.context(format!("The window says:\n{}", window.page.text().await?))),
    }
}
