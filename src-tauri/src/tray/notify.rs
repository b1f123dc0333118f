//! Notifications, on a thread of their own: what shows them may be slow, or not there.

use std::sync::mpsc::{Receiver, Sender, channel};

use pim::{
    agent::{NotificationAction, Notify},
    say,
};
use tokio::sync::mpsc::UnboundedSender;

use super::Barred;
use crate::platform::Notifications;

/// Shows and withdraws notifications.
pub struct Notifier {
    orders: Sender<Order>,
}

enum Order {
    Show(Notify),
    Withdraw(String),
    Look,
}

impl Notifier {
    /// Starts the thread. Buttons that are pressed come out of `choices`, whether anybody sees any of it out of `seen`.
    pub fn start(choices: UnboundedSender<NotificationAction>, seen: UnboundedSender<Result<(), Barred>>) -> Self {
        let (orders, ordered) = channel();
        let run = move || follow(&ordered, Notifications::new(choices), &seen);
        if let Err(error) = std::thread::Builder::new().name("notifications".into()).spawn(run) {
            tracing::error!(%error, "there will be no notifications");
        }
        Self { orders }
    }

    /// Shows one; it replaces the one with the same tag.
    pub fn show(&self, notify: Notify) {
        let _ = self.orders.send(Order::Show(notify));
    }

    /// Finds out whether the system would show any.
    pub fn look(&self) {
        let _ = self.orders.send(Order::Look);
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
        title: say!("runs-in-tray"),
        body: message.into(),
        actions: vec![NotificationAction::Dismiss],
        pressing: true,
    }
}

fn follow(orders: &Receiver<Order>, mut notifications: Notifications, seen: &UnboundedSender<Result<(), Barred>>) {
    for order in orders {
        let outcome = match order {
            Order::Show(notify) => notifications.show(&notify),
            Order::Look => notifications.look(),
            Order::Withdraw(tag) => {
                notifications.withdraw(&tag);
                continue;
            }
        };
        let _ = seen.send(outcome);
    }
}
