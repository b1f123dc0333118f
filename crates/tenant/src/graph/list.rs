//! Collections and single entities: filter, order, page, expand, select.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::answer::{Answer, Failure};
use super::call::Call;
use super::filter::{order, property};
use super::query::Expand;

/// A row with all its structural properties.
pub type Row = Map<String, Value>;

/// Gives the value of a navigation property of a row.
pub type Navigate<'a> = Box<dyn Fn(&Row, &Expand) -> Result<Value, Failure> + 'a>;

/// What a collection needs besides its rows.
pub struct Shape<'a> {
    /// The part of `@odata.context` after `#`, before any projection.
    pub context: String,
    /// The entity type's name without its namespace, for messages.
    pub type_name: Cow<'a, str>,
    /// The navigation properties that can be expanded.
    pub navigation: Vec<&'a str>,
    /// Properties that are shown only to those who select them.
    pub hidden: &'static [&'static str],
    /// Rows are of several types: what one of them does not have may be selected all the same.
    pub mixed: bool,
    /// The value of a navigation property of a row.
    pub expand: Navigate<'a>,
}

impl<'a> Shape<'a> {
    /// A collection without anything to expand.
    pub fn plain(context: impl Into<String>, type_name: &'a str) -> Self {
        Self {
            context: context.into(),
            type_name: type_name.into(),
            navigation: Vec::new(),
            hidden: &[],
            mixed: false,
            expand: Box::new(|_, _| Ok(Value::Null)),
        }
    }
}

/// Answer a call for a collection.
pub fn collection(call: &Call, mut rows: Vec<Row>, shape: &Shape) -> Result<Answer, Failure> {
    let query = &call.query;
    if let Some(sample) = rows.first()
        && let Some((path, _)) = query.order.iter().find(|(path, _)| !has(sample, first(path)))
    {
        let text = format!("Could not find a property named '{}' on type '{}'.", first(path), full(shape));
        return Err(Failure::bad_request(text));
    }
    if let (Some(filter), Some(sample)) = (&query.filter, rows.first()) {
        let mut unknown = None;
        filter.visit(&mut |path, _| {
            let name = first(path);
            if !has(sample, name) {
                unknown = Some(name.to_owned());
            }
        });
        if let Some(name) = unknown {
            let text = format!("Could not find a filterable property named '{name}' on type '{}'.", full(shape));
            return Err(Failure::invalid_filter(text));
        }
    }
    if let Some(filter) = &query.filter {
        rows.retain(|row| filter.matches(row));
    }
    if !query.order.is_empty() {
        rows.sort_by(|a, b| compare(a, b, &query.order));
    }
    let count = rows.len();
    // `$top` is the size of the pages that the caller wants, but they are no larger than the service's.
    let size = query.top.unwrap_or(usize::MAX).min(call.app.scenario.switches.page_size.max(1));
    let first = query.skip + query.offset;
    let page = rows.into_iter().skip(first).take(size);
    let page = page.map(|row| present(call, row, shape)).collect::<Result<Vec<Value>, Failure>>()?;
    let next = query.offset + page.len();
    let more = query.skip + next < count && !page.is_empty();

    let mut body = Map::new();
    body.insert("@odata.context".to_owned(), context(call, &shape.context, ""));
    if query.count {
        body.insert("@odata.count".to_owned(), json!(count));
    }
    if more {
        body.insert("@odata.nextLink".to_owned(), json!(format!("{}?{}", call.url(), query.next(next))));
    }
    body.insert("value".to_owned(), Value::Array(page));
    Ok(Answer::ok(Value::Object(body)))
}

/// One entity on its own, with its context.
pub fn entity(call: &Call, row: Row, shape: &Shape) -> Result<Value, Failure> {
    let mut body = Map::new();
    body.insert("@odata.context".to_owned(), context(call, &shape.context, "/$entity"));
    if let Value::Object(row) = present(call, row, shape)? {
        body.extend(row);
    }
    Ok(Value::Object(body))
}

/// What a navigation property leads to; nothing is an answer, too (OData: 204).
pub fn related(call: &Call, value: Value, context: String) -> Result<Answer, Failure> {
    let Value::Object(row) = value else { return Ok(Answer::no_content()) };
    entity(call, row, &Shape::plain(context, "entity")).map(Answer::ok)
}

fn context(call: &Call, what: &str, suffix: &str) -> Value {
    json!(format!("{}/$metadata#{what}{}{suffix}", call.root(), call.query.projection()))
}

fn full(shape: &Shape) -> String {
    format!("microsoft.graph.{}", shape.type_name)
}

fn has(row: &Row, name: &str) -> bool {
    row.keys().any(|key| key.eq_ignore_ascii_case(name))
}

/// Expand, then select.
fn present(call: &Call, row: Row, shape: &Shape) -> Result<Value, Failure> {
    let missing = |name: &str| {
        let text = format!(
            "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{}'.",
            full(shape)
        );
        Failure::bad_request(text)
    };
    let mut expanded = Vec::new();
    for expand in &call.query.expand {
        let names: Vec<&str> = match expand.name.as_str() {
            "*" => shape.navigation.clone(),
            name => {
                let known = shape.navigation.iter().copied().find(|known| known.eq_ignore_ascii_case(name));
                vec![known.ok_or_else(|| missing(name))?]
            }
        };
        for name in names {
            let wanted = Expand { name: name.to_owned(), ..expand.clone() };
            expanded.push((name, select((shape.expand)(&row, &wanted)?, &expand.select)));
        }
    }
    // A path selects what it begins with, and what is expanded may be named as well.
    let known = |name: &str| has(&row, name) || shape.navigation.iter().any(|known| known.eq_ignore_ascii_case(name));
    let selected: Vec<String> = call.query.select.iter().map(|path| first(path).to_owned()).collect();
    if let Some(name) = selected.iter().find(|name| !known(name)).filter(|_| !shape.mixed) {
        return Err(missing(name));
    }
    let mut row = row;
    if selected.is_empty() {
        shape.hidden.iter().for_each(|name| {
            row.remove(*name);
        });
    }
    let mut row = row_of(select(Value::Object(row), &selected));
    row.extend(expanded.into_iter().map(|(name, value)| (name.to_owned(), value)));
    Ok(Value::Object(row))
}

/// The property that a path begins with.
fn first(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

fn row_of(value: Value) -> Row {
    match value {
        Value::Object(row) => row,
        _ => Row::new(),
    }
}

/// Keep the selected properties, and annotations.
pub fn select(value: Value, names: &[String]) -> Value {
    match value {
        Value::Object(row) if !names.is_empty() => row
            .into_iter()
            .filter(|(key, _)| key.starts_with('@') || names.iter().any(|name| name.eq_ignore_ascii_case(key)))
            .collect::<Row>()
            .into(),
        Value::Array(rows) => rows.into_iter().map(|row| select(row, names)).collect(),
        other => other,
    }
}

fn compare(a: &Row, b: &Row, by: &[(String, bool)]) -> Ordering {
    by.iter()
        .map(|(path, descending)| {
            let (a, b) = (property(a, path), property(b, path));
            // Nothing comes before something.
            let ascending = order(a, b).unwrap_or_else(|| b.is_null().cmp(&a.is_null()));
            if *descending { ascending.reverse() } else { ascending }
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}
