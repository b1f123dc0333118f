use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::view::{Appearance, BundleShortcut, Quiet, Reminder, Renewal, Updating, Watch, WorkingDay};

fn read(text: &str) -> (Imposed, Vec<Wrong>) {
    Imposed::read(&toml::from_str(text).unwrap())
}

fn imposed(text: &str) -> Imposed {
    let (imposed, wrong) = read(text);
    assert_eq!(wrong, [], "{text}");
    imposed
}

fn quiet() -> Quiet {
    Quiet { from: "22:00".into(), to: "07:00".into() }
}

/// Settings in which everything is set, and nothing is as it is to begin with.
fn full() -> Settings {
    let reminder = Reminder {
        days: vec![1],
        at: "09:00".into(),
        account: Some("maya".into()),
        role: None,
        bundle: Some("On call".into()),
        name: "On call".into(),
    };
    Settings {
        warn_minutes: 17,
        notification_details: false,
        autostart: true,
        hide_on_blur: false,
        appearance: Appearance::Dark,
        language: Some("de".into()),
        time_beside_icon: true,
        history_days: 30,
        reason_length: 20,
        reason_templates: vec!["Incident {ticket}".into()],
        client_id: Some("14d82eec-204b-4c2f-b7e8-296a70dab67e".into()),
        tenant: Some("contoso.example".into()),
        cloud: "usgov".into(),
        shortcut: Some("Ctrl+Alt+P".into()),
        bundle_shortcut: Some(BundleShortcut { bundle: "On call".into(), keys: "Ctrl+Alt+O".into() }),
        quiet: Some(quiet()),
        renewal: Renewal { arm: true, until: Some("18:00".into()) },
        day: WorkingDay { ends_at: Some("18:30".into()), end_on_lock: true, reminders: vec![reminder] },
        watch: Watch { activations: true, roles: vec!["Owner".into()], quiet: Some(quiet()) },
        updates: Updating { look: false, defer_days: 14 },
    }
}

/// Paths of all that is written; a table whose members belong together is one.
fn paths(table: &Table, above: &str) -> Vec<String> {
    let below = |(name, value): (&String, &Value)| {
        let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        match value {
            Value::Table(table) if is_table(&path) => paths(table, &path),
            _ => vec![path],
        }
    };
    table.iter().flat_map(below).collect()
}

#[test]
fn the_table_of_keys_names_every_setting_and_no_other() {
    let mut written = paths(&table(&full()), "");
    let mut known: Vec<_> = KEYS.iter().map(|key| key.path.to_owned()).collect();
    written.sort();
    known.sort();
    assert_eq!(written, known);
}

#[test]
fn each_key_is_of_the_form_that_the_table_says() {
    use keys::Form;

    let all = table(&full());
    for key in &KEYS {
        let value = get(&all, key.path).unwrap();
        let of_form = match key.form {
            Form::Switch => value.is_bool(),
            Form::Number { .. } => value.is_integer(),
            Form::Choice(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Form::Text => value.is_str(),
            Form::Time => value.as_str().is_some_and(|time| settings::time_of_day(time).is_some()),
            Form::Texts => value.as_array().is_some_and(|all| all.iter().all(Value::is_str)),
            Form::Table(names) => {
                let members = value.as_table().map(|table| table.keys().map(String::as_str).collect::<Vec<_>>());
                members.as_deref() == Some(names)
            }
            Form::Reminders => value.is_array(),
        };
        assert!(of_form, "{} is {value}, not {:?}", key.path, key.form);
        if let Form::Number { min, max } = key.form {
            let fits = |number: u32| understood(key, &Value::Integer(number.into())).is_ok();
            assert!(fits(min) && fits(max) && !fits(max + 1) && (min == 0 || !fits(min - 1)), "{}", key.path);
        }
        if let Form::Choice(words) = key.form {
            let fits = |word: &str| understood(key, &Value::String(word.into())).is_ok();
            assert!(words.iter().all(|word| fits(word)) && !fits("mars"), "{}", key.path);
        }
        assert!(key.about.ends_with('.') && !key.about.contains('|'), "{}", key.path);
    }
    let Form::Choice(spoken) = keys::find("language").unwrap().form else { panic!("no choice") };
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/messages")).unwrap();
    let folders = folders.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    let there: BTreeSet<_> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert_eq!(there, spoken.iter().map(|code| (*code).to_owned()).collect());
    let here: BTreeSet<_> = crate::words::Language::ALL.iter().map(|language| language.code().to_owned()).collect();
    assert_eq!(there, here);
}

#[test]
fn what_is_set_holds_whatever_the_user_wants_and_the_rest_is_theirs() {
    let organisation =
        imposed("warnMinutes = 10\nquiet = { from = \"20:00\", to = \"06:00\" }\n[watch]\nactivations = false\n");
    assert_eq!(organisation.locked(), ["quiet", "warnMinutes", "watch.activations"]);
    let settings = organisation.over(&full());
    assert_eq!(settings.warn_minutes, 10);
    assert_eq!(settings.quiet, Some(Quiet { from: "20:00".into(), to: "06:00".into() }));
    assert_eq!(settings.watch, Watch { activations: false, ..full().watch });
    let theirs = Settings { warn_minutes: 10, quiet: settings.quiet.clone(), watch: settings.watch.clone(), ..full() };
    assert_eq!(settings, theirs);
    assert_eq!(Imposed::default().over(&full()), full());
}

#[test]
fn everything_can_be_set_and_nothing_of_it_becomes_the_users() {
    let mut text = table(&full());
    text.remove("reasonTemplates");
    let (organisation, wrong) = Imposed::read(&text);
    assert_eq!(wrong, []);
    let own = Settings { reason_templates: full().reason_templates, ..Settings::default() };
    assert_eq!(organisation.over(&own), full());
    // The page sends back what it was shown, with a change of its own.
    let wanted = Settings { reason_templates: vec!["Mine".into()], ..full() };
    let mine = Settings { reason_templates: vec!["Mine".into()], ..Settings::default() };
    assert_eq!(organisation.out_of(&wanted, &own), mine);
}

#[test]
fn what_the_user_had_set_before_is_theirs_again() {
    let organisation = imposed("shortcut = \"Ctrl+Alt+Q\"\nlanguage = \"fr\"\n[watch]\nactivations = false\n");
    let shown = organisation.over(&full());
    assert_eq!((shown.shortcut.as_deref(), shown.language.as_deref()), (Some("Ctrl+Alt+Q"), Some("fr")));
    let wanted = Settings { autostart: false, ..shown };
    assert_eq!(organisation.out_of(&wanted, &full()), Settings { autostart: false, ..full() });
}

#[test]
fn reasons_are_added_to_the_users_own_and_lock_nothing() {
    let organisation = imposed("reasonTemplates = [\"Ours {date}\", \"Theirs\"]");
    assert_eq!(organisation.reasons, ["Ours {date}", "Theirs"]);
    assert!(organisation.locked().is_empty());
    assert_eq!(organisation.over(&full()), full());
}

#[test]
fn keys_that_the_user_has_given_to_something_else_are_the_organisations() {
    let own = Settings { shortcut: None, ..full() };
    let organisation = imposed("shortcut = \"alt+ctrl+o\"");
    let shown = organisation.over(&own);
    assert_eq!((shown.shortcut.as_deref(), &shown.bundle_shortcut), (Some("alt+ctrl+o"), &None));
    // They are not lost when something else is saved.
    let wanted = Settings { warn_minutes: 9, ..shown };
    assert_eq!(organisation.out_of(&wanted, &own), Settings { warn_minutes: 9, ..own });
    let own = Settings { bundle_shortcut: None, ..full() };
    let shown = imposed("bundleShortcut = { bundle = \"B\", keys = \"Ctrl+Alt+P\" }").over(&own);
    assert_eq!((shown.shortcut, shown.bundle_shortcut.unwrap().keys.as_str()), (None, "Ctrl+Alt+P"));
}

#[test]
fn what_is_wrong_is_named_and_the_rest_holds() {
    let cases = [
        ("warnMinutes = 500", "warnMinutes", "`warnMinutes` is 500; it can be 1 to 60"),
        ("warnMinutes = \"soon\"", "warnMinutes", "`warnMinutes`: invalid type"),
        ("warnMinutes = -1", "warnMinutes", "`warnMinutes`: invalid value"),
        ("warnMintues = 5", "warnMintues", "`warnMintues` is no setting"),
        ("cloud = \"mars\"", "cloud", "`cloud` is \"mars\""),
        ("language = \"tlh\"", "language", "`language` is \"tlh\"; it can be en, de"),
        ("watch = 7", "watch", "`watch` is no setting"),
        ("[watch]\nactivations = \"six\"", "watch.activations", "`watch.activations`: invalid type"),
        ("[watch]\nsoon = true", "watch.soon", "`watch.soon` is no setting"),
        ("renewal = 7", "renewal", "`renewal` is no setting"),
        ("[renewal]\nuntil = \"six\"", "renewal.until", "`until` is \"six\""),
        ("[renewal]\nsoon = true", "renewal.soon", "`renewal.soon` is no setting"),
        ("[quiet]\nfrom = \"22:00\"", "quiet", "`quiet`: missing field"),
        ("[quiet]\nfrom = \"22:00\"\nto = \"22:00\"", "quiet", "that is no time at all"),
        ("[quiet.more]\nfrom = \"22:00\"", "quiet", "`quiet`: "),
        ("reasonTemplates = [\"\"]", "reasonTemplates", "has a reason that is empty"),
        ("[watch]\nroles = \"Owner\"", "watch.roles", "`watch.roles`: invalid type"),
        (
            "shortcut = \"Ctrl+Alt+P\"\nbundleShortcut = { bundle = \"B\", keys = \"Alt+Ctrl+P\" }",
            "bundleShortcut.keys",
            "each needs keys of its own",
        ),
    ];
    for (text, path, reason) in cases {
        let (organisation, wrong) = read(&format!("historyDays = 30\n{text}"));
        let [Wrong { path: named, reason: said }] = wrong.as_slice() else { panic!("{text}: {wrong:?}") };
        assert_eq!(named, path, "{text}");
        assert!(said.contains(reason), "{text}: {said}");
        let settings = organisation.over(&Settings::default());
        assert_eq!(settings.history_days, 30, "{text}");
        settings::check(&settings).unwrap();
        assert!(!organisation.locked().iter().any(|locked| locked == path), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn nothing_that_is_set_makes_settings_that_could_not_be_saved(
        minutes in any::<u32>(),
        days in any::<i64>(),
        text in "\\PC{0,20}",
        keys in prop::sample::subsequence(KEYS.iter().map(|key| key.path).collect::<Vec<_>>(), 0..6),
    ) {
        let mut said = Table::new();
        for (place, path) in keys.into_iter().enumerate() {
            let value = match place % 3 {
                0 => Value::Integer(minutes.into()),
                1 => Value::String(text.clone()),
                _ => Value::Integer(days),
            };
            set(&mut said, path, Some(value));
        }
        let (organisation, _) = Imposed::read(&said);
        for own in [Settings::default(), full()] {
            let settings = organisation.over(&own);
            prop_assert!(settings::check(&settings).is_ok(), "{:?}", settings);
            prop_assert_eq!(organisation.out_of(&settings, &own), own);
        }
    }
}

#[test]
fn the_page_for_administrators_names_each_of_them_and_what_it_does() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/MANAGED.md")).unwrap();
    let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), KEYS.len());
    for (Key { path, about, .. }, row) in KEYS.iter().zip(rows) {
        assert!(row.starts_with(&format!("| `{path}` | ")) && row.ends_with(&format!(" | {about} |")), "{path}: {row}");
    }
}
