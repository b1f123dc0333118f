//! What the watch says. Names come from the service: each is made inert where it is read or here.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::activations::Activation;
use crate::{
    codes,
    elevation::{NotificationAction, Notify},
    manage::{approvals::PendingApproval, reviews::Reviewed},
    view::Section,
    wall::Zone,
    words,
};

/// Longest text out of a request.
const LONGEST: usize = 200;

/// Things that one notification names; more are counted.
const MOST_NAMED: usize = 3;

/// How things are said to somebody.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Whom it is said to ([`crate::view::Account::id`]).
    pub account: String,
    /// Their tenant's name, where there are several accounts and it may be shown.
    pub tenant: Option<String>,
    /// Reasons and names may be shown.
    pub details: bool,
    /// Where the user is.
    pub zone: Zone,
}

impl Manner {
    fn clock(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        words::moment(self.local(at), self.local(now))
    }

    fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        at.with_timezone(&(self.zone)(at))
    }

    fn notify(&self, tag: &str, title: String, body: String, shows: (Section, Option<String>)) -> Notify {
        let title = self.titled(title);
        let (section, id) = shows;
        let manage = NotificationAction::Manage { account: self.account.clone(), section, id };
        let actions = vec![manage, NotificationAction::Dismiss];
        Notify { tag: self.tag(tag), title, body, actions, pressing: false }
    }

    fn titled(&self, title: String) -> String {
        match &self.tenant {
            Some(tenant) => say!("title-at-tenant", title = title, tenant = codes::clean(tenant, LONGEST)),
            None => title,
        }
    }

    /// A tag that is nobody else's.
    pub fn tag(&self, name: &str) -> String {
        format!("{}/{name}", self.account)
    }

    /// Requests that nobody was told of yet.
    pub fn approvals(&self, new: &[&PendingApproval], now: DateTime<Utc>) -> Option<Notify> {
        let decide = |id| (Section::Approvals, id);
        Some(match new {
            [] => return None,
            [one] => {
                let id = Some(one.id.clone());
                let tag = approval_tag(&one.id);
                let until = one.deadline().map(|at| say!("decide-until", time = self.clock(at, now)));
                if !self.details {
                    let body = until.unwrap_or_else(|| say!("open-to-decide"));
                    return Some(self.notify(&tag, say!("request-waits"), body, decide(id)));
                }
                let length = one.length.map(|length| say!("for-length", length = words::length(length)));
                let reason = one.reason.as_deref().map(|text| say!("quoted", text = codes::clean(text, LONGEST)));
                let ticket =
                    one.ticket.as_ref().map(|ticket| say!("ticket", number = codes::clean(&ticket.number, 60)));
                let body = words::sentences([reason, ticket, length, until].into_iter().flatten());
                let title = say!("asks-for", person = one.person.called(), role = one.title());
                self.notify(&tag, title, body, decide(id))
            }
            several => {
                let body = if self.details {
                    let each = several
                        .iter()
                        .map(|one| say!("person-and-role", person = one.person.called(), role = one.title()));
                    listed(each, several.len())
                } else {
                    say!("open-them-to-decide")
                };
                let title = say!("requests-wait", count = several.len());
                self.notify(&format!("approvals/{}", several[0].id), title, body, decide(None))
            }
        })
    }

    /// Reviews that are over soon, with what is open in them.
    pub fn reviews(&self, ending: &[(&Reviewed, usize)], now: DateTime<Utc>) -> Option<Notify> {
        let shows = (Section::Reviews, None);
        let tag = format!("reviews/{}", ending.first()?.0.review.id());
        Some(match ending {
            [] => return None,
            [(one, open)] => {
                let name = codes::clean(&one.review.name, LONGEST);
                let end = one.review.end.map(|end| self.clock(end, now)).unwrap_or_default();
                let title =
                    if self.details { say!("review-named-ends-soon", name = name) } else { say!("review-ends-soon") };
                self.notify(&tag, title, say!("undecided-about", people = *open, time = end), shows)
            }
            several => {
                let title = say!("reviews-end-soon", count = several.len());
                let names = several.iter().map(|(one, _)| codes::clean(&one.review.name, LONGEST));
                let body = if self.details { listed(names, several.len()) } else { say!("open-them-to-decide") };
                self.notify(&tag, title, body, shows)
            }
        })
    }

    /// Eligibilities that end soon, by their names, the first to end first.
    pub fn endings(&self, ending: &[(String, DateTime<Utc>)], now: DateTime<Utc>) -> Option<Notify> {
        let day = |at: DateTime<Utc>| words::day(self.local(at), self.local(now));
        let (first, _) = ending.first()?;
        let tag = self.tag(&format!("endings/{first}"));
        let (title, body) = match ending {
            [] => return None,
            [(name, end)] => (say!("eligibility-ends-soon", role = name), say!("ask-for-extension", day = day(*end))),
            several => {
                let each = several.iter().map(|(name, end)| say!("role-and-day", role = name, day = day(*end)));
                (say!("eligibilities-end-soon", count = several.len()), listed(each, several.len()))
            }
        };
        let actions = vec![NotificationAction::Open, NotificationAction::Dismiss];
        Some(Notify { tag, title: self.titled(title), body, actions, pressing: false })
    }

    /// What others have activated.
    pub fn activations(&self, all: &[Activation], now: DateTime<Utc>) -> Option<Notify> {
        let shows = (Section::Activations, None);
        // Of its own: one that nobody has seen yet is not replaced.
        let tag = format!("activations/{}", all.first()?.id);
        Some(match all {
            [] => return None,
            [one] if self.details => {
                let until = one.end.map(|end| say!("until", time = self.clock(end, now)));
                let reason = one.reason.as_deref().map(|reason| say!("quoted", text = codes::clean(reason, LONGEST)));
                let ticket = one.ticket.as_deref().map(|ticket| say!("ticket", number = ticket));
                // One that is told at once needs no time of its own.
                let late =
                    (now - one.at > TimeDelta::minutes(5)).then(|| say!("at-time", time = self.clock(one.at, now)));
                let body = words::sentences([late, reason, ticket, until].into_iter().flatten());
                let title = say!("somebody-activated", person = &one.person, role = one.title());
                self.notify(&tag, title, body, shows)
            }
            [_] => self.notify(&tag, say!("privileged-role-activated"), String::new(), shows),
            several => {
                let title = say!("privileged-roles-activated", count = several.len());
                let body = if self.details {
                    let each: BTreeSet<String> = several
                        .iter()
                        .map(|one| say!("person-and-role", person = &one.person, role = one.title()))
                        .collect();
                    let many = each.len();
                    listed(each.into_iter(), many)
                } else {
                    String::new()
                };
                self.notify(&tag, title, body, shows)
            }
        })
    }
}

/// The tag of a request's notification.
pub(super) fn approval_tag(id: &str) -> String {
    format!("approval/{id}")
}

fn listed(each: impl Iterator<Item = String>, many: usize) -> String {
    let mut lines: Vec<String> = each.take(MOST_NAMED).collect();
    if many > MOST_NAMED {
        lines.push(say!("and-more", count = many - MOST_NAMED));
    }
    lines.join("\n")
}
