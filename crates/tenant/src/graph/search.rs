//! `$search` of the directory: `"displayName:may" OR "mail:may"`.

use super::list::Row;

/// A parsed search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Both.
    And(Box<Search>, Box<Search>),
    /// Either.
    Or(Box<Search>, Box<Search>),
    /// A property with a word that begins so.
    Term(String, String),
}

impl Search {
    /// Read the value of `$search`: quoted terms joined by `AND` and `OR`, which bind alike, from the left.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text.trim();
        let mut found = term(&mut rest)?;
        while !rest.is_empty() {
            let (operator, after) = rest.split_once(char::is_whitespace).ok_or("an operator without a second term")?;
            rest = after.trim_start();
            let next = Box::new(term(&mut rest)?);
            found = match operator {
                "AND" => Self::And(Box::new(found), next),
                "OR" => Self::Or(Box::new(found), next),
                other => return Err(format!("'{other}' is neither AND nor OR")),
            };
        }
        Ok(found)
    }

    /// Whether a row passes.
    pub fn matches(&self, row: &Row) -> bool {
        match self {
            Self::And(a, b) => a.matches(row) && b.matches(row),
            Self::Or(a, b) => a.matches(row) || b.matches(row),
            Self::Term(property, start) => {
                let value = row.iter().find(|(name, _)| name.eq_ignore_ascii_case(property));
                value.and_then(|(_, value)| value.as_str()).is_some_and(|text| begins(text, start))
            }
        }
    }

    /// The properties that are searched.
    pub fn properties(&self) -> Vec<&str> {
        match self {
            Self::And(a, b) | Self::Or(a, b) => a.properties().into_iter().chain(b.properties()).collect(),
            Self::Term(property, _) => vec![property],
        }
    }
}

/// Whether a text, or a word in it, begins so.
fn begins(text: &str, start: &str) -> bool {
    let (text, start) = (text.to_lowercase(), start.to_lowercase());
    text.starts_with(&start) || text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&start))
}

/// `"displayName:may"`.
fn term(rest: &mut &str) -> Result<Search, String> {
    let inner = rest.strip_prefix('"').ok_or("a term is not in double quotes")?;
    let (quoted, after) = inner.split_once('"').ok_or("there is an unterminated string literal")?;
    *rest = after.trim_start();
    let (property, value) = quoted.split_once(':').ok_or("a term has no property")?;
    Ok(Search::Term(property.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn searches_as_clients_write_them() {
        let row = json!({ "displayName": "Inês Carvalho", "mail": "ines@contoso.example" });
        let row = row.as_object().unwrap();
        for (search, expected) in [
            (r#""displayName:carv""#, true),
            (r#""displayName:Inês C""#, true),
            (r#""displayName:alho""#, false),
            (r#""displayName:zzz" OR "mail:ines""#, true),
            (r#""displayName:zzz" AND "mail:ines""#, false),
            (r#""mail:contoso""#, true),
        ] {
            assert_eq!(Search::parse(search).unwrap().matches(row), expected, "{search}");
        }
        for wrong in ["", "displayName:x", r#""displayName""#, r#""a:b" NOT "c:d""#, r#""a:b" OR"#, r#""a:b"#] {
            assert!(Search::parse(wrong).is_err(), "{wrong}");
        }
    }
}
