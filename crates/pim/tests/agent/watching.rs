//! What the watch tells an administrator who looks at nothing: requests that wait, activations of others, what is their own.

use std::time::Duration;

use chrono::{FixedOffset, TimeDelta};
use pim::{
    agent::{Notification, NotificationAction, Notify},
    clock::Clock,
    cloud::AUDIT_LOG,
    paths::Paths,
    view::{Command, Section, Session, Watch},
    watch::{self, Seen, Watching},
};
use tenant::{
    Scenario,
    pim::{Action, Actor, Expiration, ScheduleInfo, Side, Submission, Ticket},
    robot::Person,
    scenario::{Approver, IsoDuration, Scope},
};
use tokio::sync::mpsc::UnboundedReceiver;
use uuid::Uuid;

use crate::{desk::Desk, support::asked};

const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody signed in, and watching. What needs an approval waits for Omar.
struct Post {
    desk: Desk,
    account: String,
    watching: Watching,
    told: UnboundedReceiver<Notification>,
}

impl Post {
    async fn of(person: &str) -> Self {
        let mut scenario = Scenario::contoso();
        for user in &mut scenario.users {
            user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
        }
        let omar = scenario.user_named("omar").expect("Omar").id;
        for policy in scenario.policies.values_mut().filter(|policy| policy.approval) {
            policy.approvers = vec![Approver::User(omar)];
        }
        let mut desk = Desk::of(scenario).await;
        desk.person = Person::new(person);
        desk.restart().await;
        desk.agent.send(Command::SignInDemo);
        let there = |view: &pim::view::View| {
            matches!(view.session, Session::SignedIn { .. }) && view.list.as_of.is_some() && !view.list.loading
        };
        let view = desk.until("somebody with their lists", there).await;
        let account = view.accounts.iter().find(|row| row.current).expect("somebody").account.id.clone();
        let (watching, told) = start(&desk);
        Self { desk, account, watching, told }
    }

    /// The next notification that is shown.
    async fn told(&mut self) -> Notify {
        let next = async {
            loop {
                match self.told.recv().await.expect("the watch runs") {
                    Notification::Notify(notify) => return notify,
                    Notification::Withdraw { .. } => {}
                }
            }
        };
        tokio::time::timeout(PATIENCE, next).await.expect("told in time")
    }

    async fn waiting(&self, many: usize) {
        let mut waiting = self.watching.waiting();
        let there = waiting.wait_for(|all| all.get(&self.account).copied().unwrap_or_default() == many);
        tokio::time::timeout(PATIENCE, there).await.expect("in time").expect("the watch runs");
    }

    /// Maya asks for a role of the directory; her request's id.
    fn maya_activates(&self, role: &str) -> Uuid {
        let app = self.desk.tenant.app();
        let maya = app.scenario.user_named("maya").expect("Maya").id;
        let called = |id: Uuid| app.scenario.role(id).is_some_and(|known| known.display_name == role);
        let mut own = app.scenario.eligible.iter().filter(|grant| grant.principal == maya);
        let grant = own.find(|grant| grant.scope == Scope::Directory && called(grant.role)).expect("eligible");
        let (actor, submission) = asked(grant, "Year end");
        let guid = app.guid();
        app.with_pim(|pim, now| pim.submit(&app.scenario, &actor, &submission, guid, now)).expect("taken");
        guid
    }

    fn watch(&self, watch: Watch) {
        self.desk.agent.send(Command::Watch { watch });
    }

    fn looks(&self) -> usize {
        self.desk.requests("directoryAudits")
    }
}

fn start(desk: &Desk) -> (Watching, UnboundedReceiver<Notification>) {
    let clock = Clock::system();
    let tenant = desk.tenant.clone();
    // As the agent's own clock, it follows the tenant's.
    let control = tenant.endpoints().control.parse().expect("an address");
    tokio::spawn(pim::clock::follow(clock.clone(), reqwest::Client::new(), control));
    watch::start(desk.agent.clone(), Paths::within(desk.home.path()), clock, |_| FixedOffset::east_opt(0).expect("UTC"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_told_with_a_button_that_decides_and_counted_until_it_is_decided() {
    let mut post = Post::of("omar").await;
    post.waiting(0).await;
    let id = post.maya_activates("Compliance Administrator");
    post.watching.seen(&post.account, Seen::Decided);
    let told = post.told().await;
    assert_eq!(told.title, "Maya Lindqvist asks for Compliance Administrator");
    assert!(told.body.starts_with("“Year end” Ticket INC-7. For 1 h. Decide until "), "{}", told.body);
    let decide = NotificationAction::Manage {
        account: post.account.clone(),
        section: Section::Approvals,
        id: Some(id.to_string()),
    };
    assert_eq!(told.actions[0], decide);
    post.waiting(1).await;
    // Whoever has been asked is looked after every three minutes, and told nothing twice: not after a restart either.
    let before = post.desk.requests("roleAssignmentScheduleRequests");
    post.desk.advance(TimeDelta::minutes(3));
    post.desk.wait("looked again", || post.desk.requests("roleAssignmentScheduleRequests") > before).await;
    let app = post.desk.tenant.app();
    let omar = app.scenario.user_named("omar").expect("Omar").id;
    app.with_pim(|pim, now| pim.decide(&app.scenario, omar, id, true, "Fine", now)).expect("decided");
    post.watching.seen(&post.account, Seen::Decided);
    post.waiting(0).await;
    let (watching, told) = start(&post.desk);
    (post.watching, post.told) = (watching, told);
    post.maya_activates("Global Administrator");
    post.watching.seen(&post.account, Seen::Decided);
    assert_eq!(post.told().await.title, "Maya Lindqvist asks for Global Administrator", "and only that");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_activation_of_somebody_else_is_told_within_two_minutes() {
    // A Security Reader: the log is not everybody's.
    let mut post = Post::of("sven").await;
    post.desk.agent.office().await.expect("a session").permit(AUDIT_LOG).await.expect("consented to");
    post.maya_activates("Exchange Administrator");
    post.watch(Watch { activations: true, ..Watch::default() });
    post.desk.wait("looked", || post.looks() == 1).await;
    post.maya_activates("User Administrator");
    post.maya_activates("Reports Reader");
    // Time passes: provisioning, and then the next look.
    post.desk.advance(TimeDelta::seconds(95));
    let told = post.told().await;
    assert_eq!(told.title, "Maya Lindqvist activated User Administrator");
    assert!(told.body.starts_with("“Year end” Ticket INC-7. Until "), "{}", told.body);
    let show = NotificationAction::Manage { account: post.account.clone(), section: Section::Activations, id: None };
    assert_eq!(told.actions, [show, NotificationAction::Dismiss]);
    // Switched off, it costs nothing.
    post.watch(Watch::default());
    post.desk.until("off", |view| !view.settings.watch.activations).await;
    let looks = post.looks();
    post.desk.advance(TimeDelta::minutes(30));
    let before = post.desk.requests("roleAssignmentScheduleRequests");
    post.watching.seen(&post.account, Seen::Decided);
    post.desk.wait("looked at something else", || post.desk.requests("roleAssignmentScheduleRequests") > before).await;
    assert_eq!(post.looks(), looks);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_has_consented_to_is_asked_for_once_a_day_and_opens_no_browser() {
    let scenario = Scenario::contoso();
    let mut desk = Desk::of(scenario).await;
    desk.restart().await;
    desk.sign_in().await;
    let (browsers, tokens) = (desk.browsers(), desk.requests("/token"));
    let (_watching, mut told) = start(&desk);
    desk.agent.send(Command::Watch { watch: Watch { activations: true, ..Watch::default() } });
    desk.until("on", |view| view.settings.watch.activations).await;
    desk.wait("tried in silence", || desk.requests("/token") > tokens).await;
    let tokens = desk.requests("/token");
    for _ in 0..3 {
        desk.advance(TimeDelta::minutes(2));
        desk.agent.send(Command::Refresh);
        desk.until("read anew", |view| !view.list.loading).await;
    }
    assert_eq!((desk.browsers(), desk.requests("directoryAudits")), (browsers, 0));
    assert_eq!(desk.requests("/token"), tokens, "a refusal is a line in somebody's log");
    assert!(told.try_recv().is_err(), "nothing to tell");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_somebody_gives_is_told_once() {
    let mut desk = Desk::signed_in().await;
    let tenant = desk.tenant.clone();
    let app = tenant.app();
    let [omar, maya] = ["omar", "maya"].map(|name| app.scenario.user_named(name).expect("somebody").id);
    let role = app.scenario.roles.iter().find(|role| role.display_name == "Directory Readers").expect("a role").id;
    let give = |action| {
        let actor = Actor { id: omar, mfa: true, contexts: vec!["c1".into()], cp1: true };
        let submission = Submission {
            side: Side::Eligibility,
            action,
            principal: maya,
            role,
            scope: Scope::Directory,
            justification: Some("Helps out".into()),
            schedule: (action == Action::AdminAssign)
                .then(|| ScheduleInfo { start: None, expiration: Expiration::AfterDuration(IsoDuration::hours(48)) }),
            ticket: Ticket::default(),
            validation_only: false,
            eligibility: None,
            condition: None,
        };
        let guid = app.guid();
        app.with_pim(|pim, now| pim.submit(&app.scenario, &actor, &submission, guid, now)).expect("taken");
    };
    give(Action::AdminAssign);
    desk.advance(TimeDelta::minutes(1));
    desk.agent.send(Command::Refresh);
    let told = desk.until_noted("You are eligible for Directory Readers").await;
    assert_eq!(told.body, "You can activate it from now on.");
    desk.until("listed", |view| view.eligible.iter().any(|row| row.name == "Directory Readers")).await;
    desk.restart().await;
    desk.until("listed again", |view| view.list.as_of.is_some() && !view.list.loading).await;
    give(Action::AdminRemove);
    desk.advance(TimeDelta::minutes(1));
    desk.agent.send(Command::Refresh);
    desk.until_noted("Directory Readers was taken away").await;
    let new = desk.noted().into_iter().filter(|note| note.title.contains("You are eligible for"));
    assert_eq!(new.count(), 1, "told once");
}
