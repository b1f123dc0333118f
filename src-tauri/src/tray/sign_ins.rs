//! Who has been in their browser, which hides the window, is shown what came of it. Pure.

use std::collections::BTreeSet;

use pim::view::{ActiveRow, RowState, View};

/// What was begun in the browser, as far as the last view knew.
#[derive(Debug, Default)]
pub struct SignIns {
    /// The sign-in that ended last, by its serial.
    ended: u32,
    /// Roles for which something stronger is being proven, by their ids.
    proving: BTreeSet<String>,
}

impl SignIns {
    /// Whether somebody has come back from the browser since the last view: a sign-in has ended, and not because they have
    /// given it up, or a role goes on now that something stronger is proven.
    pub fn returned(&mut self, view: &View) -> bool {
        let ended = view.sign_in_end.as_ref().filter(|end| end.serial != self.ended);
        let signed_in = ended.is_some_and(|end| {
            self.ended = end.serial;
            !end.given_up()
        });
        let proved = view.active.iter().any(|row| self.proving.contains(&row.id) && goes_on(row));
        self.proving = view.active.iter().filter(|row| proves(row)).map(|row| row.id.clone()).collect();
        signed_in || proved
    }
}

/// A browser is open for it.
fn proves(row: &ActiveRow) -> bool {
    let pending = row.renewal.as_ref().and_then(|renewal| renewal.pending.as_ref());
    row.state == RowState::SteppingUp || pending == Some(&RowState::SteppingUp)
}

/// No browser is open for it, and what was wanted is under way.
fn goes_on(row: &ActiveRow) -> bool {
    let under_way = match row.state {
        RowState::Requesting
        | RowState::Checking
        | RowState::WaitingForApproval { .. }
        | RowState::Provisioning
        | RowState::Scheduled
        | RowState::Active => true,
        RowState::SteppingUp | RowState::Deactivating | RowState::Failed { .. } => false,
    };
    under_way && !proves(row) && row.problem.is_none()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use pim::{
        problem::{Problem, Remedy},
        view::{RenewalView, RenewalWay, SignInEnd},
    };

    use super::*;
    use crate::tray::face::tests::active;

    fn problem(code: &str) -> Problem {
        Problem {
            code: code.to_owned(),
            message: String::new(),
            remedy: Remedy::None,
            correlation_id: None,
            detail: None,
        }
    }

    #[test]
    fn every_sign_in_is_shown_once_and_none_that_was_given_up() {
        let mut view = View::empty(DateTime::UNIX_EPOCH);
        let mut sign_ins = SignIns::default();
        assert!(!sign_ins.returned(&view));
        for (serial, code, shown) in
            [(1, None, true), (2, Some("sign-in-cancelled"), false), (3, Some("offline"), true)]
        {
            let problem = code.map(problem);
            view.sign_in_end = Some(SignInEnd { serial, problem });
            assert_eq!(sign_ins.returned(&view), shown, "{serial}");
            assert!(!sign_ins.returned(&view), "once");
        }
    }

    #[test]
    fn what_was_proven_for_a_role_that_goes_on_is_shown_once() {
        let role = |state| vec![ActiveRow { state, ..active("Reader", "12:00:00", "13:00:00") }];
        let mut sign_ins = SignIns::default();
        let mut returned = |active| sign_ins.returned(&View { active, ..View::empty(DateTime::UNIX_EPOCH) });
        // Nothing was to be proven.
        assert!(!returned(role(RowState::Requesting)));
        assert!(!returned(role(RowState::Active)));
        for (then, shown) in [
            (role(RowState::Requesting), true),
            (role(RowState::WaitingForApproval { approvers: Vec::new(), lapses_at: None }), true),
            (role(RowState::Active), true),
            (role(RowState::Failed { problem: problem("x") }), false),
            // Given up in the browser, or another account's list.
            (Vec::new(), false),
        ] {
            assert!(!returned(role(RowState::SteppingUp)), "the browser is open");
            assert!(!returned(role(RowState::SteppingUp)), "still");
            assert_eq!(returned(then.clone()), shown, "{then:?}");
            assert!(!returned(then), "once");
        }
    }

    #[test]
    fn a_renewal_whose_proof_was_given_is_shown_and_one_that_was_refused_is_not() {
        let armed = |pending, problem| {
            let renewal = RenewalView {
                armed: pending != Some(RowState::SteppingUp),
                way: RenewalWay::AtExpiry,
                gap_seconds: 0,
                restart_gap_seconds: 0,
                step_up: true,
                ahead: None,
                pending,
                not_after: None,
                refused: None,
            };
            vec![ActiveRow { renewal: Some(renewal), problem, ..active("Reader", "12:00:00", "13:00:00") }]
        };
        let mut sign_ins = SignIns::default();
        let mut returned = |active| sign_ins.returned(&View { active, ..View::empty(DateTime::UNIX_EPOCH) });
        for (problem, shown) in [(None, true), (Some(problem("x")), false)] {
            assert!(!returned(armed(Some(RowState::SteppingUp), None)));
            assert_eq!(returned(armed(None, problem.clone())), shown);
            assert!(!returned(armed(None, problem)));
        }
    }
}
