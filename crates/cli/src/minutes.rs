//! Durations as people type and read them.

/// Reads `2h`, `90m`, `1h30m`, `1.5h`, `45` (minutes) or `PT1H30M` as minutes.
pub fn parse_minutes(text: &str) -> Result<u32, String> {
    let wrong = || format!("`{text}` is not a duration; write 2h, 90m, 1h30m or PT2H");
    let folded = text.trim().to_lowercase();
    let body = folded.strip_prefix("pt").unwrap_or(&folded);
    if body.is_empty() {
        return Err(wrong());
    }
    let mut minutes = 0.0_f64;
    let mut number = String::new();
    for character in body.chars() {
        let factor = match character {
            '0'..='9' | '.' => {
                number.push(character);
                continue;
            }
            'h' => 60.0,
            'm' => 1.0,
            _ => return Err(wrong()),
        };
        minutes += std::mem::take(&mut number).parse::<f64>().map_err(|_| wrong())? * factor;
    }
    if !number.is_empty() {
        // A bare number is minutes, but only where nothing came before it: `1h30` is a slip of the pen.
        if minutes > 0.0 {
            return Err(wrong());
        }
        minutes = number.parse().map_err(|_| wrong())?;
    }
    if !(1.0..=525_600.0).contains(&minutes) {
        return Err(wrong());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 1 to 525,600")]
    Ok(minutes.round() as u32)
}

/// `2 h 41`, `9 min`, `under a minute`.
pub fn spoken(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        _ if minutes < 1 => "under a minute".into(),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        for (text, minutes) in [
            ("2h", 120),
            ("90m", 90),
            ("1h30m", 90),
            ("1.5h", 90),
            ("45", 45),
            ("PT1H30M", 90),
            (" 8H ", 480),
            ("PT30M", 30),
        ] {
            assert_eq!(parse_minutes(text), Ok(minutes), "{text}");
        }
    }

    #[test]
    fn what_nobody_means_is_refused() {
        for text in ["", "h", "PT", "-2h", "2d", "1h30", "0", "0h", "9e9h", "99999999h", "1..5h", "two hours"] {
            let refusal = parse_minutes(text).expect_err(text);
            assert!(refusal.contains("2h, 90m"), "{refusal}");
        }
    }

    #[test]
    fn times_are_spoken() {
        for (minutes, words) in [(0, "under a minute"), (9, "9 min"), (60, "1 h"), (65, "1 h 05"), (161, "2 h 41")] {
            assert_eq!(spoken(minutes), words);
        }
    }
}
