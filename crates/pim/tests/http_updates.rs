//! Newer versions over HTTP, from a server on this machine that says what a test wants it to, in virtual time: what is offered, what
//! is refused, and what is on the disk afterwards.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use minisign::KeyPair;
use pim::{
    auth::Browser,
    clock::Clock,
    paths::Paths,
    updates::{self, Here, Installer, Setup, Source, Updates, notice},
    view::{Looks, OfferedPackage, UpdateWish, Updates as Shown, Updating, View},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::{mpsc, watch},
};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

const FILE: &str = "Pimento_0.2.0_amd64.deb";
const PACKAGE: &[u8] = b"not really a package, but signed";

fn noon() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().expect("a time")
}

/// What lies on the server, and what was asked for.
#[derive(Clone, Default)]
struct Server {
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let server = Self::default();
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().answer(stream));
            }
        });
        (server, address)
    }

    async fn answer(self, mut stream: tokio::net::TcpStream) -> std::io::Result<()> {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(stream.read_u8().await?);
        }
        let request = String::from_utf8_lossy(&request).into_owned();
        let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
        let file = self.files.lock().expect("files").get(&path).cloned();
        self.asked.lock().expect("asked").push(path);
        let (status, body) = file.map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&body).await
    }

    fn put(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.lock().expect("files").insert(path.into(), bytes.into());
    }

    fn asked(&self) -> usize {
        self.asked.lock().expect("asked").len()
    }
}

fn manifest(version: &str, published: DateTime<Utc>) -> String {
    let package = json!({
        "target": "x86_64-unknown-linux-gnu", "format": "deb", "file": FILE, "size": PACKAGE.len(),
        "sha256": format!("{:x}", Sha256::digest(PACKAGE)),
    });
    let notes = "https://pimento.example/notes";
    json!({ "schema": 1, "version": version, "published": published, "notes": notes, "packages": [package] })
        .to_string()
}

/// Somebody's Pimento 0.1.0, from a noon on.
struct World {
    home: tempfile::TempDir,
    clock: Clock,
    server: Server,
    address: String,
    keys: KeyPair,
    views: watch::Sender<Arc<View>>,
    updates: Updates,
    shown: watch::Receiver<Shown>,
    handed: mpsc::UnboundedReceiver<()>,
    /// Pages that were shown, and packages that the system was handed.
    opened: Arc<Mutex<Vec<String>>>,
}

impl World {
    async fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let (server, address) = Server::start().await;
        let keys = KeyPair::generate_unencrypted_keypair().expect("keys");
        let clock = Clock::manual(noon());
        let (views, _) = watch::channel(Arc::new(View::empty(noon())));
        let opened = Arc::default();
        let (updates, handed) = begin(&home, &clock, &address, &keys, &views, &opened);
        let shown = updates.shown();
        Self { home, clock, server, address, keys, views, updates, shown, handed, opened }
    }

    /// Pimento is started anew.
    fn restart(&mut self) {
        // With the views ends what looks for newer versions.
        let view = self.views.borrow().clone();
        self.views = watch::channel(view).0;
        (self.updates, self.handed) =
            begin(&self.home, &self.clock, &self.address, &self.keys, &self.views, &self.opened);
        self.shown = self.updates.shown();
    }

    fn set(&self, settings: Updating) {
        let mut view = View::empty(noon());
        view.settings.updates = settings;
        self.views.send_replace(Arc::new(view));
    }

    fn publish(&self, manifest: &str) {
        let signature = minisign::sign(None, &self.keys.sk, manifest.as_bytes(), None, None).expect("signed");
        self.server.put("/updates.json", manifest);
        self.server.put("/updates.json.minisig", signature.to_string());
        self.server.put(&format!("/{FILE}"), PACKAGE);
    }

    async fn until(&mut self, wanted: impl FnMut(&Shown) -> bool) -> Shown {
        let now = self.updates.shown();
        let shown = tokio::time::timeout(PATIENCE, self.shown.wait_for(wanted)).await;
        let Ok(shown) = shown else { panic!("it stays {:?}", now.borrow()) };
        shown.expect("it goes on").clone()
    }

    /// Looks because somebody wants to; returns what is shown then.
    async fn look(&mut self) -> Shown {
        let asked = self.server.asked();
        self.updates.wish(UpdateWish::Look);
        let server = self.server.clone();
        self.until(|shown| !shown.looking && server.asked() > asked).await
    }

    /// The code of what went wrong, and the version that is offered.
    async fn looked(&mut self) -> (Option<String>, Option<String>) {
        let Shown { problem, offer, .. } = self.look().await;
        (problem.map(|problem| problem.code), offer.map(|offer| offer.version))
    }

    async fn download(&mut self) -> Shown {
        let asked = self.server.asked();
        self.updates.wish(UpdateWish::Download);
        let server = self.server.clone();
        let over = |package| !matches!(package, OfferedPackage::Downloading { .. });
        self.until(|shown| server.asked() > asked && shown.offer.as_ref().is_some_and(|offer| over(offer.package)))
            .await
    }

    fn folder(&self) -> PathBuf {
        Paths::within(self.home.path()).updates_folder()
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }
}

fn begin(
    home: &tempfile::TempDir,
    clock: &Clock,
    address: &str,
    keys: &KeyPair,
    views: &watch::Sender<Arc<View>>,
    opened: &Arc<Mutex<Vec<String>>>,
) -> (Updates, mpsc::UnboundedReceiver<()>) {
    let source = Source::on_loopback(&format!("{address}/updates.json"), &keys.pk.to_base64()).expect("a source");
    let version = "0.1.0".parse().expect("a version");
    let here = Here { version, target: "x86_64-unknown-linux-gnu".into(), format: "deb".into() };
    let (pages, packages) = (opened.clone(), opened.clone());
    updates::start(Setup {
        views: views.subscribe(),
        paths: Paths::within(home.path()),
        clock: clock.clone(),
        looks: Some((source, here)),
        browser: Browser::new(move |url| {
            pages.lock().expect("pages").push(url.to_string());
            Ok(())
        }),
        installer: Installer::new(move |package| {
            packages.lock().expect("packages").push(package.path.display().to_string());
            Ok(())
        }),
    })
}

#[tokio::test]
async fn a_newer_version_is_found_by_itself_downloaded_and_handed_to_the_system_by_clicks() {
    let mut world = World::new().await;
    world.publish(&manifest("0.2.0", noon() - TimeDelta::days(1)));
    let daily = world.until(|shown| shown.looks == Looks::Daily).await;
    assert_eq!((daily.offer, world.server.asked()), (None, 0), "nobody is asked at the start");
    world.clock.advance(Duration::from_secs(5 * 60));
    let found = world.until(|shown| shown.offer.is_some()).await;
    let size = u32::try_from(PACKAGE.len()).expect("small");
    assert_eq!(found.offer.as_ref().map(|offer| offer.package), Some(OfferedPackage::Published { size }));
    assert_eq!(found.as_of, Some(noon() + TimeDelta::minutes(5)));
    assert!(notice(&found).expect("a banner").message.contains("0.2.0"));
    assert!(world.files().is_empty(), "nothing is downloaded without a click");

    assert_eq!(world.download().await.problem, None);
    assert_eq!(world.files(), [FILE]);
    assert_eq!(fs::read(world.folder().join(FILE)).expect("a file"), PACKAGE);
    assert_eq!(*world.opened.lock().expect("opened"), [""; 0], "nothing is installed without a click");

    world.updates.wish(UpdateWish::Install);
    tokio::time::timeout(PATIENCE, world.handed.recv()).await.expect("in time").expect("handed over");
    let package = world.folder().join(FILE).display().to_string();
    assert_eq!(*world.opened.lock().expect("opened"), [package]);
    world.updates.wish(UpdateWish::Notes);
    tokio::time::timeout(PATIENCE, async {
        while world.opened.lock().expect("opened").len() < 2 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the page is shown");
    assert_eq!(world.opened.lock().expect("opened")[1], "https://pimento.example/notes");

    // A day later it looks again, and not before.
    let asked = world.server.asked();
    world.clock.advance(Duration::from_secs(24 * 3600 - 1));
    world.restart();
    world.until(|shown| shown.offer.is_some()).await;
    assert_eq!(world.server.asked(), asked, "what was verified is remembered");
    world.clock.advance(Duration::from_secs(5 * 60));
    world.until(|shown| shown.as_of > found.as_of).await;
}

#[tokio::test]
async fn what_is_not_signed_by_the_makers_is_not_believed() {
    let mut world = World::new().await;
    let untrusted = (Some("update-untrusted".to_owned()), None);
    let good = manifest("0.2.0", noon());

    // A bad signature: of another text, broken, none at all.
    world.publish(&manifest("0.1.5", noon()));
    world.server.put("/updates.json", good.as_str());
    assert_eq!(world.looked().await, untrusted);
    world.server.put("/updates.json.minisig", "untrusted comment: none\nAAAA\n");
    assert_eq!(world.looked().await, untrusted);
    world.server.put("/updates.json.minisig", "");
    assert_eq!(world.looked().await, untrusted);

    // Signed by another key.
    let another = KeyPair::generate_unencrypted_keypair().expect("keys");
    let signature = minisign::sign(None, &another.sk, good.as_bytes(), None, None).expect("signed");
    world.server.put("/updates.json.minisig", signature.to_string());
    assert_eq!(world.looked().await, untrusted);

    world.publish(&good);
    assert_eq!(world.looked().await, (None, Some("0.2.0".to_owned())));
}

#[tokio::test]
async fn a_package_that_is_not_what_was_signed_is_deleted_and_never_handed_to_the_system() {
    let mut world = World::new().await;
    world.publish(&manifest("0.2.0", noon()));
    world.look().await;
    let path = format!("/{FILE}");
    let mut tampered = PACKAGE.to_vec();
    tampered[0] ^= 1;
    for wrong in [tampered, PACKAGE[1..].to_vec(), [PACKAGE, b"!"].concat(), vec![0; 1024 * 1024]] {
        world.server.put(&path, wrong);
        assert_eq!(world.download().await.problem.map(|problem| problem.code).as_deref(), Some("update-damaged"));
        assert_eq!(world.files(), [""; 0]);
    }
    world.server.put(&path, PACKAGE);
    assert_eq!(world.download().await.problem, None);

    // Changed between the download and the click.
    fs::write(world.folder().join(FILE), b"something else, put there by somebody").expect("written");
    world.updates.wish(UpdateWish::Install);
    let shown = world.until(|shown| shown.problem.is_some()).await;
    assert_eq!(shown.problem.map(|problem| problem.code).as_deref(), Some("update-damaged"));
    assert_eq!(world.files(), [""; 0]);
    assert_eq!(*world.opened.lock().expect("opened"), [""; 0]);
}

#[tokio::test]
async fn nothing_leads_back_to_an_older_version_or_an_older_offer() {
    let mut world = World::new().await;
    // Not newer than what runs.
    for version in ["0.1.0", "0.0.9"] {
        world.publish(&manifest(version, noon() - TimeDelta::days(9)));
        let shown = world.look().await;
        assert_eq!((shown.offer, shown.problem, shown.as_of), (None, None, Some(noon())), "{version}");
    }
    let older = manifest("0.2.0", noon() - TimeDelta::days(2));
    world.publish(&older);
    assert_eq!(world.looked().await, (None, Some("0.2.0".to_owned())));
    world.publish(&manifest("0.3.0", noon() - TimeDelta::days(1)));
    assert_eq!(world.looked().await, (None, Some("0.3.0".to_owned())));

    // Somebody has kept the older one, whose signature is right: also for after a restart.
    let kept = (Some("update-outdated".to_owned()), Some("0.3.0".to_owned()));
    world.publish(&older);
    assert_eq!(world.looked().await, kept);
    world.restart();
    world.until(|shown| shown.looks == Looks::Daily).await;
    assert_eq!(world.looked().await, kept);

    // What lies on the disk is not believed without its signature either.
    let file = Paths::within(world.home.path()).updates();
    let text = fs::read_to_string(&file).expect("remembered").replace("0.3.0", "0.9.0");
    fs::write(&file, text).expect("written");
    world.restart();
    assert_eq!(world.until(|shown| shown.looks == Looks::Daily).await.offer, None);
}

#[tokio::test]
async fn an_organisation_can_have_it_offered_later() {
    let mut world = World::new().await;
    world.publish(&manifest("0.2.0", noon()));
    world.set(Updating { look: true, defer_days: 14 });
    assert_eq!(world.looked().await, (None, None));
    for _ in 0..13 {
        world.clock.advance(Duration::from_secs(24 * 3600));
        let today = world.clock.now();
        let shown = world.until(|shown| shown.as_of == Some(today)).await;
        assert_eq!(shown.offer, None);
    }
    world.clock.advance(Duration::from_secs(24 * 3600));
    let shown = world.until(|shown| shown.offer.is_some()).await;
    assert_eq!(shown.offer.map(|offer| offer.version).as_deref(), Some("0.2.0"));
    // And, changing its mind, later still.
    world.set(Updating { look: true, defer_days: 30 });
    world.until(|shown| shown.offer.is_none()).await;
}

#[tokio::test]
async fn switched_off_nobody_is_asked() {
    let mut world = World::new().await;
    world.publish(&manifest("0.2.0", noon() - TimeDelta::days(1)));
    world.set(Updating { look: false, defer_days: 0 });
    world.until(|shown| shown.looks == Looks::Off).await;
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(2 * 24 * 3600));
        world.updates.wish(UpdateWish::Look);
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(world.server.asked(), 0);
    world.set(Updating::default());
    world.until(|shown| shown.offer.is_some()).await;
}

#[tokio::test]
async fn a_version_that_was_put_off_is_not_announced_again() {
    let mut world = World::new().await;
    world.publish(&manifest("0.2.0", noon()));
    assert!(notice(&world.look().await).is_some());
    world.updates.wish(UpdateWish::Later);
    let shown = world.until(|shown| notice(shown).is_none()).await;
    assert!(shown.offer.is_some(), "whoever looks can have it");
    world.restart();
    let shown = world.until(|shown| shown.offer.is_some()).await;
    assert_eq!(notice(&shown), None);
    world.publish(&manifest("0.3.0", noon() + TimeDelta::seconds(1)));
    world.clock.advance(Duration::from_secs(1));
    assert!(notice(&world.look().await).is_some());
}

#[tokio::test]
async fn what_is_too_long_missing_or_not_understood_is_said_and_does_no_harm() {
    let mut world = World::new().await;
    let said = |looked: (Option<String>, Option<String>)| looked.0.unwrap_or_default();
    assert_eq!(said(world.looked().await), "update-not-there");
    let long = format!("{}{}", manifest("0.2.0", noon()), " ".repeat(64 * 1024));
    world.publish(&long);
    assert_eq!(said(world.looked().await), "too-large");
    world.publish(&manifest("0.2.0", noon()).replace("\"schema\":1", "\"schema\":2"));
    assert_eq!(said(world.looked().await), "update-unreadable");
    world.publish(&manifest("0.2.0", noon()).replace(FILE, "../../evil.deb"));
    assert_eq!(said(world.looked().await), "update-unreadable");
    world.publish(&manifest("0.2.0", noon()));
    world.server.put("/updates.json.minisig", vec![b'x'; 5 * 1024]);
    assert_eq!(said(world.looked().await), "too-large");
    world.publish(&manifest("0.2.0", noon()));
    assert_eq!(world.looked().await, (None, Some("0.2.0".to_owned())));
}

#[tokio::test]
async fn a_build_that_knows_no_place_to_look_says_so() {
    let (views, _) = watch::channel(Arc::new(View::empty(noon())));
    let home = tempfile::tempdir().expect("a folder");
    let (updates, _) = updates::start(Setup {
        views: views.subscribe(),
        paths: Paths::within(home.path()),
        clock: Clock::manual(noon()),
        looks: None,
        browser: Browser::new(|_| Ok(())),
        installer: Installer::new(|_| Ok(())),
    });
    updates.wish(UpdateWish::Look);
    assert_eq!(updates.shown().borrow().looks, Looks::Never);
    assert!(Paths::within(home.path()).kept().is_empty());
}
