//! What else an administrator does in the Manage window: a policy is changed after its difference was read, the last
//! administrator stays, and somebody asks which role a task takes.

use anyhow::{Result, ensure};
use pimento_tests::{desktop::Desktop, person::Person, tenant::Tenant, window::Window};

use crate::album::Album;

/// Reads a policy, changes it, and sees what came of it.
pub async fn changes_a_policy(album: &mut Album, desktop: &Desktop, omar: &mut Person, manage: &Window) -> Result<()> {
    manage.click("section-policies").await?;
    manage.fill("filter", "teams administrator").await?;
    manage.page.click("[data-testid^='open-']").await?;
    manage.part("policy-change").await?;
    album.window(desktop, manage, "manage-policy", "a role's policy, every rule of it in words").await?;
    manage.click("policy-change").await?;
    manage.click("ticket").await?;
    album.window(desktop, manage, "manage-policy-form", "changed: a ticket is wanted from now on").await?;
    manage.click("policy-review").await?;
    manage.part("policy-apply").await?;
    album.window(desktop, manage, "manage-policy-difference", "the difference, before anything is sent").await?;
    manage.click("policy-apply").await?;
    omar.sign_in(desktop).await?;
    manage.part("policy-done").await?;
    manage.page.says("Done.").await?;
    album.window(desktop, manage, "manage-policy-applied", "applied, rule by rule").await?;
    manage.click("policy-done").await
}

/// Whoever else was an administrator is none any more: the last one stays.
pub async fn keeps_the_last_administrator(
    album: &mut Album,
    desktop: &Desktop,
    tenant: &Tenant,
    manage: &Window,
) -> Result<()> {
    tenant.advance("PT2H").await?;
    let before = tenant.committed("adminRemove").await?;
    manage.click("section-assignments").await?;
    manage.click("refresh").await?;
    manage.fill("filter", "emergency").await?;
    manage.page.click("[data-testid^='holding-']").await?;
    manage.click("remove").await?;
    manage.page.says("Assign Global Administrator to somebody else first").await?;
    album
        .window(desktop, manage, "manage-refused", "the last administrator stays: foreseen, and nothing is sent")
        .await?;
    ensure!(tenant.committed("adminRemove").await? == before, "{:?}", tenant.ledger().await?);
    manage.click("plan-back").await
}

/// Which role does it take?
pub async fn asks_what_is_needed(album: &mut Album, desktop: &Desktop, manage: &Window) -> Result<()> {
    manage.click("section-need").await?;
    manage.fill("question", "reset a user's password").await?;
    manage.click("find-role").await?;
    manage.page.says("microsoft.directory/users/password/update").await?;
    album.window(desktop, manage, "manage-need", "what a task takes: of one's own roles the one with the least").await
}
