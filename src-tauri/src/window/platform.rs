//! What differs between systems for a window.

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

/// Why there is no window, in a sentence or two.
pub fn explain_failure(error: &tauri::Error) -> String {
    if cfg!(windows) && format!("{error:?}").contains("WebviewRuntimeNotInstalled") {
        return "The window needs the Microsoft Edge WebView2 Runtime, which is not installed. Install it from Microsoft, \
                then open Pimento again."
            .into();
    }
    format!("The window cannot be opened: {error}")
}
