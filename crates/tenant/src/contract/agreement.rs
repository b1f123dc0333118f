//! What Microsoft's own descriptions say of a property that the committed contracts also have must be the same there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use serde_json::Value;

use super::{beside, own};

/// Swagger documents of Azure Resource Manager, with the service that answers for them here.
const AZURE: [(&str, &str); 8] = [
    ("arm-2020-10-01-pim.swagger.json", "azure-mgmt-authorization"),
    ("arm-2021-01-01-preview-approvals.swagger.json", "azure-mgmt-authorization"),
    ("arm-2021-12-01-preview-accessreviews-mine.swagger.json", "azure-mgmt-authorization"),
    ("arm-2022-04-01-rbac.swagger.json", "azure-mgmt-authorization"),
    ("arm-2022-08-01-preview-alerts.swagger.json", "azure-mgmt-authorization"),
    ("arm-scopes-subscriptions.swagger.json", "azure-mgmt-resource"),
    ("arm-scopes-resourcegroups.swagger.json", "azure-mgmt-resource"),
    ("arm-scopes-managementgroups.swagger.json", "azure-mgmt-managementgroups"),
];

/// A schema, one level deep, whatever way it is written down.
#[derive(Debug)]
enum Shape<'a> {
    Anything,
    Plain(String),
    OneOf(BTreeSet<String>),
    List(&'a Value),
    Names(&'a Value),
    Object { properties: BTreeMap<&'a str, &'a Value>, kinds: BTreeMap<&'a str, &'a str>, name: Option<&'a str> },
}

fn referred<'a>(document: &'a Value, schema: &'a Value) -> Option<(&'a str, &'a Value)> {
    let pointer = schema["$ref"].as_str()?;
    let found = document.pointer(pointer.strip_prefix('#')?).unwrap_or_else(|| panic!("{pointer} is nowhere"));
    Some((pointer, found))
}

/// Whether a part of `anyOf` only says "or null".
fn only_null(part: &Value) -> bool {
    part["nullable"] == true && part["properties"].is_null() && part["$ref"].is_null()
}

fn shape<'a>(document: &'a Value, schema: &'a Value) -> Shape<'a> {
    if let Some((name, found)) = referred(document, schema) {
        return match shape(document, found) {
            Shape::Object { properties, kinds, .. } => Shape::Object { properties, kinds, name: Some(name) },
            other => other,
        };
    }
    if let Some(values) = schema["enum"].as_array() {
        return Shape::OneOf(values.iter().filter_map(Value::as_str).map(str::to_lowercase).collect());
    }
    let parts: Vec<&Value> = ["allOf", "anyOf"].iter().filter_map(|of| schema[of].as_array()).flatten().collect();
    if let [only] = parts.iter().filter(|part| !only_null(part)).collect::<Vec<_>>().as_slice()
        && schema["properties"].is_null()
    {
        return shape(document, only);
    }
    if schema["type"] == "array" {
        return Shape::List(&schema["items"]);
    }
    if schema["additionalProperties"].is_object() {
        return Shape::Names(&schema["additionalProperties"]);
    }
    if !parts.is_empty() || schema["properties"].is_object() {
        let (mut properties, mut kinds) = (BTreeMap::new(), BTreeMap::new());
        for part in parts {
            if let Shape::Object { properties: inherited, .. } = shape(document, part) {
                properties.extend(inherited);
            }
            kinds.extend(mapping(part));
        }
        kinds.extend(mapping(schema));
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if name != "discriminator" {
                properties.insert(name, property);
            }
        }
        return Shape::Object { properties, kinds, name: None };
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), Some(format @ ("date-time" | "date" | "time" | "duration"))) => {
            Shape::Plain(format.to_owned())
        }
        (Some(kind @ ("string" | "boolean" | "integer" | "number")), _) => Shape::Plain(kind.to_owned()),
        _ => Shape::Anything,
    }
}

fn mapping(schema: &Value) -> impl Iterator<Item = (&str, &str)> {
    let found = [&schema["discriminator"]["mapping"], &schema["properties"]["discriminator"]["mapping"]];
    let members = found.into_iter().filter_map(Value::as_object).flatten();
    members.filter_map(|(tag, name)| Some((tag.as_str(), name.as_str()?)))
}

fn nullable(schema: &Value) -> bool {
    schema["nullable"] == true
        || schema["x-ms-navigationProperty"] == true
        || schema["anyOf"].as_array().is_some_and(|parts| parts.iter().any(only_null))
}

struct Comparison<'a> {
    ours: &'a Value,
    theirs: &'a Value,
    /// Swagger does not say what may be null.
    nulls: bool,
    seen: BTreeSet<(String, String)>,
    properties: usize,
    differences: Vec<String>,
}

impl<'a> Comparison<'a> {
    fn new(ours: &'a Value, theirs: &'a Value, nulls: bool) -> Self {
        Self { ours, theirs, nulls, seen: BTreeSet::new(), properties: 0, differences: Vec::new() }
    }

    fn paths(&mut self) {
        for (path, theirs) in self.theirs["paths"].as_object().into_iter().flatten() {
            let Some(ours) = self.ours["paths"].get(path) else { continue };
            for (method, theirs) in theirs.as_object().into_iter().flatten() {
                let Some(ours) = ours.get(method) else { continue };
                let at = format!("{method} {path}");
                if self.nulls && query(ours) != query(theirs) {
                    self.differences.push(format!("{at}: options {:?} and {:?}", query(ours), query(theirs)));
                }
                match (answer(ours), answer(theirs)) {
                    (Some(ours), Some(theirs)) => self.schema(&at, ours, theirs),
                    (None, None) => {}
                    (ours, theirs) => {
                        self.differences.push(format!("{at}: a body? {} and {}", ours.is_some(), theirs.is_some()));
                    }
                }
            }
        }
    }

    fn schema(&mut self, at: &str, ours: &'a Value, theirs: &'a Value) {
        match (shape(self.ours, ours), shape(self.theirs, theirs)) {
            (Shape::Anything, _) | (_, Shape::Anything) => {}
            (Shape::Plain(ours), Shape::Plain(theirs)) if ours == theirs => {}
            // A version that counts has become an integer between two versions of the service.
            (Shape::Plain(ours), Shape::Plain(theirs)) if ours == "integer" && theirs == "number" => {}
            (Shape::OneOf(ours), Shape::OneOf(theirs)) if ours == theirs => {}
            (Shape::List(ours), Shape::List(theirs)) => self.schema(&format!("{at}[]"), ours, theirs),
            (Shape::Names(ours), Shape::Names(theirs)) => self.schema(&format!("{at}{{}}"), ours, theirs),
            (
                Shape::Object { properties: ours, kinds: our_kinds, name: our_name },
                Shape::Object { properties: theirs, kinds: their_kinds, name: their_name },
            ) => {
                if let (Some(ours), Some(theirs)) = (our_name, their_name)
                    && !self.seen.insert((ours.to_owned(), theirs.to_owned()))
                {
                    return;
                }
                for (name, ours) in ours {
                    let Some(theirs) = theirs.get(name) else { continue };
                    self.property(&format!("{at}.{name}"), ours, theirs);
                }
                for (tag, ours) in our_kinds {
                    let Some(theirs) = their_kinds.get(tag) else { continue };
                    let (ours, theirs) = (self.ours.pointer(&ours[1..]), self.theirs.pointer(&theirs[1..]));
                    let (ours, theirs) = ours.zip(theirs).expect("a kind is a component");
                    self.schema(&format!("{at} as {tag}"), ours, theirs);
                }
            }
            (ours, theirs) => self.differences.push(format!("{at}: {ours:?} and {theirs:?}")),
        }
    }

    fn property(&mut self, at: &str, ours: &'a Value, theirs: &'a Value) {
        self.properties += 1;
        let list = matches!(shape(self.ours, ours), Shape::List(_));
        // The kind of a value is never null, and the packages do not tell which lists are navigation properties.
        let certain = !list && !at.contains("@odata.");
        if self.nulls && certain && nullable(ours) != nullable(theirs) {
            self.differences.push(format!("{at}: may be null? {} and {}", nullable(ours), nullable(theirs)));
        }
        self.schema(at, ours, theirs);
    }
}

/// The schema of what an operation answers when it succeeds.
fn answer(operation: &Value) -> Option<&Value> {
    let responses = operation["responses"].as_object()?;
    let mut successes = responses.iter().filter(|(status, _)| status.starts_with('2'));
    successes.find_map(|(_, response)| {
        let openapi = response.pointer("/content/application~1json/schema");
        openapi.or_else(|| response.get("schema")).filter(|schema| !schema.is_null())
    })
}

fn query(operation: &Value) -> BTreeSet<&str> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters
        .filter(|parameter| parameter["in"] == "query")
        .filter_map(|parameter| parameter["name"].as_str())
        .collect()
}

/// The committed documents with their origin.
fn committed() -> Vec<(String, String, Value)> {
    let origin = |file: &str| serde_json::from_str::<Value>(file).unwrap()["origin"].as_str().unwrap().to_owned();
    own::FILES
        .into_iter()
        .map(|file| (own::open(file), origin(file)))
        .map(|((service, content), origin)| (service, origin, content))
        .collect()
}

#[test]
fn committed_and_shared_contracts_agree() {
    let Some(folder) = beside::folder() else {
        // Not `eprintln!`, which the test harness hides when tests pass.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** SKIPPED: there are no descriptions of Microsoft's to compare with ***\n"
        );
        return;
    };
    let committed = committed();
    let mut theirs: Vec<(String, Value, bool)> =
        beside::read(&folder).into_iter().map(|(service, content)| (service, content, true)).collect();
    for (name, origin) in AZURE {
        theirs.push((origin.to_owned(), beside::document(&folder.join(name)), false));
    }
    let mut differences = Vec::new();
    for (index, (service, theirs, nulls)) in theirs.iter().enumerate() {
        let mut properties = 0;
        for (_, _, ours) in
            committed.iter().filter(|(is, origin, _)| is == service || origin.starts_with(service.as_str()))
        {
            let mut comparison = Comparison::new(ours, theirs, *nulls);
            comparison.paths();
            properties += comparison.properties;
            differences.append(&mut comparison.differences);
        }
        assert!(properties > 5, "nothing was compared with document {index} of {service}: {properties} properties");
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
