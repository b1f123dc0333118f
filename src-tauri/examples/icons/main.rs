//! Draws the application's icons into `icons/`, and a sheet of all tray glyphs to look at: `docs/icons.png`, or another file.
//! That both are as they are drawn is a test (`src-tauri/tests/icons.rs`).
//!
//! `cargo run -p pimento --example icons [-- sheet FILE.png]`

mod sheet;

use std::{error::Error, fs::File, io::BufWriter, path::Path};

use pimento_app::icon;
use sheet::{pixmap, sheet};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            write_all(&root.join("icons"))?;
            Ok(sheet()?.save_png(root.join("docs/icons.png"))?)
        }
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
