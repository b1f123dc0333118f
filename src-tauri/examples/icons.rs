//! Draws the application's icons into `icons/`, and with `sheet FILE` a sheet of all tray glyphs to look at.
//!
//! `cargo run -p pimento --example icons [-- sheet FILE.png]`

use std::{error::Error, fs::File, io::BufWriter, path::Path};

use pimento_app::icon::{self, Glyph, Image, Ink};
use tiny_skia::{Color, Pixmap, PixmapPaint, Transform};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => write_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../icons")),
        ["sheet", file] => Ok(sheet()?.save_png(file)?),
        _ => Err("usage: icons [sheet FILE.png]".into()),
    }
}

fn write_all(folder: &Path) -> Result<(), Box<dyn Error>> {
    for (name, size) in [("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)] {
        pixmap(&icon::application(size))?.save_png(folder.join(name))?;
    }

    let mut windows = ico::IconDir::new(ico::ResourceType::Icon);
    for size in [16, 20, 24, 32, 40, 48, 64, 256] {
        let image = icon::application(size);
        windows.add_entry(ico::IconDirEntry::encode(&ico::IconImage::from_rgba_data(size, size, image.rgba))?);
    }
    windows.write(BufWriter::new(File::create(folder.join("icon.ico"))?))?;

    let mut apple = icns::IconFamily::new();
    for size in [16, 32, 64, 128, 256, 512, 1024] {
        let image = icon::application(size);
        apple.add_icon(&icns::Image::from_data(icns::PixelFormat::RGBA, size, size, image.rgba)?)?;
    }
    apple.write(BufWriter::new(File::create(folder.join("icon.icns"))?))?;
    Ok(())
}

/// Every state at every size on a dark and a light panel, the smallest also enlarged.
fn sheet() -> Result<Pixmap, Box<dyn Error>> {
    const SIZES: [u16; 7] = [16, 20, 22, 24, 32, 48, 64];
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
    const COLUMN: u16 = 500;
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

fn pixmap(image: &Image) -> Result<Pixmap, Box<dyn Error>> {
    let mut pixmap = Pixmap::new(image.size, image.size).ok_or("an empty image")?;
    for (to, from) in pixmap.pixels_mut().iter_mut().zip(image.rgba.chunks_exact(4)) {
        *to = tiny_skia::ColorU8::from_rgba(from[0], from[1], from[2], from[3]).premultiply();
    }
    Ok(pixmap)
}
