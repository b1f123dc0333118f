//! Who has signed in in their browser, which hides the window, is shown what there is. Pure.

use pim::view::View;

/// The sign-in that ended last, by its serial.
#[derive(Debug, Default)]
pub struct SignIns(u32);

impl SignIns {
    /// Whether a sign-in has ended since the last view, and not because the person has given it up.
    pub fn ended(&mut self, view: &View) -> bool {
        let Some(end) = view.sign_in_end.as_ref().filter(|end| end.serial != self.0) else { return false };
        self.0 = end.serial;
        !end.given_up()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use pim::{
        problem::{Problem, Remedy},
        view::SignInEnd,
    };

    use super::*;

    #[test]
    fn every_sign_in_is_shown_once_and_none_that_was_given_up() {
        let mut view = View::empty(DateTime::UNIX_EPOCH);
        let mut sign_ins = SignIns::default();
        assert!(!sign_ins.ended(&view));
        for (serial, code, shown) in
            [(1, None, true), (2, Some("sign-in-cancelled"), false), (3, Some("offline"), true)]
        {
            let problem = code.map(|code| Problem {
                code: code.to_owned(),
                message: String::new(),
                remedy: Remedy::None,
                correlation_id: None,
                detail: None,
            });
            view.sign_in_end = Some(SignInEnd { serial, problem });
            assert_eq!(sign_ins.ended(&view), shown, "{serial}");
            assert!(!sign_ins.ended(&view), "once");
        }
    }
}
