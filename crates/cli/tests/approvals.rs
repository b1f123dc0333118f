//! `pim approvals` as a process, on a tenant in this one.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;
use tenant::{
    Scenario,
    faults::{Fault, Rule},
    pim::{Action, Actor, Expiration, ScheduleInfo, Side, Status, Submission, Ticket},
    scenario::{Grant, IsoDuration},
};
use uuid::Uuid;

struct Bench {
    tenant: tenant::Running,
    home: TempDir,
    /// Validates the tenant's answers against Microsoft's contract.
    _watch: tenant::contract::Watch,
}

#[derive(Debug)]
struct Run {
    code: Option<i32>,
    output: String,
    errors: String,
}

impl Run {
    fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.output).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Bench {
    async fn new() -> Self {
        let options = tenant::Options { port: 0, scenario: Scenario::contoso(), seed: 7, ..tenant::Options::default() };
        let tenant = tenant::start(options).await.expect("a tenant");
        let watch = tenant::contract::Watch::over(tenant.app());
        Self { tenant, home: tempfile::tempdir().expect("a folder"), _watch: watch }
    }

    async fn pim(&self, arguments: &[&str]) -> Run {
        let all: Vec<String> = ["--demo"].iter().chain(arguments).map(|&argument| argument.to_owned()).collect();
        let (home, tenant) = (self.home.path().to_owned(), self.tenant.announcement().to_string());
        tokio::task::spawn_blocking(move || pim(&home, &tenant, &all)).await.expect("no panic")
    }

    async fn omar(&self, arguments: &[&str]) -> Run {
        self.pim(&[&["--as", "omar"], arguments].concat()).await
    }

    /// Maya asks for something that has to be approved.
    fn ask(&self, name: &str) -> Uuid {
        let app = self.tenant.app();
        let maya = app.scenario.user_named("maya").expect("Maya").id;
        let called = |grant: &&Grant| match grant.scope {
            tenant::scenario::Scope::Group(id) => {
                app.scenario.group(id).is_some_and(|group| group.display_name == name)
            }
            _ => app.scenario.role(grant.role).is_some_and(|role| role.display_name == name),
        };
        let own = app.scenario.eligible.iter().filter(|grant| grant.principal == maya);
        let grant = own.clone().find(called).unwrap_or_else(|| panic!("no {name}"));
        let actor = Actor { id: maya, mfa: true, contexts: vec!["c1".into()], cp1: true };
        let submission = Submission {
            side: Side::Assignment,
            action: Action::SelfActivate,
            principal: maya,
            role: grant.role,
            scope: grant.scope,
            justification: Some("Tenant settings".into()),
            schedule: Some(ScheduleInfo { start: None, expiration: Expiration::AfterDuration(IsoDuration::hours(1)) }),
            ticket: Ticket { number: Some("INC-7".into()), system: None },
            validation_only: false,
            eligibility: None,
            condition: None,
        };
        let id = app.guid();
        app.with_pim(|pim, now| pim.submit(&app.scenario, &actor, &submission, id, now)).expect("taken");
        id
    }

    fn status(&self, id: Uuid) -> Status {
        self.tenant.app().with_pim(|pim, _| pim.request(id).expect("a request").status)
    }
}

fn pim(home: &Path, tenant: &str, arguments: &[String]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pim"));
    command.args(arguments).env_clear().env("PIMENTO_HOME", home).env("HOME", home).env("PIMENTO_TENANT", tenant);
    // Windows has no sockets without it.
    command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
    let output = command.env("PATH", "/usr/bin:/bin").stdin(Stdio::null()).output().expect("it runs");
    Run {
        code: output.status.code(),
        output: String::from_utf8(output.stdout).expect("text"),
        errors: String::from_utf8(output.stderr).expect("text"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_listed_for_people_and_for_programs() {
    let bench = Bench::new().await;
    let nothing = bench.omar(&["approvals"]).await.ended(0);
    assert_eq!(nothing.output, "No request waits for your decision.\n");
    for name in ["Global Administrator", "Payroll Readers", "Owner"] {
        bench.ask(name);
    }
    let text = bench.omar(&["approvals"]).await.ended(0).output;
    for words in ["Maya Lindqvist", "Global Administrator", "Payroll Readers", "Connectivity", "1 h", "23 h", "[INC-7]"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let some = bench.omar(&["approvals", "list", "maya", "payroll"]).await.ended(0).output;
    assert!(some.contains("Payroll Readers") && !some.contains("Global"), "{some}");
    let groups = bench.omar(&["approvals", "--kind", "groups", "--json"]).await.ended(0).json();
    assert_eq!(groups["sources"].as_array().map(Vec::len), Some(1));
    assert_eq!(groups["approvals"][0]["kind"], "group");
    let all = bench.omar(&["approvals", "--json"]).await.ended(0).json();
    assert_eq!(all["account"]["username"], "omar@contoso.example");
    let rows = all["approvals"].as_array().expect("rows");
    assert_eq!(rows.len(), 3);
    for row in rows {
        assert_eq!((&row["minutes"], &row["reason"]), (&60.into(), &"Tenant settings".into()), "{row}");
        assert!(row["secondsLeft"].as_i64().is_some_and(|left| (86_000..=86_400).contains(&left)), "{row}");
        assert_eq!(row["person"]["name"], "Maya Lindqvist");
    }
    // Whoever approves nothing sees nothing; and whoever is no person of the demo tenant is not let in.
    let maya = bench.pim(&["approvals"]).await.ended(0);
    assert_eq!(maya.output, "No request waits for your decision.\n");
    let nobody = bench.pim(&["--as", "nobody", "approvals"]).await.ended(1);
    assert!(nobody.errors.contains("offers no account") && nobody.errors.contains("demo-sign-in"), "{nobody:?}");
    let usage = pim(bench.home.path(), "", &["--as".into(), "omar".into(), "approvals".into()]);
    assert!(usage.code == Some(2) && usage.errors.contains("--demo"), "{usage:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_decided_unasked_and_a_dry_run_sends_nothing() {
    let bench = Bench::new().await;
    let asked = bench.ask("Global Administrator");
    let unasked = bench.omar(&["approvals", "approve", "maya", "--reason", "Agreed"]).await.ended(2);
    assert!(unasked.errors.contains("Approve Global Administrator for Maya Lindqvist for 1 h."), "{unasked:?}");
    assert!(unasked.errors.contains("--yes") && unasked.errors.contains("unconfirmed"), "{unasked:?}");
    let dry = bench.omar(&["approvals", "approve", "maya", "--reason", "Agreed", "--dry-run", "--json"]).await;
    let dry = dry.ended(0).json();
    assert_eq!((&dry["dryRun"], dry["decided"].as_array().map(Vec::len)), (&true.into(), Some(1)), "{dry}");
    let no_reason = bench.omar(&["approvals", "deny", "maya", "--reason", " ", "--yes"]).await.ended(5);
    assert!(no_reason.errors.contains("no-reason"), "{no_reason:?}");
    bench.omar(&["approvals", "deny", "maya", "--yes"]).await.ended(2);
    bench.omar(&["approvals", "deny", "--reason", "x", "--yes"]).await.ended(2);
    let unknown = bench.omar(&["approvals", "deny", "nobody", "--reason", "x", "--yes"]).await.ended(4);
    assert!(unknown.errors.contains("unknown-request"), "{unknown:?}");
    assert_eq!(bench.status(asked), Status::PendingApproval);
    let decided = bench
        .tenant
        .app()
        .ledger
        .entries()
        .into_iter()
        .filter(|entry| entry.event == "approved" || entry.event == "denied");
    assert_eq!(decided.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_found_by_words_or_ids_and_decided_together() {
    let bench = Bench::new().await;
    let [global, compliance, payroll, owner] =
        ["Global Administrator", "Compliance Administrator", "Payroll Readers", "Owner"].map(|name| bench.ask(name));
    let ambiguous = bench.omar(&["approvals", "approve", "maya", "--reason", "x", "--yes"]).await.ended(4);
    assert!(ambiguous.errors.contains("Maya Lindqvist: Payroll Readers"), "{ambiguous:?}");
    let denied = bench.omar(&["approvals", "deny", "payroll", "--reason", "Not now", "--yes"]).await.ended(0);
    assert_eq!(denied.output, "Done: Deny Payroll Readers (Member) for Maya Lindqvist for 1 h.\n");
    assert_eq!(bench.status(payroll), Status::Denied);
    // Somebody is first with one of two: the other is decided all the same.
    let app = bench.tenant.app();
    let conflict = Rule {
        method: Some("PATCH".into()),
        path: format!("roleAssignmentApprovals/{compliance}"),
        after: 0,
        times: 1,
        fault: Fault::Answer {
            status: 400,
            headers: [("Content-Type".into(), "application/json".into())].into(),
            body: serde_json::json!({"error": {"code": "InvalidRoleAssignmentRequest", "message": "no"}}),
        },
    };
    app.faults.add(conflict);
    let id = global.to_string();
    let both = ["approvals", "approve", &id, "maya compl", "--reason", "Agreed", "--yes", "--json"];
    let some = bench.omar(&both).await.ended(1).json();
    assert_eq!(some["decided"][0]["name"], "Global Administrator");
    assert_eq!(some["decided"][0]["verdict"], "approve");
    assert_eq!(some["failed"][0]["problem"]["code"], "InvalidRoleAssignmentRequest");
    assert_ne!(bench.status(global), Status::PendingApproval);
    assert_eq!(bench.status(compliance), Status::PendingApproval);
    let rest = bench.omar(&["approvals", "approve", "--all", "--reason", "Agreed", "--yes"]).await.ended(0);
    assert_eq!(rest.output.lines().count(), 2, "{rest:?}");
    assert!([compliance, owner].iter().all(|id| bench.status(*id) != Status::PendingApproval));
    let none = bench.omar(&["approvals", "approve", "--all", "--reason", "Agreed", "--yes"]).await.ended(4);
    assert!(none.errors.contains("no-request"), "{none:?}");
}
