//! `pim login` and `pim logout`.

use pim::view::{Account, Command, View};
use serde::Serialize;

use crate::{
    args::Login,
    failed::{Exit, Failed},
    output::{self, clean},
    session::Session,
};

/// The notice of a keyring that could not be wiped.
const NOT_WIPED: &str = "sign-out";

#[derive(Serialize)]
struct Signed<'a> {
    account: Option<&'a Account>,
}

/// Signs in: once more, somebody else, or somewhere else. Whoever is signed in already stays so.
pub async fn login(session: &mut Session, options: Login, demo: bool, json: bool) -> Result<(), Failed> {
    let view = session.known().await?;
    if !demo {
        let Login { device_code, cloud, tenant, client_id, .. } = &options;
        let command = if cloud.is_none() && tenant.is_none() && client_id.is_none() {
            if *device_code { Command::SignInDeviceCode } else { Command::SignIn }
        } else {
            let cloud = cloud.map_or_else(|| view.settings.cloud.clone(), |cloud| cloud.name().to_owned());
            Command::SignInTenant {
                tenant: tenant.clone(),
                cloud: Some(cloud),
                client_id: client_id.clone(),
                device_code: *device_code,
            }
        };
        session.sign_in(command).await?;
    }
    for kind in options.also {
        session.allow(kind.into()).await?;
    }
    let view = session.known().await?;
    let Some(account) = output::account(&view) else {
        return Err(Failed::new(Exit::SignedOut, "signed-out", "Nobody is signed in."));
    };
    if json {
        output::json(&Signed { account: Some(account) })?;
    } else {
        say!("Signed in to {} as {}.", clean(&account.tenant), clean(&account.username));
        if !account.remembered && !demo {
            say!("The system's keyring cannot be used: the sign-in is forgotten when this command ends.");
        }
    }
    Ok(())
}

/// Ends a session in which somebody was signed out. What it kept is wiped before the agents end; whether that worked, the last view
/// says.
pub(super) async fn wiped(session: Session) -> Result<(), Failed> {
    let last = session.close().await;
    let Some(notice) = last.notices.iter().find(|notice| notice.id == NOT_WIPED) else { return Ok(()) };
    let mut failed = Failed::new(Exit::Refused, "keyring", notice.message.clone());
    failed.problem.detail.clone_from(&notice.detail);
    Err(failed)
}

/// Forgets the current account, and says so once nothing of it is left.
pub async fn logout(mut session: Session, json: bool) -> Result<(), Failed> {
    let view = session.known().await?;
    let Some(leaving) = view.accounts.iter().find(|row| row.current).map(|row| row.account.clone()) else {
        session.close().await;
        if json {
            output::json(&Signed { account: None })?;
        } else {
            say!("Nobody was signed in.");
        }
        return Ok(());
    };
    let command = Box::new(Command::SignOut);
    session.send(Command::For { account: leaving.id.clone(), command });
    let gone = |view: &View| !view.accounts.iter().any(|row| row.account.id == leaving.id);
    let left = session.until(|view| gone(view).then(|| view.clone())).await?;
    wiped(session).await.map_err(|failed| failed.about(&leaving.username))?;
    let current = left.accounts.iter().find(|row| row.current).map(|row| &row.account);
    if json {
        return Ok(output::json(&Signed { account: current })?);
    }
    say!("Signed out {}. The token and the saved lists are gone.", clean(&leaving.username));
    if let Some(next) = current {
        say!("{} at {} is the current account now.", clean(&next.username), clean(&next.tenant));
    }
    Ok(())
}
