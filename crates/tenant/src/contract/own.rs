//! The contracts that are part of this project: read from Microsoft's client packages into a compact form of our own
//! (`contracts/`, where the script that writes them and the description of the form lie), turned into OpenAPI here.

use serde_json::{Map, Value, json};

use super::schema::COMPONENTS;

/// What the description of Graph puts before its types' names.
const GRAPH: &str = "microsoft.graph.";

/// The committed contracts, compact.
pub(super) const FILES: [&str; 10] = [
    include_str!("../../contracts/graph-v1.0.json"),
    include_str!("../../contracts/graph-beta.json"),
    include_str!("../../contracts/arm-authorization-2020-10-01.json"),
    include_str!("../../contracts/arm-authorization-2021-01-01-preview.json"),
    include_str!("../../contracts/arm-authorization-2021-12-01-preview.json"),
    include_str!("../../contracts/arm-authorization-2022-04-01.json"),
    include_str!("../../contracts/arm-authorization-2022-08-01-preview.json"),
    include_str!("../../contracts/arm-subscriptions-2022-12-01.json"),
    include_str!("../../contracts/arm-resourcegroups-2021-04-01.json"),
    include_str!("../../contracts/arm-managementgroups-2021-04-01.json"),
];

/// A compact contract: its service (`graph/v1.0`, `arm/2020-10-01`), and the same as an OpenAPI document.
///
/// # Panics
///
/// When it has not the form that the script writes.
pub(super) fn open(compact: &str) -> (String, Value) {
    let compact: Value = serde_json::from_str(compact).unwrap_or_else(|error| panic!("a contract: {error}"));
    let service = compact["service"].as_str().expect("a contract names its service").to_owned();
    let prefix = if service.starts_with("graph/") { GRAPH } else { "" };
    let members = |of: &str| compact[of].as_object().expect("a contract has paths, types and enums").clone();
    let mut schemas = Map::new();
    for (name, entry) in members("types") {
        schemas.insert(format!("{prefix}{name}"), component(&entry, prefix));
    }
    for (name, values) in members("enums") {
        schemas.insert(format!("{prefix}{name}"), json!({ "type": "string", "enum": values }));
    }
    let mut paths = Map::new();
    for (path, methods) in members("paths") {
        let methods = methods.as_object().expect("a path has methods");
        let methods: Map<_, _> =
            methods.iter().map(|(method, said)| (method.clone(), operation(said, prefix))).collect();
        paths.insert(path, Value::Object(methods));
    }
    (service, json!({ "paths": paths, "components": { "schemas": schemas } }))
}

fn operation(said: &Value, prefix: &str) -> Value {
    let answers = said["answers"].as_object().expect("an operation has answers");
    let responses: Map<_, _> = answers
        .iter()
        .map(|(status, spelling)| {
            let content = json!({ "content": { "application/json": { "schema": schema(spelling, prefix) } } });
            (status.clone(), if spelling.is_null() { json!({}) } else { content })
        })
        .collect();
    let query = said["query"].as_array().into_iter().flatten();
    let parameters: Vec<Value> = query.map(|name| json!({ "in": "query", "name": name })).collect();
    json!({ "responses": responses, "parameters": parameters })
}

fn component(entry: &Value, prefix: &str) -> Value {
    let mut own = json!({ "type": "object", "properties": properties(&entry["properties"], prefix) });
    if let Some(kinds) = entry["kinds"].as_object() {
        let mapping: Map<_, _> =
            kinds.iter().map(|(value, name)| (value.clone(), reference(name, prefix)["$ref"].clone())).collect();
        own["discriminator"] = json!({ "propertyName": entry["tag"], "mapping": mapping });
    }
    if entry["base"].is_null() { own } else { json!({ "allOf": [reference(&entry["base"], prefix), own] }) }
}

fn properties(of: &Value, prefix: &str) -> Value {
    let properties = of.as_object().expect("a type has properties");
    properties.iter().map(|(name, spelling)| (name.clone(), schema(spelling, prefix))).collect()
}

fn reference(name: &Value, prefix: &str) -> Value {
    json!({ "$ref": format!("{COMPONENTS}{prefix}{}", name.as_str().expect("a name is text")) })
}

/// The schema of a type as the form spells it.
fn schema(spelling: &Value, prefix: &str) -> Value {
    match spelling {
        Value::Null => Value::Null,
        // An object without a name of its own. Where the examples have none, they have null.
        Value::Object(_) => json!({ "type": "object", "nullable": true, "properties": properties(spelling, prefix) }),
        _ => named(spelling.as_str().expect("a type is text, an object or null"), prefix),
    }
}

fn named(spelling: &str, prefix: &str) -> Value {
    if let Some(present) = spelling.strip_suffix('?') {
        return json!({ "allOf": [named(present, prefix)], "nullable": true });
    }
    if let Some(item) = spelling.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return json!({ "type": "array", "items": named(item, prefix) });
    }
    if let Some(member) = spelling.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        return json!({ "type": "object", "additionalProperties": named(member, prefix) });
    }
    match spelling {
        "string" | "boolean" | "integer" | "number" => json!({ "type": spelling }),
        "date-time" | "date" | "time" | "duration" => json!({ "type": "string", "format": spelling }),
        "any" => json!({}),
        _ => reference(&spelling.into(), prefix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_spelt_out() {
        for (spelling, expected) in [
            (json!("string"), json!({ "type": "string" })),
            (json!("date-time?"), json!({ "allOf": [{ "type": "string", "format": "date-time" }], "nullable": true })),
            (json!("[x]"), json!({ "type": "array", "items": { "$ref": "#/components/schemas/microsoft.graph.x" } })),
            (json!("{string}"), json!({ "type": "object", "additionalProperties": { "type": "string" } })),
            (
                json!({ "a": "boolean" }),
                json!({ "type": "object", "nullable": true, "properties": { "a": { "type": "boolean" } } }),
            ),
        ] {
            assert_eq!(schema(&spelling, GRAPH), expected, "{spelling}");
        }
    }

    #[test]
    fn every_name_that_a_contract_mentions_is_in_it() {
        fn references(value: &Value, found: &mut Vec<String>) {
            match value {
                Value::Object(members) => {
                    for (key, member) in members {
                        match member.as_str().and_then(|text| text.strip_prefix(COMPONENTS)) {
                            Some(name) => found.push(name.to_owned()),
                            None if key != "responses" || !member.is_null() => references(member, found),
                            None => {}
                        }
                    }
                }
                Value::Array(items) => items.iter().for_each(|item| references(item, found)),
                _ => {}
            }
        }
        for file in FILES {
            let (service, document) = open(file);
            let mut found = Vec::new();
            references(&document, &mut found);
            assert!(!found.is_empty(), "{service}");
            for name in found {
                assert!(document["components"]["schemas"].get(&name).is_some(), "{service}: {name}");
            }
        }
    }
}
