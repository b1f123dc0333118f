//! Which path template of a contract a path matches.

use crate::graph::address::segments;

/// The template for a path; one with fewer placeholders is preferred.
pub(super) fn find<'a>(templates: impl Iterator<Item = &'a str>, path: &str) -> Option<&'a str> {
    let path = segments(path).join("/");
    let matching = templates.filter(|template| matches(template, &path));
    matching.min_by_key(|template| template.matches('{').count())
}

fn matches(template: &str, path: &str) -> bool {
    let segments =
        |of: &'_ str| of.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    segments_match(&segments(template), &segments(path))
}

fn segments_match(template: &[String], path: &[String]) -> bool {
    match (template.split_first(), path.split_first()) {
        (None, None) => true,
        // A scope of Azure is a path itself; that of the tenant's root is empty.
        (Some((wanted, rest)), _) if wanted == "{scope}" => {
            (0..=path.len()).any(|length| segments_match(rest, &path[length..]))
        }
        (Some((wanted, template)), Some((segment, path))) => {
            segment_matches(wanted, segment) && segments_match(template, path)
        }
        _ => false,
    }
}

/// `{id}` matches anything but a call of a function; `f(on='{on}')` any argument.
fn segment_matches(wanted: &str, segment: &str) -> bool {
    match wanted.split_once('{') {
        None => wanted.eq_ignore_ascii_case(segment),
        Some(("", _)) => !segment.is_empty() && !segment.contains('('),
        Some((before, rest)) => {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            // The value may be beside the path: `f(on=@on)?@on='…'`.
            let segment = segment.to_ascii_lowercase().replace("=@on)", "='@on')");
            segment.starts_with(&before.to_ascii_lowercase()) && segment.ends_with(&after.to_ascii_lowercase())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_found() {
        let templates =
            ["/a/b", "/a/{id}", "/a/filterByCurrentUser(on='{on}')", "/a/{id}/rules/{rule}", "/{scope}/providers/x"];
        for (path, template) in [
            ("/a/b", Some("/a/b")),
            ("/A/c", Some("/a/{id}")),
            ("/a/filterByCurrentUser(on='principal')", Some("/a/filterByCurrentUser(on='{on}')")),
            ("/a/filterByCurrentUser%28on%3D%27principal%27%29", Some("/a/filterByCurrentUser(on='{on}')")),
            ("/a/filterByCurrentUser(on=@on)", Some("/a/filterByCurrentUser(on='{on}')")),
            ("/a/x/rules/y", Some("/a/{id}/rules/{rule}")),
            ("/a/x/rules", None),
            ("/b", None),
            ("/providers/x", Some("/{scope}/providers/x")),
            ("/subscriptions/1/resourceGroups/2/providers/X", Some("/{scope}/providers/x")),
            ("/subscriptions/1/providers", None),
        ] {
            assert_eq!(find(templates.into_iter(), path), template, "{path}");
        }
    }
}
