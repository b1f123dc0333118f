//! The real pointer and keyboard.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::{
    Desktop,
    display::{SIZE, run},
};
use crate::wait;

impl Desktop {
    /// Moves the pointer there and presses a button: 1 left, 3 right.
    pub fn click_at(&self, x: i32, y: i32, button: u8) -> Result<()> {
        let (x, y, button) = (x.to_string(), y.to_string(), button.to_string());
        run(self.command("xdotool").args(["mousemove", &x, &y, "click", &button]))
    }

    /// Moves the pointer there.
    pub fn point_at(&self, x: i32, y: i32) -> Result<()> {
        run(self.command("xdotool").args(["mousemove", &x.to_string(), &y.to_string()]))
    }

    /// Moves the pointer where it points at nothing.
    pub fn point_away(&self) -> Result<()> {
        self.point_at(SIZE.0 / 2, SIZE.1 - 2)
    }

    /// Presses a key, in X's names.
    pub fn key(&self, name: &str) -> Result<()> {
        run(self.command("xdotool").args(["key", name]))
    }

    /// Types a text.
    pub fn type_text(&self, text: &str) -> Result<()> {
        run(self.command("xdotool").args(["type", text]))
    }

    /// The ids of the visible windows whose title matches.
    pub fn windows(&self, title: &str) -> Result<Vec<String>> {
        let mut search = self.command("xdotool");
        search.args(["search", "--onlyvisible", "--name", title]);
        let output = search.stdin(Stdio::null()).stderr(Stdio::null()).output().context("xdotool")?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
    }

    /// Waits until a window with this title is visible, and tells its id.
    pub async fn visible(&self, title: &str) -> Result<String> {
        let look = async || Ok(self.windows(title)?.pop());
        wait::until(&format!("a visible window \"{title}\""), wait::LONG, look).await
    }

    /// Waits until no window with this title is visible.
    pub async fn invisible(&self, title: &str) -> Result<()> {
        let look = async || Ok(self.windows(title)?.is_empty());
        wait::until_true(&format!("no visible window \"{title}\""), wait::LONG, look).await
    }

    /// Whether a window of this type is on the screen: any kind of `MENU`, `TOOLTIP`, as the window managers' specification names them.
    pub fn shows(&self, kind: &str) -> Result<bool> {
        // Such windows are the root's own children: the window manager leaves them alone.
        let kind = format!("_{kind}");
        let output = self.command("xwininfo").args(["-root", "-children"]).stdin(Stdio::null()).output()?;
        let children = String::from_utf8_lossy(&output.stdout).into_owned();
        for id in children.lines().filter_map(|line| line.split_whitespace().next()).filter(|id| id.starts_with("0x")) {
            let properties = self.command("xprop").args(["-id", id, "_NET_WM_WINDOW_TYPE"]).output()?;
            if String::from_utf8_lossy(&properties.stdout).contains(&kind) && self.viewable(id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn viewable(&self, window: &str) -> Result<bool> {
        let output = self.command("xwininfo").args(["-id", window]).stdin(Stdio::null()).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).contains("IsViewable"))
    }

    /// The title of the window that has the keyboard.
    pub fn has_keyboard(&self) -> Result<String> {
        let mut ask = self.command("xdotool");
        let output =
            ask.args(["getwindowfocus", "getwindowname"]).stdin(Stdio::null()).stderr(Stdio::null()).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// What the window manager has put round a window: left, right, top, bottom.
    pub fn frame(&self, window: &str) -> Result<[u32; 4]> {
        let output = self.command("xprop").args(["-id", window, "_NET_FRAME_EXTENTS"]).stdin(Stdio::null()).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let (_, numbers) = text.trim().split_once("= ").with_context(|| format!("no frame: {text}"))?;
        let numbers = numbers.split(", ").map(str::parse).collect::<Result<Vec<u32>, _>>()?;
        numbers.try_into().map_err(|numbers| anyhow::anyhow!("not four edges: {numbers:?}"))
    }

    /// Place and size of a window: x, y, width, height.
    pub fn geometry(&self, window: &str) -> Result<(i32, i32, i32, i32)> {
        let output = self.command("xdotool").args(["getwindowgeometry", "--shell", window]).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let number = |key: &str| {
            let line =
                text.lines().find_map(|line| line.strip_prefix(key)).with_context(|| format!("no {key} in {text}"));
            Ok::<i32, anyhow::Error>(line?.parse()?)
        };
        let place = (number("X=")?, number("Y=")?, number("WIDTH=")?, number("HEIGHT=")?);
        ensure!(place.2 > 0 && place.3 > 0, "an empty window: {place:?}");
        Ok(place)
    }
}
