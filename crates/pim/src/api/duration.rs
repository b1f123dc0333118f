//! ISO 8601 durations as PIM writes them: `PT8H`, `PT5H30M`, `P15D`, `P365D`.

use std::fmt::Write;

use chrono::TimeDelta;

/// Reads a duration, up to the longest that a view can show in minutes. Years and months have no fixed length: 365 and 30 days are close enough for a limit in a policy.
pub(crate) fn parse(text: &str) -> Option<TimeDelta> {
    const DATE: [(char, i64); 4] = [('Y', 365 * 86_400), ('M', 30 * 86_400), ('W', 7 * 86_400), ('D', 86_400)];
    const TIME: [(char, i64); 3] = [('H', 3600), ('M', 60), ('S', 1)];
    let text = text.trim().to_ascii_uppercase();
    let rest = text.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None if rest.is_empty() => return None,
        None => (rest, ""),
    };
    let seconds = sum(date, &DATE)?.checked_add(sum(time, &TIME)?)?;
    (seconds / 60 <= i64::from(u32::MAX)).then(|| TimeDelta::seconds(seconds))
}

fn sum(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut seconds = 0_i64;
    let mut units = units.iter();
    while !text.is_empty() {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let unit = text[end..].chars().next()?;
        // Units come once, in this order.
        let (_, factor) = units.find(|(name, _)| *name == unit)?;
        // Fractions of a second occur; nothing here is that exact.
        let whole = text[..end].split('.').next()?;
        seconds = seconds.checked_add(whole.parse::<i64>().ok()?.checked_mul(*factor)?)?;
        text = &text[end + unit.len_utf8()..];
    }
    Some(seconds)
}

/// Writes whole minutes, at least one: `PT1H30M`.
pub(crate) fn format(duration: TimeDelta) -> String {
    let minutes = duration.num_minutes().max(1);
    let mut text = String::from("PT");
    if minutes >= 60 {
        let _ = write!(text, "{}H", minutes / 60);
    }
    if minutes % 60 > 0 {
        let _ = write!(text, "{}M", minutes % 60);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_durations_of_the_documentation_are_read() {
        let cases = [
            ("PT8H", 8 * 3600),
            ("PT5H30M", 5 * 3600 + 1800),
            ("PT30M", 1800),
            ("PT0S", 0),
            ("P1D", 86_400),
            ("P1DT12H", 86_400 + 12 * 3600),
            ("P15D", 15 * 86_400),
            ("P365D", 365 * 86_400),
            ("P1Y", 365 * 86_400),
            ("P2W", 14 * 86_400),
            ("pt4h", 4 * 3600),
            ("PT1.5S", 1),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse(text), Some(TimeDelta::seconds(seconds)), "{text}");
        }
        for bad in [
            "",
            "P",
            "PT",
            "8H",
            "PT8",
            "P8H",
            "PTH",
            "PT1M1H",
            "-PT1H",
            "5:30:00",
            "PT99999999999999999999H",
            "P99999Y",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minutes in 1_i64..100_000) {
            prop_assert_eq!(parse(&format(TimeDelta::minutes(minutes))), Some(TimeDelta::minutes(minutes)));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
