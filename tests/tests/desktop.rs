//! The real application on a virtual desktop: the main job from the first run to signing out.

#![cfg(target_os = "linux")]

use std::process::Stdio;

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::{App, home},
    desktop::{Desktop, Setup},
    person::{Person, Step},
    process::{built, tree},
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{ICON, TITLE, Ticket, Window},
};

const MFA: &str = "Intune Administrator";
const TICKET: &str = "Exchange Administrator";
const INC: Ticket<'_> = Ticket { number: "INC-4711", system: "ServiceNow" };

#[tokio::test]
async fn the_main_job_from_the_first_run_to_signing_out() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let mut maya = Person::at(&desktop, "maya")?;
    let mut app = App::start(&desktop, &tenant)?;

    // The tray icon is registered, and says that nobody is signed in.
    let tray = desktop.tray().await?;
    tray.entry("Open Pimento").await?;
    tray.entry("Quit").await?;
    until_true("the tooltip to say so", LONG, async || Ok(tray.tooltip().await?.contains("Not signed in"))).await?;
    let signed_out = tray.icon().await?;

    // A left click opens the window: the first run. The demo's sign-in happens in the browser.
    let window = Window::open(&desktop, &app, &tray).await?;
    window.click("first-run-demo").await?;
    let steps = maya.sign_in(&desktop).await?;
    ensure!(steps.first() == Some(&Step::Pick) && steps.last() == Some(&Step::Back), "{steps:?}");
    let window = window.returns(&desktop, &app).await?;
    window.find_role(MFA).await?;
    until_true("the refresh token in the keyring", LONG, async || Ok(!desktop.secrets().await?.is_empty())).await?;
    until_true("another icon", LONG, async || Ok(tray.icon().await? != signed_out)).await?;

    // The command line shares session and keyring with the application.
    let mut pim = desktop.command(built("pim")?);
    pim.env("PIMENTO_TENANT", &tenant.line).env("PIMENTO_HOME", home(&desktop)).args(["status", "--json"]);
    let output = pim.stdin(Stdio::null()).output()?;
    let status: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    ensure!(status["account"]["username"] == "maya@contoso.example", "{status}");
    ensure!(maya.waiting() == 0, "the command line opened the browser");

    // A role with a ticket, and one that wants a stronger sign-in: one prompt, and it goes on by itself.
    let ticketed = window.activate(TICKET, "Mailbox migration", Some(INC)).await?;
    window.reaches(&ticketed, "active").await?;
    let stepped = window.activate(MFA, "Review of alerts", None).await?;
    window.reaches(&stepped, "steppingUp").await?;
    let steps = maya.sign_in(&desktop).await?;
    ensure!(!steps.contains(&Step::Consent), "consent was asked for twice: {steps:?}");
    // Nobody has to look for the window.
    let window = window.returns(&desktop, &app).await?;
    window.reaches(&stepped, "active").await?;
    ensure!(maya.waiting() == 0, "the browser was opened more than once for one step-up");

    // The countdown: window, tooltip, menu.
    ensure!(window.left(&ticketed).await?.contains('h'), "{}", window.left(&ticketed).await?);
    let tooltip = tray.tooltip().await?;
    ensure!(tooltip.contains(TICKET) && tooltip.contains("left, until"), "{tooltip}");
    ensure!(tray.entry(TICKET).await?.label.contains(" h"), "{:?}", tray.labels().await?);
    window.detach().await?;

    // Killed and started again: everything is as it was, without a sign-in and without another request to activate.
    app.process.kill();
    app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    tray.entry(TICKET).await?;
    tray.entry(MFA).await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    window.reaches(&ticketed, "active").await?;
    window.reaches(&stepped, "active").await?;
    ensure!(maya.waiting() == 0, "a restart opened the browser");
    ensure!(tenant.committed("selfActivate").await? == 2, "{:?}", tenant.ledger().await?);

    // A second start shows the first one's window and ends.
    window.detach().await?;
    tray.activate(ICON.0, ICON.1).await?;
    desktop.invisible(TITLE).await?;
    let mut second = App::start(&desktop, &tenant)?;
    ensure!(second.process.ended(LONG).await?.success(), "{}", second.process.log());
    desktop.visible(TITLE).await?;
    ensure!(desktop.tray_items().await?.len() == 1, "{:?}", desktop.tray_items().await?);

    // Five minutes before the end: a warning with two buttons. Pressing one elevates nothing.
    let end = tenant.end_of(&ticketed).await?;
    tenant.set_clock(end - TimeDelta::minutes(5)).await?;
    let warning = desktop.notifications().with(TICKET).await?;
    let labels: Vec<_> = warning.actions.iter().map(|(_, label)| label.as_str()).collect();
    ensure!(labels.contains(&"Re-activate") && labels.contains(&"Dismiss"), "{warning:?}");
    ensure!(warning.urgency == 1, "{warning:?}");
    let before = tenant.committed("selfActivate").await?;
    let window = Window::attach(&desktop, &app).await?;
    let pressed = async || {
        desktop.notifications().press(&warning, "Re-activate").await?;
        window.has("form").await
    };
    until_true("the form of the role", LONG, pressed).await?;
    ensure!(tenant.committed("selfActivate").await? == before, "a notification elevated: {:?}", tenant.ledger().await?);

    // The form is prefilled; ending and activating again needs one click.
    window.click("way-restart").await?;
    ensure!(window.value("reason").await? == "Mailbox migration", "{}", window.value("reason").await?);
    ensure!(window.value("ticket-number").await? == INC.number, "{}", window.value("ticket-number").await?);
    window.submit().await?;
    until_true("a new activation", LONG, async || Ok(tenant.committed("selfActivate").await? == before + 1)).await?;
    window.reaches(&ticketed, "active").await?;
    ensure!(tenant.end_of(&ticketed).await? > end, "{:?}", tenant.ledger().await?);
    ensure!(tenant.committed("selfDeactivate").await? == 1, "{:?}", tenant.ledger().await?);

    // No token in any file.
    for file in files(&home(&desktop)) {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        ensure!(!text.contains("eyJ"), "a token in {}", file.display());
    }

    // Signing out takes the secret away.
    window.click("menu").await?;
    window.click("sign-out").await?;
    until_true("the keyring to be empty", LONG, async || Ok(desktop.secrets().await?.is_empty())).await?;
    until_true("the tooltip to say so", LONG, async || Ok(tray.tooltip().await?.contains("Not signed in"))).await?;
    window.detach().await?;

    // Quit ends every process.
    let processes = tree(app.process.id());
    tray.click("Quit").await?;
    ensure!(app.process.ended(LONG).await?.success(), "{}", app.process.log());
    until_true("its window's processes to end", LONG, async || Ok(processes.iter().all(|id| !alive(*id)))).await
}

fn alive(process: u32) -> bool {
    std::path::Path::new(&format!("/proc/{process}")).exists()
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
