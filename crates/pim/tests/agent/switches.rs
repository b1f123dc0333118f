//! Every switch of a scenario in every way: what the service does differs between eras, tenants and reports, and our client gets
//! through whichever it is.

mod life;
mod shown;

use std::{collections::BTreeSet, pin::Pin, sync::Arc};

use pim::cloud::GROUP_SCOPES;
use tenant::{
    Scenario,
    scenario::{
        AzureDecided, AzureDecisions, AzureRepeat, AzureRoot, Casing, FractionalDigits, FutureStart, GroupApprovals,
        GroupRows, IsoDuration, MissingScope, PolicyMessages, Switches,
    },
};
use tokio::{sync::Semaphore, task::JoinSet};

use self::{
    life::{
        audited, azure_life, decided, effective, every_life, five_minutes, last_holder, proven, queued, refusal,
        through_a_group, windows,
    },
    shown::{approval, azure, context, every_kind, license, missing_scope, unconsented},
};

type Survives = fn(Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>>;
type Set = fn(&mut Switches);

/// Tenants that are played with side by side.
const AT_ONCE: usize = 16;

/// The ways that a switch can stand, but for the default, and what has to come of it: listing, activating, following and ending
/// what it concerns, or the right refusal.
#[rustfmt::skip]
const TABLE: &[(&str, &[Set], Survives)] = &[
    ("policy-messages", &[|to| to.policy_messages = PolicyMessages::Documented], refusal),
    ("acrs-requires-cp1", &[|to| to.acrs_requires_cp1 = false], context),
    ("acrs-requires-cp1", &[|to| to.acrs_requires_cp1 = false], proven),
    ("provisioning-delay", &[|to| to.provisioning_delay = seconds(8), |to| to.provisioning_delay = seconds(150)], every_kind),
    ("list-lag", &[|to| to.list_lag = seconds(65)], every_kind),
    ("overlap-rule", &[|to| to.overlap_rule = false], windows),
    ("five-minute-rule", &[|to| to.five_minute_rule = false], five_minutes),
    (
        "future-start-while-active",
        &[
            |to| to.future_start_while_active = FutureStart::Queued,
            |to| to.future_start_while_active = FutureStart::QueuedByMinute,
        ],
        queued,
    ),
    (
        "group-future-start-while-active",
        &[
            |to| to.group_future_start_while_active = FutureStart::Queued,
            |to| to.group_future_start_while_active = FutureStart::QueuedByMinute,
        ],
        queued,
    ),
    (
        "azure-future-start-while-active",
        &[
            |to| to.azure_future_start_while_active = FutureStart::Queued,
            |to| to.azure_future_start_while_active = FutureStart::QueuedByMinute,
        ],
        queued,
    ),
    ("missing-scope", &[|to| to.missing_scope = MissingScope::Plain], missing_scope),
    ("license", &[|to| to.license = false], license),
    (
        "fractional-digits",
        &[
            |to| to.fractional_digits = FractionalDigits::Seven,
            |to| to.fractional_digits = FractionalDigits::Three,
            |to| to.fractional_digits = FractionalDigits::None,
        ],
        every_life,
    ),
    ("casing", &[|to| to.casing = Casing::Pascal], every_kind),
    ("approval-expiry", &[|to| to.approval_expiry = hours(1)], approval),
    (
        "group-approvals",
        &[|to| to.group_approvals = GroupApprovals::Stages, |to| to.group_approvals = GroupApprovals::Steps],
        decided,
    ),
    (
        "azure-decisions",
        &[|to| to.azure_decisions = AzureDecisions::Documented, |to| to.azure_decisions = AzureDecisions::Portal],
        decided,
    ),
    ("azure-decided", &[|to| to.azure_decided = AzureDecided::Empty], decided),
    ("iso-durations-only", &[|to| to.iso_durations_only = false], every_life),
    ("group-rows", &[|to| to.group_rows = GroupRows::User], through_a_group),
    ("last-administrator-rule", &[|to| to.last_administrator_rule = false], last_holder),
    ("unknown-policy-rule", &[|to| to.unknown_policy_rule = true], every_life),
    (
        "group-provisioning-delay",
        &[|to| to.group_provisioning_delay = none(), |to| to.group_provisioning_delay = seconds(150)],
        every_kind,
    ),
    ("approver-names", &[|to| to.approver_names = false], approval),
    ("group-names", &[|to| to.group_names = false], every_life),
    ("azure-list-lag", &[|to| to.azure_list_lag = seconds(65)], azure),
    ("azure-settling", &[|to| to.azure_settling = none(), |to| to.azure_settling = seconds(240)], azure),
    ("azure-lingering", &[|to| to.azure_lingering = none(), |to| to.azure_lingering = seconds(150)], azure),
    ("azure-ghosts", &[|to| to.azure_ghosts = none(), |to| to.azure_ghosts = seconds(240)], azure),
    ("azure-root", &[|to| to.azure_root = AzureRoot::Short, |to| to.azure_root = AzureRoot::Empty], azure_life),
    ("azure-root-delay", &[|to| to.azure_root_delay = seconds(6)], azure),
    ("azure-repeat", &[|to| to.azure_repeat = AzureRepeat::Judged], azure_life),
    ("azure-policies-readable", &[|to| to.azure_policies_readable = false], azure_life),
    ("azure-mandatory-mfa", &[|to| to.azure_mandatory_mfa = true], azure_life),
    ("unconsented", &[|to| to.unconsented.extend(GROUP_SCOPES.map(str::to_owned))], unconsented),
    (
        "consented-for-all",
        &[|to| to.consented_for_all.clear(), |to| to.consented_for_all.extend(["GroupMember.Read.All".to_owned()])],
        every_life,
    ),
    ("members-read-roles", &[|to| to.members_read_roles = false], every_life),
    ("effect-lag", &[|to| to.effect_lag = none(), |to| to.effect_lag = hours(1)], effective),
    ("audit-history", &[|to| to.audit_history = 300], audited),
    ("audit-throttle", &[|to| to.audit_throttle = 1, |to| to.audit_throttle = 0], audited),
    ("audit-undocumented-filters", &[|to| to.audit_undocumented_filters = false], audited),
    ("page-size", &[|to| to.page_size = 3], every_kind),
];

/// Each once with all switches at their defaults.
const ALL: &[(&str, Survives)] = &[
    ("approval", approval),
    ("audited", audited),
    ("azure", azure),
    ("azure-life", azure_life),
    ("context", context),
    ("decided", decided),
    ("effective", effective),
    ("every-kind", every_kind),
    ("every-life", every_life),
    ("five-minutes", five_minutes),
    ("last-holder", last_holder),
    ("license", license),
    ("missing-scope", missing_scope),
    ("proven", proven),
    ("queued", queued),
    ("refusal", refusal),
    ("through-a-group", through_a_group),
    ("windows", windows),
];

fn none() -> IsoDuration {
    IsoDuration::zero()
}

fn seconds(count: u32) -> IsoDuration {
    IsoDuration::seconds(count)
}

fn hours(count: u32) -> IsoDuration {
    IsoDuration::hours(count)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_gets_through_whichever_way_a_switch_stands() {
    let default = |(name, survives): &(&'static str, Survives)| (*name, 0, Scenario::contoso(), *survives);
    let mut played: Vec<_> = ALL.iter().map(default).collect();
    for (name, ways, survives) in TABLE {
        for (way, set) in (1..).zip(*ways) {
            let mut scenario = Scenario::contoso();
            set(&mut scenario.switches);
            assert_ne!(scenario.switches, Scenario::contoso().switches, "{name}, way {way} is the default");
            played.push((name, way, scenario, *survives));
        }
    }
    // They wait more than they do.
    let (turns, mut under_way) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for (name, way, scenario, survives) in played {
        let turns = turns.clone();
        under_way.spawn(async move {
            let _turn = turns.acquire().await;
            println!("{name}, way {way}");
            survives(scenario).await;
        });
    }
    // One that fails ends the test.
    while let Some(outcome) = under_way.join_next().await {
        outcome.expect("survived");
    }
}

#[test]
fn no_switch_is_left_out() {
    let all = serde_json::to_value(Switches::default()).expect("an object");
    let all: BTreeSet<&str> = all.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(TABLE.iter().map(|(name, ..)| *name).collect::<BTreeSet<_>>(), all);
}
