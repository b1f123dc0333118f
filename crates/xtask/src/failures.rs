//! What failed, out of the thousands of lines that tests print: it is said once more at the very end, where somebody looks.

/// As many of the last lines, where nothing in them says what failed.
const TAIL: usize = 60;

/// The parts of a log that say what failed: of `cargo test` what each failing program lists, of Vitest what it sums up, of
/// anything else the last lines.
pub fn told_in(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    let mut told = Vec::new();
    let mut within = false;
    for line in &lines {
        // Vitest colours its headings, whoever reads them.
        let sums_up = line.contains(" Failed Tests ") || line.contains(" Failed Suites ");
        within |= *line == "failures:" || sums_up || line.starts_with("error: ");
        if within {
            told.push(*line);
        }
        within &= !line.starts_with("test result: ");
    }
    if told.is_empty() {
        told = lines[lines.len().saturating_sub(TAIL)..].to_vec();
    }
    told.join("\n")
}

#[cfg(test)]
mod tests {
    use super::told_in;

    #[test]
    fn of_cargo_each_program_that_failed() {
        let log = "test a ... ok\ntest b ... FAILED\n\nfailures:\n\n---- b stdout ----\nleft: 1\n\nfailures:\n    b\n\n\
                   test result: FAILED. 1 passed; 1 failed\n\n     Running tests/c.rs\ntest c ... ok\n\
                   test result: ok. 1 passed\nerror: 1 target failed:\n    `--test b`\n";
        let told = told_in(log);
        assert!(told.starts_with("failures:\n\n---- b stdout ----\nleft: 1\n"), "{told}");
        assert!(
            told.ends_with("test result: FAILED. 1 passed; 1 failed\nerror: 1 target failed:\n    `--test b`"),
            "{told}"
        );
        assert!(!told.contains("Running tests/c.rs"), "{told}");
    }

    #[test]
    fn of_vitest_its_summary() {
        let log = " \u{1b}[32m✓\u{1b}[39m one\n\n⎯⎯ Failed Tests 1 ⎯⎯\n FAIL two\n expected 1 to be 2\n Tests  1 failed | 1 passed\n";
        assert_eq!(told_in(log), "⎯⎯ Failed Tests 1 ⎯⎯\n FAIL two\n expected 1 to be 2\n Tests  1 failed | 1 passed");
    }

    #[test]
    fn of_anything_else_the_last_lines() {
        let lines: Vec<String> = (0..100).map(|line| format!("line {line}")).collect();
        let told = told_in(&lines.join("\n"));
        assert!(told.starts_with("line 40\n") && told.ends_with("line 99"), "{told}");
        assert_eq!(told_in(""), "");
    }
}
