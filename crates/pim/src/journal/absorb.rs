//! What a process beside this one remembered, and did not live to finish, becomes part of what this one remembers.

use std::collections::{BTreeMap, btree_map::Entry};

use super::memory::{Ended, HISTORY, Intent, Memory, REASONS};

impl Memory {
    /// Takes over what `other` knows; where both know something, the newer counts. Doing it again changes nothing but the
    /// number of uses.
    pub(super) fn absorb(&mut self, mut other: Self) {
        for intent in std::mem::take(&mut other.intents).into_values() {
            if !self.intends(&intent) {
                let intent = self.renumbered(intent);
                self.intents.insert(intent.id, intent);
            }
        }
        for mut past in std::mem::take(&mut other.history) {
            if !self.intends(&past.intent) {
                past.intent = self.renumbered(past.intent);
                self.history.push(past);
            }
        }
        self.history.sort_by_key(|past| past.at);
        self.history.drain(..self.history.len().saturating_sub(HISTORY));
        // What the one knows to have ended since, the other takes for active, or for being ended.
        self.end(&other.ended);
        other.end(&self.ended);
        // Name by name: whatever else is remembered one day has to be taken over, too.
        let Self {
            last_intent: _,
            intents: _,
            endings,
            grants,
            ended,
            renewals,
            habits,
            reasons,
            history: _,
            entered,
            bundles,
            ahead,
            extensions,
        } = other;
        newer(&mut self.endings, endings, |ending| ending.at);
        newer(&mut self.grants, grants, |grant| grant.known_at);
        newer(&mut self.ended, ended, |ended| ended.at);
        missing(&mut self.renewals, renewals);
        for (id, theirs) in habits {
            let ours = self.habits.entry(id).or_default();
            ours.reason = ours.reason.take().or(theirs.reason);
            ours.minutes = ours.minutes.or(theirs.minutes);
            ours.uses = ours.uses.saturating_add(theirs.uses);
            ours.favourite |= theirs.favourite;
        }
        let unknown: Vec<_> = reasons.into_iter().filter(|reason| !self.reasons.contains(reason)).collect();
        self.reasons.extend(unknown);
        self.reasons.truncate(REASONS);
        missing(&mut self.entered, entered);
        missing(&mut self.bundles, bundles);
        missing(&mut self.ahead, ahead);
        self.absorb_extensions(extensions);
    }

    fn end(&mut self, ended: &BTreeMap<String, Ended>) {
        for (id, Ended { at, .. }) in ended {
            if self.grants.get(id).is_some_and(|grant| grant.known_at <= *at) {
                self.grants.remove(id);
                if let Some(renewal) = self.renewals.get_mut(id) {
                    renewal.due.get_or_insert(*at);
                }
            }
            if self.endings.get(id).is_some_and(|ending| ending.at <= *at) {
                self.endings.remove(id);
            }
        }
    }

    /// Is it known already, finished or not? Its number says nothing: each process counted for itself.
    fn intends(&self, wanted: &Intent) -> bool {
        let mut known = self.intents.values().chain(self.history.iter().map(|past| &past.intent));
        known.any(|known| known.at == wanted.at && known.activation == wanted.activation)
    }

    fn renumbered(&mut self, intent: Intent) -> Intent {
        self.last_intent += 1;
        Intent { id: self.last_intent, ..intent }
    }
}

/// What says nothing about its age: ours stays.
fn missing<K: Ord, T>(ours: &mut BTreeMap<K, T>, theirs: BTreeMap<K, T>) {
    for (id, their) in theirs {
        ours.entry(id).or_insert(their);
    }
}

fn newer<T, A: Ord>(ours: &mut BTreeMap<String, T>, theirs: BTreeMap<String, T>, at: impl Fn(&T) -> A) {
    for (id, their) in theirs {
        match ours.entry(id) {
            Entry::Occupied(mut our) if at(our.get()) < at(&their) => {
                our.insert(their);
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(their);
            }
        }
    }
}
