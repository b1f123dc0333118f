//! Keeping the Windows build healthy from Linux: built with MinGW, run under Wine.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use crate::{
    clock::Stopwatch,
    install, packages,
    rust_std::Std,
    shell::{self, Outcome},
    ui,
};

const TARGET: &str = "x86_64-pc-windows-gnu";

/// The library, the command line and the application. Always the same, so that cargo resolves the same features.
pub const PACKAGES: [&str; 6] = ["-p", "pim", "-p", "pim-cli", "-p", "pimento"];

/// The programs, and those tests of the library and the command line that meet the system: its sockets, certificates, files and
/// keyring. Not the library's thousand stories (`chaos`), its figures (`promises`) and what is told over HTTP alone: what they
/// would measure under Wine is Wine. Linux plays them.
const PARTS: [&str; 20] = [
    "--lib",
    "--bins",
    "--test",
    "agent",
    "--test",
    "http_callbacks",
    "--test",
    "http_manage",
    "--test",
    "http_policies",
    "--test",
    "http_sign_in",
    "--test",
    "http_tls",
    "--test",
    "keyring",
    "--test",
    "approvals",
    "--test",
    "manage",
];

/// Rust's standard library imports this DLL, which Wine before version 9 does not have.
const RANDOM: &str = r"
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
";

/// `WSANOTINITIALISED`. Now and then Wine refuses every socket of one program from its start on, and none of the same program
/// started again: it loses count of who uses them, it seems. Windows does not.
const SOCKETLESS: &str = "Os { code: 10093";

/// The application must be alive this long under Wine, its tray icon made.
const ALIVE: Duration = Duration::from_secs(60);

/// Builds everything, runs the tests, then starts the application.
pub fn check() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err("this check is for Linux with Wine; on Windows itself use `cargo xtask test`".into());
    }
    install::packages(&[packages::BUILD, packages::WINDOWS])?;
    ui::build()?;
    let std = Std::ready(TARGET)?;
    // Programs and tests in one go: a second selection would resolve other features and build the same crates again.
    shell::run(std.cargo("build", TARGET).args(PACKAGES).args(PARTS))?;
    prepare()?;
    let runner = env::current_exe().map_err(|error| error.to_string())?;
    let runner = format!("{} wine", runner.display());
    let mut tests = std.cargo("test", TARGET);
    // Some cases of every property will do, Linux plays them all.
    tests.env("PROPTEST_CASES", "16");
    tests.args(PACKAGES).args(PARTS).env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", runner);
    shell::run(&mut tests)?;
    tray()
}

fn built() -> PathBuf {
    shell::target().join(TARGET).join("debug")
}

/// A Wine of our own, below the target folder.
fn wine_command(program: &Path) -> Command {
    let mut wine = Command::new("wine");
    wine.arg(program);
    wine.env("WINEPREFIX", shell::target().join("wine"));
    // Neither Mono nor Gecko: their installers would open windows and wait.
    wine.env("WINEDLLOVERRIDES", "mscoree,mshtml=").env("WINEDEBUG", "-all");
    wine
}

/// The stand-in DLL, and a Wine that has been started once: the first start takes long and would count against a test's time.
fn prepare() -> Outcome {
    let source = shell::target().join("wine-random.c");
    shell::write(&source, RANDOM)?;
    let mut compiler = shell::program("x86_64-w64-mingw32-gcc");
    compiler.args(["-shared", "-O2", "-o"]).arg(random()).arg(&source).arg("-ladvapi32");
    shell::run(&mut compiler)?;
    // Tests start `pim`, which lies there.
    libraries_beside(&built().join("pim.exe"))?;
    shell::run(wine_command(Path::new("wineboot")).arg("--init"))
}

fn random() -> PathBuf {
    shell::target().join("bcryptprimitives.dll")
}

/// Runs one Windows program, its libraries beside it. `cargo test` calls this through `xtask wine`.
pub fn wine(program: &str, arguments: &[&str]) -> ExitCode {
    let program = Path::new(program);
    if let Err(reason) = libraries_beside(program) {
        eprintln!("xtask: {reason}");
        return ExitCode::FAILURE;
    }
    let mut ended = told(wine_command(program).args(arguments));
    if matches!(&ended, Ok((status, true)) if !status.success()) {
        eprintln!("xtask: Wine had no sockets for this program ({SOCKETLESS}): once more");
        ended = told(wine_command(program).args(arguments));
    }
    match ended {
        Ok((status, _)) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => {
            eprintln!("xtask: cannot start wine: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a program to its end, its output passed on: how it ended, and whether it had no sockets.
fn told(command: &mut Command) -> io::Result<(ExitStatus, bool)> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let (mut socketless, mut output) = (false, io::stdout());
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            socketless |= String::from_utf8_lossy(&line).contains(SOCKETLESS);
            output.write_all(&line)?;
            output.write_all(b"\n")?;
        }
    }
    Ok((child.wait()?, socketless))
}

fn libraries_beside(program: &Path) -> Outcome {
    let folder = program.parent().unwrap_or(Path::new("."));
    for library in [random(), built().join("WebView2Loader.dll")] {
        let Some(name) = library.file_name() else { continue };
        let place = folder.join(name);
        if library.exists() && library != place && !place.exists() {
            fs::copy(&library, &place).map_err(|error| format!("{}: {error}", place.display()))?;
        }
    }
    Ok(())
}

/// Starts the application: it must make its tray icon and stay alive. (Web views do not exist under Wine.)
fn tray() -> Outcome {
    let program = built().join("pimento.exe");
    libraries_beside(&program)?;
    let home = shell::target().join("wine-home");
    if home.exists() {
        fs::remove_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    }
    fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    println!("\n+ pimento.exe under Wine");
    // What the tests have left of Wine's desktop has no display, and would have no tray either.
    let mut server = Display::start()?;
    wine_server("-k");
    wine_server("-w");
    let mut command = wine_command(&program);
    command.env("DISPLAY", &server.name);
    let output = home.join("output.log");
    let file = fs::File::create(&output).map_err(|error| format!("{}: {error}", output.display()))?;
    let errors = file.try_clone().map_err(|error| error.to_string())?;
    command.env("PIMENTO_HOME", format!("Z:{}", home.display())).env("PIMENTO_LOG", "info");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(errors)
        .spawn()
        .map_err(|error| format!("cannot start wine: {error}"))?;
    let watch = Stopwatch::start();
    let outcome = loop {
        if let Ok(Some(status)) = child.try_wait() {
            break Err(format!("pimento.exe ended by itself under Wine ({status}):\n{}", texts(&home)));
        }
        if texts(&home).contains("tray icon") {
            println!("tray icon made after {:.1} s, and alive", watch.elapsed().as_secs_f64());
            break Ok(());
        }
        if watch.elapsed() > ALIVE {
            break Err(format!("pimento.exe made no tray icon in {ALIVE:?} under Wine:\n{}", texts(&home)));
        }
        thread::sleep(Duration::from_millis(100));
    };
    end(&mut child);
    server.end();
    outcome
}

/// Ends every program of our own Wine.
fn end(child: &mut Child) {
    if !wine_server("-k") {
        let _ = child.kill();
    }
    let _ = child.wait();
}

/// Tells Wine's server to end all programs (`-k`), or waits until it has ended (`-w`).
fn wine_server(order: &str) -> bool {
    let mut server = Command::new("wineserver");
    server.arg(order).env("WINEPREFIX", shell::target().join("wine"));
    server.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// An X server that nobody sees, on a display number of its own choice.
struct Display {
    process: Child,
    name: String,
}

impl Display {
    fn start() -> Outcome<Self> {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let mut process = server
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("cannot start Xvfb: {error}"))?;
        let mut number = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut number).map_err(|error| format!("Xvfb: {error}"))?;
        }
        if number.trim().is_empty() {
            return Err("Xvfb did not start".into());
        }
        Ok(Self { process, name: format!(":{}", number.trim()) })
    }

    fn end(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Everything the application wrote: its output and its log files.
fn texts(home: &Path) -> String {
    let mut text = String::new();
    let mut folders = vec![home.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "log") {
                text.push_str(&fs::read_to_string(path).unwrap_or_default());
            }
        }
    }
    text
}
