//! Finding a button on the screen the way a screen reader does: over AT-SPI.

use anyhow::{Context, Result};
use zbus::{Connection, Proxy, connection::Builder, zvariant::OwnedObjectPath};

use super::Desktop;
use crate::wait;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

impl Desktop {
    /// Waits for a button with this name in any program, and tells where its middle is on the screen.
    pub async fn button(&self, name: &str) -> Result<(i32, i32)> {
        let look = async || self.button_now(name).await;
        wait::until(&format!("a button \"{name}\" on the screen"), wait::LONG, look).await
    }

    /// The same, if it is there at this moment.
    pub async fn button_now(&self, name: &str) -> Result<Option<(i32, i32)>> {
        let bus = Proxy::new(self.bus(), "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus").await?;
        let address: String = bus.call("GetAddress", &()).await.context("the accessibility bus")?;
        find(&Builder::address(address.as_str())?.build().await?, name).await
    }
}

async fn find(bus: &Connection, wanted: &str) -> Result<Option<(i32, i32)>> {
    let mut waiting = vec![("org.a11y.atspi.Registry".to_owned(), OwnedObjectPath::try_from(ROOT)?)];
    while let Some((owner, path)) = waiting.pop() {
        let accessible = Proxy::new(bus, owner.clone(), path.clone(), ACCESSIBLE).await?;
        let name: String = accessible.get_property("Name").await.unwrap_or_default();
        if name == wanted {
            let component = Proxy::new(bus, owner.clone(), path.clone(), "org.a11y.atspi.Component").await?;
            // 0: in coordinates of the screen.
            let place: zbus::Result<(i32, i32, i32, i32)> = component.call("GetExtents", &(0u32,)).await;
            if let Ok((x, y, width, height)) = place
                && width > 1
            {
                return Ok(Some((x + width / 2, y + height / 2)));
            }
        }
        // A program that ends while we look has no children any more.
        let children: Vec<(String, OwnedObjectPath)> = accessible.call("GetChildren", &()).await.unwrap_or_default();
        waiting.extend(children);
    }
    Ok(None)
}
