//! A report as a tree of values: told as text for people and as JSON for programs, so that both say the same. Pure.

use std::fmt::{self, Write};

use serde::{Serialize, Serializer, ser::SerializeMap};

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    None,
    Flag(bool),
    Number(u64),
    Text(String),
    /// A word of our own.
    Word(String),
    /// An id that stays whole.
    Id(String),
    List(Vec<Self>),
    /// In this order.
    Table(Vec<(String, Self)>),
}

impl Node {
    /// A table with these names.
    pub fn table<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::Table(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub fn list(values: impl IntoIterator<Item = impl Into<Self>>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }

    pub fn word(word: &str) -> Self {
        Self::Word(word.to_owned())
    }

    /// With every text in it, and every id, put through these. Words, and the names of entries, are our own.
    pub fn map(self, text: &impl Fn(&str) -> String, id: &impl Fn(&str) -> String) -> Self {
        match self {
            Self::Text(it) => Self::Text(text(&it)),
            Self::Id(it) => Self::Id(id(&it)),
            Self::List(values) => Self::List(values.into_iter().map(|value| value.map(text, id)).collect()),
            Self::Table(entries) => {
                Self::Table(entries.into_iter().map(|(name, value)| (name, value.map(text, id))).collect())
            }
            own @ (Self::None | Self::Flag(_) | Self::Number(_) | Self::Word(_)) => own,
        }
    }

    fn is_single(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Table(_))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Node {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<usize> for Node {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl<T: Into<Self>> From<Option<T>> for Node {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Text(text) | Self::Word(text) | Self::Id(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Table(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (name, value) in entries {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// A table as a page: what is one value first, then each of the others under its name.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Table(entries) = self else { return f.write_str(&line(self)) };
        for (name, value) in entries.iter().filter(|entry| entry.1.is_single()) {
            writeln!(f, "{}: {}", words(name), line(value))?;
        }
        for (name, value) in entries.iter().filter(|entry| !entry.1.is_single()) {
            writeln!(f, "\n{}", words(name))?;
            match value {
                Self::List(values) if values.is_empty() => writeln!(f, "  none")?,
                Self::List(values) => values.iter().try_for_each(|value| writeln!(f, "  {}", line(value)))?,
                Self::Table(entries) => {
                    entries.iter().try_for_each(|(name, value)| writeln!(f, "  {}: {}", words(name), line(value)))?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A value in one line. What is not there is left out of a table.
fn line(value: &Node) -> String {
    match value {
        Node::None => "-".to_owned(),
        Node::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Node::Number(number) => number.to_string(),
        Node::Text(text) | Node::Word(text) | Node::Id(text) => text.clone(),
        Node::List(values) => values.iter().map(line).collect::<Vec<_>>().join(", "),
        Node::Table(entries) => {
            let there = entries.iter().filter(|entry| entry.1 != Node::None);
            there.map(|(name, value)| format!("{}: {}", words(name), line(value))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// `correlationId` as words.
fn words(name: &str) -> String {
    let mut told = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            let _ = write!(told, " {}", c.to_ascii_lowercase());
        } else {
            told.push(c);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Node {
        Node::table([
            ("rows", Node::list([Node::table([("asOf", "now".into()), ("gone", Node::None)])])),
            ("made", "today".into()),
            ("places", Node::table([("here", Node::list(["a", "b"])), ("there", Node::None)])),
            ("names", false.into()),
            ("empty", Node::List(Vec::new())),
        ])
    }

    #[test]
    fn people_and_programs_are_told_the_same_in_the_same_order() {
        let text =
            "made: today\nnames: no\n\nrows\n  as of: now\n\nplaces\n  here: a, b\n  there: -\n\nempty\n  none\n";
        assert_eq!(page().to_string(), text);
        let json = r#"{"rows":[{"asOf":"now","gone":null}],"made":"today","places":{"here":["a","b"],"there":null},"names":false,"empty":[]}"#;
        assert_eq!(serde_json::to_string(&page()).unwrap(), json);
    }

    #[test]
    fn no_text_is_left_out_of_a_change() {
        let more = Node::table([("word", Node::word("own")), ("id", Node::Id("7".into())), ("page", page())]);
        let changed = more.map(&|text| format!("<{text}>"), &|id| format!("({id})"));
        let changed = serde_json::to_string(&changed).unwrap();
        for text in [r#""made":"<today>""#, r#""asOf":"<now>""#, r#"["<a>","<b>"]"#, r#""word":"own""#, r#""id":"(7)""#]
        {
            assert!(changed.contains(text), "{changed}");
        }
    }
}
