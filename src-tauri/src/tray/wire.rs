//! What the window's process is connected with: nothing that any other program could say something on.

use std::io;

use tokio::process::{Child, Command};

#[cfg(unix)]
pub use tokio::net::unix::{OwnedReadHalf as Output, OwnedWriteHalf as Input};
#[cfg(not(unix))]
pub use tokio::process::{ChildStdin as Input, ChildStdout as Output};

/// Starts the program, with standard input and output leading here. Sockets and not pipes: on Linux a program of the same
/// user can open another one's pipe anew, as a file below `/proc`, and give orders in the window's name. It cannot open a socket.
#[cfg(unix)]
pub fn spawn(mut command: Command) -> io::Result<(Child, Input, Output)> {
    use std::os::{fd::OwnedFd, unix::net::UnixStream};

    let (ours, its) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    command.stdin(OwnedFd::from(its.try_clone()?)).stdout(OwnedFd::from(its));
    let child = command.spawn()?;
    // With the command goes our own hold on the program's end: when the program ends, so does what is read from it.
    drop(command);
    let (output, input) = tokio::net::UnixStream::from_std(ours)?.into_split();
    Ok((child, input, output))
}

/// Starts the program, with standard input and output leading here.
#[cfg(not(unix))]
pub fn spawn(mut command: Command) -> io::Result<(Child, Input, Output)> {
    use std::process::Stdio;

    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    match (child.stdin.take(), child.stdout.take()) {
        (Some(input), Some(output)) => Ok((child, input, output)),
        _ => Err(io::Error::other("the program has no standard input or output")),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn what_is_said_comes_back_and_the_end_is_noticed_on_both_sides() {
        let (mut child, mut input, mut output) = spawn(Command::new("cat")).unwrap();
        input.write_all(b"a line\n").await.unwrap();
        let mut line = [0; 7];
        output.read_exact(&mut line).await.unwrap();
        assert_eq!(&line, b"a line\n");
        drop(input);
        assert_eq!(output.read(&mut line).await.unwrap(), 0, "its end is the end of its output");
        assert!(child.wait().await.unwrap().success(), "the end of its input is its end");
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn nobody_else_can_open_its_ends() {
        let (mut child, input, _output) = spawn(Command::new("cat")).unwrap();
        let id = child.id().unwrap();
        for end in [0, 1] {
            let opened = std::fs::OpenOptions::new().write(true).open(format!("/proc/{id}/fd/{end}"));
            assert!(opened.is_err(), "{end} was opened");
        }
        drop(input);
        child.wait().await.unwrap();
    }
}
