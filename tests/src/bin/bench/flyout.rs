//! The flyout with the roles of a large company, in the real application.

use anyhow::{Result, ensure};
use pimento_tests::{
    app::App,
    desktop::{Desktop, Setup},
    tenant::Tenant,
    window::Window,
};

use crate::{
    figures::{heading, remark},
    typing,
};

/// Roles to activate.
const ROLES: &str = "2000";

/// Prints the figures of the flyout's page.
pub async fn print() -> Result<()> {
    heading(&format!("Flyout with {ROLES} roles"));
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--roles", ROLES, "--seed", "9"])?;
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_TENANT", tenant.address())])?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    window.page.find("[data-testid^='row-']").await?;
    // How high the list is: rows out of sight are not in the page.
    let height = window.ask("return document.querySelector('#eligible').scrollHeight", Vec::new()).await?;
    ensure!(height.as_f64().is_some_and(|height| height > 80_000.0), "all roles are listed: {height} px");
    typing::print(&window, &["generated", "role 1711", "reader", "admin", "operator 19"]).await?;
    remark(&format!("The list is {height} px high."));
    window.detach().await?;
    tray.click("Quit").await?;
    Ok(())
}
