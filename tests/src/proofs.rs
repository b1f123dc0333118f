//! What a page of the documentation names as proof: a test as `path::name`, a picture or a recipe as a link. Whether it is there.

use std::{ffi::OsStr, fs, path::Path};

/// What a line quotes as `path::name`.
pub fn tests(line: &str) -> Vec<(&str, &str)> {
    line.split('`').skip(1).step_by(2).filter_map(|text| text.split_once("::")).collect()
}

/// Where a line's links lead.
pub fn links(line: &str) -> Vec<&str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target).collect()
}

/// Why there is no such test, if there is none.
pub fn missing_test(root: &Path, path: &str, name: &str) -> Option<String> {
    let text = match fs::read_to_string(root.join(path)) {
        Ok(text) => text,
        Err(error) => return Some(format!("{path}: {error}")),
    };
    let there = if Path::new(path).extension() == Some(OsStr::new("rs")) {
        if !is_built(root, path) {
            return Some(format!("{path} is part of no program"));
        }
        text.contains(&format!("fn {name}("))
    } else {
        text.contains(&format!("'{name}'")) || text.contains(&format!("\"{name}\""))
    };
    (!there).then(|| format!("{path} has no test `{name}`"))
}

/// Whether a Rust file is a program of its own, or a module that another file of its crate names: what lies beside them is never
/// run.
fn is_built(root: &Path, path: &str) -> bool {
    let file = root.join(path);
    let (Some(stem), Some(folder)) = (file.file_stem().and_then(OsStr::to_str), file.parent()) else { return false };
    let Some(at) = folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()) else { return false };
    if matches!(stem, "main" | "lib") || folder == at.join("tests") {
        return true;
    }
    // A folder's own file goes by the folder's name.
    let module = if stem == "mod" { folder.file_name().and_then(OsStr::to_str).unwrap_or(stem) } else { stem };
    let (named, placed) = (format!("mod {module};"), format!("{stem}.rs\"]"));
    let mut waiting = vec![at.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let found = entry.path();
            if found.is_dir() {
                waiting.push(found);
            } else if found.extension() == Some(OsStr::new("rs")) && found != file {
                let text = fs::read_to_string(&found).unwrap_or_default();
                if text.contains(&named) || text.contains(&placed) {
                    return true;
                }
            }
        }
    }
    false
}

/// Why a link from a page in `folder` leads nowhere, if it does.
pub fn missing_target(folder: &Path, link: &str) -> Option<String> {
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let path = folder.join(file);
    let Some(anchor) = anchor else { return (!path.is_file()).then(|| format!("{link} is not there")) };
    match fs::read_to_string(&path) {
        Ok(text) => section(&text, anchor).is_none().then(|| format!("{file} has no heading for #{anchor}")),
        Err(error) => Some(format!("{file}: {error}")),
    }
}

/// What stands below the heading with this anchor, up to the next heading.
pub fn section<'a>(page: &'a str, anchor: &str) -> Option<&'a str> {
    let mut from = None;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let heading = line.trim_start_matches('#');
        if heading.len() < line.len() && heading.starts_with(' ') {
            if let Some(from) = from {
                return page.get(from..at);
            }
            if self::anchor(heading) == anchor {
                from = Some(at + line.len());
            }
        }
        at += line.len();
    }
    from.and_then(|from| page.get(from..))
}

/// A heading's anchor, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).collect::<String>().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_with_the_next_heading() {
        let page = "# A\n\n## Left click, here\n\n1. look\n\n## Next\n2. go\n";
        assert_eq!(section(page, "left-click-here"), Some("\n1. look\n\n"));
        assert_eq!(section(page, "next"), Some("2. go\n"));
        assert_eq!(section(page, "nowhere"), None);
    }

    #[test]
    fn a_file_that_no_program_has_proves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let file = root.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write("Cargo.toml", "");
        write("src/lib.rs", "mod named;\n#[path = \"other_tests.rs\"]\nmod tests;\nmod deep;");
        for path in ["src/named.rs", "src/other_tests.rs", "src/deep/mod.rs", "src/forgotten.rs", "tests/end.rs"] {
            write(path, "fn it_holds() {}");
        }
        let missing = |path| missing_test(root.path(), path, "it_holds");
        for path in ["src/named.rs", "src/other_tests.rs", "src/deep/mod.rs", "tests/end.rs"] {
            assert_eq!(missing(path), None);
        }
        assert_eq!(missing("src/forgotten.rs").as_deref(), Some("src/forgotten.rs is part of no program"));
    }

    #[test]
    fn tests_and_links_are_found_in_a_line() {
        let line = "| `a.rs::b`, `c.ts::d, e` and `plain` | [x](y.md#z) ![p](p.png) |";
        assert_eq!(super::tests(line), [("a.rs", "b"), ("c.ts", "d, e")]);
        assert_eq!(links(line), ["y.md#z", "p.png"]);
    }
}
