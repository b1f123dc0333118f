//! The life of the window's process, decided without touching a process: what happened goes in with the time, what to do
//! comes out.
//!
//! The process is started when the window is first wanted, kept warm for some minutes after it was hidden, then ended. One
//! that does not answer is killed.
//!
//! A window that ends by itself while it is on the screen is started again where it was left: its page has died (the web
//! view says so, or the page does not answer), or its whole process has. Once; when that happens again soon, the next
//! attempt waits for a click.

use std::time::Duration;

use crate::pipe::{Because, Place};

/// How long a hidden window is kept, so that the next click finds it ready.
const WARM: Duration = Duration::from_secs(5 * 60);

/// The variable that names another time than [`WARM`], in seconds: for tests and figures that do not want to wait so long.
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

/// A visible page is asked for a sign of life this often. WebView2 lets nobody hear of a page's end who may not write unsafe
/// code; elsewhere the web view tells, and all that is left to notice is a page that hangs.
const PULSE: Duration = Duration::from_secs(if cfg!(windows) { 3 } else { 15 });

/// A page answers within milliseconds; on a machine that is busy, within this.
const BEATS_WITHIN: Duration = Duration::from_secs(5);

/// A window that ended by itself is started again by itself this often at most.
const RECOVERS_EVERY: Duration = Duration::from_secs(5 * 60);

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
    /// The page said that it is alive.
    Alive,
    /// The web view said that its page is not.
    PageDied,
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
    Start {
        /// It goes on where the one before was left.
        resume: bool,
    },
    /// Send the newest view, then ask it to show its window.
    Show(Place),
    /// Ask it to hide its window.
    Hide,
    /// End its input: it ends by itself.
    End,
    /// End it at once.
    Kill,
    /// Ask the page for a sign of life.
    Ping,
    /// Say that the window ended by itself, and is not started again by itself.
    GiveUp,
}

/// How long a hidden window is kept: [`WARM`].
pub fn warm() -> Duration {
    let wanted = std::env::var(WARM_VARIABLE).ok();
    wanted.and_then(|seconds| seconds.parse().ok()).map_or(WARM, Duration::from_secs)
}

/// The state of the window's process.
#[derive(Debug)]
pub struct Flyout {
    /// How long a hidden window is kept.
    warm: Duration,
    state: State,
    /// The last process did not end in good order: until then a new one goes on where it was left.
    resumes_until: Option<Duration>,
    /// When a window was started again by itself the last time.
    recovered: Option<Duration>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// No process.
    #[default]
    Absent,
    /// Asked to show its window.
    Showing { place: Place, deadline: Duration, again: bool, starting: bool },
    /// On the screen.
    Visible { place: Place, pulse: Pulse },
    /// Asked to hide its window; `starting`: before it had said anything, so that it may take as long as a start takes.
    Hiding { deadline: Duration, starting: bool },
    /// Hidden and kept.
    Warm { since: Duration, blurred: bool },
    /// Its input was ended, or it was killed; `then`: wanted again.
    Ending { deadline: Duration, then: Option<(Place, bool)> },
}

/// Whether the visible page is known to live.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pulse {
    /// It is asked then.
    Rests { until: Duration },
    /// It was asked. `again`: once more if it does not answer, since this machine may have slept meanwhile.
    Asked { until: Duration, again: bool },
}

impl Pulse {
    fn until(self) -> Duration {
        match self {
            Self::Rests { until } | Self::Asked { until, .. } => until,
        }
    }

    fn asked(again: bool, now: Duration) -> Self {
        Self::Asked { until: now + BEATS_WITHIN, again }
    }
}

impl Flyout {
    /// No process; a hidden window will be kept for this long.
    pub fn new(warm: Duration) -> Self {
        Self { warm, state: State::default(), resumes_until: None, recovered: None }
    }

    /// When [`Event::Time`] is due.
    pub fn next_deadline(&self) -> Option<Duration> {
        match self.state {
            State::Absent => None,
            State::Visible { pulse, .. } => Some(pulse.until()),
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
            Event::Shown => self.shown(now),
            Event::Hidden(because) => {
                // A window that is to be shown says so first: while that is waited for, this tells of an earlier time.
                if let State::Visible { .. } | State::Hiding { .. } = self.state {
                    self.state = State::Warm { since: now, blurred: because == Because::Blur };
                }
                Vec::new()
            }
            Event::Alive => {
                if let State::Visible { place, .. } = self.state {
                    self.state = State::Visible { place, pulse: Pulse::Rests { until: now + PULSE } };
                }
                Vec::new()
            }
            Event::PageDied => self.page_died(now),
            Event::Exited => self.exited(now),
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

    fn shown(&mut self, now: Duration) -> Vec<Effect> {
        let State::Showing { place, starting, .. } = self.state else { return Vec::new() };
        // A new page comes by itself. One that was kept may have died meanwhile without anybody's noticing.
        let pulse = if starting { Pulse::Rests { until: now + STARTS_WITHIN } } else { Pulse::asked(true, now) };
        self.state = State::Visible { place, pulse };
        if starting { Vec::new() } else { vec![Effect::Ping] }
    }

    fn page_died(&mut self, now: Duration) -> Vec<Effect> {
        match self.state {
            State::Absent | State::Ending { .. } => Vec::new(),
            State::Showing { place, again, starting, .. } => self.unanswered(place, again, starting, now),
            State::Visible { place, .. } => self.replace(place, now),
            State::Hiding { .. } => {
                self.left(now);
                self.end(Effect::Kill, None, now)
            }
            State::Warm { since, .. } => {
                self.left(since);
                self.end(Effect::Kill, None, now)
            }
        }
    }

    fn exited(&mut self, now: Duration) -> Vec<Effect> {
        match std::mem::take(&mut self.state) {
            State::Ending { then: Some((place, again)), .. } => return self.start(place, again, now),
            State::Visible { place, .. } | State::Showing { place, starting: false, .. } => {
                self.left(now);
                return if self.recovers(now) { self.start(place, false, now) } else { vec![Effect::GiveUp] };
            }
            State::Hiding { starting: false, .. } => self.left(now),
            State::Warm { since, .. } => self.left(since),
            State::Absent | State::Ending { .. } | State::Showing { .. } | State::Hiding { .. } => {}
        }
        Vec::new()
    }

    fn toggle(&mut self, place: Place, now: Duration) -> Vec<Effect> {
        match self.state {
            State::Visible { .. } => {
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
            State::Visible { .. } | State::Hiding { .. } | State::Warm { .. } => {
                self.state = State::Showing { place, deadline: now + ANSWERS_WITHIN, again: true, starting: false };
                vec![Effect::Show(place)]
            }
        }
    }

    /// `again`: one more attempt if this one does not answer.
    fn start(&mut self, place: Place, again: bool, now: Duration) -> Vec<Effect> {
        self.state = State::Showing { place, deadline: now + STARTS_WITHIN, again, starting: true };
        let resume = self.resumes_until.is_some_and(|until| now < until);
        vec![Effect::Start { resume }, Effect::Show(place)]
    }

    fn time(&mut self, now: Duration) -> Vec<Effect> {
        if self.next_deadline().is_none_or(|deadline| now < deadline) {
            return Vec::new();
        }
        match self.state {
            State::Absent => Vec::new(),
            State::Visible { place, pulse: Pulse::Asked { again: false, .. } } => self.replace(place, now),
            State::Visible { place, pulse } => {
                let again = matches!(pulse, Pulse::Rests { .. });
                self.state = State::Visible { place, pulse: Pulse::asked(again, now) };
                vec![Effect::Ping]
            }
            State::Showing { place, again, starting, .. } => self.unanswered(place, again, starting, now),
            State::Hiding { .. } => self.end(Effect::Kill, None, now),
            State::Warm { .. } => {
                self.resumes_until = None;
                self.end(Effect::End, None, now)
            }
            State::Ending { then, .. } => self.end(Effect::Kill, then, now),
        }
    }

    /// What was asked to show its window does not.
    fn unanswered(&mut self, place: Place, again: bool, starting: bool, now: Duration) -> Vec<Effect> {
        if !starting {
            self.left(now);
        }
        if again {
            self.recovered = Some(now);
            self.end(Effect::Kill, Some((place, false)), now)
        } else {
            self.give_up(now)
        }
    }

    /// What is on the screen is dead: another one in its place.
    fn replace(&mut self, place: Place, now: Duration) -> Vec<Effect> {
        self.left(now);
        if self.recovers(now) { self.end(Effect::Kill, Some((place, false)), now) } else { self.give_up(now) }
    }

    fn give_up(&mut self, now: Duration) -> Vec<Effect> {
        self.resumes_until = None;
        let mut effects = self.end(Effect::Kill, None, now);
        effects.push(Effect::GiveUp);
        effects
    }

    /// Somebody may want to go on with what was left at this time, for as long as the window would have been kept.
    fn left(&mut self, at: Duration) {
        self.resumes_until = Some(at + self.warm);
    }

    /// Whether a window may be started again by itself. Where not, the next one begins anew: what it would go on with may be
    /// what ends it.
    fn recovers(&mut self, now: Duration) -> bool {
        let may = self.recovered.is_none_or(|at| now.saturating_sub(at) >= RECOVERS_EVERY);
        if may {
            self.recovered = Some(now);
        } else {
            self.resumes_until = None;
        }
        may
    }

    fn end(&mut self, effect: Effect, then: Option<(Place, bool)>, now: Duration) -> Vec<Effect> {
        self.state = State::Ending { deadline: now + ENDS_WITHIN, then };
        vec![effect]
    }
}

#[cfg(test)]
#[path = "flyout_tests.rs"]
mod tests;
