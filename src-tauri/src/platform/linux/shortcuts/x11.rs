//! Keys from an X server: a thread of its own that holds them and sleeps until one is pressed.

use std::{
    error::Error,
    os::fd::OwnedFd,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
};

use pim::shortcut::Keys;
use rustix::{
    event::{EventfdFlags, PollFd, PollFlags, eventfd, poll},
    io::Errno,
};
use tokio::sync::mpsc::UnboundedSender;
use x11rb::{
    connection::Connection,
    errors::ReplyError,
    protocol::{
        ErrorKind, Event,
        xproto::{ConnectionExt, GrabMode, KeyPressEvent, ModMask, Window},
    },
    rust_connection::RustConnection,
};

use super::{
    keyboard::{Grab, Keyboard, Repeats},
    refused,
};
use crate::tray::{Happening, Purpose, Report, Trouble, Wanted};

/// The mark of an event that another program has made up and sent.
const SENT: u8 = 0x80;

/// The modifiers in an event's state; the rest are buttons of the pointer.
const MODIFIERS: u16 = 0xff;

/// The thread that holds keys. Dropping this gives them back and ends it.
pub struct Grabs {
    orders: Sender<Wanted>,
    bell: Arc<OwnedFd>,
}

impl Grabs {
    /// Asks for these keys.
    pub fn start(wanted: Wanted, happenings: UnboundedSender<Happening>) -> std::io::Result<Self> {
        let (orders, ordered) = channel();
        let bell = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        let heard = bell.clone();
        std::thread::Builder::new().name("shortcuts".into()).spawn(move || {
            let mut last = wanted;
            if let Err(error) = run(&mut last, &ordered, &heard, &happenings) {
                let trouble = Trouble::Failed(error.to_string());
                let _ = happenings.send(Happening::Shortcuts(refused(&last, &trouble)));
            }
        })?;
        Ok(Self { orders, bell })
    }

    /// Asks for other keys instead. `false`: the thread has ended.
    pub fn set(&self, wanted: Wanted) -> bool {
        self.orders.send(wanted).is_ok() && self.ring()
    }

    fn ring(&self) -> bool {
        rustix::io::write(&self.bell, &1u64.to_ne_bytes()).is_ok()
    }
}

impl Drop for Grabs {
    fn drop(&mut self) {
        // No keys at all: that is its end.
        self.set(Vec::new());
    }
}

/// Holds keys until none are wanted.
fn run(
    wanted: &mut Wanted,
    ordered: &Receiver<Wanted>,
    bell: &OwnedFd,
    happenings: &UnboundedSender<Happening>,
) -> Result<(), Box<dyn Error>> {
    let mut server = Server::connect()?;
    let mut repeats = Repeats::default();
    let _ = happenings.send(Happening::Shortcuts(server.hold(wanted)?));
    loop {
        // Also what came while an answer was waited for.
        while let Some(event) = server.connection.poll_for_event()? {
            match event {
                Event::KeyPress(press) => {
                    if let Some(purpose) = server.meant(&press)
                        && repeats.is_new(press.detail, press.time)
                    {
                        let _ = happenings.send(Happening::Pressed(purpose));
                    }
                }
                Event::KeyRelease(release) => repeats.released(release.detail, release.time),
                // Another layout: what is meant may lie elsewhere now.
                Event::MappingNotify(_) => {
                    let keyboard = server.read_keyboard()?;
                    if keyboard != server.keyboard {
                        server.keyboard = keyboard;
                        let _ = happenings.send(Happening::Shortcuts(server.hold(wanted)?));
                    }
                }
                _ => {}
            }
        }
        match ordered.try_recv() {
            Ok(next) if next.is_empty() => return Ok(()),
            Ok(next) => {
                *wanted = next;
                let _ = happenings.send(Happening::Shortcuts(server.hold(wanted)?));
            }
            Err(TryRecvError::Disconnected) => return Ok(()),
            Err(TryRecvError::Empty) => server.sleep(bell)?,
        }
    }
}

struct Server {
    connection: RustConnection,
    root: Window,
    keyboard: Keyboard,
    held: Vec<(Purpose, Grab)>,
}

impl Server {
    fn connect() -> Result<Self, Box<dyn Error>> {
        let (connection, screen) = x11rb::connect(None)?;
        let root = connection.setup().roots.get(screen).ok_or("the display has no screen")?.root;
        let mut server = Self { connection, root, keyboard: Keyboard::default(), held: Vec::new() };
        server.keyboard = server.read_keyboard()?;
        Ok(server)
    }

    fn read_keyboard(&self) -> Result<Keyboard, Box<dyn Error>> {
        let (first, last) = (self.connection.setup().min_keycode, self.connection.setup().max_keycode);
        let mapping = self.connection.get_keyboard_mapping(first, (last - first).saturating_add(1))?;
        let modifiers = self.connection.get_modifier_mapping()?;
        let (mapping, modifiers) = (mapping.reply()?, modifiers.reply()?);
        let each = usize::from(modifiers.keycodes_per_modifier()).max(1);
        Ok(Keyboard {
            first,
            columns: mapping.keysyms_per_keycode.into(),
            symbols: mapping.keysyms,
            modifiers: modifiers.keycodes.chunks(each).map(<[u8]>::to_vec).collect(),
        })
    }

    /// Gives back what is held and asks for these.
    fn hold(&mut self, wanted: &Wanted) -> Result<Report, Box<dyn Error>> {
        for (_, grab) in std::mem::take(&mut self.held) {
            self.release(grab)?;
        }
        let mut report = Report::new();
        for (purpose, keys) in wanted {
            let outcome = self.grab(*keys)?;
            if let Ok(grab) = outcome {
                self.held.push((*purpose, grab));
            }
            report.push((*purpose, *keys, outcome.map(drop)));
        }
        Ok(report)
    }

    /// Asks for one, with every combination of locks: all of them, or none.
    fn grab(&self, keys: Keys) -> Result<Result<Grab, Trouble>, Box<dyn Error>> {
        let Some(grab) = self.keyboard.find(keys) else { return Ok(Err(Trouble::NoKey)) };
        for lock in self.keyboard.locks() {
            let modifiers = ModMask::from(grab.held | lock);
            let asynchronous = GrabMode::ASYNC;
            let asked = self.connection.grab_key(false, self.root, modifiers, grab.key, asynchronous, asynchronous)?;
            let trouble = match asked.check() {
                Ok(()) => continue,
                Err(ReplyError::X11Error(error)) if error.error_kind == ErrorKind::Access => Trouble::Taken,
                Err(ReplyError::X11Error(error)) => Trouble::Failed(format!("{:?}", error.error_kind)),
                Err(ReplyError::ConnectionError(error)) => return Err(error.into()),
            };
            self.release(grab)?;
            return Ok(Err(trouble));
        }
        Ok(Ok(grab))
    }

    fn release(&self, grab: Grab) -> Result<(), Box<dyn Error>> {
        for lock in self.keyboard.locks() {
            self.connection.ungrab_key(grab.key, self.root, ModMask::from(grab.held | lock))?;
        }
        Ok(())
    }

    /// What a press is for. One that a program has sent is nobody's.
    fn meant(&self, press: &KeyPressEvent) -> Option<Purpose> {
        if press.response_type & SENT != 0 {
            return None;
        }
        let locks = self.keyboard.locks().into_iter().fold(0, |all, lock| all | lock);
        let held = u16::from(press.state) & MODIFIERS & !locks;
        let pressed = Grab { key: press.detail, held };
        self.held.iter().find(|(_, grab)| *grab == pressed).map(|(purpose, _)| *purpose)
    }

    /// Until the server or the bell says something.
    fn sleep(&self, bell: &OwnedFd) -> Result<(), Box<dyn Error>> {
        self.connection.flush()?;
        let mut sources = [PollFd::new(self.connection.stream(), PollFlags::IN), PollFd::new(bell, PollFlags::IN)];
        match poll(&mut sources, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        // Rung as often as it likes, it is heard once.
        let _ = rustix::io::read(bell, &mut [0; 8]);
        Ok(())
    }
}
