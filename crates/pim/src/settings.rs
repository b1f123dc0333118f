//! The user's settings: `settings.toml`.

use std::{fs, io, io::Write, path::Path};

use chrono::{DateTime, NaiveTime, Utc};

use crate::{
    paths::{self, set_aside},
    shortcut::Keys,
    view::{Notice, Quiet, Reminder, Settings, Severity},
};

/// Roles that can be watched by name. Whoever wants more watches all.
const MOST_WATCHED: usize = 100;

/// Reasons to choose from. More than fit a menu are none.
const MOST_TEMPLATES: usize = 20;
/// A reason that PIM takes is no longer.
const LONGEST_REASON: usize = 500;
/// Reminders of one person.
const MOST_REMINDERS: usize = 20;
/// Ten years: nothing is remembered for longer.
const MOST_HISTORY_DAYS: u32 = 3_650;
/// Longer than a quarter nobody should do without what was mended.
const MOST_DEFER_DAYS: u32 = 90;
/// Whoever wants longer reasons than this wants an essay.
const MOST_REASON_LENGTH: u32 = 200;

/// Minutes that a warning may come before the end.
const WARN_MINUTES: std::ops::RangeInclusive<u32> = 1..=60;

/// Clouds that `cloud` may name.
const CLOUDS: [&str; 4] = ["global", "usgov", "usgovdod", "china"];

/// Reads the settings. A file that cannot be used is set aside and the defaults hold, with a notice that says so.
pub fn load(file: &Path, now: DateTime<Utc>) -> (Settings, Option<Notice>) {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return (Settings::default(), None),
        // Not readable is not the same as wrong: the file stays where it is.
        Err(error) => return (Settings::default(), Some(notice(file, &error.to_string(), None))),
    };
    match parse(&bytes) {
        Ok(settings) => (settings, None),
        Err(reason) => {
            let aside = set_aside(file, now).ok();
            (Settings::default(), Some(notice(file, &reason, aside.as_deref())))
        }
    }
}

/// Writes the settings: the whole file or nothing. What somebody wrote there by hand and cannot be used is not replaced.
pub fn save(file: &Path, settings: &Settings) -> io::Result<()> {
    match fs::read(file) {
        Ok(bytes) => parse(&bytes).map(|_| ()).map_err(|reason| {
            io::Error::other(format!("the settings that are there could not be read and were kept ({reason})"))
        })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let text = toml::to_string_pretty(settings).map_err(io::Error::other)?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = paths::write_anew(file)?;
    file.write_all(text.as_bytes())?;
    file.commit()
}

/// What is wrong with settings that somebody wants to save or has written by hand.
pub fn check(settings: &Settings) -> Result<(), Wrong> {
    if !WARN_MINUTES.contains(&settings.warn_minutes) {
        let (start, end) = (WARN_MINUTES.start(), WARN_MINUTES.end());
        return wrong("warnMinutes", format!("is {}; it can be {start} to {end}", settings.warn_minutes));
    }
    if !CLOUDS.contains(&settings.cloud.as_str()) {
        return wrong("cloud", format!("is \"{}\"; it can be {}", settings.cloud, CLOUDS.join(", ")));
    }
    let window = settings.shortcut.as_deref().map(|keys| keys_of("shortcut", keys)).transpose()?;
    let bundle = settings.bundle_shortcut.as_ref().map(|bundle| keys_of("keys", &bundle.keys)).transpose()?;
    if let (Some(window), Some(bundle)) = (window, bundle)
        && window == bundle
    {
        return wrong("keys", format!("is \"{bundle}\", as `shortcut` is: each needs keys of its own"));
    }
    for Quiet { from, to } in [&settings.watch.quiet, &settings.quiet].into_iter().flatten() {
        check_time("from", from)?;
        check_time("to", to)?;
        if time_of_day(from) == time_of_day(to) {
            return wrong("to", format!("is \"{to}\", as `from` is: that is no time at all"));
        }
    }
    check_reasons(settings)?;
    if settings.history_days > MOST_HISTORY_DAYS {
        return wrong("historyDays", format!("is {}; it can be 0 to {MOST_HISTORY_DAYS}", settings.history_days));
    }
    if settings.updates.defer_days > MOST_DEFER_DAYS {
        return wrong("deferDays", format!("is {}; it can be 0 to {MOST_DEFER_DAYS}", settings.updates.defer_days));
    }
    for (key, time) in [("until", &settings.renewal.until), ("endsAt", &settings.day.ends_at)] {
        time.as_deref().map_or(Ok(()), |time| check_time(key, time))?;
    }
    check_reminders(&settings.day.reminders)?;
    if settings.watch.roles.len() > MOST_WATCHED {
        return wrong("roles", format!("names {} roles; {MOST_WATCHED} can be watched", settings.watch.roles.len()));
    }
    Ok(())
}

fn check_time(key: &'static str, text: &str) -> Result<(), Wrong> {
    match time_of_day(text) {
        Some(_) => Ok(()),
        None => wrong(key, format!("is \"{text}\"; it is a time such as 22:00")),
    }
}

fn check_reasons(settings: &Settings) -> Result<(), Wrong> {
    if settings.reason_length > MOST_REASON_LENGTH {
        return wrong("reasonLength", format!("is {}; it can be 0 to {MOST_REASON_LENGTH}", settings.reason_length));
    }
    let templates = &settings.reason_templates;
    if templates.len() > MOST_TEMPLATES {
        return wrong("reasonTemplates", format!("has {} reasons; it can have {MOST_TEMPLATES}", templates.len()));
    }
    match templates.iter().find(|template| !(1..=LONGEST_REASON).contains(&template.trim().chars().count())) {
        Some(template) if template.trim().is_empty() => wrong("reasonTemplates", "has a reason that is empty".into()),
        Some(_) => wrong("reasonTemplates", format!("has a reason longer than {LONGEST_REASON} characters")),
        None => Ok(()),
    }
}

fn check_reminders(reminders: &[Reminder]) -> Result<(), Wrong> {
    if reminders.len() > MOST_REMINDERS {
        return wrong("reminders", format!("has {} of them; it can have {MOST_REMINDERS}", reminders.len()));
    }
    for Reminder { days, at, role, bundle, name, .. } in reminders {
        check_time("at", at)?;
        if days.is_empty() || days.iter().any(|day| !(1..=7).contains(day)) {
            return wrong("days", "are days of the week, 1 (Monday) to 7, and at least one".into());
        }
        if role.is_some() == bundle.is_some() || name.trim().is_empty() {
            return wrong("name", "goes with either a `role` or a `bundle`".into());
        }
    }
    Ok(())
}

/// A time on the wall: `22:00`.
pub(crate) fn time_of_day(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

fn keys_of(key: &'static str, text: &str) -> Result<Keys, Wrong> {
    text.parse().map_err(|allowed| Wrong { key, reason: format!("is \"{text}\"; {allowed}") })
}

fn wrong(key: &'static str, reason: String) -> Result<(), Wrong> {
    Err(Wrong { key, reason })
}

/// A setting that cannot be what it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` {reason}")]
pub struct Wrong {
    /// Which, as it is written in the file.
    key: &'static str,
    reason: String,
}

fn parse(bytes: &[u8]) -> Result<Settings, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
        format!("line {line}: this is not UTF-8 text")
    })?;
    let settings = toml::from_str::<Settings>(text).map_err(|error| match error.span() {
        Some(span) => {
            let line = text[..span.start.min(text.len())].matches('\n').count() + 1;
            format!("line {line}: {}", error.message())
        }
        None => error.message().to_owned(),
    })?;
    check(&settings).map_err(|wrong| match text.lines().position(|line| line.trim_start().starts_with(wrong.key)) {
        Some(line) => format!("line {}: {wrong}", line + 1),
        None => wrong.to_string(),
    })?;
    Ok(settings)
}

fn notice(file: &Path, reason: &str, aside: Option<&Path>) -> Notice {
    let message = match aside.and_then(Path::file_name) {
        Some(name) => {
            let name = name.to_string_lossy().into_owned();
            say!("settings-unreadable-kept", reason = reason, name = name)
        }
        None => say!("settings-unreadable", reason = reason),
    };
    Notice { id: "settings".into(), severity: Severity::Warning, message, detail: Some(file.display().to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{BundleShortcut, Watch};

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn saved_settings_are_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/settings.toml");
        let bundle_shortcut = Some(BundleShortcut { bundle: "On call".into(), keys: "Ctrl+Alt+O".into() });
        let (tenant, shortcut) = (Some("contoso.example".into()), Some("ctrl+alt+p".into()));
        let quiet = Some(Quiet { from: "22:00".into(), to: "07:00".into() });
        let watch = Watch { activations: true, roles: vec!["Global Administrator".into()], quiet };
        let settings = Settings { warn_minutes: 9, tenant, shortcut, bundle_shortcut, watch, ..Settings::default() };
        save(&file, &settings).unwrap();
        assert_eq!(load(&file, now()), (settings, None));
    }

    #[test]
    fn a_missing_file_means_defaults() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(load(&folder.path().join("settings.toml"), now()), (Settings::default(), None));
    }

    #[test]
    fn a_bad_file_is_named_with_its_line_and_kept() {
        let cases: [(&[u8], &str); 18] = [
            (b"warnMinutes = 5\nautostart = maybe\n", "line 2"),
            (b"# mine\n\nwarnMinutes = 500\n", "line 3: `warnMinutes` is 500; it can be 1 to 60"),
            (b"cloud = \"mars\"\n", "line 1: `cloud` is \"mars\""),
            (b"warnMinutes = 5\nwarnMintues = 6\n", "line 2: unknown field"),
            (b"cloud = \"global\"\nshortcut = \"P\"\n", "line 2: `shortcut` is \"P\"; it takes Ctrl, Alt or Super"),
            (b"[bundleShortcut]\nbundle = \"x\"\nkeys = \"Ctrl\"\n", "line 3: `keys` is \"Ctrl\"; it takes"),
            (
                b"shortcut = \"Ctrl+Alt+P\"\n[bundleShortcut]\nbundle = \"x\"\nkeys = \"alt+ctrl+p\"\n",
                "line 4: `keys` is \"Ctrl+Alt+P\", as `shortcut` is",
            ),
            (
                b"[watch.quiet]\nfrom = \"22:00\"\nto = \"7 am\"\n",
                "line 3: `to` is \"7 am\"; it is a time such as 22:00",
            ),
            (b"[watch.quiet]\nfrom = \"24:00\"\nto = \"07:00\"\n", "line 2: `from` is \"24:00\""),
            (b"[watch.quiet]\nfrom = \"07:00\"\nto = \"07:00\"\n", "line 3: `to` is \"07:00\", as `from` is"),
            (b"[day]\nendsAt = \"six\"\n", "line 2: `endsAt` is \"six\"; it is a time such as 22:00"),
            (b"historyDays = 4000\n", "line 1: `historyDays` is 4000; it can be 0 to 3650"),
            (b"reasonTemplates = [\"INC-1\", \" \"]\n", "line 1: `reasonTemplates` has a reason that is empty"),
            (
                b"[[day.reminders]]\ndays = [0]\nat = \"09:00\"\nname = \"x\"\nbundle = \"x\"\n",
                "line 2: `days` are days of the week",
            ),
            (
                b"[[day.reminders]]\ndays = [1]\nat = \"09:00\"\nname = \"x\"\n",
                "line 4: `name` goes with either a `role` or a `bundle`",
            ),
            (b"\0", "line 1"),
            // As an editor of another age writes an umlaut, and as Windows writes text by default.
            (b"warnMinutes = 5\ntenant = \"m\xfcnchen.example\"\n", "line 2: this is not UTF-8"),
            (b"\xff\xfew\0", "line 1: this is not UTF-8"),
        ];
        for (text, expected) in cases {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("settings.toml");
            fs::write(&file, text).unwrap();
            let (settings, notice) = load(&file, now());
            assert_eq!(settings, Settings::default());
            let notice = notice.expect(expected);
            assert!(notice.message.contains(expected), "{expected} in {}", notice.message);
            let aside = folder.path().join("settings.toml.aside-20261123T120000Z");
            assert_eq!(fs::read(aside).unwrap(), text);
            assert!(notice.message.contains("kept as settings.toml.aside"), "{}", notice.message);
        }
    }

    #[test]
    fn what_somebody_wrote_and_cannot_be_used_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        for text in [&b"tenant = \"m\xfcnchen.example\"\n"[..], b"warnMinutes = soon\n"] {
            fs::write(&file, text).unwrap();
            let error = save(&file, &Settings::default()).unwrap_err();
            assert!(error.to_string().contains("line 1"), "{error}");
            assert_eq!(fs::read(&file).unwrap(), text);
        }
    }
}
