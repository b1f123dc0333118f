//! What alerts say of themselves.

use crate::pim::alerts::Alert;

/// The words of an alert's definition.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// `displayName`.
    pub name: &'static str,
    /// `description`.
    pub description: &'static str,
    /// `severityLevel`.
    pub severity: &'static str,
    /// `securityImpact`.
    pub impact: &'static str,
    /// `mitigationSteps`.
    pub steps: &'static str,
    /// `howToPrevent`.
    pub prevent: &'static str,
    /// `isConfigurable`.
    pub configurable: bool,
}

/// The words of one alert. Severities are those of the documentation's examples.
pub fn texts(alert: Alert) -> Texts {
    match alert {
        Alert::InvalidLicense => Texts {
            name: "The organization has no licence for Privileged Identity Management",
            description: "The licence is missing or has ended.",
            severity: "high",
            impact: "Without a licence nobody can activate roles or manage them.",
            steps: "Get licences for everybody who uses Privileged Identity Management.",
            prevent: "Keep the licences.",
            configurable: false,
        },
        Alert::NoMfaOnRoleActivation => Texts {
            name: "Roles don't require multi-factor authentication for activation",
            description: "Some roles can be activated without multifactor authentication.",
            severity: "medium",
            impact: "Whoever has somebody's password can activate that person's roles.",
            steps: "Look through the roles and require multifactor authentication for each.",
            prevent: "Require multifactor authentication for every privileged role.",
            configurable: false,
        },
        Alert::RedundantAssignment => Texts {
            name: "Eligible administrators aren't activating their privileged role",
            description: "Some people have not activated their roles for a long time.",
            severity: "low",
            impact: "Roles that nobody needs are roles that somebody can misuse.",
            steps: "Remove the assignments that are not needed.",
            prevent: "Review regularly who is eligible for what.",
            configurable: true,
        },
        Alert::RolesAssignedOutsidePim => Texts {
            name: "Roles are being assigned outside of Privileged Identity Management",
            description: "Some roles were assigned without Privileged Identity Management.",
            severity: "high",
            impact: "Assignments made elsewhere are not watched, and may be a sign of an attack.",
            steps: "Remove the assignments, or make the people eligible instead.",
            prevent: "Find out who assigns roles elsewhere, and stop it.",
            configurable: false,
        },
        Alert::SequentialActivationRenewals => Texts {
            name: "Roles are being activated too frequently",
            description: "Somebody has activated the same role several times in a row.",
            severity: "medium",
            impact: "Whoever activates a role again and again holds it nearly always.",
            steps: "Ask why the role is needed for so long, and allow longer activations if it must be.",
            prevent: "Let activations be as long as the work takes.",
            configurable: true,
        },
        Alert::StaleSignIn => Texts {
            name: "Potential stale accounts in a privileged role",
            description: "Some people with roles have not signed in for a long time.",
            severity: "medium",
            impact: "Accounts that nobody uses are taken over without anybody noticing.",
            steps: "Remove the roles of accounts that are not needed.",
            prevent: "Remove accounts when people leave.",
            configurable: true,
        },
        Alert::TooManyGlobalAdmins => Texts {
            name: "There are too many global administrators",
            description: "Many of those with roles are Global Administrators.",
            severity: "low",
            impact: "A Global Administrator's account opens everything to whoever takes it over.",
            steps: "Remove those who do not need the role, and give them lesser roles.",
            prevent: "Give people the least privileged role that does.",
            configurable: true,
        },
        Alert::TooManyOwners => Texts {
            name: "Too many owners assigned to a resource",
            description: "Many of those with roles here are owners.",
            severity: "Medium",
            impact: "Every owner more is one who can do harm, or make a mistake.",
            steps: "Give those who do not need to be owners a lesser role, such as Contributor.",
            prevent: "Give people the least privileged role that does.",
            configurable: true,
        },
        Alert::TooManyPermanentOwners => Texts {
            name: "Too many permanent owners assigned to a resource",
            description: "Many owners are owners for ever.",
            severity: "Medium",
            impact: "Permanent access is there for whoever takes an account over.",
            steps: "Make owners eligible, so that they activate the role when they need it.",
            prevent: "Allow no permanent assignments of the role.",
            configurable: true,
        },
        Alert::AzureRolesAssignedOutsidePim => Texts {
            name: "Roles are being assigned outside of Privileged Identity Management",
            description: "Some roles here were assigned without Privileged Identity Management.",
            severity: "High",
            impact: "Assignments made elsewhere are not watched, and may be a sign of an attack.",
            steps: "Remove the assignments, or make the people eligible instead.",
            prevent: "Find out who assigns roles elsewhere, and stop it.",
            configurable: false,
        },
        Alert::DuplicateRole => Texts {
            name: "Duplicate role created",
            description: "Several roles allow the same.",
            severity: "Low",
            impact: "Roles that differ in name only make it hard to see who may do what.",
            steps: "Use one of them.",
            prevent: "Look whether there is such a role before you make one.",
            configurable: false,
        },
    }
}
