//! All that the page may call. Arguments come from HTML: what is not exactly a command is refused before it gets here.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

use std::time::Duration;

use pim::{
    say,
    view::{About, Command, View},
};
use pimento_app::pipe::{self, Up};
use tauri::{AppHandle, Manager, Runtime, State};

use crate::{
    flyout::{Flyout, page_listens, put_away},
    named::Named,
};

/// Whoever has no report by then gets none.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// Hands a person's wish to the process that can fulfil it. What no pipe would take is refused here.
#[tauri::command]
pub fn dispatch(command: Named<Command>, flyout: State<'_, Flyout>) -> Result<(), String> {
    let up = Up::Command { command: command.0 };
    if pipe::line(&up).len() as u64 > pipe::LONGEST_UP {
        return Err(say!("too-long"));
    }
    flyout.send(up);
    Ok(())
}

/// Asks for the page at which the announced device code is typed. Which one that is, the page has no say in.
#[tauri::command]
pub fn open_sign_in_page(flyout: State<'_, Flyout>) {
    flyout.send(Up::OpenSignInPage);
}

/// The newest view; waits for the first one. Whoever asks listens for what comes after it.
#[tauri::command]
pub async fn view<R: Runtime>(app: AppHandle<R>, flyout: State<'_, Flyout>) -> Result<View, String> {
    page_listens(&app);
    let mut views = flyout.views();
    let view = views.wait_for(Option::is_some).await.map_err(|_| say!("pimento-ends"))?;
    view.as_deref().cloned().ok_or_else(|| "there is no view".to_owned())
}

/// Puts the window away (Esc).
#[tauri::command]
pub fn hide<R: Runtime>(app: AppHandle<R>) {
    put_away(&app);
}

/// The page has painted a view after the window was shown.
#[tauri::command]
pub fn painted<R: Runtime>(app: AppHandle<R>) {
    app.state::<Flyout>().painted();
}

/// The page answers a sign of life.
#[tauri::command]
pub fn alive(flyout: State<'_, Flyout>) {
    flyout.send(Up::Alive);
}

/// Keeps what the page would go on with, should it end or be loaded anew. More than that is of no person's typing.
#[tauri::command]
pub fn leave(state: String, flyout: State<'_, Flyout>) -> Result<(), String> {
    if state.len() > pipe::MOST_LEFT {
        return Err(say!("too-long"));
    }
    flyout.goes_on_with(state.clone());
    flyout.send(Up::Left { state });
    Ok(())
}

/// What the page before this one was left with, once.
#[tauri::command]
pub fn left(flyout: State<'_, Flyout>) -> Option<String> {
    flyout.left()
}

/// Which Pimento this is.
#[tauri::command]
pub async fn about() -> Result<About, String> {
    let asked = tauri::async_runtime::spawn_blocking(|| pimento_app::build().about());
    asked.await.map_err(|error| error.to_string())
}

/// The report for whoever helps, as text without tokens. It is made where the tokens are, and read here.
#[tauri::command]
pub async fn diagnose(names: bool, flyout: State<'_, Flyout>) -> Result<String, String> {
    match tokio::time::timeout(ANSWERS_WITHIN, flyout.diagnose(names)).await {
        Ok(Ok(text)) => Ok(text),
        _ => Err(say!("pimento-silent")),
    }
}

#[cfg(test)]
#[path = "commands_tests.rs"]
mod tests;
