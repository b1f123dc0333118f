use proptest::prelude::*;

use super::*;
use crate::problem::Remedy;

fn at(minutes: i64) -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

const DAY: i64 = 24 * 60;

fn here() -> Here {
    Here { version: Version::new(0, 1, 0), target: "x86_64-unknown-linux-gnu".into(), format: "deb".into() }
}

fn package(format: &str) -> Package {
    let (target, file) = (here().target, format!("p.{format}"));
    Package { target, format: format.into(), file, size: 7, sha256: "0".repeat(64) }
}

fn manifest(version: &str, published: DateTime<Utc>) -> Manifest {
    let notes = "https://pimento.example/notes".parse().unwrap();
    let packages = vec![package("rpm"), package("deb"), package("flying-carpet")];
    Manifest { version: version.parse().unwrap(), published, notes, packages }
}

fn told(version: &str, published: DateTime<Utc>) -> (Signed, Manifest) {
    let signed = Signed { text: version.into(), signature: String::new() };
    (signed, manifest(version, published))
}

fn problem() -> Problem {
    codes::ours(codes::NETWORK, None)
}

fn begun(memory: Memory, newest: Option<Manifest>, started: i64) -> Plan {
    Plan::new(here(), at(started), memory, newest)
}

/// With the default settings.
fn scene(minutes: i64) -> Scene<'static> {
    static SETTINGS: Updating = Updating { look: true, defer_days: 0 };
    Scene { settings: &SETTINGS, now: at(minutes) }
}

/// That was told this.
fn knowing(version: &str, published: i64) -> Plan {
    let mut plan = begun(Memory::default(), None, 0);
    assert_eq!(plan.due(scene(5)), Some(Deed::Look));
    plan.looked(Ok(told(version, at(published))), at(5));
    plan
}

fn offer(plan: &Plan, scene: Scene<'_>) -> Option<Offer> {
    plan.shown(scene).offer
}

#[test]
fn the_first_look_is_some_minutes_after_the_start_and_the_next_a_day_later_over_restarts() {
    let mut plan = begun(Memory::default(), None, 0);
    assert_eq!((plan.due(scene(0)), plan.next(scene(0))), (None, Some(at(5))));
    assert_eq!(plan.due(scene(5)), Some(Deed::Look));
    assert!(plan.shown(scene(5)).looking);
    assert_eq!((plan.due(scene(6)), plan.next(scene(6))), (None, None), "one at a time");
    plan.looked(Ok(told("0.1.0", at(-DAY))), at(6));
    assert_eq!(plan.shown(scene(6)).as_of, Some(at(6)));
    assert_eq!(plan.next(scene(6)), Some(at(5 + DAY)));

    // Pimento is started anew: soon after, and two days later.
    let mut soon = begun(plan.memory().clone(), None, 60);
    assert_eq!((soon.due(scene(90)), soon.next(scene(90))), (None, Some(at(5 + DAY))));
    assert_eq!(soon.due(scene(5 + DAY)), Some(Deed::Look));
    let mut later = begun(plan.memory().clone(), None, 2 * DAY);
    assert_eq!((later.due(scene(2 * DAY)), later.next(scene(2 * DAY))), (None, Some(at(2 * DAY + 5))));

    // A clock that was wrong keeps nobody from looking for years.
    let wrong = Memory { looked: Some(at(1_000 * DAY)), ..Memory::default() };
    assert_eq!(begun(wrong, None, 0).due(scene(5)), Some(Deed::Look));
}

#[test]
fn what_fails_by_itself_is_silent_and_tried_the_next_day_and_what_somebody_asked_for_is_said() {
    let mut plan = begun(Memory::default(), None, 0);
    plan.due(scene(5));
    plan.looked(Err(problem()), at(5));
    assert_eq!(plan.shown(scene(6)).problem, None);
    assert_eq!((plan.due(scene(6)), plan.next(scene(6))), (None, Some(at(5 + DAY))));

    assert_eq!(plan.wish(UpdateWish::Look, scene(10)), Some(Deed::Look));
    plan.looked(Err(problem()), at(10));
    let shown = plan.shown(scene(10)).problem.unwrap();
    assert_eq!((shown.code.as_str(), shown.remedy), (codes::NETWORK, Remedy::Retry { at: None }));
    assert_eq!(plan.shown(scene(10)).as_of, None);
    // The next try begins anew.
    plan.wish(UpdateWish::Look, scene(11));
    assert_eq!(plan.shown(scene(11)).problem, None);
}

#[test]
fn switched_off_nothing_is_asked_and_nothing_is_offered() {
    let off = Updating { look: false, defer_days: 0 };
    let scene = |minutes| Scene { settings: &off, now: at(minutes) };
    let mut plan = knowing("0.2.0", -DAY);
    for minutes in [0, 5, 10 * DAY] {
        assert_eq!((plan.due(scene(minutes)), plan.next(scene(minutes))), (None, None));
        for wish in [UpdateWish::Look, UpdateWish::Download, UpdateWish::Install, UpdateWish::Notes] {
            assert_eq!(plan.wish(wish, scene(minutes)), None);
        }
        let Updates { looks, offer, .. } = plan.shown(scene(minutes));
        assert_eq!((looks, offer), (Looks::Off, None));
    }
}

#[test]
fn what_is_not_newer_is_never_offered() {
    for version in ["0.1.0", "0.0.9", "0.1.0-rc.1", "0.1.0+later"] {
        let mut plan = knowing(version, -DAY);
        assert_eq!(offer(&plan, scene(DAY)), None, "{version}");
        assert_eq!(plan.wish(UpdateWish::Download, scene(DAY)), None);
    }
    for version in ["0.1.1", "0.2.0-rc.1", "0.10.0", "1.0.0"] {
        let plan = knowing(version, -DAY);
        assert_eq!(offer(&plan, scene(DAY)).unwrap().version, version);
    }
}

#[test]
fn what_is_older_than_what_was_verified_before_is_not_taken_in_its_place() {
    let mut plan = knowing("0.3.0", -DAY);
    let before = plan.memory().newest.clone();
    plan.wish(UpdateWish::Look, scene(10));
    plan.looked(Ok(told("0.2.0", at(-2 * DAY))), at(10));
    assert_eq!(plan.shown(scene(10)).problem.unwrap().code, codes::UPDATE_OUTDATED);
    assert_eq!(offer(&plan, scene(10)).unwrap().version, "0.3.0");
    assert_eq!(plan.memory().newest, before);
    // Nor after a restart, with what was kept.
    let mut anew = begun(plan.memory().clone(), Some(manifest("0.3.0", at(-DAY))), 20);
    anew.wish(UpdateWish::Look, scene(30));
    anew.looked(Ok(told("0.2.0", at(-2 * DAY))), at(30));
    assert_eq!(offer(&anew, scene(30)).unwrap().version, "0.3.0");
    // What its makers say since then holds, also where they take something back.
    anew.wish(UpdateWish::Look, scene(40));
    anew.looked(Ok(told("0.2.9", at(35))), at(40));
    assert_eq!(offer(&anew, scene(40)).unwrap().version, "0.2.9");
}

#[test]
fn it_is_offered_only_so_many_days_after_it_came_out() {
    let deferred = Updating { look: true, defer_days: 14 };
    let scene = |minutes| Scene { settings: &deferred, now: at(minutes) };
    let mut plan = knowing("0.2.0", 0);
    assert_eq!(offer(&plan, scene(14 * DAY - 1)), None);
    assert_eq!(plan.wish(UpdateWish::Download, scene(14 * DAY - 1)), None);
    // Whoever waits for it is woken: nothing else happens then.
    plan.memory.looked = Some(at(14 * DAY - 10));
    assert_eq!(plan.next(scene(14 * DAY - 9)), Some(at(14 * DAY)));
    assert_eq!(offer(&plan, scene(14 * DAY)).unwrap().version, "0.2.0");
    // A date at the end of time is no reason to fall over.
    let mut never = knowing("0.2.0", 0);
    never.newest = Some(manifest("0.2.0", DateTime::<Utc>::MAX_UTC));
    assert_eq!(offer(&never, scene(0)), None);
}

#[test]
fn no_banner_comes_back_for_a_version_that_was_put_off_and_one_for_the_next() {
    let mut plan = knowing("0.2.0", -DAY);
    assert!(!offer(&plan, scene(10)).unwrap().later);
    assert_eq!(plan.wish(UpdateWish::Later, scene(10)), None);
    assert!(offer(&plan, scene(10)).unwrap().later);
    let mut anew = begun(plan.memory().clone(), plan.newest.clone(), 20);
    assert!(offer(&anew, scene(30)).unwrap().later);
    anew.wish(UpdateWish::Look, scene(40));
    anew.looked(Ok(told("0.3.0", at(0))), at(40));
    assert!(!offer(&anew, scene(40)).unwrap().later);
}

#[test]
fn the_package_for_this_system_is_downloaded_then_installed_each_by_a_click() {
    let mut plan = knowing("0.2.0", -DAY);
    let state = |plan: &Plan| offer(plan, scene(10)).unwrap().package;
    assert_eq!(state(&plan), OfferedPackage::Published { size: 7 });
    assert_eq!(plan.wish(UpdateWish::Install, scene(10)), None, "it is not here");
    assert_eq!(plan.wish(UpdateWish::Download, scene(10)), Some(Deed::Fetch(package("deb"))));
    assert_eq!(plan.wish(UpdateWish::Download, scene(10)), None, "once");
    plan.fetching(40);
    assert_eq!(state(&plan), OfferedPackage::Downloading { percent: 40 });

    plan.fetched(Err(codes::ours(codes::UPDATE_DAMAGED, None)));
    assert_eq!(state(&plan), OfferedPackage::Published { size: 7 });
    assert_eq!(plan.shown(scene(10)).problem.unwrap().code, codes::UPDATE_DAMAGED);
    plan.wish(UpdateWish::Download, scene(10));
    plan.fetched(Ok(()));
    assert_eq!((state(&plan), plan.shown(scene(10)).problem), (OfferedPackage::Here, None));

    assert_eq!(plan.wish(UpdateWish::Install, scene(10)), Some(Deed::Install(package("deb"))));
    assert_eq!(plan.wish(UpdateWish::Install, scene(10)), None, "once");
    plan.installed(true, Some(problem()));
    assert_eq!(state(&plan), OfferedPackage::Here);
    plan.wish(UpdateWish::Install, scene(10));
    plan.installed(false, Some(problem()));
    assert_eq!(state(&plan), OfferedPackage::Published { size: 7 });
}

#[test]
fn what_lies_here_is_of_no_use_once_something_else_is_the_newest() {
    let mut plan = knowing("0.2.0", -DAY);
    plan.wish(UpdateWish::Download, scene(10));
    plan.fetched(Ok(()));
    for (version, published, expected) in
        [("0.2.0", -DAY, OfferedPackage::Here), ("0.3.0", 0, OfferedPackage::Published { size: 7 })]
    {
        plan.wish(UpdateWish::Look, scene(10));
        plan.looked(Ok(told(version, at(published))), at(10));
        assert_eq!(offer(&plan, scene(10)).unwrap().package, expected);
    }
}

#[test]
fn a_version_without_a_package_for_this_system_is_told_and_its_page_shown() {
    let mut plan = knowing("0.2.0", -DAY);
    plan.newest.as_mut().unwrap().packages.retain(|package| package.format != "deb");
    assert_eq!(offer(&plan, scene(10)).unwrap().package, OfferedPackage::Absent);
    assert_eq!(plan.wish(UpdateWish::Download, scene(10)), None);
    let page = "https://pimento.example/notes".parse().unwrap();
    assert_eq!(plan.wish(UpdateWish::Notes, scene(10)), Some(Deed::Read(page)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Whatever is told when, and however often Pimento is started: it looks once a day by itself, offers nothing that is not
    /// newer than what runs or younger than it may be, and never goes back to what was published before.
    #[test]
    fn nobody_is_led_back_and_nobody_is_asked_more_than_once_a_day(
        steps in prop::collection::vec((1..2_000_i64, 0..4_u8, 0..30_u64, -40_000..1_000_i64, any::<bool>()), 1..60),
        defer_days in 0..20_u32,
    ) {
        let settings = Updating { look: true, defer_days };
        let mut plan = begun(Memory::default(), None, 0);
        let (mut now, mut looks, mut newest) = (0, Vec::new(), None::<DateTime<Utc>>);
        for (minutes, what, patch, published, restart) in steps {
            now += minutes;
            let scene = Scene { settings: &settings, now: at(now) };
            if restart {
                plan = Plan::new(here(), at(now), plan.memory.clone(), plan.newest.clone());
            }
            if plan.due(scene).is_some() {
                looks.push(now);
                plan.looked(if what == 0 { Err(problem()) } else { Ok(told(&format!("0.{what}.{patch}"), at(published))) }, at(now));
            }
            let known = plan.newest.as_ref().map(|manifest| manifest.published);
            prop_assert!(known >= newest);
            newest = known;
            if let Some(Offer { version, .. }) = plan.shown(scene).offer {
                prop_assert!(version.parse::<Version>().unwrap() > here().version);
                prop_assert!(newest.unwrap() + TimeDelta::days(defer_days.into()) <= at(now));
            }
            prop_assert!(plan.next(scene).is_none_or(|next| next > at(now)));
        }
        prop_assert!(looks.windows(2).all(|pair| pair[1] - pair[0] >= DAY), "{looks:?}");
    }
}
