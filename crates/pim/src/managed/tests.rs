use proptest::prelude::*;

use super::*;
use crate::{bundles::BundleRole, model::RoleKey};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_file_of_an_organisation_makes_it_panic(noise in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,300}", key in "(bundles|settings)[-a-z]{0,6}") {
        let folder = folder();
        let file = folder.path().join("managed.toml");
        for bytes in [noise, text.clone().into_bytes(), format!("{key} = {text:?}\n[{key}]\n").into_bytes()] {
            fs::write(&file, bytes).unwrap();
            let _ = said_in(&file, false);
        }
        let _ = understood(&text, "somewhere");
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn said(text: &[u8]) -> Said {
    let folder = folder();
    let file = folder.path().join("managed.toml");
    fs::write(&file, text).unwrap();
    said_in(&file, false)
}

fn bundle() -> Bundle {
    let roles = vec![BundleRole::new(&RoleKey::directory("reader", "/"), "Reader", Some(60))];
    Bundle { name: "On call".into(), reason: "On call, {date}".into(), roles }
}

#[test]
fn the_file_names_a_file_or_an_https_address() {
    assert_eq!(said_in(Path::new("/no/such/file.toml"), true), Said::default());
    assert_eq!(said(b""), Said::default());
    let url = "https://intranet.example/bundles.json";
    let bundles = |text: &str| said(text.as_bytes()).bundles;
    assert_eq!(bundles(&format!("bundles = \"{url}\"")), Some(Source::Url(Url::parse(url).unwrap())));
    let whole = if cfg!(windows) { "C:/pimento/bundles.json" } else { "/srv/bundles.json" };
    assert_eq!(bundles(&format!("bundles = \"{whole}\"")), Some(Source::File(whole.into())));
    let Some(Source::File(beside)) = bundles("bundles = \"bundles.json\"") else { panic!("no file") };
    assert!(beside.is_absolute() && beside.ends_with("bundles.json"), "{beside:?}");
}

#[test]
fn what_cannot_be_read_is_named_with_its_line_and_reason() {
    let cases: [(&[u8], &str); 12] = [
        (b"# ours\nbundles = 7\n", "line 2"),
        (b"bundels = \"x\"", "line 1: unknown field"),
        (b"\nbundles = \"http://intranet.example/b.json\"", "line 2: `bundles` must be"),
        (b"bundles = \"https://me:secret@intranet.example/b.json\"", "line 1: `bundles` must be"),
        (b"bundles = \"ftp://intranet.example/b.json\"", "https address"),
        (b"settings = 7", "line 1"),
        (b"[settings]\n\nwarnMinutes = 500\n", "line 3: `warnMinutes` is 500; it can be 1 to 60"),
        (b"[settings.quiet]\nfrom = \"22:00\"\nto = \"six\"\n", "`to` is \"six\""),
        (b"[settings]\nwatch.roles = 7\n", "line 2: `watch.roles`: invalid type"),
        (
            b"[settings]\nwarnMinutes = 0\n[settings.watch]\nnight = true\n",
            "line 2: `warnMinutes` is 0; it can be 1 to 60; line 4: `watch.night` is no setting",
        ),
        (b"[settings]\ntenant = \"m\xfcnchen.example\"\n", "line 2: this is not UTF-8 text"),
        (b"[settings\n", "line 1"),
    ];
    for (text, expected) in cases {
        let said = said(text);
        let [notice] = said.notices.as_slice() else { panic!("{expected}: {said:?}") };
        assert!(notice.message.contains(expected) && notice.message.contains("managed.toml"), "{notice:?}");
        assert!(!notice.message.contains("secret"), "{notice:?}");
        assert_eq!(said.bundles, None);
    }
}

#[test]
fn what_is_wrong_with_one_thing_leaves_the_others() {
    let said =
        said(b"bundles = \"ftp://x\"\n[settings]\nwarnMinutes = 10\nhistoryDays = -1\nreasonTemplates = [\"A\"]\n");
    assert_eq!(said.notices.len(), 2, "{said:?}");
    assert_eq!(said.settings.locked(), ["warnMinutes"]);
    assert_eq!(said.settings.reasons, ["A"]);
}

#[cfg(unix)]
#[test]
fn what_others_could_have_written_is_not_used_and_that_is_said() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder();
    let file = folder.path().join("managed.toml");
    fs::write(&file, "bundles = \"b.json\"\n[settings]\nwarnMinutes = 10\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    let said = said_in(&file, true);
    let [notice] = said.notices.as_slice() else { panic!("{said:?}") };
    // Whoever runs this may be root or not.
    assert!(["belongs to user", "others than root"].iter().any(|why| notice.message.contains(why)), "{notice:?}");
    assert_eq!((said.bundles, said.settings), (None, Imposed::default()));
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

/// What an organisation says by the system's own means.
fn policy(text: &str) -> Said {
    by_policy(Policy { place: "the policy".into(), found: Ok((toml::from_str(text).unwrap(), Vec::new())) })
}

#[test]
fn a_policy_says_what_the_file_does_and_wins_where_both_speak() {
    let file = "bundles = \"https://a.example/b.json\"\n[settings]\nwarnMinutes = 10\nhistoryDays = 30\nshortcut = \"Ctrl+Alt+P\"\nreasonTemplates = [\"A\"]\n";
    assert_eq!(policy(file), said(file.as_bytes()));
    let stronger = policy(
        "bundles = \"https://z.example/b.json\"\n[settings]\nwarnMinutes = 20\n[settings.bundleShortcut]\nbundle = \"On call\"\nkeys = \"alt+ctrl+p\"\n",
    );
    let both = stronger.over(said(file.as_bytes()));
    assert_eq!(both.bundles, Some(Source::Url(Url::parse("https://z.example/b.json").unwrap())));
    assert_eq!(both.settings.reasons, ["A"]);
    // The keys are the bundle's, so they are not the window's.
    assert_eq!(both.settings.locked(), ["bundleShortcut", "historyDays", "warnMinutes"]);
    let settings = both.settings.over(&crate::view::Settings::default());
    assert_eq!((settings.warn_minutes, settings.history_days, settings.shortcut), (20, 30, None));
    assert_eq!(both.notices, []);
    let silent = Said::default().over(policy("[settings]\nreasonTemplates = [\"B\"]\n"));
    assert_eq!(silent.settings.reasons, ["B"]);
}

#[test]
fn what_is_wrong_in_a_policy_is_named_beside_what_is_wrong_in_the_file() {
    let wrong = policy("[settings]\nwarnMinutes = 0\ncloud = \"usgov\"\n").over(said(b"[settings]\nwarnMinutes = 0\n"));
    let [of_policy, of_file] = wrong.notices.as_slice() else { panic!("{wrong:?}") };
    assert!(of_policy.message.contains("in the policy is used: `warnMinutes` is 0"), "{of_policy:?}");
    assert!(of_file.message.contains("line 2: `warnMinutes` is 0"), "{of_file:?}");
    assert_ne!(of_policy.id, of_file.id);
    assert_eq!(wrong.settings.locked(), ["cloud"]);

    // Nothing is beside a policy.
    let beside = policy("bundles = \"bundles.json\"\n");
    assert!(beside.notices[0].message.contains("with its whole path"), "{beside:?}");
    let unknown = policy("bundels = \"x\"\n");
    assert!(unknown.notices[0].message.contains("in the policy is not used: unknown field"), "{unknown:?}");
    let unread = by_policy(Policy { place: "the policy".into(), found: Err("access is denied".into()) });
    assert!(unread.notices[0].message.contains("is not used: access is denied"), "{unread:?}");
    let strange = vec![Wrong { path: "historyDays".into(), reason: "`historyDays` is strange".into() }];
    let strange = by_policy(Policy { place: "the policy".into(), found: Ok((toml::Table::new(), strange)) });
    assert!(strange.notices[0].message.contains("`historyDays` is strange"), "{strange:?}");
}
