//! `pim`, Pimento's command line: the same library, the same keyring as the tray application.

#[macro_use]
mod output;

mod args;
mod commands;
mod confirm;
mod failed;
mod matching;
mod minutes;
mod moments;
mod session;
mod start;

use std::process::ExitCode;

use clap::Parser;
use pim::{about::Build, timeline::Stretch};
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::{
    args::{Arguments, Command},
    failed::{Exit, Failed},
    session::Session,
};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let level = std::env::var("PIMENTO_LOG").ok().and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::OFF);
    let screen = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    tracing_subscriber::registry().with(screen).with(logged(level)).init();
    let json = arguments.json;
    match run(arguments).await {
        Ok(code) => ExitCode::from(code),
        Err(failed) => {
            failed.tell(json);
            ExitCode::from(failed.exit as u8)
        }
    }
}

/// Only our own modules may say more than warnings: what libraries log in detail could carry tokens.
fn logged(level: LevelFilter) -> Targets {
    let ours = ["pim", "tenant"].map(|target| (target, level));
    Targets::new().with_default(level.min(LevelFilter::WARN)).with_targets(ours)
}

/// What the program is built from.
fn build() -> Build {
    Build::of(env!("CARGO_PKG_VERSION"), env!("PIMENTO_BUILT_FROM"))
}

async fn run(arguments: Arguments) -> Result<u8, Failed> {
    let Arguments { demo, acting, json, command } = arguments;
    if let Command::Tenant(options) = command {
        return commands::tenant(options).await.map(|()| 0);
    }
    if let Command::Purge(change) = command {
        return commands::purge(demo, change, json).await.map(|()| 0);
    }
    if acting.is_some() && !demo {
        return Err(Failed::new(Exit::Usage, "as-without-demo", "--as is for the demo tenant: add --demo."));
    }
    let mut session = Session::open(demo, acting)?;
    let result = match command {
        Command::Login(options) => commands::login(&mut session, options, demo, json).await,
        Command::Logout => return commands::logout(session, json).await.map(|()| 0),
        Command::List { kind, filter } => commands::list(&mut session, kind, &filter, json).await,
        Command::Show(named) => commands::show(&mut session, &named, json).await,
        Command::Enter { role, kind, scope } => commands::enter(&mut session, role, kind, scope, json).await,
        Command::Forget(named) => commands::forget(&mut session, &named, json).await,
        Command::Status { timeline, week } => {
            let picture = (timeline || week).then_some(if week { Stretch::week } else { Stretch::day });
            commands::status(&mut session, picture, json).await
        }
        Command::Activate(options) => commands::activate(&mut session, options, json).await,
        Command::Deactivate(options) => commands::deactivate(&mut session, options, json).await,
        Command::Renew(options) => commands::renew(&mut session, options, json).await,
        Command::Run(options) => {
            let ended = commands::run(&mut session, options).await;
            session.close().await;
            return ended;
        }
        Command::Requests => commands::requests(&mut session, json).await,
        Command::Cancel(options) => commands::cancel(&mut session, options, json).await,
        Command::Extend(options) => commands::extend(&mut session, options, json).await,
        Command::History { words, limit } => commands::history(&mut session, &words, limit, json).await,
        Command::Insight => commands::insight(&mut session, json).await,
        Command::Need(options) => commands::need(&mut session, &options, json).await,
        Command::Audit(options) => commands::audit(&mut session, &options, json).await,
        Command::Approvals(options) => commands::approvals(&mut session, options, json).await,
        Command::Alerts(options) => commands::alerts(&mut session, options, json).await,
        Command::Report(command) => commands::report(&mut session, command, json).await,
        Command::Reviews(options) => commands::reviews(&mut session, options, json).await,
        Command::Assignments(options) => commands::assignments(&mut session, options, json).await,
        Command::Policy(command) => commands::policy(&mut session, command, json).await,
        Command::Bundles(command) => commands::bundles(&mut session, command, json).await,
        Command::Diagnostics { names } => commands::diagnostics(&mut session, names, json).await,
        Command::Accounts { select } => commands::accounts(&mut session, select.as_deref(), json).await,
        Command::Tenants { sign_in, device_code } => {
            commands::tenants(&mut session, sign_in.as_deref(), device_code, json).await
        }
        Command::Tenant(_) | Command::Purge(_) => unreachable!("handled above"),
    };
    session.close().await;
    result.map(|()| 0)
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn libraries_never_log_in_detail() {
        for level in [LevelFilter::INFO, LevelFilter::DEBUG, LevelFilter::TRACE] {
            let shown = logged(level);
            assert!(shown.would_enable("pim::api", &Level::INFO), "{level}");
            for library in ["h2::proto", "hyper", "reqwest::connect", "zbus", "oauth2", "rustls"] {
                assert!(shown.would_enable(library, &Level::WARN), "{library} at {level}");
                assert!(!shown.would_enable(library, &Level::INFO), "{library} at {level}");
            }
        }
        assert!(!logged(LevelFilter::ERROR).would_enable("hyper", &Level::WARN));
        assert!(!logged(LevelFilter::OFF).would_enable("pim", &Level::ERROR));
    }
}
