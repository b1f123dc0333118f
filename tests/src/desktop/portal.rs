//! `org.freedesktop.portal.GlobalShortcuts` as a desktop under Wayland offers it: asks nobody, remembers, and presses keys.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result};
use zbus::{Connection, connection::Builder, zvariant::OwnedObjectPath};

use super::{
    Desktop,
    portal_server::{PATH, Registry, Shortcuts},
};
use crate::wait;

const NAME: &str = "org.freedesktop.portal.Desktop";

/// What the portal was asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Names that programs gave themselves.
    pub registered: Vec<String>,
    /// Sessions that are open.
    pub sessions: Vec<OwnedObjectPath>,
    /// Keys that are bound, as the last session asked for them: name and preferred trigger.
    pub bound: Vec<(String, String)>,
    /// The person says no.
    pub declines: bool,
}

pub(super) type Shared = Arc<Mutex<Asked>>;

/// The running portal.
#[derive(Debug)]
pub struct Portal {
    asked: Shared,
    connection: Connection,
}

impl Desktop {
    /// Starts the portal; `declines`: the person says no to whatever it asks.
    pub async fn start_portal(&self, declines: bool) -> Result<Portal> {
        let asked = Shared::new(Mutex::new(Asked { declines, ..Asked::default() }));
        let (shortcuts, registry) = (Shortcuts(asked.clone()), Registry(asked.clone()));
        let builder =
            Builder::address(self.address())?.name(NAME)?.serve_at(PATH, shortcuts)?.serve_at(PATH, registry)?;
        Ok(Portal { asked, connection: builder.build().await? })
    }
}

impl Portal {
    /// What it was asked for so far.
    pub fn asked(&self) -> Asked {
        lock(&self.asked).clone()
    }

    /// Waits until exactly these keys are bound, by their triggers.
    pub async fn binds(&self, triggers: &[&str]) -> Result<()> {
        let bound =
            async || Ok(self.asked().bound.iter().map(|(_, trigger)| trigger.as_str()).eq(triggers.iter().copied()));
        let waited = wait::until_true(&format!("{triggers:?} to be bound"), wait::LONG, bound).await;
        waited.with_context(|| format!("{:?}", self.asked()))
    }

    /// The person presses the keys of this name.
    pub async fn press(&self, name: &str) -> Result<()> {
        let session = self.asked().sessions.last().cloned().context("no session")?;
        let portal = self.connection.object_server().interface::<_, Shortcuts>(PATH).await?;
        let (session, now) = (session.as_ref(), 0);
        Ok(Shortcuts::activated(portal.signal_emitter(), session, name, now, HashMap::new()).await?)
    }
}

pub(super) fn lock(asked: &Shared) -> MutexGuard<'_, Asked> {
    asked.lock().unwrap_or_else(PoisonError::into_inner)
}
