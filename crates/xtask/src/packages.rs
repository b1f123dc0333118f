//! What the project needs from the system, by Debian's names.

/// A need: satisfied by an installed package of that name, or by all of these programs on PATH.
pub struct Need {
    /// The package of Debian and Ubuntu.
    pub package: &'static str,
    /// Programs that show, on any system, that it is there.
    pub programs: &'static [&'static str],
}

const fn library(package: &'static str) -> Need {
    Need { package, programs: &[] }
}

const fn tool(package: &'static str, programs: &'static [&'static str]) -> Need {
    Need { package, programs }
}

/// To build the application: WebKitGTK and a C compiler. Other systems bring their own web view.
pub const BUILD: &[Need] =
    &[tool("build-essential", &["cc", "make"]), tool("pkg-config", &["pkg-config"]), library("libwebkit2gtk-4.1-dev")];

/// The virtual desktop: X server, window manager, panel with a tray, notifications, keyring, WebDriver, browser.
pub const DESKTOP: &[Need] = &[
    tool("xvfb", &["Xvfb"]),
    tool("dbus", &["dbus-daemon"]),
    tool("openbox", &["openbox"]),
    tool("xfce4-panel", &["xfce4-panel"]),
    library("xfce4-notifyd"),
    tool("gnome-keyring", &["gnome-keyring-daemon"]),
    tool("libsecret-tools", &["secret-tool"]),
    tool("webkit2gtk-driver", &["WebKitWebDriver"]),
    tool("chromium", &["chromium"]),
    tool("chromium-driver", &["chromedriver"]),
    tool("imagemagick", &["import"]),
    tool("xdotool", &["xdotool"]),
    tool("x11-utils", &["xwininfo"]),
    library("at-spi2-core"),
    library("adwaita-icon-theme"),
    library("hicolor-icon-theme"),
    library("fonts-dejavu-core"),
    // DejaVu has Arabic; Japanese has no face without this one.
    library("fonts-ipafont-gothic"),
];

/// Microsoft's clients for Python, which are tried against the tenant; pip fetches them.
pub const CLIENTS: &[Need] = &[library("python3-venv")];

/// To look into what is installed: into packages, and at what desktops and software centres read.
pub const PACKAGES: &[Need] = &[
    tool("rpm", &["rpm"]),
    tool("desktop-file-utils", &["desktop-file-validate"]),
    tool("appstream", &["appstreamcli"]),
];

/// Only to have the native yardstick for memory in the same session.
pub const BENCH: &[Need] = &[tool("network-manager-gnome", &["nm-applet"])];

/// To build for Windows and to run what was built.
pub const WINDOWS: &[Need] = &[
    tool("gcc-mingw-w64-x86-64-posix", &["x86_64-w64-mingw32-gcc"]),
    tool("wine64", &[]),
    tool("wine", &["wine"]),
    tool("xvfb", &["Xvfb"]),
];
