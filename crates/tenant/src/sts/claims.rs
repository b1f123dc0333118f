//! The `claims` parameter of authorize and token requests: what a client demands of the access token.
//!
//! Shapes as in Microsoft's claims-challenge and continuous-access-evaluation pages, for example
//! `{"access_token":{"xms_cc":{"values":["cp1"]},"acrs":{"essential":true,"value":"c1"}}}`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a `claims` parameter asks of the sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The client handles claims challenges (`xms_cc` has `cp1`).
    pub cp1: bool,
    /// Authentication contexts that the token must carry.
    pub acrs: BTreeSet<String>,
    /// The token must come from multi-factor authentication (`amr` has `mfa`).
    pub mfa: bool,
    /// Seconds since 1970: the sign-in must not be older (continuous access evaluation).
    pub not_before: Option<i64>,
}

impl Wanted {
    /// Read a `claims` parameter; none asks for nothing. The error is a text for the client's developer.
    pub fn parse(parameter: Option<&str>) -> Result<Self, String> {
        let Some(text) = parameter.filter(|text| !text.is_empty()) else { return Ok(Self::default()) };
        let claims: Value = serde_json::from_str(text).map_err(|error| format!("claims is not JSON: {error}"))?;
        let object = claims.as_object().ok_or("claims is not a JSON object")?;
        let Some(access_token) = object.get("access_token") else { return Ok(Self::default()) };
        Ok(Self {
            // Azure Identity writes it in capitals.
            cp1: values(&access_token["xms_cc"]).iter().any(|value| value.eq_ignore_ascii_case("cp1")),
            acrs: values(&access_token["acrs"]),
            mfa: values(&access_token["amr"]).contains("mfa"),
            not_before: values(&access_token["nbf"]).iter().find_map(|value| value.parse().ok()),
        })
    }

    /// Whether a sign-in with these properties is enough.
    pub fn satisfied_by(&self, amr: &BTreeSet<String>, acrs: &BTreeSet<String>) -> bool {
        (!self.mfa || amr.contains("mfa")) && self.acrs.is_subset(acrs)
    }
}

/// The `value` or `values` of one requested claim.
fn values(claim: &Value) -> BTreeSet<String> {
    let listed = claim["values"].as_array().into_iter().flatten();
    listed
        .chain(std::iter::once(&claim["value"]))
        .filter_map(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_merged_example_of_the_documentation() {
        let wanted = Wanted::parse(Some(
            r#"{"access_token":{"xms_cc":{"values":["cp1"]},"acrs":{"essential":true,"value":"c1"}}}"#,
        ))
        .unwrap();
        assert!(wanted.cp1 && !wanted.mfa);
        assert_eq!(wanted.acrs, BTreeSet::from(["c1".to_owned()]));
        assert!(!wanted.satisfied_by(&BTreeSet::from(["mfa".to_owned()]), &BTreeSet::new()));
        assert!(wanted.satisfied_by(&BTreeSet::new(), &BTreeSet::from(["c1".to_owned(), "c2".to_owned()])));
    }

    #[test]
    fn the_capability_in_capitals() {
        assert!(Wanted::parse(Some(r#"{"access_token":{"xms_cc":{"values":["CP1"]}}}"#)).unwrap().cp1);
    }

    #[test]
    fn mfa_and_not_before() {
        let wanted = Wanted::parse(Some(
            r#"{"access_token":{"amr":{"essential":true,"values":["mfa"]},"nbf":{"essential":true,"value":"1729756830"}}}"#,
        ))
        .unwrap();
        assert!(wanted.mfa);
        assert_eq!(wanted.not_before, Some(1_729_756_830));
    }

    #[test]
    fn nothing_and_nonsense() {
        assert_eq!(Wanted::parse(None), Ok(Wanted::default()));
        assert_eq!(Wanted::parse(Some(r#"{"id_token":{}}"#)), Ok(Wanted::default()));
        assert!(Wanted::parse(Some("c1")).is_err());
        assert!(Wanted::parse(Some("[]")).is_err());
    }
}
