//! What the Manage window asks about policies, answered over HTTP against the simulated tenant.

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
};

use pim::{
    manage::{Counter, Office},
    model::{Kind, PrincipalKind},
    view::{
        ApprovalEdit, Ask, ComparedPolicy, GivableRow, Limit, MailEdit, Outcome, PolicyEdits, PolicySettings,
        PolicyWanted, Proof, RuleGroup, RuleRow, Told,
    },
};
use support::{World, robot};
use tempfile::TempDir;
use tenant::{Scenario, robot::Person};

/// Omar at a counter that writes to a folder of the test's.
struct Desk {
    /// Ends with the test.
    _world: World,
    office: Office,
    counter: Counter,
    folder: TempDir,
}

/// Where tokens for errands are had without anybody being asked.
async fn omar(arrange: impl FnOnce(&mut Scenario)) -> Desk {
    let mut scenario = Scenario::contoso();
    for user in &mut scenario.users {
        user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
    }
    arrange(&mut scenario);
    let world = World::of(scenario).await;
    let tokens = world.sign_in_to_azure("omar").await;
    let client = World::registration().client_id;
    let office = Office::new(world.net.clone(), tokens, client, Kind::ALL.to_vec(), robot(Person::new("omar")));
    let folder = tempfile::tempdir().expect("a folder");
    let counter = Counter::writing_to(folder.path().join("Downloads"));
    Desk { _world: world, office, counter, folder }
}

impl Desk {
    async fn ask(&mut self, ask: Ask) -> Told {
        self.counter.answer(&self.office, ask).await
    }

    async fn code(&mut self, ask: Ask) -> String {
        match self.ask(ask).await {
            Told::Failed { problem } => problem.code,
            other => panic!("{other:?}"),
        }
    }

    async fn listed(&mut self) -> Vec<GivableRow> {
        let told = self.ask(Ask::Policies).await;
        let Told::Policies { sources, rows, problem: None } = told else { panic!("{told:?}") };
        assert!(sources.len() == 3 && sources.iter().all(|source| source.refused.is_none()), "{sources:?}");
        rows
    }

    async fn policy(&mut self, role: &str) -> (Vec<RuleRow>, PolicySettings) {
        let told = self.ask(Ask::Policy { role: role.to_owned() }).await;
        let Told::Policy { role: of, rules, settings } = told else { panic!("{told:?}") };
        assert_eq!(of, role);
        (rules, settings)
    }

    async fn compared(&mut self, wanted: PolicyWanted) -> Vec<ComparedPolicy> {
        let told = self.ask(Ask::ComparePolicies { wanted }).await;
        let Told::Compared { policies } = told else { panic!("{told:?}") };
        policies
    }

    async fn applied(&mut self, ids: &[&str]) -> Vec<Outcome> {
        let told = self.ask(apply(ids)).await;
        let Told::Outcomes { outcomes } = told else { panic!("{told:?}") };
        outcomes
    }

    async fn saved(&mut self, ids: &[&str]) -> (PathBuf, String) {
        let told = self.ask(Ask::ExportPolicies { ids: owned(ids) }).await;
        let Told::PoliciesSaved { path, count, missing } = told else { panic!("{told:?}") };
        assert!(missing.is_empty() && count as usize == ids.len(), "{count}, {missing:?}");
        let path = PathBuf::from(path);
        let text = fs::read_to_string(&path).expect("a file");
        (path, text)
    }
}

fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn apply(ids: &[&str]) -> Ask {
    Ask::ApplyPolicies { ids: owned(ids) }
}

fn edit(role: &str, edits: PolicyEdits) -> PolicyWanted {
    PolicyWanted::Edit { role: role.to_owned(), edits }
}

fn shorter(role: &str, minutes: u32) -> PolicyWanted {
    edit(role, PolicyEdits { longest: Some(minutes), ..PolicyEdits::default() })
}

fn id(rows: &[GivableRow], kind: Kind, name: &str) -> String {
    let found = rows.iter().find(|row| row.kind == kind && (name.is_empty() || row.name == name));
    found.unwrap_or_else(|| panic!("{kind:?} {name}: {rows:?}")).id.clone()
}

fn sentences(policies: &[ComparedPolicy]) -> Vec<String> {
    let all = policies.iter().flat_map(|policy| &policy.differences);
    all.map(|each| format!("{}: {} instead of {:?}", each.title, each.wanted, each.now)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_told_is_neither_read_nor_changed() {
    let mut desk = omar(|_| {}).await;
    let role = "directoryrole|29232cdf-9323-42fd-ade2-1d097af3e4de|/|".to_owned();
    for ask in [
        Ask::Policy { role: role.clone() },
        Ask::ComparePolicies { wanted: shorter(&role, 60) },
        Ask::ComparePolicies { wanted: PolicyWanted::Copy { from: role.clone(), to: vec![role.clone()] } },
        Ask::ExportPolicies { ids: vec![role.clone()] },
        apply(&[&role]),
        apply(&[]),
    ] {
        assert_eq!(desk.code(ask.clone()).await, "not-told", "{ask:?}");
    }
    assert!(fs::read_dir(desk.folder.path()).expect("a folder").next().is_none(), "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_told_in_words_changed_and_read_again() {
    let mut desk = omar(|scenario| scenario.switches.unknown_policy_rule = true).await;
    let rows = desk.listed().await;
    assert!(rows.is_sorted_by_key(|row| row.name.to_lowercase()));
    assert!(Kind::ALL.iter().all(|kind| rows.iter().any(|row| row.kind == *kind)), "{rows:?}");
    // A role of the directory has one policy, also where it is held at a scope.
    assert!(rows.iter().filter(|row| row.kind == Kind::DirectoryRole).all(|row| row.scope.is_none()));
    let teams = id(&rows, Kind::DirectoryRole, "Teams Administrator");
    let (rules, settings) = desk.policy(&teams).await;
    let other = rules.iter().filter(|rule| rule.group == RuleGroup::Other).collect::<Vec<_>>();
    assert_eq!((rules.len(), settings.mail.len(), other.len()), (18, 9, 1));
    assert!(other[0].words.contains("displayName \"Change calendar\""), "{other:?}");
    let edits = PolicyEdits {
        longest: Some(150),
        ticket: Some(true),
        proof: Some(Proof::Context { claim: "c1".into() }),
        eligible: Some(Limit::Days { days: 90 }),
        mail: vec![MailEdit {
            rule: settings.mail[0].rule.clone(),
            defaults: false,
            recipients: vec!["soc@contoso.example".into()],
        }],
        ..PolicyEdits::default()
    };
    let found = desk.compared(edit(&teams, edits.clone())).await;
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.id.as_str(), one.name.as_str(), one.differences.len()), (teams.as_str(), "Teams Administrator", 5));
    assert!(sentences(&found).iter().any(|said| said.contains("2 hours 30 minutes at most")), "{found:?}");
    assert_eq!(desk.policy(&teams).await.1, settings, "nothing was changed");
    let outcomes = desk.applied(&[&teams]).await;
    assert!(outcomes.len() == 5 && outcomes.iter().all(|outcome| outcome.problem.is_none()), "{outcomes:?}");
    assert!(outcomes[0].about.starts_with("Teams Administrator: "), "{outcomes:?}");
    let (_, now) = desk.policy(&teams).await;
    assert_eq!((now.longest, now.ticket, now.proof.clone()), (Some(150), Some(true), edits.proof.clone()));
    assert_eq!((now.eligible, now.mail[0].recipients.len()), (edits.eligible, 1));
    assert!(sentences(&desk.compared(edit(&teams, edits)).await).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_is_what_is_done_and_once() {
    let mut desk = omar(|_| {}).await;
    let rows = desk.listed().await;
    let teams = id(&rows, Kind::DirectoryRole, "Teams Administrator");
    desk.compared(shorter(&teams, 120)).await;
    assert!(desk.applied(&[&teams]).await[0].problem.is_none());
    assert_eq!(desk.code(apply(&[&teams])).await, "not-told");
    // Somebody else changes the rule between the look and the deed.
    let edits = PolicyEdits { longest: Some(60), ticket: Some(true), ..PolicyEdits::default() };
    desk.compared(edit(&teams, edits)).await;
    let mut other = Counter::default();
    other.answer(&desk.office, Ask::Policies).await;
    other.answer(&desk.office, Ask::ComparePolicies { wanted: shorter(&teams, 240) }).await;
    other.answer(&desk.office, apply(&[&teams])).await;
    assert_eq!(desk.code(apply(&[&teams])).await, "policy-changed");
    let (_, now) = desk.policy(&teams).await;
    assert_eq!((now.longest, now.ticket), (Some(240), Some(false)), "nothing of it was sent");
    // What cannot be had is told where it was entered, and leaves nothing to apply.
    assert_eq!(desk.code(Ask::ComparePolicies { wanted: shorter(&teams, 45) }).await, "policy-edit");
    assert_eq!(desk.code(apply(&[&teams])).await, "not-told");
}

#[tokio::test(flavor = "multi_thread")]
async fn approvers_are_those_who_were_found_also_of_groups_and_on_azure() {
    let mut desk = omar(|_| {}).await;
    let rows = desk.listed().await;
    let ask = Ask::FindPeople { who: PrincipalKind::User, text: "Petra".into() };
    let Told::People { rows: found, .. } = desk.ask(ask).await else { panic!("nobody") };
    let approval = |approvers: &[&str]| PolicyEdits {
        approval: Some(ApprovalEdit { required: true, approvers: owned(approvers) }),
        ..PolicyEdits::default()
    };
    for kind in Kind::ALL {
        let role = id(&rows, kind, if kind == Kind::DirectoryRole { "Teams Administrator" } else { "" });
        let made_up = edit(&role, approval(&["29232cdf-9323-42fd-ade2-1d097af3e4de"]));
        assert_eq!(desk.code(Ask::ComparePolicies { wanted: made_up }).await, "policy-edit");
        if kind != Kind::DirectoryRole {
            let nobody = edit(&role, approval(&[]));
            assert_eq!(desk.code(Ask::ComparePolicies { wanted: nobody }).await, "no-approver");
        }
        desk.compared(edit(&role, approval(&[&found[0].id]))).await;
        let outcomes = desk.applied(&[&role]).await;
        assert!(outcomes.len() == 1 && outcomes[0].problem.is_none(), "{kind:?}: {outcomes:?}");
        let now = desk.policy(&role).await.1.approval.expect("told");
        let told: Vec<_> = now.approvers.iter().map(|each| (&each.id, each.person.as_str())).collect();
        assert_eq!((now.required, told), (true, vec![(&found[0].id, "Petra Nováková")]), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_has_its_rules_copied_to_others_of_its_kind() {
    let mut desk = omar(|_| {}).await;
    let rows = desk.listed().await;
    let from = id(&rows, Kind::DirectoryRole, "Global Administrator");
    let teams = id(&rows, Kind::DirectoryRole, "Teams Administrator");
    let reader = id(&rows, Kind::DirectoryRole, "Reports Reader");
    let copy = |to: Vec<&String>| PolicyWanted::Copy { from: from.clone(), to: to.into_iter().cloned().collect() };
    let group = id(&rows, Kind::Group, "");
    assert_eq!(desk.code(Ask::ComparePolicies { wanted: copy(vec![&teams, &group]) }).await, "other-kind");
    let found = desk.compared(copy(vec![&teams, &reader])).await;
    assert!(found.len() == 2 && found.iter().all(|one| !one.differences.is_empty()), "{found:?}");
    // One of them only.
    let outcomes = desk.applied(&[&teams]).await;
    assert!(!outcomes.is_empty() && outcomes.iter().all(|outcome| outcome.problem.is_none()), "{outcomes:?}");
    let found = desk.compared(copy(vec![&teams, &reader])).await;
    assert!(found[0].differences.is_empty() && !found[1].differences.is_empty(), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_written_held_against_the_policies_and_applied() {
    let mut desk = omar(|_| {}).await;
    let rows = desk.listed().await;
    let teams = id(&rows, Kind::DirectoryRole, "Teams Administrator");
    let (group, azure) = (id(&rows, Kind::Group, ""), id(&rows, Kind::AzureResource, ""));
    let all = [teams.as_str(), &group, &azure];
    let (path, text) = desk.saved(&all).await;
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let today = desk.office.now().format("%Y-%m-%d");
    assert_eq!(name(&path), format!("pimento-policies-{today}.json"));
    assert_eq!(name(&desk.saved(&all).await.0), format!("pimento-policies-{today} (2).json"));
    let file = |text: &str| PolicyWanted::File { text: text.to_owned() };
    let found = desk.compared(file(&text)).await;
    assert!(found.len() == 3 && sentences(&found).is_empty(), "{found:?}");
    assert!(found.iter().all(|one| one.problem.is_none() && one.unlisted.is_none()), "{found:?}");
    // The policy drifts, and is put right. What the file calls the role is nobody's business.
    desk.compared(shorter(&teams, 30)).await;
    assert_eq!(desk.applied(&[&teams]).await.len(), 1);
    let text = text.replace("Teams Administrator", "Reports Reader");
    let found = desk.compared(file(&text)).await;
    assert_eq!(sentences(&found).len(), 1, "{found:?}");
    assert!(found.iter().any(|one| one.name == "Teams Administrator" && one.differences.len() == 1), "{found:?}");
    assert_eq!(desk.applied(&[&teams]).await[0].problem, None);
    assert!(sentences(&desk.compared(file(&text)).await).is_empty());
    // What is in the file, and not here.
    let elsewhere = text.replace(teams.split('|').nth(1).expect("an id"), "11111111-2222-4333-8444-555555555555");
    let found = desk.compared(file(&elsewhere)).await;
    let gone = found.iter().find(|one| one.unlisted.is_some()).unwrap_or_else(|| panic!("{found:?}"));
    let why = gone.problem.as_ref().map(|why| why.code.as_str());
    assert_eq!((gone.name.as_str(), why), ("Reports Reader", Some("no-policy")));
    // What is wrong with a file is told with its line, and nothing of it is compared.
    let broken = text.replacen("\"maximumDuration\": \"", "\"maximumDuration\": \"x", 1);
    let told = desk.ask(Ask::ComparePolicies { wanted: file(&broken) }).await;
    let Told::Failed { problem } = told else { panic!("{told:?}") };
    assert_eq!(problem.code, "policy-file");
    assert!(problem.message.contains("line ") && problem.message.contains("maximumDuration"), "{problem:?}");
    assert_eq!(desk.code(apply(&[&teams])).await, "not-told");
}
