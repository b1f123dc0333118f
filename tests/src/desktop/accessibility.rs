//! The screen as a screen reader knows it: over AT-SPI.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use zbus::{
    Connection, Proxy,
    connection::Builder,
    zvariant::{OwnedObjectPath, OwnedValue},
};

use super::Desktop;
use crate::wait;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const REGISTRY: &str = "org.a11y.atspi.Registry";
const NOBODY: &str = "/org/a11y/atspi/null";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// `ATSPI_STATE_FOCUSABLE`.
const FOCUSABLE: u32 = 11;

/// `ATSPI_ROLE_DOCUMENT_WEB`.
const DOCUMENT: u32 = 95;

/// Something that a screen reader can read out.
#[derive(Clone, Debug)]
pub struct Accessible {
    /// What it is: `button`, `entry`, `check box`, …; empty where it is nothing.
    pub role: String,
    /// What it is called.
    pub name: String,
    /// What else is said of it.
    pub attributes: HashMap<String, String>,
    number: u32,
    states: u64,
    owner: String,
    path: OwnedObjectPath,
}

impl Accessible {
    /// It can have the focus.
    pub fn focusable(&self) -> bool {
        self.has(FOCUSABLE)
    }

    /// It is the page of a web view: what comes before it belongs to the window round it.
    pub fn is_document(&self) -> bool {
        self.number == DOCUMENT
    }

    /// How urgently changes of its text are read out, where they are: `polite`, `assertive`.
    pub fn live(&self) -> Option<&str> {
        self.attributes.get("live").map(String::as_str).filter(|live| *live != "off")
    }

    fn has(&self, state: u32) -> bool {
        self.states & (1 << state) != 0
    }
}

/// The bus on which programs tell screen readers about themselves.
#[derive(Debug)]
pub struct ScreenReader(Connection);

impl ScreenReader {
    /// The names of all programs that tell of themselves.
    pub async fn programs(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for (owner, path) in self.children(REGISTRY, &OwnedObjectPath::try_from(ROOT)?).await? {
            names.push(self.name(&owner, &path).await?);
        }
        Ok(names)
    }

    /// Everything in a program's windows, by the program's name: from the outside to the inside.
    pub async fn all_in(&self, program: &str) -> Result<Vec<Accessible>> {
        let mut found = Vec::new();
        for (owner, path) in self.children(REGISTRY, &OwnedObjectPath::try_from(ROOT)?).await? {
            if self.name(&owner, &path).await? != program {
                continue;
            }
            let mut waiting = vec![(owner, path)];
            while let Some((owner, path)) = waiting.pop() {
                // What is gone while we look has nothing to say any more.
                let Ok(seen) = self.look_at(&owner, &path).await else { continue };
                found.push(seen);
                waiting.extend(self.children(&owner, &path).await.unwrap_or_default().into_iter().rev());
            }
        }
        Ok(found)
    }

    /// The text of something, all of it.
    pub async fn text(&self, of: &Accessible) -> Result<String> {
        let text = Proxy::new(&self.0, of.owner.as_str(), &of.path, "org.a11y.atspi.Text").await?;
        Ok(text.call("GetText", &(0i32, -1i32)).await?)
    }

    /// Does what pressing it does.
    pub async fn press(&self, what: &Accessible) -> Result<()> {
        let action = Proxy::new(&self.0, what.owner.as_str(), &what.path, "org.a11y.atspi.Action").await?;
        let done: bool = action.call("DoAction", &(0i32,)).await?;
        ensure!(done, "nothing comes of pressing {what:?}");
        Ok(())
    }

    /// Gives it the keyboard.
    pub async fn focus(&self, what: &Accessible) -> Result<()> {
        let component = Proxy::new(&self.0, what.owner.as_str(), &what.path, "org.a11y.atspi.Component").await?;
        let done: bool = component.call("GrabFocus", &()).await?;
        ensure!(done, "{what:?} does not take the keyboard");
        Ok(())
    }

    /// Where the middle of a button with this name is on the screen, in any program.
    async fn middle_of(&self, wanted: &str) -> Result<Option<(i32, i32)>> {
        let mut waiting = vec![(REGISTRY.to_owned(), OwnedObjectPath::try_from(ROOT)?)];
        while let Some((owner, path)) = waiting.pop() {
            if self.name(&owner, &path).await.is_ok_and(|name| name == wanted) {
                let component = Proxy::new(&self.0, owner.as_str(), &path, "org.a11y.atspi.Component").await?;
                // 0: in coordinates of the screen.
                let place: zbus::Result<(i32, i32, i32, i32)> = component.call("GetExtents", &(0u32,)).await;
                if let Ok((x, y, width, height)) = place
                    && width > 1
                {
                    return Ok(Some((x + width / 2, y + height / 2)));
                }
            }
            // A program that ends while we look has no children any more.
            waiting.extend(self.children(&owner, &path).await.unwrap_or_default());
        }
        Ok(None)
    }

    async fn look_at(&self, owner: &str, path: &OwnedObjectPath) -> Result<Accessible> {
        let proxy = Proxy::new(&self.0, owner, path, ACCESSIBLE).await?;
        let states: Vec<u32> = proxy.call("GetState", &()).await?;
        let (number, role): (u32, String) = (proxy.call("GetRole", &()).await?, proxy.call("GetRoleName", &()).await?);
        let half = |at: usize| states.get(at).copied().map_or(0, u64::from);
        Ok(Accessible {
            // WebKit has no word for some; what screen readers go by is the number.
            role: if role.is_empty() && number != 0 { format!("role {number}") } else { role },
            name: self.name(owner, path).await?,
            attributes: proxy.call("GetAttributes", &()).await?,
            number,
            states: half(0) | half(1) << 32,
            owner: owner.to_owned(),
            path: path.clone(),
        })
    }

    async fn name(&self, owner: &str, path: &OwnedObjectPath) -> Result<String> {
        Ok(self.property(owner, path, "Name").await?.try_into()?)
    }

    /// Reads a property freshly, and no other: WebKit does not tell all at once.
    async fn property(&self, owner: &str, path: &OwnedObjectPath, name: &str) -> Result<OwnedValue> {
        let properties = Proxy::new(&self.0, owner, path, "org.freedesktop.DBus.Properties").await?;
        Ok(properties.call("Get", &(ACCESSIBLE, name)).await?)
    }

    /// One by one: asked for all at once, a place that another process has filled says that it is empty.
    async fn children(&self, owner: &str, path: &OwnedObjectPath) -> Result<Vec<(String, OwnedObjectPath)>> {
        let parent = Proxy::new(&self.0, owner, path, ACCESSIBLE).await?;
        let count = i32::try_from(self.property(owner, path, "ChildCount").await?)?;
        let mut children = Vec::new();
        for index in 0..count {
            let child: (String, OwnedObjectPath) = parent.call("GetChildAtIndex", &(index,)).await?;
            // What is gone already is nobody's.
            if child.1.as_str() != NOBODY {
                children.push(child);
            }
        }
        Ok(children)
    }
}

impl Desktop {
    /// Listens as a screen reader does, and says so, as one does. To be called before a program starts that is to be read.
    pub async fn screen_reader(&self) -> Result<ScreenReader> {
        let status = Proxy::new(self.bus(), "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status").await?;
        for property in ["IsEnabled", "ScreenReaderEnabled"] {
            status.set_property(property, true).await.with_context(|| property.to_owned())?;
        }
        self.accessibility().await
    }

    async fn accessibility(&self) -> Result<ScreenReader> {
        let bus = Proxy::new(self.bus(), "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus").await?;
        let address: String = bus.call("GetAddress", &()).await.context("the accessibility bus")?;
        Ok(ScreenReader(Builder::address(address.as_str())?.build().await?))
    }

    /// Waits for a button with this name in any program, and tells where its middle is on the screen.
    pub async fn button(&self, name: &str) -> Result<(i32, i32)> {
        let look = async || self.button_now(name).await;
        wait::until(&format!("a button \"{name}\" on the screen"), wait::LONG, look).await
    }

    /// The same, if it is there at this moment.
    pub async fn button_now(&self, name: &str) -> Result<Option<(i32, i32)>> {
        self.accessibility().await?.middle_of(name).await
    }

    /// Whether any program shows these words on the screen at this moment.
    pub async fn says_on_screen(&self, words: &str) -> Result<bool> {
        Ok(self.button_now(words).await?.is_some())
    }
}
