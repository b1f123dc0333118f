//! What is left, as a picture beside the icon, for panels that have no room for words: minutes, or hours with an `h`.
//!
//! The signs are rectangles on the pixel grid, three by five cells each, so that they stay crisp at every size.

use tiny_skia::{FillRule, PathBuilder, Rect};

use super::{Canvas, Glyph, Image, Ink};

/// Cells of a sign, row by row from the top, the left one first.
const SIGNS: [(char, [&str; 5]); 11] = [
    ('0', ["###", "# #", "# #", "# #", "###"]),
    ('1', [" # ", "## ", " # ", " # ", "###"]),
    ('2', ["###", "  #", "###", "#  ", "###"]),
    ('3', ["###", "  #", " ##", "  #", "###"]),
    ('4', ["# #", "# #", "###", "  #", "  #"]),
    ('5', ["###", "#  ", "###", "  #", "###"]),
    ('6', ["###", "#  ", "###", "# #", "###"]),
    ('7', ["###", "  #", "  #", " # ", " # "]),
    ('8', ["###", "# #", "###", "# #", "###"]),
    ('9', ["###", "# #", "###", "  #", "###"]),
    ('h', ["#  ", "#  ", "###", "# #", "# #"]),
];

/// Cells across a sign, and down.
const ACROSS: u32 = 3;
const DOWN: u32 = 5;

/// Minutes up to this many are written as they are: what two signs hold.
const MINUTES: u32 = 99;

/// What is written for so many minutes: "41", "2h".
fn words(minutes: u32) -> String {
    if minutes <= MINUTES { minutes.to_string() } else { format!("{}h", minutes / 60) }
}

/// Draws so many minutes in the tone of a glyph, `size` pixels square.
pub fn time(minutes: u32, glyph: Glyph, size: u32, ink: Ink) -> Image {
    let words = words(minutes);
    let mut canvas = Canvas::new(size, 1.0);
    let side = canvas.pixmap.width();
    let signs = u32::try_from(words.chars().count()).unwrap_or(1);
    // As large as two signs need, also where there is one: it does not grow in the last ten minutes.
    let cells = signs.max(2) * (ACROSS + 1) - 1;
    let cell = (side / cells).max(1);
    let width = (signs * (ACROSS + 1) - 1) * cell;
    let (left, top) = (side.saturating_sub(width) / 2, side.saturating_sub(DOWN * cell) / 2);
    let tone = ink.tone(glyph);
    for (place, sign) in (0..).zip(words.chars()) {
        let Some((_, rows)) = SIGNS.iter().find(|(of, _)| *of == sign) else { continue };
        for (down, row) in (0..).zip(rows) {
            for (across, _) in (0..).zip(row.bytes()).filter(|(_, cell)| *cell == b'#') {
                let (x, y) = (left + (place * (ACROSS + 1) + across) * cell, top + down * cell);
                canvas.square(x, y, cell, tone);
            }
        }
    }
    canvas.image()
}

impl Canvas {
    /// A square of whole pixels.
    #[expect(clippy::cast_precision_loss, reason = "icons are small")]
    fn square(&mut self, x: u32, y: u32, side: u32, colour: tiny_skia::Color) {
        if let Some(square) = Rect::from_xywh(x as f32, y as f32, side as f32, side as f32) {
            let mut paint = tiny_skia::Paint { anti_alias: false, ..tiny_skia::Paint::default() };
            paint.set_color(colour);
            let path = PathBuilder::from_rect(square);
            self.pixmap.fill_path(&path, &paint, FillRule::Winding, tiny_skia::Transform::identity(), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [u32; 10] = [16, 20, 22, 24, 28, 32, 36, 40, 48, 64];

    fn drawn(minutes: u32, size: u32) -> Vec<u8> {
        let image = time(minutes, Glyph::Active { left: 12 }, size, Ink::Panel);
        image.rgba.chunks(4).map(|pixel| pixel[3]).collect()
    }

    #[test]
    fn minutes_are_written_as_they_are_and_hours_with_their_letter() {
        for (minutes, text) in [(0, "0"), (5, "5"), (41, "41"), (99, "99"), (100, "1h"), (161, "2h"), (24 * 60, "24h")]
        {
            assert_eq!(words(minutes), text);
        }
    }

    #[test]
    fn every_time_looks_different_and_is_crisp_at_every_size() {
        let times: Vec<u32> = (0..=MINUTES).chain((2..=24).map(|hours| hours * 60)).collect();
        let marks = |of: char| {
            let (_, rows) = SIGNS.iter().find(|(sign, _)| *sign == of).unwrap();
            rows.iter().flat_map(|row| row.bytes()).filter(|cell| *cell == b'#').count()
        };
        for size in SIZES {
            let all: std::collections::BTreeSet<_> = times.iter().map(|minutes| drawn(*minutes, size)).collect();
            assert_eq!(all.len(), times.len(), "at {size}");
            for minutes in &times {
                let (image, words) = (drawn(*minutes, size), words(*minutes));
                assert!(image.iter().all(|alpha| matches!(alpha, 0 | 255)), "at {size}");
                // Nothing is cut off: every cell of every sign is there in full.
                let cells: usize = words.chars().map(marks).sum();
                let side = (size as usize / (words.len().max(2) * 4 - 1)).max(1);
                let seen = image.iter().filter(|alpha| **alpha != 0).count();
                assert_eq!(seen, cells * side * side, "{words} at {size}");
            }
        }
    }

    #[test]
    fn a_sign_has_the_height_that_is_read_at_sixteen_pixels() {
        let image = drawn(41, 16);
        let rows = (0..16).filter(|y| image[y * 16..(y + 1) * 16].contains(&255)).count();
        assert_eq!(rows, 10);
    }
}
