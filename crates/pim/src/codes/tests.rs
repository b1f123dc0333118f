use std::collections::HashSet;

use super::*;

#[test]
fn every_code_stands_once_and_speaks_in_a_sentence() {
    let mut seen = HashSet::new();
    for Entry(code, message, _, _) in TABLE {
        assert!(seen.insert(code.to_lowercase()), "{code} twice");
        let sentence = say!(*message);
        assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{code}: {sentence}");
    }
    assert!(seen.len() >= 60);
}

/// The codes of the services' PIM, documented or recorded; `contracts/error-codes.json` lists them with their sources.
const SERVICE: [&str; 23] = [
    "RoleAssignmentExists",
    "RoleAssignmentDoesNotExist",
    "ActiveDurationTooShort",
    "PendingRoleAssignmentRequest",
    "OverlapsPendingRoleAssignmentRequests",
    "RoleAssignmentRequestPolicyValidationFailed",
    "RoleAssignmentRequestAcrsValidationFailed",
    "CannotDeleteLastAdminAssignment",
    "PermissionScopeNotGranted",
    "InsufficientPermissions",
    "AadPremiumLicenseRequired",
    "InvalidRoleAssignmentRequest",
    "InvalidRoleAssignmentRequestSchedule",
    "SubjectNotFound",
    "RoleNotFound",
    "RoleDefinitionDoesNotExist",
    "RoleEligibilityScheduleRequestNotFound",
    "AuthorizationFailed",
    "InvalidPolicy",
    "Authorization_RequestDenied",
    "InvalidAuthenticationToken",
    "TooManyRequests",
    "RequestDisallowedByAzure",
];
const RULES: [&str; 5] = ["JustificationRule", "TicketingRule", "MfaRule", "ExpirationRule", "EligibilityRule"];

#[test]
fn every_code_of_the_services_has_a_cause_and_a_next_step() {
    let mut codes: Vec<String> = SERVICE.iter().chain(&RULES).map(|code| (*code).to_owned()).collect();
    let examples = std::env::var_os("PIMENTO_EXAMPLES").map(std::path::PathBuf::from);
    let examples = examples
        .unwrap_or_else(|| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/examples"));
    let beside = examples.join("../contracts/error-codes.json");
    match std::fs::read(&beside) {
        Ok(bytes) => {
            let listed: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
            let listed = listed["errors"].as_array().expect("a list").iter();
            codes.extend(listed.map(|entry| entry["code"].as_str().expect("a code").to_owned()));
        }
        Err(_) => eprintln!("{} is not there: only the codes written down here were looked at.", beside.display()),
    }
    for code in codes {
        let told = problem(&code, Some("id".into()), None, None);
        assert!(known(&code), "{code}");
        assert_ne!(told.remedy, Remedy::None, "{code}: what next?");
        assert_eq!((told.code.as_str(), told.correlation_id.as_deref()), (code.as_str(), Some("id")));
    }
    let services = TABLE.iter().filter(|Entry(code, ..)| code.starts_with(char::is_uppercase));
    assert!(services.filter(|Entry(code, ..)| !code.starts_with("AADSTS")).count() >= 40);
}

/// The simulated tenant answers with nothing that a real one would not answer with, too: what it can say is in the table.
/// Read from its sources, so that a code which is added there is missed here.
#[test]
fn every_code_of_the_simulated_tenant_has_a_cause_and_a_next_step() {
    fn read(folder: &std::path::Path, text: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("the tenant's sources") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                read(&path, text);
            } else if path.extension().is_some_and(|end| end == "rs") {
                text.push(std::fs::read_to_string(&path).expect("text"));
            }
        }
    }
    let (mut sources, mut codes) = (Vec::new(), HashSet::new());
    read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tenant/src"), &mut sources);
    for source in sources {
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        // Where a failure is made, and where a refusal is put into the service's words.
        let makers =
            ["Failure::new(", "Failure::bad(", "Failure::missing(", "Self::new(", "Self::bad(", "Self::missing("];
        for maker in makers.into_iter().chain(["= error(", "error(\n", "if refusal == "]) {
            for (at, _) in source.match_indices(maker) {
                // The first text in it, before the call is over.
                let call = source[at + maker.len()..].split(';').next().unwrap_or_default();
                codes.extend(literals(call).into_iter().find(|word| is_code(word)));
            }
        }
        for (table, end) in [("fn code(&self)", "\n    }"), ("(code, message) = match", "\n        };")] {
            if let Some((_, arms)) = source.split_once(table) {
                let arms = arms.split(end).next().unwrap_or_default();
                codes.extend(literals(arms).into_iter().filter(|word| is_code(word)));
            }
        }
    }
    // Only says that the real one stands in the message.
    codes.remove("UnknownError");
    for known in ["RequestConflict", "InvalidSkipToken", "serviceNotAvailable", "ExpiredAuthenticationToken"] {
        assert!(codes.contains(known), "{known} is not found any more: {codes:?}");
    }
    assert!(codes.len() >= 30, "{codes:?}");
    for code in codes {
        assert!(known(&code), "{code}");
        assert_ne!(problem(&code, None, None, None).remedy, Remedy::None, "{code}: what next?");
    }
}

fn literals(source: &str) -> Vec<String> {
    source.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Words in one: a text has spaces, a path has slashes, a header hyphens.
fn is_code(word: &str) -> bool {
    let letters = word.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '_');
    letters && word.len() >= 8 && word.chars().skip(1).any(char::is_uppercase)
}

#[test]
fn codes_are_found_whatever_their_case() {
    assert_eq!(outcome("roleassignmentEXISTS"), Outcome::Exists);
    assert_eq!(outcome("SomethingNew"), Outcome::Refused);
    assert!(!known("SomethingNew"));
    assert_eq!(problem("SomethingNew", None, None, None).code, "SomethingNew");
}

#[test]
fn an_administrator_gets_code_and_correlation_id() {
    let told = problem("AADSTS65001", Some("c0ffee".into()), None, None);
    let Remedy::AskAdmin { text } = told.remedy else { panic!("{told:?}") };
    assert!(text.contains("AADSTS65001") && text.contains("c0ffee"));
}

#[test]
fn several_rules_are_told_together() {
    let told = policy_problem("X", &["JustificationRule", "NewRule", "ExpirationRule"], None, "text".into());
    assert_eq!(told.message, "A reason is required. The role's policy does not allow this duration.");
    assert_eq!(told.remedy, Remedy::EditForm);
    assert_eq!(policy_problem("X", &["NewRule"], None, String::new()).message, "The service refused the request.");
}

#[test]
fn foreign_text_cannot_turn_or_break_a_line() {
    assert_eq!(clean("a\r\nb\u{202e}c\0", 100), "a  bc");
    assert_eq!(clean("abcdef", 3), "abc…");
    assert_eq!(clean("abc", 3), "abc");
}
