//! Draws the icon: an upward chevron in a ring, in as many shapes as there are states.
//!
//! Everything comes from the geometry below, at the size that is asked for, because the ring drains with the time that is
//! left. Strokes are whole pixels and edges lie on the pixel grid at every size, so that 16 pixels stay crisp. States differ
//! by shape; the two tones keep a contrast of 3:1 at least on light and on dark panels.

mod time;

use std::f32::consts::TAU;

use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash, Transform,
};

pub use time::time;

/// Steps in which the ring drains: fine enough to be seen, coarse enough not to redraw for nothing.
pub const RING_STEPS: u8 = 24;

/// What the icon says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Glyph {
    /// Not known yet: three dots in the ring.
    Loading,
    /// Nobody is signed in: the ring is dashed.
    SignedOut,
    /// Nothing is active: the ring alone.
    Idle,
    /// Something is active: the chevron, and the ring drained by the time that has passed.
    Active {
        /// What is left, in [`RING_STEPS`].
        left: u8,
    },
    /// The end is near: the ring's last sliver, and a dot.
    Expiring,
    /// Something failed: an exclamation mark.
    Error,
    /// No network: a slash.
    Offline,
}

/// Which colours to draw in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Middle tones that are seen on light and on dark panels alike.
    Panel,
    /// Black with transparency: macOS colours it (a template image).
    Template,
    /// White on the application icon's own ground.
    White,
}

impl Ink {
    /// The colour of a glyph: calm while nothing is active, pimento red while something is or went wrong.
    fn tone(self, glyph: Glyph) -> Color {
        let [r, g, b] = match (self, glyph) {
            (Self::Template, _) => [0, 0, 0],
            (Self::White, _) => [255, 255, 255],
            (Self::Panel, Glyph::Active { .. } | Glyph::Expiring | Glyph::Error) => [0xe8, 0x4f, 0x32],
            (Self::Panel, _) => [0x8a, 0x8d, 0x91],
        };
        Color::from_rgba8(r, g, b, 255)
    }

    /// The colour of the dot: another one than that of what is active.
    fn badge(self) -> Color {
        let [r, g, b] = match self {
            Self::Template => [0, 0, 0],
            Self::White => [255, 255, 255],
            Self::Panel => [0x2f, 0x7f, 0xe0],
        };
        Color::from_rgba8(r, g, b, 255)
    }
}

/// A square image: rows of red, green, blue, alpha, not premultiplied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Pixels on each side.
    pub size: u32,
    /// `size * size * 4` bytes.
    pub rgba: Vec<u8>,
}

/// Draws a glyph for a tray, `size` pixels square. `badge`: something waits for a decision.
pub fn glyph(glyph: Glyph, badge: bool, size: u32, ink: Ink) -> Image {
    let mut canvas = Canvas::new(size, 1.0);
    canvas.glyph(glyph, ink);
    if badge {
        canvas.badge(ink);
    }
    canvas.image()
}

/// Draws the application's own icon: the glyph, three quarters of the time left, on pimento red.
pub fn application(size: u32) -> Image {
    let mut canvas = Canvas::new(size, 0.66);
    canvas.ground(Color::from_rgba8(0xd9, 0x43, 0x27, 255));
    canvas.glyph(Glyph::Active { left: RING_STEPS * 3 / 4 }, Ink::White);
    canvas.image()
}

/// A pixmap, and the measures of the glyph on it.
struct Canvas {
    pixmap: Pixmap,
    /// Centre of the ring, the same for both axes.
    centre: f32,
    /// Radius of the middle of the ring's stroke.
    radius: f32,
    /// Width of strokes: whole pixels.
    stroke: f32,
    /// Pixels on each side.
    size: f32,
}

impl Canvas {
    /// `share`: how much of the width the ring takes.
    #[expect(clippy::cast_precision_loss, reason = "icons are small")]
    fn new(size: u32, share: f32) -> Self {
        let size = size.clamp(8, 2048);
        let pixmap = Pixmap::new(size, size).expect("a size between 8 and 2048");
        let side = size as f32;
        let stroke = (side * share * 0.115).round().max(1.0);
        // The outer edge on a whole pixel; a small margin from 20 pixels on, as panels' own icons have.
        let margin =
            (side * (1.0 - share) / 2.0 + side * share / 20.0).round().max(if side > 10.0 { 1.0 } else { 0.0 });
        Self { pixmap, centre: side / 2.0, radius: side / 2.0 - margin - stroke / 2.0, stroke, size: side }
    }

    /// A rounded square in one colour, with the margin that icons of applications have.
    fn ground(&mut self, colour: Color) {
        let margin = (self.size / 32.0).floor();
        let side = self.size - 2.0 * margin;
        let path = rounded_square(margin, side, side * 0.225);
        self.fill(&path, colour);
    }

    fn glyph(&mut self, glyph: Glyph, ink: Ink) {
        let tone = ink.tone(glyph);
        let mut faint = tone;
        faint.apply_opacity(0.32);
        match glyph {
            Glyph::Loading => {
                self.ring(tone);
                for step in [-1.0, 0.0, 1.0] {
                    self.dot(step * self.radius * 0.5, 0.0, (self.stroke * 0.5).max(1.0), tone);
                }
            }
            Glyph::SignedOut => self.dashed_ring(tone),
            Glyph::Idle => self.ring(tone),
            Glyph::Active { left } => {
                let left = f32::from(left.min(RING_STEPS)) / f32::from(RING_STEPS);
                self.arc(0.0, 1.0 - left, faint);
                self.arc(1.0 - left, 1.0, tone);
                self.chevron(tone);
            }
            Glyph::Expiring => {
                self.arc(0.0, 0.86, faint);
                self.arc(0.86, 1.0, tone);
                self.dot(0.0, 0.0, (self.radius - self.stroke / 2.0) * 0.46, tone);
            }
            Glyph::Error => {
                self.ring(tone);
                self.exclamation(tone);
            }
            Glyph::Offline => {
                self.ring(tone);
                self.slash(tone);
            }
        }
    }

    /// A dot in the lower right corner, with air around it: it is seen in one colour as well.
    fn badge(&mut self, ink: Ink) {
        let radius = (self.size * 0.2).round().max(2.0);
        let place = self.size - radius;
        let air = (self.size / 16.0).round().max(1.0);
        let hole = PathBuilder::from_circle(place, place, radius + air).expect("a positive radius");
        let clear = Paint { blend_mode: tiny_skia::BlendMode::Clear, anti_alias: true, ..Paint::default() };
        self.pixmap.fill_path(&hole, &clear, FillRule::Winding, Transform::identity(), None);
        let dot = PathBuilder::from_circle(place, place, radius).expect("a positive radius");
        self.fill(&dot, ink.badge());
    }

    fn ring(&mut self, colour: Color) {
        let path = PathBuilder::from_circle(self.centre, self.centre, self.radius).expect("a positive radius");
        self.stroke(&path, colour, LineCap::Butt, None);
    }

    /// Eight dashes, so that the ring keeps its round shape at 16 pixels.
    fn dashed_ring(&mut self, colour: Color) {
        let path = arc(self.centre, self.radius, -1.0 / 32.0, 31.0 / 32.0);
        let part = TAU * self.radius / 8.0;
        self.stroke(&path, colour, LineCap::Butt, StrokeDash::new(vec![part * 0.56, part * 0.44], 0.0));
    }

    /// The ring between two shares of a turn, clockwise from the top.
    fn arc(&mut self, from: f32, to: f32, colour: Color) {
        if to - from < 0.001 {
            return;
        }
        let path = arc(self.centre, self.radius, from, to);
        self.stroke(&path, colour, LineCap::Butt, None);
    }

    /// The chevron: a bold caret whose arms end upright.
    fn chevron(&mut self, colour: Color) {
        let inner = self.radius - self.stroke / 2.0;
        let (half, rise, thick) = (inner * 0.58, inner * 0.52, inner * 0.50);
        let top = self.centre - f32::midpoint(rise, thick) - inner * 0.06;
        let (x, mut path) = (self.centre, PathBuilder::new());
        path.move_to(x, top);
        path.line_to(x + half, top + rise);
        path.line_to(x + half, top + rise + thick);
        path.line_to(x, top + thick);
        path.line_to(x - half, top + rise + thick);
        path.line_to(x - half, top + rise);
        path.close();
        let path = path.finish().expect("a chevron");
        self.fill(&path, colour);
    }

    fn exclamation(&mut self, colour: Color) {
        let inner = self.radius - self.stroke / 2.0;
        let width = self.stroke.max(inner * 0.3).round();
        // Centred on the pixel grid: a bar of odd width on an even icon would blur.
        let left = (self.centre - width / 2.0).round();
        let top = (self.centre - inner * 0.7).round();
        let bottom = (self.centre + inner * 0.7).round();
        let gap = (inner * 0.22).round().max(1.0);
        for (from, to) in [(top, bottom - width - gap), (bottom - width, bottom)] {
            if let Some(bar) = Rect::from_ltrb(left, from, left + width, to) {
                self.fill(&PathBuilder::from_rect(bar), colour);
            }
        }
    }

    /// From the upper right to the lower left, with air around it where it crosses the ring.
    fn slash(&mut self, colour: Color) {
        let reach = (self.radius + self.stroke / 2.0) * std::f32::consts::FRAC_1_SQRT_2;
        let mut path = PathBuilder::new();
        path.move_to(self.centre + reach, self.centre - reach);
        path.line_to(self.centre - reach, self.centre + reach);
        let path = path.finish().expect("a line");
        let air = Stroke { width: self.stroke * 2.4, line_cap: LineCap::Butt, ..Stroke::default() };
        let clear = Paint { blend_mode: tiny_skia::BlendMode::Clear, anti_alias: true, ..Paint::default() };
        self.pixmap.stroke_path(&path, &clear, &air, Transform::identity(), None);
        self.stroke(&path, colour, LineCap::Butt, None);
    }

    fn dot(&mut self, dx: f32, dy: f32, radius: f32, colour: Color) {
        let path = PathBuilder::from_circle(self.centre + dx, self.centre + dy, radius).expect("a positive radius");
        self.fill(&path, colour);
    }

    fn fill(&mut self, path: &Path, colour: Color) {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color(colour);
        self.pixmap.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
    }

    fn stroke(&mut self, path: &Path, colour: Color, line_cap: LineCap, dash: Option<StrokeDash>) {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color(colour);
        let stroke = Stroke { width: self.stroke, line_cap, line_join: LineJoin::Miter, dash, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint, &stroke, Transform::identity(), None);
    }

    fn image(&self) -> Image {
        let rgba = self.pixmap.pixels().iter().flat_map(|pixel| {
            let pixel = pixel.demultiply();
            [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
        });
        Image { size: self.pixmap.width(), rgba: rgba.collect() }
    }
}

/// An arc around the centre, between two shares of a turn, clockwise from the top.
fn arc(centre: f32, radius: f32, from: f32, to: f32) -> Path {
    const PIECES: u8 = 16;
    let angle = |share: f32| TAU * share - TAU / 4.0;
    let step = angle(to) - angle(from);
    let step = step / f32::from(PIECES);
    // The usual approximation of a circle by cubic curves.
    let reach = radius * 4.0 / 3.0 * (step / 4.0).tan();
    let point = |a: f32| (centre + radius * a.cos(), centre + radius * a.sin());
    let mut path = PathBuilder::new();
    let (x, y) = point(angle(from));
    path.move_to(x, y);
    for piece in 0..PIECES {
        let a = angle(from) + step * f32::from(piece);
        let b = a + step;
        let ((ax, ay), (bx, by)) = (point(a), point(b));
        path.cubic_to(ax - reach * a.sin(), ay + reach * a.cos(), bx + reach * b.sin(), by - reach * b.cos(), bx, by);
    }
    path.finish().expect("an arc")
}

fn rounded_square(origin: f32, side: f32, corner: f32) -> Path {
    let (near, far) = (origin, origin + side);
    // How far the curve's handles stand from the corner itself.
    let handle = corner * 0.448;
    let mut path = PathBuilder::new();
    path.move_to(near + corner, near);
    path.line_to(far - corner, near);
    path.cubic_to(far - handle, near, far, near + handle, far, near + corner);
    path.line_to(far, far - corner);
    path.cubic_to(far, far - handle, far - handle, far, far - corner, far);
    path.line_to(near + corner, far);
    path.cubic_to(near + handle, far, near, far - handle, near, far - corner);
    path.line_to(near, near + corner);
    path.cubic_to(near, near + handle, near + handle, near, near + corner, near);
    path.close();
    path.finish().expect("a rounded square")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Glyph; 7] = [
        Glyph::Loading,
        Glyph::SignedOut,
        Glyph::Idle,
        Glyph::Active { left: 18 },
        Glyph::Expiring,
        Glyph::Error,
        Glyph::Offline,
    ];

    fn opacity(image: &Image) -> Vec<u8> {
        image.rgba.chunks(4).map(|pixel| pixel[3]).collect()
    }

    #[test]
    fn states_differ_by_shape_at_every_size() {
        for size in [16, 20, 22, 24, 32, 48, 64] {
            for (i, a) in ALL.iter().enumerate() {
                for b in &ALL[i + 1..] {
                    let (x, y) = (glyph(*a, false, size, Ink::Template), glyph(*b, false, size, Ink::Template));
                    let differing = opacity(&x).iter().zip(opacity(&y)).filter(|(p, q)| p.abs_diff(*q) > 96).count();
                    assert!(differing >= 8, "{a:?} and {b:?} look alike at {size}: {differing} pixels");
                }
            }
        }
    }

    #[test]
    fn a_badge_is_seen_on_every_state_at_every_size() {
        for size in [16, 20, 22, 24, 32, 48, 64] {
            for state in ALL {
                let (plain, badged) =
                    (glyph(state, false, size, Ink::Template), glyph(state, true, size, Ink::Template));
                let differing =
                    opacity(&plain).iter().zip(opacity(&badged)).filter(|(p, q)| p.abs_diff(*q) > 96).count();
                assert!(differing >= 8, "{state:?} at {size}: {differing} pixels");
            }
        }
    }

    #[test]
    fn the_ring_drains() {
        let solid = |left| {
            let image = glyph(Glyph::Active { left }, false, 32, Ink::Template);
            opacity(&image).iter().filter(|alpha| **alpha > 200).count()
        };
        let amounts: Vec<_> = (0..=RING_STEPS).map(solid).collect();
        assert!(amounts.is_sorted(), "{amounts:?}");
        assert!(amounts[24] > amounts[12] && amounts[12] > amounts[0]);
    }

    /// All that panels, task bars and menu bars ask for: those of Linux, Windows at 100 to 300 %, and the Mac.
    const ASKED: [u32; 12] = [16, 20, 22, 24, 28, 32, 36, 40, 44, 48, 56, 64];

    /// No pixel is neither here nor there.
    fn crisp(profile: &[u8]) -> bool {
        profile.iter().all(|alpha| !(40..=215).contains(alpha)) && profile.iter().any(|alpha| *alpha > 215)
    }

    /// The point that is so far in from a side: of the icon's middle, its last line, and how far.
    type Side = fn(u32, u32, u32) -> (u32, u32);

    #[test]
    fn edges_are_crisp_at_every_size() {
        for size in ASKED {
            for state in [Glyph::Loading, Glyph::Idle, Glyph::Active { left: RING_STEPS }, Glyph::Error] {
                let image = glyph(state, false, size, Ink::Template);
                let alpha = |x: u32, y: u32| image.rgba[((y * size + x) * 4 + 3) as usize];
                let (middle, last) = (size / 2, size - 1);
                // From the middle of each side inwards: nothing, the ring, nothing.
                let sides: [Side; 4] = [|m, _, n| (m, n), |m, l, n| (m, l - n), |m, _, n| (n, m), |m, l, n| (l - n, m)];
                for (side, place) in sides.into_iter().enumerate() {
                    let profile: Vec<u8> =
                        (0..size / 5).map(|n| place(middle, last, n)).map(|(x, y)| alpha(x, y)).collect();
                    assert!(crisp(&profile), "{state:?} at {size}, side {side}: {profile:?}");
                    assert!(profile[0] < 40, "{state:?} at {size} touches its edge: {profile:?}");
                }
            }
            // The exclamation mark stands on the grid, too.
            let image = glyph(Glyph::Error, false, size, Ink::Template);
            let row = size * 2 / 5 * size;
            let across: Vec<u8> = (size / 4..size * 3 / 4).map(|x| image.rgba[((row + x) * 4 + 3) as usize]).collect();
            assert!(crisp(&across), "{size}: {across:?}");
        }
    }

    #[test]
    fn a_smear_is_noticed() {
        assert!(crisp(&[0, 0, 255, 255, 3]) && !crisp(&[0, 128, 255, 127, 0]) && !crisp(&[0, 0, 0]));
    }

    #[test]
    fn a_template_is_black_and_nothing_else() {
        for state in ALL {
            for badge in [false, true] {
                let image = glyph(state, badge, 36, Ink::Template);
                assert!(image.rgba.chunks(4).all(|pixel| pixel[..3] == [0, 0, 0]), "{state:?}");
                // It is read by what is opaque: some is, and some is not.
                let opaque = opacity(&image).iter().filter(|alpha| **alpha > 215).count();
                assert!(opaque > 36 && opaque < 36 * 36 / 2, "{state:?}: {opaque}");
            }
        }
    }

    #[test]
    fn tones_are_seen_on_light_and_dark_panels() {
        let luminance = |rgb: [f32; 3]| {
            let linear = rgb.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        };
        let contrast = |a: f32, b: f32| (a.max(b) + 0.05) / (a.min(b) + 0.05);
        for state in ALL {
            for tone in [Ink::Panel.tone(state), Ink::Panel.badge()] {
                let tone = luminance([tone.red(), tone.green(), tone.blue()]);
                for panel in [[1.0; 3], [0.17; 3]] {
                    let ratio = contrast(tone, luminance(panel));
                    assert!(ratio >= 3.0, "{state:?} on {panel:?}: {ratio}");
                }
            }
        }
    }

    #[test]
    fn any_size_can_be_drawn() {
        for size in [0, 1, 3, 7, 15, 17, 33, 4096] {
            for state in ALL {
                let image = glyph(state, false, size, Ink::Panel);
                assert_eq!(image.rgba.len(), (image.size * image.size * 4) as usize);
            }
        }
    }
}
