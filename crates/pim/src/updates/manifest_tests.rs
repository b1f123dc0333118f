use minisign::KeyPair;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn keys() -> KeyPair {
    KeyPair::generate_unencrypted_keypair().unwrap()
}

fn source(keys: &KeyPair) -> Source {
    Source::built_in(Some("https://pimento.example/updates.json"), Some(&keys.pk.to_base64())).unwrap()
}

fn signed(keys: &KeyPair, text: &str) -> Signed {
    let signature = minisign::sign(None, &keys.sk, text.as_bytes(), None, None).unwrap();
    Signed { text: text.into(), signature: signature.to_string() }
}

fn manifest() -> Value {
    json!({
        "schema": 1,
        "version": "0.2.0",
        "published": "2026-11-23T12:00:00Z",
        "notes": "https://pimento.example/0.2.0",
        "packages": [{
            "target": "x86_64-unknown-linux-gnu", "format": "deb", "file": "Pimento_0.2.0_amd64.deb", "size": 9,
            "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        }],
        "later versions may say more": true,
    })
}

fn code(outcome: Result<Manifest, Problem>) -> String {
    outcome.map_or_else(|problem| problem.code, |_| String::new())
}

#[test]
fn what_is_signed_is_read_and_nothing_else_is_looked_at() {
    let (ours, others) = (keys(), keys());
    let source = source(&ours);
    let good = signed(&ours, &manifest().to_string());
    let read = good.verified(&source).unwrap();
    assert_eq!((read.version.to_string().as_str(), read.packages.len()), ("0.2.0", 1));

    let elsewhere = signed(&others, &good.text);
    let changed = Signed { text: good.text.replace("0.2.0", "0.9.0"), ..good.clone() };
    let unsigned = Signed { signature: String::new(), ..good.clone() };
    // What is no manifest is not found out before the signature is.
    let noise = Signed { text: "{".into(), ..good.clone() };
    for wrong in [elsewhere, changed, unsigned, noise] {
        assert_eq!(code(wrong.verified(&source)), codes::UPDATE_UNTRUSTED, "{wrong:?}");
    }
    let another = signed(&ours, "another text").signature;
    assert_eq!(code(Signed { signature: another, ..good }.verified(&source)), codes::UPDATE_UNTRUSTED);
}

#[test]
fn what_is_not_as_it_should_be_is_refused_even_where_it_is_signed() {
    let keys = keys();
    let source = source(&keys);
    let broken = |place: &str, value: Value| {
        let mut manifest = manifest();
        *manifest.pointer_mut(place).unwrap() = value;
        manifest
    };
    let named = |file: &str| broken("/packages/0/file", json!(file));
    let mut all = vec![
        broken("/schema", json!(2)),
        broken("/version", json!("2")),
        broken("/version", json!("v0.2.0")),
        broken("/published", json!("yesterday")),
        broken("/notes", json!("http://pimento.example/0.2.0")),
        broken("/notes", json!("file:///etc/passwd")),
        broken("/notes", json!("javascript:alert(1)")),
        broken("/packages", json!({})),
        broken("/packages", Value::Array(vec![manifest()["packages"][0].clone(); MOST_PACKAGES + 1])),
        broken("/packages/0/size", json!(0)),
        broken("/packages/0/size", json!(-1)),
        broken("/packages/0/size", json!(u64::from(LARGEST) + 1)),
        broken("/packages/0/sha256", json!("e3b0")),
        broken("/packages/0/sha256", json!("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")),
        json!([]),
        json!(null),
    ];
    let names = [
        "",
        ".",
        "..",
        ".deb",
        "-rf",
        "/etc/passwd",
        "../x.deb",
        "a/b.deb",
        "a\\b.deb",
        "c:x.deb",
        "a b.deb",
        "a%20b.deb",
    ];
    all.extend(
        names
            .iter()
            .chain(&["a.deb?x", "a.deb#x", "a&b.exe", "https://x.example/a.deb", "ä.deb"])
            .map(|name| named(name)),
    );
    all.push(named(&"a".repeat(LONGEST_NAME + 1)));
    for manifest in all {
        let outcome = signed(&keys, &manifest.to_string()).verified(&source);
        assert_eq!(code(outcome), codes::UPDATE_UNREADABLE, "{manifest}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// No bytes make it panic, and a name that is taken leads to a file beside the manifest.
    #[test]
    fn a_name_that_is_taken_is_one_of_a_file_beside_the_manifest(name in "\\PC{0,30}|[a-z0-9./\\\\:%_-]{0,12}", noise in "\\PC{0,200}") {
        let source = Source::built_in(
            Some("https://pimento.example/latest/updates.json"),
            Some("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"),
        )
        .unwrap();
        prop_assert!(read(&noise, &source).is_err());
        let mut manifest = manifest();
        manifest["packages"][0]["file"] = json!(name);
        if read(&manifest.to_string(), &source).is_ok() {
            let beside = source.beside(&name).unwrap();
            prop_assert_eq!(beside.as_str(), format!("https://pimento.example/latest/{name}"));
            prop_assert!(std::path::Path::new(&name).components().count() == 1);
        }
        let unsigned = Signed { text: noise.clone(), signature: noise };
        prop_assert!(unsigned.verified(&source).is_err());
    }
}
