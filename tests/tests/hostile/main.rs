//! The web view is not trusted, and is shown only text: hostile names, reasons, error texts and bundles on their whole way,
//! from a tenant through the application into the real window. None runs, none becomes markup, none reaches a server.

#![cfg(target_os = "linux")]

mod texts;

use std::{collections::BTreeSet, fs};

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::App,
    desktop::{Desktop, Setup},
    person::Person,
    tenant::Tenant,
    wait::{LONG, until, until_true},
    window::Window,
};
use serde_json::{Value, json};
use texts::{Payload, Trap, payloads, scenario};

/// Roles that are active at the same time.
const AT_ONCE: usize = 40;

/// Longest reason that the service keeps.
const LONGEST_REASON: usize = 450;

#[tokio::test]
async fn of_the_tenants_hostile_texts_none_runs_in_the_real_window() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let trap = Trap::set()?;
    let payloads = payloads(&trap.address)?;
    ensure!(payloads.len() >= 200, "{}", payloads.len());
    let file = desktop.home().join("hostile.toml");
    fs::write(&file, scenario(&payloads))?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "4", "--scenario", &file.display().to_string()])?;
    let mut maya = Person::at(&desktop, "maya")?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    window.click("first-run-demo").await?;
    maya.sign_in(&desktop).await?;
    let window = window.returns(&desktop, &app).await?;
    window.part("filter").await?;
    watch(&window).await?;

    // Names: every role of the list, as it is scrolled to its end.
    let roles = until("the whole list", LONG, async || {
        let roles = keys(&window).await?;
        Ok((roles.len() >= payloads.len()).then_some(roles))
    })
    .await?;
    let shown = names(&window).await?;
    for Payload { number, text, .. } in &payloads {
        let sight = legible(text);
        // What steers the direction of text is left out on the way, and what is too long for any name is cut.
        let is_it = |name: &String| {
            let read = legible(name);
            read == sight || text.len() > 1_000 && name.ends_with('…') && sight.starts_with(&read)
        };
        let start: String = text.chars().take(100).collect();
        ensure!(shown.iter().any(is_it), "{number} is not shown: {start:?}");
    }

    // Error texts and reasons, some at a time: every activation is refused with another text, and then made with another.
    let short: Vec<_> = payloads.iter().filter(|payload| payload.text.len() < LONGEST_REASON).collect();
    let directory: Vec<_> = roles.iter().filter(|key| key.starts_with("directoryrole|")).collect();
    let joined = joined(&short);
    for (some, keys) in joined.chunks(AT_ONCE).zip(directory.chunks(AT_ONCE)) {
        for (number, text) in some.iter().enumerate() {
            let code = if number % 2 == 0 { text.as_str() } else { "RoleAssignmentRequestPolicyValidationFailed" };
            let body = json!({ "error": { "code": code, "message": text, "innerError": { "request-id": text } } });
            let fault = json!({ "kind": "answer", "status": 400, "body": body });
            let rule = json!({ "method": "POST", "path": "roleAssignmentScheduleRequests", "fault": fault });
            tenant.control("faults", rule).await?;
        }
        let asked = keys.iter().zip(some);
        window.dispatch(asked.clone().map(|(key, _)| activate(key, "Weekly review")).collect()).await?;
        count(&window, "[data-testid^='active-'][data-state='failed']", some.len()).await?;
        window.ask("document.querySelectorAll('details').forEach(each => (each.open = true))", vec![]).await?;
        innocent(&window).await?;
        let dismissed = asked.clone().map(|(key, _)| json!({ "kind": "dismissProblem", "id": key }));
        window.dispatch(dismissed.collect()).await?;
        count(&window, "[data-testid^='active-']", 0).await?;

        window.dispatch(asked.clone().map(|(key, text)| activate(key, text)).collect()).await?;
        count(&window, "[data-testid^='active-']", some.len()).await?;
        window.painted().await?;
        innocent(&window).await?;
        // They end; those that wait for somebody are taken back.
        let taken_back = asked.map(|(key, _)| json!({ "kind": "cancelRequest", "id": key }));
        window.dispatch(taken_back.collect()).await?;
        tenant.advance("PT61M").await?;
        count(&window, "[data-testid^='active-']", 0).await?;
    }

    // Bundles, and what is on the other pages.
    let bundles = short.iter().take(100).map(|payload| {
        let (kind, definition) = ("directoryRole", directory[0].split('|').nth(1).unwrap_or_default());
        let role = json!({ "kind": kind, "roleDefinitionId": definition, "scopeId": "/", "name": payload.text });
        json!({ "name": payload.text.chars().take(90).collect::<String>(), "reason": payload.text, "roles": [role] })
    });
    let file = json!({ "pimentoBundles": 1, "bundles": bundles.collect::<Vec<_>>() });
    window.dispatch(vec![json!({ "kind": "importBundles", "text": file.to_string() })]).await?;
    for (page, sign) in [
        ("menu-bundles", "[data-testid='new-bundle']"),
        ("menu-history", "[data-testid='history-search']"),
        ("menu-accounts", "[data-testid='add-account']"),
        ("menu-sources", "[data-testid^='source-']"),
        ("menu-settings", "[data-testid='settings-notifications']"),
    ] {
        window.click("menu").await?;
        window.click(page).await?;
        window.page.find(sign).await?;
        window.painted().await?;
        innocent(&window).await?;
        window.click("back").await?;
    }
    // Typed in the window itself: into the filter, and as a role that is to be entered.
    for payload in short.iter().step_by(10) {
        window.ask(FILTER, vec![json!(payload.text)]).await?;
    }
    let entered = short.iter().step_by(10).map(|payload| {
        json!({ "kind": "enterRole", "source": "directoryRole", "role": payload.text, "scope": payload.text })
    });
    window.dispatch(entered.collect()).await?;
    window.painted().await?;
    innocent(&window).await?;
    ensure!(trap.asked() == 0, "the trap was asked {} times", trap.asked());
    ensure!(maya.waiting() == 0, "a browser was opened");
    println!(
        "S4: {} payloads as names, {} as error texts and reasons, {} as bundles in the real window: 0 executed, 0 elements, \
         0 refused by the policy, 0 requests",
        payloads.len(),
        short.len(),
        100.min(short.len()),
    );

    control(&window, &payloads, &trap).await?;
    window.detach().await
}

/// The counters count: markup that somebody makes in the window is seen and its scripts are refused, a script that runs is
/// seen, the page goes nowhere, and the trap notices who asks.
async fn control(window: &Window, payloads: &[Payload], trap: &Trap) -> Result<()> {
    let markup: Vec<_> = payloads.iter().filter(|payload| payload.kind == "markup").map(|each| &each.text).collect();
    let script =
        "for (const text of arguments[0]) document.querySelector('#app').insertAdjacentHTML('beforeend', text)";
    window.page.client.execute(script, vec![json!(markup)]).await?;
    window.painted().await?;
    let did = deeds(window).await?;
    ensure!(did["ran"] == json!([]), "the policy let something run: {did}");
    let count = |what: &str| did[what].as_array().map_or(0, Vec::len);
    ensure!(count("elements") >= 50 && count("refused") >= 50, "{did}");
    ensure!(trap.asked() == 0, "the policy let {} requests pass", trap.asked());
    // Away from its own files it does not go.
    let away = format!("{}/away", trap.address);
    window.page.client.execute("location.href = arguments[0]", vec![json!(away)]).await?;
    window.painted().await?;
    let here = window.page.client.current_url().await?;
    ensure!(here.scheme() == "tauri", "the window went to {here}");
    ensure!(trap.asked() == 0, "the window went away");
    // What does run is counted; and who asks.
    window.page.client.execute("(top.__ran=top.__ran||[]).push(1)", Vec::new()).await?;
    ensure!(deeds(window).await?["ran"] == json!([1]), "a script that ran was not seen");
    reqwest::Client::builder().no_proxy().build()?.get(&trap.address).send().await?;
    until_true("the trap to notice", LONG, async || Ok(trap.asked() == 1)).await?;
    println!("control: {} elements, {} refusals of the policy", count("elements"), count("refused"));
    Ok(())
}

/// Several in one text, as many as a reason may be long: a window that takes a text for markup takes all of them for it.
fn joined(payloads: &[&Payload]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for Payload { text, .. } in payloads {
        match texts.last_mut() {
            Some(last) if last.len() + text.len() < LONGEST_REASON => {
                last.push(' ');
                last.push_str(text);
            }
            _ => texts.push(text.clone()),
        }
    }
    texts
}

/// What is left of a text when it is read aloud.
fn legible(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || c.is_ascii_punctuation()).collect()
}

fn activate(key: &str, reason: &str) -> Value {
    json!({ "kind": "activate", "id": key, "minutes": 60, "reason": reason, "ticket": null, "undoable": false })
}

/// Writes down what the content security policy refuses from now on.
async fn watch(window: &Window) -> Result<()> {
    let script = "window.__refused = [];
        document.addEventListener('securitypolicyviolation', event => __refused.push(event.violatedDirective + ' ' + event.blockedURI))";
    window.ask(script, Vec::new()).await?;
    Ok(())
}

/// What the page did that no page of ours does.
async fn deeds(window: &Window) -> Result<Value> {
    window.ask(DEEDS, Vec::new()).await.context("what the page did")
}

async fn innocent(window: &Window) -> Result<()> {
    let did = deeds(window).await?;
    ensure!(did == json!({ "ran": [], "elements": [], "refused": [] }), "{did}");
    Ok(())
}

/// Waits until there are so many of these.
async fn count(window: &Window, css: &str, wanted: usize) -> Result<()> {
    let mut seen = 0;
    let what = format!("{wanted} of {css}");
    let reached = until_true(&what, LONG, async || {
        let found = window.ask("return document.querySelectorAll(arguments[0]).length", vec![json!(css)]).await?;
        seen = found.as_u64().context("a count")?;
        Ok(seen == wanted as u64)
    });
    reached.await.with_context(|| format!("{seen} were there"))
}

/// The keys of all roles that can be activated.
async fn keys(window: &Window) -> Result<Vec<String>> {
    let view = "const done = arguments[0];
        __TAURI_INTERNALS__.invoke('view').then(view => done(view.eligible.map(row => row.id)), error => done(String(error)))";
    Ok(serde_json::from_value(window.page.client.execute_async(view, Vec::new()).await.context("the keys")?)?)
}

/// The names of all rows, as the list is scrolled to its end.
async fn names(window: &Window) -> Result<BTreeSet<String>> {
    let script = "const done = arguments[0];
        const grid = document.querySelector('#eligible');
        const found = new Set();
        let top = 0;
        const step = () => {
            for (const name of grid.querySelectorAll('bdi[title]')) if (name.title === name.textContent) found.add(name.title);
            if (top > grid.scrollHeight) return done([...found]);
            grid.scrollTop = top += 300;
            requestAnimationFrame(() => requestAnimationFrame(step));
        };
        step()";
    Ok(serde_json::from_value(window.page.client.execute_async(script, Vec::new()).await.context("the names")?)?)
}

const FILTER: &str = "const field = document.querySelector(\"[data-testid='filter']\");
    field.value = arguments[0];
    field.dispatchEvent(new Event('input', { bubbles: true }))";

/// The scripts that ran, the elements that no markup of ours has, and what the policy refused.
const DEEDS: &str = "const never = 'script, iframe, frame, object, embed, img, image, picture, video, audio, source, link, meta, base, style, math, template, marquee, foreignObject, animate, set, use, a, map, dialog, xmp, noscript, font, table';
    const elements = [...document.querySelectorAll(`#app :is(${never})`)].map(element => element.outerHTML.slice(0, 200));
    for (const element of document.querySelectorAll('#app *'))
        for (const { name } of element.attributes)
            if (name.startsWith('on') || name === 'srcdoc' || name === 'href') elements.push(`${name} on ${element.tagName}`);
    return { ran: window.__ran ?? [], elements, refused: window.__refused ?? ['nobody watches'] }";
