//! Bundles as files.

use pim::view::{BundleEntry, Command, Severity, View};

use crate::desk::Desk;

fn exported(view: &View) -> Option<(Severity, String)> {
    let notice = view.notices.iter().find(|notice| notice.id == "export")?;
    Some((notice.severity, notice.message.clone()))
}

#[tokio::test]
async fn bundles_are_written_to_the_folder_for_downloads_and_read_again() {
    let desk = Desk::signed_in().await;
    for name in ["On call", "Audit"] {
        let roles = vec![BundleEntry { id: desk.eligible("Global Reader").id, minutes: Some(45) }];
        desk.agent.send(Command::SaveBundle { name: name.into(), reason: "{date}".into(), roles });
    }
    desk.agent.send(Command::ExportBundles { names: vec!["On call".into()] });
    let view = desk.until("exported", |view| exported(view).is_some()).await;
    let file = desk.home.path().join("Downloads").join("pimento-bundles.json");
    assert_eq!(exported(&view), Some((Severity::Info, format!("The bundles were written to {}.", file.display()))));
    let text = std::fs::read_to_string(file).expect("the file");
    let bundles = pim::bundles::import(&text).expect("bundles");
    assert_eq!(bundles.iter().map(|bundle| bundle.name.as_str()).collect::<Vec<_>>(), ["On call"]);
    assert_eq!(bundles[0].reason, "{date}", "as it is kept");

    desk.agent.send(Command::DeleteBundle { name: "On call".into() });
    desk.agent.send(Command::ImportBundles { text });
    desk.until("there again", |view| view.bundles.len() == 2).await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_is_said() {
    let desk = Desk::signed_in().await;
    std::fs::write(desk.home.path().join("Downloads"), "").expect("a file in its place");
    desk.agent.send(Command::ExportBundles { names: Vec::new() });
    let view = desk.until("refused", |view| exported(view).is_some()).await;
    assert_eq!(exported(&view).map(|(severity, _)| severity), Some(Severity::Warning));
}
