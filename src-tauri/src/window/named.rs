//! What the page sends, read strictly.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::Value;

/// Something whose kind is a word, as in the contract with the page. serde takes a number for it as well: the place of the kind
/// among all of them, which changes with every kind that is added.
pub struct Named<T>(pub T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if !named(&value) {
            return Err(D::Error::custom("a kind is a word"));
        }
        serde_json::from_value(value).map(Self).map_err(D::Error::custom)
    }
}

/// Whether everything that has a kind has a word for it.
fn named(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().all(named),
        Value::Object(fields) => fields.get("kind").is_none_or(Value::is_string) && fields.values().all(named),
        _ => true,
    }
}
