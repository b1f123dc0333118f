//! Nothing is changed before somebody has said yes.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::{
    args::Change,
    failed::{Exit, Failed},
};

/// Says what is about to be done and waits for a yes, unless it was given beforehand.
pub fn confirm(change: Change, sentences: &[String]) -> Result<(), Failed> {
    if change.yes {
        return Ok(());
    }
    let mut out = io::stderr().lock();
    for sentence in sentences {
        writeln!(out, "{sentence}.")?;
    }
    let input = io::stdin();
    if !input.is_terminal() {
        let said = "This asks first, and nobody is here to answer: add --yes. Nothing was sent.";
        return Err(Failed::new(Exit::Usage, "unconfirmed", said));
    }
    write!(out, "Go on? [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    input.lock().read_line(&mut answer)?;
    if is_yes(&answer) {
        return Ok(());
    }
    Err(Failed::new(Exit::NotSent, "declined", "You said no. Nothing was sent."))
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes() {
        assert!(["y\n", "Y", " yes \r\n", "YES"].into_iter().all(is_yes));
        assert!(!["", "\n", "n", "yess", "ja", "1", "y y"].into_iter().any(is_yes));
    }
}
