//! The history: what was asked for, when, why, and what came of it. What is remembered here and what the service tells of
//! its own requests become one list, one row for each request. Pure: whoever has the two hands them in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    journal::{Intent, Memory, Origin, Outcome, Past},
    model::{Action, ActivationRequest, Kind, RequestStatus, RoleKey},
    view::{HistoryAction, HistoryOutcome, HistoryRow},
};

/// Rows that a window is handed.
pub const SHOWN: usize = 500;
/// Our clock and the service's may differ by this much where a request's creation is compared with our intent.
const SKEW: Duration = Duration::seconds(60);

/// What is known of a role: its name and its scope's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Role name.
    pub role: Option<String>,
    /// Scope name.
    pub scope: Option<String>,
}

/// Remembered and told, as one list, newest first. `denials` are approvers' reasons by request; `names` knows roles that
/// neither side names.
pub fn merge(
    memory: &Memory,
    requests: &[ActivationRequest],
    denials: &BTreeMap<String, Option<String>>,
    names: impl Fn(&RoleKey) -> Names,
) -> Vec<HistoryRow> {
    let told: Vec<_> = requests.iter().filter(|request| !request.validation_only).collect();
    let mut taken = BTreeSet::new();
    let mut rows = Vec::new();
    // By name first, so that none is taken for another one's.
    let mut remembered: Vec<_> =
        memory.history.iter().filter(|past| worth_telling(past)).map(Remembered::over).collect();
    remembered.extend(memory.intents.values().map(Remembered::open));
    let by_id: Vec<_> = remembered.iter().map(|ours| told.iter().position(|theirs| ours.is(theirs))).collect();
    taken.extend(by_id.iter().flatten().copied());
    for (ours, found) in remembered.iter().zip(by_id) {
        let found = found.or_else(|| {
            let place =
                told.iter().enumerate().position(|(place, theirs)| !taken.contains(&place) && ours.may_be(theirs));
            taken.extend(place);
            place
        });
        rows.push(ours.row(found.map(|place| told[place]), &names));
    }
    for (place, request) in told.iter().enumerate() {
        if !taken.contains(&place) {
            rows.push(told_row(request, &told, memory, &names));
        }
    }
    for row in &mut rows {
        if let (HistoryOutcome::Denied { reason: reason @ None }, Some(known)) =
            (&mut row.outcome, denials.get(&row.id))
        {
            reason.clone_from(known);
        }
    }
    rows.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    rows
}

/// The rows that have every word of `text` somewhere, whatever its case and its accents.
pub fn search(rows: Vec<HistoryRow>, text: &str) -> Vec<HistoryRow> {
    let text = fold(text);
    let words: Vec<_> = text.split_whitespace().collect();
    if words.is_empty() {
        return rows;
    }
    let has = |row: &HistoryRow| {
        let all = fold(&searched(row));
        words.iter().all(|word| all.contains(word))
    };
    rows.into_iter().filter(has).collect()
}

/// Denied requests of which nobody has said why, newest first: what an approval can be asked about.
pub fn unexplained(rows: &[HistoryRow]) -> impl Iterator<Item = &HistoryRow> {
    rows.iter().filter(|row| matches!(row.outcome, HistoryOutcome::Denied { reason: None }))
}

/// Text as it is compared: whatever its case, without accents.
pub(crate) fn fold(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

fn searched(row: &HistoryRow) -> String {
    let kind = match row.kind {
        Kind::DirectoryRole => "directory role",
        Kind::Group => "group",
        Kind::AzureResource => "azure",
    };
    let action = match row.action {
        HistoryAction::Activate => "activate",
        HistoryAction::Deactivate => "deactivate end",
        HistoryAction::Extend => "extend",
        HistoryAction::Renew => "renew",
        HistoryAction::Other => "",
    };
    let (outcome, why) = match &row.outcome {
        HistoryOutcome::Granted => ("granted", None),
        HistoryOutcome::Waiting => ("waiting", None),
        HistoryOutcome::Denied { reason } => ("denied", reason.as_deref()),
        HistoryOutcome::Cancelled => ("cancelled canceled", None),
        HistoryOutcome::Failed { code } => ("failed", code.as_deref()),
        HistoryOutcome::NotSent => ("not sent", None),
    };
    let ticket = row.ticket.as_ref().map(|ticket| format!("{} {}", ticket.number, ticket.system));
    let day = row.at.format("%Y-%m-%d").to_string();
    let texts = [Some(row.name.as_str()), row.scope.as_deref(), row.reason.as_deref(), ticket.as_deref(), why];
    let words = [Some(kind), Some(action), Some(outcome), Some(day.as_str())];
    texts.into_iter().chain(words).flatten().collect::<Vec<_>>().join(" ")
}

/// A renewal that was tried beforehand and not taken came to something, or to nothing, at the end.
fn worth_telling(past: &Past) -> bool {
    let tried = matches!(past.outcome, Outcome::Failed { .. } | Outcome::NotSent);
    past.intent.origin != Origin::Ahead || !tried
}

/// An attempt of ours, over or not.
struct Remembered<'a> {
    intent: &'a Intent,
    past: Option<&'a Past>,
}

impl<'a> Remembered<'a> {
    fn over(past: &'a Past) -> Self {
        Self { intent: &past.intent, past: Some(past) }
    }

    fn open(intent: &'a Intent) -> Self {
        Self { intent, past: None }
    }

    /// Is this our request, by its name?
    fn is(&self, theirs: &ActivationRequest) -> bool {
        if let Some(request) = &self.intent.request {
            return request.eq_ignore_ascii_case(&theirs.id);
        }
        // Azure's is named by us, also where its answer was lost.
        let name = self.intent.activation.request_id.map(|name| name.to_string());
        name.is_some_and(|name| theirs.id.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&name)))
    }

    /// The answer with its name was lost, and the activation seen in a list: that request is ours.
    fn may_be(&self, theirs: &ActivationRequest) -> bool {
        let Some(past) = self.past.filter(|past| past.outcome == Outcome::Granted && self.intent.request.is_none())
        else {
            return false;
        };
        let about_then = (self.intent.at - SKEW)..=(past.at + SKEW);
        theirs.action == Action::SelfActivate
            && theirs.key == self.intent.activation.key
            && theirs.created.is_some_and(|created| about_then.contains(&created))
    }

    fn row(&self, theirs: Option<&ActivationRequest>, names: &impl Fn(&RoleKey) -> Names) -> HistoryRow {
        let Intent { activation, name, scope, .. } = self.intent;
        let known = theirs.map(outcome);
        let ours = self.past.map(|past| match &past.outcome {
            Outcome::Granted => HistoryOutcome::Granted,
            Outcome::Failed { code } => HistoryOutcome::Failed { code: Some(code.clone()) },
            Outcome::Denied { reason } => HistoryOutcome::Denied { reason: reason.clone() },
            Outcome::NotSent => HistoryOutcome::NotSent,
            Outcome::Cancelled => HistoryOutcome::Cancelled,
        });
        let outcome = match (ours, known) {
            // What became of it after we had lost sight of it.
            (Some(HistoryOutcome::Failed { .. } | HistoryOutcome::NotSent) | None, Some(known)) => known,
            (Some(ours), _) => ours,
            (None, None) => HistoryOutcome::Waiting,
        };
        let told = names(&activation.key);
        let named = Some(name.clone()).filter(|name| !name.is_empty());
        let named = named.or_else(|| theirs.and_then(|theirs| theirs.role_name.clone())).or(told.role);
        let scope = scope.clone().or_else(|| theirs.and_then(|theirs| theirs.scope_name.clone())).or(told.scope);
        let active = outcome == HistoryOutcome::Granted;
        let start = self.past.and_then(|past| past.start).or_else(|| theirs.and_then(|theirs| theirs.start));
        let end = self.past.and_then(|past| past.end).or_else(|| theirs.and_then(|theirs| theirs.end));
        let planned = activation.start.map(|start| start + activation.duration);
        HistoryRow {
            id: theirs.map(|theirs| theirs.id.clone()).or_else(|| self.intent.request.clone()).unwrap_or_else(|| {
                // The service has no name for it.
                format!("intent-{}", self.intent.id)
            }),
            role: activation.key.id(),
            kind: activation.key.kind,
            name: named.unwrap_or_else(|| activation.key.role_definition_id.clone()),
            scope,
            action: HistoryAction::Activate,
            at: self.intent.at,
            start: if active { start.or(activation.start) } else { activation.start },
            end: if active { end.or(planned) } else { planned },
            minutes: u32::try_from(activation.duration.num_minutes()).ok(),
            outcome,
            reason: Some(activation.justification.clone()).filter(|reason| !reason.is_empty()),
            ticket: activation.ticket.clone(),
            here: true,
        }
    }
}

/// A request that nobody here remembers.
fn told_row(
    request: &ActivationRequest,
    told: &[&ActivationRequest],
    memory: &Memory,
    names: &impl Fn(&RoleKey) -> Names,
) -> HistoryRow {
    let known = names(&request.key);
    let outcome = outcome(request);
    let activation = request.action == Action::SelfActivate;
    HistoryRow {
        id: request.id.clone(),
        role: request.key.id(),
        kind: request.key.kind,
        name: request.role_name.clone().or(known.role).unwrap_or_else(|| request.key.role_definition_id.clone()),
        scope: request.scope_name.clone().or(known.scope),
        action: match request.action {
            Action::SelfActivate => HistoryAction::Activate,
            Action::SelfDeactivate => HistoryAction::Deactivate,
            Action::SelfExtend => HistoryAction::Extend,
            Action::SelfRenew => HistoryAction::Renew,
            Action::Other(_) => HistoryAction::Other,
        },
        at: request.created.or(request.start).unwrap_or(DateTime::UNIX_EPOCH),
        start: took_effect(request).filter(|_| activation),
        end: if activation { ended(request, told, memory) } else { request.end.filter(|_| prolongs(&request.action)) },
        minutes: length(request).filter(|_| activation),
        outcome,
        reason: request.justification.clone(),
        ticket: request.ticket.clone(),
        here: false,
    }
}

fn prolongs(action: &Action) -> bool {
    matches!(action, Action::SelfExtend | Action::SelfRenew)
}

/// How long it was asked for, minutes.
fn length(request: &ActivationRequest) -> Option<u32> {
    u32::try_from((request.end? - request.start?).num_minutes()).ok()
}

/// From when it was, or is to be, active: what somebody had to approve began when they had.
fn took_effect(request: &ActivationRequest) -> Option<DateTime<Utc>> {
    let decided = request.completed.filter(|_| request.approval_id.is_some() && request.was_activated());
    request.start.max(decided)
}

/// When an activation ended: as planned, by a deactivation, or when the lists had it no more.
fn ended(request: &ActivationRequest, told: &[&ActivationRequest], memory: &Memory) -> Option<DateTime<Utc>> {
    let start = took_effect(request);
    let late = start.zip(request.start).map_or_else(Duration::zero, |(start, asked)| start - asked);
    let planned = request.end.map(|end| end + late);
    let within = |at: &DateTime<Utc>| start.is_none_or(|start| start <= *at) && planned.is_none_or(|end| *at < end);
    let ends = told.iter().filter(|other| other.action == Action::SelfDeactivate && other.key == request.key);
    let by_hand = ends.filter_map(|other| other.created).filter(within).min();
    // An administrator, or whoever else, says nothing here; that it is gone was seen all the same.
    let seen = memory.ended.get(&request.key.id()).map(|ended| ended.at);
    let seen = seen.filter(|at| within(at) && start.is_none_or(|start| start < *at));
    by_hand.or(seen).or(planned)
}

fn outcome(request: &ActivationRequest) -> HistoryOutcome {
    match &request.status {
        RequestStatus::Provisioned | RequestStatus::Revoked => HistoryOutcome::Granted,
        // An administrator did what was asked for.
        RequestStatus::InFlight(status) if status.eq_ignore_ascii_case("AdminApproved") => HistoryOutcome::Granted,
        RequestStatus::Granted
        | RequestStatus::InFlight(_)
        | RequestStatus::PendingApproval
        | RequestStatus::Other(_) => HistoryOutcome::Waiting,
        RequestStatus::Denied => HistoryOutcome::Denied { reason: None },
        RequestStatus::Canceled => HistoryOutcome::Cancelled,
        RequestStatus::TimedOut => HistoryOutcome::Failed { code: Some("TimedOut".into()) },
        RequestStatus::Failed(status) => HistoryOutcome::Failed { code: Some(status.clone()) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        journal::{Fact, Grant},
        model::{Activation, Ticket},
    };

    fn noon() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn minutes(minutes: i64) -> DateTime<Utc> {
        noon() + Duration::minutes(minutes)
    }

    fn key(role: &str) -> RoleKey {
        RoleKey::directory(role, "/")
    }

    fn nobody(_: &RoleKey) -> Names {
        Names::default()
    }

    fn remembered(memory: &mut Memory, id: u64, request: Option<&str>, outcome: Option<Outcome>) {
        let activation = Activation::new(key("reader"), "me", Duration::hours(1), "to look");
        let at = minutes(i64::try_from(id).unwrap());
        let request = request.map(str::to_owned);
        let intent =
            Intent { id, activation, origin: Origin::User, at, request, name: "Global Reader".into(), scope: None };
        memory.apply(&Fact::Intended { intent });
        if let Some(outcome) = outcome {
            memory.apply(&Fact::Settled { intent: id, outcome, at });
        }
    }

    fn told(id: &str, action: Action, status: RequestStatus, at: i64) -> ActivationRequest {
        ActivationRequest {
            created: Some(minutes(at)),
            start: Some(minutes(at)),
            end: Some(minutes(at + 60)),
            ..ActivationRequest::new(id, key("reader"), action, status)
        }
    }

    #[test]
    fn what_both_sides_know_is_one_row() {
        let mut memory = Memory::default();
        remembered(&mut memory, 1, Some("ONE"), Some(Outcome::Granted));
        remembered(&mut memory, 2, Some("two"), Some(Outcome::Denied { reason: Some("not today".into()) }));
        remembered(&mut memory, 3, None, Some(Outcome::NotSent));
        remembered(&mut memory, 4, Some("four"), None);
        let requests = [
            told("one", Action::SelfActivate, RequestStatus::Provisioned, 1),
            told("two", Action::SelfActivate, RequestStatus::Denied, 2),
            told("four", Action::SelfActivate, RequestStatus::PendingApproval, 4),
            told("five", Action::SelfActivate, RequestStatus::Provisioned, 5),
            told("six", Action::SelfDeactivate, RequestStatus::Revoked, 20),
        ];
        let rows = merge(&memory, &requests, &BTreeMap::new(), nobody);
        let shown: Vec<_> = rows.iter().map(|row| (row.id.as_str(), row.outcome.clone(), row.here)).collect();
        let denied = HistoryOutcome::Denied { reason: Some("not today".into()) };
        assert_eq!(
            shown,
            [
                ("six", HistoryOutcome::Granted, false),
                ("five", HistoryOutcome::Granted, false),
                ("four", HistoryOutcome::Waiting, true),
                ("intent-3", HistoryOutcome::NotSent, true),
                ("two", denied, true),
                ("one", HistoryOutcome::Granted, true),
            ]
        );
        assert_eq!((rows[0].action, rows[0].end), (HistoryAction::Deactivate, None));
        assert_eq!(rows[1].end, Some(minutes(20)), "ended by hand");
        assert_eq!((rows[1].name.as_str(), rows[5].name.as_str()), ("reader", "Global Reader"), "names are kept");
    }

    #[test]
    fn what_was_asked_for_and_what_came_of_it_are_both_told() {
        let mut memory = Memory::default();
        remembered(&mut memory, 1, Some("one"), Some(Outcome::Granted));
        let grant = Grant {
            key: key("reader"),
            name: "Global Reader".into(),
            instance: None,
            start: minutes(100),
            end: minutes(160),
            known_at: minutes(100),
            activation: None,
            warned: false,
            told: false,
        };
        memory.apply(&Fact::Granted { grant });
        memory.apply(&Fact::Ended { key: key("reader"), at: minutes(130) });
        let requests = [
            told("elsewhere", Action::SelfActivate, RequestStatus::Provisioned, 100),
            told("next", Action::SelfActivate, RequestStatus::Provisioned, 130),
        ];
        let rows = merge(&memory, &requests, &BTreeMap::new(), nobody);
        let shown: Vec<_> = rows.iter().map(|row| (row.id.as_str(), row.end, row.minutes)).collect();
        let hour = Some(60);
        assert_eq!(
            shown,
            [("next", Some(minutes(190)), hour), ("elsewhere", Some(minutes(130)), hour), ("one", None, hour)],
            "an administrator ended it, and nobody asked for that here"
        );
    }

    #[test]
    fn what_was_approved_began_when_it_was() {
        let request = ActivationRequest {
            approval_id: Some("approval".into()),
            completed: Some(minutes(45)),
            ..told("one", Action::SelfActivate, RequestStatus::Provisioned, 0)
        };
        let row = merge(&Memory::default(), std::slice::from_ref(&request), &BTreeMap::new(), nobody).remove(0);
        assert_eq!((row.start, row.end, row.minutes), (Some(minutes(45)), Some(minutes(105)), Some(60)));
        let waits = ActivationRequest { status: RequestStatus::PendingApproval, completed: None, ..request };
        let row = merge(&Memory::default(), &[waits], &BTreeMap::new(), nobody).remove(0);
        assert_eq!((row.start, row.end), (Some(minutes(0)), Some(minutes(60))));
    }

    #[test]
    fn a_request_whose_answer_was_lost_is_ours_all_the_same() {
        let mut memory = Memory::default();
        remembered(&mut memory, 1, None, Some(Outcome::Granted));
        remembered(&mut memory, 9, Some("nine"), Some(Outcome::Failed { code: "unknown".into() }));
        let requests = [
            told("nine", Action::SelfActivate, RequestStatus::Provisioned, 9),
            told("lost", Action::SelfActivate, RequestStatus::Provisioned, 1),
            told("else", Action::SelfActivate, RequestStatus::Provisioned, 200),
        ];
        let rows = merge(&memory, &requests, &BTreeMap::new(), nobody);
        let shown: Vec<_> = rows.iter().map(|row| (row.id.as_str(), row.outcome.clone(), row.here)).collect();
        let granted = HistoryOutcome::Granted;
        assert_eq!(shown, [("else", granted.clone(), false), ("nine", granted.clone(), true), ("lost", granted, true)]);
    }

    #[test]
    fn denials_that_were_not_read_are_filled_in() {
        let request = told("denied", Action::SelfActivate, RequestStatus::Denied, 1);
        let rows = merge(&Memory::default(), std::slice::from_ref(&request), &BTreeMap::new(), nobody);
        assert_eq!(unexplained(&rows).map(|row| row.id.as_str()).collect::<Vec<_>>(), ["denied"]);
        let why = BTreeMap::from([("denied".to_owned(), Some("freeze".to_owned()))]);
        let rows = merge(&Memory::default(), &[request], &why, nobody);
        assert_eq!(rows[0].outcome, HistoryOutcome::Denied { reason: Some("freeze".into()) });
    }

    #[test]
    fn every_kind_of_request_is_told() {
        for (action, status, told_action, outcome) in [
            (Action::SelfExtend, "AdminApproved", HistoryAction::Extend, HistoryOutcome::Granted),
            (Action::SelfRenew, "PendingAdminDecision", HistoryAction::Renew, HistoryOutcome::Waiting),
            (Action::Other("adminAssign".into()), "x", HistoryAction::Other, HistoryOutcome::Waiting),
        ] {
            let request = told("one", action, RequestStatus::InFlight(status.into()), 1);
            let row = merge(&Memory::default(), &[request], &BTreeMap::new(), nobody).remove(0);
            assert_eq!((row.action, row.outcome), (told_action, outcome));
        }
        let tried = ActivationRequest {
            validation_only: true,
            ..told("tried", Action::SelfActivate, RequestStatus::Granted, 1)
        };
        assert!(merge(&Memory::default(), &[tried], &BTreeMap::new(), nobody).is_empty());
    }

    #[test]
    fn all_words_are_searched_for_whatever_their_case_and_accents() {
        let mut memory = Memory::default();
        remembered(&mut memory, 1, Some("one"), Some(Outcome::Granted));
        let mut second = told("two", Action::SelfActivate, RequestStatus::Denied, 2);
        second.role_name = Some("Übersetzer Ärzte".into());
        second.justification = Some("Déploiement à Kraków".into());
        second.ticket = Some(Ticket { number: "INC-7".into(), system: "SNOW".into() });
        let rows = merge(&memory, &[second], &BTreeMap::new(), nobody);
        let found = |text: &str| search(rows.clone(), text).iter().map(|row| row.id.clone()).collect::<Vec<_>>();
        assert_eq!(found(" "), ["two", "one"]);
        assert_eq!(found("deploiement ÜBER"), ["two"]);
        assert_eq!(found("krakow inc-7 denied 2026-11-23"), ["two"]);
        assert_eq!(found("global LOOK"), ["one"]);
        assert!(found("global krakow").is_empty());
    }
}
