use std::path::PathBuf;

use base64::Engine;
use proptest::prelude::*;

use super::*;
use crate::{
    about::{Build, System},
    model::Kind,
    problem::{Problem, Remedy},
    view::{BundleShortcut, ListState, RequirementsView, RowState, Session, Severity, Status},
};

const HOME: &str = "/home/maya";

fn problem(text: &str) -> Problem {
    Problem {
        code: text.into(),
        message: text.into(),
        remedy: Remedy::AskAdmin { text: text.into() },
        correlation_id: Some(text.into()),
        detail: Some(text.into()),
    }
}

fn account(text: &str) -> Account {
    Account {
        id: text.into(),
        username: text.into(),
        name: text.into(),
        tenant: text.into(),
        tenant_id: text.into(),
        cloud: text.into(),
        demo: false,
        remembered: true,
    }
}

/// Active, failed as this says.
fn active(text: &str) -> ActiveRow {
    ActiveRow {
        id: text.into(),
        kind: Kind::Group,
        name: text.into(),
        scope: Some(text.into()),
        scope_path: vec![text.into()],
        through_group: false,
        state: RowState::Failed { problem: problem(text) },
        start: None,
        end: None,
        activated: true,
        deactivatable_from: None,
        reason: Some(text.into()),
        ticket: None,
        renewable: false,
        renewal_armed: false,
        renewal: None,
        extension: None,
        effect: None,
        hints: Vec::new(),
        requirements: RequirementsView::default(),
        problem: Some(problem(text)),
    }
}

/// A view in which every text is this one.
fn view(text: &str) -> View {
    let settings = Settings {
        reason_templates: vec![text.into()],
        client_id: Some(text.into()),
        tenant: Some(text.into()),
        cloud: text.into(),
        language: Some(text.into()),
        shortcut: Some(text.into()),
        bundle_shortcut: Some(BundleShortcut { bundle: text.into(), keys: text.into() }),
        ..Settings::default()
    };
    let source = SourceState {
        kind: Kind::DirectoryRole,
        as_of: None,
        loading: false,
        problem: Some(problem(text)),
        partial: Some(problem(text)),
        paused_until: None,
        consent: None,
    };
    let row = AccountRow {
        account: account(text),
        colour: 0,
        current: true,
        status: Status::Error,
        active: vec![active(text)],
        problem: Some(problem(text)),
    };
    View {
        session: Session::SignedOut { reason: Some(problem(text)) },
        accounts: vec![row],
        list: ListState { problem: Some(problem(text)), sources: vec![source], ..ListState::default() },
        active: vec![active(text)],
        notices: vec![Notice {
            id: text.into(),
            severity: Severity::Warning,
            message: text.into(),
            detail: Some(text.into()),
        }],
        recent_reasons: vec![text.into()],
        settings,
        locked: vec![text.into()],
        shared_reasons: vec![text.into()],
        bundle_problem: Some(problem(text)),
        ..View::empty("2026-11-23T12:00:00Z".parse().unwrap())
    }
}

fn around(text: &str) -> Surroundings {
    Surroundings {
        program: "pimento",
        build: Build::of("0.1.0", "3eb8af6f1c2d+"),
        system: System { name: text.into(), architecture: "x86_64", desktop: Some(text.into()) },
        home: Some(HOME.into()),
        places: vec![("settings", PathBuf::from(text)), ("logs", PathBuf::from(HOME).join("logs"))],
        managed: (Some(PathBuf::from(text)), true),
        log: Ok(vec![text.into(), format!("2026-11-23T12:00:00Z  WARN pim: {text}")]),
    }
}

/// Both tellings of a report.
fn report(view: &View, around: &Surroundings, names: bool) -> String {
    let mut troubles = Troubles::default();
    troubles.see(view);
    let report = Report::new(view, &troubles, around, names);
    format!("{report}\n{}", serde_json::to_string(&report).unwrap())
}

/// As somebody could have written a secret down.
fn spelled(secret: &str, spelling: usize) -> String {
    let bytes = secret.as_bytes();
    let base64 = base64::engine::general_purpose::STANDARD;
    let hex = |prefix: &str| bytes.iter().fold(String::new(), |text, byte| text + prefix + &format!("{byte:02x}"));
    match spelling {
        0 => secret.to_owned(),
        // Two bytes each, read as if they were one.
        1 => secret.chars().flat_map(|c| [c, '\0']).collect(),
        2 => hex("%"),
        3 => hex("%").to_uppercase(),
        4 => hex(""),
        5 => hex("").to_uppercase(),
        before => base64.encode([&b"xx"[..before - 6], bytes].concat()),
    }
}

const SPELLINGS: usize = 9;

/// Every part of a secret that would help somebody.
fn parts(secret: &str) -> Vec<String> {
    let seen: Vec<char> = secret.chars().filter(|c| *c != '\0').collect();
    seen.windows(12).map(|part| part.iter().collect()).collect()
}

/// Secrets as Microsoft Entra and the simulated tenant write them: refresh tokens, codes, signed tokens.
fn secrets() -> impl Strategy<Value = String> {
    prop_oneof![
        "[01]\\.A[A-Za-z0-9_-]{96}",
        "[01]\\.ALeakCanary5f1c[A-Za-z0-9_-]{48}",
        "LeakCanary5f1c[A-Za-z0-9_-]{60}",
        "M\\.C5[0-9]{2}_[A-Z]{3}\\.2\\.U\\.[A-Za-z0-9!*$]{40,80}",
        "eyJ[A-Za-z0-9_-]{30,80}\\.eyJ[A-Za-z0-9_-]{60,200}\\.[A-Za-z0-9_-]{80,120}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Whatever writes a secret wherever, in whichever spelling: no part of it is reported.
    #[test]
    fn no_secret_comes_through(
        secret in secrets(),
        spelling in 0..SPELLINGS,
        before in "(Bearer |refresh_token=|\"access_token\":\"|https://localhost:1/\\?code=|error: |/tmp/|\\PC{0,20} )?",
        after in "(\"|&state=1| [a-z ]{0,20}|\n)?",
        names in any::<bool>(),
    ) {
        let spelled = spelled(&secret, spelling);
        let text = format!("{before}{spelled}{after}");
        let told = report(&view(&text), &around(&text), names);
        for part in parts(&spelled) {
            prop_assert!(!told.contains(&part), "{part} of {spelled} in {told}");
        }
        prop_assert!(told.contains(scrub::REMOVED));
    }

    /// Whatever is reported, nothing panics, and without names no address is told.
    #[test]
    fn nothing_makes_it_panic(text in "\\PC{0,60}|[\\x00-\\x7f]{0,60}", user in "[a-z]{3,9}", names in any::<bool>()) {
        let text = format!("{text} {user}@contoso.example");
        let told = report(&view(&text), &around(&text), names);
        prop_assert!(names || !told.contains("contoso.example"), "{told}");
    }
}

#[test]
fn a_canary_is_found_where_it_is_not_taken_out() {
    // Whoever finds nothing must be able to find something.
    let told = report(&view("LeakCanary"), &around("LeakCanary"), true);
    assert!(told.matches("LeakCanary").count() > 40, "{told}");
    assert!(parts("LeakCanary5f1c").iter().all(|part| "a LeakCanary5f1c".contains(part)));
}

fn usual() -> View {
    let mut view = view("");
    let tenant = "5d1bb5a2-9f3b-4c53-8a57-1b6d8c1f0a11";
    view.accounts[0].account = Account {
        id: format!("0c1d2e3f-aaaa-bbbb-cccc-0123456789ab.{tenant}"),
        username: "maya@contoso.example".into(),
        name: "Maya Lindqvist".into(),
        tenant: "Contoso".into(),
        tenant_id: tenant.into(),
        cloud: "global".into(),
        demo: false,
        remembered: true,
    };
    let trouble = Problem {
        code: "RoleAssignmentRequestPolicyValidationFailed".into(),
        message: "Maya Lindqvist may not activate Payroll Owners in Contoso.".into(),
        remedy: Remedy::None,
        correlation_id: Some("9a8b7c6d-1111-2222-3333-444455556666".into()),
        detail: Some("maya@contoso.example: the rules do not allow it".into()),
    };
    view.active = vec![ActiveRow { name: "Payroll Owners".into(), scope: None, scope_path: vec![], ..active("") }];
    view.active[0].state = RowState::Failed { problem: trouble };
    view.settings = Settings {
        tenant: Some("contoso.example".into()),
        shortcut: Some("Ctrl+Alt+P".into()),
        reason_templates: vec!["Payroll, {date}".into()],
        ..Settings::default()
    };
    view
}

fn seen() -> Surroundings {
    let log =
        "2026-11-23T12:00:00Z  WARN pim: omar@fabrikam.example in 5d1bb5a2-9f3b-4c53-8a57-1b6d8c1f0a11: /home/maya/x";
    Surroundings {
        system: System { name: "Debian 12".into(), architecture: "x86_64", desktop: Some("GNOME, wayland".into()) },
        places: vec![("settings", PathBuf::from(HOME).join("settings.toml"))],
        managed: (None, false),
        log: Ok(vec![log.into()]),
        ..around("")
    }
}

#[test]
fn without_names_nobody_is_told_and_what_helps_is() {
    let told = report(&usual(), &seen(), false);
    for name in ["maya", "Maya", "Contoso", "contoso", "omar", "fabrikam", "Payroll", "5d1bb5a2", "0c1d2e3f", "/home"] {
        assert!(!told.contains(name), "{name} in {told}");
    }
    for helpful in [
        "version: 0.1.0\n",
        "commit: 3eb8af6f1c2d\n",
        "changed: yes\n",
        "system: Debian 12\n",
        "desktop: GNOME, wayland\n",
        "account: account-1, tenant: tenant-1 (5d1b…), cloud: global",
        "kept: keyring",
        "kind: group, state: failed, count: 1",
        "at: 2026-11-23T12:00:00Z, about: activation, code: RoleAssignmentRequestPolicyValidationFailed",
        "correlation id: 9a8b7c6d-1111-2222-3333-444455556666",
        "message: account-1 may not activate [role] in tenant-1.",
        "warn minutes: 5",
        "shortcut: Ctrl+Alt+P",
        "tenant: set",
        "reason templates: 1",
        &format!("settings: ~{}settings.toml", std::path::MAIN_SEPARATOR),
        "WARN pim: [address] in tenant-1: ~/x",
    ] {
        assert!(told.contains(helpful), "{helpful} not in {told}");
    }
}

#[test]
fn with_names_everything_is_told() {
    let told = report(&usual(), &seen(), true);
    for name in [
        "account: maya@contoso.example, tenant: Contoso (5d1bb5a2-9f3b-4c53-8a57-1b6d8c1f0a11)",
        "detail: maya@contoso.example: the rules do not allow it",
        "tenant: contoso.example",
        "reason templates: Payroll, {date}",
        "omar@fabrikam.example",
    ] {
        assert!(told.contains(name), "{name} not in {told}");
    }
    assert!(!told.contains("/home/maya"), "{told}");
}
