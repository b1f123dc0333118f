//! The tray icon as a panel sees it: `org.kde.StatusNotifierItem`, and its menu over `com.canonical.dbusmenu`.

use std::collections::HashMap;

use anyhow::{Context, Result, anyhow};
use zbus::{
    Connection, Proxy,
    zvariant::{OwnedObjectPath, OwnedValue, Structure, Value},
};

use super::{Desktop, panel::WATCHER};
use crate::wait;

const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// What `GetLayout` answers: a revision, then the root's number, properties and children.
type Layout = (u32, (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>));

/// A registered tray icon.
#[derive(Clone, Debug)]
pub struct Tray {
    bus: Connection,
    name: String,
    path: String,
}

/// One line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: i32,
    /// What it says; empty for a separator.
    pub label: String,
    /// Whether it can be clicked.
    pub enabled: bool,
    /// Its submenu.
    pub entries: Vec<Entry>,
}

impl Entry {
    /// Itself and everything below it.
    pub fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        found.extend(self.entries.iter().flat_map(Self::all));
        found
    }
}

/// Reads a property freshly: zbus would keep the first answer of a service that does not announce changes.
async fn property(bus: &Connection, name: &str, path: &str, interface: &str, property: &str) -> Result<OwnedValue> {
    let reply = bus.call_method(Some(name), path, Some(PROPERTIES), "Get", &(interface, property)).await?;
    Ok(reply.body().deserialize()?)
}

impl Desktop {
    /// The tray icons that are registered now, as `name/path`.
    pub async fn tray_items(&self) -> Result<Vec<String>> {
        let items =
            property(self.bus(), WATCHER, "/StatusNotifierWatcher", WATCHER, "RegisteredStatusNotifierItems").await?;
        Ok(items.try_into()?)
    }

    /// Waits for the first tray icon.
    pub async fn tray(&self) -> Result<Tray> {
        let first = async || self.tray_items().await?.first().map(|item| self.item(item)).transpose();
        wait::until("a tray icon", wait::LONG, first).await
    }

    /// The tray icon that calls itself so, if there is one now.
    pub async fn tray_called(&self, id: &str) -> Result<Option<Tray>> {
        for item in self.tray_items().await? {
            let tray = self.item(&item)?;
            if String::try_from(tray.of_item("Id").await?)? == id {
                return Ok(Some(tray));
            }
        }
        Ok(None)
    }

    fn item(&self, item: &str) -> Result<Tray> {
        let (name, path) = item.find('/').map(|at| item.split_at(at)).context("a tray item without a path")?;
        Ok(Tray { bus: self.bus().clone(), name: name.into(), path: path.into() })
    }
}

impl Tray {
    /// Who it is on the bus.
    pub fn name(&self) -> &str {
        &self.name
    }

    async fn of_item(&self, name: &str) -> Result<OwnedValue> {
        property(&self.bus, &self.name, &self.path, ITEM, name).await
    }

    /// What a screen reader calls it.
    pub async fn title(&self) -> Result<String> {
        Ok(self.of_item("Title").await?.try_into()?)
    }

    /// Title and text of the tooltip, in one line.
    pub async fn tooltip(&self) -> Result<String> {
        let value = self.of_item("ToolTip").await?;
        let parts: Structure = value.try_into()?;
        let text = |at: usize| match parts.fields().get(at) {
            Some(Value::Str(text)) => text.to_string(),
            _ => String::new(),
        };
        Ok(format!("{} {}", text(2), text(3)).trim().to_owned())
    }

    /// The icon's pixels (or its name), to tell one state from another.
    pub async fn icon(&self) -> Result<String> {
        let name = self.of_item("IconName").await?;
        let pixels = self.of_item("IconPixmap").await?;
        Ok(format!("{name:?} {pixels:?}"))
    }

    /// The whole menu.
    pub async fn menu(&self) -> Result<Vec<Entry>> {
        let menu = self.menu_proxy().await?;
        // Some menus are made only now.
        let _: bool = menu.call("AboutToShow", &(0i32,)).await.unwrap_or_default();
        let (_, (_, _, entries)): Layout = menu.call("GetLayout", &(0i32, -1i32, Vec::<String>::new())).await?;
        entries.into_iter().map(|entry| parse(&entry)).collect()
    }

    /// The labels of the whole menu, submenus included.
    pub async fn labels(&self) -> Result<Vec<String>> {
        Ok(self.menu().await?.iter().flat_map(Entry::all).map(|entry| entry.label.clone()).collect())
    }

    /// Waits for a line of the menu that contains the words.
    pub async fn entry(&self, words: &str) -> Result<Entry> {
        let found = async || {
            let menu = self.menu().await?;
            Ok(menu.iter().flat_map(Entry::all).find(|entry| entry.label.contains(words)).cloned())
        };
        match wait::until(&format!("a menu entry with \"{words}\""), wait::LONG, found).await {
            Ok(entry) => Ok(entry),
            Err(error) => Err(anyhow!("{error:#}; the menu says {:?}", self.labels().await?)),
        }
    }

    /// Clicks the line of the menu that contains the words.
    pub async fn click(&self, words: &str) -> Result<()> {
        let clicked = async || {
            let entry = self.entry(words).await?;
            let menu = self.menu_proxy().await?;
            match menu.call::<_, _, ()>("Event", &(entry.id, "clicked", Value::from(0i32), 0u32)).await {
                Ok(()) => Ok(Some(())),
                // An application that quits may not answer any more.
                Err(zbus::Error::MethodError(name, _, _)) if name.as_str().ends_with("NoReply") => Ok(Some(())),
                // The menu was made anew since it was read: read again, as a tray host does that is told so.
                Err(zbus::Error::MethodError(name, _, _)) if name.as_str().ends_with("InvalidArgs") => Ok(None),
                Err(error) => Err(error.into()),
            }
        };
        wait::until(&format!("a click on \"{words}\""), wait::LONG, clicked).await
    }

    /// A left click at this place of the screen.
    pub async fn activate(&self, x: i32, y: i32) -> Result<()> {
        let item = Proxy::new(&self.bus, self.name.as_str(), self.path.as_str(), ITEM).await?;
        Ok(item.call("Activate", &(x, y)).await?)
    }

    async fn menu_proxy(&self) -> Result<Proxy<'_>> {
        let path: OwnedObjectPath = self.of_item("Menu").await?.try_into()?;
        Ok(Proxy::new(&self.bus, self.name.clone(), path, MENU).await?)
    }
}

fn parse(value: &OwnedValue) -> Result<Entry> {
    let Value::Structure(parts) = &**value else { return Err(anyhow!("a menu entry of another shape: {value:?}")) };
    let [Value::I32(id), Value::Dict(properties), Value::Array(children)] = parts.fields() else {
        return Err(anyhow!("a menu entry of another shape: {parts:?}"));
    };
    let label: Option<String> = properties.get(&"label")?;
    let enabled: Option<bool> = properties.get(&"enabled")?;
    let entries = children.iter().map(|child| match child {
        Value::Value(inner) => parse(&OwnedValue::try_from(&**inner)?),
        other => parse(&OwnedValue::try_from(other)?),
    });
    Ok(Entry {
        id: *id,
        // A single underscore marks the key that selects the entry.
        label: label.unwrap_or_default().replace("__", "\u{1}").replace('_', "").replace('\u{1}', "_"),
        enabled: enabled.unwrap_or(true),
        entries: entries.collect::<Result<_>>()?,
    })
}
