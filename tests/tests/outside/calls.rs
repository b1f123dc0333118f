//! Calls as another program on the desktop could make them: right ones, nearly right ones, and noise. The same ones every time.

use zbus::zvariant::{Array, Dict, Signature, Structure, StructureBuilder, Value};

/// Numbers that look random and are the same every time (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        let roll = usize::try_from(self.roll() >> 33).unwrap_or_default();
        roll % limit.max(1)
    }

    pub fn pick<'a, T: ?Sized>(&mut self, among: &[&'a T]) -> &'a T {
        among[self.below(among.len())]
    }

    /// In so many cases of a hundred.
    pub fn percent(&mut self, of: usize) -> bool {
        self.below(100) < of
    }
}

/// A call to somebody on the bus.
pub struct Call {
    pub destination: String,
    pub path: &'static str,
    pub interface: &'static str,
    pub member: &'static str,
    pub body: Structure<'static>,
}

/// What there is to call, as an attacker would find it out.
pub struct Targets {
    /// Unique name of the tray's connection.
    pub item: String,
    /// Numbers of the menu's lines that do not end the test (Quit, Sign out).
    pub lines: Vec<i32>,
    /// Keys of roles that can be activated, and a bundle's name: what an elevation would need.
    pub names: Vec<String>,
}

/// Interface, member and arguments.
type Said = (&'static str, &'static str, Vec<Value<'static>>);

/// Our name on the session bus.
const NAME: &str = "dev.pimento.Pimento";
const HOME: &str = "/dev/pimento/Pimento";

/// Verbs that somebody might hope for.
const HOPES: [&str; 14] = [
    "Activate",
    "Open",
    "ActivateAction",
    "activate",
    "Dispatch",
    "Elevate",
    "RunBundle",
    "ArmRenewal",
    "RestartNow",
    "Command",
    "Event",
    "Quit",
    "Show",
    "OpenForm",
];

const INTERFACES: [&str; 11] = [
    "org.freedesktop.Application",
    "org.gtk.Actions",
    "org.gtk.Application",
    "dev.pimento.Pimento",
    "org.freedesktop.DBus.Properties",
    "org.freedesktop.DBus.Introspectable",
    "org.freedesktop.DBus.Peer",
    "org.freedesktop.DBus.ObjectManager",
    "org.kde.StatusNotifierItem",
    "com.canonical.dbusmenu",
    "org.freedesktop.Notifications",
];

const PATHS: [&str; 7] =
    [HOME, "/", "/StatusNotifierItem", "/MenuBar", "/dev/pimento", "/org/freedesktop/Notifications", "/window"];

/// A line as the window's process writes it: it would elevate if it came from there.
pub fn elevating_line(dice: &mut Dice, names: &[String]) -> String {
    let name = &names[dice.below(names.len())];
    let id = serde_json::Value::from(name.as_str());
    match dice.below(6) {
        0 => format!(
            r#"{{"kind":"command","command":{{"kind":"activate","id":{id},"minutes":60,"reason":"x","ticket":null,"undoable":false}}}}"#
        ),
        1 => format!(
            r#"{{"kind":"command","command":{{"kind":"activateSeveral","ids":[{id}],"minutes":60,"reason":"x","ticket":null}}}}"#
        ),
        2 => {
            format!(r#"{{"kind":"command","command":{{"kind":"runBundle","name":{id},"reason":null,"ticket":null}}}}"#)
        }
        3 => format!(r#"{{"kind":"command","command":{{"kind":"armRenewal","id":{id},"armed":true}}}}"#),
        4 => format!(
            r#"{{"kind":"command","command":{{"kind":"restartNow","id":{id},"minutes":60,"reason":"x","ticket":null}}}}"#
        ),
        _ => format!(r#"{{"kind":"activate","id":{id},"minutes":60,"reason":"x","ticket":null,"undoable":false}}"#),
    }
}

/// Arguments of a second start.
pub fn arguments(dice: &mut Dice, names: &[String]) -> Vec<String> {
    let count = 1 + dice.below(4);
    (0..count).map(|_| text(dice, names)).filter(|text| !text.contains('\0')).collect()
}

/// A text that could mean something to somebody.
fn text(dice: &mut Dice, names: &[String]) -> String {
    let name = names[dice.below(names.len())].clone();
    match dice.below(12) {
        0 => elevating_line(dice, names),
        1 => format!("pimento://activate/{name}"),
        2 => format!("pimento:activate?id={name}&minutes=480&reason=x"),
        3 => format!("--activate={name}"),
        4 => format!("{}-{name}", dice.pick(&["--run-bundle", "--elevate", "-a", "/activate", "--arm"])),
        5 => name,
        6 => (dice.pick(&HOPES)).to_owned(),
        7 => "x".repeat(dice.below(20_000)),
        8 => "\u{202e}\u{2028}\r\n;&&|`$(id)".to_owned(),
        9 => {
            (dice.pick(&["window", "tray", "--window", "--minimized", "--", "-", "", "--tray", "--inspect"])).to_owned()
        }
        10 => format!("file:///tmp/{name}.pimento"),
        _ => {
            char::from_u32(u32::try_from(dice.below(0x2000)).unwrap_or_default()).map(String::from).unwrap_or_default()
        }
    }
}

/// A value of some type.
fn value(dice: &mut Dice, names: &[String]) -> Value<'static> {
    match dice.below(8) {
        0 => Value::from(number(dice)),
        1 => Value::from(number(dice).unsigned_abs()),
        2 => Value::from(dice.percent(50)),
        3 => Value::from(f64::from(number(dice))),
        4 => Value::from(vec![text(dice, names).replace('\0', ""), "activate".into()]),
        5 => Value::from(data(dice, names)),
        6 => Value::new(Value::from(text(dice, names).replace('\0', ""))),
        _ => Value::from(text(dice, names).replace('\0', "")),
    }
}

fn number(dice: &mut Dice) -> i32 {
    match dice.below(4) {
        0 => 0,
        1 => i32::try_from(dice.below(100)).unwrap_or_default(),
        2 => i32::MIN,
        _ => i32::try_from(dice.below(1 << 30)).unwrap_or_default(),
    }
}

fn data(dice: &mut Dice, names: &[String]) -> Dict<'static, 'static> {
    let mut dict = Dict::new(&Signature::Str, &Signature::Variant);
    let key = dice.pick(&["desktop-startup-id", "activation-token", "action", "command", "id"]);
    // A key is a string and a value a variant: it fits.
    let _ = dict.append(Value::from(key), Value::new(Value::from(text(dice, names).replace('\0', ""))));
    dict
}

fn body(values: Vec<Value<'static>>) -> Structure<'static> {
    let mut builder = StructureBuilder::new();
    for value in values {
        builder = builder.append_field(value);
    }
    // D-Bus has no empty structure: a call without arguments gets one that nobody reads.
    builder.build().unwrap_or_else(|_| Structure::from((0i32,)))
}

/// Calls to the name that a second start calls.
pub fn to_the_application(dice: &mut Dice, targets: &Targets) -> Call {
    let names = &targets.names;
    let (interface, member, values): Said = match dice.below(10) {
        // Each shows the window: some of them are enough.
        0 => ("org.freedesktop.Application", "Activate", vec![data(dice, names).into()]),
        1 => ("org.freedesktop.Application", "Open", vec![vec![text(dice, names)].into(), data(dice, names).into()]),
        2 | 3 => {
            let parameters = Array::from(vec![Value::from(text(dice, names))]);
            let action = (dice.pick(&HOPES)).to_owned();
            (
                "org.freedesktop.Application",
                "ActivateAction",
                vec![action.into(), parameters.into(), data(dice, names).into()],
            )
        }
        4 => (
            "org.gtk.Actions",
            "Activate",
            vec![dice.pick(&HOPES).into(), Array::from(vec![value(dice, names)]).into(), data(dice, names).into()],
        ),
        5 => {
            let property = vec![Value::from(NAME), Value::from(dice.pick(&HOPES)), Value::new(value(dice, names))];
            ("org.freedesktop.DBus.Properties", "Set", property)
        }
        _ => (dice.pick(&INTERFACES), dice.pick(&HOPES), noise(dice, names)),
    };
    let path = if dice.percent(70) { HOME } else { dice.pick(&PATHS) };
    Call { destination: NAME.into(), path, interface, member, body: body(without_nul(values)) }
}

/// Calls to the icon.
pub fn to_the_icon(dice: &mut Dice, targets: &Targets) -> Call {
    let names = &targets.names;
    let interface = "org.kde.StatusNotifierItem";
    let (interface, member, values): Said = match dice.below(20) {
        // Shows and hides the window.
        0 => (interface, "Activate", vec![number(dice).into(), number(dice).into()]),
        1..5 => (interface, "SecondaryActivate", vec![number(dice).into(), number(dice).into()]),
        5..8 => (interface, "ContextMenu", vec![number(dice).into(), number(dice).into()]),
        8..11 => (
            interface,
            "Scroll",
            vec![number(dice).into(), Value::from(dice.pick(&["vertical", "horizontal", "activate"]))],
        ),
        11..13 => (interface, "ProvideXdgActivationToken", vec![text(dice, names).into()]),
        13..15 => {
            let property = vec![
                Value::from(interface),
                Value::from(dice.pick(&["Menu", "Status", "Title"])),
                Value::new(value(dice, names)),
            ];
            ("org.freedesktop.DBus.Properties", "Set", property)
        }
        _ => (interface, dice.pick(&HOPES[3..]), noise(dice, names)),
    };
    let path = if dice.percent(80) { "/StatusNotifierItem" } else { dice.pick(&PATHS) };
    Call { destination: targets.item.clone(), path, interface, member, body: body(without_nul(values)) }
}

/// Calls to the menu; `clicks`: of a hundred, so many choose a line that is there.
pub fn to_the_menu(dice: &mut Dice, targets: &Targets, clicks: usize) -> Call {
    let names = &targets.names;
    let there = dice.percent(clicks) && !targets.lines.is_empty();
    let line = |dice: &mut Dice| {
        // Numbers of lines rise with every change of the menu; these are far away from all of them.
        if there { targets.lines[dice.below(targets.lines.len())] } else { -1 - number(dice).saturating_abs() }
    };
    let kind = |dice: &mut Dice| {
        if there {
            "clicked"
        } else {
            dice.pick(&["clicked", "hovered", "opened", "closed", "activate", "", "dbusmenu-x"])
        }
    };
    let event = |dice: &mut Dice| {
        (
            line(dice),
            kind(dice).to_owned(),
            Value::new(value(dice, names)),
            u32::try_from(dice.roll() >> 32).unwrap_or_default(),
        )
    };
    let (member, values): (&'static str, Vec<Value<'static>>) = match dice.below(8) {
        _ if there => {
            let (line, kind, data, time) = event(dice);
            ("Event", vec![line.into(), kind.into(), data, time.into()])
        }
        0..4 => {
            let (line, kind, data, time) = event(dice);
            ("Event", vec![line.into(), kind.into(), data, time.into()])
        }
        4 => {
            let events: Vec<_> = (0..dice.below(20)).map(|_| Value::from(Structure::from(event(dice)))).collect();
            ("EventGroup", vec![array_of_events(events)])
        }
        5 => ("AboutToShow", vec![line(dice).into()]),
        6 => ("GetProperty", vec![line(dice).into(), Value::from("label")]),
        _ => (dice.pick(&HOPES), noise(dice, names)),
    };
    Call {
        destination: targets.item.clone(),
        path: "/MenuBar",
        interface: "com.canonical.dbusmenu",
        member,
        body: body(without_nul(values)),
    }
}

fn array_of_events(events: Vec<Value<'static>>) -> Value<'static> {
    let signature = Signature::try_from("(isvu)").unwrap_or(Signature::Variant);
    let mut array = Array::new(&signature);
    for event in events {
        // Each has the signature of an event.
        let _ = array.append(event);
    }
    Value::from(array)
}

fn noise(dice: &mut Dice, names: &[String]) -> Vec<Value<'static>> {
    (0..dice.below(4)).map(|_| value(dice, names)).collect()
}

/// D-Bus has no NUL in a string.
fn without_nul(values: Vec<Value<'static>>) -> Vec<Value<'static>> {
    values
        .into_iter()
        .map(|value| match value {
            Value::Str(text) if text.contains('\0') => Value::from(text.replace('\0', "")),
            value => value,
        })
        .collect()
}

/// A button that nobody pressed: the number of a notification, and a key.
pub fn forged_button(dice: &mut Dice, shown: &[u32], names: &[String]) -> (u32, String) {
    let id = if dice.percent(50) && !shown.is_empty() {
        shown[dice.below(shown.len())]
    } else {
        u32::try_from(dice.below(50)).unwrap_or_default()
    };
    let key = match dice.below(8) {
        0 => "default".into(),
        1 => "reactivate".into(),
        2 => "open".into(),
        3 => "dismiss".into(),
        4 => "activate".into(),
        5 => "__closed".into(),
        _ => text(dice, names).replace('\0', ""),
    };
    (id, key)
}
