//! A simulated tenant that somebody else has started: `PIMENTO_TENANT` names it.

use serde::Deserialize;
use url::Url;

use crate::{
    cloud::Cloud,
    problem::{Problem, Remedy},
};

/// Environment variable that points the demo sign-in at a running tenant: the line that `pim tenant` printed, or the URL
/// of its control endpoint. Only addresses on this machine are accepted.
pub const TENANT: &str = "PIMENTO_TENANT";

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
    let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
    let asked = async { http?.get(control).send().await?.error_for_status()?.bytes().await };
    let answer = asked.await.map_err(|error| unusable(&error.without_url().to_string()))?;
    cloud(&answer)
}

fn cloud(announcement: &[u8]) -> Result<Cloud, Problem> {
    let told: Announcement = serde_json::from_slice(announcement).map_err(|error| unusable(&error.to_string()))?;
    Cloud::loopback(&told.authority, &told.graph, &told.arm, Some(&told.control))
}

fn unusable(reason: &str) -> Problem {
    Problem {
        code: "demo-tenant".into(),
        message: format!("{TENANT} does not name a tenant that runs on this machine."),
        remedy: Remedy::None,
        correlation_id: None,
        detail: Some(reason.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_printed_line_is_understood() {
        let line = r#"{"authority":"http://127.0.0.1:1","graph":"http://127.0.0.1:1/graph","arm":"http://127.0.0.1:1/arm",
            "control":"http://127.0.0.1:1/control","users":[]}"#;
        let cloud = find(line).await.unwrap();
        assert!(cloud.is_loopback());
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
