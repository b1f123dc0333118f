//! What an organisation sets for everybody on a machine: for now, bundles that it publishes.
//!
//! A file in the system's own place names a file of bundles or an https address:
//!
//! ```toml
//! bundles = "https://intranet.contoso.example/pimento/bundles.json"
//! ```
//!
//! That place is for administrators to write to, which is why what it says is shown as the organisation's. Bundles name roles
//! and never activate anything by themselves.

use std::{
    fs, io,
    io::{Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use reqwest::{StatusCode, redirect, retry};
use serde::Deserialize;
use url::Url;

use crate::{
    bundles::{self, Bundle},
    cloud,
    net::{self, chain},
    paths,
    view::{Notice, Severity},
};

/// No file of bundles, and no managed settings, are longer.
const LONGEST: usize = 1 << 20;
/// How long the organisation's server may take.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    bundles: Option<String>,
}

/// Where an organisation's bundles are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    File(PathBuf),
    Url(Url),
}

/// Bundles, and what to say where there are none, or older ones.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Managed {
    pub bundles: Vec<Bundle>,
    pub notice: Option<Notice>,
}

/// The file of this system, or, in debug builds, the one that `PIMENTO_MANAGED` names.
pub(crate) fn location() -> Option<PathBuf> {
    if cfg!(debug_assertions)
        && let Some(named) = std::env::var_os("PIMENTO_MANAGED").filter(|named| !named.is_empty())
    {
        return Some(PathBuf::from(named));
    }
    if cfg!(target_os = "windows") {
        // Where Windows keeps what concerns all users; only administrators may write to what is in it.
        let data = std::env::var_os("ProgramData")?;
        return Some(Path::new(&data).join("Pimento").join("managed.toml"));
    }
    let file = if cfg!(target_os = "macos") {
        "/Library/Application Support/Pimento/managed.toml"
    } else {
        "/etc/pimento/managed.toml"
    };
    Some(PathBuf::from(file))
}

/// Where the bundles are, as the file says; `None` without a file or without bundles in it.
pub(crate) fn source(file: &Path) -> Result<Option<Source>, Notice> {
    let text = match read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(notice(&file.display().to_string(), &error.to_string())),
    };
    let settings: File = toml::from_str(&text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let place = line.map_or_else(String::new, |line| format!("line {line}: "));
        notice(&file.display().to_string(), &format!("{place}{}", error.message()))
    })?;
    let Some(named) = settings.bundles else { return Ok(None) };
    match Url::parse(&named) {
        // A drive's letter is no scheme.
        Ok(url) if url.scheme().len() > 1 => {
            if url.scheme() == "https" && url.username().is_empty() && url.password().is_none() {
                Ok(Some(Source::Url(url)))
            } else {
                let line = text.lines().position(|line| line.trim_start().starts_with("bundles")).unwrap_or(0) + 1;
                let reason = format!("line {line}: `bundles` must be a file, or an https address without a password");
                Err(notice(&file.display().to_string(), &reason))
            }
        }
        _ => {
            // Beside the settings, where it is no whole path.
            let folder = file.parent().unwrap_or_else(|| Path::new(""));
            Ok(Some(Source::File(folder.join(named))))
        }
    }
}

/// What is there without asking anybody: the file itself, or what was fetched last. Blocks.
pub(crate) fn at_hand(source: &Source, cache: &Path) -> Managed {
    match source {
        Source::File(file) => match read(file) {
            Ok(text) => understood(&text, &file.display().to_string()),
            Err(error) => {
                Managed { notice: Some(notice(&file.display().to_string(), &error.to_string())), ..Managed::default() }
            }
        },
        Source::Url(url) => {
            let kept = read(cache)
                .ok()
                .and_then(|text| text.split_once('\n').map(|(of, text)| (of.to_owned(), text.to_owned())));
            // Of another address it is somebody else's.
            let kept = kept.filter(|(of, _)| of == url.as_str());
            kept.map_or_else(Managed::default, |(_, text)| understood(&text, url.as_str()))
        }
    }
}

/// What the organisation's server says, kept for when it cannot be reached; `Err` is what to say, and the older ones stay.
///
/// Over https alone, without any credential, and wherever it says, not elsewhere. `authority` is a file with the root
/// certificate of a server on this machine ([`crate::net::CA_FILE`]); no other is vouched for by it.
pub(crate) async fn fetch(url: &Url, cache: &Path, authority: Option<&Path>) -> Result<Vec<Bundle>, Notice> {
    let told = |reason: &str| notice(url.as_str(), reason);
    let text = download(url, authority).await.map_err(|reason| told(&reason))?;
    let bundles = bundles::import(&text).map_err(|reason| told(&reason))?;
    // Without it they are fetched anew next time.
    let kept = format!("{url}\n{text}");
    let written = paths::write_anew(cache).and_then(|mut file| {
        file.write_all(kept.as_bytes())?;
        file.commit()
    });
    if let Err(error) = written {
        tracing::warn!(%error, "the organisation's bundles could not be kept");
    }
    Ok(bundles)
}

async fn download(url: &Url, authority: Option<&Path>) -> Result<String, String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder();
    if let Some(file) = authority.filter(|_| cloud::is_loopback(url)) {
        builder = builder.no_proxy().tls_certs_only(net::authority(file)?);
    }
    let client = builder
        .user_agent(concat!("Pimento/", env!("CARGO_PKG_VERSION")))
        .https_only(true)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .gzip(true)
        .timeout(PATIENCE)
        .build()
        .map_err(|error| chain(&error))?;
    let mut answer = client.get(url.clone()).send().await.map_err(|error| chain(&error.without_url()))?;
    if answer.status() != StatusCode::OK {
        return Err(format!("the server answered {}", answer.status()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| chain(&error.without_url()))? {
        if body.len() + chunk.len() > LONGEST {
            return Err("it is longer than a mebibyte".into());
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(|_| "it is not text".into())
}

fn understood(text: &str, place: &str) -> Managed {
    match bundles::import(text) {
        Ok(bundles) => Managed { bundles, notice: None },
        Err(reason) => Managed { notice: Some(notice(place, &reason)), ..Managed::default() },
    }
}

fn read(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(file)?.take(LONGEST as u64 + 1).read_to_string(&mut text)?;
    if text.len() > LONGEST {
        return Err(io::Error::other("it is longer than a mebibyte"));
    }
    Ok(text)
}

fn notice(place: &str, reason: &str) -> Notice {
    Notice {
        id: "managed".into(),
        severity: Severity::Warning,
        message: format!("Your organisation's bundles could not be read from {place}: {reason}."),
        detail: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{bundles::BundleRole, model::RoleKey};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn no_file_of_an_organisation_makes_it_panic(noise in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,300}", key in "bundles[-a-z]{0,6}") {
            let folder = folder();
            let file = folder.path().join("managed.toml");
            for bytes in [noise, text.clone().into_bytes(), format!("{key} = {text:?}\n[{key}]\n").into_bytes()] {
                fs::write(&file, bytes).unwrap();
                let _ = source(&file);
            }
            let _ = understood(&text, "somewhere");
        }
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn said(text: &str) -> Result<Option<Source>, Notice> {
        let folder = folder();
        let file = folder.path().join("managed.toml");
        fs::write(&file, text).unwrap();
        source(&file)
    }

    fn bundle() -> Bundle {
        let roles = vec![BundleRole::new(&RoleKey::directory("reader", "/"), "Reader", Some(60))];
        Bundle { name: "On call".into(), reason: "On call, {date}".into(), roles }
    }

    #[test]
    fn the_settings_name_a_file_or_an_https_address() {
        assert_eq!(source(Path::new("/no/such/file.toml")), Ok(None));
        assert_eq!(said(""), Ok(None));
        let url = "https://intranet.example/bundles.json";
        assert_eq!(said(&format!("bundles = \"{url}\"")), Ok(Some(Source::Url(Url::parse(url).unwrap()))));
        let whole = if cfg!(windows) { "C:/pimento/bundles.json" } else { "/srv/bundles.json" };
        assert_eq!(said(&format!("bundles = \"{whole}\"")), Ok(Some(Source::File(whole.into()))));
        let Ok(Some(Source::File(beside))) = said("bundles = \"bundles.json\"") else { panic!("no file") };
        assert!(beside.is_absolute() && beside.ends_with("bundles.json"), "{beside:?}");
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line_and_reason() {
        for (text, expected) in [
            ("# ours\nbundles = 7\n", "line 2"),
            ("bundels = \"x\"", "unknown field"),
            ("\nbundles = \"http://intranet.example/b.json\"", "line 2: `bundles` must be"),
            ("bundles = \"https://me:secret@intranet.example/b.json\"", "line 1: `bundles` must be"),
            ("bundles = \"ftp://intranet.example/b.json\"", "https address"),
        ] {
            let refused = said(text).expect_err(expected);
            assert!(refused.message.contains(expected) && refused.message.contains("managed.toml"), "{refused:?}");
            assert!(!refused.message.contains("secret"), "{refused:?}");
        }
    }

    #[test]
    fn a_file_of_bundles_is_read_or_named_with_its_reason() {
        let folder = folder();
        let (file, cache) = (folder.path().join("bundles.json"), folder.path().join("cache"));
        let at = || at_hand(&Source::File(file.clone()), &cache);
        let missing = at().notice.expect("a notice");
        assert!(missing.message.contains("bundles.json"), "{missing:?}");
        fs::write(&file, bundles::export(&[bundle()])).unwrap();
        assert_eq!(at(), Managed { bundles: vec![bundle()], notice: None });
        fs::write(&file, "{\n\"pimentoBundles\": 1,\n\"bundels\": []}").unwrap();
        let wrong = at().notice.expect("a notice").message;
        assert!(wrong.contains("line 3"), "{wrong}");
        fs::write(&file, vec![b' '; LONGEST + 1]).unwrap();
        assert!(at().notice.expect("a notice").message.contains("mebibyte"));
    }

    #[test]
    fn what_was_fetched_is_there_without_the_server_and_for_its_address_only() {
        let folder = folder();
        let cache = folder.path().join("cache");
        let url = Url::parse("https://intranet.example/b.json").unwrap();
        assert_eq!(at_hand(&Source::Url(url.clone()), &cache), Managed::default());
        fs::write(&cache, format!("{url}\n{}", bundles::export(&[bundle()]))).unwrap();
        assert_eq!(at_hand(&Source::Url(url), &cache).bundles, [bundle()]);
        let other = Url::parse("https://elsewhere.example/b.json").unwrap();
        assert_eq!(at_hand(&Source::Url(other), &cache), Managed::default());
    }

    #[tokio::test]
    async fn nothing_is_fetched_without_tls() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = Url::parse(&format!("http://{}/b.json", listener.local_addr().unwrap())).unwrap();
        let folder = folder();
        let refused = fetch(&url, &folder.path().join("cache"), None).await.expect_err("no TLS");
        assert!(refused.message.contains("could not be read"), "{refused:?}");
        assert!(listener.accept().is_err(), "nobody connected");
        assert!(!folder.path().join("cache").exists());
    }

    /// A server on this machine with a private authority: the tenant, which answers one address with what it is told.
    struct Server {
        tenant: tenant::Running,
        folder: tempfile::TempDir,
        _watch: tenant::contract::Watch,
    }

    impl Server {
        async fn new() -> Self {
            let folder = folder();
            let tls = Some(tenant::TlsOptions { ca_file: folder.path().join("ca.pem") });
            let tenant = tenant::start(tenant::Options { tls, ..tenant::Options::default() }).await.expect("it starts");
            let watch = tenant::contract::Watch::over(tenant.app());
            Self { tenant, folder, _watch: watch }
        }

        fn url(&self) -> Url {
            self.tenant.endpoints().authority.parse::<Url>().unwrap().join("/bundles.json").unwrap()
        }

        fn authority(&self) -> PathBuf {
            self.folder.path().join("ca.pem")
        }

        fn cache(&self) -> PathBuf {
            self.folder.path().join("cache")
        }

        /// The next request is answered so.
        fn says(&self, status: u16, headers: &[(&str, &str)], body: serde_json::Value) {
            let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let fault = tenant::faults::Fault::Answer { status, headers, body };
            let rule = tenant::faults::Rule {
                method: Some("GET".into()),
                path: "/bundles.json".into(),
                after: 0,
                times: 1,
                fault,
            };
            self.tenant.app().faults.add(rule);
        }

        fn asked(&self) -> usize {
            self.tenant.app().requests.after(0).len()
        }
    }

    fn published() -> serde_json::Value {
        serde_json::from_str(&bundles::export(&[bundle()])).unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_published_over_https_is_taken_and_kept_for_when_it_cannot_be_reached() {
        let server = Server::new().await;
        let (url, cache, authority) = (server.url(), server.cache(), server.authority());
        server.says(200, &[], published());
        assert_eq!(fetch(&url, &cache, Some(&authority)).await, Ok(vec![bundle()]));
        assert_eq!(at_hand(&Source::Url(url.clone()), &cache).bundles, [bundle()]);
        // What it says later, and cannot be used, is named; what was fetched before stays.
        let long = "x".repeat(LONGEST + 1);
        let elsewhere: &[_] = &[("Location", "https://127.0.0.1:1/other.json")];
        for (status, headers, body, reason) in [
            (404, &[][..], serde_json::json!({}), "404"),
            (302, elsewhere, serde_json::json!({}), "302"),
            (200, &[], serde_json::json!(long), "mebibyte"),
            (200, &[], serde_json::json!({ "pimentoBundles": 1, "bundels": [] }), "bundels"),
        ] {
            server.says(status, headers, body);
            let refused = fetch(&url, &cache, Some(&authority)).await.expect_err(reason);
            assert!(refused.message.contains(reason) && refused.message.contains(url.as_str()), "{refused:?}");
            assert_eq!(at_hand(&Source::Url(url.clone()), &cache).bundles, [bundle()], "{reason}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_server_that_nobody_vouches_for_is_not_asked() {
        let server = Server::new().await;
        for authority in [None, Some(server.folder.path().join("no-such-file.pem"))] {
            server.says(200, &[], published());
            let refused = fetch(&server.url(), &server.cache(), authority.as_deref()).await.expect_err("not trusted");
            assert!(refused.message.contains("could not be read"), "{refused:?}");
            assert_eq!(server.asked(), 0);
        }
        assert!(!server.cache().exists());
    }
}
