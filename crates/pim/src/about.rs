//! Which Pimento this is, and what it runs on.

use crate::view::About;

/// What a program is built from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Build {
    /// Its version.
    pub version: &'static str,
    /// The commit, where it is known.
    pub commit: Option<&'static str>,
    /// What was built is not what the commit holds.
    pub changed: bool,
}

impl Build {
    /// What the build script of a program has told it: a commit, with a `+` where what was built is something else; nothing where
    /// it is not known.
    pub fn of(version: &'static str, built_from: &'static str) -> Self {
        let commit = built_from.strip_suffix('+');
        let changed = commit.is_some();
        Self { version, commit: Some(commit.unwrap_or(built_from)).filter(|commit| !commit.is_empty()), changed }
    }

    /// The same, with the system that it runs on, for somebody who looks. Blocks.
    pub fn about(self) -> About {
        let System { name, architecture, desktop: _ } = System::here();
        About {
            version: self.version.to_owned(),
            commit: self.commit.map(ToOwned::to_owned),
            changed: self.changed,
            system: format!("{name} ({architecture})"),
        }
    }
}

/// What a program runs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct System {
    /// The system and its version.
    pub name: String,
    /// What the program was built for.
    pub architecture: &'static str,
    /// Which desktop, and over which protocol it draws, where the system says so.
    pub desktop: Option<String>,
}

impl System {
    /// The one that runs this. Blocks: some systems answer through a program of theirs.
    pub fn here() -> Self {
        let info = os_info::get();
        let name = info.edition().map_or_else(|| info.os_type().to_string(), ToOwned::to_owned);
        let version = match info.version() {
            os_info::Version::Unknown => String::new(),
            version => format!(" {version}"),
        };
        let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let desktop: Vec<_> = ["XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"].into_iter().filter_map(named).collect();
        Self {
            name: name + &version,
            architecture: std::env::consts::ARCH,
            desktop: (!desktop.is_empty()).then(|| desktop.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_says_what_it_knows() {
        let build = |built_from| Build::of("0.1.0", built_from);
        assert_eq!(build(""), Build { version: "0.1.0", commit: None, changed: false });
        assert_eq!(build("3eb8af6f1c2d"), Build { version: "0.1.0", commit: Some("3eb8af6f1c2d"), changed: false });
        assert_eq!(build("3eb8af6f1c2d+"), Build { version: "0.1.0", commit: Some("3eb8af6f1c2d"), changed: true });
    }

    #[test]
    fn every_system_has_a_name() {
        let System { name, architecture, .. } = System::here();
        assert!(!name.trim().is_empty() && !architecture.is_empty());
        assert!(Build::of("0.1.0", "").about().system.ends_with(')'));
    }
}
