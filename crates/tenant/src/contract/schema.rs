//! OpenAPI 3.0 schemas as closed JSON Schema: what they do not name is refused.

use chrono::{DateTime, NaiveDateTime};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::scenario::IsoDuration;

/// Where the components of a document are.
pub(super) const COMPONENTS: &str = "#/components/schemas/";

/// All components of a document as definitions of a JSON Schema.
pub(super) fn definitions(document: &Value) -> Value {
    let mut definitions = Map::new();
    for (name, component) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let base = close(document, component);
        if let Some((tag, mapping)) = discriminator(component) {
            // Any of the derived types as its tag (`@odata.type`) says, or the base type.
            let mut variants = Vec::new();
            for (type_name, derived) in mapping {
                let derived =
                    derived.as_str().and_then(|reference| reference.strip_prefix(COMPONENTS)).unwrap_or_default();
                if derived != name {
                    variants.push(json!({
                        "$ref": format!("#/$defs/{derived}"),
                        "properties": { tag: { "const": type_name } },
                        "required": [tag],
                    }));
                }
            }
            variants.push(base);
            definitions.insert(name.clone(), json!({ "anyOf": variants }));
        } else {
            definitions.insert(name.clone(), base);
        }
    }
    Value::Object(definitions)
}

/// The property that tells the types derived from a component apart, and these types by its values.
fn discriminator(component: &Value) -> Option<(&str, &Map<String, Value>)> {
    let parts = component["allOf"].as_array().into_iter().flatten().chain([component]);
    // In trimmed components the generator has put it among the properties.
    let mut found = parts.flat_map(|part| [&part["discriminator"], &part["properties"]["discriminator"]]);
    found.find_map(|found| {
        Some((found["propertyName"].as_str().unwrap_or("@odata.type"), found["mapping"].as_object()?))
    })
}

/// A validator for one schema of a document.
pub(super) fn validator(document: &Value, schema: &Value, definitions: &Value) -> Validator {
    let mut root = close(document, schema);
    root["$defs"] = definitions.clone();
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    jsonschema::options()
        .should_validate_formats(true)
        .with_format("date-time", is_moment)
        .with_format("duration", |text: &str| text.parse::<IsoDuration>().is_ok())
        .build(&root)
        .unwrap_or_else(|error| panic!("the contract makes no schema: {error}"))
}

pub(super) fn is_moment(text: &str) -> bool {
    // Recorded: the date of an error has no zone.
    DateTime::parse_from_rfc3339(text).is_ok() || text.parse::<NaiveDateTime>().is_ok()
}

fn close(document: &Value, schema: &Value) -> Value {
    let closed = close_present(document, schema);
    // Navigation properties are null when there is nothing to navigate to, as in the documentation's examples.
    let nullable = schema["nullable"] == true || schema["x-ms-navigationProperty"] == true;
    if nullable { json!({ "anyOf": [closed, { "type": "null" }] }) } else { closed }
}

fn close_present(document: &Value, schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix(COMPONENTS)) {
        return json!({ "$ref": format!("#/$defs/{name}") });
    }
    if let Some(values) = schema["enum"].as_array() {
        // The service is inconsistent about the case of enumerations.
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        return json!({ "type": "string", "pattern": format!("(?i)^({})$", values.join("|")) });
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let any: Vec<Value> = any.iter().map(|part| close(document, part)).collect();
        return json!({ "anyOf": any });
    }
    if let Some(all) = schema["allOf"].as_array() {
        if let [only] = all.as_slice() {
            return close(document, only);
        }
        let mut properties = Map::new();
        collect(document, schema, &mut properties);
        return object(document, &properties, all.iter().any(trimmed) || trimmed(schema));
    }
    match schema["type"].as_str() {
        Some("array") => json!({ "type": "array", "items": close(document, &schema["items"]) }),
        Some("object") => match schema["properties"].as_object() {
            Some(properties) => object(document, properties, trimmed(schema)),
            None if schema["additionalProperties"].is_object() => {
                json!({ "type": "object", "additionalProperties": close(document, &schema["additionalProperties"]) })
            }
            // How the generator writes "or null".
            None if schema["nullable"] == true => json!({ "type": "null" }),
            None => json!({ "type": "object" }),
        },
        Some(kind) => match schema["format"].as_str() {
            Some(format @ ("date-time" | "date" | "duration")) => json!({ "type": kind, "format": format }),
            _ => json!({ "type": kind }),
        },
        None => json!({}),
    }
}

/// The properties of a type and of all that it derives from.
fn collect(document: &Value, schema: &Value, into: &mut Map<String, Value>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix(COMPONENTS)) {
        collect(document, &document["components"]["schemas"][name], into);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        collect(document, part, into);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        into.insert(name.clone(), property.clone());
    }
}

/// Whether a description says itself that it leaves out properties of a type: then it cannot tell a misspelt one.
fn trimmed(schema: &Value) -> bool {
    !schema["x-trimmed"].is_null()
}

fn object(document: &Value, properties: &Map<String, Value>, open: bool) -> Value {
    let properties: Map<String, Value> = properties
        .iter()
        .filter(|(name, _)| *name != "discriminator")
        .map(|(name, property)| (name.clone(), close(document, property)))
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "patternProperties": { "^@odata\\.": {} },
        "additionalProperties": open,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trimmed_type_may_have_more_than_is_described() {
        let plain = json!({ "type": "object", "properties": { "id": { "type": "string" } } });
        let mut cut = plain.clone();
        cut["x-trimmed"] = json!("only some properties are kept");
        let derived = |base: &str, own: &Value| json!({ "allOf": [{ "$ref": format!("{COMPONENTS}{base}") }, own] });
        let document = json!({ "components": { "schemas": {
            "plain": plain, "cut": cut, "of-plain": derived("plain", &cut), "of-cut": derived("cut", &plain),
        } } });
        let definitions = definitions(&document);
        let more = json!({ "id": "1", "displayName": "more" });
        for (name, allowed) in [("plain", false), ("cut", true), ("of-plain", true), ("of-cut", false)] {
            let schema = json!({ "$ref": format!("{COMPONENTS}{name}") });
            assert_eq!(validator(&document, &schema, &definitions).is_valid(&more), allowed, "{name}");
            assert!(!validator(&document, &schema, &definitions).is_valid(&json!({ "id": 1 })), "{name}");
        }
    }
}
