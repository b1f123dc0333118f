//! What differs between systems for a window.

use pim::say;
use tauri::{Builder, Runtime, WebviewWindow, Wry};

#[cfg(not(target_os = "windows"))]
use crate::flyout::page_died;
#[cfg(not(target_os = "windows"))]
use pimento_app::pipe::Death;

/// No icon in the Dock, no menu at the top of the screen.
#[cfg(target_os = "macos")]
pub fn set_up(app: &mut tauri::App) {
    app.set_activation_policy(tauri::ActivationPolicy::Accessory);
}

/// Nothing to do.
#[cfg(not(target_os = "macos"))]
pub fn set_up(_app: &mut tauri::App) {}

/// Wayland places windows itself.
#[cfg(target_os = "linux")]
pub fn can_place_windows() -> bool {
    let names = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !names("WAYLAND_DISPLAY") || std::env::var_os("GDK_BACKEND").is_some_and(|backend| backend == "x11")
}

/// Windows can be placed.
#[cfg(not(target_os = "linux"))]
pub fn can_place_windows() -> bool {
    true
}

/// Hears of pages whose process ends.
#[cfg(target_os = "macos")]
pub fn tell_when_pages_die(app: Builder<Wry>) -> Builder<Wry> {
    app.on_web_content_process_terminate(|webview| {
        use tauri::Manager;
        page_died(webview.app_handle(), Death::Unknown);
    })
}

/// Only the web view itself tells.
#[cfg(not(target_os = "macos"))]
pub fn tell_when_pages_die(app: Builder<Wry>) -> Builder<Wry> {
    app
}

/// Hears of the end of this window's page.
#[cfg(target_os = "linux")]
pub fn tell_when_page_dies<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use tauri::Manager;
    use webkit2gtk::{WebProcessTerminationReason as Reason, WebViewExt};

    let app = window.app_handle().clone();
    window.with_webview(move |webview| {
        webview.inner().connect_web_process_terminated(move |_, reason| {
            page_died(
                &app,
                match reason {
                    Reason::Crashed => Death::Crashed,
                    Reason::ExceededMemoryLimit => Death::Memory,
                    _ => Death::Unknown,
                },
            );
        });
    })
}

/// WebView2 tells only whom may write unsafe code; macOS tells the application. The tray asks the page itself.
#[cfg(not(target_os = "linux"))]
pub fn tell_when_page_dies<R: Runtime>(_window: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}

/// A list of choices of the page's own is open: it has taken pointer and keyboard, and is no other window that somebody uses.
#[cfg(target_os = "linux")]
pub fn a_list_is_open() -> bool {
    use gdk::prelude::SeatExt;

    let grabbed = || {
        let display = gdk::Display::default()?;
        let pointer = display.default_seat()?.pointer()?;
        Some(display.device_is_grabbed(&pointer))
    };
    grabbed().unwrap_or(false)
}

/// Lists of choices leave the focus where it is.
#[cfg(not(target_os = "linux"))]
pub fn a_list_is_open() -> bool {
    false
}

/// Why there is no window, in a sentence or two.
pub fn explain_failure(error: &tauri::Error) -> String {
    if cfg!(windows) && format!("{error:?}").contains("WebviewRuntimeNotInstalled") {
        return say!("window-needs-runtime");
    }
    say!("window-not-opened", error = error.to_string())
}
