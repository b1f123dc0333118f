use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{EncodingKey, Header};
use proptest::prelude::*;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use rsa::{RsaPrivateKey, pkcs1::EncodeRsaPrivateKey, traits::PublicKeyParts};
use serde_json::{Value, json};

use super::*;

const CLIENT: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const TENANT: &str = "f38b2ffc-80a4-4f5a-91c9-bc701e7ea419";
const ISSUER: &str = "https://login.microsoftonline.com/{tenantid}/v2.0";

struct Signer {
    key: EncodingKey,
    jwk: Value,
}

fn signer(seed: u64, kid: &str) -> Signer {
    let key = RsaPrivateKey::new(&mut ChaCha8Rng::seed_from_u64(seed), 2048).expect("a key");
    let coded = |number: &rsa::BigUint| BASE64_URL_SAFE_NO_PAD.encode(number.to_bytes_be());
    Signer {
        jwk: json!({"kty": "RSA", "use": "sig", "kid": kid, "n": coded(key.n()), "e": coded(key.e()),
                    "x5c": ["…"], "cloud_instance_name": "microsoftonline.com", "issuer": ISSUER}),
        key: EncodingKey::from_rsa_der(key.to_pkcs1_der().expect("der").as_bytes()),
    }
}

impl Signer {
    fn token(&self, alg: Algorithm, kid: Option<&str>, claims: &Value) -> String {
        let header = Header { kid: kid.map(str::to_owned), ..Header::new(alg) };
        jsonwebtoken::encode(&header, claims, &self.key).expect("signed")
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().expect("a time")
}

fn claims() -> Value {
    json!({
        "iss": ISSUER.replace("{tenantid}", TENANT), "aud": CLIENT, "exp": now().timestamp() + 3600,
        "nbf": now().timestamp() - 10, "iat": now().timestamp() - 10, "nonce": "n1",
        "oid": "f3f49249-dc28-4f90-a5ae-c7978306d03b", "tid": TENANT, "sub": "x", "ver": "2.0",
        "preferred_username": "maya@contoso.example", "name": "Maya Lindqvist",
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut all = claims();
    all[name] = value;
    all
}

fn without(name: &str) -> Value {
    let mut all = claims();
    all.as_object_mut().expect("an object").remove(name);
    all
}

fn wanted<'a>(tenant: &'a str, nonce: Option<&'a str>) -> Wanted<'a> {
    Wanted { client_id: CLIENT, tenant, nonce, now: now() }
}

#[test]
fn only_the_authoritys_own_answer_to_this_question_is_believed() {
    let (ours, theirs) = (signer(1, "k1"), signer(2, "k1"));
    let keys = json!({"keys": [ours.jwk, {"kty": "EC", "crv": "P-256", "kid": "ec", "x": "AA", "y": "AA"}]});
    let authority = Authority { issuer: ISSUER.into(), keys: serde_json::from_value(keys).expect("keys") };
    let ask = wanted("organizations", Some("n1"));
    let signed = |claims: &Value| ours.token(Algorithm::RS256, Some("k1"), claims);

    let maya = authority.identity(&signed(&claims()), &ask).expect("the control");
    assert_eq!(maya.id(), format!("f3f49249-dc28-4f90-a5ae-c7978306d03b.{TENANT}"));
    assert_eq!((maya.username.as_str(), maya.name.as_str()), ("maya@contoso.example", "Maya Lindqvist"));
    assert!(authority.identity(&signed(&claims()), &wanted(TENANT, Some("n1"))).is_ok());
    assert!(authority.identity(&signed(&without("nonce")), &wanted(TENANT, None)).is_ok(), "a flow without nonce");

    let none = |payload: &Value| {
        let part = |json: &Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        format!("{}.{}.", part(&json!({"alg": "none", "kid": "k1", "typ": "JWT"})), part(payload))
    };
    let hmac = {
        // The public key as the secret of a symmetric signature: a classic confusion.
        let header = Header { kid: Some("k1".into()), ..Header::new(Algorithm::HS256) };
        let secret = EncodingKey::from_secret(ours.jwk["n"].as_str().expect("n").as_bytes());
        jsonwebtoken::encode(&header, &claims(), &secret).expect("signed")
    };
    let mut tampered: Vec<String> = signed(&claims()).split('.').map(str::to_owned).collect();
    tampered[1] = BASE64_URL_SAFE_NO_PAD.encode(with("oid", json!("e5121482-3929-4d22-a255-accb1a466884")).to_string());
    let late = now().timestamp();
    let bad = [
        ("no nonce", signed(&without("nonce"))),
        ("another nonce", signed(&with("nonce", json!("n2")))),
        ("another audience", signed(&with("aud", json!("04b07795-8ddb-461a-bbee-02f9e1bf7b46")))),
        ("several audiences", signed(&with("aud", json!([CLIENT, "x"])))),
        ("no audience", signed(&without("aud"))),
        ("another issuer", signed(&with("iss", json!("https://evil.example/v2.0")))),
        ("another tenant's issuer", signed(&with("tid", json!("6a3f1b0c-9d47-4a43-bb0e-2f4a2f8f5a11")))),
        ("the template as issuer", signed(&with("iss", json!(ISSUER)))),
        ("a tenant that is no id", signed(&with("tid", json!("../x")))),
        ("no tenant", signed(&without("tid"))),
        ("no user", signed(&without("oid"))),
        ("a user that is no id", signed(&with("oid", json!("")))),
        ("over", signed(&with("exp", json!(late - 301)))),
        ("no end", signed(&without("exp"))),
        ("not yet", signed(&with("nbf", json!(late + 301)))),
        ("somebody else's key of that name", theirs.token(Algorithm::RS256, Some("k1"), &claims())),
        ("a key nobody knows", ours.token(Algorithm::RS256, Some("k9"), &claims())),
        ("no key", ours.token(Algorithm::RS256, None, &claims())),
        ("another kind of key", ours.token(Algorithm::RS256, Some("ec"), &claims())),
        ("another algorithm", ours.token(Algorithm::RS512, Some("k1"), &claims())),
        ("padding of another kind", ours.token(Algorithm::PS256, Some("k1"), &claims())),
        ("a symmetric signature", hmac),
        ("no signature", none(&claims())),
        ("tampered with", tampered.join(".")),
        ("cut", signed(&claims()).trim_end_matches(|c: char| c != '.').into()),
        ("nothing", String::new()),
        ("noise", "a.b.c".into()),
    ];
    for (name, token) in bad {
        let problem = authority.identity(&token, &ask).expect_err(name);
        assert_eq!(problem.code, codes::ID_TOKEN, "{name}");
    }
    let foreign = wanted("6a3f1b0c-9d47-4a43-bb0e-2f4a2f8f5a11", Some("n1"));
    assert!(authority.identity(&signed(&claims()), &foreign).is_err(), "another tenant than the one asked");
    let bound = Authority { issuer: ISSUER.replace("{tenantid}", TENANT), keys: authority.keys.clone() };
    assert!(bound.identity(&signed(&claims()), &wanted("contoso.example", Some("n1"))).is_ok());
    let other = "6a3f1b0c-9d47-4a43-bb0e-2f4a2f8f5a11";
    let mut elsewhere = with("tid", json!(other));
    elsewhere["iss"] = json!(ISSUER.replace("{tenantid}", other));
    assert!(bound.identity(&signed(&elsewhere), &wanted("contoso.example", Some("n1"))).is_err());
}

#[test]
fn no_text_is_taken_for_an_id_token_and_none_makes_it_panic() {
    let ours = signer(1, "k1");
    let authority =
        Authority { issuer: ISSUER.into(), keys: serde_json::from_value(json!({ "keys": [ours.jwk] })).expect("keys") };
    let right = ours.token(Algorithm::RS256, Some("k1"), &claims());
    let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    proptest!(ProptestConfig::with_cases(3_000), |(
        noise in "\\PC{0,200}",
        header in "\\{\\PC{0,60}\\}|\\{\"alg\":\"(none|HS256|RS256|ES256|\\PC{0,6})\",\"kid\":\"(k1|\\PC{0,4})\"\\}",
        payload in "\\PC{0,100}",
        at in any::<usize>(),
        other in "[A-Za-z0-9_.-]",
    )| {
        // Of the right one, one letter is another one.
        let at = at % right.len();
        let near = format!("{}{other}{}", &right[..at], &right[at + 1..]);
        for token in [noise, format!("{}.{}.{}", part(&header), part(&payload), part("x")), near] {
            // In the last letter of each part some bits mean nothing.
            if token != right && authority.identity(&token, &wanted("organizations", Some("n1"))).is_ok() {
                let same = token.split('.').zip(right.split('.')).all(|(one, other)| one.len() == other.len());
                prop_assert!(same && token[..token.rfind('.').unwrap_or(0)] == right[..right.rfind('.').unwrap_or(0)], "{token}");
            }
        }
    });
}
