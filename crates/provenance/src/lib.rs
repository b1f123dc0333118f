//! For build scripts: which commit a program is built from, and whether what is built is what that commit holds.
//!
//! In the order of their certainty: the environment variable `PIMENTO_COMMIT` (for whoever builds from a copy of the files), the
//! repository itself, and the commit that `git archive` wrote into its copy. Where none of them says anything, nothing is known,
//! and the program says only its version.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Names the commit where there is no repository.
const NAMED: &str = "PIMENTO_COMMIT";

/// `git archive` writes the commit into this file (`.gitattributes`).
const ARCHIVED: &str = "crates/provenance/commit.txt";

/// As many characters of a commit as tell it from every other.
const LENGTH: usize = 12;

/// Tells cargo what the program is to know, and what it depends on: `inputs` are the files and folders of the workspace that the
/// program is made of.
///
/// The program reads `PIMENTO_BUILT_FROM` (the commit, with a `+` where what is built is something else; empty where it is not
/// known) and `PIMENTO_VERSION` (its version and the commit in words).
pub fn tell(version: &str, inputs: &[&str]) {
    let root = root();
    println!("cargo::rerun-if-env-changed={NAMED}");
    for input in inputs.iter().chain([&ARCHIVED]) {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    for file in moved_by_commits(&root) {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    let built_from = built_from(&root, inputs, env::var(NAMED).ok().as_deref());
    println!("cargo::rustc-env=PIMENTO_BUILT_FROM={built_from}");
    println!("cargo::rustc-env=PIMENTO_VERSION={}", in_words(version, &built_from));
}

/// The workspace's root.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The commit, with a `+` where what is built is not what it holds; nothing where it is not known.
fn built_from(root: &Path, inputs: &[&str], named: Option<&str>) -> String {
    let known = named.and_then(commit).or_else(|| committed(root, inputs));
    let archived = || fs::read_to_string(root.join(ARCHIVED)).ok().as_deref().and_then(commit);
    known.or_else(archived).unwrap_or_default()
}

fn in_words(version: &str, built_from: &str) -> String {
    match (built_from, built_from.strip_suffix('+')) {
        ("", _) => version.to_owned(),
        (_, Some(commit)) => format!("{version} ({commit}, with changes)"),
        (commit, None) => format!("{version} ({commit})"),
    }
}

/// What reads as a commit, as long as it is shown.
fn commit(text: &str) -> Option<String> {
    let text = text.trim();
    let hexadecimal = (7..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    hexadecimal.then(|| text.chars().take(LENGTH).collect::<String>().to_ascii_lowercase())
}

/// What the repository says, where its root is the workspace's: a copy of the files can lie in a repository of somebody else's.
fn committed(root: &Path, inputs: &[&str]) -> Option<String> {
    let top = git(root, &["rev-parse", "--show-toplevel"])?;
    if fs::canonicalize(top).ok()? != fs::canonicalize(root).ok()? {
        return None;
    }
    let head = commit(&git(root, &["rev-parse", "HEAD"])?)?;
    // Without locks it writes nothing: another git may be at work.
    let status = [&["--no-optional-locks", "status", "--porcelain", "--"], inputs].concat();
    let changed = !git(root, &status)?.is_empty();
    Some(if changed { format!("{head}+") } else { head })
}

/// Files of the repository that are written when another commit is checked out or made. One that is not there is left out: cargo
/// would build anew each time.
fn moved_by_commits(root: &Path) -> Vec<PathBuf> {
    let mut names = vec!["HEAD".to_owned(), "logs/HEAD".to_owned(), "packed-refs".to_owned()];
    names.extend(git(root, &["symbolic-ref", "--quiet", "HEAD"]));
    let place = |name: &String| git(root, &["rev-parse", "--git-path", name]).map(|path| root.join(path));
    names.iter().filter_map(place).filter(|path| path.is_file()).collect()
}

/// What git prints; `None` where there is no git, no repository, or it says no.
fn git(root: &Path, words: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root).args(words).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "3eb8af6f1c2d0a9b8c7d6e5f4a3b2c1d0e9f8a7b";

    fn run(root: &Path, words: &[&str]) {
        let who = ["-c", "user.name=Maya", "-c", "user.email=maya@contoso.example", "-c", "commit.gpgsign=false"];
        assert!(git(root, &[&who[..], words].concat()).is_some(), "git {}", words.join(" "));
    }

    /// A repository with one commit, and that commit.
    fn repository() -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        run(root, &["init", "--quiet"]);
        for input in ["src", "docs"] {
            fs::create_dir(root.join(input)).unwrap();
            fs::write(root.join(input).join("file"), "one").unwrap();
        }
        run(root, &["add", "."]);
        run(root, &["commit", "--quiet", "-m", "One"]);
        let head = git(root, &["rev-parse", "HEAD"]).unwrap();
        (folder, head[..LENGTH].to_owned())
    }

    #[test]
    fn the_commit_is_that_of_the_repository_and_what_is_not_in_it_is_told() {
        let (folder, head) = repository();
        let built = || built_from(folder.path(), &["src"], None);
        assert_eq!(built(), head);
        // What the program is not made of changes nothing about it.
        fs::write(folder.path().join("docs/file"), "two").unwrap();
        assert_eq!(built(), head);
        fs::write(folder.path().join("src/new"), "").unwrap();
        assert_eq!(built(), format!("{head}+"));
        run(folder.path(), &["add", "."]);
        run(folder.path(), &["commit", "--quiet", "-m", "Two"]);
        assert!(built() != head && !built().ends_with('+'), "{}", built());
    }

    #[test]
    fn another_commit_is_noticed() {
        let (folder, _) = repository();
        let watched = moved_by_commits(folder.path());
        assert!(watched.iter().all(|file| file.is_file()), "{watched:?}");
        let read = || -> Vec<_> { watched.iter().map(|file| fs::read(file).unwrap()).collect() };
        let before = read();
        // Refs that are packed lie in another file.
        run(folder.path(), &["commit", "--quiet", "--allow-empty", "-m", "Two"]);
        assert_ne!(before, read());
        run(folder.path(), &["pack-refs", "--all"]);
        let watched = moved_by_commits(folder.path());
        let read = || -> Vec<_> { watched.iter().map(|file| fs::read(file).unwrap()).collect() };
        let before = read();
        run(folder.path(), &["commit", "--quiet", "--allow-empty", "-m", "Three"]);
        assert_ne!(before, read());
    }

    #[test]
    fn a_copy_of_the_files_knows_what_it_was_told() {
        let (outer, _) = repository();
        let root = outer.path().join("copy");
        fs::create_dir_all(root.join(ARCHIVED).parent().unwrap()).unwrap();
        // Somebody else's repository round it says nothing about it.
        assert_eq!(built_from(&root, &["src"], None), "");
        // As it stands in the repository, where nothing was filled in.
        fs::write(root.join(ARCHIVED), "$Format:%H$\n").unwrap();
        assert_eq!(built_from(&root, &["src"], None), "");
        fs::write(root.join(ARCHIVED), format!("{HEAD}\n")).unwrap();
        assert_eq!(built_from(&root, &["src"], None), HEAD[..LENGTH]);
        assert_eq!(built_from(&root, &["src"], Some("ABCDEF0123456789")), "abcdef012345");
        for nonsense in ["", "main", "v1.0", "3eb8", "3eb8af6 3eb8af6"] {
            assert_eq!(built_from(&root, &["src"], Some(nonsense)), HEAD[..LENGTH], "{nonsense}");
        }
    }

    #[test]
    fn it_is_said_in_words() {
        assert_eq!(in_words("0.1.0", ""), "0.1.0");
        assert_eq!(in_words("0.1.0", "3eb8af6f1c2d"), "0.1.0 (3eb8af6f1c2d)");
        assert_eq!(in_words("0.1.0", "3eb8af6f1c2d+"), "0.1.0 (3eb8af6f1c2d, with changes)");
    }
}
