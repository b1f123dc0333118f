//! What must not be in a report: whatever could be a secret, and, unless somebody wants them, names. Pure.
//!
//! Nothing of what is reported holds a token by design. This is for the day on which a service, a library or a later version
//! writes one where none belongs: so it knows no format, but what secrets look like, in each spelling that they could have.

/// Stands where something was taken out that could be a secret.
pub(super) const REMOVED: &str = "[removed]";

/// What stands behind these is a secret, however short.
const NAMES: [&str; 16] = [
    "access_token",
    "refresh_token",
    "id_token",
    "assertion",
    "client_assertion",
    "client_secret",
    "code_verifier",
    "device_code",
    "user_code",
    "nonce",
    "password",
    "secret",
    "cookie",
    "set-cookie",
    "authorization",
    "bearer",
];

/// No word, name or number has so many characters with digits among its letters.
const LONG: usize = 16;

/// They stand between the parts of ids and of secrets alike.
const MARKS: [char; 7] = ['-', '_', '.', '~', '!', '*', '$'];

/// Takes out whatever could be a secret, and characters that are not seen.
pub(super) fn without_secrets(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let (mut run, mut gap) = (String::new(), String::new());
    // What stood before the gap says what comes after it.
    let mut before = String::new();
    for c in text.chars().filter(|c| seen(*c)).map(Some).chain([None]) {
        if let Some(c) = c.filter(|c| of_secrets(*c)) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            let kept = if announced(&before, &gap) { REMOVED.to_owned() } else { judged(&run) };
            told.push_str(&kept);
            before = std::mem::take(&mut run);
            gap.clear();
        }
        if let Some(c) = c {
            gap.push(c);
            told.push(c);
        }
    }
    told
}

/// Characters that stand in a report: what writes a text in 16 bits, or hides a part of it, is not among them.
fn seen(c: char) -> bool {
    let hidden = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    );
    !hidden && (!c.is_control() || c == '\t')
}

/// Characters that secrets are written in: base64 in both alphabets, percent-encoded, with marks between their parts.
fn of_secrets(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_+/=.~%!*$".contains(c)
}

/// The words before say that a secret follows: `"refresh_token": "`, `Bearer `.
fn announced(before: &str, gap: &str) -> bool {
    let name = before.rsplit(['/', '=', '.']).find(|part| !part.is_empty()).unwrap_or_default();
    let assigned = gap.chars().count() <= 6 && gap.chars().any(|c| matches!(c, ':' | '='));
    let scheme = name.eq_ignore_ascii_case("bearer") && gap.trim().is_empty();
    scheme
        || assigned && NAMES.iter().any(|each| name.eq_ignore_ascii_case(each))
        || before.ends_with('=') && named(before)
}

/// It begins with a name of a secret and an equals sign.
fn named(run: &str) -> bool {
    let name = run.split('=').next().unwrap_or_default();
    run.contains('=') && NAMES.iter().any(|each| name.eq_ignore_ascii_case(each))
}

/// A run of such characters, or what stands in its place.
fn judged(run: &str) -> String {
    if named(run) {
        let name = run.split('=').next().unwrap_or_default();
        return format!("{name}={REMOVED}");
    }
    match run.split_once('=') {
        // An authorization code is one where it is no code of an error.
        Some(("code", value)) if !is_error(value) => format!("code={REMOVED}"),
        _ if is_secret(run) => REMOVED.to_owned(),
        _ => run.to_owned(),
    }
}

/// `RoleAssignmentExists`, `not-json`, `AADSTS65001`, `404`.
fn is_error(value: &str) -> bool {
    let number = value.strip_prefix("AADSTS").unwrap_or(value);
    let word = value.len() < 64 && value.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
    word || number.len() < 10 && number.chars().all(|c| c.is_ascii_digit())
}

fn is_secret(run: &str) -> bool {
    let rest = without_known(run);
    let jumbled = rest.len() >= 24 && changes(&rest) * 3 >= rest.len();
    jumbled || rest.split(['/', '=']).any(|part| has_secret_look(part) || part.split(MARKS).any(is_jumble))
}

/// A part between slashes.
fn has_secret_look(part: &str) -> bool {
    part.len() >= 64 || part.len() >= 32 && has(part, u8::is_ascii_digit) && mixed(part)
}

/// A part without marks.
fn is_jumble(part: &str) -> bool {
    let digits = has(part, u8::is_ascii_digit);
    let lower = has(part, u8::is_ascii_lowercase);
    part.len() >= LONG && (digits && lower || part.contains('+'))
        || part.len() >= 20 && digits && has(part, u8::is_ascii_uppercase)
        || part.len() >= 48
        || part.bytes().filter(|byte| *byte == b'%').count() >= 4
}

fn has(text: &str, what: impl Fn(&u8) -> bool) -> bool {
    text.as_bytes().iter().any(what)
}

fn mixed(text: &str) -> bool {
    has(text, u8::is_ascii_lowercase) && has(text, u8::is_ascii_uppercase)
}

/// How often capitals, small letters and digits follow each other. In words and names that is rare.
fn changes(text: &str) -> usize {
    let kind = |byte: &u8| match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    };
    let change = |pair: &&[u8]| {
        let (one, other) = (kind(&pair[0]), kind(&pair[1]));
        one != other && one != 3 && other != 3
    };
    text.as_bytes().windows(2).filter(change).count()
}

/// A run without the ids and times in it, which are as long as secrets and none.
fn without_known(run: &str) -> String {
    let mut rest = String::with_capacity(run.len());
    let mut at = 0;
    while at < run.len() {
        let begins = at == 0 || !run.as_bytes()[at - 1].is_ascii_alphanumeric();
        if let Some(length) = known_at(&run[at..]).filter(|_| begins) {
            at += length;
        } else {
            rest.push(char::from(run.as_bytes()[at]));
            at += 1;
        }
    }
    rest
}

/// The length of the GUID or the stamp (`20261123T120000Z`) that a text begins with.
fn known_at(text: &str) -> Option<usize> {
    let shaped = |shape: &str| {
        let start = text.as_bytes().get(..shape.len())?;
        let fits = start.iter().zip(shape.bytes()).all(|(byte, form)| match form {
            b'x' => byte.is_ascii_hexdigit(),
            b'0' => byte.is_ascii_digit(),
            form => *byte == form,
        });
        let ends = text.as_bytes().get(shape.len()).is_none_or(|next| !next.is_ascii_alphanumeric());
        (fits && ends).then_some(shape.len())
    };
    shaped(GUID).or_else(|| shaped("00000000T000000Z"))
}

const GUID: &str = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

/// Puts something else in the place of names, wherever they stand; earlier ones first. They are in small letters, and found in
/// capitals, too.
pub(super) fn without_names(text: &str, names: &[(String, String)]) -> String {
    let folded = folded(text);
    // There may be thousands.
    let names: Vec<_> = names.iter().filter(|(name, _)| folded.contains(name)).collect();
    let mut told = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let name = names.iter().find(|(name, _)| stands_at(&folded, at, name));
        if let Some((name, instead)) = name {
            told.push_str(instead);
            at += name.len();
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            told.push(c);
            at += c.len_utf8();
        }
    }
    without_addresses(&shortened(&told))
}

/// In lower case, with every character where it was.
pub(super) fn folded(text: &str) -> String {
    let fold = |c: char| {
        let mut lower = c.to_lowercase();
        lower.next().filter(|small| lower.len() == 0 && small.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    text.chars().map(fold).collect()
}

/// A name stands there as a word of its own.
fn stands_at(folded: &str, at: usize, name: &str) -> bool {
    let part_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    folded[at..].starts_with(name)
        && !part_of_word(folded[..at].chars().next_back())
        && !part_of_word(folded[at + name.len()..].chars().next())
}

/// GUIDs with as much of them as tells one from the others here.
fn shortened(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let begins = at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
        if let Some(length) = known_at(&text[at..]).filter(|length| begins && *length == GUID.len()) {
            told.push_str(&short(&text[at..at + length]));
            at += length;
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            told.push(c);
            at += c.len_utf8();
        }
    }
    told
}

/// The beginning of an id.
pub(super) fn short(id: &str) -> String {
    format!("{}…", id.chars().take(4).collect::<String>())
}

/// E-mail addresses and user names: `maya@contoso.example`.
pub(super) fn without_addresses(text: &str) -> String {
    let part = |c: char| c.is_alphanumeric() || "._-+'#$".contains(c);
    let encoded = text.replace("%40", "@");
    let mut told = String::with_capacity(encoded.len());
    let mut rest = encoded.as_str();
    while let Some(at) = rest.find('@') {
        let start = rest[..at].char_indices().rev().take_while(|(_, c)| part(*c)).last().map_or(at, |(start, _)| start);
        let domain = rest[at + 1..].find(|c| !part(c)).map_or(rest.len(), |end| at + 1 + end);
        if start < at && at + 1 < domain {
            told.push_str(&rest[..start]);
            told.push_str("[address]");
        } else {
            told.push_str(&rest[..domain.max(at + 1)]);
        }
        rest = &rest[domain.max(at + 1)..];
    }
    told + rest
}

/// The user's own folder as `~`, in whichever way its parts are separated.
pub(super) fn without_home(text: &str, home: &str) -> String {
    if home.len() < 2 {
        return text.to_owned();
    }
    let spellings = [home.replace('\\', "\\\\"), home.to_owned(), home.replace('\\', "/")];
    spellings.iter().fold(text.to_owned(), |text, home| text.replace(home.as_str(), "~"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_secret_is_taken_out() {
        for text in [
            "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJvaWQiOiIxIn0.c2lnbmF0dXJl",
            "0.ALeakCanary5f1cQ0bD8sJk3mPz7Y",
            "refresh_token=short",
            "Refresh_Token=short&x=1",
            "{\"refresh_token\": \"short\"}",
            "{\\\"id_token\\\":\\\"short\\\"}",
            "Authorization: Bearer short",
            "bearer short",
            "code=M.C5_BAY.2.U.short",
            "code=short7",
            "https://localhost:4711/?code=0.AXshort7&state=1",
            "4c65616b43616e61727935663163",
            "%4c%65%61%6b%43%61%6e%61",
            "VEdWaGEwTmhibUZ5ZVRWbU1XTQ==",
            "a0/B9c+D1e/F2g/H3i+J4k/L5m",
        ] {
            let told = without_secrets(&format!("before {text} after"));
            assert!(told.contains(REMOVED) && !told.contains("short7") && !told.contains("\"short"), "{text}: {told}");
            assert!(told.starts_with("before ") && told.ends_with(" after"), "{text}: {told}");
        }
        let wide: String = "0.ALeakCanary5f1cQ0bD8sJk3mPz7Y".chars().flat_map(|c| [c, '\0']).collect();
        assert_eq!(without_secrets(&wide), REMOVED);
        assert_eq!(without_secrets("0.ALeak\u{200b}Canary5f1cQ0bD8\u{202e}sJk3mPz7Y"), REMOVED);
    }

    #[test]
    fn what_helps_stays() {
        for text in [
            "2026-11-30T09:21:24.123456Z  INFO pim::agent: window process started pid=Some(4711)",
            "code=RoleAssignmentExists",
            "code=AADSTS65001",
            "code=not-json",
            "PendingRoleAssignmentRequest",
            "OverlapsPendingRoleAssignmentRequests",
            "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
            "https://graph.microsoft.com/v1.0/roleManagement/directory/roleEligibilitySchedules",
            "correlation id 5d1bb5a2-9f3b-4c53-8a57-1b6d8c1f0a11",
            "/subscriptions/5d1bb5a2-9f3b-4c53-8a57-1b6d8c1f0a11/resourceGroups/rg",
            "The file was kept as journal.jsonl.aside-20261123T120000Z.",
            "~/.local/state/pimento/logs/pimento.2026-11-30.log",
            "Debian GNU/Linux 12.0.0, x86_64, GNOME, wayland",
            "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }

    #[test]
    fn names_stand_for_nobody() {
        let names = [("contoso ltd", "tenant-1"), ("maya", "person-1"), ("müller", "person-2")];
        let names = names.map(|(name, instead)| (name.to_owned(), instead.to_owned()));
        for (text, told) in [
            ("Maya of contoso ltd", "person-1 of tenant-1"),
            ("mayan", "mayan"),
            ("MÜLLER, İ, Müller", "person-2, İ, person-2"),
            ("asked by omar@contoso.example.", "asked by [address]"),
            ("login_hint=omar%40contoso.example&x", "login_hint=[address]&x"),
            ("a @ b, @, x@", "a @ b, @, x@"),
            ("5d1bb5a2-9f3b-4c53-8a57-1b6d8c1f0a11 is 5d1bb5a2", "5d1b… is 5d1bb5a2"),
            ("Ünïcode…", "Ünïcode…"),
        ] {
            assert_eq!(without_names(text, &names), told);
        }
    }

    #[test]
    fn the_home_is_nobodys() {
        assert_eq!(without_home("/home/maya/x, /home/maya", "/home/maya"), "~/x, ~");
        let home = "C:\\Users\\maya";
        for text in ["C:\\Users\\maya\\x", "C:\\\\Users\\\\maya\\x", "C:/Users/maya\\x"] {
            assert_eq!(without_home(text, home), "~\\x");
        }
        assert_eq!(without_home("/x", ""), "/x");
        assert_eq!(without_home("/x", "/"), "/x");
    }
}
