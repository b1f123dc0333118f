//! Texts for the clipboard.

/// Puts a text on the clipboard, without waiting for it: on Linux the text is served by this process for as long as nobody
/// else copies something.
pub fn copy(text: String) {
    let serve = move || {
        let result = arboard::Clipboard::new().and_then(|mut clipboard| {
            #[cfg(target_os = "linux")]
            return arboard::SetExtLinux::wait(clipboard.set()).text(text);
            #[cfg(not(target_os = "linux"))]
            return clipboard.set_text(text);
        });
        if let Err(error) = result {
            tracing::warn!(%error, "nothing was copied");
        }
    };
    if let Err(error) = std::thread::Builder::new().name("clipboard".into()).spawn(serve) {
        tracing::warn!(%error, "nothing was copied");
    }
}
