//! A sheet of all glyphs of the tray, to look at.

use std::error::Error;

use pimento_app::icon::{self, Glyph, Image, Ink};
use tiny_skia::{Color, Pixmap, PixmapPaint, Transform};

/// Every state at every size on a dark and a light panel, the smallest also enlarged.
pub fn sheet() -> Result<Pixmap, Box<dyn Error>> {
    const SIZES: [u16; 10] = [16, 20, 22, 24, 28, 32, 36, 40, 48, 64];
    const STATES: [(Glyph, bool); 11] = [
        (Glyph::Loading, false),
        (Glyph::SignedOut, false),
        (Glyph::Idle, false),
        (Glyph::Idle, true),
        (Glyph::Active { left: 24 }, false),
        (Glyph::Active { left: 15 }, false),
        (Glyph::Active { left: 15 }, true),
        (Glyph::Active { left: 5 }, false),
        (Glyph::Expiring, false),
        (Glyph::Error, false),
        (Glyph::Offline, false),
    ];
    const ROW: u16 = 80;
    const COLUMN: u16 = 650;
    let mut all = Pixmap::new(2 * u32::from(COLUMN), u32::from(ROW) * 11).ok_or("too large")?;
    let dark = Color::from_rgba8(0x2b, 0x2b, 0x2b, 255);
    let light = Color::from_rgba8(0xf4, 0xf4, 0xf4, 255);
    for (left, panel) in [(0, dark), (COLUMN, light)] {
        let mut ground = Pixmap::new(u32::from(COLUMN), all.height()).ok_or("too large")?;
        ground.fill(panel);
        all.draw_pixmap(left.into(), 0, ground.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
        for (line, (state, badge)) in (0..).zip(STATES) {
            let mut x = f32::from(left + 10);
            for (size, zoom) in SIZES.map(|size| (size, 1)).into_iter().chain([(16, 4), (24, 3)]) {
                let image = pixmap(&icon::glyph(state, badge, size.into(), Ink::Panel))?;
                let zoomed = Transform::from_scale(f32::from(zoom), f32::from(zoom));
                let placed = zoomed.post_translate(x, f32::from(ROW * line + 8));
                all.draw_pixmap(0, 0, image.as_ref(), &PixmapPaint::default(), placed, None);
                x += f32::from(size * zoom + 14);
            }
        }
    }
    Ok(all)
}

/// An image of ours as the library holds one.
pub fn pixmap(image: &Image) -> Result<Pixmap, Box<dyn Error>> {
    let mut pixmap = Pixmap::new(image.size, image.size).ok_or("an empty image")?;
    for (to, from) in pixmap.pixels_mut().iter_mut().zip(image.rgba.chunks_exact(4)) {
        *to = tiny_skia::ColorU8::from_rgba(from[0], from[1], from[2], from[3]).premultiply();
    }
    Ok(pixmap)
}
