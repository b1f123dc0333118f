//! Holds what the user wanted and was shown against what the tenant committed. Knows nothing of agent or tenant: it is
//! handed evidence, so that its own tests can doctor it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

/// "Settled" is promised within three minutes. What decides is a look-up that begins when they are over.
pub const PROMISED: TimeDelta = TimeDelta::seconds(182);
/// The service rounds ends here and there.
const SAME: TimeDelta = TimeDelta::seconds(60);

/// A click that wanted an activation. Its reason is unlike that of any other.
#[derive(Clone, Debug)]
pub struct Intent {
    pub tag: String,
    pub role: &'static str,
    /// A renewal was armed for the activation that came of it.
    pub armed: bool,
    /// Words about its end were seen.
    pub told: bool,
    /// Undone, or cancelled before it was sent.
    pub taken_back: bool,
    /// The process was killed before it had written the intent down.
    pub cut: bool,
}

/// What the tenant made of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Granted,
    Waiting,
    Refused,
}

/// An activation in the tenant's ledger.
#[derive(Clone, Debug)]
pub struct Commit {
    pub tag: String,
    pub at: DateTime<Utc>,
    /// When it was over: by its end, or by a deactivation.
    pub over: Option<DateTime<Utc>>,
    pub fate: Fate,
}

/// What the journal says became of an intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    Open,
    Granted,
    Failed,
    NotSent,
    Cancelled,
}

/// A role, as the settled view shows it, or as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Idle,
    Active {
        end: DateTime<Utc>,
    },
    /// For somebody who decides.
    Waiting,
    /// Accepted, and being made effective.
    Provisioning,
    Failed,
    /// Something goes on that should be over.
    Unsettled,
}

#[derive(Clone, Debug, Default)]
pub struct Evidence {
    pub intents: Vec<Intent>,
    pub commits: Vec<Commit>,
    pub journal: Vec<(String, Told)>,
    pub shown: BTreeMap<&'static str, State>,
    pub truth: BTreeMap<&'static str, State>,
    /// How long it took until what was shown was true.
    pub settled_after: Option<TimeDelta>,
    /// Browsers opened, without the first sign-in.
    pub prompts: usize,
    /// Actions of the user that may open one.
    pub actions: usize,
}

/// What is wrong, in words, by kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub lost: Vec<String>,
    pub doubled: Vec<String>,
    pub falsely_active: Vec<String>,
    pub falsely_failed: Vec<String>,
    pub unsettled: Vec<String>,
    pub prompts: Vec<String>,
}

impl Verdict {
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let kinds = [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("falsely active", &self.falsely_active),
            ("falsely failed", &self.falsely_failed),
            ("unsettled", &self.unsettled),
            ("prompts", &self.prompts),
        ];
        kinds.into_iter().flat_map(|(kind, found)| found.iter().map(move |words| (kind, words)))
    }
}

/// Whether what is shown is true.
pub fn agree(shown: State, truth: State) -> bool {
    match (shown, truth) {
        (State::Active { end: shown }, State::Active { end }) => (shown - end).abs() <= SAME,
        (State::Idle | State::Failed, State::Idle) => true,
        (shown, truth) => shown == truth && shown != State::Unsettled,
    }
}

pub fn judge(evidence: &Evidence) -> Verdict {
    let mut verdict = Verdict::default();
    for (role, truth) in &evidence.truth {
        let shown = evidence.shown.get(role).copied().unwrap_or(State::Idle);
        if agree(shown, *truth) {
            continue;
        }
        let words = format!("{role} is shown as {shown:?} and is {truth:?}");
        match (shown, truth) {
            (State::Unsettled, _) => verdict.unsettled.push(words),
            (State::Active { .. } | State::Waiting | State::Provisioning, _) => verdict.falsely_active.push(words),
            (State::Failed, _) => verdict.falsely_failed.push(words),
            (State::Idle, _) => verdict.lost.push(words),
        }
    }
    match evidence.settled_after {
        Some(after) if after <= PROMISED => {}
        after => verdict.unsettled.push(format!("settled after {after:?}")),
    }
    for intent in &evidence.intents {
        one(intent, evidence, &mut verdict);
    }
    for commit in &evidence.commits {
        if !evidence.intents.iter().any(|intent| intent.tag == commit.tag) {
            verdict.doubled.push(format!("{}: nobody wanted it", commit.tag));
        }
    }
    if evidence.prompts > evidence.actions {
        verdict.prompts.push(format!("{} browsers for {} actions", evidence.prompts, evidence.actions));
    }
    verdict
}

fn one(intent: &Intent, evidence: &Evidence, verdict: &mut Verdict) {
    let tag = &intent.tag;
    let commits: Vec<_> = evidence.commits.iter().filter(|commit| commit.tag == *tag).collect();
    let journal: Vec<_> = evidence.journal.iter().filter(|(known, _)| known == tag).map(|(_, told)| *told).collect();
    let of = |fate: Fate| commits.iter().filter(|commit| commit.fate == fate).count();
    let told = |wanted: Told| journal.iter().filter(|told| **told == wanted).count();
    let words = || format!("{tag} ({}): journal {journal:?}, tenant {commits:?}", intent.role);

    // Each follows the end of the one before, and only where that was armed.
    let begun: Vec<_> = commits.iter().filter(|commit| commit.fate != Fate::Refused).collect();
    let overlap = begun.windows(2).any(|pair| pair[0].over.is_none_or(|over| over > pair[1].at));
    if overlap || (commits.len() > 1 && !intent.armed) || commits.len() > journal.len() {
        verdict.doubled.push(words());
    }
    if of(Fate::Waiting) != told(Told::Open) {
        verdict.unsettled.push(words());
    }
    if of(Fate::Granted) > told(Told::Granted) {
        verdict.falsely_failed.push(words());
    }
    if of(Fate::Granted) < told(Told::Granted) {
        verdict.falsely_active.push(words());
    }
    if of(Fate::Refused) > told(Told::Failed) + told(Told::Cancelled) {
        verdict.falsely_failed.push(words());
    }
    let excused = intent.told || intent.taken_back || intent.cut;
    if journal.is_empty() && !excused {
        verdict.lost.push(words());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn commit(tag: &str, from: i64, to: i64) -> Commit {
        Commit { tag: tag.into(), at: at(from), over: Some(at(to)), fate: Fate::Granted }
    }

    /// One activation that went well.
    fn good() -> Evidence {
        let intent =
            Intent { tag: "a".into(), role: "Reader", armed: false, told: false, taken_back: false, cut: false };
        let active = State::Active { end: at(60) };
        Evidence {
            intents: vec![intent],
            commits: vec![commit("a", 0, 60)],
            journal: vec![("a".into(), Told::Granted)],
            shown: BTreeMap::from([("Reader", active)]),
            truth: BTreeMap::from([("Reader", active)]),
            settled_after: Some(TimeDelta::seconds(5)),
            prompts: 1,
            actions: 1,
        }
    }

    fn found(evidence: &Evidence) -> Vec<&'static str> {
        let verdict = judge(evidence);
        verdict.all().map(|(kind, _)| kind).collect()
    }

    #[test]
    fn what_went_well_is_not_complained_about() {
        assert_eq!(judge(&good()), Verdict::default());
        let mut waiting = good();
        waiting.commits[0].fate = Fate::Waiting;
        waiting.journal[0].1 = Told::Open;
        waiting.shown.insert("Reader", State::Waiting);
        waiting.truth.insert("Reader", State::Waiting);
        assert_eq!(judge(&waiting), Verdict::default());
        let mut failed = good();
        failed.commits.clear();
        failed.journal[0].1 = Told::NotSent;
        failed.shown.insert("Reader", State::Failed);
        failed.truth.insert("Reader", State::Idle);
        assert_eq!(judge(&failed), Verdict::default());
    }

    /// A client that sends again after a lost answer, with a tenant that lets it: the ledger has two.
    #[test]
    fn a_client_that_resends_is_caught() {
        let mut evidence = good();
        evidence.commits.push(commit("a", 1, 61));
        assert!(found(&evidence).contains(&"doubled"));
        evidence.commits[1] = commit("a", 60, 120);
        assert!(found(&evidence).contains(&"doubled"), "not even one after the other: nothing was armed");
        evidence.intents[0].armed = true;
        evidence.journal.push(("a".into(), Told::Granted));
        assert!(!found(&evidence).contains(&"doubled"), "a renewal");
        evidence.commits[1] = commit("a", 59, 119);
        assert!(found(&evidence).contains(&"doubled"), "a renewal comes after the end");
    }

    #[test]
    fn a_commit_that_nobody_wanted_is_caught() {
        let mut evidence = good();
        evidence.commits.push(commit("b", 0, 60));
        assert_eq!(found(&evidence), ["doubled"]);
    }

    #[test]
    fn a_lost_intent_is_caught() {
        let mut evidence = good();
        (evidence.commits, evidence.journal) = (Vec::new(), Vec::new());
        evidence.shown.insert("Reader", State::Idle);
        evidence.truth.insert("Reader", State::Idle);
        assert_eq!(found(&evidence), ["lost"]);
        for excuse in 0..3 {
            let mut excused = evidence.clone();
            let intent = &mut excused.intents[0];
            (intent.told, intent.taken_back, intent.cut) = (excuse == 0, excuse == 1, excuse == 2);
            assert!(found(&excused).is_empty());
        }
    }

    #[test]
    fn what_is_falsely_active_is_caught() {
        let mut evidence = good();
        evidence.truth.insert("Reader", State::Idle);
        assert_eq!(found(&evidence), ["falsely active"], "in the view");
        let mut evidence = good();
        evidence.commits.clear();
        assert_eq!(found(&evidence), ["falsely active"], "in the journal");
        let mut evidence = good();
        evidence.shown.insert("Reader", State::Active { end: at(90) });
        assert_eq!(found(&evidence), ["falsely active"], "for too long");
    }

    #[test]
    fn what_is_falsely_failed_is_caught() {
        for told in [Told::NotSent, Told::Failed] {
            let mut evidence = good();
            evidence.journal[0].1 = told;
            assert_eq!(found(&evidence), ["falsely failed"], "in the journal");
        }
        let mut evidence = good();
        evidence.shown.insert("Reader", State::Failed);
        assert_eq!(found(&evidence), ["falsely failed"], "in the view");
        evidence.shown.insert("Reader", State::Idle);
        assert_eq!(found(&evidence), ["lost"], "not shown at all");
    }

    #[test]
    fn what_does_not_settle_in_time_is_caught() {
        for settled_after in [None, Some(PROMISED + TimeDelta::seconds(1))] {
            assert_eq!(found(&Evidence { settled_after, ..good() }), ["unsettled"]);
        }
        let mut evidence = good();
        evidence.shown.insert("Reader", State::Unsettled);
        assert_eq!(found(&evidence), ["unsettled"]);
        let mut evidence = good();
        evidence.journal[0].1 = Told::Open;
        assert!(found(&evidence).contains(&"unsettled"));
    }

    #[test]
    fn a_browser_without_a_click_is_caught() {
        assert_eq!(found(&Evidence { prompts: 2, ..good() }), ["prompts"]);
    }
}
