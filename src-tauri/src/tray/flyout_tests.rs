//! Life cycles of the window's process, in virtual time.

use proptest::prelude::*;

use super::*;

const ICON: Place = Place::Beside { x: 10.0, y: 0.0, width: 0.0, height: 0.0 };

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Runs to the next deadline, as the shell's timer does.
fn wait(flyout: &mut Flyout) -> (Duration, Vec<Effect>) {
    let deadline = flyout.next_deadline().expect("a deadline");
    (deadline, flyout.handle(Event::Time, deadline))
}

const ANEW: [Effect; 2] = [Effect::Start { resume: false }, Effect::Show(ICON)];
const WHERE_IT_WAS_LEFT: [Effect; 2] = [Effect::Start { resume: true }, Effect::Show(ICON)];

fn visible() -> Flyout {
    let mut flyout = Flyout::new(WARM);
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(0)), ANEW);
    assert!(flyout.handle(Event::Shown, seconds(1)).is_empty());
    assert!(flyout.handle(Event::Alive, seconds(1)).is_empty());
    flyout
}

/// The process that was told to end has ended, and the next one is on the screen.
fn comes_back(flyout: &mut Flyout, at: Duration) {
    assert_eq!(flyout.handle(Event::Exited, at), WHERE_IT_WAS_LEFT);
    flyout.handle(Event::Shown, at);
    flyout.handle(Event::Alive, at);
}

#[test]
fn the_first_click_starts_it_the_second_hides_it_the_third_finds_it_warm() {
    let mut flyout = visible();
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(10)), [Effect::Hide]);
    flyout.handle(Event::Hidden(Because::Asked), seconds(10));
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(20)), [Effect::Show(ICON)]);
}

#[test]
fn one_that_is_wanted_again_while_it_hides_is_shown() {
    let mut flyout = visible();
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(10)), [Effect::Hide]);
    assert_eq!(flyout.handle(Event::Show(ICON), seconds(10)), [Effect::Show(ICON)]);
    flyout.handle(Event::Hidden(Because::Asked), seconds(10));
    assert!(!flyout.resting(), "that was before");
    flyout.handle(Event::Shown, seconds(10));
    assert!(matches!(flyout.state, State::Visible { .. }), "a visible window is not ended");
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(20)), [Effect::Hide]);
}

#[test]
fn a_window_that_stays_hidden_is_ended() {
    let mut flyout = visible();
    flyout.handle(Event::Hidden(Because::Blur), seconds(10));
    let (at, effects) = wait(&mut flyout);
    assert_eq!((at, effects), (seconds(10) + WARM, vec![Effect::End]));
    flyout.handle(Event::Exited, at);
    assert_eq!(flyout.next_deadline(), None);
    assert_eq!(flyout.handle(Event::Toggle(ICON), at), ANEW);
}

#[test]
fn the_click_that_took_the_focus_away_does_not_open_it_again() {
    let mut flyout = visible();
    flyout.handle(Event::Hidden(Because::Blur), seconds(10));
    assert!(flyout.handle(Event::Toggle(ICON), seconds(10) + Duration::from_millis(80)).is_empty());
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(10) + Duration::from_millis(200)), [Effect::Show(ICON)]);
}

#[test]
fn one_that_does_not_answer_is_killed_and_once_more_started() {
    let mut flyout = Flyout::new(WARM);
    flyout.handle(Event::Show(ICON), seconds(0));
    let (at, effects) = wait(&mut flyout);
    assert_eq!(effects, [Effect::Kill]);
    assert_eq!(flyout.handle(Event::Exited, at), ANEW);
    let (at, effects) = wait(&mut flyout);
    assert_eq!(effects, [Effect::Kill, Effect::GiveUp]);
    assert!(flyout.handle(Event::Exited, at).is_empty(), "no endless attempts");
}

#[test]
fn one_that_hangs_when_it_should_hide_is_killed() {
    let mut flyout = visible();
    flyout.handle(Event::Toggle(ICON), seconds(10));
    assert_eq!(wait(&mut flyout).1, [Effect::Kill]);
}

#[test]
fn impatient_clicks_do_not_shorten_a_slow_start() {
    let mut flyout = Flyout::new(WARM);
    flyout.handle(Event::Toggle(ICON), seconds(0));
    assert!(flyout.starting());
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(1)), [Effect::Hide]);
    assert_eq!(flyout.next_deadline(), Some(STARTS_WITHIN));
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(2)), [Effect::Show(ICON)]);
    assert_eq!(flyout.next_deadline(), Some(STARTS_WITHIN));
    flyout.handle(Event::Shown, seconds(9));
    assert!(!flyout.starting());
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(20)), [Effect::Hide]);
    assert_eq!(flyout.next_deadline(), Some(seconds(20) + ANSWERS_WITHIN), "it is up: it answers soon");
}

#[test]
fn a_visible_page_is_asked_for_a_sign_of_life_and_a_hidden_one_is_not() {
    let mut flyout = visible();
    let (mut at, mut effects) = (seconds(1), Vec::new());
    for beat in 1..=10 {
        (at, effects) = wait(&mut flyout);
        assert_eq!(at, seconds(1) + PULSE * beat);
        assert_eq!(effects, [Effect::Ping]);
        assert!(flyout.handle(Event::Alive, at).is_empty());
    }
    assert_eq!(effects, [Effect::Ping]);
    flyout.handle(Event::Toggle(ICON), at);
    flyout.handle(Event::Hidden(Because::Asked), at);
    assert_eq!(wait(&mut flyout), (at + WARM, vec![Effect::End]));
}

#[test]
fn a_page_that_does_not_answer_is_asked_once_more_then_replaced_where_it_was_left() {
    let mut flyout = visible();
    assert_eq!(wait(&mut flyout).1, [Effect::Ping]);
    // This machine may have slept since: that is no proof.
    assert_eq!(flyout.handle(Event::Time, seconds(8 * 3600)), [Effect::Ping]);
    flyout.handle(Event::Alive, seconds(8 * 3600));
    let (asked, _) = wait(&mut flyout);
    assert_eq!(wait(&mut flyout).1, [Effect::Ping]);
    let (at, effects) = wait(&mut flyout);
    assert_eq!(effects, [Effect::Kill]);
    assert_eq!(at, asked + 2 * BEATS_WITHIN);
    comes_back(&mut flyout, at);
}

#[test]
fn a_new_page_has_the_time_of_a_start_before_it_is_asked() {
    let mut flyout = Flyout::new(WARM);
    flyout.handle(Event::Show(ICON), seconds(0));
    flyout.handle(Event::Shown, seconds(2));
    assert_eq!(wait(&mut flyout), (seconds(2) + STARTS_WITHIN, vec![Effect::Ping]));
}

#[test]
fn a_page_that_died_while_nobody_looked_is_found_out_when_it_is_shown() {
    let mut flyout = visible();
    flyout.handle(Event::Toggle(ICON), seconds(10));
    flyout.handle(Event::Hidden(Because::Asked), seconds(10));
    assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(20)), [Effect::Show(ICON)]);
    assert_eq!(flyout.handle(Event::Shown, seconds(20)), [Effect::Ping]);
    assert_eq!(wait(&mut flyout).1, [Effect::Ping]);
    let (at, effects) = wait(&mut flyout);
    assert_eq!(effects, [Effect::Kill]);
    assert_eq!(at, seconds(20) + 2 * BEATS_WITHIN);
    comes_back(&mut flyout, at);
}

#[test]
fn a_page_that_dies_on_the_screen_comes_back_where_it_was_left() {
    let mut flyout = visible();
    assert_eq!(flyout.handle(Event::PageDied, seconds(10)), [Effect::Kill]);
    assert!(flyout.handle(Event::PageDied, seconds(10)).is_empty(), "once is enough");
    comes_back(&mut flyout, seconds(10));
}

#[test]
fn a_window_whose_process_ends_comes_back_too() {
    let mut flyout = visible();
    comes_back(&mut flyout, seconds(10));
    // Just asked to show its window again, it is as good as visible.
    let mut flyout = visible();
    flyout.handle(Event::Show(ICON), seconds(10));
    comes_back(&mut flyout, seconds(10));
}

#[test]
fn twice_within_minutes_waits_for_a_click_and_begins_anew() {
    for died in [Event::PageDied, Event::Exited] {
        let mut flyout = visible();
        flyout.handle(Event::PageDied, seconds(10));
        comes_back(&mut flyout, seconds(10));
        assert!(flyout.handle(died, seconds(60)).contains(&Effect::GiveUp), "{died:?}");
        assert!(flyout.handle(Event::Exited, seconds(60)).is_empty());
        assert_eq!(flyout.next_deadline(), None);
        assert_eq!(flyout.handle(Event::Toggle(ICON), seconds(61)), ANEW);
    }
    // Long after, it is no loop.
    let mut flyout = visible();
    flyout.handle(Event::PageDied, seconds(10));
    comes_back(&mut flyout, seconds(10));
    assert_eq!(flyout.handle(Event::PageDied, seconds(10) + RECOVERS_EVERY), [Effect::Kill]);
    comes_back(&mut flyout, seconds(10) + RECOVERS_EVERY);
}

#[test]
fn what_dies_hidden_waits_for_the_next_click_which_finds_what_was_left_unless_it_comes_late() {
    for (clicked, expected) in [(seconds(20), WHERE_IT_WAS_LEFT), (seconds(10) + WARM, ANEW)] {
        for died in [Event::PageDied, Event::Exited] {
            let mut flyout = visible();
            flyout.handle(Event::Toggle(ICON), seconds(10));
            flyout.handle(Event::Hidden(Because::Asked), seconds(10));
            for effect in flyout.handle(died, seconds(15)) {
                assert_eq!(effect, Effect::Kill);
                assert!(flyout.handle(Event::Exited, seconds(15)).is_empty());
            }
            assert_eq!(flyout.next_deadline(), None);
            assert_eq!(flyout.handle(Event::Toggle(ICON), clicked), expected);
        }
    }
}

#[test]
fn wanted_again_while_it_ends_it_is_started_again() {
    let mut flyout = visible();
    flyout.handle(Event::Hidden(Because::Asked), seconds(10));
    let (at, _) = wait(&mut flyout);
    assert!(flyout.handle(Event::Show(Place::Centre), at).is_empty());
    assert_eq!(flyout.handle(Event::Exited, at), [Effect::Start { resume: false }, Effect::Show(Place::Centre)]);
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Toggle(ICON)),
        Just(Event::Show(Place::Ordinary)),
        Just(Event::Shown),
        Just(Event::Hidden(Because::Asked)),
        Just(Event::Hidden(Because::Blur)),
        Just(Event::Hidden(Because::Closed)),
        Just(Event::Alive),
        Just(Event::PageDied),
        Just(Event::Exited),
        Just(Event::Time),
        Just(Event::Quit),
    ]
}

proptest! {
    /// However things happen to follow each other: never two processes, nothing is sent to none, and a deadline that has
    /// come is dealt with.
    #[test]
    fn never_two_processes_and_no_deadline_in_the_past(steps in prop::collection::vec((events(), 0u64..20_000), 1..60)) {
        let (mut flyout, mut now, mut alive) = (Flyout::new(WARM), Duration::ZERO, false);
        for (event, milliseconds) in steps {
            now += Duration::from_millis(milliseconds);
            if event == Event::Exited {
                alive = false;
            }
            for event in [event, Event::Time] {
                for effect in flyout.handle(event, now) {
                    match effect {
                        Effect::Start { .. } => {
                            prop_assert!(!alive, "a second process");
                            alive = true;
                        }
                        // After a crash that has not been noticed yet, nothing is lost by ending it.
                        Effect::End | Effect::Kill | Effect::GiveUp => {}
                        Effect::Show(_) | Effect::Hide | Effect::Ping => prop_assert!(alive, "sent to nobody"),
                    }
                }
            }
            prop_assert!(flyout.next_deadline().is_none_or(|deadline| deadline > now));
        }
    }

    /// Whatever dies, and however often: without anybody's wish, a window is started once in some minutes at most.
    #[test]
    fn never_a_loop_of_restarts(steps in prop::collection::vec((events(), 0u64..5_000), 1..200)) {
        let (mut flyout, mut now, mut starts) = (visible(), seconds(1), 0u32);
        for (event, milliseconds) in steps {
            now += Duration::from_millis(milliseconds);
            if matches!(event, Event::Toggle(_) | Event::Show(_)) {
                continue;
            }
            let effects = flyout.handle(event, now);
            starts += u32::from(effects.iter().any(|effect| matches!(effect, Effect::Start { .. })));
            prop_assert!(RECOVERS_EVERY * starts <= now + RECOVERS_EVERY, "{starts} by {now:?}");
        }
    }

    /// A window that was asked to hide, or has been hidden for long, leaves no process behind, whatever came before.
    #[test]
    fn it_always_comes_to_rest(steps in prop::collection::vec(events(), 0..40)) {
        let (mut flyout, mut now) = (Flyout::new(WARM), Duration::ZERO);
        for event in steps {
            now += Duration::from_secs(1);
            flyout.handle(event, now);
        }
        if let State::Showing { .. } | State::Visible { .. } = flyout.state {
            flyout.handle(Event::Toggle(ICON), now);
        }
        for _ in 0..8 {
            let Some(deadline) = flyout.next_deadline() else { break };
            let effects = flyout.handle(Event::Time, deadline);
            if effects.iter().any(|effect| matches!(effect, Effect::End | Effect::Kill)) {
                flyout.handle(Event::Exited, deadline);
            }
        }
        prop_assert_eq!(flyout.next_deadline(), None);
    }
}
