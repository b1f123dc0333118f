//! What every window has: the pipe on standard input and output, and its ground.

use std::{
    io::{self, BufRead, BufReader, IsTerminal, Read, Write},
    sync::mpsc::{Receiver, Sender, channel},
    time::Duration,
};

use pim::paths::Paths;
use pimento_app::pipe;
use serde::{Serialize, de::DeserializeOwned};
use tauri::{AppHandle, Manager, Runtime, Theme, Url, WebviewWindow, WebviewWindowBuilder, utils::config::Color};

/// `--window` of the page's colours, light and dark.
const LIGHT_GROUND: Color = Color(0xf6, 0xf6, 0xf8, 255);
const DARK_GROUND: Color = Color(0x22, 0x23, 0x27, 255);

/// An event loop that does not end by then never will.
const ENDS_WITHIN: Duration = Duration::from_secs(2);

/// The way up. `None`, said to whoever started it: there is a terminal at the other end.
pub fn up<T: Serialize + Send + 'static>() -> Option<Sender<T>> {
    if io::stdin().is_terminal() {
        eprintln!("This is the window of Pimento, which Pimento starts itself. To see it, start `pimento`.");
        return None;
    }
    let (up, out) = channel();
    std::thread::Builder::new()
        .name("pipe-up".into())
        .spawn(move || write_up(&out, io::stdout()))
        .expect("a thread at the start of the process");
    Some(up)
}

/// Hands everything that comes down to `follow`, and ends the process with the pipe.
pub fn down<R: Runtime, T: DeserializeOwned + 'static>(
    app: &AppHandle<R>,
    follow: fn(&AppHandle<R>, T),
) -> io::Result<()> {
    let app = app.clone();
    let read = move || read_down(&app, io::stdin().lock(), follow);
    std::thread::Builder::new().name("pipe-down".into()).spawn(read).map(drop)
}

/// Writes what the page and the window have to say, one line each.
fn write_up<T: Serialize>(messages: &Receiver<T>, mut out: impl Write) {
    for message in messages {
        if out.write_all(&pipe::line(&message)).and_then(|()| out.flush()).is_err() {
            break;
        }
    }
}

/// Reads the pipe until it ends, then ends the process.
fn read_down<R: Runtime, T: DeserializeOwned>(app: &AppHandle<R>, input: impl Read, follow: fn(&AppHandle<R>, T)) {
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut input).take(pipe::LONGEST_DOWN).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => break,
            Ok(_) => match serde_json::from_slice(&line) {
                Ok(message) => follow(app, message),
                Err(error) => tracing::error!(%error, "a line on the pipe that this version does not know"),
            },
        }
    }
    app.exit(0);
    std::thread::sleep(ENDS_WITHIN);
    std::process::exit(0);
}

/// Does something where windows may be touched.
pub fn on_main_thread<R: Runtime>(app: &AppHandle<R>, act: impl FnOnce(&AppHandle<R>) + Send + 'static) {
    let handle = app.clone();
    if let Err(error) = app.run_on_main_thread(move || act(&handle)) {
        tracing::error!(%error, "the event loop is gone");
    }
}

/// Is it the address of the embedded files on this system?
pub fn is_ours(url: &Url) -> bool {
    let (scheme, host) = if cfg!(windows) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };
    url.scheme() == scheme && url.host_str() == Some(host) && url.port().is_none()
}

/// With what the web view keeps among our own files, which `pim purge` deletes.
pub fn among_our_files<R: Runtime, M: Manager<R>>(
    window: WebviewWindowBuilder<'_, R, M>,
) -> WebviewWindowBuilder<'_, R, M> {
    match Paths::locate() {
        Some(paths) => window.data_directory(paths.web_view()),
        None => window,
    }
}

/// The page's own ground, so that nothing flashes before it is painted.
pub fn ground<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    let ground = if window.theme()? == Theme::Dark { DARK_GROUND } else { LIGHT_GROUND };
    window.set_background_color(Some(ground))
}
