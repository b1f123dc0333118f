//! What the page may ask for has a shape: every command as it should be passes, and the same command with one thing wrong
//! does not. The commands are written down here as JSON, so that nothing of our own types decides what is right.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{call, page};
use crate::commands::{Command, Up};

/// How many broken commands are tried; of each, something else is wrong.
const BROKEN: u32 = 8_000;

/// Each command, with everything that it can have.
fn commands() -> Vec<Value> {
    let ticket = json!({ "number": "INC-4711", "system": "ServiceNow" });
    let reminder = json!({
        "days": [1, 5], "at": "09:00", "account": "a", "role": "x", "bundle": null, "name": "Global Reader",
    });
    let settings = json!({
        "warnMinutes": 5, "notificationDetails": true, "autostart": false, "hideOnBlur": true, "appearance": "dark",
        "language": "de", "timeBesideIcon": true, "historyDays": 90, "reasonLength": 8, "reasonTemplates": ["Incident {ticket}"],
        "clientId": null, "tenant": "contoso.example", "cloud": "global", "shortcut": "Ctrl+Alt+P",
        "bundleShortcut": { "bundle": "On call", "keys": "Ctrl+Alt+O" },
        "quiet": { "from": "22:00", "to": "07:00" }, "renewal": { "arm": true, "until": "18:00" },
        "day": { "endsAt": "18:00", "endOnLock": true, "reminders": [reminder] },
        "watch": { "activations": true, "roles": ["Owner"], "quiet": { "from": "22:00", "to": "07:00" } },
        "updates": { "look": false, "deferDays": 7 },
    });
    let activate = json!({
        "kind": "activate", "id": "x", "minutes": 60, "reason": "y", "ticket": ticket, "undoable": true,
        "start": "2026-11-23T12:00:00Z", "scope": "/subscriptions/z",
    });
    vec![
        json!({ "kind": "for", "account": "a", "command": activate }),
        activate,
        json!({ "kind": "selectAccount", "account": "a" }),
        json!({ "kind": "findTenants" }),
        json!({ "kind": "signInTenant", "tenant": "t", "cloud": "global", "clientId": null, "deviceCode": true }),
        json!({ "kind": "signInDemo" }),
        json!({ "kind": "signIn" }),
        json!({ "kind": "signInDeviceCode" }),
        json!({ "kind": "cancelSignIn" }),
        json!({ "kind": "signOut" }),
        json!({ "kind": "refresh" }),
        json!({ "kind": "refreshSource", "source": "group" }),
        json!({ "kind": "allowSource", "source": "azureResource" }),
        json!({ "kind": "activateSeveral", "ids": ["x", "y"], "minutes": 60, "reason": "z", "ticket": ticket }),
        json!({ "kind": "runBundle", "name": "b", "reason": "z", "ticket": ticket }),
        json!({ "kind": "saveBundle", "name": "b", "reason": "z", "roles": [{ "id": "x", "minutes": 60 }] }),
        json!({ "kind": "deleteBundle", "name": "b" }),
        json!({ "kind": "importBundles", "text": "{}" }),
        json!({ "kind": "exportBundles", "names": ["b"] }),
        json!({ "kind": "enterRole", "source": "directoryRole", "role": "r", "scope": "s" }),
        json!({ "kind": "forgetRole", "id": "x" }),
        json!({ "kind": "requestExtension", "id": "x", "eligibility": true, "reason": "z" }),
        json!({ "kind": "showDetail", "id": "x" }),
        json!({ "kind": "pickScope", "id": "x", "scope": "s" }),
        json!({ "kind": "unfoldScope", "id": "x", "scope": "s" }),
        json!({ "kind": "closeDetail" }),
        json!({ "kind": "checkEffect", "id": "x" }),
        json!({ "kind": "openHint", "id": "x", "title": "Portal" }),
        json!({ "kind": "showHistory", "text": "t" }),
        json!({ "kind": "closeHistory" }),
        json!({ "kind": "undo", "id": "x" }),
        json!({ "kind": "deactivate", "id": "x" }),
        json!({ "kind": "armRenewal", "id": "x", "armed": true }),
        json!({ "kind": "restartNow", "id": "x", "minutes": 60, "reason": "z", "ticket": ticket, "confirmed": true }),
        json!({ "kind": "cancelRequest", "id": "x" }),
        json!({ "kind": "setFavourite", "id": "x", "favourite": true }),
        json!({ "kind": "openForm", "id": "x" }),
        json!({ "kind": "openBundle", "name": "b" }),
        json!({ "kind": "dismissProblem", "id": "x" }),
        json!({ "kind": "dismissNotice", "id": "x" }),
        json!({ "kind": "watch", "watch": settings["watch"] }),
        json!({ "kind": "saveSettings", "settings": settings }),
        json!({ "kind": "updates", "wish": "look" }),
    ]
}

/// Places below a value, as JSON pointers.
fn places(value: &Value) -> Vec<String> {
    let below = |step: String, value: &Value| {
        let inner = places(value).into_iter().map(|place| format!("{step}{place}")).collect::<Vec<_>>();
        [vec![step], inner].concat()
    };
    match value {
        Value::Object(fields) => fields.iter().flat_map(|(name, value)| below(format!("/{name}"), value)).collect(),
        Value::Array(values) => {
            values.iter().enumerate().flat_map(|(at, value)| below(format!("/{at}"), value)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a command may go without this.
fn optional(place: &str) -> bool {
    let name = place.rsplit('/').next().unwrap_or_default();
    // Settings that are not named keep their defaults; an activation starts now, at the eligible scope.
    ["/settings/", "/watch/"].iter().any(|of| place.starts_with(of))
        && !["/bundleShortcut/", "/quiet/", "/reminders/"].iter().any(|of| place.contains(of))
        || of_reminder(place)
        || matches!(name, "start" | "deviceCode" | "confirmed")
        // What may be nothing may be left out.
        || matches!(name, "ticket" | "system" | "tenant" | "clientId" | "cloud" | "scope")
        || name == "minutes" && place.contains("roles")
}

/// What a reminder may be about, or whose it may be.
fn of_reminder(place: &str) -> bool {
    place.contains("/reminders/") && ["/account", "/role", "/bundle"].iter().any(|name| place.ends_with(name))
}

/// A value that never stands where `right` stands.
fn wrong(right: &Value, which: usize, noise: &str) -> Value {
    let pick = |values: &[Value]| values[which % values.len()].clone();
    match right {
        Value::String(_) => {
            pick(&[json!(7), json!(-1.5), json!(true), json!([noise]), json!({ "text": noise }), json!([])])
        }
        Value::Number(_) => pick(&[
            json!("60"),
            json!(-1),
            json!(1.5),
            json!(1u64 << 32),
            json!([60]),
            json!(true),
            json!(noise),
            json!({}),
        ]),
        Value::Bool(_) => pick(&[json!("true"), json!(1), json!([true]), json!({ "on": true }), json!(noise)]),
        Value::Array(_) => {
            pick(&[json!(noise), json!({ "0": noise }), json!([7]), json!([null]), json!([[]]), json!(true)])
        }
        Value::Object(_) => {
            pick(&[json!(noise), json!([noise]), json!({ "kind": noise }), json!(7), json!({ "__proto__": {} })])
        }
        Value::Null => json!({ "not": noise }),
    }
}

/// The command with one thing wrong; `None` where this cannot be done to it.
fn broken(command: &Value, how: usize, place: usize, which: usize, noise: &str) -> Option<Value> {
    let places = places(command);
    let place = places[place % places.len()].clone();
    let (parent, name) = place.rsplit_once('/')?;
    let mut command = command.clone();
    let optional = optional(&place) || name == "reason" && command["kind"] == "runBundle";
    match how {
        // Something is missing.
        0 if !optional => command.pointer_mut(parent)?.as_object_mut()?.remove(name).map(|_| ())?,
        // Something is there that has no business there.
        1 => {
            let fields = command.pointer_mut(parent)?.as_object_mut()?;
            if fields.len() == 1 {
                // Of a command without members serde reads the kind alone: what stands beside it is nobody's.
                return None;
            }
            let extra = ["extra", "__proto__", "force", "elevate", noise][which % 5].to_owned();
            if fields.contains_key(&extra) {
                return None;
            }
            fields.insert(extra, json!(noise));
        }
        // Something is of another type.
        2 => {
            let value = command.pointer_mut(&place)?;
            *value = wrong(value, which, noise);
        }
        // A word of ours is another word.
        3 if matches!(name, "kind" | "source" | "start" | "appearance") => {
            let value = command.pointer_mut(&place)?;
            let word = value.as_str()?.to_owned();
            let other = [
                word.to_uppercase(),
                format!("{word} "),
                format!(" {word}"),
                String::new(),
                noise.to_owned(),
                format!("{word}\0"),
            ];
            let other = other[which % other.len()].clone();
            if other.trim() == word && name == "start" || other == word {
                return None;
            }
            *value = json!(other);
        }
        // A name is written in another way.
        4 => {
            let fields = command.pointer_mut(parent)?.as_object_mut()?;
            let value = fields.remove(name)?;
            let other =
                [name.to_uppercase(), format!("{name} "), format!("_{name}"), noise.to_owned()][which % 4].clone();
            if fields.contains_key(&other) || other == name {
                return None;
            }
            fields.insert(other, value);
        }
        // Nothing where something has to be.
        5 if !nullable(&place) => *command.pointer_mut(&place)? = Value::Null,
        // All of it in something else.
        6 => command = [json!([command]), json!({ "command": command }), json!(command.to_string())][which % 3].clone(),
        _ => return None,
    }
    Some(command)
}

/// Whether `null` may stand there.
fn nullable(place: &str) -> bool {
    let name = place.rsplit('/').next().unwrap_or_default();
    matches!(
        name,
        "ticket"
            | "start"
            | "scope"
            | "tenant"
            | "clientId"
            | "shortcut"
            | "bundleShortcut"
            | "system"
            | "quiet"
            | "language"
            | "until"
            | "endsAt"
    ) || of_reminder(place)
        || matches!(name, "cloud" | "reason") && !place.starts_with("/settings") && !place.contains("command")
        || name == "minutes" && place.contains("roles")
}

#[test]
fn every_command_is_written_down_here_and_passes() {
    let (_app, window, out) = page();
    let commands = commands();
    for command in &commands {
        let answer = call(&window, "dispatch", json!({ "command": command }));
        assert!(answer.is_ok(), "{command}: {answer:?}");
        let Ok(Up::Command { command: heard }) = out.try_recv() else { panic!("{command} was not heard") };
        assert_eq!(serde_json::to_value(&heard).unwrap(), *command);
    }
    let kinds: BTreeSet<_> = commands.iter().filter_map(|command| command["kind"].as_str()).collect();
    let contract = include_str!("../../../ui/src/generated/Command.ts");
    let known: BTreeSet<_> =
        contract.split("\"kind\": \"").skip(1).filter_map(|rest| rest.split_once('"').map(|(kind, _)| kind)).collect();
    assert_eq!(kinds, known);
}

#[test]
fn a_command_with_one_thing_wrong_is_refused() {
    let (_app, window, out) = page();
    let commands = commands();
    let tried = std::cell::Cell::new(0u32);
    let config = ProptestConfig { cases: BROKEN, max_global_rejects: 10 * BROKEN, ..ProptestConfig::default() };
    proptest!(config, |(
        command in prop::sample::select(commands),
        how in 0usize..7,
        place in any::<usize>(),
        which in any::<usize>(),
        noise in "\\PC{0,20}",
    )| {
        let Some(broken) = broken(&command, how, place, which, &noise) else {
            return Err(TestCaseError::reject("not to be broken like this"));
        };
        let answer = call(&window, "dispatch", json!({ "command": broken }));
        // All of it: what one case lets through is not the next one's.
        let heard = out.try_iter().count();
        prop_assert!(answer.is_err(), "{} passed, from {}", broken, command);
        prop_assert_eq!(heard, 0, "{} was heard", broken);
        tried.set(tried.get() + 1);
    });
    println!("S4: {} broken commands at the window's IPC, 0 accepted, 0 panics", tried.get());
}

#[test]
fn what_is_nested_too_deeply_or_too_long_is_refused_and_nobody_minds() {
    let (_app, window, out) = page();
    let mut deep = json!({ "kind": "refresh" });
    for _ in 0..100 {
        deep = json!({ "kind": "for", "account": "a", "command": deep });
    }
    // However deep: refused or passed on, never a crash.
    let _ = call(&window, "dispatch", json!({ "command": deep }));
    let heard = out.try_iter().count();
    assert!(heard <= 1);
    let long = "x".repeat(usize::try_from(pimento_app::pipe::LONGEST_UP).unwrap());
    assert!(call(&window, "dispatch", json!({ "command": Command::ShowHistory { text: long } })).is_err());
    assert!(out.try_recv().is_err());
}
