//! The Graph client against the simulated tenant: lists, pages, batches, challenges, throttling, broken answers, leaks.

mod support;

use std::{collections::HashSet, sync::atomic::Ordering};

use chrono::TimeDelta;
use pim::{
    cloud::Resource,
    failure::Failure,
    model::{Deactivation, MemberType, RequestStatus, Ticket},
    problem::Remedy,
};
use serde_json::json;
use support::{World, activation, counting_robot, named};
use tenant::{Scenario, faults::Fault, robot::Person};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_names_roles_scopes_and_what_they_ask_for() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let (eligible, active, policies) = tokio::join!(roles.eligible(), roles.active(), roles.policies());
    let (eligible, policies) = (eligible.expect("eligible"), policies.expect("policies"));
    active.expect("active");
    assert!(eligible.len() >= 15, "{}", eligible.len());
    let mut keys = HashSet::new();
    for eligibility in &eligible {
        assert!(keys.insert(eligibility.key.id()), "{} twice", eligibility.key);
        assert_eq!(eligibility.principal_id, tokens.identity().object_id, "one's own, also through a group");
        let policy = &policies[&eligibility.key.role_definition_id.to_lowercase()];
        assert!(policy.known && policy.unknown_rules.is_empty(), "{policy:?}");
    }
    let scoped: Vec<_> = eligible.iter().filter(|row| row.role_name == "User Administrator").collect();
    assert_eq!(scoped.len(), 2);
    assert!(scoped.iter().any(|row| row.scope_name.as_deref() == Some("Branch Offices Iberia")));
    assert!(scoped.iter().any(|row| row.scope_name.is_none()));
    assert_eq!(named(&eligible, "Intune Administrator").member_type, MemberType::Group);
    let policy = |name: &str| &policies[&named(&eligible, name).key.role_definition_id.to_lowercase()];
    assert!(policy("Exchange Administrator").ticket);
    assert!(policy("User Administrator").mfa);
    assert!(policy("Global Administrator").approval);
    assert_eq!(policy("Security Administrator").authentication_context.as_deref(), Some("c1"));
    assert_eq!(policy("Security Administrator").max_duration, TimeDelta::hours(4));
    assert_eq!(roles.organization().await.expect("a name").as_deref(), Some("Contoso Logistics"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_activation_is_made_seen_and_ended() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    let wanted = activation(named(&eligible, "Global Reader"), 90);
    let made = roles.activate(std::slice::from_ref(&wanted), None).await.remove(0).expect("activated");
    assert_eq!((made.key.clone(), made.status.clone()), (wanted.key.clone(), RequestStatus::Provisioned));
    assert_eq!(made.justification.as_deref(), Some("A test"));
    let active = roles.active().await.expect("active");
    let row = active.iter().find(|row| row.key == wanted.key).expect("listed");
    assert!(row.activated);
    assert_eq!(row.end.expect("an end") - row.start.expect("a start"), TimeDelta::minutes(90));
    assert_eq!(made.end.map(|end| end.timestamp()), row.end.map(|end| end.timestamp()));
    assert_eq!(roles.request(&made.id).await.expect("one request").id, made.id);
    assert!(roles.requests().await.expect("own requests").iter().any(|request| request.id == made.id));

    let again = roles.activate(std::slice::from_ref(&wanted), None).await.remove(0);
    assert!(matches!(again, Err(Failure::Exists(_))), "{again:?}");
    let early = roles.deactivate(&Deactivation::new(wanted.key.clone(), &wanted.principal_id), None).await;
    assert!(matches!(early, Err(Failure::TooShort(_))), "{early:?}");
    world.advance(TimeDelta::minutes(6));
    let ended =
        roles.deactivate(&Deactivation::new(wanted.key.clone(), &wanted.principal_id), None).await.expect("ended");
    assert_eq!(ended.status, RequestStatus::Revoked);
    let gone = roles.deactivate(&Deactivation::new(wanted.key.clone(), &wanted.principal_id), None).await;
    assert!(matches!(gone, Err(Failure::DoesNotExist(_))), "{gone:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_policy_refuses_is_told_with_what_to_change() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    let mut wanted = activation(named(&eligible, "Exchange Administrator"), 60);
    let refused = |outcome: Result<_, Failure>| match outcome {
        Err(Failure::Refused(problem)) => problem,
        other => panic!("{other:?}"),
    };
    let problem = refused(roles.activate(std::slice::from_ref(&wanted), None).await.remove(0).map(|_| ()));
    assert!(problem.message.contains("ticket"), "{problem:?}");
    assert_eq!(problem.remedy, Remedy::EditForm);
    assert!(problem.correlation_id.is_some());
    wanted.ticket = Some(Ticket { number: "INC1".into(), system: "ServiceNow".into() });
    wanted.duration = TimeDelta::hours(9);
    let problem = refused(roles.activate(std::slice::from_ref(&wanted), None).await.remove(0).map(|_| ()));
    assert!(problem.message.contains("duration"), "{problem:?}");
    wanted.duration = TimeDelta::hours(1);
    roles.activate(std::slice::from_ref(&wanted), None).await.remove(0).expect("activated");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_waited_for_and_can_be_withdrawn() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    let mut wanted = activation(named(&eligible, "Global Administrator"), 60);
    wanted.ticket = Some(Ticket { number: "INC1".into(), system: "ServiceNow".into() });
    let mut outcome = roles.activate(std::slice::from_ref(&wanted), None).await.remove(0);
    if let Err(Failure::StepUp { claims, .. }) = &outcome {
        let (browser, _) = counting_robot(Person::new("maya"));
        let token = tokens.step_up(Resource::Graph, claims, &browser).await.expect("stepped up");
        outcome = roles.activate(std::slice::from_ref(&wanted), Some(&token)).await.remove(0);
    }
    let made = outcome.expect("accepted");
    assert_eq!(made.status, RequestStatus::PendingApproval);
    let second = roles.activate(std::slice::from_ref(&wanted), None).await.remove(0);
    assert!(matches!(second, Err(Failure::Pending(_))), "{second:?}");
    roles.cancel(&made.id).await.expect("withdrawn");
    assert_eq!(roles.request(&made.id).await.expect("still readable").status, RequestStatus::Canceled);
    assert!(roles.cancel("../x").await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stronger_sign_in_is_asked_for_once_and_its_token_is_the_one_sent() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    for name in ["Security Administrator", "User Administrator"] {
        let wanted = activation(named(&eligible, name), 60);
        let (browser, opened) = counting_robot(Person::new("maya"));
        let first = roles.activate(std::slice::from_ref(&wanted), None).await.remove(0);
        let outcome = match first {
            Err(Failure::StepUp { claims, problem }) => {
                assert!(problem.message.ends_with('.'));
                let token = tokens.step_up(Resource::Graph, &claims, &browser).await.expect("stepped up");
                assert_eq!(opened.load(Ordering::SeqCst), 1);
                roles.activate(std::slice::from_ref(&wanted), Some(&token)).await.remove(0)
            }
            other => other,
        };
        outcome.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_activations_are_one_batch_and_one_failure_does_not_stop_the_others() {
    let world = World::of(Scenario::with_roles(45)).await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    let mut wanted: Vec<_> = eligible.iter().take(10).map(|row| activation(row, 30)).collect();
    // One more than its policy allows.
    wanted[3].duration = TimeDelta::hours(24);
    let before = world.requests("/graph/").len();
    let (browser, _) = counting_robot(Person::new("maya"));
    let claims = pim::failure::Claims(r#"{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}"#.into());
    let token = tokens.step_up(Resource::Graph, &claims, &browser).await.expect("stepped up");
    let outcomes = roles.activate(&wanted, Some(&token)).await;
    let sent: Vec<String> = world.requests("/graph/")[before..].iter().map(|entry| entry.path.clone()).collect();
    assert_eq!(sent, ["/graph/v1.0/$batch"]);
    for (at, (outcome, wanted)) in outcomes.iter().zip(&wanted).enumerate() {
        match outcome {
            Ok(made) => assert_eq!(made.key, wanted.key),
            Err(Failure::Refused(problem)) if at == 3 => assert!(problem.message.contains("duration")),
            other => panic!("{at}: {other:?}"),
        }
    }
    assert_eq!(roles.active().await.expect("active").iter().filter(|row| row.activated).count(), 9);
    let rest: Vec<_> = eligible.iter().skip(10).map(|row| activation(row, 30)).collect();
    assert!(roles.activate(&rest, None).await.iter().all(Result::is_ok));
    assert_eq!(world.requests("$batch").len(), 3, "35 more in two batches of at most twenty");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_throttled_inside_tells_it_for_each() {
    let world = World::of(Scenario::with_roles(3)).await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    let wanted: Vec<_> = eligible.iter().map(|row| activation(row, 30)).collect();
    let inner = |id: &str| {
        json!({"id": id, "status": 429, "headers": {"retry-after": "7"},
               "body": {"error": {"code": "TooManyRequests", "message": "slow down"}}})
    };
    // In another order, and without an answer for the second.
    let body = json!({"responses": [inner("3"), inner("1")]});
    let headers = [("Content-Type".into(), "application/json".into())].into();
    world.fault("$batch", 1, Fault::Answer { status: 200, headers, body });
    let outcomes = roles.activate(&wanted, None).await;
    assert!(matches!(&outcomes[0], Err(Failure::NotSent { retry_at: Some(_), .. })), "{:?}", outcomes[0]);
    assert!(matches!(&outcomes[1], Err(Failure::Lost { .. })), "{:?}", outcomes[1]);
    assert!(matches!(&outcomes[2], Err(Failure::NotSent { retry_at: Some(_), .. })), "{:?}", outcomes[2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_a_batch_would_not_have_is_not_used_again() {
    let world = World::of(Scenario::with_roles(3)).await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    let wanted: Vec<_> = eligible.iter().take(2).map(|row| activation(row, 30)).collect();
    let json = || [("Content-Type".into(), "application/json".into())].into();
    let rejection = json!({"error": {"code": "InvalidAuthenticationToken", "message": "Lifetime validation failed."}});
    let inside = |challenge: Option<&str>| {
        let headers = challenge.map_or(json!({}), |challenge| json!({"WWW-Authenticate": challenge}));
        let inner = |id: &str| json!({"id": id, "status": 401, "headers": headers, "body": rejection});
        Fault::Answer { status: 200, headers: json(), body: json!({"responses": [inner("1"), inner("2")]}) }
    };
    // `{"access_token":{"acrs":{"essential":true,"value":"c1"}}}`: that takes a person.
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19";
    let challenge = format!("Bearer error=\"insufficient_claims\", claims=\"{claims}\"");
    // Refused, refreshed and refused again: refreshed once more for the next request. Challenged: only for the next request.
    for (fault, times, refreshes) in [(inside(None), 2, 2), (inside(Some(&challenge)), 1, 1)] {
        let before = world.token_requests();
        world.fault("$batch", times, fault);
        let outcomes = roles.activate(&wanted, None).await;
        let stepped = outcomes.iter().all(|outcome| matches!(outcome, Err(Failure::StepUp { .. })));
        let refused = outcomes.iter().all(|outcome| matches!(outcome, Err(Failure::Refused(_))));
        assert!(if times == 2 { refused } else { stepped }, "{outcomes:?}");
        tokens.access_token(Resource::Graph).await.expect("another");
        assert_eq!(world.token_requests() - before, refreshes);
    }
    // The refresh wants to see the person: it is not sent twice.
    let interaction =
        json!({"error": "interaction_required", "error_description": "AADSTS50076: MFA", "error_codes": [50_076]});
    world.fault("/oauth2/v2.0/token", 20, Fault::Answer { status: 400, headers: json(), body: interaction });
    world.fault("$batch", 1, Fault::Answer { status: 401, headers: json(), body: rejection });
    let before = world.token_requests();
    let outcomes = roles.activate(&wanted, None).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(Failure::StepUp { .. }))), "{outcomes:?}");
    assert_eq!(world.token_requests() - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_beyond_all_measure_is_not_kept() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let next = format!("{}/v1.0/roleEligibilityScheduleInstances?page=2", world.tenant.endpoints().graph);
    let body = json!({"value": vec![json!({}); 30_000], "@odata.nextLink": next});
    let headers = [("Content-Type".into(), "application/json".into())].into();
    world.fault("roleEligibilityScheduleInstances", 20, Fault::Answer { status: 200, headers, body });
    let failure = world.roles(&tokens).eligible().await.expect_err("far too much");
    assert_eq!(failure.problem().code, "too-large", "{failure:?}");
    assert_eq!(world.requests("roleEligibilityScheduleInstances").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_of_many_pages_comes_in_few_round_trips() {
    let world = World::of(Scenario::with_roles(1000)).await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let before = world.requests("/graph/").len();
    let eligible = roles.eligible().await.expect("eligible");
    assert_eq!(eligible.len(), 1000);
    assert_eq!(eligible.iter().map(|row| row.key.id()).collect::<HashSet<_>>().len(), 1000);
    let sent = &world.requests("/graph/")[before..];
    assert!(sent.len() <= 11, "{} requests", sent.len());
    let bytes: u64 = sent.iter().map(|entry| entry.bytes).sum();
    assert!(bytes <= 90 * 1024, "{bytes} bytes");
    assert!(sent.iter().all(|entry| entry.encoding.as_deref() == Some("gzip")));
    let before = world.requests("/graph/").len();
    assert!(roles.policies().await.expect("policies").len() >= 1000);
    let bytes: u64 = world.requests("/graph/")[before..].iter().map(|entry| entry.bytes).sum();
    println!("policies of 1,000 roles: {bytes} bytes in {} requests", world.requests("/graph/").len() - before);
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_are_tried_again_and_writes_never() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    let harmless = [
        Fault::DropBefore,
        Fault::DropAfter,
        Fault::Truncate { bytes: 100 },
        Fault::Unavailable { retry_after: None },
        Fault::Unavailable { retry_after: Some(1) },
        Fault::Throttle { retry_after: 1, date: false },
        Fault::Throttle { retry_after: 1, date: true },
        Fault::Html,
        Fault::Answer { status: 500, headers: [].into(), body: json!("") },
        Fault::Answer { status: 504, headers: [].into(), body: json!("gateway timeout") },
    ];
    let wanted = activation(named(&eligible, "Global Reader"), 30);
    for fault in harmless {
        let before = world.requests("/graph/").len();
        world.fault("roleEligibilityScheduleInstances", 1, fault.clone());
        assert_eq!(roles.eligible().await.expect("the second try").len(), eligible.len(), "{fault:?}");
        assert_eq!(world.requests("/graph/").len() - before, 2, "{fault:?}");

        let before = world.requests("/graph/").len();
        world.fault_on(Some("POST"), "roleAssignmentScheduleRequests", 1, fault.clone());
        let outcome = roles.activate(std::slice::from_ref(&wanted), None).await.remove(0);
        let certain = matches!(fault, Fault::Throttle { .. });
        match outcome.expect_err("a fault") {
            Failure::NotSent { retry_at, .. } => assert!(certain && retry_at.is_some(), "{fault:?}"),
            Failure::Lost { .. } => assert!(!certain, "{fault:?}"),
            other => panic!("{fault:?}: {other:?}"),
        }
        assert_eq!(world.requests("/graph/").len() - before, 1, "{fault:?}: sent once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_pause_is_told_instead_of_waited_for() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    for date in [false, true] {
        world.fault("roleEligibilityScheduleInstances", 1, Fault::Throttle { retry_after: 120, date });
        let before = world.requests("/graph/").len();
        let Err(Failure::NotSent { retry_at: Some(at), problem }) = roles.eligible().await else { panic!("a pause") };
        let wait = at - world.net.clock().now();
        assert!((TimeDelta::seconds(115)..=TimeDelta::seconds(121)).contains(&wait), "{wait}");
        assert_eq!(problem.remedy, Remedy::Retry { at: Some(at) });
        assert_eq!(world.requests("/graph/").len() - before, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_none_are_said() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let json = || [("Content-Type".to_owned(), "application/json".to_owned())].into();
    let answer = |body: serde_json::Value| Fault::Answer { status: 200, headers: json(), body };
    let cases = [
        (Fault::Html, "not-json"),
        (Fault::Huge { bytes: 100_000_000 }, "too-large"),
        (Fault::Truncate { bytes: 5 }, "answer-lost"),
        (answer(json!("{\"value\": [")), "answer-lost"),
        (answer(json!("nonsense")), "unexpected-answer"),
        (answer(json!([1, 2, 3])), "unexpected-answer"),
        (answer(json!({"value": "text"})), "unexpected-answer"),
        (answer(json!("[".repeat(100_000))), "unexpected-answer"),
    ];
    for (fault, code) in cases {
        world.fault("roleEligibilityScheduleInstances", 3, fault.clone());
        let failure = roles.eligible().await.expect_err("no answer");
        assert_eq!(failure.problem().code, code, "{fault:?}: {failure:?}");
        world.tenant.app().faults.clear();
    }
    let odd = json!({"value": [{}, {"id": 7}, "text", null, {"id": "x", "principalId": "p", "roleDefinitionId": "r",
        "directoryScopeId": "/", "memberType": "SomethingNew", "roleDefinition": {"displayName": "a\u{202e}b\nc"},
        "endDateTime": "2026-11-23T10:00:00.1234567Z", "unknown": {"deep": [[]]}}]});
    world.fault("roleEligibilityScheduleInstances", 1, answer(odd));
    let rows = roles.eligible().await.expect("the row that is one");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].role_name, "ab c");
    assert_eq!(rows[0].member_type, MemberType::Other("SomethingNew".into()));
}

/// Listens as somebody else's server would and says whether anybody talked to it.
async fn stranger() -> (u16, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let port = listener.local_addr().expect("address").port();
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("accept");
        let mut buffer = [0; 8192];
        let count = stream.read(&mut buffer).await.unwrap_or(0);
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"value\":[]}")
            .await;
        String::from_utf8_lossy(&buffer[..count]).into_owned()
    });
    (port, heard)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_goes_to_its_own_host_only() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let own = url::Url::parse(&world.tenant.endpoints().graph).expect("url");
    let port = own.port().expect("a port");
    let (other, heard) = stranger().await;
    let links = [
        format!("http://127.0.0.1:{other}/graph/v1.0/next"),
        format!("http://localhost:{port}/graph/v1.0/next"),
        format!("http://127.0.0.1:{port}@127.0.0.1:{other}/graph/v1.0/next"),
        format!("http://x@127.0.0.1:{port}/graph/v1.0/next"),
        format!("http://127.0.0.1:{port}/graphics/v1.0/next"),
        format!("http://127.0.0.1:{port}/graph/../control/clock"),
        format!("http://127.0.0.1:{port}/arm/next"),
        format!("//127.0.0.1:{other}/graph/v1.0/next"),
        "https://graph.microsoft.com/v1.0/next".into(),
        "http://graph.microsoft.com.evil.example/v1.0/next".into(),
        "file:///etc/passwd".into(),
        "/graph/v1.0/next".into(),
        String::new(),
    ];
    for link in links {
        let before = world.requests("").len();
        let body = json!({"value": [], "@odata.nextLink": link});
        let headers = [("Content-Type".into(), "application/json".into())].into();
        world.fault("roleEligibilityScheduleInstances", 1, Fault::Answer { status: 200, headers, body });
        let failure = roles.eligible().await.expect_err("a foreign link");
        assert_eq!(failure.problem().code, "foreign-link", "{link}");
        assert_eq!(world.requests("").len() - before, 1, "{link}");
    }
    for status in [301, 302, 303, 307, 308] {
        let location = format!("http://127.0.0.1:{other}/graph/v1.0/elsewhere");
        let headers = [("Location".into(), location)].into();
        world.fault("roleEligibilityScheduleInstances", 3, Fault::Answer { status, headers, body: json!("") });
        assert!(roles.eligible().await.is_err(), "{status}");
        world.tenant.app().faults.clear();
        let location = format!("http://127.0.0.1:{other}/graph/v1.0/elsewhere");
        let headers = [("Location".into(), location)].into();
        world.fault_on(
            Some("POST"),
            "roleAssignmentScheduleRequests",
            1,
            Fault::Answer { status, headers, body: json!("") },
        );
        let key = pim::model::RoleKey::directory("r", "/");
        assert!(roles.deactivate(&Deactivation::new(key, "p"), None).await.is_err(), "{status}");
    }
    assert!(!heard.is_finished(), "somebody else was talked to");
    heard.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_never_end_are_left() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let link = format!(
        "{}/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/loop",
        world.tenant.endpoints().graph
    );
    let body = json!({"value": [], "@odata.nextLink": link});
    let headers = [("Content-Type".into(), "application/json".into())].into();
    world.fault("roleEligibilityScheduleInstances", 50, Fault::Answer { status: 200, headers, body });
    let failure = world.roles(&tokens).eligible().await.expect_err("a loop");
    assert_eq!(failure.problem().code, "endless-pages");
    assert_eq!(world.requests("roleEligibilityScheduleInstances").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn scopes_that_may_not_be_named_do_not_hide_the_list() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let body = json!({"error": {"code": "Authorization_RequestDenied", "message": "Insufficient privileges"}});
    let headers = [("Content-Type".into(), "application/json".into())].into();
    world.fault("roleEligibilityScheduleInstances", 1, Fault::Answer { status: 403, headers, body });
    let eligible = roles.eligible().await.expect("without names");
    let scoped = eligible.iter().find(|row| row.key.scope_id != "/").expect("a scoped one");
    assert_eq!(scoped.scope_name.as_ref(), Some(&scoped.key.scope_id), "told by its id");
    let queries: Vec<_> =
        world.requests("roleEligibilityScheduleInstances").into_iter().filter_map(|r| r.query).collect();
    assert!(queries[0].contains("directoryScope") && !queries[1].contains(",directoryScope&"), "{queries:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_applications_own_scope_has_its_name_and_is_activated_at() {
    let scope = "5d0c9f3e-71ab-4c28-9e64-0b7a8f2d1c55";
    let contoso = include_str!("../../tenant/scenarios/contoso.toml");
    let more = format!(
        "[[application-scopes]]\nid = \"{scope}\"\ndisplay-name = \"Carrier catalogue\"\ntype = \"AccessPackageCatalog\"\n\n\
        [[eligible]]\nprincipal = \"maya\"\nrole = \"Reports Reader\"\nscope = \"Carrier catalogue\"\n\n[[eligible]]"
    );
    let scenario = Scenario::parse(&contoso.replacen("[[eligible]]", &more, 1), "with an application's scope");
    let world = World::of(scenario.expect("a scenario")).await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    let eligible = roles.eligible().await.expect("eligible");
    let own = eligible.iter().find(|row| row.key.app_scope_id.is_some()).expect("at the application's scope");
    assert_eq!((own.role_name.as_str(), own.scope_name.as_deref()), ("Reports Reader", Some("Carrier catalogue")));
    assert_eq!(
        eligible.iter().filter(|row| row.role_name == "Reports Reader").count(),
        2,
        "another role than that of all"
    );
    let made = roles.activate(&[activation(own, 60)], None).await.remove(0).expect("activated");
    assert_eq!(made.key, own.key);
    let active = roles.active().await.expect("active");
    let row = active.iter().find(|row| row.key == own.key).expect("listed");
    assert_eq!(row.scope_name.as_deref(), Some("Carrier catalogue"));
    // Where nobody has such a role nobody asks for names.
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    world.roles(&tokens).eligible().await.expect("eligible");
    assert_eq!(world.requests("roleEligibilityScheduleInstances").len(), 1);
}
