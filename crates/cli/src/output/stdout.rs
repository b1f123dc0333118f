//! The standard output, as a pipe that somebody may close.

use std::{
    fmt,
    io::{self, ErrorKind, StdoutLock, Write},
};

/// Standard output. Whoever has stopped reading (`pim list | head`) wants no more of it, and that is no failure: what was asked
/// for is done to its end.
pub struct Output(StdoutLock<'static>);

/// Standard output, for as long as it is held.
pub fn out() -> Output {
    Output(io::stdout().lock())
}

impl Write for Output {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        unless_closed(self.0.write(text), text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_closed(self.0.flush(), ())
    }
}

fn unless_closed<T>(written: io::Result<T>, all: T) -> io::Result<T> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(all),
        written => written,
    }
}

/// Says something, for the macro of the same name.
///
/// # Panics
/// As `println!`: where it cannot be said although somebody listens, such as to a full disk.
pub fn say(text: fmt::Arguments<'_>) {
    if let Err(error) = out().write_fmt(text) {
        panic!("failed printing to stdout: {error}");
    }
}

/// A line on the standard output.
macro_rules! say {
    () => { $crate::output::say(format_args!("\n")) };
    ($($text:tt)*) => { $crate::output::say(format_args!("{}\n", format_args!($($text)*))) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_no_failure_and_a_full_disk_is() {
        let failed = |kind| unless_closed(Err(io::Error::from(kind)), 3).map_err(|error| error.kind());
        assert_eq!(failed(ErrorKind::BrokenPipe), Ok(3));
        assert_eq!(failed(ErrorKind::StorageFull), Err(ErrorKind::StorageFull));
    }
}
