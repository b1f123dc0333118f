//! The page's calls, as they come out of a web view, hostile ones too.

use std::sync::mpsc::{Receiver, channel};

use pimento_app::pipe::Because;
use proptest::prelude::*;
use serde_json::{Value, json};
use tauri::{
    Manager, WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets},
    webview::InvokeRequest,
};

use super::*;

#[path = "shapes_tests.rs"]
mod shapes;

fn page() -> (tauri::App<MockRuntime>, WebviewWindow<MockRuntime>, Receiver<Up>) {
    let (up, out) = channel();
    let app = mock_builder()
        .manage(Flyout::new(up))
        .invoke_handler(tauri::generate_handler![
            dispatch,
            open_sign_in_page,
            view,
            hide,
            painted,
            alive,
            leave,
            left,
            about,
            diagnose
        ])
        .build(mock_context(noop_assets()))
        .unwrap();
    let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
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
fn a_command_goes_up_the_pipe_as_it_is() {
    let (_app, window, out) = page();
    call(&window, "dispatch", json!({ "command": { "kind": "deactivate", "id": "directoryrole|x|/|" } })).unwrap();
    let id = "directoryrole|x|/|".to_owned();
    assert_eq!(out.try_recv(), Ok(Up::Command { command: Command::Deactivate { id } }));
}

#[test]
fn hiding_is_told() {
    let (_app, window, out) = page();
    call(&window, "hide", json!({})).unwrap();
    assert_eq!(out.try_recv(), Ok(Up::Hidden { because: Because::Asked }));
}

#[test]
fn the_sign_in_page_is_asked_for_without_naming_it() {
    let (_app, window, out) = page();
    call(&window, "open_sign_in_page", json!({ "url": "https://evil.example/" })).unwrap();
    assert_eq!(out.try_recv(), Ok(Up::OpenSignInPage));
}

#[test]
fn what_is_typed_goes_up_the_pipe_unless_it_is_endless() {
    let (_app, window, out) = page();
    call(&window, "leave", json!({ "state": "{\"page\":1}" })).unwrap();
    assert_eq!(out.try_recv(), Ok(Up::Left { state: "{\"page\":1}".into() }));
    assert!(call(&window, "leave", json!({ "state": "x".repeat(pipe::MOST_LEFT + 1) })).is_err());
    assert!(call(&window, "leave", json!({ "state": { "page": 1 } })).is_err());
    assert!(out.try_recv().is_err());
}

#[test]
fn what_was_left_is_told_once() {
    let (app, window, _out) = page();
    assert_eq!(call(&window, "left", json!({})).unwrap(), Value::Null);
    app.state::<Flyout>().goes_on_with("typed".into());
    assert_eq!(call(&window, "left", json!({})).unwrap(), json!("typed"));
    assert_eq!(call(&window, "left", json!({})).unwrap(), Value::Null);
}

#[test]
fn the_page_is_told_which_pimento_this_is() {
    let (_app, window, out) = page();
    let told = call(&window, "about", json!({})).unwrap();
    assert_eq!(told["version"], env!("CARGO_PKG_VERSION"));
    assert!(told["system"].as_str().is_some_and(|system| !system.is_empty()), "{told}");
    assert!(out.try_recv().is_err(), "nobody was asked");
}

#[test]
fn a_report_is_asked_for_and_each_question_has_its_own() {
    let (app, window, out) = page();
    let answers = std::thread::spawn(move || {
        for _ in 0..2 {
            let Ok(Up::Diagnose { serial, names }) = out.recv() else { panic!("no question") };
            // What nobody has asked for is told nobody.
            app.state::<Flyout>().diagnosed(serial + 7, "another".into());
            app.state::<Flyout>().diagnosed(serial, format!("names: {names}"));
        }
    });
    assert_eq!(call(&window, "diagnose", json!({ "names": false })).unwrap(), json!("names: false"));
    assert_eq!(call(&window, "diagnose", json!({ "names": true })).unwrap(), json!("names: true"));
    answers.join().unwrap();
    assert!(call(&window, "diagnose", json!({ "names": "all" })).is_err());
    assert!(call(&window, "diagnose", json!({})).is_err());
}

#[test]
fn a_sign_of_life_is_told() {
    let (_app, window, out) = page();
    call(&window, "alive", json!({})).unwrap();
    assert_eq!(out.try_recv(), Ok(Up::Alive));
}

#[test]
fn other_commands_are_refused() {
    let (_app, window, out) = page();
    for name in ["quit", "spawn", "plugin:fs|read_file", "plugin:shell|open", "dispatch2"] {
        assert!(call(&window, name, json!({})).is_err(), "{name}");
    }
    assert!(out.try_recv().is_err());
}

/// JSON of any shape, often nearly a command.
fn arguments() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec![
        "activate",
        "deactivate",
        "signOut",
        "armRenewal",
        "saveSettings",
        "openForm",
        "restartNow",
        "Activate",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        kind.prop_map(Value::from),
    ];
    let field = prop::sample::select(vec![
        "kind",
        "id",
        "minutes",
        "reason",
        "ticket",
        "undoable",
        "armed",
        "settings",
        "command",
        "__proto__",
        "extra",
    ]);
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((field.clone(), inner), 0..6)
                .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

#[test]
fn only_what_is_exactly_a_command_passes() {
    let (_app, window, out) = page();
    proptest!(ProptestConfig::with_cases(2_000), |(command in arguments())| {
        let exact = serde_json::from_value::<Named<Command>>(command.clone()).ok().map(|Named(command)| command);
        let answer = call(&window, "dispatch", json!({ "command": command }));
        prop_assert_eq!(answer.is_ok(), exact.is_some());
        prop_assert_eq!(out.try_recv().ok(), exact.map(|command| Up::Command { command }));
    });
    for arguments in [json!({}), json!(null), json!([]), json!({ "command": null }), json!({ "Command": {} })] {
        assert!(call(&window, "dispatch", arguments).is_err());
    }
    assert!(out.try_recv().is_err());
}
