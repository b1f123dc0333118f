//! `$filter`: the part of OData's language that PIM's collections understand.
//!
//! `eq ne gt ge lt le in startswith not and or any` and parentheses, on properties and paths, against strings, GUIDs,
//! instants, numbers, `true`, `false` and `null`.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// A parsed filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Both.
    And(Box<Filter>, Box<Filter>),
    /// Either.
    Or(Box<Filter>, Box<Filter>),
    /// The opposite.
    Not(Box<Filter>),
    /// A property compared with a value.
    Compare(String, Comparison, Value),
    /// A property that is one of several values.
    In(String, Vec<Value>),
    /// A property that starts with a text.
    StartsWith(String, String),
    /// A list of which one item passes; paths within are the item's own.
    Any(String, Box<Filter>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
}

/// Deeper parentheses are refused.
const DEEPEST: usize = 64;

impl Filter {
    /// Parse the text of `$filter`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let mut parser = Parser { tokens: &tokens, at: 0, depth: 0 };
        let filter = parser.or()?;
        match parser.tokens.get(parser.at) {
            None => Ok(filter),
            Some(token) => Err(format!("unexpected {token:?}")),
        }
    }

    /// Whether a row passes.
    pub fn matches(&self, row: &Map<String, Value>) -> bool {
        match self {
            Self::And(a, b) => a.matches(row) && b.matches(row),
            Self::Or(a, b) => a.matches(row) || b.matches(row),
            Self::Not(inner) => !inner.matches(row),
            Self::In(path, values) => values.iter().any(|value| compare(property(row, path), Comparison::Eq, value)),
            Self::Compare(path, comparison, value) => compare(property(row, path), *comparison, value),
            Self::Any(path, inner) => {
                let items = property(row, path).as_array().into_iter().flatten();
                items.filter_map(Value::as_object).any(|item| inner.matches(item))
            }
            Self::StartsWith(path, start) => {
                property(row, path).as_str().is_some_and(|text| text.to_lowercase().starts_with(&start.to_lowercase()))
            }
        }
    }

    /// Visit every property that the filter mentions, with the value that it is required to equal, if so.
    pub fn visit(&self, seen: &mut dyn FnMut(&str, Option<&Value>)) {
        match self {
            Self::And(a, b) | Self::Or(a, b) => {
                a.visit(seen);
                b.visit(seen);
            }
            Self::Not(inner) => inner.visit(&mut |path, _| seen(path, None)),
            Self::Compare(path, Comparison::Eq, value) => seen(path, Some(value)),
            Self::Compare(path, ..) | Self::StartsWith(path, _) | Self::Any(path, _) => seen(path, None),
            Self::In(path, values) => values.iter().for_each(|value| seen(path, Some(value))),
        }
    }

    /// Whether the directory answers it only with eventual consistency.
    pub fn is_advanced(&self) -> bool {
        match self {
            Self::And(a, b) | Self::Or(a, b) => a.is_advanced() || b.is_advanced(),
            Self::Not(_) | Self::Compare(_, Comparison::Ne, _) => true,
            Self::Compare(..) | Self::In(..) | Self::StartsWith(..) | Self::Any(..) => false,
        }
    }

    /// The conditions joined by `and` at the top.
    pub fn conditions(&self) -> Vec<&Self> {
        match self {
            Self::And(a, b) => a.conditions().into_iter().chain(b.conditions()).collect(),
            other => vec![other],
        }
    }

    /// The same with paths that begin at a variable, within `any`.
    fn within(self, variable: &str) -> Result<Self, String> {
        let start = format!("{variable}/");
        let own = |path: String| {
            let rest = path.strip_prefix(&start).map(str::to_owned);
            rest.ok_or_else(|| format!("'{path}' does not begin with '{variable}'"))
        };
        let inner = |filter: Box<Self>| Ok::<_, String>(Box::new(filter.within(variable)?));
        Ok(match self {
            Self::And(a, b) => Self::And(inner(a)?, inner(b)?),
            Self::Or(a, b) => Self::Or(inner(a)?, inner(b)?),
            Self::Not(a) => Self::Not(inner(a)?),
            Self::Compare(path, comparison, value) => Self::Compare(own(path)?, comparison, value),
            Self::In(path, values) => Self::In(own(path)?, values),
            Self::StartsWith(path, start) => Self::StartsWith(own(path)?, start),
            Self::Any(path, filter) => Self::Any(own(path)?, filter),
        })
    }

    /// The value that a property must equal for any row to pass: one of the conditions joined by `and` at the top.
    pub fn required(&self, wanted: &str) -> Option<&Value> {
        match self {
            Self::And(a, b) => a.required(wanted).or_else(|| b.required(wanted)),
            Self::Compare(path, Comparison::Eq, value) if path.eq_ignore_ascii_case(wanted) => Some(value),
            _ => None,
        }
    }
}

/// The value at a path of property names; `null` where there is none.
pub fn property<'a>(row: &'a Map<String, Value>, path: &str) -> &'a Value {
    const NOTHING: &Value = &Value::Null;
    let mut object = row;
    let mut found = NOTHING;
    for name in path.split('/') {
        found = object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or(NOTHING, |(_, value)| value);
        match found.as_object() {
            Some(inner) => object = inner,
            None => break,
        }
    }
    found
}

fn compare(found: &Value, comparison: Comparison, wanted: &Value) -> bool {
    let order = order(found, wanted);
    match comparison {
        Comparison::Eq => order == Some(Ordering::Equal),
        Comparison::Ne => order != Some(Ordering::Equal),
        Comparison::Gt => order == Some(Ordering::Greater),
        Comparison::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Comparison::Lt => order == Some(Ordering::Less),
        Comparison::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
    }
}

/// How two values compare: instants as instants, texts without regard to case, as the service does.
pub fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Null, Value::Null) => Some(Ordering::Equal),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::String(a), Value::String(b)) => match (instant(a), instant(b)) {
            (Some(a), Some(b)) => Some(a.cmp(&b)),
            _ => Some(a.to_lowercase().cmp(&b.to_lowercase())),
        },
        _ => None,
    }
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    text.parse().ok()
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open,
    Close,
    Comma,
    Colon,
    Text(String),
    /// A name, keyword or literal without quotes.
    Word(String),
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(next) = chars.next() {
        match next {
            c if c.is_whitespace() => {}
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            ',' => tokens.push(Token::Comma),
            '\'' => {
                let mut quoted = String::new();
                loop {
                    match chars.next() {
                        None => return Err("there is an unterminated string literal".to_owned()),
                        // Two quotes stand for one.
                        Some('\'') if chars.peek() == Some(&'\'') => {
                            chars.next();
                            quoted.push('\'');
                        }
                        Some('\'') => break,
                        Some(c) => quoted.push(c),
                    }
                }
                tokens.push(Token::Text(quoted));
            }
            c => {
                let mut word = c.to_string();
                // A name before a colon is a variable; instants begin with a digit.
                let (variable, mut colon) = (c.is_alphabetic(), false);
                while let Some(c) = chars.next_if(|c| !c.is_whitespace() && !"(),'".contains(*c)) {
                    if variable && c == ':' {
                        colon = true;
                        break;
                    }
                    word.push(c);
                }
                tokens.push(Token::Word(word));
                if colon {
                    tokens.push(Token::Colon);
                }
            }
        }
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn next(&mut self) -> Result<&Token, String> {
        let token = self.tokens.get(self.at).ok_or("the expression ends too early")?;
        self.at += 1;
        Ok(token)
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), String> {
        let token = self.next()?;
        if token == wanted { Ok(()) } else { Err(format!("expected {wanted:?}, found {token:?}")) }
    }

    fn keyword(&mut self, wanted: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word == wanted);
        if found {
            self.at += 1;
        }
        found
    }

    fn or(&mut self) -> Result<Filter, String> {
        let mut filter = self.and()?;
        while self.keyword("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.and()?));
        }
        Ok(filter)
    }

    fn and(&mut self) -> Result<Filter, String> {
        let mut filter = self.condition()?;
        while self.keyword("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.condition()?));
        }
        Ok(filter)
    }

    fn condition(&mut self) -> Result<Filter, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("the expression is nested too deeply".to_owned());
        }
        let filter = if self.keyword("not") {
            Filter::Not(Box::new(self.condition()?))
        } else if self.tokens.get(self.at) == Some(&Token::Open) {
            self.at += 1;
            let filter = self.or()?;
            self.expect(&Token::Close)?;
            filter
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(filter)
    }

    fn comparison(&mut self) -> Result<Filter, String> {
        let name = self.name()?;
        if self.tokens.get(self.at) == Some(&Token::Open) {
            return self.function(&name);
        }
        let operator = self.name()?;
        let comparison = match operator.as_str() {
            "eq" => Comparison::Eq,
            "ne" => Comparison::Ne,
            "gt" => Comparison::Gt,
            "ge" => Comparison::Ge,
            "lt" => Comparison::Lt,
            "le" => Comparison::Le,
            "in" => return self.list(name),
            other => return Err(format!("unknown operator '{other}'")),
        };
        Ok(Filter::Compare(name, comparison, self.literal()?))
    }

    fn function(&mut self, name: &str) -> Result<Filter, String> {
        if let Some(path) = name.strip_suffix("/any") {
            self.expect(&Token::Open)?;
            let variable = self.name()?;
            self.expect(&Token::Colon)?;
            let inner = self.or()?.within(&variable)?;
            self.expect(&Token::Close)?;
            return Ok(Filter::Any(path.to_owned(), Box::new(inner)));
        }
        if !name.eq_ignore_ascii_case("startswith") {
            return Err(format!("unknown function '{name}'"));
        }
        self.expect(&Token::Open)?;
        let path = self.name()?;
        self.expect(&Token::Comma)?;
        let Token::Text(start) = self.next()?.clone() else {
            return Err("startswith takes a string literal".to_owned());
        };
        self.expect(&Token::Close)?;
        Ok(Filter::StartsWith(path, start))
    }

    fn list(&mut self, name: String) -> Result<Filter, String> {
        self.expect(&Token::Open)?;
        let mut values = vec![self.literal()?];
        loop {
            match self.next()? {
                Token::Comma => values.push(self.literal()?),
                Token::Close => return Ok(Filter::In(name, values)),
                token => return Err(format!("unexpected {token:?} in a list")),
            }
        }
    }

    fn name(&mut self) -> Result<String, String> {
        match self.next()? {
            Token::Word(word) => Ok(word.clone()),
            token => Err(format!("expected a name, found {token:?}")),
        }
    }

    fn literal(&mut self) -> Result<Value, String> {
        match self.next()? {
            Token::Text(text) => Ok(Value::String(text.clone())),
            Token::Word(word) => Ok(match word.as_str() {
                "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                word if word.parse::<uuid::Uuid>().is_ok() || instant(word).is_some() => Value::String(word.to_owned()),
                word => word
                    .parse::<serde_json::Number>()
                    .map(Value::Number)
                    .map_err(|_| format!("'{word}' is not a literal"))?,
            }),
            token => Err(format!("expected a value, found {token:?}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn matches(filter: &str, row: &Value) -> bool {
        Filter::parse(filter).expect(filter).matches(row.as_object().unwrap())
    }

    #[test]
    fn filters_as_clients_write_them() {
        let row = json!({
            "status": "PendingApproval",
            "principalId": "071cc716-8147-4397-a5ba-b2105951cc0b",
            "isValidationOnly": false,
            "createdDateTime": "2026-11-20T10:00:05.95Z",
            "completedDateTime": null,
            "displayName": "O'Brien (Iberia)",
            "count": 3,
            "targets": [{"id": "a", "displayName": "Reader"}, {"id": "b", "displayName": "Maya"}],
            "scheduleInfo": {"expiration": {"type": "afterDuration"}},
        });
        for (filter, expected) in [
            ("status eq 'PendingApproval'", true),
            ("status eq 'pendingapproval'", true),
            ("status ne 'Provisioned' and isValidationOnly eq false", true),
            ("principalId eq 071CC716-8147-4397-A5BA-B2105951CC0B", true),
            ("principalId eq '071cc716-8147-4397-a5ba-b2105951cc0b'", true),
            ("status in ('Granted', 'PendingApproval')", true),
            ("status in ('Granted')", false),
            ("createdDateTime ge 2026-11-20T10:00:05.950Z", true),
            ("createdDateTime gt 2026-11-20T10:00:06Z", false),
            ("createdDateTime lt 2026-11-20T12:00:06+01:00", true),
            ("completedDateTime eq null", true),
            ("completedDateTime gt 2020-01-01T00:00:00Z", false),
            ("startswith(displayName,'o''brien (')", true),
            ("not (status eq 'Granted')", true),
            ("not status eq 'Granted'", true),
            ("scheduleInfo/expiration/type eq 'AfterDuration'", true),
            ("targets/any(t: t/id eq 'b')", true),
            ("targets/any(t:t/id eq 'b' and t/displayName eq 'Reader')", false),
            ("targets/any(x: startswith(x/displayName,'may'))", true),
            ("targets/any(t:t/id eq 'c')", false),
            ("count le 3", true),
            ("count gt 3.5", false),
            // `and` binds more tightly than `or`.
            ("status eq 'PendingApproval' or status eq 'x' and count eq 9", true),
            ("(status eq 'PendingApproval' or status eq 'x') and count eq 9", false),
        ] {
            assert_eq!(matches(filter, &row), expected, "{filter}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for filter in [
            "",
            "status",
            "status eq",
            "status eq 'a",
            "status equals 'a'",
            "status eq 'a' and",
            "status eq 'a' status eq 'b'",
            "(status eq 'a'",
            "endswith(status,'a')",
            "status eq a",
            "status in ()",
            "'a' eq status",
            "startswith(status,a)",
            "targets/any(t: id eq 'b')",
            "targets/any(t/id eq 'b')",
            "targets/any(t: t/id eq 'b'",
        ] {
            assert!(Filter::parse(filter).is_err(), "{filter}");
        }
        assert!(Filter::parse(&"(".repeat(100_000)).is_err());
    }

    #[test]
    fn required_values_are_those_no_row_passes_without() {
        let filter = Filter::parse("scopeId eq '/' and (scopeType eq 'DirectoryRole' or scopeType eq 'x')").unwrap();
        assert_eq!(filter.required("scopeId"), Some(&json!("/")));
        assert_eq!(filter.required("scopeType"), None);
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in ".{0,60}") {
            let _ = Filter::parse(&text);
        }

        #[test]
        fn any_string_survives_quoting(text in ".{0,30}") {
            let filter = format!("x eq '{}'", text.replace('\'', "''"));
            let row = json!({"x": text});
            prop_assert!(matches(&filter, &row));
        }
    }
}
