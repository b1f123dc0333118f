//! Tokens stay in the process of the tray and in the keyring. The tenant's secrets carry canaries; after the main job they
//! are looked for everywhere else, in every spelling, by a scanner that has to find what is planted for it.

#![cfg(target_os = "linux")]

mod scan;

use std::{
    collections::BTreeSet,
    fs, io,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::{App, home},
    clock::Stopwatch,
    desktop::{Desktop, Setup},
    person::Person,
    process::{Process, tree},
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{Ticket, Window},
};
use scan::{Scanner, spellings};
use serde_json::{Value, json};

const MFA: &str = "Intune Administrator";
const TICKET: &str = "Exchange Administrator";
const INC: Ticket<'_> = Ticket { number: "INC-4711", system: "ServiceNow" };

#[tokio::test]
async fn no_token_leaves_the_tray_process_and_the_keyring() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let elsewhere = tempfile::tempdir()?;
    let traffic = Traffic::of(&desktop, elsewhere.path())?;
    traffic.reaches(&desktop, "the.beginning").await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let canaries = canaries(&tenant).await?;
    ensure!(canaries.len() >= 2, "{canaries:?}");
    let scanner = Scanner::of(&canaries);

    // The main job: sign in, list, activate, step up, be warned.
    let mut maya = Person::at(&desktop, "maya")?;
    let mut app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    window.click("first-run-demo").await?;
    maya.sign_in(&desktop).await?;
    let window = window.returns(&desktop, &app).await?;
    let ticketed = window.activate(TICKET, "Mailbox migration", Some(INC)).await?;
    window.reaches(&ticketed, "active").await?;
    let stepped = window.activate(MFA, "Review of alerts", None).await?;
    window.reaches(&stepped, "steppingUp").await?;
    maya.sign_in(&desktop).await?;
    let window = window.returns(&desktop, &app).await?;
    window.reaches(&stepped, "active").await?;
    // The report for whoever helps, with all names that there are.
    let report = report(&window).await?;
    let found = scanner.bytes(report.as_bytes());
    ensure!(found.is_empty() && report.contains("maya@"), "in the report: {found:#?}\n{report}");
    tenant.set_clock(tenant.end_of(&ticketed).await? - TimeDelta::minutes(5)).await?;
    desktop.notifications().with(TICKET).await?;
    tray.click("Copy details").await?;
    until_true("the keyring to have the token", LONG, async || Ok(!desktop.secrets().await?.is_empty())).await?;

    let files = in_no_file(&scanner, &desktop)?;
    ensure!(home(&desktop).join("session.json").is_file(), "the application's own files were not among the {files}");

    // Messages on the session bus, the keyring's among them.
    traffic.reaches(&desktop, "the.end").await?;
    let found = scanner.bytes(&traffic.bytes()?);
    ensure!(found.is_empty(), "on D-Bus: {found:#?}");

    // Arguments and environment of every process, memory of every process but the tray's.
    let processes = tree(app.process.id());
    let clock = Stopwatch::start();
    let searched = nowhere(&scanner, &processes)?;
    let took = clock.elapsed();

    // Whoever finds nothing must be able to find something.
    for canary in &canaries {
        every_spelling_is_found(&scanner, canary, &elsewhere.path().join("planted"))?;
    }
    found_in_an_invocation(&scanner, &canaries[0]).await?;
    traffic.reaches(&desktop, &canaries[0]).await?;
    ensure!(!scanner.bytes(&traffic.bytes()?).is_empty(), "a canary on D-Bus was not found");
    found_in_memory(&scanner, &window, app.process.id(), &processes, &canaries[0]).await?;

    println!(
        "S2: 0 hits for {} canaries in {} spellings: {files} files, {} bytes of D-Bus, {} processes, {} MiB of memory in {took:?}",
        canaries.len(),
        spellings("x").len(),
        traffic.bytes()?.len(),
        processes.len(),
        searched >> 20,
    );

    // What is written at the end is clean as well.
    window.detach().await?;
    tray.click("Quit").await?;
    ensure!(app.process.ended(LONG).await?.success(), "{}", app.process.log());
    in_no_file(&scanner, &desktop).context("after the end")?;
    Ok(())
}

/// An administrator's window is another process with a web view of its own.
#[tokio::test]
async fn no_token_reaches_the_manage_window() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "31"])?;
    let canaries = canaries(&tenant).await?;
    let scanner = Scanner::of(&canaries);
    let mut omar = Person::at(&desktop, "omar")?;
    // The flyout's process ends with its window: the debugger's address is free for the other one.
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_KEEP_WARM", "0")])?;
    let tray = desktop.tray().await?;
    let manage = Window::manage_signed_in(&desktop, &app, &tray, &mut omar).await?;

    // What is read, what is asked for in the browser, and a change.
    manage.click("section-assignments").await?;
    manage.page.says("Emergency Access").await?;
    manage.dismiss_an_alert(&desktop, &mut omar).await?;

    in_no_file(&scanner, &desktop)?;
    let processes = tree(app.process.id());
    nowhere(&scanner, &processes)?;
    found_in_memory(&scanner, &manage, app.process.id(), &processes, &canaries[0]).await?;
    manage.detach().await
}

/// Searches files and logs, and tells how many. The browser is the person's, not ours: it has to carry the code.
fn in_no_file(scanner: &Scanner, desktop: &Desktop) -> Result<usize> {
    let browser = [desktop.home().join("chromium"), desktop.home().join("chromedriver.log")];
    let browser: Vec<&Path> = browser.iter().map(AsRef::as_ref).collect();
    let (files, found) = scanner.files(desktop.home(), &browser)?;
    ensure!(found.is_empty(), "in files: {found:#?}");
    Ok(files)
}

/// Searches the arguments and the environment of these processes, and the memory of all but the first, which is the tray's; tells
/// how many bytes of memory.
fn nowhere(scanner: &Scanner, processes: &[u32]) -> Result<usize> {
    ensure!(processes.len() >= 3, "the window and its web view are not among {processes:?}");
    for process in processes {
        let found = scanner.invocation(*process).with_context(|| format!("process {process}"))?;
        ensure!(found.is_empty(), "in arguments or environment of {}: {found:#?}", name(*process));
    }
    let mut searched = 0;
    for process in &processes[1..] {
        match scanner.memory(*process) {
            Ok((read, found)) => {
                ensure!(found.is_empty(), "in the memory of {}: {found:#?}", name(*process));
                ensure!(read > 0, "nothing of the memory of {} was read", name(*process));
                searched += read;
            }
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => not_permitted(),
            Err(error) => return Err(error).with_context(|| format!("the memory of {}", name(*process))),
        }
    }
    Ok(searched)
}

/// What the page of the report says with names; the list is shown again after it.
async fn report(window: &Window) -> Result<String> {
    for part in ["menu", "menu-settings", "settings-diagnostics", "diagnostics-names"] {
        window.click(part).await?;
    }
    let named = async || Ok(window.value("diagnostics-report").await?.contains("names: yes"));
    until_true("the report with names", LONG, named).await?;
    let report = window.value("diagnostics-report").await?;
    for _ in 0..2 {
        window.click("back").await?;
    }
    window.part("filter").await?;
    Ok(report)
}

/// What every secret of the tenant contains or begins with.
async fn canaries(tenant: &Tenant) -> Result<Vec<String>> {
    let line: Value = serde_json::from_str(&tenant.line)?;
    let control = line["control"].as_str().context("no control address")?;
    let overview: Value = reqwest::Client::builder().no_proxy().build()?.get(control).send().await?.json().await?;
    Ok(serde_json::from_value(overview["canaries"].clone())?)
}

fn name(process: u32) -> String {
    let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
    format!("{} ({process})", name.trim())
}

fn not_permitted() {
    eprintln!("NOT CHECKED: this system lets nobody read another process's memory (ptrace is restricted).");
}

/// Everything that is said on the session bus, in the bus's own bytes.
struct Traffic {
    file: std::path::PathBuf,
    _monitor: Process,
}

impl Traffic {
    fn of(desktop: &Desktop, folder: &Path) -> Result<Self> {
        let mut monitor = desktop.command("dbus-monitor");
        monitor.args(["--session", "--pcap"]);
        let monitor = Process::start("traffic", &mut monitor, folder)?;
        Ok(Self { file: folder.join("traffic.log"), _monitor: monitor })
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        Ok(fs::read(&self.file)?)
    }

    /// Says something on the bus and waits until it is in the record: everything said before is there too.
    async fn reaches(&self, desktop: &Desktop, words: &str) -> Result<()> {
        let scanner = Scanner::of(&[words.to_owned()]);
        until_true(&format!("\"{words}\" in the record of the bus"), LONG, async || {
            let _: bool = zbus::Proxy::new(
                desktop.bus(),
                "org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus",
            )
            .await?
            .call("NameHasOwner", &(format!("x.{words}"),))
            .await?;
            Ok(!scanner.bytes(&self.bytes()?).is_empty())
        })
        .await
    }
}

fn every_spelling_is_found(scanner: &Scanner, canary: &str, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (spelling, bytes) in spellings(canary) {
        fs::write(folder.join("file"), [&b"before"[..], &bytes, b"after"].concat())?;
        let (_, found) = scanner.files(folder, &[])?;
        ensure!(found.iter().any(|hit| hit.contains(&spelling)), "{canary} ({spelling}) was not found: {found:?}");
    }
    Ok(())
}

async fn found_in_an_invocation(scanner: &Scanner, canary: &str) -> Result<()> {
    for (argument, variable) in [(canary, ""), ("", canary)] {
        // It waits for its input to end.
        let mut command = Command::new("cat");
        command.env("PLANTED", variable).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.args(["-", argument]);
        let mut planted = command.spawn()?;
        // Right after its start a process may not have its arguments yet.
        let what = format!("the canary in argument \"{argument}\" or variable \"{variable}\" to be found");
        let found = until_true(&what, LONG, async || Ok(!scanner.invocation(planted.id())?.is_empty())).await;
        drop(planted.stdin.take());
        planted.wait()?;
        found?;
    }
    Ok(())
}

/// In the tray's memory, where tokens are by right; and in the web view's, once a page has one.
async fn found_in_memory(scanner: &Scanner, window: &Window, tray: u32, processes: &[u32], canary: &str) -> Result<()> {
    match scanner.memory(tray) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            not_permitted();
            return Ok(());
        }
        searched => ensure!(!searched?.1.is_empty(), "the tray's tokens were not found in its memory"),
    }
    let (head, rest) = canary.split_at(canary.len() / 2);
    let script =
        "window.planted = [arguments[0] + arguments[1]].concat(Array(9).fill(0)); return window.planted.join()";
    window.page.client.execute(script, vec![json!(head), json!(rest)]).await?;
    let mut found = BTreeSet::new();
    for process in &processes[1..] {
        found.extend(scanner.memory(*process)?.1);
    }
    ensure!(!found.is_empty(), "a canary in the page was not found in the web view's memory");
    Ok(())
}
