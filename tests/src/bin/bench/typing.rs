//! Typing in a filter, in the page of a real window.

use anyhow::{Context, Result};
use pimento_tests::window::Window;
use serde_json::{Value, json};

use crate::figures::{Figure, Unit, remark};

/// Resolves to the milliseconds from each keystroke in the filter to the frame after it.
const KEYSTROKES: &str = "const [words, done] = arguments;
    const field = document.querySelector('[data-testid=filter]');
    (async () => {
      const times = [];
      for (const word of words) {
        for (let length = 0; length <= word.length; length++) {
          field.value = word.slice(0, length);
          const from = performance.now();
          field.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
          times.push(performance.now() - from);
        }
      }
      done(times);
    })();";

/// Types each of the words, letter by letter, and prints how late the slowest frames but one in twenty are.
pub async fn print(window: &Window, words: &[&str]) -> Result<()> {
    let told = window.page.client.execute_async(KEYSTROKES, vec![json!(words)]).await?;
    let mut times: Vec<f64> = told.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    let slow = times.get(times.len() * 95 / 100).copied().context("times")?;
    Figure::new("a keystroke in the filter to the frame after it, 95 of 100", Unit::Milliseconds, [slow])
        .aim(50.0)
        .print();
    remark(&format!("{} keystrokes.", times.len()));
    Ok(())
}
