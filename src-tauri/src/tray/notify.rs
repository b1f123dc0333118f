//! Notifications, on a thread of their own: what shows them may be slow, or not there.

use std::sync::mpsc::{Receiver, Sender, channel};

use pim::agent::{NotificationAction, Notify};
use tokio::sync::mpsc::UnboundedSender;

use crate::platform::Notifications;

/// Shows and withdraws notifications.
pub struct Notifier {
    orders: Sender<Order>,
}

enum Order {
    Show(Notify),
    Withdraw(String),
}

impl Notifier {
    /// Starts the thread. Buttons that are pressed come out of `choices`.
    pub fn start(choices: UnboundedSender<NotificationAction>) -> Self {
        let (orders, ordered) = channel();
        let run = move || follow(&ordered, Notifications::new(choices));
        if let Err(error) = std::thread::Builder::new().name("notifications".into()).spawn(run) {
            tracing::error!(%error, "there will be no notifications");
        }
        Self { orders }
    }

    /// Shows one; it replaces the one with the same tag.
    pub fn show(&self, notify: Notify) {
        let _ = self.orders.send(Order::Show(notify));
    }

    /// Takes one back.
    pub fn withdraw(&self, tag: String) {
        let _ = self.orders.send(Order::Withdraw(tag));
    }
}

/// Says that there is no window, where a window would have said it.
pub fn window_failed(message: &str) -> Notify {
    Notify {
        tag: "window".into(),
        title: "Pimento runs in the tray".into(),
        body: message.into(),
        actions: vec![NotificationAction::Dismiss],
    }
}

fn follow(orders: &Receiver<Order>, mut notifications: Notifications) {
    for order in orders {
        match order {
            Order::Show(notify) => notifications.show(&notify),
            Order::Withdraw(tag) => notifications.withdraw(&tag),
        }
    }
}
