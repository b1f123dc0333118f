//! `pim`, Pimento's command line: the same library, the same keyring as the tray application.

mod args;
mod commands;
mod failed;
mod matching;
mod minutes;
mod output;
mod session;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    args::{Arguments, Command},
    failed::Failed,
    session::Session,
};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("PIMENTO_LOG").unwrap_or_else(|_| "off".into()))
        .init();
    let json = arguments.json;
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            failed.tell(json);
            ExitCode::from(failed.exit as u8)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Failed> {
    let Arguments { demo, json, command } = arguments;
    if let Command::Tenant(options) = command {
        return commands::tenant(options).await;
    }
    let mut session = Session::open(demo)?;
    let result = match command {
        Command::Login(options) => commands::login(&mut session, options, demo, json).await,
        Command::Logout => commands::logout(&mut session, json).await,
        Command::List { filter } => commands::list(&mut session, &filter, json).await,
        Command::Status => commands::status(&mut session, json).await,
        Command::Activate(options) => commands::activate(&mut session, options, json).await,
        Command::Deactivate(options) => commands::deactivate(&mut session, options, json).await,
        Command::Tenant(_) => unreachable!("handled above"),
    };
    session.close().await;
    result
}
