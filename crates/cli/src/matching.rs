//! Role names as people type them: matched forgivingly, never ambiguously.

/// More candidates than this are only counted.
const MOST_NAMED: usize = 6;

/// Something that can be named.
pub trait Named {
    /// The opaque id.
    fn id(&self) -> &str;
    /// The display name.
    fn name(&self) -> &str;
    /// The scope's display name; `None` for the whole directory.
    fn scope(&self) -> Option<&str>;
}

/// What names itself by its fields `id`, `name` and `scope`.
macro_rules! named {
    ($($row:ty),+) => {
        $(impl $crate::matching::Named for $row {
            fn id(&self) -> &str {
                &self.id
            }
            fn name(&self) -> &str {
                &self.name
            }
            fn scope(&self) -> Option<&str> {
                self.scope.as_deref()
            }
        })+
    };
}
pub(crate) use named;

/// Something as it is named on a command line, where that is not by fields of its own.
pub struct Choice<T> {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What tells those of one name apart.
    pub scope: Option<String>,
    /// The thing itself.
    pub what: T,
}

impl<T> Named for Choice<T> {
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }
}

/// Why a name did not lead to one role.
#[derive(Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Nothing is called so.
    Unknown {
        /// What was looked for.
        name: String,
        /// Names that come near.
        nearest: Vec<String>,
    },
    /// Several are.
    Ambiguous {
        /// What was looked for.
        name: String,
        /// All that it could mean.
        candidates: Vec<String>,
    },
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { name, nearest } if nearest.is_empty() => {
                write!(f, "No role is called \"{name}\". `pim list` shows those you can activate.")
            }
            Self::Unknown { name, nearest } => {
                write!(f, "No role is called \"{name}\". Near it: {}.", nearest.join(", "))
            }
            Self::Ambiguous { name, candidates } => {
                write!(f, "\"{name}\" could mean {}", candidates[..candidates.len().min(MOST_NAMED)].join(", "))?;
                match candidates.len().saturating_sub(MOST_NAMED) {
                    0 => f.write_str(". ")?,
                    more => write!(f, " and {more} more. ")?,
                }
                f.write_str("Write more of the name, or add --scope.")
            }
        }
    }
}

/// The one role that `name` (and `scope`, where given) means.
///
/// Tried in this order, the first that finds anything decides: the id, the whole name, its beginning, the beginnings of
/// its words, any part of it. If what decides finds several, the name is ambiguous.
pub fn find<'a, T: Named>(rows: &'a [T], name: &str, scope: Option<&str>) -> Result<&'a T, Mismatch> {
    let rows: Vec<&T> = rows.iter().filter(|row| scope.is_none_or(|scope| in_scope(*row, scope))).collect();
    if let Some(row) = rows.iter().find(|row| row.id().eq_ignore_ascii_case(name.trim())) {
        return Ok(row);
    }
    let wanted = fold(name);
    let ways: [fn(&str, &str) -> bool; 4] = [
        |name, wanted| name == wanted,
        |name, wanted| name.starts_with(wanted),
        |name, wanted| {
            let mut words = name.split(' ');
            wanted.split(' ').all(|start| words.any(|word| word.starts_with(start)))
        },
        |name, wanted| name.contains(wanted),
    ];
    for way in ways.iter().filter(|_| !wanted.is_empty()) {
        let found: Vec<&&T> = rows.iter().filter(|row| way(&fold(row.name()), &wanted)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one),
            several => {
                let candidates = several.iter().map(|row| title(**row)).collect();
                return Err(Mismatch::Ambiguous { name: name.to_owned(), candidates });
            }
        }
    }
    let nearest = rows
        .iter()
        .filter(|row| wanted.split(' ').any(|word| word.len() > 2 && fold(row.name()).contains(word)))
        .take(5)
        .map(|row| title(*row))
        .collect();
    Err(Mismatch::Unknown { name: name.to_owned(), nearest })
}

/// The name with its scope, as it can be told apart.
pub fn title(row: &impl Named) -> String {
    match row.scope() {
        Some(scope) => format!("{} ({scope})", row.name()),
        None => row.name().to_owned(),
    }
}

/// Whether the row's scope is what the user calls `scope`; `/` and `directory` mean the whole directory.
fn in_scope(row: &impl Named, scope: &str) -> bool {
    let wanted = fold(scope);
    match row.scope() {
        Some(name) => !wanted.is_empty() && fold(name).contains(&wanted),
        None => scope.trim() == "/" || wanted == "directory",
    }
}

/// Lower case, without accents, punctuation as a single space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in unicode_normalization::UnicodeNormalization::nfd(text).flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            folded.push(character);
        } else if !unicode_normalization::char::is_combining_mark(character) && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Role(&'static str, &'static str, Option<&'static str>);
    impl Named for Role {
        fn id(&self) -> &str {
            self.0
        }
        fn name(&self) -> &str {
            self.1
        }
        fn scope(&self) -> Option<&str> {
            self.2
        }
    }

    const ROLES: [Role; 7] = [
        Role("1", "Global Administrator", None),
        Role("2", "Global Reader", None),
        Role("3", "User Administrator", None),
        Role("4", "User Administrator", Some("Köln")),
        Role("5", "Exchange Administrator", None),
        Role("6", "Exchange Recipient Administrator", None),
        Role("7", "Reports Reader", None),
    ];

    fn id(name: &str, scope: Option<&str>) -> Result<&'static str, Mismatch> {
        find(&ROLES, name, scope).map(|role| role.0)
    }

    #[test]
    fn forgiving() {
        for (name, expected) in [
            ("1", "1"),
            ("global administrator", "1"),
            ("  GLOBAL-READER ", "2"),
            ("exchange administrator", "5"),
            ("exch rec", "6"),
            ("recip", "6"),
            ("rep", "7"),
            ("glo ad", "1"),
        ] {
            assert_eq!(id(name, None), Ok(expected), "{name}");
        }
        assert_eq!(id("user", Some("koln")), Ok("4"));
        assert_eq!(id("user", Some("/")), Ok("3"));
    }

    #[test]
    fn never_ambiguous() {
        for name in ["global", "user administrator", "admin", "reader", "exchange"] {
            let Err(Mismatch::Ambiguous { candidates, .. }) = id(name, None) else {
                panic!("{name} was not ambiguous")
            };
            assert!(candidates.len() > 1);
        }
    }

    #[test]
    fn the_unknown_is_refused_with_what_comes_near() {
        assert_eq!(
            id("exchange owner", None),
            Err(Mismatch::Unknown {
                name: "exchange owner".into(),
                nearest: vec!["Exchange Administrator".into(), "Exchange Recipient Administrator".into()]
            })
        );
        for name in ["", "  ", "?!", "zzz"] {
            assert!(matches!(id(name, None), Err(Mismatch::Unknown { .. })), "{name:?}");
        }
    }
}
