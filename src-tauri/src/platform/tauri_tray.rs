//! Windows and macOS: Tauri's tray and event loop. No window is ever made in this process.

use std::{
    process::ExitCode,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tauri::{
    AppHandle, Manager, RunEvent, Wry,
    image::Image,
    menu::{CheckMenuItemBuilder, IsMenuItem, Menu, MenuItemBuilder, PredefinedMenuItem, Submenu},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};
use tokio::sync::mpsc;

use super::{INK, IS_TEMPLATE, Shortcuts, beside, icon_size, tooltip};
use crate::{
    icon,
    pipe::Place,
    tray::{self, Action, Entry, Face, Happening},
};

const TRAY: &str = "pimento";

/// A click in the menu comes from the system.
pub const MENU_IS_FORGEABLE: bool = false;

/// What is shown, and what a click on each line of the menu asks for.
#[derive(Default)]
struct Shown(Mutex<Menus>);

#[derive(Default)]
struct Menus {
    face: Option<Face>,
    /// Lines ever made: a number is never used twice, so that a click on a menu that has just been replaced cannot be
    /// taken for another.
    lines: usize,
    /// Lines of the menu, and of the one before it.
    actions: Vec<(String, Action)>,
    before: Vec<(String, Action)>,
    /// The menu itself.
    menu: Option<Menu<Wry>>,
}

impl Shown {
    fn lock(&self) -> MutexGuard<'_, Menus> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Menus {
    fn id(&mut self, action: &Action) -> String {
        self.lines += 1;
        let id = self.lines.to_string();
        self.actions.push((id.clone(), action.clone()));
        id
    }

    fn action(&self, id: &str) -> Option<Action> {
        let mut lines = self.actions.iter().chain(&self.before);
        lines.find(|(line, _)| line == id).map(|(_, action)| action.clone())
    }
}

/// The icon in the tray.
pub struct Icon {
    app: AppHandle,
}

impl Icon {
    /// Shows another face.
    #[expect(clippy::unused_async, reason = "the same face as on Linux")]
    pub async fn set(&self, face: &Face) {
        let face = face.clone();
        let result = self.app.run_on_main_thread({
            let app = self.app.clone();
            move || {
                if let Err(error) = apply(&app, &face) {
                    tracing::warn!(%error, "the icon could not be changed");
                }
            }
        });
        if let Err(error) = result {
            tracing::error!(%error, "the event loop is gone");
        }
    }

    /// The icon goes with the event loop.
    #[expect(clippy::unused_async, reason = "the same face as on Linux")]
    pub async fn end(self) {}
}

/// Brings the icon up and runs the tray role until somebody quits.
pub fn run_tray() -> ExitCode {
    let (happenings, happened) = mpsc::unbounded_channel();
    let (again, chosen, clicked) = (happenings.clone(), happenings.clone(), happenings.clone());
    let (pressed, quit) = (happenings.clone(), happenings);
    let mut happened = Some(happened);
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(move |_, _, _| {
            let _ = again.send(Happening::SecondStart);
        }))
        .manage(Shown::default())
        .on_menu_event(move |app, event| {
            if let Some(action) = app.state::<Shown>().lock().action(event.id().as_ref()) {
                let _ = chosen.send(Happening::Chosen(action));
            }
        })
        .on_tray_icon_event(move |_, event| {
            if let Some(place) = left_click(&event) {
                let _ = clicked.send(Happening::Clicked(place));
            }
        })
        .setup(move |app| {
            super::tray_role(app);
            TrayIconBuilder::with_id(TRAY).icon_as_template(IS_TEMPLATE).show_menu_on_left_click(false).build(app)?;
            tracing::info!("tray icon made");
            apply(app.handle(), &Face::starting())?;
            let app = app.handle().clone();
            let happened = happened.take().ok_or("the application is set up once")?;
            let shortcuts = Shortcuts::new(app.clone(), pressed.clone());
            std::thread::Builder::new().name("agent".into()).spawn(move || agent_thread(&app, shortcuts, happened))?;
            Ok(())
        })
        .build(tauri::generate_context!());
    let app = match app {
        Ok(app) => app,
        Err(error) => {
            tracing::error!(%error, "Pimento cannot start");
            return ExitCode::FAILURE;
        }
    };
    app.run(move |_, event| {
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            // The session ends: the agent closes its files first, then exits with a code.
            api.prevent_exit();
            let _ = quit.send(Happening::Quit);
        }
    });
    ExitCode::SUCCESS
}

/// Everything but the icon lives on a thread of its own, so that neither waits for the other.
fn agent_thread(app: &AppHandle, shortcuts: Shortcuts, happened: mpsc::UnboundedReceiver<Happening>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime {
        Ok(runtime) => {
            let code = runtime.block_on(tray::run(Icon { app: app.clone() }, shortcuts, happened));
            app.exit(i32::from(code != ExitCode::SUCCESS));
        }
        Err(error) => {
            tracing::error!(%error, "Pimento cannot start");
            app.exit(1);
        }
    }
}

fn left_click(event: &TrayIconEvent) -> Option<Place> {
    let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, rect, position, .. } =
        event
    else {
        return None;
    };
    // Tray icons are told in physical pixels; the factor is not used then.
    let (corner, size) = (rect.position.to_physical::<f64>(1.0), rect.size.to_physical::<f64>(1.0));
    Some(if size.width > 0.0 && size.height > 0.0 {
        Place::Beside { x: corner.x, y: corner.y, width: size.width, height: size.height }
    } else {
        Place::Beside { x: position.x, y: position.y, width: 0.0, height: 0.0 }
    })
}

fn apply(app: &AppHandle, face: &Face) -> tauri::Result<()> {
    let Some(tray) = app.tray_by_id(TRAY) else { return Ok(()) };
    let shown = app.state::<Shown>();
    let mut menus = shown.lock();
    // Shown once all of it is: what a system without its shell refuses is tried again with the next face.
    let old = menus.face.take();
    // One that cannot be set keeps none of the others from being set.
    let mut outcomes = Vec::new();
    if old.as_ref().is_none_or(|old| (old.glyph, old.badge) != (face.glyph, face.badge)) {
        let picture = picture(icon::glyph(face.glyph, face.badge, pixels(app), INK));
        outcomes.push(tray.set_icon(Some(picture)).and_then(|()| tray.set_icon_as_template(IS_TEMPLATE)));
    }
    if old.as_ref().is_none_or(|old| old.tooltip != face.tooltip) {
        outcomes.push(tray.set_tooltip(Some(tooltip(&face.tooltip))));
    }
    if old.as_ref().is_none_or(|old| old.menu != face.menu) {
        menus.before = std::mem::take(&mut menus.actions);
        let menu = Menu::new(app)?;
        for entry in &face.menu {
            menu.append(&*line(app, entry, &mut menus)?)?;
        }
        tray.set_menu(Some(menu.clone()))?;
        menus.menu = Some(menu);
    }
    outcomes.push(beside(app, &tray, face, menus.menu.as_ref()));
    outcomes.into_iter().collect::<tauri::Result<()>>()?;
    menus.face = Some(face.clone());
    Ok(())
}

/// The icon's size on the main display.
pub(super) fn pixels(app: &AppHandle) -> u32 {
    icon_size(app.primary_monitor().ok().flatten().map_or(1.0, |monitor| monitor.scale_factor()))
}

/// What is drawn, as Tauri takes it.
pub(super) fn picture(image: icon::Image) -> Image<'static> {
    Image::new_owned(image.rgba, image.size, image.size)
}

fn line(app: &AppHandle, entry: &Entry, menus: &mut Menus) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match entry {
        Entry::Item { label, action: Some(action) } => {
            Box::new(MenuItemBuilder::with_id(menus.id(action), plain(label)).build(app)?)
        }
        Entry::Item { label, action: None } => Box::new(MenuItemBuilder::new(plain(label)).enabled(false).build(app)?),
        Entry::Check { label, checked, action } => {
            Box::new(CheckMenuItemBuilder::with_id(menus.id(action), plain(label)).checked(*checked).build(app)?)
        }
        Entry::Submenu { label, entries } => {
            let submenu = Submenu::new(app, plain(label), true)?;
            for entry in entries {
                submenu.append(&*line(app, entry, menus)?)?;
            }
            Box::new(submenu)
        }
        Entry::Separator => Box::new(PredefinedMenuItem::separator(app)?),
    })
}

/// A single ampersand would mark the next letter as the key to press.
fn plain(label: &str) -> String {
    label.replace('&', "&&")
}
