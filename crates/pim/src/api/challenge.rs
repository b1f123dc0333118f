//! Claims challenges in every shape that the services send them.
//!
//! A 401 carries them base64-coded in `WWW-Authenticate` ("Claims challenges", claims-challenge); PIM's authentication
//! context comes as a 400 whose *message* is `&claims=` and percent-encoded JSON.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use serde_json::Value;
use url::form_urlencoded;

use crate::failure::Claims;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// The claims of the `insufficient_claims` challenge, among however many challenges and headers there are.
pub(super) fn in_headers(headers: &HeaderMap) -> Option<Claims> {
    headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok()).find_map(in_challenges)
}

fn in_challenges(text: &str) -> Option<Claims> {
    // A parameter that comes again opens the next challenge: `realm` and `error` stand once in each.
    let mut insufficient = false;
    let mut claims = None;
    for token in tokens(text) {
        match token {
            Token::Scheme => (insufficient, claims) = (false, None),
            Token::Parameter("error", value) => insufficient = value.eq_ignore_ascii_case("insufficient_claims"),
            Token::Parameter("claims", value) => claims = decoded(&value),
            Token::Parameter(..) => {}
        }
        if insufficient && claims.is_some() {
            return claims;
        }
    }
    None
}

enum Token<'a> {
    /// `Bearer`, `PoP`, …: the next challenge begins.
    Scheme,
    Parameter(&'a str, String),
}

/// Splits a list of challenges (RFC 9110, section 11.6.1). Lenient: what it does not understand it skips.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return tokens;
        }
        let end = rest.find(|c: char| c == '=' || c == ',' || c.is_whitespace()).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = &rest[end..];
        let after = rest.trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            tokens.push(Token::Scheme);
            continue;
        };
        if let Some(quoted) = value.strip_prefix('"') {
            let (value, after) = unquote(quoted);
            tokens.push(Token::Parameter(name, value));
            rest = after;
        } else {
            let end = value.find([',', ' ']).unwrap_or(value.len());
            tokens.push(Token::Parameter(name, value[..end].to_owned()));
            rest = &value[end..];
        }
    }
}

/// The quoted string whose opening quote was just read, and what follows it.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// The claims in the message of a refused activation: what follows `claims=`, percent-encoded, raw or base64.
pub(super) fn in_message(message: &str) -> Option<Claims> {
    let text = message.split_once("claims=").map_or(message, |(_, text)| text).trim();
    decoded(text).or_else(|| {
        // Up to the next parameter, percent-decoded; `+` means itself in base64, so it is protected.
        let encoded = text.split('&').next().unwrap_or(text).replace('+', "%2B");
        let (value, _) = form_urlencoded::parse(encoded.as_bytes()).next()?;
        decoded(&value)
    })
}

/// JSON as it is, or in either alphabet of base64, with padding or without.
fn decoded(text: &str) -> Option<Claims> {
    let text = text.trim().trim_matches('"');
    if let Some(claims) = object(text.as_bytes()) {
        return Some(claims);
    }
    [&STANDARD, &URL_SAFE].into_iter().find_map(|engine| object(&engine.decode(text).ok()?))
}

fn object(json: &[u8]) -> Option<Claims> {
    let value: Value = serde_json::from_slice(json).ok()?;
    value.is_object().then(|| Claims(value.to_string()))
}

#[cfg(test)]
mod tests {
    use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    // `~~~???` makes base64 use the characters in which its two alphabets differ.
    const JSON: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1~~~???"}}}"#;

    fn headers(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(value).expect("a header"));
        }
        headers
    }

    fn wanted() -> Option<Claims> {
        object(JSON.as_bytes())
    }

    #[test]
    fn every_alphabet_and_padding_is_read() {
        for text in [
            BASE64_STANDARD.encode(JSON),
            BASE64_STANDARD_NO_PAD.encode(JSON),
            BASE64_URL_SAFE.encode(JSON),
            BASE64_URL_SAFE_NO_PAD.encode(JSON),
        ] {
            let header = format!(r#"Bearer realm="", error="insufficient_claims", claims="{text}""#);
            assert_eq!(in_headers(&headers(&[&header])), wanted(), "{header}");
            let header = format!(r#"Bearer claims="{text}", cc_type="authcontext", error="insufficient_claims""#);
            assert_eq!(in_headers(&headers(&[&header])), wanted(), "order");
            let header = format!("Bearer error=insufficient_claims,claims={text}");
            assert_eq!(in_headers(&headers(&[&header])), wanted(), "no quotes");
        }
    }

    #[test]
    fn the_right_challenge_is_taken_among_several() {
        let coded = BASE64_STANDARD.encode(JSON);
        let other = BASE64_STANDARD.encode(r#"{"access_token":{"other":null}}"#);
        let right = format!(r#"Bearer realm="", error="insufficient_claims", claims="{coded}""#);
        let wrong = format!(r#"PoP realm="x", error="invalid_token", claims="{other}""#);
        assert_eq!(in_headers(&headers(&["Negotiate", &wrong, &right])), wanted());
        assert_eq!(in_headers(&headers(&[&format!("{wrong}, {right}")])), wanted());
        assert_eq!(in_headers(&headers(&[&format!("{right}, {wrong}")])), wanted());
        assert_eq!(in_headers(&headers(&[&wrong])), None);
        assert_eq!(in_headers(&headers(&["Bearer error=\"insufficient_claims\""])), None);
        assert_eq!(in_headers(&headers(&["Bearer error=\"insufficient_claims\", claims=\"!!\""])), None);
    }

    #[test]
    fn the_recorded_challenge_of_continuous_access_evaluation_is_read() {
        let inner =
            r#"{"access_token":{"nbf":{"essential":true, "value":"1729756830"},"xms_caeerror":{"value":"20001"}}}"#;
        let header = format!(
            r#"Bearer realm="", authorization_uri="https://login.partner.microsoftonline.cn/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", error_description="Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp", claims="{}""#,
            BASE64_STANDARD.encode(inner)
        );
        assert_eq!(in_headers(&headers(&[&header])), object(inner.as_bytes()));
    }

    #[test]
    fn the_message_of_a_refused_activation_is_read_in_every_coding() {
        let recorded = "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D";
        let c1 = object(br#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#);
        assert_eq!(in_message(recorded), c1);
        assert_eq!(in_message(&format!("{recorded}&x=y")), c1);
        assert_eq!(in_message(&format!("&claims={JSON}")), wanted());
        assert_eq!(in_message(JSON), wanted());
        assert_eq!(in_message(&format!("&claims={}", BASE64_STANDARD.encode(JSON))), wanted());
        assert_eq!(in_message(&format!("claims={}", BASE64_URL_SAFE_NO_PAD.encode(JSON))), wanted());
        assert_eq!(in_message("&claims="), None);
        assert_eq!(in_message("&claims=[1]"), None);
        assert_eq!(in_message("No claims at all."), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = in_challenges(&text);
            let _ = in_message(&text);
        }
    }
}
