//! `pim login` and `pim logout`.

use pim::view::{Account, Command, Session as SignedIn};
use serde::Serialize;

use crate::{
    args::Login,
    failed::{Exit, Failed},
    output,
    session::Session,
};

#[derive(Serialize)]
struct Signed<'a> {
    account: Option<&'a Account>,
}

/// Signs in, after writing down what was said about cloud, tenant and client id.
pub async fn login(session: &mut Session, options: Login, demo: bool, json: bool) -> Result<(), Failed> {
    let view = session.known().await?;
    if !demo {
        let mut settings = view.settings.clone();
        settings.cloud = options.cloud.unwrap_or(settings.cloud);
        settings.tenant = options.tenant.or(settings.tenant);
        settings.client_id = options.client_id.or(settings.client_id);
        pim::settings::check(&settings).map_err(|wrong| Failed::new(Exit::Usage, "settings", wrong.to_string()))?;
        if settings != view.settings {
            session.send(Command::SaveSettings { settings });
        }
        let command = if options.device_code { Command::SignInDeviceCode } else { Command::SignIn };
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
        println!("Signed in to {} as {}.", account.tenant, account.username);
        if !account.remembered && !demo {
            println!("The system's keyring cannot be used: the sign-in is forgotten when this command ends.");
        }
    }
    Ok(())
}

/// Forgets the account.
pub async fn logout(session: &mut Session, json: bool) -> Result<(), Failed> {
    let view = session.known().await?;
    let username = output::account(&view).map(|account| account.username.clone());
    if username.is_some() {
        session.send(Command::SignOut);
        session.until(|view| matches!(view.session, SignedIn::SignedOut { .. }).then_some(())).await?;
    }
    match username {
        _ if json => output::json(&Signed { account: None })?,
        Some(username) => println!("Signed out {username}. The token and the saved lists are gone."),
        None => println!("Nobody was signed in."),
    }
    Ok(())
}
