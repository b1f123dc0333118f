//! A role's whole life as the library goes through it, whichever way a switch stands.

use std::{collections::BTreeSet, pin::Pin};

use chrono::TimeDelta;
use pim::{
    api::Sources,
    auth::Tokens,
    failure::Failure,
    manage::{
        Office,
        approvals::{Waiting, Wish},
    },
    model::{Activation, ActivationRequest, Deactivation, Eligibility, Kind, RequestStatus, RoleKey, Verdict},
    problem::Remedy,
};
use tenant::{
    Scenario,
    faults::Fault,
    robot::Person,
    scenario::{AzureRepeat, FutureStart, Kind as Place},
};

use crate::support::{World, activation, robot};

type Played = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One of each kind that asks for nothing that a sign-in has not proven.
const EASY: [(Kind, &str, Option<&str>); 3] = [
    (Kind::DirectoryRole, "Global Reader", None),
    (Kind::Group, "Warehouse Dashboards", Some("Member")),
    (Kind::AzureResource, "Contributor", Some("rg-sandbox")),
];

/// Maya at a tenant, signed in to both services.
struct Maya {
    world: World,
    tokens: Tokens,
    sources: Sources,
}

impl Maya {
    async fn at(scenario: Scenario) -> Self {
        let world = World::of(scenario).await;
        let tokens = world.sign_in_to_azure("maya").await;
        let sources = world.sources(&tokens);
        Self { world, tokens, sources }
    }

    /// What she may activate, all of it.
    async fn eligible(&self, kind: Kind) -> Vec<Eligibility> {
        let listed = self.sources.eligible(kind, &[]).await.expect("a list");
        let count = Kind::ALL.iter().zip([22, 6, 12]).find(|(known, _)| **known == kind).expect("a kind").1;
        assert_eq!((listed.found.len(), listed.missing), (count, Vec::new()), "{kind:?}");
        listed.found
    }

    async fn find(&self, (kind, name, scope): (Kind, &str, Option<&str>)) -> Eligibility {
        let all = self.eligible(kind).await;
        let named = self.world.tenant.app().scenario.groups.iter().find(|group| group.display_name == name);
        let own = |row: &&Eligibility| {
            let scoped = scope.is_none_or(|scope| row.scope_name.as_deref() == Some(scope));
            // A group whose name may not be read is called by its id.
            let group = named.is_some_and(|group| row.key.scope_id.eq_ignore_ascii_case(&group.id.to_string()));
            scoped && (row.role_name == name || group)
        };
        all.iter().find(own).unwrap_or_else(|| panic!("no {name} at {scope:?}: {all:#?}")).clone()
    }

    /// Asks for it, with a stronger sign-in where the service wants one.
    async fn activate(&self, wanted: &Activation) -> Result<ActivationRequest, Failure> {
        let first = self.sources.activate(std::slice::from_ref(wanted), &[]).await.remove(0);
        let Err(Failure::StepUp { claims, .. }) = first else { return first };
        let person = robot(Person::new("maya"));
        let token = self.tokens.step_up(wanted.key.kind.resource(), &claims, &person).await.expect("stepped up");
        self.sources.activate(std::slice::from_ref(wanted), &[token]).await.remove(0)
    }

    /// Follows a request until the service is done with it.
    async fn provisioned(&self, made: &ActivationRequest) -> ActivationRequest {
        for _ in 0..100 {
            let now = self.sources.request(made.key.kind, &made.id).await.expect("the request");
            if now.status == RequestStatus::Provisioned {
                return now;
            }
            assert!(matches!(now.status, RequestStatus::InFlight(_)), "{now:?}");
            self.world.advance(TimeDelta::seconds(5));
        }
        panic!("never provisioned: {made:?}");
    }

    async fn is_active(&self, key: &RoleKey) -> bool {
        let active = self.sources.active(key.kind, std::slice::from_ref(key)).await.expect("what is active").found;
        active.iter().any(|row| row.key == *key && row.activated)
    }

    async fn end(&self, wanted: &Activation) -> Result<ActivationRequest, Failure> {
        self.sources.deactivate(&Deactivation::new(wanted.key.clone(), &wanted.principal_id), &[]).await
    }

    /// It is active: it is ended when that may be, and nothing is left of it.
    async fn ended(&self, wanted: &Activation) {
        self.world.advance(TimeDelta::minutes(6));
        let ended = self.end(wanted).await.unwrap_or_else(|failure| panic!("{}: {failure:?}", wanted.key));
        assert_eq!(ended.status, RequestStatus::Revoked, "{}", wanted.key);
        assert!(!self.is_active(&wanted.key).await, "{} is still active", wanted.key);
    }

    /// Lists, activates, follows, ends: each once.
    async fn live(&self, role: (Kind, &str, Option<&str>)) {
        let before = (self.committed("selfActivate"), self.committed("selfDeactivate"));
        let wanted = self.wanted(role).await;
        let made = self.activate(&wanted).await.unwrap_or_else(|failure| panic!("{role:?}: {failure:?}"));
        let done = self.provisioned(&made).await;
        assert_eq!(done.end.zip(done.start).map(|(end, start)| end - start), Some(TimeDelta::minutes(60)), "{role:?}");
        assert!(self.is_active(&wanted.key).await, "{role:?}");
        self.ended(&wanted).await;
        let after = (self.committed("selfActivate"), self.committed("selfDeactivate"));
        assert_eq!(after, (before.0 + 1, before.1 + 1), "{role:?}");
    }

    async fn wanted(&self, role: (Kind, &str, Option<&str>)) -> Activation {
        activation(&self.find(role).await, 60)
    }

    fn committed(&self, event: &str) -> usize {
        self.world.tenant.app().ledger.entries().iter().filter(|entry| entry.event == event).count()
    }
}

/// A role of each kind.
pub fn every_life(scenario: Scenario) -> Played {
    Box::pin(async move {
        let maya = Maya::at(scenario).await;
        for role in EASY {
            maya.live(role).await;
        }
    })
}

/// An Azure role, whose first answer gets lost on the way.
pub fn azure_life(scenario: Scenario) -> Played {
    Box::pin(async move {
        let judged = scenario.switches.azure_repeat == AzureRepeat::Judged;
        let readable = scenario.switches.azure_policies_readable;
        let maya = Maya::at(scenario).await;
        let keys: Vec<RoleKey> = maya.eligible(Kind::AzureResource).await.into_iter().map(|row| row.key).collect();
        let policies = maya.sources.policies(Kind::AzureResource, &keys).await.expect("some of them");
        assert_eq!(policies.missing.is_empty(), readable, "{:?}", policies.missing);
        let refused = |missing: &pim::api::Missing| missing.failure.problem().code == "AuthorizationFailed";
        assert!(policies.missing.iter().all(refused), "{:?}", policies.missing);
        let [.., role] = EASY;
        maya.world.fault_on(Some("PUT"), "roleAssignmentScheduleRequests", 1, Fault::DropAfter);
        maya.live(role).await;
        // Whatever a repeated PUT is answered, the first one's request is the one that counts.
        maya.world.advance(TimeDelta::minutes(5));
        let mut wanted = maya.wanted(role).await;
        wanted.request_id = Some(uuid::Uuid::from_u128(7));
        let first = maya.activate(&wanted).await.expect("activated");
        let again = maya.activate(&wanted).await.expect("found again");
        assert_eq!((&again.id, again.status), (&first.id, RequestStatus::Provisioned), "judged: {judged}");
        maya.ended(&wanted).await;
    })
}

/// Roles that come through a group: asked for by the caller, whoever the row names.
pub fn through_a_group(scenario: Scenario) -> Played {
    Box::pin(async move {
        let maya = Maya::at(scenario).await;
        for role in [
            (Kind::DirectoryRole, "Intune Administrator", None),
            (Kind::AzureResource, "Scanner Fleet Operator", Some("Warehouse Systems")),
        ] {
            assert_eq!(maya.find(role).await.principal_id, maya.tokens.identity().object_id, "{role:?}");
            maya.live(role).await;
        }
    })
}

/// Roles that take an authentication context, which a stronger sign-in brings.
pub fn proven(scenario: Scenario) -> Played {
    Box::pin(async move {
        for role in [
            (Kind::DirectoryRole, "Security Administrator", None),
            (Kind::Group, "Production Operators", Some("Member")),
            (Kind::AzureResource, "User Access Administrator", Some("Development and Test")),
        ] {
            // By itself: one stronger sign-in proves it for what follows.
            let maya = Maya::at(scenario.clone()).await;
            let first = maya.sources.activate(&[maya.wanted(role).await], &[]).await.remove(0);
            assert!(matches!(first, Err(Failure::StepUp { .. })), "{role:?}: {first:?}");
            maya.live(role).await;
        }
    })
}

/// Which rules failed is understood in either form, and what they want is enough.
pub fn refusal(scenario: Scenario) -> Played {
    Box::pin(async move {
        let maya = Maya::at(scenario).await;
        for role in [
            (Kind::DirectoryRole, "Global Reader", None),
            (Kind::Group, "Warehouse Dashboards", Some("Owner")),
            (Kind::AzureResource, "Virtual Machine Contributor", Some("rg-erp-prod")),
        ] {
            let mut wanted = maya.wanted(role).await;
            wanted.justification = String::new();
            let refused = maya.activate(&wanted).await;
            let Err(Failure::Refused(problem)) = refused else { panic!("a reason is wanted: {refused:?}") };
            assert_eq!((problem.message.as_str(), problem.remedy), ("A reason is required.", Remedy::EditForm));
            maya.live(role).await;
        }
    })
}

/// What is too early is told apart from what is done.
pub fn five_minutes(scenario: Scenario) -> Played {
    Box::pin(async move {
        let rule = scenario.switches.five_minute_rule;
        let maya = Maya::at(scenario).await;
        for role in EASY {
            let wanted = maya.wanted(role).await;
            let made = maya.activate(&wanted).await.expect("activated");
            maya.provisioned(&made).await;
            maya.world.advance(TimeDelta::minutes(2));
            match maya.end(&wanted).await {
                Err(Failure::TooShort(problem)) if rule => {
                    assert_eq!(problem.code, "ActiveDurationTooShort");
                    maya.ended(&wanted).await;
                }
                Ok(ended) if !rule => {
                    assert_eq!(ended.status, RequestStatus::Revoked);
                    assert!(!maya.is_active(&wanted.key).await, "{role:?}");
                }
                other => panic!("{role:?}: {other:?}"),
            }
        }
    })
}

/// Windows that touch each other: refused by the rule, taken without it.
pub fn windows(scenario: Scenario) -> Played {
    Box::pin(async move {
        let rule = scenario.switches.overlap_rule;
        let maya = Maya::at(scenario).await;
        for role in EASY {
            let kind = role.0;
            let mut first = maya.wanted(role).await;
            let start = maya.world.net.clock().now() + TimeDelta::hours(2);
            first.start = Some(start);
            let planned = maya.activate(&first).await.expect("planned");
            assert_eq!(planned.status, RequestStatus::Granted, "{role:?}");
            let mut second = maya.wanted(role).await;
            second.start = Some(start + TimeDelta::minutes(60));
            let mut made = vec![planned.id];
            match maya.activate(&second).await {
                Err(Failure::Pending(problem)) if rule => {
                    assert_eq!(problem.code, "OverlapsPendingRoleAssignmentRequests", "{role:?}");
                }
                Ok(more) if !rule => {
                    assert_eq!(more.status, RequestStatus::Granted, "{role:?}");
                    made.push(more.id);
                }
                other => panic!("{role:?}: {other:?}"),
            }
            for id in made {
                maya.sources.cancel(kind, &id).await.expect("withdrawn");
                let now = maya.sources.request(kind, &id).await.expect("the request");
                assert_eq!(now.status, RequestStatus::Canceled, "{role:?}");
            }
            maya.live(role).await;
        }
    })
}

/// What is to begin after a running activation's end: refused as active already, or taken.
pub fn queued(scenario: Scenario) -> Played {
    Box::pin(async move {
        let switches = scenario.switches.clone();
        let maya = Maya::at(scenario).await;
        for (role, place) in EASY.into_iter().zip([Place::Directory, Place::Group, Place::Azure]) {
            let kind = role.0;
            let wanted = maya.wanted(role).await;
            let made = maya.activate(&wanted).await.expect("activated");
            let end = maya.provisioned(&made).await.end.expect("an end");
            let mut next = maya.wanted(role).await;
            next.start = Some(end + TimeDelta::minutes(1));
            match (maya.activate(&next).await, switches.future_start(place)) {
                (Err(Failure::Exists(problem)), FutureStart::Refused) => {
                    assert_eq!(problem.code, "RoleAssignmentExists", "{role:?}");
                }
                (Ok(planned), FutureStart::Queued | FutureStart::QueuedByMinute) => {
                    assert_eq!(planned.status, RequestStatus::Granted, "{role:?}");
                    maya.sources.cancel(kind, &planned.id).await.expect("withdrawn");
                    let now = maya.sources.request(kind, &planned.id).await.expect("the request");
                    assert_eq!(now.status, RequestStatus::Canceled, "{role:?}");
                }
                other => panic!("{role:?}: {other:?}"),
            }
            maya.ended(&wanted).await;
        }
    })
}

/// Somebody else decides, in whatever form the service wants it.
pub fn decided(scenario: Scenario) -> Played {
    Box::pin(async move {
        let maya = Maya::at(scenario).await;
        for (role, approver) in [
            ((Kind::Group, "Payroll Readers", Some("Member")), "ines"),
            ((Kind::AzureResource, "Owner", Some("Connectivity")), "omar"),
        ] {
            let kind = role.0;
            let wanted = maya.wanted(role).await;
            let asked = maya.activate(&wanted).await.expect("asked for");
            assert_eq!(asked.status, RequestStatus::PendingApproval, "{role:?}");
            let tokens = maya.world.sign_in_to_azure(approver).await;
            let (net, client) = (maya.world.net.clone(), World::registration().client_id);
            let office = Office::new(net, tokens, client, vec![kind], robot(Person::new(approver)));
            let waiting = office.approvals(&[kind]).await;
            let [Waiting { found: Ok(found), .. }] = &waiting[..] else { panic!("{role:?}: {waiting:?}") };
            let [approval] = &found[..] else { panic!("{role:?}: {found:?}") };
            let wish = Wish { approval: approval.clone(), verdict: Verdict::Approve, reason: "As agreed".into() };
            let decided = office.decide(&[wish]).await.remove(0);
            assert!(decided.as_ref().is_ok_and(|decided| !decided.looked_up), "{role:?}: {decided:?}");
            maya.provisioned(&asked).await;
            assert!(maya.is_active(&wanted.key).await, "{role:?}");
            maya.ended(&wanted).await;
        }
    })
}

/// Whoever is the last to administer roles, or to own a group, cannot give that up by the rule, and is told what helps.
pub fn last_holder(mut scenario: Scenario) -> Played {
    Box::pin(async move {
        let rule = scenario.switches.last_administrator_rule;
        let global = scenario.role_named("Global Administrator").expect("the role").id;
        scenario.assigned.retain(|grant| grant.role != global);
        for policy in scenario.policies.values_mut() {
            policy.approval = false;
        }
        for group in &mut scenario.groups {
            group.owners.clear();
        }
        let maya = Maya::at(scenario).await;
        for role in
            [(Kind::DirectoryRole, "Global Administrator", None), (Kind::Group, "Warehouse Dashboards", Some("Owner"))]
        {
            if !rule {
                maya.live(role).await;
                continue;
            }
            let wanted = maya.wanted(role).await;
            let made = maya.activate(&wanted).await.expect("activated");
            maya.provisioned(&made).await;
            maya.world.advance(TimeDelta::minutes(6));
            let refused = maya.end(&wanted).await;
            let Err(Failure::Refused(problem)) = refused else { panic!("{role:?}: {refused:?}") };
            assert_eq!(problem.code, "CannotDeleteLastAdminAssignment");
            assert!(matches!(problem.remedy, Remedy::AskAdmin { .. }), "{problem:?}");
            assert!(maya.is_active(&wanted.key).await, "{role:?}");
        }
    })
}

/// When its rights take effect is told apart from when it is active.
pub fn effective(scenario: Scenario) -> Played {
    Box::pin(async move {
        let lag = scenario.switches.effect_lag.length();
        let maya = Maya::at(scenario).await;
        for role in EASY {
            let wanted = maya.wanted(role).await;
            let made = maya.activate(&wanted).await.expect("activated");
            maya.provisioned(&made).await;
            // Time passes on its own, too: only what lasts is still to come.
            if lag > TimeDelta::minutes(30) {
                assert_eq!(maya.sources.effect(&wanted.key).await, Ok(Some(false)), "{role:?}");
            } else {
                maya.world.advance(lag);
                assert_eq!(maya.sources.effect(&wanted.key).await, Ok(Some(true)), "{role:?}");
            }
            maya.ended(&wanted).await;
        }
    })
}

/// What was done stands in the audit log, however long it is and however often one may ask.
pub fn audited(mut scenario: Scenario) -> Played {
    Box::pin(async move {
        let history = scenario.switches.audit_history;
        for user in &mut scenario.users {
            user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
        }
        // More pages than may be asked for at once.
        scenario.switches.page_size = 40;
        let maya = Maya::at(scenario).await;
        let wanted = maya.wanted((Kind::DirectoryRole, "Reports Reader", None)).await;
        let made = maya.activate(&wanted).await.expect("activated");
        maya.provisioned(&made).await;
        maya.world.advance(TimeDelta::minutes(1));
        let (clock, app) = (maya.world.net.clock().clone(), maya.world.tenant.app().clone());
        let mut pages = maya.sources.audit(None, None, None);
        let mut records = Vec::new();
        loop {
            let told = |until| {
                // The tenant's time goes by as soon as it is waited for.
                app.clock.advance(until - app.clock.now() + TimeDelta::seconds(1));
                clock.set(app.clock.now(), 1.0);
            };
            let Some(page) = pages.next(told).await.expect("a page") else { break };
            assert_eq!(page.unreadable, 0);
            records.extend(page.records);
        }
        assert!(records.len() > history, "{} of {history}", records.len());
        let ids: BTreeSet<&str> = records.iter().map(|record| record.id.as_str()).collect();
        assert_eq!(ids.len(), records.len(), "each once");
        let own = |record: &&pim::model::AuditRecord| record.by.id.as_deref() == Some(&*wanted.principal_id);
        let role = records.iter().find(own).and_then(|record| record.role.as_ref()).and_then(|role| role.name.clone());
        assert_eq!(role.as_deref(), Some("Reports Reader"), "the newest of hers");
        maya.ended(&wanted).await;
    })
}
