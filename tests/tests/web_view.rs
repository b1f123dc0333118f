//! The web view is not trusted: a lint over the configuration, which fails for every weakening of it, and over what is
//! built to be shown. Needs no display.

#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// A window: its capability file, its label, its page, and the commands that the page may ask for. It may hear events besides,
/// and nothing else.
struct Allowed {
    capability: &'static str,
    label: &'static str,
    page: &'static str,
    commands: &'static [&'static str],
}

const WINDOWS: [Allowed; 2] = [
    Allowed {
        capability: "window",
        label: "main",
        page: "index.html",
        commands: &[
            "about",
            "alive",
            "diagnose",
            "dispatch",
            "hide",
            "leave",
            "left",
            "open_sign_in_page",
            "painted",
            "view",
        ],
    },
    Allowed { capability: "manage", label: "manage", page: "manage.html", commands: &["ask", "desk"] },
];

const EVENTS: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

/// Tauri's own way from page to program, on each system.
const IPC: [&str; 2] = ["ipc:", "http://ipc.localhost"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn parsed(file: &str) -> Result<Value> {
    let path = root().join(file);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn names(folder: &str) -> Result<BTreeSet<String>> {
    let entries = fs::read_dir(root().join(folder)).with_context(|| folder.to_owned())?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn texts(folder: &Path, extensions: &[&str]) -> Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(texts(&path, extensions)?);
        } else if path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted)) {
            let text = fs::read_to_string(&path)?;
            found.push((path, text));
        }
    }
    Ok(found)
}

/// What is wrong with `tauri.conf.json`.
fn configuration(config: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let (app, security) = (&config["app"], &config["app"]["security"]);
    let mut must = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_owned());
        }
    };
    must(app["withGlobalTauri"] == false, "withGlobalTauri is not off");
    must(app["windows"] == json!([]), "a window is configured");
    must(app.get("enableGTKAppId").is_none_or(|id| id == false), "another identity on the bus");
    must(security["freezePrototype"] == true, "freezePrototype is not on");
    let ours: Vec<&str> = WINDOWS.iter().map(|window| window.capability).collect();
    must(security["capabilities"] == json!(ours), "other capabilities than our windows'");
    must(security["dangerousDisableAssetCspModification"].is_null(), "Tauri may not tighten the policy");
    must(security["devCsp"].is_null(), "another policy for development");
    must(security["assetProtocol"].is_null(), "files can be read by URL");
    must(config["plugins"].is_null(), "a plugin is configured");
    must(config["build"]["devUrl"].is_null(), "a page from a server");
    must(config["build"]["removeUnusedCommands"] == true, "unused commands stay");
    let local = config["build"]["frontendDist"].as_str().is_some_and(|folder| folder.starts_with("../"));
    must(local, "the page is no folder of ours");

    let policy = security["csp"].as_object().cloned().unwrap_or_default();
    must(policy.get("default-src") == Some(&json!("'none'")), "default-src is not 'none'");
    for closed in ["base-uri", "form-action", "frame-ancestors", "object-src"] {
        must(policy.get(closed) == Some(&json!("'none'")), &format!("{closed} is not 'none'"));
    }
    for (directive, sources) in &policy {
        // Neither inline nor eval, neither data: nor blob:, no host, no wildcard.
        for source in sources.as_str().unwrap_or("not a text").split_whitespace() {
            let ipc = directive == "connect-src" && IPC.contains(&source);
            must(matches!(source, "'none'" | "'self'") || ipc, &format!("{directive} allows {source}"));
        }
    }
    wrong
}

/// What is wrong with a window's capability file.
fn capability(file: &Value, window: &Allowed) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            wrong.push(what);
        }
    };
    must(file["identifier"] == window.capability, "another name".into());
    must(file["windows"] == json!([window.label]), "other windows than its own".into());
    for key in ["remote", "webviews", "local"] {
        must(file[key].is_null(), format!("`{key}` is set"));
    }
    let permissions = file["permissions"].as_array().cloned().unwrap_or_default();
    must(!permissions.is_empty(), "nothing is allowed".into());
    for permission in permissions {
        let own = |name: &str| {
            let command = name.strip_prefix("allow-").map(|command| command.replace('-', "_"));
            command.is_some_and(|command| window.commands.contains(&command.as_str()))
        };
        let known = permission.as_str().is_some_and(|name| EVENTS.contains(&name) || own(name));
        must(known, format!("{permission} is allowed"));
    }
    wrong
}

/// What is wrong with the page.
fn page(html: &str) -> Vec<String> {
    let html = html.to_ascii_lowercase();
    let mut wrong = Vec::new();
    for tag in ["<style", "<base", "<iframe", "<object", "<embed", "<form", "http-equiv", "javascript:", "//", "data:"]
    {
        if html.contains(tag) {
            wrong.push(format!("{tag} in the page"));
        }
    }
    let quoted =
        |attribute: &str| html.contains(&format!(" {attribute}=")) || html.contains(&format!("\n{attribute}="));
    for attribute in ["style", "onclick", "onload", "onerror", "onfocus", "srcdoc"] {
        if quoted(attribute) {
            wrong.push(format!("{attribute} in the page"));
        }
    }
    let mut scripts = 0;
    for script in html.split("<script").skip(1) {
        scripts += 1;
        let (tag, rest) = script.split_once('>').unwrap_or((script, ""));
        let inline = rest.split_once("</script").is_none_or(|(body, _)| !body.trim().is_empty());
        if inline || !tag.contains(" src=\"./") {
            wrong.push("a script in the page itself".into());
        }
    }
    if scripts == 0 {
        wrong.push("no script at all: this is not the built page".into());
    }
    wrong
}

#[test]
fn the_configuration_is_strict() -> Result<()> {
    assert_eq!(configuration(&parsed("src-tauri/tauri.conf.json")?), Vec::<String>::new());
    Ok(())
}

#[test]
fn each_page_may_call_its_own_commands_and_hear_events() -> Result<()> {
    let files: BTreeSet<_> = WINDOWS.iter().map(|window| format!("{}.json", window.capability)).collect();
    assert_eq!(names("src-tauri/capabilities")?, files);
    for window in &WINDOWS {
        let file = parsed(&format!("src-tauri/capabilities/{}.json", window.capability))?;
        assert_eq!(capability(&file, window), Vec::<String>::new(), "{}", window.capability);
    }
    // No permission that somebody wrote by hand; each that was generated is for the one command of its name.
    assert_eq!(names("src-tauri/permissions")?, BTreeSet::from(["autogenerated".to_owned()]));
    let commands: Vec<&str> = WINDOWS.iter().flat_map(|window| window.commands).copied().collect();
    let expected: BTreeSet<_> = commands.iter().map(|command| format!("{command}.toml")).collect();
    assert_eq!(expected.len(), commands.len(), "no command is two windows'");
    assert_eq!(names("src-tauri/permissions/autogenerated")?, expected);
    for command in commands {
        let text = fs::read_to_string(root().join(format!("src-tauri/permissions/autogenerated/{command}.toml")))?;
        let allowed: Vec<_> = text.lines().filter(|line| line.starts_with("commands.allow")).collect();
        assert_eq!(allowed, [format!("commands.allow = [\"{command}\"]")]);
    }
    Ok(())
}

#[test]
fn every_weakening_is_noticed() -> Result<()> {
    let strict = parsed("src-tauri/tauri.conf.json")?;
    let weaker = [
        ("/app/withGlobalTauri", json!(true)),
        ("/app/windows", json!([{ "url": "https://contoso.example" }])),
        ("/app/security/freezePrototype", json!(false)),
        ("/app/security/capabilities", json!(["window", "manage", "more"])),
        ("/app/security/csp", Value::Null),
        ("/app/security/csp/default-src", json!("'self'")),
        ("/app/security/csp/script-src", json!("'self' 'unsafe-inline'")),
        ("/app/security/csp/script-src", json!("'self' 'unsafe-eval'")),
        ("/app/security/csp/script-src", json!("'self' 'wasm-unsafe-eval'")),
        ("/app/security/csp/script-src", json!("'self' data:")),
        ("/app/security/csp/script-src", json!("'self' blob:")),
        ("/app/security/csp/script-src", json!("'self' https:")),
        ("/app/security/csp/script-src", json!("*")),
        ("/app/security/csp/style-src", json!("'self' 'unsafe-inline'")),
        ("/app/security/csp/connect-src", json!("ipc: https://contoso.example")),
        ("/app/security/csp/img-src", json!("https://contoso.example")),
        ("/app/security/csp/form-action", json!("'self'")),
        ("/build/frontendDist", json!("https://contoso.example")),
        ("/build/removeUnusedCommands", json!(false)),
    ];
    for (place, value) in weaker {
        let mut config = strict.clone();
        *config.pointer_mut(place).with_context(|| place.to_owned())? = value.clone();
        ensure!(!configuration(&config).is_empty(), "{place}: {value} went unnoticed");
    }
    let added = [
        ("/app/security", "dangerousDisableAssetCspModification", json!(true)),
        ("/app/security", "devCsp", json!("default-src *")),
        ("/app/security", "assetProtocol", json!({ "enable": true, "scope": ["**"] })),
        ("/build", "devUrl", json!("http://localhost:1420")),
        ("", "plugins", json!({ "shell": {} })),
    ];
    for (place, key, value) in added {
        let mut config = strict.clone();
        config.pointer_mut(place).with_context(|| place.to_owned())?[key] = value;
        ensure!(!configuration(&config).is_empty(), "{key} went unnoticed");
    }
    for window in &WINDOWS {
        let strict = parsed(&format!("src-tauri/capabilities/{}.json", window.capability))?;
        for (key, value) in [
            ("remote", json!({ "urls": ["https://*"] })),
            ("windows", json!(["*"])),
            ("windows", json!(["main", "manage"])),
            ("webviews", json!(["*"])),
            ("permissions", json!(["core:default"])),
            ("permissions", json!(["allow-dispatch", "allow-ask"])),
            ("permissions", json!(["core:window:allow-set-focus"])),
            ("permissions", json!([{ "identifier": "fs:allow-read" }])),
        ] {
            let mut file = strict.clone();
            file[key] = value.clone();
            ensure!(!capability(&file, window).is_empty(), "{}: {key}: {value} went unnoticed", window.capability);
        }
    }
    for html in [
        "<div></div>",
        "<script>alert(1)</script>",
        "<script src=\"./a.js\">alert(1)</script>",
        "<script src=\"https://contoso.example/a.js\"></script>",
        "<script src=\"./a.js\"></script><p onclick=\"alert(1)\">",
        "<script src=\"./a.js\"></script><p style=\"color:red\">",
        "<script src=\"./a.js\"></script><style>p {}</style>",
        "<script src=\"./a.js\"></script><a href=\"javascript:alert(1)\">",
        "<script src=\"./a.js\"></script><iframe src=\"./b.html\">",
    ] {
        ensure!(!page(html).is_empty(), "{html} went unnoticed");
    }
    Ok(())
}

#[test]
fn the_built_pages_have_no_script_of_their_own_and_make_none_from_text() -> Result<()> {
    let is_page = |name: &String| Path::new(name).extension().is_some_and(|ending| ending == "html");
    let pages: BTreeSet<_> = names("ui/dist")?.into_iter().filter(is_page).collect();
    assert_eq!(pages, WINDOWS.iter().map(|window| window.page.to_owned()).collect());
    for name in pages {
        let file = root().join("ui/dist").join(&name);
        let html = fs::read_to_string(file).context("the page is built by `cargo xtask`")?;
        assert_eq!(page(&html), Vec::<String>::new(), "{name}");
    }
    let scripts = texts(&root().join("ui/dist"), &["js"])?;
    ensure!(!scripts.is_empty(), "no script was built");
    for (path, text) in scripts {
        for way in ["eval(", "new Function(", "importScripts(", "document.write("] {
            ensure!(!text.contains(way), "{way} in {}", path.display());
        }
    }
    // Texts of the service never become markup.
    let sources = texts(&root().join("ui/src"), &["svelte", "ts"])?;
    ensure!(
        sources.iter().any(|(path, _)| path.ends_with("App.svelte")),
        "not the window's sources: {}",
        sources.len()
    );
    for (path, text) in sources {
        // The icons' own paths, by their names.
        let text = if path.ends_with("Icon.svelte") { text.replace("{@html PATHS[name]}", "") } else { text };
        for way in ["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML"] {
            ensure!(!text.contains(way), "{way} in {}", path.display());
        }
    }
    Ok(())
}

#[test]
fn developer_tools_are_in_no_release() -> Result<()> {
    // Debug builds have them by themselves; in a release the feature would be needed, or a call.
    let mut manifests = vec![root().join("Cargo.toml")];
    for folder in ["src-tauri", "tests", "crates/cli", "crates/pim", "crates/tenant", "crates/xtask"] {
        manifests.push(root().join(folder).join("Cargo.toml"));
    }
    for manifest in manifests {
        let text = fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())?;
        ensure!(!text.contains("devtools"), "devtools in {}", manifest.display());
    }
    for (path, text) in texts(&root().join("src-tauri/src"), &["rs"])? {
        for way in ["devtools(", "WebviewUrl::External", "WebviewUrl::CustomProtocol"] {
            ensure!(!text.contains(way), "{way} in {}", path.display());
        }
    }
    Ok(())
}
