//! The log: standard error, and for the tray role files of one day each, of which a few are kept.
//!
//! Only our own modules may say more than warnings: what libraries log in detail could carry headers.

use std::path::Path;

use tracing::{Level, level_filters::LevelFilter};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

/// Days kept.
const DAYS: usize = 5;

/// Starts the log, with files in `folder`, if given. Without a folder that can be written, standard error is all.
pub fn start(folder: Option<&Path>) {
    let level = std::env::var("PIMENTO_LOG").ok().and_then(|level| level.parse().ok()).unwrap_or(Level::INFO);
    let ours = || {
        let targets = ["pim", "pimento", "pimento_app", "pimento_window", "tenant"];
        let targets =
            Targets::new().with_default(LevelFilter::WARN).with_targets(targets.map(|target| (target, level)));
        // Warns of every name that is given up when we end.
        targets.with_target("zbus", LevelFilter::ERROR)
    };
    let files = folder.and_then(|folder| {
        let appender = RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("pimento")
            .filename_suffix("log")
            .max_log_files(DAYS);
        appender.build(folder).ok()
    });
    let file =
        files.map(|files| tracing_subscriber::fmt::layer().with_ansi(false).with_writer(files).with_filter(ours()));
    let screen = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr).with_filter(ours());
    // Fails only where a log was started before, which then goes on.
    let _ = tracing_subscriber::registry().with(screen).with(file).try_init();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!(%panic, "a defect in Pimento");
        before(panic);
    }));
}
