//! The window's process, and the pipe to it.

use std::{io, path::Path, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use pim::{
    clock::Clock,
    view::{Notice, Updates, View},
    words,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::{Child, Command},
    sync::{mpsc, watch},
    task::JoinHandle,
};

use super::{
    pace::Pace,
    wire::{self, Input, Output},
};
use crate::pipe::{self, Down, Page, Place, Up};

/// The program beside this one that is the window.
const PROGRAM: &str = "pimento-window";

/// Ways to look into a web view, or to put another engine in its place, that a program which starts Pimento could leave in
/// the environment. They are for development: what is shipped has none of them.
const DEBUGGING: [&str; 14] = [
    "GTK_DEBUG",
    "GTK_MODULES",
    "JSC_dumpOptions",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_EXEC_PATH",
    "WEBKIT_INJECTED_BUNDLE_PATH",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
    "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
    "WEBVIEW2_RELEASE_CHANNEL_PREFERENCE",
    "WEBVIEW2_USER_DATA_FOLDER",
    "WEBVIEW2_WAIT_FOR_SCRIPT_DEBUGGER",
];

/// What a process said before it ended is read for this long at most.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A program whose input has ended ends by then.
const ENDS_WITHIN: Duration = Duration::from_secs(2);

/// Messages of the window's that wait for the tray's loop; more wait in the pipe, and then in the window's process.
pub const WAITING: usize = 64;

/// Something the process did.
#[derive(Debug)]
pub enum Heard {
    /// It said something.
    Said(Up),
    /// It has ended.
    Exited,
}

/// A running window process. Dropping it ends it.
#[derive(Debug)]
pub struct Process {
    /// Which one of those started so far: what an older one still says is no news.
    pub serial: u64,
    orders: mpsc::UnboundedSender<Order>,
    kill: mpsc::UnboundedSender<()>,
    shown: watch::Sender<bool>,
}

#[derive(Debug)]
enum Order {
    Show(Place, Option<Page>),
    Hide,
    Ping,
    Tell(Down),
    End,
}

/// All that a process is told of by itself.
#[derive(Debug)]
pub struct Told {
    /// The agent's views.
    pub views: watch::Receiver<Arc<View>>,
    /// Notices of the tray's own.
    pub notices: watch::Receiver<Vec<Notice>>,
    /// What is known of newer versions.
    pub updates: watch::Receiver<Updates>,
}

/// What an earlier process has shown, and left.
#[derive(Debug, Default)]
pub struct Before {
    /// The form with this serial is not wanted again.
    pub form_seen: Option<u32>,
    /// What the page goes on with.
    pub left: Option<String>,
}

impl Process {
    /// Starts the program. What it does comes out of `heard` with the serial.
    pub fn start(
        serial: u64,
        told: Told,
        before: Before,
        clock: Clock,
        heard: mpsc::Sender<(u64, Heard)>,
    ) -> io::Result<Self> {
        let (child, input, output) = spawn(&[])?;
        tracing::info!(pid = child.id(), "window process started");
        let (orders, ordered) = mpsc::unbounded_channel();
        let (kill, killed) = mpsc::unbounded_channel();
        let shown = watch::Sender::new(false);
        let feed = Feed { told, form_seen: before.form_seen, clock: clock.clone() };
        tokio::spawn(write(input, before.left, ordered, feed, shown.subscribe()));
        let reading = tokio::spawn(read(BufReader::new(output), heard.clone(), serial, clock));
        tokio::spawn(watch_over(child, killed, reading, heard, serial));
        Ok(Self { serial, orders, kill, shown })
    }

    /// Sends the newest view, then asks for the window, with this page if one is wanted.
    pub fn show(&self, place: Place, page: Option<Page>) {
        self.shown.send_replace(true);
        // A process that is gone is noticed by its end, not here.
        let _ = self.orders.send(Order::Show(place, page));
    }

    /// Asks it to hide its window.
    pub fn hide(&self) {
        let _ = self.orders.send(Order::Hide);
    }

    /// Asks its page for a sign of life.
    pub fn ping(&self) {
        let _ = self.orders.send(Order::Ping);
    }

    /// Tells it the report that it has asked for, once that is made.
    pub fn answer(&self, serial: u32) -> impl FnOnce(String) + Send + 'static {
        let orders = self.orders.clone();
        move |text| {
            let _ = orders.send(Order::Tell(Down::Diagnostics { serial, text }));
        }
    }

    /// Its window is hidden: views can wait until it is shown again.
    pub fn rest(&self) {
        self.shown.send_replace(false);
    }

    /// Ends its input: it ends by itself.
    pub fn end(&self) {
        let _ = self.orders.send(Order::End);
    }

    /// Ends it at once.
    pub fn kill(&self) {
        let _ = self.kill.send(());
    }
}

/// Starts the window's program, with these arguments and the language to speak.
pub fn spawn(arguments: &[&str]) -> io::Result<(Child, Input, Output)> {
    let program = std::env::current_exe()?.with_file_name(PROGRAM).with_extension(std::env::consts::EXE_EXTENSION);
    let mut command = command(&program, cfg!(not(debug_assertions)));
    command.args(arguments).arg(words::language().code());
    wire::spawn(command).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", program.display())))
}

/// Waits for the end of a program whose input has ended; one that hangs is killed. Whether it ended well.
pub async fn end(child: &mut Child) -> bool {
    if let Ok(status) = tokio::time::timeout(ENDS_WITHIN, child.wait()).await {
        return status.is_ok_and(|status| status.success());
    }
    tracing::warn!("ending a window's process");
    kill(child);
    let _ = child.wait().await;
    false
}

/// Writes orders and, while the window is shown, every new view. Ends the process's input when there is nobody left to
/// give orders.
async fn write(
    mut input: Input,
    left: Option<String>,
    mut orders: mpsc::UnboundedReceiver<Order>,
    mut feed: Feed,
    mut shown: watch::Receiver<bool>,
) -> io::Result<()> {
    let clock = feed.clock.clone();
    if let Some(state) = left {
        input.write_all(&pipe::line(&Down::Left { state })).await?;
    }
    loop {
        let visible = *shown.borrow_and_update();
        tokio::select! {
            biased;
            order = orders.recv() => match order {
                None | Some(Order::End) => return Ok(()),
                Some(Order::Hide) => input.write_all(&pipe::line(&Down::Hide)).await?,
                Some(Order::Tell(told)) => input.write_all(&pipe::line(&told)).await?,
                Some(Order::Ping) => input.write_all(&pipe::line(&Down::Ping)).await?,
                Some(Order::Show(place, page)) => {
                    input.write_all(&feed.newest()).await?;
                    input.write_all(&pipe::line(&Down::Show { place, page })).await?;
                }
            },
            Ok(()) = shown.changed() => {}
            Ok(()) = feed.told.views.changed(), if visible => input.write_all(&feed.newest()).await?,
            Ok(()) = feed.told.notices.changed(), if visible => input.write_all(&feed.newest()).await?,
            Ok(()) = feed.told.updates.changed(), if visible => input.write_all(&feed.newest()).await?,
            // The window counts on from the time in the view: it must hear of corrections.
            () = clock.changed(), if visible => input.write_all(&feed.newest()).await?,
        }
    }
}

/// The views as this process is to see them.
struct Feed {
    told: Told,
    form_seen: Option<u32>,
    clock: Clock,
}

impl Feed {
    /// The newest one as a line for the pipe.
    fn newest(&mut self) -> Vec<u8> {
        let view = self.told.views.borrow_and_update().clone();
        let mut view = as_seen(&view, self.form_seen, self.clock.now());
        view.notices.extend(self.told.notices.borrow_and_update().iter().cloned());
        view.updates = Some(self.told.updates.borrow_and_update().clone());
        pipe::line(&Down::View { view: Box::new(view) })
    }
}

/// A view with the time of now, and without the form that an earlier process has shown.
fn as_seen(view: &View, form_seen: Option<u32>, now: DateTime<Utc>) -> View {
    let open_form = view.open_form.clone().filter(|form| Some(form.serial) != form_seen);
    View { now, open_form, ..view.clone() }
}

/// How the program is started. `shipped`: not for development.
fn command(program: &Path, shipped: bool) -> Command {
    let mut command = Command::new(program);
    command.kill_on_drop(true);
    // A group of its own, to be ended as one.
    #[cfg(target_os = "linux")]
    command.process_group(0);
    // No page of ours needs a graphics card: without one it is painted a third of a second sooner where a driver would have to be
    // started first, and takes less memory.
    #[cfg(target_os = "linux")]
    command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    if shipped {
        for name in DEBUGGING {
            command.env_remove(name);
        }
    }
    command
}

/// Reads what the process says until its output ends, no faster than it is dealt with: what runs HTML cannot fill this
/// process's memory. `Err`: it says what cannot be read to its end.
async fn read(
    mut output: BufReader<Output>,
    heard: mpsc::Sender<(u64, Heard)>,
    serial: u64,
    clock: Clock,
) -> io::Result<()> {
    let mut pace = Pace::default();
    while let Some(line) = read_line(&mut output, pipe::LONGEST_UP).await? {
        tokio::time::sleep(pace.wait(clock.elapsed())).await;
        match serde_json::from_slice(&line) {
            Ok(message) => {
                if heard.send((serial, Heard::Said(message))).await.is_err() {
                    return Ok(());
                }
            }
            Err(error) => tracing::warn!(%error, "the window said something this version does not know"),
        }
    }
    Ok(())
}

/// Waits for the end of the process, and kills it when asked to.
async fn watch_over(
    mut child: Child,
    mut killed: mpsc::UnboundedReceiver<()>,
    mut reading: JoinHandle<io::Result<()>>,
    heard: mpsc::Sender<(u64, Heard)>,
    serial: u64,
) {
    let status = loop {
        tokio::select! {
            read = &mut reading, if !reading.is_finished() => if !matches!(read, Ok(Ok(()))) {
                // Nothing that it says would be heard any more.
                tracing::warn!("the window cannot be understood: ending its process");
                kill(&mut child);
            },
            Some(()) = killed.recv() => {
                tracing::warn!("ending the window's process");
                kill(&mut child);
            }
            status = child.wait() => break status,
        }
    };
    // What it said last. A process of the web view's that hangs can hold the pipe open for longer than that.
    if !reading.is_finished() && tokio::time::timeout(LAST_WORDS, &mut reading).await.is_err() {
        reading.abort();
    }
    match status {
        Ok(status) if status.success() => tracing::info!("window process ended"),
        Ok(status) => tracing::warn!(%status, "window process ended"),
        Err(error) => tracing::error!(%error, "window process lost"),
    }
    let _ = heard.send((serial, Heard::Exited)).await;
}

/// Ends the process, and on Linux those that its web view has started: one that hangs would not notice.
fn kill(child: &mut Child) {
    #[cfg(target_os = "linux")]
    if let Some(group) = child.id().and_then(|id| rustix::process::Pid::from_raw(i32::try_from(id).ok()?)) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    if let Err(error) = child.start_kill() {
        tracing::error!(%error, "the window's process cannot be ended");
    }
}

/// One line, without ever holding more than the longest allowed. An endless one ends the reading.
pub async fn read_line(output: &mut BufReader<Output>, longest: u64) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = output.take(longest).read_until(b'\n', &mut line).await?;
    match line.last() {
        Some(b'\n') => Ok(Some(line)),
        _ if read == 0 => Ok(None),
        _ => Err(io::Error::from(io::ErrorKind::InvalidData)),
    }
}

#[cfg(test)]
mod tests {
    use pim::view::OpenForm;

    use super::*;

    fn removed(shipped: bool) -> Vec<String> {
        let command = command(Path::new("pimento-window"), shipped);
        let changed = command.as_std().get_envs().filter(|(_, value)| value.is_none());
        changed.map(|(name, _)| name.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn what_is_shipped_passes_no_way_to_debug_the_web_view_on() {
        let removed = removed(true);
        for name in [
            "TAURI_WEBVIEW_AUTOMATION",
            "WEBKIT_INSPECTOR_SERVER",
            "WEBKIT_INSPECTOR_HTTP_SERVER",
            "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
        ] {
            assert!(removed.iter().any(|each| each == name), "{name}");
        }
        assert!(!removed.iter().any(|each| ["HOME", "DISPLAY", "WAYLAND_DISPLAY", "LANG"].contains(&each.as_str())));
    }

    #[test]
    fn development_keeps_its_tools() {
        assert!(removed(false).is_empty());
    }

    #[test]
    fn a_form_is_shown_by_one_process_only() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let form = |serial| Some(OpenForm { id: "x".into(), bundle: false, serial });
        let shown = |wanted, seen| as_seen(&View { open_form: wanted, ..View::empty(now) }, seen, now).open_form;
        assert_eq!(shown(form(1), None), form(1), "asked for before the process was there");
        assert_eq!(shown(form(1), Some(1)), None, "shown by an earlier process");
        assert_eq!(shown(form(2), Some(1)), form(2), "asked for anew");
        assert_eq!(shown(None, Some(1)), None);
    }
}
