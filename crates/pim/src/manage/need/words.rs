//! The words that people have for what an action is called in.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words that say nothing about what is wanted.
const EMPTY: [&str; 69] = [
    "able",
    "am",
    "an",
    "and",
    "are",
    "as",
    "at",
    "authorization",
    "authorized",
    "be",
    "beta",
    "by",
    "can",
    "cannot",
    "code",
    "com",
    "complete",
    "denied",
    "do",
    "error",
    "for",
    "forbidden",
    "from",
    "graph",
    "have",
    "how",
    "http",
    "https",
    "in",
    "insufficient",
    "is",
    "it",
    "let",
    "make",
    "me",
    "microsoft",
    "my",
    "need",
    "not",
    "of",
    "on",
    "one",
    "operation",
    "or",
    "our",
    "perform",
    "permission",
    "please",
    "possible",
    "privilege",
    "request",
    "right",
    "role",
    "somebody",
    "someone",
    "that",
    "the",
    "their",
    "this",
    "to",
    "us",
    "v1",
    "want",
    "we",
    "what",
    "with",
    "without",
    "you",
    "your",
];

/// What people say, and what stands for it in the names of actions: each alternative is a list of words that must all be there.
const SAID: [(&str, &[&[&str]]); 44] = [
    ("2fa", &[&["strong", "authentication"], &["authentication", "method"]]),
    ("access", &[&["access"], &["assignment"], &["read"]]),
    ("add", &[&["create"], &["add"], &["update"], &["write"]]),
    ("app", &[&["application"], &["site"], &["app"]]),
    ("blob", &[&["blob"]]),
    ("block", &[&["disable"], &["block"]]),
    ("change", &[&["update"], &["write"]]),
    ("create", &[&["create"], &["write"]]),
    ("delete", &[&["delete"]]),
    ("disable", &[&["disable"]]),
    ("edit", &[&["update"], &["write"]]),
    ("email", &[&["exchange"], &["mail"]]),
    ("enable", &[&["enable"]]),
    ("get", &[&["read"]]),
    ("grant", &[&["assign"], &["grant"], &["assignment", "write"]]),
    ("guest", &[&["guest"]]),
    ("key", &[&["key"]]),
    ("licence", &[&["license"]]),
    ("list", &[&["list"], &["read"]]),
    ("machine", &[&["machine"]]),
    ("mailbox", &[&["exchange"]]),
    ("manage", &[&["all", "task"], &["update"], &["write"], &["manage"]]),
    ("mfa", &[&["strong", "authentication"], &["authentication", "method"]]),
    ("modify", &[&["update"], &["write"]]),
    ("multifactor", &[&["strong", "authentication"], &["authentication", "method"]]),
    ("new", &[&["create"], &["write"]]),
    ("patch", &[&["update"], &["write"]]),
    ("post", &[&["create"], &["add"], &["write"]]),
    ("put", &[&["write"], &["update"]]),
    ("reboot", &[&["restart"]]),
    ("remove", &[&["delete"], &["remove"], &["update"]]),
    ("rename", &[&["update"], &["write"]]),
    ("reset", &[&["reset"], &["update"]]),
    ("see", &[&["read"]]),
    ("set", &[&["update"], &["write"], &["set"]]),
    ("show", &[&["read"]]),
    ("stop", &[&["stop"], &["deallocate"], &["off"]]),
    ("team", &[&["team"]]),
    ("unblock", &[&["enable"], &["unblock"]]),
    ("update", &[&["update"], &["write"]]),
    ("upload", &[&["write"], &["add"]]),
    ("view", &[&["read"]]),
    ("vm", &[&["virtual", "machine"]]),
    ("write", &[&["write"], &["update"]]),
];

/// What is done with something, in the names of actions.
const DONE: [&str; 19] = [
    "add",
    "assign",
    "create",
    "deallocate",
    "delete",
    "disable",
    "enable",
    "grant",
    "list",
    "manage",
    "off",
    "read",
    "remove",
    "reset",
    "restart",
    "start",
    "stop",
    "update",
    "write",
];

/// One thing that was said: any of its alternatives will do.
pub(super) type Meaning = Vec<Vec<String>>;

/// Is it something that is done, and not what it is done with?
pub(super) fn is_done(meaning: &Meaning) -> bool {
    meaning.iter().any(|words| words.iter().all(|word| DONE.contains(&word.as_str())))
}

fn says_nothing(word: &str) -> bool {
    EMPTY.iter().any(|empty| singular(empty) == word)
}

/// What was said, word by word, without what says nothing.
pub(super) fn meanings(text: &str) -> Vec<Meaning> {
    let mut all: Vec<Meaning> = Vec::new();
    for word in split(text).filter(|word| word.len() > 1 && !says_nothing(word)) {
        let known = SAID.iter().find(|(said, _)| *said == word);
        let meaning = match known {
            Some((_, alternatives)) => {
                alternatives.iter().map(|words| words.iter().map(|word| (*word).to_owned()).collect()).collect()
            }
            None => vec![vec![word]],
        };
        if !all.contains(&meaning) {
            all.push(meaning);
        }
    }
    all
}

/// The words of a text or of an action's name, folded, in the singular: `virtualMachines` is two of them.
pub(super) fn split(text: &str) -> impl Iterator<Item = String> {
    let plain: String = text.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in plain.chars() {
        let begins = letter.is_uppercase() && before.is_lowercase();
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.into_iter().filter(|word| !word.is_empty()).map(|word| singular(&word))
}

/// Near enough: what matters is that both sides are treated alike.
fn singular(word: &str) -> String {
    for (many, one) in [("ies", "y"), ("sses", "ss"), ("s", "")] {
        if let Some(stem) = word.strip_suffix(many).filter(|stem| stem.len() > 1 && !stem.ends_with('s')) {
            return format!("{stem}{one}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sentences_are_cut_alike() {
        let words = |text| split(text).collect::<Vec<_>>();
        assert_eq!(
            words("Microsoft.Compute/virtualMachines/start/action")[2..],
            ["virtual", "machine", "start", "action"]
        );
        assert_eq!(words("Réset the users' passwords"), ["reset", "the", "user", "password"]);
        assert_eq!(words("policies, access, VMs"), ["policy", "access", "vm"]);
    }

    #[test]
    fn the_table_is_sorted_and_in_the_singular() {
        assert!(SAID.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (said, alternatives) in SAID {
            for word in alternatives.iter().copied().flatten().chain([&said]) {
                assert_eq!(split(word).collect::<Vec<_>>(), [*word], "{said}");
            }
        }
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        assert_eq!(meanings("I need to reset a user's password").len(), 3, "reset, user, password");
        assert!(meanings("what do I need").is_empty());
    }
}
