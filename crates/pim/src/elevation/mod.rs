//! The heart: a pure, synchronous state machine.

mod notification;

pub use notification::{Notification, NotificationAction, Notify};
