//! The state file and https.

use std::path::PathBuf;

use crate::common::*;
use serde_json::json;
use tenant::{Options, TlsOptions};

/// A folder of this test run alone, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_restarted_tenant_goes_on_where_it_was() {
    let folder = Folder::new("restart");
    let file = folder.0.join("tenant.json");
    let options = || Options { state_file: Some(file.clone()), ..Options::default() };
    let client = with(options()).await;
    let tokens = client.sign_in(&maya(), &[]).await;
    client.control("/clock", json!({ "set": "2030-01-01T00:00:00Z", "rate": 0 })).await;
    let endpoints = client.tenant.endpoints().clone();
    let ledger = client.control_get("/ledger").await;
    let keys = client.tenant.app().keys.jwks("x");
    // Killed: without a chance to write anything more.
    let kept = std::fs::read(&file).unwrap();
    client.tenant.shutdown().await;
    std::fs::write(&file, kept).unwrap();

    let client = with(options()).await;
    assert_eq!(*client.tenant.endpoints(), endpoints, "the port is remembered");
    assert_eq!(client.tenant.app().keys.jwks("x"), keys);
    assert_eq!(client.control_get("/clock").await["now"], "2030-01-01T00:00:00.000Z");
    assert_eq!(client.control_get("/ledger").await, ledger);
    client.control("/clock", json!({ "set": chrono::DateTime::UNIX_EPOCH })).await;
    let (status, renewed) = client.refresh(tokens["refresh_token"].as_str().unwrap(), &[]).await;
    assert_eq!(status, 200, "{renewed}");
    client.tenant.shutdown().await;

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0, "for its user only");
    }
}

#[tokio::test]
async fn an_unreadable_state_file_is_set_aside() {
    let folder = Folder::new("unreadable");
    let file = folder.0.join("tenant.json");
    std::fs::write(&file, "{ nonsense").unwrap();
    let client = with(Options { state_file: Some(file.clone()), ..Options::default() }).await;
    client.sign_in(&maya(), &[]).await;
    client.tenant.shutdown().await;
    assert_eq!(std::fs::read_to_string(folder.0.join("tenant.json.unreadable")).unwrap(), "{ nonsense");
    assert!(std::fs::read_to_string(&file).unwrap().starts_with('{'));
}

#[tokio::test]
async fn a_taken_port_is_an_error_and_a_seed_repeats_the_keys() {
    let first = with(Options { seed: 7, ..Options::default() }).await;
    let port = first.tenant.endpoints().authority.rsplit(':').next().unwrap().parse().unwrap();
    let taken = tenant::start(Options { port, ..Options::default() }).await.unwrap_err();
    assert!(taken.to_string().contains(&port.to_string()), "{taken}");
    let second = with(Options { seed: 7, ..Options::default() }).await;
    assert_eq!(first.tenant.app().keys.jwks("x"), second.tenant.app().keys.jwks("x"));
}

#[tokio::test]
async fn https_with_a_private_authority_speaks_http_2() {
    let folder = Folder::new("tls");
    let ca_file = folder.0.join("ca.pem");
    let tls = Some(TlsOptions { ca_file: ca_file.clone() });
    let mut client = with(Options { tls, ..Options::default() }).await;
    assert!(client.tenant.endpoints().authority.starts_with("https://localhost:"));
    assert_eq!(client.tenant.announcement()["caFile"], json!(ca_file));
    let document = client.url("/common/v2.0/.well-known/openid-configuration");
    assert!(client.http.get(&document).send().await.is_err(), "a stranger does not trust it");

    let pem = std::fs::read(&ca_file).unwrap();
    let authority = reqwest::Certificate::from_pem(&pem).unwrap();
    client.http = reqwest::Client::builder().no_proxy().tls_certs_only([authority]).build().unwrap();
    let answer = client.http.get(&document).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (200, reqwest::Version::HTTP_2));
    let by_address = document.replace("localhost", "127.0.0.1");
    assert_eq!(client.http.get(by_address).send().await.unwrap().status(), 200);
    client.sign_in(&maya().trusting(&ca_file), &[]).await;
}
