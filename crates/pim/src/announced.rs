//! A simulated tenant that somebody else has started: `PIMENTO_TENANT` names it.

use std::time::Duration;

use serde::Deserialize;
use url::Url;

use crate::{
    cloud::Cloud,
    problem::{Problem, Remedy},
};

/// Environment variable that points the demo sign-in at a running tenant: the line that `pim tenant` printed, or the URL
/// of its control endpoint. Only addresses on this machine are accepted.
pub const TENANT: &str = "PIMENTO_TENANT";

/// A tenant on this machine answers at once.
const PATIENCE: Duration = Duration::from_secs(5);

/// Longest announcement, bytes.
const LONGEST: usize = 1 << 20;

/// What of an announcement is needed here.
#[derive(Deserialize)]
struct Announcement {
    authority: String,
    graph: String,
    arm: String,
    control: String,
}

/// The tenant that the environment names; `None` where it names none.
pub async fn from_environment() -> Option<Result<Cloud, Problem>> {
    let text = std::env::var(TENANT).ok().filter(|text| !text.trim().is_empty())?;
    Some(find(text.trim()).await)
}

async fn find(text: &str) -> Result<Cloud, Problem> {
    if text.starts_with('{') {
        return cloud(text.as_bytes());
    }
    let control = Url::parse(text).map_err(|error| unusable(&error.to_string()))?;
    // Refuses anything but loopback before a single byte is sent.
    Cloud::loopback(text, text, text, Some(text))?;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let failed = |error: reqwest::Error| unusable(&error.without_url().to_string());
    let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
    let asked = http.build().map_err(failed)?.get(control).send().await.map_err(failed)?;
    let mut answer = asked.error_for_status().map_err(failed)?;
    let mut announcement = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(failed)? {
        if announcement.len() + chunk.len() > LONGEST {
            return Err(unusable("Its answer is far too long."));
        }
        announcement.extend_from_slice(&chunk);
    }
    cloud(&announcement)
}

fn cloud(announcement: &[u8]) -> Result<Cloud, Problem> {
    let told: Announcement = serde_json::from_slice(announcement).map_err(|error| unusable(&error.to_string()))?;
    Cloud::loopback(&told.authority, &told.graph, &told.arm, Some(&told.control))
}

/// The scenario of the user's own demo company cannot be used; the next try goes without it.
pub fn unusable_scenario(reason: &dyn std::error::Error) -> Problem {
    Problem {
        code: "demo-scenario".into(),
        message: say!("demo-scenario-unusable", reason = reason.to_string()),
        remedy: Remedy::Retry { at: None },
        correlation_id: None,
        detail: None,
    }
}

fn unusable(reason: &str) -> Problem {
    Problem {
        code: "demo-tenant".into(),
        message: say!("demo-tenant-not-here", variable = TENANT),
        remedy: Remedy::None,
        correlation_id: None,
        detail: Some(reason.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Whatever a variable of the environment says, it leads nowhere but to this machine.
        #[test]
        fn any_announcement_names_this_machine_or_nothing(
            noise in prop::collection::vec(any::<u8>(), 0..200),
            scheme in "https?|ftp|file|",
            host in "127\\.0\\.0\\.1|localhost|\\[::1\\]|evil\\.example|localhost\\.evil\\.example|127\\.0\\.0\\.1@evil\\.example|\\PC{0,12}",
            port in any::<u16>(),
        ) {
            let place = format!("{scheme}://{host}:{port}");
            let line = serde_json::json!({ "authority": place, "graph": place, "arm": place, "control": place }).to_string();
            for announcement in [noise.as_slice(), line.as_bytes()] {
                if let Ok(cloud) = cloud(announcement) {
                    prop_assert!(cloud.is_loopback(), "{}", line);
                    prop_assert!(!line.contains("evil"), "{}", line);
                }
            }
        }
    }

    #[tokio::test]
    async fn a_printed_line_is_understood() {
        let line = r#"{"authority":"http://127.0.0.1:1","graph":"http://127.0.0.1:1/graph","arm":"http://127.0.0.1:1/arm",
            "control":"http://127.0.0.1:1/control","users":[]}"#;
        let cloud = find(line).await.unwrap();
        assert!(cloud.is_loopback());
    }

    #[tokio::test(start_paused = true)]
    async fn a_tenant_that_does_not_answer_is_not_waited_for() {
        // Connections are made, and nobody reads what they bring.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let control = format!("http://{}/control", listener.local_addr().unwrap());
        let found = tokio::time::timeout(PATIENCE * 2, find(&control)).await.expect("an answer in time");
        assert_eq!(found.unwrap_err().code, "demo-tenant");
    }

    #[tokio::test]
    async fn an_announcement_without_end_is_not_read_to_it() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};

        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let control = format!("http://{}/control", listener.local_addr().unwrap());
        let endless = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let _ = connection.read(&mut [0; 4096]).await;
            let _ = connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            let mut sent = 0;
            while connection.write_all(&[b' '; 4096]).await.is_ok() {
                sent += 4096;
            }
            sent
        });
        let problem = find(&control).await.unwrap_err();
        assert!(problem.detail.unwrap().contains("too long"));
        assert!(endless.await.unwrap() < 16 * LONGEST, "hung up on");
    }

    #[tokio::test]
    async fn nothing_outside_this_machine_is_ever_asked() {
        for text in
            ["http://contoso.example/control", "https://10.0.0.1/control", "ftp://127.0.0.1/", "127.0.0.1", "{}", "{"]
        {
            assert!(find(text).await.is_err(), "{text}");
        }
    }
}
