//! Claims requests: what a token must prove, as JSON that the service sends and we hand back.

use serde_json::{Map, Value, json};

use crate::failure::Claims;

/// The client capability, declared on **every** token request. Without it Graph sends no challenges, and PIM refuses even
/// a token that carries the wanted authentication context ("Client capabilities", claims-challenge).
pub(crate) fn capability() -> String {
    merge(None)
}

/// The service's claims together with our capability.
pub(crate) fn merge(claims: Option<&Claims>) -> String {
    let mut merged = claims
        .and_then(|claims| serde_json::from_str::<Value>(&claims.0).ok())
        .filter(Value::is_object)
        .unwrap_or_else(|| json!({}));
    if !merged["access_token"].is_object() {
        merged["access_token"] = Value::Object(Map::new());
    }
    merged["access_token"]["xms_cc"] = json!({ "values": ["cp1"] });
    merged.to_string()
}

/// The claims request for a rule that names none: the policy wants multifactor authentication.
pub(crate) fn multifactor() -> Claims {
    Claims(json!({ "access_token": { "amr": { "essential": true, "values": ["mfa"] } } }).to_string())
}

/// The claims request for an authentication context (`c1`, …), to ask before the service has to.
pub fn authentication_context(context: &str) -> Claims {
    Claims(json!({ "access_token": { "acrs": { "essential": true, "value": context } } }).to_string())
}

/// Can a refresh without the user satisfy these claims? Only a demand for a newer token (continuous access evaluation);
/// a stronger one takes a person.
pub(crate) fn refreshable(claims: &Claims) -> bool {
    let Ok(Value::Object(all)) = serde_json::from_str::<Value>(&claims.0) else { return false };
    // None at all is what somebody says who wants to see the person.
    !all.is_empty()
        && all.iter().all(|(target, members)| {
            target == "access_token"
                && members.as_object().is_some_and(|members| {
                    members.keys().all(|name| matches!(name.as_str(), "nbf" | "xms_caeerror" | "xms_cc"))
                })
        })
}

/// Are these demands, of the two kinds that we make ourselves, met by a token with this payload?
pub(crate) fn satisfied(claims: &Claims, payload: &Value) -> bool {
    let wanted = serde_json::from_str::<Value>(&claims.0).unwrap_or_default();
    let Some(wanted) = wanted["access_token"].as_object().filter(|wanted| !wanted.is_empty()) else { return false };
    let holds = |name: &str, value: &Value| {
        let same = |held: &Value| {
            held.as_str().zip(value.as_str()).is_some_and(|(held, value)| held.eq_ignore_ascii_case(value))
        };
        payload[name].as_array().map_or_else(|| same(&payload[name]), |held| held.iter().any(same))
    };
    wanted.iter().all(|(name, demand)| match name.as_str() {
        "acrs" => holds("acrs", &demand["value"]),
        "amr" => demand["values"].as_array().is_some_and(|values| values.iter().all(|value| holds("amr", value))),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_capability_joins_what_the_service_asks() {
        assert_eq!(capability(), r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#);
        let merged: Value = serde_json::from_str(&merge(Some(&authentication_context("c1")))).expect("json");
        assert_eq!(
            merged,
            json!({"access_token": {"xms_cc": {"values": ["cp1"]}, "acrs": {"essential": true, "value": "c1"}}})
        );
    }

    #[test]
    fn claims_of_another_shape_do_not_lose_the_capability() {
        for odd in ["", "null", "[]", "\"x\"", "{", r#"{"access_token":null}"#, r#"{"id_token":{"a":null}}"#] {
            let merged: Value = serde_json::from_str(&merge(Some(&Claims(odd.into())))).expect("json");
            assert_eq!(merged["access_token"]["xms_cc"]["values"][0], "cp1", "{odd}");
        }
    }

    #[test]
    fn only_a_newer_token_can_be_had_silently() {
        let claims = |text: &str| Claims(text.into());
        assert!(refreshable(&claims(
            r#"{"access_token":{"nbf":{"essential":true,"value":"1729756830"},"xms_caeerror":{"value":"20001"}}}"#
        )));
        assert!(!refreshable(&authentication_context("c1")));
        assert!(!refreshable(&multifactor()));
        assert!(!refreshable(&claims(r#"{"id_token":{"nbf":null}}"#)));
        assert!(!refreshable(&claims("nonsense")));
        assert!(!refreshable(&claims("{}")), "a refresh has been refused");
    }
}
