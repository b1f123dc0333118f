//! The segments of a path, in whichever of OData's spellings they come.

/// The segments of a path, decoded; keys in parentheses stand alone, and functions and actions go without their namespace.
pub fn segments(path: &str) -> Vec<String> {
    path.split('/').flat_map(|segment| apart(unqualified(decode(segment)))).collect()
}

/// `microsoft.graph.filterByCurrentUser(…)` as well as `filterByCurrentUser(…)`. A type keeps its namespace.
fn unqualified(segment: String) -> String {
    const NAMESPACES: [&str; 2] = ["microsoft.graph.", "graph."];
    const OPERATIONS: [&str; 12] = [
        "acceptRecommendations",
        "applyDecisions",
        "batchRecordDecisions",
        "cancel",
        "checkMemberGroups",
        "filterByCurrentUser",
        "getByIds",
        "refresh",
        "remediate",
        "resetDecisions",
        "sendReminder",
        "stop",
    ];
    let starts = |text: &str, with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    for namespace in NAMESPACES {
        if starts(&segment, namespace) {
            let name = &segment[namespace.len()..];
            if OPERATIONS.iter().any(|operation| starts(name, operation)) {
                return name.to_owned();
            }
        }
    }
    segment
}

/// `roleDefinitions('…')` as well as `roleDefinitions/…`; also with the key's name, and without quotes.
fn apart(segment: String) -> Vec<String> {
    let key = segment.split_once('(').and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?)));
    let Some((name, key)) = key.filter(|(name, _)| !name.eq_ignore_ascii_case("filterByCurrentUser")) else {
        return vec![segment];
    };
    let key = key.trim();
    let key = key.strip_prefix("id=").unwrap_or(key);
    let quoted = key.strip_prefix('\'').and_then(|key| key.strip_suffix('\''));
    let key = quoted.map_or_else(|| key.to_owned(), |key| key.replace("''", "'"));
    vec![name.to_owned(), key]
}

/// `filterByCurrentUser%28on%3D%27principal%27%29` and the like.
fn decode(segment: &str) -> String {
    let bytes = segment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| segment.get(at + 1..at + 3)).flatten();
        if let Some(byte) = escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_path() {
        for (path, expected) in [
            ("me", vec!["me"]),
            ("a/filterByCurrentUser%28on%3D%27principal%27%29", vec!["a", "filterByCurrentUser(on='principal')"]),
            ("a/microsoft.graph.filterByCurrentUser(on='x')", vec!["a", "filterByCurrentUser(on='x')"]),
            ("requests/1/Microsoft.Graph.cancel", vec!["requests", "1", "cancel"]),
            ("groups('a%27%27b')/members", vec!["groups", "a'b", "members"]),
            ("groups(id='1')", vec!["groups", "1"]),
            ("groups(1)", vec!["groups", "1"]),
            ("groups/1/members/microsoft.graph.user", vec!["groups", "1", "members", "microsoft.graph.user"]),
            ("a%2Fb%zz%", vec!["a/b%zz%"]),
            ("groups(", vec!["groups("]),
        ] {
            assert_eq!(segments(path), expected, "{path}");
        }
    }
}
