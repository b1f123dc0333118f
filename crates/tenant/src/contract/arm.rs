//! Azure Resource Manager's contracts are Swagger 2.0: brought into the shape of Microsoft Graph's.

use serde_json::{Map, Value, json};

/// A Swagger 2.0 document as OpenAPI 3.0, as far as answers are concerned.
pub(super) fn as_openapi(text: &str) -> serde_json::Result<Value> {
    let document: Value = serde_json::from_str(&text.replace("#/definitions/", "#/components/schemas/"))?;
    let mut schemas = document["definitions"].as_object().cloned().unwrap_or_default();
    let derived: Vec<(String, String)> = schemas
        .iter()
        // Without a value of its own a derived type is told by its name.
        .filter(|(_, schema)| schema["allOf"].is_array())
        .map(|(name, schema)| (schema["x-ms-discriminator-value"].as_str().unwrap_or(name).to_owned(), name.clone()))
        .collect();
    for schema in schemas.values_mut() {
        nullable(schema);
        if let Some(property) = schema["discriminator"].as_str() {
            let mapping: Map<String, Value> = derived
                .iter()
                .map(|(value, name)| (value.clone(), json!(format!("#/components/schemas/{name}"))))
                .collect();
            schema["discriminator"] = json!({ "propertyName": property, "mapping": mapping });
        }
    }
    let mut paths = Map::new();
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        let mut converted = Map::new();
        for (method, operation) in operations.as_object().into_iter().flatten() {
            let mut responses = Map::new();
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let response = match response.get("schema") {
                    Some(schema) => json!({ "content": { "application/json": { "schema": schema } } }),
                    None => json!({}),
                };
                responses.insert(status.clone(), response);
            }
            converted.insert(method.clone(), json!({ "responses": responses }));
        }
        paths.insert(path.clone(), Value::Object(converted));
    }
    Ok(json!({ "components": { "schemas": schemas }, "paths": paths }))
}

/// Any member may be null, as in the documentation's examples.
fn nullable(schema: &mut Value) {
    let members = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in members.into_iter().flatten() {
        // Recorded, and younger than the Swagger.
        if name == "principal"
            && let Some(members) = property["properties"].as_object_mut()
        {
            members.insert("userPrincipalName".into(), json!({ "type": "string" }));
        }
        nullable(property);
        if property["type"] == "object" && property["properties"].is_null() {
            continue;
        }
        property["nullable"] = json!(true);
    }
}

/// The path as the contract's templates have it: a scope is one segment there.
pub(super) fn template_path(path: &str) -> String {
    const PROVIDER: &str = "/providers/microsoft.authorization/";
    match path.to_ascii_lowercase().rfind(PROVIDER) {
        // Below the tenant there are approvals, which have paths without a scope too.
        Some(0) if path.to_ascii_lowercase().contains("/roleassignmentapprovals") => path.to_owned(),
        Some(at) => format!("/scope{}", &path[at..]),
        None => path.to_owned(),
    }
}

/// Parts of ARM that these contracts do not describe.
pub(super) fn is_undescribed(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.ends_with("/resources") || path == "/batch"
}

/// What is wrong with an error.
pub(super) fn check_error(body: Option<&Value>) -> Vec<String> {
    let Some(error) = body.and_then(|body| body["error"].as_object()) else {
        return vec!["an error without its object".to_owned()];
    };
    let known = ["code", "message", "target", "details", "additionalInfo"];
    let mut complaints: Vec<String> = error
        .keys()
        .filter(|name| !known.contains(&name.as_str()))
        .map(|name| format!("an error has no member {name}"))
        .collect();
    if !error.get("code").is_some_and(Value::is_string) || !error.get("message").is_some_and(Value::is_string) {
        complaints.push("an error without code and message".to_owned());
    }
    complaints
}
