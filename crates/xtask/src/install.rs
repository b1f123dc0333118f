//! Finds what is missing and installs it: packages by apt (after a question, where sudo is needed), the window's packages by
//! npm, parts of the Rust toolchain by rustup. Where it cannot, it says what to install and stops.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
    process::Stdio,
};

use crate::{
    packages::Need,
    shell::{self, Outcome},
};

/// The oldest Node that builds the window.
const NODE: (u32, u32) = (20, 19);

/// Makes sure that the system has these.
pub fn packages(needs: &[&[Need]]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let needs = || needs.iter().copied().flatten();
    if shell::which("dpkg-query").is_none() || shell::which("apt-get").is_none() {
        let missing: Vec<_> = needs().filter(|need| !present_without_dpkg(need)).map(|need| need.package).collect();
        return if missing.is_empty() {
            Ok(())
        } else {
            Err(format!(
                "this system has no apt, so install the equivalents of these Debian packages yourself: {}",
                missing.join(" ")
            ))
        };
    }
    let mut missing: Vec<_> = needs().filter(|need| !present(need)).map(|need| need.package).collect();
    missing.dedup();
    if missing.is_empty() { Ok(()) } else { apt(&missing) }
}

fn programs_present(need: &Need) -> bool {
    !need.programs.is_empty() && need.programs.iter().all(|name| shell::which(name).is_some())
}

fn present(need: &Need) -> bool {
    let status = shell::ask(shell::program("dpkg-query").args(["-W", "-f", "${Status}", need.package]));
    status.is_some_and(|status| status.ends_with(" installed")) || programs_present(need)
}

fn present_without_dpkg(need: &Need) -> bool {
    match need.package {
        "libwebkit2gtk-4.1-dev" => {
            shell::ask(shell::program("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_some()
        }
        // Fonts, icons and helpers: nothing to look for; their absence shows, but stops nothing.
        _ => need.programs.is_empty() || programs_present(need),
    }
}

/// How packages come onto the system.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    /// By whoever this is.
    Root,
    /// By sudo, once the person at the terminal agrees.
    Ask,
    /// Not at all, for this reason.
    No(String),
}

/// What may be done: nobody is asked who is not there, and nothing is installed without a yes.
fn way(root: bool, sudo: bool, terminal: bool, list: &str) -> Way {
    match (root, sudo, terminal) {
        (true, ..) => Way::Root,
        (false, false, _) => Way::No(format!("these packages are missing; install them as root: {list}")),
        (false, true, false) => Way::No(format!(
            "packages are missing, and there is nobody to ask for sudo. Install them first:\n  {}",
            by_hand(list)
        )),
        (false, true, true) => Way::Ask,
    }
}

fn by_hand(list: &str) -> String {
    format!("sudo apt-get install --no-install-recommends {list}")
}

/// Runs apt as root, or by sudo when the person at the terminal agrees.
fn apt(packages: &[&str]) -> Outcome {
    let list = packages.join(" ");
    let root = shell::ask(shell::program("id").arg("-u")).as_deref() == Some("0");
    match way(root, shell::which("sudo").is_some(), io::stdin().is_terminal(), &list) {
        Way::Root => {}
        Way::No(reason) => return Err(reason),
        Way::Ask => {
            print!("Pimento needs these packages: {list}\nInstall them with sudo apt-get? [Y/n] ");
            io::stdout().flush().map_err(|error| error.to_string())?;
            if !agreed(io::stdin().lock())? {
                return Err(format!("not installed. To do it yourself:\n  {}", by_hand(&list)));
            }
        }
    }
    let apt = |words: &[&str]| {
        let mut command = if root { shell::program("env") } else { shell::program("sudo") };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]).args(words);
        command.stdout(Stdio::null());
        command
    };
    // A fresh container has no lists at all; a stale list names packages that are gone.
    shell::run(&mut apt(&["update"]))?;
    shell::run(apt(&["install", "--no-install-recommends"]).args(packages)).map_err(|error| {
        format!("{error}\nPackages that this distribution does not have (Ubuntu has Chromium only as a snap) can be\nreplaced by programs of the same name on PATH: chromium, chromedriver.")
    })
}

/// Whether the answer is a yes. The end of the input is none.
fn agreed(mut input: impl BufRead) -> Outcome<bool> {
    let mut answer = String::new();
    let read = input.read_line(&mut answer).map_err(|error| error.to_string())?;
    Ok(read > 0 && matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

/// Makes sure that Node is there and new enough.
pub fn node() -> Outcome {
    let wanted = format!("Node {}.{} or newer with npm is needed: https://nodejs.org", NODE.0, NODE.1);
    let Some(version) = shell::ask(shell::program("node").arg("--version")) else {
        return Err(format!("node was not found. {wanted}"));
    };
    let mut numbers = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    if (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < NODE {
        return Err(format!("this is Node {version}. {wanted}"));
    }
    if shell::ask(shell::npm().arg("--version")).is_none() {
        return Err(format!("npm was not found. {wanted}"));
    }
    Ok(())
}

/// Makes sure that the window's packages are those of the lock file.
pub fn window_packages() -> Outcome {
    node()?;
    let folder = shell::root().join("ui");
    let lock = fs::read(folder.join("package-lock.json")).map_err(|error| format!("ui/package-lock.json: {error}"))?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    shell::run(shell::npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// A folder with the programs that make packages, as their lock file says.
pub fn packaging_tools() -> Outcome<PathBuf> {
    node()?;
    let (from, folder) = (shell::root().join("packaging/tools"), shell::target().join("packaging-tools"));
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    let lock = fs::read(from.join("package-lock.json")).map_err(failed)?;
    let stamp = folder.join("installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(folder);
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(from.join(name), folder.join(name)).map_err(failed)?;
    }
    shell::run(shell::npm().current_dir(&folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).map_err(failed)?;
    Ok(folder)
}

/// Makes sure that a part of the toolchain (`clippy`, `rustfmt`) answers.
pub fn component(name: &str, subcommand: &str) -> Outcome {
    if shell::ask(shell::cargo().args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    if shell::which("rustup").is_some() {
        return shell::run(shell::program("rustup").args(["component", "add", name]));
    }
    Err(format!("`cargo {subcommand}` is missing: install your toolchain's {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sudo_is_used_only_where_somebody_can_agree() {
        for (sudo, terminal) in [(false, false), (false, true), (true, false), (true, true)] {
            assert_eq!(way(true, sudo, terminal, "xvfb"), Way::Root);
        }
        assert_eq!(way(false, true, true, "xvfb"), Way::Ask);
        for terminal in [false, true] {
            assert!(
                matches!(way(false, false, terminal, "xvfb dbus"), Way::No(why) if why.ends_with("as root: xvfb dbus"))
            );
        }
        let nobody = way(false, true, false, "xvfb dbus");
        assert!(
            matches!(&nobody, Way::No(why) if why.contains("sudo apt-get install --no-install-recommends xvfb dbus"))
        );
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        for answer in ["\n", "y\n", "Yes\n", " YES \r\n"] {
            assert_eq!(agreed(answer.as_bytes()), Ok(true), "{answer:?}");
        }
        for answer in ["", "n\n", "no\n", "what?\n", "yy\n"] {
            assert_eq!(agreed(answer.as_bytes()), Ok(false), "{answer:?}");
        }
    }
}
