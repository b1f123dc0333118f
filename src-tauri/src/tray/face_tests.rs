//! From views to what the icon shows.

use chrono::FixedOffset;
use pim::{
    model::Kind,
    problem::{Problem, Remedy},
    view::{Account, AccountRow, BundleRow, BundleView, Command, EligibleRow, RequirementsView, Undo},
};
use proptest::prelude::*;

use super::*;
use crate::tray::menu::Action;

#[path = "accounts_tests.rs"]
mod accounts;
#[path = "forged_tests.rs"]
mod forged;
#[path = "newer_tests.rs"]
mod newer;
#[path = "zone_tests.rs"]
mod zones;

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-11-23T{text}Z").parse().unwrap()
}

fn utc(_: DateTime<Utc>) -> FixedOffset {
    FixedOffset::east_opt(0).unwrap()
}

fn signed_in(status: Status) -> View {
    let account = Account {
        id: "oid.tid".into(),
        username: "maya@contoso.example".into(),
        name: "Maya".into(),
        tenant: "Contoso".into(),
        tenant_id: "tid".into(),
        cloud: "loopback".into(),
        demo: true,
        remembered: true,
    };
    View { session: Session::SignedIn { account }, status, ..View::empty(at("12:00:00")) }
}

pub(in crate::tray) fn active(name: &str, start: &str, end: &str) -> ActiveRow {
    ActiveRow {
        id: name.to_lowercase(),
        kind: Kind::DirectoryRole,
        name: name.into(),
        scope: None,
        scope_path: Vec::new(),
        through_group: false,
        state: RowState::Active,
        start: Some(at(start)),
        end: Some(at(end)),
        activated: true,
        deactivatable_from: Some(at(start) + TimeDelta::minutes(5)),
        reason: Some("INC-4711".into()),
        ticket: None,
        renewable: true,
        renewal_armed: false,
        renewal: None,
        extension: None,
        effect: None,
        hints: Vec::new(),
        requirements: RequirementsView::default(),
        problem: None,
    }
}

fn eligible(name: &str) -> EligibleRow {
    EligibleRow {
        id: name.to_lowercase(),
        kind: Kind::DirectoryRole,
        name: name.into(),
        scope: None,
        scope_path: Vec::new(),
        through_group: false,
        eligible_until: None,
        extension: None,
        narrowable: false,
        requirements: RequirementsView { max_minutes: 480, default_minutes: 240, ..RequirementsView::default() },
        favourite: true,
        uses: 1,
        last_reason: Some("Weekly review".into()),
        last_minutes: Some(60),
        one_click: true,
        engaged: false,
        entered: false,
        problem: None,
    }
}

fn face(view: &View, now: &str) -> Face {
    Face::of(view, &Extra::default(), at(now), utc)
}

/// The menu as text: submenus indented, lines that cannot be clicked in brackets.
fn text(menu: &[Entry]) -> Vec<String> {
    menu.iter()
        .flat_map(|entry| match entry {
            Entry::Item { label, action: Some(_) } => vec![label.clone()],
            Entry::Item { label, action: None } => vec![format!("[{label}]")],
            Entry::Check { label, checked, .. } => vec![format!("{} {label}", if *checked { "x" } else { "o" })],
            Entry::Separator => vec!["-".into()],
            Entry::Submenu { label, entries } => {
                let below = text(entries).into_iter().map(|line| format!("  {line}"));
                std::iter::once(label.clone()).chain(below).collect()
            }
        })
        .collect()
}

fn action(menu: &[Entry], wanted: &str) -> Option<Action> {
    menu.iter().find_map(|entry| match entry {
        Entry::Item { label, action } if label == wanted => action.clone(),
        Entry::Check { label, action, .. } if label == wanted => Some(action.clone()),
        Entry::Submenu { entries, .. } => action(entries, wanted),
        _ => None,
    })
}

/// Everything that the menu can do.
fn actions(menu: &[Entry]) -> Vec<Action> {
    let of = |entry: &Entry| match entry {
        Entry::Item { action, .. } => action.clone().into_iter().collect(),
        Entry::Check { action, .. } => vec![action.clone()],
        Entry::Submenu { entries, .. } => actions(entries),
        Entry::Separator => Vec::new(),
    };
    menu.iter().flat_map(of).collect()
}

#[test]
fn loading_is_never_shown_as_signed_out() {
    let face = face(&View::empty(at("12:00:00")), "12:00:00");
    assert_eq!((face.glyph, face.tooltip), (Glyph::Loading, vec!["Starting".to_owned()]));
    assert_eq!(text(&face.menu), ["Open Pimento", "-", "Quit"]);
}

#[test]
fn the_time_stands_beside_the_icon_where_somebody_wants_that_and_something_ends() {
    let mut view = signed_in(Status::Active);
    let standing = ActiveRow { activated: false, ..active("Standing", "12:00:00", "12:30:00") };
    view.active = vec![active("Reader", "12:00:00", "16:00:00"), standing, active("Writer", "12:00:00", "13:41:00")];
    assert_eq!(face(&view, "12:00:00").time, None);
    view.settings.time_beside_icon = true;
    let time = |now: &str| face(&view, now).time.map(|time| (time.minutes, time.words));
    assert_eq!(time("12:00:00"), Some((101, "1 h 41".into())));
    assert_eq!(time("13:31:30"), Some((9, "9 min".into())));
    assert_eq!(time("13:40:30"), Some((0, "under a minute".into())));
    // The agent has not noticed yet.
    assert_eq!(time("13:42:00"), Some((0, "under a minute".into())));
    view.active.clear();
    assert_eq!(face(&view, "12:00:00").time, None);
}

#[test]
fn signed_out_offers_both_ways_in() {
    let view =
        View { session: Session::SignedOut { reason: None }, status: Status::SignedOut, ..View::empty(at("12:00:00")) };
    let face = face(&view, "12:00:00");
    assert_eq!((face.glyph, face.tooltip), (Glyph::SignedOut, vec!["Not signed in".to_owned()]));
    assert_eq!(text(&face.menu), ["Open Pimento", "-", "Sign in…", "Try the demo tenant", "-", "Quit"]);
    assert_eq!(action(&face.menu, "Try the demo tenant"), Some(Action::Send(Command::SignInDemo)));
}

#[test]
fn an_active_role_stands_in_tooltip_menu_and_ring() {
    let mut view = signed_in(Status::Active);
    view.active = vec![active("Exchange Administrator", "14:00:00", "18:00:00")];
    let face = face(&view, "15:19:00");
    assert_eq!(face.glyph, Glyph::Active { left: 17 });
    assert_eq!(face.tooltip, ["Exchange Administrator · 2 h 41 left, until 18:00"]);
    assert_eq!(
        text(&face.menu),
        [
            "Exchange Administrator · 2 h 41",
            "  Renew…",
            "  Deactivate",
            "  Copy details",
            "-",
            "Open Pimento",
            "Manage…",
            "-",
            "o Pause reminders for an hour",
            "Settings",
            "Sign out maya@contoso.example",
            "-",
            "Quit"
        ]
    );
    assert_eq!(action(&face.menu, "Manage…"), Some(Action::OpenManage));
    let id = || "exchange administrator".to_owned();
    assert_eq!(action(&face.menu, "Renew…"), Some(Action::OpenForm { account: None, id: id() }));
    assert_eq!(action(&face.menu, "Deactivate"), Some(Action::Send(Command::Deactivate { id: id() })));
    let copied =
        "Exchange Administrator\nFrom: 2026-11-23 14:00 +00:00\nUntil: 2026-11-23 18:00 +00:00\nReason: INC-4711";
    assert_eq!(action(&face.menu, "Copy details"), Some(Action::Copy(copied.into())));
}

#[test]
fn deactivating_is_locked_for_five_minutes_and_says_so() {
    let mut view = signed_in(Status::Active);
    view.active = vec![active("Exchange Administrator", "14:00:00", "18:00:00")];
    let locked = face(&view, "14:01:00");
    assert!(text(&locked.menu).contains(&"  [Deactivate, possible from 14:05]".to_owned()));
    assert_eq!(menu::next_change(&view, &Extra::default(), at("14:01:00")), Some(at("14:05:00")));
    assert!(text(&face(&view, "14:05:00").menu).contains(&"  Deactivate".to_owned()));
}

#[test]
fn an_armed_renewal_can_be_disarmed() {
    let mut view = signed_in(Status::Expiring);
    view.active = vec![ActiveRow { renewal_armed: true, ..active("Reader", "14:00:00", "18:00:00") }];
    let face = face(&view, "17:57:30");
    assert_eq!(face.glyph, Glyph::Expiring);
    assert_eq!(face.tooltip, ["Reader · 2 min left, renews at 18:00"]);
    let disarm = Command::ArmRenewal { id: "reader".into(), armed: false };
    assert_eq!(action(&face.menu, "Renew at 18:00"), Some(Action::Send(disarm)));
}

#[test]
fn several_roles_are_counted() {
    let mut view = signed_in(Status::Active);
    view.active = ["A", "B", "C", "D"].map(|name| active(name, "14:00:00", "15:00:00")).into();
    view.active[3].state = RowState::WaitingForApproval { approvers: Vec::new(), lapses_at: None };
    view.active.push(ActiveRow { activated: false, end: None, ..active("Standing", "14:00:00", "15:00:00") });
    let face = face(&view, "14:30:00");
    let line = |name| format!("{name} · 30 min left, until 15:00");
    assert_eq!(face.tooltip, ["3 roles active".into(), line("A"), line("B"), line("C"), "and 1 more".into()]);
    assert!(text(&face.menu).contains(&"D · waiting for approval".to_owned()));
    assert!(text(&face.menu).contains(&"  Withdraw the request".to_owned()));
    assert!(text(&face.menu).contains(&"Standing".to_owned()));
}

#[test]
fn a_failure_says_why_and_offers_what_helps() {
    let mut view = signed_in(Status::Error);
    let problem = Problem {
        code: "RoleAssignmentRequestPolicyValidationFailed".into(),
        message: "The ticket number is missing.".into(),
        remedy: Remedy::EditForm,
        correlation_id: Some("c-1".into()),
        detail: None,
    };
    view.active = vec![ActiveRow { state: RowState::Failed { problem }, ..active("Reader", "14:00:00", "15:00:00") }];
    let face = face(&view, "14:30:00");
    assert_eq!((face.glyph, &face.tooltip[..]), (Glyph::Error, &["Reader · failed".to_owned()][..]));
    let menu = text(&face.menu);
    let wanted =
        ["Reader · failed", "  [The ticket number is missing.]", "  Show in Pimento", "  Dismiss", "  Copy details"];
    assert_eq!(&menu[..5], wanted);
    let Some(Action::Copy(copied)) = action(&face.menu, "Copy details") else { panic!("nothing to copy") };
    assert!(copied.contains("correlation id c-1"), "{copied}");
}

#[test]
fn favourites_elevate_by_a_click_only_with_all_that_is_asked_for() {
    let mut view = signed_in(Status::Idle);
    view.eligible = vec![
        eligible("Reader"),
        EligibleRow { one_click: false, ..eligible("Intune") },
        EligibleRow { engaged: true, ..eligible("Engaged") },
        EligibleRow { favourite: false, ..eligible("Other") },
        EligibleRow {
            one_click: false,
            requirements: RequirementsView { approval: true, ..RequirementsView::default() },
            scope: Some("Sales".into()),
            ..eligible("Groups")
        },
    ];
    let face = face(&view, "14:30:00");
    assert_eq!(&text(&face.menu)[..4], ["Activate Reader", "Activate Intune…", "Request Groups (Sales)…", "-"]);
    let activate = Command::Activate {
        id: "reader".into(),
        minutes: 60,
        reason: "Weekly review".into(),
        ticket: None,
        undoable: true,
        start: None,
        scope: None,
    };
    assert_eq!(action(&face.menu, "Activate Reader"), Some(Action::Send(activate)));
    assert_eq!(action(&face.menu, "Activate Intune…"), Some(Action::OpenForm { account: None, id: "intune".into() }));
}

#[test]
fn where_clicks_can_be_forged_nothing_in_the_menu_elevates() {
    let mut view = signed_in(Status::Active);
    view.eligible = vec![eligible("Reader"), EligibleRow { one_click: false, ..eligible("Intune") }];
    view.active = vec![active("Exchange Administrator", "14:00:00", "18:00:00"), {
        ActiveRow { renewal_armed: true, ..active("Armed", "14:00:00", "18:00:00") }
    }];
    let extra = Extra { forgeable: true, ..Extra::default() };
    let menu = Face::of(&view, &extra, at("14:30:00"), utc).menu;
    assert_eq!(action(&menu, "Activate Reader…"), Some(Action::OpenForm { account: None, id: "reader".into() }));
    for action in actions(&menu) {
        let elevates = matches!(
            action,
            Action::Send(
                Command::Activate { .. }
                    | Command::RunBundle { .. }
                    | Command::RestartNow { .. }
                    | Command::ArmRenewal { armed: true, .. }
            )
        );
        assert!(!elevates, "{action:?}");
    }
}

#[test]
fn bundles_run_by_a_click_only_where_nothing_is_typed_and_nobody_forges_it() {
    let row = |eligible, engaged| BundleRow {
        id: "x".into(),
        kind: Kind::Group,
        name: "X".into(),
        scope: None,
        minutes: 60,
        eligible,
        engaged,
    };
    let bundle = |name: &str, one_click, roles| BundleView {
        name: name.into(),
        reason: "On call".into(),
        template: "On call".into(),
        roles,
        one_click,
        managed: false,
    };
    let mut view = signed_in(Status::Idle);
    view.bundles = vec![
        bundle("On call", true, vec![row(true, false), row(true, true)]),
        bundle("Ticketed", false, vec![row(true, false)]),
        bundle("Running", false, vec![row(true, true), row(false, false)]),
        bundle("Gone", false, vec![row(false, false)]),
    ];
    let menu = face(&view, "14:30:00").menu;
    let run = Command::RunBundle { name: "On call".into(), reason: None, ticket: None };
    assert_eq!(action(&menu, "Activate On call"), Some(Action::Send(run)));
    assert_eq!(
        action(&menu, "Activate Ticketed…"),
        Some(Action::OpenBundle { account: None, name: "Ticketed".into() })
    );
    let lines = text(&menu);
    assert!(lines.iter().any(|line| line.contains("Running · active")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("Gone · no eligible role")), "{lines:?}");
    let extra = Extra { forgeable: true, ..Extra::default() };
    let menu = Face::of(&view, &extra, at("14:30:00"), utc).menu;
    assert_eq!(action(&menu, "Activate On call…"), Some(Action::OpenBundle { account: None, name: "On call".into() }));
}

#[test]
fn an_activation_that_waits_out_its_undo_time_can_be_taken_back() {
    let mut view = signed_in(Status::Idle);
    view.eligible = vec![eligible("Reader")];
    view.undo = Some(Undo {
        id: "reader".into(),
        name: "Reader".into(),
        reason: "Weekly review".into(),
        minutes: 60,
        sends_at: at("14:30:05"),
    });
    let menu = face(&view, "14:30:00").menu;
    assert_eq!(&text(&menu)[..2], ["Take back: Reader", "-"]);
    assert_eq!(action(&menu, "Take back: Reader"), Some(Action::Send(Command::Undo { id: "reader".into() })));
}

#[test]
fn offline_says_how_old_the_list_is() {
    let mut view = signed_in(Status::Offline);
    view.list.as_of = Some(at("09:12:00"));
    let face = face(&view, "14:30:00");
    assert_eq!(face.glyph, Glyph::Offline);
    assert_eq!(face.tooltip, ["Offline, as of 09:12", "Nothing active · maya@contoso.example"]);
}

#[test]
fn paused_reminders_come_back_by_themselves() {
    let view = signed_in(Status::Idle);
    let window_problem = Some("No window.".into());
    let extra = Extra { paused_until: Some(at("15:30:00")), window_problem, ..Extra::default() };
    let menu = Face::of(&view, &extra, at("14:30:00"), utc).menu;
    assert_eq!(text(&menu)[0], "[No window.]");
    assert_eq!(action(&menu, "Reminders paused until 15:30"), Some(Action::PauseReminders(false)));
    assert_eq!(next_change(&view, &extra, at("14:30:00")), Some(at("15:30:00")));
    assert_eq!(next_change(&view, &extra, at("15:30:00")), None);
}

#[test]
fn nothing_wakes_while_nothing_counts_down() {
    assert_eq!(next_change(&signed_in(Status::Idle), &Extra::default(), at("14:30:00")), None);
}

proptest! {
    /// Between two announced changes the face stays as it is, and what is announced lies ahead.
    #[test]
    fn the_face_changes_when_announced_and_only_then(
        minutes in prop::collection::vec((1i64..600, 0i64..300, any::<bool>()), 0..4),
        steps in prop::collection::vec(1i64..400, 1..20),
    ) {
        let mut view = signed_in(Status::Expiring);
        for (number, (length, ago, standing)) in minutes.into_iter().enumerate() {
            let start = at("12:00:00") - TimeDelta::minutes(ago) - TimeDelta::seconds(7);
            let row = active(&format!("Role {number}"), "00:00:00", "00:00:00");
            view.active.push(ActiveRow {
                start: Some(start),
                end: Some(start + TimeDelta::minutes(length)),
                deactivatable_from: Some(start + TimeDelta::minutes(5)),
                activated: !standing,
                ..row
            });
        }
        let extra = Extra::default();
        let mut now = at("12:00:00");
        for step in steps {
            let shown = Face::of(&view, &extra, now, utc);
            let next = next_change(&view, &extra, now);
            prop_assert!(next.is_none_or(|next| next > now));
            let later = now + TimeDelta::seconds(step);
            // The end itself is told by the agent, as a new view.
            let ends = view.active.iter().any(|row| row.end.is_some_and(|end| end > now && end <= later));
            if next.is_none_or(|next| later < next) && !ends {
                prop_assert_eq!(&shown, &Face::of(&view, &extra, later, utc));
            }
            now = later;
        }
    }

    /// Whatever the service calls its roles, a line stays a line and the menu a menu.
    #[test]
    fn hostile_names_stay_on_their_line(name in ".{0,200}", scope in prop::option::of(".{0,200}")) {
        let mut view = signed_in(Status::Active);
        view.active = vec![ActiveRow { name: name.clone(), scope: scope.clone(), ..active("x", "12:00:00", "13:00:00") }];
        view.eligible = vec![EligibleRow { name, scope, ..eligible("y") }];
        let face = face(&view, "12:30:00");
        let lines = text(&face.menu).into_iter().chain(face.tooltip);
        for line in lines {
            prop_assert!(line.chars().count() < 200 && !line.contains(['\n', '\r', '\0', '\u{202e}']), "{line:?}");
        }
    }
}
