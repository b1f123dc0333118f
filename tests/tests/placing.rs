//! Where the real window opens, and how it comes and goes: by the icon on four edges and two monitors, centred where nobody may
//! place it, away with the second click and without a flicker.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::App,
    desktop::{
        Desktop, Setup,
        display::SIZE,
        watcher::Seen::{Comes, Goes},
    },
    process::tree,
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{ICON, TITLE, Window},
};

/// What a window may be away from its icon: the panel, and the gap.
const NEAR: i32 = 40;

/// The height of the panel, at the upper edge.
const PANEL: i32 = 30;

fn tenant(desktop: &Desktop) -> Result<Tenant> {
    Tenant::start(desktop.home(), &["--seed", "11"])
}

#[tokio::test]
async fn it_opens_by_the_icon_on_four_edges_and_on_a_monitor_that_begins_elsewhere() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = tenant(&desktop)?;
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_KEEP_WARM", "1")])?;
    let tray = desktop.tray().await?;
    let (width, height) = (SIZE.0 / 2, SIZE.1);
    for monitor in [0, width] {
        desktop.half_a_screen(monitor == 0)?;
        // An icon in the middle of each edge, and in two corners.
        for (edge, x, y) in [
            ("top", width / 2, 12),
            ("bottom", width / 2, height - 12),
            ("left", 12, height / 2),
            ("right", width - 12, height / 2),
            ("top", width - 20, 12),
            ("bottom", 20, height - 12),
        ] {
            let (x, y) = (monitor + x, y);
            tray.activate(x, y).await?;
            let window = desktop.visible(TITLE).await.with_context(|| app.process.log())?;
            let mut place = (0, 0, 0, 0);
            let placed = async || {
                place = desktop.geometry(&window)?;
                let (left, top, wide, high) = place;
                let inside = left >= monitor && left + wide <= monitor + width && top >= PANEL && top + high <= height;
                let (right, bottom) = (left + wide, top + high);
                let near = match edge {
                    "top" => top - y,
                    "bottom" => y - bottom,
                    "left" => left - x,
                    _ => x - right,
                };
                let beside = if matches!(edge, "top" | "bottom") {
                    (left..=right).contains(&x)
                } else {
                    (top..=bottom).contains(&y)
                };
                Ok(inside && (0..=NEAR).contains(&near) && beside)
            };
            until_true("the window at its icon", LONG, placed)
                .await
                .with_context(|| format!("{edge} edge, icon at {x}, {y}, monitor from {monitor}: {place:?}"))?;
            println!("{edge} edge, icon at {x}, {y}: window at {}, {}", place.0, place.1);
            tray.activate(x, y).await?;
            desktop.invisible(TITLE).await?;
        }
        // The X server tells nobody of a monitor that is given another place: a new process sees it.
        until_true("the window's process to end", LONG, async || Ok(tree(app.process.id()).len() == 1)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn where_nobody_may_place_it_it_is_in_the_middle_without_a_title_bar() -> Result<()> {
    // As under a compositor that answers nothing else: the window itself stays on the X server.
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = tenant(&desktop)?;
    let app = App::start_with(&desktop, &tenant, &[("WAYLAND_DISPLAY", "wayland-none")])?;
    let tray = desktop.tray().await?;
    tray.activate(ICON.0, ICON.1).await?;
    let window = desktop.visible(TITLE).await.with_context(|| app.process.log())?;
    let mut place = (0, 0, 0, 0);
    let centred = async || {
        place = desktop.geometry(&window)?;
        let (left, top, wide, high) = place;
        let off = ((left + wide / 2 - SIZE.0 / 2).abs(), (top + high / 2 - SIZE.1 / 2).abs());
        Ok((wide, high) == (380, 620) && off.0 <= PANEL && off.1 <= PANEL)
    };
    until_true("the window in the middle", LONG, centred).await.with_context(|| format!("{place:?}"))?;
    ensure!(desktop.frame(&window)? == [0; 4], "it has a frame: {:?}", desktop.frame(&window)?);
    // It comes and goes as elsewhere.
    tray.activate(ICON.0, ICON.1).await?;
    desktop.invisible(TITLE).await
}

#[tokio::test]
async fn the_second_click_on_the_real_icon_closes_it_without_a_flicker() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = tenant(&desktop)?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    tray.entry("Open Pimento").await?;
    let click = || desktop.click_at(ICON.0 + 10, ICON.1, 1);

    // The panel takes a moment to draw an icon that has just been registered.
    until_true("a click on the icon to open the window", LONG, async || {
        click()?;
        let shown = async || Ok(!desktop.windows(TITLE)?.is_empty());
        Ok(until_true("the window", std::time::Duration::from_secs(5), shown).await.is_ok())
    })
    .await
    .with_context(|| app.process.log())?;
    let window = Window::attach(&desktop, &app).await?;
    window.painted().await?;
    window.detach().await?;
    let id = desktop.visible(TITLE).await?;
    let mut watcher = desktop.watch(&id)?;
    let mut wanted = Vec::new();
    for round in 0..5 {
        click()?;
        wanted.push(Goes);
        until_true("the window to go", LONG, async || Ok(!watcher.seen()?.is_empty() && watcher.seen()? == wanted))
            .await
            .with_context(|| format!("round {round}: {:?}", watcher.seen()))?;
        // A click right after a window went by losing the focus means that it shall stay away: then once more.
        until_true("the window to come", LONG, async || {
            click()?;
            let came = async || Ok(watcher.seen()?.len() > wanted.len());
            Ok(until_true("it", std::time::Duration::from_secs(1), came).await.is_ok())
        })
        .await?;
        wanted.push(Comes);
    }
    // Every click did one thing: had the window flickered, it would have come and gone more often.
    ensure!(watcher.seen()? == wanted, "{:?}", watcher.seen());
    ensure!(desktop.windows(TITLE)?.len() == 1);
    Ok(())
}
