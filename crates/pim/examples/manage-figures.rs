//! Prints the figures of the administrator's side that the library alone decides: how long "What do I need?" takes, and what
//! memory a download of a hundred thousand records takes. `cargo run --release -p pim --example manage-figures`.
//!
//! Figures are printed, never judged by a timed test.
#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "figures for people")]

use std::{error::Error, fs, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta};
use pim::{
    clock::Clock,
    manage::{
        audit::{Begun, Export, Format, Page, Query},
        need::{self, Cached, Index, Own},
    },
    model::{Actor, AuditOutcome, AuditRecord, Kind, Permission, RoleDefinition, RoleKey, Target},
    paths::Paths,
};

/// As many as a tenant with Azure has.
const ROLES: usize = 700;
const RECORDS: u32 = 100_000;
const PAGE: u32 = 1_000;

const QUESTIONS: [&str; 5] = [
    "reset a user's password",
    "start a virtual machine",
    "does not have authorization to perform action 'Microsoft.Service7/things3/start/action' over scope '/subscriptions/1'",
    "microsoft.directory/users7/property3/update",
    "paint the fence in a colour that nobody knows",
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    // First, before anything has taken memory that it could use again.
    export_figures(folder.path())?;
    need_figures(&Paths::within(folder.path()))
}

fn definition(n: usize) -> RoleDefinition {
    let azure = !n.is_multiple_of(7);
    let (space, what) = if azure { ("Microsoft.Service", "things") } else { ("microsoft.directory", "users") };
    let name = |k: usize| {
        let (a, b) = (n % 90, k % 40);
        if azure {
            format!("{space}{a}/{what}{b}/start/action")
        } else {
            format!("{space}/{what}{a}/property{b}/update")
        }
    };
    RoleDefinition {
        kind: if azure { Kind::AzureResource } else { Kind::DirectoryRole },
        id: format!("role-{n}"),
        name: format!("Administrator of service {n}"),
        description: Some("Manages what its name says, and reads what lies beside it.".into()),
        privileged: n.is_multiple_of(11),
        permissions: vec![Permission {
            actions: (0..30).map(|k| name(k * (1 + n % 5))).collect(),
            ..Permission::default()
        }],
    }
}

fn need_figures(paths: &Paths) -> Result<(), Box<dyn Error>> {
    let clock = Clock::system();
    let definitions: Vec<_> = (0..ROLES).map(definition).collect();
    let cached =
        Cached { account: "maya.contoso".into(), as_of: clock.now(), azure: true, definitions, missing: Vec::new() };
    need::save(paths, &cached)?;
    let own: Vec<Own> =
        (0..ROLES).step_by(9).filter_map(|n| Own::of(&RoleKey::directory(format!("role-{n}"), "/").id())).collect();
    let (mut loads, mut indices, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..20 {
        let begun = clock.elapsed();
        let (kept, _) = need::load(paths, &cached.account, clock.now());
        let loaded = clock.elapsed();
        let index = Index::new(kept.ok_or("nothing was kept")?.definitions);
        loads.push(loaded.saturating_sub(begun));
        indices.push(clock.elapsed().saturating_sub(loaded));
        for question in QUESTIONS {
            let begun = clock.elapsed();
            let _ = index.answer(question, &own);
            answers.push(clock.elapsed().saturating_sub(begun));
        }
    }
    println!("{ROLES} roles with 30 actions each (median, worst):");
    for (what, mut taken) in [("read from the disk", loads), ("index", indices), ("an answer", answers)] {
        taken.sort();
        let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
        let (Some(median), Some(worst)) = (taken.get(taken.len() / 2), taken.last()) else { continue };
        println!("  {what}: {:.2} ms, {:.2} ms", ms(*median), ms(*worst));
    }
    Ok(())
}

fn record(n: u32, name: &Arc<str>) -> AuditRecord {
    let target = |kind: &str| Target {
        id: Some(format!("{n:032}")),
        name: Some(name.to_string()),
        kind: Some(kind.to_owned()),
        username: None,
    };
    AuditRecord {
        id: format!("PIM_{n:032}_00000_{n}"),
        at: DateTime::UNIX_EPOCH + TimeDelta::days(20_000) - TimeDelta::seconds(i64::from(n) * 25),
        activity: "Add member to role completed (PIM activation)".into(),
        result: AuditOutcome::Success,
        reason: Some("Scanners are offline".into()),
        by: Actor { id: Some(format!("{n:032}")), name: Some(name.to_string()), ..Actor::default() },
        role: Some(target("Role")),
        subject: Some(target("User")),
        scope: Some(target("Directory")),
        start: None,
        end: None,
        ticket: Some(format!("INC{n:06}")),
        ticket_system: Some("ServiceNow".into()),
        category: Some("RoleManagement".into()),
        service: Some("PIM".into()),
        operation: Some("Assign".into()),
        correlation_id: Some(format!("{n:032}")),
        details: vec![("RoleDefinitionOriginType".into(), "BuiltInRole".into()); 8],
    }
}

fn export_figures(folder: &std::path::Path) -> Result<(), Box<dyn Error>> {
    let (clock, name) = (Clock::system(), Arc::from("Inês Carvalho"));
    for file in ["log.csv", "log.jsonl"] {
        let file = folder.join(file);
        let format = Format::of(&file).ok_or("a format")?;
        let before = resident();
        let begun = clock.elapsed();
        let Begun::Open(mut export) = Export::begin(&file, format, Query::default(), "all", "maya", clock.now())?
        else {
            return Err("nothing to do".into());
        };
        let mut most = before;
        for page in 0..RECORDS / PAGE {
            let records = (page * PAGE..(page + 1) * PAGE).map(|n| record(n, &name)).collect();
            export.take(&Page { records, unreadable: 0 })?;
            most = most.max(resident());
        }
        let manifest = export.finish(clock.now())?;
        let (taken, size) =
            ((clock.elapsed().saturating_sub(begun)).as_secs_f64(), manifest.bytes as f64 / f64::from(1 << 20));
        println!(
            "{} records to {} ({size:.0} MiB) in {taken:.1} s, {:.1} MiB more memory at most",
            manifest.count,
            manifest.file,
            (most - before) as f64 / 1024.0
        );
    }
    Ok(())
}

/// Resident memory in KiB, where the system tells it.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or_default()
}
