//! Windows: toasts under our own application id, through WinRT itself: what stands between it and us elsewhere hears of a
//! toast's first event only, and what is pressed later, in the notification centre, would be lost.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use pim::agent::{NotificationAction, Notify};
use tokio::sync::mpsc::UnboundedSender;
use windows::{
    Data::Xml::Dom::XmlDocument,
    Foundation::TypedEventHandler,
    UI::Notifications::{
        NotificationSetting, ToastActivatedEventArgs, ToastDismissalReason, ToastDismissedEventArgs,
        ToastFailedEventArgs, ToastNotification, ToastNotificationManager,
    },
    core::{HSTRING, IInspectable, Interface, Result},
};

use super::identity;
use crate::{
    platform::{
        buttons::{chosen, clicked},
        icon_file, toast,
    },
    registration::APP_ID,
    tray::Barred,
};

/// All toasts of ours.
const GROUP: &str = "pimento";

/// Those on the screen or in the notification centre.
pub struct Notifications {
    choices: UnboundedSender<NotificationAction>,
    shown: Arc<Mutex<HashMap<String, Shown>>>,
    /// Notifications shown so far.
    count: u64,
}

/// One of them. The object is kept: only it is told what is pressed.
struct Shown {
    toast: ToastNotification,
    serial: u64,
}

impl Notifications {
    /// Tells the system who we are, and takes back what an earlier run has left: nobody would hear its buttons.
    pub fn new(choices: UnboundedSender<NotificationAction>) -> Self {
        if let Err(error) = identity::enter(icon_file()) {
            tracing::warn!(%error, "notifications will not carry Pimento's name");
        }
        if let Err(error) = clear() {
            tracing::debug!(%error, "earlier notifications may stay");
        }
        Self { choices, shown: Arc::default(), count: 0 }
    }

    /// Shows one; it replaces the one with the same tag.
    pub fn show(&mut self, notify: &Notify) -> std::result::Result<(), Barred> {
        match self.try_show(notify) {
            // One that is switched off is taken all the same, and shown to nobody.
            Ok(()) => self.look(),
            Err(error) => {
                tracing::warn!(%error, "a notification could not be shown");
                self.look().and(Err(Barred::Failed(error.message())))
            }
        }
    }

    /// Whether the system would show them.
    #[expect(clippy::unused_self, reason = "the same face as on Linux")]
    pub fn look(&self) -> std::result::Result<(), Barred> {
        let setting = ToastNotificationManager::CreateToastNotifierWithId(&APP_ID.into()).and_then(|it| it.Setting());
        match setting {
            Ok(NotificationSetting::DisabledForApplication | NotificationSetting::DisabledForUser) => Err(Barred::Off),
            Ok(NotificationSetting::DisabledByGroupPolicy) => Err(Barred::Forbidden),
            Ok(_) => Ok(()),
            // A system that does not say has not forbidden anything.
            Err(error) => {
                tracing::debug!(%error, "whether notifications are shown is not told");
                Ok(())
            }
        }
    }

    /// Takes one back, from the screen and from the notification centre.
    pub fn withdraw(&mut self, tag: &str) {
        let Some(shown) = lock(&self.shown).remove(tag) else { return };
        let remove = || {
            let history = ToastNotificationManager::History()?;
            history.RemoveGroupedTagWithId(&shown.toast.Tag()?, &GROUP.into(), &APP_ID.into())
        };
        if let Err(error) = remove() {
            tracing::debug!(%error, "a notification could not be withdrawn");
        }
    }

    fn try_show(&mut self, notify: &Notify) -> Result<()> {
        self.count += 1;
        let serial = self.count;
        let document = XmlDocument::new()?;
        document.LoadXml(&HSTRING::from(toast::xml(notify)))?;
        let toast = ToastNotification::CreateToastNotification(&document)?;
        // Ours may be longer than the system takes.
        let tag = match lock(&self.shown).get(&notify.tag) {
            Some(before) => before.toast.Tag()?,
            None => HSTRING::from(serial.to_string()),
        };
        toast.SetTag(&tag)?;
        toast.SetGroup(&GROUP.into())?;
        self.listen(&toast, notify, serial)?;
        // Kept before it is shown: it may be answered at once.
        lock(&self.shown).insert(notify.tag.clone(), Shown { toast: toast.clone(), serial });
        let shown = ToastNotificationManager::CreateToastNotifierWithId(&APP_ID.into()).and_then(|it| it.Show(&toast));
        if shown.is_err() {
            lock(&self.shown).remove(&notify.tag);
        }
        shown
    }

    fn listen(&self, toast: &ToastNotification, notify: &Notify, serial: u64) -> Result<()> {
        // What has been replaced or withdrawn meanwhile is no longer meant.
        let newest = move |shown: &Mutex<HashMap<String, Shown>>, tag: &str| {
            let mut shown = lock(shown);
            let newest = shown.get(tag).is_some_and(|shown| shown.serial == serial);
            if newest { shown.remove(tag) } else { None }
        };
        let (shown, choices, told) = (self.shown.clone(), self.choices.clone(), notify.clone());
        toast.Activated(&TypedEventHandler::<ToastNotification, IInspectable>::new(move |_, arguments| {
            if newest(&shown, &told.tag).is_some()
                && let Some(action) = choice(&told, &pressed(arguments.as_ref()))
            {
                let _ = choices.send(action);
            }
            Ok(())
        }))?;
        let (shown, tag) = (self.shown.clone(), notify.tag.clone());
        toast.Dismissed(&TypedEventHandler::<ToastNotification, ToastDismissedEventArgs>::new(
            move |_, dismissed| {
                let reason = dismissed.as_ref().and_then(|dismissed| dismissed.Reason().ok());
                // One that has left the screen by itself lies in the notification centre, and can still be answered there.
                if reason != Some(ToastDismissalReason::TimedOut) {
                    newest(&shown, &tag);
                }
                Ok(())
            },
        ))?;
        let (shown, tag) = (self.shown.clone(), notify.tag.clone());
        toast.Failed(&TypedEventHandler::<ToastNotification, ToastFailedEventArgs>::new(move |_, failed| {
            let code = failed.as_ref().and_then(|failed| failed.ErrorCode().ok());
            tracing::warn!(?code, "a notification could not be shown");
            newest(&shown, &tag);
            Ok(())
        }))?;
        Ok(())
    }
}

/// Takes back everything that we have ever shown.
pub fn clear() -> Result<()> {
    ToastNotificationManager::History()?.ClearWithId(&APP_ID.into())
}

fn lock(shown: &Mutex<HashMap<String, Shown>>) -> MutexGuard<'_, HashMap<String, Shown>> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of the button that was pressed, or [`toast::ITSELF`].
fn pressed(arguments: Option<&IInspectable>) -> String {
    let arguments = arguments.and_then(|arguments| arguments.cast::<ToastActivatedEventArgs>().ok());
    arguments.and_then(|arguments| arguments.Arguments().ok()).map(|name| name.to_string()).unwrap_or_default()
}

/// What that asks for.
fn choice(notify: &Notify, pressed: &str) -> Option<NotificationAction> {
    if pressed == toast::ITSELF { Some(clicked(notify)) } else { chosen(notify, pressed) }
}
