//! What the icon says of several accounts.

use super::*;

/// A view with a second account beside the one that is shown.
pub(super) fn with_fabrikam(mut view: View, status: Status, active: Vec<ActiveRow>) -> View {
    let Session::SignedIn { account } = view.session.clone() else { panic!("nobody") };
    let row =
        |account, current, status, active| AccountRow { account, colour: 0, current, status, active, problem: None };
    let other = Account { id: "guest.other".into(), tenant: "Fabrikam".into(), ..account.clone() };
    view.accounts = vec![row(account, true, view.status, Vec::new()), row(other, false, status, active)];
    view
}

#[test]
fn what_another_account_has_active_is_shown_with_its_tenant_and_addressed_to_it() {
    let here = View { active: vec![active("Reader", "11:00:00", "15:00:00")], ..signed_in(Status::Active) };
    let there = vec![active("Reader", "11:00:00", "12:03:00")];
    let view = with_fabrikam(here, Status::Expiring, there);
    let face = face(&view, "12:00:00");
    assert_eq!(face.glyph, Glyph::Expiring);
    assert_eq!(face.tooltip[0], "2 roles active");
    assert!(face.tooltip.iter().any(|line| line.starts_with("Reader · Fabrikam · 3 min left")), "{:?}", face.tooltip);
    assert!(text(&face.menu).contains(&"Reader · Fabrikam · 3 min".into()), "{:?}", text(&face.menu));
    let ended: Vec<_> = actions(&face.menu)
        .into_iter()
        .filter_map(|action| match action {
            Action::Send(Command::For { account, command }) => {
                matches!(*command, Command::Deactivate { .. }).then_some(account)
            }
            _ => None,
        })
        .collect();
    assert_eq!(ended, ["oid.tid", "guest.other"]);
    assert!(text(&face.menu).contains(&"Sign out maya@contoso.example (Contoso)".into()));
}

#[test]
fn nothing_in_the_menu_is_sent_without_the_account_that_it_was_shown_under() {
    let mut here = View { active: vec![active("Reader", "11:00:00", "15:00:00")], ..signed_in(Status::Active) };
    here.eligible = vec![eligible("Owner")];
    let waiting = ActiveRow { state: RowState::Scheduled, ..active("Later", "13:00:00", "14:00:00") };
    let mut view = with_fabrikam(here, Status::Active, vec![waiting]);
    let over = Problem {
        code: "x".into(),
        message: "Over.".into(),
        remedy: Remedy::SignIn,
        correlation_id: None,
        detail: None,
    };
    view.accounts[1].problem = Some(over);
    let face = face(&view, "12:00:00");
    for action in actions(&face.menu) {
        match action {
            Action::Send(command) => assert!(matches!(command, Command::For { .. }), "{command:?}"),
            Action::OpenForm { account, .. } | Action::OpenBundle { account, .. } => assert!(account.is_some()),
            _ => {}
        }
    }
    let again = action(&face.menu, "Sign in again at Fabrikam…");
    let Some(Action::Send(Command::For { account, command })) = again else { panic!("{again:?}") };
    assert_eq!((account.as_str(), *command), ("guest.other", Command::SignIn));
}

#[test]
fn an_account_that_is_not_signed_in_does_not_hide_the_one_that_is_shown() {
    for (other, glyph) in [
        (Status::SignedOut, Glyph::Idle),
        (Status::Loading, Glyph::Idle),
        (Status::Error, Glyph::Error),
        (Status::Offline, Glyph::Offline),
    ] {
        assert_eq!(face(&with_fabrikam(signed_in(Status::Idle), other, Vec::new()), "12:00:00").glyph, glyph);
    }
}
