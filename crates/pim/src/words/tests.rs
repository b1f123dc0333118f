use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, TimeDelta};
use fluent_syntax::{
    ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Variant},
    parser,
};

use super::{sources::Said, *};

/// Names, which are the same everywhere, and texts that a language happens to share with English.
const SAME: [(&[&str], &[&str]); 6] = [
    // Nothing but names and what stands between them.
    (&["all"], &["problem-with-code", "role-and-state", "role-at-tenant", "title-at-tenant"]),
    (
        &["de"],
        &[
            "about-rule",
            "admin-code",
            "detail-ticket",
            "file-sentence",
            "hours",
            "hours-and-minutes",
            "hours-left",
            "length-both",
            "list-more",
            "minutes",
            "offline",
            "only-names",
            "person-and-role",
            "role-and-day",
            "sentences",
            "ticket",
            "trace-code",
        ],
    ),
    (
        &["fr"],
        &[
            "file-sentence",
            "hours",
            "hours-and-minutes",
            "hours-left",
            "length-both",
            "length-minutes",
            "list-more",
            "minutes",
            "only-names",
            "sentences",
            "ticket",
        ],
    ),
    (
        &["es"],
        &["about-rule", "file-sentence", "list-more", "only-names", "person-and-role", "role-and-day", "sentences"],
    ),
    (&["ja"], &["about-rule", "length-both", "person-and-role", "portal-azure", "role-and-day"]),
    (&["ar"], &["about-rule", "file-sentence", "only-names", "person-and-role", "role-and-day", "sentences"]),
];

/// What a message needs, and what it refers to.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shape {
    arguments: BTreeSet<String>,
    messages: BTreeSet<String>,
    /// Chosen by: in these places a number is wanted.
    numbers: BTreeSet<String>,
}

impl Shape {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                if let InlineExpression::VariableReference { id } = selector {
                    self.numbers.insert(id.name.to_owned());
                }
                self.inline(selector);
                for Variant { value, .. } in variants {
                    self.pattern(value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, attribute: None } => {
                self.messages.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
                for inline in positional {
                    self.inline(inline);
                }
            }
            other => panic!("{other:?} is not in use here"),
        }
    }
}

/// All messages of a language by their names, in the order of the files, with all that they need through others.
fn shapes(language: Language) -> BTreeMap<String, Shape> {
    let mut all = BTreeMap::new();
    for file in language.files() {
        let read = parser::parse(*file).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", language.code()));
        for entry in read.body {
            match entry {
                Entry::Message(message) => {
                    let mut shape = Shape::default();
                    shape.pattern(message.value.as_ref().expect("a message has a text"));
                    assert!(message.attributes.is_empty(), "{}", message.id.name);
                    let before = all.insert(message.id.name.to_owned(), shape);
                    assert_eq!(before, None, "{} twice in {}", message.id.name, language.code());
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                other => panic!("{}: {other:?}", language.code()),
            }
        }
    }
    let direct = all.clone();
    for shape in all.values_mut() {
        let mut open: Vec<_> = shape.messages.iter().cloned().collect();
        while let Some(name) = open.pop() {
            let other = direct.get(&name).unwrap_or_else(|| panic!("{name} in {}", language.code()));
            shape.arguments.extend(other.arguments.iter().cloned());
            shape.numbers.extend(other.numbers.iter().cloned());
            open.extend(other.messages.iter().cloned());
        }
    }
    all
}

/// A message with samples for its arguments; numbers for those of `numbers`.
fn sample(language: Language, name: &str, shape: &Shape, numbers: &BTreeSet<String>, number: i64) -> String {
    let arguments: Vec<(&'static str, Value<'_>)> = shape
        .arguments
        .iter()
        .map(|argument| {
            let value =
                if numbers.contains(argument) { Value::from(number) } else { Value::from(format!("<{argument}>")) };
            (&*argument.clone().leak(), value)
        })
        .collect();
    within(language, || say(name, &arguments))
}

/// Those arguments that some language chooses by, and those that count.
fn numbers() -> BTreeSet<String> {
    let chosen = Language::ALL.into_iter().flat_map(|language| shapes(language).into_values());
    let chosen = chosen.flat_map(|shape| shape.numbers).collect::<BTreeSet<_>>();
    chosen.into_iter().chain(["day", "year"].map(str::to_owned)).collect()
}

#[test]
fn every_language_has_every_message_with_the_same_arguments() {
    let english = shapes(Language::English);
    assert!(english.len() > 300, "{}", english.len());
    for language in Language::ALL {
        let other = shapes(language);
        let names = |all: &BTreeMap<String, Shape>| all.keys().cloned().collect::<BTreeSet<_>>();
        let (ours, theirs) = (names(&english), names(&other));
        let missing: Vec<_> = ours.difference(&theirs).collect();
        let strange: Vec<_> = theirs.difference(&ours).collect();
        assert!(missing.is_empty() && strange.is_empty(), "{}: {missing:?}, {strange:?}", language.code());
        for (name, shape) in &english {
            assert_eq!(shape.arguments, other[name].arguments, "{name} in {}", language.code());
        }
    }
}

#[test]
fn every_text_is_said_without_an_error_and_shows_its_arguments() {
    let numbers = numbers();
    for language in Language::ALL {
        for (name, shape) in shapes(language) {
            for number in [0, 1, 2, 3, 5, 11, 100] {
                let text = sample(language, &name, &shape, &numbers, number);
                let wrong = ["{", "}", "!", "  ", "NaN", "NaM"];
                assert!(!text.trim().is_empty(), "{name} in {}", language.code());
                assert!(!wrong.iter().any(|wrong| text.contains(wrong)), "{name} in {}: {text}", language.code());
                for argument in shape.arguments.difference(&numbers) {
                    assert!(text.contains(&format!("<{argument}>")), "{name} in {}: {text}", language.code());
                }
                let isolated = text.contains(['\u{2068}', '\u{2069}']);
                let wanted = language.right_to_left() && !(&shape.arguments - &shape.numbers).is_empty();
                assert_eq!(isolated, wanted || (isolated && language.right_to_left()), "{name}: {text:?}");
            }
        }
    }
}

#[test]
fn a_number_is_said_wherever_there_are_many() {
    // What a language writes as a word of its own, up to two.
    let numbers = numbers();
    for language in Language::ALL {
        for (name, shape) in shapes(language) {
            let counts =
                shape.arguments.iter().any(|argument| ["count", "people", "minutes"].contains(&argument.as_str()));
            if counts {
                let text = sample(language, &name, &shape, &numbers, 100);
                assert!(text.contains("100") || text.contains("<minutes>"), "{name} in {}: {text}", language.code());
            }
        }
    }
}

#[test]
fn nothing_is_left_in_english() {
    let (english, numbers) = (shapes(Language::English), numbers());
    for language in Language::ALL.into_iter().skip(1) {
        let allowed: BTreeSet<&str> = SAME
            .iter()
            .filter(|(languages, _)| languages.contains(&"all") || languages.contains(&language.code()))
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
        let same: BTreeSet<&str> = english
            .iter()
            .filter(|(name, shape)| {
                let said = |language| plain(sample(language, name, shape, &numbers, 5));
                said(language) == said(Language::English)
            })
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(same, allowed, "{}", language.code());
    }
}

#[test]
fn what_the_sources_say_is_there_and_what_is_there_is_said() {
    let (english, said) = (shapes(Language::English), Said::everywhere());
    assert!(said.messages.len() > 300, "{}", said.messages.len());
    for (name, places) in &said.messages {
        let shape = english.get(name).unwrap_or_else(|| panic!("{name}, said in {:?}", places[0].0));
        for (path, arguments) in places {
            assert_eq!(*arguments, shape.arguments, "{name} in {}", path.display());
        }
    }
    let inside: BTreeSet<&String> = english.values().flat_map(|shape| &shape.messages).collect();
    let silent: Vec<_> = english
        .keys()
        .filter(|name| !said.messages.contains_key(*name) && !inside.contains(name) && !said.quoted.contains(*name))
        .collect();
    assert!(silent.is_empty(), "nobody says {silent:?}");
}

#[test]
fn languages_are_known_by_the_tags_of_systems() {
    for (tag, language) in [
        ("de", Some(Language::German)),
        ("de-AT", Some(Language::German)),
        ("DE-ch-1996", Some(Language::German)),
        ("fr_CA.UTF-8", Some(Language::French)),
        ("es-419", Some(Language::Spanish)),
        ("ja-JP-u-ca-japanese", Some(Language::Japanese)),
        ("ar-EG", Some(Language::Arabic)),
        ("en-GB", Some(Language::English)),
        ("zh-Hans-CN", None),
        ("deu", None),
        ("C", None),
        ("", None),
        ("-de", None),
    ] {
        assert_eq!(Language::of(tag), language, "{tag}");
    }
    for language in Language::ALL {
        assert_eq!(Language::of(language.code()), Some(language));
        let kept = serde_json::to_string(&language).unwrap();
        assert_eq!(kept, format!("\"{}\"", language.code()));
        assert_eq!(serde_json::from_str::<Language>(&kept).unwrap(), language);
        assert!(Language::ALL[language as usize] == language);
    }
}

#[test]
fn the_settings_choose_the_system_where_they_say_nothing_and_english_where_nothing_is_spoken() {
    let tags = |tags: &[&str]| Language::preferred(tags.iter().map(|tag| (*tag).to_owned()));
    assert_eq!(tags(&["zh-CN", "fr-FR", "de"]), Language::French);
    assert_eq!(tags(&["zh-CN"]), Language::English);
    assert_eq!(tags(&[]), Language::English);
    assert_eq!(Language::chosen(Some("ja"), Language::German), Language::Japanese);
    assert_eq!(Language::chosen(None, Language::German), Language::German);
    assert_eq!(Language::chosen(Some("tlh"), Language::German), Language::German);
}

#[test]
fn english_without_anybodys_saying_so_and_another_language_for_one_thread() {
    assert_eq!(language(), Language::English);
    assert_eq!(list(["A", "B", "C"]), "A, B and C");
    assert_eq!((list(["A"]), list([]), row(["A", "B"])), ("A".into(), String::new(), "A, B".into()));
    let german = within(Language::German, || {
        let inside = within(Language::Japanese, || list(["A", "B", "C"]));
        (list(["A", "B", "C"]), inside)
    });
    assert_eq!(german, ("A, B und C".into(), "A、B、C".into()));
    assert_eq!(sentences(["One.".to_owned(), "Two.".to_owned()]), "One. Two.");
}

#[test]
fn lengths_and_moments_are_written_as_people_say_them() {
    let at = |text: &str| text.parse::<DateTime<FixedOffset>>().unwrap();
    let now = at("2026-11-23T17:00:00+02:00");
    let (later, tomorrow, week) =
        (at("2026-11-23T17:30:00+02:00"), at("2026-11-24T01:30:00+02:00"), at("2026-12-04T01:30:00+02:00"));
    let left = |minutes| left(TimeDelta::minutes(minutes));
    for (language, said) in [
        (Language::English, ["9 min", "2 h", "2 h 41", "8 h 05", "Tue 01:30", "4 Dec, 01:30", "Fri 4 Dec, 01:30"]),
        (Language::German, ["9 min", "2 h", "2 h 41", "8 h 05", "Di 01:30", "4. Dez., 01:30", "Fr, 4. Dez., 01:30"]),
        (
            Language::French,
            ["9 min", "2 h", "2 h 41", "8 h 05", "01:30 (mar.)", "01:30 (4 déc.)", "01:30 (ven. 4 déc.)"],
        ),
        (
            Language::Japanese,
            ["9 分", "2 時間", "2 時間 41 分", "8 時間 05 分", "火曜日 01:30", "12月4日 01:30", "12月4日(金) 01:30"],
        ),
    ] {
        within(language, || {
            let all =
                [left(9), left(120), left(161), left(485), clock(tomorrow, now), clock(week, now), moment(week, now)];
            assert_eq!(all, said);
            assert_eq!((clock(later, now), moment(later, now)), ("17:30".into(), "17:30".into()));
            assert_eq!(clock(now, week), clock(now, at("2026-12-24T00:00:00+02:00")), "what is over has its day");
        });
    }
    assert_eq!(day(week, now), "Fri 4 Dec");
    assert_eq!(day(at("2027-01-04T01:30:00+02:00"), now), "4 Jan 2027");
    assert_eq!(length(TimeDelta::minutes(90)), "1 h 30 min");
}
