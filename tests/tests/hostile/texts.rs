//! The hostile texts (`ui/tests/hostile/payloads.js` makes them, for the window's own tests too), a company whose every name
//! is one of them, and a server that must never be asked for anything.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// One hostile text.
#[derive(Clone, Debug, Deserialize)]
pub struct Payload {
    /// What it says when it runs.
    pub number: usize,
    /// `markup`, `address`, …
    pub kind: String,
    /// It.
    pub text: String,
}

/// All of them; their addresses point at `server`.
pub fn payloads(server: &str) -> Result<Vec<Payload>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/tests/hostile/payloads.js");
    let output = Command::new("node").arg(script).arg(server).stdin(Stdio::null()).output().context("node")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A server that answers nobody and counts who asks.
pub struct Trap {
    /// Where it listens.
    pub address: String,
    asked: Arc<AtomicUsize>,
}

impl Trap {
    pub fn set() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = format!("http://{}", listener.local_addr()?);
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        // Ends with the test's process.
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                // An answer that comes before its question is none.
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
        });
        Ok(Self { address, asked })
    }

    /// How often it was connected to.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// A scenario: as many roles as there are texts, and people, groups, units and scopes of Azure called by some of them.
pub fn scenario(payloads: &[Payload]) -> String {
    // What can stand in a name that people are addressed by, or in a path.
    let short: Vec<_> = payloads.iter().filter(|payload| payload.text.len() < 400).collect();
    let name = |at: usize| toml(&short[at % short.len()].text);
    let id = |kind: usize, at: usize| format!("{kind:08x}-0000-4000-8000-{at:012x}");
    let mut file = format!(
        "name = \"hostile\"\n\n[organization]\ntenant-id = \"{}\"\ndisplay-name = {}\ndomain = \"hostile.example\"\n\n\
         [switches]\nconsented-for-all = [\"RoleManagement.Read.Directory\"]\n\n\
         [[users]]\nusername = \"maya\"\nid = \"{}\"\ndisplay-name = {}\nmfa = [\"authenticator\"]\n\n",
        id(1, 1),
        name(3),
        id(2, 1),
        name(5),
    );
    for at in 0..OTHERS {
        let _ = write!(
            file,
            "[[users]]\nusername = \"u{at}\"\nid = \"{}\"\ndisplay-name = {}\n\n\
             [[groups]]\nid = \"{}\"\ndisplay-name = {}\nmember-policy = \"free\"\nowners = [\"u{at}\"]\n\n\
             [[administrative-units]]\nid = \"{}\"\ndisplay-name = {}\n\n\
             [[azure-scopes]]\npath = \"/subscriptions/{}\"\ndisplay-name = {}\n\n\
             [[azure-roles]]\nid = \"{}\"\ndisplay-name = {}\npolicy = \"free\"\n\n",
            id(2, 2 + at),
            name(7 * at),
            id(3, at),
            name(11 * at + 1),
            id(4, at),
            name(13 * at + 2),
            id(5, at),
            name(17 * at + 3),
            id(6, at),
            name(19 * at + 4),
        );
        let _ = write!(
            file,
            "[[eligible]]\nprincipal = \"maya\"\ngroup = {}\n\n\
             [[eligible]]\nprincipal = \"maya\"\nazure-role = {}\nscope = {}\n\n",
            name(11 * at + 1),
            name(19 * at + 4),
            toml(&format!("/subscriptions/{}", id(5, at))),
        );
    }
    let approvers: Vec<_> = (0..OTHERS).map(|at| format!("\"u{at}\"")).collect();
    let _ = write!(
        file,
        "[policies.free]\nmaximum = \"PT8H\"\n\n[policies.reason]\nmaximum = \"PT8H\"\njustification = true\n\n\
         [policies.approval]\nmaximum = \"PT8H\"\napproval = true\napprovers = [{}]\n\n",
        approvers.join(", ")
    );
    for Payload { number, text, .. } in payloads {
        // The first ones wait for somebody; some are for a part of the directory.
        let policy = if *number <= OTHERS { "approval" } else { "reason" };
        let text = toml(text);
        let _ = write!(
            file,
            "[[roles]]\nid = \"{}\"\ndisplay-name = {text}\npolicy = \"{policy}\"\n\n\
             [[eligible]]\nprincipal = \"maya\"\nrole = {text}\n",
            id(7, *number),
        );
        if number % 10 == 0 {
            let _ = writeln!(file, "scope = {}", name(13 * (number / 10 % OTHERS) + 2));
        }
        file += "\n";
    }
    file
}

/// People beside the one who signs in; as many groups, units, scopes and roles of Azure.
const OTHERS: usize = 12;

/// A string as TOML writes it: JSON's way, but for the one control character that JSON leaves alone.
fn toml(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
