//! The window's process, and the pipe to it.

use std::{io, process::Stdio, sync::Arc};

use pim::{clock::Clock, view::View};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::{mpsc, watch},
};

use crate::pipe::{self, Down, Place, Up};

/// The program beside this one that is the window.
const PROGRAM: &str = "pimento-window";

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
    Show(Place),
    Hide,
    End,
}

impl Process {
    /// Starts the program. What it does comes out of `heard` with the serial.
    pub fn start(
        serial: u64,
        views: watch::Receiver<Arc<View>>,
        clock: Clock,
        heard: mpsc::UnboundedSender<(u64, Heard)>,
    ) -> io::Result<Self> {
        let program = std::env::current_exe()?.with_file_name(PROGRAM).with_extension(std::env::consts::EXE_EXTENSION);
        let mut child = Command::new(&program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", program.display())))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the window's process has no pipe"));
        };
        tracing::info!(pid = child.id(), "window process started");
        let (orders, ordered) = mpsc::unbounded_channel();
        let (kill, killed) = mpsc::unbounded_channel();
        let shown = watch::Sender::new(false);
        tokio::spawn(write(input, ordered, views, shown.subscribe(), clock));
        tokio::spawn(watch_over(child, killed, BufReader::new(output), heard, serial));
        Ok(Self { serial, orders, kill, shown })
    }

    /// Sends the newest view, then asks for the window.
    pub fn show(&self, place: Place) {
        self.shown.send_replace(true);
        // A process that is gone is noticed by its end, not here.
        let _ = self.orders.send(Order::Show(place));
    }

    /// Asks it to hide its window.
    pub fn hide(&self) {
        let _ = self.orders.send(Order::Hide);
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

/// Writes orders and, while the window is shown, every new view. Ends the process's input when there is nobody left to
/// give orders.
async fn write(
    mut input: ChildStdin,
    mut orders: mpsc::UnboundedReceiver<Order>,
    mut views: watch::Receiver<Arc<View>>,
    mut shown: watch::Receiver<bool>,
    clock: Clock,
) -> io::Result<()> {
    loop {
        let visible = *shown.borrow_and_update();
        tokio::select! {
            biased;
            order = orders.recv() => match order {
                None | Some(Order::End) => return Ok(()),
                Some(Order::Hide) => input.write_all(&pipe::line(&Down::Hide)).await?,
                Some(Order::Show(place)) => {
                    send_view(&mut input, &mut views, &clock).await?;
                    input.write_all(&pipe::line(&Down::Show { place })).await?;
                }
            },
            Ok(()) = shown.changed() => {}
            Ok(()) = views.changed(), if visible => send_view(&mut input, &mut views, &clock).await?,
            // The window counts on from the time in the view: it must hear of corrections.
            () = clock.changed(), if visible => send_view(&mut input, &mut views, &clock).await?,
        }
    }
}

async fn send_view(input: &mut ChildStdin, views: &mut watch::Receiver<Arc<View>>, clock: &Clock) -> io::Result<()> {
    let view = views.borrow_and_update().clone();
    let view = Box::new(View { now: clock.now(), ..(*view).clone() });
    input.write_all(&pipe::line(&Down::View { view })).await
}

/// Reads what the process says until it has ended.
async fn watch_over(
    mut child: Child,
    mut killed: mpsc::UnboundedReceiver<()>,
    mut output: BufReader<ChildStdout>,
    heard: mpsc::UnboundedSender<(u64, Heard)>,
    serial: u64,
) {
    let mut reading = true;
    loop {
        tokio::select! {
            line = read_line(&mut output), if reading => match line {
                // Without a pipe it is of no use; it ends by itself or is killed.
                Ok(None) | Err(_) => reading = false,
                Ok(Some(line)) => match serde_json::from_slice(&line) {
                    Ok(message) => drop(heard.send((serial, Heard::Said(message)))),
                    Err(error) => tracing::warn!(%error, "the window said something this version does not know"),
                },
            },
            Some(()) = killed.recv() => {
                tracing::warn!("the window does not answer: ending its process");
                if let Err(error) = child.start_kill() {
                    tracing::error!(%error, "the window's process cannot be ended");
                }
            }
            status = child.wait(), if !reading => {
                match status {
                    Ok(status) if status.success() => tracing::info!("window process ended"),
                    Ok(status) => tracing::warn!(%status, "window process ended"),
                    Err(error) => tracing::error!(%error, "window process lost"),
                }
                let _ = heard.send((serial, Heard::Exited));
                return;
            }
        }
    }
}

/// One line, without ever holding more than the longest allowed. An endless one ends the reading.
async fn read_line(output: &mut BufReader<ChildStdout>) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = output.take(pipe::LONGEST_UP).read_until(b'\n', &mut line).await?;
    match line.last() {
        Some(b'\n') => Ok(Some(line)),
        _ if read == 0 => Ok(None),
        _ => Err(io::Error::from(io::ErrorKind::InvalidData)),
    }
}
