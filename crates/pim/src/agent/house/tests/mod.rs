//! Whose rows and whose actions: colours, routes, and ten thousand ways for several accounts to be busy at once.

mod interleavings;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::roster::{Meant, Outside, Roster, Route};
use crate::{
    managed::Imposed,
    view::{Account, AccountRow, Command, OpenForm, Session, Settings, Status, TenantRow, Tenants, View},
};

fn noon() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn account(id: &str) -> Account {
    Account {
        id: id.into(),
        username: "maya@contoso.example".into(),
        name: "Maya".into(),
        tenant: format!("tenant of {id}"),
        tenant_id: format!("{id}-tenant"),
        cloud: "global".into(),
        demo: false,
        remembered: true,
    }
}

/// What an agent shows of an account.
fn view(id: &str, session: Session) -> View {
    let row = AccountRow {
        account: account(id),
        colour: 0,
        current: false,
        status: Status::Idle,
        active: Vec::new(),
        problem: None,
    };
    View { session, accounts: vec![row], status: Status::Idle, ..View::empty(noon()) }
}

fn signed_in(id: &str) -> Arc<View> {
    Arc::new(view(id, Session::SignedIn { account: account(id) }))
}

fn roster(ids: &[&str]) -> Roster {
    let mut roster = Roster::default();
    for id in ids {
        roster.admit(id, None, signed_in(id));
    }
    roster
}

fn shown(roster: &Roster) -> View {
    let (settings, imposed, now) = (Settings::default(), Imposed::default(), noon());
    let outside = Outside {
        now,
        settings: &settings,
        imposed: &imposed,
        notices: &[],
        signing_in: None,
        refused: None,
        sign_in_end: None,
    };
    roster.view(&outside, |_| TimeDelta::zero())
}

fn to(account: &str, command: Command) -> Command {
    Command::For { account: account.into(), command: Box::new(command) }
}

#[test]
fn colours_are_distinct_as_long_as_there_are_enough_and_stay_when_somebody_leaves() {
    let ids = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let mut roster = roster(&ids);
    let colours = |roster: &Roster| shown(roster).accounts.iter().map(|row| row.colour).collect::<Vec<_>>();
    assert_eq!(colours(&roster), [0, 1, 2, 3, 4, 5, 6, 7]);
    roster.remove("c");
    roster.remove("a");
    assert_eq!(colours(&roster), [1, 3, 4, 5, 6, 7]);
    roster.admit("new", Some(4), signed_in("new"));
    roster.admit("known", Some(2), signed_in("known"));
    roster.admit("one too many", None, signed_in("one too many"));
    assert_eq!(colours(&roster), [1, 3, 4, 5, 6, 7, 0, 2, 0]);
}

#[test]
fn what_names_an_account_goes_there_or_nowhere() {
    let mut roster = roster(&["a", "b"]);
    let agent = |account: &str, command| Route::Agent(account.into(), command);
    assert_eq!(roster.route(Command::Refresh), agent("a", Command::Refresh));
    assert_eq!(roster.route(to("b", Command::Refresh)), agent("b", Command::Refresh));
    assert_eq!(roster.route(to("gone", Command::Refresh)), Route::Nowhere);
    // The innermost name is the one that was clicked.
    assert_eq!(roster.route(to("a", to("b", Command::Refresh))), agent("b", Command::Refresh));
    assert_eq!(roster.route(to("a", to("gone", Command::Refresh))), Route::Nowhere);
    for command in [Command::SignOut, Command::OpenForm { id: "x".into() }] {
        assert_eq!(roster.route(to("gone", command.clone())), Route::Nowhere);
        assert_eq!(roster.route(to("b", command.clone())), Route::House(Meant::Named("b".into()), command));
    }
    // What is about no account is done all the same.
    let save = Command::SaveSettings { settings: Box::default() };
    assert_eq!(roster.route(to("gone", save.clone())), Route::House(Meant::Nobody, save));
    for account in ["a", "b"] {
        roster.remove(account);
    }
    assert_eq!(roster.route(Command::Refresh), Route::Nowhere);
    assert_eq!(roster.route(Command::SignIn), Route::House(Meant::Nobody, Command::SignIn));
}

#[test]
fn whoever_leaves_makes_room_for_somebody_who_is_signed_in() {
    let mut roster = roster(&["a", "b", "c"]);
    roster.told("b", Arc::new(view("b", Session::SignedOut { reason: None })));
    assert!(roster.select("a") && !roster.select("nobody"));
    assert_eq!(roster.remove("a"), Some("c"));
    assert_eq!(roster.remove("b"), None, "the current one stays");
    assert_eq!(roster.remove("c"), None);
    assert_eq!(shown(&roster).session, Session::SignedOut { reason: None });
}

#[test]
fn a_form_is_shown_under_its_account_and_its_serial_is_never_given_again() {
    let mut roster = roster(&["a", "b"]);
    roster.open_form("b", "x".into(), false);
    assert_eq!(roster.current(), Some("b"));
    assert_eq!(shown(&roster).open_form, Some(OpenForm { id: "x".into(), bundle: false, serial: 1 }));
    roster.select("a");
    assert_eq!(shown(&roster).open_form, None);
    roster.open_form("a", "x".into(), false);
    assert_eq!(shown(&roster).open_form, Some(OpenForm { id: "x".into(), bundle: false, serial: 2 }));
    roster.remove("a");
    roster.open_form("b", "x".into(), false);
    assert_eq!(shown(&roster).open_form.map(|form| form.serial), Some(3));
}

#[test]
fn a_tenant_is_marked_with_the_account_of_the_same_cloud() {
    let mut roster = roster(&["a", "b"]);
    let row = |id: &str| TenantRow { id: id.into(), name: id.into(), domain: None, account: None };
    let rows = vec![row("a-tenant"), row("b-tenant"), row("c-tenant")];
    let mut told = view("a", Session::SignedIn { account: account("a") });
    told.tenants = Some(Tenants { loading: false, problem: None, rows });
    roster.told("a", Arc::new(told));
    let marked =
        |roster: &Roster| shown(roster).tenants.unwrap().rows.into_iter().map(|row| row.account).collect::<Vec<_>>();
    assert_eq!(marked(&roster), [Some("a".into()), Some("b".into()), None]);
    let mut elsewhere = view("b", Session::Loading);
    elsewhere.accounts[0].account.cloud = "china".into();
    roster.told("b", Arc::new(elsewhere));
    assert_eq!(marked(&roster), [Some("a".into()), None, None]);
}

#[test]
fn times_of_a_tenant_with_another_clock_are_told_in_the_time_that_is_shown() {
    let mut roster = roster(&["a", "b"]);
    let mut told = view("b", Session::SignedIn { account: account("b") });
    let end = noon() + TimeDelta::hours(9);
    told.active = vec![interleavings::active("b role", end)];
    roster.told("b", Arc::new(told));
    let (settings, imposed, now) = (Settings::default(), Imposed::default(), noon());
    let outside = Outside {
        now,
        settings: &settings,
        imposed: &imposed,
        notices: &[],
        signing_in: None,
        refused: None,
        sign_in_end: None,
    };
    let seen = |ahead: TimeDelta| roster.view(&outside, |_| ahead).accounts[1].active[0].end;
    assert_eq!(seen(TimeDelta::hours(8)), Some(noon() + TimeDelta::hours(1)));
    assert_eq!(seen(TimeDelta::milliseconds(900)), Some(end));
}
