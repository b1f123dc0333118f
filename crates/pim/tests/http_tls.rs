//! Over https: an authority of the tenant's own, one HTTP/2 connection for all.

mod support;

use std::time::Duration;

use pim::{clock::Clock, cloud::Cloud, net::Net};
use support::{World, robot};
use tenant::robot::Person;

#[tokio::test(flavor = "multi_thread")]
async fn with_the_extra_certificate_everything_works_and_shares_a_connection() {
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = folder.path().join("ca.pem");
    // The authority's file is there once the tenant has started; clients are made afterwards.
    let world = World::over_tls(&ca_file, Some(&ca_file)).await.expect("a client");
    let browser = robot(Person::new("maya").trusting(&ca_file));
    let tokens = world.way_in().browser(&browser, None).await.expect("signed in");
    let roles = world.roles(&tokens);
    let (eligible, active, policies) = tokio::join!(roles.eligible(), roles.active(), roles.policies());
    assert!(!eligible.expect("eligible").is_empty());
    active.expect("active");
    policies.expect("policies");
    let sent = world.requests("/graph/");
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|entry| entry.version == "HTTP/2.0"), "{sent:?}");
    // With a token that is over, the connection is made while the new one is fetched, without a token.
    world.advance(chrono::TimeDelta::hours(30));
    let roles = world.roles(&tokens);
    roles.eligible().await.expect("eligible");
    let primers = || world.requests("/graph").into_iter().filter(|entry| entry.method == "HEAD").collect::<Vec<_>>();
    tokio::time::timeout(Duration::from_secs(10), async {
        while primers().is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("a connection ahead of need");
    roles.active().await.expect("active");
    assert_eq!(primers().len(), 1);
    assert_eq!(primers()[0].user, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_it_nobody_is_trusted() {
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = folder.path().join("ca.pem");
    let world = World::over_tls(&ca_file, None).await.expect("a client");
    let browser = robot(Person::new("maya").trusting(&ca_file));
    let problem = world.way_in().browser(&browser, None).await.expect_err("an unknown authority");
    assert_eq!(problem.code, "network", "{problem:?}");
    assert_eq!(world.token_requests(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_file_that_is_none_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = folder.path().join("ca.pem");
    let missing = folder.path().join("missing.pem");
    let problem = World::over_tls(&ca_file, Some(&missing)).await.err().expect("no such file");
    assert_eq!(problem.code, "ca-file");
    assert!(problem.detail.expect("a detail").contains("missing.pem"));
    let noise = folder.path().join("noise.pem");
    std::fs::write(&noise, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").expect("write");
    assert!(World::over_tls(&ca_file, Some(&noise)).await.is_err());
}

#[test]
fn it_vouches_for_no_real_cloud() {
    let nowhere = || Some("/nowhere/ca.pem".into());
    for cloud in [Cloud::global(), Cloud::us_government_l4(), Cloud::us_government_dod(), Cloud::china()] {
        Net::new(cloud, Clock::system(), nowhere()).expect("the file is not even looked for");
    }
    let to = ["https://localhost:1", "https://localhost:1/graph", "https://localhost:1/arm"];
    let tenant = Cloud::loopback(to[0], to[1], to[2], None).expect("a tenant on this machine");
    let problem = Net::new(tenant, Clock::system(), nowhere()).expect_err("here it counts");
    assert_eq!(problem.code, "ca-file");
}
