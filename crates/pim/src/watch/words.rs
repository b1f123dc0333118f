//! What the watch says. Names come from the service: each is made inert where it is read or here.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, FixedOffset, TimeDelta, Utc};

use super::activations::Activation;
use crate::{
    codes,
    elevation::{NotificationAction, Notify},
    manage::{
        approvals::{PendingApproval, spoken},
        reviews::Reviewed,
    },
    view::Section,
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
    /// The user's time zone at a moment.
    pub zone: fn(DateTime<Utc>) -> FixedOffset,
}

impl Manner {
    fn clock(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let local = |at: DateTime<Utc>| at.with_timezone(&(self.zone)(at));
        let (at, now) = (local(at), local(now));
        let format = if at.date_naive() == now.date_naive() { "%H:%M" } else { "%a %-d %b, %H:%M" };
        at.format(format).to_string()
    }

    fn notify(&self, tag: &str, title: String, body: String, shows: (Section, Option<String>)) -> Notify {
        let title = self.titled(title);
        let (section, id) = shows;
        let manage = NotificationAction::Manage { account: self.account.clone(), section, id };
        let actions = vec![manage, NotificationAction::Dismiss];
        Notify { tag: self.tag(tag), title, body, actions }
    }

    fn titled(&self, title: String) -> String {
        match &self.tenant {
            Some(tenant) => format!("{title} · {}", codes::clean(tenant, LONGEST)),
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
                let until = one.deadline().map(|at| format!("Decide until {}.", self.clock(at, now)));
                if !self.details {
                    let body = until.unwrap_or_else(|| "Open it to decide.".into());
                    return Some(self.notify(&tag, "A request waits for your decision".into(), body, decide(id)));
                }
                let length = one.length.map(|length| format!("For {}.", spoken(length)));
                let reason = one.reason.as_deref().map(|text| format!("“{}”", codes::clean(text, LONGEST)));
                let ticket = one.ticket.as_ref().map(|ticket| format!("Ticket {}.", codes::clean(&ticket.number, 60)));
                let body: Vec<_> = [reason, ticket, length, until].into_iter().flatten().collect();
                let title = format!("{} asks for {}", one.person.called(), one.title());
                self.notify(&tag, title, body.join(" "), decide(id))
            }
            several => {
                let body = if self.details {
                    let each = several.iter().map(|one| format!("{}: {}", one.person.called(), one.title()));
                    listed(each, several.len())
                } else {
                    "Open them to decide.".into()
                };
                let title = format!("{} requests wait for your decision", several.len());
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
                let people = if *open == 1 { "1 person".into() } else { format!("{open} people") };
                let title = if self.details {
                    format!("Access review ends soon: {name}")
                } else {
                    "An access review ends soon".into()
                };
                self.notify(&tag, title, format!("You have not decided about {people}. It ends {end}."), shows)
            }
            several => {
                let title = format!("{} access reviews end soon", several.len());
                let names = several.iter().map(|(one, _)| codes::clean(&one.review.name, LONGEST));
                let body = if self.details { listed(names, several.len()) } else { "Open them to decide.".into() };
                self.notify(&tag, title, body, shows)
            }
        })
    }

    /// Eligibilities that end soon, by their names, the first to end first.
    pub fn endings(&self, ending: &[(String, DateTime<Utc>)], now: DateTime<Utc>) -> Option<Notify> {
        let day = |at: DateTime<Utc>| {
            let (at, now) = (at.with_timezone(&(self.zone)(at)), now.with_timezone(&(self.zone)(now)));
            at.format(if at.year() == now.year() { "%a %-d %b" } else { "%-d %b %Y" }).to_string()
        };
        let (first, _) = ending.first()?;
        let tag = self.tag(&format!("endings/{first}"));
        let (title, body) = match ending {
            [] => return None,
            [(name, end)] => (
                format!("Your eligibility for {name} ends soon"),
                format!("It ends on {}. You can ask for an extension.", day(*end)),
            ),
            several => {
                let each = several.iter().map(|(name, end)| format!("{name}: {}", day(*end)));
                (format!("{} of your eligibilities end soon", several.len()), listed(each, several.len()))
            }
        };
        let actions = vec![NotificationAction::Open, NotificationAction::Dismiss];
        Some(Notify { tag, title: self.titled(title), body, actions })
    }

    /// What others have activated.
    pub fn activations(&self, all: &[Activation], now: DateTime<Utc>) -> Option<Notify> {
        let shows = (Section::Activations, None);
        // Of its own: one that nobody has seen yet is not replaced.
        let tag = format!("activations/{}", all.first()?.id);
        Some(match all {
            [] => return None,
            [one] if self.details => {
                let until = one.end.map(|end| format!("Until {}.", self.clock(end, now)));
                let reason = one.reason.as_deref().map(|reason| format!("“{}”", codes::clean(reason, LONGEST)));
                let ticket = one.ticket.as_deref().map(|ticket| format!("Ticket {ticket}."));
                // One that is told at once needs no time of its own.
                let late = (now - one.at > TimeDelta::minutes(5)).then(|| format!("At {}.", self.clock(one.at, now)));
                let body: Vec<_> = [late, reason, ticket, until].into_iter().flatten().collect();
                let title = format!("{} activated {}", one.person, one.title());
                self.notify(&tag, title, body.join(" "), shows)
            }
            [_] => self.notify(&tag, "A privileged role was activated".into(), String::new(), shows),
            several => {
                let title = format!("{} privileged roles were activated", several.len());
                let body = if self.details {
                    let each: BTreeSet<String> =
                        several.iter().map(|one| format!("{}: {}", one.person, one.title())).collect();
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
        lines.push(format!("and {} more", many - MOST_NAMED));
    }
    lines.join("\n")
}
