//! The Manage window: an ordinary one, larger than the flyout. Its page asks questions, and the process with the tokens
//! answers them.

use std::{
    collections::HashMap,
    io::{self, Write},
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
        mpsc::Sender,
    },
};

use pim::{
    say,
    view::{Ask, Desk, Told},
};
use pimento_app::pipe::{self, ManageDown, ManageUp};
use tauri::{
    AppHandle, Context, Emitter, Manager, Runtime, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};
use tokio::sync::{oneshot, watch};

use crate::{
    named::Named,
    platform,
    wire::{self, on_main_thread},
};

/// The window's label; its capability file names it.
const LABEL: &str = "manage";

/// Logical pixels.
const SIZE: (f64, f64) = (960.0, 640.0);
const SMALLEST: (f64, f64) = (640.0, 420.0);

/// What the commands of the page work on.
pub struct Asking {
    up: Sender<ManageUp>,
    desk: watch::Sender<Option<Desk>>,
    asked: Mutex<HashMap<u32, oneshot::Sender<Told>>>,
    last: AtomicU32,
}

impl Asking {
    fn new(up: Sender<ManageUp>) -> Self {
        Self { up, desk: watch::Sender::new(None), asked: Mutex::default(), last: AtomicU32::new(0) }
    }

    fn ask(&self, account: String, ask: Ask) -> oneshot::Receiver<Told> {
        let serial = self.last.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(serial, answer);
        // Without a reader the process is about to end.
        let _ = self.up.send(ManageUp::Ask { serial, account, ask });
        answered
    }

    fn told(&self, serial: u32, told: Told) {
        if let Some(answer) = self.asked.lock().unwrap_or_else(PoisonError::into_inner).remove(&serial) {
            // A page that was closed meanwhile wants no answer.
            let _ = answer.send(told);
        }
    }
}

/// Asks at an account's desk, and waits for the answer. Arguments come from HTML: what is not exactly a question is refused
/// before it gets here.
#[tauri::command]
pub async fn ask(account: String, ask: Named<Ask>, asking: State<'_, Asking>) -> Result<Told, String> {
    let Named(ask) = ask;
    let question = pipe::line(&ManageUp::Ask { serial: u32::MAX, account: account.clone(), ask: ask.clone() });
    if question.len() as u64 > pipe::LONGEST_QUESTION {
        return Err(say!("too-long"));
    }
    asking.ask(account, ask).await.map_err(|_| say!("pimento-ends"))
}

/// Whose desk it is; waits for the first answer.
#[tauri::command]
pub async fn desk(asking: State<'_, Asking>) -> Result<Desk, String> {
    let mut desks = asking.desk.subscribe();
    let desk = desks.wait_for(Option::is_some).await.map_err(|_| say!("pimento-ends"))?;
    desk.clone().ok_or_else(|| "there is no desk".to_owned())
}

/// Runs the window until it is closed or the pipe ends.
pub fn run(context: Context) -> ExitCode {
    let Some(up) = wire::up() else { return ExitCode::from(2) };
    let app = tauri::Builder::default()
        .manage(Asking::new(up))
        .invoke_handler(tauri::generate_handler![ask, desk])
        .on_window_event(|window, event| {
            if matches!(event, WindowEvent::Destroyed) {
                window.app_handle().exit(0);
            }
        })
        .setup(|app| {
            wire::down(app.handle(), follow)?;
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            fail(&error);
            ExitCode::FAILURE
        }
    }
}

fn follow<R: Runtime>(app: &AppHandle<R>, message: ManageDown) {
    match message {
        ManageDown::Desk { desk } => {
            app.state::<Asking>().desk.send_replace(Some((*desk).clone()));
            if let Err(error) = app.emit_to(LABEL, "desk", &*desk) {
                tracing::warn!(%error, "the page could not be told");
            }
        }
        ManageDown::Show => on_main_thread(app, |app| {
            if let Err(error) = show(app) {
                fail(&error);
                app.exit(1);
            }
        }),
        ManageDown::Told { serial, told } => app.state::<Asking>().told(serial, *told),
    }
}

fn show<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = match app.get_webview_window(LABEL) {
        Some(window) => window,
        None => build(app)?,
    };
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("manage.html".into()))
        .title(say!("manage-title"))
        // The page speaks another language as soon as it is set.
        .on_document_title_changed(|window, title| retitle(&window, &title))
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .visible(false)
        .focused(true)
        .center()
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
        // Nothing but the embedded files is ever shown here.
        .on_navigation(wire::is_ours);
    let window = wire::among_our_files(window).build()?;
    wire::ground(&window)?;
    Ok(window)
}

fn retitle<R: Runtime>(window: &WebviewWindow<R>, title: &str) {
    // A page that is being loaded has none yet.
    if !title.is_empty()
        && let Err(error) = window.set_title(title)
    {
        tracing::warn!(%error, "the window keeps its title");
    }
}

/// Says why there is no window.
fn fail(error: &tauri::Error) {
    tracing::error!(%error, "no manage window on this system");
    let message = platform::explain_failure(error);
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_all(&pipe::line(&ManageUp::Failed { message })).and_then(|()| out.flush()) {
        tracing::error!(%error, "nobody hears of it");
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc::channel, thread};

    use serde_json::{Value, json};
    use tauri::{
        ipc::{CallbackFn, InvokeBody},
        test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets},
        webview::InvokeRequest,
    };

    use super::*;

    fn page() -> (tauri::App<MockRuntime>, WebviewWindow<MockRuntime>, std::sync::mpsc::Receiver<ManageUp>) {
        let (up, out) = channel();
        let app = mock_builder()
            .manage(Asking::new(up))
            .invoke_handler(tauri::generate_handler![ask, desk])
            .build(mock_context(noop_assets()))
            .unwrap();
        let window = WebviewWindowBuilder::new(&app, LABEL, WebviewUrl::default()).build().unwrap();
        (app, window, out)
    }

    fn call(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.into(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" }.parse().unwrap(),
            body: InvokeBody::Json(arguments),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
    }

    #[test]
    fn a_question_goes_up_and_its_own_answer_comes_back() {
        let (app, window, out) = page();
        let handle = app.handle().clone();
        let answering = thread::spawn(move || {
            let ManageUp::Ask { serial, account, ask } = out.recv().unwrap() else { panic!("no question") };
            assert_eq!((account.as_str(), ask), ("maya", Ask::Approvals));
            let told = |risks: &[&str]| {
                Box::new(Told::Assignments {
                    sources: Vec::new(),
                    rows: Vec::new(),
                    risks: risks.iter().map(|risk| (*risk).to_owned()).collect(),
                })
            };
            follow(&handle, ManageDown::Told { serial: serial + 1, told: told(&["another's"]) });
            follow(&handle, ManageDown::Told { serial, told: told(&["its own"]) });
        });
        let told = call(&window, "ask", json!({ "account": "maya", "ask": { "kind": "approvals" } })).unwrap();
        assert_eq!(told["risks"], json!(["its own"]));
        answering.join().unwrap();
    }

    fn wanted(wanted: &Value) -> Value {
        json!({ "kind": "comparePolicies", "wanted": wanted })
    }

    fn edits(edits: &Value) -> Value {
        json!({ "kind": "edit", "role": "r", "edits": edits })
    }

    #[test]
    fn what_is_no_question_is_refused() {
        let (_app, window, out) = page();
        for mut arguments in [
            json!({}),
            json!({ "account": 7, "ask": { "kind": "approvals" } }),
            json!({ "ask": null }),
            json!({ "ask": { "kind": "elevate" } }),
            json!({ "ask": { "kind": 0 } }),
            json!({ "ask": { "kind": "change", "change": { "kind": 0, "ids": [], "reason": "" } } }),
            json!({ "ask": { "kind": "decide", "ids": "all", "approve": true, "reason": "" } }),
            json!({ "ask": { "kind": "standing", "days": -1, "allow": false } }),
            json!({ "ask": { "kind": "standing", "days": 90 } }),
            json!({ "ask": { "kind": "exportPolicies", "ids": "all" } }),
            json!({ "ask": wanted(&json!({ "kind": "file", "text": "{}", "path": "/etc/passwd" })) }),
            json!({ "ask": wanted(&edits(&json!({ "mail": [], "rules": [] }))) }),
            json!({ "ask": wanted(&edits(&json!({ "mail": [], "longest": "60" }))) }),
            json!({ "ask": wanted(&edits(&json!({ "mail": [], "proof": { "kind": "context" } }))) }),
            json!({ "ask": { "kind": "change", "change": { "kind": "remove", "ids": [], "reason": "", "force": true } } }),
        ] {
            if arguments.get("account").is_none() && arguments.get("ask").is_some() {
                arguments["account"] = json!("maya");
            }
            assert!(call(&window, "ask", arguments.clone()).is_err(), "{arguments}");
        }
        assert!(call(&window, "ask", json!({ "ask": { "kind": "approvals" } })).is_err(), "at nobody's desk");
        assert!(out.try_recv().is_err(), "nothing went up");
    }

    #[test]
    fn a_file_that_no_pipe_would_take_is_refused_with_a_sentence() {
        let (_app, window, out) = page();
        let text = "x".repeat(usize::try_from(pipe::LONGEST_QUESTION).unwrap());
        let ask = wanted(&json!({ "kind": "file", "text": text }));
        let refused = call(&window, "ask", json!({ "account": "maya", "ask": ask })).unwrap_err();
        assert_eq!(refused, json!("That is too long."));
        assert!(out.try_recv().is_err(), "nothing went up");
    }
}
