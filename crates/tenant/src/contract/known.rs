//! What need not be validated again, because its like was found to be right before.
//!
//! Every answer of every tenant is held against the contract, in tests with hundreds of thousands of answers, too. Nearly all
//! are like one that came before: the same but for moments and ids. A schema cannot tell those apart ([`shape`]), so that the
//! verdict on the first is the verdict on all of them. Of a list, whose rows are right or wrong each for itself, only the rows
//! are validated that are unlike any before. What was wrong is never taken as known.

use std::{
    borrow::Cow,
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Mutex, PoisonError},
};

use serde_json::Value;
use uuid::Uuid;

use super::schema;

/// Characters of a GUID with its hyphens.
const GUID: usize = 36;

/// Shapes that were right, with what they are the shape of: where, and whether a whole answer or a row.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashSet<u64>>);

/// An answer's shapes, to be kept once it has been found right.
pub(super) struct Shapes(Vec<u64>);

impl Known {
    /// What of an answer is unlike everything that was right in this place; `None` if nothing is.
    pub(super) fn unlike<'a>(&self, place: &str, body: &'a Value) -> Option<(Cow<'a, Value>, Shapes)> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(rows) = body.get("value").and_then(Value::as_array) else {
            let whole = hash(place, "", body);
            return (!known.contains(&whole)).then(|| (Cow::Borrowed(body), Shapes(vec![whole])));
        };
        let (mut shapes, mut fresh) = (Vec::new(), Vec::new());
        for row in rows {
            let shape = hash(place, "row", row);
            // One like it in the same list is enough, too.
            if !known.contains(&shape) && !shapes.contains(&shape) {
                shapes.push(shape);
                fresh.push(row);
            }
        }
        let around = around(place, body);
        if fresh.is_empty() && known.contains(&around) {
            return None;
        }
        shapes.push(around);
        if fresh.len() == rows.len() {
            return Some((Cow::Borrowed(body), Shapes(shapes)));
        }
        let mut rest = body.clone();
        rest["value"] = fresh.into_iter().cloned().collect();
        Some((Cow::Owned(rest), Shapes(shapes)))
    }

    /// These were right.
    pub(super) fn learn(&self, Shapes(shapes): Shapes) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(shapes);
    }
}

fn hash(place: &str, part: &str, value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    (place, part).hash(&mut hasher);
    shape(value, &mut hasher);
    hasher.finish()
}

/// A list without its rows.
fn around(place: &str, body: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    (place, "around").hash(&mut hasher);
    for (name, value) in body.as_object().into_iter().flatten().filter(|(name, _)| *name != "value") {
        name.hash(&mut hasher);
        shape(value, &mut hasher);
    }
    hasher.finish()
}

/// All that a schema can see of a value. Of text that is words of an enumeration, names of types, and whether it is a moment or
/// a length of time: so all text counts as it is, but for moments, which are all alike, and the GUIDs within it.
fn shape(value: &Value, into: &mut DefaultHasher) {
    match value {
        Value::Null => 0_u8.hash(into),
        Value::Bool(_) => 1_u8.hash(into),
        Value::Number(number) => (2_u8, number.is_f64()).hash(into),
        // Most text is none, which its beginning tells.
        Value::String(text) if text.as_bytes().get(10) == Some(&b'T') && schema::is_moment(text) => 3_u8.hash(into),
        Value::String(text) => {
            4_u8.hash(into);
            without_guids(text).hash(into);
        }
        Value::Array(values) => {
            (5_u8, values.len()).hash(into);
            for value in values {
                shape(value, into);
            }
        }
        Value::Object(members) => {
            (6_u8, members.len()).hash(into);
            for (name, value) in members {
                name.hash(into);
                shape(value, into);
            }
        }
    }
}

/// Text in which all GUIDs are the same.
pub(super) fn without_guids(text: &str) -> Cow<'_, str> {
    let mut replaced = Cow::Borrowed(text);
    let mut at = 0;
    while let Some(part) = replaced.get(at..).filter(|rest| rest.len() >= GUID) {
        // The first hyphen of a GUID is its ninth character.
        let Some(hyphen) = part.find('-') else { break };
        let found = hyphen.checked_sub(8).map(|start| at + start);
        let guid =
            found.and_then(|start| replaced.get(start..start + GUID)).filter(|guid| Uuid::try_parse(guid).is_ok());
        match (found, guid) {
            (Some(start), Some(_)) => {
                replaced.to_mut().replace_range(start..start + GUID, "{}");
                at = start + 2;
            }
            _ => at += hyphen + 1,
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ONE: &str = "8f14e45f-ceea-467f-a8d5-1c3b1c1a0001";
    const OTHER: &str = "8f14e45f-ceea-467f-a8d5-1c3b1c1a0002";

    #[test]
    fn guids_are_alike_and_all_other_text_differs() {
        for (text, expected) in [
            ("", ""),
            ("selfActivate", "selfActivate"),
            (ONE, "{}"),
            (&format!("{ONE}_member_{OTHER}"), "{}_member_{}"),
            (&format!("ä{ONE}"), "ä{}"),
            (&format!("x-y-{ONE}-z"), "x-y-{}-z"),
            (&format!("/subscriptions/{ONE}/resourceGroups/rg-a"), "/subscriptions/{}/resourceGroups/rg-a"),
            ("8f14e45f-ceea-467f-a8d5-1c3b1c1a000g", "8f14e45f-ceea-467f-a8d5-1c3b1c1a000g"),
            ("------------------------------------ä", "------------------------------------ä"),
        ] {
            assert_eq!(without_guids(text), expected);
        }
    }

    #[test]
    fn only_what_no_schema_can_tell_apart_has_the_same_shape() {
        let same = [
            (
                json!({ "id": ONE, "at": "2026-11-29T10:00:00Z" }),
                json!({ "id": OTHER, "at": "2027-01-01T00:00:00.123+01:00" }),
            ),
            (json!("2026-11-29T10:00:00"), json!("2026-11-30T10:00:00Z")),
            (json!([true, 1, null]), json!([false, 2, null])),
        ];
        for (one, other) in same {
            assert_eq!(hash("p", "", &one), hash("p", "", &other), "{one} {other}");
        }
        let different = [
            (json!("2026-11-29T10:00:00Z"), json!("2026-11-29 at ten")),
            (json!("2026-11-29T10:00:00Z"), json!("2026-11-29T25:00:00Z")),
            (json!(ONE), json!("PT8H")),
            (json!("PT8H"), json!("8 hours")),
            (json!({ "id": ONE }), json!({ "idd": ONE })),
            (json!({ "id": ONE }), json!({ "id": ONE, "more": null })),
            (json!(1), json!(1.5)),
            (json!(1), json!("1")),
            (json!([]), json!({})),
            (json!(null), json!("")),
        ];
        for (one, other) in different {
            assert_ne!(hash("p", "", &one), hash("p", "", &other), "{one} {other}");
        }
        assert_ne!(hash("p", "", &json!(1)), hash("q", "", &json!(1)));
    }

    #[test]
    fn of_a_list_only_the_new_rows_are_left() {
        let known = Known::default();
        let fresh = |body: &Value| {
            let (rest, shapes) = known.unlike("list", body)?;
            let rest = rest.into_owned();
            known.learn(shapes);
            Some(rest)
        };
        let (row, new) = (json!({ "id": ONE }), json!({ "id": ONE, "status": "Granted" }));
        let list = |rows: &[&Value]| json!({ "@odata.context": "x", "value": rows });
        assert_eq!(fresh(&list(&[&row, &row])), Some(list(&[&row])));
        assert_eq!(fresh(&list(&[&row])), None);
        assert_eq!(fresh(&list(&[])), None);
        assert_eq!(fresh(&list(&[&row, &new, &json!({ "id": OTHER })])), Some(list(&[&new])));
        // What is around the rows counts as well, and so do rows that are none.
        assert!(fresh(&json!({ "@odata.context": "x", "values": [] })).is_some());
        assert!(fresh(&json!({ "@odata.context": "x", "more": 1, "value": [row] })).is_some());
        assert!(fresh(&json!({ "@odata.context": "x", "value": row })).is_some());
        assert_eq!(fresh(&json!({ "@odata.context": "x", "value": [row] })), None);
        assert!(known.unlike("elsewhere", &list(&[&row])).is_some());
    }

    #[test]
    fn what_was_not_found_right_stays_unknown() {
        let known = Known::default();
        for _ in 0..2 {
            assert!(known.unlike("place", &json!({ "error": {} })).is_some());
        }
    }
}
