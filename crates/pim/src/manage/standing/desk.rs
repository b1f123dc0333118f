//! Reading what a report has to know, and putting eligibilities in the place of assignments.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use tokio::task::JoinSet;

use super::{Advice, Facts, Missing, Replacement, Report, judge};
use crate::{
    cloud::SEARCH_GROUPS,
    failure::Failure,
    manage::{
        Office,
        assignments::{Change, Done, End, Places, last},
    },
    model::{Holding, Kind, Principal, PrincipalKind, Side},
    problem::{Problem, Remedy},
};

/// Before each look whether an eligibility has arrived that was given a moment ago.
const ARRIVES: [TimeDelta; 4] =
    [TimeDelta::seconds(1), TimeDelta::seconds(2), TimeDelta::seconds(4), TimeDelta::seconds(8)];

impl Office {
    /// Reports on standing access of these kinds. What cannot be read is left out, and said.
    pub async fn standing(&self, kinds: &[Kind], places: &Places, stale_after: TimeDelta) -> Report {
        let mut missing = Vec::new();
        let mut facts = Facts::default();
        for read in self.holdings(kinds, &Side::ALL, places).await {
            let kind = read.kind;
            match read.found {
                Ok(found) => facts.held.extend(found),
                Err(problem) => missing.push((Missing::Holdings(kind), problem)),
            }
            missing.extend(read.missing.into_iter().map(|(_, problem)| (Missing::Holdings(kind), problem)));
        }
        let directory = facts.held.iter().any(|held| held.key.kind == Kind::DirectoryRole);
        let (privileged, members) = tokio::join!(self.privileged(directory), self.members_of(&facts.held));
        match privileged {
            Ok(privileged) => facts.privileged = privileged,
            Err(problem) => missing.push((Missing::Privileged, problem)),
        }
        let (members, unread) = members;
        facts.members = members;
        missing.extend(unread.map(|problem| (Missing::Members, problem)));
        for kind in kinds {
            let asked = people_at(*kind, &facts);
            if asked.is_empty() {
                continue;
            }
            match self.sources().requests_of_all(*kind, asked).await {
                Ok(requests) => {
                    facts.activations.extend(requests);
                    facts.remembered.insert(*kind);
                }
                Err(failure) => {
                    let problem = self.unconsented(*kind, failure.problem().clone());
                    missing.push((Missing::Activations(*kind), problem));
                }
            }
        }
        let mut report = judge(&facts, stale_after, self.now());
        self.fit(&mut report).await;
        self.keep_the_last(&mut report, &facts.held);
        missing.sort_by_key(|(what, _)| *what);
        missing.dedup_by_key(|(what, _)| *what);
        report.missing = missing;
        report
    }

    /// Puts eligibilities in the place of assignments: first all are given, then the assignments are taken away of those whose
    /// eligibility is there. One outcome for each, in order.
    pub async fn replace(&self, replacements: &[Replacement]) -> Vec<Result<Done, Problem>> {
        let givings: Vec<Change> = replacements.iter().filter_map(|each| each.eligible.clone()).collect();
        let given = self.change(&givings).await;
        let mut given = self.arrived(&givings, given).await.into_iter();
        let first: Vec<Option<Problem>> = replacements
            .iter()
            .map(|each| each.eligible.as_ref().and_then(|_| given.next()).and_then(Result::err))
            .collect();
        let removals: Vec<Change> = replacements
            .iter()
            .zip(&first)
            .filter(|(_, refused)| refused.is_none())
            .map(|(each, _)| each.removal.clone())
            .collect();
        let mut taken = self.change(&removals).await.into_iter();
        let outcomes = replacements.iter().zip(first).map(|(each, refused)| match refused {
            Some(problem) => Err(problem),
            None => match taken.next() {
                Some(Err(problem)) if each.eligible.is_some() => Err(half_done(problem)),
                Some(outcome) => outcome,
                None => unreachable!("there is one outcome for each change"),
            },
        });
        outcomes.collect()
    }

    /// The same outcomes; what was taken and is not there yet is waited for a while, and is a failure where it does not come.
    async fn arrived(&self, changes: &[Change], outcomes: Vec<Result<Done, Problem>>) -> Vec<Result<Done, Problem>> {
        let mut all = Vec::new();
        for (change, outcome) in changes.iter().zip(outcomes) {
            all.push(match outcome {
                Ok(done) if done.pending => self.await_eligibility(change).await,
                outcome => outcome,
            });
        }
        all
    }

    async fn await_eligibility(&self, change: &Change) -> Result<Done, Problem> {
        for pause in ARRIVES {
            self.pause(pause).await;
            if self.is_there(change).await {
                return Ok(Done { looked_up: false, pending: false });
            }
        }
        Err(not_there_yet())
    }

    /// The directory's privileged roles; `None` where the service does not tell them apart.
    async fn privileged(&self, wanted: bool) -> Result<Option<BTreeSet<String>>, Problem> {
        if !wanted {
            return Ok(None);
        }
        let read = self.sources().definitions(false, &[]).await;
        let told = |failure: &Failure| self.unconsented(Kind::DirectoryRole, failure.problem().clone());
        let definitions = read.map_err(|failure| told(&failure))?;
        if let Some((_, failure)) = definitions.missing.first() {
            return Err(told(failure));
        }
        let ids: BTreeSet<String> =
            definitions.found.into_iter().filter(|role| role.privileged).map(|role| role.id).collect();
        Ok((!ids.is_empty()).then_some(ids))
    }

    /// Who is directly in the groups that hold something, and in the groups within them, as far as that may be read; and why
    /// not all of it may.
    async fn members_of(&self, held: &[Holding]) -> (BTreeMap<String, Vec<Principal>>, Option<Problem>) {
        let groups = |principals: &[Principal]| -> BTreeSet<String> {
            principals.iter().filter(|each| is_group(each)).map(|each| each.id.clone()).collect()
        };
        let principals: Vec<Principal> = held.iter().map(|held| held.principal.clone()).collect();
        let mut open = groups(&principals);
        let (mut asked, mut all, mut unread) = (open.clone(), BTreeMap::new(), None);
        while !open.is_empty() {
            let mut readings = JoinSet::new();
            for group in std::mem::take(&mut open) {
                let sources = self.sources().clone();
                readings.spawn(async move { (group.clone(), sources.direct_members(&group).await) });
            }
            for (group, read) in readings.join_all().await {
                match read {
                    Ok(members) => {
                        open.extend(groups(&members));
                        all.insert(group, members);
                    }
                    Err(failure) => {
                        unread.get_or_insert(self.explained(SEARCH_GROUPS, failure.problem().clone()));
                    }
                }
            }
            open.retain(|group| asked.insert(group.clone()));
        }
        (all, unread)
    }

    /// Where a role's policy allows no eligibility for good, the longest that it allows is proposed.
    async fn fit(&self, report: &mut Report) {
        let now = self.now();
        let mut givings: Vec<&mut Change> = Vec::new();
        for permanent in &mut report.permanent {
            if let Advice::Replace(replacement) = &mut permanent.advice {
                givings.extend(&mut replacement.eligible);
            }
        }
        let changes: Vec<Change> = givings.iter().map(|change| (**change).clone()).collect();
        for (change, rules) in givings.into_iter().zip(self.admin_rules(&changes).await) {
            if let Some(longest) = rules.and_then(|rules| rules.eligible.maximum) {
                change.end = End::At(now + longest);
            }
        }
        // One that lasts as long as the policy allows already is not made shorter.
        for permanent in &mut report.permanent {
            if let Advice::Replace(replacement) = &mut permanent.advice {
                let there =
                    replacement.eligible.as_ref().and_then(|change| Some((change.before.as_ref()?.end?, change.end)));
                if there.is_some_and(|(is, wanted)| wanted.at().is_some_and(|wanted| is >= wanted)) {
                    replacement.eligible = None;
                }
            }
        }
    }

    /// What the services would refuse to take away, since nobody would be left, is not proposed.
    fn keep_the_last(&self, report: &mut Report, held: &[Holding]) {
        let removals: Vec<Change> = report
            .permanent
            .iter()
            .filter_map(|permanent| match &permanent.advice {
                Advice::Replace(replacement) => Some(replacement.removal.clone()),
                Advice::Keep(_) => None,
            })
            .collect();
        let mut foreseen = last::foresee(&removals, held, &self.identity().tenant_id, self.now()).into_iter();
        for permanent in &mut report.permanent {
            if matches!(permanent.advice, Advice::Replace(_))
                && let Some(Some(problem)) = foreseen.next()
            {
                permanent.advice = Advice::Keep(problem.message);
            }
        }
    }
}

fn is_group(principal: &Principal) -> bool {
    principal.kind == Some(PrincipalKind::Group)
}

/// Who could have activated what of a kind, and where: of a group its members, too.
fn people_at(kind: Kind, facts: &Facts) -> BTreeSet<(String, String)> {
    let mut asked = BTreeSet::new();
    for held in facts.held.iter().filter(|held| held.key.kind == kind && held.side == Side::Eligible) {
        let members = judge::within(&held.principal, facts).into_iter().map(|(person, _)| person.id);
        let people = members.chain([held.principal.id.clone()]);
        asked.extend(people.map(|person| (person, held.key.scope_id.clone())));
    }
    asked
}

fn not_there_yet() -> Problem {
    Problem {
        code: "eligibility-not-there-yet".into(),
        message: say!("eligibility-not-there-yet"),
        remedy: Remedy::Refresh,
        correlation_id: None,
        detail: None,
    }
}

fn half_done(problem: Problem) -> Problem {
    let message = say!("assignment-still-there", problem = &problem.message);
    Problem { message, ..problem }
}
