//! The Manage window with thousands of assignments, in the real application.

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::App,
    desktop::{Desktop, Setup},
    person::Person,
    tenant::Tenant,
    window::Window,
};

use crate::{
    figures::{Figure, Unit, heading, remark},
    signed_in::RUNS,
    typing,
};

/// Assignments beside those of the demo.
const ASSIGNMENTS: &str = "5000";

/// Resolves to the milliseconds from the answer, as the page's own transport hands it over, to the second frame in which rows
/// stand; and how many the page says there are.
const FIRST_ROWS: &str = "const done = arguments[0];
    const real = window.fetch;
    let answered;
    window.fetch = async (...all) => {
      const answer = await real(...all);
      const json = answer.json.bind(answer);
      answer.json = async () => {
        const value = await json();
        if (value?.kind === 'assignments') answered = performance.now();
        return value;
      };
      return answer;
    };
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    document.querySelector('[data-testid=refresh]').click();
    (async () => {
      while (answered === undefined) await frame();
      while (!document.querySelector(\"[data-testid^='holding-']\")) await frame();
      await frame();
      await frame();
      window.fetch = real;
      done([performance.now() - answered, document.querySelector('[role=status]').textContent]);
    })();";

/// Prints the figures of the Manage window.
pub async fn print() -> Result<()> {
    heading(&format!("Manage window with {ASSIGNMENTS} assignments, medians of {RUNS} runs"));
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--assignments", ASSIGNMENTS, "--seed", "8"])?;
    let mut omar = Person::at(&desktop, "omar")?;
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_KEEP_WARM", "0"), ("PIMENTO_TENANT", tenant.address())])?;
    let tray = desktop.tray().await?;
    let manage = Window::manage_signed_in(&desktop, &app, &tray, &mut omar).await?;
    manage.click("section-assignments").await?;
    manage.page.find("[data-testid^='holding-']").await?;

    let (mut times, mut found) = (Vec::new(), String::new());
    for _ in 0..RUNS {
        let told = manage.page.client.execute_async(FIRST_ROWS, Vec::new()).await?;
        times.push(told[0].as_f64().context("a time")?);
        told[1].as_str().unwrap_or_default().clone_into(&mut found);
    }
    ensure!(found.chars().filter(char::is_ascii_digit).count() >= 4, "so many are listed: {found}");
    Figure::new("from the answer to rows on the screen", Unit::Milliseconds, times).aim(300.0).print();
    remark(&format!("The window lists {}.", found.trim()));
    typing::print(&manage, &["generated", "person 4711", "reader", "admin", "exchange eligible"]).await?;
    manage.detach().await?;
    tray.click("Quit").await?;
    Ok(())
}
