//! Tells when the screen is locked: as the session's manager knows it, and as the desktop's own screen saver says it.
//!
//! Nothing is asked for again and again: both are signals. Whoever forges one, and only programs of the same user can, has
//! roles ended at most, and only where the user wants them ended with the screen.

use futures_util::{Stream, StreamExt, stream};
use tokio::sync::mpsc::UnboundedSender;
use zbus::{Connection, MatchRule, Message, MessageStream, message::Type, zvariant::OwnedObjectPath};

use crate::tray::Happening;

/// Who says on the session bus that the screen is locked: `ActiveChanged`, with `true`. GNOME says the same of a screen that is only
/// dark, and tells the session's manager when it is locked; of the last three it depends on their settings whether a dark
/// screen is a locked one.
const SAVERS: [&str; 4] =
    ["org.freedesktop.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver"];
/// Who says it on the system bus, of sessions.
const LOGIN: &str = "org.freedesktop.login1";

/// Listens for as long as the role runs.
pub async fn follow(happenings: UnboundedSender<Happening>) {
    let savers = listen("screen savers", savers().await);
    let session = listen("the session", session().await);
    let mut locks = stream::select(savers, session);
    while locks.next().await.is_some() {
        if happenings.send(Happening::Locked).is_err() {
            return;
        }
    }
}

/// Who cannot be asked never says anything.
fn listen(what: &str, heard: zbus::Result<impl Stream<Item = ()> + Unpin>) -> impl Stream<Item = ()> + Unpin {
    if let Err(error) = &heard {
        tracing::info!(%error, what, "a locked screen is not told by");
    }
    stream::iter(heard.ok()).flatten()
}

async fn savers() -> zbus::Result<impl Stream<Item = ()> + Unpin> {
    let bus = Connection::session().await?;
    let mut all = stream::SelectAll::new();
    for name in SAVERS {
        // The bus knows who has the name, so nobody else speaks for them.
        let rule =
            MatchRule::builder().msg_type(Type::Signal).sender(name)?.interface(name)?.member("ActiveChanged")?;
        all.push(MessageStream::for_match_rule(rule.build(), &bus, None).await?);
    }
    Ok(Box::pin(all.filter_map(async |message| message.ok().filter(is_active).map(drop))))
}

fn is_active(message: &Message) -> bool {
    message.body().deserialize::<bool>().unwrap_or(false)
}

/// `Lock` asks the desktop to lock the screen, which it does; `LockedHint` says that it has.
async fn session() -> zbus::Result<impl Stream<Item = ()> + Unpin> {
    let bus = Connection::system().await?;
    let id = std::env::var("XDG_SESSION_ID").unwrap_or_else(|_| "auto".into());
    let found = bus
        .call_method(
            Some(LOGIN),
            "/org/freedesktop/login1",
            Some("org.freedesktop.login1.Manager"),
            "GetSession",
            &(id,),
        )
        .await?;
    let path: OwnedObjectPath = found.body().deserialize()?;
    let of = |interface: &'static str, member: &'static str| -> zbus::Result<MatchRule<'static>> {
        let rule = MatchRule::builder().msg_type(Type::Signal).sender(LOGIN)?.path(path.clone())?;
        Ok(rule.interface(interface)?.member(member)?.build())
    };
    let lock = MessageStream::for_match_rule(of("org.freedesktop.login1.Session", "Lock")?, &bus, None).await?;
    let changed = of("org.freedesktop.DBus.Properties", "PropertiesChanged")?;
    let changed = MessageStream::for_match_rule(changed, &bus, None).await?;
    let locked = changed.filter_map(async |message| message.ok().filter(is_locked).map(drop));
    Ok(Box::pin(stream::select(lock.filter_map(async |message| message.ok().map(drop)), locked)))
}

fn is_locked(message: &Message) -> bool {
    use std::collections::HashMap;

    use zbus::zvariant::OwnedValue;

    let changed: Result<(String, HashMap<String, OwnedValue>, Vec<String>), _> = message.body().deserialize();
    changed.is_ok_and(|(_, changed, _)| changed.get("LockedHint").is_some_and(|hint| bool::try_from(hint) == Ok(true)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use zbus::zvariant::Value;

    use super::*;

    fn signal(interface: &str, member: &str, body: &(impl serde::Serialize + zbus::zvariant::DynamicType)) -> Message {
        Message::signal("/x", interface, member).unwrap().build(body).unwrap()
    }

    #[test]
    fn only_a_screen_that_is_locked_is_told() {
        let saver = |active: bool| signal(SAVERS[0], "ActiveChanged", &(active,));
        assert!(is_active(&saver(true)) && !is_active(&saver(false)));
        assert!(!is_active(&signal(SAVERS[0], "ActiveChanged", &("true",))));
        let session = |name: &str, value: Value<'static>| {
            let body =
                ("org.freedesktop.login1.Session", HashMap::from([(name.to_owned(), value)]), Vec::<String>::new());
            signal("org.freedesktop.DBus.Properties", "PropertiesChanged", &body)
        };
        assert!(is_locked(&session("LockedHint", true.into())));
        assert!(!is_locked(&session("LockedHint", false.into())));
        assert!(!is_locked(&session("LockedHint", "true".into())));
        assert!(!is_locked(&session("IdleHint", true.into())));
        assert!(!is_locked(&signal("org.freedesktop.DBus.Properties", "PropertiesChanged", &("x",))));
    }
}
