//! Keys from the desktop under Wayland: `org.freedesktop.portal.GlobalShortcuts`, which asks the person.

use std::collections::HashMap;

use futures_util::StreamExt;
use pim::{
    say,
    shortcut::{Key, Keys, Named},
};
use tokio::{
    sync::{mpsc::UnboundedSender, oneshot},
    task::JoinHandle,
};
use zbus::{
    Connection, Proxy,
    fdo::DBusProxy,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use super::refused;
use crate::{
    registration::APP_ID,
    tray::{Happening, Purpose, Report, Trouble, Wanted},
};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SHORTCUTS: &str = "org.freedesktop.portal.GlobalShortcuts";
const REQUEST: &str = "org.freedesktop.portal.Request";
const REGISTRY: &str = "org.freedesktop.host.portal.Registry";
const SESSION: &str = "org.freedesktop.portal.Session";

/// What a request came to, in the portal's numbers.
const GRANTED: u32 = 0;
const CANCELLED: u32 = 1;

type Options<'a> = HashMap<&'a str, Value<'a>>;

/// A session with the portal. Dropping it closes it: the keys are given back.
pub struct Session {
    /// Closes with the session.
    open: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Session {
    /// Asks for these keys, once the session before has closed.
    pub fn start(wanted: Wanted, before: Option<Self>, happenings: UnboundedSender<Happening>) -> Self {
        let (open, mut closed) = oneshot::channel();
        let task = tokio::spawn(async move {
            if let Some(Self { open, task }) = before {
                drop(open);
                let _ = task.await;
            }
            if let Err(trouble) = hold(&wanted, &happenings, &mut closed).await {
                let _ = happenings.send(Happening::Shortcuts(refused(&wanted, &trouble)));
            }
        });
        Self { open, task }
    }
}

/// Holds keys until the session is not wanted any more.
async fn hold(
    wanted: &Wanted,
    happenings: &UnboundedSender<Happening>,
    closed: &mut oneshot::Receiver<()>,
) -> Result<(), Trouble> {
    let portal = Portal::connect().await?;
    let session = portal.create_session().await?;
    let held = async {
        let mut activated = portal.proxy.receive_signal("Activated").await?;
        let report = portal.bind(&session, wanted).await?;
        let _ = happenings.send(Happening::Shortcuts(report));
        loop {
            tokio::select! {
                _ = &mut *closed => return Ok(()),
                signal = activated.next() => {
                    let Some(signal) = signal else { return Ok(()) };
                    let (of, id, _, _): (OwnedObjectPath, String, u64, HashMap<String, OwnedValue>) =
                        signal.body().deserialize()?;
                    let purpose = wanted.iter().map(|(purpose, _)| *purpose).find(|purpose| name(*purpose) == id);
                    if let (true, Some(purpose)) = (of == session, purpose) {
                        let _ = happenings.send(Happening::Pressed(purpose));
                    }
                }
            }
        }
    };
    let held: Result<(), Trouble> = held.await;
    let close = portal.bus.call_method(Some(PORTAL), &session, Some(SESSION), "Close", &());
    if let Err(error) = close.await {
        tracing::debug!(%error, "the session with the portal was closed already");
    }
    held
}

struct Portal {
    bus: Connection,
    proxy: Proxy<'static>,
    /// Our own name on the bus, as it stands in paths.
    us: String,
}

impl Portal {
    async fn connect() -> Result<Self, Trouble> {
        let bus = Connection::session().await?;
        let names = DBusProxy::new(&bus).await?;
        let (running, startable) = (names.list_names().await?, names.list_activatable_names().await?);
        if !running.iter().chain(&startable).any(|name| name.as_str() == PORTAL) {
            return Err(Trouble::Unsupported);
        }
        // Newer portals know a program outside a sandbox by the name that it gives here; older ones do not have this.
        let _ = bus.call_method(Some(PORTAL), PATH, Some(REGISTRY), "Register", &(APP_ID, Options::new())).await;
        let us = bus.unique_name().map(|name| name.trim_start_matches(':').replace('.', "_")).unwrap_or_default();
        let proxy = Proxy::new(&bus, PORTAL, PATH, SHORTCUTS).await?;
        Ok(Self { bus, proxy, us })
    }

    async fn create_session(&self) -> Result<OwnedObjectPath, Trouble> {
        let options = Options::from([
            ("handle_token", Value::from("pimento_session")),
            ("session_handle_token", Value::from("pimento")),
        ]);
        let results = self.ask("pimento_session", "CreateSession", &(options,)).await?;
        // A text, against the usual for paths.
        let handle: String = results
            .get("session_handle")
            .and_then(|handle| handle.try_clone().ok()?.try_into().ok())
            .ok_or_else(|| Trouble::Failed("the portal names no session".into()))?;
        Ok(ObjectPath::try_from(handle).map_err(zbus::Error::from)?.into())
    }

    /// Asks for the keys; the desktop may ask the person, who may choose others.
    async fn bind(&self, session: &OwnedObjectPath, wanted: &Wanted) -> Result<Report, Trouble> {
        let shortcuts: Vec<(&str, Options)> = wanted
            .iter()
            .map(|(purpose, keys)| {
                let preferred = Value::from(trigger(*keys));
                let description = Value::from(description(*purpose));
                (name(*purpose), Options::from([("description", description), ("preferred_trigger", preferred)]))
            })
            .collect();
        let options = Options::from([("handle_token", Value::from("pimento_bind"))]);
        let results = self.ask("pimento_bind", "BindShortcuts", &(session, shortcuts, "", options)).await?;
        let bound: Vec<(String, HashMap<String, OwnedValue>)> = results
            .get("shortcuts")
            .and_then(|bound| bound.try_clone().ok()?.try_into().ok())
            .ok_or_else(|| Trouble::Failed("the portal names no keys".into()))?;
        let given = |purpose| bound.iter().any(|(id, _)| id == name(purpose));
        Ok(wanted
            .iter()
            .map(|(purpose, keys)| (*purpose, *keys, if given(*purpose) { Ok(()) } else { Err(Trouble::Declined) }))
            .collect())
    }

    /// Makes a request and waits for what it comes to.
    async fn ask<B>(&self, token: &str, method: &str, body: &B) -> Result<HashMap<String, OwnedValue>, Trouble>
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
    {
        // Listened for before it is made: it may be answered at once.
        let path = format!("{PATH}/request/{}/{token}", self.us);
        let request = Proxy::new(&self.bus, PORTAL, path, REQUEST).await?;
        let mut responses = request.receive_signal("Response").await?;
        self.proxy.call_method(method, body).await?;
        let response = responses.next().await.ok_or_else(|| Trouble::Failed("the bus is gone".into()))?;
        let (code, results): (u32, HashMap<String, OwnedValue>) = response.body().deserialize()?;
        match code {
            GRANTED => Ok(results),
            CANCELLED => Err(Trouble::Declined),
            _ => Err(Trouble::Failed(format!("{method}: {code}"))),
        }
    }
}

impl From<zbus::Error> for Trouble {
    fn from(error: zbus::Error) -> Self {
        match &error {
            zbus::Error::MethodError(name, _, _)
                if ["UnknownMethod", "UnknownInterface", "ServiceUnknown"].iter().any(|end| name.ends_with(end)) =>
            {
                Self::Unsupported
            }
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<zbus::fdo::Error> for Trouble {
    fn from(error: zbus::fdo::Error) -> Self {
        zbus::Error::from(error).into()
    }
}

fn name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Window => "window",
        Purpose::Bundle => "bundle",
    }
}

/// What the desktop shows the person.
fn description(purpose: Purpose) -> String {
    match purpose {
        Purpose::Window => say!("keys-for-window"),
        Purpose::Bundle => say!("keys-for-bundle"),
    }
}

/// Keys as the specification for shortcuts writes them.
fn trigger(keys: Keys) -> String {
    let modifiers = [(keys.ctrl, "CTRL+"), (keys.alt, "ALT+"), (keys.shift, "SHIFT+"), (keys.logo, "LOGO+")];
    let mut text: String = modifiers.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
    match keys.key {
        Key::Character(character) => text.push(character.to_ascii_lowercase()),
        Key::Named(Named::Space) => text.push_str("space"),
        Key::Named(Named::Enter) => text.push_str("Return"),
        Key::Named(Named::PageUp) => text.push_str("Page_Up"),
        Key::Named(Named::PageDown) => text.push_str("Page_Down"),
        // The others are called there as they are here.
        key => text.push_str(&key.to_string()),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_the_specification_says() {
        for (keys, expected) in [
            ("Ctrl+Alt+P", "CTRL+ALT+p"),
            ("Super+Shift+F12", "SHIFT+LOGO+F12"),
            ("Alt+PageUp", "ALT+Page_Up"),
            ("Ctrl+Enter", "CTRL+Return"),
        ] {
            assert_eq!(trigger(keys.parse().unwrap()), expected);
        }
    }
}
