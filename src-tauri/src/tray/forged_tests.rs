//! Where a click in the menu can be another program's call, nothing in it elevates: whatever the view, whatever is due.

use std::cell::Cell;

use super::{accounts::with_fabrikam, *};

/// Whether this gives somebody a role, now or later. Named one by one, so that a new command has to be thought about.
fn elevates(command: &Command) -> bool {
    match command {
        Command::For { command, .. } => elevates(command),
        Command::Activate { .. }
        | Command::ActivateSeveral { .. }
        | Command::RunBundle { .. }
        | Command::RestartNow { .. }
        | Command::RequestExtension { .. }
        | Command::ArmRenewal { armed: true, .. }
        // What is kept could be run later, by somebody who trusts it.
        | Command::SaveBundle { .. }
        | Command::ImportBundles { .. }
        | Command::SaveSettings { .. }
        | Command::Watch { .. }
        // What is installed is not for another program to say.
        | Command::Updates { .. } => true,
        Command::SelectAccount { .. }
        | Command::FindTenants
        | Command::SignInTenant { .. }
        | Command::SignInDemo
        | Command::SignIn
        | Command::SignInDeviceCode
        | Command::CancelSignIn
        | Command::SignOut
        | Command::Refresh
        | Command::RefreshSource { .. }
        | Command::AllowSource { .. }
        | Command::DeleteBundle { .. }
        | Command::ExportBundles { .. }
        | Command::EnterRole { .. }
        | Command::ForgetRole { .. }
        | Command::ShowDetail { .. }
        | Command::UnfoldScope { .. }
        | Command::PickScope { .. }
        | Command::CloseDetail
        | Command::CheckEffect { .. }
        | Command::OpenHint { .. }
        | Command::ShowHistory { .. }
        | Command::CloseHistory
        | Command::Undo { .. }
        | Command::Deactivate { .. }
        | Command::ArmRenewal { armed: false, .. }
        | Command::CancelRequest { .. }
        | Command::SetFavourite { .. }
        | Command::OpenForm { .. }
        | Command::OpenBundle { .. }
        | Command::DismissProblem { .. }
        | Command::DismissNotice { .. } => false,
    }
}

fn problem() -> Problem {
    Problem {
        code: "x".into(),
        message: "No.".into(),
        remedy: Remedy::Retry { at: None },
        correlation_id: None,
        detail: None,
    }
}

fn states() -> impl Strategy<Value = RowState> {
    prop_oneof![
        Just(RowState::Active),
        Just(RowState::Requesting),
        Just(RowState::SteppingUp),
        Just(RowState::Checking),
        Just(RowState::WaitingForApproval { approvers: Vec::new(), lapses_at: None }),
        Just(RowState::Provisioning),
        Just(RowState::Scheduled),
        Just(RowState::Deactivating),
        Just(RowState::Failed { problem: problem() }),
    ]
}

fn actives() -> impl Strategy<Value = Vec<ActiveRow>> {
    let row = (states(), any::<[bool; 5]>(), 0..600_i64).prop_map(|(state, flags, minutes)| {
        let [activated, renewable, renewal_armed, ended, troubled] = flags;
        let start = at("12:00:00") - TimeDelta::minutes(minutes);
        ActiveRow {
            state,
            activated,
            renewable,
            renewal_armed,
            start: Some(start),
            end: (!ended).then(|| start + TimeDelta::hours(8)),
            deactivatable_from: Some(start + TimeDelta::minutes(5)),
            problem: troubled.then(problem),
            ..active("Role", "12:00:00", "20:00:00")
        }
    });
    prop::collection::vec(row, 0..4)
}

fn eligibles() -> impl Strategy<Value = Vec<EligibleRow>> {
    let row = any::<[bool; 6]>().prop_map(|[favourite, one_click, engaged, approval, reason, scoped]| EligibleRow {
        favourite,
        one_click,
        engaged,
        requirements: RequirementsView { approval, ..RequirementsView::default() },
        last_reason: reason.then(|| "why".to_owned()),
        scope: scoped.then(|| "Sales".to_owned()),
        ..eligible("Role")
    });
    prop::collection::vec(row, 0..12)
}

fn all_bundles() -> impl Strategy<Value = Vec<BundleView>> {
    let row = any::<[bool; 2]>().prop_map(|[eligible, engaged]| BundleRow {
        id: "x".into(),
        kind: Kind::Group,
        name: "X".into(),
        scope: None,
        minutes: 60,
        eligible,
        engaged,
    });
    let bundle = (prop::collection::vec(row, 0..4), any::<[bool; 2]>()).prop_map(|(roles, [one_click, managed])| {
        BundleView { name: "On call".into(), reason: "why".into(), template: "why".into(), roles, one_click, managed }
    });
    prop::collection::vec(bundle, 0..4)
}

/// Menus that say how many of all can elevate.
const MANY: usize = 400;

#[test]
fn of_all_menus_that_can_be_forged_none_elevates() {
    let (menus, tried, control) = (Cell::new(0), Cell::new(0), Cell::new(0));
    proptest!(ProptestConfig::with_cases(4_000), |(
        active in actives(),
        elsewhere in actives(),
        eligible in eligibles(),
        bundles in all_bundles(),
        (undo, paused, several, troubled) in any::<(bool, bool, bool, bool)>(),
        minute in 0..720_i64,
    )| {
        let mut view = signed_in(Status::Active);
        (view.active, view.eligible, view.bundles) = (active, eligible, bundles);
        view.undo = undo.then(|| Undo {
            id: "role".into(),
            name: "Role".into(),
            reason: "why".into(),
            minutes: 60,
            sends_at: at("12:00:05"),
        });
        if several {
            view = with_fabrikam(view, Status::Active, elsewhere);
            view.accounts[1].problem = troubled.then(problem);
        }
        let now = at("12:00:00") + TimeDelta::minutes(minute);
        let paused_until = paused.then(|| now + TimeDelta::minutes(9));
        menus.set(menus.get() + 1);
        for forgeable in [true, false] {
            let extra = Extra { paused_until, forgeable, ..Extra::default() };
            for action in actions(&Face::of(&view, &extra, now, utc).menu) {
                let Action::Send(command) = &action else { continue };
                if forgeable {
                    prop_assert!(!elevates(command), "{:?}", action);
                    tried.set(tried.get() + 1);
                } else {
                    control.set(control.get() + usize::from(elevates(command)));
                }
            }
        }
    });
    println!(
        "S5: {} lines of menus that can be forged, 0 elevate; control: {} of those that cannot",
        tried.get(),
        control.get()
    );
    // How often one can elevate is told by many of them; where time is short a few are tried.
    if menus.get() >= MANY {
        assert!(control.get() > menus.get() / 5, "{} in {}: nothing here could elevate", control.get(), menus.get());
    }
}
