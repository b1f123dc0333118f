//! What the program was started for.

use std::ffi::OsString;

/// To run, or what to print instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Icon, notifications, agent, tokens.
    Tray,
    /// `--version`.
    Version,
    /// `--help`.
    Help,
}

/// What `--help` prints.
pub const HELP: &str = "\
Pimento: activations of Microsoft Entra Privileged Identity Management from the tray.

Usage: pimento

Starts in the tray. Where it runs already, its window is shown. Other arguments are ignored;
the command line is a program of its own: pim.

Environment:
  PIMENTO_HOME    folder for all files, instead of the platform's own places
  PIMENTO_TENANT  a running demo tenant, as `pim tenant` prints it (loopback only)
  PIMENTO_LOG     error, warn, info (default), debug or trace
";

/// The role for these arguments (without the program's name). What is not known is ignored: nothing given on a command
/// line, by another start or by a link can do more than show the window.
pub fn parse(mut arguments: impl Iterator<Item = OsString>) -> Role {
    match arguments.next().as_deref().and_then(|argument| argument.to_str()) {
        Some("--version" | "-V") => Role::Version,
        Some("--help" | "-h") => Role::Help,
        _ => Role::Tray,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        /// Whatever another program, a link or a file manager starts it with: at most it says something and ends.
        #[test]
        fn any_arguments_show_the_window_or_say_something(arguments in prop::collection::vec("\\PC{0,40}|--?[a-z]{1,12}(=\\PC{0,12})?|pimento:(//)?\\PC{0,40}", 0..6)) {
            let role = parse(arguments.iter().map(OsString::from));
            let first = arguments.first().map(String::as_str);
            let expected = match first {
                Some("--version" | "-V") => Role::Version,
                Some("--help" | "-h") => Role::Help,
                _ => Role::Tray,
            };
            prop_assert_eq!(role, expected);
        }
    }

    fn role(arguments: &[&str]) -> Role {
        parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn roles() {
        assert_eq!(role(&[]), Role::Tray);
        assert_eq!(role(&["--version"]), Role::Version);
        assert_eq!(role(&["--help"]), Role::Help);
    }

    #[test]
    fn what_is_not_known_is_ignored() {
        for arguments in [&["pimento://activate/x"][..], &["activate", "Global Reader"], &["--activate=x", "y"], &[""]]
        {
            assert_eq!(role(arguments), Role::Tray);
        }
    }
}
