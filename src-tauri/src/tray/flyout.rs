//! The life of the window's process, decided without touching a process: what happened goes in with the time, what to do
//! comes out.
//!
//! The process is started when the window is first wanted, kept warm for some minutes after it was hidden, then ended. One
//! that does not answer is killed; one that died is started again at the next click.

use std::time::Duration;

use crate::pipe::{Because, Place};

/// How long a hidden window is kept, so that the next click finds it ready.
const WARM: Duration = Duration::from_secs(5 * 60);

/// The variable that names another time than [`WARM`], in seconds. In builds for development only, for a test that does not
/// want to wait so long.
const WARM_VARIABLE: &str = "PIMENTO_KEEP_WARM";

/// A new process must have its window on the screen by then, also on a slow machine that is starting up.
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// A warm one answers within milliseconds.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);

/// From the end of its input to the end of a process.
const ENDS_WITHIN: Duration = Duration::from_secs(5);

/// A click on the icon takes the focus away first, so the window has just hidden itself when the click arrives: the person
/// wants it closed.
const SAME_CLICK: Duration = Duration::from_millis(300);

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A click on the icon: shows the window, or hides it.
    Toggle(Place),
    /// Something wants the window shown.
    Show(Place),
    /// The window said that it is shown.
    Shown,
    /// The window said that it is hidden.
    Hidden(Because),
    /// The process has ended.
    Exited,
    /// A deadline may have passed.
    Time,
    /// Pimento ends.
    Quit,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// Start a process.
    Start,
    /// Send the newest view, then ask it to show its window.
    Show(Place),
    /// Ask it to hide its window.
    Hide,
    /// End its input: it ends by itself.
    End,
    /// It does not answer.
    Kill,
}

/// How long a hidden window is kept: [`WARM`].
pub fn warm() -> Duration {
    let wanted = if cfg!(debug_assertions) { std::env::var(WARM_VARIABLE).ok() } else { None };
    wanted.and_then(|seconds| seconds.parse().ok()).map_or(WARM, Duration::from_secs)
}

/// The state of the window's process.
#[derive(Debug)]
pub struct Flyout {
    /// How long a hidden window is kept.
    warm: Duration,
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// No process.
    #[default]
    Absent,
    /// Asked to show its window.
    Showing { place: Place, deadline: Duration, again: bool, starting: bool },
    /// On the screen.
    Visible,
    /// Asked to hide its window; `starting`: before it had said anything, so that it may take as long as a start takes.
    Hiding { deadline: Duration, starting: bool },
    /// Hidden and kept.
    Warm { since: Duration, blurred: bool },
    /// Its input was ended, or it was killed; `then`: wanted again.
    Ending { deadline: Duration, then: Option<(Place, bool)> },
}

impl Flyout {
    /// No process; a hidden window will be kept for this long.
    pub fn new(warm: Duration) -> Self {
        Self { warm, state: State::default() }
    }

    /// When [`Event::Time`] is due.
    pub fn next_deadline(&self) -> Option<Duration> {
        match self.state {
            State::Absent | State::Visible => None,
            State::Showing { deadline, .. } | State::Hiding { deadline, .. } | State::Ending { deadline, .. } => {
                Some(deadline)
            }
            State::Warm { since, .. } => Some(since + self.warm),
        }
    }

    /// Started, and not on the screen yet.
    pub fn starting(&self) -> bool {
        matches!(self.state, State::Showing { starting: true, .. } | State::Hiding { starting: true, .. })
    }

    /// Hidden and kept: it need not hear what changes.
    pub fn resting(&self) -> bool {
        matches!(self.state, State::Warm { .. })
    }

    /// Takes in what happened at `now` (any monotonic reading) and tells what to do, in this order.
    pub fn handle(&mut self, event: Event, now: Duration) -> Vec<Effect> {
        match event {
            Event::Toggle(place) => self.toggle(place, now),
            Event::Show(place) => self.show(place, now),
            Event::Shown => {
                if let State::Showing { .. } = self.state {
                    self.state = State::Visible;
                }
                Vec::new()
            }
            Event::Hidden(because) => {
                // A window that is to be shown says so first: while that is waited for, this tells of an earlier time.
                if let State::Visible | State::Hiding { .. } = self.state {
                    self.state = State::Warm { since: now, blurred: because == Because::Blur };
                }
                Vec::new()
            }
            Event::Exited => {
                if let State::Ending { then: Some((place, again)), .. } = self.state {
                    return self.start(place, again, now);
                }
                self.state = State::Absent;
                Vec::new()
            }
            Event::Time => self.time(now),
            Event::Quit => match self.state {
                State::Absent => Vec::new(),
                State::Ending { deadline, .. } => {
                    self.state = State::Ending { deadline, then: None };
                    Vec::new()
                }
                _ => self.end(Effect::End, None, now),
            },
        }
    }

    fn toggle(&mut self, place: Place, now: Duration) -> Vec<Effect> {
        match self.state {
            State::Visible => {
                self.state = State::Hiding { deadline: now + ANSWERS_WITHIN, starting: false };
                vec![Effect::Hide]
            }
            // One that is still starting keeps its longer deadline.
            State::Showing { deadline, starting, .. } => {
                let deadline = deadline.max(now + ANSWERS_WITHIN);
                self.state = State::Hiding { deadline, starting };
                vec![Effect::Hide]
            }
            State::Warm { since, blurred: true } if now.saturating_sub(since) < SAME_CLICK => {
                self.state = State::Warm { since, blurred: false };
                Vec::new()
            }
            State::Ending { deadline, then: Some(_) } => {
                self.state = State::Ending { deadline, then: None };
                Vec::new()
            }
            _ => self.show(place, now),
        }
    }

    fn show(&mut self, place: Place, now: Duration) -> Vec<Effect> {
        match self.state {
            State::Absent => self.start(place, true, now),
            State::Ending { deadline, .. } => {
                self.state = State::Ending { deadline, then: Some((place, true)) };
                Vec::new()
            }
            State::Showing { deadline, again, starting, .. } => {
                self.state = State::Showing { place, deadline, again, starting };
                vec![Effect::Show(place)]
            }
            State::Hiding { deadline, starting: true } => {
                self.state = State::Showing { place, deadline, again: true, starting: true };
                vec![Effect::Show(place)]
            }
            State::Visible | State::Hiding { .. } | State::Warm { .. } => {
                self.state = State::Showing { place, deadline: now + ANSWERS_WITHIN, again: true, starting: false };
                vec![Effect::Show(place)]
            }
        }
    }

    /// `again`: one more attempt if this one does not answer.
    fn start(&mut self, place: Place, again: bool, now: Duration) -> Vec<Effect> {
        self.state = State::Showing { place, deadline: now + STARTS_WITHIN, again, starting: true };
        vec![Effect::Start, Effect::Show(place)]
    }

    fn time(&mut self, now: Duration) -> Vec<Effect> {
        if self.next_deadline().is_none_or(|deadline| now < deadline) {
            return Vec::new();
        }
        match self.state {
            State::Absent | State::Visible => Vec::new(),
            State::Showing { place, again, .. } => self.end(Effect::Kill, again.then_some((place, false)), now),
            State::Hiding { .. } => self.end(Effect::Kill, None, now),
            State::Warm { .. } => self.end(Effect::End, None, now),
            State::Ending { then, .. } => self.end(Effect::Kill, then, now),
        }
    }

    fn end(&mut self, effect: Effect, then: Option<(Place, bool)>, now: Duration) -> Vec<Effect> {
        self.state = State::Ending { deadline: now + ENDS_WITHIN, then };
        vec![effect]
    }
}

#[cfg(test)]
#[path = "flyout_tests.rs"]
mod tests;
