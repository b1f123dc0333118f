//! What the terminal can show.

use std::io;

use anstream::{AutoStream, ColorChoice};

/// Where nobody says how wide lines may be.
const COLUMNS: usize = 80;

/// How a picture may look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of a line.
    pub columns: usize,
    /// Colours are seen.
    pub colours: bool,
    /// Characters beyond ASCII are drawn.
    pub blocks: bool,
}

impl Look {
    /// As standard output is: a terminal, or a file or a pipe, which have no colours.
    pub fn of_stdout() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let terminal = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        let columns = terminal.or_else(|| variable("COLUMNS")?.parse().ok()).filter(|columns| *columns > 0);
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
        Self {
            columns: columns.unwrap_or(COLUMNS),
            colours: AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            // Other systems have no such variable, and terminals that draw them.
            blocks: !cfg!(target_os = "linux") || utf8(locale.as_deref()),
        }
    }
}

/// Is text in this locale UTF-8? Without one it is ASCII.
fn utf8(locale: Option<&str>) -> bool {
    let encoding = locale.and_then(|locale| locale.split_once('.')).map(|(_, encoding)| encoding);
    encoding.is_some_and(|encoding| {
        let name = encoding.split('@').next().unwrap_or_default();
        ["utf-8", "utf8"].iter().any(|utf8| name.eq_ignore_ascii_case(utf8))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_says_what_text_is_written_in() {
        for (locale, expected) in [
            (Some("de_DE.UTF-8"), true),
            (Some("C.utf8"), true),
            (Some("ca_ES.UTF-8@valencia"), true),
            (Some("de_DE.ISO-8859-1"), false),
            (Some("C"), false),
            (Some("POSIX"), false),
            (None, false),
        ] {
            assert_eq!(utf8(locale), expected, "{locale:?}");
        }
    }
}
