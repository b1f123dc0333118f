//! Which path template of a contract a path matches.

/// The template for a path; one with fewer placeholders is preferred.
pub(super) fn find<'a>(templates: impl Iterator<Item = &'a str>, path: &str) -> Option<&'a str> {
    let path = path.replace("%28", "(").replace("%29", ")").replace("%27", "'").replace("%3D", "=").replace("%3d", "=");
    let matching = templates.filter(|template| matches(template, &path));
    matching.min_by_key(|template| template.matches('{').count())
}

fn matches(template: &str, path: &str) -> bool {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(wanted), Some(segment)) if segment_matches(wanted, segment) => {}
            _ => return false,
        }
    }
}

/// `{id}` matches anything but a call of a function; `f(on='{on}')` any argument.
fn segment_matches(wanted: &str, segment: &str) -> bool {
    match wanted.split_once('{') {
        None => wanted.eq_ignore_ascii_case(segment),
        Some(("", _)) => !segment.is_empty() && !segment.contains('('),
        Some((before, rest)) => {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            let segment = segment.to_ascii_lowercase();
            segment.starts_with(&before.to_ascii_lowercase()) && segment.ends_with(&after.to_ascii_lowercase())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_found() {
        let templates = ["/a/b", "/a/{id}", "/a/f(on='{on}')", "/a/{id}/rules/{rule}"];
        for (path, template) in [
            ("/a/b", Some("/a/b")),
            ("/A/c", Some("/a/{id}")),
            ("/a/f(on='principal')", Some("/a/f(on='{on}')")),
            ("/a/f%28on%3D%27principal%27%29", Some("/a/f(on='{on}')")),
            ("/a/x/rules/y", Some("/a/{id}/rules/{rule}")),
            ("/a/x/rules", None),
            ("/b", None),
        ] {
            assert_eq!(find(templates.into_iter(), path), template, "{path}");
        }
    }
}
