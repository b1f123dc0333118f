//! The administrator's side over HTTP, against the simulated tenant: what roles allow, and the audit history.

mod support;

use std::{fs, path::Path};

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    api::Sources,
    failure::Failure,
    manage::{
        Counter, Office,
        audit::{Begun, Export, Format, Manifest, Query, beside},
        need::{Index, Own},
    },
    model::{AuditRecord, Kind, RoleKey},
    view::{Ask, AuditSpan, DownloadState, Told, UnfinishedRow},
};
use serde_json::json;
use support::{World, activation, named, robot};
use tenant::{Scenario, faults::Fault, robot::Person};

const LOG: &str = "auditLogs/directoryAudits";
const DEFINITIONS: &str = "roleManagement/directory/roleDefinitions";

/// A Contoso whose tokens for the audit log are had without anybody being asked, and so many records of before.
fn contoso(history: usize) -> Scenario {
    let mut scenario = Scenario::contoso();
    scenario.switches.audit_history = history;
    scenario.switches.audit_throttle = 0;
    for user in &mut scenario.users {
        user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
    }
    scenario
}

/// Sven reads the log by a role that he always has.
async fn sven(scenario: Scenario) -> (World, Sources) {
    let world = World::of(scenario).await;
    let tokens = world.sign_in("sven").await;
    let sources = world.sources(&tokens);
    (world, sources)
}

async fn all(sources: &Sources, from: Option<DateTime<Utc>>) -> Result<Vec<AuditRecord>, Failure> {
    let mut pages = sources.audit(from, None, None);
    let mut records = Vec::new();
    while let Some(page) = pages.next(|_| {}).await? {
        assert_eq!(page.unreadable, 0);
        records.extend(page.records);
    }
    Ok(records)
}

fn begin(file: &Path, now: DateTime<Utc>) -> Box<Export> {
    let format = Format::of(file).expect("a format");
    match Export::begin(file, format, Query::default(), "all", "sven", now).expect("begun") {
        Begun::Open(export) => export,
        Begun::Finished(manifest) => panic!("{manifest:?}"),
    }
}

/// Reads what is left, or as many pages; `true`: that was all.
async fn fill(export: &mut Export, sources: &Sources, most: usize) -> Result<bool, Failure> {
    let query = export.query();
    let mut pages = sources.audit(query.from, query.to, None);
    for _ in 0..most {
        let Some(page) = pages.next(|_| {}).await? else { return Ok(true) };
        export.take(&page).expect("written");
    }
    Ok(false)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_is_in_the_log_newest_first() {
    let (world, sources) = sven(contoso(0)).await;
    let begun = world.net.clock().now();
    world.advance(TimeDelta::minutes(1));
    let maya = world.sign_in("maya").await;
    let roles = world.roles(&maya);
    let eligible = roles.eligible().await.expect("eligible");
    let wanted = activation(named(&eligible, "Global Reader"), 60);
    roles.activate(&[wanted], None).await.remove(0).expect("accepted");
    world.advance(TimeDelta::hours(2));
    let records = all(&sources, Some(begun)).await.expect("the log");
    let shown: Vec<&str> = records.iter().map(|record| record.activity.as_str()).collect();
    assert_eq!(
        shown,
        [
            "Remove member from role (PIM activation expired)",
            "Add member to role completed (PIM activation)",
            "Add member to role requested (PIM activation)",
        ]
    );
    let record = &records[2];
    assert_eq!(record.by.username.as_deref(), Some("maya@contoso.example"));
    assert_eq!(record.role.as_ref().and_then(|role| role.name.as_deref()), Some("Global Reader"));
    assert_eq!(record.subject.as_ref().and_then(|subject| subject.name.as_deref()), Some("Maya Lindqvist"));
    assert_eq!(record.reason.as_deref(), Some("A test"));
    assert!(records[0].by.app && records[0].end.is_some());
    let everything = all(&sources, None).await.expect("the log");
    assert!(everything.len() > records.len() && everything.windows(2).all(|pair| pair[0].at >= pair[1].at));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_logs_token_is_the_logs_alone() {
    let (world, sources) = sven(contoso(10)).await;
    let before = world.token_requests();
    all(&sources, None).await.expect("the log");
    all(&sources, None).await.expect("again");
    assert_eq!(world.token_requests() - before, 1, "one token for both");
    sources.directory.eligible().await.expect("with the session's own");
    assert_eq!(world.token_requests() - before, 1);
    world.fault(LOG, 1, Fault::Answer { status: 401, headers: [].into(), body: json!({}) });
    all(&sources, None).await.expect("with another one");
    assert_eq!(world.token_requests() - before, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_told_apart() {
    let world = World::of(Scenario::contoso()).await;
    let sven = world.sign_in("sven").await;
    let failure = all(&world.sources(&sven), None).await.expect_err("nobody has consented");
    assert_eq!(failure.problem().code, "AADSTS65001");
    assert_eq!(world.requests(LOG).len(), 0, "nothing was sent without");
    let world = World::of(contoso(0)).await;
    let tomasz = world.sign_in("tomasz").await;
    let failure = all(&world.sources(&tomasz), None).await.expect_err("no role");
    assert_eq!(failure.problem().code, "Authentication_RequestFromUnsupportedUserRole");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_the_service_asks_for_is_kept_and_told() {
    let mut scenario = contoso(60);
    scenario.switches.page_size = 5;
    scenario.switches.audit_throttle = 5;
    let (world, sources) = sven(scenario).await;
    let mut pages = sources.audit(None, None, None);
    let (mut records, mut pauses) = (0, Vec::new());
    let begun = world.net.clock().now();
    loop {
        let clock = world.tenant.app().clock.clone();
        let net = world.net.clone();
        let page = pages
            .next(|until| {
                pauses.push(until);
                // Whoever waits, waits no longer than that.
                clock.advance(until - clock.now());
                net.clock().set(clock.now(), 1.0);
            })
            .await
            .expect("the log");
        let Some(page) = page else { break };
        records += page.records.len();
    }
    assert!(records >= 60, "{records}");
    assert!(pauses.len() >= 2 && pauses.iter().all(|until| *until > begun), "{pauses:?}");
    assert!(world.requests(LOG).iter().filter(|request| request.status == 429).count() >= pauses.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_pages_end_the_reading_and_spoil_nothing() {
    let mut scenario = contoso(40);
    scenario.switches.page_size = 10;
    let (world, sources) = sven(scenario).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("log.jsonl");
    let now = world.net.clock().now();
    let elsewhere = "https://graph.microsoft.com.evil.example/v1.0/auditLogs/directoryAudits?$skiptoken=x";
    let json = [("content-type".to_owned(), "application/json".to_owned())];
    let answer = |body| Fault::Answer { status: 200, headers: json.clone().into(), body };
    for (fault, times, code) in [
        (answer(json!({ "value": [{ "id": "x" }], "@odata.nextLink": elsewhere })), 1, "foreign-link"),
        (answer(json!({ "value": [], "@odata.nextLink": "not an address" })), 1, "foreign-link"),
        (answer(json!([])), 1, "unexpected-answer"),
        (Fault::Truncate { bytes: 700 }, 3, "answer-lost"),
    ] {
        let mut export = begin(&file, now);
        fill(&mut export, &sources, 1).await.expect("a page");
        let (read, count) = (export.read(), export.count());
        world.fault(LOG, times, fault);
        let failure = fill(&mut export, &sources, 5).await.expect_err(code);
        assert_eq!(failure.problem().code, code);
        assert_eq!((export.read(), export.count()), (read, count), "nothing of it was taken");
    }
    let mut export = begin(&file, now);
    assert!(fill(&mut export, &sources, usize::MAX).await.expect("the rest"));
    let manifest = export.finish(now).expect("finished");
    assert_eq!(manifest.count, all(&sources, None).await.expect("the log").len() as u64);
    assert_eq!(manifest.interruptions, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_nobody_can_read_are_counted() {
    let (world, sources) = sven(contoso(0)).await;
    let name = "=cmd|' /C calc'!A0\u{202e}\r\n";
    let record = json!({
        "id": "PIM_1", "activityDateTime": "2026-11-23T12:00:00Z", "activityDisplayName": name, "result": "moonlight",
        "initiatedBy": { "user": { "id": "1", "displayName": name, "userPrincipalName": null }, "app": null },
        "targetResources": [{ "id": "r", "displayName": "<script>alert(1)</script>", "type": "Role" }],
    });
    let body = json!({ "value": [record, { "id": 4 }, null, { "id": "x" }] });
    let headers = [("content-type".to_owned(), "application/json".to_owned())];
    world.fault(LOG, 1, Fault::Answer { status: 200, headers: headers.into(), body });
    let page = sources.audit(None, None, None).next(|_| {}).await.expect("a page").expect("a page");
    assert_eq!((page.records.len(), page.unreadable), (1, 3));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("log.csv");
    let mut export = begin(&file, "2026-11-23T13:00:00Z".parse().expect("an instant"));
    export.take(&page).expect("written");
    export.finish(DateTime::UNIX_EPOCH).expect("finished");
    let text = fs::read_to_string(file).expect("the file");
    assert_eq!(text.matches("\r\n").count(), 2, "{text:?}");
    assert!(text.contains("\"'=cmd|' /C calc'!A0\",moonlight") && !text.contains('\u{202e}'), "{text:?}");
}

/// The process ends at any page: whoever begins again reads on, and the file is the same as without that.
#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_download_goes_on_over_http() {
    let mut scenario = contoso(120);
    scenario.switches.page_size = 7;
    let (world, sources) = sven(scenario).await;
    let folder = tempfile::tempdir().expect("a folder");
    let now = world.net.clock().now();
    let whole = |file: &Path, manifest: Manifest| (fs::read(file).expect("the file"), manifest.count);
    let straight = folder.path().join("straight.csv");
    let mut export = begin(&straight, now);
    assert!(fill(&mut export, &sources, usize::MAX).await.expect("all"));
    let manifest = export.finish(now).expect("finished");
    let straight = whole(&straight, manifest);
    assert!(straight.1 >= 120);
    for pages in [2, 3, 5] {
        let file = folder.path().join(format!("{pages}.csv"));
        let mut rounds = 0;
        let manifest = loop {
            let mut export = begin(&file, now + TimeDelta::minutes(rounds));
            rounds += 1;
            if fill(&mut export, &sources, pages).await.expect("pages") {
                break export.finish(now).expect("finished");
            }
            assert!(rounds < 200, "no end");
        };
        assert!(rounds > 3 && manifest.interruptions + 1 == u64::try_from(rounds).expect("few"));
        assert!(whole(&file, manifest) == straight, "{pages} at a time");
    }
}

/// Sven at the window's counter, whose files come to lie in this folder.
async fn counter(scenario: Scenario, folder: &Path) -> (World, Office, Counter) {
    let world = World::of(scenario).await;
    let tokens = world.sign_in("sven").await;
    let client = World::registration().client_id;
    let office = Office::new(world.net.clone(), tokens, client, Kind::ALL.to_vec(), robot(Person::new("sven")));
    (world, office, Counter::writing_to(folder.to_owned()))
}

fn state(told: Told) -> DownloadState {
    match told {
        Told::Download { state } => state,
        other => panic!("{other:?}"),
    }
}

fn code(told: &Told) -> &str {
    match told {
        Told::Failed { problem } => &problem.code,
        other => panic!("{other:?}"),
    }
}

async fn unfinished(counter: &mut Counter, office: &Office) -> Vec<UnfinishedRow> {
    match counter.answer(office, Ask::Unfinished).await {
        Told::Unfinished { rows } => rows,
        other => panic!("{other:?}"),
    }
}

/// Asks on until it is done.
async fn finish(counter: &mut Counter, office: &Office) -> (DownloadState, Manifest) {
    for _ in 0..200 {
        let state = state(counter.answer(office, Ask::DownloadFurther).await);
        if state.sha256.is_some() {
            let manifest = fs::read(beside(Path::new(&state.file), ".manifest.json")).expect("a manifest");
            let manifest: Manifest = serde_json::from_slice(&manifest).expect("one of ours");
            assert_eq!((state.sha256.as_ref(), state.count), (Some(&manifest.sha256), manifest.count));
            return (state, manifest);
        }
    }
    panic!("no end")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_of_the_window_is_stopped_and_gone_on_with() {
    let mut scenario = contoso(60);
    scenario.switches.page_size = 7;
    let folder = tempfile::tempdir().expect("a folder");
    let (_world, office, mut counter) = counter(scenario, &folder.path().join("Downloads")).await;
    let begin = Ask::Download { span: AuditSpan::Everything, format: Format::Csv };
    assert_eq!(code(&counter.answer(&office, Ask::DownloadFurther).await), "no-download");
    assert!(unfinished(&mut counter, &office).await.is_empty());
    let begun = state(counter.answer(&office, begin.clone()).await);
    assert_eq!((begun.count, begun.reached, &begun.sha256), (0, None, &None));
    let first = state(counter.answer(&office, Ask::DownloadFurther).await);
    assert!(first.count == 7 && first.reached.is_some(), "{first:?}");
    // Nothing else waits for it.
    assert!(matches!(counter.answer(&office, Ask::Audit { allow: false }).await, Told::Audit { refused: None, .. }));

    let rows = unfinished(&mut counter, &office).await;
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((row.count, row.span, row.format), (7, AuditSpan::Everything, Format::Csv));
    assert_eq!(code(&counter.answer(&office, Ask::DownloadFurther).await), "no-download");
    let resume = |id: &str| Ask::ResumeDownload { id: id.to_owned() };
    assert_eq!(code(&counter.answer(&office, resume("made-up")).await), "not-told");
    assert_eq!(state(counter.answer(&office, resume(&row.id)).await).count, 7);
    let (done, manifest) = finish(&mut counter, &office).await;
    assert_eq!((&done.file, manifest.interruptions, manifest.query.from), (&begun.file, 1, None));
    assert!(done.count >= 60 && Path::new(&done.file).starts_with(folder.path()), "{done:?}");
    assert!(unfinished(&mut counter, &office).await.is_empty());

    // The same again is another file.
    let again = state(counter.answer(&office, begin).await);
    assert!(again.file != done.file && again.file.ends_with(" (2).csv"), "{again:?}");
    // Whoever asks for another one has stopped that.
    let day = Ask::Download { span: AuditSpan::Day, format: Format::JsonLines };
    let day = state(counter.answer(&office, day).await);
    assert!(Format::of(Path::new(&day.file)) == Some(Format::JsonLines), "{day:?}");
    let (_, manifest) = finish(&mut counter, &office).await;
    assert_eq!(manifest.query.from, Some(manifest.begun - TimeDelta::days(1)));
    assert_eq!(unfinished(&mut counter, &office).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_the_service_wants_is_told_to_the_window_and_nobody_waits_for_it() {
    let mut scenario = contoso(60);
    scenario.switches.page_size = 5;
    scenario.switches.audit_throttle = 5;
    let folder = tempfile::tempdir().expect("a folder");
    let (world, office, mut counter) = counter(scenario, folder.path()).await;
    state(counter.answer(&office, Ask::Download { span: AuditSpan::Everything, format: Format::Csv }).await);
    let (paused, until) = loop {
        let state = state(counter.answer(&office, Ask::DownloadFurther).await);
        assert_eq!(state.sha256, None);
        if let Some(until) = state.pause {
            break (state, until);
        }
    };
    assert!(until > office.now() && paused.count > 0, "{paused:?}");
    world.advance(until - office.now());
    let further = state(counter.answer(&office, Ask::DownloadFurther).await);
    assert!(further.pause.is_none() && further.count > paused.count, "{further:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_fails_keeps_what_has_arrived() {
    let mut scenario = contoso(20);
    scenario.switches.page_size = 7;
    let folder = tempfile::tempdir().expect("a folder");
    let (world, office, mut counter) = counter(scenario, folder.path()).await;
    state(counter.answer(&office, Ask::Download { span: AuditSpan::Month, format: Format::JsonLines }).await);
    state(counter.answer(&office, Ask::DownloadFurther).await);
    world.fault(LOG, 3, Fault::Truncate { bytes: 700 });
    assert_eq!(code(&counter.answer(&office, Ask::DownloadFurther).await), "answer-lost");
    let rows = unfinished(&mut counter, &office).await;
    assert_eq!(rows.iter().map(|row| (row.count, row.span)).collect::<Vec<_>>(), [(7, AuditSpan::Month)]);
    state(counter.answer(&office, Ask::ResumeDownload { id: rows[0].id.clone() }).await);
    let (_, manifest) = finish(&mut counter, &office).await;
    assert!(manifest.count >= 20 && manifest.interruptions == 1, "{manifest:?}");
    // A file where the folder should be.
    let file = fs::read_dir(folder.path()).expect("read").next().expect("a file").expect("read").path();
    let mut nowhere = Counter::writing_to(file);
    let refused = nowhere.answer(&office, Ask::Download { span: AuditSpan::Day, format: Format::Csv }).await;
    assert_eq!(code(&refused), "export");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_roles_allow_is_read_and_tells_what_is_needed() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let sources = world.sources(&tokens);
    let mut own = Vec::new();
    for kind in [Kind::DirectoryRole, Kind::AzureResource] {
        own.extend(sources.eligible(kind, &[]).await.expect("eligible").found.into_iter().map(|row| row.key));
    }
    let read = sources.definitions(true, &own).await.expect("definitions");
    let privileged = |role: &str| read.found.iter().any(|each| each.name == role && each.privileged);
    assert!(privileged("Helpdesk Administrator") && !privileged("Reports Reader"));
    let of = |kind: Kind| read.found.iter().filter(|role| role.kind == kind).count();
    assert!(of(Kind::DirectoryRole) > 20 && of(Kind::AzureResource) > 15);
    let index = Index::new(read.found);
    let own: Vec<Own> = own.iter().filter_map(|key| Own::of(&key.id())).collect();
    let need = index.answer("reset a user's password", &own);
    let names: Vec<&str> = need.own.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(
        (names.first(), names.last()),
        (Some(&"Helpdesk Administrator"), Some(&"Global Administrator")),
        "{need:?}"
    );
    let need = index.answer("Microsoft.Compute/virtualMachines/start/action", &own);
    assert!(need.own.iter().all(|role| role.kind == Kind::AzureResource) && !need.own.is_empty(), "{need:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_read_all_roles_reads_their_own() {
    let mut scenario = Scenario::contoso();
    scenario.switches.consented_for_all.clear();
    let world = World::of(scenario).await;
    let tokens = world.sign_in("maya").await;
    let sources = world.sources(&tokens);
    let eligible = sources.directory.eligible().await.expect("eligible");
    let read = sources.definitions(false, &[]).await.expect("one's own");
    assert!(eligible.iter().all(|row| read.found.iter().any(|role| row.key.role_definition_id == role.id)));
    let [(Kind::DirectoryRole, Failure::Refused(problem))] = &read.missing[..] else { panic!("{:?}", read.missing) };
    assert_eq!(problem.code, "AADSTS65001", "what is missing is a permission");
    assert!(read.found.iter().any(|role| role.allows("microsoft.directory/users/password/update")));
    let key = RoleKey::directory(eligible[0].key.role_definition_id.clone(), "/");
    assert!(Own::of(&key.id()).is_some());

    world.fault(DEFINITIONS, 20, Fault::DropBefore);
    let failure = sources.definitions(false, &[]).await.expect_err("nothing answered");
    assert!(matches!(failure, Failure::NotSent { .. }), "{failure:?}");
}
