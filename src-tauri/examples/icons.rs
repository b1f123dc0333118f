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

/// Every state at every size on a dark and a light panel, each also three times as large.
fn sheet() -> Result<Pixmap, Box<dyn Error>> {
    const SIZES: [u32; 7] = [16, 20, 22, 24, 32, 48, 64];
    const STATES: [Glyph; 9] = [
        Glyph::Loading,
        Glyph::SignedOut,
        Glyph::Idle,
        Glyph::Active { left: 24 },
        Glyph::Active { left: 15 },
        Glyph::Active { left: 5 },
        Glyph::Expiring,
        Glyph::Error,
        Glyph::Offline,
    ];
    let row: u32 = 80;
    let width = SIZES.iter().map(|size| size + 14).sum::<u32>() + 64 + 4 * 16 + 5 * 24;
    let mut all = Pixmap::new(2 * width, row * u32::try_from(STATES.len())?).ok_or("too large")?;
    for (column, panel) in
        [Color::from_rgba8(0x2b, 0x2b, 0x2b, 255), Color::from_rgba8(0xf4, 0xf4, 0xf4, 255)].into_iter().enumerate()
    {
        let left = i32::try_from(column)? * i32::try_from(width)?;
        let mut ground = Pixmap::new(width, all.height()).ok_or("too large")?;
        ground.fill(panel);
        all.draw_pixmap(left, 0, ground.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
        for (line, state) in STATES.into_iter().enumerate() {
            let (mut x, y) = (left + 10, i32::try_from(line)? * i32::try_from(row)? + 8);
            for (size, zoom) in SIZES.map(|size| (size, 1)).into_iter().chain([(16, 4), (24, 3)]) {
                let image = pixmap(&icon::glyph(state, size, Ink::Panel))?;
                let scale = Transform::from_scale(zoom as f32, zoom as f32).post_translate(x as f32, y as f32);
                all.draw_pixmap(0, 0, image.as_ref(), &PixmapPaint::default(), scale, None);
                x += i32::try_from(size * zoom)? + 14;
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
