//! The window, what the page's commands work on, and the pipe.

use std::{
    collections::HashMap,
    io::{self, Write},
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError, mpsc::Sender},
    time::Duration,
};

use pim::{clock::Clock, view::View};
use pimento_app::pipe::{self, Because, Death, Down, Page, Place, Up};
use tauri::{
    AppHandle, Context, Emitter, LogicalSize, Manager, PhysicalPosition, PhysicalSize, RunEvent, Runtime, WebviewUrl,
    WebviewWindow, WebviewWindowBuilder, WindowEvent, webview::PageLoadEvent,
};
use tokio::sync::{oneshot, watch};

use crate::{
    commands,
    place::{self, Area, Screen},
    platform,
    wire::{self, is_ours, on_main_thread},
};

/// The only window's label; the capability file names it.
const LABEL: &str = "main";

/// Logical pixels.
const SIZE: (f64, f64) = (380.0, 620.0);

/// Focus may leave for a moment (the window manager is moving it, a pop-up of the page's own): only then is it a blur.
const BLUR_SETTLES: Duration = Duration::from_millis(120);

/// How long, and how often, a window that was just shown is waited for.
const FOCUS_PAUSE: Duration = Duration::from_millis(5);
const FOCUS_TRIES: u8 = 200;

/// How often it is looked whether the window manager gives a visible window the keyboard by itself, as those of X11 do. Asked
/// for what it has given already, one may grab the keyboard for an instant, in which a key that is pressed is lost.
const FOCUS_COMES: u8 = if cfg!(target_os = "linux") { 20 } else { 0 };

/// What the commands of the page work on.
pub struct Flyout {
    up: Sender<Up>,
    views: watch::Sender<Option<Arc<View>>>,
    clock: Clock,
    shown: Mutex<Shown>,
    /// What the page goes on with.
    left: Mutex<Option<String>>,
    asked: Mutex<Asked>,
}

/// Reports that the page waits for, by their serials.
#[derive(Debug, Default)]
struct Asked {
    serial: u32,
    waiting: HashMap<u32, oneshot::Sender<String>>,
}

/// How the window is shown at the moment.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    /// Elapsed reading of the clock when the window was told to show and has not painted yet.
    since: Option<Duration>,
    /// On the screen.
    visible: bool,
    /// It has had the focus since it was shown: before that there is none to lose. What it lost when it was hidden the last
    /// time may be told only after it was shown again.
    focused: bool,
    /// With a title bar: it stays when it loses the focus.
    ordinary: bool,
    /// The page listens.
    listening: bool,
    /// What it is to show, and has not been told yet.
    page: Option<Page>,
}

impl Flyout {
    pub(crate) fn new(up: Sender<Up>) -> Self {
        let (views, clock) = (watch::Sender::new(None), Clock::system());
        Self { up, views, clock, shown: Mutex::default(), left: Mutex::default(), asked: Mutex::default() }
    }

    pub(crate) fn send(&self, message: Up) {
        // Without a reader the process is about to end.
        let _ = self.up.send(message);
    }

    pub(crate) fn views(&self) -> watch::Receiver<Option<Arc<View>>> {
        self.views.subscribe()
    }

    pub(crate) fn painted(&self) {
        let since = self.change(|shown| shown.since.take());
        if let Some(since) = since {
            let milliseconds = self.clock.elapsed().saturating_sub(since).as_millis();
            self.send(Up::Painted { milliseconds: u64::try_from(milliseconds).unwrap_or(u64::MAX) });
        }
    }

    pub(crate) fn goes_on_with(&self, state: String) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
    }

    pub(crate) fn left(&self) -> Option<String> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Asks for a report.
    pub(crate) fn diagnose(&self, names: bool) -> oneshot::Receiver<String> {
        let (tell, told) = oneshot::channel();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.serial = asked.serial.wrapping_add(1);
        let serial = asked.serial;
        // Whoever has given up waits for nothing.
        asked.waiting.retain(|_, tell| !tell.is_closed());
        asked.waiting.insert(serial, tell);
        self.send(Up::Diagnose { serial, names });
        told
    }

    pub(crate) fn diagnosed(&self, serial: u32, text: String) {
        let waiting = self.asked.lock().unwrap_or_else(PoisonError::into_inner).waiting.remove(&serial);
        if let Some(tell) = waiting {
            let _ = tell.send(text);
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Shown) -> T) -> T {
        change(&mut self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Runs the window until the pipe ends.
pub fn run(context: Context) -> ExitCode {
    let Some(up) = wire::up() else { return ExitCode::from(2) };
    let app = platform::tell_when_pages_die(tauri::Builder::default())
        .manage(Flyout::new(up.clone()))
        .invoke_handler(tauri::generate_handler![
            commands::dispatch,
            commands::open_sign_in_page,
            commands::view,
            commands::hide,
            commands::painted,
            commands::alive,
            commands::leave,
            commands::left,
            commands::about,
            commands::diagnose
        ])
        .on_window_event(|window, event| on_window_event(window.app_handle(), event))
        .setup(|app| {
            platform::set_up(app);
            wire::down(app.handle(), follow)?;
            Ok(())
        })
        .build(context);
    let app = match app {
        Ok(app) => app,
        Err(error) => {
            fail(&error);
            return ExitCode::FAILURE;
        }
    };
    app.run(|_, event| {
        // A window that is gone can be made again; only the end of the pipe ends the process.
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            api.prevent_exit();
        }
    });
    ExitCode::SUCCESS
}

/// Says why there is no window: at once, since nothing after it is certain to run.
fn fail(error: &tauri::Error) {
    tracing::error!(%error, "no window on this system");
    let message = platform::explain_failure(error);
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_all(&pipe::line(&Up::Failed { message })).and_then(|()| out.flush()) {
        tracing::error!(%error, "nobody hears of it");
    }
}

fn follow<R: Runtime>(app: &AppHandle<R>, message: Down) {
    match message {
        Down::View { view } => {
            let view: Arc<View> = Arc::from(view);
            app.state::<Flyout>().views.send_replace(Some(view.clone()));
            if let Err(error) = app.emit_to(LABEL, "view", &*view) {
                tracing::warn!(%error, "the page could not be told");
            }
        }
        Down::Show { place, page } => {
            let flyout = app.state::<Flyout>();
            let now = flyout.clock.elapsed();
            flyout.change(|shown| (shown.since, shown.page) = (Some(now), page.or(shown.page)));
            turn_page(app);
            on_main_thread(app, move |app| show(app, place));
        }
        Down::Hide => on_main_thread(app, |app| hide_flyout(app, Because::Asked)),
        Down::Ping => ping(app),
        Down::Left { state } => app.state::<Flyout>().goes_on_with(state),
        Down::Diagnostics { serial, text } => app.state::<Flyout>().diagnosed(serial, text),
    }
}

/// Lets the page itself answer: neither the event loop nor a script that hangs would.
fn ping<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.eval("globalThis.__TAURI_INTERNALS__.invoke('alive')")
    {
        tracing::debug!(%error, "the page cannot be asked");
    }
}

/// The page's own process has ended.
pub(crate) fn page_died<R: Runtime>(app: &AppHandle<R>, how: Death) {
    tracing::warn!(?how, "the page has died");
    app.state::<Flyout>().send(Up::PageDied { how });
}

/// The page listens, and is told what it has missed.
pub(crate) fn page_listens<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Flyout>().change(|shown| shown.listening = true);
    turn_page(app);
}

/// Tells the page what it is to show, once it listens.
fn turn_page<R: Runtime>(app: &AppHandle<R>) {
    let page = app.state::<Flyout>().change(|shown| if shown.listening { shown.page.take() } else { None });
    if let Some(page) = page
        && let Err(error) = app.emit_to(LABEL, "page", page)
    {
        tracing::warn!(%error, "the page could not be told");
    }
}

fn show<R: Runtime>(app: &AppHandle<R>, place: Place) {
    let flyout = app.state::<Flyout>();
    // First: some systems tell of the focus while the window is being shown.
    let before = flyout.change(|shown| {
        shown.ordinary = place == Place::Ordinary;
        std::mem::replace(&mut shown.visible, true)
    });
    // Before it can have the keyboard, so that no key goes where the focus was left.
    if !before && let Err(error) = app.emit_to(LABEL, "shown", ()) {
        tracing::warn!(%error, "the page could not be told");
    }
    if let Err(error) = try_show(app, place) {
        fail(&error);
        // Nothing more can come of this process: a new one is started at the next click.
        app.exit(1);
        return;
    }
    flyout.send(Up::Shown);
}

fn try_show<R: Runtime>(app: &AppHandle<R>, place: Place) -> tauri::Result<()> {
    let area = area(app, place);
    let window = match app.get_webview_window(LABEL) {
        Some(window) => window,
        None => build(app, place)?,
    };
    if place == Place::Ordinary {
        window.set_decorations(true)?;
        window.set_always_on_top(false)?;
        window.set_skip_taskbar(false)?;
    } else {
        window.set_decorations(false)?;
        window.set_always_on_top(true)?;
        window.set_skip_taskbar(true)?;
    }
    if let Some(area) = area {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, and inside a monitor")]
        window.set_size(PhysicalSize::new(area.width as u32, area.height as u32))?;
        window.set_position(corner(area))?;
    } else {
        window.set_size(LogicalSize::new(SIZE.0, SIZE.1))?;
    }
    window.unminimize()?;
    window.show()?;
    settle_once_visible(app, area.map(corner), FOCUS_TRIES);
    tell_when_painted(&window);
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "rounded, and inside a monitor")]
fn corner(area: Area) -> PhysicalPosition<i32> {
    PhysicalPosition::new(area.x as i32, area.y as i32)
}

/// Puts the window in its place once more, and gives it the keyboard. Being shown takes the event loop a turn or two, and
/// before that a window cannot be given the focus on Linux; and a window manager that is slow to notice that it was hidden
/// puts it back where it was.
fn settle_once_visible<R: Runtime>(app: &AppHandle<R>, corner: Option<PhysicalPosition<i32>>, tries: u8) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    if window.is_visible().unwrap_or(true) {
        if let Some(corner) = corner
            && let Err(error) = window.set_position(corner)
        {
            tracing::warn!(%error, "the window was not placed");
        }
        focus_unless_focused(app, FOCUS_COMES);
    } else if let Some(tries) = tries.checked_sub(1) {
        in_a_moment(app, move |app| settle_once_visible(app, corner, tries));
    }
}

/// Gives the window the keyboard, where it does not get it by itself.
fn focus_unless_focused<R: Runtime>(app: &AppHandle<R>, tries: u8) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    if window.is_focused().unwrap_or(false) || !window.is_visible().unwrap_or(true) {
        return;
    }
    if let Some(tries) = tries.checked_sub(1) {
        in_a_moment(app, move |app| focus_unless_focused(app, tries));
    } else if let Err(error) = window.set_focus() {
        tracing::warn!(%error, "the window did not get the focus");
    }
}

fn in_a_moment<R: Runtime>(app: &AppHandle<R>, act: impl FnOnce(&AppHandle<R>) + Send + 'static) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(FOCUS_PAUSE).await;
        on_main_thread(&app, act);
    });
}

fn build<R: Runtime>(app: &AppHandle<R>, place: Place) -> tauri::Result<WebviewWindow<R>> {
    let flyout = place != Place::Ordinary;
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Pimento")
        .inner_size(SIZE.0, SIZE.1)
        .resizable(false)
        .maximizable(false)
        .decorations(!flyout)
        .skip_taskbar(flyout)
        .always_on_top(flyout)
        .visible(false)
        .focused(true)
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
        // Nothing but the embedded files is ever shown here.
        .on_navigation(is_ours)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Finished {
                tell_when_painted(&window);
            }
        });
    let window = wire::among_our_files(window).build()?;
    wire::ground(&window)?;
    platform::tell_when_page_dies(&window)?;
    Ok(window)
}

/// Lets the page call `painted` when a view is on the screen: for the figures, and for finding a slow machine in the log.
fn tell_when_painted<R: Runtime>(window: &WebviewWindow<R>) {
    if let Err(error) = window.eval(include_str!("painted.js")) {
        tracing::debug!(%error, "the page's painting is not timed");
    }
}

/// Where the window goes. One that is at no icon is in the middle, and so is one that may not be placed, as far as it is asked.
fn area<R: Runtime>(app: &AppHandle<R>, place: Place) -> Option<Area> {
    let screens = screens(app);
    let guess = || {
        let pointer = app.cursor_position().ok()?;
        place::near_menu((pointer.x, pointer.y), &screens)
    };
    let place = match place {
        Place::Beside { .. } | Place::Centre if !platform::can_place_windows() => Place::Centre,
        Place::Centre => guess().unwrap_or(place),
        place => place,
    };
    place::flyout(place, &screens, SIZE)
}

fn screens<R: Runtime>(app: &AppHandle<R>) -> Vec<Screen> {
    let primary = app.primary_monitor().ok().flatten();
    let mut monitors = app.available_monitors().unwrap_or_default();
    // The first one is where a flyout without a place goes.
    monitors.sort_by_key(|monitor| primary.as_ref().is_none_or(|primary| primary.position() != monitor.position()));
    let area = |position: PhysicalPosition<i32>, size: PhysicalSize<u32>| Area {
        x: f64::from(position.x),
        y: f64::from(position.y),
        width: f64::from(size.width),
        height: f64::from(size.height),
    };
    let screen = |monitor: &tauri::Monitor| Screen {
        bounds: area(*monitor.position(), *monitor.size()),
        work: area(monitor.work_area().position, monitor.work_area().size),
        scale: monitor.scale_factor(),
    };
    monitors.iter().map(screen).collect()
}

/// The person wants the window away. An ordinary one is all there is, where there is no tray: it goes where it can be found
/// again.
pub(crate) fn put_away<R: Runtime>(app: &AppHandle<R>) {
    let ordinary = app.state::<Flyout>().change(|shown| shown.ordinary);
    match app.get_webview_window(LABEL).filter(|_| ordinary) {
        Some(window) => {
            if let Err(error) = window.minimize() {
                tracing::warn!(%error, "the window could not be minimised");
            }
        }
        None => hide_flyout(app, Because::Asked),
    }
}

/// Hides the window and says so.
pub(crate) fn hide_flyout<R: Runtime>(app: &AppHandle<R>, because: Because) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, "the window could not be hidden");
    }
    let flyout = app.state::<Flyout>();
    flyout.change(|shown| (shown.visible, shown.focused, shown.since) = (false, false, None));
    flyout.send(Up::Hidden { because });
}

fn on_window_event<R: Runtime>(app: &AppHandle<R>, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            hide_flyout(app, Because::Closed);
        }
        WindowEvent::Focused(true) => app.state::<Flyout>().change(|shown| shown.focused = shown.visible),
        WindowEvent::Focused(false) => hide_soon_if_left(app),
        _ => {}
    }
}

/// Looks in a moment whether the focus has really gone elsewhere.
fn hide_soon_if_left<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(BLUR_SETTLES).await;
        on_main_thread(&app, hide_if_left);
    });
}

/// Hides the flyout when the focus is really elsewhere, where the person wants that.
fn hide_if_left<R: Runtime>(app: &AppHandle<R>) {
    if platform::a_list_is_open() {
        // Where the focus is once it has closed, nobody tells.
        hide_soon_if_left(app);
        return;
    }
    let flyout = app.state::<Flyout>();
    let shown = flyout.change(|shown| *shown);
    let wanted = flyout.views.borrow().as_ref().is_none_or(|view| view.settings.hide_on_blur);
    let focused = app.get_webview_window(LABEL).is_some_and(|window| window.is_focused().unwrap_or(false));
    if wanted && shown.visible && shown.focused && !shown.ordinary && !focused {
        hide_flyout(app, Because::Blur);
    }
}
