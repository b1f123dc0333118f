//! Records as lines of a file: CSV (RFC 4180) and JSON Lines, safe for whoever opens them.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::{
    codes,
    model::{AuditRecord, Target},
};

/// The columns, in the order of the cells.
const COLUMNS: [&str; 25] = [
    "time",
    "activity",
    "result",
    "reason",
    "person",
    "person_username",
    "person_id",
    "role",
    "role_id",
    "subject",
    "subject_username",
    "subject_id",
    "subject_type",
    "scope",
    "scope_id",
    "start",
    "end",
    "ticket_number",
    "ticket_system",
    "category",
    "service",
    "operation",
    "correlation_id",
    "id",
    "details",
];

/// A cell is no longer than a spreadsheet takes.
const LONGEST_CELL: usize = 32_000;

/// What a spreadsheet takes for the beginning of a formula, the full-width forms of it too (OWASP, "CSV Injection").
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The first line of a CSV.
pub(super) fn head() -> String {
    line(COLUMNS.into_iter().map(str::to_owned))
}

/// A record as a line of a CSV.
pub(super) fn csv(record: &AuditRecord) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let of = |target: &Option<Target>, part: fn(&Target) -> &Option<String>| {
        target.as_ref().map(|target| text(part(target))).unwrap_or_default()
    };
    let at = |at: &Option<DateTime<Utc>>| at.map(stamp).unwrap_or_default();
    let (role, subject, scope) = (&record.role, &record.subject, &record.scope);
    let details: Vec<String> = record.details.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    line([
        stamp(record.at),
        record.activity.clone(),
        record.result.word().to_owned(),
        text(&record.reason),
        text(&record.by.name),
        text(&record.by.username),
        text(&record.by.id),
        of(role, |role| &role.name),
        of(role, |role| &role.id),
        of(subject, |subject| &subject.name),
        of(subject, |subject| &subject.username),
        of(subject, |subject| &subject.id),
        of(subject, |subject| &subject.kind),
        of(scope, |scope| &scope.name),
        of(scope, |scope| &scope.id),
        at(&record.start),
        at(&record.end),
        text(&record.ticket),
        text(&record.ticket_system),
        text(&record.category),
        text(&record.service),
        text(&record.operation),
        text(&record.correlation_id),
        record.id.clone(),
        details.join("; "),
    ])
}

/// A record as a line of JSON. What turns the writing direction around, and what some readers take for the end of a line, is
/// escaped: the text stays the same, and an editor shows it as it is.
pub(super) fn json(record: &AuditRecord) -> String {
    let plain = serde_json::to_string(record).unwrap_or_default();
    let mut line = String::with_capacity(plain.len() + 1);
    for letter in plain.chars() {
        match letter {
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{7f}'..='\u{9f}' => {
                let code = format!("\\u{:04x}", u32::from(letter));
                line.push_str(&code);
            }
            letter => line.push(letter),
        }
    }
    line.push('\n');
    line
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(&text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// No control characters, nothing that turns the writing direction around, nothing that a spreadsheet would compute.
fn cell(text: &str) -> String {
    let mut text = codes::clean(text, LONGEST_CELL);
    if text.starts_with(FORMULA) {
        text.insert(0, '\'');
    }
    if text.contains(['"', ',', ';', '\'']) || text.starts_with(' ') {
        text = format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::tests::record, *};
    use crate::model::Actor;

    /// As RFC 4180 reads a line.
    fn cells(line: &str) -> Vec<String> {
        let line = line.strip_suffix("\r\n").expect("a whole line");
        let (mut cells, mut quoted) = (vec![String::new()], false);
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            let cell = cells.last_mut().expect("never empty");
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                letter => cell.push(letter),
            }
        }
        assert!(!quoted, "{line}");
        cells
    }

    #[test]
    fn nothing_that_somebody_is_called_is_computed() {
        for name in ["=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "＝1", "\u{202e}=1"]
        {
            let mut hostile = record("one", "2026-11-23T12:00:00Z");
            hostile.by = Actor { name: Some(name.into()), ..Actor::default() };
            let shown = cells(&csv(&hostile)).remove(4);
            assert!(shown.starts_with('\''), "{name:?}: {shown:?}");
        }
        assert_eq!(cell("Inês \"Ines\", Carvalho"), "\"Inês \"\"Ines\"\", Carvalho\"");
        assert_eq!(cells(&head()), COLUMNS);
    }

    proptest! {
        #[test]
        fn whatever_the_names_there_is_one_line_with_all_cells(names in prop::collection::vec(any::<String>(), 4)) {
            let mut record = record("one", "2026-11-23T12:00:00Z");
            record.activity = names[0].clone();
            record.reason = Some(names[1].clone());
            record.by.name = Some(names[2].clone());
            record.details = vec![(names[3].clone(), names[2].clone())];
            let line = csv(&record);
            prop_assert_eq!(line.matches('\n').count(), 1);
            let cells = cells(&line);
            prop_assert_eq!(cells.len(), COLUMNS.len());
            prop_assert!(cells.iter().all(|cell| !cell.starts_with(FORMULA)));
            prop_assert!(!line.trim_end().contains(char::is_control));
            let line = json(&record);
            prop_assert_eq!(line.matches('\n').count(), 1);
            let turns = ['\u{202e}', '\u{2066}', '\u{2028}'];
            prop_assert!(!line.contains(turns));
            prop_assert_eq!(serde_json::from_str::<AuditRecord>(&line).ok(), Some(record));
        }
    }
}
