//! The service's behaviours that differ between eras, tenants and reports, each switchable.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{IsoDuration, Kind, NotADuration};

/// How the text of a failed policy rule is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PolicyMessages {
    /// Recorded in 2026: `The following policy rules failed: JustificationRule - Justification is required`.
    #[default]
    #[serde(rename = "2026")]
    Recorded2026,
    /// As in Microsoft's documentation and reports up to 2025: `The following policy rules failed: ["JustificationRule"]`.
    #[serde(rename = "documented")]
    Documented,
}

/// What a self-activation with a start in the future does while the role is active.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FutureStart {
    /// 400 `RoleAssignmentExists` (recorded).
    #[default]
    Refused,
    /// 201 `Granted`, provided that it starts after the running activation's end (claimed by one client).
    Queued,
    /// 201 `Granted`, provided that it starts in a later minute than that of the running activation's end: compared as scheduled
    /// windows are (one client's finding about those).
    QueuedByMinute,
}

/// The body of the 403 for a token without the needed scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingScope {
    /// Code `UnknownError`, with JSON inside `message` (recorded).
    #[default]
    Nested,
    /// Code `PermissionScopeNotGranted` and plain text.
    Plain,
}

/// How enumeration values are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Casing {
    /// `selfActivate`, `afterDuration`.
    #[default]
    Camel,
    /// `SelfActivate`, `AfterDuration`.
    Pascal,
}

/// How many fractional digits time stamps have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FractionalDigits {
    /// Up to 7, up to 3 or none, depending on the field, trailing zeros dropped (recorded).
    #[default]
    Mixed,
    /// Always 7, trailing zeros dropped.
    Seven,
    /// Always 3, trailing zeros dropped.
    Three,
    /// None.
    None,
}

/// The principal named by an eligibility that came through a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupRows {
    /// The group, as recorded for Azure resources, which share the engine. A request must carry the user's own id all the same.
    #[default]
    Group,
    /// The user.
    User,
}

/// What reading the tenant root's Azure roles with `asTarget()` gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AzureRoot {
    /// Everything that concerns the caller, at every scope (recorded).
    #[default]
    Complete,
    /// Nothing below subscriptions (reported).
    Short,
    /// Nothing at all (reported by one client).
    Empty,
}

/// What the answer is to a PUT that repeats an earlier one with the same name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AzureRepeat {
    /// The first request, as a PUT promises.
    #[default]
    Same,
    /// Judged anew: 400 `RoleAssignmentExists` once it is active.
    Judged,
}

/// What the parts of a group's approval are called in addresses of v1.0, where one page of the documentation has another name
/// than the type. Beta has steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupApprovals {
    /// Either.
    #[default]
    Both,
    /// `stages`, as in the type.
    Stages,
    /// `steps`, as on the page about deciding. What is read still has `stages`.
    Steps,
}

/// In which form a decision on an approval of Azure is taken. What is in another form is refused, and nothing is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AzureDecisions {
    /// Bare and wrapped in `properties`, by PATCH and by PUT.
    #[default]
    Any,
    /// Bare, by PATCH (documented).
    Documented,
    /// Wrapped in `properties`, by PUT (as the portal sends it).
    Portal,
}

/// What such a decision is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AzureDecided {
    /// 200 with the stage, as in the contract.
    #[default]
    Stage,
    /// 204: "an empty response", as the documentation's text has it.
    Empty,
}

/// All switches of a scenario, with the defaults that were recorded or documented.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Switches {
    /// The text of failed policy rules.
    pub policy_messages: PolicyMessages,
    /// An authentication context counts only in a token whose request declared the capability `cp1`.
    pub acrs_requires_cp1: bool,
    /// From the answer to an activation until it is `Provisioned`; `PT0S` answers `Provisioned` at once.
    pub provisioning_delay: IsoDuration,
    /// From `Provisioned` or `Revoked` until the listings of instances follow.
    pub list_lag: IsoDuration,
    /// A scheduled window that touches another's, compared per minute with inclusive bounds, is refused.
    pub overlap_rule: bool,
    /// An activation can be ended only after five minutes, and be no shorter.
    pub five_minute_rule: bool,
    /// A self-activation with a future start while the role is active, for directory roles.
    pub future_start_while_active: FutureStart,
    /// The same for groups.
    pub group_future_start_while_active: FutureStart,
    /// The same for Azure.
    pub azure_future_start_while_active: FutureStart,
    /// The 403 for a missing scope.
    pub missing_scope: MissingScope,
    /// `false`: the tenant has no licence, and PIM answers 400 `AadPremiumLicenseRequired`.
    pub license: bool,
    /// Fractional digits of time stamps.
    pub fractional_digits: FractionalDigits,
    /// How enumeration values are written.
    pub casing: Casing,
    /// How long an approver has.
    pub approval_expiry: IsoDuration,
    /// What v1.0 calls the parts of a group's approval.
    pub group_approvals: GroupApprovals,
    /// The form of decisions on Azure.
    pub azure_decisions: AzureDecisions,
    /// The answer to decisions on Azure.
    pub azure_decided: AzureDecided,
    /// A length that is not written as ISO 8601 has it is refused. `false`: a time span such as `5:30:00`, which some of
    /// Microsoft's own packages send, is taken, too.
    pub iso_durations_only: bool,
    /// The principal of rows that came through a group.
    pub group_rows: GroupRows,
    /// The last active Global Administrator or Privileged Role Administrator cannot be removed.
    pub last_administrator_rule: bool,
    /// Policies also carry a rule of a type that is not in the documentation yet.
    pub unknown_policy_rule: bool,
    /// Like `provisioning-delay`, for groups.
    pub group_provisioning_delay: IsoDuration,
    /// `false`: `$expand=group` gives null, as one client reports.
    pub group_names: bool,
    /// Do the rules of Graph say what approvers are called? Documented, and not seen by everybody.
    pub approver_names: bool,
    /// Like `list-lag`, for Azure.
    pub azure_list_lag: IsoDuration,
    /// How long after an activation on Azure its deactivation answers `RoleAssignmentDoesNotExist`.
    pub azure_settling: IsoDuration,
    /// How long after a deactivation on Azure a new activation answers `RoleAssignmentExists`.
    pub azure_lingering: IsoDuration,
    /// How long after a deactivation Azure lists the role as `Assigned` without an end.
    pub azure_ghosts: IsoDuration,
    /// The tenant root's Azure roles with `asTarget()`.
    pub azure_root: AzureRoot,
    /// How long that takes; real time, not the tenant's.
    pub azure_root_delay: IsoDuration,
    /// A repeated PUT.
    pub azure_repeat: AzureRepeat,
    /// `false`: only those who hold a role at a scope of Azure may read the policies there.
    pub azure_policies_readable: bool,
    /// Azure refuses whatever changes something without multifactor authentication: 403 `RequestDisallowedByAzure`.
    pub azure_mandatory_mfa: bool,
    /// Permissions that nobody has consented to and only an administrator can.
    pub unconsented: BTreeSet<String>,
    /// Permissions of Microsoft Graph that an administrator has consented to for everybody: tokens carry them unasked.
    pub consented_for_all: BTreeSet<String>,
    /// `false`: members may not read which roles others have (`roleAssignments`). Guests never may.
    pub members_read_roles: bool,
    /// From the start of an activation until its rights take effect: in new tokens, in groups, on Azure.
    pub effect_lag: IsoDuration,
    /// How many records the audit log has from before the tenant's start.
    pub audit_history: usize,
    /// How often an application may ask for the audit log within ten seconds; 0: as often as it likes.
    pub audit_throttle: usize,
    /// The audit log can also be filtered by what is not documented for it.
    pub audit_undocumented_filters: bool,
    /// Rows per page where the caller does not ask for a size with `$top`.
    pub page_size: usize,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            policy_messages: PolicyMessages::default(),
            acrs_requires_cp1: true,
            provisioning_delay: IsoDuration::zero(),
            list_lag: IsoDuration::zero(),
            overlap_rule: true,
            five_minute_rule: true,
            future_start_while_active: FutureStart::default(),
            group_future_start_while_active: FutureStart::default(),
            azure_future_start_while_active: FutureStart::default(),
            missing_scope: MissingScope::default(),
            license: true,
            fractional_digits: FractionalDigits::default(),
            casing: Casing::default(),
            approval_expiry: IsoDuration::hours(24),
            group_approvals: GroupApprovals::default(),
            azure_decisions: AzureDecisions::default(),
            azure_decided: AzureDecided::default(),
            iso_durations_only: true,
            group_rows: GroupRows::default(),
            last_administrator_rule: true,
            unknown_policy_rule: false,
            group_provisioning_delay: IsoDuration::seconds(8),
            group_names: true,
            approver_names: true,
            azure_list_lag: IsoDuration::zero(),
            azure_settling: IsoDuration::seconds(60),
            azure_lingering: IsoDuration::seconds(100),
            azure_ghosts: IsoDuration::seconds(180),
            azure_root: AzureRoot::default(),
            azure_root_delay: IsoDuration::zero(),
            azure_repeat: AzureRepeat::default(),
            azure_policies_readable: true,
            azure_mandatory_mfa: false,
            unconsented: BTreeSet::new(),
            consented_for_all: BTreeSet::new(),
            members_read_roles: true,
            effect_lag: IsoDuration::seconds(2),
            audit_history: 0,
            audit_throttle: 5,
            audit_undocumented_filters: true,
            page_size: 100,
        }
    }
}

impl Switches {
    /// From the answer to an activation of this kind until it is `Provisioned`.
    pub fn delay(&self, kind: Kind) -> TimeDelta {
        match kind {
            Kind::Group => self.group_provisioning_delay.length(),
            Kind::Directory | Kind::Azure => self.provisioning_delay.length(),
        }
    }

    /// What a self-activation with a future start does while a role of this kind is active.
    pub fn future_start(&self, kind: Kind) -> FutureStart {
        match kind {
            Kind::Directory => self.future_start_while_active,
            Kind::Group => self.group_future_start_while_active,
            Kind::Azure => self.azure_future_start_while_active,
        }
    }

    /// The length that a request names.
    ///
    /// # Errors
    /// It is written in a way that the service does not take.
    pub fn length(&self, text: &str) -> Result<IsoDuration, NotADuration> {
        if self.iso_durations_only { text.parse() } else { IsoDuration::lenient(text) }
    }

    /// How long listings of instances of this kind lag behind.
    pub fn lag(&self, kind: Kind) -> TimeDelta {
        match kind {
            Kind::Azure => self.azure_list_lag.length(),
            Kind::Directory | Kind::Group => self.list_lag.length(),
        }
    }
}
