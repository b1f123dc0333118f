//! The icons in the repository are as they are drawn.

#[path = "../examples/icons/sheet.rs"]
mod sheet;

use std::{fs::File, path::Path};

use pimento_app::icon::application;
use tiny_skia::Pixmap;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_applications_icons_are_as_they_are_drawn() {
    for (name, size) in [("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)] {
        let file = Pixmap::load_png(root().join("icons").join(name)).unwrap();
        assert_eq!(file, sheet::pixmap(&application(size)).unwrap(), "{name}: run the example `icons`");
    }
    let windows = ico::IconDir::read(File::open(root().join("icons/icon.ico")).unwrap()).unwrap();
    let sizes: Vec<_> = windows.entries().iter().map(ico::IconDirEntry::width).collect();
    assert_eq!(sizes, [16, 20, 24, 32, 40, 48, 64, 256]);
    for entry in windows.entries() {
        let image = entry.decode().unwrap();
        assert_eq!(image.rgba_data(), application(image.width()).rgba, "icon.ico, {}", image.width());
    }
    let apple = icns::IconFamily::read(File::open(root().join("icons/icon.icns")).unwrap()).unwrap();
    assert_eq!(apple.available_icons().len(), 7);
}

#[test]
fn the_sheet_of_the_trays_glyphs_shows_every_state_at_every_size_on_both_panels() {
    let file = Pixmap::load_png(root().join("docs/icons.png")).unwrap();
    assert_eq!(file, sheet::sheet().unwrap(), "run the example `icons`");
}
