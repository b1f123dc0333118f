//! Promise S7: a bearer token goes to the host that it was issued for, whatever an answer says about where to go on.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use pim::{
    cloud::Resource,
    failure::Claims,
    model::{Deactivation, RoleKey},
};
use serde_json::{Value, json};
use tenant::faults::Fault;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::support::{World, activation, named, robot};

/// Somebody else's server: counts who connects, and who shows a token.
struct Stranger {
    port: u16,
    asked: Arc<AtomicUsize>,
    tokens: Arc<AtomicUsize>,
}

impl Stranger {
    async fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (asked, tokens) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counts = (Arc::clone(&asked), Arc::clone(&tokens));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counts.0.fetch_add(1, Ordering::SeqCst);
                let mut head = vec![0; 16 * 1024];
                let read = stream.read(&mut head).await.unwrap_or_default();
                if String::from_utf8_lossy(&head[..read]).to_lowercase().contains("bearer") {
                    counts.1.fetch_add(1, Ordering::SeqCst);
                }
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"value\":[]}").await;
            }
        });
        Self { port, asked, tokens }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Its address in every spelling that could be taken for the service's own, at `port` and below `path`.
    fn links(&self, port: u16, path: &str) -> Vec<String> {
        let stranger = self.port;
        vec![
            format!("http://127.0.0.1:{stranger}{path}/next"),
            format!("http://localhost:{stranger}{path}/next"),
            format!("http://[::1]:{stranger}{path}/next"),
            format!("http://127.0.0.1:{port}@127.0.0.1:{stranger}{path}/next"),
            format!("http://127.0.0.1:{port}%40127.0.0.1:{stranger}{path}/next"),
            format!("http://127.0.0.1:{port}\\@127.0.0.1:{stranger}{path}/next"),
            format!("http://127.0.0.1:{port}#@127.0.0.1:{stranger}{path}/next"),
            format!("http://127.0.0.1:{port}?@127.0.0.1:{stranger}{path}/next"),
            format!("http://127.0.0.1:{port}:80@127.0.0.1:{stranger}{path}/next"),
            format!("http:127.0.0.1:{stranger}{path}/next"),
            format!("http:/127.0.0.1:{stranger}{path}/next"),
            format!("http:///127.0.0.1:{stranger}{path}/next"),
            format!("http:\\\\127.0.0.1:{stranger}{path}/next"),
            format!("HTTP://127.0.0.1:{stranger}{path}/next"),
            format!("http://127.1:{stranger}{path}/next"),
            format!("http://2130706433:{stranger}{path}/next"),
            format!("http://0x7f.0.0.1:{stranger}{path}/next"),
            format!(" http://127.0.0.1:{stranger}{path}/next"),
            format!("\thttp://127.0.0.1:{stranger}{path}/next\n"),
            format!("ht\ntp://127.0.0.1:{stranger}{path}/next"),
            format!("//127.0.0.1:{stranger}{path}/next"),
            format!("\\\\127.0.0.1:{stranger}{path}/next"),
            format!("ws://127.0.0.1:{stranger}{path}/next"),
            format!("https://127.0.0.1:{stranger}{path}/next"),
            format!("http://127.0.0.1:{port}{path}/../../../next"),
            format!("http://127.0.0.1:{port}{path}/%2e%2e/%2e%2e/control/clock"),
            format!("http://localhost:{port}{path}/next"),
            format!("https://graph.microsoft.com:{stranger}{path}/next"),
            "https://graph.microsoft.com.evil.example/next".into(),
            "file:///etc/passwd".into(),
            "data:application/json,{}".into(),
            String::new(),
        ]
    }
}

fn answer(status: u16, headers: &[(&str, String)], body: Value) -> Fault {
    let json = [("Content-Type".to_owned(), "application/json".to_owned())];
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    Fault::Answer { status, headers: json.into_iter().chain(headers).collect(), body }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_leads_a_token_to_another_host() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let (roles, sources) = (world.roles(&tokens), world.sources(&tokens));
    let eligible = roles.eligible().await.expect("eligible");
    let wanted = activation(named(&eligible, "Global Reader"), 60);
    let stranger = Stranger::new().await;
    let faults = &world.tenant.app().faults;
    let port = world.net.cloud().base(Resource::Graph).port().expect("a port");
    let mut cases = 0;

    // The next page, of every kind of list.
    for (path, lists) in [("/graph/v1.0", "ligibilityScheduleInstances"), ("/arm", "ligibilityScheduleInstances")] {
        for link in stranger.links(port, path) {
            for name in ["@odata.nextLink", "nextLink", "@nextLink"] {
                let mut body = json!({ "value": [], "@odata.deltaLink": link, "@odata.context": link });
                body[name] = json!(link);
                world.fault(lists, 4, answer(200, &[], body));
                let _ = if path == "/arm" {
                    sources.azure.eligible(&[]).await.map(drop)
                } else {
                    roles.eligible().await.map(drop).and(sources.groups.eligible().await.map(drop))
                };
                faults.clear();
                cases += 1;
                assert_eq!(stranger.asked(), 0, "{name}: {link:?}");
            }
        }
    }

    // Where a header says to go on: for reading, asking, ending, taking back; and for tokens.
    let strange = format!("http://127.0.0.1:{}/graph/v1.0/elsewhere", stranger.port);
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzI5NzU2ODMwIn19fQ==";
    let challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"{strange}\", authorization=\"{strange}\", resource_id=\"{strange}\", \
         error=\"insufficient_claims\", claims=\"{claims}\""
    );
    for status in [200, 201, 202, 301, 302, 303, 305, 307, 308, 401, 403, 409, 429, 500, 502, 503, 504] {
        let headers = [
            ("Location", strange.clone()),
            ("Content-Location", strange.clone()),
            ("Azure-AsyncOperation", strange.clone()),
            ("Operation-Location", strange.clone()),
            ("Link", format!("<{strange}>; rel=\"next\"")),
            ("Refresh", format!("0; url={strange}")),
            ("Alt-Svc", format!("h2=\"127.0.0.1:{0}\", http/1.1=\"127.0.0.1:{0}\"; ma=86400", stranger.port)),
            ("Retry-After", "0".to_owned()),
            ("WWW-Authenticate", challenge.clone()),
        ];
        let body = json!({ "error": { "code": strange, "message": strange, "target": strange }, "nextLink": strange, "value": [] });
        for path in ["/graph/", "/arm/", "/oauth2/v2.0/token"] {
            world.fault(path, 8, answer(status, &headers, body.clone()));
            let _ = roles.eligible().await;
            let _ = sources.azure.active(&[]).await;
            let _ = roles.activate(std::slice::from_ref(&wanted), None).await;
            let key = RoleKey::directory("r", "/");
            let _ = roles.deactivate(&Deactivation::new(key, "p"), None).await;
            let _ = roles.cancel("0f8fad5b-d9cb-469f-a165-70867728950e").await;
            let _ = roles.request("0f8fad5b-d9cb-469f-a165-70867728950e").await;
            faults.clear();
            cases += 6;
            assert_eq!(stranger.asked(), 0, "{status} at {path}");
        }
        // A batch's answers have headers of their own.
        let inner = json!({ "id": "1", "status": status, "headers": { "Location": strange, "Retry-After": "0" }, "body": body });
        world.fault(
            "$batch",
            1,
            answer(200, &[], json!({ "responses": [inner], "nextLink": strange, "@odata.nextLink": strange })),
        );
        let _ = roles.activate(std::slice::from_ref(&wanted), None).await;
        faults.clear();
        cases += 1;
        assert_eq!(stranger.asked(), 0, "{status} in a batch");
    }

    // Names that become part of an address.
    let hosts = [
        format!("//127.0.0.1:{}/x", stranger.port),
        format!("@127.0.0.1:{}/x", stranger.port),
        format!(":80@127.0.0.1:{}/", stranger.port),
        format!("http://127.0.0.1:{}/x", stranger.port),
        format!("\\\\127.0.0.1:{}\\x", stranger.port),
        format!("/../../..//127.0.0.1:{}/", stranger.port),
        format!("/subscriptions/x?@127.0.0.1:{}", stranger.port),
        format!("/subscriptions/x#@127.0.0.1:{}", stranger.port),
        "/../control/clock".into(),
        "/subscriptions/../../control".into(),
        "%2e%2e/%2e%2e/control".into(),
    ];
    let control = world.requests("/control").len();
    for name in &hosts {
        let azure = RoleKey::azure(name, name);
        let mut asked = wanted.clone();
        asked.key = azure.clone();
        let _ = sources.azure.activate(std::slice::from_ref(&asked), None).await;
        let _ = sources.azure.eligible(std::slice::from_ref(&azure)).await;
        let _ = sources.azure.deactivate(&Deactivation::new(azure, name), None).await;
        let _ = roles.cancel(name).await;
        let _ = roles.request(name).await;
        cases += 5;
        assert_eq!(stranger.asked(), 0, "{name}");
        assert_eq!(world.requests("/control").len(), control, "{name}");
    }

    // Where the sign-in service says that its keys are.
    for link in stranger.links(port, "/x") {
        let description =
            json!({ "issuer": strange, "jwks_uri": link, "token_endpoint": link, "authorization_endpoint": link });
        // What was read while the person was busy is read once more.
        world.fault("openid-configuration", 2, answer(200, &[], description));
        assert!(world.way_in().browser(&robot(tenant::robot::Person::new("maya")), None).await.is_err(), "{link}");
        faults.clear();
        cases += 1;
        assert_eq!(stranger.asked(), 0, "{link}");
    }
    println!(
        "S7: {cases} answers that lead elsewhere, {} requests there, {} tokens",
        stranger.asked(),
        stranger.tokens.load(Ordering::SeqCst)
    );

    // The control: the stranger notices a token that is shown to it, and the session still works.
    let elsewhere = format!("http://127.0.0.1:{}/", stranger.port);
    let shown =
        reqwest::Client::builder().no_proxy().build().expect("a client").get(elsewhere).bearer_auth("x").send().await;
    assert!(shown.is_ok() && stranger.tokens.load(Ordering::SeqCst) == 1);
    let nothing_more = Claims("{}".into());
    tokens
        .step_up(Resource::Graph, &nothing_more, &robot(tenant::robot::Person::new("maya")))
        .await
        .expect("signed in");
    assert_eq!(roles.eligible().await.expect("eligible").len(), eligible.len());
}
