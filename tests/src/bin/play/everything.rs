//! Every kind of role and every outcome, one after the other, as somebody who is new to it would meet them.

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::App,
    desktop::{Desktop, Notifications, Setup, tray::Tray},
    person::Person,
    tenant::Tenant,
    wait::{LONG, until, until_true},
    window::Window,
};
use serde_json::json;

use crate::{
    album::Album,
    scenes::{close_menu, menu, sign_in, told},
};

/// A resource group below the management group that a role is eligible at.
const SUBSCRIPTION: &str = "/subscriptions/9c1f7d5a-34b8-4b0e-a6a4-5d2f8c7e1b01";
const GROUP: &str = "rg-erp-prod";

/// The second tenant, where the same person is a guest.
const FABRIKAM: &str = "0b6d4f3a-58c7-4e21-9f3d-7a1c2e9b8d65";

/// The name of the bundle that is made on the way.
const BUNDLE: &str = "Morning check";

/// What the acts are played with.
struct House<'a> {
    album: &'a mut Album,
    desktop: &'a Desktop,
    tenant: &'a Tenant,
    maya: &'a mut Person,
    app: &'a App,
    tray: Tray,
}

/// Plays it on a desktop of its own.
pub async fn play(album: &mut Album) -> Result<()> {
    let desktop = Desktop::start(Setup { notifications: Notifications::Drawing, ..Setup::default() }).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "1"])?;
    let mut maya = Person::at(&desktop, "maya")?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let mut house = House { album, desktop: &desktop, tenant: &tenant, maya: &mut maya, app: &app, tray };
    let ended = house.acts().await;
    told(album, &desktop, ended)
}

impl House<'_> {
    async fn acts(&mut self) -> Result<()> {
        let window = Window::open(self.desktop, self.app, &self.tray).await?;
        window.click("first-run-demo").await?;
        let window = self.signs_in(window, "everything-sign-in").await?;
        let window = self.azure(window).await?;
        let window = self.batch(window).await?;
        self.approval(&window).await?;
        self.denial(&window).await?;
        self.cancelled(&window).await?;
        self.narrower(&window).await?;
        self.scheduled(&window).await?;
        let (window, renewed) = self.bundle(window).await?;
        let window = self.tenants(window).await?;
        self.renewal(&window, &renewed).await?;
        self.history(&window).await?;
        window.detach().await
    }

    /// Goes through what the browser shows, after which the window comes back by itself.
    async fn signs_in(&mut self, window: Window, name: &str) -> Result<Window> {
        sign_in(self.album, self.desktop, self.maya, name).await?;
        window.returns(self.desktop, self.app).await
    }

    /// Goes through what the browser shows, and opens the window again.
    async fn through_browser(&mut self, window: Window, name: &str) -> Result<Window> {
        sign_in(self.album, self.desktop, self.maya, name).await?;
        window.reopen(self.desktop, self.app, &self.tray).await
    }

    async fn picture(&mut self, window: &Window, name: &str, words: &str) -> Result<()> {
        self.album.window(self.desktop, window, name, words).await
    }

    async fn azure(&mut self, window: Window) -> Result<Window> {
        row(&window, "Global Reader", "").await?;
        window.clear_filter().await?;
        window.click("menu").await?;
        self.picture(&window, "everything-menu", "the menu: Azure is shown to whoever asks for it").await?;
        window.click("menu-azure").await?;
        let window = self.through_browser(window, "azure").await?;
        row(&window, "Contributor", "Warehouse Systems").await?;
        window.clear_filter().await?;
        window.click("menu").await?;
        window.click("menu-sources").await?;
        self.picture(&window, "sources", "where the roles come from: three kinds, each up to date").await?;
        window.click("back").await?;
        Ok(window)
    }

    /// One role of each kind, with one reason and one proof.
    async fn batch(&mut self, window: Window) -> Result<Window> {
        let mut keys = Vec::new();
        for (name, scope) in
            [("User Administrator", "max"), ("Identity Operators", ""), ("Contributor", "Warehouse Systems")]
        {
            let key = row(&window, name, scope).await?;
            tick(&window, &key).await?;
            keys.push(key);
        }
        self.picture(&window, "selected", "one role of each kind is selected").await?;
        window.click("activate-all").await?;
        window.complete("Onboarding of the new warehouse team", None).await?;
        self.picture(&window, "several", "one form for all three: one reason, one MFA").await?;
        window.submit().await?;
        let window = self.signs_in(window, "batch").await?;
        for key in &keys {
            window.reaches(key, "active").await?;
        }
        ensure!(self.maya.waiting() == 0, "the browser was opened more than once for one batch");
        self.picture(&window, "three-kinds", "all three are active").await?;
        window.click(&format!("more-{}", keys[1])).await?;
        self.picture(&window, "role", "more about one of them: what helps where it does not work yet").await?;
        window.click("back").await?;
        Ok(window)
    }

    async fn approval(&mut self, window: &Window) -> Result<()> {
        let key = self.request(window, "Global Administrator", "Break-glass drill").await?;
        self.picture(window, "approval-waiting", "a role with approval: waiting, for whom and until when").await?;
        self.decide("approve", "Agreed, for the drill").await?;
        window.reaches(&key, "active").await?;
        self.desktop.button("Dismiss").await?;
        self.picture(window, "approval-active", "approved: active, and a notification says so").await?;
        self.dismiss().await
    }

    async fn denial(&mut self, window: &Window) -> Result<()> {
        let key = self.request(window, "Payroll Readers", "Audit of last month").await?;
        self.decide("deny", "Ask Tomasz for the report instead").await?;
        window.reaches(&key, "failed").await?;
        self.dismiss().await?;
        self.picture(window, "denied", "denied, and why").await?;
        window.click(&format!("dismiss-{key}")).await
    }

    async fn history(&mut self, window: &Window) -> Result<()> {
        window.click("menu").await?;
        window.click("menu-history").await?;
        window.page.find("[data-outcome='denied']").await?;
        self.quiet().await?;
        self.picture(window, "history", "the history: what was asked for, and what became of it").await?;
        window.fill("history-search", "payroll").await?;
        let rows = "[data-testid^='history-'][data-outcome]:not([data-outcome='denied'])";
        window.page.gone(rows).await?;
        self.quiet().await?;
        self.picture(window, "history-found", "searched: who denied it, and why").await?;
        window.click("back").await
    }

    async fn cancelled(&mut self, window: &Window) -> Result<()> {
        let key = self.request(window, "Compliance Administrator", "Retention labels").await?;
        self.picture(window, "pending", "a pending request can be cancelled").await?;
        window.click(&format!("cancel-{key}")).await?;
        until_true("the request to be cancelled", LONG, async || Ok(window.state(&key).await?.is_none())).await?;
        self.dismiss().await?;
        self.picture(window, "cancelled", "cancelled: it is gone").await
    }

    /// A role that is eligible for a management group, activated for one resource group.
    async fn narrower(&mut self, window: &Window) -> Result<()> {
        let key = row(window, "Reader", "Contoso Logistics").await?;
        window.click(&format!("activate-{key}")).await?;
        window.click("scope").await?;
        let group = format!("{SUBSCRIPTION}/resourceGroups/{GROUP}");
        window.click(&format!("fold-{SUBSCRIPTION}")).await?;
        window.click(&format!("scope-{group}")).await?;
        self.picture(window, "scopes", "a narrower scope is chosen from the tree").await?;
        window.click("scope").await?;
        window.complete("Check of the ERP servers", None).await?;
        window.submit().await?;
        let role = key.rsplitn(3, '|').last().context("a role")?;
        window.reaches(&format!("{role}|{}|", group.to_lowercase()), "active").await?;
        window.clear_filter().await?;
        reveal(window, &format!("[data-testid^='active-'][data-testid*='{GROUP}']")).await?;
        self.picture(window, "narrower", "active for the resource group only").await
    }

    async fn scheduled(&mut self, window: &Window) -> Result<()> {
        let key = window.open_form("Helpdesk Administrator").await?;
        window.click("start-later").await?;
        window.complete("Evening shift", None).await?;
        self.picture(window, "schedule", "an activation for later").await?;
        window.submit().await?;
        window.reaches(&key, "scheduled").await?;
        window.clear_filter().await?;
        self.picture(window, "scheduled", "scheduled, with its cancel button").await
    }

    /// Made from a selection, run from the tray's menu. Returns one of its roles.
    async fn bundle(&mut self, window: Window) -> Result<(Window, String)> {
        let mut keys = Vec::new();
        for name in ["Security Reader", "License Administrator"] {
            let key = row(&window, name, "").await?;
            tick(&window, &key).await?;
            keys.push(key);
        }
        window.clear_filter().await?;
        window.click("save-bundle").await?;
        window.fill("bundle-name", BUNDLE).await?;
        window.fill("reason", "Morning check, {date}").await?;
        self.picture(&window, "bundle-edit", "a selection is kept as a bundle").await?;
        window.submit().await?;
        window.part(&format!("open-bundle-{BUNDLE}")).await?;
        window.click("back").await?;
        self.picture(&window, "bundles", "it stands above the roles").await?;
        window.detach().await?;
        self.tray.entry(BUNDLE).await?;
        menu(self.desktop).await?;
        self.album.picture(self.desktop, "bundle-menu", "and in the icon's menu, below Bundles")?;
        close_menu(self.desktop)?;
        self.album.say(&format!("menu: {}", self.tray.labels().await?.join(" | ")))?;
        self.tray.click(BUNDLE).await?;
        let window = Window::attach(self.desktop, self.app).await?;
        if window.state(&keys[0]).await?.is_none() {
            // Where a click in the menu can be forged, it opens the form and a click in the window elevates.
            window.part("form").await?;
            self.picture(&window, "bundle-form", "its form, opened from the menu").await?;
            window.submit().await?;
        }
        for key in &keys {
            window.reaches(key, "active").await?;
        }
        self.picture(&window, "bundle-active", "both roles of the bundle are active").await?;
        Ok((window, keys.remove(1)))
    }

    async fn tenants(&mut self, window: Window) -> Result<Window> {
        window.click("accounts").await?;
        window.click("add-account").await?;
        window.click("find-tenants").await?;
        window.part(&format!("tenant-{FABRIKAM}")).await?;
        self.picture(&window, "tenants", "the tenants that know this account").await?;
        window.click(&format!("tenant-{FABRIKAM}")).await?;
        let window = self.signs_in(window, "fabrikam").await?;
        // All of it, whether or not the name has room.
        let whose = "return document.querySelector('[data-testid=accounts]')?.textContent ?? ''";
        let look = async || Ok(window.ask(whose, Vec::new()).await?.as_str().is_some_and(|it| it.contains("Fabrikam")));
        until_true("Fabrikam's roles", LONG, look).await?;
        let key = window.activate("Global Reader", "Quarterly review", None).await?;
        window.reaches(&key, "active").await?;
        window.clear_filter().await?;
        self.picture(&window, "second-tenant", "the second tenant: its own roles, and what is active elsewhere")
            .await?;
        window.click("accounts").await?;
        self.picture(&window, "accounts", "two tenants side by side").await?;
        window.page.click("[data-testid^='show-'][aria-current='false']").await?;
        window.part("elsewhere").await?;
        self.picture(&window, "back-in-first", "back in the first tenant, with a line about the second").await?;
        Ok(window)
    }

    async fn renewal(&mut self, window: &Window, key: &str) -> Result<()> {
        window.click(&format!("renew-{key}")).await?;
        window.part("way-arm").await?;
        self.picture(window, "renewal", "a renewal, with its gap").await?;
        window.submit().await?;
        let armed = async || Ok(window.part(&format!("renew-{key}")).await?.text().await?.contains("at"));
        until_true("the renewal to be armed", LONG, armed).await?;
        reveal(window, &format!("[data-testid='active-{key}']")).await?;
        self.picture(window, "armed", "armed").await?;
        let end = self.tenant.end_of(key).await?;
        let before = self.tenant.committed("selfActivate").await?;
        self.tenant.set_clock(end + TimeDelta::seconds(2)).await?;
        self.album.say("the tenant's clock is moved to the end of the role")?;
        until_true("the renewal", LONG, async || Ok(self.tenant.committed("selfActivate").await? > before)).await?;
        window.reaches(key, "active").await?;
        reveal(window, &format!("[data-testid='active-{key}']")).await?;
        self.dismiss().await?;
        self.picture(window, "renewed-by-itself", "renewed by itself").await
    }

    /// Takes a notification away.
    async fn dismiss(&self) -> Result<()> {
        let (x, y) = self.desktop.button("Dismiss").await?;
        self.desktop.click_at(x, y, 1)?;
        self.desktop.point_away()
    }

    /// Takes all notifications away, so that they hide nothing.
    async fn quiet(&self) -> Result<()> {
        until_true("the notifications to be gone", LONG, async || {
            if let Some((x, y)) = self.desktop.button_now("Dismiss").await? {
                self.desktop.click_at(x, y, 1)?;
                self.desktop.point_away()?;
            }
            Ok(!self.desktop.shows("NOTIFICATION")?)
        })
        .await
    }

    /// Asks for a role that somebody approves.
    async fn request(&mut self, window: &Window, name: &str, reason: &str) -> Result<String> {
        let key = window.activate(name, reason, None).await?;
        window.reaches(&key, "waitingForApproval").await?;
        window.clear_filter().await?;
        Ok(key)
    }

    /// What an approver of the scenario says to the newest request.
    async fn decide(&self, verdict: &str, words: &str) -> Result<()> {
        let asked = until("the request in the ledger", LONG, async || {
            let ledger = self.tenant.ledger().await?;
            Ok(ledger.into_iter().rfind(|entry| entry["event"] == "selfActivate"))
        });
        let asked = asked.await?;
        let request = asked["details"]["requestId"].as_str().context("a request without an id")?;
        self.tenant.control(verdict, json!({ "requestId": request, "justification": words })).await
    }
}

/// Filters for a role, by its scope too where one is named, and waits until it is the first row; its key.
async fn row(window: &Window, name: &str, scope: &str) -> Result<String> {
    let typed = format!("{name} {}", if scope == "max" { "" } else { scope });
    window.fill("filter", typed.trim()).await?;
    let script = "const [name, scope] = arguments;
        const row = document.querySelector('[data-row=\"0\"]');
        const button = row?.querySelector('[data-verb]');
        return button?.getAttribute('aria-label').endsWith(' ' + name) && row.textContent.includes(scope)
            ? button.dataset.testid.slice('activate-'.length) : null";
    let look = async || {
        let key = window.page.client.execute(script, vec![json!(name), json!(scope)]).await?;
        Ok(key.as_str().map(str::to_owned))
    };
    until(&format!("{name} {scope} in the list"), LONG, look).await
}

/// Scrolls to a row.
async fn reveal(window: &Window, css: &str) -> Result<()> {
    let script = "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center' })";
    window.page.client.execute(script, vec![json!(css)]).await?;
    Ok(())
}

/// Ticks a role's box, which is there while the pointer is on its row.
async fn tick(window: &Window, key: &str) -> Result<()> {
    let script = "document.querySelector(arguments[0]).click()";
    window.page.client.execute(script, vec![json!(format!("[data-testid='select-{key}']"))]).await?;
    window.part("selection").await?;
    Ok(())
}
