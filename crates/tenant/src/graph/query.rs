//! The query options of a call: `$filter`, `$select`, `$expand`, `$top`, `$skip`, `$orderby`, `$count`, `$search`, `$skiptoken`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::answer::Failure;
use super::filter::Filter;
use super::search::Search;

/// A navigation property to include, with the options in parentheses after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expand {
    /// The navigation property.
    pub name: String,
    /// `$select` within it.
    pub select: Vec<String>,
    /// `$expand` within it.
    pub inner: Vec<Expand>,
}

/// All query options.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// `$filter`.
    pub filter: Option<Filter>,
    /// `$search`.
    pub search: Option<Search>,
    /// `$select`; empty means everything.
    pub select: Vec<String>,
    /// `$expand`.
    pub expand: Vec<Expand>,
    /// `$orderby`: property and whether descending.
    pub order: Vec<(String, bool)>,
    /// `$top`.
    pub top: Option<usize>,
    /// `$skip`.
    pub skip: usize,
    /// `$count`.
    pub count: bool,
    /// Where a page begins, out of `$skiptoken`.
    pub offset: usize,
    /// The options as they came, without `$skiptoken`, for the link to the next page.
    pairs: Vec<(String, String)>,
}

/// Deeper nesting of `$expand` is refused.
const DEEPEST: usize = 4;

impl Query {
    /// Parse the part of a URL after `?`.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let mut query = Self::default();
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            // Clients put spaces around the `=`, as one of the documentation's examples does.
            let (name, value) = (name.trim(), value.trim());
            let number = || {
                value
                    .parse::<usize>()
                    .map_err(|_| Failure::bad_request(format!("Invalid value '{value}' for '{name}'.")))
            };
            match name.to_ascii_lowercase().as_str() {
                "$filter" => {
                    let filter = Filter::parse(value)
                        .map_err(|reason| Failure::invalid_filter(format!("Invalid filter clause: {reason}.")))?;
                    query.filter = Some(filter);
                }
                "$search" => {
                    let search = Search::parse(value)
                        .map_err(|reason| Failure::bad_request(format!("Invalid search clause: {reason}.")))?;
                    query.search = Some(search);
                }
                "$select" => query.select = names(value),
                "$expand" => query.expand = expand(value, 0)?,
                "$orderby" => query.order = order(value)?,
                "$top" => query.top = Some(number()?),
                "$skip" => query.skip = number()?,
                "$count" => query.count = value.eq_ignore_ascii_case("true"),
                "$skiptoken" => {
                    query.offset = offset(value).ok_or_else(|| Failure::bad_request("Skip token is invalid."))?;
                    continue;
                }
                // There is one format only.
                "$format" => {}
                other if other.starts_with('$') => {
                    return Err(Failure::bad_request(format!("The query option '{name}' is not supported.")));
                }
                _ => {}
            }
            query.pairs.push((name.to_owned(), value.to_owned()));
        }
        Ok(query)
    }

    /// What an option without a dollar, such as `@on`, says.
    pub fn alias(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The query of the next page, which begins at `offset`.
    pub fn next(&self, offset: usize) -> String {
        let token = URL_SAFE_NO_PAD.encode(format!("offset:{offset}"));
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.pairs {
            text.append_pair(name, value);
        }
        text.append_pair("$skiptoken", &token);
        // A space as `+` is for forms; in a URL everybody understands `%20`.
        text.finish().replace('+', "%20").replace("%24", "$")
    }

    /// What `@odata.context` says about `$select` and `$expand`.
    pub fn projection(&self) -> String {
        let expanded = self.expand.iter().map(projected);
        let parts: Vec<String> = self.select.iter().cloned().chain(expanded).collect();
        if parts.is_empty() { String::new() } else { format!("({})", parts.join(",")) }
    }
}

fn projected(expand: &Expand) -> String {
    let inner: Vec<String> = expand.select.iter().cloned().chain(expand.inner.iter().map(projected)).collect();
    format!("{}({})", expand.name, inner.join(","))
}

fn offset(token: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    String::from_utf8(bytes).ok()?.strip_prefix("offset:")?.parse().ok()
}

fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != "*").map(str::to_owned).collect()
}

fn order(text: &str) -> Result<Vec<(String, bool)>, Failure> {
    let term = |term: &str| {
        let mut words = term.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(name), None | Some("asc"), None) => Ok((name.to_owned(), false)),
            (Some(name), Some("desc"), None) => Ok((name.to_owned(), true)),
            _ => Err(Failure::bad_request(format!("Invalid orderby clause '{term}'."))),
        }
    };
    text.split(',').map(term).collect()
}

/// `a,b($select=x,y;$expand=c)`.
fn expand(text: &str, depth: usize) -> Result<Vec<Expand>, Failure> {
    let wrong = || Failure::bad_request(format!("Parsing OData Select and Expand failed: '{text}'."));
    if depth > DEEPEST {
        return Err(wrong());
    }
    let mut expands = Vec::new();
    for item in split(text, ',').ok_or_else(wrong)? {
        let item = item.trim();
        let Some((name, options)) = item.split_once('(') else {
            if !item.is_empty() {
                expands.push(Expand { name: item.to_owned(), ..Expand::default() });
            }
            continue;
        };
        let options = options.strip_suffix(')').ok_or_else(wrong)?;
        let mut expanded = Expand { name: name.trim().to_owned(), ..Expand::default() };
        for option in split(options, ';').ok_or_else(wrong)? {
            match option.trim().split_once('=') {
                Some(("$select", value)) => expanded.select = names(value),
                Some(("$expand", value)) => expanded.inner = expand(value, depth + 1)?,
                None if option.trim().is_empty() => {}
                _ => return Err(wrong()),
            }
        }
        expands.push(expanded);
    }
    Ok(expands)
}

/// Split at a separator outside parentheses; `None` where those do not match.
fn split(text: &str, separator: char) -> Option<Vec<&str>> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            c if c == separator && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    (depth == 0).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_expands() {
        let query = Query::parse("%24expand=policy(%24expand=rules;$select=id),roleDefinition").unwrap();
        assert_eq!(
            query.expand,
            [
                Expand {
                    name: "policy".to_owned(),
                    select: vec!["id".to_owned()],
                    inner: vec![Expand { name: "rules".to_owned(), ..Expand::default() }],
                },
                Expand { name: "roleDefinition".to_owned(), ..Expand::default() },
            ]
        );
        assert_eq!(query.projection(), "(policy(id,rules()),roleDefinition())");
        for wrong in ["$expand=policy($expand=rules", "$expand=policy)", "$expand=a($levels=2)"] {
            assert!(Query::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_next_page_keeps_the_options_and_replaces_the_token() {
        let query = Query::parse("$filter=principalId%20eq%20'a%26b'&$top=5&$skiptoken=b2Zmc2V0OjU").unwrap();
        assert_eq!(query.offset, 5);
        let next = query.next(10);
        assert_eq!(next, "$filter=principalId%20eq%20%27a%26b%27&$top=5&$skiptoken=b2Zmc2V0OjEw");
        assert_eq!(Query::parse(&next).unwrap().offset, 10);
    }

    #[test]
    fn wrong_options_are_refused() {
        for wrong in ["$top=-1", "$top=x", "$skip=", "$orderby=a b c", "$skiptoken=!", "$apply=x", "$filter=x"] {
            assert!(Query::parse(wrong).is_err(), "{wrong}");
        }
    }
}
