//! The portal for keys as D-Bus sees it.

use std::collections::HashMap;

use zbus::{
    Connection, interface,
    message::Header,
    object_server::{ObjectServer, SignalEmitter},
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use super::portal::{Shared, lock};

pub(super) const PATH: &str = "/org/freedesktop/portal/desktop";

type Options = HashMap<String, OwnedValue>;
type Results<'a> = HashMap<&'a str, Value<'a>>;

fn text(options: &Options, key: &str) -> zbus::fdo::Result<String> {
    let value = options.get(key).and_then(|value| value.downcast_ref::<String>().ok());
    value.ok_or_else(|| zbus::fdo::Error::InvalidArgs(format!("no {key}")))
}

/// A path below the portal's, of the caller's own.
fn path(kind: &str, header: &Header<'_>, token: &str) -> zbus::fdo::Result<OwnedObjectPath> {
    let sender = header.sender().map(|name| name.trim_start_matches(':').replace('.', "_")).unwrap_or_default();
    let path = ObjectPath::try_from(format!("{PATH}/{kind}/{sender}/{token}"));
    Ok(path.map_err(|error| zbus::fdo::Error::InvalidArgs(error.to_string()))?.into())
}

/// Says what a request came to, as the portal does: in a signal from the request's path.
async fn respond(
    connection: &Connection,
    request: &OwnedObjectPath,
    code: u32,
    results: Results<'_>,
) -> zbus::Result<()> {
    let interface = "org.freedesktop.portal.Request";
    connection.emit_signal(None::<&str>, request, interface, "Response", &(code, results)).await
}

pub(super) struct Registry(pub(super) Shared);

#[interface(name = "org.freedesktop.host.portal.Registry")]
impl Registry {
    fn register(&self, name: String, options: Options) {
        drop(options);
        lock(&self.0).registered.push(name);
    }
}

struct Session(Shared, OwnedObjectPath);

#[interface(name = "org.freedesktop.portal.Session")]
impl Session {
    async fn close(&self, #[zbus(object_server)] server: &ObjectServer) -> zbus::fdo::Result<()> {
        {
            let mut asked = lock(&self.0);
            asked.sessions.retain(|session| *session != self.1);
            asked.bound.clear();
        }
        server.remove::<Self, _>(&self.1).await?;
        Ok(())
    }
}

pub(super) struct Shortcuts(pub(super) Shared);

#[interface(name = "org.freedesktop.portal.GlobalShortcuts")]
impl Shortcuts {
    async fn create_session(
        &self,
        options: Options,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
    ) -> zbus::fdo::Result<OwnedObjectPath> {
        let request = path("request", &header, &text(&options, "handle_token")?)?;
        let session = path("session", &header, &text(&options, "session_handle_token")?)?;
        connection.object_server().at(&session, Session(self.0.clone(), session.clone())).await?;
        lock(&self.0).sessions.push(session.clone());
        let results = Results::from([("session_handle", Value::from(session.to_string()))]);
        respond(connection, &request, 0, results).await?;
        Ok(request)
    }

    async fn bind_shortcuts(
        &self,
        session: OwnedObjectPath,
        shortcuts: Vec<(String, Options)>,
        parent_window: &str,
        options: Options,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
    ) -> zbus::fdo::Result<OwnedObjectPath> {
        let _ = (session, parent_window);
        let request = path("request", &header, &text(&options, "handle_token")?)?;
        if lock(&self.0).declines {
            respond(connection, &request, 1, Results::new()).await?;
            return Ok(request);
        }
        let mut bound = Vec::new();
        for (name, wishes) in &shortcuts {
            bound.push((name.clone(), text(wishes, "preferred_trigger")?));
        }
        let given: Vec<(&str, Results)> = bound
            .iter()
            .map(|(name, trigger)| (name.as_str(), Results::from([("trigger_description", Value::from(trigger))])))
            .collect();
        respond(connection, &request, 0, Results::from([("shortcuts", Value::from(given))])).await?;
        lock(&self.0).bound = bound;
        Ok(request)
    }

    /// The keys of this name were pressed.
    #[zbus(signal)]
    pub(super) async fn activated(
        emitter: &SignalEmitter<'_>,
        session: ObjectPath<'_>,
        name: &str,
        at: u64,
        options: HashMap<&str, Value<'_>>,
    ) -> zbus::Result<()>;
}
