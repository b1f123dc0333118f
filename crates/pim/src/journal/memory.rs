//! What one account must not forget, as plain data: facts go in one at a time, in the order in which they were written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::asked::AskedExtension;
use crate::{
    bundles::Bundle,
    model::{Activation, Eligibility, Kind, RoleKey},
};

/// Reasons offered again, newest first.
pub(super) const REASONS: usize = 10;
/// Closed attempts kept as history: some hundreds of bytes each, some years of a busy person's.
pub(super) const HISTORY: usize = 2_000;
/// Closed attempts among which that of a running activation is looked for.
const RECENT: usize = 200;
/// Two starts this close are the same one: the service rounds here and there, and counts from the request or from later.
const SAME: Duration = Duration::minutes(3);

/// Who wanted an activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// A click: a browser may be opened for it.
    User,
    /// Armed beforehand and sent at the moment of expiry: it never opens a browser.
    Renewal,
    /// Armed and sent beforehand, to start when the running activation ends.
    Ahead,
}

/// An activation that was, or is about to be, sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intent {
    /// Rises with every intent of the account.
    pub id: u64,
    /// What is wanted.
    pub activation: Activation,
    /// By whom.
    pub origin: Origin,
    /// Server time at which it was written down, before it was sent.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub at: DateTime<Utc>,
    /// The service's id of the request, once it answered.
    pub request: Option<String>,
    /// Role name, for the history after the list has gone; empty in what earlier versions wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Scope name, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// How an intent ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Outcome {
    /// Became active.
    Granted,
    /// The service, an approver or the time said no: the code.
    Failed {
        /// The problem's code.
        code: String,
    },
    /// An approver said no.
    Denied {
        /// The approver's reason, where it could be read.
        reason: Option<String>,
    },
    /// Certainly never processed.
    NotSent,
    /// Taken back by the user.
    Cancelled,
}

/// Something that is active, as far as the server said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// The role at its scope.
    pub key: RoleKey,
    /// Role name, for a notification after the list has gone.
    pub name: String,
    /// The instance's id, once the service listed it.
    pub instance: Option<String>,
    /// Server time of the start.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub start: DateTime<Utc>,
    /// Server time of the end. Until the instance is listed: start and duration of the request that was provisioned.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub end: DateTime<Utc>,
    /// Server time at which it was first known here.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub known_at: DateTime<Utc>,
    /// What it was asked for with, when it was from here.
    pub activation: Option<Activation>,
    /// The warning before the end was given.
    pub warned: bool,
    /// Its end was announced.
    pub told: bool,
}

/// A grant that is over, kept until the next one of the role is: a list that lags behind must not bring it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ended {
    /// What was active.
    pub grant: Grant,
    /// Server time of its end, or of its deactivation.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub at: DateTime<Utc>,
}

/// An activation to be sent when the running one has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Renewal {
    /// What will be sent.
    pub activation: Activation,
    /// `User`: it is sent while the user watches, right after the deactivation asked for in the same breath.
    pub origin: Origin,
    /// Server time at which the running one ended; `None` until then.
    #[serde(default, deserialize_with = "crate::model::moment::optional")]
    pub due: Option<DateTime<Utc>>,
    /// Of one that is sent while the user watches: what was armed before, for when the running activation is not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Box<Activation>>,
}

impl Renewal {
    /// Armed: sent by itself when the running activation ends.
    pub fn armed(activation: Activation) -> Self {
        Self { activation, origin: Origin::Renewal, due: None, instead_of: None }
    }
}

/// A deactivation that is about to be sent, or was and its end is not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndIntent {
    /// The role.
    pub key: RoleKey,
    /// Whose activation.
    pub principal_id: String,
    /// Server time at which it was written down, before it was sent.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub at: DateTime<Utc>,
}

/// What is remembered about a role for the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Habit {
    /// The reason given last.
    pub reason: Option<String>,
    /// The duration used last, minutes.
    pub minutes: Option<u32>,
    /// How often it was activated from here.
    pub uses: u32,
    /// Marked by the user.
    pub favourite: bool,
}

/// One closed attempt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Past {
    /// What was wanted.
    pub intent: Intent,
    /// How it ended.
    pub outcome: Outcome,
    /// Server time of that.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub at: DateTime<Utc>,
    /// Server time at which it became active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "crate::model::moment::optional")]
    pub start: Option<DateTime<Utc>>,
    /// Server time at which that ended, or will.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "crate::model::moment::optional")]
    pub end: Option<DateTime<Utc>>,
}

impl Past {
    /// Since when there is nothing left of it.
    fn over(&self) -> DateTime<Utc> {
        self.end.map_or(self.at, |end| end.max(self.at))
    }
}

/// One thing to remember: a line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Fact {
    /// About to be sent. Uses up an armed renewal of the role, unless it is that renewal, sent beforehand.
    Intended {
        /// The intent.
        intent: Intent,
    },
    /// The service gave it an id.
    Accepted {
        /// The intent's id.
        intent: u64,
        /// The request's id.
        request: String,
    },
    /// It is over with.
    Settled {
        /// The intent's id.
        intent: u64,
        /// How it ended.
        outcome: Outcome,
        /// Server time.
        #[serde(deserialize_with = "crate::model::moment::deserialize")]
        at: DateTime<Utc>,
    },
    /// Something is active, or more is known about it.
    Granted {
        /// All that is known.
        grant: Grant,
    },
    /// A deactivation is about to be sent.
    Ending {
        /// Of what.
        ending: EndIntent,
    },
    /// It came to nothing, as far as anybody knows.
    NotEnded {
        /// The role.
        key: RoleKey,
    },
    /// It is not active any more.
    Ended {
        /// The role.
        key: RoleKey,
        /// Server time of that.
        #[serde(deserialize_with = "crate::model::moment::deserialize")]
        at: DateTime<Utc>,
    },
    /// Its end was announced.
    Told {
        /// The role.
        key: RoleKey,
    },
    /// The renewal at the moment of expiry was armed.
    Armed {
        /// The renewal.
        renewal: Renewal,
    },
    /// Whether the service takes a start in the future while a role of this kind is active.
    Learned {
        /// The kind.
        kind: Kind,
        /// It does.
        ahead: bool,
    },
    /// It was disarmed, or is over with.
    Disarmed {
        /// The role.
        key: RoleKey,
    },
    /// A later end is about to be asked for, in place of what was asked for before about the same.
    ExtensionIntended {
        /// What is asked for.
        asked: Box<AskedExtension>,
    },
    /// The service has the request.
    ExtensionTaken {
        /// The role.
        key: RoleKey,
        /// Of the eligibility; `false`: of the standing assignment.
        eligibility: bool,
        /// The request's id, where the service told it.
        request: Option<String>,
    },
    /// Somebody has decided on it, or it came to nothing.
    ExtensionOver {
        /// The role.
        key: RoleKey,
        /// As above.
        eligibility: bool,
    },
    /// Marked or unmarked as favourite.
    Favoured {
        /// The role.
        key: RoleKey,
        /// Favourite or not.
        favourite: bool,
    },
    /// A bundle is kept, in place of the one of the same name.
    BundleSaved {
        /// The bundle.
        bundle: Bundle,
    },
    /// A role was named that cannot be listed.
    Entered {
        /// As it is put on the list.
        role: Box<Eligibility>,
    },
    /// It is not wanted on the list any more.
    Forgotten {
        /// The role.
        key: RoleKey,
    },
    /// A bundle is not kept any more.
    BundleDeleted {
        /// Its name.
        name: String,
    },
    /// What was over by then is forgotten.
    Lapsed {
        /// Server time.
        #[serde(deserialize_with = "crate::model::moment::deserialize")]
        before: DateTime<Utc>,
    },
}

/// Everything remembered for one account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Memory {
    /// The id given last.
    pub last_intent: u64,
    /// Intents whose end is not known, by id.
    pub intents: BTreeMap<u64, Intent>,
    /// Deactivations whose end is not known, by role.
    pub endings: BTreeMap<String, EndIntent>,
    /// What is active, by role.
    pub grants: BTreeMap<String, Grant>,
    /// What was active last, by role.
    pub ended: BTreeMap<String, Ended>,
    /// Armed renewals, by role.
    pub renewals: BTreeMap<String, Renewal>,
    /// Habits, by role.
    pub habits: BTreeMap<String, Habit>,
    /// Recent reasons, newest first, no repeats.
    pub reasons: Vec<String>,
    /// Closed attempts, oldest first.
    pub history: Vec<Past>,
    /// Roles that the user named because they cannot be listed, by role.
    pub entered: BTreeMap<String, Eligibility>,
    /// Bundles, by name.
    pub bundles: BTreeMap<String, Bundle>,
    /// Whether the service takes a start in the future while a role of the kind is active, where it was tried.
    pub ahead: BTreeMap<Kind, bool>,
    /// Later ends that nobody has decided on, as far as is known.
    pub extensions: Vec<AskedExtension>,
}

impl Memory {
    /// Takes note of a fact.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::Intended { intent } => self.intend(intent),
            Fact::Accepted { intent, request } => {
                if let Some(intent) = self.intents.get_mut(intent) {
                    intent.request = Some(request.clone());
                }
            }
            Fact::Settled { intent, outcome, at } => {
                if let Some(intent) = self.intents.remove(intent) {
                    if *outcome == Outcome::Granted {
                        self.habits.entry(intent.activation.key.id()).or_default().uses += 1;
                    }
                    self.history.push(Past { intent, outcome: outcome.clone(), at: *at, start: None, end: None });
                    let surplus = self.history.len().saturating_sub(HISTORY);
                    self.history.drain(..surplus);
                }
            }
            Fact::Granted { grant } => {
                if let Some(past) = self.granted_last(&grant.key)
                    && past.start.map_or(grant.known_at - past.at, |start| (start - grant.start).abs()) <= SAME
                {
                    (past.start, past.end) = (Some(grant.start), Some(grant.end));
                }
                self.grants.insert(grant.key.id(), grant.clone());
            }
            Fact::Ending { ending } => {
                self.endings.insert(ending.key.id(), ending.clone());
            }
            Fact::NotEnded { key } => {
                self.endings.remove(&key.id());
            }
            Fact::Ended { key, at } => {
                let id = key.id();
                self.endings.remove(&id);
                if let Some(past) = self.granted_last(key) {
                    past.end = past.end.map(|end| end.min(*at));
                }
                if let Some(grant) = self.grants.remove(&id) {
                    self.ended.insert(id.clone(), Ended { grant, at: *at });
                }
                if let Some(renewal) = self.renewals.get_mut(&id) {
                    renewal.due.get_or_insert(*at);
                }
            }
            Fact::Told { key } => {
                if let Some(ended) = self.ended.get_mut(&key.id()) {
                    ended.grant.told = true;
                }
            }
            Fact::Armed { renewal } => {
                self.renewals.insert(renewal.activation.key.id(), renewal.clone());
            }
            Fact::Learned { kind, ahead } => {
                self.ahead.insert(*kind, *ahead);
            }
            Fact::Disarmed { key } => {
                self.renewals.remove(&key.id());
            }
            Fact::ExtensionIntended { asked } => self.ask(AskedExtension::clone(asked)),
            Fact::ExtensionTaken { key, eligibility, request } => self.taken(key, *eligibility, request.as_ref()),
            Fact::ExtensionOver { key, eligibility } => self.extensions.retain(|asked| !asked.is(key, *eligibility)),
            Fact::Favoured { key, favourite } => {
                self.habits.entry(key.id()).or_default().favourite = *favourite;
            }
            Fact::BundleSaved { bundle } => {
                self.bundles.insert(bundle.name.clone(), bundle.clone());
            }
            Fact::Entered { role } => {
                self.entered.insert(role.key.id(), Eligibility::clone(role));
            }
            Fact::Forgotten { key } => {
                self.entered.remove(&key.id());
            }
            Fact::BundleDeleted { name } => {
                self.bundles.remove(name);
            }
            Fact::Lapsed { before } => self.lapse(*before),
        }
    }

    /// Forgets what was over by then, and reasons that were given for nothing else. What is open stays, and so does how often a
    /// role was activated, and for how long.
    pub fn lapse(&mut self, before: DateTime<Utc>) {
        self.history.retain(|past| past.over() >= before);
        self.ended.retain(|_, ended| ended.at >= before);
        let asked = self.history.iter().map(|past| &past.intent).chain(self.intents.values());
        let known = asked
            .map(|intent| &intent.activation)
            .chain(self.grants.values().filter_map(|grant| grant.activation.as_ref()))
            .chain(self.ended.values().filter_map(|ended| ended.grant.activation.as_ref()))
            .chain(self.renewals.values().map(|renewal| &renewal.activation));
        let reasons: BTreeSet<_> = known.map(|activation| activation.justification.trim()).collect();
        self.reasons.retain(|reason| reasons.contains(reason.as_str()));
        for habit in self.habits.values_mut() {
            habit.reason = habit.reason.take().filter(|reason| reasons.contains(reason.as_str()));
        }
    }

    /// What is remembered about a role.
    pub fn habit(&self, id: &str) -> Habit {
        self.habits.get(id).cloned().unwrap_or_default()
    }

    /// The activation of a role that was granted last.
    fn granted_last(&mut self, key: &RoleKey) -> Option<&mut Past> {
        let id = key.id();
        let of_role = |past: &&mut Past| past.outcome == Outcome::Granted && past.intent.activation.key.id() == id;
        self.history.iter_mut().rev().take(RECENT).find(of_role)
    }

    fn intend(&mut self, intent: &Intent) {
        self.last_intent = self.last_intent.max(intent.id);
        let Activation { key, duration, justification, .. } = &intent.activation;
        if intent.origin != Origin::Ahead {
            self.renewals.remove(&key.id());
        }
        let habit = self.habits.entry(key.id()).or_default();
        habit.minutes = u32::try_from(duration.num_minutes()).ok();
        let reason = justification.trim();
        if !reason.is_empty() {
            habit.reason = Some(reason.to_owned());
            self.reasons.retain(|known| known != reason);
            self.reasons.insert(0, reason.to_owned());
            self.reasons.truncate(REASONS);
        }
        self.intents.insert(intent.id, intent.clone());
    }
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
