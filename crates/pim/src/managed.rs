//! What an organisation sets for everybody on a machine: bundles that it publishes, and settings that nobody can change.
//!
//! Administrators say both by the system's own means ([`policy`]), or in a file in the system's own place:
//!
//! ```toml
//! bundles = "https://intranet.contoso.example/pimento/bundles.json"
//!
//! [settings]
//! warnMinutes = 10
//! ```
//!
//! Both places are for administrators to write to, which is why what they say is shown as the organisation's; where others could
//! have written it, it is not used ([`trust`]). Where both say the same thing, the system's own means win. On Windows there is no
//! file: anybody may make one where it would be. Bundles name roles and never activate anything by themselves.

mod imposed;
mod keys;
mod policy;
#[cfg(test)]
mod templates;
mod trust;

use std::{
    fs, io,
    io::{Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use reqwest::{StatusCode, redirect, retry};
use serde::Deserialize;
use toml::{
    Table,
    de::{DeTable, DeValue},
};
use url::Url;

use self::{imposed::Wrong, policy::Policy, trust::Refused};
pub(crate) use self::{
    imposed::{Imposed, get, table},
    keys::{Form, KEYS},
};
use crate::{
    bundles::{self, Bundle},
    cloud,
    net::{self, chain},
    paths,
    view::{Notice, Severity},
};

/// No file of bundles, and no managed settings, are longer.
const LONGEST: usize = 1 << 20;
/// How long the organisation's server may take.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    bundles: Option<String>,
    #[serde(default)]
    settings: Table,
}

/// What an organisation says, as far as it can be understood, and what to say of the rest.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Said {
    /// Where its bundles are.
    pub bundles: Option<Source>,
    pub settings: Imposed,
    pub notices: Vec<Notice>,
}

/// Where an organisation's bundles are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    File(PathBuf),
    Url(Url),
}

/// Bundles, and what to say where there are none, or older ones.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Managed {
    pub bundles: Vec<Bundle>,
    pub notice: Option<Notice>,
}

impl Said {
    /// What this says, and what the other does where this is silent.
    fn over(self, other: Self) -> Self {
        let mut notices = self.notices;
        notices.extend(other.notices);
        Self { bundles: self.bundles.or(other.bundles), settings: self.settings.over_others(other.settings), notices }
    }
}

/// Where something was said, and how it is named in what is told of it.
struct Place<'a> {
    name: String,
    /// A file without a whole path is beside this.
    folder: Option<&'a Path>,
    /// In a text, mistakes have lines.
    text: Option<&'a str>,
    /// What is told of each place stands by itself.
    notice: &'static str,
}

/// What there is on this machine. Blocks.
pub(crate) fn said() -> Said {
    // Whoever names a file wants that one, whatever else there is on this machine.
    if let Some(named) = named() {
        return said_in(&named, false);
    }
    let policy = policy::found().map_or_else(Said::default, by_policy);
    policy.over(location().map_or_else(Said::default, |file| said_in(&file, true)))
}

/// The file in which an organisation can say something on this system, where there is one, and whether any says something, there or by
/// the system's own means. Blocks.
pub(crate) fn place() -> (Option<PathBuf>, bool) {
    let file = named().or_else(location);
    let there = file.as_ref().is_some_and(|file| file.exists()) || policy::found().is_some();
    (file, there)
}

/// In debug builds, the file that `PIMENTO_MANAGED` names, whoever's it is.
fn named() -> Option<PathBuf> {
    let named = std::env::var_os("PIMENTO_MANAGED").filter(|named| cfg!(debug_assertions) && !named.is_empty());
    named.map(PathBuf::from)
}

/// The file of this system, which must be an administrator's.
fn location() -> Option<PathBuf> {
    if cfg!(target_os = "windows") {
        // Every user may make files where Windows keeps what concerns all users, and who made one cannot be asked without
        // unsafe code: the registry is the place.
        return None;
    }
    let file = if cfg!(target_os = "macos") {
        "/Library/Application Support/Pimento/managed.toml"
    } else {
        "/etc/pimento/managed.toml"
    };
    Some(PathBuf::from(file))
}

/// What is said by the system's own means.
fn by_policy(Policy { place: name, found }: Policy) -> Said {
    let place = Place { name, folder: None, text: None, notice: "managed-policy" };
    match found
        .and_then(|(table, wrong)| Ok((table.try_into::<File>().map_err(|error| error.message().to_owned())?, wrong)))
    {
        Ok((file, wrong)) => heard(file, wrong, &place),
        Err(reason) => not_used(&place, &reason),
    }
}

/// What a file says. `owned`: only where it can be an administrator's alone.
fn said_in(file: &Path, owned: bool) -> Said {
    let name = file.display().to_string();
    let mut place = Place { name, folder: file.parent(), text: None, notice: "managed-settings" };
    let bytes = match trust::read(file, owned) {
        Ok(bytes) => bytes,
        Err(Refused::Missing) => return Said::default(),
        Err(Refused::Because(reason)) => return not_used(&place, &reason),
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = error.as_bytes()[..error.utf8_error().valid_up_to()].split(|byte| *byte == b'\n').count();
            return not_used(&place, &format!("line {line}: this is not UTF-8 text"));
        }
    };
    place.text = Some(&text);
    match toml::from_str(&text) {
        Ok(said) => heard(said, Vec::new(), &place),
        Err(error) => {
            let line = error.span().map_or_else(String::new, |span| format!("line {}: ", line_at(&text, span.start)));
            not_used(&place, &format!("{line}{}", error.message()))
        }
    }
}

/// What is said, as far as it can be understood. `wrong` is what could not even be told.
fn heard(File { bundles, settings }: File, mut wrong: Vec<Wrong>, place: &Place) -> Said {
    let mut notices = Vec::new();
    let bundles = bundles.and_then(|named| {
        source(&named, place.folder)
            .map_err(|reason| notices.push(notice(&place.name, &place.told(&["bundles"], reason))))
            .ok()
    });
    let (settings, not_understood) = Imposed::read(&settings);
    wrong.extend(not_understood);
    notices.extend(partly_used(place, &wrong));
    Said { bundles, settings, notices }
}

/// A file of bundles, or an address where they are.
fn source(named: &str, beside: Option<&Path>) -> Result<Source, &'static str> {
    match Url::parse(named) {
        // A drive's letter is no scheme.
        Ok(url) if url.scheme().len() > 1 => {
            if url.scheme() == "https" && url.username().is_empty() && url.password().is_none() {
                Ok(Source::Url(url))
            } else {
                Err("`bundles` must be a file, or an https address without a password")
            }
        }
        _ => match (Path::new(named), beside) {
            (file, _) if file.is_absolute() => Ok(Source::File(file.to_owned())),
            (file, Some(folder)) => Ok(Source::File(folder.join(file))),
            (_, None) => Err("`bundles` must be a file with its whole path, or an https address"),
        },
    }
}

impl Place<'_> {
    /// A reason, with the line that it is about where there are lines.
    fn told(&self, path: &[&str], reason: &str) -> String {
        let line = self.text.and_then(|text| line_of(text, path));
        line.map_or_else(|| reason.to_owned(), |line| format!("line {line}: {reason}"))
    }
}

/// The line that a place in a text is in.
fn line_at(text: &str, place: usize) -> usize {
    text[..place.min(text.len())].matches('\n').count() + 1
}

/// The line in which something is named, or as much of it as has a name there.
fn line_of(text: &str, path: &[&str]) -> Option<usize> {
    let document = DeTable::parse(text).ok()?;
    let (mut table, mut found) = (document.get_ref(), None);
    for name in path {
        let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref() == name) else { break };
        found = Some(line_at(text, key.span().start));
        let DeValue::Table(below) = value.get_ref() else { break };
        table = below;
    }
    found
}

/// Nothing of what is said there holds.
fn not_used(place: &Place, reason: &str) -> Said {
    let message = say!("managed-not-used", place = place.name.as_str(), reason = reason);
    let notice = Notice { id: place.notice.into(), severity: Severity::Warning, message, detail: None };
    Said { notices: vec![notice], ..Said::default() }
}

/// Not everything holds that is said there.
fn partly_used(place: &Place, wrong: &[Wrong]) -> Option<Notice> {
    let each = |Wrong { path, reason }: &Wrong| {
        let path: Vec<_> = std::iter::once("settings").chain(path.split('.')).collect();
        place.told(&path, reason)
    };
    let reasons: Vec<_> = wrong.iter().map(each).collect();
    let message = say!("managed-partly-used", place = place.name.as_str(), reason = reasons.join("; "));
    let notice = Notice { id: place.notice.into(), severity: Severity::Warning, message, detail: None };
    (!wrong.is_empty()).then_some(notice)
}

/// What is there without asking anybody: the file itself, or what was fetched last. Blocks.
pub(crate) fn at_hand(source: &Source, cache: &Path) -> Managed {
    match source {
        Source::File(file) => match read(file) {
            Ok(text) => understood(&text, &file.display().to_string()),
            Err(error) => {
                Managed { notice: Some(notice(&file.display().to_string(), &error.to_string())), ..Managed::default() }
            }
        },
        Source::Url(url) => {
            let kept = read(cache)
                .ok()
                .and_then(|text| text.split_once('\n').map(|(of, text)| (of.to_owned(), text.to_owned())));
            // Of another address it is somebody else's.
            let kept = kept.filter(|(of, _)| of == url.as_str());
            kept.map_or_else(Managed::default, |(_, text)| understood(&text, url.as_str()))
        }
    }
}

/// What the organisation's server says, kept for when it cannot be reached; `Err` is what to say, and the older ones stay.
///
/// Over https alone, without any credential, and wherever it says, not elsewhere. `authority` is a file with the root
/// certificate of a server on this machine ([`crate::net::CA_FILE`]); no other is vouched for by it.
pub(crate) async fn fetch(url: &Url, cache: &Path, authority: Option<&Path>) -> Result<Vec<Bundle>, Notice> {
    let told = |reason: &str| notice(url.as_str(), reason);
    let text = download(url, authority).await.map_err(|reason| told(&reason))?;
    let bundles = bundles::import(&text).map_err(|reason| told(&reason))?;
    // Without it they are fetched anew next time.
    let kept = format!("{url}\n{text}");
    let written = paths::write_anew(cache).and_then(|mut file| {
        file.write_all(kept.as_bytes())?;
        file.commit()
    });
    if let Err(error) = written {
        tracing::warn!(%error, "the organisation's bundles could not be kept");
    }
    Ok(bundles)
}

async fn download(url: &Url, authority: Option<&Path>) -> Result<String, String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder();
    if let Some(file) = authority.filter(|_| cloud::is_loopback(url)) {
        builder = builder.no_proxy().tls_certs_only(net::authority(file)?);
    }
    let client = builder
        .user_agent(concat!("Pimento/", env!("CARGO_PKG_VERSION")))
        .https_only(true)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .gzip(true)
        .timeout(PATIENCE)
        .build()
        .map_err(|error| chain(&error))?;
    let mut answer = client.get(url.clone()).send().await.map_err(|error| chain(&error.without_url()))?;
    if answer.status() != StatusCode::OK {
        return Err(format!("the server answered {}", answer.status()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| chain(&error.without_url()))? {
        if body.len() + chunk.len() > LONGEST {
            return Err("it is longer than a mebibyte".into());
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(|_| "it is not text".into())
}

fn understood(text: &str, place: &str) -> Managed {
    match bundles::import(text) {
        Ok(bundles) => Managed { bundles, notice: None },
        Err(reason) => Managed { notice: Some(notice(place, &reason)), ..Managed::default() },
    }
}

fn read(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(file)?.take(LONGEST as u64 + 1).read_to_string(&mut text)?;
    if text.len() > LONGEST {
        return Err(io::Error::other("it is longer than a mebibyte"));
    }
    Ok(text)
}

fn notice(place: &str, reason: &str) -> Notice {
    Notice {
        id: "managed".into(),
        severity: Severity::Warning,
        message: say!("bundles-unreadable", place = place, reason = reason),
        detail: None,
    }
}

#[cfg(test)]
mod tests;
