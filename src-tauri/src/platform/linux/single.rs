//! One Pimento for each session: a name on the session bus, and the one call that a second start makes.

use std::collections::HashMap;

use tokio::sync::mpsc;
use zbus::{Connection, connection::Builder, interface, zvariant::OwnedValue};

use crate::{registration::APP_ID, tray::Happening};

const PATH: &str = "/dev/pimento/Pimento";

/// What came of asking for the name.
pub enum Claim {
    /// We are the one. Without a session bus too: then there is nobody to ask.
    Ours(Option<Connection>),
    /// Another one runs; it was asked to show its window.
    Taken,
}

/// The part of `org.freedesktop.Application` that makes sense here. Nothing on the bus can do more than a second start.
struct Application(mpsc::UnboundedSender<Happening>);

#[interface(name = "org.freedesktop.Application")]
impl Application {
    fn activate(&self, platform_data: HashMap<String, OwnedValue>) {
        // Nothing that somebody sends along changes what is done.
        drop(platform_data);
        let _ = self.0.send(Happening::SecondStart);
    }
}

/// Asks for the name.
pub async fn claim(happenings: mpsc::UnboundedSender<Happening>) -> Claim {
    match connect(happenings).await {
        Ok(connection) => Claim::Ours(Some(connection)),
        Err(zbus::Error::NameTaken) => {
            match ask_to_show().await {
                Ok(()) => tracing::info!("Pimento runs already: its window is shown"),
                Err(error) => tracing::error!(%error, "Pimento runs already, but does not answer"),
            }
            Claim::Taken
        }
        Err(error) => {
            tracing::warn!(%error, "no session bus: no tray, no notifications, and nothing keeps a second start away");
            Claim::Ours(None)
        }
    }
}

async fn connect(happenings: mpsc::UnboundedSender<Happening>) -> zbus::Result<Connection> {
    let builder = Builder::session()?.serve_at(PATH, Application(happenings))?.name(APP_ID)?;
    builder.replace_existing_names(false).allow_name_replacements(false).build().await
}

async fn ask_to_show() -> zbus::Result<()> {
    let bus = Connection::session().await?;
    let data = HashMap::<&str, OwnedValue>::new();
    bus.call_method(Some(APP_ID), PATH, Some("org.freedesktop.Application"), "Activate", &(data,)).await?;
    Ok(())
}
