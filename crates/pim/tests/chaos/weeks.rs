//! Promise R6: it runs for weeks. A process of its own with an agent and nothing else, eight hours of the tenant's time and ten
//! thousand polls: its memory stays what it was.

#![cfg(target_os = "linux")]

use std::{
    env,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command as Program, Stdio},
    sync::Arc,
    time::Duration,
};

use chrono::TimeDelta;
use pim::{
    agent::{self, Demo, Setup},
    announced::{self, TENANT},
    auth::Browser,
    clock::Clock,
    paths::Paths,
    secrets::MemoryStore,
    view::{Command, RowState},
};
use tenant::{Scenario, robot::Person};

use crate::desk::listed;

/// The folder of the process whose memory is watched.
const HOME: &str = "PIMENTO_TEST_AGENT";

/// Roles that wait for somebody to approve them: each is asked about once a minute.
const WAITING: usize = 22;

/// Eight hours; `PIMENTO_SOAK_MINUTES` says otherwise.
fn minutes() -> i64 {
    env::var("PIMENTO_SOAK_MINUTES").ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(8 * 60)
}

/// A company with enough roles that wait.
fn scenario() -> Scenario {
    let mut file = String::from(
        "name = \"waiting\"\n[organization]\ntenant-id = \"f38b2ffc-80a4-4f5a-91c9-bc701e7ea419\"\n\
         display-name = \"Waiting\"\ndomain = \"waiting.example\"\n[switches]\n\
         consented-for-all = [\"RoleManagement.Read.Directory\"]\n\
         [[users]]\nusername = \"maya\"\nid = \"f3f49249-dc28-4f90-a5ae-c7978306d03b\"\ndisplay-name = \"Maya\"\n\
         [[users]]\nusername = \"omar\"\nid = \"e5121482-3929-4d22-a255-accb1a466884\"\ndisplay-name = \"Omar\"\n\
         [policies.approval]\nmaximum = \"PT8H\"\njustification = true\napproval = true\napprovers = [\"omar\"]\n",
    );
    for role in 0..WAITING {
        let _ = write!(
            file,
            "[[roles]]\nid = \"00000000-0000-4000-8000-{role:012}\"\ndisplay-name = \"Role {role}\"\npolicy = \"approval\"\n\
             [[eligible]]\nprincipal = \"maya\"\nrole = \"Role {role}\"\n"
        );
    }
    Scenario::parse(&file, "waiting").expect("a scenario")
}

/// The process that is watched: signs in, asks for every role, and waits until its input ends.
#[test]
#[ignore = "started by the test below"]
fn the_agent() {
    let Some(home) = env::var_os(HOME) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let handle = tokio::runtime::Handle::current();
        let browser = Browser::new(move |url| {
            let url = url.clone();
            handle.spawn(async move { Person::new("maya").sign_in(&url).await });
            Ok(())
        });
        let demo = Demo::new(|| async { announced::from_environment().await.expect("a tenant is named") });
        let (paths, secrets) = (Paths::within(Path::new(&home)), Arc::new(MemoryStore::default()));
        let (agent, mut notes) =
            agent::start(Setup { paths, secrets, browser, demo, clock: Clock::system(), language: None });
        tokio::spawn(async move { while notes.recv().await.is_some() {} });
        agent.send(Command::SignInDemo);
        let mut views = agent.views();
        let view = views.wait_for(|view| listed(view)).await.expect("runs").clone();
        for row in &view.eligible {
            let (id, reason) = (row.id.clone(), "to wait".into());
            agent.send(Command::Activate {
                id,
                minutes: 60,
                reason,
                ticket: None,
                undoable: false,
                start: None,
                scope: None,
            });
        }
        let waits = |state: &RowState| matches!(state, RowState::WaitingForApproval { .. });
        let all = |view: &pim::view::View| view.active.iter().filter(|row| waits(&row.state)).count() == WAITING;
        views.wait_for(|view| all(view)).await.expect("runs");
        println!("\nwaiting");
        // Its parent's end is its own.
        let end = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
        end.await.expect("no panic").expect("an end");
        assert!(all(&agent.view()), "{:#?}", agent.view().active);
        agent.shutdown().await;
    });
}

/// What of the process is in memory, KiB.
fn memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a figure");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_hours_and_ten_thousand_polls_take_no_more_memory() {
    let options = tenant::Options {
        port: 0,
        tls: None,
        scenario: scenario(),
        seed: 7,
        latency: Duration::ZERO,
        state_file: None,
    };
    let tenant = tenant::start(options).await.expect("the tenant starts");
    let _watch = tenant::contract::Watch::over(tenant.app());
    let home = tempfile::tempdir().expect("a folder");
    let mut child = Program::new(env::current_exe().expect("this program"))
        .args(["--exact", "weeks::the_agent", "--ignored", "--nocapture"])
        .env(HOME, home.path())
        .env(TENANT, &tenant.endpoints().control)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut said = BufReader::new(child.stdout.take().expect("an output"));
    let (mut child, said) = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        while line.trim() != "waiting" {
            line.clear();
            assert!(said.read_line(&mut line).expect("text") > 0, "it has ended");
        }
        (child, said)
    })
    .await
    .expect("it waits");

    let app = tenant.app();
    let (mut polls, mut seen, mut before) = (0, 0, 0);
    let (hours, clock) = (minutes(), Clock::system());
    let begun = clock.elapsed();
    for minute in 1..=hours {
        app.clock.advance(TimeDelta::seconds(61));
        // Once it has asked about every role, and got its answers, the next minute passes.
        // An answer that it heard after the minute had passed makes its next question later: then more time passes.
        let (mut now, mut idle) = (0, 0);
        while now < WAITING {
            let new = app.requests.after(seen);
            idle = if new.is_empty() { idle + 1 } else { 0 };
            if idle == 100 {
                app.clock.advance(TimeDelta::seconds(10));
                idle = 0;
            }
            seen = new.last().map_or(seen, |entry| entry.number);
            now += new.iter().filter(|entry| entry.path.contains("roleAssignmentScheduleRequests/")).count();
            tokio::time::sleep(Duration::from_millis(1)).await;
            assert!(clock.elapsed() < begun + Duration::from_secs(600), "{now} polls in minute {minute}");
        }
        polls += now;
        // The first half hour is for warming up.
        if minute == hours.min(30) {
            before = memory(&child);
        }
    }
    let after = memory(&child);
    drop(child.stdin.take());
    let ended = tokio::task::spawn_blocking(move || child.wait()).await.expect("no panic").expect("an end");
    drop(said);
    assert!(ended.success(), "{ended}");
    #[expect(clippy::cast_precision_loss, reason = "a percentage")]
    let more = (after as f64 / before as f64 - 1.0) * 100.0;
    println!(
        "R6: {} h and {polls} polls in {:?}: memory {before} KiB, then {after} KiB ({more:+.1} %)",
        hours / 60,
        clock.elapsed().saturating_sub(begun)
    );
    assert!(more <= 5.0, "{before} KiB became {after} KiB");
    assert!(hours < 8 * 60 || polls >= 10_000, "{polls} polls");
}
